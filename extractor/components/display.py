"""A page of the documents of an issue with what was found in colour, as displacy makes it (displaCy)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from spacy import displacy

from extractor.model import Document, Issue, Span

_PRIORITY = (
    *("lead", "responsible", "support", "supervisor", "payer", "interpreter"),
    *("deadline", "commitment", "milestone"),
)
"""Of two marks that overlap the one whose kind stands earlier is shown."""


def render(issue: Issue, shown: Mapping[str, tuple[str, str]]) -> str:
    """One HTML page that stands alone: bodies by role, commitments, dates and milestones of each document.

    ``shown`` gives each kind its words and its colour; kinds that it leaves out are not marked. Marks of displacy do
    not overlap: a commitment in which a date is marked is shown up to the date and behind it.
    """
    rows = [
        {
            "text": issue.text[slice(*document.span)],
            "ents": [
                {"start": start - document.span[0], "end": end - document.span[0], "label": shown[kind][0]}
                for (start, end), kind in _apart(document)
                if kind in shown
            ],
            "title": escape(f"{document.id} {document.title or ''}"),
        }
        for document in issue.documents
    ]
    options = {"colors": dict(shown.values())}
    page = str(displacy.render(rows, style="ent", manual=True, page=True, options=options, jupyter=False))
    title = escape(issue.issue.title or issue.issue.series or issue.source.name)
    head = f'<meta charset="utf-8">\n        <title>{title}</title>'  # of these displacy gives none, or its own
    return page.replace("<title>displaCy</title>", head, 1).replace('<html lang="en">', '<html lang="zh">', 1)


def _apart(document: Document) -> list[tuple[Span, str]]:
    """The marks of a document, cut where they overlap, in order."""
    begin, end = document.span
    owner: list[str | None] = [None] * (end - begin)
    edges: set[int] = set()
    for span, kind in sorted(_marks(document), key=lambda mark: -_PRIORITY.index(mark[1])):
        owner[span[0] - begin : span[1] - begin] = [kind] * (span[1] - span[0])
        edges.update(at - begin for at in span)
    found: list[tuple[Span, str]] = []
    at = 0
    for stop in sorted({*edges, len(owner)}):
        label = owner[at] if at < len(owner) else None
        if label is not None and stop > at:
            found.append(((at + begin, stop + begin), label))
        at = stop
    return found


def _marks(document: Document) -> Iterator[tuple[Span, str]]:
    for commitment in document.commitments:
        yield commitment.span, "commitment"
    for milestone in document.milestones:
        yield milestone.span, "milestone"
    duties = [duty for measure in document.measures for duty in measure.responsibilities]
    due = [each.deadline for each in document.commitments] + [each.deadline for each in document.milestones]
    for deadline in (*due, *(duty.deadline for duty in duties)):
        if deadline is not None and deadline.span is not None and deadline.date is not None:
            yield deadline.span, "deadline"
    for duty in duties:
        yield from ((unit.span, duty.role) for unit in duty.units)
