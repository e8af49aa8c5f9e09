"""Blocks tile their document; documents and issue blocks tile the text: on every file that the tests can reach."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import readers
from extractor.series import GENERIC
from extractor.structure import Outline, build
from extractor.structure.lines import split_lines

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FILES = sorted((ROOT / "corpora").glob("*/issue.txt")) + sorted(
    path for folder in ("gazettes", "corpus") for path in (SHARED / folder).glob("*.txt")
)
CASES = [
    case["text"]
    for name in ("documents", "issues")
    for case in tomllib.loads((ROOT / f"tests/cases/structure/{name}.toml").read_text(encoding="utf-8"))["case"]
]
LINES = [line for text in CASES for line in text.split("\n")]


def tiles(text: str, outline: Outline) -> None:
    """Assert that nothing is lost and nothing is twice."""
    at = 0
    for start, end in sorted([*(b.span for b in outline.blocks), *(d.span for d in outline.documents)]):
        assert (start, end > start) == (at, True)
        at = end
    assert at == len(text)
    for document in outline.documents:
        at = document.span[0]
        for block in document.blocks:
            assert (block.span[0], block.span[1] > block.span[0]) == (at, True), document.id
            at = block.span[1]
        assert at == document.span[1], document.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name if path.stem == "issue" else path.stem)
def test_files_are_tiled(path: Path) -> None:
    _, reading = readers.read(path.read_bytes(), path.name)
    outline = build(reading.text, GENERIC)
    tiles(reading.text, outline)
    assert all(reading.text[slice(*d.span)] for d in outline.diagnostics if d.span is not None)


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_cases_are_tiled(text: str) -> None:
    tiles(text, build(text, GENERIC))


@given(st.lists(st.sampled_from(LINES), max_size=40), st.sampled_from(["\n", "\n\n", " ", "\n\u3000\u3000"]))
def test_lines_in_any_order_are_tiled(lines: list[str], between: str) -> None:
    text = between.join(lines)
    tiles(text, build(text, GENERIC))


@given(
    st.text(
        alphabet="一二第条章附件号〔〕2024()（）《》:：,，。;；、\n\t \u3000通知关于印发各区人民政府年月日1.",
        max_size=300,
    )
)
def test_any_text_is_tiled(text: str) -> None:
    tiles(text, build(text, GENERIC))


@given(
    st.lists(
        st.sampled_from([*LINES, "（责任单位：市财政局）加强统筹协调，形成工作合力，确保取得实效。", " " * 3]),
        max_size=20,
    )
)
def test_lines_tile_any_span(lines: list[str]) -> None:
    text = " ".join(lines)
    spans = split_lines(text, (0, len(text)))
    assert "".join(text[slice(*span)] for span in spans) == text


def test_cost_grows_with_length_only() -> None:
    """Twenty issues in one text cost about twenty times one: the bound is loose, a square would be far beyond it."""
    text = "\n".join(CASES)

    def cost(times: int) -> float:
        joined = "\n".join([text] * times)
        start = time.perf_counter()
        build(joined, GENERIC)
        return time.perf_counter() - start

    cost(1)
    one = min(cost(2) for _ in range(3))
    assert cost(40) < 20 * one * 4
