"""Slips in lists of bodies: a comma where 、 belongs (R22), levels run together (L64). Pure, on folded text."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.bodies.registry import prefix_of
from extractor.bodies.shape import is_group, kind_of
from extractor.grammar.duties import Statement

# 各市(县)区: a bracketed level and one more without 、; 市、(县)区: the bracket misplaced; 市区政府: two levels in one
_LEVELS = re.compile(
    r"各?市\(县\)区(?:人民)?(?:政府)?|(?<=[市、支持])\(县\)区(?:级|两级)?|市、\(县\)区|(?<=[由与和、,])市区政府|(?<=^)市区政府"
)

_ALIKE = frozenset({"government", "mass", "vertical"})
"""Between these kinds a comma marks no change of scope (R14), as it does at a court, a company or a party organ."""


def find_missing_separators(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of level words that lack a 、 or have a bracket in the wrong place.

    >>> find_missing_separators("支持各市(县)区依托资源"), find_missing_separators("各市(县)、区政府")
    (((2, 8),), ())
    """
    if "(县)区" not in text and "市区政府" not in text:
        return ()
    return tuple(match.span() for match in _LEVELS.finditer(text))


def odd_commas(text: str, said: Statement) -> tuple[int, ...]:
    """Offsets of commas between two bodies of one kind of name in a list that 、 divides elsewhere (R22, not R14).

    >>> from extractor.grammar.duties import read_statement
    >>> line = "责任单位:市甲局、市乙局,市丙局等"
    >>> [line[at] for at in odd_commas(line, read_statement(line))]
    [',']
    """
    found: list[int] = []
    if text.find(",", said.start, said.end) < 0:
        return ()
    for part in said.parts:
        items = part.items
        for before, here in pairwise(items):
            between = text[before.end : here.start]
            if between != "," or is_group(before.text) or is_group(here.text):
                continue
            if not {kind_of(before.text), kind_of(here.text)} <= _ALIKE:
                continue
            if (
                "、" in text[said.start : said.end]
                and prefix_of(before.text)
                and prefix_of(before.text) == prefix_of(here.text)
            ):
                found.append(before.end)
    return tuple(found)
