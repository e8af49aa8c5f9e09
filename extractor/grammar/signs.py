"""The signs by which a number's work in its comma unit is told, composed from the word list ``promises``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor import lexicon
from extractor.grammar.comma_units import BLANK
from extractor.grammar.units import alternation

Kind = Literal["target", "benefit", "requirement"]


class Verdict(Struct, frozen=True, gc=False):
    """Whether a number is a commitment, of which kind, and by which rule."""

    kind: Kind | None
    rule: str


class Place(Struct, frozen=True, gc=False):
    """A number's surroundings in blanked text: its unit, what stands left and right in it, the units around."""

    unit: str
    left: str
    right: str
    before: str
    after: str


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern for one of the words of a list of the lexicon.

    >>> any_of("grants").search("可给予奖励")[0]
    '给予'
    """
    return re.compile(rf"(?<!行政){_words(name)}" if name in ("grants", "gives") else _words(name))


@cache
def sign(name: str) -> re.Pattern[str]:
    """A composed pattern: words of the lexicon with what must stand around them.

    >>> bool(sign("maker-before").search("建成口袋公园")), bool(sign("each-new").search("每新增"))
    (True, True)
    """
    return re.compile(_SIGNS[name]())


def _words(name: str) -> str:
    return f"(?:{_bare(name)})"


def _bare(name: str) -> str:
    """The words without a group around them, which at the head of alternatives would make the search slow."""
    return alternation(lexicon.load("promises")[name])


_REGION = "全[市省区县州国]"
_SIGNS: dict[str, Callable[[], str]] = {
    # 新增村卫生室10个: the object may stand between the verb and its number
    "maker-before": lambda: rf"{_words('makers')}[^,的、]{{0,10}}$",
    "measurer-before": lambda: rf"{_words('measurers')}$",
    "measured": lambda: rf"{_words('indicator_nouns')}(?:均|都|分别|总体|基本|各|平均|年均|每年|应|要|须)*$",
    "text-count": lambda: rf"^(?:左右)?(?:的)?[{BLANK}]{{0,12}}(?:[^,的、。]{{0,4}}?){_words('text_counts')}",
    "text-count-before": lambda: rf"\d[项条][^,、\d]{{1,16}}{_words('text_counts')}、$",
    "relief-after": lambda: rf"(?:的)?[^,的]{{0,8}}{_words('reliefs')}",
    "each-new": lambda: rf"每{_words('each_new')}[^,\d]{{0,10}}$",
    "class-noun": lambda: rf"(?:的)?[^,、的\d]{{0,8}}{_words('class_nouns')}",
    "existing-before": lambda: rf"(?:{_REGION}|{_words('existing')})(?:的)?$",
    "spread-before": lambda: rf"(?:推动|推进|组织|支持|引导|帮助|指导|覆盖|培训|服务|实现){_REGION}$",
    "rank-before": lambda: rf"{_words('rank_verbs')}[^,]{{0,14}}$",
    "fact": lambda: rf"{_bare('facts')}|目前(?<![由从]目前)|过去[一二三四五\d]|现有(?!的|基础|水平)|已建成?(?!的)",
    "authority": lambda: rf"{_words('authorities')}[^,]{{0,10}}(?:应当|应|须|要|在|自|于|收到)",
    "standing": lambda: (
        rf"{_bare('standing')}|(?<![相响反适供效回对])应(?!用|急|对|收|届|税|付|邀)|每[个家名所年月季周半学]"
    ),
    # 按投资额的10%给予: the number is the standard of what is granted, not a condition
    "by-standard": lambda: (
        r"(?:按照?|依照|参照)(?!规定|要求|有关|照|月|季|年|时)[^,给予]{0,30}$|(?:以(?!及)|即)[^,给予]{0,14}$"
    ),
}
