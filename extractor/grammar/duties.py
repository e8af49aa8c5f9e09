"""Statements of responsibility (责任分工): the inside of a role bracket, a labelled line, a table cell (R01–R35).

Labels are found first, then predicates in each comma unit, then the bodies: a comma before 配合单位 divides roles, not
bodies (R02); a comma between bodies changes the scope and keeps the predicate that follows (R14).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar.conventions import find_conventions, find_standing
from extractor.grammar.enumerations import Enumeration, Item, nameable, split_list
from extractor.grammar.roles import (
    LABEL,
    LabelRole,
    find_predicate,
    label_role,
    labels_after_gaps,
    lead_signs,
    role_stems,
)
from extractor.model import Role

_UNIT_END = re.compile(r"[,;。\n(\[{<“《)\]}>”》]")
_OPENING, _CLOSING = "([{<“《", ")]}>”》"
_WITH = re.compile(r",?(?<!市)会同(?!意|县(?:人民政府|政府|委|域|城))|,?商(?=省|市|国家|各)")
_MAY_BE_WITH = re.compile("会同|商")  # quick to look for, as what may begin with a comma is not
_DIVIDED = re.compile(r"职责|分工|职能")
_SHARED = re.compile(r"[市区县州旗](?:人民)?政府$|管委会$|分局$|海关$|税务局$|公司$")
_NOTE = re.compile(r"^(?:下同|以下简称.*|简称.*|等?详见.*|不再.*|以下(?!.{0,8}由).*|其中.*负责|除.*外)$")
_LABELLED_BY_VERB = re.compile(
    r"(?:均|都|同)?[为是](?P<label>(?:牵头|责任|配合|主办|协办|承办|参与)(?:责任)?(?:单位|部门|处室))$"
)
_LABEL_ENDS = ("单位", "部门", "处室")
_DUE_UNIT = re.compile(
    r"(?P<due>(?:到|于|在|至|截至|力争)?(?:\d{4}年|\d{1,2}月|\d{1,2}日|今年|明年|年底|年内|全年|第?[一二三四]季度|[上下]半年)[^、,;由]{0,14}?"
    r"|(?:长期|持续|常态化?|适时|立即|即时)[^、,;由]{0,6})(?:由(?=.{3})|$)"
)


class Part(Struct, frozen=True, gc=False):
    """Bodies that a statement gives one role."""

    role: Role
    items: tuple[Item, ...]
    open_ended: bool
    rule: str
    label: str | None = None


class Statement(Struct, frozen=True, gc=False):
    """What ``text[start:end]`` states; offsets count in ``text``."""

    start: int
    end: int
    parts: tuple[Part, ...] = ()
    deadline: tuple[int, int] | None = None
    labelled: bool = False
    """A label of role stands in it."""
    sure: bool = True
    """Every item can be taken for a body."""


@dataclass(slots=True)
class _Reader:
    text: str
    breaks: Sequence[int]
    parts: list[Part]
    deadline: tuple[int, int] | None = None
    sure: bool = True
    lists: dict[tuple[int, int], Enumeration] = field(default_factory=dict)
    """Lists that have been read: what stands before a predicate is asked for twice."""

    def listed(self, start: int, end: int) -> Enumeration:
        found = self.lists.get((start, end))
        if found is None:
            found = self.lists[start, end] = split_list(self.text, start, end, self.breaks)
        return found

    def add(self, spans: list[tuple[int, int]], role: Role, rule: str, label: str | None) -> bool:
        items: list[Item] = []
        opened = False
        for start, end in spans:
            listed = self.listed(start, end)
            opened = opened or listed.open_ended
            for item in listed.items:
                if nameable(item.text, labelled=label is not None) or _shares_suffix(listed.items, item):
                    comma = bool(items) and start == item.start and start != spans[0][0]
                    items.append(item if item.comma_before == comma else replace(item, comma_before=comma))
                else:
                    self.sure = False
        if not items:
            return False
        part = Part(role, tuple(items), opened, rule, label)
        self.parts += _by_signs(self.text, part) if role == "responsible" else [part]
        return True


def _by_signs(text: str, part: Part) -> list[Part]:
    """Lead and others of a list with ★ at some names; in the order of the text, for prefixes said once (R26)."""
    if _any_sign().search(text, max(part.items[0].start - 2, 0), part.items[-1].end + 2) is None:
        return [part]
    signs = [_sign(text, item) for item in part.items]
    if not any(signs) or (all(signs) and not all(sign in lead_signs()[1] for sign in signs)):
        return [part]
    rows = tuple(zip(part.items, signs, strict=True))
    lead = replace(part, role="lead", rule=f"{part.rule}-sign", items=tuple(item for item, sign in rows if sign))
    rest = replace(part, items=tuple(item for item, sign in rows if not sign))
    ordered = [lead, rest] if signs[0] else [rest, lead]
    return [found for found in ordered if found.items]


@lru_cache(maxsize=1)
def _any_sign() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lead_signs()[0])))


def _sign(text: str, item: Item) -> str:
    """The sign of the lead before or after a name; a doubled one is the bold face of a mark-up language."""
    before, after = text[max(item.start - 2, 0) : item.start], text[item.end : item.end + 2]
    around = ((before[-1:], before), (after[:1], after))
    return next((sign for sign, two in around if sign and sign in lead_signs()[0] and two != 2 * sign), "")


def _shares_suffix(items: list[Item], item: Item) -> bool:
    """南沙、天河区政府: the first name has its suffix from one after it (R71, R72)."""
    after = items[items.index(item) + 1 :]
    return 2 <= len(item.text) <= 5 and any(_SHARED.search(other.text) for other in after[:6])


def read_statement(
    text: str, start: int = 0, end: int | None = None, role: Role | None = None, breaks: Sequence[int] = ()
) -> Statement:
    """Read ``text[start:end]`` as a statement; ``role`` is what bodies without a label or a predicate have.

    >>> said = read_statement("牵头单位:区甲局,配合单位:区乙局、各镇<街道>")
    >>> [(part.role, [item.text for item in part.items]) for part in said.parts]
    [('lead', ['区甲局']), ('support', ['区乙局', '各镇<街道>'])]
    >>> said = read_statement("科技部牵头,发展改革委、财政部等按职责分工负责")
    >>> [(part.role, [item.text for item in part.items], part.open_ended) for part in said.parts]
    [('lead', ['科技部'], False), ('responsible', ['发展改革委', '财政部'], True)]
    """
    end = len(text) if end is None else end
    reader = _Reader(text, breaks, [])
    labels = _labels(text, start, end, breaks)
    first = labels[0][0] if labels else end
    if first > start:
        _read_segment(reader, start, first, role, None)
    ends = [row[0] for row in labels[1:]] + [end]
    for (_, at, kind, label), following in zip(labels, ends, strict=bool(labels)):
        if kind == "deadline":
            reader.deadline = _trim(text, at, following)
        elif kind != "person":
            _read_segment(reader, at, following, kind, label if kind else None)
    labelled = any(kind not in ("deadline", "person") for _, _, kind, _ in labels)
    return Statement(start, end, tuple(_joined(reader.parts)), reader.deadline, labelled, reader.sure)


def has_duty_words(text: str) -> bool:
    """False where nothing in ``text`` can be a label or a predicate of role.

    >>> has_duty_words("以下简称《办法》"), has_duty_words("市财政局牵头")
    (False, True)
    """
    return role_stems().search(text) is not None


def _labels(text: str, start: int, end: int, breaks: Sequence[int]) -> list[tuple[int, int, LabelRole | None, str]]:
    """Labels at depth 0: where each begins, where its list begins, its role, its words."""
    found: list[tuple[int, int, LabelRole | None, str]] = []
    if text.find(":", start, end) < 0:
        return found
    apart = labels_after_gaps(text, start, end, breaks) if breaks else []
    ends = {match.end() for match in apart}
    marked = (match for match in LABEL.finditer(text, start, end) if match.end() not in ends)
    for match in sorted((*marked, *apart), key=lambda match: match.start()) if apart else marked:
        if "(" in text[start : match.start()] and _depth(text, start, match.start()) > 0:
            continue
        label = match["label"]
        kind = label_role(label)
        if kind is not None:
            found.append((match.start(), match.end(), kind, label))
        elif label.endswith(_NO_LIST):  # 适用范围:甲自贸试验区 names no one who answers
            found.append((match.start(), match.end(), "person", label))
        elif not found and match.start() == start:  # 市分工方案:… and other words before the list proper
            found.append((match.start(), match.end(), None, label))
    return found


_NO_LIST = ("范围", "对象", "条件", "依据")


def _depth(text: str, start: int, at: int) -> int:
    piece = text[start:at]
    return sum(piece.count(c) for c in "([{<") - sum(piece.count(c) for c in ")]}>")


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while end > start and text[end - 1] in ",;。、\n":
        end -= 1
    return (start, end) if end > start else None


def _units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Comma units at depth 0."""
    units: list[tuple[int, int]] = []
    depth = 0
    for match in _UNIT_END.finditer(text, start, end):
        mark = match[0]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            units.append((start, match.start()))
            start = match.end()
    units.append((start, end))
    return [unit for unit in units if unit[0] < unit[1]]


def _read_segment(reader: _Reader, start: int, end: int, role: Role | None, label: str | None) -> None:
    """Read the list of one label, or the whole statement where there is none: predicates decide, then the label."""
    pending: list[tuple[int, int]] = []
    rule = "label" if label else "list"
    conventions = find_conventions(reader.text[start:end])
    standing = find_standing(reader.text[start:end])
    below, done = (standing.below + start, standing.end + start) if standing else (end, end)
    for left, right in _units(reader.text, start, end):
        unit = reader.text[left:right]
        if (
            _NOTE.match(unit)
            or below <= left < done
            or (conventions and any(c.start + start < right and c.end + start > left for c in conventions))
        ):
            continue
        due = _DUE_UNIT.match(unit)
        if due is not None and reader.deadline is None:
            reader.deadline = (left, left + due.end("due"))
        if due is not None and due.end() == len(unit):
            continue
        if unit.endswith(_LABEL_ENDS) and (named := _LABELLED_BY_VERB.search(unit)) is not None:
            kind = label_role(named["label"])
            if kind is not None and kind != "person" and kind != "deadline":
                reader.add([*pending, (left, left + named.start())], kind, "predicate", named["label"])
                pending = []
                continue
        predicate = find_predicate(unit)
        if predicate is None or not (pending or reader.listed(left, left + predicate[0]).items):
            pending.append((left, right))
            continue
        at, _, said, adverbs = predicate
        if role is not None and said == "responsible":
            said = role
        _share(reader, [*pending, (left, left + at)], said, bool(_DIVIDED.search(adverbs)), label)
        pending = []
    if pending and any(_with(reader.text, span) for span in pending):
        _share(reader, pending, role or "responsible", False, label)
    elif pending:
        reader.add(pending, role or "responsible", rule, label)
        reader.sure = reader.sure and bool(reader.parts)


def _with(text: str, span: tuple[int, int]) -> re.Match[str] | None:
    return _WITH.search(text, *span) if _MAY_BE_WITH.search(text, *span) is not None else None


def _share(reader: _Reader, spans: list[tuple[int, int]], role: Role, divided: bool, label: str | None) -> None:
    """Give the bodies before a predicate their role; X会同Y: X leads, Y supports (R53)."""
    hit = next(((n, m) for n, span in enumerate(spans) if (m := _with(reader.text, span)) is not None), None)
    if hit is None:
        reader.add(spans, role, "predicate", label)
        return
    number, together = hit
    left, right = spans[number]
    before = [*spans[:number], (left, together.start())] if together.start() > left else spans[:number]
    after = [(together.end(), right), *spans[number + 1 :]]
    if divided:  # 会同各地方按职责分工负责: all answer, each for its share
        reader.add([*before, *after], role, "predicate-together", label)
        return
    if before:
        reader.add(before, "lead" if role == "responsible" else role, "predicate-together", label)
    reader.add(after, "support", "predicate-together", label)


def _joined(parts: list[Part]) -> list[Part]:
    """Parts of the same role and label one after the other are one part."""
    joined: list[Part] = []
    for part in parts:
        if joined and (joined[-1].role, joined[-1].label, joined[-1].rule) == (part.role, part.label, part.rule):
            last = joined[-1]
            joined[-1] = replace(last, items=last.items + part.items, open_ended=last.open_ended or part.open_ended)
        else:
            joined.append(part)
    return joined
