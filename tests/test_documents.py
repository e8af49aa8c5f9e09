"""Documents cut out of texts, with the fields of their headers, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.diagnostics import codes
from extractor.model import Document
from extractor.series import GENERIC
from extractor.structure import build, levels, marks, names

CASES = tomllib.loads((Path(__file__).parent / "cases/structure/documents.toml").read_text(encoding="utf-8"))["case"]


def field(document: Document, name: str) -> Any:
    value: Any = {
        "number": document.doc_number.text if document.doc_number else None,
        "parent": document.parent_id,
        "issuers": list(document.issuers),
        "addressees": list(document.addressees),
        "clauses": len(document.clauses),
    }.get(name, getattr(document, name, None))
    return "-" if value is None else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_documents(case: dict[str, Any]) -> None:
    outline = build(case["text"], GENERIC)
    found = [
        {name: field(document, name) for name in expected}
        for document, expected in zip(outline.documents, case["expected"], strict=False)
    ]
    assert (len(outline.documents), found) == (len(case["expected"]), case["expected"])
    codes = {diagnostic.code for diagnostic in outline.diagnostics}
    assert set(case.get("diagnostics", ())) <= codes
    assert not set(case.get("absent", ())) & codes
    blocks = [block for document in outline.documents for block in document.blocks if block.kind == "note"]
    notes = [case["text"][slice(*block.span)].strip() for block in blocks]
    assert case.get("notes", notes) == notes


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_header_blocks_say_what_they_are(case: dict[str, Any]) -> None:
    text = case["text"]
    titles: dict[str | None, str] = {None: ""}
    for document in build(text, GENERIC).documents:
        pieces = {
            kind: [text[slice(*b.span)] for b in document.blocks if b.kind == kind]
            for kind in ("title", "doc-number", "signature")
        }
        titles[document.id] = "".join("".join(pieces["title"]).split())
        if document.title:  # what a 令 lays down may have its title above the 令 alone
            above = titles[document.parent_id] if not pieces["title"] else ""
            assert "".join(document.title.split()) in titles[document.id] + above
        for issuer in document.issuers:
            assert issuer in "".join(pieces["signature"])
        if document.doc_number is not None and document.doc_number.span is not None:
            assert text[slice(*document.doc_number.span)] == document.doc_number.text


def test_an_attachment_that_is_not_printed_is_reported_tightly() -> None:
    text = (
        "关于开展检查的通知\n各区人民政府：\n请开展检查。\n附件：1.检查计划\n2.检查人员登记表\n云溪市住建局\n2024年3月1日\n"
        "附件1\n检查计划\n一、时间\n三月。\n"
    )
    found = [
        text[slice(*d.span)]
        for d in build(text, GENERIC).diagnostics
        if d.code == "document.attachment-missing" and d.span
    ]
    assert found == ["2.检查人员登记表"]


def test_the_last_attachment_above_the_next_title_is_one_of_the_list() -> None:
    (case,) = (case for case in CASES if case["id"] == "S10-next-title")
    text = case["text"]
    first = build(text, GENERIC).documents[0]
    listed = [text[slice(*block.span)] for block in first.blocks if block.kind == "attachments"]
    assert listed == ["附件：1.检查计划（略）\n2.检查人员登记表\n3.检查结果汇总表\n"]


def test_a_date_long_before_what_it_arranges_is_reported() -> None:
    text = (
        "云溪市人民政府公报\n2025年第1期（总第9期）\n目录\n关于做好3月份接访的通知\n关于做好4月份接访的通知\n"
        "关于做好3月份接访的通知\n现将2025年3月份接访安排通知如下。\n云溪市信访局\n2024年2月25日\n"
        "关于做好4月份接访的通知\n现将2025年4月份接访安排通知如下。\n云溪市信访局\n2025年3月25日\n"
    )
    found = [
        text[slice(*d.span)]
        for d in build(text, GENERIC).diagnostics
        if d.code == "document.date-inconsistent" and d.span
    ]
    assert found == ["2024年2月25日"]


def test_every_diagnostic_is_listed() -> None:
    for case in CASES:
        for diagnostic in build(case["text"], GENERIC).diagnostics:
            if diagnostic.code.split(".")[0] in ("document", "contents", "masthead"):
                assert diagnostic.severity == codes()[diagnostic.code].severity


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("各县(市、区)建设局,云溪开发区、云溪景区建设局", ["各县(市、区)建设局", "云溪开发区", "云溪景区建设局"]),
        ("国务院各部委、各直属机构", ["国务院各部委", "各直属机构"]),
        ("各市、县(区)人民政府,省各委办厅局", ["各市、县(区)人民政府", "省各委办厅局"]),
        ("各区县人民政府和有关单位", ["各区县人民政府", "有关单位"]),
        ("市人力资源和社会保障局,市文化和旅游局", ["市人力资源和社会保障局", "市文化和旅游局"]),
    ],
)
def test_addressees(line: str, items: list[str]) -> None:
    assert [line[a:b] for a, b in names.split_addressees(line)] == items


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("云溪市优化环境二十条措施", "措施"),
        ("云溪市重点任务分解表", "分解表"),
        ("持续优化服务八大举措", "措施"),
        ("云溪市湿地条例(草案)", "条例"),
        ("关于征求《办法(征求意见稿)》意见的函", "函"),
        ("第八届创业大赛在云溪举行", None),
    ],
)
def test_genre(title: str, genre: str | None) -> None:
    assert marks.genre_of(title) == genre


@pytest.mark.parametrize(
    ("name", "addressed", "level"),
    [
        ("云溪市人民政府", "各区、县人民政府", "city"),
        ("云溪市人民政府办公室", "各乡镇人民政府", "county"),
        ("国家税务总局云溪市税务局", "", "city"),
        ("澜江省人民政府办公厅", "各市人民政府", "province"),
        ("国务院办公厅", "各省、自治区、直辖市人民政府", "national"),
        ("砚陂区人民政府", "", "county"),
        ("江阴市人民政府", "", "county"),
        ("东莞市人民政府", "各镇人民政府", "city"),
        ("中共通辽市委办公室", "", "city"),
        ("市场监管总局", "", "national"),
    ],
)
def test_level(name: str, addressed: str, level: str | None) -> None:
    assert levels.level_of((name,), addressed, "") == level
