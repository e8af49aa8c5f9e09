"""Where lines were cut by the page and not by the author.

Text out of a PDF is cut at the right margin, and justified lines are cut once more after a punctuation mark; text out
of a web page has one paragraph a line. Lines are joined only where the width of the column says that they were cut
(L01, L02, R29).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractor import lexicon
from extractor.text.columns import INDENT, widths
from extractor.text.pieces import Piece
from extractor.text.starts import End, Start, is_bare_label, opens

MAX_PIECES = 24
"""A justified line falls into at most as many pieces."""
SPLIT_LAST = 3.0
"""Cost of a split in a last line that is not full: only stretched or squeezed lines are split."""
CUT_RUNNING = 7.0
"""Cost of a paragraph of several printed lines that ends in a word."""
SHORTEST = 36
"""Half widths by which a line may fall short of the column and still go on: a long word or address was moved down."""
WIDER = 6
"""Half widths by which a printed line that was split may overrun the column."""
WIDEST_TITLE = 80
"""Half widths of the longest title that is printed on one line."""
NEVER = 1e6
BARE_INDENT = 2
"""Half widths from which a first line without an indent is taken for one that has lost it, and not for one without."""


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
    """A cut that needs no width: before a mark that begins no line, or by a page break in a sentence (L01, L03)."""
    left, right = pieces[at - 1], pieces[at]
    if left.table or right.table or left.leader:
        return False
    if right.start == Start.CLOSER:
        return left.end < End.SEMICOLON
    if right.start != Start.PLAIN and right.start != Start.FIELD:
        return False
    if right.gap == 0 and right.start == Start.PLAIN and is_bare_label(left.text):
        return True
    if left.end == End.OPEN:
        return left.width >= 16
    if left.end != End.CUT and not (left.end == End.QUOTE and right.gap):
        return False
    if left.start == Start.LABEL and left.width < column[at - 1] - SHORTEST:
        return False  # a heading: the column shows that nothing cut it
    hanging = _hanging(left.text)
    if hanging and left.width >= 12:
        return _closes(right.text)
    if right.gap == 0 or right.start == Start.FIELD:
        return False
    running = (
        "。" in left.text or "；" in left.text or (left.start == Start.LABEL and _CLAUSE.search(left.text) is not None)
    )
    running = running or (left.width >= 90 and "，" in left.text)
    if column[at - 1] and left.width >= column[at - 1] - 8 and "，" in left.text:
        running = True
    return running and (right.end != End.CUT or right.inner)


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


# --- pieces into printed lines, printed lines into paragraphs ---------------------------------------------------------


def _fill(pieces: list[Piece], column: int) -> list[int]:
    """Indices of the pieces that continue the one before, by the cheapest way to print all pieces in the column.

    A printed line is one piece or several that were split after a mark; it is full, and the paragraph goes on, or it is
    the last of its paragraph. The cheapest path is found from the end, in two states: a printed line opens a paragraph,
    or it continues one.
    """
    count = len(pieces)
    splitting, ending, going = _boundaries(pieces, column)
    words = [_LATIN.match(piece.text) if piece.text[0].isascii() else None for piece in pieces]
    moved = [word.end() if word is not None else 0 for word in words]
    # cost of printing pieces[i:], in state 0 where piece i opens a paragraph, and in state 1 where it continues one
    opening, following = [NEVER] * count + [0.0], [NEVER] * count + [0.0]
    choice: tuple[list[tuple[int, bool]], ...] = ([(0, False)] * count, [(0, False)] * count)
    fullest, widest, shortest = column - INDENT, column + WIDER, column - SHORTEST
    for i in range(count - 1, -1, -1):
        piece = pieces[i]
        total, splits, ragged = piece.indent + piece.width, 0.0, 0.0
        first = second = NEVER
        j = i
        while True:
            last, after = pieces[j], j + 1
            stop = splits + ragged + ending[after] + opening[after]
            if stop < first:  # that it ends in a word costs nothing at best
                cost = stop if last.end != End.CUT else stop + _cut(last, total, column)
                if cost < first:
                    first, choice[0][i] = cost, (j, False)
            cost = stop if last.end != End.CUT or last.table or last.leader else stop + CUT_RUNNING
            if cost < second:
                second, choice[1][i] = cost, (j, False)
            onward = splits + going[after]
            if onward < NEVER and total > shortest:
                ahead = following[after]
                short = column - total
                opened = short if piece.indent else short - INDENT if short >= BARE_INDENT else short + 1
                if moved[after]:
                    short, opened = _moved(short, moved[after]), _moved(opened, moved[after])
                if onward + ahead < first:  # a misfit costs nothing at best
                    cost = onward + _MISFITS.get(opened, NEVER) + ahead
                    if cost < first:
                        first, choice[0][i] = cost, (j, True)
                if onward + ahead < second:
                    cost = onward + _MISFITS.get(short, NEVER) + ahead
                    if cost < second:
                        second, choice[1][i] = cost, (j, True)
            j = after
            if j == count or j - i == MAX_PIECES:
                break
            splits += splitting[j]
            total += pieces[j].width
            if splits >= NEVER or total > widest:
                break
            ragged = SPLIT_LAST if total < fullest else 0.0
        opening[i], following[i] = first, second
    continued: list[int] = []
    i, state = 0, 0
    while i < count:
        j, goes_on = choice[state][i]
        continued.extend(range(i + 1, j + 1))
        if goes_on:
            continued.append(j + 1)
        i, state = j + 1, 1 if goes_on else 0
    return continued


def _boundaries(pieces: list[Piece], column: int) -> tuple[list[float], list[float], list[float]]:
    """Costs before each piece: of a split inside a printed line, of a paragraph end, of a paragraph that goes on."""
    alone = _signatures(pieces) | _titles(pieces)
    inside = _inside(pieces)
    splitting, ending, going = [NEVER], [0.0], [NEVER]
    widest = column + WIDER
    for at, (left, right) in enumerate(pairwise(pieces), 1):
        split, end, onward = _boundary(left, right, at in alone, left.width + right.width <= widest)
        if inside[at]:
            split, end = 0.3, end + 6.0
        splitting.append(split)
        ending.append(end)
        going.append(onward)
    return splitting, [*ending, 0.0], [*going, NEVER]


REACH = 12
"""A bracket that a line break cuts is closed within as many pieces; one that is not was lost by the source (L22)."""
MOST_OPEN = 4
"""Brackets that are open at the end of a piece; those opened before them were lost."""


def _inside(pieces: list[Piece]) -> list[bool]:
    """For each piece: a bracket or quotation that was opened before it is closed in it or soon after it.

    Of one that the source never closes, a line that ends with an inner bracket still goes on: （牵头：各区、县（市）.
    """
    inside = [False] * len(pieces)
    open_at: list[int] = []
    at = 0
    for mark in _PAIRED.findall("\n".join([piece.text for piece in pieces])):
        if mark == "\n":
            at += 1
            if open_at:
                del open_at[:-MOST_OPEN]
                piece = pieces[at]
                if piece.start >= Start.LABEL or piece.table or piece.leader:
                    for begin in open_at:
                        inside[begin + 1] |= begin + 1 < at and pieces[begin].end == End.BRACKET
                    open_at.clear()
        elif mark in "（(《“［【":
            open_at.append(at)
        elif open_at:
            begin = open_at.pop()
            if at - begin <= REACH:
                inside[begin + 1 : at + 1] = [True] * (at - begin)
    return inside


_PAIRED = re.compile(r"[（(《“［【】］”》)）\n]")


def _signatures(pieces: list[Piece]) -> set[int]:
    """Pieces that stand alone: signing bodies above a date, and what follows a date."""
    alone: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.start != Start.FIXED or piece.text[0] not in "12一二（(":
            continue
        alone.add(at)
        alone.add(at + 1)
        above = at - 1
        while above >= max(0, at - 8) and _is_signature(pieces[above]):
            alone.add(above)
            above -= 1
    return alone


def _titles(pieces: list[Piece]) -> set[int]:
    """Pieces that stand alone around a title: the title itself and what begins below it (L09, L55).

    A title is a line without inner marks that ends in a genre, below a closed sentence and above a preamble or a first
    label; the line below a bare 附件 is one too, and so is one behind a title that says 关于 (entries of the contents).
    """
    alone: set[int] = set()
    for at in range(len(pieces) - 1):
        piece, below = pieces[at], pieces[at + 1]
        if piece.start == Start.FIXED and (_ATTACHED.fullmatch(piece.text) or _says_again(piece.text, below.text)):
            alone.add(at + 1)
        if piece.start != Start.PLAIN or piece.table or piece.end not in (End.CUT, End.BRACKET):
            continue
        above = pieces[at - 1] if at else None
        closed = above is None or above.end >= End.BRACKET or above.start == Start.FIXED or at in alone
        if piece.inner or not _ends_in_genre(piece.text):
            continue
        if closed and piece.width <= WIDEST_TITLE and _BEGINS.match(below.text):
            alone.update((at, at + 1))
        elif _TITLED.match(below.text) or (_is_dated(piece) and not _GOES_ON.match(below.text)):
            alone.add(at + 1)
    return alone


def _is_dated(piece: Piece) -> bool:
    """Whether a title ends in the date that a compiler put behind it."""
    return piece.end == End.BRACKET and "日" in piece.text[-3:] and _DATED_END.search(piece.text) is not None


def _says_again(line: str, below: str) -> bool:
    """Whether the line below 附件：name begins with the same name: it is the title of the attachment."""
    name = _ATTACHES.match(line)
    return name is not None and len(line) - name.end() >= SHORTEST_NAME and below.startswith(line[name.end() :])


SHORTEST_NAME = 6
"""Characters of the name of an attachment by which it is known again."""
_DATED_END = re.compile(r"[（(] ?(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?[）)]$")
_GOES_ON = re.compile(r"文件|文|精神|要求|规定|印发|和|及|等|与|中|的|所|第")
"""How a sentence goes on behind a cited title and its date."""
_ATTACHES = re.compile(r"附 ?件 ?[:：] ?(?:1[.．、] ?)?")
_ATTACHED = re.compile(r"附件[ ]?[\d一二三四五六七八九十]{0,2}[:：]?")
_BEGINS = re.compile(r"为|根据|按照|依据|第[一1][章条]|[一1][、.．]|[（(][一1][）)]")
"""How a text begins below its title: a preamble, or the first label."""
_TITLED = re.compile(r"[^，。；《》]{2,30}(?:关于|印发|转发|批转)")
_BRACKETED_END = re.compile(r"[（(][^（）()]{1,24}[）)]$")


def _ends_in_genre(text: str) -> bool:
    return (_BRACKETED_END.sub("", text) if text.endswith(("）", ")")) else text).endswith(_genres())


@lru_cache(maxsize=1)
def _genres() -> tuple[str, ...]:
    words = lexicon.load("genres")
    return tuple(word for word in (*words["statutory"], *words["local"]) if len(word) > 1)


def _is_signature(piece: Piece) -> bool:
    return piece.end in (End.CUT, End.BRACKET) and piece.width <= 60 and piece.start == Start.PLAIN and not piece.inner


def _boundary(left: Piece, right: Piece, alone: bool, fit: bool) -> tuple[float, float, float]:
    """Costs between two pieces, as far as their marks tell, as :func:`_boundaries` lists them.

    ``alone``: the second stands alone; ``fit``: one printed line is wide enough for both.
    """
    if left.table or right.table or left.leader:
        return NEVER, -4.0, NEVER
    start = right.start
    if alone or start == Start.FIXED:
        return NEVER, 20.0 if start == Start.CLOSER else _ENDING[left.end] - 4.0, 12.0
    if start == Start.CLOSER:
        return NEVER if right.indent else 0.0, 20.0, 0.0
    end, onward = _ENDING[left.end], 0.7 if left.end >= End.COLON else 0.0
    if right.indent > left.indent:
        return NEVER, end - 3.0, onward + 4.0 + _ONWARD[start]
    end += _OPENING[start] + (1.0 if start == Start.PLAIN and right.text[0] in "（(〔[的" else 0.0)
    return _split(left, right) if fit and not right.indent else NEVER, end, onward + _ONWARD[start]


def _split(left: Piece, right: Piece) -> float:
    """Cost of both being one printed line: split after a mark, before an opening mark, or behind a label."""
    cost = _SPLITTING[right.start]
    if left.start == Start.LABEL and right.start < Start.LABEL and is_bare_label(left.text):
        return 0.0
    if left.end != End.CUT or opens(right.text):
        return cost
    return cost + 3.0 if left.inner and right.inner else NEVER


_ENDING = {
    End.OPEN: 8.0, End.CUT: 0.0, End.QUOTE: 1.5, End.BRACKET: 0.5, End.COLON: 0.5, End.SEMICOLON: 0.2, End.SENTENCE: 0.0
}  # fmt: skip
_SPLITTING = {Start.CLOSER: 0.0, Start.PLAIN: 0.2, Start.FIELD: 1.0, Start.LABEL: 8.0, Start.FIXED: NEVER}
_ONWARD = {Start.CLOSER: 0.0, Start.PLAIN: 0.0, Start.FIELD: 1.0, Start.LABEL: 5.0, Start.FIXED: 12.0}
_OPENING = {Start.CLOSER: 20.0, Start.PLAIN: 0.8, Start.FIELD: -0.5, Start.LABEL: -1.5, Start.FIXED: -4.0}


def _cut(piece: Piece, total: int, column: int) -> float:
    """What it costs that a paragraph of one printed line ends in a word: cheap for a title or a name."""
    if piece.table or piece.leader:
        return 0.0
    if "。" in piece.text or piece.text.count("，") > 1:
        return 6.0
    return 2.5 if total < column - INDENT - 4 else 5.0


_LATIN = re.compile(r"[0-9A-Za-z.%/:_-]+")


def _moved(short: int, moved: int) -> int:
    """By how much a line is short of the column when a number of so many characters was moved to the next line."""
    return max(2, short - moved) if short > 2 else short


def _misfit(short: int) -> float:
    """How badly a printed line that is so many half widths short of the column, or too long for it, fills it."""
    if short >= 0:
        return 0.0 if short <= 2 else 0.45 * (short - 2) if short <= 10 else 0.9 * (short - 6)
    return 0.0 if short >= -2 else 0.8 * (-short - 2)


_MISFITS = {short: _misfit(short) for short in range(-8, 21)}
"""Asked for every line, so kept as a table; what is not in it was not printed as one line."""
