"""Plain text in the encodings that government sites serve."""

from __future__ import annotations

from extractor.text.reading import Reading, read_lines


def read(data: bytes, name: str) -> tuple[str, Reading]:
    """Decode plain text and make its reading text; returns the encoding and the reading."""
    return "utf-8", read_lines(data.decode("utf-8-sig"))
