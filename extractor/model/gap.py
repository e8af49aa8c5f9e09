"""What a plan leaves open and where it contradicts itself (缺项与矛盾)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extractor.model.span import Span

GapKind = Literal["no-lead", "no-deadline", "no-target", "two-values", "past-deadline", "stale-body"]


class GapPlace(Struct, frozen=True, kw_only=True, gc=False):
    """The value that a gap is about: a measure, a commitment, a milestone, a responsibility or a unit."""

    source: str
    """Name of the file."""
    id: str
    """Id of the value, as gazette explain takes it: d2/m4, d2/c11, d2/m4.r1.u2."""
    span: Span
    line: int
    """Line of the source where the issue was parsed with places, else of the text."""
    text: str
    """Title of the measure, or the words of the value."""


class Gap(Struct, frozen=True, kw_only=True, gc=False):
    """Something missing, or something that does not agree (缺项、矛盾)."""

    kind: GapKind
    place: GapPlace
    message: str
    """One sentence for a person."""
    zh: str
    """The same in Chinese, for readable forms; empty where the kind says it all."""
    other: GapPlace | None = None
    """What it does not agree with."""
