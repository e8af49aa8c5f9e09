"""Chinese and arabic numerals (N32, N99, S12, S58)."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?")


def parse_chinese(numeral: str) -> int | None:
    """The value of a Chinese numeral, spoken (二十一, 一百零五) or spelt by digits (二〇二五); None if it is none.

    >>> parse_chinese("二十一"), parse_chinese("二〇二五"), parse_chinese("十万"), parse_chinese("甲")
    (21, 2025, 100000, None)
    """
    if not numeral:
        return None
    if numeral.startswith("廿"):
        numeral = "二十" + numeral[1:]
    if len(numeral) > 1 and all(c in _DIGITS or c.isdigit() for c in numeral):
        return int("".join(str(_DIGITS.get(c, c)) for c in numeral))
    total = section = digit = 0
    for i, c in enumerate(numeral):
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (digit or (1 if c == "十" or i == 0 or section == 0 else 0)) * _TENS[c]
            digit = 0
        elif c in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[c]
            section = digit = 0
        else:
            return None
    return total + section + digit


def parse_number(numeral: str) -> Decimal | None:
    """The value of an arabic or Chinese numeral as written.

    >>> parse_number("1,200.5"), parse_number("两"), parse_number("abc")
    (Decimal('1200.5'), Decimal('2'), None)
    """
    if _ARABIC.fullmatch(numeral):
        return Decimal(numeral.replace(",", ""))
    value = parse_chinese(numeral)
    return None if value is None else Decimal(value)
