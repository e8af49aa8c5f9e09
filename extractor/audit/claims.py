"""Which result says what stands at a place of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from extractor.model import Deadline, Document, Issue, Span

Claim = tuple[Span, str]


class Claims:
    """The spans of results with their ids, found by place."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = sorted(claims)
        self.starts = [span[0] for span, _ in self.claims]
        self.reach = list(accumulate((span[1] for span, _ in self.claims), max))

    def meeting(self, span: Span) -> Iterator[Claim]:
        """The claims that share a character with a span."""
        at = bisect_left(self.starts, span[1]) - 1
        while at >= 0 and self.reach[at] > span[0]:
            if self.claims[at][0][1] > span[0]:
                yield self.claims[at]
            at -= 1

    def of(self, span: Span) -> str | None:
        """The id of the first claim at a span."""
        return min((name for _, name in self.meeting(span)), default=None, key=lambda name: (len(name), name))


class DocumentClaims:
    """What the results of one document say."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.bodies = Claims(list(_bodies(document)))
        self.dates = Claims(list(_dates(document)))
        self.people = Claims(list(_people(document)))
        self.commitments = Claims([(each.span, each.id) for each in document.commitments])
        self.by_id = {each.id: each for each in document.commitments}

    def number(self, span: Span, value: Decimal, upper: Decimal | None) -> str | None:
        """The commitment whose value stands at a span."""
        here = [self.by_id[name] for _, name in self.commitments.meeting(span)]
        return next((each.id for each in here if (each.value, each.upper) == (value, upper)), None)

    def baseline(self, span: Span, words: str) -> str | None:
        """The commitment in whose baseline something stands."""
        here = (self.by_id[name] for _, name in self.commitments.meeting(span))
        return next((each.id for each in here if words in (each.baseline or "")), None)

    def fact(self, date: str | None, role: str) -> str | None:
        """The fact of the document that is a date with a role."""
        document = self.document
        if date is None:
            return None
        if role in ("start", "deadline") and date == document.effective_from:
            return f"{document.id}.effective_from"
        if role in ("validity", "deadline") and date == document.effective_to:
            return f"{document.id}.effective_to"
        return None


def _bodies(document: Document) -> Iterator[Claim]:
    for measure in document.measures:
        for at, duty in enumerate(measure.responsibilities, 1):
            for number, unit in enumerate(duty.units, 1):
                yield unit.span, f"{measure.id}.r{at}.u{number}"
    for block in document.blocks:
        if block.kind == "addressees" and document.addressees:
            yield block.span, f"{document.id}.addressees"
        if block.kind == "signature" and document.issuers and document.bases.issuers is None:
            yield block.span, f"{document.id}.issuers"


def _dates(document: Document) -> Iterator[Claim]:
    due: list[tuple[Deadline | None, str]] = [(each.deadline, each.id) for each in document.commitments]
    due += [(each.deadline, each.id) for each in document.milestones]
    for measure in document.measures:
        due += [(duty.deadline, f"{measure.id}.r{at}") for at, duty in enumerate(measure.responsibilities, 1)]
    yield from ((deadline.span, name) for deadline, name in due if deadline is not None and deadline.span is not None)
    if document.date is not None and document.bases.date is None:
        yield from ((block.span, f"{document.id}.date") for block in document.blocks if block.kind == "date")


def _people(document: Document) -> Iterator[Claim]:
    yield from ((each.span, f"{document.id}.appointments") for each in document.appointments)
    yield from ((each.span, f"{document.id}.roster") for each in document.roster)
    yield from ((each.span, f"{document.id}.contacts") for each in document.contacts)


def mentions(issue: Issue) -> frozenset[str]:
    """The names by which bodies answer somewhere in the issue."""
    return frozenset(
        unit.mention
        for document in issue.documents
        for measure in document.measures
        for duty in measure.responsibilities
        for unit in duty.units
        if unit.kind not in ("group", "system")
    )
