"""What stands in many places: the span of a value in the reading text, and the date as far as it is printed."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Span = Annotated[
    tuple[Annotated[int, Meta(ge=0)], Annotated[int, Meta(ge=0)]],
    Meta(description="Half-open range [start, end) in Unicode code points of the issue's text."),
]

Date = Annotated[
    str,
    Meta(pattern="^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
]
"""YYYY, YYYY-MM or YYYY-MM-DD."""
