"""From the lines of a format to the reading text: a row of a table is one line, its cells divided by tabs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from extractor.model import PlacedRun
from extractor.readers.paragraphs import beginnings
from extractor.readers.raw import Place, Raw, RawLine, RawTable
from extractor.text.placing import part
from extractor.text.reading import MarkedLine, Reading, read_marked


def assemble(raw: Raw, *, places: bool = False) -> Reading:
    """Make the reading text of a source that was read by its format, on request with the places of its runs.

    >>> from extractor.readers.raw import Place
    >>> cells = tuple(RawLine(text, Place(cell=(1, 1, n))) for n, text in enumerate(("序号", "任务", "责任单位"), 1))
    >>> assemble(Raw("text/html", cells, True, tables=(RawTable((((0, 1), (1, 2), (2, 3)),)),))).text
    '序号\\t任务\\t责任单位'
    """
    count: Counter[int | None] = Counter()
    runs = [tuple(_runs(line, count)) if places else () for line in raw.lines]
    lines = tuple(_lines(raw, runs))
    stands = {at: place for place, (at, _) in enumerate(lines)} if raw.fields else {}
    fields = [replace(row, line=stands[row.line]) for row in raw.fields if row.line in stands]
    return read_marked([line for _, line in lines], raw.whole, fields, places=places)


Runs = tuple[PlacedRun, ...]


def _lines(raw: Raw, runs: Sequence[Runs]) -> Iterator[tuple[int, MarkedLine]]:
    """The lines of the reading, each with the index of (the first of) the lines of the source that it is made of."""
    rows = {first: row for table in raw.tables for first, row, _ in _rows(table)}
    covered = {first: columns for table in raw.tables if table.covered for first, _, columns in _rows(table)}
    begins = [None] * len(raw.lines) if raw.whole else beginnings(raw.lines)
    at = 0
    while at < len(raw.lines):
        row = rows.get(at)
        if row is None:
            line = raw.lines[at]
            yield at, MarkedLine(line.text, line.removed, line.place.page, begins[at], runs[at])
            at += 1
            continue
        last = max((cell[1] for cell in row if cell is not None), default=at + 1)
        for inside, line in enumerate(raw.lines[at:last], at):
            if line.removed is not None:
                yield inside, MarkedLine(line.text, line.removed, line.place.page)
        text, placed = _row(raw.lines, row, runs)
        yield at, MarkedLine(text, None, raw.lines[at].place.page, runs=placed, covered=covered.get(at, ()))
        at = max(last, at + 1)


def _rows(table: RawTable) -> Iterator[tuple[int, tuple[tuple[int, int] | None, ...], tuple[int, ...]]]:
    """Each row that has a line, by the first line of its cells, with the columns that a cell above covers."""
    columns: dict[int, list[int]] = {}
    for at, column in table.covered:
        columns.setdefault(at, []).append(column)
    for at, row in enumerate(table.rows):
        filled = [cell[0] for cell in row if cell is not None and cell[1] > cell[0]]
        if filled:
            yield min(filled), row, tuple(columns.get(at, ()))


def _row(lines: Sequence[RawLine], row: Sequence[tuple[int, int] | None], runs: Sequence[Runs]) -> tuple[str, Runs]:
    """The cells of a row, divided by tabs, and where they stand.

    The paragraphs of a cell run on, as nothing but the cell's edge divides a table in one line; two numbers or Latin
    words are parted by a space: 35 and 40 below each other are not 3540.
    """
    text = ""
    placed: list[PlacedRun] = []
    for number, cell in enumerate(row):
        text += "\t" if number else ""
        for at in range(*cell) if cell is not None else ():
            line = lines[at]
            piece = line.text.strip().replace("\t", " ") if line.removed is None else ""
            text += " " if _WORD_END.search(text) is not None and _WORD.match(piece) is not None else ""
            indent = len(line.text) - len(line.text.lstrip())
            placed.extend(_moved(runs[at], len(text) - indent, (len(text), len(text) + len(piece))))
            text += piece
    return text, tuple(placed)


_WORD = re.compile(r"[0-9A-Za-z]")
_WORD_END = re.compile(r"[0-9A-Za-z]$")


def _runs(line: RawLine, count: Counter[int | None]) -> Iterator[PlacedRun]:
    """The runs of a line, one for each part of it; printed lines are counted page by page."""
    parts = line.place.parts or ((0, line.place),)
    for at, (start, place) in enumerate(parts):
        end = parts[at + 1][0] if at + 1 < len(parts) else len(line.text)
        if place.edges is not None:
            end = min(end, start + len(place.edges) - 1)  # a space that joins two printed lines stands in neither
        count[place.page] += 1
        yield _run(place, (start, end), count[place.page] if place.page is not None else None)


def _moved(runs: Runs, by: int, room: tuple[int, int]) -> Iterator[PlacedRun]:
    """Runs as they stand further on in a row, without the white space around the text of their cell."""
    for run in runs:
        start, end = run.span
        if start + by < room[1] and end + by > room[0]:
            yield part(structs.replace(run, span=(start + by, end + by)), *room)


def _run(place: Place, span: tuple[int, int], line: int | None) -> PlacedRun:
    box = place.box
    return PlacedRun(
        span=span,
        page=place.page,
        box=None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
        line=line,
        column=None if line is None else 1,
        paragraph=place.paragraph,
        cell=place.cell,
        element=place.element,
        edges=None if place.edges is None else tuple([round(edge, 1) for edge in place.edges]),
        axis=place.axis,
    )
