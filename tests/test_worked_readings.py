"""The worked readings of the handbook (A1–A18), each through the whole chain: what a reader would write down."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.model import Issue

CASES = tomllib.loads((Path(__file__).parent / "cases" / "worked.toml").read_text("utf-8"))["case"]
MARKS = {"inherited": "*", "convention": "!"}


def read(issue: Issue) -> dict[str, list[Any]]:
    """What a case can speak of, from all documents of the issue."""
    duties = [
        (measure.clause_id, duty)
        for document in issue.documents
        for measure in document.measures
        for duty in measure.responsibilities
    ]
    commitments = [each for document in issue.documents for each in document.commitments]
    units = [unit for _, duty in duties for unit in duty.units]
    return {
        "duties": [
            [
                (place or "").partition("/")[2],
                duty.role + MARKS.get(duty.basis, "") + MARKS.get(duty.concluded or "", ""),
                "、".join(unit.mention for unit in duty.units),
            ]
            for place, duty in duties
        ],
        "open_ended": [duty.open_ended for _, duty in duties],
        "kinds": [unit.kind for unit in units],
        "levels": [unit.level for unit in units],
        "commitments": [
            [
                each.indicator,
                each.comparator,
                each.value,
                each.upper or 0,
                each.unit,
                (each.deadline.date or "") if each.deadline else "",
            ]
            for each in commitments
        ],
        "changes": [each.change for each in commitments if each.change],
        "scopes": [each.scope for each in commitments],
        "milestones": [
            [each.text, each.deadline.date, each.deadline.bound]
            for document in issue.documents
            for each in document.milestones
        ],
        "roster": [each.person for document in issue.documents for each in document.roster],
        "issuers": [issuer for document in issue.documents for issuer in document.issuers],
        "issue": [issue.issue.series, issue.issue.year, issue.issue.number],
        "diagnostics": [each.code for each in issue.diagnostics],
    }


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=pytest.mark.xfail(strict=True, reason=case["fails"]))
        if "fails" in case
        else pytest.param(case, id=case["id"])
        for case in CASES
    ],
)
def test_worked_reading(case: dict[str, Any]) -> None:
    found = read(extractor.parse(case["text"].lstrip("\n").encode(), name="a.txt"))
    expected = {key: value for key, value in case.items() if key in found}
    assert expected and {key: found[key] for key in expected} == expected


def test_every_worked_reading_has_a_case() -> None:
    assert [case["id"].split(" ")[0] for case in CASES] == [f"A{n}" for n in range(1, 19)]
