"""Where the rows of a gold annotation stand in its raw text: documents, clauses, quotes.

Offsets of the outside are those of the raw text. Inside, places are looked for in the text without white space, so that
a word that a line break cuts is still found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import east_asian_width

from scripts.quality.rewriting import Json, plain, squeeze

_HEADING_COMPARED = 6
"""So many characters of a heading must stand behind a label for it to be that clause."""
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百第(]")
_BEFORE_A_LABEL = frozenset("。；：;:)）】|")
_LABEL_SHAPES = (
    (re.compile(r"第[一二三四五六七八九十百\d]+[章节条]"), "{}"),
    (re.compile(r"\([^()]{1,4}\)"), "{}"),
    (re.compile(r"[一二三四五六七八九十]{1,3}"), r"{}[、.,，:：]?"),
    (re.compile(r"\d{1,3}"), r"{}(?!\d)[.、,)]?"),
    (re.compile(r"[①-⑳]"), "{}"),
)
_WIDEST = 120
"""Lines that are never longer are broken at one width, the commonest."""
_SHORTEST = 600
"""A document with fewer characters is not cut out: it would hold too little to be read by itself."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Clause:
    """A clause of the gold and where it stands; its own text ends where the next clause begins."""

    doc: str
    path: tuple[str, ...]
    label: Span
    """The characters of its number in the raw text, punctuation included; empty where the source lacks it."""
    start: int
    end: int
    leaf: bool

    @property
    def parent(self) -> tuple[str, ...]:
        """Path of the clause above."""
        return self.path[:-1]


@dataclass(frozen=True)
class Unit:
    """A text to be edited with the gold that belongs to it."""

    name: str
    text: str
    gold: Json = field(repr=False)
    width: int | None = None
    """The length of its lines where they are broken at one length."""

    @cached_property
    def squeezed(self) -> str:
        """The text in half width without white space."""
        return plain(squeeze(self.text))

    @cached_property
    def _origins(self) -> list[int]:
        return [at for at, char in enumerate(self.text) if not char.isspace()]

    def raw(self, start: int, end: int) -> Span:
        """Return the range of the raw text for a range of the squeezed one."""
        if start >= end:
            at = self._origins[start] if start < len(self._origins) else len(self.text)
            return at, at
        return self._origins[start], self._origins[end - 1] + 1

    def inside(self, start: int, end: int) -> Span:
        """Return the range of the squeezed text for a range of the raw one."""
        return bisect_left(self._origins, start), bisect_left(self._origins, end)

    def whole(self, span: Span) -> bool:
        """Tell whether a raw range is not cut by a line break."""
        return "\n" not in self.text[span[0] : span[1]]

    def find(self, words: str, within: Span) -> Span | None:
        """Return the only place of words in a raw range; None where they stand there twice or not at all."""
        wanted = plain(squeeze(words))
        start, end = self.inside(*within)
        at = self.squeezed.find(wanted, start, end) if wanted else -1
        if at < 0 or self.squeezed.find(wanted, at + 1, end) >= 0:
            return None
        return self.raw(at, at + len(wanted))

    def find_quote(self, quote: str, within: Span) -> list[Span] | None:
        """Return the places of the pieces of a quote (it leaves out words at …), one after another."""
        pieces: list[Span] = []
        at = within[0]
        for piece in quote.split("…"):
            if not piece:
                continue
            span = self.find(piece, (at, within[1]))
            if span is None:
                return None
            pieces.append(span)
            at = span[1]
        return pieces

    @cached_property
    def documents(self) -> dict[str, Span]:
        """Raw range of the body of each document, from its first to its last words."""
        rows = self.gold.get("documents") or []
        starts: list[int] = []
        for row in rows:
            first = plain(squeeze(row.get("first_words") or ""))
            starts.append(self.squeezed.find(first, starts[-1] if starts else 0) if first else -1)
            if starts[-1] < 0:
                starts[-1] = starts[-2] if len(starts) > 1 else 0
        found: dict[str, Span] = {}
        for row, start, stop in zip(rows, starts, [*starts[1:], len(self.squeezed)], strict=True):
            last = plain(squeeze(row.get("last_words") or ""))
            # The last words of a body may stand in it before: the last place counts.
            at = self.squeezed.rfind(last, start, stop) if last else -1
            if at >= 0:
                found[row["id"]] = self.raw(start, at + len(last))
        return found

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses that are found, in the order of the text."""
        return [clause for doc in self.documents for clause in self._clauses_of(doc)]

    @cached_property
    def prose(self) -> str:
        """The text with blanks for the labels of its clauses: a number of a clause that is left points at one."""
        letters = list(self.text)
        for clause in self.clauses:
            letters[slice(*clause.label)] = " " * (clause.label[1] - clause.label[0])
        return "".join(letters)

    def _clauses_of(self, doc: str) -> Iterator[Clause]:
        rows = [row for row in self.gold.get("clauses") or () if row["doc"] == doc and row["path"]]
        at, end = self.inside(*self.documents[doc])
        starts: list[tuple[Json, Span]] = []
        for row in rows:
            label = self._label(row, at, end)
            if label is not None:
                starts.append((row, label))
                at = label[1]
        for index, (row, label) in enumerate(starts):
            path = tuple(row["path"])
            follower = starts[index + 1] if index + 1 < len(starts) else None
            stop = follower[1][0] if follower else end
            leaf = not any(
                len(other["path"]) > len(path) and tuple(other["path"][: len(path)]) == path for other in rows
            )
            start, stop = self.raw(label[0], stop)
            yield Clause(doc, path, self.raw(*label), start, stop, leaf)

    def _label(self, row: Json, start: int, end: int) -> Span | None:
        """Where the number of a clause stands in the squeezed text."""
        name = plain(squeeze(row["path"][-1]))
        heading = plain(squeeze(row.get("heading") or ""))[:_HEADING_COMPARED]
        if row.get("repaired"):
            at = self.squeezed.find(heading, start, end) if heading else -1
            return (at, at) if at >= 0 else None
        shape = next((form for pattern, form in _LABEL_SHAPES if pattern.fullmatch(name)), "{}")
        for match in re.compile(shape.format(re.escape(name))).finditer(self.squeezed, start, end):
            if not self.squeezed.startswith(heading, match.end()):
                continue
            # A heading needs no line of its own to be known, but 1. is not the end of 11.
            if self._begins(match.start()) or (heading and not _NUMERAL.match(self.squeezed[match.start() - 1])):
                return match.span()
        return None

    def _begins(self, at: int) -> bool:
        """Tell whether something begins here: a line, a table cell, or what follows a full stop."""
        if at == 0 or self.squeezed[at - 1] in _BEFORE_A_LABEL:
            return True
        gap = self.text[self._origins[at - 1] + 1 : self._origins[at]]
        return "\n" in gap or "\t" in gap

    def clause_of(self, row: Json) -> int | None:
        """Return the index of the clause that a row of the gold belongs to."""
        path = tuple(row.get("path") or ())
        for index, clause in enumerate(self.clauses):
            if clause.doc == row["doc"] and clause.path == path:
                return index
        return None

    def in_table(self, clause: Clause) -> bool:
        """Tell whether a clause is a row of a table."""
        line = self.line(clause.start)
        return any(mark in self.text[line[0] : line[1]] for mark in "\t|")

    def line(self, at: int) -> Span:
        """Return the line of an offset, without its end."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end

    def begins_line(self, clause: Clause) -> bool:
        """Tell whether nothing but white space stands before a clause on its line."""
        return not self.text[self.line(clause.start)[0] : clause.start].strip()


def units(name: str, text: str, gold: Json) -> list[Unit]:
    """Return a text as a whole, and each of its documents that has clauses by itself, from title to last words.

    A document that stands in the text with others is cut out with its title, so that a unit is a text as somebody would
    save it.
    """
    whole = Unit(name, text, gold, _width(text))
    found = [whole]
    rows = gold.get("documents") or []
    if len(rows) < 2:
        return found
    for row in rows:
        span = whole.documents.get(row["id"])
        if span is None or not any(clause["doc"] == row["id"] for clause in gold.get("clauses") or ()):
            continue
        title = plain(squeeze(row.get("title") or ""))
        at = whole.squeezed.rfind(title, 0, whole.inside(*span)[0]) if title else -1
        if at >= 0 and span[1] - span[0] >= _SHORTEST:
            start = whole.line(whole.raw(at, at + 1)[0])[0]
            # A cut text has no number above its title: the label of an attachment stays outside.
            found.append(Unit(f"{name}/{row['id']}", text[start : span[1]] + "\n", _only(gold, row["id"]), whole.width))
    return found


def printed_width(line: str) -> int:
    """How wide a line is printed, in half widths: a Chinese character takes two, a half-width mark or digit one."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def _width(text: str) -> int | None:
    widths = Counter(printed_width(line) for line in text.split("\n") if line.strip())
    return widths.most_common(1)[0][0] if widths and max(widths) < _WIDEST else None


def _only(gold: Json, doc: str) -> Json:
    """The rows of one document."""
    result: Json = {"documents": [{**row, "parent": None} for row in gold["documents"] if row["id"] == doc]}
    for key, rows in gold.items():
        if isinstance(rows, list) and key not in ("toc", "documents"):
            result[key] = [row for row in rows if row.get("doc") == doc]
    return result
