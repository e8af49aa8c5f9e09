"""How hard a sentence binds, by its words, and which of its parts says when or for whom it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from extractor import lexicon
from extractor.grammar.conditions import CONDITION_END, CONDITION_START
from extractor.grammar.signs import any_of

Strength = Literal["ban", "must", "plain", "aim", "may"]
ORDER: tuple[Strength, ...] = ("may", "aim", "plain", "must", "ban")
_ABLE = ("复制", "推广", "持续", "靠", "视", "操作", "量化", "追溯", "再生", "行性", "及", "达", "得")
_UNIT = re.compile(r"(?:[^,。;:!?\n]|(?<=\d),(?=\d{3}))+")


@cache
def _strengths() -> dict[str, Strength]:
    return {word: strength for strength, words in lexicon.load("strength")["words"].items() for word in words}


def strength_of(word: str, after: str = "") -> Strength | None:
    """The strength that a word gives its sentence; None where it gives none, as 可 in 可复制 (``after`` is 复制…).

    >>> [strength_of(*words) for words in (("力争",), ("不得",), ("公园",), ("可", "申请"), ("可", "复制"))]
    ['aim', 'ban', None, 'may', None]
    """
    return None if word == "可" and after.startswith(_ABLE) else _strengths().get(word)


@cache
def _meanings() -> dict[str, frozenset[str]]:
    groups = [frozenset(group) for group in lexicon.load("strength")["same"]]
    return {word: group for group in groups for word in group}


def means_same(one: str, other: str) -> bool:
    """Whether two words of 公文 say the same (健全, 完善).

    >>> means_same("健全", "完善"), means_same("健全", "取消")
    (True, False)
    """
    return other in _meanings().get(one, ())


def comma_units(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between two marks of a folded text.

    >>> list(comma_units("到2025年,达到1,000个。"))
    [(0, 6), (7, 15)]
    """
    for unit in _UNIT.finditer(text):
        yield unit.span()


_OF_WHOM = re.compile(r"^(?:享受|取得|获得|验收|经|已|未|新认定|列入|纳入|入选|通过|从事)[^,]*的[^,的]{1,16}$")
"""享受政策的企业, at the head of a sentence: those for whom the rest holds."""


def condition_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text says for whom or when something holds, comma unit by comma unit.

    A unit that ends with 的 or 者 is one as a whole; one that begins with 对 or 符合 is one up to the word of granting.

    >>> text = "对新建的企业给予5万元奖励,年满60周岁的,每月发100元。"
    >>> [text[start:end] for start, end in condition_ranges(text)]
    ['对新建的企业', '年满60周岁的']
    """
    for start, end in comma_units(text):
        unit = text[start:end]
        gives = any_of("gives").search(unit)
        if CONDITION_END.search(unit) or (_OF_WHOM.search(unit) and text[end : end + 1] == ","):
            yield start, end
        elif CONDITION_START.search(unit):
            yield start, start + gives.start() if gives is not None else end
