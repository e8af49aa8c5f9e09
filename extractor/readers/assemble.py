"""From the lines of a format to the reading text: a row of a table is one line, its cells divided by tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extractor.model import PlacedRun
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
    return read_marked(tuple(_lines(raw, runs)), raw.whole, raw.fields, places=places)


Runs = tuple[PlacedRun, ...]


def _lines(raw: Raw, runs: Sequence[Runs]) -> Iterator[MarkedLine]:
    rows = {first: row for table in raw.tables for first, row in _rows(table)}
    at = 0
    while at < len(raw.lines):
        row = rows.get(at)
        if row is None:
            line = raw.lines[at]
            yield MarkedLine(line.text, line.removed, line.place.page, runs[at])
            at += 1
            continue
        last = max((cell[1] for cell in row if cell is not None), default=at + 1)
        inside = raw.lines[at:last]
        yield from (MarkedLine(line.text, line.removed, line.place.page) for line in inside if line.removed is not None)
        text = ""
        placed: list[PlacedRun] = []
        for number, cell in enumerate(row):
            text += "\t" if number else ""
            for piece in range(*cell) if cell is not None else ():
                line = raw.lines[piece]
                if line.removed is None:
                    first = len(text)
                    text += _piece(line)
                    indent = len(line.text) - len(line.text.lstrip())
                    placed.extend(_moved(runs[piece], first - indent, (first, len(text))))
        yield MarkedLine(text, None, raw.lines[at].place.page, tuple(placed))
        at = max(last, at + 1)


def _rows(table: RawTable) -> Iterator[tuple[int, tuple[tuple[int, int] | None, ...]]]:
    """Each row that has a line, by the first line of its cells."""
    for row in table.rows:
        filled = [cell[0] for cell in row if cell is not None and cell[1] > cell[0]]
        if filled:
            yield min(filled), row


def _piece(line: RawLine) -> str:
    """A paragraph of a cell; paragraphs run on, as nothing but the cell's edge divides a table in one line."""
    return line.text.strip().replace("\t", " ")


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
            yield part(replace(run, span=(start + by, end + by)), *room)


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
