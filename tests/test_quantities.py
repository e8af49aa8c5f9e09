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
from extractor.grammar.units import SCALES, normalize, table

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
        ("2.5", "张/千名儿童", ("0.0025", "张/名儿童")),
        ("4.5", "个/千人口", ("0.0045", "个/人口")),
        ("300", "元/人/月", ("300", "元/人/月")),
        ("5", "万元/个", ("50000", "元/个")),
        ("35", "微克/立方米", ("0.000000035", "千克/立方米")),
        ("0.5", "元/千瓦时", ("0.5", "元/千瓦时")),
        ("3", "个/5万人", ("0.00006", "个/人")),
        ("2", "/3", ("2", "/3")),
        ("3", "/4", ("0.75", "1")),
        ("3.7", "万户", ("37000", "户")),
        ("3500", "PFlops", ("3500", "PFLOPS")),
        ("2", "EFLOPS", ("2000", "PFLOPS")),
        ("3", "P", ("3", "P")),
        ("10", "Gbps", ("10000", "Mbps")),
        ("10", "分钟", ("10", "分钟")),
        ("2", "小时", ("120", "分钟")),
        ("6", "个月", ("6", "个月")),
        ("3", "年", ("3", "年")),
        ("2", "周", ("14", "天")),
        ("20", "个工作日", ("20", "工作日")),
        ("1.2", "万亩", ("12000", "亩")),
        ("2", "番", ("2", "番")),
        ("3", "个百分点", ("3", "百分点")),
        ("50", "个基点", ("0.5", "百分点")),
        ("30", "万方", ("300000", "方")),
        ("120", "万千瓦", ("1200000", "千瓦")),
        ("5", "万", ("50000", "1")),
        ("1", "万亿元", ("1000000000000", "元")),
    ],
)
def test_base_units(value: str, unit: str, expected: tuple[str, str]) -> None:
    found = normalize(Decimal(value), unit)
    assert found is not None
    assert (found[0], found[1]) == (Decimal(expected[0]), expected[1])


NUMBERS = st.decimals(min_value=0, max_value=99999, places=2)
PARTS = ("", "/人", "/人/月", "/千人口", "/10万", "/立方米", "/3")
BASES = {unit.base for unit in table().values()} | {"1"}


@given(NUMBERS, st.sampled_from(sorted(table())), st.sampled_from(["", *SCALES]), st.sampled_from(PARTS))
def test_the_value_as_written_can_be_had_back(value: Decimal, word: str, scale: str, parts: str) -> None:
    one, found = normalize(Decimal(1), scale + word + parts), normalize(value, scale + word + parts)
    assert one is not None and one[0] is not None and found is not None and found[0] is not None
    assert found[1] == one[1] == (normalize(None, scale + word + parts) or ("", ""))[1]
    assert found[0] == value * one[0] and found[0] / one[0] == value
    assert found[1].split("/")[0] in BASES
    assert normalize(*found) == found


def test_units_of_the_lexicon_are_exact_multiples_of_their_base() -> None:
    for word, unit in table().items():
        assert unit.factor > 0 and len(unit.factor.normalize().as_tuple().digits) <= 4, word
        if unit.base in table():  # a base is its own base, once
            assert (table()[unit.base].base, table()[unit.base].factor) == (unit.base, Decimal(1)), word
            assert table()[unit.base].dimension == unit.dimension, word


@pytest.mark.parametrize(
    "words", [("GB", "PFLOPS", "P", "M"), ("天", "个月", "年", "分钟"), ("平方米", "亩"), ("%", "番")]
)
def test_what_no_exact_factor_joins_has_bases_of_its_own(words: tuple[str, ...]) -> None:
    assert len({table()[word].base for word in words}) == len(words)


@pytest.mark.parametrize("words", [("GB", "TB"), ("公里", "米"), ("小时", "分钟"), ("公顷", "平方米"), ("吨", "斤")])
def test_units_of_one_kind_share_their_base(words: tuple[str, ...]) -> None:
    assert len({table()[word].base for word in words}) == 1


def test_text_without_numbers_costs_one_search() -> None:
    assert not has_number("加强组织领导,完善工作机制")
