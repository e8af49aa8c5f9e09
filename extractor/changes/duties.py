"""What two matched parts say differently of the bodies that answer for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.changes.compare import Finding, side_of
from extractor.changes.facts import Fact
from extractor.changes.pieces import Part
from extractor.model import Role, Side

Said = tuple[Part, Fact]
"""A body with a duty, and the part that says so."""


def compare_duties(old: Sequence[Said], new: Sequence[Said]) -> Iterator[Finding]:
    """Bodies that were added or removed, leads that moved, and roles that changed, in the order of the text."""
    before, after = _by_body(old), _by_body(new)
    leads = [[key for key, said in side.items() if _role(said) == "lead"] for side in (before, after)]
    gone = [key for key in leads[0] if key not in leads[1]]
    come = [key for key in leads[1] if key not in leads[0]]
    moved = set(gone) | set(come) if gone and come else set[str]()
    for left, taken in zip(gone, come, strict=False) if moved else ():
        yield Finding(kind="lead-moved", old=_side(before[left]), new=_side(after[taken]), about=_name(after[taken]))
    for key in (*gone[len(come) :], *come[len(gone) :]) if moved else ():
        moved.discard(key)
    for key, said in before.items():
        if key not in after and key not in moved:
            yield Finding(kind="body-removed", old=_side(said), about=_name(said))
    for key, said in after.items():
        if key not in before and key not in moved:
            yield Finding(kind="body-added", new=_side(said), about=_name(said))
        elif key in before and key not in moved and _role(before[key]) != _role(said):
            yield Finding(kind="role-changed", old=_side(before[key]), new=_side(said), about=_name(said))


def _by_body(said: Sequence[Said]) -> dict[str, Said]:
    """Each body once, with the first role that it has."""
    found: dict[str, Said] = {}
    for part, fact in said:
        found.setdefault(fact.key, (part, fact))
    return found


def _role(said: Said) -> Role | None:
    return said[1].duty.role if said[1].duty is not None else None


def _name(said: Said) -> str | None:
    unit = said[1].unit
    return (unit.name or unit.mention) if unit is not None else None


def _side(said: Said) -> Side:
    part, fact = said
    return side_of(part, fact.start, fact.end)
