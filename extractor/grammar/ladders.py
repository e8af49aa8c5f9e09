"""Steps of a ladder: words that rank one condition above another (国家级、省级、市级, 一孩、二孩, 初级、中级)."""

from __future__ import annotations

import re
from functools import cache

from extractor import lexicon
from extractor.grammar.units import alternation


def steps(text: str, start: int = 0, end: int | None = None) -> list[tuple[str, re.Match[str]]]:
    """The steps in a stretch of folded text, in order, each with the name of its ladder.

    >>> [(ladder, step[0]) for ladder, step in steps("省级和市级的大型茶园")]
    [('level', '省级'), ('level', '市级'), ('size', '大型')]
    """
    ladders, pattern = _ladders()
    return [(ladders[step[0]], step) for step in pattern.finditer(text, start, len(text) if end is None else end)]


def step_at_end(text: str, label: str) -> int | None:
    """Where the last step of a text begins that is of the ladder of which ``label`` begins with a step.

    >>> step_at_end("按照初级", "中级"), step_at_end("按照初级", "省级"), step_at_end("按照初级", "茶园")
    (2, None, None)
    """
    named = steps(label)
    if not named or named[0][1].start():
        return None
    return next((step.start() for ladder, step in reversed(steps(text)) if ladder == named[0][0]), None)


@cache
def _ladders() -> tuple[dict[str, str], re.Pattern[str]]:
    words: dict[str, str] = {}
    for name, rungs in lexicon.load("ladders").items():
        if name != "origin":
            words |= dict.fromkeys(rungs, name)
    return words, re.compile(alternation(words))
