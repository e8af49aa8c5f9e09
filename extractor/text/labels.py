"""Clause labels: 第X编/章/节/条, 一、, (一), 1., (1), ① and their look-alikes (S49, S55, S59, S60, L20)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from extractor.text.numerals import parse_chinese

STYLES = (
    "part",
    "chapter",
    "section",
    "article",
    "一",
    "(一)",
    "一)",
    "1",
    "1.1",
    "1.1.1",
    "1.1.1.1",
    "(1)",
    "1)",
    "①",
    "A",
)
"""Label styles from the top level to the bottom, in the order that most documents keep."""

_CN = "[一二三四五六七八九十百零〇廿]{1,6}"
_CN_ARTICLE = "[一二三四五六七八九十百千零〇廿]{1,9}"
"""Articles run on into the thousands: 民法典 has 第一千二百六十条."""
_S = "[ \\t]{0,2}"


def _marks(*ranges: tuple[int, int, int]) -> dict[str, int]:
    """Single code points that carry a number: (first code point, how many, number of the first)."""
    return {chr(start + i): first + i for start, count, first in ranges for i in range(count)}


_CIRCLED = _marks((0x2460, 20, 1), (0x3251, 15, 21), (0x2776, 10, 1), (0x2780, 10, 1), (0x278A, 10, 1))
_ENCLOSED = _marks((0x2474, 20, 1))  # ⑴
_DOTTED = _marks((0x2488, 20, 1))  # ⒈
_ENCLOSED_CN = _marks((0x3220, 10, 1))  # ㈠
_MARKS = "".join((*_CIRCLED, *_ENCLOSED, *_DOTTED, *_ENCLOSED_CN))
_MARK_STYLES = (("①", _CIRCLED), ("(1)", _ENCLOSED), ("1", _DOTTED), ("(一)", _ENCLOSED_CN))

LABEL = rf"""
      第{_S}(?:{_CN_ARTICLE}|\d{{1,4}}){_S}[编篇章节条](?:之[一二三四五六七八九十](?![一-鿿]))?
    | {_CN}{_S}[、.]
    | \({_S}(?:{_CN}|\d{{1,3}}){_S}\){_S}[、.]?
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d.%])(?={_S}(?![万亿元个倍米])[一-鿿])
    | \d{{1,3}}{_S}[.、](?:(?!\d)|(?=\d{{4}}{_S}年))
    | \d{{1,2}}[.、](?=\d{{1,6}}[A-Z])
    | (?:\d{{1,2}}|{_CN})\)
    | [{_MARKS}]{_S}[、.]?
    | [A-Z][.、](?=[ 一-鿿])
"""
"""Verbose pattern of a label in folded text, without groups, to build other patterns of."""

_LABEL = re.compile(LABEL, re.VERBOSE)
HEADS = f"第(0123456789一二三四五六七八九十百零〇廿ABCDEFGHIJKLMNOPQRSTUVWXYZ{_MARKS}"
"""The characters with which a label begins; most lines begin with others."""
_HEADS = frozenset(HEADS)
_PARTS = re.compile(r"第\s*(?P<unit>[^编篇章节条\s]+)\s*(?P<kind>[编篇章节条])(?P<bis>之.)?")
_KINDS = {"编": "part", "篇": "part", "章": "chapter", "节": "section", "条": "article"}
_FRAME = " \t()、."


class Label(Struct, frozen=True, gc=False):
    """A clause label: ``text[start:end]`` of the folded line, its style, its number and its normalised form."""

    start: int
    end: int
    style: str
    number: int
    path: str


def label_at(folded: str, at: int = 0) -> Label | None:
    """The label that begins at ``at`` in folded text, if there is one.

    Whether it *is* a label there (no quantity, date or reference) is for the numbering of the whole document to say.

    >>> label_at("(十二)扩大供给"), label_at("12.5%")
    (Label(start=0, end=4, style='(一)', number=12, path='(十二)'), None)
    >>> label_at("第 44 条 解释").path, label_at("㈢ 监督").path, label_at("01.总则").path
    ('第四十四条', '(三)', '1')
    """
    match = _LABEL.match(folded, at) if folded[at : at + 1] in _HEADS else None
    return None if match is None else read_label(folded, *match.span())


def read_label(folded: str, start: int, end: int) -> Label | None:
    """The label that :data:`LABEL` matched at ``folded[start:end]``; None where its numeral is none (零、).

    >>> read_label("一、总则", 0, 2)
    Label(start=0, end=2, style='一', number=1, path='一')
    """
    while end > start and folded[end - 1] in " \t":
        end -= 1
    found = _interpret(folded[start:end])
    if found is None:
        return None
    style, number, path = found
    return Label(start, end, style, number, path) if number > 0 else None


@lru_cache(maxsize=1024)
def _interpret(written: str) -> tuple[str, int, str] | None:
    """Style, number and path of a label as written in folded text."""
    if written[0] == "第":
        return _article(written)
    if written[0] in _MARKS:
        style, table = next((style, table) for style, table in _MARK_STYLES if written[0] in table)
        number = table[written[0]]
        return style, number, implied(style, number)
    core = written.strip(_FRAME)
    if core.isdecimal():
        number, style = int(core), "1"
        if written[0] == "(":
            style = "(1)"
        elif written[-1] == ")":
            style = "1)"
        return style, number, f"({number})" if style != "1" else str(number)
    if "." in core:
        numbers = core.split(".")
        return ".".join("1" * len(numbers)), int(numbers[-1]), ".".join(str(int(n)) for n in numbers)
    if core.isascii():
        return "A", ord(core) - ord("A") + 1, core
    value = parse_chinese(core)
    if value is None:
        return None
    if written[-1] == ")" and written[0] != "(":
        return "一)", value, f"({chinese(value)})"
    return ("(一)", value, f"({chinese(value)})") if written[0] == "(" else ("一", value, chinese(value))


def _article(written: str) -> tuple[str, int, str] | None:
    match = _PARTS.match(written)
    if match is None:
        return None
    number = int(match["unit"]) if match["unit"].isdecimal() else parse_chinese(match["unit"])
    if number is None:
        return None
    return _KINDS[match["kind"]], number, f"第{chinese(number)}{match['kind']}{match['bis'] or ''}"


def chinese(number: int) -> str:
    """A number below ten thousand as labels write it; larger ones stay arabic.

    >>> chinese(10), chinese(21), chinese(105), chinese(1260), chinese(1001)
    ('十', '二十一', '一百零五', '一千二百六十', '一千零一')
    """
    digits = "零一二三四五六七八九"
    if not 0 < number < 10000:
        return str(number)
    thousands, below = divmod(number, 1000)
    if thousands:
        tail = chinese(below) if below else ""
        if tail.startswith("十"):
            tail = "一" + tail
        return f"{digits[thousands]}千{'零' if 0 < below < 100 else ''}{tail}"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def circled(number: int) -> str:
    """The circled number ①…㉟; plain digits beyond.

    >>> circled(1), circled(21), circled(40)
    ('①', '㉑', '40')
    """
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if 21 <= number <= 35 else str(number)


def implied(style: str, number: int) -> str:
    """The path label that a style and a number imply, for a label that the source lost (S53).

    >>> implied("一", 2), implied("(一)", 12), implied("article", 3)
    ('二', '(十二)', '第三条')
    """
    for kind, name in _KINDS.items():
        if name == style and kind != "编":
            return f"第{chinese(number)}{kind}"
    if style in ("(一)", "一)"):
        return f"({chinese(number)})"
    if style in ("(1)", "1)"):
        return f"({number})"
    if style == "A":
        return chr(ord("A") + number - 1)
    return {"一": chinese(number), "①": circled(number)}.get(style, str(number))
