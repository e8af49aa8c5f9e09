"""gazette mark: the notes are in the copy, lie on their words, say what they are, and the pages are as they were."""

from __future__ import annotations

import ctypes
import hashlib
import io
import itertools
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

import extractor
from extractor.errors import DamagedInputError, NoTextLayerError, PasswordError, PlacesError, UnknownFormatError
from extractor.exports import marked_pdf
from extractor.exports.pdf_annotations import annotate
from extractor.exports.rows import describe
from extractor.model import Issue
from tests.made_pdf import MadePage, made_pdf

ROOT = Path(__file__).resolve().parent.parent
REAL = sorted((ROOT.parent / "shared" / "corpus").glob("*pdf-*.pdf"))
TITLE = "云岭县托育服务实施方案"
MEASURE = (
    "（一）扩大托育供给。到2031年，新增托位200个以上，",
    "入托率达到40%。（牵头单位：县教育局；配合单位：县",
    "财政局、县住房城乡建设局）",
    "（二）降低费用。每月减免托育费300元。（责任单位：县",
    "发展改革委）",
)


def _page(turn: int = 0, columns: int = 1) -> MadePage:
    page = MadePage(turn=turn)
    page.text(200, 60, TITLE, 16)
    page.text(60, 100, "一、主要任务")
    for column in range(columns):
        for at, line in enumerate(MEASURE):
            label = line if not column else line.replace("（一）", "（三）").replace("（二）", "（四）")
            page.text(60 + 260 * column, 124 + 20 * at, label, 9)
    return page


@dataclass(frozen=True)
class Note:
    """An annotation as PDFium reads it back, and what stands below it."""

    page: int
    text: str
    words: str
    name: str
    flags: int


def _string(annotation: object, key: str) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key.encode(), ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def _notes(data: bytes) -> list[Note]:
    document = pypdfium2.PdfDocument(data)
    return [note for number in range(len(document)) for note in _notes_of(document[number], number + 1)]


def _notes_of(page: pypdfium2.PdfPage, number: int) -> Iterator[Note]:
    textpage = page.get_textpage()
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_HIGHLIGHT:
            continue
        words = []
        for quad in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
            points = raw.FS_QUADPOINTSF()
            assert raw.FPDFAnnot_GetAttachmentPoints(annotation, quad, points)
            across = points.x1, points.x2, points.x3, points.x4
            up = points.y1, points.y2, points.y3, points.y4
            inset = 0.15 * min(max(across) - min(across), max(up) - min(up))
            words.append(
                textpage.get_text_bounded(min(across) + inset, min(up) + inset, max(across) - inset, max(up) - inset)
            )
        yield Note(number, _string(annotation, "Contents"), "".join("".join(words).split()),
                   _string(annotation, "NM"), raw.FPDFAnnot_GetFlags(annotation))  # fmt: skip


def _contents(data: bytes) -> list[bytes]:
    """The content of each page as another reader sees it."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    return [
        b"\n".join(resolve1(stream).get_data() for stream in page.contents) for page in PDFPage.create_pages(document)
    ]


def _expected(issue: Issue) -> Iterator[tuple[str, str]]:
    """What must be said of which words."""
    for document in issue.documents:
        for commitment in document.commitments:
            yield f"量化承诺 {describe(commitment)}", issue.text[slice(*commitment.span)]
        for measure in document.measures:
            for duty in measure.responsibilities:
                for unit in duty.units:
                    yield f"{marked_pdf.ROLES[duty.role]} {unit.mention}", unit.mention


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_marks_lie_on_their_words_and_say_what_they_are(turn: int) -> None:
    notes = _notes(extractor.mark(made_pdf([_page(turn), MadePage()]), name="a.pdf"))
    found = {note.text.split("\n")[0]: note.words for note in notes}
    assert found["牵头单位 县教育局"] == "县教育局"
    assert found["配合单位 县财政局"] == "县财政局", "it stands on two lines"
    assert found["责任单位 县发展改革委"] == "县发展改革委"
    assert found["举措 扩大托育供给"] == "扩大托育供给"
    assert found["量化承诺 新增托位 ≥ 200个 (到2031)"] == "新增托位200个以上"
    assert {note.page for note in notes} == {1}
    assert all(note.flags & raw.FPDF_ANNOT_FLAG_PRINT for note in notes)
    assert len({note.name for note in notes}) == len(notes)


def test_the_note_of_a_measure_lists_its_bodies_and_numbers() -> None:
    notes = _notes(extractor.mark(made_pdf([_page()]), name="a.pdf"))
    (said,) = (note.text.split("\n") for note in notes if note.text.startswith("举措 扩大"))
    assert said[1:3] == ["牵头单位 县教育局", "配合单位 县财政局、县住房城乡建设局"]
    assert len(said) == 5


def test_marks_stand_in_their_column() -> None:
    notes = _notes(extractor.mark(made_pdf([_page(columns=2)]), name="a.pdf"))
    count = Counter(note.text for note in notes)
    assert count["牵头单位 县教育局"] == count["配合单位 县财政局"] == 2
    assert {note.words for note in notes if note.text == "配合单位 县财政局"} == {"县财政局"}


def _issues() -> list[Path]:
    return [path for path in REAL if "380p" not in path.name]


@pytest.mark.parametrize("path", _issues(), ids=lambda path: path.stem)
def test_marks_of_real_files(path: Path) -> None:
    issue = extractor.parse(path, places=True)
    data = marked_pdf.render(path.read_bytes(), issue)
    notes = [note for note in _notes(data) if note.name]
    wanted = marked_pdf.marks(issue)
    assert Counter((note.page, note.text) for note in notes) == Counter((mark.page, mark.note) for mark in wanted)
    said = [(line, note) for note in notes for line in note.text.split("\n")]
    wrong = []
    for line, words in _expected(issue):
        there = "".join(note.words for told, note in said if told.startswith(line) and not note.text.startswith("举措"))
        if Counter("".join(words.split())) - Counter(there):
            wrong.append((line, words, there))
    assert not wrong
    assert _contents(data) == _contents(path.read_bytes())


def test_each_note_brings_its_looks_for_viewers_that_draw_none() -> None:
    data = extractor.mark(made_pdf([_page()]), name="a.pdf")
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    (page,) = PDFPage.create_pages(document)
    notes = [resolve1(note) for note in resolve1(page.annots)]
    assert len(notes) == len(_notes(data))
    for note in notes:
        looks = resolve1(note["AP"]["N"])
        states = resolve1(resolve1(looks.attrs["Resources"])["ExtGState"])
        assert all(str(resolve1(state)["BM"]) == "/'Multiply'" for state in states.values()), "text stays black"
        assert len(note["QuadPoints"]) % 8 == 0 and note["Contents"]


@pytest.mark.parametrize("turn", [0, 90])
def test_a_copy_is_the_same_each_time_and_looks_the_same_below_its_marks(turn: int) -> None:
    original = made_pdf([_page(turn)], shapes=False)
    copy = extractor.mark(original, name="a.pdf")
    assert extractor.mark(original, name="a.pdf") == copy
    plain, marked = (
        pypdfium2.PdfDocument(data)[0].render(may_draw_forms=False, draw_annots=False).to_numpy()
        for data in (original, copy)
    )
    assert (plain == marked).all()
    drawn = pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("RGB")
    colors = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in drawn.getcolors(1 << 24) or ()}
    assert {marked_pdf.COLORS[kind] for kind in ("举措", "量化承诺", "牵头单位", "配合单位", "责任单位")} <= colors


def test_what_is_marked_already_is_kept() -> None:
    once = extractor.mark(made_pdf([_page()]), name="a.pdf")
    assert len(_notes(extractor.mark(once, name="a.pdf"))) == 2 * len(_notes(once))


def test_a_document_without_findings_is_copied() -> None:
    page = MadePage()
    page.text(100, 100, "关于做好防汛工作的通知")
    data = made_pdf([page])
    assert _notes(extractor.mark(data, name="a.pdf")) == []


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        ("到2031年新增托位200个。".encode(), UnknownFormatError, "only a PDF"),
        (b"PK\x03\x04....word/document.xml", UnknownFormatError, "Word document"),
        (b"\x89PNG\r\n\x1a\n....", UnknownFormatError, "PNG"),
        (made_pdf([MadePage(picture=True)]), NoTextLayerError, "no text layer"),
        (made_pdf([_page()], locked=True), PasswordError, "password"),
        (made_pdf([_page()])[:900], DamagedInputError, "too early"),
    ],
)
def test_what_cannot_be_marked_is_named(data: bytes, error: type[Exception], says: str, tmp_path: Path) -> None:
    with pytest.raises(error, match=says):
        extractor.mark(data, name="x.pdf")
    source, target = tmp_path / "x.pdf", tmp_path / "y.pdf"
    source.write_bytes(data)
    done = _gazette("mark", source, "-o", target)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1 and says in done.stderr.decode()
    assert not done.stdout and [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def _gazette(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "extractor", *map(str, args)], capture_output=True, cwd=ROOT)


def test_the_command_writes_a_copy_and_never_over_its_input(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(made_pdf([_page()]))
    assert _gazette("mark", source, "-o", target).returncode == 0
    assert target.read_bytes() == extractor.mark(source)
    refused = _gazette("mark", source, "-o", source)
    assert refused.returncode == 2 and b"is the input itself" in refused.stderr
    assert source.read_bytes() == made_pdf([_page()])
    assert _gazette("mark", source).returncode == 2


def test_an_issue_without_places_is_refused() -> None:
    data = made_pdf([_page()])
    with pytest.raises(PlacesError, match="parse it with places=True"):
        marked_pdf.render(data, extractor.parse(data, name="a.pdf"))


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def test_a_file_that_opens_without_a_password_but_is_locked_against_changes_stays_locked() -> None:
    locked = made_pdf([_page()], locked=True)
    key = hashlib.md5(PADDING + b"\x5a" * 32 + b"\xfc\xff\xff\xff" + b"\x11" * 16).digest()[:5]
    locked = locked.replace(b"/U <" + b"5a" * 32, b"/U <" + _rc4(key, PADDING).hex().encode())
    with pytest.raises(PasswordError, match="locked against changes"):
        annotate(locked, "x.pdf", ())


# --- colours ----------------------------------------------------------------------------------------------------------

SIGHT = {  # how colours look to people who lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)
    "all three": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def _linear(color: str) -> list[float]:
    parts = [byte / 255 for byte in bytes.fromhex(color[1:])]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _lab(linear: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", SIGHT)
def test_colours_are_told_apart(eye: str) -> None:
    seen = {
        color: _lab([sum(a * b for a, b in zip(row, _linear(color), strict=True)) for row in SIGHT[eye]])
        for color in {*marked_pdf.COLORS.values(), "#ffffff"}
    }
    assert min(math.dist(seen[a], seen[b]) for a, b in itertools.combinations(seen, 2)) > 18


def test_black_text_is_read_on_every_colour() -> None:
    for color in marked_pdf.COLORS.values():
        red, green, blue = _linear(color)
        assert (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / 0.05 > 7, color


def test_colours_stand_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(#[0-9a-f]{6})`", readme))
    assert listed == set(marked_pdf.COLORS.values())
