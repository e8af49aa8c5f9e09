"""Sentences and their comma units, with quotations, titles and brackets blanked (N85, N91).

A comma unit is read as a whole before its numbers are: most numbers are decided by the unit that they stand in.
Blanking keeps positions, so that what was found in the blanked text is true in the text itself.
"""

from __future__ import annotations

import re

from msgspec import Struct

from extractor.text.fold import ascii_of

BLANK = "\u25a1"
"""Stands for each character of a quotation, a title or a bracket; □ never counts as a digit or a word."""
_TITLES = re.compile(r"《[^《》\n]{1,120}》")
_QUOTES = re.compile(
    r"“(?![^“”\n]{0,40}(?:保持|不[少低高]于|不超过)[^“”\n]{1,20}”的(?:要求|标准|规定))[^“”\n]{1,40}”|\"[^\"\n]{1,24}\"|‘[^‘’\n]{1,24}’|「[^」\n]{1,40}」"
)
"""Names and slogans; what is said to be a standard (“…保持三个月销量”的要求) is read."""
_BRACKETS = re.compile(
    r"\((?!(?:不?含(?=[^()\d]{0,8}\)|\d)|人|次|套|\d+分(?=\)))[^()]{0,8}\))[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\((?=[^()\n]{2,90}(?:负责|牵头|责任单位|责任部门|配合))[^()\n]*(?:\n|$)|\[[^\[\]\n]{1,60}\]|<[^<>\n]{1,20}>"
)
_LIMIT = re.compile(
    r"(?:(?<=补贴|补助|奖励|资助)\(|\((?=[^()\n,;。的]{0,14}(?:时限|时长|期限|时间|费用?|收费标准|限额)(?:原则上|一般)?不))"
    r"([^()\n,;。的]{0,16}不得?(?:超过|高于|低于|少于)[^()\n,;。的]{0,6}\d[^()\n,;。的]{0,14})\)"
)
"""每天120元(其中床位费不高于每天35元): a bracket that sets a limit is read, as a comma unit of its own."""
_NOT_MORE = re.compile("不得?(?:超过|高于|低于|少于)")
_ADDRESSES = re.compile(r"(?:https?:|www\.)[\w./?=&%:-]+|[A-Za-z\d][A-Za-z\d._-]*@[\w.-]+")
_DIGIT_CODES = re.compile(
    r"[0-9](?:\d{6,}(?![\d万亿元])|\d{2,3}-\d{7,8}|\d*(?:[+×xX*]\d+|\+[A-Za-z])+|\d?:\d\d|\d*(?:\.\d+){2,}|[GDKV](?![A-Za-z]))"
)
_LETTER_CODES = re.compile(r"(?<![\d./A-Za-z])[A-Za-z]+[-/A-Za-z]*\d[\d.:-]*")
_ORDINALS = re.compile(  # begins with its character, and looks behind from there, so that the search is quick
    r"第(?<!达到第)(?<!进入第)(?<!不低于第)(?<!位居第)(?<!位列第)(?<!排名第)(?<!保持第)"
    r"(?![一二三四1-4](?:[、和至-][一二三四1-4])*季度)[\d一二三四五六七八九十百]+(?:[至到-]\d+)?[个次届条款项期批章名位]?"
)
MAX_SENTENCE = 1200
"""A longer sentence (a list without full stops, a table on one line) is cut at its next comma."""
LONGEST_UNIT = 1200
"""Characters beyond it in which that comma is looked for; where none stands, the sentence is cut at a 、 or anywhere.

What reads one number looks at the whole of its sentence: a sentence without end would cost the square of its length."""
_BETWEEN_WORDS = re.compile(r"(?=[^\d.%\u25a1])")
_LETTER = re.compile(b"[A-Za-z]")
_SENTENCE_END = re.compile(r"[。!?;\n]")
_COMMA = re.compile(r"[,:](?!(?<=\d,)\d{3}(?!\d))")
"""A comma or colon, but not the comma of 1,000."""
LABEL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百千零〇\d]+[章节条]|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)[、.]?|\d+(?:[.、](?:(?!\d)|(?=20\d\d年))|\)|(?:\.\d{1,2}(?!\d))+[.、]?)|[①-⑳⑴-⒇]|[一二三四五六七八九]是)"
)
"""The label at the head of a clause, which is no number of the text."""


class CommaUnit(Struct, frozen=True, gc=False):
    """What stands between two commas of a sentence; offsets into the passage."""

    start: int
    end: int


class Sentence(Struct, frozen=True, gc=False):
    """A sentence (or a part closed by a semicolon) with its comma units; offsets into the passage."""

    start: int
    end: int
    units: tuple[CommaUnit, ...]
    closed: str = ""
    """The mark that closes it."""

    def unit_at(self, at: int) -> int:
        """Index of the comma unit that holds an offset."""
        for i, unit in enumerate(self.units):
            if at < unit.end:
                return i
        return len(self.units) - 1


def blank(text: str, *, quotes: bool = True) -> str:
    """The text with titles, brackets, codes and (unless told otherwise) quotations blanked; the same length.

    >>> blank("实施“5+2”模式,建成(试点)6个")
    '实施□□□□□模式,建成□□□□6个'
    """
    if "《" in text:
        text = _TITLES.sub(_fill, text)
    if quotes and has_quotes(text):
        text = _QUOTES.sub(_fill, text)
    if "(" in text or "[" in text or "<" in text:
        if "(" in text and "不" in text and _NOT_MORE.search(text):
            text = _LIMIT.sub(r",\1,", text)
        text = _BRACKETS.sub(_fill, text)
    if "@" in text or "www" in text or "http" in text:
        text = _ADDRESSES.sub(_fill, text)
    if "第" in text:
        text = _ORDINALS.sub(_fill, text)
    text = _DIGIT_CODES.sub(_fill, text)
    return _LETTER_CODES.sub(_fill, text) if _LETTER.search(ascii_of(text)) else text


def has_quotes(text: str) -> bool:
    """Whether a folded text holds a quotation, so that :func:`blank` with and without them differ."""
    return "“" in text or '"' in text or "‘" in text or "「" in text


def _fill(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def split_sentences(blanked: str, start: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a blanked passage with their comma units.

    >>> [(s.start, s.end, len(s.units)) for s in split_sentences("到2025年,达到80%;建成5个。")]
    [(0, 12, 2), (13, 17, 1)]
    """
    return tuple([cut_units(blanked, *bounds) for bounds in sentence_bounds(blanked, start)])


def sentence_bounds(blanked: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Start, end and closing mark of each sentence: enough to tell whether it need be looked at.

    >>> sentence_bounds("到2025年,达到80%;建成5个。")
    [(0, 12, ';'), (13, 17, '。')]
    """
    found: list[tuple[int, int, str]] = []
    at = start
    for end, closed in [*((m.start(), m[0]) for m in _SENTENCE_END.finditer(blanked, start)), (len(blanked), "")]:
        while end - at > MAX_SENTENCE:
            cut = _cut(blanked, at + MAX_SENTENCE, end)
            if cut is None:
                break
            found.append((at, cut[0], ","))
            at = cut[1]
        if end > at:
            found.append((at, end, closed))
        at = end + 1
    return found


def _cut(blanked: str, first: int, end: int) -> tuple[int, int] | None:
    """End of a sentence that is too long and start of the next, from ``first`` on; None where it ends soon enough."""
    last = first + LONGEST_UNIT
    comma = _COMMA.search(blanked, first, min(end, last))
    if comma is not None:
        return comma.span()
    if end <= last:
        return None
    listed = blanked.rfind("、", first, last)
    if listed >= 0:
        return listed, listed + 1
    between = _BETWEEN_WORDS.search(blanked, last, min(end, last + LONGEST_UNIT))
    at = between.start() if between else last
    return at, at


def cut_units(blanked: str, start: int, end: int, closed: str = "") -> Sentence:
    """A sentence between two places of a blanked passage, cut into its comma units.

    >>> cut_units("到2025年,达到80%", 0, 12).units
    (CommaUnit(start=0, end=6), CommaUnit(start=7, end=12))
    """
    units: list[CommaUnit] = []
    at = start
    for match in _COMMA.finditer(blanked, start, end):
        if match.start() > at:
            units.append(CommaUnit(at, match.start()))
        at = match.end()
    if at < end or not units:
        units.append(CommaUnit(at, end))
    return Sentence(start, end, tuple(units), closed)
