"""Reading text → masthead, contents, documents and their clause trees."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from extractor.model import ContentsEntry, Diagnostic, Document, IssueBlock, Masthead
from extractor.series import SeriesProfile
from extractor.structure import boundaries, contents, documents, masthead
from extractor.structure.survey import survey

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
    seen = survey(text)
    listed = contents.find_contents(seen, profile)
    issue = listed if listed is not None and not listed.own else None
    head = masthead.find_masthead(seen, issue.first if issue else len(seen.lines), profile)
    begin = max(head.last, issue.last if issue else 0)
    sections = contents.section_names(profile)
    if issue is not None:
        sections = {**sections, **issue.sections}
    elif not head.last:
        sections = {}
    own = range(listed.first, listed.last) if listed is not None and listed.own else range(0)
    entries = tuple(issue.tights) if issue else ()
    context = boundaries.Context(seen, begin, entries, sections, contents.news_sections(), own)
    starts, headings = boundaries.find_starts(context)
    cut = documents.cut(seen, starts, headings, head, listed)
    named = head.masthead
    if head.last and named.year is None:
        years = [year for d in cut.documents if d.parent_id is None for year in _years(d)]
        named = replace(named, year=max(years, default=None))
    return Outline(named, cut.contents, cut.blocks, cut.documents, (*head.diagnostics, *cut.diagnostics))


def _years(document: Document) -> list[int]:
    found = [int(document.date[:4])] if document.date else []
    if document.doc_number is not None and document.doc_number.year is not None:
        found.append(document.doc_number.year)
    return found
