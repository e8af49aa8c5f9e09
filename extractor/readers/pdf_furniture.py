"""What stands on a page beside its text, by its place: running heads, page numbers, footnotes, watermarks (L08, L11).

The text room finds furniture by its words; here it is known where a line stands, so that less has to be guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.readers.pdf_lines import Line

ZONE = 0.18
"""Share of the page height at its head and at its foot where page numbers stand."""
HEAD_ZONE = 0.12
"""The same for heads: sentences that come again on many pages stand in the text."""
OUTER = 3
"""Lines from the edge of the page that may be heads: title, date and address of a printed web page."""
SAME_PLACE = 3.0
"""Points by which a head may move from page to page."""
MIN_PAGES = 3
"""A head stands on at least three pages, or on both of two."""
HEAD_SHARE = 0.5
"""Share of pages: a place at the edge that heads take so often holds nothing else (each chapter has its own head)."""
HEAD_WIDTH = 60
"""Characters; heads are short, addresses of web pages the longest."""
APART = 1.2
"""Times the usual white between two lines: a head stands further from the text."""
SMALL = 0.9
"""Of the height of the text: footnotes are smaller."""
BODY = 0.3
"""Share of the characters of a page that are set in the size of the text, where notes below a small table are many."""
LARGE = 2.5
"""Of the height of the text: a watermark is larger."""

_NUMBER = re.compile(
    r"[-—–─－·•.\s~]*(?:第\s*)?(?:\d{1,4}|[ivxlcⅰ-ⅻⅠ-Ⅻ]{1,6})(?:\s*页)?(?:\s*(?:[/／]|of|共)\s*\d{1,4}\s*页?)?[-—–─－·•.\s~]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:^|\t)(?:https?|file)://", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:^|\t)(?:\d{1,4} ?(?:of|/|／) ?\d{1,4}|第 ?\d{1,4} ?页[ ，,]*共 ?\d{1,4} ?页)(?:$|\t)"
    r"|(?:^|\t)(?:\d{1,4}[-/.年]){2}\d{1,4}日?[ ,，\d:：APM上下午星期一二三四五六日]*(?:$|\t)"
)
"""Page of pages, or a date: with title and address what a browser prints at head and foot of a page."""
_MARK = re.compile(r"[①-⑳]|[\[〔［]\d{1,2}[\]〕］]|[*＊†]")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Sheet:
    """The free lines of a page, in reading order."""

    number: int
    height: float
    lines: list[Line]
    table_bottom: float = 0.0
    """Foot of the last table."""
    cells: list[Line] = field(default_factory=list)
    """The lines in the cells of its tables: they may bear marks of the footnotes."""
    marks: list[Line] = field(default_factory=list)
    """What was taken out of the lines: marks of the footnotes."""


def find_furniture(sheets: Sequence[Sheet]) -> None:
    """Set the kind of each line that is no part of the text."""
    outer = [(sheet, line, where) for sheet in sheets for line, where in _outer(sheet)]
    for sheet in sheets:
        _find_browser_lines(sheet)
    _find_numbers(outer, len(sheets))
    white = APART * _usual_white(sheets)
    _find_heads([item for item in outer if _at_edge(*item, white)], len(sheets))
    _find_watermarks(sheets)
    for sheet in sheets:
        _find_footnotes(sheet)


def _outer(sheet: Sheet) -> list[tuple[Line, str]]:
    """The lines nearest to the head and the foot of a page, as far as they lie in its zones."""
    found: list[tuple[Line, str]] = []
    upright = sorted((line for line in sheet.lines if line.kind is None), key=lambda line: line.top)
    for line in upright[:OUTER]:
        if line.bottom <= ZONE * sheet.height:
            found.append((line, "head"))
    for line in upright[-OUTER:]:
        if line.top >= (1 - ZONE) * sheet.height:
            found.append((line, "foot"))
    return found


Outer = list[tuple[Sheet, Line, str]]


def _find_browser_lines(sheet: Sheet) -> None:
    """The first and the last line of a page that a browser printed, where one of them holds the address."""
    lines = sorted((line for line in sheet.lines if line.kind is None), key=lambda line: line.top)
    ends = [line for line in lines[:1] if line.bottom <= HEAD_ZONE * sheet.height]
    ends += [line for line in lines[-1:] if line.top >= (1 - HEAD_ZONE) * sheet.height]
    if any(_ADDRESS.search(line.text) for line in ends):
        for line in ends:
            if _ADDRESS.search(line.text) or _PRINTED.search(line.text):
                line.kind = "running-head"


def _find_numbers(outer: Outer, pages: int) -> None:
    """Lines that are a number and nothing else, in step with the pages or between dashes."""
    found: list[tuple[Line, int]] = []
    for sheet, line, _ in outer:
        parts = line.text.split("\t")  # two pages on a sheet have two numbers
        if all(_NUMBER.fullmatch(part) for part in parts):
            digits = _DIGITS.search(line.text)
            bare = all(part.strip().isdigit() for part in parts)
            if digits is None or not bare:
                line.kind = "page-number"
            else:
                found.append((line, int(digits.group()) - sheet.number))
    steps = Counter(step for _, step in found)
    for line, step in found:
        if steps[step] >= min(MIN_PAGES, pages) and (pages > 1 or step == 0):  # one page alone is page 1
            line.kind = "page-number"


def _find_heads(outer: Outer, pages: int) -> None:
    enough = MIN_PAGES if pages >= MIN_PAGES else 2
    slots: dict[tuple[str, int], list[tuple[Line, str]]] = defaultdict(list)
    for _, line, where in outer:
        if line.kind is None and len(line.text) <= 2 * HEAD_WIDTH:
            words = _DIGITS.sub("0", "".join(line.text.split()))
            slots[where, round(line.top / SAME_PLACE)].append((line, words))
    for (where, place), members in slots.items():
        beside = [*slots.get((where, place - 1), ()), *members, *slots.get((where, place + 1), ())]
        count = Counter(words for _, words in beside)
        repeated = sum(times for times in count.values() if times >= enough)
        everywhere = repeated >= HEAD_SHARE * pages and pages >= MIN_PAGES and repeated >= len(beside) / 2
        for line, words in members:
            short = len(line.text) <= HEAD_WIDTH and line.text[-1] not in "。；，、："
            if count[words] >= enough or (everywhere and short):
                line.kind = "running-head"


def _usual_white(sheets: Sequence[Sheet]) -> float:
    """What is white between one line and the next, in points."""
    whites = sorted(
        lower.top - upper.bottom
        for sheet in sheets
        for upper, lower in pairwise(sheet.lines)
        if lower.top > upper.bottom and lower.kind is None and upper.kind is None
    )
    return whites[len(whites) // 2] if whites else 0.0


def _at_edge(sheet: Sheet, line: Line, where: str, white: float) -> bool:
    """True for a line in the zone of heads that is not set as the next line of the text inside of it."""
    if where == "head":
        inner = min((other.top for other in sheet.lines if other.kind is None and other.top > line.top), default=None)
        gap = None if inner is None else inner - line.bottom
        inside = line.bottom <= HEAD_ZONE * sheet.height
    else:
        outer = max(
            (other.bottom for other in sheet.lines if other.kind is None and other.top < line.top), default=None
        )
        gap = None if outer is None else line.top - outer
        inside = line.top >= (1 - HEAD_ZONE) * sheet.height
    return inside and (gap is None or gap > white)


def _find_watermarks(sheets: Sequence[Sheet]) -> None:
    """Large words that stand at one place on many pages."""
    sizes = Counter(round(line.height) for sheet in sheets for line in sheet.lines if line.kind is None)
    if not sizes:
        return
    usual = sizes.most_common(1)[0][0]
    large = [
        line for sheet in sheets for line in sheet.lines if line.kind is None and line.height >= LARGE * max(usual, 6)
    ]
    often = Counter((line.text, round(line.top / 10)) for line in large)
    for line in large:
        if often[line.text, round(line.top / 10)] >= MIN_PAGES:
            line.kind = "watermark"


def _find_footnotes(sheet: Sheet) -> None:
    """Small lines at the foot of a page that begin with a mark which the text above bears."""
    lines = sorted((line for line in sheet.lines if line.kind is None), key=lambda line: line.top)
    if len(lines) + len(sheet.cells) < 3:
        return
    sizes: Counter[int] = Counter()
    for line in (*lines, *sheet.cells):
        sizes[round(2 * line.height)] += len(line.text)
    enough = min(BODY * sizes.total(), max(sizes.values()))
    usual = max(size for size, count in sizes.items() if count >= enough) / 2
    first = None
    notes: set[str] = set()
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.height > SMALL * usual or line.top < max(sheet.height / 2, sheet.table_bottom):
            break
        mark = _mark_before(line)
        if mark and any(_bears(above, mark) for above in (*lines[:at], *sheet.cells)):
            first = at
            notes.add(mark)
    if first is None:
        return
    for line in lines[first:]:
        line.kind = "footnote"
    for line in (*lines[:first], *sheet.cells):
        _take_marks(line, notes, sheet)


def _mark_before(line: Line) -> str:
    """The mark that a line begins with, or nothing."""
    if line.marks and line.marks[0][0] == 0:
        return line.text[: line.marks[0][1]]
    mark = _MARK.match(line.text)
    return mark.group() if mark else ""


def _bears(line: Line, mark: str) -> bool:
    if mark.isdigit():  # a plain figure is a mark only where it is raised
        return any(line.text[start:end] == mark for start, end in line.marks)
    return mark in line.text[1:]


def _take_marks(line: Line, notes: set[str], sheet: Sheet) -> None:
    """Take the raised marks of the notes below out of a line: beside a figure they would make another one."""
    for start, end in reversed(line.marks):
        mark = line.text[start:end]
        if mark not in notes:
            continue
        edges = line.edges[start : end + 1]
        sheet.marks.append(replace(line, text=mark, edges=edges, kind="footnote", marks=()))
        last = end + (line.text[end : end + 1] == " ")
        first = start - (line.text[start - 1 : start] == " " and last == end)
        line.text = line.text[:first] + line.text[last:]
        line.edges = line.edges[:first] + line.edges[last:]
    line.marks = ()
