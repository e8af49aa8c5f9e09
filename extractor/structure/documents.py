"""Cut an issue into documents (placeholder: one document an outermost restart of the numbering)."""

from __future__ import annotations

from extractor.model import Document
from extractor.structure import clauses
from extractor.structure.lines import split_lines


def cut(text: str) -> tuple[Document, ...]:
    """Cut the reading text into documents."""
    starts = [0]
    at = 0
    for line in text.split("\n"):
        if line.startswith("一、") and at:
            starts.append(at)
        at += len(line) + 1
    found = []
    for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        growth = clauses.grow(text, split_lines(text, (start, end)), f"d{n}")
        title = text[start:end].lstrip().split("\n", 1)[0].strip() or None
        found.append(Document(id=f"d{n}", span=(start, end), title=title, blocks=growth.blocks, clauses=growth.clauses))
    return tuple(found)
