"""Small PDFs for tests, written by hand, without a font file.

Each character is a filled box (a Type 3 font) and a table says what it means, so that readers see Chinese text with
shapes. ``shapes=False`` names a Chinese font instead that is neither in the file nor, mostly, on the machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

A4 = (595.0, 842.0)
PER_FONT = 200
"""Characters of one Type 3 font, of 256 that are possible."""
UPRIGHT = (1.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Text:
    """Text that begins at a place of the user space."""

    x: float
    y: float
    text: str
    size: float
    matrix: tuple[float, float, float, float]


@dataclass
class MadePage:
    """A page; all places are points from its upper left corner."""

    size: tuple[float, float] = A4
    turn: int = 0
    """Degrees that a viewer turns the page clockwise."""
    picture: bool = False
    items: list[Text | str] = field(default_factory=list)

    def text(
        self,
        x: float,
        top: float,
        text: str,
        size: float = 12,
        matrix: tuple[float, float, float, float] = UPRIGHT,
    ) -> None:
        """Text with its upper left corner here, each character as wide as it is high (half as wide in ASCII)."""
        self.items.append(Text(x, self.size[1] - top - 0.88 * size, text, size, matrix))

    def line(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """A ruling."""
        high = self.size[1]
        self.items.append(f"0.5 w {x0} {high - top0} m {x1} {high - top1} l S")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """The rulings of a table without merged cells."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])


class _Fonts:
    """The objects of the fonts, and how a text is written with them."""

    def __init__(self, pages: Iterable[MadePage], first: int, *, shapes: bool) -> None:
        texts = "".join(item.text for page in pages for item in page.items if isinstance(item, Text))
        self.chars = sorted(set(texts))
        self.shapes = shapes
        self.objects: list[bytes] = []
        self.names: list[str] = []
        if shapes:
            for at in range(0, len(self.chars), PER_FONT):
                self._type3(self.chars[at : at + PER_FONT], first + len(self.objects))
        else:
            self._named(first)

    def _add(self, *bodies: bytes) -> None:
        self.objects.extend(bodies)

    def _type3(self, chars: list[str], number: int) -> None:
        widths = " ".join("500" if char.isascii() else "1000" for char in chars)
        boxes = f"/gw {number + 1} 0 R /gh {number + 2} 0 R /gs {number + 3} 0 R"
        shape = ["/gs" if char.isspace() else "/gh" if char.isascii() else "/gw" for char in chars]
        differences = " ".join(shape)
        self.names.append(f"/F{len(self.names)} {number} 0 R")
        self._add(
            f"<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0] "
            f"/CharProcs << {boxes} >> /Encoding << /Type /Encoding /Differences [0 {differences}] >> /FirstChar 0 "
            f"/LastChar {len(chars) - 1} /Widths [{widths}] /ToUnicode {number + 4} 0 R /Resources << >> >>".encode(),
            _stream(b"1000 0 0 -120 1000 880 d1 0 -120 1000 1000 re f"),
            _stream(b"500 0 0 -120 500 880 d1 0 -120 500 1000 re f"),
            _stream(b"500 0 0 0 0 0 d1"),
            _stream(
                b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
                + b"".join(
                    f"1 beginbfchar <{code:02x}> <{char.encode('utf-16-be').hex()}> endbfchar ".encode()
                    for code, char in enumerate(chars)
                )
                + b"endcmap end"
            ),
        )

    def _named(self, number: int) -> None:
        self.names.append(f"/F0 {number} 0 R")
        self._add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            f"/DescendantFonts [{number + 1} 0 R] >>".encode(),
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [{'500 ' * 95}]] "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
            f"/FontDescriptor {number + 2} 0 R >>".encode(),
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 "
            b"/Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 >>",
        )

    def write(self, item: Text) -> str:
        """The operators of a text, one text object for what stands in one font."""
        written = []
        across, up = item.matrix[:2]
        x, y = item.x, item.y
        for font, group in groupby(item.text, self._font):
            part = "".join(group)
            matrix = " ".join(f"{value:g}" for value in item.matrix)
            written.append(f"BT /F{font} {item.size} Tf {matrix} {x:.2f} {y:.2f} Tm <{self._codes(part)}> Tj ET")
            advance = item.size * sum(0.5 if char.isascii() else 1 for char in part)
            x += across * advance
            y += up * advance
        return "\n".join(written)

    def _font(self, char: str) -> int:
        return self.chars.index(char) // PER_FONT if self.shapes else 0

    def _codes(self, part: str) -> str:
        if not self.shapes:
            return part.encode("utf-16-be").hex()
        return "".join(f"{self.chars.index(char) % PER_FONT:02x}" for char in part)


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def made_pdf(pages: Iterable[MadePage], *, shapes: bool = True, locked: bool = False) -> bytes:
    """The bytes of a PDF; ``locked`` asks for a password that nobody knows."""
    pages = list(pages)
    fonts = _Fonts(pages, 4, shapes=shapes)
    first = 4 + len(fonts.objects)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 "
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        picture + b">>\nstream\n\x80\nendstream",
        *fonts.objects,
    ]
    for at, page in enumerate(pages):
        width, height = page.size
        operators = [item if isinstance(item, str) else fonts.write(item) for item in page.items]
        if page.picture:
            operators.insert(0, f"q {width} 0 0 {height} 0 0 cm /P Do Q")
        stream = zlib.compress("\n".join(operators).encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {page.turn} "
            f"/Contents {first + 2 * at + 1} 0 R "
            f"/Resources << /Font << {' '.join(fonts.names)} >> /XObject << /P 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream")
    return _file(objects, locked=locked)


def _file(objects: list[bytes], *, locked: bool) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    lock = ""
    if locked:
        key, identity = "5a" * 32, "11" * 16
        lock = (
            f" /ID [<{identity}> <{identity}>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>"
        )
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{lock} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
