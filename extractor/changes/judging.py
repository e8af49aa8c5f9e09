"""Which facts stand in each other's place, and in what two of them differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.fuzz import ratio as fuzz_ratio

from extractor.changes.facts import Fact
from extractor.model import ChangeKind
from extractor.text.numerals import parse_number

_WITHIN = re.compile(r"(?<!\d)(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:内|以内|之内|时间)$")

_FLOORS, _CAPS = (">=", ">"), ("<=", "<")
_OPS = {">": 4, "<": 4, ">=": 3, "<=": 3, "range": 3, "=": 2, "about": 1}
"""How firmly a comparator binds."""
SAME_THING = 40
"""Least likeness of two indicators, in percent, of which one can have the new value of the other."""


SAME_TITLE = 50
"""Least likeness of two titles, in percent, of which one can stand for the other."""


def paired(old: Sequence[Fact], new: Sequence[Fact]) -> list[tuple[Fact | None, Fact | None]]:
    """Facts of one kind in each other's place: first those that say the same, then of the same unit, then the rest."""
    if len(old) == len(new) == 1 and old[0].kind == "reference":
        return [(old[0], new[0])]  # the one stands where the other stood
    free = list(new)
    partner: dict[int, Fact] = {}
    for close in (_says_same, _same_unit, _may_replace):
        for number, fact in enumerate(old):
            if number not in partner:
                other = next((each for each in free if close(fact, each)), None)
                if other is not None:
                    partner[number] = other
                    free.remove(other)
    pairs: list[tuple[Fact | None, Fact | None]] = [(fact, partner.get(number)) for number, fact in enumerate(old)]
    return [*pairs, *((None, fact) for fact in free)]


def _says_same(one: Fact, other: Fact) -> bool:
    return one.key == other.key


def _same_unit(one: Fact, other: Fact) -> bool:
    if one.kind == "reference":
        return False
    return one.kind != "number" or (one.base[1] == other.base[1] and _same_thing(one, other))


def _may_replace(one: Fact, other: Fact) -> bool:
    if one.reference is not None and other.reference is not None:
        return fuzz_ratio(one.reference.title, other.reference.title) >= SAME_TITLE
    if one.quantity is None or other.quantity is None:
        return (one.reference is None) == (other.reference is None)
    alike_units = one.quantity.dimension == other.quantity.dimension or one.quantity.value == other.quantity.value
    return alike_units and _same_thing(one, other)


def _same_thing(one: Fact, other: Fact) -> bool:
    """Whether two numbers may be about one indicator; yes where one of them has none."""
    names = [fact.commitment.indicator if fact.commitment is not None else None for fact in (one, other)]
    if not names[0] or not names[1]:
        return True
    return partial_ratio(names[0], names[1]) >= SAME_THING


def number_kind(one: Fact, other: Fact) -> ChangeKind:
    """What became of a number that says something else."""
    assert one.quantity is not None and other.quantity is not None
    (old, old_unit), (new, new_unit) = one.base, other.base
    same_figures = (one.quantity.value, one.quantity.upper) == (other.quantity.value, other.quantity.upper)
    if old_unit != new_unit or (same_figures and one.quantity.unit != other.quantity.unit):
        return "unit-changed"
    if old is None or new is None or (old == new and one.quantity.upper == other.quantity.upper):
        return "comparator-changed"
    old_top, new_top = one.quantity.upper or Decimal(0), other.quantity.upper or Decimal(0)
    return "value-raised" if (new, new_top) > (old, old_top) else "value-lowered"


def condition_kind(one: Fact, other: Fact, kind: ChangeKind) -> ChangeKind:
    """What a number that was raised or lowered does to its condition."""
    assert one.quantity is not None and other.quantity is not None
    if kind in ("value-raised", "value-lowered") and one.quantity.op == other.quantity.op:
        raised = kind == "value-raised"
        if one.quantity.op in _FLOORS:
            return "condition-narrowed" if raised else "condition-widened"
        if one.quantity.op in _CAPS:
            return "condition-widened" if raised else "condition-narrowed"
    return "condition-changed"


def comparator_kind(one: Fact, other: Fact) -> ChangeKind | None:
    """Whether a number binds harder or softer; None where its comparator is the same."""
    assert one.quantity is not None and other.quantity is not None
    old, new = one.quantity.op, other.quantity.op
    if old == new:
        return None
    if (old in _FLOORS and new in _CAPS) or (old in _CAPS and new in _FLOORS) or "range" in (old, new):
        return "comparator-changed"
    return "comparator-hardened" if _OPS[new] > _OPS[old] else "comparator-softened"


def years_of(fact: Fact | None) -> Decimal | None:
    """How many years 三年内 gives; None for a date."""
    within = _WITHIN.search(fact.date.text) if fact is not None and fact.date is not None else None
    return parse_number(within["years"]) if within is not None else None
