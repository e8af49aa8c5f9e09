"""Where characters of the reading text stand in the source: runs are laid out, and cut to exactly what is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from extractor.errors import PlacesError
from extractor.model import Issue, Place, PlacedRun, Span
from extractor.text.sheet import Sheet


class Fragment(NamedTuple):
    """Characters of the reading text that were written from one line of the source."""

    start: int
    """Offset in the reading text."""
    end: int
    line: int
    """Index of the line."""
    column: int
    """Offset in the line."""


def places(issue: Issue, span: Span) -> tuple[Place, ...]:
    """Where a span stands in its source; see :func:`extractor.places`."""
    start, end = span
    if not issue.places:
        raise PlacesError(
            f"{issue.source.name}: was parsed without places; parse it with places=True (gazette parse --places)"
        )
    if not 0 <= start < end <= len(issue.text):
        raise PlacesError(
            f"{issue.source.name}: span {(start, end)} is no part of a text of {len(issue.text)} characters"
        )
    first = max(0, bisect_right(issue.places, start, key=_start) - 1)
    last = bisect_right(issue.places, end - 1, key=_start)
    met = (part(run, start, end) for run in issue.places[first:last] if run.span[1] > start)
    return tuple(
        Place(
            span=run.span,
            page=run.page,
            box=run.box,
            line=run.line,
            column=run.column,
            paragraph=run.paragraph,
            cell=run.cell,
            element=run.element,
        )
        for run in met
    )


def _start(run: PlacedRun) -> int:
    return run.span[0]


def part(run: PlacedRun, start: int, end: int) -> PlacedRun:
    """The part of a run between two offsets of the text, its box cut to exactly its characters.

    >>> run = PlacedRun(span=(10, 13), page=1, box=(0, 5, 30, 17), edges=(0, 10, 20, 30), line=4, column=1)
    >>> cut = part(run, 11, 12)
    >>> cut.span, cut.box, cut.column
    ((11, 12), (10, 5, 20, 17), 2)
    """
    first, last = run.span
    start, end = max(start, first), min(end, last)
    if (start, end) == run.span:
        return run
    column = None if run.column is None else run.column + start - first
    box, edges = run.box, run.edges
    if edges is not None and box is not None:
        edges = edges[start - first : end - first + 1]
        low, high = sorted((edges[0], edges[-1]))
        box = (low, box[1], high, box[3]) if run.axis == "x" else (box[0], low, box[2], high)
    return replace(run, span=(start, end), column=column, box=box, edges=edges)


def laid_out(fragments: Iterable[Fragment], runs_of: Callable[[int], Sequence[PlacedRun]]) -> Iterator[PlacedRun]:
    """The runs of a reading text.

    Args:
        fragments: what was written, in order.
        runs_of: the runs of each line of the source, their spans counted within the line.
    """
    for start, end, line, column in fragments:
        for run in runs_of(line):
            first, last = max(run.span[0], column), min(run.span[1], column + end - start)
            if first < last:
                cut = part(run, first, last)
                yield replace(cut, span=(first - column + start, last - column + start))


def typed(fragments: Iterable[Fragment], sheet: Sheet) -> tuple[PlacedRun, ...]:
    """The runs of plain text: page, line and column of each.

    >>> typed([Fragment(0, 2, 1, 3)], Sheet(["", "   甲乙"], [1, 2], set(), False))[0].column
    4
    """
    before = [0] * len(sheet.lines)
    """Characters of the same line of the file in front: a form feed cuts a line that editors show as one."""
    for at, (upper, lower) in enumerate(pairwise(sheet.numbers), 1):
        if upper == lower:
            before[at] = before[at - 1] + len(sheet.lines[at - 1]) + 1

    def runs_of(at: int) -> tuple[PlacedRun, ...]:
        span = (0, len(sheet.lines[at]))
        return (PlacedRun(span=span, page=sheet.page(at), line=sheet.numbers[at], column=before[at] + 1),)

    return tuple(laid_out(fragments, runs_of))
