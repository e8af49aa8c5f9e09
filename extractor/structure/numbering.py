"""What the numbering says about a place: it begins again, or it goes on across (S49–S52)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.structure.survey import Line

TOP_STYLES = ("chapter", "article", "一")
"""Styles of labels that run through a document from its first number."""
LOOK_AHEAD = 60
"""Lines in which the next label of the upper styles is looked for."""
LOOK_BACK = 400
"""Lines in which the label before is looked for."""

_PREAMBLE = re.compile(r"(?:为|根据|依据|按照|围绕|.{2,40}是.{2,60}。为)")
_LAID_DOWN = re.compile(r"制定|制订|提出(?:以下|如下)|特作|作出如下|以下(?:政策|措施|意见)|如下(?:政策|措施|意见|工作)")


def ahead(lines: Sequence[Line], begin: int, i: int, after: int) -> set[str]:
    """Whether the numbering begins again after line ``after`` or goes on across line ``i``."""
    for j in range(after, min(after + LOOK_AHEAD, len(lines))):
        label = lines[j].label
        if label is None or label.style not in TOP_STYLES:
            continue
        if label.number == 1:
            return {"first-label"}
        for k in range(i - 1, max(begin - 1, i - LOOK_BACK), -1):
            before = lines[k].label
            if before is not None and before.style == label.style:
                return {"continues"} if before.number + 1 == label.number else set()
        return set()
    return set()


def restart(lines: Sequence[Line], i: int, since: int) -> set[str]:
    """Whether an untitled text begins at line ``i``: a preamble and 一、, or 第一章, after higher numbers.

    Items may begin again with 一、 inside a document (S52), but not after a preamble that says what is laid down.
    """
    first = lines[i].label
    at = i
    if first is None:
        if not _PREAMBLE.match(lines[i].folded) or not _LAID_DOWN.search(lines[i].folded):
            return set()
        at = next((j for j in range(i + 1, min(i + 4, len(lines))) if lines[j].label is not None), i)
        first = lines[at].label
    if first is None or first.number != 1 or first.style not in (TOP_STYLES if at > i else ("chapter",)):
        return set()
    for k in range(i - 1, max(since, i - LOOK_BACK), -1):
        before = lines[k].label
        if before is not None and before.style == "part":
            return set()
        if before is not None and before.style in TOP_STYLES:
            return {"restart", "preamble"} if before.number > 1 else set()
    return set()
