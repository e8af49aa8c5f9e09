"""What head and tail of a document say, while they are read (S05–S17)."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model import BlockKind, DocNumber, Span
from extractor.structure.boundaries import Start


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment that a document announces (附件说明)."""

    tight: str
    span: Span
    left_out: bool
    """The text says itself that it is not printed: （略）."""


@dataclass(slots=True)
class Header:
    """What head and tail of a document say, and the kind of each of their lines."""

    start: Start
    first: int
    last: int
    """Lines of the document: ``first`` up to ``last`` (exclusive)."""
    title: str | None = None
    tight_title: str = ""
    genre: str | None = None
    number: DocNumber | None = None
    addressees: list[str] = field(default_factory=list)
    tight_addressees: str = ""
    addressee_spans: list[Span] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    signature: Span | None = None
    date: str | None = None
    date_span: Span | None = None
    head_date: str | None = None
    attached: list[Attached] = field(default_factory=list)
    none_printed: bool = False
    """附件（略）：1.… : no attachment of the list is printed."""
    kinds: dict[int, BlockKind] = field(default_factory=dict)
    """Kind of each line of head and tail."""
    body: int = 0
    body_end: int = 0
    """Lines of the body."""
    body_at: int | None = None
    """Where the body begins inside the line of the addressees, where a line break was lost."""
