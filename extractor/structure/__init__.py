"""Reading text → masthead, contents, documents and their clause trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from extractor.model import ContentsEntry, Diagnostic, Document, IssueBlock, Masthead, Removed, SourceField
from extractor.series import SeriesProfile, recognise
from extractor.structure import boundaries, contents, documents, levels, masthead
from extractor.structure.metadata import with_metadata
from extractor.structure.notices import chrome_notices
from extractor.structure.survey import survey
from extractor.structure.table_rows import with_merged
from extractor.structure.validity import with_validity

__all__ = ["Outline", "build"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The skeleton of an issue: documents have blocks and clauses, and no mentions yet."""

    masthead: Masthead
    contents: tuple[ContentsEntry, ...]
    blocks: tuple[IssueBlock, ...]
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]
    folded: str
    """The reading text, folded; as long as the text."""


def build(
    text: str,
    profile: SeriesProfile,
    removed: Sequence[Removed] = (),
    fields: Sequence[SourceField] = (),
    covered: Mapping[int, tuple[int, ...]] | None = None,
) -> Outline:
    """Find the masthead, the contents and the documents of an issue, and grow their clause trees.

    ``removed`` and ``fields`` are what was taken out of the text: the chrome of a web page and its metadata boxes;
    ``covered`` tells of rows, by offset, the columns that a merged cell above covers.
    """
    seen = survey(text)
    listed = contents.find_contents(seen, profile)
    issue = listed if listed is not None and not listed.own else None
    head = masthead.find_masthead(seen, issue.first if issue else len(seen.lines), profile)
    begin = max(head.last, issue.last if issue else 0)
    sections = contents.section_names(profile)
    if issue is not None:
        sections = {**sections, **issue.sections}
    own = [range(listed.first, listed.last)] if listed is not None and listed.own else []
    own += [chapters for chapters in contents.chapter_lists(seen, begin) if chapters not in own]
    entries = tuple(issue.tights) if issue else ()
    context = boundaries.Context(seen, begin, entries, sections, contents.news_sections(), tuple(own))
    context.certain = issue is not None or head.last > 0
    starts, headings = boundaries.find_starts(context)
    cut = documents.cut(seen, starts, headings, head, documents.Lists(issue, tuple(own)))
    named = head.masthead
    roots = [document for document in cut.documents if document.parent_id is None]
    named = _with_conclusions(named, roots, titled=head.last > 0)
    found, differing = with_metadata(with_merged(cut.documents, text, covered or {}), fields, bool(cut.contents))
    return Outline(
        named,
        cut.contents,
        cut.blocks,
        with_validity(found, seen.folded),
        (
            *chrome_notices(removed, named),
            *masthead.unnamed(seen, profile, removed),
            *head.diagnostics,
            *cut.diagnostics,
            *differing,
        ),
        seen.folded,
    )


def _with_conclusions(named: Masthead, roots: Sequence[Document], *, titled: bool) -> Masthead:
    """What the masthead does not say: the place by its name, else place and (of a gazette) year by its documents."""
    concluded: list[str] = []
    year, jurisdiction = named.year, named.jurisdiction or _place_named(named)
    if titled and year is None:
        year = max((year for d in roots for year in _years(d)), default=None)
        concluded += ["year"] if year is not None else []
    if jurisdiction is None:
        jurisdiction = _place_of_all(roots)
        concluded += ["jurisdiction"] if jurisdiction is not None else []
    return replace(named, year=year, jurisdiction=jurisdiction, concluded=tuple(concluded))


def _place_named(named: Masthead) -> str | None:
    """The place that the gazette speaks for, by its name or its publisher."""
    built_in = recognise(named.series).jurisdiction
    if built_in is not None:
        return built_in
    for name in (named.series, named.publisher):
        place = levels.place_of(name) if name else None
        if place is not None:
            return place.code
    return None


def _place_of_all(roots: Sequence[Document]) -> str | None:
    """The one known place that all documents are issued in; None where there are several, or none."""
    places = {levels.place_of("".join((d.issuers[0] if d.issuers else d.title or "").split())) for d in roots}
    known = {place.code for place in places if place is not None}
    return known.pop() if len(known) == 1 else None


def _years(document: Document) -> list[int]:
    found = [int(document.date[:4])] if document.date else []
    if document.doc_number is not None and document.doc_number.year is not None:
        found.append(document.doc_number.year)
    return found
