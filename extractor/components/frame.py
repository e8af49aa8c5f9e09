"""Component gazette_frame: the structure of a text that no frame was given for, so that ours run in any pipeline."""

from __future__ import annotations

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from extractor import structure
from extractor.model import Document
from extractor.series import GENERIC
from extractor.structure.frame import Frame


@Language.component("gazette_frame", assigns=["doc._.gazette_frame"])
def frame(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_frame`` where nobody did: the whole text is read as one document, titled like its first."""
    own = doc._
    if own.gazette_diagnostics is None:
        own.gazette_diagnostics = []
    if own.gazette_frame is None:
        outline = structure.build(doc.text, GENERIC, (), (), {})
        own.gazette_diagnostics.extend(outline.diagnostics)
        whole = _joined(outline.documents) if outline.documents else Document(id="d1", span=(0, 0), blocks=())
        own.gazette_frame = Frame.of(doc.text, whole, None, outline.masthead.jurisdiction)
    return doc


def _joined(documents: tuple[Document, ...]) -> Document:
    """One document that holds the blocks, clauses and tables of all."""
    return replace(
        documents[0],
        span=(documents[0].span[0], documents[-1].span[1]),
        blocks=tuple(block for document in documents for block in document.blocks),
        clauses=tuple(clause for document in documents for clause in document.clauses),
        tables=tuple(table for document in documents for table in document.tables),
    )
