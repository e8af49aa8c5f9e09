"""Plain text in the encodings that government sites serve."""

from __future__ import annotations

from extractor.errors import EmptyInputError
from extractor.readers.encoding import decode
from extractor.text.reading import Reading, read_lines

MEDIA_TYPE = "text/plain"


def read(data: bytes, name: str, *, places: bool = False) -> tuple[str, Reading]:
    """Decode plain text and make its reading text, on request with places; returns the encoding and the reading.

    Raises:
        DamagedInputError: the bytes cannot be decoded.
        EmptyInputError: there is nothing but white space, page marks and control characters.
    """
    decoded = decode(data, name)
    reading = read_lines(decoded.text, places=places)
    if not reading.text.strip():
        kinds = {piece.kind for piece in reading.removed}
        only = "page marks only, " if kinds else ""
        if kinds == {"control"}:
            only = "control characters only, "
        raise EmptyInputError(f"{name}: the file holds {only}no text")
    return decoded.encoding, reading.noticed(decoded.diagnostics)
