"""Dated promises without a number of their own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.grammar.commitments import read_passage

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers" / "milestones.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_milestones(case: dict[str, Any]) -> None:
    harvest = read_passage(case["text"], 2024)
    found = [[m.date.date or "", case["text"][m.start : m.end]] for m in harvest.milestones]
    assert found == case["expected"]


def test_a_date_of_the_past_promises_nothing() -> None:
    assert not read_passage("2022年底前建成体育中心。", 2024).milestones
