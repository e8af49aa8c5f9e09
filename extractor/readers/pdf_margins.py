"""The margins of each column of text: where its lines begin and end, whatever else is wider on the page.

A page may hold a table, a row of buttons of a printed web page or an address that is wider than its text, marks hang
over the right margin, and a page of short or of indented lines does not show its margins at all. So a margin is where
several lines end in a word, and a column that shows less than others has the margins of one that it fits into.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.readers.pdf_lines import Line

ENOUGH = 3
"""Lines that end at one place: a margin."""
SHARE = 0.1
"""Of the lines of a column that must do so …"""
STRONG = 0.25
"""… and the share that proves it."""
BEYOND = 0.1
"""Share of lines that may be wider; where more are, those that end at one place are short lines that happen to."""
SLACK = 1.0
"""Of the height of a line: full lines end so near to each other."""
FLUSH = 0.5
"""The same for where they begin, and for margins that are the same on two pages."""
INDENTED = 4.5
"""Heights by which all lines of a page may be indented, where each is a paragraph of its own."""
STEP = 4.0
"""Points by which margins are told apart when they are counted."""
MARKS = frozenset("，。、；：！？）》”’〉】〕,.;:!?)")
"""Marks that may hang over the margin or be pressed together before it."""

Margins = tuple[float, float]
"""Left and right."""


class _Column(NamedTuple):
    """The lines of a column, and the margins that they show."""

    lines: list[Line]
    height: float
    left: float
    right: float
    full: int
    """Lines that end at the right margin."""
    strong: bool
    """Whether these are so many that it is beyond doubt."""


def settle_margins(pages: Iterable[Sequence[Line]]) -> None:
    """Give each line the margins of its column; a line that reaches beyond them has those of all that is there.

    Args:
        pages: the lines of each page; their ``column`` tells those of one column from those of another.
    """
    columns: list[_Column] = []
    for page in pages:
        found: dict[Margins, list[Line]] = defaultdict(list)
        for line in page:
            if line.kind is None:
                found[line.column].append(line)
        columns.extend(_column(lines) for lines in found.values())
    known = _known(columns)
    for column in columns:
        left, right = _margins(column, known)
        ends = min(line.left for line in column.lines), max(line.right for line in column.lines)
        for line in column.lines:
            beyond = _word_end(line) > right + SLACK * column.height or line.left < left - FLUSH * column.height
            line.column = ends if beyond else (left, right)


def _known(columns: Iterable[_Column]) -> list[Margins]:
    """The margins that columns show, those first in which most of the text is set."""
    shown: Counter[Margins] = Counter()
    exact: dict[Margins, Margins] = {}
    for column in columns:
        if column.strong:
            about = round(column.left / STEP), round(column.right / STEP)
            shown[about] += round(column.full * (column.right - column.left))
            exact.setdefault(about, (column.left, column.right))
    return [exact[about] for about, _ in shown.most_common()]


def _column(lines: list[Line]) -> _Column:
    running = [line for line in lines if "\t" not in line.text]
    heights = sorted(line.height for line in running or lines)
    height = heights[len(heights) // 2]
    enough = max(ENOUGH, SHARE * len(running))
    lefts = sorted(line.left for line in running)
    left = next((at for at in lefts if _within(lefts, at, at + FLUSH * height) >= enough), None)
    rights = sorted(line.right for line in running if line.text[-1] not in MARKS)
    right = next((at for at in reversed(rights) if _within(rights, at - SLACK * height, at) >= enough), None)
    if right is not None and sum(_word_end(line) > right for line in running) > BEYOND * len(running):
        right = None
    full = 0 if right is None else _within(rights, right - SLACK * height, right)
    return _Column(
        lines,
        height,
        min(line.left for line in lines) if left is None else left,
        max(map(_word_end, lines)) if right is None else right,
        full,
        left is not None and full > 0 and full >= STRONG * len(running),
    )


def _within(places: Sequence[float], low: float, high: float) -> int:
    return bisect_right(places, high) - bisect_left(places, low)


def _word_end(line: Line) -> float:
    """Where a line ends, a mark that may hang over the margin aside."""
    return line.edges[-2] if line.text[-1] in MARKS and len(line.edges) > 2 else line.right


def _margins(column: _Column, known: Sequence[Margins]) -> Margins:
    """The margins of a column: of those that many lines of the file have, the first that it fits into, or its own."""
    slack = FLUSH * column.height
    for left, right in known:
        fits = abs(column.right - right) <= slack if column.strong else column.right <= right + slack
        if fits and -slack <= column.left - left <= INDENTED * column.height:
            return (
                column.left if abs(column.left - left) <= slack else left,
                column.right if column.strong else max(column.right, right),
            )
    return column.left, column.right
