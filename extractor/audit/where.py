"""Where something stands, for a person: line and page of the source, and the words around it."""

from __future__ import annotations

from bisect import bisect_left

from extractor.model import Issue, Place, Span
from extractor.text import placing

AROUND = 16
"""Characters on either side of something that are shown with it."""


class Lines:
    """Lines of an issue: those of the source where it was parsed with places, else those of the reading text."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.breaks = [at for at, char in enumerate(issue.text) if char == "\n"]

    def line(self, span: Span) -> int:
        """The line on which a span begins, counted from 1."""
        printed = next((place.line for place in self._places(span)), None)
        return printed or bisect_left(self.breaks, span[0]) + 1

    def page(self, span: Span) -> int | None:
        """The page on which a span begins; None where the source has none or its places are not known."""
        return next((place.page for place in self._places(span)), None)

    def _places(self, span: Span) -> tuple[Place, ...]:
        return placing.places(self.issue, span) if self.issue.places and span[1] > span[0] else ()

    def context(self, span: Span) -> str:
        """The words around a span on its line, the span itself in 「」.

        >>> from extractor import parse
        >>> issue = parse("关于防汛的通知\\n到2025年，建成泵站5座。".encode(), name="a.txt")
        >>> Lines(issue).context((19, 21))
        '到2025年，建成泵站「5座」。'
        """
        text, (start, end) = self.issue.text, span
        left = max(text.rfind("\n", 0, start) + 1, start - AROUND)
        stop = text.find("\n", end)
        right = min(stop if stop >= 0 else len(text), end + AROUND)
        parts = (text[left:start].lstrip(), text[start:end].replace("\n", ""), text[end:right].rstrip())
        return f"{parts[0]}「{parts[1]}」{parts[2]}".replace("\t", " ")
