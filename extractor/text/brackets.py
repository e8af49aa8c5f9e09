"""Balanced brackets (R05: a role bracket holds brackets of its own kind)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKET = re.compile(r"[()\[\]{}\n]")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket pair in folded text: ``text[start:end]`` includes both marks."""

    start: int
    end: int
    depth: int
    """0 for the outermost."""
    closed: bool = True
    """False where the closing mark was lost (L22) and the pair ends at the line's end."""


def find_brackets(folded: str) -> tuple[Bracket, ...]:
    """All bracket pairs of folded text in order of their opening mark; a pair never crosses a line end.

    >>> [folded for b in find_brackets("(责任单位:各市(县)、区政府)") if (folded := (b.start, b.end, b.depth))]
    [(0, 16, 0), (8, 11, 1)]
    """
    found: list[Bracket] = []
    open_at: list[tuple[str, int]] = []

    def lose(count: int, end: int) -> None:
        for _ in range(count):
            _, start = open_at.pop()
            found.append(Bracket(start, end, len(open_at), closed=False))

    for match in _BRACKET.finditer(folded):
        mark, at = match.group(), match.start()
        if mark in _PAIRS:
            open_at.append((mark, at))
        elif mark == "\n":
            lose(len(open_at), at)
        else:
            openers = [opener for opener, _ in open_at]
            if _CLOSERS[mark] not in openers:
                continue  # a closing mark that opens nothing, as in 1)
            lose(len(openers) - 1 - max(i for i, o in enumerate(openers) if o == _CLOSERS[mark]), at)
            _, start = open_at.pop()
            found.append(Bracket(start, at + 1, len(open_at)))
    lose(len(open_at), len(folded))
    return tuple(sorted(found, key=lambda bracket: (bracket.start, -bracket.end)))
