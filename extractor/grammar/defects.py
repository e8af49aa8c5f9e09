"""Slips of writing that can be seen in the text itself (L04, L22, L29, L59–L61, L64); reported, never corrected."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from extractor import lexicon
from extractor.diagnostics import notice
from extractor.model import Diagnostic
from extractor.text.brackets import Bracket, all_closed, find_brackets
from extractor.text.fold import ascii_of, fold

_HAN = r"[\u4e00-\u9fff]"
# Each pattern begins with a set of few characters, and looks behind from there: the search skips what is between them.
_SPACE = re.compile(rf"[ \u00a0](?<={_HAN}.)(?={_HAN})")
_QUOTED = re.compile(r"《[^》\n]{1,120}》|“[^”\n]{1,60}”|\"[^\"\n]{1,60}\"")
_HALF = re.compile(rf"[,;:?!](?<=[\u4e00-\u9fff）》”].)(?={_HAN})")
_HALF_MARKS = frozenset(b",;:?!")
_FULL = re.compile(rf"[，；：？！](?<=[\u4e00-\u9fff)》”].)(?={_HAN})")
_DOUBLED = re.compile(r"([，。、；：！？,;])\1+")
_MISPLACED = re.compile(r"[、(（](?:(?<=[市县区]、)[(（]|(?<=[(（])(?<![市县区旗、].))[县区市旗][)）][市县区旗]")
_ANY_BRACKET = re.compile(r"[()\[\]{}]")
_NO_DAY = re.compile(r"月(?:[ ]+日(?![\u4e00-\u9fff\d])|[ ]*(?P<day>\d{1,2})(?=[ ]*[(（](?:周|星期)))")
_ITS_MONTH = re.compile(r"\d\d?[ ]*$")
_WRONG_FROM = re.compile(r"在(?=[^。，；,;\n在自从]{2,16}之日起(?![ ]*[\d\uff10-\uff19一二三四五六七八九十两半]))")
_JOINTLY = re.compile(
    r"会(?<=[局委厅办部]会)(?=(?:省|市|县|区|相关|有关)[\u4e00-\u9fff]{1,12}?(?:局|委|厅|办|部门|单位|政府)(?:负责|研究|制定|落实|牵头|等|、))"
)
"""区甲局会区乙局负责: 同 is lost."""
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)\d\d)[ ]*年[ ]*)?(?P<month>\d\d?)[ ]*$")
_DAY = re.compile(
    r"月[ ]*(?P<day>\d\d?)[ ]*日"
    r"(?:[ ]*[(（](?:星期|周)(?P<weekday>[一二三四五六日天])[)）])?"
)
_BEFORE_MONTH = 16
"""Characters before 月 in which year and month stand."""
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_HAN_RUNS = re.compile(rf"{_HAN}+")
_SAMPLE = 4000
_LEAST_HAN = 0.1
"""A Chinese official text has four Han characters in five; tables of numbers still have one in five."""
_RARE = 0.05
"""A mark that makes up less than this share of its kind is a slip and not the house style."""
_SOME = 0.25
"""Where more than this share of the marks, or of those of one kind, is of the other width, neither is the style."""
_MANY_SPACES = 400
"""With a space in fewer characters than this on average, spaces are an artefact of the text layer, not slips."""
_LONG_LINE = 1500
"""A line longer than this lost its line breaks; its spaces stand for them."""
_CONTEXT = 2
"""Characters on either side of a stray space in the span of its diagnostic."""


def find_defects(text: str, folded: str | None = None) -> tuple[Diagnostic, ...]:
    """Everything in the reading text of an issue that looks like a slip of writing, in order of the text.

    ``folded`` is the same text, where it is folded already.

    >>> [(d.code, d.span) for d in find_defects("于2025年2月30日前报送，，逾期不候。")]
    [('text.date-impossible', (1, 11)), ('text.punctuation-doubled', (14, 16))]
    """
    found = [
        *_stray_spaces(text),
        *_widths(text),
        *_marks(text, fold(text) if folded is None else folded),
        *_dates(text),
        *_words(text),
        *_script(text),
    ]
    return tuple(sorted(found, key=lambda diagnostic: (diagnostic.span or (-1, -1), diagnostic.code)))


def _stray_spaces(text: str) -> Iterator[Diagnostic]:
    """Spaces between two characters of a sentence; in lines without a sentence only where the words occur unbroken."""
    spaces = list(_SPACE.finditer(text)) if " " in text or "\u00a0" in text else []
    if not spaces or len(spaces) * _MANY_SPACES > len(text):
        return
    for space in spaces:
        at = space.start()
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) > _LONG_LINE or text[at + 1] in "月日":  # 2016年 月 日: a blank to be filled in (S34)
            continue
        if any(quote.start() < at - start < quote.end() for quote in _QUOTED.finditer(line)):
            continue  # a slogan or a title may have a space (中共中央 国务院)
        if not line[: at - start].strip() or text[at - 2 : at - 1] in {"\n", " ", "　"}:
            continue  # a name of two characters, 目 录
        sentence = "。" in line or "，" in line or "," in line
        near = text[max(start, at - 2) : at] + text[at + 1 : at + 3]
        if (sentence and not _in_list(line, at - start)) or near in text:
            yield notice("text.stray-space", "a space inside a sentence", (at - _CONTEXT, at + 1 + _CONTEXT))


def _in_list(line: str, at: int) -> bool:
    """Several spaces in a row or in a line stand between columns, names or glued paragraphs."""
    return len(_SPACE.findall(line)) > 2 or line[at - 1 : at] in {" ", "\t"}


def _widths(text: str) -> Iterator[Diagnostic]:
    half = _HALF.findall(text) if not _HALF_MARKS.isdisjoint(ascii_of(text)) else []
    if not half:
        return
    full = _FULL.findall(text)
    few, many = (half, full) if len(half) < len(full) else (full, half)
    if not few or len(few) > _SOME * len(many):  # two styles put together
        return
    style = "full" if many is full else "half"
    kinds, strays = _kinds(many), _kinds(few)
    for mark in (_HALF if few is half else _FULL).finditer(text):
        kind = fold(mark[0])
        if len(few) <= _RARE * len(many) or strays[kind] <= _SOME * kinds[kind]:
            span = (mark.start() - 1, mark.end() + 1)
            yield notice("text.punctuation-width", f"the text has {style}-width marks", span)


def _kinds(found: list[str]) -> Counter[str]:
    """How often each mark was found, its width aside."""
    kinds: Counter[str] = Counter()
    for mark, count in Counter(found).items():
        kinds[fold(mark)] += count
    return kinds


def _marks(text: str, folded: str) -> Iterator[Diagnostic]:
    for match in _DOUBLED.finditer(text):
        yield notice("text.punctuation-doubled", "the same mark twice", match.span())
    for bracket in () if all_closed(folded) else find_brackets(folded):
        if not bracket.closed and not _closed_below(folded, bracket):
            end = min(bracket.end, bracket.start + 12)
            yield notice("text.bracket-lost", "the bracket is never closed", (bracket.start, end))
    for match in _MISPLACED.finditer(text):
        yield notice("text.bracket-misplaced", "the bracket stands before the wrong character", match.span())


def _closed_below(folded: str, bracket: Bracket) -> bool:
    """Whether the next line closes the bracket before it opens another: a line break stands inside it."""
    start = bracket.end + 1
    end = folded.find("\n", start)
    line = folded[start : end if end >= 0 else len(folded)]
    mark = _ANY_BRACKET.search(line)
    return mark is not None and mark.group() in ")]}"


def _dates(text: str) -> Iterator[Diagnostic]:
    for match in _NO_DAY.finditer(text):
        head = _ITS_MONTH.search(text, max(0, match.start() - _BEFORE_MONTH), match.start())
        if head is not None:
            said = "日 is missing" if match["day"] else "the day is missing"
            yield notice("text.date-incomplete", said, (head.start(), match.end()))
    for match in _DAY.finditer(text):
        before = _MONTH.search(text, max(0, match.start() - _BEFORE_MONTH), match.start())
        if before is None:
            continue
        month, day = int(before["month"]), int(match["day"])
        year = int(before["year"]) if before["year"] else None
        span = (before.start(), match.end())
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2024, month)[1]:
            yield notice("text.date-impossible", "the calendar has no such day", span)
        elif year and match["weekday"] and datetime.date(year, month, day).weekday() != _WEEKDAYS[match["weekday"]]:
            yield notice("text.weekday-wrong", "the date is another day of the week", span)


def _words(text: str) -> Iterator[Diagnostic]:
    for match in _WRONG_FROM.finditer(text) if "之日起" in text else ():
        end = text.index("之日起", match.end()) + 3
        yield notice("text.misspelling", "在…之日起 for 自…之日起", (match.start(), end))
    for match in _JOINTLY.finditer(text):
        yield notice("text.misspelling", "会 for 会同", match.span())
    pattern, right = _misspellings()
    for match in pattern.finditer(text):
        yield notice("text.misspelling", f"{match.group()} for {right[match.group()]}", match.span())
    pattern, simple = _variants()
    variants = list(pattern.finditer(text))
    if len(variants) * _MANY_SPACES <= len(text):
        for match in variants:
            span = (max(0, match.start() - 1), match.end())
            yield notice("text.variant-character", f"{match.group()} for {simple[match.group()]}", span)


def _script(text: str) -> Iterator[Diagnostic]:
    """A text with hardly any Chinese is not what this program reads."""
    if sum(map(len, _HAN_RUNS.findall(text, 0, _SAMPLE // 4))) > _LEAST_HAN * _SAMPLE:
        return  # enough for the whole sample, whatever follows
    sample = text[:_SAMPLE]
    if sum(len(run) for run in _HAN_RUNS.findall(sample)) < _LEAST_HAN * len("".join(sample.split())):
        yield notice("text.not-chinese", "hardly any Chinese characters; nothing may be found")


@lru_cache(maxsize=1)
def _misspellings() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = lexicon.load("slips")["misspellings"]
    return re.compile("|".join(map(re.escape, words))), words


@lru_cache(maxsize=1)
def _variants() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = {pair[0]: pair[1] for pair in lexicon.load("slips")["variants"]["pairs"].split()}
    return re.compile(f"[{''.join(pairs)}]"), pairs
