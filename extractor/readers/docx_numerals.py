"""How Word writes the numbers of lists (ECMA-376, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """The number as a list of this form prints it; an unknown form prints it in Arabic digits.

    >>> [numeral(21, form) for form in ("chineseCounting", "decimalEnclosedParen", "upperRoman", "lowerLetter")]
    ['二十一', '21', 'XXI', 'u']
    >>> numeral(3, "decimalEnclosedCircle"), numeral(110, "chineseCountingThousand"), numeral(2, "ideographTraditional")
    ('③', '一百一十', '乙')
    """
    write = _FORMS.get(form)
    return write(number) if write is not None and number >= 0 else str(number)


def _positions(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("〇", "○")


def _counting(number: int) -> str:
    """十, 十一, 二十; from a hundred on the digits one by one."""
    if number >= 100 or number == 0:
        return _positions(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _thousands(number: int, digits: str = _DIGITS, ranks: str = "十百千", begins_with_one: bool = False) -> str:
    """一百零一, 一千二百; ten to nineteen without 一 unless written for money."""
    if number == 0:
        return digits[0].replace("〇", "零")
    if number >= 10000:
        high, low = divmod(number, 10000)
        gap = "零" if 0 < low < 1000 else ""
        return (
            _thousands(high, digits, ranks, begins_with_one)
            + "万"
            + gap
            + (_thousands(low, digits, ranks, True) if low else "")
        )
    text, waiting = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if waiting else "") + digits[digit] + (ranks[power - 1] if power else "")
            waiting = False
        else:
            waiting = bool(text)
    return text[1:] if 10 <= number < 20 and not begins_with_one else text


def _letters(number: int) -> str:
    """A to Z, then AA, BB."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 50 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 10000:
        return str(number)
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow each other, as ① to ⑳; past the last, Arabic digits."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _circled(number: int) -> str:
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= number <= high:
            return chr(ord(first) + number - low)
    return str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    """Signs of which there are few: past the last, Arabic digits."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 0 < number <= 60 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _thousands,
    "chineseLegalSimplified": lambda number: _thousands(number, _LEGAL, "拾佰仟", True),
    "ideographDigital": _positions,
    "taiwaneseDigital": _positions,
    "japaneseDigitalTenThousand": _positions,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ordinal": lambda number: (
        f"{number}{'th' if 10 < number % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    ),
}
