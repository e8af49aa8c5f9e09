"""A、B、C…分别: each number of a list belongs to one member of the list before it (N15, N17)."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from extractor import lexicon
from extractor.grammar.units import alternation

_LINKS = tuple(re.compile(links) for links in ("、", "[、和及]", "[、和及与或]", "、|(?<=[”》])(?=[“《])"))
_MEASURED_END = re.compile(r"(?:率|值|量|额|入|数|费|度|比|重|积|产|限|间|水平|标准)$")
_AMOUNT = re.compile(r"\d[\d.]*(?:[^\d]{0,5}[-至到]\d[\d.]*)?[^\d]*$")
_LEVEL = re.compile("(?:国家|全国|全?省|全?市|全?区|全?县)级?")
_NATIONAL = re.compile("国家级?$")
_RANKED = ("级", "类", "等", "档", "孩")
LONGEST_MEMBER = 5
"""A first member no longer than this can share the noun that stands after the last one (玉米、水稻单产)."""


class Divided(Struct, frozen=True, gc=False):
    """A list with what its members share."""

    described: str
    """What stands before a 的 in front of the list (新认定的 of 新认定的省、市级中心)."""
    head: str
    own: tuple[str, ...]
    tail: str


def divide(words: str, count: int) -> Divided | None:
    """The members of a list of ``count``, and what they share; None where the list has another number of them.

    >>> divide("获得一星、二星、三星的苗圃", 3)
    Divided(described='', head='获得', own=('一星', '二星', '三星'), tail='的苗圃')
    """
    members = next((found for links in _LINKS if len(found := links.split(words)) == count), None)
    if members is None or count < 2 or not all(members):
        return None
    described, of, named = members[0].rpartition("的")
    if of and named and "的" not in "".join(members[1:]):
        rest = divide("、".join([named, *members[1:]]), count)
        return replace(rest, described=f"{described}的") if rest else None
    first, last = members[0], members[-1]
    core, tail = _shared_tail(first, last, members[1:-1])
    head = _shared_head(first, members[1] if count > 2 else core, certain=count > 2)
    return Divided("", head, (first[len(head) :], *members[1:-1], core), tail if tail.strip("的") else "")


def member(words: str, count: int, position: int) -> str | None:
    """The member of a list that a number belongs to, with what all share; None where the list has not ``count``.

    >>> member("获得一星、二星、三星的苗圃", 3, 1), member("玉米、水稻单产", 2, 0), member("省、市、县", 2, 0)
    ('获得…二星…的苗圃', '玉米…单产', None)
    >>> member("新生儿、幼儿患病率", 2, 0), member("机动车、非机动车保有量", 2, 0)
    ('新生儿…患病率', '机动车…保有量')
    >>> member("供气平台、线上供水平台使用率", 2, 0), member("研究室、工作站使用率", 2, 0)
    ('供气平台…使用率', '研究室…使用率')
    >>> member("产值首次突破1亿元、5亿元的企业", 2, 1)
    '产值首次突破…5亿元的企业'
    """
    list_ = divide(words, count)
    if list_ is None:
        return None
    own = list_.own[position]
    left = list_.head + own if position == 0 else f"{list_.head}…{own}" if list_.head else own
    left = f"{list_.described}…{left}" if list_.described and position else list_.described + left
    return f"{left}{list_.tail}" if position == count - 1 or not list_.tail else f"{left}…{list_.tail}"


def _shared_tail(first: str, last: str, middle: list[str]) -> tuple[str, str]:
    """The last member, and the noun after it that belongs to all."""
    level = _LEVEL.match(last) if _LEVEL.fullmatch(first) else None
    if level is not None:
        return level[0], last[level.end() :]  # 省、国家级重点企业
    length = len(first)
    if length < len(last) and last[length - 1] == first[-1] and all(len(word) == length for word in middle):
        return last[:length], last[length:]  # 一级、二级、三级服务
    at = last.find(first[-1]) + 1
    if first[-1] in _RANKED and 1 < at <= LONGEST_MEMBER and all(word[-1] == first[-1] for word in middle):
        return last[:at], last[at:]  # 国家级、省级研究中心
    core, of, noun = last.partition("的")
    if of:
        return core, of + noun
    same = length <= LONGEST_MEMBER and all(len(word) == length for word in middle)
    if same and len(last) > length + 1 and not _MEASURED_END.search(first) and not first[-1].isdigit():
        measured = _measured_noun().search(last)
        if measured and measured.start() > 1 and (measured.start() < length or (length % 2 and not middle)):
            length = measured.start()  # 孕产妇、婴儿死亡率: where members differ in length, the noun is not torn
        elif len(first) > 2 and (alike := last.rfind(first[-2:])) > 0:
            length = alike + 2  # 供气平台、线上供水平台使用率: members that end alike are not torn where one is longer
        return last[:length], last[length:]
    return last, ""


@cache
def _measured_noun() -> re.Pattern[str]:
    words = [word for word in lexicon.load("promises")["indicator_nouns"] if len(word) > 1]
    return re.compile(rf"(?:[\u4e00-\u9fff]{{2}}率|{alternation(words)})$")


def _shared_head(first: str, second: str, *, certain: bool) -> str:
    """What stands before the first member and belongs to all (获得 of 获得一星、二星)."""
    if second[:1].isdigit():
        amount = _AMOUNT.search(first)
        return first[: amount.start()] if amount else ""
    national = _NATIONAL.search(first)
    if national is not None:
        return first[: national.start()]  # 列入国家级、省级、市级项目
    if certain and 0 < len(second) < len(first) and first[-1] == second[-1]:
        return first[: -len(second)]
    return ""
