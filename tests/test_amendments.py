"""Amending decisions: read into instructions, carried out in a text or refused (tests/cases/amendments)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.changes.amend import apply
from extractor.changes.articles import read_articles
from extractor.grammar.amendments import find_operations

FOLDER = Path(__file__).parent / "cases" / "amendments"


def cases(name: str) -> list[Any]:
    data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param({"base": data["base"], **case}, id=case["id"]) for case in data["case"]]


def check(case: dict[str, Any], text: str) -> None:
    lines = text.split("\n")
    for line in case.get("after", []):
        assert line in lines, text
    # One after another, as they are written.
    assert [line for line in lines if line in case.get("after", [])] == case.get("after", [])
    for words in case.get("gone", []):
        assert words not in text
    if "labels" in case:
        assert [article.label for article in read_articles(text).articles] == case["labels"]


@pytest.mark.parametrize("case", cases("applied.toml"))
def test_instructions_are_carried_out(case: dict[str, Any]) -> None:
    operations = find_operations(case["decision"])
    amended = apply(operations, case["base"])
    assert [outcome for outcome in amended.outcomes if not outcome.applied] == []
    assert amended.doubled == ()
    assert bool(operations) is (case["id"] != "nothing-to-do")
    check(case, amended.text)


@pytest.mark.parametrize("case", cases("refused.toml"))
def test_what_cannot_be_done_is_told_and_left(case: dict[str, Any]) -> None:
    amended = apply(find_operations(case["decision"]), case["base"])
    assert [outcome.reason or "" for outcome in amended.outcomes] == case["reasons"]
    assert amended.doubled == tuple(case.get("doubled", ()))
    check(case, amended.text)
    if "after" not in case:
        assert amended.text == read_articles(case["base"]).write()


@pytest.mark.parametrize("case", [*cases("applied.toml"), *cases("refused.toml")])
def test_each_span_is_the_instruction(case: dict[str, Any]) -> None:
    for operation in find_operations(case["decision"]):
        start, end = operation.span
        assert 0 <= start < end <= len(case["decision"])
        for words in (operation.words, operation.text):
            if words and operation.kind not in ("insert-words",):
                assert words.split("\n")[0] in case["decision"][start:end]


def test_what_is_quoted_is_no_instruction() -> None:
    decision = "将第四条修改为：“删去第一条。将第二条修改为第三条。增加一条。”"
    assert [each.kind for each in find_operations(decision)] == ["replace"]


def test_an_address_without_article_takes_the_one_before_it_under_its_point_only() -> None:
    found = find_operations(
        "一、将第四条改为第五条，第二款修改为：“甲。”\n第三款修改为：“乙。”\n二、第一款修改为：“丙。”"
    )
    assert [
        (each.kind, each.target and each.target.article, each.target and each.target.paragraph) for each in found
    ] == [
        ("renumber", "第四条", None),
        ("replace", "第四条", 2),
        ("replace", "第四条", 3),
        ("replace", None, 1),
    ]
    assert apply(found[-1:], "第一条　甲。\n").outcomes[0].reason == "target-missing"


def test_the_amended_text_can_be_parsed_and_compared_with_the_consolidated_one(tmp_path: Path) -> None:
    case = next(one.values[0] for one in cases("applied.toml") if one.id == "article-more")
    amended = apply(find_operations(case["decision"]), case["base"])
    consolidated = amended.text.replace("三日", "五日")
    parsed = []
    for name, text in (("amended.txt", amended.text), ("consolidated.txt", consolidated)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        parsed.append(extractor.parse(tmp_path / name))
    labels = [clause.path[-1] for document in parsed[0].documents for clause in document.clauses if clause.path]
    assert [label for label in labels if label.endswith("条")] == case["labels"]
    [change] = extractor.diff(*parsed).changes
    assert [side and (side.path[-1], side.text) for side in (change.old, change.new)] == [
        ("第三条", "三日"),
        ("第三条", "五日"),
    ]


@given(st.text(alphabet="第一二三四五条款项（）将“”修改为删去增加作、，。：\n《》废止 "))
def test_any_text_is_read_and_applied(decision: str) -> None:
    base = "第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n"
    operations = find_operations(decision)
    amended = apply(operations, base)
    assert [outcome.operation for outcome in amended.outcomes] == list(operations)
    assert read_articles(amended.text).write() == amended.text
    if not any(outcome.applied for outcome in amended.outcomes):
        assert amended.text == base


@given(st.text(alphabet="第一二三条章（）　 甲乙。：\n"))
def test_a_text_that_is_taken_apart_and_written_stays(text: str) -> None:
    once = read_articles(text).write()
    assert read_articles(once).write() == once
