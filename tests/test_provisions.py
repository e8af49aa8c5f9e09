"""Own provisions and attachments that a document names, as cases and through the whole chain."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.grammar.provisions import ProvisionMention, find_provisions
from extractor.text.fold import View

CASES = tomllib.loads((Path(__file__).parent / "cases/references/provisions.toml").read_text(encoding="utf-8"))["case"]
RULES = """云溪市养老服务补贴办法
第一章 总则
第一条 为规范补贴，制定本办法。
第二条 本办法适用于户籍老人。
前款所称老人，是指年满六十周岁的居民。
第二章 补贴
第三条 有下列情形之一的，给予补贴：
（一）入住机构的；
（二）居家接受服务的。
第四条 符合本办法第三条第（二）项的，按第二条至第三条办理，不受本章限制。
第五条 不符合前条和本办法第九条规定的，填写申请表（见附件2）。
第六条 本办法自2031年1月1日起施行。
附件1
云溪市养老服务补贴标准
一、每人每月不低于100元。
附件2
云溪市养老服务补贴申请流程
一、申请人按照附件1的标准申请。
"""


def _said(mention: ProvisionMention) -> list[Any]:
    if mention.back:
        name = f"前{mention.back}"
    elif mention.own:
        name = mention.own
    else:
        name = "/".join(mention.path) + (f"-{mention.last}" if mention.last else "")
    return [name, mention.paragraph or 0, mention.named]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_provisions(case: dict[str, Any]) -> None:
    found = find_provisions(View.of(case["text"]).text)
    assert [_said(mention) for mention in found if mention.title_end is None] == case["expected"]


def test_they_lead_to_clauses_and_attachments() -> None:
    issue = extractor.parse(RULES.encode())
    assert [document.title for document in issue.documents][1:] == [
        "云溪市养老服务补贴标准",
        "云溪市养老服务补贴申请流程",
    ]
    found = [
        (reference.text, tuple(id_.split("/", 1)[1] for id_ in reference.clause_ids), reference.document_id)
        for document in issue.documents
        for reference in document.internal_references
    ]
    assert found == [
        ("前款", ("第一章/第二条",), None),
        ("第三条第（二）项", ("第二章/第三条/(二)",), None),
        ("第二条至第三条", ("第一章/第二条", "第二章/第三条"), None),
        ("本章", ("第二章",), None),
        ("前条", ("第二章/第四条",), None),
        ("附件2", (), "d3"),
        ("附件1", (), "d2"),
    ]
    for document in issue.documents:
        for reference in document.internal_references:
            assert issue.text[slice(*reference.span)] == reference.text


def test_what_stands_before_is_a_paragraph_of_the_article() -> None:
    issue = extractor.parse(RULES.encode())
    (before,) = (r for d in issue.documents for r in d.internal_references if r.text == "前款")
    assert before.paragraph == 1


def test_an_attachment_that_is_not_printed_is_named_all_the_same() -> None:
    issue = extractor.parse("关于申报的通知\n各镇人民政府：\n请填写申请表（见附件3），按期报送。\n".encode())
    (reference,) = issue.documents[0].internal_references
    assert (reference.text, reference.document_id, reference.clause_ids) == ("附件3", None, ())


def test_an_article_that_is_not_there_is_reported() -> None:
    issue = extractor.parse(RULES.encode())
    (missing,) = (d for d in issue.diagnostics if d.code == "reference.provision-missing")
    assert missing.span is not None
    assert issue.text[slice(*missing.span)] == "第九条"


def test_short_names_and_articles_of_cited_titles() -> None:
    issue = extractor.parse(
        "关于规范补贴发放的通知\n各镇人民政府：\n"
        "根据《云溪市养老服务条例》（以下简称《条例》）第十二条第二款、第十三条，通知如下。\n"
        "一、按《条例》第五条办理。\n"
        "二、《青岚区补贴办法》（青政规〔2019〕3号）、《青岚区发放细则》同时废止。\n"
        "三、《青岚区护理办法》有效期延长至2033年12月31日。\n".encode()
    )
    (document,) = issue.documents
    assert [(r.title, r.relation, r.short_name, r.full_title, r.provisions) for r in document.references] == [
        ("云溪市养老服务条例", "based-on", "条例", None, ("第十二条第二款", "第十三条")),
        ("条例", "cites", None, "云溪市养老服务条例", ("第五条",)),
        ("青岚区补贴办法", "repeals", None, None, ()),
        ("青岚区发放细则", "repeals", None, None, ()),
        ("青岚区护理办法", "extends", None, None, ()),
    ]
    assert not document.internal_references
