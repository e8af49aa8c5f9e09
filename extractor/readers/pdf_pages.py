"""One page of a PDF at a time: its free lines and its tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractor.errors import DamagedInputError
from extractor.readers.pdf_columns import Gutters, columns_of
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_glyphs import Run, glyphs_of
from extractor.readers.pdf_joins import Table, table_of
from extractor.readers.pdf_lines import Line, lines_of
from extractor.readers.pdf_other import OtherReader
from extractor.readers.pdf_rulings import rulings_of
from extractor.readers.pdf_tables import Grid, tables_of

MIN_RULINGS = 2
"""Rulings in either direction without which there is no table."""
STACK = 3
"""Characters, one below the other, that are a word written downwards (charts)."""
STACK_STEP = 1.6
"""Heights from one of them to the next."""
FEW = 30
"""Characters from which on a page with a picture is no picture of a page with a number or a stamp on it."""


@dataclass(slots=True)
class Page:
    """A page as it was read."""

    number: int
    frame: Frame
    items: list[Line | Table] = field(default_factory=list)
    """In reading order."""
    count: int = 0
    """Visible characters."""
    unreadable: int = 0
    """Of these, without meaning."""
    picture: bool = False
    """Holds a picture and hardly any text."""
    table_bottom: float = 0.0
    """Foot of the last table."""

    @property
    def lines(self) -> list[Line]:
        """The lines outside of tables."""
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def cells(self) -> list[Line]:
        """The lines in the cells of its tables."""
        blocks = (
            block for item in self.items if isinstance(item, Table) for row in item.rows for block in row if block
        )
        return [printed.line for block in blocks for paragraph in block.paragraphs for printed in paragraph.prints]


def pages_of(document: Any, name: str, other: OtherReader) -> Iterator[Page]:
    """Read the pages of an open document one by one, each closed before the next.

    Raises:
        DamagedInputError: a page cannot be loaded.
    """
    gutters = Gutters()
    for at in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, at)
        if not page:
            raise DamagedInputError(f"{name}: page {at + 1} cannot be loaded, the file is damaged; get it again")
        textpage = pdfium.FPDFText_LoadPage(page)
        try:
            yield _read(page, textpage, at + 1, other, gutters)
        finally:
            pdfium.FPDFText_ClosePage(textpage)
            pdfium.FPDF_ClosePage(page)


def _read(page: Any, textpage: Any, number: int, other: OtherReader, gutters: Gutters) -> Page:
    glyphs = glyphs_of(page, textpage, number, other)
    read = Page(number, glyphs.frame, count=glyphs.count, unreadable=glyphs.unreadable)
    read.picture = glyphs.count < FEW and _has_picture(page)
    if not glyphs.runs:
        return read
    upright = [run for run in glyphs.runs if run.kind is None]
    leaning = [run for run in glyphs.runs if run.kind is not None]
    grids: list[Grid] = []
    edges = rulings_of(page, glyphs.frame)
    flat = sum(edge.flat for edge in edges)
    if flat >= MIN_RULINGS and len(edges) - flat >= 1:
        grids, upright = tables_of(edges, upright)
    upright, stacks = _stacks(upright)
    _arrange(read, upright, grids, gutters)
    read.items.extend(stacks)
    read.items.extend(_leaning_lines(leaning))
    read.table_bottom = max((grid.bottom for grid in grids), default=0.0)
    return read


def _has_picture(page: Any) -> bool:
    kinds = (
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at))
        for at in range(pdfium.FPDFPage_CountObjects(page))
    )
    return any(kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds)


def _arrange(page: Page, runs: list[Run], grids: list[Grid], gutters: Gutters) -> None:
    """Put runs and tables in reading order, column after column."""
    heights = Counter(round(run.height) for run in runs for _ in range(1 + len(run.text) // 8))
    height = float(heights.most_common(1)[0][0]) if heights else 12.0
    things: list[Run | Grid] = [*runs, *grids]
    for group in columns_of(things, max(height, 4.0), gutters):
        tables = sorted((item for item in group if isinstance(item, Grid)), key=lambda grid: grid.top)
        rest = [item for item in group if isinstance(item, Run)]
        ends = (min(item.left for item in group), max(item.right for item in group))
        for grid in tables:
            above = [run for run in rest if (run.top + run.bottom) / 2 <= grid.top]
            rest = [run for run in rest if (run.top + run.bottom) / 2 > grid.top]
            page.items.extend(_in_column(lines_of(above), ends))
            page.items.append(table_of(grid, page.number, page.frame))
        page.items.extend(_in_column(lines_of(rest), ends))


def _in_column(lines: list[Line], ends: tuple[float, float]) -> list[Line]:
    for line in lines:
        line.column = ends
    return lines


def _stacks(runs: list[Run]) -> tuple[list[Run], list[Line]]:
    """Words written downwards, character below character, apart from the other runs."""
    rest: list[Run] = []
    found: list[Line] = []
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs) and _below(runs[end - 1], runs[end]):
            end += 1
        if end - at >= STACK:
            found.append(_downwards(runs[at:end]))
        else:
            rest.extend(runs[at:end])
        at = end
    return rest, found


def _below(upper: Run, lower: Run) -> bool:
    if len(upper.text) > 1 or len(lower.text) > 1 or lower.text.isascii() or upper.text.isascii():
        return False
    step = lower.top - upper.top
    near = abs((upper.left + upper.right) - (lower.left + lower.right)) < 0.4 * upper.height
    return near and 0.5 * upper.height < step < STACK_STEP * upper.height


def _downwards(runs: list[Run]) -> Line:
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    text = "".join(run.text for run in runs)
    edges = [left] * len(text) + [right]
    falls = (*(run.top for run in runs), runs[-1].bottom)
    top, bottom = falls[0], falls[-1]
    return Line(text, edges, top, bottom, runs[0].height, runs[0].first, (left, right), ascends=False, falls=falls)


def _leaning_lines(runs: list[Run]) -> Iterator[Line]:
    """Text that leans, as it follows in the file: the characters of a watermark are runs of their own."""
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs) and runs[end].kind == runs[at].kind and runs[end].first - runs[end - 1].first < STACK + 1:
            end += 1
        group = runs[at:end]
        left, right = min(run.left for run in group), max(run.right for run in group)
        text = "".join(run.text for run in group)
        top, bottom = min(run.top for run in group), max(run.bottom for run in group)
        edges = [left] * len(text) + [right]
        yield Line(text, edges, top, bottom, group[0].height, group[0].first, (left, right), group[0].kind, False)
        at = end
