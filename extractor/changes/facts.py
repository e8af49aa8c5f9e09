"""The numbers, dates, bodies and references of a part, each with what makes two of them the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from extractor.audit.sightings import Sighting, sightings
from extractor.bodies.divisions import Division
from extractor.bodies.sameness import same_body
from extractor.bodies.shape import kind_of
from extractor.bodies.speakers import speaker_of
from extractor.changes.pieces import Part, alike
from extractor.grammar.dates import DateMention
from extractor.grammar.doc_numbers import find_doc_numbers
from extractor.grammar.quantities import find_ages, find_terms
from extractor.grammar.spoken import Quantity
from extractor.grammar.units import normalize
from extractor.model import Commitment, Deadline, Document, Reference, Responsibility, Span, Unit
from extractor.text.fold import View

T = TypeVar("T")
FactKind = Literal["number", "date", "body", "reference"]
Placed = tuple[tuple[int, int], Commitment]
_LINE = re.compile("[^\n]+")
_PROVISIONS = re.compile(r"第[^,。;第]{1,12}[条款项](?:[、和及至到或][^,。;第]{1,6}[条款项])*[、和及至到或]$")
"""What stands before a further provision of a list."""
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Fact:
    """Something at ``text[start:end]`` of a part that is compared by what it says."""

    kind: FactKind
    start: int
    end: int
    key: str
    """The same for two facts that say the same."""
    said: str = ""
    """The words of a body, folded."""
    rule: str | None = None
    """Why it promises nothing, where a rule saw that."""
    quantity: Quantity | None = None
    date: DateMention | None = None
    due: bool = False
    """A date by which a result is due."""
    unit: Unit | None = None
    duty: Responsibility | None = None
    commitment: Commitment | None = None
    reference: Reference | None = None

    @property
    def title(self) -> str | None:
        """The title of a reference, as titles are compared."""
        return _plain(self.reference.title) if self.reference is not None else None

    @property
    def base(self) -> tuple[Decimal | None, str]:
        """A number in base units."""
        assert self.quantity is not None
        return normalize(self.quantity.value, self.quantity.unit) or (self.quantity.value, self.quantity.unit)


class Stood(Generic[T]):
    """Things by the place where they stand."""

    def __init__(self, rows: Iterable[tuple[Span, T]]) -> None:
        self.rows = sorted(rows, key=lambda row: row[0])
        self.starts = [span[0] for span, _ in self.rows]

    def inside(self, part: Part) -> Iterator[tuple[tuple[int, int], T]]:
        """What stands in a part, each with its range in the text of the part."""
        for begin, end in part.ranges:
            for span, thing in self.rows[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]:
                place = part.inside(span)
                if place is not None:
                    yield place, thing


class Reading:
    """One version: what its documents say about bodies, commitments and references, found by place."""

    def __init__(
        self, documents: Sequence[Document], jurisdiction: str | None, became: Mapping[str, str] | None = None
    ) -> None:
        self.became = became or {}
        """Clauses of this version to those of the other, so that a reference to a clause that was renumbered stays."""
        self.years = {document.id: _year(document) for document in documents}
        self.dates = {document.id: document.date for document in documents}
        self.places = {
            document.id: speaker_of(jurisdiction, document.title, document.issuers, document.level).place
            for document in documents
        }
        duties = [
            (unit, duty)
            for document in documents
            for measure in document.measures
            for duty in measure.responsibilities
            for unit in duty.units
        ]
        self.units = Stood((unit.span, (unit, duty)) for unit, duty in duties)
        self.known = {View.of(unit.mention).text for unit, _ in duties if unit.kind not in ("group", "system")}
        self.references = Stood((each.span, each) for document in documents for each in document.references)
        self.provisions = Stood((each.span, each) for document in documents for each in document.internal_references)
        due: list[Deadline | None] = [duty.deadline for _, duty in duties]
        for document in documents:
            due += [each.deadline for each in document.commitments]
            due += [each.deadline for each in document.milestones]
        self.deadlines = Stood((each.span, each) for each in due if each is not None and each.span is not None)
        self.commitments = Stood((each.span, each) for document in documents for each in document.commitments)

    def facts(self, part: Part) -> list[Fact]:
        """The facts of a part in order; nothing overlaps."""
        taken = bytearray(len(part.text))
        found: list[Fact] = []
        for fact in self._all(part):
            if taken.find(1, fact.start, fact.end) < 0:
                taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
                found.append(fact)
        return sorted(found, key=lambda fact: fact.start)

    def _all(self, part: Part) -> Iterator[Fact]:
        for place, reference in self.references.inside(part):
            number = reference.doc_number.text if reference.doc_number is not None else ""
            yield Fact("reference", *place, f"《{_plain(reference.title)}》{_plain(number)}", reference=reference)
        for place, provision in self.provisions.inside(part):
            meant = [self.became.get(clause, clause).partition("/")[2] for clause in provision.clause_ids]
            key = "§" + "、".join(meant) if meant else _plain(provision.text)
            yield Fact("reference", *place, f"{key}-{provision.paragraph or ''}")
        for place, (unit, duty) in self.units.inside(part):
            said = View.of(unit.mention).text
            yield Fact("body", *place, "@" + _plain(said), said, unit=unit, duty=duty)
        commitments = list(self.commitments.inside(part))
        due = [place for place, _ in self.deadlines.inside(part)]
        for line in _LINE.finditer(part.text):
            for fact in self._of_line(part, line.start(), line[0], commitments):
                yield replace(fact, due=any(start <= fact.start < end for start, end in due))

    def _of_line(self, part: Part, at: int, line: str, commitments: Sequence[Placed]) -> Iterator[Fact]:
        """What stands in a line, whether a result says it or not."""
        for number in find_doc_numbers(line):
            yield Fact("reference", at + number.start, at + number.end, _plain(line[number.start : number.end]))
        for age in find_ages(line):
            yield _fact(at, Sighting("number", age.start, age.end, ("refused", "age"), quantity=age), commitments)
        for seen in sightings(line, self.years[part.document.id], self.known):
            if _is_no_fact(line, seen):
                continue
            if seen.kind == "body":
                said = line[seen.start : seen.end]
                yield Fact("body", at + seen.start, at + seen.end, "@" + _plain(said), said, _rule(seen))
            else:
                yield _fact(at, seen, commitments)
        for term in find_terms(line):
            yield _fact(at, Sighting("number", term.start, term.end, quantity=term), commitments)


def _is_no_fact(text: str, seen: Sighting) -> bool:
    """第十二条、十三条 counts nothing, a body inside a title belongs to the title, and 有关部门 is nobody by name."""
    if seen.kind == "body":
        return _rule(seen) == "in-title-marks" or kind_of(text[seen.start : seen.end]) == "group"
    if seen.quantity is None or seen.quantity.unit not in ("条", "款", "项"):
        return False
    return _PROVISIONS.search(text[: seen.start]) is not None


def _rule(seen: Sighting) -> str | None:
    return seen.rule[1] if seen.rule is not None else None


def _fact(at: int, seen: Sighting, commitments: Sequence[Placed]) -> Fact:
    start, end = at + seen.start, at + seen.end
    rule = _rule(seen)
    if seen.quantity is not None:
        quantity = seen.quantity
        value, unit = normalize(quantity.value, quantity.unit) or (quantity.value, quantity.unit)
        upper = normalize(quantity.upper, quantity.unit) if quantity.upper is not None else None
        claimed = next(
            (
                each
                for place, each in commitments
                if place[0] <= start < place[1] and (each.value, each.upper) == (quantity.value, quantity.upper)
            ),
            None,
        )
        key = f"#{value.normalize() if value is not None else ''}-{upper[0] if upper else ''}{unit}"
        return Fact("number", start, end, key, rule=rule, quantity=quantity, commitment=claimed)
    assert seen.date is not None
    return Fact("date", start, end, f"%{seen.date.date or alike(seen.date.text)}", rule=rule, date=seen.date)


def _plain(text: str) -> str:
    return _NO_WORD.sub("", alike(View.of(text).text)).replace("相关", "有关")


def _year(document: Document) -> int | None:
    number = document.doc_number.year if document.doc_number is not None else None
    return int(document.date[:4]) if document.date else number


Facts = list[Fact]


def unify(
    old: tuple[Part, Facts], new: tuple[Part, Facts], place: Division | None, dates: tuple[str | None, str | None]
) -> tuple[Facts, Facts]:
    """The facts of both sides with one key for each body, whatever each side calls it, and found wherever it stands.

    A body that one side alone reads (as a payer, say) is looked for in the words of the other, so that a difference of
    the reading is no difference of the text.
    """
    sides = _also_there(old, new[1]), _also_there(new, old[1])
    here, there = ({fact.key: fact.said for fact in side if fact.kind == "body"} for side in sides)
    called: dict[str, str] = {}
    for key, said in here.items():
        if key not in there:
            called |= _first(key, (other for other, name in there.items() if _same(said, name, place, *dates)))
    for key, said in there.items():
        if key not in here and key not in called.values():
            called |= _first(key, (other for other, name in here.items() if _same(name, said, place, *dates)))
    return _called(sides[0], called), _called(sides[1], called)


def _same(one: str, other: str, place: Division | None, date_a: str | None, date_b: str | None) -> bool:
    """Whether two names are of one office, 各市经信委 and 各市工信局 being such offices of the same places."""
    if one[:1] == other[:1] == "各":
        one, other, place = one[1:], other[1:], None
    return same_body(one, other, place, date_a, date_b) is True


def _first(key: str, others: Iterator[str]) -> dict[str, str]:
    other = next(others, None)
    return {} if other is None else {key: other}


def _called(facts: Facts, called: Mapping[str, str]) -> Facts:
    return [replace(fact, key=called[fact.key]) if fact.key in called else fact for fact in facts]


def _is_piece(part: Part, fact: Fact, names: Collection[str]) -> bool:
    """Whether a body without a duty is a piece of a longer name that the other side has whole: 区政府 of 各区政府."""
    if fact.kind != "body" or fact.duty is not None:
        return False
    longer = (name for name in names if fact.said in name and len(name) > len(fact.said))
    return any(
        part.text.startswith(name, fact.start - at)
        for name in longer
        for at in range(len(name) - len(fact.said) + 1)
        if name.startswith(fact.said, at) and fact.start >= at
    )


def _also_there(side: tuple[Part, Facts], others: Facts) -> Facts:
    """The facts of a side with the bodies of the other that its words hold unread."""
    part, facts = side
    said = {fact.said for fact in facts if fact.kind == "body"}
    names = {fact.said: fact.key for fact in others if fact.kind == "body" and fact.said and fact.said not in said}
    found = [fact for fact in facts if not _is_piece(part, fact, names)]
    taken = bytearray(len(part.text))
    for fact in found:
        taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    for name in sorted(names, key=len, reverse=True):
        at = part.text.find(name)
        while at >= 0:
            end = at + len(name)
            if taken.find(1, at, end) < 0:
                taken[at:end] = b"\1" * len(name)
                found.append(Fact("body", at, end, names[name], name))
            at = part.text.find(name, end)
    return sorted(found, key=lambda fact: fact.start)
