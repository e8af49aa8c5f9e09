"""Where printed lines begin a paragraph, told by their places: the line above ends short, or this one is indented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.readers.raw import Place, RawLine

SHORT = 2.0
"""Characters by which the last line of a sentence ends before its column, the first word of the next line aside."""
HALF_EMPTY = 0.25
"""Share of the column that is white behind a title or a name; in ragged text a line in a sentence may be short too."""
LEAST_INDENT, MOST_INDENT = 1.5, 4.0
"""Characters by which the first line of a paragraph is indented: two, for most printers."""
OTHER_SIZE = 1.25
"""Times by which a title is larger than what stands below it."""
SAME = 0.5
"""Characters by which two lines that begin alike may be apart."""

_WORD = re.compile(r"[A-Za-z0-9.,%/+\-]+|.[，。、；：！？）》”’〉】〕,.;:!?)]*", re.DOTALL)
"""What a line break does not part: a word, or a character and the marks that may not begin a line."""
_ENDED = re.compile(r"[。；：！？;:!?][”’）)》〉]*$")
_ENTRY_END = re.compile(r"(?:\.{4}|…{2}|．{4}|·{4}|[.…·] [.…·] )[\s.…．·]*[（(]?\s*\d{0,4}\s*[）)]?$")
"""A line that ends in dot leaders and a page: the entry of the contents may begin a line above."""


def beginnings(lines: Sequence[RawLine]) -> list[bool]:
    """For each line: does its place show that a paragraph begins with it? False where it shows nothing.

    >>> def line(text, left, right):
    ...     return RawLine(text, Place(page=1, box=(left, 0, right, 10), column=(0, 100)))
    >>> beginnings([line("一、修泵站。", 20, 70), line("二、通水。", 20, 70), line("三", 20, 30)])
    [False, True, True]
    """
    found = [False] * len(lines)
    above: RawLine | None = None
    for at, line in enumerate(lines):
        if line.removed is not None:
            continue
        if line.place.box is None or line.place.column is None or line.place.cell is not None:
            above = None
            continue
        if above is not None:
            found[at] = _begins(above, line)
        above = line
    return found


def _begins(above: RawLine, line: RawLine) -> bool:
    size, upper = _size(line.place), _size(above.place)
    if size <= 0 or upper <= 0:
        return False
    if max(size, upper) > OTHER_SIZE * min(size, upper):
        return True
    if _ENTRY_END.search(line.text) and not _ENTRY_END.search(above.text):
        return False
    room = _room(above.place) - _first_word(line)
    ended = _ENDED.search(above.text) is not None
    if room > (SHORT * upper if ended else HALF_EMPTY * _width(above.place)):
        return True
    if not ended and room <= SHORT * upper:  # a full line in a sentence: what follows may hang (抄送：…)
        return False
    indent = _indent(line.place)
    return LEAST_INDENT * size <= indent <= MOST_INDENT * size and indent - _indent(above.place) > SAME * size


def _size(place: Place) -> float:
    return place.box[3] - place.box[1] if place.box else 0.0


def _indent(place: Place) -> float:
    return place.box[0] - place.column[0] if place.box and place.column else 0.0


def _room(place: Place) -> float:
    """White between the end of a line and the edge of its column."""
    return place.column[1] - place.box[2] if place.box and place.column else 0.0


def _width(place: Place) -> float:
    return place.column[1] - place.column[0] if place.column else 0.0


def _first_word(line: RawLine) -> float:
    """Width of the first word of a line."""
    word = _WORD.match(line.text)
    edges = line.place.edges
    if word is None or edges is None or len(edges) != len(line.text) + 1:
        return 0.0
    return edges[word.end()] - edges[0]
