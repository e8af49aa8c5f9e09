"""What an issue says in numbers, dates and names of bodies, and which of it a result claims (覆盖台账)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.model.span import Span

FoundKind = Literal["number", "date", "body"]


class Found(Struct, frozen=True, kw_only=True, gc=False):
    """A number with a unit, a date or the name of a body, claimed by a result or not."""

    kind: FoundKind
    text: str
    """As printed, without line breaks."""
    span: Span | None = None
    """Where it stands; null where it was taken out of the text."""
    removed: int | None = None
    """Index into ``source.removed`` of the piece that it stands in."""
    document_id: str | None = None
    """Document; null for what belongs to the issue itself."""
    claimed_by: str | None = None
    """Id of the result that says it (d2/c11, d2/m4.r1.u2, d2.date); null where none does."""
    reason: str | None = None
    """Why no result claims it, where a rule saw that; null where none did: these are to be read."""
    rule: str | None = None
    """Name of the rule that saw the reason; lexicon/rules.toml says what it means."""


class Coverage(Struct, frozen=True, kw_only=True, gc=False):
    """The ledger of an issue: all that was found, in the order of the text, each claimed or not (覆盖台账)."""

    source: str
    """Name of the file."""
    found: tuple[Found, ...]

    @property
    def claimed(self) -> tuple[Found, ...]:
        """What a result says."""
        return tuple(each for each in self.found if each.claimed_by is not None)

    @property
    def unclaimed(self) -> tuple[Found, ...]:
        """What no result says."""
        return tuple(each for each in self.found if each.claimed_by is None)
