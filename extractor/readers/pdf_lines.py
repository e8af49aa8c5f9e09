"""Printed lines: runs that stand at one height, in one column, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extractor.model.source import RemovedKind
from extractor.readers.pdf_frame import Box
from extractor.readers.pdf_glyphs import DOUBLED, LATIN_SPACE, SMALLER, SPACE, Run

OVERLAP = 0.5
"""Of the lower of two: runs that share so much of their height stand on one line."""
TAB = 3.0
"""Of the height: a gap that parts columns of a list or the two signatures of a letter; it becomes a tab."""
CROSSED = 0.3
"""Of the height: runs that lie over each other by more were printed twice, or one into the gaps of the other."""

RAISED = 0.2
"""Of the height: the foot of a raised mark stands so much higher than that of its line."""
SAME = 0.7
"""Share of the characters of a run that stand in the one that it lies over, where both are one text printed twice."""


@dataclass(slots=True)
class Line:
    """A printed line, in the frame of the page as it is read."""

    text: str
    edges: list[float]
    """Left edge of each character, and the right edge of the last."""
    top: float
    bottom: float
    height: float
    """Height of most of its characters, about the size of the font."""
    first: int
    """Index of its first character in the text page."""
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column that it stands in."""
    kind: RemovedKind | None = None
    ascends: bool = True
    """False where the characters do not follow each other from left to right."""
    falls: tuple[float, ...] = ()
    """Where they stand one below the other: top of each, and the bottom of the last."""
    marks: tuple[tuple[int, int], ...] = ()
    """Small raised numbers and signs: marks of footnotes, exponents."""

    @property
    def left(self) -> float:
        """Left edge."""
        return self.edges[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.edges[-1]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.edges[0], self.top, self.edges[-1], self.bottom


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines that runs of one column stand on, from top to bottom.

    >>> left, right = Run("第一条", [0, 10, 20], 30, 0, 10, 0), Run("总则", [40, 50], 60, 1, 11, 9)
    >>> [line.text for line in lines_of([right, left])]
    ['第一条 总则']
    """
    open_rows: list[list[Run]] = []
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom, run.left)):
        best: list[Run] | None = None
        most = 0.0
        for row in open_rows:
            shared = max(_shared(run, other) for other in (row[0], row[-1]))
            if shared > max(most, OVERLAP) and not _covers(run, row):
                best, most = row, shared
        if best is not None:
            best.append(run)
            if run.height > best[0].height:  # a superscript that came first must not stand for its line
                best[0], best[-1] = best[-1], best[0]
            continue
        open_rows = [row for row in open_rows if row[0].bottom > run.top]
        open_rows.append([run])
        rows.append(open_rows[-1])
    lines = [_line(row) for row in rows]
    lines.sort(key=lambda line: line.top + line.bottom)
    return lines


def _shared(run: Run, other: Run) -> float:
    lower = min(run.bottom - run.top, other.bottom - other.top)
    return (min(run.bottom, other.bottom) - max(run.top, other.top)) / lower if lower > 0 else 0.0


def _covers(run: Run, row: list[Run]) -> bool:
    """True when a run lies over one of a row and says something else: another layer of the page (hidden menus)."""
    for other in row:
        shared = min(run.right, other.right) - max(run.left, other.left)
        if shared > run.height:
            short, long = sorted((run.text, other.text), key=len)
            if sum(char in long for char in short) < SAME * len(short):
                return True
    return False


def _line(row: list[Run]) -> Line:
    row.sort(key=lambda run: run.left)
    if any(right.left < left.right - CROSSED * left.height for left, right in pairwise(row)):
        row = _woven(row)
    main = max(row, key=lambda run: len(run.text))
    chars = row[0].text
    edges = list(row[0].lefts)
    marks = [(0, len(chars))] if _is_mark(row[0], main) else []
    last = row[0]
    for run in row[1:]:
        gap = run.left - last.right
        between = _between(chars[-1], run.text[0], gap / max(main.height, 1.0))
        is_mark = _is_mark(run, main)
        if not between and (is_mark or _is_mark(last, main)) and chars[-1].isdigit() and run.text[0].isdigit():
            between = " "  # 200 with the note 2 before it is not 2200
        if between:
            chars += between
            edges.append(last.right)
        if is_mark:
            marks.append((len(chars), len(chars) + len(run.text)))
        chars += run.text
        edges.extend(run.lefts)
        last = run
    edges.append(last.right)
    high = edges[0]
    for at, edge in enumerate(edges):  # marks that are set back over the one before them
        if edge < high:
            edges[at] = high
        else:
            high = edge
    usual = [run for run in row if SMALLER * run.height <= main.height]  # fonts tell strange heights of some marks
    top, bottom = min(run.top for run in usual), max(run.bottom for run in usual)
    return Line(chars, edges, top, bottom, main.height, min(run.first for run in row), marks=tuple(marks))


_MARK = re.compile(r"\d{1,3}|[①-⑳]|[*＊†]|[\[〔［(（]\d{1,2}[\]〕］)）]")


def _is_mark(run: Run, main: Run) -> bool:
    """True for a small raised number or sign beside the text of a line."""
    if run is main or run.height > SMALLER * main.height or _MARK.fullmatch(run.text) is None:
        return False
    return main.bottom - run.bottom > RAISED * main.height


def _between(left: str, right: str, gap: float) -> str:
    """What a gap (in heights) reads as: a tab, a space or nothing."""
    if gap >= TAB:
        return "\t"
    if left.isspace() or right.isspace():
        return ""
    latin = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return " " if gap > (LATIN_SPACE if latin else SPACE) else ""


def _woven(row: list[Run]) -> list[Run]:
    """Runs that lie over each other, character by character: what is printed twice is taken once (bold)."""
    chars = sorted(
        (
            (left, right, char, run)
            for run in row
            for char, left, right in zip(run.text, run.lefts, [*run.lefts[1:], run.right], strict=True)
            if char != " "
        ),
        key=lambda item: item[:3],
    )
    kept: list[tuple[float, float, str, Run]] = []
    for item in chars:
        left, right, char, _ = item
        if any(char == other[2] and left - other[0] < DOUBLED * (right - left) for other in kept[-3:]):
            continue
        kept.append(item)
    return [Run(char, [left], right, run.top, run.bottom, run.first, run.kind) for left, right, char, run in kept]
