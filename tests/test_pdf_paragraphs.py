"""What the places of printed lines tell beyond their words: paragraphs, ragged columns, names in a cell."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractor.readers import pdf
from extractor.readers.assemble import assemble
from extractor.readers.paragraphs import beginnings
from tests.made_pdf import MadePage, made_pdf

LEFT, SIZE, WIDTH = 80, 12, 36
"""A page whose lines have 36 characters."""
SENTENCES = "云川市各级部门按照职责抓好落实，年底以前报告进展，重要情况随时报告，不得瞒报漏报，也不得迟报缓报错报"


def full(start: str = "") -> str:
    """A line that is full and ends inside a sentence."""
    return (start + SENTENCES)[:WIDTH]


def text_of(*lines: tuple[float, str] | tuple[float, str, float]) -> list[str]:
    """The reading text of lines (indent in characters, text, size of the font) between two that are full."""
    page = MadePage()
    for at, (indent, text, *size) in enumerate([(0, full()), *lines, (0, full())]):
        page.text(LEFT + SIZE * indent, 100 + 20 * at, text, *(size or [SIZE]))
    return assemble(pdf.read(made_pdf([page]), "made.pdf")).text.split("\n")


def test_a_sentence_that_ends_before_the_edge_ends_its_paragraph() -> None:
    end = "各区县要在月底以前完成，逾期的予以通报。"
    assert text_of((0, end), (0, full("有关单位"))) == [full() + end, full("有关单位") + full()]


def test_an_indented_line_begins_a_paragraph_also_below_a_full_one() -> None:
    end = full()[:-1] + "。"
    indented = full()[: WIDTH - 2]
    assert text_of((0, end), (2, indented)) == [full() + end, indented + full()]


def test_a_line_that_hangs_below_an_open_sentence_goes_on() -> None:
    """抄送：… is set so, and lists of numbers."""
    first = full("抄送：")
    hanging = full("市")[: WIDTH - 3]
    assert text_of((0, first), (3, hanging))[-1].endswith(first + hanging + full())


def test_a_line_a_word_short_of_the_edge_goes_on() -> None:
    """A long number or a mark that may not begin a line was moved down with the word before it."""
    short = full()[: WIDTH - 4] + "达到"
    number = full("12345678个")
    assert text_of((0, short), (0, number)) == [full() + short + number + full()]


def test_a_title_is_apart_from_what_stands_below() -> None:
    title = "云川市防汛工作方案和防汛物资管理办法"
    assert title in text_of((0, title, 24), (0, full()))


def test_an_entry_of_the_contents_begins_a_line_above_its_page() -> None:
    entry = "关于印发云川市防汛工作方案的通知"
    page, column = MadePage(), full()
    for at, text in enumerate((column, entry, "（云政发〔2031〕7号）………………3", entry, "（云政发〔2031〕7号）")):
        page.text(LEFT, 100 + 20 * at, text)
    assert beginnings(pdf.read(made_pdf([page]), "made.pdf").lines) == [None, None, None, True, True]


def two_columns(ragged: bool) -> tuple[MadePage, list[str]]:
    """A page of two columns, its lines row by row in the file; the left one is a list of names if asked."""
    page = MadePage()
    lines: tuple[list[str], list[str]] = ([], [])
    for row in range(14):
        left = f"成员{row:02d}王小川" if ragged and row > 1 else full()[:17]
        for column, text in enumerate((left, f"{row:02d}" + full()[:16])):
            page.text(70 + 240 * column, 100 + 20 * row, text)
            lines[column].append(text)
    return page, lines[0] + lines[1]


@pytest.mark.parametrize("before", [0, 2])
def test_a_list_is_a_column_where_the_pages_before_had_one(before: int) -> None:
    """By itself a page with a list on the left shows no columns."""
    pages = [two_columns(ragged=at == before) for at in range(before + 1)]
    raw = pdf.read(made_pdf([page for page, _ in pages]), "made.pdf")
    read = [line.text for line in raw.lines if line.place.page == before + 1]
    assert (read == pages[-1][1]) == bool(before)


def test_names_in_a_cell_keep_their_distance() -> None:
    """Of two names characters touch; of a word that is spaced out none do."""
    page = MadePage()
    for x, char in zip((90, 114, 138, 150, 162), "阮棠卞小舟", strict=True):
        page.text(x, 100, char)
    assert [line.text for line in pdf.read(made_pdf([page]), "made.pdf").lines] == ["阮 棠 卞小舟"]


def test_full_lines_are_as_long_as_the_column() -> None:
    """What the tests above rest on."""
    assert all(len(one) == len(other) == WIDTH for one, other in pairwise([full(), full("市"), full("有关单位")]))


# --- margins, and paragraphs that go on -------------------------------------------------------------------------------

END = full()[:-1] + "。"
"""A full line that ends a sentence."""
LAST = "各区县要在月底以前完成。"


def printed(*lines: tuple[float, str], spaced: bool = False, wide: str = "") -> list[str]:
    """The text of lines (indent in characters, text) below paragraphs of two lines that show how first ones are set."""
    page, top = MadePage(), 80
    if wide:
        page.text(20, 60, wide)
    indent = 0 if spaced else 2
    shown = [(indent, full("首先")[: WIDTH - indent]), (0, LAST)] * 4
    for at, (indent, text) in enumerate([*shown, *lines]):
        top += 30 if spaced and (text.startswith("另外") or (at < len(shown) and at % 2 == 0)) else 20
        page.text(LEFT + SIZE * indent, top, text)
    return assemble(pdf.read(made_pdf([page]), "made.pdf")).text.split("\n")[4:]


def test_a_line_at_the_margin_goes_on_below_a_sentence_that_ends_there() -> None:
    first = full("有关单位")[: WIDTH - 3] + "。"
    assert printed((2, first), (0, full()), (0, LAST)) == [first + full() + LAST]


def test_an_indented_line_does_not_go_on() -> None:
    first = full("有关单位")[: WIDTH - 3] + "。"
    assert printed((2, first), (2, full()[: WIDTH - 2]), (0, LAST)) == [first, full()[: WIDTH - 2] + LAST]


def test_where_no_first_line_is_indented_white_between_paragraphs_parts_them() -> None:
    again = full("另外")
    assert printed((0, again), (0, END), (0, full()), (0, END), (0, again), (0, LAST), spaced=True) == [
        again + END + full() + END,
        again + LAST,
    ]


def test_a_label_at_the_margin_is_left_to_its_words() -> None:
    first = full("有关单位")[: WIDTH - 3] + "。"
    assert printed((2, first), (0, "第二章 保障措施"), (2, LAST)) == [first, "第二章 保障措施", LAST]


def test_a_line_that_is_wider_than_the_text_moves_no_margin() -> None:
    """A row of buttons of a printed web page, a list of figures without rulings."""
    wide = "首页 云川概况 信息公开 网上办事 互动交流 走进云川 旅游云川 投资云川 专题专栏 数据开放 政策解读"
    lines = [(2.0, full()[: WIDTH - 2]), (0.0, full("市")), (0.0, LAST)]
    assert printed(*lines, *lines, wide=wide)[-2:] == ["".join(text for _, text in lines)] * 2


def test_a_page_of_indented_lines_has_the_margins_of_the_other_pages() -> None:
    """Each line of a list of paragraphs is indented; none of them is at the margin, none goes on."""
    pages = [MadePage(), MadePage()]
    for at in range(12):
        pages[0].text(LEFT + (0 if at % 3 else 2 * SIZE), 100 + 20 * at, full()[2 * (not at % 3) :])
        pages[1].text(LEFT + 2 * SIZE, 100 + 20 * at, f"{at + 1}．云川市第{at + 1}号泵站计{at + 1}分")
    text = assemble(pdf.read(made_pdf(pages), "made.pdf")).text.split("\n")
    assert [line for line in text if "号泵站" in line][1:] == [
        f"{at + 1}．云川市第{at + 1}号泵站计{at + 1}分" for at in range(1, 12)
    ]


def test_a_signature_below_a_full_line_is_apart() -> None:
    name = "云川市人民政府办公室"
    assert printed((2, full()[: WIDTH - 2]), (WIDTH - len(name), name))[-1] == name


def test_below_a_full_entry_of_the_contents_the_next_one_begins() -> None:
    """One mark of a leader is enough where the page number is at the margin."""
    entry = full("云川市交通局")[: WIDTH - 2] + "…14"
    assert printed((0, entry), (0, entry), (0, LAST)) == [entry, entry, LAST]
