"""Statements of responsibility: role brackets, lines, sentences, conventions, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

import extractor
from extractor import parse
from extractor.exports.rows import DUE, document_rows
from extractor.grammar.assignments import find_assignments
from extractor.grammar.conventions import find_conventions
from extractor.grammar.duties import read_statement
from extractor.grammar.statements import find_statements
from extractor.model import Document, Responsibility
from extractor.text.fold import View, fold

FILES = sorted((Path(__file__).parent / "cases" / "duties").glob("*.toml"))
CASES: dict[str, list[dict[str, Any]]] = {}
for rows in (tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES):
    for kind, found in rows.items():
        CASES.setdefault(kind, []).extend(found)


@pytest.mark.parametrize("case", CASES["statement"], ids=lambda case: case["id"])
def test_statement(case: dict[str, Any]) -> None:
    text = fold(case["text"])
    said = read_statement(text)
    assert [[p.role, [i.text for i in p.items], p.open_ended] for p in said.parts] == case["expected"]
    assert (text[slice(*said.deadline)] if said.deadline else None) == case.get("deadline")
    assert all(text[i.start : i.end] == i.text for p in said.parts for i in p.items)


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["id"])
def test_sentence_assigns(case: dict[str, Any]) -> None:
    found = find_assignments(fold(case["text"]))
    assert [[hit.role, [item.text for item in hit.items]] for hit in found] == case["expected"]


@pytest.mark.parametrize("case", CASES["silent"], ids=lambda case: case["id"])
def test_sentence_assigns_nothing(case: dict[str, Any]) -> None:
    assert find_assignments(fold(case["text"])) == ()


@pytest.mark.parametrize("case", CASES["place"], ids=lambda case: case["id"])
def test_where_statements_stand(case: dict[str, Any]) -> None:
    text = View.of(case["text"]).text
    assert [text[f.start : f.end] for f in find_statements(text)] == case["expected"]


@pytest.mark.parametrize("case", CASES["spaced"], ids=lambda case: case["id"])
def test_statements_with_the_spaces_of_the_source(case: dict[str, Any]) -> None:
    view = View.of(case["text"])
    said = [found.statement for found in find_statements(view.text, view.gaps)]
    assert [[p.role, [i.text for i in p.items]] for one in said for p in one.parts] == case["expected"]
    terms = [view.text[slice(*one.deadline)] for one in said if one.deadline is not None]
    assert terms == ([case["deadline"]] if "deadline" in case else [])


def test_a_lost_mark_is_known_as_lost() -> None:
    text = fold("建成平台。（责任单位：市甲局、市乙局。其他事项照旧。")
    assert [found.lost for found in find_statements(text)] == [True]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("列第一位的责任单位为牵头单位", ["first-leads"]),
        ("(除标注“分别牵头”外,列第一位为牵头或汇总单位,下同)", ["first-leads"]),
        ("(无牵头单位的,责任单位即为牵头单位,下同)", ["all-lead"]),
        ("(仅指设备投入,下同)", []),
        ("坚持把安全放在第一位,压实牵头单位责任", []),
    ],
)
def test_conventions(text: str, kinds: list[str]) -> None:
    assert [convention.kind for convention in find_conventions(text)] == kinds


PLAN = """云泽市促进消费若干措施
一、举办展会。全年举办展会12场。（责任单位：市商务局、市文化和旅游局）
二、发放补贴。对餐饮企业给予补贴。（责任单位：市财政局、市商务局，排名第一位的为牵头责任单位，下同）
三、延长夜市。推动夜市延时。（责任单位：市城管局）
四、建设平台。建成平台。（市甲局牵头）开通热线。（市乙局、市丙局负责）
"""


def _duties(text: str) -> list[Responsibility]:
    issue = extractor.parse(text.encode(), name="plan.txt")
    return [duty for document in issue.documents for m in document.measures for duty in m.responsibilities]


def test_a_convention_makes_leads_from_where_it_stands() -> None:
    duties = _duties(PLAN)
    assert [(d.role, [u.mention for u in d.units], d.concluded) for d in duties[:4]] == [
        ("responsible", ["市商务局", "市文化和旅游局"], None),
        ("lead", ["市财政局"], "convention"),
        ("responsible", ["市商务局"], None),
        ("lead", ["市城管局"], "convention"),
    ]
    because = duties[1].because
    assert because is not None and PLAN[slice(*because)].startswith("排名第一位的为牵头责任单位")
    assert duties[0].because is None


def test_two_brackets_of_a_paragraph_cover_what_stands_before_them() -> None:
    duties = [
        duty for duty in _duties(PLAN) if "市甲局" in PLAN[slice(*duty.span)] or "市乙局" in PLAN[slice(*duty.span)]
    ]
    covers = dict.fromkeys(PLAN[slice(*duty.covers)].strip() for duty in duties)
    assert list(covers) == ["四、建设平台。建成平台。", "开通热线。"]


STARS = """云溪区重点工作安排
一、举办展会。全年举办展会12场。（责任单位：★区财政局、税务局）
二、发放补贴。

序号\t任务\t责任单位
1\t举办展会\t▲区科技局、统计局
2\t建设展厅\t区科技局、区统计局
"""


def test_a_sign_makes_the_lead_in_brackets_and_in_tables() -> None:
    duties = _duties(STARS)
    assert [(d.role, d.basis, [(u.mention, u.level) for u in d.units]) for d in duties] == [
        ("lead", "parenthetical", [("区财政局", "county")]),
        ("responsible", "parenthetical", [("税务局", "county")]),
        ("lead", "table", [("区科技局", "county")]),
        ("responsible", "table", [("统计局", "county")]),
        ("responsible", "table", [("区科技局", "county"), ("区统计局", "county")]),
    ]
    assert not [d for d in duties if d.concluded]


def test_a_term_without_a_date_has_no_bound_and_is_shown_as_it_is() -> None:
    items = (
        "一、建设平台。（区甲局牵头，持续推进）",
        "二、修桥。（区乙局，2031年6月底前）",
        "三、巡查。（区丙局牵头）",
    )
    text = "\n".join(("云溪区工作要点", *items, ""))
    issue = extractor.parse(text.encode(), name="plan.txt")
    found = [duty.deadline for d in issue.documents for m in d.measures for duty in m.responsibilities]
    assert [(each.text, each.date, each.bound) for each in found if each is not None] == [
        ("持续推进", None, None),
        ("2031年6月底前", "2031-06", "before"),
    ]
    shown = [row[DUE] for d in document_rows(issue) for row in d.rows]
    assert shown == ["持续推进", "2031-06前", ""]


def test_units_point_at_their_mentions_and_measures_at_clauses() -> None:
    issue = extractor.parse(PLAN.encode(), name="plan.txt")
    documents: tuple[Document, ...] = issue.documents
    clauses = {clause.id for document in documents for clause in document.clauses}
    measures = [measure for document in documents for measure in document.measures]
    assert [measure.id for measure in measures] == [f"d1/m{n}" for n in range(1, len(measures) + 1)]
    assert len(measures) == 4 and all(measure.clause_id in clauses for measure in measures)
    for measure in measures:
        for duty in measure.responsibilities:
            assert all(issue.text[slice(*unit.span)] == unit.mention for unit in duty.units)


def test_a_bracket_that_a_line_break_cuts_is_one() -> None:
    text = (
        "云泽市若干措施\n一、举办展会。全年举办展会12场。（责任单位：市商务局、市文化和\n旅游局、各县（市、区）人民政府）\n"
        "二、发放补贴。（责任单位：市财政局）\n"
    )
    assert [[unit.mention for unit in duty.units] for duty in _duties(text)] == [
        ["市商务局", "市文化和旅游局", "各县（市、区）人民政府"],
        ["市财政局"],
    ]


def test_gold_links_of_the_real_issues(shared: Path) -> None:
    """Every stated link of the seven gold files is found: a unit with its role in the text that states it."""
    for gold in sorted((shared / "gold").glob("*.json")):
        source = next(p for folder in ("gazettes", "corpus") if (p := shared / folder / f"{gold.stem}.txt").exists())
        wanted = {
            (row["role"], fold(row["unit"]))
            for row in msgspec.json.decode(gold.read_bytes())["links"]
            if row.get("explicit") != "sentence"
        }
        issue = extractor.parse(source)
        found = {
            (duty.role, fold(unit.mention))
            for document in issue.documents
            for measure in document.measures
            for duty in measure.responsibilities
            for unit in duty.units
        }
        assert len(wanted & found) >= 0.97 * len(wanted), gold.stem


def test_list_of_items_that_end_in_bodies() -> None:
    items = "1.数据惠企专项行动（市数据局）\n2.质量月系列活动（市市场监管局、市商务局）\n3.法律服务进园区（市司法局）\n"
    issue = parse(("云溪市服务企业专项行动清单\n" + items).encode())
    found = [[u.mention for u in r.units] for d in issue.documents for m in d.measures for r in m.responsibilities]
    assert found == [["市数据局"], ["市市场监管局", "市商务局"], ["市司法局"]]


def test_one_item_that_ends_in_a_body_is_no_list() -> None:
    issue = parse("云溪市工作要点\n1.推进信息共享平台建设（市数据局）\n2.完善制度（试行）\n3.加强宣传\n".encode())
    assert not [r for d in issue.documents for m in d.measures for r in m.responsibilities]


@pytest.mark.parametrize(
    ("below", "dates"),
    [
        ("完成时限：2031年6月底前。", ["2031-06", "2031-06"]),
        ("2.修路。\n完成时限：2031年6月底前。", [None, None]),  # of the next clause
        ("受理时间：工作日上午。", [None, None]),
        ("受理时限：2031年6月底前。", [None, None]),
        ("执行期限：2031年6月底前。", [None, None]),
    ],
)
def test_a_term_on_a_line_below_those_that_answer_is_theirs(below: str, dates: list[str | None]) -> None:
    found = _duties(f"县政府2031年工作要点\n1.修桥。\n牵头单位：县交通局。责任单位：各镇政府。\n{below}\n")
    assert [duty.deadline and duty.deadline.date for duty in found] == dates


def test_what_a_list_of_tasks_names_besides_is_a_task_too() -> None:
    tasks = "".join(f"{n}.生产总值增长{n}%左右。\n责任单位：县发改局\n" for n in range(1, 5))
    assert _planned(f"县政府2031年任务分工\n{tasks}5.其他指标不低于全市平均水平。\n") == ["1", "2", "3", "4", "5"]
    facts = "".join(f"{n}.去年生产总值为全市平均水平。\n" for n in range(2, 6))
    assert _planned(f"县政府2031年任务分工\n1.修桥。\n责任单位：县发改局\n{facts}") == ["1"]


def _planned(text: str) -> list[str]:
    issue = extractor.parse(text.encode(), name="a.txt")
    return [m.clause_id.rsplit("/", 1)[-1] for d in issue.documents for m in d.measures if m.clause_id]


def test_a_prefix_of_the_party_hands_down_its_level_and_nothing_else() -> None:
    """R15, R16: 文化和旅游厅 after 省委宣传部 is one of the province, no organ of the party."""
    duties = _duties(
        "云岭省工作要点\n一、办展。（省委宣传部、文化和旅游厅、体育局负责）\n二、修馆。（市委宣传部、体育局负责）\n"
    )
    assert [[(unit.level, unit.kind) for unit in duty.units] for duty in duties] == [
        [("province", "party"), ("province", "government"), ("province", "government")],
        [("city", "party"), ("city", "government")],
    ]


@pytest.mark.parametrize(
    ("signed", "issuers"),
    [
        ("云溪市甲局 云溪市乙局 云溪市丙局", ("云溪市甲局", "云溪市乙局", "云溪市丙局")),
        ("云溪市人力资源和社会保障局", ("云溪市人力资源和社会保障局",)),
    ],
)
def test_bodies_that_issue_together_are_told_apart(signed: str, issuers: tuple[str, ...]) -> None:
    """R63: 联合行文; the first leads nothing by that."""
    text = f"关于做好巡查的通知\n各镇人民政府：\n请认真做好巡查工作。\n{signed}\n2031年3月5日\n"
    (document,) = extractor.parse(text.encode(), name="a.txt").documents
    assert document.issuers == issuers
    assert not [duty for measure in document.measures for duty in measure.responsibilities]
