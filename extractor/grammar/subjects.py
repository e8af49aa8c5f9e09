"""The subject of a number that the text says once, with a number or a unit before it (N15, N45)."""

from __future__ import annotations

import re
from functools import cache

from extractor import lexicon
from extractor.grammar import grants
from extractor.grammar.circumstances import Context, skip
from extractor.grammar.comma_units import CommaUnit
from extractor.grammar.whole_words import ending

LONG_SUBJECT = 20
"""A subject without an object after the number is cut to its end when longer."""

LONGEST_PART = 4
"""A head after 其中 this short says only which part of what was counted."""
_WHOLE = re.compile(
    r"(?:\d[\d.]*%(?:以上)?的?|全部|所有|全体)?(?P<whole>[^,\d]{2,24}?)(?:全部|均|都|要)?(?:达到|实现|完成|建成|通过|纳入|进入|开展)"
)
"""A unit that says of a whole what it reaches: 100%基层机构达到基本标准."""

_THRESHOLD = re.compile(r"(?:其中)?[超过达]过?\d[\d.]*[万亿]?元(?:以上)?")
_EXCEPTED = re.compile("(?:除外|例外|不在此限)$")
"""特殊情况另有约定的除外: an exception between a promise and what is added to it."""
_SHARE_NOUN = re.compile("(?:比例|占比|比重)$")
_FOUNDED = re.compile(r"^(?:是指.*的|设立|安排|建立|设置|申请|可向.{2,10}申请|实施)")
_AUXILIARIES = "均|都|达|到|在|要|应|需|可|的|有|共|为"
"""Characters that end a longer word as well (许可, 供应)."""


@cache
def trailing() -> re.Pattern[str]:
    """Auxiliaries, verbs of change and comparators at the end of a subject, which do not belong to it.

    >>> trailing().sub("", "城镇化率应稳定在"), trailing().sub("", "行政许可")
    ('城镇化率', '行政许可')
    """
    return re.compile(
        rf"(?:[比较](?:上年|去年|上一年|20\d\d年)(?:同期|末|底)?|同比|环比|累计|应当|阶段性|进入|达到|分别|控制|稳定|保持|维持|提高|提升|增加|占|至|须|必须|力争|争取|确保|不|不得|总体|基本|实现|将|每年|每月|每季度|每年度|共计|一般|原则上|是|平均|最[高低多少大长]|,|、|:|\(|按|以|了|全部|均要|超|各|延续|不(?:低于|高于|少于|超过)|每(?:亩|人|户|吨|家|台)|{ending(_AUXILIARIES)})+$"
    )


def subject_before(context: Context, index: int, previous: str | None) -> str | None:
    """The subject of a number that stands alone in its unit: what the unit before it says, but not its number again.

    ``previous``: the indicator of the commitment before it in the sentence.
    """
    if index > 1 and _EXCEPTED.search(context.text[: context.sentence.units[index - 1].end][-4:]):
        index -= 1
    if index == 0:
        return None
    unit = context.sentence.units[index - 1]
    start = unit.start + skip(context, unit.start, unit.end)
    text = context.text[start : unit.end]
    found, given = grants.object_before(text)
    noun = trailing().sub("", found) if given else ""
    whom = re.match(r"(?:对|对于|向|为)(?P<who>.{2,60}?)(?:给予|予以|发放)", text)
    if whom is not None and len(noun) <= grants.BARE_GRANT:
        return f"{whom['who']}…{noun}"
    if not noun:
        text = _without_number(context, unit, start, previous) or text
    text = _FOUNDED.sub("", trailing().sub("", text))
    return noun or (text if len(text) <= 2 * LONG_SUBJECT else text.rpartition("的")[2][-LONG_SUBJECT:]) or None


def _without_number(context: Context, unit: CommaUnit, start: int, previous: str | None) -> str:
    """按总额的10%提高额度: what follows the number; 公园数量已达120个: what stands before it; empty for no number."""
    numbers = [q for q in context.quantities if start <= q.start < unit.end]
    if not numbers:
        return ""
    promised = numbers[-1].start in context.promised
    after = context.text[numbers[-1].close : unit.end].lstrip("的")
    if promised and len(after) > len("以上"):
        return after
    if promised and previous:
        return _SHARE_NOUN.sub("", previous)
    past = "已" in context.text[start : numbers[0].start] or any(date.role == "past" for date in context.dates)
    if numbers[-1].close < unit.end or not past:
        return ""
    before = context.text[start : numbers[0].cue_start]
    for date in context.dates:
        before = before.replace(date.text, "")
    return trailing().sub("", before.removesuffix("已"))


def whole_of(context: Context, index: int) -> str:
    """The whole of which 其中70% is a part: the subject of the unit before; empty where it says none."""
    if not index:
        return ""
    before = context.sentence.units[index - 1]
    match = _WHOLE.match(context.text, before.start + skip(context, before.start, before.end), before.end)
    return match["whole"] if match else ""


def subject_of(own: str, previous: str, *, listed: bool, part: bool) -> str:
    """The subject that the indicator of the number before lends to a bare one; empty where it lends none.

    Args:
        own: the words of the number itself.
        previous: the indicator of the number before it in the sentence.
        listed: both stand in one comma unit.
        part: the unit of the number begins with 其中, and it counts the same things.

    >>> subject_of("产量", "粮食播种面积", listed=True, part=False)
    '粮食'
    >>> subject_of("新开工", "项目", listed=False, part=True)
    '项目'
    """
    if _THRESHOLD.fullmatch(own) and (part or listed):  # 项目80个,其中超50亿元15个、超100亿元8个
        head, _, last = previous.rpartition("…")
        return head if _THRESHOLD.fullmatch(last) else previous
    if not listed:
        return previous if part and len(own) <= LONGEST_PART else ""
    words = _said_of_one()
    said = next((word for word in words if previous.endswith(word)), "") if own in words else ""
    return previous[: -len(said)].rstrip("…") if said else ""


@cache
def _said_of_one() -> tuple[str, ...]:
    return tuple(sorted(lexicon.load("promises")["said_of_one"], key=len, reverse=True))
