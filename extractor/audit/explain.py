"""Which rule on which characters made a value, step by step.

What the rules decided stands in the results (rule, basis, concluded, bases, inherited); here it is put into words, with
the places of the text. Nothing is decided anew: only where a number stands in its phrase is looked up again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from extractor.audit.facts import explain_field, explain_masthead
from extractor.audit.rules import of_duty
from extractor.audit.telling import Teller
from extractor.errors import UnknownIdError
from extractor.grammar.quantities import find_quantities
from extractor.grammar.signs import any_of
from extractor.grammar.spoken import Quantity
from extractor.grammar.units import normalize
from extractor.model import (
    Clause,
    Commitment,
    Deadline,
    Document,
    Explanation,
    Issue,
    Measure,
    Milestone,
    Responsibility,
    Span,
    Step,
    Unit,
)
from extractor.text.fold import View

_SIGNS: Mapping[str, Callable[[], re.Pattern[str]]] = {
    "verb": lambda: any_of("targets"),
    "measured": lambda: any_of("indicator_nouns"),
}
"""What the rules of these names look for, in the phrase of a number or before it."""
SIGN_REACH = 400
"""Characters before a phrase in which its sign can stand."""
_DEFAULTS: Mapping[str, str | None] = {"scope": None, "per": None, "baseline": None, "change": None, "strength": "must"}


def explain(issue: Issue, name: str) -> Explanation:
    """How a value came to be; see :func:`extractor.explain`."""
    teller = Teller(issue)
    if name.startswith("issue."):
        return Explanation(id=name, kind="field", steps=explain_masthead(teller, name.partition(".")[2]))
    for document in issue.documents:
        if document.id == name:
            return Explanation(id=name, kind="document", steps=tuple(_document(teller, document)))
        for kind, value in _values(document):
            if value.id == name:
                return Explanation(id=name, kind=kind, steps=tuple(_steps(teller, document, value)))
        for measure in document.measures:
            if name.startswith(f"{measure.id}."):
                return _of_measure(teller, document, measure, name)
        if name.startswith(f"{document.id}."):
            steps = explain_field(teller, document, name.partition(".")[2])
            return Explanation(id=name, kind="field", steps=steps)
    raise UnknownIdError(
        f"{issue.source.name}: has no value {name}; ids are those of the JSON (d2/c1, d2/m4), with .r1 and .u1 for a "
        f"responsibility and a unit of a measure (d2/m4.r1.u1), d2 for a document, and .date, .title … for one of its "
        f"fields (d2.date); of a list its members are explained"
    )


def _document(teller: Teller, document: Document) -> Iterator[Step]:
    """What a document is: its title, what carries it, and how much was found in it."""
    yield teller.step("stands", document.span)
    yield teller.step("value", words=document.title or "–")
    if document.parent_id is not None:
        yield teller.step("carried-by", id=document.parent_id)
    for name in ("clauses", "measures", "commitments", "milestones"):
        if held := getattr(document, name):
            yield teller.step("parts", words=f"{held[0].id} … {held[-1].id} ({len(held)} {name})")


def _values(document: Document) -> Iterator[tuple[str, Clause | Measure | Commitment | Milestone]]:
    yield from (("commitment", each) for each in document.commitments)
    yield from (("milestone", each) for each in document.milestones)
    yield from (("measure", each) for each in document.measures)
    yield from (("clause", each) for each in document.clauses)


def _steps(teller: Teller, document: Document, value: Clause | Measure | Commitment | Milestone) -> Iterable[Step]:
    if isinstance(value, Commitment):
        return _commitment(teller, document, value)
    if isinstance(value, Milestone):
        return _milestone(teller, document, value)
    if isinstance(value, Measure):
        return _measure(teller, document, value)
    return _clause(teller, document, value)


def _of_measure(teller: Teller, document: Document, measure: Measure, name: str) -> Explanation:
    for at, duty in enumerate(measure.responsibilities, 1):
        if name == f"{measure.id}.r{at}":
            steps = tuple(_responsibility(teller, document, duty))
            return Explanation(id=name, kind="responsibility", steps=(*steps, teller.step("measure", id=measure.id)))
        for number, unit in enumerate(duty.units, 1):
            if name == f"{measure.id}.r{at}.u{number}":
                steps = (*_unit(teller, unit), *_responsibility(teller, document, duty))
                return Explanation(id=name, kind="unit", steps=(*steps, teller.step("measure", id=measure.id)))
    there = [f"{measure.id}.r{at} ({len(duty.units)} units)" for at, duty in enumerate(measure.responsibilities, 1)]
    raise UnknownIdError(f"{measure.id}: has no {name}; it has {', '.join(there) or 'no responsibilities'}")


def _commitment(teller: Teller, document: Document, value: Commitment) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    yield teller.rule("commitments", value.rule, _sign(teller, value))
    yield from _number(teller, value)
    yield from _normalized(teller, value)
    yield from _deadline(teller, document, value.deadline)
    for name, usual in _DEFAULTS.items():
        if (words := getattr(value, name)) != usual:
            yield teller.step(name, words=words)
    if value.certainty != "stated":
        yield teller.step("certainty", words=value.certainty)
    yield from _place(teller, document, value.clause_id)
    if value.measure_id is not None:
        yield teller.step("measure", id=value.measure_id)


def _sign(teller: Teller, value: Commitment) -> Span:
    """Where the sign stands by which a number is a promise: the last before it, which may stand before its phrase."""
    pattern, read = _SIGNS.get(value.rule), _quantity(teller, value)
    if pattern is None or read is None:
        return value.span
    number = read[0].span(read[1].start, read[1].close)[0]
    text = teller.issue.text
    at = max(0, number - SIGN_REACH, *(text.rfind(mark, 0, number) + 1 for mark in "。\n"))
    before = View.of(text, at, number)
    found = list(pattern().finditer(before.text))
    return before.span(*found[-1].span()) if found else value.span


def _quantity(teller: Teller, value: Commitment) -> tuple[View, Quantity] | None:
    """The number of a commitment in the view of its phrase."""
    if value.value is None:
        return None
    view = View.of(teller.issue.text, *value.span)
    found = (each for each in find_quantities(view.text) if (each.value, each.upper) == (value.value, value.upper))
    quantity = next(found, None)
    return (view, quantity) if quantity is not None else None


def _number(teller: Teller, value: Commitment) -> Iterator[Step]:
    """Where the number stands, with its comparator."""
    if (read := _quantity(teller, value)) is None:
        return
    view, quantity = read
    amount = f"{value.value:f}" + (f"–{value.upper:f}" if value.upper is not None else "")
    span = view.span(max(0, quantity.cue_start), quantity.close)
    yield teller.step("number", span, comparator=value.comparator, value=amount, unit=value.unit)


def _normalized(teller: Teller, value: Commitment) -> Iterator[Step]:
    """The factors by which the value comes to base units."""
    base = value.normalized
    if base is None or base.value is None:
        return
    head, *parts = value.unit.split("/")
    one = normalize(Decimal(1), head)
    if one is not None and one[0] is not None and one != (Decimal(1), head):
        yield teller.step("unit", unit=head, amount=_amount(one[0], one[1]))
    for part in parts:
        share = normalize(Decimal(1), f"/{part}")
        if share is not None and share[0] != 1:
            yield teller.step("per-part", part=part, factor=f"{share[0]:f}")
    upper = f"–{base.upper:f}" if base.upper is not None else ""
    yield teller.step("normalized", amount=_amount(base.value, base.unit, upper))


def _amount(value: Decimal, unit: str, upper: str = "") -> str:
    """A value with its base unit; a pure ratio has none."""
    return f"{value:f}{upper} {unit}".removesuffix(" 1")


def _deadline(teller: Teller, document: Document, deadline: Deadline | None) -> Iterator[Step]:
    if deadline is None:
        return
    date, bound = deadline.date or deadline.text, deadline.bound or "–"
    if not deadline.inherited or deadline.span is None:
        yield teller.step("deadline", deadline.span, date=date, bound=bound)
        return
    clause = _innermost(document, deadline.span[0])
    where = clause.id if clause is not None else document.id
    yield teller.step("deadline-inherited", deadline.span, date=date, bound=bound, where=where)


def _innermost(document: Document, at: int) -> Clause | None:
    inside = [clause for clause in document.clauses if clause.span[0] <= at < clause.span[1]]
    return min(inside, key=lambda clause: clause.span[1] - clause.span[0], default=None)


def _place(teller: Teller, document: Document, clause_id: str | None) -> Iterator[Step]:
    clause = next((each for each in document.clauses if each.id == clause_id), None)
    if clause is not None:
        head = (clause.span[0], clause.span[0] + len(clause.label or "") + len(clause.heading or ""))
        yield teller.step("clause", head, id=clause.id)


def _milestone(teller: Teller, document: Document, value: Milestone) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    yield teller.rule("milestones", "carried" if value.deadline.inherited else "dated", value.span)
    yield from _deadline(teller, document, value.deadline)
    yield from _place(teller, document, value.clause_id)


def _measure(teller: Teller, document: Document, value: Measure) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    yield teller.rule("facts", "measure-clause" if value.clause_id is not None else "measure-loose")
    numbers = [each.id for each in document.commitments if each.measure_id == value.id]
    held = [f"{value.id}.r{at}" for at in range(1, len(value.responsibilities) + 1)] + numbers
    if held:
        yield teller.step("parts", words="、".join(held))
    yield from _place(teller, document, value.clause_id)


def _clause(teller: Teller, document: Document, value: Clause) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    label = (value.span[0], value.span[0] + len(value.label)) if value.label is not None else None
    yield teller.rule("facts", "label-repaired" if value.repaired else "label", label)
    yield teller.step("value", words="/".join(value.path))
    yield from _place(teller, document, value.parent_id)


def _responsibility(teller: Teller, document: Document, value: Responsibility) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    for said in of_duty(value.rule):
        yield teller.said(value.rule, said, value.span)
    yield teller.step(f"role-{value.role}")
    if value.label is not None:
        yield teller.step("label-printed", words=value.label)
    if value.because is not None:
        yield teller.step("convention", value.because)
    if value.covers != value.span:
        yield teller.step("covers", value.covers)
    yield from _deadline(teller, document, value.deadline)


def _unit(teller: Teller, value: Unit) -> Iterator[Step]:
    yield teller.step("stands", value.span)
    if value.name is None:
        yield teller.step("body-unknown", value.span, kind=value.kind, level=value.level)
    else:
        yield teller.step("body", value.span, name=value.name, id=value.id or "–", kind=value.kind, level=value.level)
