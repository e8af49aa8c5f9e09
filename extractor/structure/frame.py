"""A document with its text, ready for the components: passages and what is known around them."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model import BlockKind, Clause, Document, Span
from extractor.text.fold import View


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a document as the grammar reads it: folded, without spaces, tied to its clause."""

    kind: BlockKind
    span: Span
    clause: Clause | None
    view: View


@dataclass(frozen=True, slots=True)
class Frame:
    """One document on its way through the components."""

    text: str
    """Reading text of the whole issue; spans point into it."""
    document: Document
    """What the structure found; measures, commitments and the like are still empty."""
    passages: tuple[Passage, ...]
    """Blocks of the document in order, tied to their clauses."""
    documents: tuple[Document, ...] = ()
    """All documents of the issue, this one among them."""
    jurisdiction: str | None = None
    """GB/T 2260 code of the issuer's place, where it is known."""

    @classmethod
    def of(
        cls, text: str, document: Document, documents: tuple[Document, ...] = (), jurisdiction: str | None = None
    ) -> Frame:
        """Make the frame of a document."""
        clauses = {clause.id: clause for clause in document.clauses}
        passages = tuple(
            Passage(block.kind, block.span, clauses.get(block.clause_id or ""), View.of(text, *block.span))
            for block in document.blocks
        )
        return cls(text, document, passages, documents or (document,), jurisdiction)

    @property
    def parent(self) -> Document | None:
        """The document that carries this one (R43: a convention in the covering notice holds for the plan)."""
        return next((other for other in self.documents if other.id == self.document.parent_id), None)

    @property
    def children(self) -> tuple[Document, ...]:
        """The documents that this one carries."""
        return tuple(other for other in self.documents if other.parent_id == self.document.id)
