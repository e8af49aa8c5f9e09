"""Rows of tables as the components read them: who answers by merged cells (R37), cells of flattened tables (R38)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.model import Basis, Role, Span, Table, TableRow
from extractor.structure.frame import Frame
from extractor.text.fold import View, fold


def cells_of_roles(
    text: str, row: TableRow, columns: Sequence[tuple[int, Role]], above: dict[int, Span]
) -> list[tuple[Span, Role, Basis]]:
    """The cells of a row that name bodies, some of them inherited from the row above in their column.

    Somebody answers for every task, so that an empty 牵头 or 责任 is a merged cell; an empty 配合 is one only where the
    whole row names nobody. A row some of whose text stands in no cell inherits nothing: that text may name them.

    Args:
        text: the reading text.
        row: the row.
        columns: the columns of roles.
        above: the cells that hold in each column so far; it is brought up to date.

    >>> text, above = "1\\t修桥\\t县交通局\\t县财政局\\n2\\t修路\\t\\t", {}
    >>> first = TableRow(cells=((0, 1), (2, 4), (5, 9), (10, 14)), span=(0, 14))
    >>> second = TableRow(cells=((15, 16), (17, 19), None, None), span=(15, 19))
    >>> columns = ((2, "lead"), (3, "support"))
    >>> [[(text[slice(*c)], role, basis) for c, role, basis in cells_of_roles(text, row, columns, above)]
    ...  for row in (first, second)]
    [[('县交通局', 'lead', 'table'), ('县财政局', 'support', 'table')],
     [('县交通局', 'lead', 'inherited'), ('县财政局', 'support', 'inherited')]]
    """
    own = {column: row.cells[column] if column < len(row.cells) else None for column, _ in columns}
    nobody = not any(own.values())
    certain = is_whole(text, row)
    found: list[tuple[Span, Role, Basis]] = []
    for column, role in columns:
        cell = own[column]
        if cell is not None:
            above[column] = cell
            found.append((cell, role, "table"))
        elif role == "support" and not nobody:
            above.pop(column, None)
        elif certain and column in above:
            found.append((above[column], role, "inherited"))
    return found


def is_whole(text: str, row: TableRow) -> bool:
    """Whether all of the text of a row stands in its cells."""
    at = row.span[0]
    for start, end in [*filter(None, row.cells), (row.span[1], row.span[1])]:
        if text[at:start].strip(" \t\n|¦\u3000\xa0"):
            return False
        at = max(at, end)
    return True


def flattened(frame: Frame) -> dict[int, Table]:
    """The tables of a document that stand one cell a line, by the end of their passage (R38)."""
    flat = [table for table in frame.document.tables if "\t" not in frame.text[slice(*table.span)]]
    ends = [passage.span[1] for passage in frame.passages if passage.kind == "table"] if flat else []
    return {ends[at]: table for table in flat if (at := bisect_left(ends, table.span[1])) < len(ends)}


def cell_views(text: str, row: TableRow) -> Iterator[tuple[Span, View]]:
    """The cells of a row that are not empty, and how they read: the lines of a cell run on."""
    for cell in row.cells:
        if cell is not None:
            yield cell, View.unspaced(fold(text[slice(*cell)]).replace("\n", " "), cell[0])
