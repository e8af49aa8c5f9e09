"""Web pages as government sites serve them and as browsers save them (HTML)."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.readers.html_article import find_article
from extractor.readers.html_chrome import mark
from extractor.readers.html_lines import Line, Lines, lines_of
from extractor.readers.html_page import frames, no_text, parse
from extractor.readers.html_tables import Grid, broken_headings, find_tables
from extractor.readers.html_words import weight
from extractor.readers.raw import Place, Raw, RawLine, RawTable

MEDIA_TYPE = "text/html"

MAX_AROUND_FRAMES = 200
"""Characters of menus beside frames; a page without a sentence and no more than that has its text in a frame."""

_INDENT = ("\u3000", "\xa0")
_ENDED = re.compile(r"[。；：！？.;:!?”’）)]\s*$")
_SET_APART = frozenset(("center", "caption", "h1", "h2", "h3", "h4", "h5", "h6"))
_GOES_ON = re.compile(r"[。；，：！？]\s*$")
_LABEL = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[、．.）)]|第[一二三四五六七八九十百\d]+[章节条])")


def read(data: bytes, name: str) -> Raw:
    """Read a web page: the document's lines in order, with what the site has put around it marked as removed.

    Every line is a paragraph, a heading or (a paragraph of) a cell; `Place.element` is the XPath of the block in the
    page as it was sent. Hidden text is chrome; scripts, styles and comments
    are no text.

    Raises:
        DamagedInputError: the bytes can be read as text in no encoding, or are no page.
        EmptyInputError: the page holds no text; the message names the frames where it may be.

    >>> page = "<title>通知</title>首页 &gt; 公报<p>请各镇<街道>于2031年<br>6月底前落实。"
    >>> [(line.text, line.removed) for line in read(page.encode(), "a.html").lines]  # doctest: +NORMALIZE_WHITESPACE
    [('通知', 'chrome'), ('首页 > 公报', 'chrome'), ('请各镇<街道>于2031年', None), ('6月底前落实。', None)]
    """
    parsed = parse(data, name)
    page = lines_of(parsed.root)
    if not any(map(weight, page.lines)):
        _show_hidden(page)
    article = find_article(page, parsed.root)
    fields = mark(page, article)
    shown = sum(len(line.text) for line in page.lines if not line.removed)
    if not shown or (article.node < 0 and shown < MAX_AROUND_FRAMES and frames(parsed.root)):
        raise no_text(parsed.root, name)
    grids = find_tables(page, article)
    joined = _over_page_numbers(page)
    for heading in broken_headings(page, grids):
        joined.update(dict.fromkeys(heading[1:], heading[0]))
    lines, places = _compact(page, joined)
    cells = {line: cell for number, grid in enumerate(grids, 1) for line, cell in _cells(page, grid, number)}
    return Raw(
        media_type=MEDIA_TYPE,
        lines=tuple(RawLine(line.text, _place(line, cells.get(at)), line.removed) for at, line in lines),
        whole=True,
        encoding=parsed.encoding,
        tables=tuple(_table(page, grid, places) for grid in grids),
        fields=tuple(replace(row, line=places[row.line]) for row in fields),
    )


def _show_hidden(page: Lines) -> None:
    """A page all of whose prose is hidden shows it by a script (a viewer, tabs): then what is hidden is its text."""
    if not any(line.hidden and "。" in line.text for line in page.lines):
        return
    for line in page.lines:
        if line.hidden and not line.path.startswith("/html/head"):
            line.hidden, line.removed = False, None


def _over_page_numbers(page: Lines) -> dict[int, int]:
    """Lines that go on with the paragraph above a page number, to the line that they belong to.

    Where a page is a printed document sheet by sheet, paragraphs are indented and what goes on is not.
    """
    joined: dict[int, int] = {}
    above, number = -1, False
    for at, line in enumerate(page.lines):
        if line.removed == "page-number":
            number = True
        elif line.removed is None:
            if above >= 0 and number and not _is_set_apart(page, line) and _goes_on(page.lines[above], line):
                joined[at] = joined.get(above, above)
            above, number = at, False
    return joined


def _is_set_apart(page: Lines, line: Line) -> bool:
    """Whether a line is a title by its element: in the middle of the page, or a heading."""
    return line.node >= 0 and page.nodes[line.node].tag in _SET_APART


def _goes_on(above: Line, line: Line) -> bool:
    if not above.text.startswith(_INDENT) and len(above.text) < 2 * len(_INDENT):
        return False
    if line.text.startswith(_INDENT) or _LABEL.match(line.text):
        return False
    return _ENDED.search(above.text) is None or (
        above.text.startswith(_INDENT) and _GOES_ON.search(line.text) is not None
    )


def _compact(page: Lines, joined: dict[int, int]) -> tuple[list[tuple[int, Line]], list[int]]:
    """Lines with those joined that are one, and for each old index the new one."""
    kept: list[tuple[int, Line]] = []
    places: list[int] = []
    for at, line in enumerate(page.lines):
        places.append(len(kept))
        if at in joined:
            whole = page.lines[joined[at]]
            whole.parts.append((len(whole.text), line.path))
            whole.text += line.text.lstrip()
        else:
            kept.append((at, line))
    places.append(len(kept))
    return kept, places


def _place(line: Line, cell: tuple[int, int, int] | None) -> Place:
    parts = [(0, line.path), *line.parts] if line.parts else []
    return Place(
        element=line.path,
        cell=cell,
        parts=tuple((start, Place(element=path, cell=cell)) for start, path in parts),
    )


def _cells(page: Lines, grid: Grid, number: int) -> list[tuple[int, tuple[int, int, int]]]:
    return [
        (line, (number, row, column))
        for row, cells in enumerate(grid.rows, 1)
        for column, at in enumerate(cells, 1)
        if at is not None
        for line in range(page.nodes[at].first, page.nodes[at].last)
    ]


def _table(page: Lines, grid: Grid, places: list[int]) -> RawTable:
    return RawTable(
        tuple(
            tuple(None if at is None else (places[page.nodes[at].first], places[page.nodes[at].last]) for at in row)
            for row in grid.rows
        ),
        tuple(grid.covered),
    )
