"""The contents of issues: entries, pages, sections, and the documents they mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.series import GENERIC
from extractor.structure import build

CASES = tomllib.loads((Path(__file__).parent / "cases/structure/issues.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_entries(case: dict[str, Any]) -> None:
    found = [
        " | ".join(str("-" if x is None else x) for x in (e.title, e.doc_number, e.page, e.section, e.document_id))
        for e in build(case["text"], GENERIC).contents
    ]
    assert found == case["contents"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_documents_of_the_issue(case: dict[str, Any]) -> None:
    assert [document.genre or "-" for document in build(case["text"], GENERIC).documents] == case["genres"]


@pytest.mark.parametrize("case", [case for case in CASES if case["contents"]], ids=lambda case: case["id"])
def test_spans_hold_the_title(case: dict[str, Any]) -> None:
    text = case["text"]
    for entry in build(text, GENERIC).contents:
        assert text[slice(*entry.span)].replace("\n", "").startswith(entry.title)


def test_a_list_of_chapters_is_no_contents_of_an_issue() -> None:
    text = (
        "云溪市标准体系建设指南\n2024年10月\n目 录\n前 言 ........ 2\n一、总体要求 ........ 3\n"
        "（一）指导思想 ........ 3\n二、建设内容 ........ 4\n"
        "一、总体要求\n（一）指导思想\n坚持标准引领。\n二、建设内容\n完善体系。\n"
    )
    outline = build(text, GENERIC)
    assert outline.contents == ()
    assert [document.title for document in outline.documents] == ["云溪市标准体系建设指南"]
    assert [clause.path for clause in outline.documents[0].clauses] == [("一",), ("一", "(一)"), ("二",)]


def test_contents_without_a_heading() -> None:
    text = (
        "云溪市人民政府关于加强古树保护的意见\n云溪市人民政府关于开展植树活动的通知\n"
        "云溪市人民政府关于加强古树保护的意见\n各区人民政府：\n请加强古树保护。\n"
        "云溪市人民政府关于开展植树活动的通知\n各区人民政府：\n请开展植树活动。\n"
    )
    outline = build(text, GENERIC)
    assert [entry.document_id for entry in outline.contents] == ["d1", "d2"]


def test_a_file_that_only_holds_the_contents() -> None:
    text = "云溪市人民政府公报\n2024年第2期\n目录\n云溪市人民政府关于防汛的通知\n云溪市人民政府关于抗旱的通知\n"
    outline = build(text, GENERIC)
    assert (len(outline.contents), outline.documents) == (2, ())
