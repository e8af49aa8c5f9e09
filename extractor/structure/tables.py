"""Tables flattened to text (L43–L47, R38): rows by tabs or pipes; task tables give a clause for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractor import lexicon
from extractor.grammar.roles import label_role
from extractor.model import Span, Table, TableRow
from extractor.structure.clause_nodes import Node, Piece
from extractor.structure.flat_tables import COLUMN_NAME, SECTION, may_be_flat, read_flat, serial_names
from extractor.structure.headings import SHORT, opening, trim
from extractor.text.fold import fold

LEAST_ROWS = 2
"""A single line with a tab is a line with a tab; two alike are a table."""
LEAST_COLUMNS = 2
"""A flattened table has a number and at least one more cell in a row."""
MOST_COLUMNS = 12
"""Cells among which the number of the first row must stand in a flattened table."""
HEADING = 40
"""Characters of a task cell that is a heading; longer ones are text."""

_EDGE = re.compile(r"^[ \t]*[|¦]|[|¦][ \t]*$")
_SEPARATORS = (re.compile(r"\t"), re.compile(r"[|¦]"))
_RULE = re.compile(r"[ \t|¦:+\-=]*")
_LABELLED = re.compile(r"[^\t]{1,6}:\s*\t")  # 组长:<tab>王明 is a roster, not a row
_DIGITS = re.compile(r"\d{1,3}")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_NUMBERED = re.compile(r"[(第]?(?:\d|[①-⑳]|[一二三四五六七八九十]+(?!\w))")


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines that it takes."""

    table: Table
    first: int
    last: int


def find(folded: str, offset: int, lines: Sequence[Span]) -> list[Found]:
    """The tables in the lines of a body."""
    flat = _flat(folded, offset, lines)
    if not flat and "\t" not in folded and "|" not in folded and "¦" not in folded:
        return []
    found: list[Found] = []
    heading: TableRow | None = None  # columns of the last task table
    index = 0
    while index < len(lines):
        if index in flat:
            found.append(flat[index])
            index = flat[index].last + 1
            continue
        rows, last = _rows(folded, offset, lines, index, heading)
        if not rows:
            rows, last = _flattened(folded, offset, lines, index)
        if rows:
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


def _flat(folded: str, offset: int, lines: Sequence[Span]) -> dict[int, Found]:
    """The tables of tasks that stand one cell a line, by their first line (R38)."""
    if not may_be_flat(folded):
        return {}
    texts = [folded[start - offset : end - offset].strip() for start, end in lines]
    printed = [
        (begin := start + len(line) - len(line.lstrip()), begin + len(text))
        for (start, end), text in zip(lines, texts, strict=True)
        for line in (folded[start - offset : end - offset],)
    ]
    found: dict[int, Found] = {}
    last = -1
    for first, text in enumerate(texts):
        for flat in read_flat(texts, first) if first > last and text in serial_names() else ():
            header, *rows = (
                TableRow(
                    cells=tuple(
                        (printed[cell[0]][0], printed[cell[1]][1]) if cell is not None else None for cell in cells
                    ),
                    span=(printed[begin][0], printed[end][1]),
                )
                for cells, begin, end in (
                    (flat.header, flat.header[0][0], flat.header[-1][1]),
                    *((row.cells, row.first, row.last) for row in flat.rows),
                )
            )
            start = header.span[0] if flat.first == first else rows[0].span[0]
            table = Table(span=(start, (rows or [header])[-1].span[1]), header=header, rows=tuple(rows))
            found[flat.first] = Found(table, flat.first, flat.last)
            last = flat.last
    return found


def _rows(
    folded: str, offset: int, lines: Sequence[Span], first: int, heading: TableRow | None
) -> tuple[list[TableRow], int]:
    """The rows that begin at a line, and the last line that they take; [] where there are none.

    One row alone is a table below a heading of as many columns.
    """
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
            if row is None or _is_section(folded, offset, rows, row, heading):
                break
            rows.append(row)
            last = index
            index += 1
        if len(rows) >= LEAST_ROWS or (rows and heading is not None and len(rows[0].cells) == len(heading.cells)):
            return _outdented(rows), last
    return [], first


def _is_section(folded: str, offset: int, rows: Sequence[TableRow], row: TableRow, heading: TableRow | None) -> bool:
    """Whether a row is a heading over all columns of a table of tasks, with rows below it.

    One with a label (一、城市建设) is a clause; another one stands where each row has its number.
    """
    if not _is_alone(row):
        return False
    head = heading if heading is not None else _header(folded, offset, rows)[0] if rows else None
    if head is None or not _of_tasks(folded, offset, head):
        return False
    words = _words_of(folded, offset, row)[0]
    if SECTION.match(folded, row.span[0] - offset):
        return True
    return _words_of(folded, offset, head)[0] in serial_names() and _NUMBERED.match(words) is None


def _is_alone(row: TableRow) -> bool:
    """Whether only the first cell of a row has text."""
    return len(row.cells) > LEAST_COLUMNS and row.cells[0] is not None and not any(row.cells[1:])


def _outdented(rows: list[TableRow]) -> list[TableRow]:
    """The rows without the empty cells that stand before all of them: an indent by tabs is no column."""
    indent = min(next(at for at, cell in enumerate(row.cells) if cell is not None) for row in rows)
    return [TableRow(cells=row.cells[indent:], span=row.span) for row in rows] if indent else rows


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
        left = len(line) - len(line.lstrip(" "))
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
    header, count = _header(folded, offset, rows)
    printed = {_words_of(folded, offset, row) for row in rows[:count]}
    body = [row for row in rows[count:] if _words_of(folded, offset, row) not in printed]  # headers of later pages
    return Table(span=(rows[0].span[0], rows[-1].span[1]), header=header, rows=tuple(body))


def _header(folded: str, offset: int, rows: Sequence[TableRow]) -> tuple[TableRow | None, int]:
    """The names of the columns, and the rows that they take: two where 责任分工 is divided into 牵头 and 配合.

    A title over all columns may stand above them, in a row of its own.
    """
    if len(rows) > LEAST_ROWS and _is_alone(rows[0]) and len(rows[0].cells) == len(rows[1].cells):
        header, count = _header(folded, offset, rows[1:])
        if header is not None and _of_tasks(folded, offset, header):
            return header, count + 1
    words = _words_of(folded, offset, rows[0])
    named = all(word and not _DIGITS.match(word) and len(word) <= 16 for word in words)
    known = any(word in _words("serial_columns") or _is_duty(word) for word in words)
    if not named and not known:
        return None, 0
    below = _words_of(folded, offset, rows[1]) if len(rows) > 1 else ()
    if (
        None in rows[0].cells[1:]
        and len(below) == len(words)
        and any(map(_is_duty, below))
        and all(len(word) <= COLUMN_NAME and not _DIGITS.match(word) for word in below)
        and not (set(words) & set(below) - {""})
    ):
        cells = [lower or upper for upper, lower in zip(rows[0].cells, rows[1].cells, strict=True)]
        return TableRow(cells=tuple(cells), span=(rows[0].span[0], rows[1].span[1])), 2
    return rows[0], 1


def _lone_header(folded: str, offset: int, line: Span) -> TableRow | None:
    """The header of a task table that stands apart from its rows, above a section row (一、…)."""
    for separator in _SEPARATORS:
        row = _row(folded[line[0] - offset : line[1] - offset], line[0], separator)
        if row is not None and len(row.cells) > LEAST_COLUMNS and _of_tasks(folded, offset, row):
            return row
    return None


def _of_tasks(folded: str, offset: int, header: TableRow) -> bool:
    """Whether the columns are those of a table of tasks: what is to be done, and who answers for it."""
    names = [name if len(name) <= COLUMN_NAME else "" for name in _words_of(folded, offset, header)]
    return any(map(_is_duty, names)) and any(map(_is_task, names))


def _words_of(folded: str, offset: int, row: TableRow) -> tuple[str, ...]:
    """The texts of the cells without spaces."""
    return tuple(
        "" if cell is None else "".join(folded[cell[0] - offset : cell[1] - offset].split()) for cell in row.cells
    )


def _is_duty(name: str) -> bool:
    """Whether a column names bodies that answer: 责任单位, 牵头部门, 指导单位."""
    return label_role(name) not in (None, "person", "deadline")


def _is_task(name: str) -> bool:
    return any(part in name for part in _words("task_columns")) and not _is_duty(name)


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(lexicon.load("clauses")[key])


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
    folded = fold(text[slice(*table.header.span)])
    names = _words_of(folded, table.header.span[0], table.header)
    tasks = [at for at, name in enumerate(names) if _is_task(name)]
    if not tasks or not any(map(_is_duty, names)):
        return []
    serial = next((at for at, name in enumerate(names) if name in serial_names()), None)
    # A name over several columns (重点任务) stands over the number and the text of the task.
    over = [at for at in range(tasks[0] + 1, len(names)) if not any(names[tasks[0] + 1 : at + 1])]
    nodes = []
    for place, row in enumerate(table.rows, 1):
        printed = [text[slice(*cell)] if cell is not None else "" for cell in row.cells]
        printed += [""] * (len(names) - len(printed))
        inside = [at for at in over if _NUMBER.fullmatch(printed[at])]
        number = (
            _DIGITS.match(printed[serial if serial is not None else inside[0]])
            if serial is not None or inside
            else None
        )
        value = int(number.group()) if number else place
        node = Node(
            str(value), "row", value, parent.depth + 1 if parent else 0, parent, None, row.span[0], -1, row=row.span
        )
        said = [printed[at] for at in (*reversed(over), *tasks) if printed[at] and at not in inside]
        node.heading = _heading(said[0].replace("\n", "")) if said else None
        nodes.append(node)
    return nodes


def _heading(cell: str) -> str | None:
    """The heading of a task: the first sentence where more follows, else the cell where it is short."""
    begun = opening(fold(cell), article=False, followed=False)
    if begun.form == "sentence":
        return cell[begun.start : begun.start + len(begun.text)] if len(begun.text) <= SHORT else None
    return trim(cell) or None if len(cell) <= HEADING else None
