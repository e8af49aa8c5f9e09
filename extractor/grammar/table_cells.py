"""Numbers that stand alone in the cells of a table of targets; their unit stands in the header or in a column (N39)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar.dates import DateMention, read_deadline
from extractor.grammar.quantities import find_quantities
from extractor.grammar.spoken import Quantity
from extractor.model import Comparator

_HEADER = re.compile(r"(?P<name>.*?)(?:\((?P<unit>[^()]{1,8})\))?")
_TARGET = re.compile(
    r"(?:到)?(?P<year>20\d\d年)?底?(?:年度|预期|规划|发展)?"
    r"(?:目标(?:值|数)?|指标值|(?P<noun>计划(?:投资|完成|新增|建设)?)(?:额|数|量)?|任务数|任务量)|(?P<bare>20\d\d年)"
)
_SUBJECT = re.compile("(?:主要|具体)?(?:指标|项目)(?:名称)?|名称|(?:任务|工作)内容")
_UNIT = re.compile("(?:计量)?单位")
_NUMBER = re.compile(
    r"(?P<sign>[≥≤><]?)(?P<before>达到|不低于|不超过|不少于)?(?P<num>\d[\d,]*(?:\.\d+)?)(?P<after>以上|以下|以内|左右)?"
)
_SIGNS: dict[str, Comparator] = {"≥": ">=", "≤": "<=", ">": ">", "<": "<"}


class Column(Struct, frozen=True, gc=False):
    """A column whose numbers are promised."""

    index: int
    unit: str
    """From its header; empty where a column of units gives it."""
    noun: str
    """What it measures of the thing in its row (计划投资); empty where the row says so."""
    due: DateMention | None
    """Offsets into its header."""


class Columns(Struct, frozen=True, gc=False):
    """The columns of a table of targets."""

    subject: int
    unit: int | None
    targets: tuple[Column, ...]


def find_columns(header: Sequence[str], year: int | None) -> Columns | None:
    """The columns of a table of targets by its folded header; None for another table.

    >>> found = find_columns(["序号", "指标", "单位", "2020年", "2025年目标值"], 2021)
    >>> found.subject, found.unit, [(c.index, c.due.date) for c in found.targets]
    (1, 2, [(4, '2025')])
    >>> columns = find_columns(["项目名称", "总投资(万元)", "年度计划投资(万元)"], 2021).targets
    >>> [(column.index, column.unit, column.noun) for column in columns]
    [(2, '万元', '计划投资')]
    """
    subject = next((i for i, name in enumerate(header) if _SUBJECT.fullmatch(name)), None)
    unit = next((i for i, name in enumerate(header) if _UNIT.fullmatch(name)), None)
    targets = tuple([column for i, name in enumerate(header) if (column := _target(i, name, year)) is not None])
    targets = tuple([column for column in targets if column.unit or unit is not None])
    return Columns(subject, unit, targets) if subject is not None and targets else None


def _target(index: int, header: str, year: int | None) -> Column | None:
    said = _HEADER.fullmatch(header)
    target = _TARGET.fullmatch(said["name"]) if said is not None else None
    if said is None or target is None:
        return None
    unit = said["unit"] if said["unit"] and is_unit(said["unit"]) else ""
    of_year = target["year"] or target["bare"]
    if of_year and year is not None and int(of_year[:4]) < year:
        return None  # what was
    return Column(index, unit, target["noun"] or "", read_deadline(header, year) if of_year else None)


def is_unit(words: str) -> bool:
    """Whether a cell or bracket holds nothing but a unit.

    >>> is_unit("亿元"), is_unit("含税"), is_unit("张/千人口")
    (True, False, True)
    """
    read = find_quantities(f"1{words}")
    return len(read) == 1 and read[0].end == 1 + len(words) and read[0].value == 1


def read_number(cell: str, unit: str) -> Quantity | None:
    """The quantity of a folded cell that holds a number without unit; offsets into the cell.

    >>> found = read_number("≥45.5", "%")
    >>> found.op, str(found.value), found.unit, found.start, found.end
    ('>=', '45.5', '%', 1, 5)
    >>> read_number("2025年底", "%"), read_number("12", "甲")
    (None, None)
    """
    match = _NUMBER.fullmatch(cell)
    if match is None or not is_unit(unit):
        return None
    read = find_quantities(f"{match['before'] or ''}{match['num']}{unit}{match['after'] or ''}")
    if len(read) != 1:
        return None
    start, end = match.span("num")
    op = _SIGNS.get(match["sign"], read[0].op)
    return replace(read[0], start=start, end=end, cue_start=0, close=len(cell), op=op)
