"""Bytes → source: one file a format, found by magic bytes."""

from __future__ import annotations

import hashlib

from extractor.errors import EmptyInputError, UnknownFormatError
from extractor.model import Source
from extractor.readers import plain
from extractor.readers.formats import sniff
from extractor.text.reading import Reading

__all__ = ["read"]


def read(data: bytes, name: str) -> tuple[Source, Reading]:
    """Read the bytes of a file into its source record and its reading text.

    Raises:
        GazetteError: the bytes are empty, damaged, or of a format that this version does not read.
    """
    if not data.strip():
        raise EmptyInputError(f"{name}: the file is empty")
    known = sniff(data)
    if known is not None:
        raise UnknownFormatError(f"{name} is {known.name}; this version reads plain text: {known.advice}")
    encoding, reading = plain.read(data, name)
    source = Source(
        name=name,
        media_type=plain.MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        pages=len({page for _, page in reading.pages}) or None,
        removed=reading.removed,
    )
    return source, reading
