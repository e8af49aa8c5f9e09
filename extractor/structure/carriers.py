"""Which document carries which: shell and payload, attachments of the notice or of the plan (S44, S15, L55)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor import lexicon
from extractor.structure.header_fields import Header
from extractor.structure.survey import Survey
from extractor.structure.titles import alike

FARTHEST = 60
"""Documents between an attachment and the one that carries it at most."""

_CARRIES = re.compile(
    r"(?:印发|转发|批转|下发|发布|公布)(?:给|你们|执行|施行|实施)|现予|予以(?:公布|公告|印发)|附后|如下附件"
    r"|现(?:将|就).{0,120}?(?:印发|转发|公布|发布|公告|征求)"
)
_CARRYING_TITLE = re.compile(r"印发|转发|批转|下发|发布|公布|征求|令$")


def parents(survey: Survey, headers: Sequence[Header]) -> list[int | None]:
    """Index of the document that carries each document; None for those that stand by themselves."""
    found: list[int | None] = []
    root: int | None = None
    for k, header in enumerate(headers):
        parent = None if root is None or _stands_alone(header) else _carrier(survey, headers, root, k)
        if parent is None:
            root = k
        found.append(parent)
    return found


def _stands_alone(header: Header) -> bool:
    evidence = header.start.evidence
    if "marker" in evidence:
        return False
    if evidence & {"news", "addressees", "compiled"} or ("number" in evidence and "announced" not in evidence):
        return True
    signed = header.date_span is not None and header.genre in _statutory()
    return (signed or "contents" in evidence) and "announced" not in evidence


@lru_cache(maxsize=1)
def _statutory() -> frozenset[str]:
    return frozenset(lexicon.load("genres")["statutory"]) - {"意见"}


def _carrier(survey: Survey, headers: Sequence[Header], root: int, k: int) -> int | None:
    title = headers[k].tight_title
    group = range(k - 1, max(root, k - FARTHEST) - 1, -1)
    for c in group:
        if any(title and _means(each.tight, title) for each in headers[c].attached):
            return c
    evidence = headers[k].start.evidence
    if "marker" in evidence:
        return next((c for c in group if headers[c].attached or _mentions(survey, headers[c], "附件")), root)
    if "news" in headers[root].start.evidence:
        return None
    if "announced" in evidence or ("closure" in evidence and k == root + 1 and _mentions(survey, headers[root], None)):
        return root
    return None


def _means(announced: str, title: str) -> bool:
    """Whether an announced attachment is the document with this title; the issuer may be left out of either."""
    return alike(announced, title) or (
        len(announced) >= 8 and (title.endswith(announced) or (announced.endswith(title) and len(title) >= 8))
    )


def _mentions(survey: Survey, header: Header, word: str | None) -> bool:
    """Whether the document says the word; without a word, whether it prints another text."""
    lines = survey.lines
    start, end = lines[header.first].start, lines[header.last - 1].end
    if word is not None:
        return survey.folded.find(word, start, end) >= 0
    return (
        _CARRYING_TITLE.search(header.tight_title) is not None or _CARRIES.search(survey.folded, start, end) is not None
    )
