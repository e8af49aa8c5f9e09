"""Component gazette_measures: what is to be done, with those who answer for it and the commitments that belong to it.

A measure is each clause that carries a responsibility or a commitment, and each other leaf clause that says what is to
be done: one with a verb of planning at the head of a sentence or a comma unit, that neither states a purpose nor stands
under a heading of principles (lexicon/measures.toml).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from extractor import lexicon
from extractor.model import Clause, Commitment, Measure, Responsibility, Span
from extractor.structure.frame import Frame
from extractor.text.fold import View

MAX_TITLE = 60
"""Longest title of a measure in characters; a first sentence is cut there."""
LIST = 4
"""Items that make a list of tasks …"""
UNSAID = 0.25
"""… of which at most this share says nobody who answers."""
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_MARK = re.compile(r"[，,、：:]")


@lru_cache(maxsize=1)
def _planning() -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon.load("measures")["verbs"], key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[,。;:、\n)\]]))(?:要|应当?|须|进一步|全面|积极|大力|加强|切实|持续|深入|不断|着力|认真)?(?:{verbs})"
    )


@Language.component(
    "gazette_measures",
    requires=["doc._.gazette_frame", "doc._.gazette_duties", "doc._.gazette_commitments"],
    assigns=["doc._.gazette_measures", "doc._.gazette_commitments"],
)
def measures(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_measures`` and give each commitment the measure that it belongs to."""
    own = doc._
    frame: Frame = own.gazette_frame
    duties: tuple[tuple[Clause | None, Responsibility], ...] = own.gazette_duties or ()
    commitments: tuple[Commitment, ...] = own.gazette_commitments or ()
    stated: dict[str | None, list[Responsibility]] = {}
    for clause, duty in duties:
        stated.setdefault(clause.id if clause else None, []).append(duty)
    promised = {commitment.clause_id for commitment in commitments}
    found: list[Measure] = []
    found.extend(_loose(frame, stated.get(None, []), commitments))
    by_id = {clause.id: clause for clause in frame.document.clauses}
    parents = {clause.parent_id for clause in frame.document.clauses}
    tasks = _lists_of_tasks(frame, parents, stated.keys())
    for clause in frame.document.clauses:
        if (
            clause.id in stated
            or clause.id in promised
            or (
                clause.id not in parents
                and (clause.parent_id in tasks or _plans(frame, clause, by_id.get(clause.parent_id or "")))
            )
        ):
            found.append(Measure(
                id="", clause_id=clause.id, title=_title(frame.text, clause), span=clause.span,
                responsibilities=tuple(stated.get(clause.id, ())),
            ))  # fmt: skip
    found.sort(key=lambda measure: measure.span)
    numbered = tuple(replace(measure, id=f"{frame.document.id}/m{number}") for number, measure in enumerate(found, 1))
    by_clause = {measure.clause_id: measure.id for measure in numbered if measure.clause_id is not None}
    loose = [measure for measure in numbered if measure.clause_id is None]
    spans = [measure.span for measure in loose]
    own.gazette_measures = numbered
    own.gazette_commitments = tuple(
        replace(
            commitment,
            measure_id=by_clause[commitment.clause_id]
            if commitment.clause_id is not None
            else loose[_place(spans, commitment.span[0])].id,
        )
        for commitment in commitments
    )
    return doc


def _loose(frame: Frame, duties: list[Responsibility], commitments: Sequence[Commitment]) -> list[Measure]:
    """Measures without a clause: what stands in one passage, or under one statement, is one measure."""
    spans = [(min(duty.covers[0], duty.span[0]), max(duty.covers[1], duty.span[1])) for duty in duties]
    starts = [passage.span[0] for passage in frame.passages]
    at = [commitment.span[0] for commitment in commitments if commitment.clause_id is None]
    spans += [frame.passages[bisect_right(starts, start) - 1].span for start in at]
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    said: dict[int, list[Responsibility]] = {}
    for duty in duties:
        said.setdefault(_place(merged, duty.span[0]), []).append(duty)
    return [
        Measure(
            id="",
            span=(start, end),
            title=_first_sentence(frame.text[start:end]),
            responsibilities=tuple(said.get(place, ())),
        )
        for place, (start, end) in enumerate(merged)
    ]


def _lists_of_tasks(
    frame: Frame, parents: AbstractSet[str | None], answered: AbstractSet[str | None]
) -> frozenset[str | None]:
    """Clauses nearly all of whose items say who answers: what else they list is to be done too."""
    count: Counter[str | None] = Counter()
    unsaid: Counter[str | None] = Counter()
    for clause in frame.document.clauses:
        count[clause.parent_id] += 1
        unsaid[clause.parent_id] += clause.id not in answered or clause.id in parents
    return frozenset(
        parent for parent, items in count.items() if items >= LIST and 0 < unsaid[parent] <= items * UNSAID
    )


def _place(spans: Sequence[Span], at: int) -> int:
    """Index of the span, of those in order, that begins last before ``at`` or there."""
    return bisect_right(spans, at, key=lambda span: span[0]) - 1


def _plans(frame: Frame, clause: Clause, parent: Clause | None) -> bool:
    words = lexicon.load("measures")
    headings = [above.heading for above in (clause, parent) if above is not None and above.heading]
    if any(heading.startswith(tuple(words["not_measures"])) for heading in headings):
        return False
    body = frame.view(*clause.span).text.lstrip().removeprefix(View.of(clause.label or "").text).lstrip("、. ")
    return not body.startswith(tuple(words["purposes"])) and _planning().search(body) is not None


def _title(text: str, clause: Clause) -> str | None:
    if clause.heading:
        return _shorten(clause.heading)
    body = text[slice(*clause.span)].lstrip()
    if "\t" in body:
        body = _task(body)
    return _first_sentence(body.removeprefix(clause.label or "").lstrip(" \t\u3000、.．"))


def _task(row: str) -> str:
    """What is to be done in the row of a table: the cell after the number of the row, else the first one.

    >>> _task("(一)托育\\t3\\t新增托位200个\\t县民政局"), _task("新增托位200个\\t县民政局")
    ('新增托位200个', '新增托位200个')
    """
    cells = [cell.strip() for cell in row.split("\t")]
    number = next((at for at, cell in enumerate(cells[:-1]) if cell.isdecimal()), -1)
    return next((cell for cell in cells[number + 1 :] if cell), "")


def _first_sentence(body: str) -> str | None:
    if "\t" in body.lstrip().partition("\n")[0]:  # a whole table: its header names no task
        return None
    return _shorten(_SENTENCE.split(body.strip(), maxsplit=1)[0].strip()) or None


def _shorten(title: str) -> str:
    """Cut a long title behind a mark, never inside a number or a name, and say so with …."""
    if len(title) <= MAX_TITLE:
        return title
    marks = [match.end() for match in _MARK.finditer(title, 0, MAX_TITLE)]
    end = marks[-1] if marks and marks[-1] > MAX_TITLE // 3 else MAX_TITLE
    return title[:end].rstrip("，,、：:") + "…"
