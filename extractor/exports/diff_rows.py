"""A diff as rows for a reader: each pair of clauses with its changes and with the words of both sides, marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from extractor.model import Change, ChangeGroup, Diff, Edition, Pair, PairStatus, Piece, Side, Span

STATUSES: dict[PairStatus, str] = {
    "kept": "未变",
    "edited": "修改",
    "moved": "移动",
    "renumbered": "改号",
    "split": "拆分",
    "merged": "合并",
    "added": "新增",
    "removed": "删去",
}
"""What became of a clause, in Chinese."""
GROUPS: dict[ChangeGroup, str] = {
    "numbers": "数值",
    "deadlines": "时限",
    "bodies": "单位",
    "conditions": "条件",
    "references": "引用",
    "validity": "效力",
    "clauses": "条款",
    "wording": "文字",
}
"""What a change is about, in Chinese."""
WHOLE = frozenset[ChangeGroup]({"clauses", "wording"})
"""Changes that the redline itself shows: their words are not marked once more."""
WHOLE_DOCUMENT = "文件"
"""The place of a change that is about no clause."""

INDENTATION = 60
"""Characters in which the begin of a line is looked for."""
_LAYOUT = re.compile(r"[^\S\n]*\n\s*")

Mark = Literal["same", "deleted", "inserted"]


@dataclass(frozen=True)
class Stretch:
    """Characters of one side that are marked alike, as the source prints them but for the space around line breaks."""

    text: str
    mark: Mark
    changes: tuple[str, ...] = ()
    """The changes that point at them."""


@dataclass(frozen=True)
class Cell:
    """A piece of one side."""

    path: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Row:
    """A pair of clauses (条款对应) as it is shown."""

    number: int
    pair: Pair
    changes: tuple[Change, ...]
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    inline: tuple[Stretch, ...]
    """Both sides as one text; empty where there is no redline."""

    @property
    def place(self) -> str:
        """Paths of both sides, once where they are the same."""
        return place(self.pair)

    @property
    def status(self) -> str:
        """What became of it, in Chinese."""
        return STATUSES[self.pair.status]

    @property
    def unchanged(self) -> bool:
        """Whether nothing but its number changed."""
        return self.pair.status in ("kept", "renumbered") and not self.changes


def rows(found: Diff) -> Iterator[Row]:
    """The pairs in their order."""
    changes: dict[int | None, list[Change]] = defaultdict(list)
    for change in found.changes:
        changes[change.pair].append(change)
    old = _Words(found.old.text)
    new = _Words(found.new.text)
    for number, pair in enumerate(found.pairs):
        told = changes[number]
        before = [(run.old, run.same) for run in pair.redline if run.old is not None]
        after = [(run.new, run.same) for run in pair.redline if run.new is not None]
        here = old.marked(before, "deleted", _pointing(told, [change.old for change in told]))
        there = new.marked(after, "inserted", _pointing(told, [change.new for change in told]))
        yield Row(
            number,
            pair,
            tuple(told),
            tuple(here.cell(piece) for piece in pair.old),
            tuple(there.cell(piece) for piece in pair.new),
            tuple(_inline(pair, here, there)),
        )


def joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches that are marked alike as one, whatever changes point at them."""
    held: Stretch | None = None
    for stretch in stretches:
        if held is not None and held.mark == stretch.mark:
            held = Stretch(held.text + stretch.text, held.mark)
            continue
        if held is not None:
            yield held
        held = stretch
    if held is not None:
        yield held


def name(change: Change) -> str:
    """The kind of a change in Chinese, without what it is about."""
    return change.zh.partition("：")[0].partition("（")[0]


def detail(change: Change) -> str:
    """What the Chinese line of a change says besides its kind."""
    said = change.zh[len(name(change)) :]
    about = f"（{change.about}）"
    if change.about and said.startswith(about):
        said = f"{change.about}{said[len(about) :]}"
    return said.removeprefix("：")


def place(pair: Pair) -> str:
    """The paths of both sides of a pair, once where they are the same."""
    sides = ("、".join(path(piece.path) for piece in side) for side in (pair.old, pair.new) if side)
    return " → ".join(dict.fromkeys(sides))


def listed(found: Diff) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The changes by the pair that they belong to; what is about a whole document first."""
    for number, told in groupby(found.changes, lambda change: change.pair):
        yield WHOLE_DOCUMENT if number is None else place(found.pairs[number]), tuple(told)


def path(steps: tuple[str, ...]) -> str:
    """A path of a clause in one string."""
    return "/".join(steps) or "正文"


def title(edition: Edition) -> str:
    """What a version is called: its first title, or the name of the file."""
    return next((each for each in edition.titles if each), edition.source)


def _pointing(changes: Sequence[Change], sides: Sequence[Side | None]) -> list[tuple[Span, str]]:
    return [
        (side.span, change.id)
        for change, side in zip(changes, sides, strict=True)
        if side is not None and change.group not in WHOLE
    ]


class _Words:
    """The text of one side, as its pieces are shown."""

    def __init__(self, text: str) -> None:
        self.text = text

    def own(self, pieces: Sequence[Piece]) -> list[tuple[Span, str]]:
        """Ranges of pieces without the space around, and what to put before each."""
        spans = [self._bare(piece.span) for piece in pieces if self.text[slice(*piece.span)].strip()]
        return [(span, "\n" if at else "") for at, span in enumerate(spans)]

    def shown(self, start: int, end: int) -> str:
        """The characters of a range, without indentation and blank lines."""
        line = self.text.rfind("\n", max(0, start - INDENTATION), start) + 1
        text = _LAYOUT.sub("\n", self.text[start:end])
        return text if not line or self.text[line:start].strip() else text.lstrip()

    def _bare(self, span: Span) -> Span:
        text = self.text[slice(*span)]
        return span[0] + len(text) - len(text.lstrip()), span[1] - len(text) + len(text.rstrip())

    def marked(self, runs: list[tuple[Span, bool]], mark: Mark, pointed: list[tuple[Span, str]]) -> _Marked:
        return _Marked(self, runs, mark, pointed)


class _Marked:
    """One side of a pair with what is marked in it."""

    def __init__(
        self, pieces: _Words, runs: list[tuple[Span, bool]], mark: Mark, pointed: list[tuple[Span, str]]
    ) -> None:
        self.pieces, self.runs, self.mark, self.pointed = pieces, runs, mark, pointed
        self.starts = [span[0] for span, _ in runs]
        self.points = sorted({point for span, _ in (*runs, *pointed) for point in span})

    def cell(self, piece: Piece) -> Cell:
        return Cell(path(piece.path), tuple(self.within(self.pieces.own([piece]), *piece.span)))

    def between(self, start: int, end: int) -> Iterator[Stretch]:
        """A range, cut where a mark begins or ends."""
        first, last = bisect_right(self.points, start), bisect_right(self.points, end - 1)
        for one, other in pairwise([start, *self.points[first:last], end]):
            at = bisect_right(self.starts, one) - 1
            changed = at >= 0 and one < self.runs[at][0][1] and not self.runs[at][1]
            ids = tuple(id_ for span, id_ in self.pointed if span[0] <= one and other <= span[1])
            yield Stretch(self.pieces.shown(one, other), self.mark if changed else "same", ids)

    def within(self, owned: Sequence[tuple[Span, str]], start: int, end: int) -> Iterator[Stretch]:
        """What lies of a range in the ranges of the pieces."""
        for (one, other), before in owned:
            if before and start < one <= end:
                yield Stretch(before, "same")
            if max(one, start) < min(other, end):
                yield from self.between(max(one, start), min(other, end))


def _inline(pair: Pair, old: _Marked, new: _Marked) -> Iterator[Stretch]:
    """The new words with the deleted ones at their place; labels and spaces are those of the new side."""
    if not pair.redline:
        return
    before = [(span, "") for span, _ in old.pieces.own(pair.old)]
    after = new.pieces.own(pair.new)
    begin, end = pair.new[0].span[0], pair.new[-1].span[1]
    at = begin
    for number, run in enumerate(pair.redline):
        following = (later.new[0] for later in pair.redline[number:] if later.new is not None)
        upto = next(following, end if at == begin else at)
        yield from new.within(after, at, upto)  # a label, or the break between two paragraphs
        if run.old is not None and not run.same:
            yield from old.within(before, *run.old)
        at = upto
        if run.new is not None:
            yield from new.within(after, *run.new)
            at = run.new[1]
    yield from new.within(after, at, end)
