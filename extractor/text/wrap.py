"""Where lines were cut by the page and not by the author: the wrap width of a file, and the joins.

Text out of a PDF is cut at the right margin, and justified lines are cut once more after a punctuation mark; text out of a web
page has one paragraph a line. Both stand in one file when issues are put together. So the width is estimated first, for each
stretch of lines, and lines are joined only where that width says that they were cut (L01, L02, R29).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractor.text.starts import INNER, LEADER, End, Start, end_of, opens, start_of

STRETCH = 40
"""Lines for which one width is estimated, from them and as many before and behind: more than a page, less than a document."""
MIN_WIDTH = 28
"""Narrower columns (14 characters) are cells, lists and rosters, not running text."""
EDGE_SHARE = 0.12
"""A margin shows: this share of the lines ends within five half widths of it. Paragraph lines spread over hundreds."""
BEYOND_SHARE = 0.04
"""And hardly a line goes beyond it."""
CUT_SHARE = 0.5
"""And at least this share of the long lines of running text ends inside a sentence (in web text: none or few)."""
INDENT = 4
"""A first line is indented by two characters, which PDF text has lost: it is that much shorter."""
MAX_PIECES = 24
"""A justified line falls into at most as many pieces."""
NEVER = 1e6


def width(line: str) -> int:
    """Display width of a line in half widths: two for a Chinese character or mark, one for ASCII.

    >>> width("到2025年")
    8
    """
    return 2 * len(line) - len(line.encode("ascii", "ignore")) - line.count("\u00a0")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the source that has text, seen as a piece of a printed line."""

    text: str
    """Without the spaces around it."""
    indent: int
    """Half widths of white space before it."""
    width: int
    start: Start
    end: End
    gap: int
    """0: follows the piece before directly; 1: after a page break; 2: after blank lines."""
    table: bool
    """Holds a tab or dot leaders: a row or an entry, joined to nothing."""

    @classmethod
    def of(cls, line: str, gap: int) -> Piece:
        """Make the piece of a line that is not blank."""
        text = line.strip()
        indent = width(line[: len(line) - len(line.lstrip())])
        table = "\t" in text or ("  " in text and _COLUMNS.search(text) is not None)
        if not table and _LEADER_HINT.search(text) is not None:
            table = LEADER.search(text) is not None
        return cls(text, indent, width(text), start_of(text), end_of(text), gap, table)


_COLUMNS = re.compile(r"\S {2,}\S+ {2,}\S")
_LEADER_HINT = re.compile(r"\.{4}|…{2}|．{4}|·{4}|[.…·] [.…·] ")


def widths(pieces: list[Piece]) -> list[int]:
    """The wrap width that holds at each piece, in half widths; 0 where each line is a paragraph."""
    found: list[int] = []
    for at in range(0, len(pieces), STRETCH):
        around = pieces[max(0, at - STRETCH) : at + 2 * STRETCH]
        own = pieces[at : at + STRETCH]
        value = _estimate(around)
        if value and max(piece.width for piece in own) > value + 40:
            value = _estimate(own)
        found.extend([value] * len(own))
    for at, piece in enumerate(pieces):
        if found[at] and piece.width + piece.indent > found[at] + 8:
            found[at] = 0
    return found


def _estimate(pieces: list[Piece]) -> int:
    lines = [piece.width + piece.indent for piece in pieces if not piece.table]
    count = Counter(lines)
    enough = max(3.0, EDGE_SHARE * len(lines))
    beyond = 0
    for edge in sorted(count, reverse=True):
        if edge < MIN_WIDTH or beyond > BEYOND_SHARE * len(lines):
            return 0
        if sum(count[edge - step] for step in range(5)) >= enough:
            break
        beyond += count[edge]
    else:
        return 0
    mode = max(range(edge - 5, edge + 1), key=lambda value: (count[value], value))
    if sum(count[mode + step] for step in (3, 4, 5)) >= 0.15 * count[mode]:
        mode += INDENT  # first lines are the many, full lines the few
    long = [p for p in pieces if p.width + p.indent >= mode - 10 and not p.table and INNER.search(p.text)]
    cut = sum(piece.end in (End.CUT, End.OPEN) for piece in long)
    return mode if len(long) >= 3 and cut >= CUT_SHARE * len(long) else 0


def joins(pieces: list[Piece]) -> list[bool]:
    """For each piece: was it cut from the one before it?

    Joins are wrong where a heading without a mark happens to be as wide as the column, and missed in the cells of a
    table whose columns were printed one after the other.
    """
    joined = [False] * len(pieces)
    if not pieces:
        return joined
    column = widths(pieces)
    start = 0
    for at in range(1, len(pieces) + 1):
        if at < len(pieces) and column[at] == column[start] and pieces[at].gap != 2:
            continue
        if column[start]:
            for index in _fill(pieces[start:at], column[start]):
                joined[start + index] = True
        start = at
    for at in range(1, len(pieces)):
        if not joined[at]:
            joined[at] = _obvious(pieces, at, column)
    return joined


def _obvious(pieces: list[Piece], at: int, column: list[int]) -> bool:
    """A cut that needs no width: at a mark that cannot begin a line, or by a page break inside a sentence (L01, L03)."""
    left, right = pieces[at - 1], pieces[at]
    if left.table or right.table:
        return False
    if right.start is Start.CLOSER:
        return left.end is not End.SENTENCE
    if right.start is not Start.PLAIN and right.start is not Start.FIELD:
        return False
    if left.end is End.OPEN:
        return left.width >= 16
    if left.end is not End.CUT and not (left.end is End.QUOTE and right.gap):
        return False
    hanging = _hanging(left.text)
    if hanging and left.width > 24:
        return _closes(right.text)
    if right.gap == 0 or right.start is Start.FIELD:
        return False
    running = (
        "。" in left.text or "；" in left.text or (left.start is Start.LABEL and _CLAUSE.search(left.text) is not None)
    )
    running = running or (left.width >= 90 and "，" in left.text)
    if column[at - 1] and left.width >= column[at - 1] - 8 and "，" in left.text:
        running = True
    return running and (right.end is not End.CUT or INNER.search(right.text) is not None)


_CLAUSE = re.compile(r"[，：:,]")


def _hanging(text: str) -> bool:
    """True when a round bracket of the line is still open."""
    at = max(text.rfind("（"), text.rfind("("))
    return (
        at >= 0
        and "）" not in text[at:]
        and ")" not in text[at:]
        and text.count("（") + text.count("(") > text.count("）") + text.count(")")
    )


def _closes(text: str) -> bool:
    """True when the line closes a bracket before it opens one."""
    closing = min((at for at in (text.find("）"), text.find(")")) if at >= 0), default=-1)
    opening = min((at for at in (text.find("（"), text.find("(")) if at >= 0), default=len(text))
    return closing >= 0 and (
        closing < opening or text.count("）") + text.count(")") > text.count("（") + text.count("(")
    )


# --- pieces into printed lines, printed lines into paragraphs -----------------------------------------------------------


def _fill(pieces: list[Piece], column: int) -> list[int]:
    """Indices of the pieces that continue the one before, by the cheapest way to print all pieces in the column.

    A printed line is one piece or several that were split after a mark; it is full, and the paragraph goes on, or it is
    the last of its paragraph. The cheapest path is found from the end, with two states: the printed line opens a paragraph or not.
    """
    count = len(pieces)
    signed = _signatures(pieces)
    # best[state][i]: cost of printing pieces[i:], state 0: piece i opens a paragraph, 1: it continues one
    best = [[0.0] * (count + 1), [0.0] * (count + 1)]
    choice: list[list[tuple[int, bool]]] = [[(0, False)] * count, [(0, False)] * count]
    for i in range(count - 1, -1, -1):
        for state in (0, 1):
            best[state][i] = NEVER * 10
        total = 0
        splits = 0.0
        for j in range(i, min(i + MAX_PIECES, count)):
            if j > i:
                splits += _split(pieces[j - 1], pieces[j], j in signed)
                if splits >= NEVER:
                    break
            total += pieces[j].width + (pieces[j].indent if j == i else 0)
            if j > i and total > column + 6:
                break
            last = j + 1 == count
            ending = 0.0 if last else _ending(pieces[j], pieces[j + 1], j + 1 in signed)
            going = NEVER if last else _going(pieces[j], pieces[j + 1], j + 1 in signed)
            for state in (0, 1):
                stop = (
                    splits
                    + (3.0 if j > i else 0.0)
                    + best[0][j + 1]
                    + (0.0 if last else ending + _cut(pieces[j], state, total, column))
                )
                if stop < best[state][i]:
                    best[state][i], choice[state][i] = stop, (j, False)
                if going < NEVER:
                    full = splits + going + _misfit(total, column, state, pieces[i], pieces[j + 1]) + best[1][j + 1]
                    if full < best[state][i]:
                        best[state][i], choice[state][i] = full, (j, True)
    continued: list[int] = []
    i, state = 0, 0
    while i < count:
        j, goes_on = choice[state][i]
        continued.extend(range(i + 1, j + 1))
        if goes_on:
            continued.append(j + 1)
        i, state = j + 1, 1 if goes_on else 0
    return continued


def _signatures(pieces: list[Piece]) -> set[int]:
    """Pieces that stand alone: signing bodies above a date, and what follows a date."""
    alone: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.start is not Start.FIXED or piece.text[0] not in "12一二（(":
            continue
        alone.add(at)
        alone.add(at + 1)
        above = at - 1
        while above >= max(0, at - 8) and _is_signature(pieces[above]):
            alone.add(above)
            above -= 1
    return alone


def _is_signature(piece: Piece) -> bool:
    return (
        piece.end in (End.CUT, End.BRACKET)
        and piece.width <= 60
        and piece.start is Start.PLAIN
        and not INNER.search(piece.text)
    )


def _split(left: Piece, right: Piece, alone: bool) -> float:
    """Cost of both being one printed line: split after a mark, before an opening mark, or behind a label."""
    if left.table or right.table or alone or right.start is Start.FIXED:
        return NEVER
    if right.indent > 0:
        return NEVER
    if right.start is Start.CLOSER:
        return 0.0
    cost = {Start.LABEL: 6.0, Start.FIELD: 1.0}.get(right.start, 0.2)
    if left.end is not End.CUT or opens(right.text):
        return cost
    if left.start is Start.LABEL and len(left.text) <= 5:
        return 0.0
    return NEVER


def _ending(left: Piece, right: Piece, alone: bool) -> float:
    """Cost of a paragraph end between two pieces, as far as their marks tell."""
    if left.table or right.table:
        return -4.0
    if right.start is Start.CLOSER:
        return 20.0
    cost = _ENDING[left.end]
    if alone or right.start is Start.FIXED:
        return cost - 4.0
    if right.indent > left.indent:
        return cost - 3.0
    return cost + _OPENING[right.start]


_ENDING = {End.OPEN: 8.0, End.CUT: 0.0, End.QUOTE: 1.5, End.BRACKET: 0.5, End.SEMICOLON: 0.2, End.SENTENCE: 0.0}
_OPENING = {Start.CLOSER: 20.0, Start.PLAIN: 0.8, Start.FIELD: -0.5, Start.LABEL: -1.5, Start.FIXED: -4.0}


def _cut(piece: Piece, state: int, total: int, column: int) -> float:
    """What it costs that a paragraph ends in a word: cheap for a title or a name, dear for running text."""
    if piece.end is not End.CUT or piece.table:
        return 0.0
    if state == 0:
        return 2.5 if total < column - INDENT - 4 else 5.0
    return 7.0


def _going(left: Piece, right: Piece, alone: bool) -> float:
    """Cost of a paragraph that goes on from one printed line to the next, as far as the marks tell."""
    if left.table or right.table:
        return NEVER
    if alone or right.start is Start.FIXED:
        return 12.0
    if right.start is Start.CLOSER:
        return 0.0
    cost = 0.7 if left.end in (End.SENTENCE, End.SEMICOLON) else 0.0
    if right.indent > left.indent:
        cost += 4.0
    return cost + {Start.LABEL: 5.0, Start.FIELD: 1.0}.get(right.start, 0.0)


_LATIN = re.compile(r"[0-9A-Za-z.%/:_-]+")


def _misfit(total: int, column: int, state: int, first: Piece, following: Piece) -> float:
    """How badly a printed line of ``total`` half widths fills the column; a long number may have been moved to the next line."""
    short = column - total
    if state == 0 and first.indent == 0:
        short = min(short - INDENT, short + 1, key=abs) if short < INDENT else short - INDENT
    if short > 2:
        match = _LATIN.match(following.text)
        if match:
            short = max(2, short - match.end())
    if short >= 0:
        return 0.0 if short <= 2 else 0.45 * (short - 2) if short <= 10 else 0.9 * (short - 6) if short <= 20 else NEVER
    return 0.0 if short >= -2 else 0.8 * (-short - 2) if short >= -8 else NEVER
