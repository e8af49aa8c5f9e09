"""The page of a diff: all of both sides is in it, everything leads somewhere, nothing leads out; and the terminal."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from lxml import html
from rich.cells import cell_len

import extractor
from extractor import Diff
from extractor.cli import diff_terminal, main
from extractor.exports import diff_html, diff_rows, diff_text

if TYPE_CHECKING:
    from playwright.sync_api import Page

OLD = """云溪市公园绿地管理办法
第一条 为了加强公园绿地管理，制定本办法。
第二条 市林业局负责公园绿地的规划和建设，每年新建口袋公园不少于5个。
第三条 公园绿地内禁止停放车辆，禁止堆放杂物，禁止捕捉野生动物。
第四条 公园绿地的养护由产权单位负责，每季度修剪一次。市财政局按照每亩3000元给予补助，补助资金于次年3月底前拨付到位。
第五条 公园绿地的门票收入上缴国库。
第六条 公园管理机构应当公布开放时间和投诉电话。遇有<script>alert("公园")</script>&amp;字样的标牌应当清除。
第七条 违反本办法的，责令限期改正：
（一）攀折花木的；
（二）损毁设施的。
情节严重的，处500元罚款。
第八条 本办法自2031年1月1日起施行。
"""
NEW = """云溪市公园绿地管理办法
第一条 为了加强公园绿地管理，制定本办法。
第二条 市林业局负责公园绿地的规划和建设，每年新建口袋公园不少于8个。
第三条 公园管理机构应当公布开放时间和投诉电话。遇有<script>alert("花园")</script>&amp;字样的标牌应当清除。
第四条 公园绿地内禁止停放车辆，禁止堆放杂物，禁止捕捉野生动物。
第五条 公园绿地的养护由产权单位负责，每季度修剪一次。
第六条 市财政局按照每亩3000元给予补助，补助资金于次年3月底前拨付到位。
第七条 违反本办法的，责令限期改正：
（一）攀折花木的；
（二）损毁设施的。
情节特别严重的，处800元罚款。
第八条 鼓励市民认养公园绿地的树木。
第九条 本办法自2031年1月1日起施行。
"""


@pytest.fixture(scope="module")
def found() -> Diff:
    diff = extractor.diff(extractor.parse(OLD.encode(), name="旧.txt"), extractor.parse(NEW.encode(), name="新.txt"))
    statuses = {pair.status for pair in diff.pairs}
    assert statuses >= {"kept", "renumbered", "edited", "moved", "split", "added", "removed"}
    return diff


@pytest.fixture(scope="module")
def page(found: Diff) -> Any:
    return html.document_fromstring(diff_html.render(found))


def _bare(text: str) -> str:
    return "".join(text.split())


def _ids(elements: list[Any]) -> list[str]:
    return [element.get("id") for element in elements]


# --- rows -------------------------------------------------------------------------------------------------------------


def test_rows_hold_every_character_of_both_sides_once(found: Diff) -> None:
    rows = list(diff_rows.rows(found))
    for edition, cells in (
        (found.old, [(cell, row) for row in rows for cell in row.old]),
        (found.new, [(cell, row) for row in rows for cell in row.new]),
    ):
        shown = _bare("".join(run.text for cell, _ in cells for run in cell.stretches))
        own_title = _bare("云溪市公园绿地管理办法")
        expected = _bare(edition.text).replace(own_title, "", 1)
        assert sorted(shown) == sorted(expected)


def test_a_redline_in_one_text_gives_the_new_side_and_what_was_deleted(found: Diff) -> None:
    rows = [row for row in diff_rows.rows(found) if row.inline]
    assert len(rows) >= 4
    for row in rows:
        kept = _bare("".join(run.text for run in row.inline if run.mark != "deleted"))
        assert kept == _bare("".join(run.text for cell in row.new for run in cell.stretches))
        gone = [run.text for run in row.inline if run.mark == "deleted"]
        assert gone == [run.text for cell in row.old for run in cell.stretches if run.mark == "deleted"]


def test_words_that_a_change_is_about_are_pointed_at(found: Diff) -> None:
    [raised] = [change for change in found.changes if change.kind == "value-raised" and change.about]
    pointed = {
        (side, run.text)
        for row in diff_rows.rows(found)
        for side, cells in (("old", row.old), ("new", row.new))
        for cell in cells
        for run in cell.stretches
        if raised.id in run.changes
    }
    assert raised.old is not None
    assert raised.new is not None
    assert all(text in (raised.old if side == "old" else raised.new).text for side, text in pointed)
    assert {side for side, _ in pointed} == {"old", "new"}


# --- the page ---------------------------------------------------------------------------------------------------------


def test_every_change_has_a_place_and_a_link(found: Diff, page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//@href")
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    assert {f"#{change.id}" for change in found.changes} <= set(links)
    assert sorted(_ids(page.find_class("change"))) == sorted(change.id for change in found.changes)
    for reference in page.xpath("//@aria-labelledby | //label/@for"):
        assert reference in ids


def test_what_moved_leads_from_one_place_to_the_other(found: Diff, page: Any) -> None:
    [moved] = [number for number, pair in enumerate(found.pairs) if pair.status == "moved"]
    assert page.get_element_by_id(f"from{moved}").xpath(f"a/@href = '#p{moved}'")
    assert page.get_element_by_id(f"p{moved}").xpath(f"header/a/@href = '#from{moved}'")
    before = page.xpath("//main//article/@id | //main//p/@id")
    assert before.index(f"from{moved}") > before.index(f"p{moved}"), "it was moved up: where it stood comes later"


def test_nothing_leads_out_and_nothing_else_runs(found: Diff, page: Any) -> None:
    written = diff_html.render(found)
    assert not re.search(r"(?<![\w])(https?:)?//\w|\bsrc=|url\(|@import", written)
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    [style], [script] = page.xpath("//style"), page.xpath("//script")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind, element in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')] | //link | //img | //iframe")


def test_words_of_the_text_are_text(page: Any) -> None:
    old, new = (_bare("".join(each.text_content() for each in page.find_class(side))) for side in ("old", "new"))
    assert '遇有<script>alert("公园")</script>&amp;字样' in old
    assert '遇有<script>alert("花园")</script>&amp;字样' in new
    assert "第六条公园管理机构" in old, "labels are part of the words"


def test_unchanged_clauses_are_folded_and_all_others_are_not(found: Diff, page: Any) -> None:
    folded = set(page.xpath("//details[@class='same']/article/@id"))
    rows = list(diff_rows.rows(found))
    assert folded == {f"p{row.number}" for row in rows if row.unchanged}
    assert sorted(_ids(page.find_class("pair"))) == sorted(f"p{row.number}" for row in rows)
    said = page.xpath("//details[@class='same']/summary/text()")
    assert sum(int(number) for line in said for number in re.findall(r"未变 (\d+) 条", line)) == len(folded)


def test_without_the_script_no_control_is_shown_that_needs_it(page: Any) -> None:
    controls = page.xpath("//button | //input[@type='checkbox']")
    assert controls
    assert all(control.xpath("ancestor::*[@hidden]") for control in controls)


def test_a_page_without_a_change_says_so(found: Diff) -> None:
    issue = extractor.parse(OLD.encode(), name="旧.txt")
    page = html.document_fromstring(diff_html.render(extractor.diff(issue, issue)))
    assert "没有变化" in page.find(".//nav").text_content()
    assert not page.xpath("//main/section/article")


def test_a_page_grows_as_its_text(found: Diff) -> None:
    clauses = [f"第{n}条 每年新建第{n}号公园{n % 7 + 2}个，由第{n}号镇负责。" for n in range(1, 201)]
    sizes = []
    for count in (100, 200):
        old, new = ("云溪市公园建设办法\n" + "\n".join(clauses[:count]), "云溪市公园建设办法\n")
        new += "\n".join(clause.replace("新建", "改建") for clause in clauses[:count])
        made = extractor.diff(*(extractor.parse(text.encode(), name="a.txt") for text in (old, new)))
        sizes.append(len(diff_html.render(made)))
    fixed = len(diff_html.render(Diff(old=found.old, new=found.new, changes=(), pairs=())))
    assert sizes[1] - fixed < 2.1 * (sizes[0] - fixed)


def test_command_writes_the_page(tmp_path: Path, page: Any) -> None:
    old, new, target = tmp_path / "旧.txt", tmp_path / "新.txt", tmp_path / "diff.html"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", str(old), str(new), "--format", "html", "-o", str(target)])
    assert (done.exit_code, done.output) == (1, "")
    assert html.document_fromstring(target.read_text(encoding="utf-8")).text_content() == page.text_content()


# --- terminal and Markdown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 100])
def test_lines_fit_the_terminal(found: Diff, width: int) -> None:
    lines = diff_terminal.render(found, width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    shown = _bare("".join(lines))
    assert "不少于[-5个][+8个]" in shown or "[-不少于5个][+不少于8个]" in shown
    assert "[+第八条鼓励市民认养公园绿地的树木。]" in shown
    assert "[-第五条公园绿地的门票收入上缴国库。]" in shown


def test_colours_say_the_same(found: Diff) -> None:
    plain = diff_terminal.render(found, width=100)
    colored = diff_terminal.render(found, width=100, color=True)
    assert "\x1b" not in plain
    bare = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert _bare(bare) == _bare(re.sub(r"\[[-+]|\](?!\w*条款)", "", plain))
    assert re.search(r"\x1b\[9;31m[^\x1b]*门票", colored)


def test_markdown_shows_redlines(found: Diff) -> None:
    said = diff_text.markdown(found)
    assert "**花园**" in said
    assert "：~~情节严重~~**情节特别严重**的，处~~500元~~**800元**罚款。" in said
    assert "第六条 → 第三条" in said


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser_page(found: Diff, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is part of the development lock")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    file = tmp_path_factory.mktemp("page") / "diff.html"
    file.write_text(diff_html.render(found), encoding="utf-8")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1400, "height": 700})
        trouble: list[str] = []
        shown.on("console", lambda message: trouble.append(message.text))
        shown.on("pageerror", lambda error: trouble.append(str(error)))
        shown.on("request", lambda request: None if request.url.startswith("file:") else trouble.append(request.url))
        shown.goto(file.as_uri())
        yield shown
        browser.close()
    assert trouble == []


def test_a_jump_goes_to_the_clause(found: Diff, browser_page: Page) -> None:
    [change] = [each for each in found.changes if each.kind == "clause-added"]
    browser_page.click(f".list a[href='#{change.id}']")
    assert browser_page.evaluate("document.activeElement.id") == change.id
    box = browser_page.locator(f"#p{change.pair}").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 700
    browser_page.keyboard.press("p")
    at = [each.get_attribute("id") for each in browser_page.locator("main .change").all()]
    assert browser_page.evaluate("document.activeElement.id") == at[at.index(change.id) - 1]
    browser_page.keyboard.press("n")
    assert browser_page.evaluate("document.activeElement.id") == change.id


def test_words_of_a_change_light_up(found: Diff, browser_page: Page) -> None:
    change = next(each for each in found.changes if each.kind == "value-raised")
    browser_page.click(f".list a[href='#{change.id}']")
    lit = browser_page.locator(".side [data-c].on")
    assert {each.text_content() for each in lit.all()} & {"5", "5个", "不少于5个"}


def test_a_filter_leaves_what_it_is_for(found: Diff, browser_page: Page) -> None:
    shown = browser_page.locator("main .change:visible")
    assert shown.count() == len(found.changes)
    browser_page.check("#meaning")
    assert shown.count() == sum(change.meaning for change in found.changes)
    browser_page.click("#filters summary")
    browser_page.uncheck("input[data-group=numbers]")
    left = [change for change in found.changes if change.meaning and change.group != "numbers"]
    assert [each.get_attribute("id") for each in shown.all()] == [change.id for change in left]
    assert browser_page.locator(".list a:visible").count() == len(left)
    assert browser_page.locator("#shown").text_content() == f"显示 {len(left)} / {len(found.changes)} 项"
    visible = {each.get_attribute("id") for each in browser_page.locator("main section > .pair:visible").all()}
    assert visible == {f"p{change.pair}" for change in left}
    browser_page.check("input[data-group=numbers]")
    browser_page.uncheck("#meaning")
    assert shown.count() == len(found.changes)


def test_both_views_show_every_redline(browser_page: Page) -> None:
    edited = browser_page.locator(".pair.both").count()
    assert browser_page.locator(".both .side.old:visible").count() == edited
    assert browser_page.locator(".inline:visible").count() == 0
    browser_page.click("label[for=view-inline]")
    assert browser_page.locator(".inline:visible").count() == edited
    assert browser_page.locator(".both .side.old:visible").count() == 0
    browser_page.click("label[for=view-sides]")


def test_paper_has_both_sides_and_no_controls(browser_page: Page) -> None:
    browser_page.emulate_media(media="print")
    assert browser_page.locator(".bar").is_hidden()
    assert browser_page.locator(".list form").is_hidden()
    for side in ("old", "new"):
        assert browser_page.locator(f".both .side.{side}").first.is_visible()
    browser_page.emulate_media(media="screen")


def test_a_narrow_screen_needs_no_sideways_scrolling(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 420, "height": 800})
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 420
    browser_page.set_viewport_size({"width": 1400, "height": 700})
