"""Component gazette_references (to be filled)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.structure.frame import Frame


@Language.component("gazette_references")
def references(doc: Doc) -> Doc:
    """Fill the attributes of this component."""
    frame: Frame = doc._.gazette_frame
    doc._.gazette_references = ()
    return doc
