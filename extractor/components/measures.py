"""Component gazette_measures (to be filled)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.structure.frame import Frame


@Language.component("gazette_measures")
def measures(doc: Doc) -> Doc:
    """Fill the attributes of this component."""
    frame: Frame = doc._.gazette_frame
    doc._.gazette_measures = ()
    return doc
