"""What a reader of a format hands on: the lines of the source, and where each stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.model.source import RemovedKind
from extractor.text.sheet import FieldRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in its source; what a format does not have is None."""

    page: int | None = None
    """Page, counted from 1."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom in points from the upper left corner of the page."""
    edges: Sequence[float] | None = None
    """Where each character of the line begins and the last one ends, in points along the axis."""
    axis: Literal["x", "y"] = "x"
    """y where the characters follow each other along the height of the page as it is shown: a table printed sideways,
    a word written downwards."""
    column: tuple[float, float] | None = None
    """Left and right edge, in points, of the column of text that a printed line stands in: a line that begins further
    right is indented, one that ends short of the right edge ends its paragraph."""
    paragraph: int | None = None
    """Paragraph of a word-processor file, counted from 1 over the body."""
    cell: tuple[int, int, int] | None = None
    """Table, row and column, each counted from 1."""
    element: str | None = None
    """Path of the element in a web page."""
    parts: tuple[tuple[int, Place], ...] = ()
    """For a line put together out of several (the printed lines of a cell): offset in the line, and place."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of the source as the reader sees it, without its line end."""

    text: str
    place: Place
    removed: RemovedKind | None = None
    """Set where the reader knows that the line is no part of the reading text: site chrome, running head …"""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of the source: rows of cells, each cell the range of its lines (first, last exclusive)."""

    rows: tuple[tuple[tuple[int, int] | None, ...], ...]
    """A merged cell stands where it begins; the places that it covers are None."""
    covered: tuple[tuple[int, int], ...] = ()
    """Row and column, from 0, of the places that a cell covers which begins in a row above."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A source as lines in reading order."""

    media_type: str
    lines: tuple[RawLine, ...]
    whole: bool
    """Every line is a whole paragraph or cell (HTML, DOCX), nothing is to be joined; False for printed lines (PDF)."""
    encoding: str | None = None
    pages: int | None = None
    tables: tuple[RawTable, ...] = ()
    pictures: tuple[int, ...] = ()
    """Pages that hold a picture and no text but a page number or a stamp: what stands on them is not in the lines."""
    fields: tuple[FieldRow, ...] = ()
    """Rows of the metadata boxes (索引号, 发文字号, 成文日期); each points into ``lines``."""
