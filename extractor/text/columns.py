"""How wide the column is that a text was printed in, estimated for each stretch of lines before any line is joined.

Lines out of a PDF end at the right margin; out of a web page each is a paragraph, and their lengths spread over
hundreds. Both stand in one file when issues are put together.
"""

from __future__ import annotations

from collections import Counter

from extractor.text.pieces import Piece
from extractor.text.starts import INNER, End

STRETCH = 40
"""Lines for which one width is estimated, from them and as many before and behind: a page or two."""
MIN_WIDTH = 28
"""Narrower columns (14 characters) are cells, lists and rosters, not running text."""
EDGE_SHARE = 0.12
"""A margin shows: this share of the lines of running text ends within five half widths of it …"""
BEYOND_SHARE = 0.04
"""… hardly a line goes beyond it …"""
CUT_SHARE = 0.5
"""… and this share of the long lines of running text ends inside a sentence (in web text: none or few)."""
INDENT = 4
"""A first line is indented by two characters, which PDF text has lost: it is that much shorter."""


def widths(pieces: list[Piece]) -> list[int]:
    """The wrap width that holds at each piece, in half widths; 0 where each line is a paragraph."""
    stretches = [pieces[at : at + STRETCH] for at in range(0, len(pieces), STRETCH)]
    values: list[int] = []
    for at, own in enumerate(stretches):
        value = _estimate([piece for stretch in stretches[max(0, at - 1) : at + 2] for piece in stretch])
        values.append(value if value and _holds(own, value) else _estimate(own))
    values = _agree(values)
    for order in (range(len(values)), range(len(values) - 1, -1, -1)):
        near = 0
        for at in order:  # a stretch of titles, contents or short articles lies in the same column as what is around it
            if not values[at] and near and _holds(stretches[at], near) and _reaches(stretches[at], near):
                values[at] = near
            near = values[at]
    found: list[int] = []
    for own, value in zip(stretches, values, strict=True):
        found.extend(value if piece.width + piece.indent <= value + SLACK else 0 for piece in own)
    return found


SLACK = 8
"""Half widths by which a line may overrun the column: numbers and Latin letters are wider in print than here."""


def _holds(own: list[Piece], value: int) -> bool:
    """True when hardly a line of the stretch goes beyond the column."""
    return sum(piece.width + piece.indent > value + 3 for piece in own) <= max(1.0, BEYOND_SHARE * len(own))


def _reaches(own: list[Piece], value: int) -> bool:
    """True when a line of the stretch was cut at the column's edge, or lines end in a comma as no paragraph does."""
    if sum(piece.end is End.OPEN for piece in own) >= 2:
        return True
    return any(abs(piece.width + piece.indent - value) <= 6 and piece.end <= End.CUT for piece in own)


def _agree(values: list[int]) -> list[int]:
    """Widths a little apart are one: stretches where first lines or numbers prevail look narrower."""
    count = Counter(value for value in values if value)
    often = sorted(count, key=lambda value: (-count[value], -value))
    same = {value: next(other for other in often if abs(other - value) <= INDENT) for value in often}
    return [same.get(value, 0) for value in values]


def _estimate(pieces: list[Piece]) -> int:
    running = [piece for piece in pieces if not piece.table and INNER.search(piece.text)]
    count = Counter(piece.width + piece.indent for piece in running)
    enough = max(3.0, EDGE_SHARE * len(running))
    beyond = 0
    for edge in sorted(count, reverse=True):
        if edge < MIN_WIDTH or beyond > BEYOND_SHARE * len(pieces):
            return 0
        if sum(count[edge - step] for step in range(5)) >= enough:
            break
        beyond += count[edge]
    else:
        return 0
    mode = max(range(edge - 5, edge + 1), key=lambda value: (count[value], value))
    if sum(count[mode + step] for step in (3, 4, 5)) >= 0.15 * count[mode]:
        mode += INDENT  # first lines are the many, full lines the few
    long = [piece for piece in running if piece.width + piece.indent >= mode - 10]
    cut = sum(piece.end in (End.CUT, End.OPEN) for piece in long)
    return mode if len(long) >= 3 and cut >= CUT_SHARE * len(long) else 0
