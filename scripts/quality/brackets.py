"""Role brackets of a text by a plain balanced scan, and how many of them a parse has put into a responsibility.

A yardstick only: it knows nothing of the extractor's grammar, so that both can be wrong independently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_OPEN = {"(": ")", "[": "]", "【": "】", "〔": "〕", "{": "}"}
_BRACKET = re.compile(r"[()\[\]【】〔〕{}]")
_ONE_WIDTH = str.maketrans("（）［］｛｝：，；", "()[]{}:,;")
_SPACE = re.compile(r"\s+")

LONGEST = 800
"""Characters in a role bracket, spaces not counted; a longer pair is two lost brackets that found each other."""
CONTEXT = 40
"""Characters shown of a bracket and before it."""
ANCHOR = 10
"""Characters at an end of a bracket by which it is found where page furniture inside it was taken out."""
NEAR = 1500
"""A bracket is looked for so many characters around where its distance from the last one puts it: a page or two."""

_ROLE = r"(?:牵头|责任|配合|协办|协同|协作|参与|参加|主办|承办|支持|督办|指导|落实|实施|负责|主责)"
_HOLDER = r"(?:单位|部门|机关|处室|科室|机构|主体)"
# 牵头责任单位:, 主要责任单位:, 协同配合单位: (R07); at the very beginning also 责任单位为 and 责任单位、配合单位.
_LABEL = re.compile(rf"{_ROLE}{{1,2}}(?:\(\w{{1,4}}\))?{_HOLDER}(?:和{_ROLE}{_HOLDER})?[:]")
_LABEL_FIRST = re.compile(rf"(?:主要)?{_ROLE}{{1,2}}{_HOLDER}[:为、]")
# R08–R13: a predicate instead of a label, at the end or before a deadline (R25) or a further sentence.
_PREDICATE = re.compile(r"(?:负责|牵头|配合|协同|协办|督办|落实|(?:组织|具体|结合实际)实施)(?=[。;,]|$)")
# (以下简称…牵头) and (应当予以配合) name nobody; (列第一位的为牵头单位,下同) is a convention.
_NO_DUTY = re.compile(r"^(?:以下|下同|如|若|须|需|应|不|可|已|未|含|其中)|简称|无牵头|第一位|首位")
SHORTEST_PREDICATE = 5
"""Characters in a bracket with a predicate that can name somebody: （负责）and（牵头） do not."""


@dataclass(frozen=True)
class Bracket:
    """A role bracket: offset in the source and its content without spaces."""

    start: int
    end: int
    content: str


def role_brackets(text: str) -> list[Bracket]:
    """Return the role brackets of a text, the outermost of nested ones, in order.

    >>> [bracket.content for bracket in role_brackets("（一）建库（责任单位：市水务局、各县（市）政府）。")]
    ['责任单位:市水务局、各县(市)政府']
    """
    plain = text.translate(_ONE_WIDTH)
    found: list[Bracket] = []
    for start, end in _pairs(plain):
        content = _SPACE.sub("", plain[start + 1 : end - 1])
        if len(content) <= LONGEST and is_role(content):
            while found and found[-1].start > start:
                found.pop()
            found.append(Bracket(start, end, content))
    return found


def is_role(content: str) -> bool:
    """Tell whether the content of a bracket, without spaces and in half width, says who answers for something."""
    if _LABEL.search(content) or _LABEL_FIRST.match(content):
        return True
    return (
        len(content) >= SHORTEST_PREDICATE
        and _PREDICATE.search(content) is not None
        and _NO_DUTY.search(content) is None
    )


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Balanced pairs, each after those inside it; an opening bracket that never closes is passed over."""
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        char = match.group()
        if char in _OPEN:
            stack.append((_OPEN[char], match.start()))
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == char:
                yield stack[depth][1], match.end()
                del stack[depth:]
                break


@dataclass(frozen=True)
class Missed:
    """A role bracket in no responsibility, what stands before it, and whether the parsed text holds it at all."""

    bracket: Bracket
    context: str
    in_text: bool


def missed_brackets(source: str, parsed: dict[str, Any], brackets: Iterable[Bracket]) -> list[Missed]:
    """Return the brackets of a source that overlap no responsibility of its parse.

    The parsed text has broken lines joined and furniture taken out: brackets are found in it by their words, one
    after the other, and spaces do not count.
    """
    text: str = parsed["text"].translate(_ONE_WIDTH)
    squeezed, offsets = _squeeze(text)
    origins = _squeeze(source)[1]
    covered = _covered(parsed, offsets)
    missed: list[Missed] = []
    cursor = drift = 0
    for bracket in brackets:
        expected = origins[bracket.start] + drift
        start = _locate(squeezed, bracket.content, cursor, expected)
        end = start + len(bracket.content)
        if start >= 0:
            cursor, drift = end, start - origins[bracket.start]
        if start < 0 or 1 not in covered[start:end]:
            context = _SPACE.sub("", source[max(0, bracket.start - CONTEXT) : bracket.start + CONTEXT])
            missed.append(Missed(bracket, context, in_text=start >= 0))
    return missed


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without spaces, and for each offset of the text the offset in it."""
    offsets = [0] * (len(text) + 1)
    kept: list[str] = []
    for offset, char in enumerate(text):
        offsets[offset] = len(kept)
        if not char.isspace():
            kept.append(char)
    offsets[len(text)] = len(kept)
    return "".join(kept), offsets


def _covered(parsed: dict[str, Any], offsets: list[int]) -> bytearray:
    """One byte for each squeezed character: 1 inside a responsibility that the text states."""
    covered = bytearray(offsets[-1])
    for document in parsed["documents"]:
        for measure in document.get("measures") or ():
            for responsibility in measure.get("responsibilities") or ():
                span = responsibility.get("span")
                if span and responsibility.get("basis") != "inherited":
                    start, end = offsets[span[0]], offsets[span[1]]
                    covered[start:end] = b"\1" * (end - start)
    return covered


def _locate(squeezed: str, content: str, cursor: int, expected: int) -> int:
    """Where the content of a bracket begins, or -1: all its words near by, else its first or last, else far away."""
    low, high = max(cursor, expected - NEAR), max(cursor, expected) + NEAR
    at = squeezed.find(content, low, high + len(content))
    if at < 0:
        at = squeezed.find(content[:ANCHOR], low, high)
    if at < 0:
        last = squeezed.find(content[-ANCHOR:], low, high + len(content))
        at = max(cursor, last + ANCHOR - len(content)) if last >= 0 else -1
    return at if at >= 0 else squeezed.find(content, cursor)
