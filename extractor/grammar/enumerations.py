"""Lists of bodies (单位列举): where one ends and the next begins, in folded text without spaces (R14–R22, R66–R72).

A separator divides only outside brackets and quotes; 和 and 及 divide only bodies that stand by themselves (R68); level
words joined by 、 are one phrase (各市(县)、区政府); 等 opens the list and belongs to no name (R20, R21).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct, field

from extractor import lexicon
from extractor.bodies.shape import is_category, is_group, stands, strip_plate

MAX_NAME = 48
"""Longest name of a body that an unlabelled list may hold; longer ones are prose."""
_MARK = re.compile(r"[、,;/\n。(\[{<“‘《)\]}>”’》]")
_OPENING, _CLOSING = "([{<“‘《", ")]}>”’》"
_ANY_OPENING = re.compile(r"[(\[{<“《]")
_JOINT = re.compile("[等和及与并]")
_ETC = re.compile(r"(?<![高中初同平对均优])等(?!级|次|额|效|教|校|院|待|量|同|于|候|保|离)等?")
_SORT = re.compile(r"(?:单位|部门)(?=[^及和与、])")
"""A category noun after 等 with which no name begins: 等单位探索…."""
_AND = re.compile(r"以及|和|及(?!时|格)|与|并(?=各)")
_HEAD = re.compile(
    r"(?:\d[^、,;由]{1,14}|(?:以[上下]|上述|下列)[^、,;由]{0,8})?(?:具体|全部)?由(?=.{2})|以及|并|其中|包括|主要是|及|[:.·*★▲●△]+"
)
_HEADS = frozenset("0123456789具全由以上下并其包主及:.·*★▲●△")
"""The characters with which such a head begins."""
_REMARK = re.compile(r"(?<=.)[(\[][^()\[\]:]{2,8}:[^()\[\]]*[)\]]$")
"""县商务局(适用范围:甲自贸试验区): what is said of a body, no part of its name."""
_BY = re.compile(r"[^、,;()由]{2,24}(?<![自理缘])由(?=.{2})")
"""For whom or what a body answers, before it: no part of its name."""
_ADVERB = re.compile(r"(?:按照?|依据?|根据)(?:各自)?(?:工作)?职[责能](?:任务)?(?:分工)?$")
_ADVERB_ENDS = frozenset("责能务工")
_LEVEL = re.compile(
    r"(?:各|有关|相关|各有关|各相关|所在|属地|辖区)?(?:地级以上|县级以上|省辖|设区的?|地级|县级)?(?:[市州县区旗盟省镇乡]|街道|地区|自治区|直辖市|自治[州县旗]|县级市|\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>){1,6}"
)
_LEVEL_WITH_BODY = re.compile(
    _LEVEL.pattern
    + r"级?(?:人民政府|政府|管委会|党委|党委政府|人民法院|法院|相关部门|有关部门|办事处|新区)?"
    + r"(?:\([^()]*\)|<[^<>]*>)?"
)
_SEVERAL_LEVELS = re.compile(r"[市州县区旗][(\[<]")
_SEVERAL_LEVELS_BODY = re.compile(
    r"[市州县区旗](?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)区?[^、,;()等和及与]{0,12}(?:\([^()]*\))?"
)
"""县(市、区)市场监管局(知识产权局): the bodies of one name at several levels."""
_PREFIXED = re.compile(r"省|市|区|县|州|各|国家|中央|团|自治区")
_PROSE = re.compile(
    r"[需均已将被使是]|(?<!其)他们|不再|以下|详见|下同|通过|的(?!.*(?:部门|单位|机构|政府|企业|委员会)$)|\d{4}年|参照|以上(?!地|市|各|人)|同时|要求|情况|应(?![急用对])|会议精神|可(?![可])"
)


class Item(Struct, frozen=True, gc=False):
    """One enumerated body: ``text[start:end]`` is the mention."""

    start: int
    end: int
    text: str
    comma_before: bool = False
    """A comma stands before it where 、 does elsewhere in the list (R22)."""


class Enumeration(Struct, gc=False):
    """The bodies of a list in their order."""

    items: list[Item] = field(default_factory=list)
    open_ended: bool = False


def split_list(text: str, start: int = 0, end: int | None = None, breaks: Sequence[int] = ()) -> Enumeration:
    """The bodies that ``text[start:end]`` lists; ``breaks`` are offsets before which the source has a space.

    >>> found = split_list("市医保局、市人力资源和社会保障局等,各市(县)、区政府、甲州经开区管委会")
    >>> [item.text for item in found.items], found.open_ended
    (['市医保局', '市人力资源和社会保障局', '各市(县)、区政府', '甲州经开区管委会'], True)
    """
    end = len(text) if end is None else end
    if breaks and bisect_left(breaks, end) > bisect_right(breaks, start):
        return _split(text, start, end, breaks)
    found = _split_alone(text[start:end])
    items = [Item(item.start + start, item.end + start, item.text, item.comma_before) for item in found.items]
    return Enumeration(items, found.open_ended)


@lru_cache(maxsize=1024)
def _split_alone(text: str) -> Enumeration:
    """The same bodies answer for clause after clause: their list is read once."""
    return _split(text, 0, len(text), ())


def _split(text: str, start: int, end: int, breaks: Sequence[int]) -> Enumeration:
    found = Enumeration()
    chunks = _merge_levels(text, _chunks(text, start, end, breaks))
    for left, right, mark in chunks:
        _read_chunk(text, left, right, mark == ",", found)
    return found


def _chunks(text: str, start: int, end: int, breaks: Sequence[int]) -> list[tuple[int, int, str]]:
    """Pieces between separators at depth 0, each with the separator before it."""
    pieces: list[tuple[int, int, str]] = []
    depth = 0
    left, before = start, ""
    for match in _MARK.finditer(text, start, end):
        mark = match[0]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            at = match.start()
            if at > left:
                pieces.append((left, at, before))
            left, before = at + 1, mark
    if end > left:
        pieces.append((left, end, before))
    return [part for piece in pieces for part in _break_up(text, piece, breaks)] if breaks else pieces


def _break_up(text: str, piece: tuple[int, int, str], breaks: Sequence[int]) -> list[tuple[int, int, str]]:
    """Divide a piece at a space between two whole names (R22); a space inside a name divides nothing (R66)."""
    left, right, mark = piece
    parts: list[tuple[int, int, str]] = []
    for at in breaks[bisect_right(breaks, left) : bisect_left(breaks, right)]:
        if stands(text[left:at]) and _PREFIXED.match(text, at) and (stands(text[at:right]) or is_group(text[at:right])):
            parts.append((left, at, mark))
            left, mark = at, " "
    return [*parts, (left, right, mark)]


def _merge_levels(text: str, chunks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join what 、 divides inside one phrase for several levels: 各市(县)、区政府 (R04b, R36, R72)."""
    merged: list[tuple[int, int, str]] = []
    for left, right, mark in chunks:
        if merged and mark in "、/" and mark:
            before = text[merged[-1][0] : merged[-1][1]]
            here = text[left:right]
            last = _AND.split(before.rpartition("、")[2])[-1]  # 省财政厅和各市、县[区]政府: two bodies
            if _LEVEL.fullmatch(last) and not here.startswith(("各", "有关", "相关")):
                tail = (
                    _LEVEL_WITH_BODY.match(here)
                    if not _SEVERAL_LEVELS.match(here)
                    else _SEVERAL_LEVELS_BODY.match(here)
                )
                if tail is not None and _ends_name(here, tail.end()):
                    merged[-1] = (merged[-1][0], right, merged[-1][2])
                    continue
            if here in ("单位", "机构", "部门") and is_group(before):  # 市直有关部门、单位
                merged[-1] = (merged[-1][0], right, merged[-1][2])
                continue
        merged.append((left, right, mark))
    return merged


def _ends_name(text: str, at: int) -> bool:
    return at == len(text) or text.startswith(("等", "和", "及", "与", "以及"), at)


def _read_chunk(text: str, left: int, right: int, comma: bool, found: Enumeration) -> None:
    if _JOINT.search(text, left, right) is None:
        _add(text, left, right, comma, found)
        return
    etc = next((m for m in _ETC.finditer(text, left, right) if not _inside(text, left, m.start())), None)
    if etc is None or etc.start() == left:
        if etc is not None:
            found.open_ended = True
            left = etc.end()
        for start, end in _divide(text, left, right):
            _add(text, start, end, comma, found)
        return
    found.open_ended = True
    for start, end in _divide(text, left, etc.start()):
        _add(text, start, end, comma, found)
    for start, end in _divide(text, etc.end(), right):
        if _SORT.match(text, start, end) is not None:
            continue
        if not is_category(text[start:end].lstrip("和及与以")):
            _add(text, start, end, False, found)


def _inside(text: str, left: int, at: int) -> bool:
    if _ANY_OPENING.search(text, left, at) is None:
        return False
    piece = text[left:at]
    return sum(piece.count(c) for c in "([{<“《") > sum(piece.count(c) for c in ")]}>”》")


def _divide(text: str, left: int, right: int) -> list[tuple[int, int]]:
    """Divide at 和, 及, 与 where both sides stand by themselves (R68)."""
    parts: list[tuple[int, int]] = []
    for match in _AND.finditer(text, left, right):
        if match.start() < left or _inside(text, left, match.start()) or _place_after_and().match(text, match.end()):
            continue
        if match.start() == left:
            left = match.end()
            continue
        if _whole(text[left : match.start()]) and _whole(_ETC.split(text[match.end() : right], 1)[0], right=True):
            parts.append((left, match.start()))
            left = match.end()
    if left < right:
        parts.append((left, right))
    return parts


@lru_cache(maxsize=1)
def _place_after_and() -> re.Pattern[str]:
    """The rest of a place whose name begins with 和, as 和平区 does."""
    return re.compile("|".join(lexicon.load("places")["after_and"]))


def _whole(name: str, right: bool = False) -> bool:
    """A side of 和 that stands by itself; 部门和单位 is one phrase, 园区和示范区管委会 too."""
    if right and (is_category(name) and not is_group(name)):
        return False
    if name.startswith("各") and len(name) >= 2 and not right:
        return stands(name) or _LEVEL.fullmatch(name) is not None
    if right and _AND.search(name) and not stands(name):
        return False
    if not right and name.endswith("区") and not name.startswith("各"):  # 园区和示范区管委会 is one
        return False
    return stands(name) or (right and name.startswith("各"))


def _add(text: str, start: int, end: int, comma: bool, found: Enumeration) -> None:
    while start < end and text[start] in _HEADS and (head := _HEAD.match(text, start, end)):
        if stands(text[start:end]) and head.group() in ("及", "并"):
            break
        start = head.end()
    by = _BY.match(text, start, end) if text.find("由", start + 1, end) > 0 else None
    if by is not None and stands(text[by.end() : end]) and not stands(text[start : by.end() - 1]):
        start = by.end()  # 没有工作单位的考生由乡镇政府负责
    while start < end and (text[start] in "、,;.:" or (text[start] == "和" and _loose_and(text, start, end))):
        start += 1
    while end > start and text[end - 1] in "、,;.:|。*★▲●△":
        end -= 1
    if end > start and text[end - 1] in ")]}>":
        remark = _REMARK.search(text, start, end)
        end = _drop_unopened(text, start, end) if remark is None else remark.start()
    if text[end - 1 : end] in _ADVERB_ENDS and (adverb := _ADVERB.search(text, start, end)) is not None:
        end = adverb.start()
    if end > start:
        found.items.append(Item(start, end, text[start:end], comma))


def _loose_and(text: str, start: int, end: int) -> bool:
    """和 before a name that stands without it: 等和各市人民政府."""
    if end - start < 3 or _place_after_and().match(text, start + 1):
        return False
    return stands(text[start + 1 : end])


def _drop_unopened(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ")]}>":
        piece = text[start:end]
        if sum(piece.count(c) for c in "([{<") >= sum(piece.count(c) for c in ")]}>"):
            break
        end -= 1
    return end


@lru_cache(maxsize=4096)
def nameable(name: str, labelled: bool = False) -> bool:
    """True where an item can be taken for a body; a label before the list makes it easier.

    >>> nameable("市财政局"), nameable("双方"), nameable("产业集团"), nameable("以下政策均需落实", labelled=True)
    (True, False, True, False)
    """
    core = strip_plate(name)
    if len(core) < 2 or len(name) > MAX_NAME or not _HAN.search(name):
        return False
    if stands(name) or is_group(name) or _LEVEL.fullmatch(name):
        return not (_PROSE.search(core) and not labelled) and (labelled or not _VERBAL.match(core))
    return labelled and len(core) <= 20 and not _PROSE.search(core) and not _NUMBER.search(core)


_HAN = re.compile(r"[\u4e00-\u9fff]")
_VERBAL = re.compile(
    r"(?:完善|加强|推进(?!办|中心|组|工作)|落实|根据|按照|开展|加快|建设(?!局|厅|委|部|处|管|集团|银行|投资|公司)|支持(?!中心)|引导|鼓励|不含|包括|不(?!动产)|对|指导(?!处|站|中心)|充分|发挥|确定|协助|依托|委托|聘请|组织(?!部|处|协调))"
)
_NUMBER = re.compile(r"\d{2,}|%")
