"""Component gazette_spans: the results of ours as spans, so that components of others can read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.components import put


@Language.component(
    "gazette_spans",
    requires=["doc._.gazette_frame", "doc._.gazette_commitments", "doc._.gazette_measures", "doc._.gazette_references"],
    assigns=["doc._.gazette_spans"],
)
def spans(doc: Doc) -> Doc:
    """Fill ``doc.spans`` with ``commitments``, ``milestones``, ``duties`` and ``references``."""
    own = doc._
    rows = {
        "commitments": [(each.span, each.kind, each) for each in own.gazette_commitments or ()],
        "milestones": [(each.span, "milestone", each) for each in own.gazette_milestones or ()],
        "references": [(each.span, each.relation, each) for each in own.gazette_references or ()],
        "duties": list(_units(doc)),
    }
    frame = own.gazette_frame
    begin = 0 if len(frame.text) == len(doc.text) else frame.document.span[0]  # the Doc of an issue or of a document
    for name, found in rows.items():
        put(doc, name, ((start - begin, end - begin, label, value) for (start, end), label, value in found))
    own.gazette_spans = tuple(rows)
    return doc


def _units(doc: Doc) -> Iterator[tuple[tuple[int, int], str, Any]]:
    for measure in doc._.gazette_measures or ():
        for duty in measure.responsibilities:
            yield from ((unit.span, duty.role, unit) for unit in duty.units)
