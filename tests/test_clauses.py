"""Clause trees: phenomena from cases/clauses, tiling of any text, and trees that are written down and read back."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.diagnostics import codes
from extractor.model import Clause, Span
from extractor.structure.clauses import Growth, grow
from extractor.text.labels import chinese

CASES = Path(__file__).parent / "cases" / "clauses"


def lines_of(text: str, start: int = 0) -> list[Span]:
    """One span a printed line, with its line end."""
    found = []
    for line in text.splitlines(keepends=True):
        found.append((start, start + len(line)))
        start += len(line)
    return found


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=f"{row['id']} {row['name']}") for row in rows]


def outline(grown: Growth) -> list[str]:
    return [f"{'/'.join(clause.path)} | {clause.heading or '-'}" for clause in grown.clauses]


def owner(text: str, grown: Growth, words: str) -> str | None:
    """Path of the clause that owns the block in which ``words`` begin a line or a sentence."""
    at = text.index(words)
    block = next(block for block in grown.blocks if block.span[0] <= at < block.span[1])
    return None if block.clause_id is None else block.clause_id.split("/", 1)[1]


def check_shape(text: str, lines: list[Span], grown: Growth) -> None:
    """What holds for every growth: tiles, spans inside spans, labels as printed, ids that are unique."""
    assert [block.span[0] for block in grown.blocks] + [lines[-1][1]] == [lines[0][0]] + [
        block.span[1] for block in grown.blocks
    ]
    assert all(start < end for start, end in (block.span for block in grown.blocks))
    by_id = {clause.id: clause for clause in grown.clauses}
    assert len(by_id) == len(grown.clauses)
    assert [clause.span[0] for clause in grown.clauses] == sorted(clause.span[0] for clause in grown.clauses)
    for clause in grown.clauses:
        assert lines[0][0] <= clause.span[0] < clause.span[1] <= lines[-1][1]
        assert text[slice(*clause.span)].strip() == text[slice(*clause.span)]
        if clause.label is not None:
            assert text.startswith(clause.label, clause.span[0])
        if clause.heading is not None:
            assert clause.heading in text[slice(*clause.span)].replace("\n", "")
        if clause.parent_id is not None:
            parent = by_id[clause.parent_id]
            assert parent.span[0] <= clause.span[0]
            assert clause.span[1] <= parent.span[1]
            assert clause.path[:-1] == parent.path
        else:
            assert len(clause.path) == 1
    for block in grown.blocks:
        assert block.clause_id is None or block.clause_id in by_id
        if block.clause_id is not None:
            assert by_id[block.clause_id].span[0] <= block.span[0] + len(text[slice(*block.span)]) - len(
                text[slice(*block.span)].lstrip()
            )


@pytest.mark.parametrize("row", cases("wild") + cases("negative"))
def test_cases(row: dict[str, Any]) -> None:
    text = row["text"]
    grown = grow(text, lines_of(text), "d1")
    check_shape(text, lines_of(text), grown)
    assert outline(grown) == row["expected"]
    assert ["/".join(clause.path) for clause in grown.clauses if clause.repaired] == row.get("repaired", [])
    assert sorted({note.code for note in grown.diagnostics}) == sorted(row.get("diagnostics", []))
    for words, path in row.get("owners", {}).items():
        assert owner(text, grown, words) == path, words
    for words in row.get("document", []):
        assert owner(text, grown, words) is None, words


def test_every_diagnostic_has_a_code_that_is_listed() -> None:
    text = "一、甲乙丙\n河道整治。\n行动安排\n年内完成清淤,恢复通航。\n三、丁戊\n三、己庚\n二、辛壬\n九、癸子\n"
    grown = grow(text, lines_of(text), "d1")
    assert len({note.code for note in grown.diagnostics}) >= 3
    for note in grown.diagnostics:
        assert note.severity == codes()[note.code].severity
        assert note.span is not None
        assert text[slice(*note.span)].strip()


def test_a_lost_number_is_null_as_label_and_says_so() -> None:
    text = "一、背景\n水源不足,靠外调。\n总体安排\n三年建成两座水厂,同步改造管网。\n三、分工\n水利局抓总。\n"
    lost = grow(text, lines_of(text), "d1").clauses[1]
    assert (lost.id, lost.label, lost.repaired, lost.heading) == ("d1/二", None, True, "总体安排")


def test_a_path_that_comes_again_gets_a_number() -> None:
    text = "申请材料:\n1.申请表;\n2.身份证。\n办理步骤:\n1.到窗口取号;\n2.当场领证。\n"
    assert [clause.id for clause in grow(text, lines_of(text), "d3").clauses] == ["d3/1", "d3/2", "d3/1~2", "d3/2~2"]


def test_nothing_and_blank_lines() -> None:
    assert grow("", [], "d1") == Growth((), ())
    grown = grow("\n\n 　\n", lines_of("\n\n 　\n"), "d1")
    assert [(block.kind, block.span) for block in grown.blocks] == [("other", (0, 5))]


def test_spans_point_into_the_whole_text() -> None:
    before = "标题\n"
    text = before + "一、目的\n便民。\n"
    grown = grow(text, lines_of(text)[1:], "d1")
    assert grown.clauses[0].span == (3, 11)
    assert grown.blocks[0].span[0] == 3


# --- any text tiles ---------------------------------------------------------------------------------------------------

PIECES = [  # labels, words, and what stands between them
    "一、", "二、", "(一)", "（二）", "1.", "2．", "3、", "（1）", "①", "第一条", "第二章 ", "第三条规定", "1.1 ",
    "⑴", "㈠", "A.", "总体要求", "加强领导。", "责任单位：县水利局", "(责任单位：县水利局)", "附件：1.名单",
    "\n", "\n\n", "  ", "　", "\t", "|", "序号\t任务\t责任单位\n", "2030年", "达到1.5万元；", "：", "。", "备注：",
    "本办法自印发之日起施行。", "各镇要落实。", "a", "(", ")", "」",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_tiled(text: str) -> None:
    if text:
        check_shape(text, lines_of(text), grow(text, lines_of(text), "d1"))


@given(st.text(max_size=60))
def test_any_characters_are_tiled(text: str) -> None:
    lines = lines_of(text)
    if text:
        check_shape(text, lines, grow(text, lines, "d1"))


# --- a tree written down is read back ---------------------------------------------------------------------------------

STYLES = ("一", "(一)", "1", "(1)", "①")
WORDS = ("整治河道", "修缮校舍", "培训医护", "发放补贴", "翻新车站", "清运垃圾", "改造管网", "添置书籍")


def printed(style: str, number: int, wide: bool) -> tuple[str, str]:
    """Label as printed and as normalised."""
    if style == "①":
        return chr(0x2460 + number - 1), chr(0x2460 + number - 1)
    if style in ("一", "1"):
        path = chinese(number) if style == "一" else str(number)
        return path + ("、" if style == "一" else "．" if wide else "."), path
    inner = chinese(number) if style == "(一)" else str(number)
    return (f"（{inner}）" if wide else f"({inner})"), f"({inner})"


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, list[str]]:
    """The text of a random tree of clauses and its outline; levels may be skipped and may run on (S50, S51)."""
    styles = tuple(style for style in STYLES if draw(st.booleans())) or STYLES[:1]
    wide, running = draw(st.booleans()), draw(st.booleans())
    text: list[str] = []
    expected: list[str] = []
    counts: dict[str, int] = {}

    def add(level: int, above: str) -> None:
        number = draw(st.integers(min_value=2, max_value=4))
        if not (running and level == len(styles) - 1 and level > 0):
            counts[styles[level]] = 0
        for _ in range(number):
            counts[styles[level]] = counts.get(styles[level], 0) + 1
            if counts[styles[level]] > 20:
                return
            label, path = printed(styles[level], counts[styles[level]], wide)
            heading = draw(st.sampled_from(WORDS))
            deeper = level + 1 < len(styles) and draw(st.booleans())
            text.append(f"{label}{heading}" + ("" if deeper else "。由专人抓,按月报进度。"))
            expected.append(f"{above}{path} | {heading}")
            if deeper:
                add(level + 1, f"{above}{path}/")

    add(0, "")
    return "\n".join(text) + "\n", expected


@given(trees())
def test_a_tree_written_down_is_read_back(tree: tuple[str, list[str]]) -> None:
    text, expected = tree
    grown = grow(text, lines_of(text), "d1")
    check_shape(text, lines_of(text), grown)
    assert outline(grown) == expected
    assert not grown.diagnostics


@given(trees())
@settings(max_examples=50)
def test_a_tree_whose_line_breaks_became_spaces_is_read_back(tree: tuple[str, list[str]]) -> None:
    text, expected = tree
    flat = text.replace("\n", " ")
    assert [line.split(" | ")[0] for line in outline(grow(flat, lines_of(flat), "d1"))] == [
        line.split(" | ")[0] for line in expected
    ]


# --- gold -------------------------------------------------------------------------------------------------------------


def folded(text: str | None) -> str:
    if text is None or re.fullmatch("[①-⑳]", text):
        return text or ""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def body_of(text: str, document: dict[str, Any]) -> Span:
    """Where a gold document's body stands, by its first and last words, spaces aside."""
    places = [i for i, character in enumerate(text) if not character.isspace()]
    bare = "".join(text[i] for i in places)
    first, last = (re.sub(r"\s+", "", document[key]) for key in ("first_words", "last_words"))
    start = bare.index(first)
    end = (bare.rindex(last) if len(bare) < 8000 else bare.index(last, start)) + len(last)
    return places[start], places[end - 1] + 1


def rows(document_id: str, clauses: tuple[Clause, ...]) -> list[tuple[str, ...]]:
    return [(document_id, *map(folded, clause.path), "|", folded(clause.heading)) for clause in clauses]


@pytest.mark.parametrize("sample", ["qiling-2023-04", "qinglan-2024-03", "yanbei-2024-02", "zhipu-2022-05"])
def test_samples_written_for_this_project(root: Path, sample: str) -> None:
    from extractor import readers
    from extractor.structure.lines import split_lines

    gold = json.loads((root / "corpora" / sample / "gold.json").read_text(encoding="utf-8"))
    _, reading = readers.read((root / "corpora" / sample / "issue.txt").read_bytes(), "issue.txt")
    found: list[tuple[str, ...]] = []
    for document in gold["documents"]:
        lines = split_lines(reading.text, body_of(reading.text, document))
        found += rows(document["id"], grow(reading.text, lines, document["id"]).clauses)
    wanted = [(c["doc"], *map(folded, c["path"]), "|", folded(c["heading"])) for c in gold["clauses"]]
    assert sorted(found) == sorted(wanted)
