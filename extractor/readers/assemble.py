"""From the lines of a format to the reading text: a row of a table is one line, its cells divided by tabs."""

from __future__ import annotations

from collections.abc import Iterator

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
    return read_marked(tuple(_lines(raw)), raw.whole, raw.fields)


def _lines(raw: Raw) -> Iterator[MarkedLine]:
    rows = {first: row for table in raw.tables for first, row in _rows(table)}
    begins = [True] * len(raw.lines) if raw.whole else beginnings(raw.lines)
    at = 0
    while at < len(raw.lines):
        row = rows.get(at)
        if row is None:
            line = raw.lines[at]
            yield MarkedLine(line.text, line.removed, line.place.page, begins[at])
            at += 1
            continue
        last = max((cell[1] for cell in row if cell is not None), default=at + 1)
        inside = raw.lines[at:last]
        yield from (MarkedLine(line.text, line.removed, line.place.page) for line in inside if line.removed is not None)
        text = "\t".join(_cell(raw.lines, cell) for cell in row)
        yield MarkedLine(text, None, raw.lines[at].place.page)
        at = max(last, at + 1)


def _rows(table: RawTable) -> Iterator[tuple[int, tuple[tuple[int, int] | None, ...]]]:
    """Each row that has a line, by the first line of its cells."""
    for row in table.rows:
        filled = [cell[0] for cell in row if cell is not None and cell[1] > cell[0]]
        if filled:
            yield min(filled), row


def _cell(lines: tuple[RawLine, ...], cell: tuple[int, int] | None) -> str:
    """The text of a cell: its paragraphs run on, as nothing but the cell's edge divides a table in one line."""
    if cell is None:
        return ""
    pieces = [line.text.strip().replace("\t", " ") for line in lines[slice(*cell)] if line.removed is None]
    return "".join(pieces)
