"""Numbers with a unit, dates and names of bodies of a piece of text, whether a rule reads them for promises or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extractor.audit.rules import Room
from extractor.bodies.finding import find_names
from extractor.grammar.comma_units import LABEL, blank
from extractor.grammar.commitments import read_passage, without_dates
from extractor.grammar.dates import DateMention, find_dates
from extractor.grammar.quantities import find_quantities
from extractor.grammar.spoken import Quantity
from extractor.model import FoundKind

NO_YEAR = 2000
"""Stands for the year of a document that has none, so that its 6月底 is found; no date with it is given out."""
_ENCLOSING = (
    ("《", "》", "in-title-marks"),
    ("“", "”", "in-quotes"),
    ("(", ")", "in-brackets"),
    ("[", "]", "in-brackets"),
)
_ENCLOSED = 200
"""Characters before something in which the mark opens that encloses it."""


class Sighting(Struct, frozen=True, gc=False):
    """Something that stands at ``text[start:end]`` of a piece, and the rule that decided about it."""

    kind: FoundKind
    start: int
    end: int
    rule: tuple[Room, str] | None = None
    """The rule by which it promises nothing; None where it may be a promise, or where no rule saw it."""
    quantity: Quantity | None = None
    date: DateMention | None = None
    promised: bool = False
    """The grammar reads a promise in it."""


def sightings(text: str, year: int | None, known: Iterable[str], *, silent: str | None = None) -> list[Sighting]:
    """All that stands in a piece of folded text, in order; nothing overlaps.

    ``silent`` is the rule by which the whole piece promises nothing; ``known`` are names of bodies besides the usual.

    >>> [(seen.kind, seen.rule) for seen in sightings("到2025年,对面积500平方米以上的,由县财政局给予补贴", 2023, ())]
    [('date', None), ('number', ('refused', 'condition')), ('body', None)]
    """
    taken = bytearray(len(text))
    found: list[Sighting] = []
    rows = (*_dates(text, year), *_numbers(text, year, silent), *_names(text, known))
    for seen in rows:
        if seen.end > seen.start and taken.find(1, seen.start, seen.end) < 0:
            taken[seen.start : seen.end] = b"\1" * (seen.end - seen.start)
            found.append(_placed(text, seen, silent))
    return sorted(found, key=lambda seen: seen.start)


def _placed(text: str, seen: Sighting, silent: str | None) -> Sighting:
    """What stands in a silent piece or inside marks promises nothing for that reason, unless a rule gave another.

    A date after a title or of a phase (第一阶段(5月)) stands in its bracket; that it belongs to a name says less.
    """
    decided = seen.promised or (seen.rule is not None and seen.rule != ("dates", "date-name"))
    if not decided and silent == "condition-section" and seen.quantity is not None and seen.quantity.unit == "分":
        return replace(seen, rule=("refused", "score"))  # 计分标准 lists points, no conditions
    place = None if decided else silent or _enclosed(text, seen.start, seen.end)
    return replace(seen, rule=("places", place)) if place is not None else seen


def _enclosed(text: str, start: int, end: int) -> str | None:
    """The rule for the marks around a place, titles before quotes before brackets; 第 makes a number an ordinal."""
    if text.endswith("第", 0, start):
        return "ordinal"
    for opening, closing, name in _ENCLOSING:
        at = text.rfind(opening, max(0, start - _ENCLOSED), start)
        if at >= 0 and text.find(closing, at, start) < 0 and text.find(closing, end, end + _ENCLOSED) >= 0:
            return name
    return None


def _dates(text: str, year: int | None) -> Iterator[Sighting]:
    for mention in (*find_dates(blank(text, quotes=False), year or NO_YEAR), *find_dates(text, year or NO_YEAR)):
        rule: tuple[Room, str] | None = None
        if mention.role != "deadline" and not (mention.role == "past" and year is None):
            rule = ("dates", f"date-{mention.role}")
        yield Sighting("date", mention.start, mention.end, rule, date=mention)


def _numbers(text: str, year: int | None, silent: str | None) -> Iterator[Sighting]:
    """First as the grammar reads them for promises, then those that it leaves out: in quotes, brackets and names."""
    if silent is None:
        harvest = read_passage(text, year)
        for draft in harvest.drafts:
            yield replace(_number(draft.quantity, None), promised=True)
        for quantity, rule in harvest.rejected:
            yield _number(quantity, ("refused", rule))
    label = LABEL.match(text)
    bare = without_dates(text, sorted(_all_dates(text, year), key=lambda date: date.start))
    for quantity in find_quantities(bare, label.end() if label else 0):
        yield _number(quantity, None)


def _all_dates(text: str, year: int | None) -> Sequence[DateMention]:
    return [seen.date for seen in _disjoint(_dates(text, year)) if seen.date is not None]


def _disjoint(rows: Iterable[Sighting]) -> Iterator[Sighting]:
    taken: set[int] = set()
    for seen in rows:
        here = range(seen.start, seen.end)
        if taken.isdisjoint(here):
            taken.update(here)
            yield seen


def _number(quantity: Quantity, rule: tuple[Room, str] | None) -> Sighting:
    return Sighting("number", quantity.start, quantity.end, rule, quantity=quantity)


def _names(text: str, known: Iterable[str]) -> Iterator[Sighting]:
    for start, end in find_names(text, known):
        yield Sighting("body", start, end)
