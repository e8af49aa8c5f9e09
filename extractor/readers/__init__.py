"""Bytes → source: one file a format, found by magic bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractor import isolation
from extractor.diagnostics import notice
from extractor.errors import EmptyInputError, UnknownFormatError
from extractor.model import Diagnostic, Source
from extractor.readers import plain
from extractor.readers.assemble import assemble
from extractor.readers.formats import sniff
from extractor.readers.raw import Raw
from extractor.text.reading import Reading

__all__ = ["read"]


def read(data: bytes, name: str, *, places: bool = False) -> tuple[Source, Reading]:
    """Read the bytes of a file into its source record and its reading text, on request with places.

    Web pages, Word files and PDFs are read in a process of their own, with limits of time and memory.

    Raises:
        GazetteError: the bytes are empty, damaged, or of a format that this version does not read.
    """
    if not data.strip():
        raise EmptyInputError(f"{name}: the file is empty")
    known = sniff(data)
    if known is None:
        encoding, reading = plain.read(data, name, places=places)
        return _source(data, name, plain.MEDIA_TYPE, reading, encoding, None), reading
    if known.reader is None:
        raise UnknownFormatError(f"{name} is {known.name}, which this version does not read: {known.advice}")
    raw = isolation.run(_read_apart, known.reader, data, name, returns=Raw, name=name)
    reading = assemble(raw, places=places).noticed(_pages_without_text(raw.pictures))
    return _source(data, name, raw.media_type, reading, raw.encoding, raw.pages), reading


def _read_apart(reader: str, data: bytes, name: str) -> Raw:
    """The side of the process apart: only there the libraries of the format are imported."""
    from importlib import import_module

    raw: Raw = import_module(f"extractor.readers.{reader}").read(data, name)
    return raw


def _pages_without_text(pages: Sequence[int]) -> tuple[Diagnostic, ...]:
    """One diagnostic for all pages that are pictures.

    >>> _pages_without_text((1, 4, 5, 6))[0].message
    'Pages 1, 4–6 are pictures without text; what stands there is not in the text, recognise it (OCR) first.'
    """
    if not pages:
        return ()
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    subject = f"Page {named} is a picture" if len(pages) == 1 else f"Pages {named} are pictures"
    words = "without text; what stands there is not in the text, recognise it (OCR) first."
    return (notice("source.page-without-text", f"{subject} {words}"),)


def _source(
    data: bytes, name: str, media_type: str, reading: Reading, encoding: str | None, pages: int | None
) -> Source:
    return Source(
        name=name,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        pages=pages or len({page for _, page in reading.pages}) or None,
        removed=reading.removed,
        fields=reading.fields,
    )
