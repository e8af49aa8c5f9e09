"""Which measure a dated promise belongs to."""

from __future__ import annotations

from extractor.model import Measure, Milestone


def is_of(milestone: Milestone, measure: Measure) -> bool:
    """Whether a milestone stands in the clause of a measure; outside of clauses, in its text."""
    if milestone.clause_id is not None or measure.clause_id is not None:
        return milestone.clause_id == measure.clause_id
    return measure.span[0] <= milestone.span[0] and milestone.span[1] <= measure.span[1]
