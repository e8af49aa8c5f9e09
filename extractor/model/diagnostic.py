"""What looks wrong in the source, reported and never silently corrected."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.span import Span

Severity = Literal["info", "warning", "error"]


class Diagnostic(Struct, frozen=True, kw_only=True, gc=False):
    """A defect or oddity of the source (原文疑误)."""

    code: Annotated[str, Meta(description="Stable code, see the reference of codes, e.g. clause.number-missing.")]
    severity: Annotated[Severity, Meta(description="info, warning or error.")]
    message: Annotated[str, Meta(description="One sentence for a person.")]
    span: Annotated[Span | None, Meta(description="Where it stands in the text.")] = None
    removed: Annotated[
        Annotated[int, Meta(ge=0)] | None, Meta(description="Index into source.removed where the text was taken out.")
    ] = None
