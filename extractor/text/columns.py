"""How wide the column is that a text was printed in, estimated for each stretch of lines before any line is joined.

Lines out of a PDF end at the right margin; out of a web page each is a paragraph, and their lengths spread over
hundreds. Both stand in one file when issues are put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from extractor.text.pieces import Piece
from extractor.text.starts import End

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
    stretches = list(_stretches(pieces))
    running = [[piece for piece in own if piece.inner and not piece.table] for own, _ in stretches]
    values: list[int] = []
    for at, (own, first) in enumerate(stretches):
        begin = at if first or at == 0 else at - 1
        end = at + 1 if at + 1 == len(stretches) or stretches[at + 1][1] else at + 2
        around = [piece for own_running in running[begin:end] for piece in own_running]
        value = _estimate(around, sum([len(each) for each, _ in stretches[begin:end]]))
        values.append(value if value and _holds(own, value) else _estimate(running[at], len(own)))
    values = _agree(values)
    for order in (range(len(values)), range(len(values) - 1, -1, -1)):
        near = 0
        for at in order:  # a stretch of titles, contents or short articles lies in the same column as what is around it
            own = stretches[at][0]
            if not values[at] and near and _holds(own, near) and _reaches(own, near):
                values[at] = near
            near = values[at] or near * (len(own) == 1)
    found: list[int] = []
    for (own, _), value in zip(stretches, values, strict=True):
        found.extend([value] * len(own))
    _draw_borders(pieces, found, [len(own) for own, _ in stretches])
    return [value if piece.full <= value + SLACK else 0 for piece, value in zip(pieces, found, strict=True)]


MAX_COLUMN = 104
"""Half widths; a longer line (52 characters) was never printed as one line: it is a paragraph, and what is before it
and behind it may come from different files."""


def _stretches(pieces: list[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """Stretches of lines that may share a column; True where one does not go on from the stretch before."""
    start, first = 0, True
    for at in range(len(pieces) + 1):
        long = at < len(pieces) and pieces[at].full > MAX_COLUMN and not pieces[at].table
        if at < len(pieces) and not long and at - start < STRETCH:
            continue
        if at > start:
            yield pieces[start:at], first
            first = False
        if long:
            yield pieces[at : at + 1], True
            start, first = at + 1, True
        else:
            start = at


def _draw_borders(pieces: list[Piece], found: list[int], lengths: list[int]) -> None:
    """Move the border between stretches of different width to the line where one layout ends and the other begins."""
    border = 0
    for left, right in pairwise(lengths):
        border += left
        one, other = found[border - 1], found[border]
        if one == other:
            continue
        begin, end = border - left, border + right
        gain = [_fits(piece, one) - _fits(piece, other) for piece in pieces[begin:end]]
        best, place, total = 0, 0, 0
        for step, value in enumerate(gain, 1):
            total += value
            if total > best or (total == best and begin + step <= border):
                best, place = total, step
        found[begin : begin + place] = [one] * place
        found[begin + place : end] = [other] * (end - begin - place)


def _fits(piece: Piece, column: int) -> int:
    """How well a line goes with a column: cut at its edge, too long for it, or cut where there is no column."""
    cut = piece.end <= End.CUT and piece.inner
    if not column:
        return -1 if cut or piece.end == End.OPEN else 0
    if piece.full > column + 3:
        return -2
    return 1 if cut and piece.full >= column - INDENT - 2 else 0


SLACK = 8
"""Half widths by which a line may overrun the column: numbers and Latin letters are wider in print than here."""


def _holds(own: list[Piece], value: int) -> bool:
    """True when hardly a line of the stretch goes beyond the column."""
    return sum([piece.full > value + 3 for piece in own]) <= max(1.0, BEYOND_SHARE * len(own))


def _reaches(own: list[Piece], value: int) -> bool:
    """True when a line of the stretch was cut at the column's edge, or lines end in a comma as no paragraph does."""
    if sum(piece.end == End.OPEN for piece in own) >= 2:
        return True
    return any(abs(p.full - value) <= 6 and p.end <= End.CUT and p.inner for p in own)


def _agree(values: list[int]) -> list[int]:
    """Widths a little apart are one: stretches where first lines or numbers prevail look narrower."""
    count = Counter(value for value in values if value)
    often = sorted(count, key=lambda value: (-count[value], -value))
    same = {value: next(other for other in often if abs(other - value) <= INDENT) for value in often}
    return [same.get(value, 0) for value in values]


def _estimate(running: list[Piece], size: int) -> int:
    """The width of some lines, ``size`` in all, by those of them that are running text."""
    if len(running) < 3:
        return 0
    count = Counter([piece.full for piece in running])
    enough = max(3.0, EDGE_SHARE * len(running))
    beyond = 0
    for edge in sorted(count, reverse=True):
        if edge < MIN_WIDTH or beyond > BEYOND_SHARE * size:
            return 0
        if sum([count.get(edge - step, 0) for step in range(5)]) >= enough:
            break
        beyond += count[edge]
    else:
        return 0
    mode = max(range(edge - 5, edge + 1), key=lambda value: (count[value], value))
    if sum(count[mode + step] for step in (3, 4, 5)) >= 0.15 * count[mode]:
        mode += INDENT  # first lines are the many, full lines the few
    long = [piece for piece in running if piece.full >= mode - 10]
    cut = sum(piece.end in (End.CUT, End.OPEN) for piece in long)
    return mode if len(long) >= 3 and cut >= CUT_SHARE * len(long) else 0
