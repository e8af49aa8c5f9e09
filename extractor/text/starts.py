"""How a line begins and ends: what opens a paragraph, what closes a sentence.

Asked when lines are joined again (L01, L02, R29): a line that opens a paragraph is not glued to the one before it, a
line that closes a sentence may be the last of its paragraph.
"""

from __future__ import annotations

import re
from typing import Final

from extractor.text.fold import fold
from extractor.text.labels import label_at


class Start:
    """Plain numbers, for speed: how strongly the beginning of a line opens a paragraph."""

    CLOSER: Final = -1
    """、，。；：）》”: no line of a text begins so by itself; the line before it was cut (L03)."""
    PLAIN: Final = 0
    FIELD: Final = 1
    """A few words and a colon (联系人：…)."""
    LABEL: Final = 2
    """A clause label (一、 （一） 1. 第一条)."""
    FIXED: Final = 3
    """附件, 抄送, a date alone on its line, （此件公开发布）."""


class End:
    """Plain numbers, for speed: how strongly the end of a line closes a paragraph."""

    OPEN: Final = -1
    """Ends in 、 or ，: the sentence goes on."""
    CUT: Final = 0
    """Ends in a word: a cut sentence, or a title, a name, a cell."""
    QUOTE: Final = 1
    """Ends in ” or 》."""
    BRACKET: Final = 2
    """Ends in ）."""
    COLON: Final = 3
    SEMICOLON: Final = 4
    SENTENCE: Final = 5
    """Ends in 。！？, a quotation mark or a bracket after it included."""


LEADER = re.compile(r"[.…．·・]{4,}\s*[(（]?\s*\d*\s*[)）]?\s*$|(?:\s?[.…·]){6,}")
"""Dot leaders of a contents entry."""

_OPENING = frozenset("“‘（《〈【〔「『([{<")
_CLOSING = frozenset("，。；：、！？）》〉】〕」』”’％")
_FIXED = re.compile(
    r"""
      附(?:件|表|录|图|注)[\d一二三四五六七八九十]{0,3}(?:[:]|$|《|\d|[.])
    | 附:
    | 抄[送报]:
    | 主[送题词]{1,2}:
    | \((?:此件|此页|本件|联系)
    | (?:特此)(?:通知|公告|通告|函达|函复|批复|报告|决定)
    | 签发人:
    """,
    re.VERBOSE,
)
_DECIMAL = re.compile(r"\d{1,4}\.\d")
"""A number that was cut off from its noun reads like a label of two levels (1.1); the column decides."""
_FIELD = re.compile(r"[一-鿿]{2,10}[:：]")
LONGEST_FIELD = 11
"""Characters of such words with the colon."""
_STARTERS = frozenset("0123456789０１２３４５６７８９第一二三四五六七八九十零〇○百(（附抄主签特①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""Characters with which a label, a date or a fixed opening begins; most lines begin with others."""
_REFERENCE = re.compile(r"\s*(?:规定|第|的|、|和|至|及|款|项|之|中|所|或|,(?!为))")
_DATE = re.compile(
    r"\(?(?:(?:19|20)\d{2}|[二一][〇零○O0oОＯ一二三四五六七八九]{3})年[\d一二三四五六七八九十元]{0,3}月?[\d一二三四五六七八九十]{0,3}日?\)?(?:印发)?"
)


def is_date(folded: str) -> bool:
    """True when a folded line is a date and nothing else, also one that has lost its day (L60).

    >>> is_date("2025年4月 日"), is_date("二〇〇七年四月十三日"), is_date("2025年4月1日前完成")
    (True, True, False)
    """
    return folded[:2] in _CENTURIES and _DATE.fullmatch(folded.replace(" ", "")) is not None


_CENTURIES = frozenset({"19", "20", "二〇", "二零", "二O", "一九", "(2", "(1", "二0", "2 "})


def start_of(line: str) -> int:
    """How the stripped ``line`` begins.

    >>> [start_of(line) for line in ("（三）提升能力", "，不得", "第十二条规定的", "附件 1", "2.5张床位")]
    [2, -1, 0, 3, 0]
    """
    if line[0] in _CLOSING:
        return Start.CLOSER
    if line[0] not in _STARTERS:
        head = line[:LONGEST_FIELD]
        return Start.FIELD if ("：" in head or ":" in head) and _FIELD.match(head) else Start.PLAIN
    folded = fold(line[:30]).replace(" ", "")
    label = label_at(folded)
    if label is not None:
        if label.style == "article" and _REFERENCE.match(folded, label.end):
            return Start.PLAIN
        return Start.PLAIN if _DECIMAL.match(folded) else Start.LABEL
    if _FIXED.match(folded) or (len(line) < 24 and is_date(folded)):
        return Start.FIXED
    return Start.FIELD if _FIELD.match(folded) else Start.PLAIN


def end_of(line: str) -> int:
    """How the stripped ``line`` ends.

    >>> [end_of(line) for line in ("完成任务。", "市财", "市财政局、", "（以下同。）", "《办法》")]
    [5, 0, -1, 5, 1]
    """
    last = line[-1]
    kind = _ENDS.get(last)
    if kind is None:
        return End.CUT
    if kind in (End.QUOTE, End.BRACKET) and len(line) > 1 and line[-2] in "。！？；!?":
        return End.SENTENCE
    return kind


_ENDS = {
    **dict.fromkeys("，、,", End.OPEN),
    **dict.fromkeys('”’》」』"', End.QUOTE),
    **dict.fromkeys("）)】〕]", End.BRACKET),
    **dict.fromkeys("；;", End.SEMICOLON),
    **dict.fromkeys("：:", End.COLON),
    **dict.fromkeys("。！？!?…", End.SENTENCE),
}
MARKED_ENDS = frozenset(_ENDS)
"""The marks with which a line can end; it ends in a word otherwise."""


_BARE_LABEL = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]{1,9}[章节条]|[(（][一二三四五六七八九十\d]{1,4}[)）]|\d{1,3}[.．、]|[一二三四五六七八九十]{1,4}、|[①-⑳]"
)


def is_bare_label(line: str) -> bool:
    """True when the line is a label and nothing else: the clause follows on the next line, or on the same printed one.

    >>> is_bare_label("第五章"), is_bare_label("第五章附则")
    (True, False)
    """
    return len(line) <= 10 and _BARE_LABEL.fullmatch(line) is not None


def opens(line: str) -> bool:
    """True when the line begins with an opening mark, before which a justified line may be split."""
    return line[0] in _OPENING
