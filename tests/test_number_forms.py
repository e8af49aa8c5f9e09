"""Forms of numbers by phenomenon number (tests/cases/numbers/forms.toml), from the source text on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.grammar.commitments import Draft, lost_numbers, read_passage
from extractor.text.fold import View, fold

ROOT = Path(__file__).parent
FORMS = tomllib.loads((ROOT / "cases" / "numbers" / "forms.toml").read_text(encoding="utf-8"))
FIELDS = {
    "change": lambda draft: draft.change,
    "per": lambda draft: draft.described.per,
    "baseline": lambda draft: draft.described.baseline,
    "strength": lambda draft: draft.strength,
    "kind": lambda draft: draft.kind,
}


def _marked(case: dict[str, Any]) -> Any:
    marks = pytest.mark.xfail(strict=True, reason=case["xfail"]) if "xfail" in case else ()
    return pytest.param(case, id=case["id"], marks=marks)


def _row(draft: Draft) -> list[str]:
    quantity, described = draft.quantity, draft.described
    upper = "" if quantity.upper is None else str(quantity.upper)
    date = (draft.date.date or "") if draft.date else ""
    return [str(quantity.value), upper, described.unit, quantity.op, date, described.indicator or ""]


@pytest.mark.parametrize("case", [_marked(case) for case in FORMS["case"]])
def test_form(case: dict[str, Any]) -> None:
    drafts = read_passage(View.of(case["text"]).text, 2024).drafts
    assert [_row(draft) for draft in drafts] == case["expected"]
    for name, values in case.get("also", {}).items():
        assert [FIELDS[name](draft) or "none" for draft in drafts] == values


@pytest.mark.parametrize("case", FORMS["lost"], ids=lambda case: case["id"])
def test_lost_number(case: dict[str, Any]) -> None:
    assert [[gap.unit, gap.noun] for gap in lost_numbers(fold(case["text"]))] == case["expected"]


NAMED = re.compile(r"\b([NRS])(\d\d)(?!\d)(?:–[NRS]?(\d\d))?")
STATED = re.compile(r"^\| ([NRS]\d\d)\b|(?:^|\. )(N[89]\d) ", re.MULTILINE)
ASKED = {"N": range(1, 100), "R": range(1, 32), "S": range(24, 35)}


def test_every_form_of_the_handbook_has_a_case(shared: Path) -> None:
    handbook = {a or b for a, b in STATED.findall((shared / "HANDBOOK.md").read_text(encoding="utf-8"))}
    assert {"N80", "N91", "N92", "R26", "S24"} <= handbook
    asked = {f"{kind}{number:02d}" for kind, numbers in ASKED.items() for number in numbers} & handbook
    files = [*(ROOT / "cases").rglob("*.toml"), *ROOT.glob("test_*.py")]
    named = {
        f"{kind}{number:02d}"
        for path in files
        for kind, first, last in NAMED.findall(path.read_text(encoding="utf-8"))
        for number in range(int(first), int(last or first) + 1)
    }
    assert sorted(asked - named) == []
