"""Tables flattened to text (L43–L47, R38): rows by tabs or pipes; task tables give a clause for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractor import lexicon
from extractor.model import Span, Table, TableRow
from extractor.structure.clause_nodes import Node, Piece
from extractor.structure.headings import SHORT, opening, trim
from extractor.text.fold import fold

LEAST_ROWS = 2
"""A single line with a tab is a line with a tab; two alike are a table."""
LEAST_COLUMNS = 2
"""A flattened table has a number and at least one more cell in a row."""
MOST_COLUMNS = 12
"""Cells among which the number of the first row must stand in a flattened table."""
COLUMN_NAME = 12
"""Characters of the name of a column; longer cells are content."""
HEADING = 40
"""Characters of a task cell that is a heading; longer ones are text."""

_EDGE = re.compile(r"^[ \t]*[|¦]|[|¦][ \t]*$")
_SEPARATORS = (re.compile(r"\t"), re.compile(r"[|¦]"))
_RULE = re.compile(r"[ \t|¦:+\-=]*")
_LABELLED = re.compile(r"[^\t]{1,6}:\s*\t")  # 组长:<tab>王明 is a roster, not a row
_DIGITS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines that it takes."""

    table: Table
    first: int
    last: int


def find(folded: str, offset: int, lines: Sequence[Span]) -> list[Found]:
    """The tables in the lines of a body."""
    if "\t" not in folded and "|" not in folded and "¦" not in folded:
        return []
    found: list[Found] = []
    heading: TableRow | None = None  # columns of the last task table
    index = 0
    while index < len(lines):
        rows, last = _rows(folded, offset, lines, index)
        if len(rows) < LEAST_ROWS:
            rows, last = _flattened(folded, offset, lines, index)
        if len(rows) >= LEAST_ROWS:
            table = _table(folded, offset, rows)
            if table.header is not None and _of_tasks(folded, offset, table.header):
                heading = table.header
            elif heading is not None and all(len(row.cells) == len(heading.cells) for row in rows):
                # The table goes on below a section row or on the next page (L48).
                table = Table(span=table.span, header=heading, rows=tuple(rows))
            found.append(Found(table, index, last))
            index = last
        elif (lone := _lone_header(folded, offset, lines[index])) is not None:
            heading = lone
            found.append(Found(Table(span=lone.span, header=lone, rows=()), index, index))
        index += 1
    return found


def _rows(folded: str, offset: int, lines: Sequence[Span], first: int) -> tuple[list[TableRow], int]:
    """The rows that begin at a line, and the last line that they take."""
    for separator in _SEPARATORS:
        rows: list[TableRow] = []
        last = index = first
        while index < len(lines):
            start, end = lines[index]
            line = folded[start - offset : end - offset]
            if not line.strip():
                if not rows:
                    break
                index += 1
                continue
            if _RULE.fullmatch(line.strip("\n")) and "|" in line:
                last = index
                index += 1
                continue
            row = _row(line, start, separator)
            if row is None:
                break
            rows.append(row)
            last = index
            index += 1
        if len(rows) >= LEAST_ROWS:
            return rows, last
    return [], first


def _flattened(folded: str, offset: int, lines: Sequence[Span], first: int) -> tuple[list[TableRow], int]:
    """The rows of a table that stands one cell a line, with lines between them that hold only a pipe (R38, L44).

    The header begins with 序号, so the cell that says 1 begins the first row, and the number of columns is known.
    """
    start, end = lines[first]
    if folded[start - offset : end - offset].strip() not in _words("serial_columns"):
        return [], first
    cells: list[tuple[Span, int]] = []
    numbers: set[str] = set()
    piped = 0
    for index in range(first, len(lines)):
        start, end = lines[index]
        line = folded[start - offset : end - offset]
        tight = line.strip()
        if tight in ("|", "¦"):
            piped = index
        elif len(cells) > MOST_COLUMNS and "1" not in numbers:
            return [], first
        elif tight:
            # Two lines that no pipe divides are the last cell of a row and the first of the next.
            if cells and piped < cells[-1][1] and _DIGITS.fullmatch(tight) is None:
                break
            begin = start + len(line) - len(line.lstrip())
            cells.append(((begin, begin + len(tight)), index))
            if len(cells) <= MOST_COLUMNS + 1:
                numbers.add(tight)
    words = [folded[span[0] - offset : span[1] - offset] for span, _ in cells]
    columns = words.index("1") if "1" in words else 0
    if columns < LEAST_COLUMNS:
        return [], first
    rows: list[TableRow] = []
    for number, at in enumerate(range(0, len(cells) - columns + 1, columns)):
        if number and words[at] != str(number):
            break
        row = tuple(span for span, _ in cells[at : at + columns])
        rows.append(TableRow(cells=row, span=(row[0][0], row[-1][1])))
    taken = cells[len(rows) * columns - 1][1] if rows else first
    return (rows, taken) if len(rows) >= LEAST_ROWS else ([], first)


def _row(line: str, start: int, separator: re.Pattern[str]) -> TableRow | None:
    if separator.pattern == r"\t":
        if _LABELLED.match(line):
            return None
        left = len(line) - len(line.lstrip(" \t"))
    else:
        edge = _EDGE.match(line)
        left = edge.end() if edge is not None else 0
    right = len(line.rstrip(" \n"))
    if separator.pattern != r"\t" and line[:right].endswith(("|", "¦")):
        right -= 1
    cuts = [match.span() for match in separator.finditer(line, left, right)]
    if not cuts:
        return None
    cells: list[Span | None] = []
    at = left
    for a, b in [*cuts, (right, right)]:
        piece = line[at:a]
        tight = piece.strip()
        begin = start + at + len(piece) - len(piece.lstrip())
        cells.append((begin, begin + len(tight)) if tight else None)
        at = b
    if sum(cell is not None for cell in cells) < 1:
        return None
    inner = line[left:right]
    begin = start + left + len(inner) - len(inner.lstrip())
    return TableRow(cells=tuple(cells), span=(begin, begin + len(inner.strip())))


def _table(folded: str, offset: int, rows: list[TableRow]) -> Table:
    head = rows[0]
    words = [_cell(folded, offset, cell) for cell in head.cells]
    named = all(word and not _DIGITS.match(word) and len(word) <= 16 for word in words)
    known = any(word in _words("serial_columns") or _has(word, "duty_columns") for word in words)
    header = head if named or known else None
    body = tuple(rows[1:] if header is not None else rows)
    return Table(span=(rows[0].span[0], rows[-1].span[1]), header=header, rows=body)


def _lone_header(folded: str, offset: int, line: Span) -> TableRow | None:
    """The header of a task table that stands apart from its rows, above a section row (一、…)."""
    for separator in _SEPARATORS:
        row = _row(folded[line[0] - offset : line[1] - offset], line[0], separator)
        if row is not None and len(row.cells) > LEAST_COLUMNS and _of_tasks(folded, offset, row):
            return row
    return None


def _of_tasks(folded: str, offset: int, header: TableRow) -> bool:
    """Whether the columns are those of a table of tasks: what is to be done, and who answers for it."""
    names = [_cell(folded, offset, cell) for cell in header.cells]
    duty = [len(name) <= COLUMN_NAME and _has(name, "duty_columns") for name in names]
    task = [len(name) <= COLUMN_NAME and _has(name, "task_columns") for name in names]
    return any(duty) and any(t and not d for t, d in zip(task, duty, strict=True))


def _cell(folded: str, offset: int, cell: Span | None) -> str:
    return "" if cell is None else folded[cell[0] - offset : cell[1] - offset].replace(" ", "")


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(lexicon.load("clauses")[key])


def _has(word: str, key: str) -> bool:
    return any(part in word for part in _words(key))


def add_rows(text: str, found: Sequence[Found], pieces: Sequence[Piece], nodes: list[Node]) -> list[Node]:
    """Add a node for each row of a task table, under the clause that governs the table."""
    if not found:
        return nodes
    added: list[Node] = []
    for piece in pieces:
        if piece.table is not None:
            added.extend(_row_nodes(text, found[piece.table].table, piece.node))
    return sorted([*nodes, *added], key=lambda node: node.start) if added else nodes


def _row_nodes(text: str, table: Table, parent: Node | None) -> list[Node]:
    if table.header is None:
        return []
    names = [_cell(text, 0, cell) for cell in table.header.cells]
    task = next(
        (i for i, name in enumerate(names) if _has(name, "task_columns") and not _has(name, "duty_columns")), None
    )
    duty = any(_has(name, "duty_columns") for name in names)
    if task is None or not duty:
        return []
    serial = next((i for i, name in enumerate(names) if name in _words("serial_columns")), None)
    nodes = []
    for place, row in enumerate(table.rows, 1):
        cells = row.cells
        number = text[slice(*cells[serial])] if serial is not None and serial < len(cells) and cells[serial] else ""  # type: ignore[misc]
        digits = _DIGITS.match(number.strip())
        value = int(digits.group()) if digits else place
        node = Node(
            str(value), "row", value, parent.depth + 1 if parent else 0, parent, None, row.span[0], -1, row=row.span
        )
        if task < len(cells) and (cell := cells[task]) is not None:
            node.heading = _heading(text[slice(*cell)])
        nodes.append(node)
    return nodes


def _heading(cell: str) -> str | None:
    """The heading of a task: the first sentence where more follows, else the cell where it is short."""
    begun = opening(fold(cell), article=False, followed=False)
    if begun.form == "sentence":
        return cell[begun.start : begun.start + len(begun.text)] if len(begun.text) <= SHORT else None
    return trim(cell) or None if len(cell) <= HEADING else None
