"""The folded view: one form for what the eye reads as the same, used for matching only.

Folding is one character to one character, so offsets never move; :class:`View` also leaves spaces out and keeps the
way back. What is returned to users is always the text of the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from msgspec import Struct

# Characters that read alike (L16, L17, L19, L20, L30): the key is folded into the value.
_ALIKE = {
    "﹒": ".", "．": ".",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "〖": "[", "〗": "]", "﹝": "[", "﹞": "]",
    "〈": "<", "〉": ">", "﹤": "<", "﹥": ">", "‹": "<", "›": ">",
    "—": "-", "–": "-", "―": "-", "－": "-", "‐": "-", "‑": "-", "−": "-", "～": "-", "~": "-", "∼": "-", "〜": "-",
    "○": "〇", "◯": "〇", "臺": "台", "仟": "千", "佰": "百", "萬": "万", "億": "亿", "∶": ":", "︰": ":",
    "\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    "\ufeff": " ", "\u200b": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip


def _table() -> dict[str, str]:
    table = dict(_ALIKE)
    blocks = (range(0xFF01, 0xFFEF), range(0x2F00, 0x2FE0), range(0xF900, 0xFB00), range(0x2E80, 0x2EF4))
    for block in blocks:  # full-width forms, Kangxi radicals, compatibility ideographs
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and folded != chr(code):
                table.setdefault(chr(code), folded)
    return {key: table.get(value, value) for key, value in table.items()}


_TABLE = _table()
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}]")


def fold(text: str) -> str:
    """Fold widths, look-alikes and spaces of ``text``; the result has the same length.

    >>> fold("（１）不低于 90％；〔2023〕")
    '(1)不低于 90%;[2023]'
    """
    for char in set(_FOLDED.findall(text)):  # str.translate raises and catches a KeyError for each other character
        text = text.replace(char, _TABLE[char])
    return text


def ascii_of(text: str) -> bytes:
    """The ASCII characters of a text: a search among these few costs a fraction of one through the whole.

    >>> ascii_of("到2025年,达到80%")
    b'2025,80%'
    """
    return text.encode("ascii", "ignore")


def unfolded(chars: str) -> frozenset[str]:
    """All characters that fold to one of ``chars``.

    >>> sorted(unfolded("%"))
    ['%', '％']
    """
    return frozenset([*chars, *(char for char, folded in _TABLE.items() if folded in chars)])


class View(Struct, frozen=True, gc=False):
    """A piece of the reading text, folded and without spaces, that knows where each character stands.

    >>> view = View.of("到 2025 年,达８０％", 2, 13)
    >>> view.text, view.span(0, 5)
    ('2025年,达80%', (2, 8))
    """

    text: str
    start: int
    """Offset in the reading text of the first character."""
    gaps: tuple[int, ...] = ()
    """Offsets inside ``text`` before which the source has spaces."""
    skipped: tuple[int, ...] = (0,)
    """How many spaces stand before the first gap (none), up to the second, …, and up to the end."""

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> View:
        """Make the view of ``text[start:end]``."""
        return cls.unspaced(fold(text[start:end]), start)

    @classmethod
    def unspaced(cls, folded: str, start: int) -> View:
        """Make the view of a piece of folded text that stands at ``start`` in the reading text."""
        if " " not in folded and "\t" not in folded:
            return cls(folded, start)
        bare = folded.lstrip(" \t")
        start += len(folded) - len(bare) if bare else 0
        bare = bare.rstrip(" \t")
        if " " not in bare and "\t" not in bare:  # an indent and nothing else, like most first lines
            return cls(bare, start)
        pieces = bare.replace("\t", " ").split(" ")
        gaps: list[int] = []
        skipped = [0]
        length = 0
        for spaces, piece in enumerate(pieces):
            if piece:
                if spaces:
                    gaps.append(length)
                    skipped.append(spaces)
                length += len(piece)
        return cls("".join(pieces), start, tuple(gaps), tuple(skipped))

    def at(self, place: int) -> int:
        """Offset in the reading text of a character of the view; of its end for that behind the last."""
        return self.start + place + self.skipped[bisect_right(self.gaps, place)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a half-open range of the view into one of the reading text (``end`` > ``start``)."""
        if not self.gaps:
            return self.start + start, self.start + max(start, end)
        first = self.at(start)
        return (first, self.at(end - 1) + 1) if end > start else (first, first)
