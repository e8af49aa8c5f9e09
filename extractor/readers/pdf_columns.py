"""The order in which a page is read: bands from top to bottom, columns from left to right inside a band (L14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

MIN_LINES = 4
"""Lines on either side of a gutter; fewer are a list or a signature."""
MIN_WIDTH = 8.0
"""Heights; columns of text are wider, cells of a list narrower."""
MIN_GUTTER = 0.8
"""Heights between two columns."""
JUSTIFIED = 0.35
"""Share of the lines left of a gutter that must reach it: columns of text are justified, cells are ragged."""
ALIGNED = 0.3
"""Share of the lines right of a gutter that must begin at it; others begin a paragraph or stand in a third column."""
NEAR = 1.0
"""Heights by which an edge may be off."""
SHARED = 0.4
"""Of the lower side: the two sides must stand beside each other, not one below the other."""


PROVEN = 2
"""Pages of a file that show a gutter, after which one at the same place is taken for one although lines are ragged."""
SAME_PLACE = 3.0
"""Points by which the gutter of another page may be off."""


@dataclass(slots=True)
class Gutters:
    """Where the pages of a file had gutters so far: a roster or a list beside it looks like no column by itself."""

    pages: Counter[int] = field(default_factory=Counter)
    """For each place, in steps of SAME_PLACE, how many pages show a gutter there."""
    places: dict[int, float] = field(default_factory=dict)
    """Where exactly the last of these gutters stood."""

    @property
    def proven(self) -> list[float]:
        """Places that several pages show."""
        return [x for at, x in self.places.items() if sum(self.pages[at + step] for step in (-1, 0, 1)) >= PROVEN]

    def add(self, places: set[float]) -> None:
        """Note the gutters of a page, each once."""
        steps = {round(x / SAME_PLACE): x for x in places}
        self.pages.update(steps.keys())
        self.places.update(steps)


class Item(Protocol):
    """Whatever stands on a page: a run, a table."""

    @property
    def left(self) -> float:
        """Left edge."""

    @property
    def right(self) -> float:
        """Right edge."""

    @property
    def top(self) -> float:
        """Upper edge."""

    @property
    def bottom(self) -> float:
        """Lower edge."""


T = TypeVar("T", bound=Item)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A gutter at x between two heights."""

    x: float
    top: float
    bottom: float


def columns_of(items: Sequence[T], height: float, gutters: Gutters | None = None) -> list[list[T]]:
    """The items of a page in groups to be read one after another; a page of one column is one group.

    Args:
        items: what stands on the page.
        height: height of a line, in points.
        gutters: those of the pages before; the ones of this page are added.
    """
    gutters = gutters or Gutters()
    found: set[float] = set()
    groups = _groups(items, height, gutters.proven, found)
    gutters.add(found)
    return groups


def _groups(items: Sequence[T], height: float, proven: Sequence[float], found: set[float]) -> list[list[T]]:
    if len(items) < 2 * MIN_LINES:
        return [list(items)] if items else []
    cut = _best_cut(items, height, proven)
    if cut is None:
        return [list(items)]
    found.add(cut.x)
    above: list[T] = []
    below: list[T] = []
    left: list[T] = []
    right: list[T] = []
    for item in items:
        middle = (item.top + item.bottom) / 2
        if middle < cut.top:
            above.append(item)
        elif middle > cut.bottom:
            below.append(item)
        else:
            (left if (item.left + item.right) / 2 < cut.x else right).append(item)
    return [group for part in (above, left, right, below) for group in _groups(part, height, proven, found)]


def _best_cut(items: Sequence[T], height: float, proven: Sequence[float]) -> _Cut | None:
    """The tallest gutter; where two are equally tall, the left one."""
    low, high = min(item.left for item in items), max(item.right for item in items)
    if high - low < 2 * MIN_WIDTH * height:
        return None
    best: _Cut | None = None
    begin, end = low + MIN_WIDTH * height, high - MIN_WIDTH * height
    known = [x for x in proven if begin <= x <= end]
    candidates = [(x, False) for x in _candidates(items, begin, end, height)]
    for x, is_proven in [*candidates, *((x, True) for x in known)]:
        for cut in _cuts_at(items, x, height, proven=is_proven):
            if best is None or cut.bottom - cut.top > best.bottom - best.top + height:
                best = cut
    return best


def _candidates(items: Sequence[T], low: float, high: float, height: float) -> list[float]:
    """Where lines begin often: just before it a gutter may lie."""
    starts = sorted(item.left for item in items if low <= item.left <= high)
    found: list[float] = []
    at = 0
    while at < len(starts):
        end = at
        while end < len(starts) and starts[end] - starts[at] <= height / 2:
            end += 1
        if end - at >= max(2, MIN_LINES * ALIGNED):
            found.append(starts[at] - MIN_GUTTER * height / 4)
        at = end
    return found


def _cuts_at(items: Sequence[T], x: float, height: float, *, proven: bool) -> list[_Cut]:
    crossing = sorted((item.top, item.bottom) for item in items if item.left < x < item.right)
    stretches: list[tuple[float, float]] = []
    low = min(item.top for item in items) - 1
    for top, bottom in crossing:
        if top > low:
            stretches.append((low, top))
        low = max(low, bottom)
    stretches.append((low, max(item.bottom for item in items) + 1))
    cuts = []
    for top, bottom in stretches:
        if bottom - top < MIN_LINES * height:
            continue
        inside = [item for item in items if top <= (item.top + item.bottom) / 2 <= bottom]
        left = [item for item in inside if item.right <= x]
        right = [item for item in inside if item.left >= x]
        if _are_columns(left, right, height, proven=proven):
            cuts.append(_trimmed(_Cut(x, top, bottom), left, right))
    return cuts


def _are_columns(left: list[T], right: list[T], height: float, *, proven: bool) -> bool:
    if min(len(left), len(right)) < MIN_LINES:
        return False
    reach, begin = max(item.right for item in left), min(item.left for item in right)
    if begin - reach < MIN_GUTTER * height:
        return False
    if not (proven or _are_text(left, right, reach, begin, height)):
        return False
    tops, bottoms = [], []
    for side in (left, right):
        tops.append(min(item.top for item in side))
        bottoms.append(max(item.bottom for item in side))
    shared = min(bottoms) - max(tops)
    return shared >= SHARED * min(bottoms[0] - tops[0], bottoms[1] - tops[1])


def _are_text(left: list[T], right: list[T], reach: float, begin: float, height: float) -> bool:
    """True for lines that fill their columns, false for cells of a list."""
    if sum(item.right >= reach - NEAR * height for item in left) < JUSTIFIED * len(left):
        return False
    if sum(item.left <= begin + NEAR * height / 2 for item in right) < ALIGNED * len(right):
        return False
    if sum(item.right - item.left >= MIN_WIDTH * height for item in right) < len(right) / 2:
        return False
    return sum(item.right - item.left >= MIN_WIDTH * height for item in left) >= len(left) / 2


def _trimmed(cut: _Cut, left: list[T], right: list[T]) -> _Cut:
    """The gutter as far as one of the two sides goes: a title above and a note below are no part of it."""
    top = min(item.top for item in (*left, *right))
    bottom = max(item.bottom for item in (*left, *right))
    return _Cut(cut.x, max(cut.top, top - 1), min(cut.bottom, bottom + 1))
