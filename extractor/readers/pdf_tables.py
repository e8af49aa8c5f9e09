"""Ruled tables of a PDF page: rulings → cells, and which characters stand in which cell.

The page is cut at every ruling into small boxes; boxes with no ruling between them are one cell, which is how a merged
cell looks. Tables without outer borders at the sides are closed where their horizontal rulings end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers.pdf_frame import Box
from extractor.readers.pdf_glyphs import Run
from extractor.readers.pdf_rulings import Edge

SNAP = 3.0
"""Points: rulings nearer to each other are one (double borders, borders of neighbouring cells)."""
REACH = 3.0
"""Points by which a ruling may miss the one that it should meet."""
OPEN_SIDE = 12.0
"""Points by which horizontal rulings reach beyond the last vertical one where a table has no border at the side."""
MAX_ODD = 0.2
"""Share of areas that are no rectangles; drawings have more."""
MIN_FILLED = 2
"""Cells with text; drawings have boxes that are empty."""
LAYOUT_CELLS = 6
"""A table of fewer cells …"""
LAYOUT_RUNS = 60
"""… of which one holds so many runs is the frame of a page and no table."""


@dataclass(slots=True)
class Cell:
    """A cell, and the runs that stand in it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table of one page."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def is_table(self) -> bool:
        """False for frames of pages and boxes around a text."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        if columns < 2 or (rows < 2 and columns < 3) or len(self.cells) < 3:
            return False
        if sum(bool(cell.runs) for cell in self.cells) < MIN_FILLED:
            return False
        full = max(len(cell.runs) for cell in self.cells)
        return len(self.cells) >= LAYOUT_CELLS or full < LAYOUT_RUNS


def tables_of(edges: Sequence[Edge], runs: list[Run]) -> tuple[list[Grid], list[Run]]:
    """The tables of a page with their text, and the runs that stand in none."""
    grids = grids_of(edges)
    if not grids:
        return [], runs
    left: list[Run] = []
    for run in runs:
        middle = (run.top + run.bottom) / 2
        grid = next(
            (g for g in grids if g.top <= middle <= g.bottom and run.right > g.left and run.left < g.right), None
        )
        if grid is None or run.kind is not None:
            left.append(run)
        else:
            left.extend(_place(run, middle, grid))
    tables: list[Grid] = []
    for grid in grids:
        if grid.is_table():
            tables.append(grid)
        else:
            left.extend(run for cell in grid.cells for run in cell.runs)
    return tables, left


def _place(run: Run, middle: float, grid: Grid) -> list[Run]:
    """Put the characters of a run into the cells that they stand in; returns what stands in none."""
    row = [cell for cell in grid.cells if cell.box[1] <= middle <= cell.box[3]]
    for cell in row:
        if cell.box[0] - 1 <= run.left and run.right <= cell.box[2] + 1:
            cell.runs.append(run)
            return []
    rest: list[Run] = []
    start = 0
    current: Cell | None = None
    rights = [*run.lefts[1:], run.right]
    for at, (left, right) in enumerate(zip(run.lefts, rights, strict=True)):
        centre = (left + right) / 2
        here = next((c for c in row if c.box[0] <= centre <= c.box[2]), None)
        if here is not current and at > start:
            _put(run.part(start, at), current, rest)
            start = at
        current = here
    _put(run.part(start, len(run.text)), current, rest)
    return rest


def _put(part: Run | None, cell: Cell | None, rest: list[Run]) -> None:
    if part is not None:
        (rest if cell is None else cell.runs).append(part)


def grids_of(edges: Sequence[Edge]) -> list[Grid]:
    """The grids that rulings form, from top to bottom."""
    flat = _joined([(edge.box[1], edge.box[0], edge.box[2]) for edge in edges if edge.flat])
    steep = _joined([(edge.box[0], edge.box[1], edge.box[3]) for edge in edges if not edge.flat])
    grids = []
    for rows, columns in _connected(flat, steep):
        grid = _grid(rows, columns)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.top, grid.left))


Ruling = tuple[float, float, float]
"""Where it lies across its direction, where it begins and ends along it."""


def _joined(rulings: list[Ruling]) -> list[Ruling]:
    """Rulings on one line joined where they touch; lines nearer than SNAP are one."""
    found: list[Ruling] = []
    rulings.sort()
    at = 0
    while at < len(rulings):
        end = at + 1
        while (
            end < len(rulings)
            and rulings[end][0] - rulings[end - 1][0] <= SNAP / 2
            and (rulings[end][0] - rulings[at][0] <= SNAP)
        ):
            end += 1
        group = rulings[at:end]
        place = sum(ruling[0] for ruling in group) / len(group)
        begin, stop = -1.0, -1.0
        for _, low, high in sorted(group, key=lambda ruling: ruling[1]):
            if stop >= 0 and low <= stop + REACH:
                stop = max(stop, high)
                continue
            if stop >= 0:
                found.append((place, begin, stop))
            begin, stop = low, high
        found.append((place, begin, stop))
        at = end
    return found


def _connected(flat: list[Ruling], steep: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Groups of horizontal and vertical rulings that meet each other."""
    parents = list(range(len(flat) + len(steep)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    met: set[int] = set()
    for i, (y, left, right) in enumerate(flat):
        for j, (x, top, bottom) in enumerate(steep, len(flat)):
            if left - REACH <= x <= right + REACH and top - REACH <= y <= bottom + REACH:
                parents[root(i)] = root(j)
                met.update((i, j))
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i in sorted(met):
        if i < len(flat):
            groups[root(i)][0].append(flat[i])
        else:
            groups[root(i)][1].append(steep[i - len(flat)])
    return groups.values()


def _grid(flat: list[Ruling], steep: list[Ruling]) -> Grid | None:
    ys = sorted({y for y, _, _ in flat})
    xs = sorted({x for x, _, _ in steep})
    if len(ys) < 2:
        return None
    low, high = min(left for _, left, _ in flat), max(right for _, _, right in flat)
    open_left, open_right = not xs or low < xs[0] - OPEN_SIDE, not xs or high > xs[-1] + OPEN_SIDE
    xs = [low] * open_left + xs + [high] * open_right
    if len(xs) < 2:
        return None
    closed_sides = [(low, ys[0], ys[-1])] * open_left + steep + [(high, ys[0], ys[-1])] * open_right
    return _cells(xs, ys, _walls(xs, ys, closed_sides), _walls(ys, xs, flat))


def _walls(across: list[float], along: list[float], rulings: list[Ruling]) -> list[list[bool]]:
    """Whether a ruling stands at each place across, for each step along."""
    at_place: dict[float, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        at_place[ruling[0]].append(ruling)
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    return [[any(low <= m <= high for _, low, high in at_place[place]) for m in middles] for place in across]


def _cells(xs: list[float], ys: list[float], steep: list[list[bool]], flat: list[list[bool]]) -> Grid | None:
    """Join the small boxes that no ruling parts; areas that are open to the outside are no cells."""
    columns, rows = len(xs) - 1, len(ys) - 1
    area = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    odd = closed = 0
    for row in range(rows):
        for column in range(columns):
            if area[row][column] != -1:
                continue
            boxes, is_closed = _flood(row, column, area, steep, flat)
            if not is_closed:
                continue
            closed += 1
            top, bottom = min(r for r, _ in boxes), max(r for r, _ in boxes)
            left, right = min(c for _, c in boxes), max(c for _, c in boxes)
            if len(boxes) != (bottom - top + 1) * (right - left + 1):
                odd += 1
                continue
            box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
            cells.append(Cell(top, left, bottom - top + 1, right - left + 1, box))
    if not cells or odd > MAX_ODD * closed:
        return None
    return Grid(xs, ys, cells)


def _flood(
    row: int, column: int, area: list[list[int]], steep: list[list[bool]], flat: list[list[bool]]
) -> tuple[list[tuple[int, int]], bool]:
    """The boxes that are one area with this one, and whether rulings close it all around."""
    rows, columns = len(area), len(area[0])
    boxes: list[tuple[int, int]] = []
    closed = True
    waiting = [(row, column)]
    area[row][column] = 0
    while waiting:
        r, c = waiting.pop()
        boxes.append((r, c))
        for wall, nr, nc in (
            (steep[c][r], r, c - 1),
            (steep[c + 1][r], r, c + 1),
            (flat[r][c], r - 1, c),
            (flat[r + 1][c], r + 1, c),
        ):
            if wall:
                continue
            if not (0 <= nr < rows and 0 <= nc < columns):
                closed = False
            elif area[nr][nc] == -1:
                area[nr][nc] = 0
                waiting.append((nr, nc))
    return boxes, closed


def near(values: Sequence[float], others: Sequence[float], tolerance: float) -> bool:
    """True when each of the fewer values has one of the others near it.

    >>> near([1, 2], [1.1, 2.05, 7], 0.2)
    True
    """
    few, many = sorted((list(values), list(others)), key=len)
    many.sort()
    for value in few:
        at = bisect_left(many, value)
        if min(abs(value - other) for other in many[max(0, at - 1) : at + 1]) > tolerance:
            return False
    return True
