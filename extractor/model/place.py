"""Where the text stands in its source (出处): page, line, box, paragraph, cell, element."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.span import Span

Number = Annotated[int, Meta(ge=1)]


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Where one run of the text stands; what a format does not have is null."""

    span: Span
    page: Annotated[Number | None, Meta(description="Page, counted from 1.")] = None
    box: Annotated[
        tuple[float, float, float, float] | None,
        Meta(description="Left, top, right, bottom in points from the upper left corner of the page as it is shown."),
    ] = None
    line: Annotated[
        Number | None,
        Meta(description="Line of the file (plain text) or of the page in reading order (PDF), counted from 1."),
    ] = None
    column: Annotated[Number | None, Meta(description="First character in that line, counted from 1.")] = None
    paragraph: Annotated[
        Number | None, Meta(description="Paragraph of a Word file, counted from 1; cells and text boxes count.")
    ] = None
    cell: Annotated[
        tuple[Number, Number, Number] | None,
        Meta(description="Table, row and column, each counted from 1; only tables of data count."),
    ] = None
    element: Annotated[
        str | None, Meta(description="XPath of the element of a web page; of the <br> for a line that follows one.")
    ] = None


class PlacedRun(Place, frozen=True, kw_only=True, gc=False):
    """A run of the text that stands on one line of the source; within it each character can be found."""

    edges: Annotated[
        tuple[float, ...] | None,
        Meta(description="Where each character begins and the last one ends, in points along the axis."),
    ] = None
    axis: Annotated[
        Literal["x", "y"],
        Meta(description="x: the characters stand side by side; y: along the height of the page as it is shown."),
    ] = "x"
