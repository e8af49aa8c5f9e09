"""What of a page is no part of the document: everything outside its block, and buttons, boxes and lists inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractor.readers import html_words as words
from extractor.readers.html_article import Article
from extractor.readers.html_lines import Lines, Node, row_of
from extractor.text.sheet import FieldRow

MIN_FIELDS = 3
"""Rows of a metadata box inside the block of the document; fewer may be lines of the document (名称：…)."""
MAX_BOX_VALUE = 300
"""Characters; a longer line behind a name is no value of a metadata box."""

_PAGE_NUMBER = re.compile(r"\s*[－—–‐-]\s*\d{1,4}\s*[－—–‐-]\s*")
_RETOLD = re.compile(r"解读|图解|一图读懂|相关")
_OTHER_ROW = re.compile(r"[\s•·●■]*(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,9})[:：]\s*(?P<value>.*)")
_WORD = re.compile(r"\w")


def mark(page: Lines, article: Article) -> tuple[FieldRow, ...]:
    """Mark the lines that are chrome or page numbers; returns the rows of the metadata boxes."""
    for at, line in enumerate(page.lines):
        if not article.first <= at < article.last and at not in article.beside:
            line.removed = line.removed or "chrome"
        elif not line.hidden and _PAGE_NUMBER.fullmatch(line.text):
            line.removed = "page-number"
    _mark_surroundings(page, article)
    boxes = _boxes(page, article)
    _mark_widgets(page, article)
    _mark_edges(page, article)
    return boxes


def _mark_surroundings(page: Lines, article: Article) -> None:
    """Blocks inside that are named as a site's (share, qrcode, print …) and hold no prose."""
    for at, node in enumerate(page.nodes):
        inside = article.first <= node.first and node.last <= article.last and at != article.node
        if not inside or node.first == node.last or not (node.tag == "nav" or words.is_surrounding(node.element)):
            continue
        lines = page.lines[node.first : node.last]
        if not any(words.is_paragraph(line) for line in lines) and not _is_whole(node, article):
            for line in lines:
                line.removed = line.removed or "chrome"


def _is_whole(node: Node, article: Article) -> bool:
    return node.first == article.first and node.last == article.last


def _mark_widgets(page: Lines, article: Article) -> None:
    """Rows of buttons anywhere; a word that may be the document's too only beside other chrome."""
    inside = [at for at in range(article.first, article.last) if not page.lines[at].hidden]
    for at in inside:
        line = page.lines[at]
        if not line.removed and words.words().widgets.fullmatch(line.text) and words.is_chrome(line.text):
            line.removed = "chrome"
    for order in (inside, inside[::-1]):
        for before, at in pairwise(order):
            line = page.lines[at]
            if page.lines[before].removed == "chrome" and not line.removed and words.is_shy(line.text):
                line.removed = "chrome"


def _mark_edges(page: Lines, article: Article) -> None:
    """Above the first paragraph and below the last: counters, footers, lists of other texts, links to retold ones."""
    inside = [at for at in range(article.first, article.last) if not page.lines[at].hidden]
    prose = [at for at in inside if words.is_paragraph(page.lines[at])]
    begin, end = (prose[0], prose[-1]) if prose else (article.last, article.first - 1)
    listed, menu = False, bool(prose)
    for at in inside:
        line = page.lines[at]
        if begin <= at <= end:
            continue
        menu = menu and (line.removed is not None or words.is_link(line))
        core = words.folded(line.text).strip("【】[]>")
        head, colon, _ = core.replace("：", ":").partition(":")
        retold = words.is_link(line) and _RETOLD.search(line.text) is not None  # L41: 解读 tells the document again
        if at > end and head in words.words().lists and (not colon or head == core[:-1] or line.link):
            listed = True
        elif (
            not retold and not menu and not (listed and at > end and (words.is_link(line) or words.is_date(line.text)))
        ):
            listed = listed and line.removed is not None
            if not words.is_chrome(line.text):
                continue
        line.removed = line.removed or "chrome"


@dataclass(slots=True)
class _Row:
    """A row of a metadata box."""

    at: int
    name: str
    value: str
    values: list[int]
    """Lines that are its value, where it has cells of its own."""


def _boxes(page: Lines, article: Article) -> tuple[FieldRow, ...]:
    """Rows of metadata: all that stand outside the document, and boxes of several rows inside it."""
    fields: dict[tuple[str, str], int] = {}
    for run in _runs(_rows(page, article)):
        inside = article.first <= run[0].at < article.last
        if inside and len(run) < MIN_FIELDS:
            continue
        for row in run:
            if _WORD.search(row.value):
                fields.setdefault((row.name, row.value), row.values[0] if row.values else row.at)
            for at in (row.at, *row.values):
                page.lines[at].removed = page.lines[at].removed or "chrome"
    return tuple(FieldRow(name, value, at) for (name, value), at in fields.items())


def _rows(page: Lines, article: Article) -> list[_Row]:
    rows: list[_Row] = []
    visible = [at for at, line in enumerate(page.lines) if not line.hidden]
    taken = -1
    for place, at in enumerate(visible):
        line = page.lines[at]
        if at <= taken or at in article.beside or len(line.text) > MAX_BOX_VALUE or words.is_link(line):
            continue
        near = bool(rows) and place > 0 and visible[place - 1] <= max(rows[-1].at, *rows[-1].values, taken)
        for name, value in _named(page, at, near):
            row = _Row(at, name, value, [])
            if not value:
                row.values = _values(page, visible[place + 1 : place + 4], at)
                row.value = " ".join(page.lines[value].text.strip() for value in row.values)
                taken = row.values[-1] if row.values else taken
            rows.append(row)
    return rows


def _named(page: Lines, at: int, near: bool) -> list[tuple[str, str]]:
    """Names and values on a line; behind a row that is known, a name that is in no list counts too."""
    text = page.lines[at].text
    known = words.field_rows(text)
    if known and (known[0][1] or words.is_name(text) or _has_own_cell(page, at)):
        return known
    other = _OTHER_ROW.fullmatch(text) if near and row_of(page, page.lines[at].node) >= 0 else None
    return [(words.folded(other["name"]), other["value"].strip())] if other else []


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """Rows that stand together."""
    runs: list[list[_Row]] = []
    for row in rows:
        if runs and row.at - max(runs[-1][-1].at, *runs[-1][-1].values, 0) <= 2:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _has_own_cell(page: Lines, at: int) -> bool:
    node = page.nodes[page.lines[at].node]
    return node.tag in ("td", "th", "dt") and node.last - node.first == 1


def _values(page: Lines, following: list[int], at: int) -> list[int]:
    """The lines of the cell behind a name."""
    found: list[int] = []
    home = row_of(page, page.lines[at].node)
    for near in following:
        line = page.lines[near]
        if words.field_rows(line.text) or _OTHER_ROW.fullmatch(line.text) or len(line.text) > MAX_BOX_VALUE:
            break
        if found and line.node != page.lines[found[0]].node:
            break
        if not found and row_of(page, line.node) != home:
            break
        found.append(near)
    return found
