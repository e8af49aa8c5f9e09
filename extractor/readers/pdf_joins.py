"""Tables that go over pages: repeated headings out, rows and cells that a page break cut put together (L46, L48)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.readers.pdf_cells import Block, block_of
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_lines import lines_of
from extractor.readers.pdf_tables import Grid, near

SAME_COLUMN = 6.0
"""Points by which a column may stand elsewhere on the next page, margins of left and right pages aside."""
MAX_HEADING = 3
"""Rows of a heading that is repeated."""
FILLED = 3
"""One cell in so many has text in a row of a heading; less is the rest of a cell that the page break cut."""


_FIGURE = re.compile(r"[\d.,%]*\d[\d.,%]*")


@dataclass(slots=True)
class Table:
    """A table, over as many pages as it stands on."""

    columns: list[float]
    """Borders between columns, from the left border on."""
    rows: list[list[Block | None]]
    """None where a merged cell covers a place."""
    page: int
    """Its last page so far."""
    turn: int
    top: list[list[str]]
    """Texts of the first rows of its last page: what stands there again on the next page is a heading."""
    repeated: list[Block] = field(default_factory=list)
    """Cells of headings that were printed again."""


def table_of(grid: Grid, page: int, frame: Frame) -> Table:
    """The table of a grid on one page."""
    rows: list[list[Block | None]] = [[None] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for cell in grid.cells:
        lines = lines_of(cell.runs)
        rows[cell.row][cell.column] = block_of(lines, cell.box, page, frame, heading=cell.row == 0)
    kept = [any(block is not None for block in row) for row in rows]
    for cell in grid.cells:
        block = rows[cell.row][cell.column]
        if block is not None:
            block.down = sum(kept[cell.row : cell.row + cell.rows])
    rows = [row for row, holds in zip(rows, kept, strict=True) if holds]
    return Table([x - grid.xs[0] for x in grid.xs], rows, page, frame.turn, [_texts(row) for row in rows[:MAX_HEADING]])


def go_on(table: Table, other: Table) -> bool:
    """Add the table of the next page where it is the same one; returns whether it was."""
    if other.page != table.page + 1 or other.turn != table.turn:
        return False
    if abs(table.columns[-1] - other.columns[-1]) > SAME_COLUMN or not near(table.columns, other.columns, SAME_COLUMN):
        return False
    if len(other.columns) > len(table.columns):
        _spread(table, other.columns)
    elif len(other.columns) < len(table.columns):
        _spread(other, table.columns)
    heading = _repeated(table, other)
    table.repeated.extend(block for row in other.rows[:heading] for block in row if block is not None and block.text)
    rows = other.rows[heading:]
    if rows and table.rows:
        rows = _continue(table.rows, rows)
    table.rows.extend(rows)
    table.page, table.top = other.page, other.top
    return True


def _spread(table: Table, columns: list[float]) -> None:
    """Give a table the finer columns of another."""
    places = [min(range(len(columns)), key=lambda at: abs(columns[at] - x)) for x in table.columns[:-1]]
    for at, row in enumerate(table.rows):
        wide: list[Block | None] = [None] * (len(columns) - 1)
        for place, block in zip(places, row, strict=True):
            if block is not None:
                wide[place] = block
        table.rows[at] = wide
    table.columns = list(columns)


def _repeated(table: Table, other: Table) -> int:
    """How many rows at the top are the heading again."""
    count = 0
    for mine, theirs in zip(table.top, other.top, strict=False):
        if mine != theirs or FILLED * sum(map(bool, mine)) < len(mine):
            break
        count += 1
    return count


def _texts(row: list[Block | None]) -> list[str]:
    return [block.text for block in row if block is not None]


def _continue(above: list[list[Block | None]], rows: list[list[Block | None]]) -> list[list[Block | None]]:
    """Let cells that the page break cut go on; returns the rows that are new."""
    first = rows[0]
    last = above[-1]
    key = next((at for at, block in enumerate(last) if block is not None and block.text), None)
    if key is None:
        return rows
    mine = first[key]
    same_row = (
        mine is not None
        and not mine.text
        and any(block is not None and block.text for block in first)
        and not any(_is_figure(upper) and _is_figure(lower) for upper, lower in zip(last, first, strict=True))
    )
    grown: list[tuple[Block, int]] = []
    for column, block in enumerate(first):
        if block is None:
            continue
        if not same_row and (block.text or (column >= key and not _is_merged(above, column))):
            continue
        upper = _open_cell(above, column)
        if upper is None:
            continue
        upper.go_on(block)
        grown.append((upper, block.down))
        first[column] = None
    lost = same_row and all(block is None for block in first)
    for upper, down in grown:
        upper.down += down - lost
    return rows[1:] if lost else rows


def _is_figure(block: Block | None) -> bool:
    """True for a cell that is a figure: no page break parts one, two of them in a column are of two rows."""
    return block is not None and _FIGURE.fullmatch(block.text) is not None


def _is_merged(rows: list[list[Block | None]], column: int) -> bool:
    """True for a cell of several rows that reaches down to the page break: an empty one below it goes on with it."""
    first = next((at for at in range(len(rows) - 1, -1, -1) if rows[at][column] is not None), None)
    block = rows[first][column] if first is not None else None
    return first is not None and block is not None and 1 < block.down >= len(rows) - first


def _open_cell(rows: list[list[Block | None]], column: int) -> Block | None:
    """The cell that reaches down to the page break in a column."""
    for row in reversed(rows):
        block = row[column]
        if block is not None:
            return block
    return None
