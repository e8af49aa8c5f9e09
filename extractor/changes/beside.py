"""Numbers, deadlines and bodies of a measure and of what takes it up below, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from extractor.bodies.counterparts import are_counterparts
from extractor.changes.facts import Fact, Reading
from extractor.changes.halves import side_of
from extractor.changes.tasks import Work
from extractor.model import Beside, Side, Unit, Verdict
from extractor.model.duty import Role
from extractor.text.fold import View

SAME_THING = 60
"""Likeness of two indicators, or of the sentences of two dates, in percent, from which they are held side by side."""
SAME_VALUE = 20
"""What an equal value or day adds to it."""
_SENTENCE = re.compile(r"[^。;\n]*")
_AREA = re.compile(r"(?:全|我|本)([国省市州盟县区旗])")
_UNDIVIDED = frozenset({"ratio", "time", "temperature", "score"})
"""Dimensions of which a part has the same as the whole: a rate and a term are no total that is divided."""


@dataclass(frozen=True)
class Said:
    """A number or date of a measure, with its sentence."""

    work: Work
    fact: Fact
    sentence: str

    @property
    def side(self) -> Side:
        """As it is told, in base units."""
        side = side_of(self.work.part, self.fact.start, self.fact.end)
        if self.fact.commitment is None:
            return side
        value, unit = self.fact.base
        return replace(side, value=value, unit=unit, result_id=self.fact.commitment.id)

    @property
    def about(self) -> str | None:
        """The indicator of a number."""
        return self.fact.commitment.indicator if self.fact.commitment is not None else None


@dataclass(frozen=True)
class Answering:
    """A body that answers for a measure."""

    unit: Unit
    role: Role
    side: Side


def facts_of(work: Work, reading: Reading) -> list[Said]:
    """The commitments of a measure, the dates by which its results are due, and how long it is in force."""
    text = work.part.text
    sentences = [found.span() for found in _SENTENCE.finditer(text)]
    return [
        Said(work, fact, next(text[start:end] for start, end in sentences if fact.start < end))
        for fact in reading.facts(work.part)
        if fact.commitment is not None
        or (fact.date is not None and fact.date.date and (fact.due or fact.date.role == "validity"))
    ]


def bodies_of(work: Work, source: str) -> list[Answering]:
    """The bodies that answer for a measure, each once, without phrases for several (各有关部门)."""
    found: dict[str, Answering] = {}
    piece = work.part.piece
    for id_, duty in work.duties:
        for number, unit in enumerate(duty.units, 1):
            if unit.kind != "group":
                side = Side(
                    document_id=piece.document_id,
                    text=source[slice(*unit.span)],
                    span=unit.span,
                    clause_id=piece.clause_id,
                    path=piece.path,
                    result_id=f"{id_}.u{number}",
                )
                found.setdefault(_called(unit), Answering(unit, duty.role, side))
    return list(found.values())


def _called(unit: Unit) -> str:
    return unit.id or View.of(unit.mention).text


def numbers(upper: Sequence[Said], lower: Sequence[Said]) -> Iterator[Beside]:
    """Commitments of one indicator side by side, then those that one side alone has."""
    pairs = _paired(
        [said for said in upper if said.fact.quantity is not None],
        [said for said in lower if said.fact.quantity is not None],
    )
    for one, other in pairs:
        verdict = _number_verdict(one, other) if one is not None and other is not None else _alone(one)
        about = next((said.about for said in (one, other) if said is not None and said.about), None)
        yield _row("number", verdict, one, other, about)


def deadlines(upper: Sequence[Said], lower: Sequence[Said]) -> Iterator[Beside]:
    """Deadlines of like sentences side by side, then those that one side alone has."""
    pairs = _paired(
        [said for said in upper if said.fact.date is not None], [said for said in lower if said.fact.date is not None]
    )
    for one, other in pairs:
        verdict = _alone(one)
        if one is not None and other is not None:
            here, there = _last_day(one.fact), _last_day(other.fact)
            verdict = "same" if here == there else "earlier" if there < here else "later"
        yield _row("deadline", verdict, one, other, None)


def bodies(upper: Sequence[Answering], lower: Sequence[Answering]) -> Iterator[Beside]:
    """Bodies of the same system side by side, then those that one side alone has."""
    free = list({_called(answering.unit): answering for answering in reversed(lower)}.values())[::-1]
    partners: list[tuple[Answering, Answering | None, Verdict]] = []
    for verdict, close in (("same", _is_same), ("counterpart", _is_counterpart)):
        for one in upper:
            if all(one is not taken for taken, _, _ in partners):
                close_ones = [other for other in free if close(one, other)]
                other = min(close_ones, key=lambda each: each.role != one.role, default=None)
                if other is not None:
                    partners.append((one, other, verdict))  # type: ignore[arg-type]
                    free.remove(other)
    order = {id(one): number for number, one in enumerate(upper)}
    found = {id(one) for one, _, _ in partners}
    rows = [*partners, *((one, None, "missing") for one in upper if id(one) not in found)]
    for one, other, verdict in sorted(rows, key=lambda row: order[id(row[0])]):
        yield Beside(
            kind="body",
            verdict=verdict,
            upper=one.side,
            lower=other.side if other is not None else None,
            upper_role=one.role,
            lower_role=other.role if other is not None else None,
        )
    for other in free:
        yield Beside(kind="body", verdict="local", lower=other.side, lower_role=other.role)


def _paired(upper: Sequence[Said], lower: Sequence[Said]) -> list[tuple[Said | None, Said | None]]:
    """The likest first, each once; in the order of the upper text, then what the lower one has besides."""
    scored = sorted(
        (
            (score, -here, -there)
            for here, one in enumerate(upper)
            for there, other in enumerate(lower)
            if (score := _likeness(one, other))
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for _, here, there in scored:
        if -here not in partner and -there not in partner.values():
            partner[-here] = -there
    pairs: list[tuple[Said | None, Said | None]] = [
        (one, lower[partner[here]] if here in partner else None) for here, one in enumerate(upper)
    ]
    return [*pairs, *((None, other) for there, other in enumerate(lower) if there not in partner.values())]


def _likeness(one: Said, other: Said) -> float:
    """How surely two numbers are about one indicator, or two dates about one thing; 0 where they are not."""
    here, there = one.fact, other.fact
    if here.date is not None and there.date is not None:
        if here.date.role != there.date.role:
            return 0.0
        equal, alike = _last_day(here) == _last_day(there), ratio(one.sentence, other.sentence)
        fits = equal
    else:
        assert here.commitment is not None and there.commitment is not None
        if here.base[1] != there.base[1] or here.commitment.change != there.commitment.change:
            return 0.0
        equal, alike = here.key == there.key, ratio(one.about or one.sentence, other.about or other.sentence)
        fits = equal and ratio(one.sentence, other.sentence) >= SAME_THING  # an indicator may stand before a comma
    alike += SAME_VALUE * equal
    return max(alike, 1.0) if fits or alike >= SAME_THING else 0.0


def _number_verdict(one: Said, other: Said) -> Verdict:
    (here, _), (there, _) = one.fact.base, other.fact.base
    assert one.fact.quantity is not None and other.fact.quantity is not None
    tops = one.fact.quantity.upper, other.fact.quantity.upper
    if here is None or there is None:
        return "listed"
    if (here, tops[0]) == (there, tops[1]):
        return "same"
    if _is_total(one) and _is_total(other):
        areas = [_AREA.findall(said.sentence[: said.sentence.find(_quote(said))]) for said in (one, other)]
        return "share" if areas[0] and areas[1] and areas[0][-1] != areas[1][-1] else "listed"
    return "higher" if there > here else "lower"


def _quote(said: Said) -> str:
    return said.work.part.text[said.fact.start : said.fact.end]


def _is_total(said: Said) -> bool:
    """Whether a number is what an area reaches as a whole: a part of the area has its share of it."""
    promised, quantity = said.fact.commitment, said.fact.quantity
    assert promised is not None and quantity is not None
    is_sum = quantity.dimension not in _UNDIVIDED and promised.comparator not in ("<=", "<")
    return is_sum and promised.kind == "target" and promised.per is None


def _last_day(fact: Fact) -> str:
    """The end of a date that is as precise as the text; before a year is the end of the one before."""
    assert fact.date is not None and fact.date.date is not None
    date = fact.date.date
    if fact.date.bound == "before" and len(date) == 4 and "底" not in fact.date.text and "末" not in fact.date.text:
        return f"{int(date) - 1}-12-31"
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def _alone(one: Said | None) -> Verdict:
    return "missing" if one is not None else "local"


def _row(
    kind: Literal["number", "deadline"], verdict: Verdict, one: Said | None, other: Said | None, about: str | None
) -> Beside:
    return Beside(
        kind=kind,
        verdict=verdict,
        about=about,
        upper=one.side if one is not None else None,
        lower=other.side if other is not None else None,
    )


def _is_same(one: Answering, other: Answering) -> bool:
    return _called(one.unit) == _called(other.unit)


def _is_counterpart(one: Answering, other: Answering) -> bool:
    return are_counterparts(one.unit, other.unit)
