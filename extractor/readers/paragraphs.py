"""Where printed lines begin a paragraph and where they go on, told by their places.

A paragraph begins where the line above ends short or this one is indented; it goes on below a full line at the left
margin, in a text that indents the first lines of its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from extractor.readers.raw import Place, RawLine
from extractor.text.starts import Start, start_of

SHORT = 2.0
"""Characters by which the last line of a sentence ends before its column, the first word of the next line aside."""
HALF_EMPTY = 0.25
"""Share of the column that is white behind a title or a name; in ragged text a line in a sentence may be short too."""
LEAST_INDENT, MOST_INDENT = 1.5, 4.0
"""Characters by which the first line of a paragraph is indented: two, for most printers."""
OTHER_SIZE = 1.25
"""Times by which a title is larger than what stands below it."""
FLUSH = 0.5
"""Characters by which two lines that begin or end alike may be apart."""
RIGHT = 0.5
"""Share of the column: a line that begins further right does not go on from the one above it."""
WIDER = 1.15
"""Times the usual pitch: white between two paragraphs."""
USUAL = 0.8
"""Share of the paragraphs that are set in one way, where a text has the habit."""

_WORD = re.compile(r"[A-Za-z0-9.,%/+\-]+|.[，。、；：！？）》”’〉】〕,.;:!?)]*", re.DOTALL)
"""What a line break does not part: a word, or a character and the marks that may not begin a line."""
_ENDED = re.compile(r"[。；：！？;:!?][”’）)》〉]*$")
_ENTRY_END = re.compile(r"(?:\.{4}|…{2}|．{4}|·{4}|[.…·] [.…·] )[\s.…．·]*[（(]?\s*\d{0,4}\s*[）)]?$|…\s*\d{1,4}$")
"""A line that ends in dot leaders and a page: the entry of the contents may begin a line above."""


class _Pair(NamedTuple):
    """A printed line and the one above it."""

    at: int
    above: RawLine
    line: RawLine
    size: float
    """Height of the line, and of the one above."""
    upper: float
    room: float
    """White behind the line above, the first word of this one aside."""
    ended: bool
    """Whether the line above ends a sentence or a part of one."""
    indent: float
    pitch: float | None
    """From one line to the next; None where they stand on two pages or in two columns."""


class _Layout(NamedTuple):
    """How the text sets its paragraphs, as it does those that follow a short last line."""

    pitches: dict[int, float]
    """Height of a line → pitch inside of a paragraph."""
    indents: bool
    """First lines are indented."""
    spaced: bool
    """First lines stand further from the line above."""
    shown: bool
    """First lines are one or the other."""

    def is_wide(self, pair: _Pair) -> bool:
        """Whether a line stands further from the line above than lines of one paragraph do."""
        usual = self.pitches.get(round(pair.size))
        return usual is not None and pair.pitch is not None and pair.pitch > WIDER * usual


def beginnings(lines: Sequence[RawLine]) -> list[bool | None]:
    """For each line: does its place show that a paragraph begins with it, or goes on? None where it shows nothing.

    >>> def line(text, left, right):
    ...     return RawLine(text, Place(page=1, box=(left, 0, right, 10), column=(0, 100)))
    >>> beginnings([line("一、修泵站。", 20, 70), line("二、通水。", 20, 70), line("三", 20, 30)])
    [None, True, True]
    """
    found: list[bool | None] = [None] * len(lines)
    pairs = list(_pairs(lines))
    layout = _layout(pairs)
    for pair in pairs:
        found[pair.at] = _begins(pair, layout)
    return found


def _pairs(lines: Sequence[RawLine]) -> Iterator[_Pair]:
    above: RawLine | None = None
    for at, line in enumerate(lines):
        if line.removed is not None:
            continue
        if line.place.box is None or line.place.column is None or line.place.cell is not None:
            above = None
            continue
        size = _size(line.place)
        if above is not None and size > 0 and (upper := _size(above.place)) > 0:
            room, ended = _room(above.place) - _first_word(line), _ENDED.search(above.text) is not None
            yield _Pair(at, above, line, size, upper, room, ended, _indent(line.place), _pitch(above.place, line.place))
        above = line


def _layout(pairs: Sequence[_Pair]) -> _Layout:
    pitches: dict[int, list[float]] = {}
    for pair in pairs:
        if pair.pitch is not None and not pair.ended and pair.room <= FLUSH * pair.upper:
            pitches.setdefault(round(pair.size), []).append(pair.pitch)
    layout = _Layout({size: median(found) for size, found in pitches.items()}, False, False, False)
    indents: list[bool] = []
    spaced: list[bool] = []
    shown: list[bool] = []
    for pair in pairs:
        if (
            pair.ended
            and pair.room > SHORT * pair.upper
            and -FLUSH * pair.size <= pair.indent <= MOST_INDENT * pair.size
        ):
            indents.append(pair.indent > FLUSH * pair.size)
            if pair.pitch is not None:
                spaced.append(layout.is_wide(pair))
                shown.append(indents[-1] or spaced[-1])
    return layout._replace(indents=_usual(indents), spaced=_usual(spaced), shown=_usual(shown))


def _usual(found: Sequence[bool]) -> bool:
    return len(found) > 0 and sum(found) >= USUAL * len(found)


def _begins(pair: _Pair, layout: _Layout) -> bool | None:
    size, upper = pair.size, pair.upper
    if max(size, upper) > OTHER_SIZE * min(size, upper):
        return True
    if _ENTRY_END.search(pair.above.text):
        return True
    if _ENTRY_END.search(pair.line.text):
        return None
    if pair.room > (SHORT * upper if pair.ended else HALF_EMPTY * _width(pair.above.place)):
        return True
    if _stands_right(pair.line.place):
        return True
    if pair.room <= FLUSH * upper and _goes_on(pair, layout):
        return False
    if layout.spaced and layout.is_wide(pair) and (pair.ended or pair.indent > FLUSH * size):
        return True
    if not pair.ended and pair.room <= SHORT * upper:  # a full line in a sentence: what follows may hang (抄送：…)
        return None
    more = pair.indent - _indent(pair.above.place) > FLUSH * size or (pair.ended and layout.indents)
    return True if more and LEAST_INDENT * size <= pair.indent <= MOST_INDENT * size else None


def _goes_on(pair: _Pair, layout: _Layout) -> bool:
    """True below a full line for one that shows nothing of a first line; what may be a heading is left to its words."""
    above, line = pair.above, pair.line
    if "\t" in above.text or "\t" in line.text:
        return False
    if abs(pair.indent) > FLUSH * pair.size or _indent(above.place) > MOST_INDENT * pair.upper or layout.is_wide(pair):
        return False
    return layout.shown and (not pair.ended or start_of(line.text.strip()) <= Start.FIELD)


def _stands_right(place: Place) -> bool:
    """True for what is set at the right margin: a signature, the unit of a table below its title."""
    indent = _indent(place)
    return indent > RIGHT * _width(place) and _room(place) < indent / 2


def _size(place: Place) -> float:
    return place.box[3] - place.box[1] if place.box else 0.0


def _indent(place: Place) -> float:
    return place.box[0] - place.column[0] if place.box and place.column else 0.0


def _pitch(above: Place, line: Place) -> float | None:
    if above.page != line.page or above.box is None or line.box is None or line.box[3] <= above.box[3]:
        return None
    return line.box[3] - above.box[3]


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
