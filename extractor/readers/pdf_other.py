"""A second reader for pages of which PDFium loses characters.

Where a Chinese font is neither in the file nor on the machine, which is common on servers, PDFium finds no shapes. It
then drops a character that is printed by itself, and takes equal words at one distance from the margin for one word
printed twice. pdfplumber needs no shapes. It is many times slower and is asked only for such pages, each closed after
it was read.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from extractor.errors import DamagedInputError

MAX_DEPTH = 4
"""Forms in forms that are followed."""
EMPTY = 0.01
"""Points: a printed text that is not higher has no shapes, one that is not wider is a single character."""

_KNOWN = re.compile(rb"Times|Arial|Helvetica|Courier|Symbol|Dingbats|Calibri|Cambria|Verdana|Georgia|Tahoma")
"""Fonts for which PDFium brings shapes of its own: what is empty in them is a space."""

Characters = tuple[str, list[float], list[float], list[float], list[float]]
"""Characters; their lefts, tops, rights and bottoms."""


def loses_text(page: Any) -> bool:
    """True when PDFium may have lost characters: one by itself, or words that are equal, in a font without shapes."""
    widths = _shapeless(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)
    return any(width < EMPTY or before for before, width in enumerate(widths))


def _shapeless(holder: Any, count: Any, get: Any, depth: int) -> Iterator[float]:
    """Width of each printed text that has no height, in a font that is not in the file."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(count(holder)):
        item = get(holder, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            if top.value - bottom.value < EMPTY and not _has_shapes(pdfium.FPDFTextObj_GetFont(item)):
                yield right.value - left.value
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield from _shapeless(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)


def _has_shapes(font: Any) -> bool:
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return not name.value or _KNOWN.search(name.value) is not None  # fonts without a name are drawn by the file itself


class OtherReader:
    """The same file, opened by pdfplumber when a page asks for it."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._open: Any = None

    def characters(self, number: int) -> Characters:
        """The upright characters of a page, counted from 1, with their boxes from its upper left corner.

        Raises:
            DamagedInputError: the other reader cannot make anything of the page.
        """
        try:
            return self._characters(number)
        except Exception as error:  # a third-party reader: on damaged files it raises whatever comes
            raise DamagedInputError(
                f"{self._name}: page {number} cannot be read, the file is damaged "
                f"({type(error).__name__}); get it again"
            ) from error

    def _characters(self, number: int) -> Characters:
        if self._open is None:
            import pdfplumber

            self._open = pdfplumber.open(io.BytesIO(self._data))
        page = self._open.pages[number - 1]
        chars = [char for char in page.chars if char["upright"] and len(char["text"]) == 1]
        found = (
            "".join(char["text"] for char in chars),
            [float(char["x0"]) for char in chars],
            [float(char["top"]) for char in chars],
            [float(char["x1"]) for char in chars],
            [float(char["bottom"]) for char in chars],
        )
        page.close()
        return found

    def close(self) -> None:
        """Close the file, where it was opened."""
        if self._open is not None:
            self._open.close()
