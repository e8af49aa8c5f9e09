"""Cut the text into documents and issue blocks that tile it, and give each document its header (S44, G24)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from rapidfuzz import fuzz

from extractor.diagnostics import notice
from extractor.model import (
    Block,
    ContentsEntry,
    Diagnostic,
    Document,
    IssueBlock,
    IssueBlockKind,
    Level,
    Span,
)
from extractor.structure import clauses, levels, marks, masthead
from extractor.structure.boundaries import NEAR_ENTRIES, Start
from extractor.structure.carriers import parents
from extractor.structure.contents import Contents
from extractor.structure.header import read_header
from extractor.structure.header_fields import Header
from extractor.structure.notices import document_notices
from extractor.structure.orders import name_payloads
from extractor.structure.survey import Survey
from extractor.structure.titles import SAME, alike
from extractor.text.fold import fold

NEWS = "简讯"
LONGEST_BOX = 250
"""Characters of the box of metadata between a page title and the title itself."""
MOST_EMPTY = 40
"""Lines of the longest page title with its box of metadata above a text."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The contents of the issue, and the lines of the lists of chapters inside documents."""

    contents: Contents | None
    chapters: tuple[range, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """The documents of a text and the blocks of the issue between them."""

    documents: tuple[Document, ...]
    blocks: tuple[IssueBlock, ...]
    contents: tuple[ContentsEntry, ...]
    diagnostics: tuple[Diagnostic, ...]


def cut(
    survey: Survey,
    starts: Sequence[Start],
    headings: dict[int, str],
    head: masthead.Found,
    lists: Lists,
) -> Cut:
    """Cut the lines of a text at the places where documents begin; every character gets its block."""
    size = len(survey.lines)
    contents = lists.contents
    starts = _without_empty(survey, starts, headings)
    colophon = _colophon(survey, starts[-1].at if starts else size)
    pieces = _pieces(survey, starts, headings, head, contents, colophon)
    headers = [read_header(survey, start, start.at, end) for start, end in _ranges(starts, headings, colophon)]
    carried_by = parents(survey, headers)
    name_payloads(survey, headers, carried_by)
    spans = _spans(survey, sorted([*pieces, *(header.first for header in headers)]))
    documents: list[Document] = []
    noticed: list[Diagnostic] = []
    for k, header in enumerate(headers):
        parent = carried_by[k]
        document, more = _document(
            survey, header, k, documents[parent] if parent is not None else None, spans[header.first], lists.chapters
        )
        documents.append(document)
        noticed += more
    noticed += document_notices(survey, headers, carried_by, head.masthead)
    entries, unmatched = _match(contents, documents, headers, carried_by)
    blocks = tuple(IssueBlock(kind=kind, span=spans[at]) for at, kind in sorted(pieces.items()))
    if not survey.lines and survey.text:
        blocks = (IssueBlock(kind="note", span=(0, len(survey.text))),)
    documents = _with_sections(documents, entries)
    return Cut(tuple(documents), blocks, entries, (*noticed, *unmatched))


def _without_empty(survey: Survey, starts: Sequence[Start], headings: dict[int, str]) -> list[Start]:
    """Starts without those whose document would have no body: the page's title above the text itself (L37)."""
    kept: list[Start] = []
    above: Start | None = None
    for k, start in enumerate(starts):
        if above is not None:
            title = start.title or above.title
            start = Start(above.at, title, start.evidence, start.section)
        following = starts[k + 1].at if k + 1 < len(starts) else None
        above = None
        if following is not None and not headings.keys() & set(range(start.at, min(following, start.at + MOST_EMPTY))):
            own = range(start.at if start.title is None else start.title.last + 1, following)
            short = sum(len(survey.lines[i].folded) for i in own) < LONGEST_BOX and not any(
                "。" in survey.lines[i].folded or survey.lines[i].kind == "addressees" for i in own
            )
            title, below = start.title, starts[k + 1].title
            again = title is not None and below is not None and title.tight == below.tight
            empty = len(own) < MOST_EMPTY and (
                (again and short) or all(survey.lines[i].kind in ("chrome", "date", "head", "number") for i in own)
            )
            printed = (
                below is not None and below.compiled and "announced" in start.evidence
            )  # the attachment: a picture
            if empty and title is not None and not printed and not start.evidence & {"marker", "news"}:
                above = start
                continue
        kept.append(start)
    return kept


def _colophon(survey: Survey, after: int) -> int:
    """The first line of the colophon at the end of the text; the number of lines where there is none."""
    i = len(survey.lines)
    while i > after + 1 and masthead.is_colophon(survey.lines[i - 1].tight):
        i -= 1
    return i if len(survey.lines) - i >= 2 else len(survey.lines)


def _ranges(starts: Sequence[Start], headings: dict[int, str], colophon: int) -> list[tuple[Start, int]]:
    edges = sorted({*(start.at for start in starts), *headings, colophon})
    following = dict(itertools.pairwise(edges))
    return [(start, following[start.at]) for start in starts]


def _pieces(
    survey: Survey,
    starts: Sequence[Start],
    headings: dict[int, str],
    head: masthead.Found,
    contents: Contents | None,
    colophon: int,
) -> dict[int, IssueBlockKind]:
    """First line → kind, of every piece that belongs to the issue itself."""
    pieces: dict[int, IssueBlockKind] = {}
    first = starts[0].at if starts else len(survey.lines)
    if head.last > head.first:
        pieces[head.first] = "masthead"
        if head.last < first:
            pieces[head.last] = "note"
    if contents is not None:
        pieces[contents.first] = "contents"
        if contents.last < first:
            pieces[contents.last] = "note"
    if first > 0 and not (head.first == 0 and head.last) and 0 not in pieces:
        pieces[0] = "note"
    for at in headings:
        pieces[at] = "section-heading"
    if colophon < len(survey.lines):
        pieces[colophon] = "masthead"
    taken = {start.at for start in starts}
    return {at: kind for at, kind in pieces.items() if at not in taken and at < len(survey.lines)}


def _spans(survey: Survey, edges: Sequence[int]) -> dict[int, Span]:
    """The span of each piece, from its first line to the next piece, so that the pieces tile the text."""
    if not edges:
        return {}
    offsets = [0, *(survey.lines[at].start for at in edges[1:])]
    return dict(zip(edges, zip(offsets, [*offsets[1:], len(survey.text)], strict=True), strict=True))


def _document(
    survey: Survey, header: Header, k: int, parent: Document | None, span: Span, chapters: tuple[range, ...]
) -> tuple[Document, list[Diagnostic]]:
    ident = f"d{k + 1}"
    blocks, growth = _blocks(survey, header, ident, span, chapters)
    news = "news" in header.start.evidence
    issuers = tuple(header.issuers)
    level: Level | None = levels.level_of(issuers, header.tight_addressees, header.tight_title)
    if parent is not None and not issuers and parent.level is not None:
        level = parent.level
    draft = marks.is_draft(header.tight_title) or (header.number is not None and header.number.serial is None)
    document = Document(
        id=ident,
        span=span,
        blocks=blocks,
        parent_id=parent.id if parent else None,
        section=header.start.section or (parent.section if parent else None),
        title=header.title,
        genre=NEWS if news else header.genre or marks.own_genre(survey.folded[slice(*span)][: 2 * marks.OPENING]),
        doc_number=header.number,
        issuers=issuers,
        addressees=tuple(header.addressees),
        date=header.date or (header.head_date if parent is None else None),
        status="draft" if draft else "final",
        level=level,
        clauses=growth.clauses,
        tables=growth.tables,
    )
    return document, [*growth.diagnostics, *_lost_breaks(survey, header, blocks)]


def _lost_breaks(survey: Survey, header: Header, blocks: Sequence[Block]) -> list[Diagnostic]:
    """Closing paragraphs of the document that are glued to the role bracket of the last item (R30, L13)."""
    outside = {block.span[0] for block in blocks if block.clause_id is None}
    return [
        notice(
            "document.line-break-lost",
            "A paragraph of the document runs on after the bracket of the last item.",
            (max(0, line.start - 6), line.start + 10),
        )
        for line in survey.lines[header.body + 1 : header.body_end]
        if line.start in outside and survey.folded[line.start - 1] in ")]}" and line.end - line.start > 10
    ]


def _blocks(
    survey: Survey, header: Header, ident: str, span: Span, chapters: tuple[range, ...]
) -> tuple[tuple[Block, ...], clauses.Growth]:
    """Blocks of head, body and tail that tile the document."""
    lines = survey.lines
    offsets = {i: lines[i].start for i in range(header.first, header.last)}
    offsets[header.first] = span[0]

    def end(i: int) -> int:
        return offsets[i + 1] if i + 1 < header.last else span[1]

    own = {
        i for lines_of in chapters for i in range(max(lines_of.start, header.first), min(lines_of.stop, header.last))
    }
    blocks: list[Block] = []
    body: list[Span] = []
    for i in range(header.first, header.last):
        kind = header.kinds.get(i)
        if i in own and kind is None:
            kind = "other"
        if kind is None:
            body.append((offsets[i], end(i)))
        elif kind == "addressees" and header.body_at is not None and end(i) > header.body_at > offsets[i]:
            blocks.append(Block(kind=kind, span=(offsets[i], header.body_at)))
            body.append((header.body_at, end(i)))
        elif blocks and blocks[-1].kind == kind and blocks[-1].span[1] == offsets[i] and kind != "doc-number":
            blocks[-1] = replace(blocks[-1], span=(blocks[-1].span[0], end(i)))
        else:
            blocks.append(Block(kind=kind, span=(offsets[i], end(i))))
    growth = clauses.grow(survey.text, body, ident, survey.folded)
    return tuple(sorted([*blocks, *growth.blocks], key=lambda block: block.span)), growth


def _match(
    contents: Contents | None,
    documents: Sequence[Document],
    headers: Sequence[Header],
    carried_by: Sequence[int | None],
) -> tuple[tuple[ContentsEntry, ...], list[Diagnostic]]:
    """Tie the entries of the contents to the documents they mean (G33–G35)."""
    if contents is None:
        return (), []
    entries: list[ContentsEntry] = []
    noticed = list(contents.diagnostics)
    left = _Unmatched(documents, headers)
    for entry, tight in zip(contents.entries, contents.tights, strict=True):
        k = left.take(entry, tight)
        if k is None:
            noticed.append(notice("contents.entry-unmatched", "No document of this title is printed.", entry.span))
        else:
            noticed += _differs(entry, tight, documents[k], headers[k])
        entries.append(replace(entry, document_id=documents[k].id if k is not None else None))
    unmatched = sum(entry.document_id is None for entry in entries)
    if unmatched * 2 > len(entries):  # the file is a part of what the contents list
        noticed = [d for d in noticed if d.code != "contents.entry-unmatched"]
        start, end = contents.entries[0].span[0], contents.entries[-1].span[1]
        message = f"{unmatched} of {len(entries)} documents that the contents list are not printed."
        return tuple(entries), [*noticed, notice("contents.mostly-unprinted", message, (start, end))]
    for k in left.free:
        if carried_by[k] is None:
            noticed.append(
                notice(
                    "contents.document-unlisted", "The contents do not list this document.", headers_span(documents[k])
                )
            )
    return tuple(entries), noticed


def _differs(entry: ContentsEntry, tight: str, document: Document, header: Header) -> list[Diagnostic]:
    """What the contents say otherwise than the document (G33)."""
    number = "".join((entry.doc_number or "").split())
    own = "".join(document.doc_number.text.split()) if document.doc_number else ""
    if number and own and fold(number) != fold(own):
        message = f"The contents give {entry.doc_number}, the document is printed with {own}."
        return [notice("contents.number-differs", message, entry.span)]
    if header.tight_title and header.tight_title != tight:
        return [
            notice("contents.title-differs", "The contents give the title otherwise than the document.", entry.span)
        ]
    return []


def headers_span(document: Document) -> Span:
    """The span of the first block of a document."""
    return document.blocks[0].span if document.blocks else document.span


class _Unmatched:
    """The documents that no entry of the contents means yet, found by number, by title, or by likeness."""

    def __init__(self, documents: Sequence[Document], headers: Sequence[Header]) -> None:
        self._titles = [header.tight_title for header in headers]
        self.free = dict.fromkeys(range(len(documents)))
        self._by_number: dict[str, list[int]] = {}
        self._by_title: dict[str, list[int]] = {}
        for k in reversed(range(len(documents))):  # the first comes last, where it is taken from
            own = documents[k].doc_number
            if own is not None:
                self._by_number.setdefault("".join(own.text.split()), []).append(k)
            self._by_title.setdefault(self._titles[k], []).append(k)
        self._reached = 0

    def take(self, entry: ContentsEntry, tight: str) -> int | None:
        """The document that an entry means; no other entry means it from then on."""
        number = "".join((entry.doc_number or "").split())
        k = self._first(self._by_number, number) if number else None
        k = self._first(self._by_title, tight) if k is None and tight else k
        k = self._alike(tight) if k is None else k
        if k is not None:
            del self.free[k]
            self._reached = k
        return k

    def _first(self, places: dict[str, list[int]], key: str) -> int | None:
        found = places.get(key, [])
        while found and found[-1] not in self.free:
            found.pop()
        return found[-1] if found else None

    def _alike(self, tight: str) -> int | None:
        best, likeness = None, SAME
        for k in range(max(0, self._reached - NEAR_ENTRIES), min(len(self._titles), self._reached + NEAR_ENTRIES)):
            title = self._titles[k]
            if k in self.free and title and alike(title, tight) and (score := fuzz.ratio(title, tight)) > likeness:
                best, likeness = k, score
        return best


def _with_sections(documents: Sequence[Document], entries: Sequence[ContentsEntry]) -> list[Document]:
    """The documents with the sections that the contents give them, where the text has no headings (G25)."""
    named = {entry.document_id: entry.section for entry in entries if entry.document_id and entry.section}
    sections: dict[str, str | None] = {}
    found = []
    for document in documents:  # a parent stands before its children
        section = document.section or named.get(document.id) or sections.get(document.parent_id or "")
        sections[document.id] = section
        found.append(replace(document, section=section) if section != document.section else document)
    return found
