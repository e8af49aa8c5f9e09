"""Which document carries which: shell and payload, attachments of the notice or of the plan (S44, S15, L55)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor import lexicon
from extractor.structure.header_fields import Header
from extractor.structure.survey import Survey
from extractor.structure.titles import alike
from extractor.text.numerals import parse_number

FARTHEST = 60
"""Documents between an attachment and the one that carries it at most."""
MOST_ATTACHED = 200
"""Attachments of one document, and documents below one, whose titles are compared letter by letter."""

_CARRIES = re.compile(
    r"(?:印发|转发|批转|下发|发布|公布)(?:给|你们|执行|施行|实施)|现予|予以(?:公布|公告|印发)|附后|如下附件"
    r"|现(?:将|就).{0,120}?(?:印发|转发|公布|发布|公告|征求)"
)
_MARKS = str.maketrans("", "", "《》<>")
_LABEL = re.compile(r"\s*附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?")
_CARRYING_TITLE = re.compile(r"印发|转发|批转|下发|发布|公布|征求|令$")


def parents(survey: Survey, headers: Sequence[Header]) -> list[int | None]:
    """Index of the document that carries each document; None for those that stand by themselves."""
    found: list[int | None] = []
    root: int | None = None
    mentions = _Mentions(survey, headers)
    for k, header in enumerate(headers):
        parent = None if root is None or _stands_alone(header) else _carrier(mentions, headers, found, root)
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


def _carrier(mentions: _Mentions, headers: Sequence[Header], found: Sequence[int | None], root: int) -> int | None:
    """Who carries the document behind those whose carriers were ``found``."""
    k = len(found)
    title = headers[k].tight_title
    group = range(k - 1, max(root, k - FARTHEST) - 1, -1)
    for c in group:
        if any(title and _means(each.tight, title) for each in headers[c].attached[:MOST_ATTACHED]):
            return c
    evidence = headers[k].start.evidence
    if "marker" in evidence:
        number = mentions.number(k)
        for c in group:
            if number is not None and number > 1 and mentions.number(c) == number - 1 and found[c] is not None:
                return found[c]  # 附件2 goes where 附件1 went
        likely = [c for c in group if headers[c].attached or mentions.attachment(c)]
        for c in likely:
            if not headers[c].attached or found.count(c) < len(headers[c].attached):
                return c
        return k - 1 if likely else root  # whoever lists attachments has them all: it belongs to the text before it
    if "news" in headers[root].start.evidence:
        return None
    if "announced" in evidence or ("closure" in evidence and k == root + 1 and mentions.text(root)):
        return root
    return None


def _means(announced: str, title: str) -> bool:
    """Whether an announced attachment is the document with this title.

    The issuer may be left out of either, and a title that is cited in the title has other marks inside 《》.
    """
    announced, title = announced.translate(_MARKS), title.translate(_MARKS)
    return alike(announced, title) or (
        len(announced) >= 8 and (title.endswith(announced) or (announced.endswith(title) and len(title) >= 8))
    )


class _Mentions:
    """What documents mention; each is searched once, however many attachments ask."""

    def __init__(self, survey: Survey, headers: Sequence[Header]) -> None:
        self._survey = survey
        self._headers = headers
        self._attachment: dict[int, bool] = {}

    def attachment(self, k: int) -> bool:
        """Whether the document says 附件."""
        if k not in self._attachment:
            begin, end = self._span(k)
            label = _LABEL.match(self._survey.folded, begin, end)  # its own says nothing of others
            self._attachment[k] = self._survey.folded.find("附件", label.end() if label else begin, end) >= 0
        return self._attachment[k]

    def number(self, k: int) -> int | None:
        """The number of an attachment in its label 附件2."""
        label = _LABEL.match(self._survey.folded, *self._span(k))
        value = parse_number(label["number"]) if label and label["number"] else None
        return None if value is None else int(value)

    def text(self, k: int) -> bool:
        """Whether the document prints another text."""
        return (
            _CARRYING_TITLE.search(self._headers[k].tight_title) is not None
            or _CARRIES.search(self._survey.folded, *self._span(k)) is not None
        )

    def _span(self, k: int) -> tuple[int, int]:
        lines, header = self._survey.lines, self._headers[k]
        return lines[header.first].start, lines[header.last - 1].end
