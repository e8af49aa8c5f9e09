"""What the readable forms show: one row a measure, with its bodies and commitments in words."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model import Commitment, Deadline, Document, Issue, Measure, Milestone, Role

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "range": "", "about": "约"}
_BOUNDS = {"by": "到{}", "before": "{}前", "in": "{}"}
_OTHER_ROLES: tuple[tuple[Role, str], ...] = (("payer", "出资"), ("supervisor", "指导"))
_CHANGES = {"growth": "增长", "reduction": "下降", "new": "新增", "total": "累计"}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in words: bodies as the text lists them, one line a commitment."""

    place: str
    title: str
    lead: str
    responsible: str
    support: str
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A document with the rows of its measures."""

    id: str
    title: str
    facts: str
    """文号, issuers and date in one line."""
    rows: tuple[MeasureRow, ...]
    others: int
    """Measures without bodies and numbers, which are not shown."""


def document_rows(issue: Issue) -> tuple[DocumentRows, ...]:
    """The rows of each document of an issue, in the order of the text."""
    return tuple(_document(document) for document in issue.documents)


def describe(commitment: Commitment) -> str:
    """A commitment in words.

    >>> from decimal import Decimal
    >>> describe(Commitment(id="d1/c1", key="0", span=(0, 9), indicator="托位数", comparator=">=", value=Decimal("4.5"),
    ...                     unit="个/千人口", rule="", deadline=None))
    '托位数 ≥ 4.5个/千人口'
    """
    value = "?" if commitment.value is None else f"{commitment.value:f}"
    if commitment.upper is not None:
        value += f"–{commitment.upper:f}"
    indicator = commitment.indicator or ""
    change = _CHANGES.get(commitment.change or "", "")
    words = [
        indicator,
        "" if change in indicator else change,
        _SIGNS[commitment.comparator],
        f"{value}{commitment.unit}",
        commitment.per or "",
        f"({due(commitment.deadline)})" if commitment.deadline is not None and commitment.deadline.date else "",
    ]
    return " ".join(word for word in words if word)


def _document(document: Document) -> DocumentRows:
    by_measure: dict[str | None, list[Commitment]] = {}
    for commitment in document.commitments:
        by_measure.setdefault(commitment.measure_id, []).append(commitment)
    by_clause: dict[str | None, list[Milestone]] = {}
    for milestone in document.milestones:
        by_clause.setdefault(milestone.clause_id, []).append(milestone)
    paths = {clause.id: "/".join(clause.path) for clause in document.clauses}
    rows = []
    for measure in document.measures:
        said = _describe_all(by_measure.get(measure.id, [])) + [
            f"{_short(milestone.text)} ({due(milestone.deadline)})"
            for milestone in by_clause.pop(measure.clause_id, [])
        ]
        if measure.responsibilities or said:
            rows.append(_row(measure, paths.get(measure.clause_id or "", ""), tuple(said)))
    shown = len(rows)
    left = [
        f"{_short(milestone.text)} ({due(milestone.deadline)})" for rest in by_clause.values() for milestone in rest
    ]
    if left:  # dated promises of clauses, or of no clause, that are no measures
        rows.append(MeasureRow("", "时间节点", "", "", "", tuple(left)))
    facts = [document.doc_number.text if document.doc_number else "", "、".join(document.issuers), document.date or ""]
    return DocumentRows(
        id=document.id,
        title=document.title or "(无标题)",
        facts=" · ".join(fact for fact in facts if fact),
        rows=tuple(rows),
        others=len(document.measures) - shown,
    )


def _describe_all(commitments: list[Commitment]) -> list[str]:
    """Each commitment in words; those of one indicator are told apart by whom they are for."""
    indicators = [commitment.indicator for commitment in commitments]
    return [
        describe(commitment)
        + (f" [{_short(commitment.scope)}]" if commitment.scope and indicators.count(commitment.indicator) > 1 else "")
        for commitment in commitments
    ]


def _row(measure: Measure, place: str, said: tuple[str, ...]) -> MeasureRow:
    return MeasureRow(
        place=place,
        title=measure.title or "",
        lead=_bodies(measure, "lead"),
        responsible=_bodies(measure, "responsible"),
        support=_bodies(measure, "support"),
        commitments=(*_others(measure), *said),
    )


def _others(measure: Measure) -> list[str]:
    """What the other columns do not show: who pays, who supervises, and by when the bodies answer."""
    said = [f"{name}: {bodies}" for role, name in _OTHER_ROLES if (bodies := _bodies(measure, role))]
    terms = dict.fromkeys(due(each.deadline) for each in measure.responsibilities if each.deadline is not None)
    return said + [f"完成时限: {term}" for term in terms]


def _bodies(measure: Measure, *roles: Role) -> str:
    named: dict[str, None] = {}
    open_ended = False
    for responsibility in measure.responsibilities:
        if responsibility.role in roles:
            named.update((unit.mention, None) for unit in responsibility.units)
            open_ended = open_ended or responsibility.open_ended
    return "、".join(named) + ("等" if open_ended else "")


def due(deadline: Deadline) -> str:
    """The date of a deadline in words, 到2025-12, 2025前; its own words where it names no date, as 长期坚持.

    >>> due(Deadline(text="持续推进", date=None, bound=None))
    '持续推进'
    """
    return _BOUNDS[deadline.bound].format(deadline.date) if deadline.date and deadline.bound else deadline.text


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


__all__ = ["DocumentRows", "MeasureRow", "describe", "document_rows", "due"]
