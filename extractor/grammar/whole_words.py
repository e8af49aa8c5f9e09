"""Prepositions and conjunctions of one character that do not begin a longer word (其 in 其他, 对 in 对外)."""

from __future__ import annotations

from functools import cache

from extractor import lexicon
from extractor.grammar.units import alternation


@cache
def alone(words: str) -> str:
    """A regular expression for one of the words (parted by |), where no word goes on with what follows.

    >>> import re
    >>> [bool(re.match(alone("其|对"), text)) for text in ("其中", "其他", "对企业", "对外开放")]
    [True, False, True, False]
    """
    longer = lexicon.load("whole_words")
    return "|".join(f"{word}(?!{alternation(longer[word])})" if word in longer else word for word in words.split("|"))
