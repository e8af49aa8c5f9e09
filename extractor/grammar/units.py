"""Units and measure words: what may follow a number, and the base unit that it stands for (N22, N26, N27, N51)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
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
        group = words[dimension]
        own = set(group.get("own_base", ()))
        for word, factor in group["units"].items():
            found[word] = Unit(
                word, dimension, word if word in own else group["base"], Decimal(str(1 if word in own else factor))
            )
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
    """Value and base unit of a number with its unit as written; None where the head of the unit is unknown.

    >>> normalize(Decimal(5), "万元/个"), normalize(Decimal(7), "/10万")
    ((Decimal('50000'), '元'), (Decimal('0.00007'), '1'))
    """
    head, _, rest = unit.partition("/")
    if not head:
        share = re.fullmatch(r"(\d*)([百千]?[万亿千百]|(?<=\d))", rest)
        if share is None:
            return None
        whole = Decimal(share[1] or 1) * SCALES.get(share[2], Decimal(1))
        return (None if value is None else value / whole), "1"
    factor = Decimal(1)
    for scale in sorted(SCALES, key=len, reverse=True):
        if head.startswith(scale) and head not in table():
            factor, head = SCALES[scale], head[len(scale) :]
            break
    known = table().get(head)
    if known is None:
        return (None if value is None else value * factor), head or "1"
    return (None if value is None else value * factor * known.factor), known.base
