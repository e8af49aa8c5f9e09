"""Our components run in spaCy's runner, beside those of others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import spacy
from click.testing import CliRunner
from spacy.language import Language
from spacy.tokens import Doc

import extractor
from extractor import components, pipeline
from extractor.cli import main

SAMPLE = Path(__file__).resolve().parent.parent / "corpora" / "qinglan-2024-03" / "issue.txt"


def test_entry_points_are_the_components() -> None:
    from importlib.metadata import entry_points

    named = {point.name for point in entry_points(group="spacy_factories") if point.name.startswith("gazette_")}
    assert named == {*components.ORDER, *components.FINDERS}


def test_a_component_of_somebody_else_gets_tokens_and_results() -> None:
    before = extractor.to_json(extractor.parse(SAMPLE))
    seen: list[tuple[str, int]] = []

    @Language.component("somebody_elses")
    def somebody_elses(doc: Doc) -> Doc:
        seen.append((doc.text, len(doc._.gazette_measures)))
        return doc

    nlp = pipeline.runner()
    nlp.add_pipe("somebody_elses")
    try:
        issue = extractor.parse(SAMPLE)
    finally:
        nlp.remove_pipe("somebody_elses")
    assert [text for text, _ in seen] == [issue.text[slice(*document.span)] for document in issue.documents]
    assert [count for _, count in seen] == [len(document.measures) for document in issue.documents]
    assert extractor.to_json(issue) == before


def test_every_character_is_a_token() -> None:
    text = "到 2025年，\n不低于300元/人/月😀"
    doc = pipeline.runner().make_doc(text)
    assert doc.text == text
    assert [token.text for token in doc] == list(text)
    assert doc[2:6].text == "2025"


ROOT = SAMPLE.parents[2]
TEXT = (
    "云溪县人民政府2031年绿化工作要点\n一、到2035年，建成公园5个，投资3.5亿元。（牵头单位：县林业局，配合单位：云溪渔场）\n"
    "二、落实《云溪县绿地管理办法》，6月底前完成排查。"
)


def _spans(doc: Doc) -> dict[str, list[tuple[str, str]]]:
    return {name: [(span.text, span.label_) for span in group] for name, group in doc.spans.items()}


def test_pipes_ask_for_nothing_that_is_not_given() -> None:
    assert not any(pipeline.runner().analyze_pipes()["problems"].values())
    nlp = spacy.blank("xx")
    nlp.add_pipe("gazette_commitments")
    assert nlp.analyze_pipes()["problems"]["gazette_commitments"] == ["doc._.gazette_frame"]


def test_finders_need_nothing_but_text() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("gazette_quantities")
    nlp.add_pipe("gazette_dates", config={"year": 2031})
    nlp.add_pipe("gazette_bodies", config={"known": ["云溪渔场"]})
    nlp.add_pipe("gazette_roles")
    doc = nlp(TEXT)
    assert _spans(doc) == {
        "quantities": [("5个", "classifier"), ("3.5亿元", "money")],
        "dates": [("2031年", "deadline"), ("到2035年", "deadline"), ("6月底前", "deadline")],
        "bodies": [("县人民政府", "body"), ("县林业局", "body"), ("云溪渔场", "body")],
        "roles": [("县林业局", "lead"), ("云溪渔场", "support")],
    }
    assert doc._.gazette_quantities[1] == {"value": "3.5", "upper": None, "unit": "亿元", "comparator": "="}
    assert [value["date"] for value in doc._.gazette_dates] == ["2031", "2035", "2031-06"]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert _spans(again) == _spans(doc)


def test_results_in_a_pipeline_of_somebody_else_are_those_of_parse() -> None:
    nlp = spacy.blank("zh")
    for name in (*components.ORDER, "gazette_spans"):
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    issue = extractor.parse(TEXT.encode(), name="a.txt")
    document = issue.documents[0]
    assert doc._.gazette_commitments == document.commitments
    assert doc._.gazette_measures == document.measures
    spans = _spans(doc)
    assert spans["commitments"] == [(issue.text[slice(*each.span)], each.kind) for each in document.commitments]
    assert spans["duties"] == [("县林业局", "lead"), ("云溪渔场", "support")]
    assert spans["references"] == [("《云溪县绿地管理办法》", "implements")]
    assert spans["milestones"] == [(each.text, "milestone") for each in document.milestones]
    assert document.milestones


def test_spans_of_results_in_the_pipeline_of_parse() -> None:
    nlp = pipeline.runner()
    seen: list[dict[str, list[tuple[str, str]]]] = []

    @Language.component("looks_at_spans")
    def looks_at_spans(doc: Doc) -> Doc:
        seen.append(_spans(doc))
        return doc

    nlp.add_pipe("gazette_spans")
    nlp.add_pipe("looks_at_spans")
    try:
        issue = extractor.parse(SAMPLE)
    finally:
        nlp.remove_pipe("looks_at_spans")
        nlp.remove_pipe("gazette_spans")
    for document, spans in zip(issue.documents, seen, strict=True):
        assert [text for text, _ in spans["commitments"]] == [
            issue.text[slice(*each.span)] for each in document.commitments
        ]


def test_spans_widen_to_whole_tokens_and_say_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("gazette_quantities")
    doc = nlp("建成公园5个,面积3.5公顷, 5公里")
    group = doc.spans["quantities"]
    assert [(span.text, span._.gazette_widened) for span in group] == [
        ("建成公园5个", True),
        ("面积3.5公顷", True),
        ("5公里", False),
    ]
    assert [doc.text[start:end] for start, end in group.attrs["mentions"]] == ["5个", "3.5公顷", "5公里"]


def test_components_are_disabled_replaced_and_stored(tmp_path: Path) -> None:
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "gazette.chars.v1"}}})
    nlp.add_pipe("gazette_dates", config={"year": 2031})
    nlp.add_pipe("gazette_quantities")
    with nlp.select_pipes(disable=["gazette_quantities"]):
        assert list(nlp(TEXT).spans) == ["dates"]
    nlp.replace_pipe("gazette_dates", "gazette_dates", config={"year": 2036})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert doc._.gazette_dates[-1]["date"] == "2036-06"
    assert [token.text for token in doc] == list(TEXT)


def test_the_example_of_the_readme_sets_a_trained_ner_beside_ours() -> None:
    code = re.search(
        r"<!-- spacy -->\n```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert code is not None
    made: dict[str, Any] = {}
    exec(code.group(1), made)
    assert made["found"] == {
        "quantities": [("3.5万平方米", "area")],
        "dates": [("6月底前", "deadline")],
        "bodies": [("县教育局", "body")],
    }
    assert ("周明", "PERSON") in [(entity.text, entity.label_) for entity in made["doc"].ents]
    assert made["values"][0]["value"] == "3.5"


def test_the_page_of_displacy_stands_alone(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    page = CliRunner().invoke(main, ["parse", str(source), "--format", "displacy"]).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in page
    assert "http" not in page
    assert "<script" not in page
    marked = re.findall(r"<mark[^>]*>\s*([^<]*?)\s*<span[^>]*>([^<]*)</span>", page)
    assert ("县林业局", "牵头单位") in marked
    assert ("到2035年", "时限") in marked
    assert ("建成公园5个", "量化承诺") in marked
    shown = re.sub(r"<span[^>]*>[^<]*</span>|<h2.*?</h2>|<[^>]*>|\s", "", page.partition("<body")[2].partition(">")[2])
    assert shown == "".join(TEXT.split())
