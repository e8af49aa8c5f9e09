"""Highlights with notes into a PDF, as annotations that any viewer shows; runs in a process of its own.

PDFium writes them: it opens what is damaged a little, as readers do, and copies what it does not touch.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from extractor.errors import DamagedInputError, PasswordError
from extractor.readers.pdf_frame import Frame

Box = tuple[float, float, float, float]

AUTHOR = "gazette-extractor"
PRINTED = 4
"""Flag of an annotation that is printed with its page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Boxes of one page that are highlighted together, and what is said of them."""

    page: int
    boxes: tuple[Box, ...]
    """Left, top, right, bottom in points from the upper left corner of the page as it is shown."""
    kind: str
    note: str
    color: str
    """#rrggbb"""


def annotate(data: bytes, name: str, marks: tuple[Mark, ...]) -> bytes:
    """A copy of a PDF with the marks; the same bytes and marks give the same copy.

    Raises:
        DamagedInputError: the PDF cannot be opened, or a page of it cannot.
        PasswordError: nobody but its owner may change it.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DamagedInputError(f"{name}: the PDF is damaged and cannot be opened; get it again") from error
    if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
        raise PasswordError(f"{name}: the file is locked against changes; save a copy that is not, and mark that")
    numbered = enumerate(sorted(marks, key=lambda mark: mark.page), 1)
    for number, group in groupby(numbered, key=lambda pair: pair[1].page):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise DamagedInputError(f"{name}: page {number} cannot be loaded, the file is damaged; get it again")
        _mark(pdfium, page, group)
        _draw(pdfium, page)
        pdfium.FPDF_ClosePage(page)
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_NO_INCREMENTAL)
    named = pdfium.FPDF_GetFileIdentifier(document, pdfium.FILEIDTYPE_PERMANENT, None, 0) > 0
    document.close()
    return _settled(out.getvalue(), hashlib.sha256(data).hexdigest()[:32], keep=named)


def _mark(pdfium: Any, page: Any, marks: Iterable[tuple[int, Mark]]) -> None:
    frame = _frame(pdfium, page)
    for number, mark in marks:
        note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
        if not note:
            raise DamagedInputError(f"page {mark.page} takes no notes, the PDF is damaged; get it again")
        corners = [frame.unshown(box) for box in mark.boxes]
        for quad in corners:
            pdfium.FPDFAnnot_AppendAttachmentPoints(note, pdfium.FS_QUADPOINTSF(*quad))
        across = [x for quad in corners for x in quad[0::2]]
        up = [y for quad in corners for y in quad[1::2]]
        pdfium.FPDFAnnot_SetRect(note, pdfium.FS_RECTF(min(across), max(up), max(across), min(up)))
        red, green, blue = bytes.fromhex(mark.color[1:])
        pdfium.FPDFAnnot_SetColor(note, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
        pdfium.FPDFAnnot_SetFlags(note, PRINTED)
        for key, text in (("Contents", mark.note), ("T", AUTHOR), ("Subj", mark.kind), ("NM", f"{AUTHOR}-{number}")):
            pdfium.FPDFAnnot_SetStringValue(note, key.encode(), _wide(pdfium, text))
        pdfium.FPDFPage_CloseAnnot(note)


def _frame(pdfium: Any, page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _wide(pdfium: Any, text: str) -> Any:
    codes = text.encode("utf-16-le") + b"\0\0"
    return (pdfium.FPDF_WCHAR * (len(codes) // 2)).from_buffer_copy(codes)


def _draw(pdfium: Any, page: Any) -> None:
    """Show the page on one pixel: only then does PDFium write how its new highlights look, for viewers that need it."""
    pixel = pdfium.FPDFBitmap_Create(1, 1, 0)
    pdfium.FPDF_RenderPageBitmap(pixel, page, 0, 0, 1, 1, 0, pdfium.FPDF_ANNOT)
    pdfium.FPDFBitmap_Destroy(pixel)


_IDENTITY = re.compile(rb"/ID ?\[ ?<([0-9A-Fa-f]+)> ?<([0-9A-Fa-f]{32})> ?\]")
_TAIL = 2048
"""Bytes at the end of a file in which its identity stands."""


def _settled(copy: bytes, own: str, *, keep: bool) -> bytes:
    """The copy with an identity that follows from the original; PDFium gives it one by chance.

    Args:
        copy: what PDFium wrote.
        own: the new identity, 32 hexadecimal digits.
        keep: whether the original had an identity, which its copies keep as the first of two.
    """
    body, tail = copy[:-_TAIL], copy[-_TAIL:]
    return body + _IDENTITY.sub(
        lambda found: b"/ID[<%b><%b>]" % (found[1] if keep else own.encode(), own.encode()), tail
    )
