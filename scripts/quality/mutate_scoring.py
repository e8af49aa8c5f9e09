"""What a list of changes gets right of what was planted: recall by kind, precision, phantoms.

A change counts for a planted edit only where it is of its kind, stands at its words and, with numbers, goes as far.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from scripts.quality.folding import fold
from scripts.quality.mutate_planting import Pair
from scripts.quality.rewriting import Json

ACCEPTED: dict[str, frozenset[str]] = {
    "condition-widened": frozenset({"condition-widened", "condition-changed"}),
    "condition-narrowed": frozenset({"condition-narrowed", "condition-changed"}),
    "condition-changed": frozenset({"condition-widened", "condition-narrowed", "condition-changed"}),
}
"""What may be reported for a planted kind, where it is not that kind alone."""
_WITH_IT: dict[str, frozenset[str]] = {
    "lead-moved": frozenset({"lead-moved", "role-changed"}),
    "unit-changed": frozenset({"unit-changed"}),
}
"""What else of a planted edit may be reported besides."""
_WHOLE = frozenset({"clause-added", "clause-removed"})
_BY_NAME = frozenset(
    {"body-added", "body-removed", "lead-moved", "role-changed", "reference-updated", "status-changed"}
)
_NOT_OF_THE_TEXT = frozenset({"date-changed"})
"""Follows from the other date that a text with renamed bodies must bear."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RUN = 3
_AROUND = 8
_LONG = 12


@dataclass
class Score:
    """Figures over pairs."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    meaning: int = 0
    """Changes of meaning that were reported."""
    explained: int = 0
    phantoms: Counter[str] = field(default_factory=Counter)
    """Changes of meaning reported where nothing was planted, by what the pair holds that is no change."""
    noise: Counter[str] = field(default_factory=Counter)
    """Other words reported in pairs that differ in form alone."""
    failed: int = 0

    def add(self, other: Score) -> None:
        """Add the figures of other pairs."""
        for mine, theirs in (
            (self.planted, other.planted),
            (self.found, other.found),
            (self.phantoms, other.phantoms),
            (self.noise, other.noise),
        ):
            mine.update(theirs)
        self.meaning += other.meaning
        self.explained += other.explained
        self.failed += other.failed

    def recall(self, kinds: Iterable[str]) -> float:
        """Return the share of what was planted of some kinds that was found; 1 where nothing was."""
        listed = list(kinds)
        planted = sum(self.planted[kind] for kind in listed)
        return sum(self.found[kind] for kind in listed) / planted if planted else 1.0

    @property
    def precision(self) -> float:
        """Return the share of reported changes of meaning that were planted; 1 where none was reported."""
        return self.explained / self.meaning if self.meaning else 1.0


@dataclass
class Judged:
    """One pair and what was wrong with its changes."""

    pair: Pair
    score: Score
    missed: list[Json]
    extra: list[Json]


def judge(pair: Pair, found: Json | None) -> Judged:
    """Return what a list of changes gets right of a pair; None stands for a comparison that failed."""
    score = Score(planted=Counter(row["kind"] for row in pair.truth))
    if found is None:
        score.failed = 1
        return Judged(pair, score, list(pair.truth), [])
    reports = [_Report(change, found) for change in found.get("changes") or ()]
    truths = [_Truth(row, pair) for row in pair.truth]
    missed = []
    for truth in truths:
        if any(truth.found_by(report) for report in reports):
            score.found[truth.kind] += 1
        else:
            missed.append(truth.row)
    extra = []
    families = pair.families or ("-",)
    for report in reports:
        if not report.meaning:
            if report.kind == "wording" and not truths:
                score.noise.update(families)
            continue
        if report.kind in _NOT_OF_THE_TEXT and "renamed" in pair.families:
            continue
        score.meaning += 1
        if any(truth.explains(report) for truth in truths):
            score.explained += 1
            continue
        extra.append(report.change)
        if not any(truth.near(report) for truth in truths if truth.row["meaning"]):
            unmeant = {truth.kind for truth in truths if not truth.row["meaning"]}
            renumbered = {"renumbered"} if _WHOLE & {truth.kind for truth in truths} else set()
            score.phantoms.update(set(pair.families) | unmeant | renumbered or {"-"})
    return Judged(pair, score, missed, extra)


class _Report:
    """A reported change with its words folded, and what stands around them."""

    def __init__(self, change: Json, found: Json) -> None:
        self.change = change
        self.kind: str = change["kind"]
        self.meaning: bool = change["meaning"]
        self.text: dict[str, str] = {}
        self.window: dict[str, str] = {}
        for key in ("old", "new"):
            side = change.get(key)
            if side is not None:
                self.text[key] = fold(side.get("text"))
                self.window[key] = _window(side, found.get(key)) or self.text[key]

    def value(self, key: str) -> Decimal | None:
        """The number of a side."""
        return _decimal((self.change.get(key) or {}).get("value"))

    def path(self, key: str) -> list[str]:
        """The path of the clause of a side."""
        return [fold(label) for label in (self.change.get(key) or {}).get("path") or ()]


def _window(side: Json, edition: Any) -> str | None:
    """The words of a side with a few characters to the left and right, where the compared text is given."""
    start, end = side.get("span") or (side.get("start"), side.get("end"))
    text = edition.get("text") if isinstance(edition, dict) else None
    if text is None or start is None or end is None:
        return None
    return fold(text[max(0, start - _AROUND) : end + _AROUND])


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _share(text: str, words: str) -> bool:
    """Tell whether two runs of words of one clause mean one place: one in the other, or a number or a run in both."""
    if words in text or text in words or set(_NUMBER.findall(text)) & set(_NUMBER.findall(words)):
        return True
    return any(words[at : at + _RUN] in text for at in range(len(words) - _RUN + 1))


class _Truth:
    """A planted change with its words folded."""

    def __init__(self, row: Json, pair: Pair) -> None:
        self.row = row
        self.kind: str = row["kind"]
        self.accepted = ACCEPTED.get(self.kind, frozenset({self.kind})) | ({row["also"]} if row.get("also") else set())
        self.words: dict[str, str] = {}
        self.around: dict[str, str] = {}
        self.within: dict[str, str] = {}
        for key, text in (("old", pair.old), ("new", pair.new)):
            side = row[key]
            if side is not None:
                start, end = side["context"]
                self.words[key] = fold(side["words"]).strip(",;、")
                self.within[key] = fold(text[start:end])
                self.around[key] = fold(text[max(0, start - _AROUND) : end + _AROUND])
        self.names = [fold(name) for name in row["names"]] if self.kind in _BY_NAME else []
        self.path = [fold(label) for label in row["path"] or ()]

    def _sides(self, report: _Report) -> Iterator[str]:
        return (key for key in self.words if key in report.text)

    def near(self, report: _Report) -> bool:
        """Tell whether a report stands in the clause, or where there is none at the words, of this edit."""
        sides = list(self._sides(report))
        return bool(sides) and all(self._near(report, key) for key in sides)

    def _near(self, report: _Report, key: str) -> bool:
        text, around = report.text[key], self.around[key]
        if report.window[key] in around or (len(text) >= _LONG and text in around):
            return True
        # The report has the whole clause, or more.
        return self.within[key] in text or (
            report.path(key) == self.path != [] and (text in around or self.words[key] in text)
        )

    def _meets(self, report: _Report) -> bool:
        return all(
            _share(report.text[key], self.words[key])
            or any(name in report.text[key] or report.text[key] in name for name in self.names)
            for key in self._sides(report)
        )

    def _as_far(self, report: _Report) -> bool:
        """Tell whether the reported numbers stand to each other as the planted ones do, whatever their scale."""
        planted = [_decimal((self.row[key] or {}).get("value")) for key in ("old", "new")]
        told = [report.value(key) for key in ("old", "new")]
        if not self.kind.startswith("value-") or None in planted or None in told:
            return True
        (a, b), (c, d) = planted, told
        return a * d == b * c  # type: ignore[operator]

    def found_by(self, report: _Report) -> bool:
        """Tell whether a report says what was planted."""
        here = self.near(report) and self._meets(report) and self._as_far(report)
        return here and report.kind in self.accepted

    def explains(self, report: _Report) -> bool:
        """Tell whether a reported change of meaning follows from this edit."""
        if self.found_by(report):
            return True
        if self.kind in _WHOLE:
            key = "new" if self.kind == "clause-added" else "old"
            return set(report.text) == {key} and self._near(report, key)
        if self.kind == "deadline-moved" and report.kind == self.kind:
            return self._same_date(report)
        return report.kind in _WITH_IT.get(self.kind, ()) and self.near(report) and self._meets(report)

    def _same_date(self, report: _Report) -> bool:
        """Tell whether a date moved elsewhere because it is taken over from here."""
        below = report.path("new")[: len(self.path)] == self.path != []
        return below or all(
            str(self.row[key]["value"]) in report.text[key]
            for key in ("old", "new")
            if key in report.text and self.row[key]
        )
