"""PDF with a text layer: printed lines in reading order with their boxes, tables as cells with their places.

The characters come from PDFium (pypdfium2), which is many times as fast as a reader in Python. What is no text of the
page – running heads, page numbers, footnotes, watermarks – is handed on with its kind. No character is rewritten:
Kangxi radicals and compatibility forms stay as the file has them.
"""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractor.errors import DamagedInputError, NoTextLayerError, PasswordError
from extractor.readers.pdf_cells import Block, Paragraph, joined
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_furniture import Sheet, find_furniture
from extractor.readers.pdf_joins import Table, go_on
from extractor.readers.pdf_lines import Line
from extractor.readers.pdf_margins import settle_margins
from extractor.readers.pdf_other import OtherReader
from extractor.readers.pdf_pages import Page, pages_of
from extractor.readers.raw import Place, Raw, RawLine, RawTable

MEDIA_TYPE = "application/pdf"
MAX_UNREADABLE = 0.3
"""Share of characters without meaning from which on a text layer is none: fonts that do not tell what they print."""
MIN_CHARACTERS = 10
"""Characters a page, furniture aside, below which a file of pictures is a scan with a stamp on it."""
TAIL = 4096
"""Bytes at the end of a file in which its end must be marked; servers append a little."""


def read(data: bytes, name: str) -> Raw:
    """Read a PDF with a text layer: its printed lines in reading order.

    Raises:
        NoTextLayerError: the pages are pictures, or the characters have no meaning.
        PasswordError: the file opens with a password only.
        DamagedInputError: the file is damaged or ends too early.
    """
    tail = data[-TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise DamagedInputError(f"{name}: the file ends too early, a part of it is missing; get it again")
    document = _open(data, name)
    other = OtherReader(data, name)
    try:
        pages = list(pages_of(document, name, other))
    finally:
        other.close()
        document.close()
    if not pages:
        raise DamagedInputError(f"{name}: the file has no pages; get it again")
    sheets = [Sheet(page.number, page.frame.height, page.lines, page.table_bottom, page.cells) for page in pages]
    find_furniture(sheets)
    for page, sheet in zip(pages, sheets, strict=True):
        page.items.extend(sheet.marks)
    _check_text(pages, name)
    settle_margins(page.lines for page in pages)
    _join_tables(pages)
    return _Writer().write(pages)


def _open(data: bytes, name: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PasswordError(
                f"{name}: the file is locked by a password; open it with the password and save a copy without one"
            ) from error
        raise DamagedInputError(f"{name}: the PDF is damaged and cannot be opened; get it again") from error


def _check_text(pages: list[Page], name: str) -> None:
    """Refuse files whose text layer holds nothing."""
    advice = "recognise its text (OCR) first"
    count = sum(page.count for page in pages)
    if count == 0:
        raise NoTextLayerError(f"{name}: the PDF has no text layer, its pages are pictures; {advice}")
    if sum(page.unreadable for page in pages) > MAX_UNREADABLE * count:
        raise NoTextLayerError(
            f"{name}: the text layer cannot be read, its fonts have no table of characters; {advice}"
        )
    empty = [page for page in pages if page.picture]
    if len(empty) > len(pages) / 2:
        text = sum(
            len(item.text) if isinstance(item, Line) and item.kind is None else MIN_CHARACTERS
            for page in pages
            for item in page.items
        )
        if text < MIN_CHARACTERS * len(pages):
            raise NoTextLayerError(f"{name}: the PDF has no text layer but stamps and numbers; {advice}")


def _join_tables(pages: list[Page]) -> None:
    """Put tables that go over pages together; the table stands where it begins."""
    last: Table | None = None
    for page in pages:
        kept: list[Line | Table] = []
        for item in page.items:
            if isinstance(item, Line):
                if item.kind is None:
                    last = None
                kept.append(item)
            elif last is None or not go_on(last, item):
                last = item
                kept.append(item)
        page.items = kept


def _has_text(page: Page) -> bool:
    return any(not isinstance(item, Line) or item.kind is None for item in page.items)


class _Writer:
    """Writes lines and tables as what readers hand on."""

    def __init__(self) -> None:
        self.lines: list[RawLine] = []
        self.tables: list[RawTable] = []

    def write(self, pages: list[Page]) -> Raw:
        """The source of pages."""
        for page in pages:
            for item in page.items:
                if isinstance(item, Line):
                    self.lines.append(RawLine(item.text, _place(item, page.number, page.frame), item.kind))
                else:
                    self._table(item)
        pictures = tuple(page.number for page in pages if page.picture and not _has_text(page))
        return Raw(MEDIA_TYPE, tuple(self.lines), False, pages=len(pages), tables=tuple(self.tables), pictures=pictures)

    def _table(self, table: Table) -> None:
        number = len(self.tables) + 1
        rows = []
        covered: list[tuple[int, int]] = []
        reach = [0] * (len(table.columns) - 1)
        for at, row in enumerate(table.rows, 1):
            covered.extend(
                (at - 1, column) for column, block in enumerate(row) if block is None and at <= reach[column]
            )
            reach = [end if block is None else at - 1 + block.down for end, block in zip(reach, row, strict=True)]
            cells: list[tuple[int, int] | None] = []
            for column, block in enumerate(row, 1):
                cells.append(None if block is None else self._block(block, (number, at, column)))
            rows.append(tuple(cells))
        self.tables.append(RawTable(tuple(rows), tuple(covered)))
        for block in table.repeated:
            for paragraph in block.paragraphs:
                text, place = _gathered(paragraph, None)
                self.lines.append(RawLine(text, place, "running-head"))

    def _block(self, block: Block, cell: tuple[int, int, int]) -> tuple[int, int]:
        first = len(self.lines)
        for paragraph in block.paragraphs:
            text, place = _gathered(paragraph, cell)
            self.lines.append(RawLine(text, place))
        return first, len(self.lines)


def _place(line: Line, page: int, frame: Frame, cell: tuple[int, int, int] | None = None) -> Place:
    left, top, right, bottom = (round(value, 2) for value in frame.shown(line.box))
    box = (left, top, right, bottom)
    if not line.ascends:
        falls = tuple([round(frame.along(edge, down=True), 2) for edge in line.falls])
        return Place(page=page, box=box, edges=falls or None, axis="x" if frame.extra % 2 else "y", cell=cell)
    edges = tuple([round(frame.along(edge), 2) for edge in line.edges])
    column = None if cell or frame.extra else (round(line.column[0], 2), round(line.column[1], 2))
    return Place(page=page, box=box, edges=edges, axis="y" if frame.extra % 2 else "x", column=column, cell=cell)


def _gathered(paragraph: Paragraph, cell: tuple[int, int, int] | None) -> tuple[str, Place]:
    """The text of a paragraph of a cell and its place: of the whole on its first page, and of each printed line."""
    text, starts = joined(paragraph)
    places = [_place(printed.line, printed.page, printed.frame, cell) for printed in paragraph.prints]
    if len(places) == 1:
        return text, places[0]
    boxes = [place.box for place in places if place.page == places[0].page and place.box is not None]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return text, Place(page=places[0].page, box=box, cell=cell, parts=tuple(zip(starts, places, strict=True)))
