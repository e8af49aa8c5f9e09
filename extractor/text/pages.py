"""Page furniture: page marks, page numbers, running heads (L08, L11, L15).

Whatever is taken out is listed; a number alone on its line is a page number only as a member of a run that counts up.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from extractor.text.fold import fold, unfolded
from extractor.text.sheet import Sheet

_MARKER = re.compile(
    r"""
      \#\ ?page\ ?(?P<hash>\d{1,5}):?
    | [-=*_]{2,}\ ?(?:page|第)\ ?(?P<rule>\d{1,5})\ ?页?(?:\ ?(?:of|/|共)\ ?\d{1,5}\ ?页?)?\ ?[-=*_]{2,}
    | [\[(<](?:page|第)\ ?(?P<square>\d{1,5})\ ?页?[\])>]
    | page\ (?P<english>\d{1,5})(?:\ ?(?:of|/)\ ?\d{1,5})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Marks that a program puts between pages, before the page they name."""
_NUMBER = re.compile(
    r"""
      (?P<dash>-{1,2}\ ?(?P<dashed>\d{1,4})\ ?-{1,2})
    | 第\ ?(?P<nth>\d{1,4})\ ?页(?:[ ,/|]{0,3}共\ ?\d{1,4}\ ?页)?
    | [·•]\ ?(?P<dotted>\d{1,4})\ ?[·•]
    | (?P<bare>\d{1,4})
    | (?P<part>\d{1,4})\ ?/\ ?(?P<whole>\d{1,4})
    """,
    re.VERBOSE,
)
"""Numbers that stand at the foot (or head) of a page."""
_INLINE = re.compile(
    r"(?<=[一-鿿，。、；：])\s?(?:—\s?(\d{1,3})\s?—|－\s?(\d{1,3})\s?－|-\s?(\d{1,3})\s?-)\s?(?=[一-鿿，。、；：])"
)

MIN_RUN = 4
"""Bare numbers are page numbers from four in a row on …"""
MIN_PAGE_LINES = 8
"""… with at least so many lines of text from one to the next (the median), which rows of a table do not have."""
MIN_HEADS = 3
"""A running head stands at the top or foot of at least three pages …"""
HEAD_SHARE = 0.4
"""… and of this share of all pages: left and right pages may have different ones."""
HEAD_WIDTH = 40
"""Characters; a running head is short."""
MOST_HEADS = 16
"""Lines of the names of columns of a table that stands one cell a line."""
_GAZETTE = re.compile(r"(?:公报|政报|年鉴)\s*[·.:]?\s*(?:\d|第|[(（]|$)|^\d{4}\D{0,4}第?\d{1,3}期?.{0,12}(?:公报|政报)")
_COLUMN_HEAD = re.compile(r"序号|单位|内容|时限|任务|部门|项目|名称|备注")


def find_furniture(sheet: Sheet) -> None:
    """Cut page marks, page numbers and running heads out of the sheet, and number its pages."""
    numbered = _find_numbers(sheet)
    _find_heads(sheet)
    sheet.starts = _page_starts(sheet, numbered)


def _find_numbers(sheet: Sheet) -> list[tuple[int, int, bool]]:
    """Cut page marks and page numbers; returns (line, number, names the page that follows)."""
    found: list[tuple[int, int, bool]] = []
    bare: list[tuple[int, int]] = []
    inline: list[tuple[int, int, int, int]] = []
    ends = _ends_of_numbers()
    for at, line in enumerate(sheet.lines):
        if len(line) > 40:
            if _DASHED.search(line) is not None:
                inline.extend(
                    (at, match.start(), match.end(), int(match[1] or match[2] or match[3]))
                    for match in _INLINE.finditer(line)
                )
            continue
        if line.rstrip()[-1:] not in ends or at in sheet.cuts or not _DIGIT.search(line):
            continue
        folded = fold(line).strip()
        marker = _MARKER.fullmatch(folded)
        if marker is not None:
            sheet.cut_line(at, "page-marker")
            sheet.breaks.add(at)
            found.append((at, int(next(value for value in marker.groups() if value)), True))
            continue
        number = _NUMBER.fullmatch(folded)
        if number is None:
            continue
        if number["bare"] or number["part"]:
            bare.append((at, int(number["bare"] or number["part"])))
            continue
        sheet.cut_line(at, "page-number")
        sheet.breaks.add(at)
        found.append((at, int(number["dashed"] or number["nth"] or number["dotted"]), False))
    for at, value in _counting([(at, value) for at, value in bare if not _in_piped_cell(sheet, at)], sheet):
        sheet.cut_line(at, "page-number")
        sheet.breaks.add(at)
        found.append((at, value, False))
    counted: dict[int, list[tuple[int, int]]] = {}
    for place, (at, start, end, value) in enumerate(inline):
        before = place > 0 and inline[place - 1][3] == value - 1
        after = place + 1 < len(inline) and inline[place + 1][3] == value + 1
        if before or after:  # numbers in running text that count up are page numbers, 28—3 of an address is not
            counted.setdefault(at, []).append((start, end))
    for at, spans in counted.items():
        sheet.cut(at, spans, "page-number")
    return sorted(found)


@cache
def _ends_of_numbers() -> frozenset[str]:
    """How a page mark or a page number ends, in any width; hardly another line does."""
    return unfolded("0123456789页)]>-:=*_·•")


_DIGIT = re.compile("[0-9０-９]")
_DASHED = re.compile(r"[—－-]\s?\d{1,3}\s?[—－-]")


def _in_piped_cell(sheet: Sheet, at: int) -> bool:
    """Whether the next line holds only a pipe: the number of a row of a table that stands one cell a line (R38)."""
    below = at + 1
    while below < len(sheet.lines) and not sheet.lines[below].strip():
        below += 1
    return below < len(sheet.lines) and sheet.lines[below].strip() in ("|", "¦")


def _counts_rows(sheet: Sheet, first: int, value: int) -> bool:
    """Whether a run begins with 1 below 序号 alone on its line: the rows of such a table, however long they are."""
    above = sheet.lines[max(0, first - MOST_HEADS) : first]
    return value == 1 and any(fold(line).strip() in ("序号", "编号") for line in above)


def _counting(bare: list[tuple[int, int]], sheet: Sheet) -> list[tuple[int, int]]:
    """The members of runs that count up by one with a page of lines between."""
    runs: list[list[tuple[int, int]]] = []
    open_runs: dict[int, list[tuple[int, int]]] = {}  # value that would continue the run → the run
    for at, value in bare:
        run = open_runs.get(value)
        if run is not None and at - run[-1][0] >= MIN_PAGE_LINES // 2:
            del open_runs[value]
            run.append((at, value))
        else:
            run = [(at, value)]
            runs.append(run)
        open_runs[value + 1] = run
    kept: list[tuple[int, int]] = []
    for run in runs:
        steps = sorted(right[0] - left[0] for left, right in pairwise(run))
        if len(run) >= MIN_RUN and steps[len(steps) // 2] >= MIN_PAGE_LINES and not _counts_rows(sheet, *run[0]):
            kept.extend(run)
    return kept


def _find_heads(sheet: Sheet) -> None:
    """Cut lines that stand at the top or foot of many pages with the same words, numbers aside."""
    edges = sorted(sheet.breaks | {line for line in sheet.feeds if line not in sheet.breaks})
    tops: dict[int, str] = {}
    for edge in edges:
        for step in (1, -1):
            at = edge if edge in sheet.feeds and edge not in sheet.breaks and step > 0 else edge + step
            while 0 <= at < len(sheet.lines) and (at in sheet.breaks or not sheet.lines[at].strip()):
                at += step
            if 0 <= at < len(sheet.lines) and at not in sheet.cuts and len(sheet.lines[at].strip()) <= HEAD_WIDTH:
                tops[at] = _NUMBERS.sub("0", fold(sheet.lines[at]).replace(" ", ""))
    count = Counter(tops.values())
    first = min(edges, default=0)
    for at, words in tops.items():
        often = count[words] >= max(MIN_HEADS, HEAD_SHARE * len(edges)) and not _COLUMN_HEAD.search(words)
        gazette = count[words] >= MIN_HEADS and _GAZETTE.search(words) is not None
        wordy = len(words.strip("0-—.()（）、")) >= 4
        if wordy and at > first and (often or gazette) and not words.endswith(("。", "；", "：", ":", "，", "、")):
            sheet.cut_line(at, "running-head")
            sheet.breaks.add(at)


_NUMBERS = re.compile(r"\d+")


def _page_starts(sheet: Sheet, numbered: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """(line, page) for each page: a mark names the page behind it, a number at the foot the one before it."""
    marks = [(at + 1, value) for at, value, ahead in numbered if ahead]
    if marks:
        return marks
    if numbered:
        starts = [(0, numbered[0][1])]
        for at, value, _ in numbered[:-1]:
            starts.append((at + 1, value + 1))
        if any(sheet.lines[at].strip() for at in range(numbered[-1][0] + 1, len(sheet.lines))):
            starts.append((numbered[-1][0] + 1, numbered[-1][1] + 1))
        return starts
    if sheet.feeds:
        return [(0, 1), *((line, page) for page, line in enumerate(sorted(sheet.feeds), 2))]
    return []
