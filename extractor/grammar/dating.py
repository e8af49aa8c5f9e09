"""What a date says of its sentence: by when something is due, that it was, or only of a condition or a base."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.grammar.comma_units import Sentence
from extractor.grammar.dates import DateMention
from extractor.grammar.signs import any_of

_TOPIC_LEFT = re.compile(r"(?:对|凡|针对)")
_WHEN = re.compile(r"(?:期间)?内?(?:[^,。;]{0,8})的")
_DATED_CASE = re.compile(r"[^,。;]{0,10}(?:到期|注册|成立|毕业|出生|入库|签订|取得|认定|开工|投产|新增|购买)的")
"""2020年前注册的企业: a date that belongs to a condition."""
_BASE_OF_YEAR = re.compile(r"[^,。;]{2,20}(?:工资|收入|基数|费|税|额)的\d")
"""2021年度平均工资的60%: the year of a base."""
_DIGIT = re.compile("[0-9]")
_RESTS_ON = re.compile("(?:夯实|巩固|总结|立足|对照|依托|根据|按照)$")
"""夯实2022年发展基础,力争…: what a past year has left."""
_DEED = re.compile(r"给予|免|减|完成|建成|实现|全部|予以|开展")


def tells_past(blanked: str, sentence: Sentence, dates: Sequence[DateMention], year: int | None) -> bool:
    """Whether the dates of a sentence say that it tells what was; 自今年起 says that it does not.

    >>> from extractor.grammar.comma_units import split_sentences
    >>> from extractor.grammar.dates import find_dates
    >>> texts = ("2023年建成公园5座。", "在2023年试点基础上,自2024年起给予补贴。")
    >>> [tells_past(text, split_sentences(text)[0], find_dates(text, 2024), 2024) for text in texts]
    [True, False]
    """
    if any(date.role == "start" and year and (date.date or "") >= str(year) for date in dates):
        return False
    return any(date.role == "past" and _tells(blanked, sentence, date) for date in dates)


def is_deadline(blanked: str, sentence: Sentence, date: DateMention) -> bool:
    """A date in a condition (对2020年6月30日前到期的…) dates the condition, not the promise."""
    after = blanked[date.end : date.end + 14]
    unit = sentence.units[sentence.unit_at(date.start)]
    left = blanked[unit.start : date.start]
    if _TOPIC_LEFT.match(left) and _WHEN.match(after):
        return False  # 对2024年1月1日至12月31日期间内购置的
    if _TOPIC_LEFT.match(left) and len(left) > 1 and blanked[date.end : unit.end] in ("", "内"):
        return False  # 对购置日期在2024年内,符合条件的
    if date.bound == "in" and _TOPIC_LEFT.match(left) and not left.endswith(("在", "于")) and not _DEED.match(after):
        return re.search("免[收征]|减[免半收征]", left) is not None  # 对纳入培育库的2024年新投产企业
    return _DATED_CASE.match(after) is None


def _tells(blanked: str, sentence: Sentence, date: DateMention) -> bool:
    """Whether a past date says when the sentence was true; that of a condition or of a base says nothing of it."""
    unit = sentence.units[sentence.unit_at(date.start)]
    left, right = blanked[unit.start : date.start], blanked[date.end : unit.end]
    if right.endswith("基础上") or _BASE_OF_YEAR.match(right) or _RESTS_ON.search(left) or _TOPIC_LEFT.match(left):
        return False
    case = right.endswith(("的", "者")) or _DATED_CASE.match(right) is not None
    given = any_of("gives").search(blanked, date.end, sentence.end) if case else None
    return given is None or _DIGIT.search(blanked, date.end, min(given.start(), unit.end)) is not None
