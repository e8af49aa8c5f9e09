"""The bounds that a condition sets: 0-18个月, 不足1年, 1亿元(含)以上, 60-79周岁 (N10, N42). Pure, on folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar.quantities import find_quantities
from extractor.grammar.spoken import Quantity
from extractor.grammar.units import normalize
from extractor.text.numerals import parse_number

_AGES = (("月龄", "个月"), ("周岁", "周年"), ("岁", "年"))
"""Ages, which are no quantities by themselves; read as what they are measured in, a word of the same length."""
_SPOKEN = re.compile(r"(?<![第十百千每])[一二两三四五六七八九](?=年|个月|周岁|岁)")
"""One character for a number of years or months (不足一年)."""
_MONTHS = 12
_INCLUSIVE = re.compile(r"\((?P<not>不?)含[^()]*\)")
_LINK = re.compile("[-至到]")
_BY_RANGE, _BY_WORD, _BY_REMARK = 1, 2, 3
"""How plainly a bound is said: the end of a range, 以上 and its like, （含）."""


class Bound(Struct, frozen=True, gc=False):
    """One end of a condition."""

    value: Decimal
    """As written."""
    base: Decimal
    """In the base unit, to compare."""
    open: bool | None
    """Whether the number itself is left out; None where the text does not say which of two conditions has it."""
    said: int


class Band(Struct, frozen=True, gc=False):
    """A condition with one or two bounds; offsets of its words into the text."""

    start: int
    end: int
    unit: str
    """As written."""
    kind: str
    """The base unit: bands of one kind can be compared."""
    lower: Bound | None = None
    upper: Bound | None = None

    def before(self, other: Band) -> bool:
        """Whether everything in this band is less than everything in the other, as far as a shared end goes."""
        return self.upper is not None and other.lower is not None and self.upper.base <= other.lower.base


def find_bands(text: str) -> tuple[Band, ...]:
    """Every number of a folded text with what it bounds, in order; two ends said one by one are two bands.

    >>> [(b.lower is not None, str(b.upper.value), b.unit) for b in find_bands("0-3周岁,不足1年的")]
    [(True, '3', '周岁'), (False, '1', '年')]
    """
    measured = _SPOKEN.sub(lambda match: str(parse_number(match[0])), text)
    for age, time in _AGES:
        measured = measured.replace(age, time)
    bands = [_band(text, quantity) for quantity in find_quantities(measured)]
    return tuple([band for band in bands if band is not None])


def _band(text: str, quantity: Quantity) -> Band | None:
    start, close = quantity.start, quantity.close
    size = len(quantity.unit)
    unit = (
        text[quantity.end - size : quantity.end]
        if text[quantity.start : quantity.end].endswith("岁")
        else quantity.unit
    )
    base = _base(quantity.value, quantity.unit)
    if base is None:
        return None
    begin = min(quantity.cue_start, start) if quantity.cue_start >= 0 else start
    made = Band(begin, close, unit, base[1])
    if quantity.upper is not None:
        top = _base(quantity.upper, quantity.unit)
        link = _LINK.search(text, start, close)
        if top is None or link is None:
            return None
        low = _end(quantity.value, base[0], text[start : link.start()], _BY_RANGE)
        high = _end(quantity.upper, top[0], text[link.end() : close + len("(含)")], _BY_RANGE)
        return replace(made, lower=low, upper=high)
    remark = text[start:close]
    op = quantity.op
    if op == "=" and text[start - 1 : start] == "满" and text[start - 2 : start] not in ("不满", "未满"):
        op, made = ">=", replace(made, start=start - 1)  # 满1年不满3年
    if op in (">=", ">"):
        said = _end(quantity.value, base[0], remark, _BY_WORD)
        outside = text.startswith("以外", close)
        return replace(made, lower=replace(said, open=True) if op == ">" or outside else said)
    if op in ("<=", "<"):
        said = _end(quantity.value, base[0], remark, _BY_WORD)
        return replace(made, upper=replace(said, open=True) if op == "<" else said)
    if op == "=" and text.startswith(("以外", "之外"), close):
        return replace(made, end=close + 2, lower=Bound(quantity.value, base[0], True, _BY_WORD))
    return made


def _base(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """Value and base unit to compare by; a year is twelve months here."""
    base = normalize(value, unit)
    if base is None or base[0] is None:
        return None
    return (base[0] * _MONTHS, "个月") if base[1] == "年" else (base[0], base[1])


def _end(value: Decimal, base: Decimal, words: str, said: int) -> Bound:
    """以上 and 以下 take the number itself in, as the Civil Code (art. 1259) reads them; （不含） leaves it out."""
    remark = _INCLUSIVE.search(words)
    if remark is None:
        return Bound(value, base, False, said)
    return Bound(value, base, bool(remark["not"]), _BY_REMARK)


def merged(bands: Sequence[Band]) -> Band | None:
    """The one band that the words of one condition set (500万元以上1000万元以下); None where they set none or several.

    >>> band = merged(find_bands("投资500万元以上1000万元以下"))
    >>> str(band.lower.value), str(band.upper.value)
    ('500', '1000')
    >>> band = merged(find_bands("投资5000万元以上1亿元以下"))
    >>> band.unit, str(band.upper.value)
    ('万元', '10000')
    >>> merged(find_bands("面积500平方米以上,投资1000万元以上")) is None
    True
    """
    if len(bands) == 1:
        return bands[0] if bands[0].lower or bands[0].upper else None
    if len(bands) != 2 or bands[0].kind != bands[1].kind:
        return None
    low, high = (bands[0], bands[1]) if bands[0].upper is None else (bands[1], bands[0])
    if low.upper or high.lower or low.lower is None or high.upper is None or low.lower.base >= high.upper.base:
        return None
    start, end = min(low.start, high.start), max(low.end, high.end)
    upper = high.upper
    if low.unit != high.unit:  # 5000万元以上1亿元以下: in the unit of the lower end, which is the smaller one
        if not low.lower.value:
            return None
        upper = replace(upper, value=upper.base / (low.lower.base / low.lower.value))
    return Band(start, end, low.unit, low.kind, low.lower, upper)


def settled(bands: Sequence[Band]) -> tuple[Band, ...]:
    """Where two bands of a set meet in a number that both take in, who has it: the one that says （含）, else unknown.

    >>> low, high = settled(find_bands("1000万元(含)-3000万元,3000万元(含)以上"))
    >>> low.upper.open, high.lower.open
    (True, False)
    >>> low, high = settled(find_bands("1-3年,3年以上"))
    >>> low.upper.open, high.lower.open
    (None, False)
    """
    done = list(bands)
    for i, j in permutations(range(len(done)), 2):
        end, begin = done[i].upper, done[j].lower
        if end is None or begin is None or end.base != begin.base or end.open or begin.open:
            continue
        left_out = True if max(end.said, begin.said) == _BY_REMARK else None
        if end.said <= begin.said:
            done[i] = replace(done[i], upper=replace(end, open=left_out if end.said < begin.said else None))
        if begin.said <= end.said:
            done[j] = replace(done[j], lower=replace(begin, open=left_out if begin.said < end.said else None))
    return tuple(done)
