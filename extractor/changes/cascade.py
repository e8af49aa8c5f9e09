"""An upper text and a lower one (省 → 市 → 区): what is taken up where, with which numbers, deadlines and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extractor.changes import beside, kinship
from extractor.changes.facts import Reading
from extractor.changes.kinship import Kin
from extractor.changes.tasks import Work, works_of
from extractor.changes.versions import chosen, edition
from extractor.model import Beside, Cascade, Counterpart, Document, Issue, Kinship, Side, Span, Uptake

ALIKE_WORDS = 0.07
"""Likeness of the words alone that is told as one of the reasons for a pair."""
ALIKE_HEADING = 0.4
"""The same of headings; one of the two is reached by every pair."""


Place = tuple[str, str | None, Span]


class _Text:
    """One of the two texts: its measures, and what they state."""

    def __init__(self, issue: Issue, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.works = works_of(issue, documents)
        reading = Reading(documents, issue.issue.jurisdiction)
        self.facts = [beside.facts_of(work, reading) for work in self.works]
        self.bodies = [beside.bodies_of(work, issue.text) for work in self.works]


def compare(upper: Issue, lower: Issue, upper_ids: Sequence[str], lower_ids: Sequence[str]) -> Cascade:
    """Hold two texts of different levels side by side; see :func:`extractor.compare`."""
    above, below = _Text(upper, chosen(upper, upper_ids)), _Text(lower, chosen(lower, lower_ids))
    pairs = kinship.kin(above.works, below.works)
    uptakes = [_uptake(above, below, here, pairs) for here in range(len(above.works))]
    told = _told(uptakes, below, pairs)
    found = {pair.lower for pair in pairs}
    return Cascade(
        upper=edition(upper, above.documents),
        lower=edition(lower, below.documents),
        uptakes=tuple(_without(each, here, told) for here, each in enumerate(uptakes)),
        local=tuple(work.task for there, work in enumerate(below.works) if there not in found),
    )


def _uptake(above: _Text, below: _Text, here: int, pairs: Sequence[Kin]) -> Uptake:
    work = above.works[here]
    own = [pair for pair in pairs if pair.upper == here]
    if not own:
        return Uptake(task=work.task)
    there = [pair.lower for pair in own]
    rows = (
        *beside.numbers(above.facts[here], [said for lower in there for said in below.facts[lower]]),
        *beside.deadlines(above.facts[here], [said for lower in there for said in below.facts[lower]]),
        *beside.bodies(above.bodies[here], [body for lower in there for body in below.bodies[lower]]),
    )
    return Uptake(
        task=work.task,
        lower=tuple(_counterpart(work, below.works[pair.lower], pair, rows) for pair in own),
        beside=rows,
    )


def _counterpart(work: Work, other: Work, pair: Kin, rows: Sequence[Beside]) -> Counterpart:
    return Counterpart(
        task=other.task,
        alike=round(min(1.0, pair.alike / (1 + kinship.OF_HEADING)), 3),
        basis=tuple(_basis(work, other, pair, rows)),
    )


def _basis(work: Work, other: Work, pair: Kin, rows: Sequence[Beside]) -> Iterator[Kinship]:
    if pair.words >= ALIKE_WORDS:
        yield "words"
    if pair.heading >= ALIKE_HEADING:
        yield "heading"
    if kinship.names_of(work.words) & kinship.names_of(other.words):
        yield "name"
    clause = other.part.piece
    if any(row.kind == "number" and row.upper and row.lower and _inside(row.lower.span, clause.span) for row in rows):
        yield "number"


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _place(side: Side) -> Place:
    """Where a thing is said of a measure; a body that is said above stands for several."""
    return side.document_id, side.clause_id, side.span


def _told(uptakes: Sequence[Uptake], below: _Text, pairs: Sequence[Kin]) -> dict[Place, int | None]:
    """The upper measure at which what is local is told: the likest of those that a lower one takes up.

    None for what is local only as far as one upper measure goes, and has its place at another.
    """
    told: dict[Place, int | None] = {}
    for pair in sorted(pairs, key=lambda pair: pair.alike):
        sides = [said.side for said in below.facts[pair.lower]]
        sides += [answering.side for answering in below.bodies[pair.lower]]
        told |= dict.fromkeys(map(_place, sides), pair.upper)
    for row in (row for each in uptakes for row in each.beside):
        if row.lower is not None and row.verdict != "local":
            told[_place(row.lower)] = None
    return told


def _without(uptake: Uptake, here: int, told: dict[Place, int | None]) -> Uptake:
    """An upper measure without what is told of lower ones at another."""
    rows = (
        row for row in uptake.beside if not (row.verdict == "local" and row.lower and told[_place(row.lower)] != here)
    )
    return replace(uptake, beside=tuple(rows))
