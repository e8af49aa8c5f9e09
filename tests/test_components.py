"""Our components run in spaCy's runner, beside those of others."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import extractor
from extractor import components, pipeline

SAMPLE = Path(__file__).resolve().parent.parent / "corpora" / "qinglan-2024-03" / "issue.txt"


def test_entry_points_are_the_components() -> None:
    from importlib.metadata import entry_points

    named = {point.name for point in entry_points(group="spacy_factories") if point.name.startswith("gazette_")}
    assert named == set(components.ORDER)


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
