"""The coverage ledger: every number with a unit, every date and every name of a body, claimed by a result or listed.

Made on demand from the issue and its text: what the grammar finds there is compared with what the results say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from extractor.audit.claims import DocumentClaims, mentions
from extractor.audit.rules import rules
from extractor.audit.sightings import Sighting, sightings
from extractor.bodies.divisions import named
from extractor.model import Coverage, Document, Found, Issue, Span, Table
from extractor.structure.frame import Catalogue, Frame, Passage
from extractor.structure.silence import passages
from extractor.structure.table_rows import cell_views, flattened
from extractor.structure.year import document_year
from extractor.text.fold import View, fold
from extractor.text.quoting import quote

SHORTEST_NAME = 3
"""Characters of a name that is looked for where nobody answers by it: 人行 may be half a word."""
_CELL_END = re.compile(r"[\t\n]")
_SILENCES = {"news": "news", "list": "list", "past": "past-section", "condition": "condition-section"}


def coverage(issue: Issue) -> Coverage:
    """The ledger of an issue; see :func:`extractor.coverage`."""
    known = {View.of(name).text for name in mentions(issue)}
    catalogue = Catalogue.of(issue.documents)
    folded = fold(issue.text)
    found: list[Found] = []
    for document in issue.documents:
        frame = Frame.of(issue.text, document, catalogue, issue.issue.jurisdiction, folded)
        found += _of_document(frame, known)
    for block in issue.blocks:
        view = View.of(issue.text, *block.span)
        place = block.kind if block.kind in rules("places") else None
        for seen in sightings(view.text, issue.issue.year, (), silent=place):
            printed = seen.date.date if seen.date is not None and block.kind == "masthead" else None
            claimed = "issue.published" if printed is not None and printed == issue.issue.published else None
            found.append(_found(issue.text, view, seen, None, claimed))
    found.sort(key=lambda each: each.span or (0, 0))
    return Coverage(source=issue.source.name, found=(*found, *_of_removed(issue)))


def _of_document(frame: Frame, known: Collection[str]) -> Iterator[Found]:
    year = document_year(frame)
    claims = DocumentClaims(frame.document)
    for view, silent in _pieces(frame):
        for seen in sightings(view.text, year, known, silent=silent):
            claimed = _claim(frame.text, claims, seen, view.span(seen.start, seen.end))
            if claimed is None and seen.kind == "body" and _is_place(view.text[seen.start : seen.end]):
                continue
            yield _found(frame.text, view, seen, frame.document, claimed)


def _is_place(name: str) -> bool:
    """云溪区 answers for a measure as its government does; in running text it is a place."""
    return len(name) < SHORTEST_NAME or named(name) is not None


def _claim(text: str, claims: DocumentClaims, seen: Sighting, span: Span) -> str | None:
    """The result that says what stands at a span."""
    said: str | None = None
    if seen.date is not None:
        said = claims.dates.of(span) or claims.fact(seen.date.date, seen.date.role)
    elif seen.quantity is not None and seen.rule is None:
        said = claims.number(span, seen.quantity.value, seen.quantity.upper)
    elif seen.kind == "body":
        said = claims.bodies.of(span)
    return said or claims.baseline(span, text[slice(*span)]) or claims.people.of(span)


def _found(text: str, view: View, seen: Sighting, document: Document | None, claimed: str | None) -> Found:
    rule = rules(seen.rule[0])[seen.rule[1]] if seen.rule is not None and claimed is None else None
    return Found(
        kind=seen.kind,
        text=quote(text, view, seen.start, seen.end),
        span=view.span(seen.start, seen.end),
        document_id=document.id if document is not None else None,
        claimed_by=claimed,
        reason=rule.reason if rule is not None else None,
        rule=seen.rule[1] if seen.rule is not None and claimed is None else None,
    )


def _pieces(frame: Frame) -> Iterator[tuple[View, str | None]]:
    """The text of a document in the pieces that are read by themselves, each with the rule by which it is silent."""
    silences = {passage.span: silence for passage, silence in passages(frame)}
    tables = flattened(frame)
    for passage in frame.passages:
        silence = silences.get(passage.span)
        silent = _SILENCES[silence] if silence is not None else None
        if passage.span not in silences:
            silent = passage.kind if passage.kind in rules("places") else None
        for view in _cells(frame, passage, tables.get(passage.span[1])):
            yield view, silent


def _cells(frame: Frame, passage: Passage, flat: Table | None) -> Iterator[View]:
    """A passage as it is, a table cell by cell."""
    if flat is not None:
        at = passage.span[0]
        for row in flat.rows:
            for cell, view in cell_views(frame.text, row):
                if at <= cell[0]:
                    yield from (frame.view(at, cell[0]), view)
                    at = cell[1]
        yield frame.view(at, passage.span[1])
    elif passage.kind == "table" or frame.text.find("\t", *passage.span) >= 0:
        at = passage.span[0]
        for words in _CELL_END.split(frame.text[slice(*passage.span)]):
            yield frame.view(at, at + len(words))
            at += len(words) + 1
    else:
        yield passage.view


def _of_removed(issue: Issue) -> Iterator[Found]:
    """What stands in furniture: a line that was taken out wrongly is seen here."""
    for number, piece in enumerate(issue.source.removed):
        view = View.of(piece.text)
        for seen in sightings(view.text, issue.issue.year, (), silent="furniture"):
            said = _found(piece.text, view, seen, None, None)
            yield replace(said, span=None, removed=number)
