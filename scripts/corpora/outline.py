"""A sample issue as a typesetter sees it: its paragraphs whole again, told apart by what they are, and its tables.

Read out of ``issue.txt`` and ``gold.json`` alone, by rules of its own: the files that are made from an outline test the
extractor, so that nothing of it may be used here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal[
    "trail",
    "masthead",
    "contents",
    "group",
    "entry",
    "section",
    "title",
    "number",
    "addressees",
    "heading",
    "paragraph",
    "signature",
    "date",
]
"""trail: where the page lies on its site (网站首页 > …); contents: the word 目录; group and entry: a section and
a title below it."""

_PAGE_MARK = re.compile(r"(?m)^[\s\u3000]*—[ \d]+—[\s\u3000]*\n")
_DATE = re.compile(r"20\d\d\s*年\s*\d+\s*月\s*(?:\d+\s*)?日")
_HEADING = re.compile(r"(第.{1,3}章|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])[^。；]{1,30}")
_LABEL = re.compile(r"第.{1,3}[章条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[①-⑨]")
_ENDED = re.compile(r"[。：:；！？）)】》”、]\s*$")
_SPEAKS = re.compile(r"[，。；：]")
HARD_WIDTH = 28
"""Characters; where a text is broken at 35, a longer line goes on in the next one unless that is indented."""
CUT = 25
"""Characters; a paragraph of that length without an end was cut by a page break."""
MIN_COLUMNS = 3
"""Cells of a row of a table; an entry of the contents has its page behind a tab."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a title has the lines that the issue prints it in."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its text in one piece."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its heading."""

    rows: tuple[tuple[str, ...], ...]

    def runs(self, column: int) -> Iterator[tuple[int, int]]:
        """Rows below the heading that say the same in a column, as first row and count: a printer sets them once.

        >>> list(Table((("日期",), ("5月",), ("5月",), ("6月",))).runs(0))
        [(1, 2), (3, 1)]
        """
        first = 1
        for at in range(2, len(self.rows) + 1):
            if at == len(self.rows) or self.rows[at][column] != self.rows[first][column]:
                yield first, at - first
                first = at


Item = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Outline:
    """An issue: what stands in it in order, and the facts of the gold that a site or a printer shows around it."""

    name: str
    items: tuple[Item, ...]
    series: str
    label: str
    """2023年第4期, as it stands in a running head."""
    published: str | None
    """2023-05-25."""
    publisher: str


def read_outline(folder: Path) -> Outline:
    """Return the outline of the sample in a folder."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    text = _PAGE_MARK.sub("", (folder / gold["file"]).read_text(encoding="utf-8"))
    lines = text.splitlines()
    lines = _unwrapped(lines) if any(line.startswith("　　") for line in lines) else _uncut(lines)
    issue = gold["issue"]
    numbers = "、".join(str(issue[key]) for key in ("number", "number_to") if issue.get(key))
    return Outline(
        name=folder.name,
        items=tuple(_items(lines, gold)),
        series=issue["series"],
        label=f"{issue['year']}年第{numbers}期",
        published=issue["published"],
        publisher=issue["publisher"] or gold["documents"][0]["issuers"][0],
    )


def _unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs of a text that is broken at a fixed width and indents its paragraphs."""
    found: list[str] = []
    above = ""
    for line in lines:
        if above and _width(above) >= HARD_WIDTH and line.strip() and not line.startswith("　"):
            found[-1] += line.strip()
        else:
            found.append(line.strip())
        above = line
    return [line for line in found if line]


def _width(line: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def _uncut(lines: list[str]) -> list[str]:
    """Paragraphs of a text a line each, of which page breaks have cut some."""
    found: list[str] = []
    for line in (line.strip(" \u00a0\r") for line in lines):
        if not line:
            continue
        above = found[-1] if found else ""
        cut = len(above) >= CUT and _SPEAKS.search(above) and not _ENDED.search(above) and "\t" not in above
        if cut and not _LABEL.match(line):
            found[-1] += line
        else:
            found.append(line)
    return found


def _items(lines: list[str], gold: dict[str, Any]) -> Iterator[Item]:
    """What stands in the issue; the documents begin where the first section or the first title comes again."""
    squeezed = ["".join(line.split()) for line in lines]
    contents = next(at for at, line in enumerate(squeezed) if line == "目录")
    sections = {entry["section"] for entry in gold["toc"] if entry["section"]}
    documents = list(gold["documents"])
    first = {squeezed[contents + 1]} if sections else {"".join(documents[0]["title"].split())}
    body = next(at for at in range(contents + 2, len(lines)) if _starts(squeezed, at, first))
    for at in range(body):
        front: Kind = "entry" if at > contents else "contents" if at == contents else "masthead"
        if "网站首页" in lines[at]:
            front = "trail"
        elif squeezed[at].strip("【】") in sections:
            front = "group"
        yield Paragraph(front, (lines[at],))
    yield from _body(lines[body:], gold, sections)


def _starts(squeezed: list[str], at: int, wanted: set[str]) -> bool:
    return any("".join(squeezed[at : at + count]) in wanted for count in (1, 2, 3))


def _body(lines: list[str], gold: dict[str, Any], sections: set[str]) -> Iterator[Item]:
    documents = iter(gold["documents"])
    coming, current = next(documents), None
    at = 0
    while at < len(lines):
        count = _title(lines[at : at + 4], coming)
        if count:
            yield Paragraph("title", tuple(line.strip() for line in lines[at : at + count]))
            current, coming = coming, next(documents, None)
            at += count
        elif lines[at].count("\t") >= MIN_COLUMNS - 1:
            rows = at
            while at < len(lines) and lines[at].count("\t") >= MIN_COLUMNS - 1:
                at += 1
            yield Table(tuple(tuple(line.split("\t")) for line in lines[rows:at]))
        else:
            yield Paragraph(_kind(lines[at], current, sections), (lines[at],))
            at += 1


def _title(lines: list[str], document: dict[str, Any] | None) -> int:
    """How many lines are the title of a document."""
    wanted = "".join(document["title"].split()) if document else None
    counts = range(1, len(lines) + 1)
    return next((count for count in counts if "".join("".join(lines[:count]).split()) == wanted), 0)


def _kind(line: str, document: dict[str, Any] | None, sections: set[str]) -> Kind:
    squeezed = "".join(line.split())
    if squeezed.strip("【】") in sections:
        return "section"
    if document is not None:
        if squeezed == document["doc_number"]:
            return "number"
        if squeezed in document["issuers"]:
            return "signature"
        if document["addressees"] and squeezed[-1] in ":：" and squeezed.startswith(document["addressees"][0]):
            return "addressees"
    if _DATE.fullmatch(line.strip()):
        return "date"
    return "heading" if _HEADING.fullmatch(line) else "paragraph"
