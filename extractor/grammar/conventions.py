"""Conventions of order (R42–R45): 列第一位的为牵头单位, 下同; 无牵头单位的, 责任单位即为牵头单位."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

_FIRST = re.compile(
    r"(?:(?:责任|牵头)?(?:单位|部门|处室)?中?,?(?:在)?(?:列|排名?|排列|位列|居)?(?:在|于)?)?(?:第一|首)(?:位|个|名|家)?的?(?:者|责任单位|单位|部门|处室)?,?(?:即)?[为是系](?P<what>[^,。;:()\[\]]{0,6}(?:牵头|主办|汇总|总责)[^,。;:()\[\]]{0,10})"
)
_ALL = re.compile(
    r"(?:无|没有|未明确|未列|未标明|未注明)牵头(?:责任)?(?:单位|部门)的?,?(?:其)?(?:各)?责任(?:单位|部门)即?[为是]牵头(?:责任)?(?:单位|部门)"
)
_CORE = re.compile(r"第一[^,。;]{0,10},?即?[为是系]|首[^,。;]{0,10},?即?[为是系]|牵头(?:责任)?(?:单位|部门)的")
"""What every convention holds; it begins with rare words, as the conventions themselves do not."""
_FROM_HERE = re.compile(r"[,;]?下同")


_STANDING = re.compile(
    r"(?:(?P<first>[^。;:\n()]{2,30}(?:\([^()]*\)[^。;:\n()]{0,30}){0,3})均[为由][^。;:\n()]{2,10},)?"
    r"(?P<below>以下(?:[^。;\n]{0,10}?均?[需由](?P<then>[^。;\n]{2,60}?)(?:贯彻|共同|具体|组织)?(?:落实|负责|执行|实施))?"
    r"[^。;\n]{0,80}?不再(?:逐一|一一|重复|另行|单独)?列)(?:出|示|明)?"
)
"""以下均需各县(市、区)人民政府负责,不再列出, or 各县人民政府均为责任单位,以下不再列出."""


class Standing(Struct, frozen=True, gc=False):
    """Words that make bodies answer for all that follows: ``text[start:end]``; offsets count in the text."""

    start: int
    below: int
    """Where 以下 begins."""
    end: int
    bodies: tuple[int, int]
    """Where the bodies stand; empty where they are not told."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A rule of reading that the text states: ``text[start:end]``."""

    start: int
    end: int
    kind: Literal["first-leads", "all-lead"]
    from_here: bool
    """下同: it holds from where it stands; without it, for the whole document."""


def may_state_convention(text: str) -> bool:
    """False where folded ``text`` states no convention; quick to tell.

    >>> may_state_convention("列第一位的为牵头单位"), may_state_convention("市财政局牵头")
    (True, False)
    """
    return ("第一" in text or "首" in text or "牵头" in text) and _CORE.search(text) is not None


def find_standing(text: str) -> Standing | None:
    """The words that make bodies answer for all that follows without being listed again (R45).

    >>> text = "省甲厅负责。以下均需各县(市、区)政府落实,不再列出"
    >>> found = find_standing(text)
    >>> text[found.below : found.end], text[slice(*found.bodies)]
    ('以下均需各县(市、区)政府落实,不再列出', '各县(市、区)政府')
    >>> find_standing("以下简称甲厅,不再重复")
    """
    if "不再" not in text or "以下" not in text:
        return None
    match = _STANDING.search(text)
    if match is None:
        return None
    bodies = match.span("first" if match["first"] else "then") if match["first"] or match["then"] else (0, 0)
    return Standing(match.start(), match.start("below"), match.end(), bodies)


def find_conventions(text: str) -> tuple[Convention, ...]:
    """The conventions that folded ``text`` states.

    >>> [(c.kind, c.from_here) for c in find_conventions("(责任单位:甲处、乙处,排名第一位的为牵头责任单位,下同)")]
    [('first-leads', True)]
    >>> find_conventions("(仅指设备投入,下同)")
    ()
    """
    if not may_state_convention(text):
        return ()
    found: list[Convention] = []
    for pattern, kind in ((_FIRST, "first-leads"), (_ALL, "all-lead")):
        for match in pattern.finditer(text):
            after = _FROM_HERE.match(text, match.end())
            start = match.start() + len(match.group()) - len(match.group().lstrip(","))
            found.append(Convention(start, match.end(), kind, after is not None))  # type: ignore[arg-type]
    return tuple(found)
