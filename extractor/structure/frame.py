"""A document with its text, ready for the components: passages and what is known around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from extractor.bodies.additions import Additions
from extractor.model import BlockKind, Clause, Document, Span
from extractor.text.fold import View, fold


class Passage(Struct, frozen=True, gc=False):
    """A block of a document as the grammar reads it: folded, without spaces, tied to its clause."""

    kind: BlockKind
    span: Span
    clause: Clause | None
    view: View


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The documents of an issue, found by id, title, 文号 or the document that carries them."""

    by_id: Mapping[str, Document] = field(default_factory=dict)
    by_title: Mapping[str, Document] = field(default_factory=dict)
    """Keys are folded titles without spaces; the first document of a title counts."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The key of the title of each document, by id."""
    by_number: Mapping[str, Document] = field(default_factory=dict)
    """Keys are folded 文号 without spaces."""
    carried: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    """Children of each document that carries some."""

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Catalogue:
        """Make the catalogue of the documents of an issue."""
        keys = {document.id: View.of(document.title or "").text for document in documents}
        titles: dict[str, Document] = {}
        numbers: dict[str, Document] = {}
        carried: dict[str, list[Document]] = {}
        for document in documents:
            titles.setdefault(keys[document.id], document)
            if document.doc_number is not None:
                numbers.setdefault(View.of(document.doc_number.text).text, document)
            if document.parent_id is not None:
                carried.setdefault(document.parent_id, []).append(document)
        by_id = {document.id: document for document in documents}
        return cls(by_id, titles, keys, numbers, {id_: tuple(children) for id_, children in carried.items()})


@dataclass(frozen=True, slots=True)
class Frame:
    """One document on its way through the components."""

    text: str
    """Reading text of the whole issue; spans point into it."""
    document: Document
    """What the structure found; measures, commitments and the like are still empty."""
    folded: str
    """The text of the document, folded."""
    passages: tuple[Passage, ...]
    """Blocks of the document in order, tied to their clauses."""
    catalogue: Catalogue
    """The documents of the issue, this one among them."""
    jurisdiction: str | None = None
    """GB/T 2260 code of the issuer's place, where it is known."""
    added: Additions | None = None
    """Bodies that the user knows besides those of the lexicon."""

    @classmethod
    def of(
        cls,
        text: str,
        document: Document,
        catalogue: Catalogue | None = None,
        jurisdiction: str | None = None,
        folded: str | None = None,
        added: Additions | None = None,
    ) -> Frame:
        """Make the frame of a document; ``folded`` is the whole text, where it is folded already."""
        clauses = {clause.id: clause for clause in document.clauses}
        begin, end = document.span
        folded = fold(text[begin:end]) if folded is None else folded[begin:end]
        passages = tuple(
            Passage(
                block.kind,
                block.span,
                clauses.get(block.clause_id or ""),
                View.unspaced(folded[block.span[0] - begin : block.span[1] - begin], block.span[0]),
            )
            for block in document.blocks
        )
        return cls(text, document, folded, passages, catalogue or Catalogue.of((document,)), jurisdiction, added)

    def view(self, start: int, end: int) -> View:
        """The view of a range of the document."""
        begin = self.document.span[0]
        return View.unspaced(self.folded[start - begin : end - begin], start)

    @property
    def parent(self) -> Document | None:
        """The document that carries this one (R43: a convention in the covering notice holds for the plan)."""
        return self.catalogue.by_id.get(self.document.parent_id or "")

    @property
    def kin(self) -> tuple[Document, ...]:
        """This document, the one that carries it, those beside it and those that it carries."""
        beside = (
            (self.parent, *self.catalogue.carried.get(self.parent.id, ()))
            if self.parent is not None
            else (self.document,)
        )
        return (*beside, *self.catalogue.carried.get(self.document.id, ()))
