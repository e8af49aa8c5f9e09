"""Where on a page the document stands: the block that holds most of its sentences, and the title above it.

Names of classes (TRS_Editor, zoom …) are hints that let the block grow; alone they decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from extractor.readers import html_words as words
from extractor.readers.html_lines import Line, Lines, Node, row_of

MAJORITY = 0.5
"""A block that holds more than half of what its parent holds is gone into."""
MAX_LINKED = 0.3
"""Share of links above which lines beside a text are lists of links."""
MIN_TITLE = 6
"""Characters of a title; shorter names are those of columns (公告)."""
TITLE_REACH = 15
"""Lines at the beginning of a text among which its title is looked for."""
MAX_TITLE_LINES = 5
HINT = 3
"""How much more a line weighs in a block that is named as one that wraps a document."""

_WRAPPERS = frozenset(("body", "div", "td", "center", "main", "article", "section", "form", "html", "blockquote", "th"))
_DOC_NUMBER = re.compile(
    r"[^\s。，]{2,20}[〔［\[（(]\s*(?:19|20)\d\d\s*[〕］\]）)]\s*第?\s*\d{1,5}\s*号"
    r"|\S{2,20}令\s*第?\s*\d{1,4}\s*号|第\s*\d{1,4}\s*号"
)
_REMARK = re.compile(r"[（(].{4,200}(?:通过|公布|发布|施行|实施|修订|修正|批准).{0,12}[）)]")
_MARKS = re.compile(r"[《》“”\"]")
_LETTER = re.compile(r"[^\W\d_]")
_TITLE_FIELDS = frozenset(("标题", "名称", "信息名称", "文件名称", "文件标题"))


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of a page that are its document."""

    first: int
    last: int
    node: int
    """The block, an index of the nodes; -1 where all of the page is taken."""
    beside: frozenset[int]
    """Lines outside the block that are of the document: its title and 文号 above, its signature and date below."""


def find_article(page: Lines, root: Any) -> Article:
    """Find the document among what the site has put around it; a page without any sentence is all document."""
    hinted = _hinted(page)
    weights = (words.weight(line) * (HINT if line.node in hinted else 1) for line in page.lines)
    sums = [0, *accumulate(weights)]
    if not sums[-1]:
        return Article(0, len(page.lines), -1, frozenset())
    node = _grown(page, _densest(page, sums))
    first, last = page.nodes[node].first, page.nodes[node].last
    return Article(first, last, node, _above(page, first, last, root) | _below(page, last))


def _hinted(page: Lines) -> set[int]:
    """Blocks in one whose names hint that it wraps a document: a notice of one sentence may be less than a footer."""
    found: set[int] = set()
    for at, node in enumerate(page.nodes):
        if node.parent in found or words.is_container(node.element):
            found.add(at)
    return found


def _densest(page: Lines, sums: list[int]) -> int:
    """Go down from the root into the block that holds most of the sentences, as long as there is one."""

    def held(node: Node) -> int:
        return sums[node.last] - sums[node.first]

    best = 0
    for at, node in enumerate(page.nodes):  # children come behind their parents
        if node.parent == best and held(node) > MAJORITY * held(page.nodes[best]):
            best = at
    return best


def _grown(page: Lines, node: int) -> int:
    """Go up again as long as what is beside the block is text as well."""
    best, at = node, node
    table = _outer_table(page, node)
    if table >= 0:
        best = at = page.nodes[table].parent
    while best >= 0 and page.nodes[best].tag not in _WRAPPERS and page.nodes[best].parent >= 0:
        best = at = page.nodes[best].parent
    while (at := page.nodes[at].parent) >= 0:
        if _is_text_beside(page, page.nodes[at], page.nodes[best]):
            best = at
    return max(best, 0)


def _outer_table(page: Lines, node: int) -> int:
    """The outermost table of data that the block lies in: a table is a part of a document, never all of it."""
    found, at = -1, node
    while at >= 0:
        if page.nodes[at].tag == "table" and is_ruled(page.nodes[at].element):
            found = at
        at = page.nodes[at].parent
    return found


_RULED = re.compile(
    r"mso|border(?:-(?:top|left|right|bottom))?\s*:[^;]*\b(?:solid|windowtext|double|single)", re.IGNORECASE
)


def is_ruled(table: Any) -> bool:
    """True when the cells of a table have borders, as those of data have."""
    if (table.get("border") or "0").strip() not in ("0", "", "0px", "none"):
        return True
    cell = next(table.iter("td", "th"), None)
    return cell is not None and _RULED.search(cell.get("style") or "") is not None


def _is_text_beside(page: Lines, outer: Node, inner: Node) -> bool:
    """True when the lines of the outer block that the inner one has not are of the document too."""
    beside = [*page.lines[outer.first : inner.first], *page.lines[inner.last : outer.last]]
    beside = [line for line in beside if not line.hidden]
    if not beside:
        return False
    linked = sum(line.link for line in beside) / sum(len(line.text) for line in beside)
    if linked > MAX_LINKED:
        return False
    prose = [line for line in beside if words.is_paragraph(line)]
    site = sum(words.is_chrome(line.text) or words.field_name(line.text) is not None for line in beside)
    if not prose:
        return not site and words.is_container(outer.element)
    rest = [line for line in beside if _says_something(line)]
    return sum(len(line.text) for line in prose) >= MAJORITY * sum(len(line.text) for line in rest)


def _says_something(line: Line) -> bool:
    """False for words of the site, links, rows of metadata, and lines without a word (page numbers)."""
    if words.is_chrome(line.text) or words.is_link(line) or words.field_name(line.text) is not None:
        return False
    return _LETTER.search(line.text) is not None


def _above(page: Lines, first: int, last: int, root: Any) -> frozenset[int]:
    """The title and the 文号 where they stand above the text and not in it."""
    known = _titles(root, page.lines[:first])
    title = _title_above(page, first, known)
    inside = [words.folded(line.text) for line in page.lines[first:last] if not line.hidden][:TITLE_REACH]
    found: list[int] = []
    if title and not _says(inside, "".join(words.folded(page.lines[at].text) for at in title)):
        found.extend(title)
    for at in range(title[-1] + 1 if title else 0, first):
        line = page.lines[at]
        if line.hidden or words.is_link(line) or not title:
            continue
        text = line.text.strip()
        number = _DOC_NUMBER.fullmatch(text) is not None
        if (number or _REMARK.fullmatch(text)) and not any(words.folded(text) in other for other in inside):
            found.append(at)
    return frozenset(found)


def _below(page: Lines, last: int) -> frozenset[int]:
    """The signature with its date, and attachments, where they stand behind the block and nothing else between."""
    run: list[int] = []
    accepted = 0
    for at in range(last, len(page.lines)):
        line = page.lines[at]
        if line.hidden:
            continue
        closing = words.is_last(line.text)
        if not closing and not words.is_signer(line.text):
            break
        run.append(at)
        if closing:
            accepted = len(run)
    return frozenset(run[:accepted])


def _titles(root: Any, above: Iterable[Line]) -> tuple[str, ...]:
    """What the page says that its title is: title element, ArticleTitle, the row 标题 of the metadata box."""
    found = [element.text_content() for element in root.iter("title")][:1]
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in ("articletitle", "og:title", "title"):
            found.append(meta.get("content") or "")
    waiting = False
    for line in above:
        if line.hidden:
            continue
        if waiting:
            found.append(line.text)
        name = words.field_name(line.text)
        waiting = name is not None and name[0] in _TITLE_FIELDS and not name[1]
        if name is not None and name[0] in _TITLE_FIELDS and name[1]:
            found.append(name[1])
    return tuple(text for text in map(words.folded, found) if len(text) >= MIN_TITLE)


def _title_above(page: Lines, first: int, known: tuple[str, ...]) -> tuple[int, ...]:
    """The lines above the text that are its title: what the page says of itself, else what looks most like one."""
    best: tuple[int, ...] = ()
    length = MIN_TITLE - 1
    heading: tuple[int, ...] = ()
    score = 1
    for lines in _by_block(page, first):
        text = "".join(words.folded(page.lines[at].text) for at in lines)
        if len(text) < MIN_TITLE or words.is_chrome(text) or words.field_name(text) is not None:
            continue
        if len(text) >= length and any(text in title for title in known):
            best, length = lines, len(text)
        node = page.nodes[page.lines[lines[0]].node]
        look = words.title_score(text, node.tag, node.element)
        if look >= score and not words.is_date(text):
            heading, score = lines, look
    if best and (heading == best or not known or 2 * length >= min(map(len, known))):
        return best
    return heading


def _by_block(page: Lines, first: int) -> Iterable[tuple[int, ...]]:
    """The lines above the text by the block that they stand in; links, hidden lines and rows of metadata left out."""
    run: list[int] = []
    for at in range(first):
        line = page.lines[at]
        if line.hidden or words.is_link(line) or (at and _is_value(page, at)):
            continue
        if run and (page.lines[run[-1]].node != line.node or len(run) == MAX_TITLE_LINES):
            yield tuple(run)
            run = []
        run.append(at)
    if run:
        yield tuple(run)


def _is_value(page: Lines, at: int) -> bool:
    """True for the value behind a name of a metadata box that has a cell of its own."""
    before, line = page.lines[at - 1], page.lines[at]
    name = words.field_name(before.text)
    home = row_of(page, line.node)
    return name is not None and not name[1] and home >= 0 and home == row_of(page, before.node)


def _says(lines: list[str], title: str) -> bool:
    """True when a line, or some lines together that are no sentence, print the title."""
    wanted = _MARKS.sub("", title)
    bare = [_MARKS.sub("", line) for line in lines]
    for at, line in enumerate(bare):
        if wanted in line and "。" not in line:
            return True
        together = line
        for more in bare[at + 1 : at + MAX_TITLE_LINES]:
            if any(mark in together for mark in "。；："):
                break
            together += more
            if together == wanted or (together.endswith(wanted) and "。" not in together):
                return True
    return False
