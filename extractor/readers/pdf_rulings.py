"""The straight lines that are drawn on a PDF page: rulings of tables, underlines, frames.

They are taken from the path objects of PDFium, at a hundredth of the price of parsing the page once more for them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extractor.readers.pdf_frame import Box, Frame

THIN = 3.0
"""Points; a filled box that is not thicker is a line that was drawn as a box (Word draws borders so)."""
STRAIGHT = 0.5
"""Points by which a line may be off the horizontal or vertical."""
SHORT = 3.0
"""Points; shorter lines are parts of drawings."""
MAX_SEGMENTS = 5000
"""Segments of one path that are looked at; maps and seals have tens of thousands."""
MAX_EDGES = 6000
"""Lines of a page beyond which it is a map or a chart and no table."""
MAX_DEPTH = 4
"""Forms in forms that are followed."""
PALE = 245
"""Of 255 in each colour: a line so pale is not seen on white paper."""

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal or vertical line, in the frame of the page as it is read."""

    box: Box

    @property
    def flat(self) -> bool:
        """True when it is horizontal."""
        left, top, right, bottom = self.box
        return right - left >= bottom - top


def rulings_of(page: Any, frame: Frame) -> list[Edge]:
    """The horizontal and vertical lines of a page; empty for maps and charts."""
    found: list[float] = []
    for left, bottom, right, top in _lines(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _SAME, 0):
        if max(right - left, top - bottom) >= SHORT:
            found.extend((left, top, right, bottom))
        if len(found) > 4 * MAX_EDGES:
            return []
    return [Edge(box) for box in zip(*frame.boxes(found), strict=True)]


def _lines(holder: Any, count: Any, get: Any, matrix: Matrix, depth: int) -> Iterator[Box]:
    """Left, bottom, right, top in user space of each straight line of a page or a form."""
    for at in range(count(holder)):
        item = get(holder, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _lines_of_path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(_matrix_of(item), matrix)
            yield from _lines(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)


def _lines_of_path(path: Any, matrix: Matrix) -> Iterator[Box]:
    segments = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= segments <= MAX_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    stroked = bool(stroke.value) and not _pale(path, pdfium.FPDFPageObj_GetStrokeColor)
    filled = bool(fill.value) and not _pale(path, pdfium.FPDFPageObj_GetFillColor)
    if not stroked and not filled:
        return
    own = _times(_matrix_of(path), matrix)
    if not stroked:
        for box in _subpaths(path, segments, own):
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                yield _centre(box)
        return
    for x0, y0, x1, y1 in _strokes(path, segments, own):
        if abs(y1 - y0) <= STRAIGHT or abs(x1 - x0) <= STRAIGHT:
            yield _centre((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _pale(item: Any, colour_of: Any) -> bool:
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not colour_of(item, red, green, blue, opaque):
        return False
    return opaque.value == 0 or min(red.value, green.value, blue.value) >= PALE


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _points(path: Any, segments: int, matrix: Matrix) -> Iterator[tuple[int, bool, float, float]]:
    """Type, closing, and point of each segment."""
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for at in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        across, up = x.value, y.value
        yield (
            pdfium.FPDFPathSegment_GetType(segment),
            bool(pdfium.FPDFPathSegment_GetClose(segment)),
            a * across + c * up + e,
            b * across + d * up + f,
        )


def _strokes(path: Any, segments: int, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Each straight segment as x0, y0, x1, y1."""
    start = here = (0.0, 0.0)
    for kind, closes, x, y in _points(path, segments, matrix):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = (x, y)
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield (*here, x, y)
        here = (x, y)
        if closes:
            yield (*here, *start)
            here = start


def _subpaths(path: Any, segments: int, matrix: Matrix) -> Iterator[Box]:
    """The box of each subpath of a filled path: left, bottom, right, top."""
    xs: list[float] = []
    ys: list[float] = []
    for kind, _, x, y in _points(path, segments, matrix):
        if kind == pdfium.FPDF_SEGMENT_MOVETO and xs:
            yield min(xs), min(ys), max(xs), max(ys)
            xs, ys = [], []
        xs.append(x)
        ys.append(y)
    if xs:
        yield min(xs), min(ys), max(xs), max(ys)


def _centre(box: Box) -> Box:
    """A thin box as the line in the middle of it."""
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        return x0, middle, x1, middle
    middle = (x0 + x1) / 2
    return middle, y0, middle, y1
