"""Tables of tasks become clauses for rows, with who answers and by when, flattened or not; lists of lines do not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.model import Document, Responsibility

CASES = tomllib.loads((Path(__file__).parent / "cases" / "duties" / "tables.toml").read_text("utf-8"))["case"]
ABOVE = (
    "云岭县2031年重点工作任务分解表\n云政办发〔2031〕7号\n各镇人民政府、县各部门：\n现将任务分解如下，请认真落实。\n"
)


def parsed(table: str) -> Document:
    (document,) = extractor.parse((ABOVE + table.lstrip("\n")).encode(), name="a.txt").documents
    return document


def stated(duty: Responsibility) -> str:
    return f"{duty.role}{'*' if duty.basis == 'inherited' else ''}:{'、'.join(unit.mention for unit in duty.units)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    document = parsed(case["text"])
    duties = {measure.clause_id: measure.responsibilities for measure in document.measures}
    rows = {}
    for clause in document.clauses:
        if clause.label is None:
            own = sorted(
                duties.get(clause.id, ()), key=lambda duty: ("lead", "responsible", "support").index(duty.role)
            )
            terms = {duty.deadline.date for duty in own if duty.deadline is not None and duty.deadline.date}
            rows["/".join(clause.path)] = [clause.heading or "-", *map(stated, own), *terms]
    assert rows == {path: rest for path, *rest in case["rows"]}
    assert [clause.path[0] for clause in document.clauses if clause.label is not None] == case.get("below", [])
    assert bool(document.tables) == bool(case["rows"])


def test_numbers_of_a_flattened_row_take_its_term() -> None:
    document = parsed(CASES[0]["text"])
    (commitment,) = document.commitments
    assert (commitment.clause_id, commitment.value, commitment.unit) == ("d1/1", 200, "个")
    assert commitment.deadline is not None and commitment.deadline.date == "2031-06"


def test_cells_of_a_flattened_table_are_no_signature_and_no_date() -> None:
    document = parsed(CASES[0]["text"].split("二、")[0])
    assert (document.issuers, document.date) == ((), None)


TERMS = (
    "<table border='1'><tr><td>序号</td><td>任务</td><td>责任单位</td><td>完成时限</td></tr>"
    "<tr><td>1</td><td>新增托位200个。</td><td rowspan='2'>县教育局</td><td rowspan='2'>2031年6月底前</td></tr>"
    "<tr><td>2</td><td>新增学位300个。</td></tr>"
    "<tr><td>3</td><td>新增床位400张。</td><td>县卫生健康局</td><td></td></tr></table>"
)


def test_a_merged_cell_holds_for_all_its_rows_and_an_empty_one_for_none() -> None:
    page = f"<html><body><h1>云岭县民生实事任务分解表</h1>{TERMS}</body></html>"
    (document,) = extractor.parse(page.encode(), name="a.html").documents
    assert [table.merged for table in document.tables] == [((1, 2), (1, 3))]
    assert [c.deadline and c.deadline.date for c in document.commitments] == ["2031-06", "2031-06", None]
    assert [
        (duty.basis, [unit.mention for unit in duty.units], duty.deadline and duty.deadline.date)
        for measure in document.measures
        for duty in measure.responsibilities
    ] == [
        ("table", ["县教育局"], "2031-06"),
        ("inherited", ["县教育局"], "2031-06"),
        ("table", ["县卫生健康局"], None),
    ]
