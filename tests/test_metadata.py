"""Metadata boxes: kept as printed with the place they stood in, and facts of the document where its text is silent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

import extractor
from extractor import lexicon
from extractor.model import Issue
from extractor.structure import metadata

CASES = tomllib.loads((Path(__file__).parent / "cases" / "structure" / "metadata.toml").read_text("utf-8"))["case"]
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def parsed(case: dict[str, Any]) -> Issue:
    return extractor.parse(case["text"].strip().encode(), name="page")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    issue = parsed(case)
    document = issue.documents[case.get("which", 0)]
    facts = msgspec.json.decode(msgspec.json.encode(document, enc_hook=str))
    facts["doc_number"] = facts["doc_number"]["text"] if facts["doc_number"] else None
    assert {name: facts[name] or ([] if value == [] else "") for name, value in case["facts"].items()} == case["facts"]
    assert [name for name, basis in facts["bases"].items() if basis == "metadata"] == sorted(
        case["bases"], key=list(facts["bases"]).index
    )
    told = [d.message for d in issue.diagnostics if d.code == "document.metadata-differs"]
    assert len(told) == len(case.get("differs", []))
    assert all(value in message for message, pair in zip(told, case.get("differs", []), strict=True) for value in pair)
    assert any(d.code == "document.not-in-force" for d in issue.diagnostics) == case.get("lapsed", False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_row_points_at_the_piece_that_was_taken_out(case: dict[str, Any]) -> None:
    check_rows(parsed(case), least=3)


def check_rows(issue: Issue, least: int) -> None:
    assert len(issue.source.fields) >= least
    for row in issue.source.fields:
        assert row.removed is not None
        assert row.value in issue.source.removed[row.removed].text


def test_a_diagnostic_points_at_the_row() -> None:
    issue = parsed(next(case for case in CASES if case.get("differs")))
    places = [d.removed for d in issue.diagnostics if d.code == "document.metadata-differs"]
    assert [issue.source.removed[at].text for at in places if at is not None] == [
        "发文字号：云政发〔2031〕17号", "成文日期：2031年05月17日",
    ]  # fmt: skip


def test_keys_do_not_depend_on_the_box() -> None:
    case = next(case for case in CASES if case["id"] == "the-box-says-what-the-text-does-not")
    whole, bare = parsed(case), extractor.parse(case["text"].split("2031-05-09\n")[1].encode(), name="page")
    assert [c.key for c in whole.documents[0].commitments] == [c.key for c in bare.documents[0].commitments] != []


def test_only_names_that_a_reader_knows_are_facts() -> None:
    known = {*lexicon.load("chrome")["fields"], *lexicon.load("webpages")["fields"]}
    rows = {name: names for name, names in lexicon.load("metadata").items() if name not in ("origin", "lapsed")}
    assert {name for names in rows.values() for name in names} <= known
    assert not {"发布日期", "公开日期", "生成日期", "发布时间"} & {*rows["date"]}


def test_a_page_without_documents_takes_nothing() -> None:
    assert metadata.with_metadata((), (), listed=False) == ((), ())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the shared corpus")
def test_saved_pages_agree_with_their_boxes() -> None:
    boxed = [issue for path in sorted(CORPUS.glob("*.html")) if len((issue := extractor.parse(path)).source.fields) > 4]
    assert len(boxed) > 20
    for issue in boxed:
        check_rows(issue, least=5)
        assert issue.documents[0].doc_number is not None, issue.source.name
        assert not [d for d in issue.diagnostics if d.code == "document.metadata-differs"], issue.source.name
