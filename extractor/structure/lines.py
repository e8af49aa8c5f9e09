"""Logical lines: the spans that a reader would see as lines, also where the file lost its line breaks."""

from __future__ import annotations

from extractor.model import Span


def split_lines(text: str, span: Span) -> tuple[Span, ...]:
    r"""Split ``text[span]`` into spans that tile it, each with its line end.

    >>> split_lines("一、总则\\n二、附则", (0, 9))
    ((0, 5), (5, 9))
    """
    spans = []
    at = span[0]
    for line in text[slice(*span)].split("\n"):
        end = min(at + len(line) + 1, span[1])
        if end > at:
            spans.append((at, end))
        at = end
    return tuple(spans)
