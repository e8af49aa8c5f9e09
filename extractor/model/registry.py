"""What the registry of bodies (机关单位) answers to a search."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.model.duty import BodyKind, Level


class BodyEntry(Struct, frozen=True, kw_only=True):
    """One body of the registry."""

    name: str
    """Full name; with ``○○`` for the place where it is that of any place."""
    short: tuple[str, ...] = ()
    kind: BodyKind
    level: Level | None = None
    """None where it is of any level."""
    place: str | None = None
    """GB/T 2260 code of the seat."""
    seat: str | None = None
    """Name of the seat."""
    parent: str | None = None
    """Whose organ it is."""
    since: int | None = None
    until: int | None = None
    before: tuple[str, ...] = ()
    """What it was called before, or whose work it took over."""
    after: tuple[str, ...] = ()
    """What it is called since."""
    basis: Literal["national", "pattern", "added", "mention", "member"]
    """Where it is from: pattern says what such an office is called, and not that the place has one."""
