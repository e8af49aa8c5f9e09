"""Component gazette_commitments: numeric commitments and milestones, with deadlines carried through the clause tree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import Literal

from msgspec import structs
from spacy.language import Language
from spacy.tokens import Doc

from extractor.diagnostics import notice
from extractor.grammar.circumstances import rate
from extractor.grammar.commitments import Draft, Gap, lost_numbers, read_passage
from extractor.grammar.dates import DateMention, read_deadline
from extractor.grammar.indicators import MAX_SPAN, Described
from extractor.grammar.milestones import find_row_outcomes
from extractor.grammar.table_cells import Column, Columns, find_columns, read_number
from extractor.grammar.terms import find_terms, last_sentence
from extractor.grammar.tiers import Tier as Found
from extractor.grammar.units import normalize
from extractor.identity import stable_key
from extractor.model import Clause, Commitment, Deadline, Diagnostic, Milestone, Normalized, Span, Table, TableRow, Tier
from extractor.structure.frame import Frame, Passage
from extractor.structure.silence import passages
from extractor.structure.table_rows import cell_views, flattened, held_from_above
from extractor.structure.year import document_year
from extractor.text.fold import fold
from extractor.text.quoting import in_source, quote

_TERM_CELL, _TERM_SLACK = 24, 4
"""A cell of at most so many characters, all but so many of them a date, is the deadline of its row."""
MOST_TERMED = 200
"""Commitments of its clause above a line 完成时限 for which it can hold."""
_STARTS = re.compile(r"自[^,]{2,12}起")
_TORN_NUMBER = re.compile(r"[\d.]\s+[\d.]")
TORN_REACH = 3
"""Characters before a number in which the first digits of it stand when a line break tore it (N92)."""


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
    key: str
    """What the keys of its commitments begin with: the same over runs and file formats."""
    commitments: list[Commitment] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    sets: int = 0
    """Sets of tiers so far."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    clauses: dict[str, Clause] = field(default_factory=dict)
    rows: dict[int, Clause] = field(default_factory=dict)
    """Clauses by where they begin: a table row is found by its line."""
    due: dict[str, _Due] = field(default_factory=dict)
    """The deadline that each clause hands down to those below it."""


@Language.component(
    "gazette_commitments",
    requires=["doc._.gazette_frame"],
    assigns=["doc._.gazette_commitments", "doc._.gazette_milestones"],
)
def commitments(doc: Doc) -> Doc:
    """Read the commitments and milestones of a document."""
    own = doc._
    frame: Frame = own.gazette_frame
    reading = _Reading(frame, document_year(frame), _document_key(frame))
    for clause in frame.document.clauses:
        reading.clauses[clause.id] = reading.rows[clause.span[0]] = clause
    tables = flattened(frame)
    held = held_from_above(frame.document.tables)
    current: _Due | None = None
    clause_id: str | None = None
    for passage, silence in passages(frame):
        if silence is not None:
            continue
        here = passage.clause.id if passage.clause else None
        if here != clause_id:
            current, clause_id = _handed_down(reading, passage), here
        if passage.kind == "table" or frame.text.find("\t", *passage.span) >= 0:
            for row in _rows(reading, passage, tables.get(passage.span[1])):
                _read_row(reading, row, held)
            _read_targets(reading, passage)
            continue
        current = _read(reading, passage, current)
    own.gazette_commitments = tuple(reading.commitments)
    own.gazette_milestones = tuple(reading.milestones)
    own.gazette_diagnostics.extend(reading.diagnostics)
    return doc


def _read(reading: _Reading, passage: Passage, current: _Due | None) -> _Due | None:
    """Read one passage; returns the deadline that holds after it."""
    text = passage.view.text
    harvest = read_passage(text, reading.year, current.mention if current else None)
    first, dated = len(reading.commitments), len(reading.milestones)
    for draft in harvest.drafts:
        made = _commitment(reading, passage, draft, current)
        reading.commitments.append(
            structs.replace(made, tier=_tier(reading, passage, draft.tier)) if draft.tier else made
        )
    reading.sets += len({draft.tier.set for draft in harvest.drafts if draft.tier})
    for part in harvest.milestones:
        due = _deadline(reading, passage, part.date, inherited=not part.start <= part.date.start < part.end)
        reading.milestones.append(_milestone(reading, passage, passage.view.span(part.start, part.end), due))
    for gap in harvest.gaps:
        reading.diagnostics.append(_diagnostic(passage, gap))
    if passage.view.gaps or "_" in text or "X" in text or "×" in text:  # beside a space, what stands for a lost number
        for gap in lost_numbers(reading.frame.text[slice(*passage.span)]):
            _read_lost(reading, passage, gap)
    _apply_terms(reading, passage, first, dated)
    if harvest.due is None:
        return None
    if not harvest.due_here:
        return current
    current = _Due(harvest.due, _deadline(reading, passage, harvest.due))
    if passage.clause is not None and harvest.open_end:
        reading.due[passage.clause.id] = current
    return current


def _apply_terms(reading: _Reading, passage: Passage, first: int, dated: int) -> None:
    """Give what stands before a term its date.

    ``first`` and ``dated``: index of the first commitment and of the first milestone of the passage.
    """
    text = passage.view.text
    terms = find_terms(text, reading.year)
    if not terms:
        return
    here = passage.clause.id if passage.clause else None
    ordered = sorted((commitment.span[0], i) for i, commitment in enumerate(reading.commitments[first:], first))
    said = _Said.of(reading, first, dated)
    for term in terms:
        deadline = _deadline(reading, passage, term.date, inherited=True)
        covered = passage.view.span(term.begin, max(term.begin + 1, term.start))
        inside = ordered[bisect_left(ordered, (covered[0],)) : bisect_left(ordered, (covered[1],))]
        for i in _of_clause(reading, here) if term.alone else [i for _, i in inside]:
            commitment = reading.commitments[i]
            if commitment.deadline is None and commitment.kind != "benefit":
                reading.commitments[i] = structs.replace(commitment, deadline=deadline)
        if term.alone or (term.answered and not term.finished):
            continue  # （X局；完成时限：6月底） is their deadline, （X局，6月底前完成） a promise besides
        known = len(reading.milestones)
        _add_outcomes(reading, passage, (text[term.begin : term.edge], term.begin), said, deadline)
        if term.finished and len(reading.milestones) == known and not inside:  # what the bracket stands behind is due
            left, right = last_sentence(text, term.begin, term.edge)
            span = passage.view.span(left, right)
            if left < right and not said.covers(span):
                reading.milestones.append(_milestone(reading, passage, span, deadline))


def _of_clause(reading: _Reading, clause_id: str | None) -> range:
    """Indexes of the last commitments that all belong to the clause, as far as its line of terms reaches."""
    at = size = len(reading.commitments)
    while clause_id is not None and size - MOST_TERMED < at > 0 and reading.commitments[at - 1].clause_id == clause_id:
        at -= 1
    return range(at, size)


def _rows(reading: _Reading, passage: Passage, flat: Table | None) -> Iterator[tuple[Passage, ...]]:
    """The cells of each row of a table, as passages of the clause that the row is."""
    frame = reading.frame
    if flat is not None:
        for row in flat.rows:
            clause = reading.rows.get(row.span[0], passage.clause)
            yield tuple(Passage(passage.kind, cell, clause, view) for cell, view in cell_views(frame.text, row))
        return
    at = passage.span[0]
    for line in frame.text[slice(*passage.span)].split("\n"):
        cells, cell_at = [], at
        for cell in line.split("\t"):
            if cell.strip():
                span = (cell_at, cell_at + len(cell))
                clause = reading.rows.get(at + len(line) - len(line.lstrip()), passage.clause)
                cells.append(Passage(passage.kind, span, clause, frame.view(*span)))
            cell_at += len(cell) + 1
        at += len(line) + 1
        if cells:
            yield tuple(cells)


def _read_row(reading: _Reading, cells: tuple[Passage, ...], held: Mapping[int, tuple[Span, ...]]) -> None:
    """A task row: its deadline cell (2023年12月底前, 全年) holds for the promises of the other cells.

    ``held`` are merged cells of rows above, by where the row begins below them.
    """
    due: _Due | None = None
    term: Passage | None = None
    for cell in (*_from_above(reading.frame, cells[0], held), *cells):
        mention = read_deadline(cell.view.text, reading.year) if len(cell.view.text) <= _TERM_CELL else None
        if mention is not None and mention.end - mention.start >= len(cell.view.text) - _TERM_SLACK:
            due, term = _Due(mention, _deadline(reading, cell, mention, inherited=True)), cell
    for cell in cells:
        if cell is term:
            continue
        numbered, dated = len(reading.commitments), len(reading.milestones)
        _read(reading, cell, due)
        if due is not None:
            for i in range(numbered, len(reading.commitments)):
                if reading.commitments[i].deadline is None and _STARTS.search(cell.view.text) is None:
                    reading.commitments[i] = structs.replace(reading.commitments[i], deadline=due.deadline)
            _add_outcomes(reading, cell, (cell.view.text, 0), _Said.of(reading, numbered, dated), due.deadline)


def _read_targets(reading: _Reading, passage: Passage) -> None:
    """Numbers alone in the cells of a table of targets, with the unit of its header or of its column of units."""
    frame = reading.frame
    for table in frame.document.tables:
        if table.header is None or not passage.span[0] <= table.span[0] < passage.span[1]:
            continue
        heads = tuple([frame.view(*cell) if cell else None for cell in table.header.cells])
        columns = find_columns([head.text if head else "" for head in heads], reading.year)
        if columns is None:
            continue
        for row in table.rows:
            clause = reading.rows.get(row.span[0], passage.clause)
            line = Passage(passage.kind, row.span, clause, frame.view(*row.span))
            for column in columns.targets:
                draft, head = _target_of_row(frame, row, columns, column), heads[column.index]
                if draft is None:
                    continue
                due = None
                if column.due is not None and head is not None:
                    due = _Due(column.due, _deadline(reading, structs.replace(line, view=head), column.due))
                made = _commitment(reading, line, draft, due)
                words = f"{made.indicator}…{column.noun}" if column.noun else made.indicator
                reading.commitments.append(structs.replace(made, indicator=words))


def _target_of_row(frame: Frame, row: TableRow, columns: Columns, column: Column) -> Draft | None:
    """The number that a row promises in a column; offsets into the view of the row."""
    cells = [frame.view(*cell).text if cell else "" for cell in row.cells]
    if len(cells) <= max(column.index, columns.subject, columns.unit or 0) or not cells[columns.subject]:
        return None
    unit = column.unit or (cells[columns.unit] if columns.unit is not None else "")
    cell = row.cells[column.index]
    number = read_number(cells[column.index], unit) if cell is not None and unit else None
    if cell is None or number is None:
        return None
    at = len(frame.view(row.span[0], cell[0]).text)
    number = structs.replace(
        number, start=at + number.start, end=at + number.end, cue_start=at, close=at + number.close
    )
    subject = cells[columns.subject]
    said = Described(
        indicator=subject,
        start=at, end=number.close, unit=rate(number, subject)[1], per=None, scope=None, baseline=None,
    )  # fmt: skip
    return Draft(at, number.close, number, "target", "table-cell", said, None, "must", column.due)


def _from_above(frame: Frame, first: Passage, held: Mapping[int, tuple[Span, ...]]) -> Iterator[Passage]:
    """The merged cells of rows above that hold for the row whose first cell is given."""
    if held:
        cell = frame.text[slice(*first.span)]
        for span in held.get(first.span[0] + len(cell) - len(cell.lstrip()), ()):
            yield structs.replace(first, span=span, view=frame.view(*span))


@dataclass(slots=True)
class _Said:
    """What a passage says itself, by place: where its commitments begin, and its milestones with dates of their own."""

    numbers: list[int]
    starts: list[int]
    ends: list[int]
    """The furthest end of the milestones up to each."""

    @classmethod
    def of(cls, reading: _Reading, first: int, dated: int) -> _Said:
        """Of the commitments and the milestones from these indexes on."""
        spans = sorted(milestone.span for milestone in reading.milestones[dated:])
        numbers = sorted(commitment.span[0] for commitment in reading.commitments[first:])
        return cls(numbers, [start for start, _ in spans], list(accumulate((end for _, end in spans), max)))

    def covers(self, span: Span) -> bool:
        """Whether a commitment begins in a stretch or a milestone has a part of it."""
        before = bisect_left(self.starts, span[1])
        dated = before > 0 and self.ends[before - 1] > span[0]
        return dated or bisect_left(self.numbers, span[0]) < bisect_left(self.numbers, span[1])


def _add_outcomes(
    reading: _Reading, passage: Passage, stretch: tuple[str, int], said: _Said, deadline: Deadline
) -> None:
    """Milestones of a stretch of text (with its offset) whose date stands elsewhere: in a bracket, in another cell."""
    text, at = stretch
    for start, end in find_row_outcomes(text):
        span = passage.view.span(at + start, at + end)
        if not said.covers(span):
            reading.milestones.append(_milestone(reading, passage, span, deadline))


def _handed_down(reading: _Reading, passage: Passage) -> _Due | None:
    """The deadline of the nearest clause above that heads this one with a date."""
    parent = passage.clause.parent_id if passage.clause else None
    while parent is not None:
        if parent in reading.due:
            return reading.due[parent]
        parent = reading.clauses[parent].parent_id if parent in reading.clauses else None
    return None


def _deadline(reading: _Reading, passage: Passage, mention: DateMention, *, inherited: bool = False) -> Deadline:
    span = passage.view.span(mention.start, mention.end)
    words = quote(reading.frame.text, passage.view, mention.start, mention.end)
    return Deadline(text=words, date=mention.date, bound=mention.bound, inherited=inherited, span=span)


def _short_enough(span: Span, number: Span) -> Span:
    """The phrase, cut where a bracket behind the number is long (8.5%（单位缴纳时，…）) or folding hid its spaces."""
    if span[1] - span[0] <= MAX_SPAN:
        return span
    start = max(span[0], number[1] - MAX_SPAN)
    return start, start + MAX_SPAN


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
        deadline = _deadline(reading, passage, draft.date, inherited=draft.inherited)
    number = passage.view.span(quantity.start, quantity.end)
    span = _short_enough(passage.view.span(draft.start, draft.end), number)
    path = "/".join(passage.clause.path) if passage.clause else ""
    phrase = passage.view.text[draft.start : draft.end]
    seen = reading.seen[path, phrase] = reading.seen.get((path, phrase), 0) + 1
    words = partial(in_source, reading.frame.text, passage.view, at=quantity.start)
    base = normalize(quantity.value, described.unit)
    upper = normalize(quantity.upper, described.unit) if quantity.upper is not None else None
    return Commitment(
        id=f"{document.id}/c{len(reading.commitments) + 1}",
        key=stable_key(reading.key, path, phrase, str(seen)),
        span=span,
        indicator=words(described.indicator),
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
        scope=words(described.scope),
        baseline=words(described.baseline),
        strength=draft.strength,
        kind=draft.kind,
        certainty=_certainty(reading.frame.text, number, draft),
    )


def _tier(reading: _Reading, passage: Passage, tier: Found) -> Tier:
    band = tier.band
    lower, upper = (band.lower, band.upper) if band is not None else (None, None)
    return Tier(
        set=f"{reading.frame.document.id}/s{reading.sets + tier.set + 1}",
        index=tier.index,
        of=tier.of,
        label=quote(reading.frame.text, passage.view, tier.start, tier.end),
        span=passage.view.span(tier.start, tier.end),
        lower=lower.value if lower else None,
        lower_open=lower.open if lower else None,
        upper=upper.value if upper else None,
        upper_open=upper.open if upper else None,
        unit=band.unit if band else None,
    )


def _certainty(text: str, number: Span, draft: Draft) -> Literal["stated", "concluded", "doubtful"]:
    """Doubtful: no indicator, or a value put together over a gap; concluded: a due date reckoned or carried on."""
    written = text[max(0, number[0] - TORN_REACH) : number[1]]
    if draft.described.indicator is None or _TORN_NUMBER.search(written) is not None:
        return "doubtful"
    return "concluded" if draft.date is not None and (draft.date.concluded or draft.inherited) else "stated"


def _read_lost(reading: _Reading, passage: Passage, gap: Gap) -> None:
    """有 家特色小镇: the hole is reported; a commitment without value keeps the words, where there are any (N92)."""
    span = (passage.span[0] + gap.start, passage.span[0] + gap.end)
    reading.diagnostics.append(notice(gap.code, gap.message, span))
    if not gap.noun:
        return
    clause = passage.clause
    key = stable_key(reading.key, "/".join(clause.path) if clause else "", gap.noun, "lost")
    reading.commitments.append(
        Commitment(
            id=f"{reading.frame.document.id}/c{len(reading.commitments) + 1}",
            key=key,
            span=(span[0], span[1] + len(gap.noun)),
            indicator=gap.noun,
            comparator="=",
            value=None,
            unit=fold(gap.unit),
            rule="number-lost",
            clause_id=clause.id if clause else None,
            certainty="doubtful",
        )
    )


def _document_key(frame: Frame) -> str:
    """What is printed alone: the same document without a metadata box has the same keys."""
    document, bases = frame.document, frame.document.bases
    if document.doc_number is not None and bases.doc_number is None:
        return fold(document.doc_number.text)
    title = document.title or "" if bases.title is None else ""
    return fold(title + "|" + "、".join(document.issuers if bases.issuers is None else ()))


def _milestone(reading: _Reading, passage: Passage, span: Span, deadline: Deadline) -> Milestone:
    return Milestone(
        id=f"{reading.frame.document.id}/t{len(reading.milestones) + 1}",
        text=reading.frame.text[slice(*span)],
        deadline=deadline,
        span=span,
        clause_id=passage.clause.id if passage.clause else None,
    )


def _diagnostic(passage: Passage, gap: Gap) -> Diagnostic:
    return notice(gap.code, gap.message, passage.view.span(gap.start, gap.end))
