"""Reading text → masthead, contents, documents and their clause trees."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model import ContentsEntry, Diagnostic, Document, IssueBlock, Masthead
from extractor.series import SeriesProfile
from extractor.structure import documents

__all__ = ["Outline", "build"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The skeleton of an issue: documents have blocks and clauses, and no mentions yet."""

    masthead: Masthead
    contents: tuple[ContentsEntry, ...]
    blocks: tuple[IssueBlock, ...]
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]


def build(text: str, profile: SeriesProfile) -> Outline:
    """Find the masthead, the contents and the documents of an issue, and grow their clause trees."""
    found = documents.cut(text)
    return Outline(Masthead(), (), (), found, ())
