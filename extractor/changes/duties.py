"""What two matched parts say differently of the bodies that answer for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.changes.compare import Finding
from extractor.changes.facts import Fact
from extractor.changes.halves import side_of
from extractor.changes.pieces import Part
from extractor.changes.redline import Run
from extractor.model import Role, Side

Said = tuple[Part, Fact]
"""A body with a duty, and the part that says so."""


def compare_duties(
    old: tuple[Part, Sequence[Fact]], new: tuple[Part, Sequence[Fact]], runs: Sequence[Run]
) -> Iterator[Finding]:
    """Bodies that were added or removed, leads that moved, and roles that changed, in the order of the text.

    A body that is still named as often did not go, though another reading gives it no duty.
    """
    before, after = _by_body(*old), _by_body(*new)
    named = [Counter(fact.key for fact in facts if fact.kind == "body") for _, facts in (old, new)]
    gone = [key for key in before if key not in after and named[1][key] < named[0][key]]
    come = [key for key in after if key not in before and named[0][key] < named[1][key]]
    left = [key for key, said in before.items() if _is_lead(said) and (key in gone or _no_lead(after.get(key)))]
    taken = [key for key, said in after.items() if _is_lead(said) and (key in come or _no_lead(before.get(key)))]
    for one, other in zip(left, taken, strict=False):
        yield Finding(kind="lead-moved", old=_side(before[one]), new=_side(after[other]), about=_name(after[other]))
    told = {key for pair in zip(left, taken, strict=False) for key in pair}
    for key in gone:
        if key not in told:
            yield Finding(kind="body-removed", old=_side(before[key]), about=_name(before[key]))
    for key, said in after.items():
        if key in told:
            continue
        if key in come:
            yield Finding(kind="body-added", new=_side(said), about=_name(said))
        elif key in before and _role(before[key]) != _role(said) and _is_edited(before[key], said, runs):
            yield Finding(kind="role-changed", old=_side(before[key]), new=_side(said), about=_name(said))


def _is_edited(before: Said, after: Said, runs: Sequence[Run]) -> bool:
    """Whether words changed in the sentence of either: the reading of a bracket alone is no change of the text."""
    bounds = [(_sentence(part.text, fact.start)) for part, fact in (before, after)]
    for run in runs:
        if not run.same:
            for words, (start, end) in zip((run.old, run.new), bounds, strict=True):
                if any(not word.is_mark and start <= word.start < end for word in words):
                    return True
    return False


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, at) for mark in "。\n") + 1
    ends = [end for mark in "。\n" if (end := text.find(mark, at)) >= 0]
    return start, min(ends, default=len(text))


def _by_body(part: Part, facts: Sequence[Fact]) -> dict[str, Said]:
    """Each body with a duty once, with the first role that it has."""
    found: dict[str, Said] = {}
    for fact in facts:
        if fact.kind == "body" and fact.duty is not None:
            found.setdefault(fact.key, (part, fact))
    return found


def _is_lead(said: Said) -> bool:
    return _role(said) == "lead"


def _no_lead(said: Said | None) -> bool:
    """Whether a body answers, but not as lead."""
    return said is not None and not _is_lead(said)


def _role(said: Said) -> Role | None:
    return said[1].duty.role if said[1].duty is not None else None


def _name(said: Said) -> str | None:
    unit = said[1].unit
    return (unit.name or unit.mention) if unit is not None else None


def _side(said: Said) -> Side:
    part, fact = said
    return side_of(part, fact.start, fact.end)
