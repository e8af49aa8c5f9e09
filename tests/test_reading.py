"""The reading text: furniture and chrome out and listed, broken lines joined, nothing else changed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.reading import Reading, read_lines

CASES = Path(__file__).parent / "cases" / "reading"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            failing = case.get("known_failure")
            marks = [pytest.mark.xfail(strict=True, reason=failing)] if failing else []
            found.append(pytest.param(case, id=f"{path.stem}-{case['id']}", marks=marks))
    return found


def put_back(reading: Reading) -> str:
    """The text with everything that was taken out in its place again."""
    pieces = []
    last = 0
    for removed in reading.removed:
        pieces.extend((reading.text[last : removed.at], removed.text))
        last = removed.at
    return "".join([*pieces, reading.text[last:]])


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    reading = read_lines(case["text"])
    assert reading.text.strip() == case["expected"].strip()
    if "removed" in case:
        assert [[removed.kind, removed.text.strip()] for removed in reading.removed] == case["removed"]
    if "fields" in case:
        assert [[row.name, row.value] for row in reading.fields] == case["fields"]
    assert bare(put_back(reading)) == bare(case["text"])


def test_case_ids_are_unique() -> None:
    ids = [param.id for param in cases()]
    assert len(ids) == len(set(ids)) > 15


LINES = st.lists(
    st.one_of(
        st.text(alphabet="县财政局负责落实，、。；：（）《》“”123—- \u3000\ta\x07", max_size=30),
        st.sampled_from(
            [
                "",
                "— 3 —",
                "# Page 7:",
                "7",
                "附件1",
                "（一）总则",
                "当前位置：首页 > 公报",
                "打印本页",
                "2031年3月2日",
                "责任单位：县财政局",
            ]
        ),
        st.integers(1, 40).map(lambda n: "托" * n),
    ),
    max_size=40,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\f"]))
def test_nothing_is_lost_and_nothing_invented(lines: list[str], newline: str) -> None:
    source = newline.join(lines)
    reading = read_lines(source)
    assert bare(put_back(reading)) == bare(source)
    assert all(0 <= removed.at <= len(reading.text) and removed.text for removed in reading.removed)
    assert list(reading.removed) == sorted(reading.removed, key=lambda removed: removed.at)


@given(
    st.lists(
        st.text(alphabet="县财政局要负责落实", min_size=3, max_size=60).map(lambda words: f"{words}。"), min_size=1
    )
)
def test_paragraphs_of_any_length_are_left_alone(paragraphs: list[str]) -> None:
    source = "\n".join(paragraphs)
    assert read_lines(source).text == source


@given(st.integers(18, 44), st.lists(st.integers(60, 160), min_size=12, max_size=30))
def test_a_column_of_any_width_is_joined(column: int, lengths: list[int]) -> None:
    words = "县财政局要会同有关部门负责落实好，并按季度报告"
    paragraphs = [
        f"（{'一二三四五六七八九'[n % 9]}）" + (words * 8)[:length] + "。" for n, length in enumerate(lengths)
    ]
    printed = ["\n".join(p[at : at + column] for at in range(0, len(p), column)) for p in paragraphs]
    joined = read_lines("\n".join(printed)).text.split("\n")
    right = sum(line in joined for line in paragraphs)
    assert right >= 0.9 * len(paragraphs)


def test_pages_lead_back() -> None:
    text = "一、总则。\n\n# Page 4:\n二、任务。\n\n# Page 5:\n三、附则。\n"
    reading = read_lines(text)
    assert [(reading.text[at : at + 2], page) for at, page in reading.pages] == [("二、", 4), ("三、", 5)]
    assert [removed.page for removed in reading.removed] == [None, 4]
    assert [removed.line for removed in reading.removed] == [3, 6]


def test_bare_numbers_that_count_up_page_by_page_are_page_numbers() -> None:
    pages = [
        [f"第{page}页的第{line}行写着要落实各项任务。" for line in range(12)] + [str(page)] for page in range(1, 7)
    ]
    reading = read_lines("\n".join(line for page in pages for line in page))
    assert [removed.text for removed in reading.removed] == ["1", "2", "3", "4", "5", "6"]
    assert [page for _, page in reading.pages] == [1, 2, 3, 4, 5, 6]


def test_lost_characters_and_mojibake_are_reported() -> None:
    found = read_lines("县财\ufffd局负责。锟斤拷锟斤拷").diagnostics
    assert [(d.code, d.span) for d in found] == [("text.undecodable", (2, 3)), ("text.mojibake", (7, 13))]


def test_real_files(shared: Path) -> None:
    paths = sorted(shared.glob("corpus/*.txt")) + sorted(shared.glob("gazettes/*.txt"))
    assert paths
    for path in paths:
        source = path.read_bytes().decode("utf-8-sig")
        reading = read_lines(source)
        assert bare(put_back(reading)) == bare(source), path.name
        again = read_lines(reading.text)
        changed = abs(again.text.count("\n") - reading.text.count("\n"))
        assert changed <= 0.02 * reading.text.count("\n") + 1, (
            f"{path.name}: {changed} more lines joined when read again"
        )


def test_files_of_both_layouts_put_together_read_like_each_alone() -> None:
    words = "县财政局要会同有关部门负责落实好，并按季度报告"
    wide = [f"（{label}）{words * 6}。" for label in "一二三四五六七八九十"]
    narrow = [
        f"（{label}）{words * count}。"
        for label, count in zip("一二三四五六七八九", [1, 3, 2, 4, 1, 2, 3, 5, 2], strict=True)
    ]
    printed = [line[at : at + 30] for line in narrow for at in range(0, len(line), 30)]
    assert read_lines("\n".join([*wide, *printed, *wide])).text.split("\n") == [*wide, *narrow, *wide]
