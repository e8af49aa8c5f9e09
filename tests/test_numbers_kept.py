"""No number is ever altered: each run of numerals of a source is in the reading text or in what was taken out of it.

The source is read here by other means than ours (``source_numbers.py``). What may differ, and nothing else:

- A number that a line or page break of printed lines (plain text, PDF) has cut is whole again in the reading text.
- Automatic numbers of a Word file stand in no text of the file; the reading text has them as Word shows them.
- Invisible characters (U+200B and the like) inside a number are taken out of the reading text.
- Text that Word or a browser does not show is in ``source.removed``; what an accepted change deletes is in neither.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import extractor
from extractor import readers
from extractor.errors import NoTextLayerError
from extractor.text.fold import fold
from extractor.text.labels import label_at
from extractor.text.reading import Reading
from tests.made_pdf import MadePage, made_pdf
from tests.source_numbers import ARABIC, CHINESE, Difference, compare, source_text
from tests.test_docx import OUTLINE, item, make, num

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FORMATS = {".txt", ".html", ".docx", ".pdf"}
FILES = [
    path
    for path in sorted([*ROOT.glob("corpora/*/issue.*"), *SHARED.glob("corpus/*"), *SHARED.glob("gazettes/*")])
    if path.suffix in FORMATS
]
NONE: Difference = Difference(Counter(), Counter())


def texts_of(reading: Reading) -> list[str]:
    return [reading.text, *(piece.text for piece in reading.removed)]


def differences(data: bytes, name: str, *, numbered: bool = False) -> list[Difference]:
    """Of both kinds of numerals; those of automatic numbers set aside where ``numbered`` says so."""
    source, reading = readers.read(data, name)
    if numbered and name.endswith(".docx"):
        reading = unnumbered(data, reading)
    printed = source.media_type in ("text/plain", "application/pdf")
    text = source_text(data, source.encoding)
    return [compare(pattern, text, texts_of(reading), joins=printed) for pattern in (ARABIC, CHINESE)]


def unnumbered(data: bytes, reading: Reading) -> Reading:
    """The reading without the label that each paragraph of a Word file begins with and the file has no text for."""
    written = {line.strip() for line in source_text(data, None).split("\n")}
    lines = []
    for line in reading.text.split("\n"):
        label = label_at(fold(line.strip()))
        bare = line.strip()[label.end :].strip() if label is not None else line
        lines.append(bare if label is not None and line.strip() not in written and bare in written else line)
    return replace(reading, text="\n".join(lines))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_numeral_is_lost_or_made_up(path: Path) -> None:
    try:
        assert differences(path.read_bytes(), path.name, numbered=True) == [NONE, NONE]
    except NoTextLayerError:
        assert path.name.startswith("scan-")


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix != ".pdf"], ids=lambda path: path.name)
def test_digits_keep_their_order(path: Path) -> None:
    """Those of a PDF stand in the order in which it was drawn."""
    data = path.read_bytes()
    source, reading = readers.read(data, path.name)
    digits = iter("".join(ARABIC.findall(source_text(data, source.encoding))))
    assert all(digit in digits for digit in "".join(ARABIC.findall(reading.text)))


@pytest.mark.parametrize("path", FILES[:4], ids=lambda path: path.parent.name)
def test_the_text_of_the_issue_is_that_of_the_reader(path: Path) -> None:
    issue = extractor.parse(path)
    assert (issue.text, issue.source.removed) == (
        (reading := readers.read(path.read_bytes(), path.name)[1]).text, reading.removed,
    )  # fmt: skip


# --- the exceptions, one by one ---------------------------------------------------------------------------------------


def test_a_number_that_a_line_break_cut_is_whole() -> None:
    printed = """\
　　云岭县各镇要认真落实托育服务的各项任务并且安排资金到20
31年底前新增托位二百个，其中公办托位占比达到四成，由县教育
局牵头，县财政局配合，各镇人民政府按照职责分工负责。新增二
十五个社区托育点，每个补助30000元，资金在预算中安排解决。
"""
    assert differences(printed.encode(), "a.txt") == [NONE, NONE]
    text = readers.read(printed.encode(), "a.txt")[1].text
    assert "到2031年底前" in text and "新增二十五个" in text


def test_automatic_numbers_of_word_are_the_only_ones_made_up() -> None:
    data = make(item(1, 0, "到2031年") + item(1, 2, "新增5个") + item(1, 2, "新增6个"), numbering=OUTLINE + num(1, 7))
    arabic, chinese = differences(data, "a.docx")
    assert (arabic.made_up, chinese.made_up) == (Counter("12"), Counter("一"))
    assert not arabic.lost and not chinese.lost


def test_invisible_characters_are_not_between_digits() -> None:
    data = "到20\u200b31年，安排3\ufeff00万元。".encode()
    assert differences(data, "a.txt") == [NONE, NONE]
    assert readers.read(data, "a.txt")[1].text == "到2031年，安排300万元。"


def test_hidden_and_deleted_text() -> None:
    page = "<p>到2031年新增托位200个。<p style='display:none'>到2032年新增托位300个。<script>var x = 400;</script>"
    assert differences(page.encode(), "a.html") == [NONE, NONE]
    data = make(
        '<w:p><w:r><w:t>安排</w:t></w:r><w:del w:id="1"><w:r><w:delText>100</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:t>万元。</w:t></w:r></w:p>'
    )
    assert differences(data, "a.docx") == [NONE, NONE]


# --- what was found on real files ------------------------------------------------------------------------------------


def test_two_rows_of_figures_that_a_page_break_parts_stay_two() -> None:
    """Cells of a merged column are empty at the top of a page: its first row is a new row, not the rest of one."""
    pages = []
    for first in (20310018, 20310019):
        page = MadePage()
        xs = [60.0, 160.0, 300.0, 400.0]
        page.grid(xs, [100.0, 130.0, 160.0])
        if not pages:
            for x, text in zip(xs, ("区", "编号", "面积"), strict=False):
                page.text(x + 4, 108, text)
            page.text(64, 138, "青岚区")
        page.text(164, 138 if not pages else 108, str(first))
        page.text(304, 138 if not pages else 108, "1.94" if not pages else "0.88")
        if pages:
            page.text(64, 138, "云溪区")
            page.text(164, 138, "20310020")
            page.text(304, 138, "2.07")
        pages.append(page)
    text = readers.read(made_pdf(pages), "a.pdf")[1].text
    assert ARABIC.findall(text) == ["20310018", "1", "94", "20310019", "0", "88", "20310020", "2", "07"]


@pytest.mark.parametrize("cell", ["<p>35.5<p>40", "35.5<br>40", "<div>35.5</div><div>40</div>"])
def test_paragraphs_of_a_cell_that_are_numbers_stay_apart(cell: str) -> None:
    page = f"<p>请认真落实以下指标，按期完成。<table border=1><tr><td>指标<td>数值<tr><td>托位<td>{cell}</table>"
    assert differences(page.encode(), "a.html") == [NONE, NONE]
    assert "托位\t35.5 40" in readers.read(page.encode(), "a.html")[1].text
