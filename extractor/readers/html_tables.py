"""Tables of a web page: tables of data become grids of cells, tables for layout are only the blocks that they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractor.readers.html_article import Article, is_ruled
from extractor.readers.html_lines import Lines, Node

MIN_ROWS = 2
BARE_ROWS = 3
"""Rows from which a table without borders is one of data; with two it may set two names side by side."""
MAX_CELL_LINES = 40
"""A cell with more lines is a column of a layout."""
MAX_SPAN = 1000
"""Columns that a cell may cover (the HTML standard), and rows here; more is a mistake or an attack."""
MAX_PLACES = 2_000_000
"""Places of one grid; past it a table is only its lines."""
MAX_HEAD = 16
"""Characters of a heading whose lines were broken to fit a narrow column (完成/时限, L45)."""

_SECTIONS = frozenset(("thead", "tbody", "tfoot", "form"))


@dataclass(slots=True)
class Grid:
    """A table of data: rows of indices of nodes, None where a merged cell covers the place or nothing stands."""

    node: int
    rows: list[list[int | None]] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    """Row and column, from 0, of the places that a cell of a row above covers."""


def find_tables(page: Lines, article: Article) -> list[Grid]:
    """The tables of data inside the document, in order; tables in their cells are part of the cells."""
    children: list[list[int]] = [[] for _ in page.nodes]
    for at, node in enumerate(page.nodes):
        if node.parent >= 0:
            children[node.parent].append(at)
    found: list[Grid] = []
    tables = [at for at, node in enumerate(page.nodes) if node.tag == "table" and _inside(node, article)]
    holds = _holding(page, tables)
    covered = -1
    for at in tables:
        node = page.nodes[at]
        if at < covered:
            continue
        rows = [
            [cell for cell in children[row] if page.nodes[cell].tag in ("td", "th")]
            for row in _rows(page, children, at)
        ]
        if at in holds and not is_ruled(node.element):
            continue
        if not _is_data(page, node, rows):
            continue
        grid = _grid(page, at, rows)
        if grid is not None:
            found.append(grid)
            covered = _end(page, at)
    return found


def _inside(node: Node, article: Article) -> bool:
    return article.first <= node.first < node.last <= article.last


def _holding(page: Lines, tables: list[int]) -> set[int]:
    """Tables that hold other tables."""
    known = set(tables)
    found: set[int] = set()
    for at in tables:
        above = page.nodes[at].parent
        while above >= 0 and above not in found:
            if above in known:
                found.add(above)
            above = page.nodes[above].parent
    return found


def _end(page: Lines, table: int) -> int:
    """The first node behind a table and all that it holds."""
    at = table + 1
    last = page.nodes[table].last
    while at < len(page.nodes) and page.nodes[at].first < last:
        at += 1
    return at


def _rows(page: Lines, children: list[list[int]], table: int) -> list[int]:
    rows: list[int] = []
    for at in children[table]:
        if page.nodes[at].tag == "tr":
            rows.append(at)
        elif page.nodes[at].tag in _SECTIONS:
            rows.extend(row for row in children[at] if page.nodes[row].tag == "tr")
    return rows


def _is_data(page: Lines, table: Node, rows: list[list[int]]) -> bool:
    """True for a table with several rows of several cells that has borders or headings, or many rows."""
    if (table.element.get("role") or "") in ("presentation", "none"):
        return False
    several = [row for row in rows if len(row) > 1]
    if len(rows) < MIN_ROWS or len(several) < MIN_ROWS:
        return False
    cells = [page.nodes[cell] for row in rows for cell in row]
    if max(cell.last - cell.first for cell in cells) > MAX_CELL_LINES:
        return False
    filled = sum(cell.last > cell.first for cell in cells)
    if filled < MIN_ROWS + 1:
        return False
    if is_ruled(table.element) or any(cell.tag == "th" for cell in cells):
        return True
    return len(several) >= BARE_ROWS and 2 * filled >= len(cells)


def _grid(page: Lines, table: int, rows: list[list[int]]) -> Grid | None:
    """Every cell at the place where it begins, with the places that it covers kept free (colspan, rowspan)."""
    grid = Grid(table)
    taken: dict[int, int] = {}
    width = places = 0
    for row in rows:
        line: list[int | None] = []
        for cell in row:
            while taken.get(len(line), 0) > 0:
                grid.covered.append((len(grid.rows), len(line)))
                line.append(None)
            across = _span(page.nodes[cell].element, "colspan")
            down = _span(page.nodes[cell].element, "rowspan")
            for column in range(len(line), len(line) + across):
                taken[column] = down
            line.extend([cell, *([None] * (across - 1))])
        grid.covered.extend((len(grid.rows), at) for at, left in taken.items() if at >= len(line) and left > 0)
        width = max(width, len(line), *(column + 1 for column, left in taken.items() if left > 0))
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        grid.rows.append(line)
        places += width
        if places > MAX_PLACES:
            return None
    for line in grid.rows:
        line.extend([None] * (width - len(line)))
    return grid


def _span(element: Any, name: str) -> int:
    text = (element.get(name) or "").strip()
    return max(1, min(int(text), MAX_SPAN)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def broken_headings(page: Lines, grids: list[Grid]) -> list[range]:
    """Lines of headings that were broken to fit a narrow column: each range is one line."""
    found: list[range] = []
    for grid in grids:
        for row, cells in enumerate(grid.rows):
            for at in cells:
                cell = page.nodes[at] if at is not None else None
                if cell is None or cell.last - cell.first < 2:
                    continue
                lines = page.lines[cell.first : cell.last]
                heading = row == 0 or cell.tag == "th"
                upright = all(len(line.text.strip()) == 1 for line in lines)  # 基/础/指/标 down a narrow column
                if (
                    (heading or upright)
                    and sum(len(line.text) for line in lines) <= MAX_HEAD
                    and not any(line.removed for line in lines)
                ):
                    found.append(range(cell.first, cell.last))
    return found
