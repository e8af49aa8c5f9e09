"""Component gazette_commitments (to be filled)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.structure.frame import Frame


@Language.component("gazette_commitments")
def commitments(doc: Doc) -> Doc:
    """Fill the attributes of this component."""
    frame: Frame = doc._.gazette_frame
    doc._.gazette_commitments = ()
    return doc
