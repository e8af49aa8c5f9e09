"""One side of a comparison: where its words stand, what of them is told, and what its facts belong to."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from msgspec.structs import replace

from extractor.changes.facts import Fact
from extractor.changes.pieces import Part
from extractor.grammar.strength import comma_units, condition_ranges
from extractor.model import Side

_CONDITION_RULES = frozenset(
    {"condition", "attribute", "before-grant", "duration-condition", "age", "condition-section"}
)
_FORCE = re.compile("有效期|施行|试行|生效|(?:办法|规定|细则|通知|意见|方案|措施|条例)[^,。;]{0,12}(?:执行|实施|废止)")
"""Words with which a text speaks of its own force."""


@dataclass
class Half:
    """One side of a comparison: the part, what its words are covered by, and where its comma units stand."""

    part: Part
    covered: bytearray = field(init=False)
    starts: list[int] = field(init=False)
    conditions: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Look at the text once."""
        self.covered = bytearray(len(self.part.text))
        self.starts = [start for start, _ in comma_units(self.part.text)]
        self.conditions = list(condition_ranges(self.part.text))

    def unit_at(self, at: int) -> int:
        """Number of the comma unit at a place."""
        return bisect_right(self.starts, at)

    def cover(self, start: int, end: int) -> None:
        """These words are told."""
        self.covered[start:end] = b"\1" * (end - start)

    def in_condition(self, start: int, end: int) -> bool:
        """Whether all of a range lies in a condition."""
        return any(begin <= start and end <= stop for begin, stop in self.conditions)

    def side(self, start: int, end: int) -> Side:
        """A range of the part as it is told."""
        return side_of(self.part, start, end)


def side_of(part: Part, start: int, end: int) -> Side:
    """A range of a part as it is told, in the words of the source."""
    span, piece = part.span(start, end), part.piece_at(start)
    return Side(
        document_id=piece.document_id,
        clause_id=piece.clause_id,
        path=piece.path,
        text=part.source[slice(*span)],
        span=span,
    )


def of_condition(half: Half, fact: Fact) -> bool:
    """Whether a number says for whom or when something holds."""
    if fact.commitment is not None:
        return False
    return fact.rule in _CONDITION_RULES or half.in_condition(fact.start, fact.end)


def of_validity(half: Half, fact: Fact) -> bool:
    """有效期5年: the duration for which the text itself holds."""
    if fact.quantity is None or fact.quantity.dimension != "time":
        return False
    before = half.part.text[max(0, fact.start - 12) : fact.start]
    return before.rstrip("为至限").endswith(("有效期", "有效", "试行", "施行期", "执行期", "试行期"))


def of_force(part: Part, fact: Fact) -> bool:
    """Whether a date says from when or to when the text itself holds, and not a grant in it."""
    start = max(part.text.rfind(mark, 0, fact.start) for mark in "。;\n") + 1
    ends = [end for mark in "。;\n" if (end := part.text.find(mark, fact.end)) >= 0]
    return _FORCE.search(part.text, start, min(ends, default=len(part.text))) is not None


def with_cue(part: Part, fact: Fact) -> tuple[int, int]:
    """A number with its comparator; 为 and 增至 bound nothing."""
    assert fact.quantity is not None
    shift = fact.start - fact.quantity.start
    bounds = fact.quantity.cue_start >= 0 and fact.quantity.op != "="
    start = fact.quantity.cue_start + shift if bounds else fact.start
    return max(0, min(start, fact.start)), min(len(part.text), max(fact.end, fact.quantity.close + shift))


def fact_side(half: Half, fact: Fact | None) -> Side | None:
    """A fact as it is told; a number with its comparator and its value in base units."""
    if fact is None:
        return None
    if fact.quantity is None:
        return half.side(fact.start, fact.end)
    start, end = with_cue(half.part, fact)
    value, unit = fact.base
    said = fact.commitment.id if fact.commitment is not None else None
    return replace(half.side(start, end), value=value, unit=unit, result_id=said)
