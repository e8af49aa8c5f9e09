"""Automatic numbering as Word shows it: the label of each paragraph of a list, counted through the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from extractor.readers.docx_numerals import numeral
from extractor.readers.docx_package import child, is_on, kind, value
from extractor.readers.docx_styles import Styles, numbering

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_WIDE_END = re.compile(r"[、．。，：；）〕】》]\Z")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
MAX_NUMBER = 999_999
"""A list that begins above is a mistake; its numbers are written as they are, never computed further."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    """After which level (counted from 1) the numbers begin anew; 0 is never, None after any higher one."""
    legal: bool = False
    hidden: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as it is defined (abstractNum) and how far it has counted."""

    levels: dict[int, _Level]
    style_link: str | None
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a document; `label` must be asked for each paragraph once, in order."""

    styles: Styles
    lists: dict[str, _List] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """numId to abstractNumId."""
    overrides: dict[tuple[str, int], _Level] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """startOverride of a numId and level, until it is first used."""
    _levels: dict[str, tuple[_Level, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any, styles: Styles) -> Numbering:
        """The lists of a numbering part; none where the file has no such part."""
        found = cls(styles)
        for element in root if root is not None else ():
            if kind(element.tag) == "w:abstractNum":
                found._define(element)
            elif kind(element.tag) == "w:num":
                found._use(element)
        return found

    def _define(self, element: Any) -> None:
        levels = {}
        for level in element:
            if kind(level.tag) == "w:lvl":
                levels[_int(value(level, "ilvl"), 0)] = _level(level)
        link = child(element, "numStyleLink")
        number = value(element, "abstractNumId") or ""
        self.lists[number] = _List(levels, value(link) if link is not None else None)

    def _use(self, element: Any) -> None:
        number = value(element, "numId") or ""
        target = child(element, "abstractNumId")
        self.numbers[number] = (value(target) or "") if target is not None else ""
        for override in element:
            if kind(override.tag) != "w:lvlOverride":
                continue
            at = _int(value(override, "ilvl"), 0)
            level, start = child(override, "lvl"), child(override, "startOverride")
            if level is not None:
                self.overrides[number, at] = _level(level)
            if start is not None:
                self.starts[number, at] = _int(value(start), 1)

    def label(self, properties: Any) -> str:
        """The label of a paragraph with what stands between it and the text, "" where it has none; counts it.

        A tab behind a label that ends in a wide mark (一、 （一）) shows as no more than that mark's own white space,
        so that nothing is written for it; behind others it is one space.
        """
        style = child(properties, "pStyle") if properties is not None else None
        name = value(style) if style is not None else self.styles.default
        number, at = numbering(child(properties, "numPr") if properties is not None else None)
        given, level_given, giver = self.styles.list_of(name)
        if number is None:
            number = given
            if at is None:
                at = level_given
                if number is not None and at is None:
                    at = self._level_of_style(number, giver)
        if number is None or number == "0":
            return ""
        return self._count(number, min(at or 0, LEVELS - 1))

    def _list(self, number: str) -> _List | None:
        """The list of a numId; one that only points to a style of lists is that style's list."""
        found = self.lists.get(self.numbers.get(number, ""))
        for _ in range(LEVELS):
            if found is None or found.levels or found.style_link is None:
                break
            linked, _, _ = self.styles.list_of(found.style_link)
            found = self.lists.get(self.numbers.get(linked or "", ""))
        return found

    def _level_of_style(self, number: str, style: str | None) -> int:
        found = self._list(number)
        levels = found.levels if found is not None else {}
        return next((at for at, level in levels.items() if style is not None and level.style == style), 0)

    def _count(self, number: str, at: int) -> str:
        found = self._list(number)
        if found is None:
            return ""

        levels = self._all_levels(number, found)
        started = self.starts.pop((number, at), None)
        if started is not None:
            found.counts[at] = started
        else:
            found.counts[at] = min(found.counts.get(at, levels[at].start - 1) + 1, MAX_NUMBER)
        for deeper in range(at + 1, LEVELS):
            restart = levels[deeper].restart
            if restart is None or at < restart:
                found.counts.pop(deeper, None)
        own = levels[at]
        if own.hidden:
            return ""
        return _shown(own, [(found.counts.get(deep, level.start), level.form) for deep, level in enumerate(levels)])

    def _all_levels(self, number: str, found: _List) -> tuple[_Level, ...]:
        if number not in self._levels:
            self._levels[number] = tuple(
                self.overrides.get((number, deep)) or found.levels.get(deep) or _Level() for deep in range(LEVELS)
            )
        return self._levels[number]


def _level(element: Any) -> _Level:
    def of(name: str) -> str | None:
        found = child(element, name)
        return value(found) if found is not None else None

    restart = of("lvlRestart")
    return _Level(
        start=_int(of("start"), 1),
        form=of("numFmt") or "decimal",
        text=of("lvlText") or "",
        suffix=of("suff") or "tab",
        restart=None if restart is None else _int(restart, 0),
        legal=is_on(child(element, "isLgl")),
        hidden=is_on(child(element, "rPr", "vanish")),
        style=of("pStyle"),
    )


def _shown(level: _Level, counts: list[tuple[int, str]]) -> str:
    if level.form == "bullet":
        text = _PRIVATE.sub("•", level.text)  # signs of Symbol and Wingdings:
    else:

        def number(place: re.Match[str]) -> str:
            count, form = counts[int(place[1]) - 1]
            return numeral(count, "decimal" if level.legal else form)

        text = _PLACE.sub(number, level.text)
    if not text:
        return ""
    space = level.suffix == "space" or (level.suffix == "tab" and _WIDE_END.search(text) is None)
    return text + (" " if space and not text.endswith(" ") else "")


def _int(text: str | None, otherwise: int) -> int:
    if text is None or not text.isascii() or not text.isdigit():
        return otherwise
    return min(int(text), MAX_NUMBER) if len(text) < 10 else MAX_NUMBER
