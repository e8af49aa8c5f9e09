"""What two matched parts say differently: numbers, terms, bodies, conditions, references, and mere wording."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from extractor.changes.facts import Fact
from extractor.changes.halves import Half, fact_side, of_condition, of_force, of_validity, with_cue
from extractor.changes.judging import comparator_kind, condition_kind, number_kind, paired, years_of
from extractor.changes.pieces import Part, alike
from extractor.changes.redline import Run, Word
from extractor.grammar.strength import (
    ORDER,
    Strength,
    is_adverb,
    means_same,
    strength_of,
)
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
            if of_condition(half, fact):
                self._add("condition-changed", one, other)
            elif of_validity(half, fact):
                self._add("validity-changed", one, other)
            else:
                self._add("value-new" if one is None else "value-dropped", one, other)
            return
        if of_validity(self.old, one) and of_validity(self.new, other):
            self._add("validity-changed", one, other)
            return
        kind = number_kind(one, other)
        if of_condition(self.old, one) and of_condition(self.new, other):
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
        years = [years_of(fact) for fact in (one, other)]
        kind: ChangeKind
        if years[0] is not None and years[1] is not None:
            kind = "value-raised" if years[1] > years[0] else "value-lowered"
        elif roles & {"validity", "start"} and all(
            of_force(half.part, fact) for half, fact in ((self.old, one), (self.new, other)) if fact is not None
        ):
            kind = "validity-changed"
        elif in_condition:
            kind = "condition-changed"
        elif roles <= {"deadline", "validity", "start"} or all(fact.due for fact in (one, other) if fact is not None):
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
        if not self._stays(run, old_word, new_word):
            return  # the sentence was written anew, and its words of strength went with it
        for half, words in ((self.old, run.old), (self.new, run.new)):
            for word in words:
                if word.fact is None:
                    half.cover(word.start, word.end)
        self.hardened.add(self.new.unit_at((new_word or (run.new[0] if run.new else None) or self._behind(run)).start))
        self._tell(kind, run.old if old_word else (), run.new if new_word else ())

    def _stays(self, run: Run, old: Word | None, new: Word | None) -> bool:
        """Whether at least half of the comma unit around a word of strength is the same in both versions."""
        half, word = (self.new, new) if new is not None else (self.old, old)
        assert word is not None
        number = half.unit_at(word.start)
        same = whole = 0
        for each in self.runs:
            for other in each.new if half is self.new else each.old:
                if half.unit_at(other.start) == number and other is not word and not other.is_mark:
                    whole += other.end - other.start
                    same += (other.end - other.start) * each.same
        return same * 2 >= whole

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
                    self.old.cover(*with_cue(self.old.part, one))
                    self.new.cover(*with_cue(self.new.part, other))
                elif kind is not None:
                    self._cue(one, other, kind)

    def _cue(self, one: Fact, other: Fact, kind: ChangeKind) -> None:
        """Tell of a comparator, if its words changed: the reading alone is no change of the text."""
        spans = [with_cue(half.part, fact) for half, fact in ((self.old, one), (self.new, other))]
        if alike(self.old.part.text[slice(*spans[0])]) == alike(self.new.part.text[slice(*spans[1])]):
            return
        self.old.cover(*spans[0])
        self.new.cover(*spans[1])
        in_condition = of_condition(self.old, one) and of_condition(self.new, other)
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
        if all(is_adverb(word.key) for word in (*old, *new)):
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
                old=fact_side(self.old, one),
                new=fact_side(self.new, other),
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
