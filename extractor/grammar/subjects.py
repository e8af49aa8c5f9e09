"""The subject of a number that the text says once, with a number or a unit before it (N15, N45)."""

from __future__ import annotations

import re
from functools import cache

from extractor import lexicon
from extractor.grammar.circumstances import Context, skip

LONGEST_PART = 4
"""A head after 其中 this short says only which part of what was counted."""
_WHOLE = re.compile(
    r"(?:\d[\d.]*%(?:以上)?的?|全部|所有|全体)?(?P<whole>[^,\d]{2,24}?)(?:全部|均|都|要)?(?:达到|实现|完成|建成|通过|纳入|进入|开展)"
)
"""A unit that says of a whole what it reaches: 100%基层机构达到基本标准."""


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
    if not listed:
        return previous if part and len(own) <= LONGEST_PART else ""
    words = _said_of_one()
    said = next((word for word in words if previous.endswith(word)), "") if own in words else ""
    return previous[: -len(said)].rstrip("…") if said else ""


@cache
def _said_of_one() -> tuple[str, ...]:
    return tuple(sorted(lexicon.load("promises")["said_of_one"], key=len, reverse=True))
