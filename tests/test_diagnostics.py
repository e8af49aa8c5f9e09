"""Codes: those of the list are those that the program uses, the page is made from the list, a slip is told once."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.diagnostics import MOST_OF_A_CODE, codes, notice, settle
from extractor.model import Issue
from tests.made_pdf import MadePage, made_pdf

ROOT = Path(__file__).resolve().parent.parent
USED = re.compile(
    r'"((?:source|text|masthead|contents|document|clause|duty|body|people|number|reference)\.[a-z]+(?:-[a-z]+)*)"'
)

TABLE = tomllib.loads((ROOT / "tests/cases/diagnostics/codes.toml").read_text(encoding="utf-8"))
MORE = "请认真落实森林防火工作责任，加强值守，及时报告火情。" * 20


def _issue(words: str, encoding: str = "utf-8", series: Path | None = None) -> Issue:
    if words.startswith("{PDF}"):
        return extractor.parse(
            made_pdf([_page(page) for page in words.removeprefix("{PDF}").split("\f")]), name="a.pdf"
        )
    return extractor.parse(
        words.replace("{BODY}", TABLE["body"]).replace("{MORE}", MORE).encode(encoding), name="a.txt", series=series
    )


@pytest.fixture
def series(case: dict[str, Any], tmp_path: Path) -> Path | None:
    """The series profile that a case is parsed with, where it has one."""
    if "series" not in case:
        return None
    (tmp_path / "series.toml").write_text(case["series"], encoding="utf-8")
    return tmp_path / "series.toml"


def _page(words: str) -> MadePage:
    page = MadePage(picture="{PICTURE}" in words)
    for at, line in enumerate(words.replace("{PICTURE}", "").splitlines()):
        page.text(90, 100 + 24 * at, line)
    return page


def _pointed_at(issue: Issue, code: str) -> list[str]:
    """What the diagnostics of a code point at: a piece of the text, of what was removed, or nothing."""
    removed = issue.source.removed
    return [
        issue.text[slice(*d.span)] if d.span else removed[d.removed].text if d.removed is not None else ""
        for d in issue.diagnostics
        if d.code == code
    ]


def test_table_has_every_code_of_the_list() -> None:
    assert {case["code"] for case in TABLE["case"]} == set(codes())


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["code"])
def test_blemish_is_reported_where_it_is(case: dict[str, Any], series: Path | None) -> None:
    found = _pointed_at(_issue(case["text"], case.get("encoding", "utf-8"), series), case["code"])
    assert found and all(case.get("at", "") in piece for piece in found)


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["code"])
def test_text_without_the_blemish_is_not_blamed(case: dict[str, Any], series: Path | None) -> None:
    assert _pointed_at(_issue(case["clean"], series=series), case["code"]) == []


def test_codes_of_the_list_are_those_of_the_program() -> None:
    used = {code for path in (ROOT / "extractor").rglob("*.py") for code in USED.findall(path.read_text("utf-8"))}
    assert used == set(codes())


def test_page_is_made_from_the_list() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "refresh-diagnostics"))["page"]()
    assert (ROOT / "DIAGNOSTICS.md").read_text(encoding="utf-8") == page, "run scripts/refresh-diagnostics"


def test_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        notice("text.unknown", "")


def test_a_slip_is_told_once_by_the_code_that_knows_more() -> None:
    general, special = notice("text.date-incomplete", "", (20, 25)), notice("masthead.date-incomplete", "", (14, 25))
    elsewhere = notice("text.date-incomplete", "", (40, 45))
    assert settle([general, special, elsewhere]) == (special, elsewhere)
    about_all = notice("document.line-breaks-lost", "", (0, 400))
    assert settle([general, about_all]) == (about_all, general)


def test_of_one_code_the_first_are_told_and_then_how_many_more() -> None:
    lost = [notice("text.bracket-lost", "", (at, at + 1)) for at in range(MOST_OF_A_CODE + 30)]
    other = notice("text.misspelling", "", (500, 502))
    assert settle(lost[:MOST_OF_A_CODE]) == tuple(lost[:MOST_OF_A_CODE])
    *first, summary, last = settle([other, *reversed(lost)])
    assert first == lost[:MOST_OF_A_CODE] and last == other
    assert (summary.code, summary.span) == ("text.bracket-lost", (MOST_OF_A_CODE, MOST_OF_A_CODE + 1))
    assert summary.message.startswith("30 more")


def test_a_file_of_open_brackets_is_reported_on_one_page() -> None:
    issue = extractor.parse(("（" * 5000).encode(), name="a.txt")
    lost = [diagnostic for diagnostic in issue.diagnostics if diagnostic.code == "text.bracket-lost"]
    assert len(lost) == MOST_OF_A_CODE + 1 and f"{5000 - MOST_OF_A_CODE} more" in lost[-1].message


def test_page_trail_that_names_another_gazette_points_into_what_was_removed() -> None:
    trail = "您当前的位置:首页 > 电子期刊 > 青岚公报 > 2024年度"
    printed = "关于做好防汛工作的通知\n青府办〔2024〕5号\n各镇:\n请认真落实。\n青岚区人民政府办公室\n2024年5月6日\n"
    contents = "目  录\n\n文件选登\n关于做好防汛工作的通知(青府办〔2024〕5号)\n\n文件选登\n"
    text = f"{trail}\n\n青岚政报(2024年第3期)\n青岚政报(2024年第3期)\n{contents}{printed}"
    issue = extractor.parse(text.encode(), name="a.txt")
    found = [d for d in issue.diagnostics if d.code == "masthead.series-differs"]
    assert [issue.source.removed[d.removed].text for d in found if d.removed is not None] == [trail]
