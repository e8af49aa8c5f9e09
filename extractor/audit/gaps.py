"""Gaps and conflicts: what measures leave open, indicators with two values, terms that have passed, old names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.audit.where import Lines
from extractor.bodies.registry import Body
from extractor.bodies.renamings import stale
from extractor.grammar.units import table
from extractor.model import Commitment, Deadline, Document, Gap, GapPlace, Issue, Measure, Span
from extractor.structure.belonging import is_of
from extractor.text.fold import View
from extractor.text.iso import checked_date

SHOWN = 40
"""Characters of a value that are quoted."""
_LOWER, _UPPER = frozenset({">=", ">"}), frozenset({"<=", "<"})


class _Reading(NamedTuple):
    """A document while its gaps are looked for."""

    lines: Lines
    document: Document
    as_of: str | None

    @property
    def issue(self) -> Issue:
        """The issue that it stands in."""
        return self.lines.issue

    def place(self, name: str, span: Span, text: str | None = None) -> GapPlace:
        """Where a value stands, with its words."""
        words = "".join((text or self.issue.text[slice(*span)]).split())
        words = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
        return GapPlace(source=self.issue.source.name, id=name, span=span, line=self.lines.line(span), text=words)


class _Promise(NamedTuple):
    reading: _Reading
    commitment: Commitment

    @property
    def place(self) -> GapPlace:
        return self.reading.place(self.commitment.id, self.commitment.span)


def find_gaps(issues: Sequence[Issue], as_of: str | None = None) -> tuple[Gap, ...]:
    """The gaps of issues, file by file in the order of the text; see :func:`extractor.gaps`."""
    as_of = checked_date(as_of) if as_of is not None else None
    found: list[Gap] = []
    promised: dict[tuple[str, ...], list[_Promise]] = {}
    for issue in issues:
        own: list[Gap] = []
        lines = Lines(issue)
        for document in issue.documents:
            reading = _Reading(lines, document, as_of)
            for measure in document.measures:
                own += _open(reading, measure)
                own += _old_names(reading, measure)
            own += _passed(reading)
            own += _two_values(reading, promised)
        found += sorted(own, key=lambda gap: (gap.place.span, gap.kind))
    return tuple(found)


def _open(reading: _Reading, measure: Measure) -> Iterator[Gap]:
    """What a measure does not say: who leads, by when, how much."""
    document, place = reading.document, reading.place(measure.id, measure.span, measure.title)
    named = {unit.mention for duty in measure.responsibilities for unit in duty.units}
    if not any(duty.role == "lead" for duty in measure.responsibilities):
        zh = f"列{len(named)}个单位" if named else "未列单位"
        yield Gap(kind="no-lead", place=place, message=f"nobody leads; bodies that are named: {len(named)}", zh=zh)
    numbers = [each for each in document.commitments if each.measure_id == measure.id]
    dated = [each for each in document.milestones if is_of(each, measure)]
    terms = [each.deadline for each in measure.responsibilities]
    terms += [*(each.deadline for each in numbers), *(each.deadline for each in dated)]
    if not any(terms):
        yield Gap(kind="no-deadline", place=place, message="no date by which it is due", zh="")
    if not any(each.value is not None for each in numbers):
        yield Gap(kind="no-target", place=place, message="no number by which it can be measured", zh="")


def _passed(reading: _Reading) -> Iterator[Gap]:
    """Deadlines before the date asked for; a year has passed when it is over, and so has a month."""
    document, as_of = reading.document, reading.as_of
    if as_of is None:
        return
    due: list[tuple[str, Span, Deadline | None]] = [
        (each.id, each.span, each.deadline) for each in document.commitments
    ]
    due += [(each.id, each.span, each.deadline) for each in document.milestones]
    for measure in document.measures:
        for at, duty in enumerate(measure.responsibilities, 1):
            due.append((f"{measure.id}.r{at}", duty.span, duty.deadline))
    for name, span, deadline in due:
        if deadline is not None and deadline.date is not None and deadline.date < as_of[: len(deadline.date)]:
            yield Gap(
                kind="past-deadline",
                place=reading.place(name, span),
                message=f"was due {deadline.date}, before {as_of}",
                zh=f"{deadline.date}到期",
            )


def _old_names(reading: _Reading, measure: Measure) -> Iterator[Gap]:
    """Bodies that a reform has renamed, by the date asked for or by that of the document."""
    date = reading.as_of or reading.document.date
    for at, duty in enumerate(measure.responsibilities, 1):
        for number, unit in enumerate(duty.units, 1):
            body = Body(unit.name, unit.id, unit.kind, unit.level)
            renamed = stale(View.of(unit.mention).text, body, int(date[:4]) if date is not None else None)
            if renamed is not None:
                place = reading.place(f"{measure.id}.r{at}.u{number}", unit.span, unit.mention)
                message = f"an old name; since {renamed.until}: {renamed.new}"
                yield Gap(kind="stale-body", place=place, message=message, zh=f"{renamed.until}年起：{renamed.new}")


def _two_values(reading: _Reading, promised: dict[tuple[str, ...], list[_Promise]]) -> Iterator[Gap]:
    """Commitments that give an indicator another value than one before them gave it."""
    for commitment in reading.document.commitments:
        key = _indicator(commitment)
        if key is None:
            continue
        here = _Promise(reading, commitment)
        earlier = promised.setdefault(key, [])
        against = next((each for each in earlier if _same_speaker(each, here) and _differ(each, here)), None)
        if against is not None:
            one, other = _value(against.commitment), _value(commitment)
            yield Gap(
                kind="two-values",
                place=here.place,
                message=f"{commitment.indicator}: {other} here, {one} elsewhere",
                zh=f"{commitment.indicator}：此处 {other}，他处 {one}",
                other=against.place,
            )
        earlier.append(here)


def _indicator(commitment: Commitment) -> tuple[str, ...] | None:
    """What a number is of: indicator, unit, change, recurrence, scope and term; None where two values may both hold.

    Counts add up (公园5个 here, 公园3个 there), grants differ by condition, and what is doubtful proves nothing.
    """
    if commitment.kind != "target" or commitment.certainty == "doubtful" or commitment.value is None:
        return None
    unit = commitment.normalized.unit if commitment.normalized is not None else commitment.unit
    date = commitment.deadline.date if commitment.deadline is not None else None
    head = table().get(commitment.unit)
    if commitment.indicator is None or (head is not None and head.dimension == "classifier"):
        return None
    words = (commitment.indicator, commitment.scope, commitment.per, commitment.change, commitment.baseline)
    return (*(View.of(word or "").text for word in words), unit, date or "")


def _same_speaker(one: _Promise, other: _Promise) -> bool:
    """Whether two documents speak for the same place: a province and a city may aim at different values."""
    first, second = one.reading, other.reading
    if first.document is second.document or set(first.document.issuers) & set(second.document.issuers):
        return True
    if first.issue is second.issue and first.document.id == second.document.parent_id:
        return True
    place, level = first.issue.issue.jurisdiction, first.document.level
    known = place is not None and level is not None
    return known and (place, level) == (second.issue.issue.jurisdiction, second.document.level)


def _differ(one: _Promise, other: _Promise) -> bool:
    """Whether two values cannot both be meant; a lower bound and an upper one that is above it can."""
    floor, ceiling = one.commitment, other.commitment
    if floor.comparator in _UPPER:
        floor, ceiling = ceiling, floor
    if floor.comparator in _LOWER and ceiling.comparator in _UPPER:
        low, high = _amount(floor)[0], _amount(ceiling)[0]
        return low is not None and high is not None and low > high
    return _amount(floor) != _amount(ceiling)


def _amount(commitment: Commitment) -> tuple[Decimal | None, Decimal | None]:
    base = commitment.normalized
    return (base.value, base.upper) if base is not None else (commitment.value, commitment.upper)


def _value(commitment: Commitment) -> str:
    upper = f"–{commitment.upper:f}" if commitment.upper is not None else ""
    return f"{commitment.comparator} {commitment.value:f}{upper}{commitment.unit}"
