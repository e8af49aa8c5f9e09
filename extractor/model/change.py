"""What differs between two versions of a text (版本比对)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.span import Span

DIFF_SCHEMA_VERSION = "1.0"

ChangeKind = Literal[
    "value-raised",
    "value-lowered",
    "value-new",
    "value-dropped",
    "unit-changed",
    "comparator-hardened",
    "comparator-softened",
    "comparator-changed",
    "deadline-moved",
    "deadline-new",
    "deadline-dropped",
    "condition-widened",
    "condition-narrowed",
    "condition-changed",
    "body-added",
    "body-removed",
    "lead-moved",
    "role-changed",
    "body-renamed",
    "reference-added",
    "reference-removed",
    "reference-updated",
    "validity-changed",
    "status-changed",
    "date-changed",
    "document-added",
    "document-removed",
    "clause-added",
    "clause-removed",
    "clause-moved",
    "clause-split",
    "clause-merged",
    "wording",
]
ChangeGroup = Literal["numbers", "deadlines", "bodies", "conditions", "references", "validity", "clauses", "wording"]
"""What a change is about; ``--only`` takes these."""
PairStatus = Literal["kept", "edited", "moved", "renumbered", "split", "merged", "added", "removed"]


class Side(Struct, frozen=True, kw_only=True, gc=False):
    """One side of a change: the words, and where they stand in that version."""

    document_id: Annotated[str, Meta(description="Document of that version.")]
    text: Annotated[str, Meta(description="The words as printed.")]
    span: Annotated[Span, Meta(description="Where they stand in the text of that version.")]
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
    path: Annotated[tuple[str, ...], Meta(description="Path of the clause.")] = ()
    value: Annotated[Decimal | None, Meta(description="Number in base units.")] = None
    unit: Annotated[str | None, Meta(description="Base unit of the value.")] = None
    result_id: Annotated[str | None, Meta(description="Commitment or responsibility that says it.")] = None


class Change(Struct, frozen=True, kw_only=True, gc=False):
    """One difference between two versions (变化)."""

    id: Annotated[str, Meta(description="c1, c2 … in the order of the list.")]
    kind: Annotated[ChangeKind, Meta(description="What changed.")]
    group: Annotated[ChangeGroup, Meta(description="What it is about.")]
    meaning: Annotated[
        bool, Meta(description="Whether it changes what is said; false for wording, order and mere renamings.")
    ]
    pair: Annotated[int | None, Meta(description="Index of the pair of clauses that it belongs to.")]
    zh: Annotated[str, Meta(description="One line in Chinese for a person.")]
    old: Annotated[Side | None, Meta(description="The old version; null where only the new one has it.")] = None
    new: Annotated[Side | None, Meta(description="The new version; null where only the old one has it.")] = None
    about: Annotated[str | None, Meta(description="Indicator, body or title that it is about.")] = None
    of: Annotated[
        Literal["target", "benefit", "requirement"] | None, Meta(description="Kind of the commitment, where it is one.")
    ] = None


class Redline(Struct, frozen=True, kw_only=True, gc=False):
    """A run of words of a pair: the same on both sides, or deleted and inserted (花脸稿)."""

    same: Annotated[bool, Meta(description="Both sides say the same; the characters may differ in form.")]
    old: Annotated[Span | None, Meta(description="Words of the old version; null for an insertion.")] = None
    new: Annotated[Span | None, Meta(description="Words of the new version; null for a deletion.")] = None


class Piece(Struct, frozen=True, kw_only=True, gc=False):
    """A clause without its sub-clauses, or a paragraph outside any clause."""

    document_id: Annotated[str, Meta(description="Document of that version.")]
    span: Annotated[Span, Meta(description="From its first to its last character.")]
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
    path: Annotated[tuple[str, ...], Meta(description="Path of the clause.")] = ()


class Pair(Struct, frozen=True, kw_only=True, gc=False):
    """Pieces of the two versions that correspond to each other (条款对应)."""

    status: Annotated[PairStatus, Meta(description="What became of it.")]
    old: Annotated[tuple[Piece, ...], Meta(description="Several where they were merged; none where it was added.")]
    new: Annotated[tuple[Piece, ...], Meta(description="Several where it was split; none where it was removed.")]
    alike: Annotated[float, Meta(description="How much of the words is the same, 0 to 1.")]
    redline: Annotated[tuple[Redline, ...], Meta(description="Empty where nothing but form differs.")] = ()


class Edition(Struct, frozen=True, kw_only=True, gc=False):
    """One of the two versions: its text and the documents that were compared."""

    source: Annotated[str, Meta(description="Name of the file.")]
    sha256: Annotated[str, Meta(description="Of the file.")]
    document_ids: Annotated[tuple[str, ...], Meta(description="Documents that were compared.")]
    titles: Annotated[tuple[str | None, ...], Meta(description="Their titles.")]
    text: Annotated[str, Meta(description="Reading text that all spans of this side point into.")]


class Diff(Struct, frozen=True, kw_only=True, gc=False):
    """All that differs between two versions of a text (版本比对)."""

    old: Annotated[Edition, Meta(description="The old version.")]
    new: Annotated[Edition, Meta(description="The new version.")]
    changes: Annotated[tuple[Change, ...], Meta(description="In the order of the new text; what is gone at its place.")]
    pairs: Annotated[tuple[Pair, ...], Meta(description="All pieces of both sides, in the order of the new text.")]
    schema_version: Annotated[str, Meta(description="Version of this format.")] = DIFF_SCHEMA_VERSION

    @property
    def differs(self) -> bool:
        """Whether anything changed but order, numbering, cut of clauses and names of the same bodies."""
        return any(change.meaning or change.kind == "wording" for change in self.changes)
