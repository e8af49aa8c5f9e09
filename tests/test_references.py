"""References: cited titles with their 文号, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor import lexicon, parse
from extractor.grammar.doc_numbers import find_doc_numbers
from extractor.grammar.references import find_references, is_instrument
from extractor.model import Reference
from extractor.text.fold import View

CASES = tomllib.loads((Path(__file__).parent / "cases/references/wild.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['name']}")
def test_cited_titles(case: dict[str, Any]) -> None:
    view = View.of(case["text"])
    mentions, _ = find_references(view.text)
    found = []
    for mention in mentions:
        key = view.text[mention.title_start : mention.title_end]
        if not mention.alias and mention.relation != "issues" and is_instrument(key):
            title = case["text"][slice(*view.span(mention.title_start, mention.title_end))]
            number = mention.number and case["text"][slice(*view.span(mention.number.start, mention.number.end))]
            found.append({"title": title, "relation": mention.relation, "number": number or ""})
    assert found == case["expected"]


def test_own_titles_are_left_out() -> None:
    issue = parse(
        "关于印发青岚区节水行动方案的通知\n各镇人民政府：\n《青岚区节水行动方案》已经区政府同意，现印发给你们。\n青岚区人民政府\n2024年3月1日\n"
        "青岚区节水行动方案\n为落实《云溪市节水条例》，制定本方案。\n一、总体要求\n对照《行动方案》推进。\n".encode()
    )
    assert [r.title for d in issue.documents for r in d.references] == ["云溪市节水条例"]


def test_lost_mark_is_reported() -> None:
    issue = parse("关于养老服务的通知\n各镇人民政府：\n贯彻《云溪市养老条例和有关规定。\n".encode())
    assert [d.code for d in issue.diagnostics if d.code.startswith("reference.")] == ["reference.mark-lost"]


def test_relations_of_the_lexicon_are_those_of_the_model() -> None:
    allowed = Reference.__annotations__["relation"]
    for relation in lexicon.load("references")["relations"]:
        assert f"'{relation}'" in str(allowed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云政办发[2023]59号", [("云政办发", 2023, 59, False)]),  # S24, S25
        ("青府办[2023]33号、青府人[2023]6号", [("青府办", 2023, 33, False), ("青府人", 2023, 6, False)]),
        ("云政办发20230265号", [("云政办发", 2023, 265, True)]),  # S29
        ("[2019]第4号", [(None, 2019, 4, False)]),  # S30
        ("云政规[2025]号", [("云政规", 2025, None, False)]),  # S34
        ("2023年第5号", []),
        ("电话81820000号码", []),
    ],
)
def test_doc_numbers(text: str, expected: list[tuple[str | None, int, int | None, bool]]) -> None:
    found = [(m.code, m.year, m.serial, m.brackets_lost) for m in find_doc_numbers(text)]
    assert found == expected
