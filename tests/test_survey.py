"""Role brackets counted by a plain scan, and the survey of a folder (scripts/evaluate --brackets, --corpus)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.quality import survey
from scripts.quality.brackets import is_role, missed_brackets, role_brackets
from scripts.quality.parsing import Outcome, parse_files

Json = dict[str, Any]

TEXT = """云岭市防汛方案
（一）修泵站。（牵头单位：市水务局）
（二）清河道。（市住建局负责）
"""


def parsed(title: str | None = "云岭市防汛方案") -> Json:
    """A parse of TEXT with the first bracket as a responsibility and blocks that tile it."""
    first = TEXT.index("（牵头")
    duty = {"basis": "parenthetical", "span": [first, TEXT.index("\n（二）")], "units": []}
    whole = [0, len(TEXT)]
    document = {
        "id": "d1",
        "title": title,
        "span": whole,
        "blocks": [{"kind": "paragraph", "span": whole}],
        "measures": [{"span": whole, "responsibilities": [duty]}],
    }
    return {"text": TEXT, "blocks": [], "documents": [document], "diagnostics": []}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("责任单位:市水务局", True),
        ("牵头责任单位:市水务局,协同责任单位:市财政局", True),
        ("完成时限:年底;配合部门:市财政局", True),
        ("市水务局牵头,市财政局配合", True),
        ("市水务局、市财政局按职责分工负责", True),
        ("市水务局牵头,2026年6月底前完成", True),
        ("责任单位:甲处、乙处,排名第一位的为牵头责任单位", True),
        ("市水务局、市财政局", False),
        ("负责", False),
        ("列第一位的单位为牵头单位,以下简称牵头", False),
        ("以下事项由各单位负责", False),
        ("一", False),
    ],
)
def test_what_a_role_bracket_is(content: str, expected: bool) -> None:
    assert is_role(content) is expected


def test_nested_and_half_open_brackets_are_balanced() -> None:
    text = "（一）甲（责任单位：各县（市）政府、(市)水务局）。（二）乙（见附件。【配合单位:市财\n\n政局】"
    found = role_brackets(text)
    assert [bracket.content for bracket in found] == ["责任单位:各县(市)政府、(市)水务局", "配合单位:市财政局"]
    assert text[found[1].start : found[1].end] == "【配合单位:市财\n\n政局】"


def test_brackets_are_found_again_where_lines_were_joined_and_furniture_was_taken_out() -> None:
    source = (
        "甲（责任单位：市水\n务局）。\n乙（责任单位：市水务局、市财政局、市\n—3—\n急局）。\n丙（牵头单位：市教局）。"
    )
    joined = "甲（责任单位：市水务局）。\n乙（责任单位：市水务局、市财政局、市急局）。\n丙（牵头单位：市教局）。"
    found = role_brackets(source)
    assert len(found) == 3

    def parse(*spans: list[int]) -> Json:
        duties = [{"basis": "parenthetical", "span": at} for at in spans]
        return {"text": joined, "documents": [{"measures": [{"responsibilities": duties}]}]}

    second = joined.index("（责任单位：市水务局、")
    third = joined.index("（牵头")
    assert [m.bracket for m in missed_brackets(source, parse([second, second + 20]), found)] == [found[0], found[2]]
    assert not missed_brackets(source, parse([1, 11], [second, second + 20], [third, third + 10]), found)
    inherited = parse([third, third + 10])
    inherited["documents"][0]["measures"][0]["responsibilities"][0]["basis"] = "inherited"
    assert len(missed_brackets(source, inherited, found)) == 3


def test_a_survey_tells_failures_gaps_and_missing_titles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, results = tmp_path / "texts", tmp_path / "parsed"
    texts.mkdir()
    results.mkdir()
    holed = parsed(title=None)
    holed["documents"][0]["blocks"] = [{"kind": "title", "span": [0, 7]}]
    for name, parse in (("good", parsed()), ("holed", holed), ("failed", None)):
        (texts / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        if parse:
            (results / f"{name}.json").write_text(json.dumps(parse, ensure_ascii=False), encoding="utf-8")
    assert survey.run(texts, results) == 1
    shown = capsys.readouterr().out
    assert "! failed.txt: no failed.json" in shown
    assert "files: 3, failures: 1, without a title: 1 (holed.txt)" in shown
    assert "! holed.txt: gap: d1: 7" in shown
    assert "! good.txt: gap" not in shown
    assert "role brackets: 2 of 6" in shown


def test_a_crash_is_an_outcome_and_the_others_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    missing, outcome = parse_files([tmp_path / "missing.txt", good])
    assert missing.parsed is None
    assert (missing.failure or "").startswith("refused: ")
    assert outcome.failure is None
    assert isinstance(outcome, Outcome)
    assert outcome.parsed is not None
    assert "云岭市防汛方案" in outcome.parsed["text"]
