"""JSON in and out, and the JSON Schema of the output contract."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.errors import SchemaError
from extractor.model import Issue

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Issue)


def encode(issue: Issue) -> bytes:
    """Encode an issue as compact UTF-8 JSON."""
    return _ENCODER.encode(issue)


def decode(data: bytes | str) -> Issue:
    """Decode and check the JSON of an issue.

    Raises:
        SchemaError: the JSON is damaged or does not follow the schema.
    """
    try:
        return _DECODER.decode(data)
    except msgspec.MsgspecError as error:
        raise SchemaError(f"not the JSON of a parsed issue: {error}") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a parsed issue."""
    schema: dict[str, Any] = msgspec.json.schema(Issue)
    return schema
