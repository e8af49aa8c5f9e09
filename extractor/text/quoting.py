"""From the folded words that the rules read back to the characters of the source: nothing given out is rewritten."""

from __future__ import annotations

import re

from extractor.text.fold import View

BEFORE, AFTER = 700, 160
"""Characters of the view before and after a number in which the words about it stand; else they stand anywhere."""
SHORTEST_PIECE = 2
"""A shorter piece of words that do not stand together is left out: it would be found anywhere."""
_BREAK = re.compile(r"[ \t\u3000]*[\n\r][ \t\u3000]*")
_MARKS = "…,、;:"


def quote(text: str, view: View, start: int, end: int) -> str:
    """The source of a range of a view, with no more than its line breaks taken out; ``text`` is the reading text.

    >>> text = "到 2025年，达８０％"
    >>> quote(text, View.of(text), 0, 6)
    '到 2025年'
    """
    left, right = view.span(start, end)
    piece = text[left:right]
    return _BREAK.sub("", piece) if "\n" in piece or "\r" in piece else piece


def in_source(text: str, view: View, words: str | None, at: int) -> str | None:
    """Words that a rule put together from a view, near offset ``at``, in the characters of the source.

    What does not stand together in the source is parted by …; None stays None.

    >>> text = "对新建厂房（仓库）的，给予补贴"
    >>> in_source(text, View.of(text), "新建厂房(仓库)…补贴", 10)
    '新建厂房（仓库）…补贴'
    """
    if not words:
        return None
    pieces = []
    for part in words.split("…"):
        pieces.extend(_pieces(text, view, part, at))
    return "…".join(pieces) or None


def _pieces(text: str, view: View, part: str, at: int) -> list[str]:
    found = []
    while part:
        length = len(part)
        start = _find(view.text, part, at)
        if start < 0:
            length = _longest(view.text, part, at)
            start = _find(view.text, part[:length], at) if length else -1
        kept = part[:length].rstrip(_MARKS) if length < len(part) else part
        if start >= 0 and (len(kept) >= SHORTEST_PIECE or length == len(part)):
            found.append(quote(text, view, start, start + len(kept)))
        part = part[max(1, length) :].lstrip(_MARKS)
    return found


def _find(folded: str, words: str, at: int) -> int:
    """Where the words stand: the last place before ``at``, else the first after it."""
    start = folded.rfind(words, max(0, at - BEFORE), min(len(folded), at + len(words)))
    if start < 0:
        start = folded.find(words, at, at + AFTER + len(words))
    return start if start >= 0 else folded.find(words)


def _longest(folded: str, words: str, at: int) -> int:
    """Length of the longest beginning of the words that stands in the text."""
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _find(folded, words[:middle], at) >= 0:
            low = middle
        else:
            high = middle - 1
    return low
