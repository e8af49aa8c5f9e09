"""Table and Markdown say what the JSON says, no more and no less, and break lines where a reader would."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

import extractor
from extractor import Commitment, Deadline, Issue
from extractor.cli import table
from extractor.cli.wrapping import wrap
from extractor.diagnostics import codes
from extractor.exports import markdown
from extractor.exports.rows import describe, document_rows, due, heading

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "corpora").glob("*/issue.txt"))
PLAN = """云溪市托育服务实施方案
一、完善照护政策。支持多方参与。公办托育机构收费标准由发展改革部门会同有关部门制定。对符合条件的普惠托育机构，由属地财政给予每人每月不低于300元的运营补贴。（责任单位：市卫生健康委、市教育局）
二、加强统计监测。建立制度，力争到2031年监测覆盖率达到90%以上。鼓励单个机构每年开放不少于2次。
三、做好宣传引导。各地要加强宣传，营造氛围，推动工作落实。
四、附则。本方案由市卫生健康委负责解释。
"""


def parse(text: str) -> Issue:
    return extractor.parse(text.encode(), name="plan.txt")


def row(issue: Issue, title: str) -> dict[str, str]:
    return next(row for document in document_rows(issue, every=True) for row in document.rows if title in row["举措"])


# --- what a row says --------------------------------------------------------------------------------------------------


def test_a_duty_of_one_sentence_is_not_shown_as_one_of_the_measure() -> None:
    said = row(parse(PLAN), "完善照护政策")
    assert said["牵头"] == "发展改革部门（仅就：公办托育机构收费标准）"
    assert said["责任"] == "市卫生健康委、市教育局"
    assert said["其他单位"] == "出资：属地财政（仅就：对符合条件的普惠托育机构）"


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        # the sentence is all that the clause says
        ("一、健全机制。由市民政局负责协调推进养老服务工作。", "市民政局"),
        # what stands before another statement of the sentence is not quoted for the next
        (
            "一、强化考评。完善考评办法，及时通报情况。由市民政局负责养老服务考评；市财政局负责资金绩效评价。",
            "市民政局（仅就：养老服务考评）；\n市财政局（仅就：资金绩效评价）",
        ),
        # one of several brackets answers for what stands before it, without the heading
        (
            "一、优化服务。扩大助餐服务覆盖范围。（责任单位：市民政局）完善住房公积金提取政策。（责任单位：市住房城乡建设局）",
            "市民政局（仅就：扩大助餐服务覆盖范围）；\n市住房城乡建设局（仅就：完善住房公积金提取政策）",
        ),
        # who answers for all parts alike is named once
        (
            "一、优化服务。扩大助餐服务覆盖范围。（责任单位：市民政局）完善家庭床位建设标准。（责任单位：市民政局）",
            "市民政局（仅就：扩大助餐服务覆盖范围；完善家庭床位建设标准）",
        ),
        # one bracket: the whole measure
        ("一、优化服务。扩大助餐服务覆盖范围，提升质量。（责任单位：市民政局、市财政局等）", "市民政局、市财政局等"),
    ],
)
def test_what_a_body_answers_for(text: str, responsible: str) -> None:
    issue = parse(f"云溪市养老服务实施方案\n{text}\n二、加强保障。落实经费，配强力量。\n")
    assert row(issue, text[2:6])["责任"] == responsible


def test_who_interprets_has_a_word_of_its_own() -> None:
    shown = markdown.render(parse(PLAN))
    assert "解释：市卫生健康委" in shown
    assert "负责解释 |  |" not in shown


def test_strength_and_scope_stand_with_every_commitment() -> None:
    issue = parse(PLAN)
    assert "[符合条件的普惠托育机构]" in row(issue, "完善照护政策")["量化承诺、节点"]
    aimed, granted = row(issue, "加强统计监测")["量化承诺、节点"].split("\n")
    assert aimed.startswith("〔力争〕")
    assert granted.startswith("〔鼓励〕")
    plain = Commitment(
        id="d1/c1", key="0", span=(0, 1), indicator="覆盖率", comparator=">=", value=Decimal(9), unit="%", rule=""
    )
    assert describe(plain) == "覆盖率 ≥ 9%"


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (Deadline(text="到2031年", date="2031", bound="by"), "到2031"),
        (Deadline(text="2031年底前", date="2031-12", bound="before"), "2031-12前"),
        (Deadline(text="持续推进", date=None, bound="by"), "持续推进"),
        (replace(Deadline(text="2031年", date="2031", bound="in"), bound=None), "2031"),
    ],
)
def test_deadlines_in_words(deadline: Deadline, said: str) -> None:
    assert due(deadline) == said


def test_terms_have_a_column_of_their_own() -> None:
    rows = (
        "序号\t重点任务\t责任单位\t完成时限",
        "1\t建设社区食堂\t市民政局\t2031年6月底前",
        "2\t开展巡查\t市应急局\t持续推进",
        "3\t整治河道\t市水务局\t2031年底前",
    )
    table_of_tasks = "\n".join(rows)
    issue = parse(f"云溪市2031年重点任务分解表\n{table_of_tasks}\n")
    assert [row["完成时限"] for row in document_rows(issue)[0].rows] == ["2031-06前", "持续推进", "2031-12前"]
    assert "完成时限" not in markdown.render(parse(PLAN))  # no column without a row


def test_milestones_of_no_measure_are_no_measure() -> None:
    issue = parse(PLAN)
    [document] = issue.documents
    loose = extractor.Milestone(
        id="d1/t1", text="全面建成", deadline=Deadline(text="到2031年", date="2031", bound="by"), span=(0, 4)
    )
    issue = replace(issue, documents=(replace(document, milestones=(loose,)),))
    assert "时间节点" not in [row["举措"] for row in document_rows(issue)[0].rows]
    for shown in (table.render(issue), markdown.render(issue)):
        assert re.search(r"不属于任何举措：\n+ *- 〔节点〕全面建成 \(到2031\)", shown)


def test_what_is_not_shown_is_said_and_can_be_shown() -> None:
    issue = parse(PLAN)
    for render in (table.render, markdown.render):
        assert "另有 1 项举措未识别出责任单位、数字或时限，未列出" in render(issue)
        assert "做好宣传引导" not in render(issue)
        assert "另有" not in render(issue, every=True)
        assert "做好宣传引导" in render(issue, every=True)


def test_people_and_tables_are_counted_and_listed() -> None:
    issue = parse(
        "云溪市人民政府关于江野等同志职务任免的通知\n云政人〔2031〕3号\n各县（区）人民政府：\n经研究决定：\n"
        "江野同志任云溪市水务局局长；\n免去岑川同志的云溪市水务局局长职务。\n云溪市人民政府\n2031年3月2日\n"
    )
    assert "另载：任免 2" in table.render(issue)
    shown = markdown.render(issue)
    assert "另载：任免 2" in shown
    assert "| 任免 | 姓名 | 职务 |\n| --- | --- | --- |\n| 任命 | 江野 | 云溪市水务局局长 |" in shown
    assert "另载" not in table.render(parse(PLAN))


def test_the_heading_names_issue_and_date_once() -> None:
    text = "云溪政报\n2031年第3期（总第40期）\n2031年4月8日\n关于防汛的通知\n各县人民政府：\n请做好防汛。\n"
    assert heading(parse(text)) == "云溪政报 · 2031年第3期 · 总第40期 · 2031-04-08"
    assert heading(extractor.parse(SAMPLES[1])).count("第3期") == 1  # printed in the title already
    assert heading(parse(PLAN)) == "plan.txt"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_both_forms_show_every_document_and_notice(sample: Path) -> None:
    issue = extractor.parse(sample)
    shown_as_table, shown = table.render(issue, width=300), markdown.render(issue)
    for document in issue.documents:
        assert re.search(rf"^{document.id} ", shown_as_table, re.MULTILINE)
        assert re.search(rf"^## {document.id} ", shown, re.MULTILINE)
    for each in issue.diagnostics:
        if each.severity != "info":
            assert all(codes()[each.code].zh in form and each.code in form for form in (shown_as_table, shown))
    heads = 0
    for line in shown.splitlines():  # a table is one: no row has more or fewer cells
        if line.startswith("| "):
            cells = len(re.findall(r"(?<!\\)\|", line))
            assert not heads or cells == heads
            heads = cells
        else:
            heads = 0


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_lines_fit_and_break_well(sample: Path, width: int) -> None:
    shown = table.render(extractor.parse(sample), width=width)
    for line in shown.splitlines():
        assert cell_len(line) <= width
        for cell in (cell.strip() for cell in line.split("│")):
            assert not cell.startswith(tuple("、，。；：）”》"))
            assert not cell.endswith(tuple("≥≤（“《"))


def test_where_columns_do_not_fit_a_table_is_a_list() -> None:
    issue = extractor.parse(SAMPLES[1])
    assert "│" not in table.render(issue, width=60)
    assert "\n  牵头 区民政局" in table.render(issue, width=60)
    assert "│" in table.render(issue, width=120)


@given(
    st.text(alphabet="县区局部、，。（）“”《》〔〕≥≤ 0123456789.%–-<>()[]abc\n每年到", max_size=80), st.integers(2, 40)
)
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("县发展改革委、县财政局", 12, ["县发展改革", "委、县财政局"]),
        ("县发展改革委、县财政局", 14, ["县发展改革委、", "县财政局"]),
        ("制定（试行）办法", 6, ["制定", "（试", "行）办", "法"]),
        ("绿化覆盖率 ≥ 42.5%", 12, ["绿化覆盖率", "≥ 42.5%"]),
        ("床位 1200–1500张 (到2031)", 14, ["床位", "1200–1500张", "(到2031)"]),
        ("巡查 ≥ 2次 每年", 11, ["巡查 ≥ 2次", "每年"]),
        ("", 10, [""]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
