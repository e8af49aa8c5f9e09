"""The measures of a text as they are compared with those of another level: their words without the bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.changes.pieces import Part, alike, parts_of
from extractor.model import Clause, Document, Issue, Measure, Responsibility, Task

_NO_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile("第.+条")
_TITLE = 40
"""Characters of the first words of a measure without a title that stand for one."""


@dataclass(frozen=True)
class Work:
    """A measure with the words of its own, and the heading nearest above them."""

    part: Part
    measures: tuple[Measure, ...]
    words: str
    """Text of the part with a full stop in the place of each statement of responsibility."""
    heading: str

    @property
    def task(self) -> Task:
        """The measure as it is told."""
        piece, measure = self.part.piece, self.measures[0]
        return Task(
            document_id=piece.document_id,
            measure_id=measure.id,
            span=piece.span,
            title=measure.title or self.words.lstrip()[:_TITLE] or None,
            clause_id=piece.clause_id,
            path=piece.path,
        )

    @property
    def duties(self) -> Iterator[tuple[str, Responsibility]]:
        """Statements of responsibility, each with its id."""
        for measure in self.measures:
            for number, duty in enumerate(measure.responsibilities, 1):
                yield f"{measure.id}.r{number}", duty


def works_of(issue: Issue, documents: Sequence[Document]) -> list[Work]:
    """The measures of some documents in the order of the text.

    A measure that names nobody, below one that says who answers for it, belongs to that one, and so does all below an
    article that names nobody else (its 申报条件). One that says nothing beyond its heading is what the measures below
    stand under.

    >>> import extractor
    >>> text = "关于绿化的通知\\n一、建设公园。建成公园5个。（责任单位：县林业局）\\n二、加强巡查。"
    >>> issue = extractor.parse(text.encode())
    >>> [(work.heading, work.words.rstrip("。")) for work in works_of(issue, issue.documents)]
    [('建设公园', '建设公园。建成公园5个'), ('', '加强巡查')]
    """
    clauses = {clause.id: clause for document in documents for clause in document.clauses}
    measures = {measure.clause_id: measure for document in documents for measure in document.measures}
    found = []
    for part in parts_of(issue, documents):
        of_part = _measures(part, measures)
        if of_part and not _is_held(part.clause, of_part, clauses, measures):
            found.append(Work(part, of_part, _words(part, of_part), _heading(part.clause, clauses)))
    above = {up.id for work in found for up in _above(work.part.clause, clauses)}
    return [work for work in found if work.part.piece.clause_id not in above or _says_more(work)]


def _measures(part: Part, measures: dict[str | None, Measure]) -> tuple[Measure, ...]:
    if part.clause is not None:
        return (measures[part.clause.id],) if part.clause.id in measures else ()
    start, end = part.piece.span
    return tuple(each for each in part.document.measures if each.clause_id is None and start <= each.span[0] < end)


def _above(clause: Clause | None, clauses: dict[str, Clause]) -> Iterator[Clause]:
    above = clauses.get(clause.parent_id or "") if clause is not None else None
    while above is not None:
        yield above
        above = clauses.get(above.parent_id or "")


def _is_held(
    clause: Clause | None,
    of_part: Sequence[Measure],
    clauses: dict[str, Clause],
    measures: dict[str | None, Measure],
) -> bool:
    """Whether measures are part of one above that says itself who answers for it."""
    duties = [duty for measure in of_part for duty in measure.responsibilities]
    if any(duty.basis != "inherited" for duty in duties):
        return False
    return any(
        duty.basis != "inherited" and (not duties or _ARTICLE.match(above.path[-1]))
        for above in _above(clause, clauses)
        if above.id in measures
        for duty in measures[above.id].responsibilities
    )


def _words(part: Part, measures: Sequence[Measure]) -> str:
    text = part.text
    for measure in measures:
        for duty in measure.responsibilities:
            place = part.inside(duty.span)
            if place is not None:
                text = text[: place[0]] + "。" * (place[1] - place[0]) + text[place[1] :]
    return alike(text)


def _heading(clause: Clause | None, clauses: dict[str, Clause]) -> str:
    headings = (each.heading for each in (clause, *_above(clause, clauses)) if each is not None and each.heading)
    return next(headings, "")


def _says_more(work: Work) -> bool:
    return len(_NO_WORD.sub("", work.words)) > len(_NO_WORD.sub("", work.heading))
