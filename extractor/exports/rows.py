"""What the readable forms show: one row a measure, with its bodies, dates and commitments in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.diagnostics import codes
from extractor.exports.bodies import in_words
from extractor.model import Commitment, Deadline, Diagnostic, Document, Issue, Measure, Milestone, Role
from extractor.structure.belonging import is_of

PLACE, MEASURE, OTHERS, DUE, NUMBERS = "条款", "举措", "其他单位", "完成时限", "量化承诺、节点"
ROLES: dict[str, Role] = {"牵头": "lead", "责任": "responsible", "配合": "support"}
COLUMNS = (PLACE, MEASURE, *ROLES, OTHERS, DUE, NUMBERS)
"""Everything that a row may say, in the order in which it is shown."""

_OTHER_ROLES: tuple[tuple[Role, str], ...] = (("payer", "出资"), ("supervisor", "指导"), ("interpreter", "解释"))
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "range": "", "about": "约"}
_BOUNDS: dict[str | None, str] = {"by": "到{}", "before": "{}前", "in": "{}"}
_CHANGES = {"growth": "增长", "reduction": "下降", "new": "新增", "total": "累计"}
_STRENGTHS = {"must": "", "aim": "〔力争〕", "may": "〔鼓励〕"}
_NODE = "〔节点〕"
LOOSE = "不属于任何举措："
"""Heads the line of numbers and dates that are shown below the table, so that it is not taken for a measure."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A document with the rows of its measures."""

    id: str
    title: str
    facts: str
    """文号, issuers and date in one line."""
    columns: tuple[str, ...]
    """The columns in which a row of this document says anything."""
    rows: tuple[dict[str, str], ...]
    """One a measure: column to what it says, several things on a line each."""
    loose: tuple[str, ...]
    """Numbers and dated promises of no measure."""
    hidden: int
    """Measures without bodies, numbers and dates, which are not among the rows."""
    besides: str
    """What else the document has, by number: 任免 3 · 名单 12."""


def document_rows(issue: Issue, *, every: bool = False) -> tuple[DocumentRows, ...]:
    """The rows of each document of an issue, in the order of the text; with ``every`` also those of bare measures."""
    return tuple(_document(issue.text, document, every) for document in issue.documents)


def heading(issue: Issue) -> str:
    """Title of an issue with its number and date where they are known: 青岚政报 · 2024年第3期 · 总第40期 · 2024-06."""
    head = issue.issue
    title = head.title or head.series or issue.source.name
    number = "" if head.number is None else f"第{head.number}期"
    if head.number_to is not None:
        number = f"第{head.number}–{head.number_to}期"
    facts = [
        number and (f"{head.year}年{number}" if head.year and str(head.year) not in title else number),
        "" if head.total_number is None else f"总第{head.total_number}期",
        "增刊" if head.supplement else "",
        head.published or "",
    ]
    printed = "".join(title.split())
    return " · ".join([title, *(fact for fact in facts if fact and fact not in printed)])


def notices(issue: Issue) -> tuple[tuple[Diagnostic, str, str], ...]:
    """What looks wrong in the source: the diagnostic, its meaning in Chinese, and the words that it is about."""
    return tuple(
        (each, codes()[each.code].zh, " ".join(issue.text[slice(*each.span)].split())[:30] if each.span else "")
        for each in issue.diagnostics
        if each.severity != "info"
    )


def hidden(document: DocumentRows) -> str:
    """The line about measures that are not shown; empty where all are."""
    return (
        f"另有 {document.hidden} 项举措未识别出责任单位、数字或时限，未列出（--all 全部列出）"
        if document.hidden
        else ""
    )


def describe(commitment: Commitment) -> str:
    """A commitment in words, with whom or what it is for in brackets.

    >>> from decimal import Decimal
    >>> describe(Commitment(id="d1/c1", key="0", span=(0, 9), indicator="托位数", comparator=">=", value=Decimal("4.5"),
    ...                     unit="个/千人口", rule="", strength="aim", scope="普惠托育机构"))
    '〔力争〕托位数 ≥ 4.5个/千人口 [普惠托育机构]'
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
        f"({due(commitment.deadline)})" if commitment.deadline is not None else "",
        f"[{_short(commitment.scope)}]" if commitment.scope else "",
    ]
    return _STRENGTHS[commitment.strength] + " ".join(word for word in words if word)


def due(deadline: Deadline) -> str:
    """A deadline in words; what is no date as the text says it.

    >>> due(Deadline(text="2031年底前", date="2031-12", bound="before"))
    '2031-12前'
    >>> due(Deadline(text="长期坚持", date=None, bound="by"))
    '长期坚持'
    """
    if deadline.date is None:
        return deadline.text
    return _BOUNDS.get(deadline.bound, "{}").format(deadline.date)


def _document(text: str, document: Document, every: bool) -> DocumentRows:
    numbers: dict[str | None, list[str]] = {}
    for commitment in document.commitments:
        numbers.setdefault(commitment.measure_id, []).append(describe(commitment))
    paths = {clause.id: "/".join(clause.path) for clause in document.clauses}
    left = list(document.milestones)
    rows = []
    for measure in document.measures:
        dated = [milestone for milestone in left if is_of(milestone, measure)]
        left = [milestone for milestone in left if milestone not in dated] if dated else left
        said = numbers.get(measure.id, []) + [_NODE + _promise(milestone) for milestone in dated]
        if every or measure.responsibilities or said:
            rows.append(_row(text, measure, paths.get(measure.clause_id or "", ""), said))
    facts = [document.doc_number.text if document.doc_number else "", "、".join(document.issuers), document.date or ""]
    return DocumentRows(
        id=document.id,
        title=document.title or "(无标题)",
        facts=" · ".join(fact for fact in facts if fact),
        columns=tuple(name for name in COLUMNS if name == MEASURE or any(row.get(name) for row in rows)),
        rows=tuple(rows),
        loose=(
            *numbers.get(None, ()),
            *(f"{_NODE}{_promise(each)} {paths.get(each.clause_id or '', '')}".rstrip() for each in left),
        ),
        hidden=len(document.measures) - len(rows),
        besides=" · ".join(_besides(document)),
    )


def _promise(milestone: Milestone) -> str:
    return f"{_short(milestone.text)} ({due(milestone.deadline)})"


def _row(text: str, measure: Measure, place: str, said: list[str]) -> dict[str, str]:
    others = [
        f"{name}：{line}" for role, name in _OTHER_ROLES for line in in_words(text, measure, role).split("；\n") if line
    ]
    terms = dict.fromkeys(due(each.deadline) for each in measure.responsibilities if each.deadline is not None)
    return {
        PLACE: place,
        MEASURE: measure.title or "",
        **{column: in_words(text, measure, role) for column, role in ROLES.items()},
        OTHERS: "\n".join(others),
        DUE: "\n".join(terms),
        NUMBERS: "\n".join(said),
    }


def _besides(document: Document) -> Iterator[str]:
    parts = (
        ("任免", document.appointments),
        ("名单", document.roster),
        ("联系方式", document.contacts),
        ("表格", document.tables),
    )
    for name, part in parts:
        if part:
            yield f"{name} {len(part)}"


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
