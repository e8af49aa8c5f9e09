"""Persons and posts: appointments, lists of members, contacts, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.grammar.people import find_appointments, find_contacts, is_name, is_torn_role, read_member, split_names
from extractor.text.fold import View, fold

CASES = tomllib.loads((Path(__file__).parent / "cases/people/wild.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["appointments"], ids=lambda case: case["text"][:16])
def test_appointments(case: dict[str, Any]) -> None:
    view = View.of(case["text"])
    found = [
        [m.action, m.person, case["text"][slice(*view.span(m.post_start, m.post_end))]]
        for m in find_appointments(view.text)
    ]
    assert found == case["expected"]


@pytest.mark.parametrize("case", CASES["members"], ids=lambda case: case["lines"][0][:16])
def test_members(case: dict[str, Any]) -> None:
    role: str | None = None
    torn = ""
    found = []
    for line, below in zip(case["lines"], [*case["lines"][1:], ""], strict=True):
        if is_torn_role(fold(line), fold(below)):
            torn = line
            continue
        role, member = read_member(fold(line), role, torn)
        torn = ""
        if member is not None:
            found.append([member.role, member.person, member.post])
            assert fold(line)[member.start : member.end].replace(" ", "").startswith(member.person)
    assert found == case["expected"]


@pytest.mark.parametrize("case", CASES["contacts"], ids=lambda case: case["text"][:16])
def test_contacts(case: dict[str, Any]) -> None:
    view = View.of(case["text"])
    assert [[m.kind, view.text[m.start : m.end]] for m in find_contacts(view.text)] == case["expected"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [("杨 柳 袁秋明", ("杨柳", "袁秋明")), ("封雷", ("封雷",)), ("孙磊、王佳", ("孙磊", "王佳")), ("", ())],
)
def test_names_of_a_cell(cell: str, names: tuple[str, ...]) -> None:
    assert split_names(cell) == names
    assert all(is_name(name) for name in names)


@pytest.mark.parametrize(("title", "count"), [("关于方铭等任职的通知", 1), ("关于学院更名的通知", 0)])
def test_a_title_says_that_persons_are_appointed(title: str, count: int) -> None:
    text = f"{title}\n各镇人民政府：\n经县政府研究决定：\n方铭任云溪学院副院长（试用期一年）。\n2031年2月7日"
    (document,) = extractor.parse(text.encode(), name="a.txt").documents
    assert len(document.appointments) == count
