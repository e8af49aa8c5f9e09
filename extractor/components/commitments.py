"""Component gazette_commitments: numeric commitments and milestones, with deadlines carried through the clause tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from extractor.grammar.commitments import Draft, Gap, read_passage
from extractor.grammar.dates import DateMention
from extractor.grammar.milestones import DatedPart
from extractor.grammar.units import normalize
from extractor.identity import stable_key
from extractor.model import Commitment, Deadline, Diagnostic, Milestone, Normalized, Span
from extractor.structure.frame import Frame, Passage
from extractor.text.fold import fold

CODES = (
    ("number.missing", "warning", "A number before a measure word is lost in the source (N92)."),
    ("number.pairing", "warning", "Subjects and numbers joined by 分别 do not agree in count (N17)."),
)
"""Diagnostics of this component: code, severity, meaning."""

_BODY = frozenset({"preamble", "paragraph", "item", "table"})
_SILENT_GENRES = frozenset({"简讯", "名单", "公示", "任免", "目录"})
_PERSONNEL = re.compile(r"任职|免职|任免|职务任|聘任|组成人员|领导小组成员|名单|人事")
_RETROSPECT = re.compile(r"回顾|工作总结|现状|存在(?:的)?(?:主要)?问题|取得的?成效|发展基础|工作基础|面临形势|发展形势")
_TITLE_YEAR = re.compile(r"(20\d\d)年")


@dataclass(slots=True)
class _Due:
    """A deadline on its way through the clause tree."""

    mention: DateMention
    deadline: Deadline


@dataclass(slots=True)
class _Reading:
    """The state of one document."""

    frame: Frame
    year: int | None
    commitments: list[Commitment] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    due: dict[str, _Due] = field(default_factory=dict)
    """The deadline that each clause hands down to those below it."""


@Language.component(
    "gazette_commitments",
    requires=["doc._.gazette_frame"],
    assigns=["doc._.gazette_commitments", "doc._.gazette_milestones"],
)
def commitments(doc: Doc) -> Doc:
    """Read the commitments and milestones of a document."""
    frame: Frame = doc._.gazette_frame
    reading = _Reading(frame, document_year(frame))
    diagnostics: list[Diagnostic] = doc._.gazette_diagnostics
    current: _Due | None = None
    clause_id: str | None = None
    for passage in _passages(frame):
        here = passage.clause.id if passage.clause else None
        if here != clause_id:
            current, clause_id = _handed_down(reading, passage), here
        harvest = read_passage(passage.view.text, reading.year, current.mention if current else None)
        for draft in harvest.drafts:
            reading.commitments.append(_commitment(reading, passage, draft, current))
        reading.milestones.extend(_milestone(reading, passage, part) for part in harvest.milestones)
        diagnostics.extend(_diagnostic(passage, gap) for gap in harvest.gaps)
        if harvest.due is not None and harvest.due_here:
            current = _Due(harvest.due, _deadline(passage, harvest.due))
            if here is not None and harvest.open_end:
                reading.due[here] = current
    doc._.gazette_commitments = tuple(reading.commitments)
    doc._.gazette_milestones = tuple(reading.milestones)
    return doc


def document_year(frame: Frame) -> int | None:
    """The year that dates without one take: of the document, its carrier, its 文号, or its title."""
    for document in (frame.document, frame.parent):
        if document is None:
            continue
        if document.date:
            return int(document.date[:4])
        if document.doc_number is not None and document.doc_number.year:
            return document.doc_number.year
    for document in (frame.document, frame.parent):
        match = _TITLE_YEAR.search(fold(document.title or "")) if document else None
        if match is not None:
            return int(match[1])
    return None


def _passages(frame: Frame) -> Iterator[Passage]:
    """Passages of the body that may promise something."""
    document = frame.document
    if document.genre in _SILENT_GENRES or _PERSONNEL.search(document.title or ""):
        return
    clauses = {clause.id: clause for clause in document.clauses}
    silent: set[str] = set()
    for clause in document.clauses:
        if (clause.parent_id in silent) or _RETROSPECT.search(clause.heading or ""):
            silent.add(clause.id)
    for passage in frame.passages:
        if passage.kind not in _BODY or not passage.view.text:
            continue
        if passage.clause is not None and passage.clause.id in silent and passage.clause.id in clauses:
            continue
        yield passage


def _handed_down(reading: _Reading, passage: Passage) -> _Due | None:
    """The deadline of the nearest clause above that heads this one with a date."""
    parent = passage.clause.parent_id if passage.clause else None
    by_id = {clause.id: clause for clause in reading.frame.document.clauses} if parent else {}
    while parent is not None:
        if parent in reading.due:
            return reading.due[parent]
        parent = by_id[parent].parent_id if parent in by_id else None
    return None


def _deadline(passage: Passage, mention: DateMention, *, inherited: bool = False) -> Deadline:
    span = passage.view.span(mention.start, mention.end)
    return Deadline(text=mention.text, date=mention.date, bound=mention.bound, inherited=inherited, span=span)


def _commitment(reading: _Reading, passage: Passage, draft: Draft, current: _Due | None) -> Commitment:
    document = reading.frame.document
    quantity, described = draft.quantity, draft.described
    deadline = None
    if draft.date is not None and current is not None and draft.date is current.mention:
        deadline = Deadline(
            text=current.deadline.text, date=current.deadline.date, bound=current.deadline.bound, inherited=True,
            span=current.deadline.span,
        )  # fmt: skip
    elif draft.date is not None:
        deadline = _deadline(passage, draft.date, inherited=draft.inherited)
    span = passage.view.span(draft.start, draft.end)
    path = "/".join(passage.clause.path) if passage.clause else ""
    quote = passage.view.text[draft.start : draft.end]
    seen = reading.seen[path, quote] = reading.seen.get((path, quote), 0) + 1
    base = normalize(quantity.value, described.unit)
    upper = normalize(quantity.upper, described.unit) if quantity.upper is not None else None
    return Commitment(
        id=f"{document.id}/c{len(reading.commitments) + 1}",
        key=stable_key(_document_key(reading.frame), path, quote, str(seen)),
        span=span,
        indicator=described.indicator,
        comparator=quantity.op,
        value=quantity.value,
        upper=quantity.upper,
        unit=described.unit,
        rule=draft.rule,
        clause_id=passage.clause.id if passage.clause else None,
        normalized=Normalized(value=base[0], upper=upper[0] if upper else None, unit=base[1]) if base else None,
        change=draft.change,
        deadline=deadline,
        per=described.per,
        scope=described.scope,
        baseline=described.baseline,
        strength=draft.strength,
        kind=draft.kind,
        certainty="concluded" if draft.date is not None and draft.date.concluded else "stated",
    )


def _document_key(frame: Frame) -> str:
    document = frame.document
    if document.doc_number is not None:
        return fold(document.doc_number.text)
    return fold((document.title or "") + "|" + "、".join(document.issuers))


def _milestone(reading: _Reading, passage: Passage, part: DatedPart) -> Milestone:
    span: Span = passage.view.span(part.start, part.end)
    return Milestone(
        id=f"{reading.frame.document.id}/t{len(reading.milestones) + 1}",
        text=reading.frame.text[slice(*span)],
        deadline=_deadline(passage, part.date, inherited=not part.start <= part.date.start < part.end),
        span=span,
        clause_id=passage.clause.id if passage.clause else None,
    )


def _diagnostic(passage: Passage, gap: Gap) -> Diagnostic:
    return Diagnostic(
        code=gap.code, severity="warning", message=gap.message, span=passage.view.span(gap.start, gap.end)
    )
