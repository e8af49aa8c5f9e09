"""Word files (.docx, also as WPS and other programs write them)."""

from __future__ import annotations

from typing import Any

from extractor.errors import DamagedInputError, EmptyInputError
from extractor.readers.docx_body import Body
from extractor.readers.docx_numbering import Numbering
from extractor.readers.docx_package import Package, kind, open_package
from extractor.readers.docx_styles import Styles
from extractor.readers.raw import Raw

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(data: bytes, name: str) -> Raw:
    """Read a Word file as its print shows it: automatic numbers written out, tracked changes accepted.

    Every line is a paragraph, a part of one up to a line break, or (a paragraph of) a cell. `Place.paragraph` counts
    the paragraphs of the body, cells and text boxes included; `Place.cell` is set in tables of data. Text boxes stand
    behind the paragraph that they are anchored to.

    Listed as removed: headers (`running-head`, before the first line), footers (`page-number` with a page field, else
    `running-head`, behind the last line), footnotes, endnotes, comments and hidden text (`other`, behind their
    paragraph). The mark that calls a note is left out, since behind a number it would read as a digit of it.

    Raises:
        DamagedInputError: the file is damaged, cut off, protected by a password, or no Word file.
        EmptyInputError: there is no text in it.
        InputTooLargeError: unpacked it is larger than any document.
    """
    package = open_package(data, name)
    root = package.tree(package.main)
    body = next((element for element in root if kind(element.tag) == "w:body"), None)
    if body is None:
        raise DamagedInputError(
            f"{name}: there is no document in the Word file; open it in Word or WPS and save it anew"
        )
    styles = Styles.of(package.linked("styles"))
    reading = Body(package, styles, Numbering.of(package.linked("numbering"), styles))
    footers = _heads(package, body, reading)
    reading.read(body)
    reading.finish()
    reading.removing = "running-head"
    for footer in footers:
        reading.read(footer)
    if all(line.removed for line in reading.lines):
        raise EmptyInputError(f"{name}: the Word file holds no text; if its pages are pictures, they need OCR first")
    return Raw(MEDIA_TYPE, tuple(reading.lines), whole=True, tables=tuple(reading.tables))


def _heads(package: Package, body: Any, reading: Body) -> list[Any]:
    """Read the headers of all sections, each once; returns the footers."""
    links = package.links(package.main)
    footers: list[Any] = []
    seen: set[str] = set()
    reading.removing = "running-head"
    for section in body.iter("{*}sectPr"):
        if kind(section.getparent().tag) == "w:sectPrChange":
            continue
        for reference in section:
            part = links.get(reference.get(_RELATION) or "", ("", ""))[1]
            if kind(reference.tag) not in ("w:headerReference", "w:footerReference") or not part or part in seen:
                continue
            seen.add(part)
            root = package.tree(part)
            if root is None:
                continue
            if kind(reference.tag) == "w:footerReference":
                footers.append(root)
            else:
                reading.read(root)
    reading.removing = None
    return footers
