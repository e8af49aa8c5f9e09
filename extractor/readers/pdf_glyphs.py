"""The characters of a PDF page with their boxes, and the runs of them that stand side by side.

Everything comes from the text page of PDFium in a few bulk calls: asking it character by character from Python costs
as much as a reader written in Python. Boxes are the *loose* ones, from the font's ascent to its descent and as wide as
the advance: they do not depend on the shape of the glyph, so that 一 and 国 stand on the same line.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from dataclasses import dataclass, replace
from itertools import repeat
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium

from extractor.model.source import RemovedKind
from extractor.readers.pdf_frame import Frame
from extractor.readers.pdf_other import OtherReader, loses_text

SAME_LINE = 0.35
"""Of the height: characters whose feet differ by less stand on one line; superscripts differ by more."""
SMALLER = 0.75
"""Of the height: what is smaller beside it is a raised mark of a footnote; fonts of one size differ less."""
MAX_GAP = 1.2
"""Of the height: what stands further apart may belong to another column or cell."""
MAX_BACK = 0.6
"""Of the height: punctuation is set back over the empty half of the mark before it (）；)."""
DOUBLED = 0.4
"""Of the width: the same character again so near is the same one printed twice, to look bold."""
SPACE = 0.5
"""Of the height: a gap that is a space beside a Chinese character (Word sets a quarter em beside Latin letters)."""
LATIN_SPACE = 0.2
"""Of the height: a gap that reads as a space between letters or digits (the space of Times is a quarter em wide), where
PDFium sees one too: it knows how wide the font is, where the box is that of the narrow figure 1 only."""
MIN_SPACED = 3
"""Gaps of a run from which on they tell that it is spaced out (分散对齐) and they are no spaces: all are wide but for a
quarter, which marks may narrow. Of two names in a cell the characters touch."""
LEANS = math.radians(4)
"""Text that leans further is a watermark or a stamp."""
TALL = 1.7
"""Of the size of the font: a higher box comes of a font that tells a wrong descent (figures and marks of 方正书版); it
would reach into the lines above and below."""
ASCENT, DESCENT = 0.88, 0.2
"""Of the size of the font: the box that such a character is given, about that of the Chinese fonts beside it."""
MUCH_HIGHER = 1.5
"""Of the usual height on the page: boxes that are asked whether they are too high for their font."""
SAMPLES = 40
"""Characters of a page whose angle is asked to learn which way the page is read."""
TURN_SHARE = 0.6
"""Share of these that must agree before an upright page is read sideways."""

_HYPHENS = {2: "-", 0xFFFE: "-"}
"""PDFium marks a hyphen at the end of a line by a character of its own."""
_QUARTER = math.pi / 2


@dataclass(slots=True)
class Run:
    """Characters side by side on one line, in the frame of the page as it is read."""

    text: str
    lefts: list[float]
    right: float
    top: float
    bottom: float
    first: int
    """Index of its first character in the text page."""
    kind: RemovedKind | None = None

    @property
    def left(self) -> float:
        """Left edge."""
        return self.lefts[0]

    @property
    def height(self) -> float:
        """Height of its characters, about the size of the font."""
        return self.bottom - self.top

    def part(self, start: int, end: int) -> Run | None:
        """The characters ``start:end`` without the white space around them; None when nothing is left."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return None
        end = start + len(text)
        if start == 0 and end == len(self.text):
            return self
        right = self.lefts[end] if end < len(self.lefts) else self.right
        return replace(self, text=text, lefts=self.lefts[start:end], right=right, first=self.first + start)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What stands on a page."""

    frame: Frame
    runs: list[Run]
    """In the order of the file; text that leans has its kind set."""
    count: int
    """Visible characters, the unreadable ones among them."""
    unreadable: int
    """Characters for which the font tells no meaning."""


def glyphs_of(page: Any, textpage: Any, number: int, other: OtherReader) -> Glyphs:
    """The runs of characters of a page.

    Args:
        page: raw handle of PDFium.
        textpage: raw handle of its text page.
        number: the page, counted from 1.
        other: the reader that is asked where PDFium loses characters.
    """
    count = max(0, pdfium.FPDFText_CountChars(textpage))
    if loses_text(page):
        runs = _runs(*other.characters(number))
        return Glyphs(_frame(page, textpage, 0), runs, sum(len(run.text) for run in runs), 0)
    frame = _frame(page, textpage, count)
    if count == 0:
        return Glyphs(frame, [], 0, 0)
    text = _text(textpage, count)
    flat = _loose_boxes(textpage, count)
    _real_boxes(textpage, text, flat)
    _lower_boxes(textpage, flat)
    runs = _runs(text, *frame.boxes(flat))
    _mark_leaning(textpage, frame, runs)
    unreadable = text.count("\x00") + text.count("\ufffd") + sum(map(text.count, set(text) & _PRIVATE))
    return Glyphs(frame, runs, sum(len(run.text) for run in runs) + text.count("\x00"), unreadable)


_PRIVATE = frozenset(map(chr, range(0xE000, 0xF8FF + 1)))


def _frame(page: Any, textpage: Any, count: int) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    if count == 0:
        return Frame(box.left, box.bottom, box.right, box.top, turn)
    step = max(1, count // SAMPLES)
    angles: Counter[int] = Counter()
    for at in range(0, count, step):
        if pdfium.FPDFText_GetUnicode(textpage, at) > 32:
            quarters = -pdfium.FPDFText_GetCharAngle(textpage, at) / _QUARTER
            if abs(quarters - round(quarters)) < LEANS:
                angles[round(quarters) % 4] += 1
    if angles:
        most, often = angles.most_common(1)[0]
        if most != turn and often >= TURN_SHARE * angles.total():
            return Frame(box.left, box.bottom, box.right, box.top, most, (most - turn) % 4)
    return Frame(box.left, box.bottom, box.right, box.top, turn)


def _text(textpage: Any, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:  # characters without meaning or beyond the first plane: the two counts differ
        codes = map(pdfium.FPDFText_GetUnicode, repeat(textpage), range(count))
        text = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)
    return text.translate(_HYPHENS)


def _loose_boxes(textpage: Any, count: int) -> list[float]:
    """Left, top, right, bottom of each character in user space, in a row."""
    boxes = (pdfium.FS_RECTF * count)()
    size = ctypes.sizeof(pdfium.FS_RECTF)
    each = map(ctypes.byref, repeat(boxes[0]), range(0, size * count, size))
    deque(map(pdfium.FPDFText_GetLooseCharBox, repeat(textpage), range(count), each), maxlen=0)
    floats: list[float] = list(memoryview(boxes).cast("B").cast("f"))
    return floats


def _real_boxes(textpage: Any, text: str, flat: list[float]) -> None:
    """Give the tight box to visible characters whose font tells no width; what PDFium made up keeps its empty one."""
    tight = (ctypes.c_double * 4)()
    left, right, bottom, top = (ctypes.cast(ctypes.byref(tight, 8 * at), _DOUBLE) for at in range(4))
    for at, char in enumerate(text):
        if (
            char > " "
            and flat[4 * at] == flat[4 * at + 2]
            and flat[4 * at + 1] == flat[4 * at + 3]
            and not pdfium.FPDFText_IsGenerated(textpage, at)
            and pdfium.FPDFText_GetCharBox(textpage, at, left, right, bottom, top)
        ):
            flat[4 * at : 4 * at + 4] = tight[0], tight[3], tight[1], tight[2]


def _lower_boxes(textpage: Any, flat: list[float]) -> None:
    """Give upright characters whose box is too high for their font one that stands on the line."""
    heights = list(map(sub, flat[1::4], flat[3::4]))
    usual, _ = Counter(map(int, heights)).most_common(1)[0]
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at, height in enumerate(heights):
        if (
            height > MUCH_HIGHER * (usual + 1)
            and pdfium.FPDFText_GetMatrix(textpage, at, matrix)
            and matrix.b == matrix.c == 0
            and height > TALL * (size := abs(matrix.d) * pdfium.FPDFText_GetFontSize(textpage, at))
            and pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
        ):
            flat[4 * at + 1], flat[4 * at + 3] = y.value + ASCENT * size, y.value - DESCENT * size


_DOUBLE = ctypes.POINTER(ctypes.c_double)


def _runs(text: str, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]) -> list[Run]:
    """Cut the characters of a page, in the order of the file, where one does not stand beside the one before it."""
    runs: list[Run] = []
    chars: list[str] = []
    edges: list[float] = []
    gaps: list[float] = []
    spaces: set[int] = set()
    first = 0
    right = bottom = top = left = 0.0
    highest = lowest = 0.0
    before = ""
    apart = False
    for at, (char, x0, y0, x1, y1) in enumerate(zip(text, lefts, tops, rights, bottoms, strict=True)):
        if char < " " or (x0 >= x1 and y0 >= y1):  # line ends, and spaces that PDFium made up
            apart = True
            continue
        height, tall = y1 - y0, bottom - top
        like = SMALLER * height < tall < height / SMALLER
        gap = x0 - right
        near = SAME_LINE * height
        if chars and -near < y1 - bottom < near and -MAX_BACK * height <= gap <= MAX_GAP * height and like:
            if char == before and x0 - left < DOUBLED * (x1 - x0):
                continue
            chars.append(char)
            edges.append(x0)
            gaps.append(gap)
            if apart:
                spaces.add(len(gaps))
            if y0 < highest:
                highest = y0
            if y1 > lowest:
                lowest = y1
        else:
            if chars:
                _close(runs, Run("".join(chars), edges, right, highest, lowest, first), gaps, spaces)
            chars, edges, gaps, spaces, first = [char], [x0], [], set(), at
            highest, lowest = y0, y1
        before, left, right, top, bottom, apart = char, x0, x1, y0, y1, False
    if chars:
        _close(runs, Run("".join(chars), edges, right, highest, lowest, first), gaps, spaces)
    return runs


def _close(runs: list[Run], run: Run, gaps: list[float], spaces: set[int]) -> None:
    """Put a finished run on the list, with a space in each gap that reads as one."""
    if gaps and max(gaps) > LATIN_SPACE * run.height:
        _space(run, gaps, spaces)
    kept = run.part(0, len(run.text))
    if kept is not None:
        runs.append(kept)


def _space(run: Run, gaps: list[float], spaces: set[int]) -> None:
    """Put spaces into wide gaps; ``spaces`` are the places where PDFium sees one."""
    spread = max(0.0, sorted(gaps)[len(gaps) // 4]) if len(gaps) >= MIN_SPACED else 0.0
    latin, wide = spread + LATIN_SPACE * run.height, spread + SPACE * run.height
    chars: list[str] = [run.text[0]]
    edges: list[float] = [run.lefts[0]]
    for at, gap in enumerate(gaps, 1):
        left, right = run.text[at - 1], run.text[at]
        if gap > latin and not (left.isspace() or right.isspace()):
            both = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
            if at in spaces if both else gap > wide:
                chars.append(" ")
                edges.append(run.lefts[at] - gap)
        chars.append(right)
        edges.append(run.lefts[at])
    run.text, run.lefts = "".join(chars), edges


def _mark_leaning(textpage: Any, frame: Frame, runs: list[Run]) -> None:
    """Set the kind of runs that do not stand upright on the page: watermarks, stamps, marks on the margin."""
    upright = -frame.turn * _QUARTER
    for run in runs:
        off = (pdfium.FPDFText_GetCharAngle(textpage, run.first) - upright) % math.tau
        if LEANS < off < math.tau - LEANS:
            quarters = off / _QUARTER
            run.kind = "other" if abs(quarters - round(quarters)) < LEANS else "watermark"
