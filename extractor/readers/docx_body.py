"""The body of a Word file → its lines in reading order and its tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from extractor.model.source import RemovedKind
from extractor.readers.docx_numbering import Numbering
from extractor.readers.docx_package import Package, child, is_on, kind, value
from extractor.readers.docx_styles import Styles
from extractor.readers.docx_text import Inline, Reader, chosen
from extractor.readers.raw import Place, RawLine, RawTable

MIN_ROWS = 2
BARE_ROWS = 3
"""Rows from which a table without borders is one of data; with two it may set two names side by side."""
MAX_SPAN = 1000
"""Columns that one cell may cover; more is a mistake."""
MAX_HEAD = 16
"""Characters of a heading whose lines were broken to fit a narrow column (完成/时限, L45)."""

_WRAPPERS = frozenset(f"w:{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass(slots=True)
class _Cell:
    element: Any
    across: int
    goes_on: bool
    """True where it is the lower part of a cell that began above."""
    beside: bool = False
    """… or its right part."""


@dataclass(slots=True)
class Body:
    """Lines and tables of a Word file as far as they are read."""

    package: Package
    styles: Styles
    numbering: Numbering
    lines: list[RawLine] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    paragraphs: int = 0
    begun: list[tuple[str, Place]] = field(default_factory=list)
    """Text of paragraphs whose end was deleted in a tracked change: the next one goes on with it."""
    cell: tuple[int, int, int] | None = None
    drawn: int = 0
    """Tables of data that have begun."""
    removing: RemovedKind | None = None
    """Set while parts are read that are no reading text: notes, headers, footers."""
    reader: Reader = field(init=False)
    _notes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = Reader(self.styles)

    def read(self, container: Any) -> None:
        """Read the paragraphs and tables of a container in order."""
        for element in container:
            name = kind(element.tag)
            if name == "w:p":
                self.paragraph(element)
            elif name == "w:tbl":
                self.table(element)
            elif name in _WRAPPERS:
                self.read(element)
            elif name == "mc:AlternateContent":
                self.read(chosen(element))

    def paragraph(self, element: Any) -> None:
        """One line, or one for each line break that the writer set; then what is anchored here."""
        properties = child(element, "pPr")
        if self.removing is None:
            self.paragraphs += 1
        inline = self.reader.read(element)
        mark = child(properties, "rPr") if properties is not None else None
        gone = mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)
        if gone:  # its end is deleted: all of it is, or its rest belongs to the next paragraph
            self.begun.append((inline.text, self._place()))
        else:
            hidden = mark is not None and is_on(child(mark, "vanish")) and not inline.text.strip()
            label = "" if hidden else self.numbering.label(properties)
            place = self._place()
            self._put([(label, place), *self.begun, (inline.text, place)], inline)
            self.begun = []
        self._attached(inline)

    def finish(self) -> None:
        """Put what waits for a next paragraph that does not come: the end of the last one was deleted."""
        begun, self.begun = self.begun, []
        self._put(begun, Inline())

    def _put(self, pieces: list[tuple[str, Place]], inline: Inline) -> None:
        removed = self.removing
        if removed == "running-head" and inline.page_field:
            removed = "page-number"
        start = 0
        for line in "".join(text for text, _ in pieces).split("\n"):
            kept = line.rstrip(" \t")
            if kept.strip():
                self.lines.append(RawLine(kept, _joined(pieces, start, start + len(kept)), removed))
            start += len(line) + 1

    def _place(self) -> Place:
        return Place(paragraph=self.paragraphs if self.removing is None else None, cell=self.cell)

    def _attached(self, inline: Inline) -> None:
        if inline.hidden:
            text = "".join(inline.hidden).strip()
            if text:
                self.lines.append(RawLine(text.replace("\n", " "), self._place(), "other"))
        for box in inline.boxes:
            outer, self.begun = self.begun, []
            self.read(box)
            self.begun = outer
        for type_, number in inline.notes:
            note = self._note(type_, number)
            if note is not None and self.removing is None:
                self.removing = "other"
                self.read(note)
                self.removing = None

    def _note(self, type_: str, number: str) -> Any:
        if type_ not in self._notes:
            root = self.package.linked(type_)
            self._notes[type_] = {value(note, "id") or "": note for note in (root if root is not None else ())}
        return self._notes[type_].pop(number, None)

    def table(self, element: Any) -> None:
        """Lines of the cells row by row; a table of data that lies in no other becomes a grid too."""
        rows = [cells for row in _rows(element) if (cells := _cells(row)) is not None]
        drawn = self.cell is None and self.removing is None and _is_data(element, rows)
        if drawn:
            self.drawn += 1
        number = self.drawn
        width = max((sum(cell.across for cell in row) for row in rows), default=0)
        grid: list[tuple[tuple[int, int] | None, ...]] = []
        below: list[tuple[int, int]] = []
        for at, row in enumerate(rows):
            places: list[tuple[int, int] | None] = []
            for cell in row:
                if drawn:
                    self.cell = (number, at + 1, len(places) + 1)
                first = len(self.lines)
                if cell.element is not None:
                    self.read(cell.element)
                if drawn and child(cell.element, "tbl") is None:
                    self._join_heading(first, at == 0)
                covered = cell.element is None or (cell.goes_on and len(self.lines) == first)
                if covered and cell.goes_on and not cell.beside:
                    below.append((at, len(places)))
                places.append(None if covered else (first, len(self.lines)))
                places.extend([None] * (cell.across - 1))
            grid.append((*places, *([None] * (width - len(places)))))
            if drawn:
                self.cell = None
        if drawn:
            self.tables.append(RawTable(tuple(grid), tuple(below)))

    def _join_heading(self, first: int, heading: bool) -> None:
        """A heading that was broken to fit a narrow column, or stands upright a character a line, is one line."""
        lines = self.lines[first:]
        upright = all(len(line.text.strip()) == 1 for line in lines)
        if len(lines) < 2 or not (heading or upright) or any(line.removed for line in lines):
            return
        if sum(len(line.text) for line in lines) <= MAX_HEAD:
            starts = accumulate((len(line.text) for line in lines), initial=0)
            parts = tuple((start, line.place) for start, line in zip(starts, lines, strict=False))
            place = replace(lines[0].place, parts=parts)
            self.lines[first:] = [RawLine("".join(line.text for line in lines), place)]


def _joined(pieces: list[tuple[str, Place]], start: int, end: int) -> Place:
    """The place of a line: that of its paragraph, with a part for each where it goes on with others."""
    parts: list[tuple[int, Place]] = []
    at = 0
    for text, place in pieces:
        if max(at, start) < min(at + len(text), end) and (not parts or parts[-1][1] != place):
            parts.append((max(at, start) - start, place))
        at += len(text)
    return parts[0][1] if len(parts) == 1 else replace(parts[0][1], parts=tuple(parts))


def _rows(container: Any) -> list[Any]:
    found: list[Any] = []
    for element in container:
        name = kind(element.tag)
        if name == "w:tr":
            if child(element, "trPr", "del") is None:
                found.append(element)
        elif name in _WRAPPERS:
            found.extend(_rows(element))
    return found


def _cells(row: Any) -> list[_Cell]:
    """The cells of a row with the places left free before and behind them; a deleted cell is no place."""
    properties = child(row, "trPr")
    cells: list[_Cell] = []
    before, after = (
        _number(child(properties, name)) if properties is not None and child(properties, name) is not None else 0
        for name in ("gridBefore", "gridAfter")
    )
    if before:
        cells.append(_Cell(None, before, False))
    cells.extend(_own_cells(row))
    if after:
        cells.append(_Cell(None, after, False))
    return cells


def _own_cells(container: Any) -> list[_Cell]:
    cells: list[_Cell] = []
    for element in container:
        name = kind(element.tag)
        if name in _WRAPPERS:
            cells.extend(_own_cells(element))
        if name != "w:tc":
            continue
        properties = child(element, "tcPr")
        if properties is None:
            cells.append(_Cell(element, 1, False))
            continue
        if child(properties, "cellDel") is not None:
            continue
        across = _number(child(properties, "gridSpan"))
        beside, above = child(properties, "hMerge"), child(properties, "vMerge")
        if beside is not None and value(beside) != "restart" and cells:
            cells.append(_Cell(element, across, goes_on=True, beside=True))
            continue
        cells.append(_Cell(element, across, above is not None and value(above) != "restart"))
    return cells


def _number(element: Any) -> int:
    text = value(element) if element is not None else None
    return max(1, min(int(text), MAX_SPAN)) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _is_data(table: Any, rows: list[list[_Cell]]) -> bool:
    """True for a table with several rows of several cells that has borders, a style of tables, or many rows."""
    several = sum(sum(cell.element is not None for cell in row) > 1 for row in rows)
    if len(rows) < MIN_ROWS or several < MIN_ROWS:
        return False
    if several >= BARE_ROWS or child(table, "tblPr", "tblStyle") is not None:
        return True
    cell = next((cell.element for row in rows for cell in row if cell.element is not None), None)
    places = (child(table, "tblPr", "tblBorders"), child(cell, "tcPr", "tcBorders"))
    return any(value(border) not in (None, "none", "nil") for place in places if place is not None for border in place)
