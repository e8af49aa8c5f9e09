"""Clause labels: 第X章, 第X条, 一、, (一), 1., (1), ① (S49, S55, S59)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.text.numerals import parse_chinese

_CN = "[一二三四五六七八九十百零〇廿]{1,6}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STYLES = ("part", "chapter", "section", "article", "一", "(一)", "1", "(1)", "①")
"""Label styles from the top level to the bottom."""
_LABEL = re.compile(
    rf"""
      第(?P<unit>{_CN}|\d{{1,3}})(?P<kind>[编篇章节条])
    | (?P<cn>{_CN})、
    | \((?P<pcn>{_CN})\)、?
    | (?P<num>\d{{1,3}})(?:\.(?!\d)|、)
    | \((?P<pnum>\d{{1,3}})\)、?
    | (?P<circled>[{_CIRCLED}])
    """,
    re.VERBOSE,
)
_KINDS = {"编": "part", "篇": "part", "章": "chapter", "节": "section", "条": "article"}


@dataclass(frozen=True, slots=True)
class Label:
    """A clause label: ``text[start:end]`` of the folded line, its style, its number and its normalised form."""

    start: int
    end: int
    style: str
    number: int
    path: str


def label_at(folded: str, at: int = 0) -> Label | None:
    """The label that begins at ``at`` in folded text, if there is one.

    >>> label_at("(十二)扩大供给"), label_at("12.5%")
    (Label(start=0, end=4, style='(一)', number=12, path='(十二)'), None)
    """
    match = _LABEL.match(folded, at)
    if match is None:
        return None
    if match["kind"]:
        number = int(match["unit"]) if match["unit"].isdigit() else parse_chinese(match["unit"])
        style, path = _KINDS[match["kind"]], match.group()
    elif match["cn"]:
        number, style, path = parse_chinese(match["cn"]), "一", match["cn"]
    elif match["pcn"]:
        number, style, path = parse_chinese(match["pcn"]), "(一)", f"({match['pcn']})"
    elif match["num"]:
        number, style, path = int(match["num"]), "1", str(int(match["num"]))
    elif match["pnum"]:
        number, style, path = int(match["pnum"]), "(1)", f"({int(match['pnum'])})"
    else:
        number, style, path = _CIRCLED.index(match["circled"]) + 1, "①", match["circled"]
    return None if number is None else Label(match.start(), match.end(), style, number, path)
