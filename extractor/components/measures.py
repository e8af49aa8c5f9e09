"""Component gazette_measures: what is to be done, with those who answer for it and the commitments that belong to it.

A measure is each clause that carries a responsibility or a commitment, and each other leaf clause that says what is to
be done: one with a verb of planning at the head of a sentence or a comma unit, that neither states a purpose nor stands
under a heading of principles (lexicon/measures.toml).
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from extractor import lexicon
from extractor.model import Clause, Commitment, Measure, Responsibility
from extractor.structure.frame import Frame
from extractor.text.fold import View

MAX_TITLE = 60
"""Longest title of a measure in characters; a first sentence is cut there."""
_SENTENCE = re.compile(r"[。；;！!？?\n]")


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
    frame: Frame = doc._.gazette_frame
    duties: tuple[tuple[Clause | None, Responsibility], ...] = doc._.gazette_duties or ()
    commitments: tuple[Commitment, ...] = doc._.gazette_commitments or ()
    stated: dict[str | None, list[Responsibility]] = {}
    for clause, duty in duties:
        stated.setdefault(clause.id if clause else None, []).append(duty)
    promised = {commitment.clause_id for commitment in commitments}
    found: list[Measure] = []
    loose = stated.get(None, [])
    if loose:  # statements outside any clause are one measure a place where they stand
        found.extend(_loose(loose))
    by_id = {clause.id: clause for clause in frame.document.clauses}
    parents = {clause.parent_id for clause in frame.document.clauses}
    for clause in frame.document.clauses:
        if (
            clause.id in stated
            or clause.id in promised
            or (clause.id not in parents and _plans(frame.text, clause, by_id.get(clause.parent_id or "")))
        ):
            found.append(Measure(
                id="", clause_id=clause.id, title=_title(frame.text, clause), span=clause.span,
                responsibilities=tuple(stated.get(clause.id, ())),
            ))  # fmt: skip
    found.sort(key=lambda measure: measure.span)
    numbered = tuple(replace(measure, id=f"{frame.document.id}/m{number}") for number, measure in enumerate(found, 1))
    by_clause = {measure.clause_id: measure.id for measure in numbered if measure.clause_id is not None}
    doc._.gazette_measures = numbered
    doc._.gazette_commitments = tuple(
        replace(commitment, measure_id=by_clause.get(commitment.clause_id or "")) for commitment in commitments
    )
    return doc


def _loose(duties: list[Responsibility]) -> list[Measure]:
    """Measures without a clause: statements that stand together make one."""
    found: list[Measure] = []
    for duty in duties:
        span = (min(duty.covers[0], duty.span[0]), max(duty.covers[1], duty.span[1]))
        if found and found[-1].span[0] <= span[0] < found[-1].span[1]:
            last = found[-1]
            whole = (last.span[0], max(last.span[1], span[1]))
            found[-1] = replace(last, span=whole, responsibilities=(*last.responsibilities, duty))
        else:
            found.append(Measure(id="", span=span, responsibilities=(duty,)))
    return found


def _plans(text: str, clause: Clause, parent: Clause | None) -> bool:
    words = lexicon.load("measures")
    headings = [above.heading for above in (clause, parent) if above is not None and above.heading]
    if any(heading.startswith(tuple(words["not_measures"])) for heading in headings):
        return False
    body = View.of(text, *clause.span).text.lstrip().removeprefix(View.of(clause.label or "").text).lstrip("、. ")
    return not body.startswith(tuple(words["purposes"])) and _planning().search(body) is not None


def _title(text: str, clause: Clause) -> str | None:
    if clause.heading:
        return clause.heading[:MAX_TITLE]
    body = text[slice(*clause.span)].lstrip()
    body = body.removeprefix(clause.label or "").lstrip(" \t\u3000、.．")
    return _SENTENCE.split(body, maxsplit=1)[0].strip()[:MAX_TITLE] or None
