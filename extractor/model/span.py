"""The span: where a value stands in the reading text."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Span = Annotated[
    tuple[int, int],
    Meta(description="Half-open range [start, end) in Unicode code points of the issue's text."),
]
