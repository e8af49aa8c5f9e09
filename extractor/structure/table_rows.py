"""Rows of tables as the components read them: who answers by merged cells (R37), cells of flattened tables (R38)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from extractor.model import Basis, Document, Role, Span, Table, TableRow
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
            found.append((cell, role, "table" if row.span[0] <= cell[0] else "inherited"))
        elif role == "support" and not nobody:
            above.pop(column, None)
        elif certain and column in above:
            found.append((above[column], role, "inherited"))
    return found


def with_merged(documents: Sequence[Document], text: str, covered: Mapping[int, tuple[int, ...]]) -> Sequence[Document]:
    """Note at the tables of the documents which empty cells a merged cell covers, as the reader of the source saw it.

    Args:
        documents: the documents of the text.
        text: the reading text.
        covered: offset of the line of a row → its columns, from 0, that a cell of a row above covers.
    """
    return (
        [replace(each, tables=tuple(_merged(each.tables, text, covered))) for each in documents]
        if covered
        else documents
    )


def _merged(tables: Sequence[Table], text: str, covered: Mapping[int, tuple[int, ...]]) -> Iterator[Table]:
    for table in tables:
        places = []
        for at, row in enumerate(table.rows):
            begin = text.rfind("\n", 0, row.span[0]) + 1
            end = text.find("\n", begin)
            # An indent by tabs, which is no column of the table, is one of the source.
            indent = text.count("\t", begin, end if end >= 0 else len(text)) + 1 - len(row.cells)
            places += [(at, column - indent) for column in covered.get(begin, ()) if column >= indent]
        yield replace(table, merged=tuple(places)) if places else table


def filled_rows(tables: Sequence[Table]) -> Iterator[tuple[TableRow, ...]]:
    """The rows of each table; a cell that a merged one covers is that one, which stands in a row above (L45).

    >>> head, one, two = (TableRow(cells=cells, span=(0, 9)) for cells in (((0, 2),), ((3, 5),), (None,)))
    >>> table = Table(span=(0, 9), header=head, rows=(one, two, two), merged=((1, 0),))
    >>> [[row.cells for row in rows] for rows in filled_rows([table])]
    [[((3, 5),), ((3, 5),), (None,)]]
    """
    last: TableRow | None = None
    for table in tables:
        if not table.merged:
            last = table.rows[-1] if table.rows else last
            yield table.rows
            continue
        if table.header is not None and table.header.span[0] >= table.span[0]:
            last = None  # it goes on with no table above
        rows: list[TableRow] = []
        merged = set(table.merged)
        for at, row in enumerate(table.rows):
            over = last.cells if last is not None and len(last.cells) == len(row.cells) else (None,) * len(row.cells)
            cells = tuple(
                above if cell is None and (at, column) in merged else cell
                for column, (cell, above) in enumerate(zip(row.cells, over, strict=True))
            )
            last = replace(row, cells=cells) if cells != row.cells else row
            rows.append(last)
        yield tuple(rows)


def held_from_above(tables: Sequence[Table]) -> dict[int, tuple[Span, ...]]:
    """The merged cells that hold for a row and begin in one above it, by where the row begins."""
    return {
        row.span[0]: held
        for table, rows in zip(tables, filled_rows(tables), strict=True)
        for row in (rows if table.merged else ())
        if (held := tuple(cell for cell in row.cells if cell is not None and cell[0] < row.span[0]))
    }


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
