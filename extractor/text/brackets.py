"""Balanced brackets (R05: a role bracket holds brackets of its own kind)."""

from __future__ import annotations

import re

from msgspec import Struct

from extractor.text.fold import ascii_of

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_BRACKET = re.compile(r"[()\[\]{}\n]")
_FLAT = re.compile(r"\([^()\[\]{}\n]*\)|\[[^()\[\]{}\n]*\]|\{[^()\[\]{}\n]*\}")
_NO_MARKS = bytes(set(range(128)) - set(b"()[]{}\n"))
DEEPEST = 4
"""Brackets inside each other that are told quickly; what is deeper is read mark by mark."""


class Bracket(Struct, frozen=True, gc=False):
    """A bracket pair in folded text: ``text[start:end]`` includes both marks."""

    start: int
    end: int
    depth: int
    """0 for the outermost."""
    closed: bool = True
    """False where the closing mark was lost (L22) and the pair ends at the line's end."""


_OPEN = Bracket(0, 0, 0)
"""Keeps the place of a bracket until it is closed."""


def all_closed(folded: str) -> bool:
    """True where every bracket that is opened in folded text is closed in its line; quick, and False when in doubt.

    >>> all_closed("(市(县)、区)"), all_closed("(一)加强(试行")
    (True, False)
    """
    rest = _marks(folded)
    for _ in range(DEEPEST):  # the innermost pairs are taken away
        rest = rest.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if b"(" not in rest and b"[" not in rest and b"{" not in rest:
            return True
    return False


def _marks(folded: str) -> bytes:
    """The brackets and line ends of folded text; deleting all else costs less than looking for them."""
    return ascii_of(folded).translate(None, _NO_MARKS)


def find_brackets(folded: str) -> tuple[Bracket, ...]:
    """All bracket pairs of folded text in order of their opening mark; a pair never crosses a line end.

    >>> [folded for b in find_brackets("(责任单位:各市(县)、区政府)") if (folded := (b.start, b.end, b.depth))]
    [(0, 16, 0), (8, 11, 1)]
    """
    flat = [Bracket(*match.span(), 0) for match in _FLAT.finditer(folded)]
    marks = _marks(folded)
    if 2 * len(flat) == len(marks) - marks.count(b"\n"):  # none in another, none lost
        return tuple(flat)
    found: dict[int, Bracket] = {}  # by opening mark, in the order of the text
    open_at: list[tuple[str, int]] = []
    awaited = {")": 0, "]": 0, "}": 0}

    def close(until: str, end: int) -> None:
        """Close the innermost bracket that ends in ``until``; those inside it are lost, for "" all of them."""
        while open_at:
            closer, start = open_at.pop()
            awaited[closer] -= 1
            if closer == until:
                found[start] = Bracket(start, end + 1, len(open_at))
                return
            found[start] = Bracket(start, end, len(open_at), closed=False)

    for match in _BRACKET.finditer(folded):
        mark, at = match[0], match.start()
        if (closer := _PAIRS.get(mark)) is not None:
            open_at.append((closer, at))
            awaited[closer] += 1
            found[at] = _OPEN
        elif mark == "\n":
            if open_at:
                close("", at)
        elif open_at and open_at[-1][0] == mark:
            start = open_at.pop()[1]
            awaited[mark] -= 1
            found[start] = Bracket(start, at + 1, len(open_at))
        elif awaited[mark]:  # otherwise a closing mark that opens nothing, as in 1)
            close(mark, at)
    close("", len(folded))
    return tuple(found.values())
