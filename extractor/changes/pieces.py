"""A document as the pieces that are compared: each clause without its sub-clauses, each paragraph outside clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractor.model import Clause, Document, Issue, Piece, Span
from extractor.structure.frame import Catalogue, Frame, Passage
from extractor.text.fold import View, fold

_FACTS = frozenset({"title", "doc-number", "signature", "date"})
"""Blocks that say a fact of the document; they are compared as facts."""
_IMPRINT = re.compile(r"^(?:抄送|主送|公开方式)|印发$")
_CELL_END = re.compile(r"[\t\n]")
_ALIKE = str.maketrans("‘’“”「」『』，、／/", '""""""""' + ",,,,")
"""What may differ between two printings of the same words, besides what :func:`~extractor.text.fold.fold` folds."""


def alike(text: str) -> str:
    """One form for what two printings of the same words may differ in; the same length, for comparing only.

    >>> alike(fold("（臺仟“甲”、乙／丙）")) == alike(fold('(台千"甲"，乙/丙)'))
    True
    """
    return text.translate(_ALIKE)


@dataclass(frozen=True)
class Part:
    """A piece with its words: ``text`` is folded, without spaces and label, its passages one line each."""

    piece: Piece
    document: Document
    clause: Clause | None
    text: str
    views: tuple[tuple[int, int, View], ...]
    """The passages, each with its start and end in ``text``."""
    source: str
    """Reading text of the issue."""
    order: int = 0
    """Place among all parts of its side."""
    joined: tuple[tuple[int, Piece], ...] = ()
    """The pieces behind the first of parts that were joined, each with its offset in ``text``."""

    @cached_property
    def key(self) -> str:
        """The text as it is compared."""
        return alike(self.text)

    @cached_property
    def places(self) -> list[int]:
        """The offset in the reading text of each character of ``text``."""
        found: list[int] = []
        for at, end, view in self.views:
            if at > len(found):
                found.append(found[-1] + 1)  # the line break between two passages
            found += (
                [view.at(i) for i in range(len(view.text))]
                if view.gaps
                else range(view.start, view.start + len(view.text))
            )
            del found[end:]  # line ends of the passage
        return found

    def span(self, start: int, end: int) -> Span:
        """The half-open range of the reading text of a range of ``text`` that is not empty."""
        return self.places[start], self.places[end - 1] + 1

    @property
    def ranges(self) -> list[Span]:
        """The ranges of the reading text that the passages take."""
        return [(view.at(0), view.at(len(view.text) - 1) + 1) for _, _, view in self.views if view.text]

    def piece_at(self, at: int) -> Piece:
        """The piece that holds a character of ``text``."""
        return next((piece for start, piece in reversed(self.joined) if start <= at), self.piece)

    def inside(self, span: Span) -> tuple[int, int] | None:
        """The range of ``text`` of a span of the reading text; None where nothing of it is here."""
        start, end = bisect_left(self.places, span[0]), bisect_left(self.places, span[1])
        return (start, end) if end > start else None


def join(parts: Sequence[Part]) -> Part:
    """Parts of one side, in order, as one part: what was split is compared as a whole."""
    if len(parts) == 1:
        return parts[0]
    views: list[tuple[int, int, View]] = []
    joined: list[tuple[int, Piece]] = []
    at = 0
    for part in parts:
        views += [(at + start, at + end, view) for start, end, view in part.views]
        joined.append((at, part.piece))
        at += len(part.text) + 1
    return replace(parts[0], text="\n".join(part.text for part in parts), views=tuple(views), joined=tuple(joined[1:]))


def parts_of(issue: Issue, documents: Sequence[Document]) -> list[Part]:
    """All parts of some documents of an issue, in the order of the text.

    >>> import extractor
    >>> issue = extractor.parse("关于绿化的通知\\n一、目标\\n建成公园5个。\\n二、加强巡查。".encode())
    >>> [(part.piece.path, part.text) for part in parts_of(issue, issue.documents)]
    [(('一',), '目标\\n建成公园5个。'), (('二',), '加强巡查。')]
    """
    folded = fold(issue.text)
    catalogue = Catalogue.of(issue.documents)
    found: list[Part] = []
    for document in documents:
        frame = Frame.of(issue.text, document, catalogue, issue.issue.jurisdiction, folded)
        found += _of_frame(frame, len(found))
    return found


def _of_frame(frame: Frame, order: int) -> Iterator[Part]:
    grouped: list[list[Passage]] = []
    goes_on = False
    for passage in frame.passages:
        if passage.kind in _FACTS or not passage.view.text.strip() or _is_imprint(passage):
            continue
        if passage.kind == "table":
            grouped += _rows(frame, passage)
            goes_on = False
        elif goes_on and passage.clause is grouped[-1][-1].clause and _belongs(grouped[-1][-1], passage):
            grouped[-1].append(passage)
        else:
            grouped.append([passage])
            goes_on = True
    for passages in grouped:
        yield _part(frame, passages, order)
        order += 1


def _is_imprint(passage: Passage) -> bool:
    """抄送 and 印发 of a printing (版记): they say nothing of the text."""
    return passage.kind == "note" and _IMPRINT.search(passage.view.text.strip()) is not None


def _belongs(before: Passage, passage: Passage) -> bool:
    """Whether two passages are one piece: of one clause, or outside of clauses lines of one broken paragraph."""
    if passage.clause is not None:
        return True
    return before.kind == passage.kind and _goes_on(before, before.view.text.rstrip("\n"))


def _rows(frame: Frame, passage: Passage) -> Iterator[list[Passage]]:
    """The rows of a table, cell by cell; one that is a clause comes without its number."""
    begin, end = passage.span
    clauses = {each.span: each for each in frame.document.clauses if begin <= each.span[0] and each.span[1] <= end}
    rows = sorted(clauses)
    listed = (row.span for table in frame.document.tables for row in ((table.header, *table.rows)) if row is not None)
    rows += [span for span in listed if begin <= span[0] < end and not any(_meet(span, row) for row in rows)]
    for row in sorted(rows):
        yield from _cells(frame, passage.clause, begin, row[0])
        yield from _cells(
            frame, clauses.get(row, passage.clause), *row, number=clauses[row].path[-1] if row in clauses else ""
        )
        begin = row[1]
    yield from _cells(frame, passage.clause, begin, end)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cells(frame: Frame, clause: Clause | None, begin: int, end: int, number: str = "") -> Iterator[list[Passage]]:
    """The cells of a range as one row; nothing where it holds no words."""
    found: list[Passage] = []
    for words in _CELL_END.split(frame.text[begin:end]):
        view = frame.view(begin, begin + len(words))
        if view.text and not (not found and view.text == number):
            found.append(Passage("table", (begin, begin + len(words)), clause, view))
        begin += len(words) + 1
    if found:
        yield found


LONG_LINE = 20
"""Characters from which a line without a mark at its end was broken by the source; a shorter one is a heading."""


def _goes_on(passage: Passage, text: str) -> bool:
    """Whether what follows a passage belongs to its last sentence: the source broke a line that was not joined."""
    return passage.kind != "table" and len(text) >= LONG_LINE and text[-1] not in "。;:!?"


def _part(frame: Frame, passages: list[Passage], order: int) -> Part:
    clause = passages[0].clause
    text = ""
    views: list[tuple[int, int, View]] = []
    broken = True
    for passage in passages:
        view = passage.view
        if passage is passages[0] and clause is not None and clause.label:
            view = _without_label(frame, passage, clause.label)
        words = view.text.rstrip("\n")
        if not words:
            continue
        at = len(text) if broken else len(text) + 1
        text = text + ("" if broken else "\n") + words
        views.append((at, len(text), view))
        broken = _goes_on(passage, words)
    return Part(
        piece=Piece(
            document_id=frame.document.id,
            span=(passages[0].span[0], passages[-1].span[1]),
            clause_id=clause.id if clause is not None else None,
            path=clause.path if clause is not None else (),
        ),
        document=frame.document,
        clause=clause,
        text=text,
        views=tuple(views),
        source=frame.text,
        order=order,
    )


def _without_label(frame: Frame, passage: Passage, label: str) -> View:
    """The passage behind its label; a label style or number is no difference."""
    bare = View.of(label).text
    if not passage.view.text.startswith(bare):
        return passage.view
    length = len(bare)
    while passage.view.text[length : length + 1] in ("、", ".", "\n", ":"):
        length += 1
    if length >= len(passage.view.text):
        return View("", passage.span[1])
    return frame.view(passage.view.at(length), passage.span[1])
