"""Words of one character that do not begin or end a longer word (其 in 其他, 对 in 对外, 可 in 许可)."""

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


@cache
def ending(words: str) -> str:
    """A regular expression for one of the words (parted by |), where it does not end a longer word.

    >>> import re
    >>> [bool(re.search(ending("可|应"), text)) for text in ("主体可", "行政许可", "各地应", "供应")]
    [True, False, True, False]
    """
    longer = lexicon.load("whole_words")["ends"]
    return "|".join(
        word + "".join(f"(?<!{first}{word})" for first in longer.get(word, ())) for word in words.split("|")
    )
