"""From the lines of a source to the reading text: furniture and chrome out, broken lines joined (contract, rule 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from extractor.model import Diagnostic, PlacedRun, Removed, RemovedKind, SourceField
from extractor.text.blemishes import losses
from extractor.text.chrome import find_chrome
from extractor.text.pages import find_furniture
from extractor.text.pieces import Piece
from extractor.text.placing import Fragment, laid_out, typed
from extractor.text.sheet import Cut, FieldRow, Sheet
from extractor.text.wrap import joins


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading text and what was taken out on the way to it."""

    text: str
    removed: tuple[Removed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    """(offset in the text, page) for each page of the source that has a number, in order."""
    fields: tuple[SourceField, ...] = ()
    """Rows of the metadata boxes that were taken out as chrome (L34): 发文字号, 成文日期 …"""
    covered: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Offset of a row of a table → its columns, from 0, that a merged cell of a row above covers (L45)."""
    places: tuple[PlacedRun, ...] | None = None
    """Where each run stands in the source; None unless it was asked for."""

    def noticed(self, more: tuple[Diagnostic, ...]) -> Reading:
        """The same reading with more diagnostics, in front."""
        return replace(self, diagnostics=more + self.diagnostics)


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a source whose reader knows what it is."""

    text: str
    removed: RemovedKind | None = None
    """What it is, where it is no part of the reading text."""
    page: int | None = None
    begins: bool | None = None
    """Whether its place on the page shows that a paragraph begins with it, or goes on; None where its words decide."""
    runs: tuple[PlacedRun, ...] = ()
    """Where its characters stand in the source, spans counted within the line; empty unless it was asked for."""
    covered: tuple[int, ...] = ()
    """For a row of a table: the columns, from 0, that a merged cell of a row above covers."""


def read_lines(raw: str, *, places: bool = False) -> Reading:
    r"""Make the reading text of decoded text: furniture out, broken lines joined.

    >>> read_lines("（责任单位：市财\n\n政局、市教育局）\n— 3 —\n二、保障").text
    '（责任单位：市财政局、市教育局）\n二、保障'
    """
    sheet = Sheet.of(raw)
    fields = find_chrome(sheet)
    find_furniture(sheet)
    if not places:
        return _write(sheet, fields)
    fragments: list[Fragment] = []
    reading = _write(sheet, fields, fragments=fragments)
    return replace(reading, places=typed(fragments, sheet))


def read_marked(
    lines: Sequence[MarkedLine], whole: bool, fields: Sequence[FieldRow] = (), *, places: bool = False
) -> Reading:
    """Make the reading text of lines whose reader knows which are no part of it.

    Args:
        lines: the lines in reading order, without line ends.
        whole: every line is a paragraph or a row, nothing is to be joined; otherwise they are lines as printed.
        fields: the metadata box of the source; their lines are indexes into ``lines``.
        places: whether the lines have runs, and those of the reading text are wanted.

    >>> lines = [MarkedLine("一、总则"), MarkedLine("— 1 —", "page-number", 1), MarkedLine("二、附则", None, 2)]
    >>> read_marked(lines, whole=True).text
    '一、总则\\n二、附则'
    """
    texts = [line.text for line in lines]
    pages = [(at, line.page) for at, line in enumerate(lines) if line.page is not None]
    starts = [pair for at, pair in enumerate(pages) if not at or pair[1] != pages[at - 1][1]]
    feeds = {at for at, _ in starts[1:]}
    sheet = Sheet(texts, list(range(1, len(texts) + 1)), feeds, ends_in_newline=False, starts=starts)
    sheet.cut_controls()
    sheet.covered = {at: line.covered for at, line in enumerate(lines) if line.covered}
    for at, line in enumerate(lines):
        if line.removed is not None:
            sheet.cut_line(at, line.removed)
            sheet.breaks.add(at)
    begins = dict.fromkeys(range(len(texts)), True)
    if not whole:
        if any(line.removed == "running-head" and _ADDRESS in line.text for line in lines):  # a printed web page
            fields = (*fields, *find_chrome(sheet))
        find_furniture(sheet)
        sheet.starts = starts  # the reader knows the page of each line: breaks need not be counted
        begins = {at: line.begins for at, line in enumerate(lines) if line.begins is not None}
    if not places:
        return _write(sheet, fields, begins)
    fragments: list[Fragment] = []
    reading = _write(sheet, fields, begins, fragments)
    return replace(reading, places=tuple(laid_out(fragments, lambda at: lines[at].runs)))


_ADDRESS = "://"
"""Stands in the head or foot of each page that a browser prints."""


def _write(
    sheet: Sheet,
    fields: Sequence[FieldRow],
    begins: Mapping[int, bool] = MappingProxyType({}),
    fragments: list[Fragment] | None = None,
) -> Reading:
    """Write what is left of a sheet; where each fragment came from is added to the list, if there is one."""
    rests = sheet.rests()
    continues = _continues(sheet, rests, begins)
    layout = sheet.layout(rests)
    out: list[str] = []
    length = 0
    removed: list[Removed] = []
    waiting: list[tuple[int, Cut]] = []
    pages: list[tuple[int, int]] = []
    covered: dict[int, tuple[int, ...]] = {}

    def settle(offset: int) -> None:
        for line, cut in waiting:
            page = sheet.page(line)
            removed.append(Removed(kind=cut.kind, text=cut.text, line=sheet.numbers[line], at=offset, page=page))
        waiting.clear()

    turned = 0
    page: int | None = None
    for at, line in enumerate(sheet.lines):
        cuts = sheet.cuts.get(at, ())
        joined = continues.get(at)
        if joined is None:  # blank, or furniture from end to end
            waiting.extend((at, cut) for cut in cuts)
            if cuts or at in layout:
                continue
            if fragments is not None and line:
                fragments.append(Fragment(length, length + len(line), at, 0))
            out.append(line + "\n")
            length += len(line) + 1
            continue
        while turned < len(sheet.starts) and sheet.starts[turned][0] <= at:
            page, turned = sheet.starts[turned][1], turned + 1
        lead = 0
        if joined:
            length -= _strip_end(out)
            if fragments is not None:
                _clip(fragments, length)
            rest = rests[at].lstrip()
            if out and rest[:1].isascii() and _needs_space(out[-1], rest):
                out.append(" ")
                length += 1
            lead = len(line) - len(rest) if not cuts else 0
        if page is not None and (not pages or pages[-1][1] != page):
            pages.append((length, page))
        if waiting:
            settle(length)
        if at in sheet.covered:
            covered[length] = sheet.covered[at]
        last = lead
        for cut in cuts:
            fragment = line[last : cut.start]
            if joined and last == 0:
                fragment = fragment.lstrip()
            if fragments is not None and fragment:
                fragments.append(Fragment(length, length + len(fragment), at, cut.start - len(fragment)))
            out.append(fragment)
            length += len(fragment)
            waiting.append((at, cut))
            settle(length)
            last = cut.end
        fragment = line[last:] + "\n"
        if fragments is not None and len(line) > last:
            fragments.append(Fragment(length, length + len(line) - last, at, last))
        out.append(fragment)
        length += len(fragment)
    text = "".join(out) if sheet.ends_in_newline else "".join(out).removesuffix("\n")
    settle(min(length, len(text)))
    return Reading(text, tuple(removed), losses(text), tuple(pages), _placed(sheet, fields, removed), covered)


def _continues(sheet: Sheet, rests: Sequence[str], begins: Mapping[int, bool]) -> dict[int, bool]:
    """For each line that has text: whether it goes on from the one before; ``begins`` is what their places tell."""
    kept = [at for at, rest in enumerate(rests) if rest and not rest.isspace()]
    if len(begins) == len(sheet.lines) and all(begins.values()):
        return dict.fromkeys(kept, False)
    feeds, pairs = sheet.feeds, pairwise([-1, *kept])
    gaps = [0 if at == before + 1 and at not in feeds else sheet.gap(before, at) for before, at in pairs]
    if begins:
        gaps = [2 if begins.get(at) else gap for at, gap in zip(kept, gaps, strict=True)]
    joined = dict(zip(kept, joins([Piece.of(rests[at], gap) for at, gap in zip(kept, gaps, strict=True)]), strict=True))
    joined.update((at, not first) for at, first in begins.items() if at in joined)
    return joined


def _placed(sheet: Sheet, fields: Sequence[FieldRow], removed: Sequence[Removed]) -> tuple[SourceField, ...]:
    """The rows of the metadata boxes, each with the piece that was taken out with it."""
    numbers = {sheet.numbers[row.line] for row in fields}
    cut: dict[int, list[int]] = {}
    for at, piece in enumerate(removed) if fields else ():
        if piece.line in numbers:
            cut.setdefault(piece.line, []).append(at)
    placed = []
    for row in fields:
        pieces = cut.get(sheet.numbers[row.line], [])
        pieces = [at for at in pieces if row.value in removed[at].text] or pieces
        pieces = [at for at in pieces if row.name in removed[at].text] or pieces
        placed.append(SourceField(name=row.name, value=row.value, removed=pieces[0] if pieces else None))
    return tuple(placed)


def _strip_end(out: list[str]) -> int:
    """Take white space off the end of what was written; returns how many characters."""
    taken = 0
    while out:
        kept = out[-1].rstrip()
        taken += len(out[-1]) - len(kept)
        if kept:
            out[-1] = kept
            break
        out.pop()
    return taken


def _clip(fragments: list[Fragment], length: int) -> None:
    """Take what was stripped off the end of the text off the fragments too."""
    while fragments and fragments[-1].end > length:
        last = fragments.pop()
        if last.start < length:
            fragments.append(last._replace(end=length))


_LATIN_END = re.compile(r"[A-Za-zÀ-ɏ][,;:!?)]?$")


def _needs_space(left: str, right: str) -> bool:
    """Between Latin words a line break stood for a space; between Chinese characters and inside numbers for nothing."""
    return right[:1].isalpha() and right[:1].isascii() and _LATIN_END.search(left) is not None
