"""Bytes → source: one file a format, found by magic bytes."""

from __future__ import annotations

import hashlib

from extractor.errors import EmptyInputError
from extractor.model import Source
from extractor.readers import plain
from extractor.text.reading import Reading

__all__ = ["read"]


def read(data: bytes, name: str) -> tuple[Source, Reading]:
    """Read the bytes of a file into its source record and its reading text.

    Raises:
        GazetteError: the bytes are empty, damaged, too large or of an unknown format.
    """
    if not data.strip():
        raise EmptyInputError(f"{name}: the file is empty")
    encoding, reading = plain.read(data, name)
    digest = hashlib.sha256(data).hexdigest()
    source = Source(name=name, media_type="text/plain", sha256=digest, encoding=encoding, removed=reading.removed)
    return source, reading
