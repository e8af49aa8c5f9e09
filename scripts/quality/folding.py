"""Strings and quantities in the form in which parsed and gold values are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

CIRCLED_AND_ELLIPSIS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…")
"""Left alone: NFKC would make ① a plain 1 (another level of clause) and … three full stops."""

DASHES_AND_ANGLES = {"〈": "<", "〉": ">", "〔": "[", "〕": "]", "—": "-", "–": "-", "~": "-", "～": "-"}
"""Written alike in one text or another without a difference of meaning."""

_SCALES = {"百": 100.0, "千": 1_000.0, "万": 10_000.0, "亿": 100_000_000.0}
_SCALE_HEAD = re.compile(r"[百千]?[万亿]+(?=.)")
_PERIOD = re.compile(r"年|月|天|日|次|季度|周")

Quantity = tuple[float | str | None, float | str | None, str]


class _FoldTable(dict[int, str]):
    """Translation table that works out the folded form of a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char if char in CIRCLED_AND_ELLIPSIS else unicodedata.normalize("NFKC", char)
        result = "".join(DASHES_AND_ANGLES.get(c, c) for c in folded if not c.isspace())
        self[code] = result
        return result


_TABLE = _FoldTable()


def fold(text: str | None) -> str:
    """Return text without spaces and without differences of width; None gives the empty string.

    >>> fold("〔２０２３〕 ５９号（①）")
    '[2023]59号(①)'
    """
    return (text or "").translate(_TABLE)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the offset in the original.

    >>> fold_with_origins("第 ５ 期")
    ('第5期', [0, 2, 4])
    """
    pieces: list[str] = []
    origins: list[int] = []
    for offset, char in enumerate(text):
        folded = _TABLE[ord(char)]
        pieces.append(folded)
        origins.extend([offset] * len(folded))
    return "".join(pieces), origins


def quantity(value: Any, upper: Any, unit: str | None) -> Quantity:
    """Return value, upper end and head of the unit, with a scale in the unit moved into the numbers.

    What the number is counted per is left out; see :func:`denominators`.

    >>> quantity(5, None, "万元/个")
    (50000.0, None, '元')
    """
    plain = fold(unit).replace("每", "").replace("人民币", "")
    head = plain.split("/", 1)[0] or plain
    factor = 1.0
    if scale := _SCALE_HEAD.match(head):
        for char in scale.group():
            factor *= _SCALES[char]
        head = head[scale.end() :]
    return _scaled(value, factor), _scaled(upper, factor), head


def _scaled(value: Any, factor: float) -> float | str | None:
    if value is None:
        return None
    try:
        return round(float(value) * factor, 9)
    except (TypeError, ValueError):
        return str(value)


def denominators(unit: str | None, per: str | None) -> frozenset[str]:
    """Return what a quantity is counted per, from its unit and its period alike.

    >>> denominators("元/人/月", None) == denominators("元/人", "每月")
    True
    """
    parts = [*fold(unit).split("/")[1:], *_PERIOD.findall(fold(per))]
    return frozenset("天" if part == "日" else part for part in parts if part)
