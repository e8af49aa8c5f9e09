"""Which format the bytes are of, told by the bytes and never by the name: one table of sniffers.

A reader that is added (HTML, PDF, DOCX …) gets a row here, or takes over the row that refuses its format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 4096
"""Bytes that are looked at; an HTML page may begin with comments and a long declaration."""

TAIL = 65536
"""Bytes at the end of an archive that are looked at: there it lists the names of its files."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how it is called, and how its first bytes look."""

    name: str
    """With article, as in a message: a PDF."""
    media_type: str
    magic: re.Pattern[bytes]
    advice: str
    """What a clerk can do while there is no reader for it."""
    reader: str | None = None
    """Module of this package that reads it."""


_SAVE = "save it as text (UTF-8) and parse that"


def _begins(*magic: bytes) -> re.Pattern[bytes]:
    return re.compile(b"(?:" + b"|".join(re.escape(start) for start in magic) + b")")


_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|(?:html|head|title|body|meta|link|script|style|div|table|tbody|tr|td|p|span|font|center|article|section|ul|ol|h[1-6]|br)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)

FORMATS = (
    Format(
        "a PDF",
        "application/pdf",
        re.compile(rb"[\x00-\x20]*%PDF-"),
        "copy its text into a text file, or print it with a PDF reader as text",
        "pdf",
    ),
    Format("an OFD document", "application/ofd", re.compile(rb"PK\x03\x04(?s:.*)OFD\.xml"), _SAVE),
    Format(
        "a Word document (.docx)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        re.compile(rb"PK\x03\x04(?s:.*)word/"),
        "save it as plain text in Word or WPS and parse that",
        "docx",
    ),
    Format(
        "an Excel workbook (.xlsx)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        re.compile(rb"PK\x03\x04(?s:.*)xl/workbook"),
        "copy its cells into a text file and parse that",
    ),
    Format(
        "a PowerPoint presentation (.pptx)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        re.compile(rb"PK\x03\x04(?s:.*)ppt/presentation"),
        "copy its text into a text file and parse that",
    ),
    Format(
        "a ZIP archive", "application/zip", _begins(b"PK\x03\x04", b"PK\x05\x06"), "unpack it and parse the files in it"
    ),
    Format(
        "an old Office file (.doc, .xls, .ppt)",
        "application/x-ole-storage",
        _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "save it as plain text in Office or WPS and parse that",
    ),
    Format("an RTF document", "application/rtf", _begins(b"{\\rtf"), _SAVE),
    Format("a web page (HTML)", "text/html", _HTML, "copy the text of the page into a text file", "html"),
    Format("a PNG image", "image/png", _begins(b"\x89PNG\r\n\x1a\n"), "recognise its text (OCR) first"),
    Format("a JPEG image", "image/jpeg", _begins(b"\xff\xd8\xff"), "recognise its text (OCR) first"),
    Format("a TIFF image", "image/tiff", _begins(b"II*\x00", b"MM\x00*"), "recognise its text (OCR) first"),
    Format("a GIF image", "image/gif", _begins(b"GIF87a", b"GIF89a"), "recognise its text (OCR) first"),
    Format("a BMP image", "image/bmp", re.compile(rb"BM(?s:.{4})\x00\x00\x00\x00"), "recognise its text (OCR) first"),
    Format("a RAR archive", "application/vnd.rar", _begins(b"Rar!\x1a\x07"), "unpack it and parse the files in it"),
    Format(
        "a 7z archive",
        "application/x-7z-compressed",
        _begins(b"7z\xbc\xaf\x27\x1c"),
        "unpack it and parse the files in it",
    ),
    Format("a gzip file", "application/gzip", _begins(b"\x1f\x8b\x08"), "unpack it and parse the file in it"),
    Format(
        "the JSON of a parsed issue",
        "application/json",
        re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:schema_version|blocks)"\s*:'),  # blocks: with its keys sorted
        "check it with gazette validate, or load it with extractor.load",
    ),
    Format(
        "a program", "application/octet-stream", _begins(b"\x7fELF", b"MZ\x90\x00"), "give the gazette as a text file"
    ),
)


def sniff(data: bytes) -> Format | None:
    """The format whose mark the bytes begin with; None for what may be plain text.

    >>> sniff(b"%PDF-1.7").name, sniff("第一条".encode())
    ('a PDF', None)
    """
    head = data[:HEAD]
    if head.startswith(b"PK"):
        head += data[-TAIL:]
    return next((known for known in FORMATS if known.magic.match(head)), None)
