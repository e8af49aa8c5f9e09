"""Marks by which single lines are known: dates, notes, 文号, 附件, genres (S05, S10, S12, S14–S17, L51–L55)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon
from extractor.grammar.doc_numbers import find_doc_numbers
from extractor.text.numerals import parse_chinese

_CN_DIGIT = "零〇一二三四五六七八九0-9"
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[一二][{_CN_DIGIT}]{{3}})年(?:(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月"
    r"(?:(?P<d>\d{1,2}|[一二三四五六七八九十廿]{1,4})(?P<day>日)?)?)?"
    r"|(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
)
_CENTURIES = frozenset("12一二")
_NOTE = re.compile(
    r"\((?:此件|此文|本文|注:|公开方式|信息公开|联系人|代章|盖章|印章|此页无正文|主动公开|依申请公开|不予公开|内部|(?:由于|因)篇幅)[^()]*\)|公开(?:方式|属性|形式):.{2,12}"
    r"|(?:此件|本件)[^。]{0,12}公开(?:发布)?|抄送:.*|主题词:.*|分送:.*|.{2,24}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发"
)
_NOTE_BEGINS = frozenset("(公此本抄主分")
_CONTACT = re.compile(
    r"(?:签发人|联系人|联系电话|联系方式|电话|传真|邮箱|电子邮箱|邮编|地址|通讯地址|咨询电话):.{1,60}"
)
_ATTACHMENT = re.compile(r"附件?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?(?:\((?:略|另附)\))?[:.、]?")
_ATTACHED_LIST = re.compile(
    r"附件?(?:\((?:略|另附)\))?(?:\d{1,2})?[:.](?P<rest>.{4,}|1[.、]?$)|附件(?:\d{1,2})(?P<rest2>[^\d].{3,})|附:(?P<rest3>.{4,})"
)
_ORDER = re.compile(r"\(?(?:第|[\u4e00-\u9fff]{2,16}令第)(?P<serial>\d{1,4}|[一二三四五六七八九十百零〇]{1,6})号\)?")
_ORDER_TITLE = re.compile(r"(?:中华人民共和国)?[\u4e00-\u9fff]{2,24}(?:人民政府|国务院|委员会|部|局|总局)令")
_EMBLEM = re.compile(r"(?!.*关于)[\u4e00-\u9fff]{2,30}(?:人民政府|政府|办公[室厅]|委员会|党委|局|厅|部|院)文件")
_TRAILING_BRACKET = re.compile(r"\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_LOST_BRACKET = re.compile(r"(?<=.{4})\([^()]{1,10}$")  # (2023版 without its closing mark (L22)
_COMPILED_DATE = re.compile(r"(?:19|20)\d\d年?\d{1,2}月?\d{1,2}日?")
_DRAFT = re.compile(r"征求意见|草案|送审稿|审议稿|代拟稿|讨论稿|草稿|初稿")
_BLANK_NUMBER = re.compile(r"\(?([\u4e00-\u9fff]{2,10})(\[\]第?号)\)?")


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A 文号 in the tight form of a line: ``tight[start:end]``."""

    start: int
    end: int
    code: str | None
    year: int | None
    serial: int | None


def read_date(tight: str) -> str | None:
    """The date that a tight folded line is, as much of YYYY-MM-DD as is printed; None if it is none (S12).

    >>> read_date("2023年9月5日"), read_date("二〇一二年一月二十九日"), read_date("2025年4月日"), read_date("年内")
    ('2023-09-05', '2012-01-29', '2025-04', None)
    """
    match = _DATE.match(tight) if tight[:1] in _CENTURIES else None
    if match is None or tight[match.end() :] not in ("", "日", "月日"):
        return None
    return _iso(match)


def find_date(tight: str) -> tuple[str, int, int] | None:
    """The last date inside a tight folded line with its place: (ISO date, start, end).

    >>> find_date("区档案局2023年1月5日")
    ('2023-01-05', 4, 13)
    """
    last = None
    for last in _DATE.finditer(tight):  # noqa: B007 - the last one is wanted
        pass
    if last is None:
        return None
    iso = _iso(last)
    return (iso, last.start(), last.end()) if iso else None


def _iso(match: re.Match[str]) -> str | None:
    if match["y2"]:
        return f"{match['y2']}-{int(match['m2']):02}-{int(match['d2']):02}"
    year = _number(match["y"])
    if year is None or not 1900 < year < 2100:
        return None
    month, day = _number(match["m"]), _number(match["d"])
    if month is None or not 1 <= month <= 12:
        return str(year)
    if day is None or not 1 <= day <= 31:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else parse_chinese(text)


def read_number(tight: str) -> NumberMark | None:
    """The 文号 that a whole tight folded line is, with or without brackets around it (S24–S34).

    >>> read_number("(青府办[2024]31号)").code, read_number("第290号").serial, read_number("青府办[2024]31号文件").end
    ('青府办', 290, 12)
    """
    if len(tight) > 34 or "号" not in tight:
        return None
    start = 1 if tight.startswith("(") else 0
    for mention in find_doc_numbers(tight):
        rest = tight[mention.end :]
        if mention.start == start and rest in ("", ")", "文件", "文", ")文件"):
            return NumberMark(mention.start, mention.end, mention.code, mention.year, mention.serial)
    blank = _BLANK_NUMBER.fullmatch(tight)
    if blank is not None:
        return NumberMark(blank.start(1), blank.end(2), blank[1], None, None)
    match = _ORDER.fullmatch(tight)
    if match is None:
        return None
    return NumberMark(start, len(tight) - (1 if start else 0), None, None, _number(match["serial"]))


def is_note(tight: str) -> bool:
    """Whether a tight folded line is a 附注, 抄送 or another line of the 版记 (S14, S16, S17).

    >>> is_note("(此件公开发布)"), is_note("抄送:区委各部门。"), is_note("(试行)")
    (True, True, False)
    """
    begins = tight[:1] in _NOTE_BEGINS or tight.endswith("印发")
    return begins and _NOTE.fullmatch(tight) is not None


def is_contact(tight: str) -> bool:
    """Whether a tight folded line gives a contact or the signer (S06, L53)."""
    return _CONTACT.fullmatch(tight) is not None


def attachment_marker(tight: str) -> str | None:
    """The number of a line that only says 附件, 附件1, 附件： ("" without number); None if it says more (L55).

    >>> attachment_marker("附件1"), attachment_marker("附件:"), attachment_marker("附件:领导小组名单")
    ('1', '', None)
    """
    match = _ATTACHMENT.fullmatch(tight)
    return None if match is None or tight == "附" else match["n"] or ""


def attached_list(tight: str) -> str | None:
    """What follows 附件： on a line that announces attachments (S10); None if it is no such line.

    >>> attached_list("附件:1.任务清单")
    '1.任务清单'
    """
    match = _ATTACHED_LIST.match(tight)
    return None if match is None else match["rest"] or match["rest2"] or match["rest3"]


def is_order_title(tight: str) -> bool:
    """Whether a line is the heading of a 令 (S20): 青岚省人民政府令."""
    return _ORDER_TITLE.fullmatch(tight) is not None


def is_emblem(tight: str) -> bool:
    """Whether a line is the red heading of the issuer (发文机关标志, S04).

    >>> is_emblem("青岚区人民政府文件"), is_emblem("关于文件清理的文件")
    (True, False)
    """
    return tight.endswith("文件") and _EMBLEM.fullmatch(tight) is not None


def strip_versions(tight: str) -> str:
    """A tight title without its trailing brackets and quotes (S47, S48).

    >>> strip_versions("档案管理办法(试行)(征求意见稿)")
    '档案管理办法'
    """
    while True:
        match = _TRAILING_BRACKET.search(tight) if tight.endswith(")") else None
        if match is not None:
            shorter = tight[: match.start()]
        else:
            shorter = (_LOST_BRACKET.sub("", tight) if "(" in tight else tight).rstrip('》”"*')
        if shorter == tight or not shorter:
            return tight
        tight = shorter


def compiled_date(tight: str) -> tuple[int, str] | None:
    """Where a bracketed date begins that a compiler put after a title, and the date; None if there is none.

    >>> compiled_date("关于加强防汛工作的通知(2023年2月13日)")
    (11, '2023-02-13')
    """
    match = _TRAILING_BRACKET.search(tight) if tight.endswith(")") else None
    if match is None or not _COMPILED_DATE.fullmatch(match["inner"]):
        return None
    found = find_date(match["inner"])
    return (match.start(), found[0]) if found else None


def is_draft(tight_title: str) -> bool:
    """Whether a title calls its own text a draft: in its trailing brackets or at its end (V01, V02).

    >>> is_draft("管理办法(征求意见稿)"), is_draft("关于征求《管理办法(征求意见稿)》意见的函")
    (True, False)
    """
    tail = tight_title[len(strip_versions(tight_title)) :]
    return _DRAFT.search(tail) is not None or tight_title.endswith(("草案", "征求意见稿", "送审稿"))


@lru_cache(maxsize=1)
def _genres() -> tuple[dict[str, str], int]:
    data = lexicon.load("genres")
    words = {word: word for word in (*data["statutory"], *data["local"])}
    words.update(data["synonyms"])
    return words, max(map(len, words))


def genre_of(tight_title: str) -> str | None:
    """The genre (文种) with which a tight title ends, brackets of versions set aside; None if it ends in none.

    >>> genre_of("青岚区档案管理办法(试行)"), genre_of("群众来访安排表"), genre_of("图书馆揭牌")
    ('办法', '安排表', None)
    """
    words, longest = _genres()
    bare = strip_versions(tight_title)
    if len(bare) > 2 and bare[-1] == bare[-2]:  # 的通知知: a character printed twice
        bare = bare[:-1]
    for size in range(min(longest, len(bare)), 0, -1):
        genre = words.get(bare[-size:])
        if genre == "表":
            return bare[-3:] if len(bare) > 3 else genre
        if genre is not None:
            return genre
    return None


_OWN = re.compile(
    r"(?:制[定订]|提出|出台|形成)(?:(?:本|以下|如下|下列|若干)(?P<name>[\u4e00-\u9fff]{2,12}?)(?:如下)?"
    r"|(?P<bare>[\u4e00-\u9fff]{2,12}?)如下)[。:]|本(?P<self>[\u4e00-\u9fff]{2,8})"
)
"""How a text speaks of itself: 制定本行动计划。 结合实际,制定以下政策措施: 本办法适用于…"""
OPENING = 1200
"""Characters at the beginning of an untitled text in which it names its own genre."""


def own_genre(folded: str) -> str | None:
    """The genre by which an untitled text calls itself in its first sentences; None where it does not.

    >>> own_genre("为发展,制定本行动计划。"), own_genre("结合实际,制定若干措施如下。"), own_genre("请大家提出意见。")
    ('计划', '措施', None)
    """
    for match in _OWN.finditer(folded.replace(" ", "")[:OPENING]):
        if name := match["name"] or match["bare"]:
            found = genre_of(name)
        else:
            found = next((g for n in range(len(match["self"]), 1, -1) if (g := genre_of(match["self"][:n]))), None)
        if found is not None:
            return found
    return None
