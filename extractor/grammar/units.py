"""Units and measure words: what may follow a number, and the base unit that it stands for (N22, N26, N27, N51)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact
from functools import cache
from typing import Any, Literal

from extractor import lexicon

SCALES = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
"""Scale words between a number and its unit (N22, N51)."""
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_SCALED = re.compile(rf"(?P<scale>{_SCALE})(?P<rest>.*)")
_COUNTED = re.compile(rf"(?P<digits>\d+)?(?P<scale>{_SCALE})?(?P<rest>.*)")
_EXACT = Context(prec=28, traps=[Inexact, DivisionByZero])
Dimension = Literal[
    "classifier", "money", "ratio", "length", "area", "volume", "mass", "time", "energy", "power", "voltage", "data",
    "score", "temperature",
]  # fmt: skip
_DIMENSIONS: tuple[Dimension, ...] = (
    "money", "ratio", "length", "area", "volume", "mass", "time", "energy", "power", "voltage", "data", "score",
    "temperature",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the lexicon."""

    word: str
    dimension: Dimension
    base: str
    factor: Decimal


@cache
def table() -> dict[str, Unit]:
    """All units by their word.

    >>> table()["公里"].base, table()["家"].dimension
    ('米', 'classifier')
    """
    words: dict[str, Any] = lexicon.load("units")
    found = {word: Unit(word, "classifier", word, Decimal(1)) for word in words["classifier"]}
    for dimension in _DIMENSIONS:
        for base, units in words[dimension].items():
            found |= {word: Unit(word, dimension, base, Decimal(str(factor))) for word, factor in units.items()}
    return found


@cache
def names() -> frozenset[str]:
    """Words after a number that make it a name, a grade, an age or an ordinal (N80–N91)."""
    return frozenset(lexicon.load("units")["names"])


def alternation(words: Any) -> str:
    """A regular expression for one of the words, longest first.

    >>> alternation(["个", "个工作日"])
    '个工作日|个'
    """
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def normalize(value: Decimal | None, unit: str) -> tuple[Decimal | None, str] | None:
    """Value and base unit of a number with its unit as written; None where there is no unit and no share.

    Only exact factors are used, so that the value as written can be had back. Per-parts stay as written behind the base
    unit, without their count, by which the value is divided: 4.5 个/千人口 are 0.0045 个/人口, 7 /10万 are 0.00007. A
    count that does not divide without a remainder stays where it is: 2 /3 (N26, N39).

    >>> normalize(Decimal(5), "万元/人/月"), normalize(Decimal(7), "/10万"), normalize(Decimal(2), "/3")
    ((Decimal('50000'), '元/人/月'), (Decimal('0.00007'), '1'), (Decimal('2'), '/3'))
    >>> normalize(Decimal("8.5"), "折")[0] == normalize(Decimal(85), "折")[0]  # 85折 is said of 8.5 折
    True
    """
    if not unit:
        return None
    head, *parts = unit.split("/")
    factor, base = _head(head) if head else (Decimal(1), "")
    if head == "折" and value is not None and value > 10:
        factor /= 10
    kept: list[str] = []
    for part in parts:
        count, rest = _per(part)
        share = _one_of(count)
        factor *= share or 1
        kept += [part] if share is None else [rest] if rest else []
    return (None if value is None else value * factor), "/".join([base, *kept]) or "1"


def _head(head: str) -> tuple[Decimal, str]:
    """Factor and base unit of what is counted: 万千瓦 are 10000 千瓦; 千瓦 is a unit by itself."""
    known = table().get(head)
    scale = _SCALED.match(head) if known is None or known.dimension == "classifier" else None
    if scale is None or (known is not None and scale["rest"] not in table()):
        return (known.factor, known.base) if known else (Decimal(1), head)
    rest = table().get(scale["rest"])
    factor = SCALES[scale["scale"]]
    return (factor * rest.factor, rest.base) if rest else (factor, scale["rest"] or "1")


def _per(part: str) -> tuple[Decimal, str]:
    """How many of what a per-part names: 千人口 are 1000 人口, 10万 are 100000; a 千瓦时 is one."""
    counted = _COUNTED.match(part)
    if part in table() or counted is None:
        return Decimal(1), part
    return Decimal(counted["digits"] or 1) * SCALES.get(counted["scale"] or "", Decimal(1)), counted["rest"]


def _one_of(count: Decimal) -> Decimal | None:
    """The exact decimal of 1/count; None for 1/3 and its like."""
    try:
        return _EXACT.divide(Decimal(1), count)
    except (Inexact, DivisionByZero):
        return None
