"""Edits of what is promised: values, comparators, units, deadlines, conditions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scripts.quality.mutate_planting import Edit, Replacement
from scripts.quality.mutate_source import Span, Unit
from scripts.quality.rewriting import Json, plain

_NUMBER = r"\d+(?:\.\d+)?"
_PERCENT = frozenset({"%", "‰"})
_SEPARATORS = "，,；;。"


@dataclass(frozen=True)
class Value:
    """A number of a commitment and where it stands."""

    row: Json
    clause: int
    quote: Span
    number: Span
    """The numeral; of a range the upper one."""
    tail: int
    """End of the unit behind it."""
    value: Decimal


def values(unit: Unit) -> list[Value]:
    """Return the commitments whose number stands but once in its quote, before its unit."""
    found = []
    for row in unit.gold.get("commitments") or ():
        clause = unit.clause_of(row)
        if clause is None:
            continue
        within = (unit.clauses[clause].start, unit.clauses[clause].end)
        pieces = unit.find_quote(row["quote"], within)
        place = pieces and _number_in(unit, row, pieces)
        if pieces and place and unit.whole((place[0], place[1])):
            number = (place[0], place[1])
            read = Decimal(plain(unit.text[number[0] : number[1]]))
            found.append(Value(row, clause, (pieces[0][0], pieces[-1][1]), number, place[2], read))
    return found


def _number_in(unit: Unit, row: Json, pieces: list[Span]) -> tuple[int, int, int] | None:
    """The numeral of a commitment and the end of its unit, where there is but one such."""
    wanted = row["value2"] if row.get("value2") is not None else row["value"]
    head = re.escape(plain(row.get("unit") or "").split("/")[0])
    found = []
    for start, end in pieces:
        inside = unit.inside(start, end)
        for match in re.compile(rf"(?<![\d.])({_NUMBER})(?=({head}))").finditer(unit.squeezed, *inside):
            if Decimal(match[1]) == Decimal(str(wanted)) and match.end(1) <= inside[1]:
                number = unit.raw(*match.span(1))
                found.append((*number, unit.raw(match.start(1), match.end(2))[1]))
    return found[0] if len(found) == 1 else None


def other_number(value: Decimal, percent: bool, chance: random.Random) -> Decimal:
    """Return a larger number of the same make; of a percentage near a hundred a smaller one.

    >>> other_number(Decimal("500"), False, random.Random(1)), other_number(Decimal("99"), True, random.Random(1))
    (Decimal('600'), Decimal('97'))
    """
    _, digits, exponent = value.as_tuple()
    places = int(exponent)
    noughts = len(digits) - len("".join(map(str, digits)).rstrip("0")) if places >= 0 else 0
    step = Decimal(1).scaleb(places + noughts) * chance.choice((1, 2, 3))
    changed = value + step
    if percent and changed >= 100:
        changed = value - min(step, Decimal(5))
    return changed if changed > 0 else value + step


def _as_written(unit: Unit, number: Span, new: Decimal) -> str:
    """The new number in the width of the old one."""
    old = unit.text[number[0] : number[1]]
    words = f"{new:f}"
    return words.translate({code: code + 0xFEE0 for code in range(0x2E, 0x3A)}) if old[0] > "9" else words


def raised(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A value becomes another one."""
    for each in values(unit):
        number = plain(unit.text[each.number[0] : each.number[1]])
        new = other_number(Decimal(number), each.row["unit"] in _PERCENT, chance)
        kind = "value-raised" if new > each.value else "value-lowered"
        edit = Replacement(*each.number, _as_written(unit, each.number, new))
        # Which end of a range stands for it is not for us to say.
        compared = (each.value, new) if each.row.get("value2") is None else (None, None)
        yield Edit(kind, each.clause, (edit,), (each.number[0], each.tail), values=compared)


_DEPENDS = re.compile(r"(?:^|[，,；;。])(?:对|为|给|按|经|符合|根据)[^，,；;。]*$|的$")
"""What stands before a part of a sentence that says nothing without it."""


def dropped(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """The last part of a sentence goes, with the only number that it holds."""
    found = values(unit)
    for each in found:
        start, end = each.quote
        while start > 0 and unit.text[start - 1] not in _SEPARATORS:
            start -= 1
        while end < len(unit.text) and unit.text[end] not in _SEPARATORS:
            end += 1
        part = unit.text[start:end]
        clause = unit.clauses[each.clause]
        if (
            start <= clause.label[1]
            or end >= clause.end
            or unit.text[start - 1] not in "，,"
            or unit.text[end] not in "。；;"
        ):
            continue
        if _DEPENDS.search(unit.text[max(clause.start, start - 20) : start - 1]) or re.match(r"由|其|[且并而]", part):
            continue
        lone = len(re.findall(_NUMBER, plain(part))) == 1
        whole = not re.search(r"[\n\t年月日（(《》）)“”]|分别", part)
        if lone and whole and sum(other.quote[0] < end and start < other.quote[1] for other in found) == 1:
            yield Edit(
                "value-dropped",
                each.clause,
                (Replacement(start - 1, end, ""),),
                (start - 1, end),
                values=(each.value, None),
            )


_SOFTENED_BEFORE = (
    (re.compile(r"(?:不低于|不少于|不得低于|不得少于|至少)\s*$"), "力争达到"),
    (re.compile(r"(?<!力争)(?<!争取)(?<!必须)(?:达到|提高到|提高至|提升至)\s*$"), "力争{}"),
    (re.compile(r"(?<!原则上)(?<!一般)不超过\s*$"), "原则上{}"),
    (re.compile(r"(?<!力争)(?<!原则上)控制在\s*$"), "力争{}"),
)
_HARDENED_BEFORE = ((re.compile(r"(?:力争达到|力争实现|争取达到)\s*$"), "确保达到"),)
_LONGEST_COMPARATOR = 6


def comparators(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """What stands before or behind a number makes it firmer or looser."""
    for each in values(unit):
        start = each.number[0]
        head = unit.text[max(each.quote[0], start - _LONGEST_COMPARATOR) : start]
        edit = _comparator_before(head, start, _HARDENED_BEFORE) or _comparator_before(head, start, _SOFTENED_BEFORE)
        kind = "comparator-hardened" if re.search(r"力争|争取", head) else "comparator-softened"
        if edit is not None:
            yield Edit(kind, each.clause, (edit,), (edit.start, each.tail), names=(unit.text[start : each.tail],))
        elif each.row["op"] in (">=", "=") and each.row.get("value2") is None and each.row["kind"] != "benefit":
            yield from _about(unit, each)


def _comparator_before(head: str, end: int, table: tuple[tuple[re.Pattern[str], str], ...]) -> Replacement | None:
    for pattern, new in table:
        if match := pattern.search(head):
            return Replacement(end - len(match.group()), end, new.format(match.group()))
    return None


_COMPARED = re.compile(
    r"不低于|不少于|不得|至少|不超过|超过|突破|控制|以内|最[高长多低]|力争|争取|[不至超前第每约和、到]\s*$"
)


def _about(unit: Unit, each: Value) -> Iterator[Edit]:
    """5个以上, 5个 become 5个左右."""
    text, tail = unit.text, each.tail
    if _COMPARED.search(text[max(0, each.number[0] - _LONGEST_COMPARATOR) : each.number[0]]):
        return
    end = tail + 2 if text[tail : tail + 2] == "以上" else tail
    # 5个左右省级平台 is not how it is written: only at the end of its part.
    if text[end : end + 1] in "，,；;。、":
        edit = Replacement(tail, end, "左右")
        yield Edit(
            "comparator-softened", each.clause, (edit,), (each.number[0], end), names=(text[each.number[0] : tail],)
        )


_UNITS = (
    (re.compile(r"万元"), "元", "value-lowered"),
    (re.compile(r"元/人/月"), "元/人/年", None),
    (re.compile(r"元(?!/)"), "万元", "value-raised"),
    (re.compile(r"个月"), "年", "value-raised"),
    (re.compile(r"个工作日"), "日", None),
    (re.compile(r"公里"), "米", "value-lowered"),
    (re.compile(r"亩"), "公顷", "value-raised"),
    (re.compile(r"小时"), "分钟", "value-lowered"),
    (re.compile(r"吨"), "公斤", "value-lowered"),
)
"""A unit, another one, and what the change is where the number is reckoned in one unit."""


def units_changed(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """Another unit behind the same number."""
    for each in values(unit):
        behind = re.compile(r"\s*").match(unit.text, each.number[1])
        at = behind.end() if behind else each.number[1]
        for pattern, new, also in _UNITS:
            match = pattern.match(unit.text, at)
            if match and each.row.get("value2") is None:
                edit = Replacement(*match.span(), new)
                yield Edit("unit-changed", each.clause, (edit,), (each.number[0], match.end()), also=also)
                break


_YEAR = re.compile(r"(?P<number>20[2-4]\d)\s*年")
_MONTH = re.compile(r"(?<![\d、至到—-])(?P<number>[1-9]|1[0-2])\s*月(?=底|份|末|前|\d)")
_DATED_BEFORE = re.compile(r"(?:较|比|自|从|于|去|上|在|[-—至~～、《（(“])\s*$")


def deadlines(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """The date by which something is due becomes another one."""
    rows = [*(unit.gold.get("milestones") or ()), *(unit.gold.get("commitments") or ())]
    for row in rows:
        clause = unit.clause_of(row) if row.get("deadline") and not row.get("deadline_inherited") else None
        if clause is None:
            continue
        within = (unit.clauses[clause].start, unit.clauses[clause].end)
        pieces = unit.find_quote(row["quote"], within)
        place = pieces and _date_of(unit, row, pieces, within)
        if not place:
            continue
        start, end, old, new = place
        edit = Replacement(start, start + len(str(old)), str(new))
        # What stands behind the month belongs to the date.
        yield Edit("deadline-moved", clause, (edit,), (start, end), values=(str(old), str(new)))


def _date_of(unit: Unit, row: Json, pieces: list[Span], within: Span) -> tuple[int, int, int, int] | None:
    """Where the date of a row stands, in its quote or before it in the sentence, and its number before and after."""
    sentence = max(unit.text.rfind("。", within[0], pieces[0][0]) + 1, within[0])
    areas = [*pieces, (sentence, pieces[0][0])]
    year, _, month = row["deadline"].partition("-")
    for area in areas:
        for pattern, wanted in ((_YEAR, year), (_MONTH, month[:2].lstrip("0"))):
            for match in pattern.finditer(unit.text, *area):
                number = int(match["number"])
                if match["number"] != wanted or _DATED_BEFORE.search(
                    unit.text, max(0, match.start() - 3), match.start()
                ):
                    continue
                if pattern is _YEAR:
                    return match.start("number"), match.end(), number, number + 1
                return match.start("number"), match.end(), number, number - 3 if number > 3 else number + 3
    return None


_GROUPS = re.compile(r"的(?P<who>企业|单位|家庭|项目|人员|主体|机构)(?!和|、|或|及)")
_WIDER = {
    "企业": "企业和个体工商户",
    "单位": "单位和个人",
    "家庭": "家庭和个人",
    "项目": "项目和活动",
    "人员": "人员及其家属",
    "主体": "主体和个人",
    "机构": "机构和个人",
}
_CASE = re.compile(r"(?<=[一-鿿])的，(?=给予|按|可|予以|分别|一次性|每)")
_THRESHOLD = re.compile(rf"(?P<number>{_NUMBER})(?=周岁|岁|亩|人以上|年以上|个月以上|吨|平方米|户以上|万元以上|亿元)")


def conditions(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """For whom or from where on a promise holds becomes wider, narrower or another number."""
    for row in unit.gold.get("commitments") or ():
        clause = unit.clause_of(row) if row.get("scope") else None
        if clause is None:
            continue
        within = (unit.clauses[clause].start, unit.clauses[clause].end)
        span = unit.find(row["scope"], within)
        if span is None:
            continue
        # 的 at the end of a condition stands in the scope or behind it.
        area = (span[0], min(span[1] + 4, within[1]))
        if match := _CASE.search(unit.text, *area):
            edit = Replacement(match.start(), match.start(), "且信用状况良好")
            yield Edit("condition-narrowed", clause, (edit,), (span[0], match.start() + 1))
        elif match := _GROUPS.search(unit.text, *span):
            edit = Replacement(*match.span("who"), _WIDER[match["who"]])
            yield Edit("condition-widened", clause, (edit,), (span[0], match.end()))
        elif match := _THRESHOLD.search(unit.text, *span):
            old = Decimal(match["number"])
            new = other_number(old, False, chance)
            edit = Replacement(*match.span("number"), f"{new:f}")
            yield Edit("condition-changed", clause, (edit,), span, values=(old, new))
