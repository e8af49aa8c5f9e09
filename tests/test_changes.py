"""Two versions of a text: what is told as a change, and what is not."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import Diff, Side, schema
from extractor.changes.pieces import parts_of
from extractor.text.fold import fold

CASES = Path(__file__).parent / "cases" / "changes"


def _cases() -> list[Any]:
    rows = []
    for file in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        rows += [pytest.param(data["title"], case, id=f"{file.stem}: {case['name']}") for case in data["case"]]
    return rows


def _diff(title: str, old: str, new: str) -> Diff:
    before, after = (extractor.parse(f"{title}\n{text}".encode(), name="a.txt") for text in (old, new))
    return extractor.diff(before, after)


def _words(side: Side | None) -> str:
    return side.text if side is not None else ""


@pytest.mark.parametrize(("title", "case"), _cases())
def test_changes(title: str, case: dict[str, Any]) -> None:
    found = _diff(title, case["old"], case["new"])
    told = [[change.kind, _words(change.old), _words(change.new)] for change in found.changes]
    if "absent" in case:
        assert {kind for kind, _, _ in told}.isdisjoint(case["absent"])
        assert told, "something did change"
    else:
        assert told == case["changes"]


@pytest.mark.parametrize(("title", "case"), _cases())
def test_a_version_does_not_differ_from_itself(title: str, case: dict[str, Any]) -> None:
    found = _diff(title, case["old"], case["old"])
    assert found.changes == ()
    assert {pair.status for pair in found.pairs} == {"kept"}
    assert not found.differs


@pytest.mark.parametrize(("title", "case"), _cases())
def test_spans_hold_and_pairs_are_complete(title: str, case: dict[str, Any]) -> None:
    found = _diff(title, case["old"], case["new"])
    for change in found.changes:
        for side, edition in ((change.old, found.old), (change.new, found.new)):
            assert side is None or edition.text[slice(*side.span)] == side.text
    for edition, pieces in (
        (found.old, [piece for pair in found.pairs for piece in pair.old]),
        (found.new, [piece for pair in found.pairs for piece in pair.new]),
    ):
        spans = sorted(piece.span for piece in pieces)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert edition.text[spans[-1][1] :].strip() == ""


@pytest.mark.parametrize(("title", "case"), _cases())
def test_a_redline_gives_both_sides(title: str, case: dict[str, Any]) -> None:
    found = _diff(title, case["old"], case["new"])
    for pair in found.pairs:
        for edition, runs in ((found.old, [r.old for r in pair.redline]), (found.new, [r.new for r in pair.redline])):
            spans = [span for span in runs if span is not None]
            between = [edition.text[one[1] : other[0]] for one, other in pairwise(spans)]
            assert "".join(between).strip() == "", "a redline leaves no word out"


def test_json_follows_its_schema() -> None:
    from jsonschema import Draft202012Validator

    found = _diff("云溪市公园建设实施方案", "一、建成公园5个。", "一、建成公园8个。（牵头单位：市林业局）")
    value = json.loads(extractor.to_json(found))
    assert [*Draft202012Validator(schema.json_schema("diff")).iter_errors(value)] == []
    assert value["changes"][0]["old"]["value"] == 5


def test_only_a_group() -> None:
    one, other = "一、到2031年，建成公园5个。", "一、到2032年，建成公园8个。"
    before, after = (extractor.parse(f"云溪市公园建设方案\n{text}".encode()) for text in (one, other))
    found = extractor.diff(before, after, only=("deadlines",))
    assert [change.kind for change in found.changes] == ["deadline-moved"]


def test_words_of_a_piece_stand_where_it_says(root: Path) -> None:
    for file in sorted((root / "corpora").glob("*/issue.txt")):
        issue = extractor.parse(file)
        for part in parts_of(issue, issue.documents):
            said = [issue.text[place] for place in part.places]
            assert all(fold(here) == char for here, char in zip(said, part.text, strict=True) if char != "\n")


def test_real_texts_against_themselves_and_each_other(shared: Path) -> None:
    files = sorted((shared / "corpus").glob("*.txt"))[::6]
    issues = [extractor.parse(file) for file in files]
    for one, other in zip(issues, [*issues[1:], issues[0]], strict=True):
        assert extractor.diff(one, one).changes == (), one.source.name
        found = extractor.diff(one, other)
        for change in found.changes:
            for side, edition in ((change.old, found.old), (change.new, found.new)):
                assert side is None or edition.text[slice(*side.span)] == side.text
        for pieces in ([p for pair in found.pairs for p in pair.old], [p for pair in found.pairs for p in pair.new]):
            spans = sorted(piece.span for piece in pieces)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
