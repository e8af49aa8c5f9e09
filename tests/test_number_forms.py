"""Forms of numbers by phenomenon number (tests/cases/numbers/forms.toml), from the source text on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
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
