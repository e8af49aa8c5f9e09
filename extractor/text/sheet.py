"""The lines of a source while furniture is looked for: what each line is, and which characters are cut out of it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.model.source import RemovedKind

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
"""Control and invisible characters: they would stand inside names and numbers; \ufffd is kept, it marks a loss."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters ``line[start:end]`` that are no part of the reading text."""

    start: int
    end: int
    kind: RemovedKind
    text: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of a metadata box: 发文字号, 成文日期 and the like (L34)."""

    name: str
    value: str
    line: int
    """Index of the line on which the value stands, or the name where it has none."""


@dataclass(slots=True)
class Sheet:
    """The lines of a source, and what is known about each."""

    lines: list[str]
    numbers: list[int]
    """Number of each line in the source, from 1; a form feed begins no new one."""
    feeds: set[int]
    """Lines that begin behind a form feed."""
    ends_in_newline: bool
    cuts: dict[int, tuple[Cut, ...]] = field(default_factory=dict)
    breaks: set[int] = field(default_factory=set)
    """Lines that are page marks or running heads: what stands around them was one page and the next."""
    starts: list[tuple[int, int]] = field(default_factory=list)
    """(line, page): from this line on the text stands on this page."""
    covered: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Line that is a row of a table → its columns that a merged cell of a row above covers."""

    @classmethod
    def of(cls, raw: str) -> Sheet:
        r"""Split text into lines; control characters are cut.

        >>> Sheet.of("a\r\nb\x0cc").lines
        ['a', 'b', 'c']
        """
        lines: list[str] = []
        numbers: list[int] = []
        feeds: set[int] = set()
        last, number = 0, 1
        odd = _ODD.search(raw) is not None
        if not odd or ("\r" not in raw and _RARE.search(raw) is None):
            lines = raw.split("\n")
            numbers = list(range(1, len(lines) + 1))
        else:
            for match in _BREAK.finditer(raw):
                lines.append(raw[last : match.start()])
                numbers.append(number)
                last = match.end()
                if match.group() == "\x0c":
                    feeds.add(len(lines))
                else:
                    number += 1
            lines.append(raw[last:])
            numbers.append(number)
        ends = len(lines) > 1 and lines[-1] == ""
        if ends:
            lines.pop()
            numbers.pop()
        sheet = cls(lines, numbers, feeds, ends)
        if odd and _CONTROL.search(raw) is not None:
            sheet.cut_controls()
        return sheet

    def cut_controls(self) -> None:
        """Cut the control and invisible characters out of every line."""
        for at, line in enumerate(self.lines):
            found = tuple(Cut(*match.span(), "control", match.group()) for match in _CONTROL.finditer(line))
            if found:
                self.cuts[at] = found

    def cut(self, line: int, spans: list[tuple[int, int]], kind: RemovedKind) -> None:
        """Take each span of a line out, in order; what was taken out inside of them before is not listed twice."""
        text = self.lines[line]
        new = [Cut(start, end, kind, text[start:end]) for start, end in spans]
        old = [cut for cut in self.cuts.get(line, ()) if not _within(cut, new)]
        self.cuts[line] = tuple(sorted([*old, *new], key=lambda cut: cut.start))

    def cut_line(self, line: int, kind: RemovedKind) -> None:
        """Take a whole line out, its line end too."""
        text = self.lines[line]
        self.cuts[line] = (Cut(0, len(text), kind, text),)

    def rests(self) -> list[str]:
        """What is left of each line."""
        left = list(self.lines)
        for line in self.cuts:
            left[line] = self.rest(line)
        return left

    def rest(self, line: int) -> str:
        """What is left of a line."""
        cuts = self.cuts.get(line)
        text = self.lines[line]
        if not cuts:
            return text
        pieces = []
        last = 0
        for cut in cuts:
            pieces.append(text[last : cut.start])
            last = cut.end
        return "".join(pieces) + text[last:]

    def is_blank(self, line: int) -> bool:
        """True when nothing is left of a line but white space."""
        rest = self.rest(line)
        return not rest or rest.isspace()

    def layout(self, rests: Sequence[str]) -> set[int]:
        """Blank lines beside a page break, given what is left of each: they belong to the page, not to the text."""
        found: set[int] = set()
        if not self.breaks and not self.feeds:
            return found
        run: list[int] = []
        beside = False
        for at, rest in enumerate(rests):
            if at in self.feeds:
                beside = True
            if at in self.breaks:
                beside = True
                run.append(at)
            elif not rest or rest.isspace():
                run.append(at)
            else:
                if beside:
                    found.update(run)
                    beside = False
                run.clear()
        if beside or len(rests) in self.feeds:
            found.update(run)
        return found

    def gap(self, before: int, line: int) -> int:
        """What lies between two lines with text: 0 nothing, 1 a page break, 2 blank lines."""
        if before < 0 or line == before + 1:
            return 1 if line in self.feeds else 0
        between = range(before + 1, line)
        if any(at in self.breaks or at in self.feeds for at in between) or line in self.feeds:
            return 1
        return 2 if any(not self.lines[at].strip() for at in between) else 0

    def page(self, line: int) -> int | None:
        """Page on which a line stands, where the source has pages."""
        at = bisect_right(self.starts, (line, sys.maxsize)) if self.starts else 0
        return self.starts[at - 1][1] if at else None


_RARE = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
"""All that breaks a line or is cut, but for the line feed; most texts have none."""


def _within(cut: Cut, others: list[Cut]) -> bool:
    at = bisect_right(others, cut.start, key=lambda other: other.start) - 1
    return at >= 0 and cut.end <= others[at].end
