"""Tables of tasks that a converter has flattened to one cell a line, pipes between them or not (R38, L44).

The header begins with 序号 and the rows count 1, 2, 3, so the rows are known, and inside a row the columns: who answers
is a list of bodies, a 时限 is a date, the rest is what is to be done. An empty or merged cell leaves no line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor import lexicon
from extractor.grammar.roles import label_role

MOST_COLUMNS = 12
"""Columns of a flattened table."""
COLUMN_NAME = 12
"""Characters of the name of a column; longer cells are content."""
MOST_BROKEN = 4
"""Characters of the first line of a name that is broken over two."""
LEAST_ROWS = 2
"""One row with a number may be an item of a list."""
MOST_LINES = 24
"""Lines of a row; more are no row."""
MOST_OF_LAST = 3
"""Lines that the last row may have beyond its columns: no number stands below it."""
MOST_OF_NAME = 24
"""Characters of the name of a body in a cell."""
TERM = 24
"""Characters of a 完成时限."""

_SERIAL = re.compile(r"(\d{1,3})[.、]?")
_FIRST = re.compile(r"(?:序号|编号|\n序) *\n")
SECTION = re.compile(
    r" *(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节部])"
)
"""A heading over all columns of a table."""
_PIPES = ("|", "¦")
_TERM = re.compile(r"\d年|\d月|季度|年底|月底|年内|长期|持续|全年|常年|立即|每[年月季]|前$|底$")
_PARTS = re.compile(r"[、,;:\s()\[\]<>]+")
Kind = Literal["serial", "task", "body", "term", "note"]
Cell = tuple[int, int]
_EMPTY: dict[Kind, int] = {"serial": 9, "task": 6, "body": 2, "term": 2, "note": 0}
"""What it costs to leave a cell of a kind empty."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row; lines of which the columns are not certain stand in no cell."""

    cells: tuple[Cell | None, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table, or the part of one between two headings; a cell is the first and the last of its lines."""

    header: tuple[Cell, ...]
    rows: tuple[FlatRow, ...]
    first: int
    last: int
    """Its lines; those of the header belong to the first part only."""


@cache
def serial_names() -> frozenset[str]:
    """Names of the column with the numbers of the rows."""
    return frozenset(lexicon.load("clauses")["serial_columns"])


def may_be_flat(folded: str) -> bool:
    """Whether a folded text can hold a flattened table: a line says 序号 and no more. Quick, for all that hold none."""
    return ("序号" in folded or "编号" in folded or "\n序" in folded) and _FIRST.search(folded) is not None


def read_flat(lines: Sequence[str], first: int) -> tuple[FlatTable, ...]:
    """The flattened table of tasks whose header begins on a line; () where none does.

    Headings over all columns (一、城市建设) part it; the first part may be the header alone.

    Args:
        lines: folded lines without the spaces around.
        first: the line that says 序号.

    >>> lines = "序号 任务 责任单位 完成时限 1 修桥 县交通局 6月底 2 修路 县住建局 9月底 特此通知。".split()
    >>> (flat,) = read_flat(lines, 0)
    >>> [[lines[cell[0]] for cell in row.cells if cell] for row in flat.rows], flat.last
    ([['1', '修桥', '县交通局', '6月底'], ['2', '修路', '县住建局', '9月底']], 11)
    """
    if lines[first] not in serial_names():
        return ()
    limit = min(len(lines), first + 3 * MOST_COLUMNS)
    one = next((at for at in range(first, limit) if _number(lines[at]) == 1), None)
    if one is None:
        return ()
    begin = _without_headings(lines, first, one)
    header = _header(lines, first, begin)
    kinds = [_kind("".join(lines[a : b + 1])) for a, b in header]
    if kinds.count("serial") != 1 or "body" not in kinds or "task" not in kinds:
        return ()
    names = [lines[at] for at in _filled(lines, first, begin)]
    parts: list[list[FlatRow]] = [[], []] if begin < one else [[]]
    at: int | None = one
    number = 1
    while at is not None:
        following = _next(lines, at, number + 1)
        end = _without_headings(lines, at + 2, following) if following is not None else None
        row = _row(lines, at, end, kinds, names)
        if row is None:
            break
        parts[-1].append(row)
        if following is not None and end != following:
            parts.append([])
            number = _number(lines[following]) or 1
        else:
            number += 1
        at = following
    rows = [row for part in parts for row in part]
    if len(rows) < LEAST_ROWS or not any(
        row.cells[at] for row in rows for at, kind in enumerate(kinds) if kind == "body"
    ):
        return ()
    return tuple(
        FlatTable(
            tuple(header),
            tuple(part),
            part[0].first if at else first,
            part[-1].last if part else header[-1][1],
        )
        for at, part in enumerate(parts)
        if part or not at
    )


def _without_headings(lines: Sequence[str], first: int, end: int) -> int:
    """The line at which what stands before ``end`` ends, headings over all columns aside."""
    filled = _filled(lines, first, end)
    while filled and SECTION.match(lines[filled[-1]]):
        end = filled.pop()
    return end


def _number(line: str) -> int | None:
    match = _SERIAL.fullmatch(line)
    return int(match[1]) if match else None


def _filled(lines: Sequence[str], first: int, end: int) -> list[int]:
    return [at for at in range(first, end) if lines[at] and lines[at] not in _PIPES]


def _header(lines: Sequence[str], first: int, end: int) -> list[Cell]:
    """The names of the columns, some of them broken over two lines; [] where the lines are no names."""
    cells: list[Cell] = []
    for at in _filled(lines, first, end):
        if len(lines[at]) > COLUMN_NAME or "。" in lines[at]:
            return []
        above = "".join(lines[cells[-1][0] : cells[-1][1] + 1]) if cells else ""
        broken = 0 < len(above) <= MOST_BROKEN and not above.endswith(_tails())
        if broken and lines[at] in _tails() and cells[-1][1] == at - 1:
            cells[-1] = (cells[-1][0], at)
        else:
            cells.append((at, at))
    return cells if 2 < len(cells) <= MOST_COLUMNS else []


def _kind(name: str) -> Kind:
    """What stands in the column of a name."""
    role = label_role(name)
    if name in serial_names():
        return "serial"
    if role == "deadline":
        return "term"
    if role == "person":
        return "note"
    if role is not None:
        return "body"
    return "note" if name in lexicon.load("clauses")["notes"] else "task"


def _next(lines: Sequence[str], at: int, number: int) -> int | None:
    """The line that says the number of the next row, or any below a heading: at least two cells stand between."""
    filled = 0
    for index in range(at + 1, min(len(lines), at + 2 * MOST_LINES)):
        found = _number(lines[index]) if filled >= 2 else None
        anew = found is not None and (found == 1 or found > number) and _without_headings(lines, at, index) != index
        if found == number or anew:
            return index
        filled += bool(lines[index]) and lines[index] not in _PIPES
    return None


def _row(
    lines: Sequence[str], at: int, following: int | None, kinds: Sequence[Kind], names: Sequence[str]
) -> FlatRow | None:
    """The row whose number stands on a line; None where its lines do not fit the columns."""
    end = min(len(lines), at + 2 * MOST_LINES) if following is None else following
    groups = _without(names, lines, _groups(lines, at + 1, end))
    most = len(kinds) - 1 + MOST_OF_LAST
    sizes = [len(groups)] if following is not None else range(1, min(len(groups), most) + 1)
    found = [(*way, size) for size in sizes if (way := _align(lines, groups[:size], kinds[1:])) is not None]
    if not found or (following is not None and len(groups) > MOST_LINES):
        return None
    _, cells, size = min(found, key=lambda way: way[0])
    return FlatRow(((at, at), *cells), at, groups[size - 1][1])


def _groups(lines: Sequence[str], first: int, end: int) -> list[Cell]:
    """The cells of a row: what pipes divide, or each line by itself."""
    piped = any(lines[at] in _PIPES for at in range(first, end))
    groups: list[Cell] = []
    for at in _filled(lines, first, end):
        divided = at + 1 == end or lines[at + 1] in _PIPES  # else the text below the table begins here
        if piped and groups and groups[-1][1] == at - 1 and divided:
            groups[-1] = (groups[-1][0], at)
        else:
            groups.append((at, at))
    return groups


def _without(names: Sequence[str], lines: Sequence[str], groups: list[Cell]) -> list[Cell]:
    """The cells without the header that a page prints again."""
    for at in range(len(groups) - len(names) + 1):
        if [lines[group[0]] for group in groups[at : at + len(names)]] == list(names):
            return groups[:at] + groups[at + len(names) :]
    return groups


def _align(lines: Sequence[str], groups: Sequence[Cell], kinds: Sequence[Kind]) -> tuple[int, list[Cell | None]] | None:
    """The cheapest way to give the lines to the columns, in order, and what it costs.

    Columns of bodies between which the lines leave a choice (one list, 牵头 and 配合) are left empty.
    """
    ways = _ways(tuple("".join(lines[a : b + 1]) for a, b in groups), tuple(kinds))
    if not ways:
        return None
    cost, counts = ways[0]
    settled: list[Cell | None] = []
    begin = 0
    for column, count in enumerate(counts):
        same = kinds[column] != "body" or len({(sum(way[:column]), way[column]) for _, way in ways}) == 1
        settled.append((groups[begin][0], groups[begin + count - 1][1]) if count and same else None)
        begin += count
    return cost, settled


def _ways(texts: tuple[str, ...], kinds: tuple[Kind, ...]) -> list[tuple[int, tuple[int, ...]]]:
    """The cheapest ways to give texts to columns: the cost, and how many texts each column takes."""
    table: dict[tuple[int, int], list[tuple[int, tuple[int, ...]]]] = {(len(texts), len(kinds)): [(0, ())]}
    for column in range(len(kinds) - 1, -1, -1):
        for at in range(len(texts), -1, -1):
            found: list[tuple[int, tuple[int, ...]]] = []
            for count in range(len(texts) - at + 1):
                if count and not _fits(texts[at + count - 1], kinds[column]):
                    break
                own = _EMPTY[kinds[column]] if not count else count - 1
                found += [(cost + own, (count, *rest)) for cost, rest in table.get((at + count, column + 1), ())]
            least = min((cost for cost, _ in found), default=0)
            table[at, column] = [way for way in found if way[0] == least][:MOST_COLUMNS]
    return table[0, 0]


def _fits(text: str, kind: Kind) -> bool:
    if kind == "term":
        return len(text) <= TERM and _TERM.search(text) is not None
    if kind == "body":
        return "。" not in text and _is_bodies(text)
    return True


def _is_bodies(text: str) -> bool:
    """Whether a line reads like a list of bodies: most of its parts end like the name of one."""
    parts = [part for part in _PARTS.split(text) if part]
    named = sum(part.endswith(_endings()) for part in parts)
    return bool(parts) and 2 * named >= len(parts) and all(len(part) <= MOST_OF_NAME for part in parts)


@cache
def _tails() -> tuple[str, ...]:
    """Second lines of the name of a column that was too long for it (责任/单位)."""
    return tuple(lexicon.load("clauses")["column_tails"])


@cache
def _endings() -> tuple[str, ...]:
    words = lexicon.load("signers")
    return tuple({*words["bodies"], *words["addressed"], "等"})
