"""What two matched parts say differently: numbers, terms, bodies, conditions, references, and mere wording."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.changes.facts import Fact
from extractor.changes.judging import comparator_kind, condition_kind, number_kind, paired
from extractor.changes.pieces import Part, alike
from extractor.changes.redline import Run, Word
from extractor.grammar.strength import ORDER, Strength, comma_units, condition_ranges, means_same, strength_of
from extractor.model import ChangeGroup, ChangeKind, Side

GROUPS: dict[str, ChangeGroup] = {
    "value": "numbers",
    "unit": "numbers",
    "comparator": "numbers",
    "deadline": "deadlines",
    "date": "deadlines",
    "condition": "conditions",
    "body": "bodies",
    "lead": "bodies",
    "role": "bodies",
    "reference": "references",
    "validity": "validity",
    "status": "validity",
    "document": "clauses",
    "clause": "clauses",
    "wording": "wording",
}
"""Group of a kind of change, by its first word."""
NO_MEANING = frozenset({"wording", "clause-moved", "clause-split", "clause-merged", "body-renamed"})
STRENGTH_REACH = 24
"""Characters of a run in which a word of strength can be what changed; longer ones are other sentences."""
_CONDITION_RULES = frozenset(
    {"condition", "attribute", "before-grant", "duration-condition", "age", "condition-section"}
)
_LINKS = frozenset({",", "等", "和", "及", "与", "或", "或者", "以及"})
"""What joins one more of those for whom something holds."""
_BINDERS = frozenset("的和与及或而并且对在于等")
"""Words that alone change no condition."""


class Finding(Struct, frozen=True, kw_only=True):
    """A change before it is numbered and told."""

    kind: ChangeKind
    old: Side | None = None
    new: Side | None = None
    about: str | None = None
    of: Literal["target", "benefit", "requirement"] | None = None


@dataclass
class Half:
    """One side of a comparison: the part, what its words are covered by, and where its comma units stand."""

    part: Part
    covered: bytearray = field(init=False)
    starts: list[int] = field(init=False)
    conditions: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Look at the text once."""
        self.covered = bytearray(len(self.part.text))
        self.starts = [start for start, _ in comma_units(self.part.text)]
        self.conditions = list(condition_ranges(self.part.text))

    def unit_at(self, at: int) -> int:
        """Number of the comma unit at a place."""
        return bisect_right(self.starts, at)

    def cover(self, start: int, end: int) -> None:
        """These words are told."""
        self.covered[start:end] = b"\1" * (end - start)

    def in_condition(self, start: int, end: int) -> bool:
        """Whether all of a range lies in a condition."""
        return any(begin <= start and end <= stop for begin, stop in self.conditions)

    def side(self, start: int, end: int) -> Side:
        """A range of the part as it is told."""
        return side_of(self.part, start, end)


def side_of(part: Part, start: int, end: int) -> Side:
    """A range of a part as it is told, in the words of the source."""
    span, piece = part.span(start, end), part.piece_at(start)
    return Side(
        document_id=piece.document_id,
        clause_id=piece.clause_id,
        path=piece.path,
        text=part.source[slice(*span)],
        span=span,
    )


class Comparison:
    """The changes between two parts, from the runs of their words."""

    def __init__(self, old: Part, new: Part, runs: Sequence[Run]) -> None:
        self.old, self.new = Half(old), Half(new)
        self.runs = runs
        self.found: list[Finding] = []
        self.named = [
            {word.key for run in runs for word in side(run) if word.fact is not None and word.fact.kind == "body"}
            for side in (_old, _new)
        ]
        self.told: set[str] = set()
        """Bodies that are told to have come or gone."""
        self.hardened: set[int] = set()
        """Comma units of the new side whose strength is told."""

    def findings(self) -> list[Finding]:
        """All changes of the pair but those of its bodies' duties, in order."""
        for run in self.runs:
            if run.same:
                for here, there in zip(run.old, run.new, strict=True):
                    self._same(here, there)
            else:
                self._strength(run)
                self._facts(run)
        self._comparators()
        for run in self.runs:
            if not run.same:
                self._conditions(run)
        self._wording()
        return self.found

    # -- numbers ---------------------------------------------------------------------------------------------------

    def _facts(self, run: Run) -> None:
        old, new = _facts(run.old), _facts(run.new)
        for kind in ("number", "date", "body", "reference"):
            here, there = [fact for fact in old if fact.kind == kind], [fact for fact in new if fact.kind == kind]
            if kind == "body":  # their duties are compared as a whole; one that is named elsewhere did not go
                here, there = self._left(self.old, here, self.named[1]), self._left(self.new, there, self.named[0])
            for one, other in paired(here, there):
                self._fact(kind, one, other)

    def _left(self, half: Half, facts: Sequence[Fact], others: Collection[str]) -> list[Fact]:
        """Bodies without a duty that the other side does not name, each once."""
        found: dict[str, Fact] = {}
        for fact in facts:
            half.cover(fact.start, fact.end)
            if fact.duty is None and fact.key not in others and fact.key not in self.told:
                found.setdefault(fact.key, fact)
        self.told |= set(found)
        return list(found.values())

    def _fact(self, kind: str, one: Fact | None, other: Fact | None) -> None:
        if one is not None:
            self.old.cover(one.start, one.end)
        if other is not None:
            self.new.cover(other.start, other.end)
        if one is not None and other is not None:
            if self._words(self.old, one) == self._words(self.new, other):
                return  # told where it comes from: the year of 第二季度 stands in the sentence before
            if one.reference is not None and other.reference is not None and one.title == other.title:
                numbers = {one.reference.doc_number is None, other.reference.doc_number is None}
                if len(numbers) == 2:
                    return  # a number that a broken line keeps from being read
        if kind == "number":
            self._number(one, other)
        elif kind == "date":
            self._date(one, other)
        elif kind == "reference":
            which: ChangeKind = "reference-added" if one is None else "reference-removed"
            self._add("reference-updated" if one is not None and other is not None else which, one, other)
        elif kind == "body":
            if one is not None:
                self._add("body-removed", one, None)
            if other is not None:
                self._add("body-added", None, other)

    def _words(self, half: Half, fact: Fact) -> str:
        return alike(half.part.text[fact.start : fact.end])

    def _number(self, one: Fact | None, other: Fact | None) -> None:
        if one is None or other is None:
            fact, half = (one, self.old) if one is not None else (other, self.new)
            assert fact is not None
            if _of_condition(half, fact):
                self._add("condition-changed", one, other)
            elif _of_validity(half, fact):
                self._add("validity-changed", one, other)
            else:
                self._add("value-new" if one is None else "value-dropped", one, other)
            return
        if _of_validity(self.old, one) and _of_validity(self.new, other):
            self._add("validity-changed", one, other)
            return
        kind = number_kind(one, other)
        if _of_condition(self.old, one) and _of_condition(self.new, other):
            self._add(condition_kind(one, other, kind), one, other)
        else:
            self._add(kind, one, other)

    def _date(self, one: Fact | None, other: Fact | None) -> None:
        roles = {fact.date.role for fact in (one, other) if fact is not None and fact.date is not None}
        in_condition = all(
            half.in_condition(fact.start, fact.end)
            for half, fact in ((self.old, one), (self.new, other))
            if fact is not None
        )
        kind: ChangeKind
        if "validity" in roles or ("start" in roles and not in_condition):
            kind = "validity-changed"
        elif in_condition:
            kind = "condition-changed"
        elif roles == {"deadline"} or all(fact.due for fact in (one, other) if fact is not None):
            kind = "deadline-new" if one is None else "deadline-dropped" if other is None else "deadline-moved"
        else:
            kind = "date-changed"
        self._add(kind, one, other)

    # -- words -----------------------------------------------------------------------------------------------------

    def _same(self, here: Word, there: Word) -> None:
        """Two facts that say the same; a body may be called otherwise since a reform."""
        if here.fact is None or there.fact is None or here.fact.kind != "body":
            return
        one, other = self.old.part.text[here.start : here.end], self.new.part.text[there.start : there.end]
        if alike(one) != alike(other):
            self._add("body-renamed", here.fact, there.fact)

    def _strength(self, run: Run) -> None:
        """Words that bind harder or softer than those in their place."""
        old, old_word = _strongest(self.old.part, run.old)
        new, new_word = _strongest(self.new.part, run.new)
        if not (run.old and run.new) and any(word.fact is not None for word in (*run.old, *run.new)):
            return  # a phrase of its own, with its number
        if old == new or {old, new} == {"plain", "must"} or _length(run.old) + _length(run.new) > STRENGTH_REACH:
            return
        kind: ChangeKind = "comparator-hardened" if ORDER.index(new) > ORDER.index(old) else "comparator-softened"
        for half, words in ((self.old, run.old), (self.new, run.new)):
            for word in words:
                if word.fact is None:
                    half.cover(word.start, word.end)
        self.hardened.add(self.new.unit_at((new_word or (run.new[0] if run.new else None) or self._behind(run)).start))
        self._tell(kind, run.old if old_word else (), run.new if new_word else ())

    def _behind(self, run: Run) -> Word:
        """The word of the new side before which a run was left out."""
        at = next(i for i, each in enumerate(self.runs) if each is run)
        return next((each.new[0] for each in self.runs[at + 1 :] if each.new), Word(0, 0, ""))

    def _comparators(self) -> None:
        """Numbers of both sides whose comparator differs."""
        for run in self.runs:
            for one, other in _all_pairs(run):
                if one.kind != "number" or one.quantity is None or other.quantity is None:
                    continue
                kind = comparator_kind(one, other)
                if kind is not None and self.new.unit_at(other.start) in self.hardened:
                    self.old.cover(*_with_cue(self.old.part, one))
                    self.new.cover(*_with_cue(self.new.part, other))
                elif kind is not None:
                    self._cue(one, other, kind)

    def _cue(self, one: Fact, other: Fact, kind: ChangeKind) -> None:
        """Tell of a comparator, if its words changed: the reading alone is no change of the text."""
        spans = [_with_cue(half.part, fact) for half, fact in ((self.old, one), (self.new, other))]
        if alike(self.old.part.text[slice(*spans[0])]) == alike(self.new.part.text[slice(*spans[1])]):
            return
        self.old.cover(*spans[0])
        self.new.cover(*spans[1])
        in_condition = _of_condition(self.old, one) and _of_condition(self.new, other)
        self.found.append(
            Finding(
                kind="condition-changed" if in_condition else kind,
                old=self.old.side(*spans[0]),
                new=self.new.side(*spans[1]),
                about=_about(one) or _about(other),
                of=_of(one) or _of(other),
            )
        )

    def _conditions(self, run: Run) -> None:
        """Words of a condition: fewer of them widen it, more of them narrow it, but alternatives do the reverse."""
        old = [word for word in run.old if not word.is_mark and self.old.covered.find(1, word.start, word.end) < 0]
        new = [word for word in run.new if not word.is_mark and self.new.covered.find(1, word.start, word.end) < 0]
        if not any(word.key not in _BINDERS for word in (*old, *new)):
            return
        if not all(self.old.in_condition(word.start, word.end) for word in old):
            return
        if not all(self.new.in_condition(word.start, word.end) for word in new):
            return
        if len(old) == len(new) == 1 and means_same(old[0].key, new[0].key):
            return
        kind: ChangeKind = "condition-changed"
        if not old or not new:
            words = run.old or run.new
            choice = words[0].key in _LINKS or words[-1].key in _LINKS
            kind = "condition-narrowed" if (not old) != choice else "condition-widened"
        for half, changed in ((self.old, old), (self.new, new)):
            for word in changed:
                half.cover(word.start, word.end)
        self._tell(kind, old, new)

    def _wording(self) -> None:
        """What is left of the words: one change for the pair, from its first word to its last."""
        old = [word for run in self.runs if not run.same for word in run.old if self._is_left(self.old, word)]
        new = [word for run in self.runs if not run.same for word in run.new if self._is_left(self.new, word)]
        if old or new:
            self._tell("wording", old, new)

    def _is_left(self, half: Half, word: Word) -> bool:
        return not word.is_mark and half.covered.find(1, word.start, word.end) < 0

    # -- telling ---------------------------------------------------------------------------------------------------

    def _add(self, kind: ChangeKind, one: Fact | None, other: Fact | None) -> None:
        self.found.append(
            Finding(
                kind=kind,
                old=_fact_side(self.old, one),
                new=_fact_side(self.new, other),
                about=next((_about(fact) for fact in (other, one) if fact is not None and _about(fact)), None),
                of=next((_of(fact) for fact in (other, one) if fact is not None and _of(fact)), None),
            )
        )

    def _tell(self, kind: ChangeKind, old: Sequence[Word], new: Sequence[Word]) -> None:
        self.found.append(
            Finding(
                kind=kind,
                old=self.old.side(old[0].start, old[-1].end) if old else None,
                new=self.new.side(new[0].start, new[-1].end) if new else None,
            )
        )


def _length(words: Sequence[Word]) -> int:
    return sum(word.end - word.start for word in words)


def _old(run: Run) -> tuple[Word, ...]:
    return run.old


def _new(run: Run) -> tuple[Word, ...]:
    return run.new


def _facts(words: Iterable[Word]) -> list[Fact]:
    return [word.fact for word in words if word.fact is not None]


def _all_pairs(run: Run) -> Iterator[tuple[Fact, Fact]]:
    if run.same:
        yield from (
            (here.fact, there.fact)
            for here, there in zip(run.old, run.new, strict=True)
            if here.fact is not None and there.fact is not None
        )
    else:
        old = [fact for fact in _facts(run.old) if fact.kind == "number"]
        new = [fact for fact in _facts(run.new) if fact.kind == "number"]
        yield from ((one, other) for one, other in paired(old, new) if one is not None and other is not None)


def _of_condition(half: Half, fact: Fact) -> bool:
    if fact.commitment is not None:
        return False
    return fact.rule in _CONDITION_RULES or half.in_condition(fact.start, fact.end)


def _of_validity(half: Half, fact: Fact) -> bool:
    """有效期5年: the duration for which the text itself holds."""
    if fact.quantity is None or fact.quantity.dimension != "time":
        return False
    before = half.part.text[max(0, fact.start - 12) : fact.start]
    return before.rstrip("为至限").endswith(("有效期", "有效", "试行", "施行期", "执行期", "试行期"))


def _with_cue(part: Part, fact: Fact) -> tuple[int, int]:
    """A number with its comparator; 为 and 增至 bound nothing."""
    assert fact.quantity is not None
    shift = fact.start - fact.quantity.start
    bounds = fact.quantity.cue_start >= 0 and fact.quantity.op != "="
    start = fact.quantity.cue_start + shift if bounds else fact.start
    return max(0, min(start, fact.start)), min(len(part.text), max(fact.end, fact.quantity.close + shift))


def _strongest(part: Part, words: Sequence[Word]) -> tuple[Strength, Word | None]:
    """The strength that differs most from a plain sentence, and the word that gives it."""
    said = ((strength_of(word.key, part.text[word.end : word.end + 2]), word) for word in words)
    found = [(strength, word) for strength, word in said if strength is not None]
    if not found:
        return "plain", None
    plain = ORDER.index("plain")
    return max(found, key=lambda row: abs(ORDER.index(row[0]) - plain))


def _about(fact: Fact) -> str | None:
    if fact.commitment is not None:
        return fact.commitment.indicator
    if fact.unit is not None:
        return fact.unit.name or fact.unit.mention
    return fact.reference.title if fact.reference is not None else None


def _of(fact: Fact) -> Literal["target", "benefit", "requirement"] | None:
    return fact.commitment.kind if fact.commitment is not None else None


def _fact_side(half: Half, fact: Fact | None) -> Side | None:
    if fact is None:
        return None
    if fact.quantity is None:
        return half.side(fact.start, fact.end)
    start, end = _with_cue(half.part, fact)
    value, unit = fact.base
    said = fact.commitment.id if fact.commitment is not None else None
    return replace(half.side(start, end), value=value, unit=unit, result_id=said)
