"""Dates: what is due, and what only dates something."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.grammar.dates import find_dates, may_date, read_deadline

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers" / "dates.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_dates(case: dict[str, Any]) -> None:
    found = [[d.text, d.date or "", d.bound, d.role] for d in find_dates(case["text"], 2024)]
    assert found == case["expected"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年12月底前", "2023-12"),
        ("6月底", "2024-06"),
        ("全年", "2024"),
        ("2025年", "2025"),
        ("2025年3月8日前", "2025-03-08"),
    ],
)
def test_terms(text: str, date: str) -> None:
    found = read_deadline(text, 2024)
    assert found is not None
    assert found.date == date


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "立即", ""])
def test_no_term(text: str) -> None:
    assert read_deadline(text, 2024) is None


def test_without_a_year_of_the_document_no_year_is_made_up() -> None:
    assert not [d for d in find_dates("6月底前完成,年内开工", None) if d.date]


@given(st.integers(2000, 2050), st.integers(1, 12), st.integers(1, 28))
def test_every_day_is_read(year: int, month: int, day: int) -> None:
    text = f"于{year}年{month}月{day}日前完成"
    assert may_date(text)
    (found,) = find_dates(text)
    assert found.date == f"{year}-{month:02d}-{day:02d}"
    assert found.bound == "before"
