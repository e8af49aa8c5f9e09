"""From the lines of a format to the reading text: a row of a table is one line, its cells divided by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.readers.paragraphs import beginnings
from extractor.readers.raw import Raw, RawLine, RawTable
from extractor.text.reading import MarkedLine, Reading, read_marked


def assemble(raw: Raw) -> Reading:
    """Make the reading text of a source that was read by its format.

    >>> from extractor.readers.raw import Place
    >>> cells = tuple(RawLine(text, Place(cell=(1, 1, n))) for n, text in enumerate(("序号", "任务", "责任单位"), 1))
    >>> assemble(Raw("text/html", cells, True, tables=(RawTable((((0, 1), (1, 2), (2, 3)),)),))).text
    '序号\\t任务\\t责任单位'
    """
    lines = tuple(_lines(raw))
    places = {at: place for place, (at, _) in enumerate(lines)} if raw.fields else {}
    fields = [replace(row, line=places[row.line]) for row in raw.fields if row.line in places]
    return read_marked([line for _, line in lines], raw.whole, fields)


def _lines(raw: Raw) -> Iterator[tuple[int, MarkedLine]]:
    """The lines of the reading, each with the index of (the first of) the lines of the source that it is made of."""
    rows = {first: row for table in raw.tables for first, row in _rows(table)}
    begins = [True] * len(raw.lines) if raw.whole else beginnings(raw.lines)
    at = 0
    while at < len(raw.lines):
        row = rows.get(at)
        if row is None:
            line = raw.lines[at]
            yield at, MarkedLine(line.text, line.removed, line.place.page, begins[at])
            at += 1
            continue
        last = max((cell[1] for cell in row if cell is not None), default=at + 1)
        for inside, line in enumerate(raw.lines[at:last], at):
            if line.removed is not None:
                yield inside, MarkedLine(line.text, line.removed, line.place.page)
        text = "\t".join(_cell(raw.lines, cell) for cell in row)
        yield at, MarkedLine(text, None, raw.lines[at].place.page)
        at = max(last, at + 1)


def _rows(table: RawTable) -> Iterator[tuple[int, tuple[tuple[int, int] | None, ...]]]:
    """Each row that has a line, by the first line of its cells."""
    for row in table.rows:
        filled = [cell[0] for cell in row if cell is not None and cell[1] > cell[0]]
        if filled:
            yield min(filled), row


def _cell(lines: tuple[RawLine, ...], cell: tuple[int, int] | None) -> str:
    """The text of a cell: its paragraphs run on, as nothing but the cell's edge divides a table in one line.

    Two numbers or Latin words are parted by a space: 35 and 40 below each other are not 3540.
    """
    if cell is None:
        return ""
    text = ""
    for line in lines[slice(*cell)]:
        piece = line.text.strip().replace("\t", " ") if line.removed is None else ""
        apart = _WORD_END.search(text) is not None and _WORD.match(piece) is not None
        text += f" {piece}" if apart else piece
    return text


_WORD = re.compile(r"[0-9A-Za-z]")
_WORD_END = re.compile(r"[0-9A-Za-z]$")
