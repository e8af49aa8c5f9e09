"""Where the facts of a document come from: printed, from a metadata box, or concluded."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.audit.telling import Teller
from extractor.errors import UnknownIdError
from extractor.grammar.dates import find_dates
from extractor.model import DocNumber, Document, Span, Step
from extractor.structure.frame import Frame
from extractor.structure.validity import words_of_force
from extractor.structure.year import document_year
from extractor.text.fold import fold

FIELDS = (
    "title",
    "genre",
    "doc_number",
    "issuers",
    "addressees",
    "date",
    "status",
    "level",
    "effective_from",
    "effective_to",
    "appointments",
    "roster",
    "contacts",
)
"""Fields of a document that can be explained."""
_BLOCKS = {
    "title": "title",
    "doc_number": "doc-number",
    "issuers": "signature",
    "addressees": "addressees",
    "date": "date",
    "genre": "title",
    "status": "title",
}
"""The block in which a field is printed."""
_PEOPLE = frozenset({"appointments", "roster", "contacts"})
_CONCLUDED = frozenset({"genre", "status", "level"})
"""Fields that no block says by themselves."""


def explain_field(teller: Teller, document: Document, field: str) -> tuple[Step, ...]:
    """The steps of a field such as ``date``.

    Raises:
        UnknownIdError: a document has no such field.
    """
    if field not in FIELDS:
        members = getattr(document, field, ())
        listed = f" one by one, as {members[0].id}" if members and hasattr(members[0], "id") else ""
        said = f"{field} is a list; its members are explained{listed}" if listed else f"has no field {field}"
        raise UnknownIdError(f"{document.id}: {said}; fields are {', '.join(FIELDS)}")
    return tuple(_steps(teller, document, field))


def explain_masthead(teller: Teller, field: str) -> tuple[Step, ...]:
    """The steps of a field of the masthead such as ``published``.

    Raises:
        UnknownIdError: a masthead has no such field.
    """
    masthead = teller.issue.issue
    if field not in masthead.__struct_fields__ or field == "concluded":
        raise UnknownIdError(f"issue: has no field {field}; fields are those of issue in the JSON")
    value = getattr(masthead, field)
    told = [teller.step("value", words=_words(value))]
    if value is not None:
        told.append(teller.rule("facts", "concluded" if field in masthead.concluded else "printed"))
        told += [teller.step("stands", block.span) for block in teller.issue.blocks if block.kind == "masthead"]
    return tuple(told)


def _steps(teller: Teller, document: Document, field: str) -> Iterator[Step]:
    value = getattr(document, field)
    yield teller.step("value", words=_words(value))
    if value is None or value == ():
        return
    basis = getattr(document.bases, field, None) or ("concluded" if field in _CONCLUDED else "printed")
    spans = tuple(_spans(teller, document, field, value))
    yield teller.rule("facts", basis, spans[0] if spans else None)
    yield from (teller.step("stands", span) for span in spans[1:])
    if basis == "metadata":
        said = _words(value)
        for row in teller.issue.source.fields:
            if row.value and (row.value in said or said in row.value or _same_day(row.value, said)):
                yield teller.step("field", name=row.name, value=row.value)


def _same_day(printed: str, date: str) -> bool:
    return any(mention.date == date for mention in find_dates(printed))


def _words(value: object) -> str:
    if isinstance(value, DocNumber):
        return value.text
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        return str(len(value))
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


def _spans(teller: Teller, document: Document, field: str, value: object) -> Iterator[Span]:
    """Where a field is printed, or what it is concluded from."""
    if isinstance(value, DocNumber):
        if value.span is not None:
            yield value.span
    elif field in _PEOPLE:
        yield from (each.span for each in getattr(document, field))
    elif field.startswith("effective"):
        yield from _force(teller, document, field, str(value))
    elif getattr(document.bases, field, None) != "metadata":
        yield from (block.span for block in document.blocks if block.kind == _BLOCKS.get(field))


def _force(teller: Teller, document: Document, field: str, value: str) -> Iterator[Span]:
    """The date in the sentence of a document about its force, else the sentence: 自印发之日起施行."""
    frame = Frame.of(teller.issue.text, document)
    roles = ("start", "deadline") if field == "effective_from" else ("validity", "deadline")
    sentence = words_of_force(document, fold(teller.issue.text))
    begin, end = sentence or document.span
    found = [
        span
        for passage in frame.passages
        for mention in find_dates(passage.view.text, document_year(frame))
        if mention.date == value and mention.role in roles
        for span in [passage.view.span(mention.start, mention.end)]
        if begin <= span[0] < end
    ]
    yield from found or ([sentence] if sentence is not None else [])
