"""What an edit of a text is, and how edits make two texts out of one and a list of what was planted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scripts.quality.mutate_source import Span, Unit
from scripts.quality.rewriting import Json

INVERSE = {
    "value-raised": "value-lowered",
    "value-new": "value-dropped",
    "comparator-hardened": "comparator-softened",
    "condition-widened": "condition-narrowed",
    "body-added": "body-removed",
    "clause-added": "clause-removed",
    "clause-split": "clause-merged",
}
INVERSE |= {to: kind for kind, to in INVERSE.items()}
"""What a kind becomes when the edited text is the old one; kinds that are not here stay what they are."""
NO_CHANGE = "no-change:"
"""How the name of a kind begins that changes nothing."""


@dataclass(frozen=True)
class Replacement:
    """Characters of the text that are replaced by others."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Edit:
    """One known change: what it replaces, and where the words stand that changed.

    ``after`` makes the edited text, ``before`` what the other text needs besides (a paragraph that both have).
    """

    kind: str
    clause: int | None
    """Index of the clause whose meaning it touches; None outside clauses."""
    after: tuple[Replacement, ...]
    at: Span
    before: tuple[Replacement, ...] = ()
    at_after: Span | None = None
    """Where the words stand in the edited text, as a range of the unedited one, where they went to another place."""
    values: tuple[Any, Any] = (None, None)
    """What is compared as a number or date, before and after the edit."""
    names: tuple[str, ...] = ()
    """Bodies or titles that it is about."""
    also: str | None = None
    """Another kind by which it may rightly be called."""
    touched: frozenset[int] = field(default_factory=frozenset)
    """Further clauses that no other edit may touch."""
    structural: bool = False
    """It moves labels: one of these a text."""
    turned: bool | None = None
    """Whether the edited text must be the old one; None where it may be either."""

    @property
    def meaning(self) -> bool:
        """Tell whether it changes what is said."""
        return self.kind not in UNMEANT and not self.kind.startswith(NO_CHANGE)

    @property
    def clauses(self) -> frozenset[int]:
        """All clauses that no other edit may touch."""
        return self.touched | ({self.clause} if self.clause is not None else frozenset())


_NEAR = 2
UNMEANT = frozenset({"wording", "clause-moved", "clause-split", "clause-merged"})
"""Planted and looked for, but no change of what is said."""


@dataclass(frozen=True)
class Pair:
    """Two texts and what differs between them."""

    name: str
    old: str
    new: str
    truth: list[Json]
    families: tuple[str, ...]
    """Kinds of difference in it that are no change."""


def overlap(first: Iterable[Replacement], second: Iterable[Replacement]) -> bool:
    """Tell whether two sets of replacements meet, or come so near that nobody could tell whose words are whose."""
    others = list(second)
    return any(a.start <= b.end + _NEAR and b.start <= a.end + _NEAR for a in first for b in others)


class Layout:
    """A text after replacements, and where its ranges have gone."""

    def __init__(self, text: str, replacements: Iterable[Replacement]) -> None:
        self._replacements = sorted(set(replacements), key=lambda each: (each.start, each.end))
        pieces: list[str] = []
        at = 0
        for each in self._replacements:
            pieces += [text[at : each.start], each.new]
            at = each.end
        self.text = "".join([*pieces, text[at:]])

    def span(self, span: Span) -> Span:
        """Return where a range of the unedited text stands; what was inserted at its edges belongs to it."""
        start, end = span
        for each in self._replacements:
            growth = len(each.new) - (each.end - each.start)
            if each.end <= span[0] and each.start < span[0]:
                start += growth
                end += growth
            elif each.start <= span[1] and each.end <= span[1]:
                end += growth
        return start, end


def plant(unit: Unit, planned: Sequence[tuple[Edit, bool]], name: str) -> Pair:
    """Return the pair that edits make out of a text; an edit that is turned round gives the old text its change."""
    old_side = [each for edit, turned in planned for each in (edit.after if turned else edit.before)]
    new_side = [each for edit, turned in planned for each in (edit.before if turned else edit.after)]
    old, new = Layout(unit.text, old_side), Layout(unit.text, new_side)
    truth: list[Json] = []
    for edit, turned in planned:
        if edit.kind.startswith(NO_CHANGE):
            continue
        first, second = (edit.at_after or edit.at, edit.at) if turned else (edit.at, edit.at_after or edit.at)
        values = edit.values[::-1] if turned else edit.values
        clause = unit.clauses[edit.clause] if edit.clause is not None else None
        context = (clause.start, clause.end) if clause else None
        truth.append(
            {
                "kind": INVERSE.get(edit.kind, edit.kind) if turned else edit.kind,
                "meaning": edit.meaning,
                "doc": clause.doc if clause else None,
                "path": list(clause.path) if clause else None,
                "old": _side(old, first, context, values[0]),
                "new": _side(new, second, context, values[1]),
                "names": list(edit.names),
                "also": INVERSE.get(edit.also or "", edit.also) if turned else edit.also,
            }
        )
    families = {edit.kind.removeprefix(NO_CHANGE) for edit, _ in planned if edit.kind.startswith(NO_CHANGE)}
    return Pair(name, old.text, new.text, truth, tuple(sorted(families)))


def _side(layout: Layout, span: Span, clause: Span | None, value: Any) -> Json | None:
    start, end = layout.span(span)
    if start == end:
        return None
    around = (start, end)
    if clause and clause[0] <= span[0] and span[1] <= clause[1]:
        whole = layout.span(clause)
        around = (min(whole[0], start), max(whole[1], end))
    return {
        "words": layout.text[start:end],
        "start": start,
        "end": end,
        "value": str(value) if isinstance(value, Decimal) else value,
        "context": [*around],
    }


def reshape(pair: Pair, old_side: bool, replacements: Iterable[Replacement], family: str | None = None) -> Pair:
    """Return a pair with one of its texts written in another form; offsets of the truth follow."""
    layout = Layout(pair.old if old_side else pair.new, replacements)
    key = "old" if old_side else "new"
    truth = []
    for row in pair.truth:
        side = row[key]
        if side is not None:
            start, end = layout.span((side["start"], side["end"]))
            context = [*layout.span((side["context"][0], side["context"][1]))]
            side = {**side, "start": start, "end": end, "words": layout.text[start:end], "context": context}
        truth.append({**row, key: side})
    old, new = (layout.text, pair.new) if old_side else (pair.old, layout.text)
    families = {*pair.families, *([family] if family else [])}
    return Pair(pair.name, old, new, truth, tuple(sorted(families)))
