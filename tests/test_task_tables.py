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
            rows["/".join(clause.path)] = [clause.heading, *map(stated, own), *terms]
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
