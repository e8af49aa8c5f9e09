"""Numbers with unit and comparator, on phenomena (tests/cases/numbers) and by properties."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.grammar.comma_units import blank, split_sentences
from extractor.grammar.quantities import find_quantities, has_number
from extractor.grammar.units import normalize, table

CASES = Path(__file__).parent / "cases" / "numbers"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=f"{row['id']}: {row['text'][:16]}") for row in rows]


@pytest.mark.parametrize("case", cases("quantities"))
def test_quantities(case: dict[str, Any]) -> None:
    found = find_quantities(blank(case["text"]))
    rows = [[str(q.value), "" if q.upper is None else str(q.upper), q.unit, q.op] for q in found]
    assert rows == case["expected"]


@given(st.integers(1, 9999), st.sampled_from(["个", "家", "万元", "%", "公里", "名", "个百分点", "亿元", "平方米"]))
def test_a_number_is_read_as_written(value: int, unit: str) -> None:
    text = f"总量达到{value}{unit}以上。"
    (found,) = find_quantities(text)
    assert (found.value, found.unit, found.op) == (Decimal(value), unit, ">=")
    assert text[found.start : found.end] == f"{value}{unit}"


@given(st.text(alphabet="到达不超过至少前第一二百万亿元个%家(含)-、,。;0123456789的以上下“”《》", max_size=60))
def test_any_text_is_read_without_errors_and_in_bounds(text: str) -> None:
    blanked = blank(text)
    assert len(blanked) == len(text)
    for quantity in find_quantities(blanked):
        assert 0 <= quantity.cue_start <= quantity.start < quantity.end <= quantity.close <= len(text)
        assert quantity.upper is None or quantity.upper > quantity.value
    for sentence in split_sentences(blanked):
        assert sentence.units[0].start >= sentence.start
        assert sentence.units[-1].end <= sentence.end


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5", "万元", ("50000", "元")),
        ("7", "/10万", ("0.00007", "1")),
        ("4", "‰", ("0.004", "1")),
        ("600", "公里", ("600000", "米")),
        ("8", "万个", ("80000", "个")),
        ("2.5", "张/千名儿童", ("2.5", "张")),
        ("1", "万亿元", ("1000000000000", "元")),
    ],
)
def test_base_units(value: str, unit: str, expected: tuple[str, str]) -> None:
    found = normalize(Decimal(value), unit)
    assert found is not None
    assert (found[0], found[1]) == (Decimal(expected[0]), expected[1])


def test_units_of_the_lexicon_have_a_positive_factor() -> None:
    assert all(unit.factor > 0 and unit.base for unit in table().values())


def test_text_without_numbers_costs_one_search() -> None:
    assert not has_number("加强组织领导,完善工作机制")
