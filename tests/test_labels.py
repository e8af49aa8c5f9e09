"""Labels as printed, and the path label that each gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.fold import fold
from extractor.text.labels import STYLES, chinese, circled, implied, label_at
from extractor.text.numerals import parse_chinese


@pytest.mark.parametrize(
    ("written", "style", "number", "path"),
    [
        ("一、总则", "一", 1, "一"),
        ("二十三、要求", "一", 23, "二十三"),
        ("廿一、附则", "一", 21, "二十一"),
        ("一．总则", "一", 1, "一"),
        ("（十二）扩大供给", "(一)", 12, "(十二)"),
        ("(一)、任务", "(一)", 1, "(一)"),
        ("( 七) 组织", "(一)", 7, "(七)"),
        ("㈢监督", "(一)", 3, "(三)"),
        ("1.任务", "1", 1, "1"),
        ("２．任务", "1", 2, "2"),
        ("3﹒任务", "1", 3, "3"),
        ("4、任务", "1", 4, "4"),
        ("05.任务", "1", 5, "5"),
        ("⒈任务", "1", 1, "1"),
        ("2.2031年底前完成", "1", 2, "2"),
        ("（1）任务", "(1)", 1, "(1)"),
        ("⑵任务", "(1)", 2, "(2)"),
        ("3)任务", "1)", 3, "(3)"),
        ("①任务", "①", 1, "①"),
        ("㉑任务", "①", 21, "㉑"),
        ("第三章 管理", "chapter", 3, "第三章"),
        ("第2章 管理", "chapter", 2, "第二章"),
        ("第十二条 解释", "article", 12, "第十二条"),
        ("第 44 条 解释", "article", 44, "第四十四条"),
        ("第五条之一 补助", "article", 5, "第五条之一"),
        ("第一编 总则", "part", 1, "第一编"),
        ("第二节 程序", "section", 2, "第二节"),
        ("1.2 范围", "1.1", 2, "1.2"),
        ("2.1.3 职责", "1.1.1", 3, "2.1.3"),
        ("A.合格", "A", 1, "A"),
    ],
)
def test_labels(written: str, style: str, number: int, path: str) -> None:
    label = label_at(fold(written))
    assert label is not None
    assert (label.style, label.number, label.path) == (style, number, path)
    assert label.start == 0
    assert written[label.end :].strip()


@pytest.mark.parametrize(
    "written",
    ["12.5%", "2031年", "一是", "第三方", "第一,", "(草案)", "〔2031〕5号", "3.5元", "零、", "十年", "5G", "(2031年)"],
)
def test_what_is_no_label(written: str) -> None:
    assert label_at(fold(written)) is None


@given(st.integers(min_value=1, max_value=999))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert parse_chinese(chinese(number)) == number


@given(st.sampled_from([style for style in STYLES if "." not in style and style != "A"]), st.integers(1, 35))
def test_an_implied_label_is_read_back(style: str, number: int) -> None:
    written = implied(style, number)
    label = label_at(written + ("、" if style in ("一", "1") else "") + "甲")
    assert label is not None
    assert (label.path, label.number) == (written, number)


def test_circled_beyond_the_code_points() -> None:
    assert [circled(20), circled(35), circled(36)] == ["⑳", "㉟", "36"]
