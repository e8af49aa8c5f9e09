"""Words of Chinese text, by jieba with our lexicon as its dictionary; loaded when a word is first asked for."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from extractor import lexicon

if TYPE_CHECKING:
    import jieba

_HELD = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+(?:[-.]?[A-Za-z\d]+)*")
"""A number and a Latin word are never cut."""


@cache
def _cutter() -> jieba.Tokenizer:
    import jieba

    jieba.setLogLevel(logging.ERROR)  # it tells of its dictionary on stderr
    cutter = jieba.Tokenizer()
    comparators = lexicon.load("comparators")
    for place in ("before", "apart", "after"):
        for group in comparators[place].values():
            for word in group:
                if len(word) > 1 and not word.startswith(("原则上", "一般")):  # strengths of their own
                    cutter.add_word(word)
    return cutter


def cut_words(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the words of a text, in order and without a gap; digits and Latin words stay whole.

    >>> text = "不少于12.5%的小微企业"
    >>> [text[start:end] for start, end in cut_words(text)]
    ['不少于', '12.5%', '的', '小微', '企业']
    """
    at = 0
    for held in _HELD.finditer(text):
        yield from _cut(text, at, held.start())
        yield held.span()
        at = held.end()
    yield from _cut(text, at, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start < 2:
        if end > start:
            yield start, end
        return
    for word in _cutter().cut(text[start:end]):
        yield start, start + len(word)
        start += len(word)
