"""The coverage ledger: all that is found is claimed or listed, nothing twice, and reasons are those of rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import extractor
from extractor.audit.rules import of_duty, reasons, rules
from extractor.cli import main
from extractor.grammar.refusals import ROWS
from extractor.model import Coverage, Issue
from extractor.structure.reach import Reach

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FILES = sorted((ROOT / "corpora").glob("*/issue.txt")) + sorted(
    path for folder in ("gazettes", "corpus") for path in (SHARED / folder).glob("*.txt")
)
_VERDICT = re.compile(r'Verdict\((?:None|"\w+"(?: if [^,]* else "\w+")?), "([\w-]+)"\)')
SAMPLE = ROOT / "corpora" / "qinglan-2024-03" / "issue.txt"


def _ledger(text: str) -> tuple[Issue, Coverage]:
    issue = extractor.parse(text.encode(), name="a.txt")
    return issue, extractor.coverage(issue)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name if path.stem == "issue" else path.stem)
def test_what_is_found_is_claimed_or_listed_and_stands_once(path: Path) -> None:
    issue = extractor.parse(path)
    ledger = extractor.coverage(issue)
    assert len(ledger.claimed) + len(ledger.unclaimed) == len(ledger.found)
    end = 0
    for found in ledger.found:
        if found.span is None:
            assert found.removed is not None
            assert found.text in issue.source.removed[found.removed].text.replace("\n", "")
            continue
        assert end <= found.span[0] < found.span[1]
        end = found.span[1]
        assert "".join(found.text.split()) == "".join(issue.text[slice(*found.span)].split())
        assert found.claimed_by is None or found.rule is found.reason is None
    stated = _stated(issue)
    claimed = {(found.kind, found.claimed_by) for found in ledger.claimed}
    assert {name for kind, name in stated - claimed if kind == "number"} <= _twins(issue)


def _stated(issue: Issue) -> set[tuple[str, str]]:
    return {("number", each.id) for document in issue.documents for each in document.commitments if each.value}


def _twins(issue: Issue) -> set[str]:
    """Commitments of a number that others are of as well (A、B分别完成5宗): the first of them claims it."""
    names: set[str] = set()
    for document in issue.documents:
        spans = [(each.span, each.value) for each in document.commitments]
        names |= {each.id for each in document.commitments if spans.count((each.span, each.value)) > 1}
    return names


@pytest.mark.parametrize(
    ("text", "words", "claimed", "reason"),
    [
        ("到2031年，建成公园5个。", "5个", "d1/c1", None),
        ("到2031年，建成公园5个。", "到2031年", "d1/c1", None),
        ("对面积500平方米以上的项目，给予20万元奖励。", "500平方米", None, "condition"),
        ("对面积500平方米以上的项目，给予20万元奖励。", "20万元", "d1/c1", None),
        ("补贴比例由20%提高至30%。", "20%", "d1/c1", None),
        ("认真落实《绿地管理办法（2019年修订，共30条）》。", "30条", None, "cited"),
        ("推进“10分钟生活圈”建设。", "10分钟", None, "name"),
        ("截至2020年底，已建成公园8个。", "8个", None, "past"),
        ("对逾期的处5万元罚款。", "5万元", None, "penalty"),
        ("由县财政局负责。", "县财政局", "d1/m1.r1.u1", None),
        ("此事已向县财政局通报。", "县财政局", None, None),
    ],
)
def test_claims_and_reasons(text: str, words: str, claimed: str | None, reason: str | None) -> None:
    _, ledger = _ledger(f"云溪县人民政府关于绿化工作的通知\n各镇人民政府：\n一、做好绿化。{text}\n2024年3月1日")
    here = [(found.claimed_by, found.reason) for found in ledger.found if found.text == words]
    assert here == [(claimed, reason)]


def test_a_document_that_is_news_says_so() -> None:
    _, ledger = _ledger(SAMPLE.read_text(encoding="utf-8"))
    assert {found.reason for found in ledger.found if found.text == "1100名"} == {"news"}


def test_what_was_taken_out_is_looked_at_too() -> None:
    issue, ledger = _ledger("关于绿化的通知\n一、建公园5个。\n— 1 —\n二、建公园6个。\n")
    pieces = {found.removed for found in ledger.found if found.span is None}
    assert pieces <= set(range(len(issue.source.removed)))
    assert {found.reason for found in ledger.found if found.span is None} <= {"furniture"}


def test_every_rule_that_decides_about_numbers_has_its_sentence() -> None:
    known = rules("refused").keys() | rules("commitments").keys()
    assert {rule for rule, _, _ in ROWS} | {"past"} <= rules("refused").keys()
    for name in ("judging.py", "conditions.py"):
        source = (ROOT / "extractor" / "grammar" / name).read_text(encoding="utf-8")
        named = set(_VERDICT.findall(source))
        assert named
        assert named <= known


@pytest.mark.parametrize("room", ["refused", "dates", "places"])
def test_reasons_are_of_the_list(room: str) -> None:
    given = {rule.reason for rule in rules(room).values() if rule.reason}  # type: ignore[arg-type]
    assert given <= reasons().keys()


def test_rules_of_duties_have_their_sentences() -> None:
    grammar = (ROOT / "extractor" / "grammar" / "assignments.py").read_text(encoding="utf-8")
    reach = (ROOT / "extractor" / "structure" / "reach.py").read_text(encoding="utf-8")
    sentences = set(re.findall(r'"(sentence-\w+)"', grammar))
    inherited = {*get_args(Reach), *re.findall(r'_inherited\(.*?, "(\w+)"\)', reach)}
    assert sentences
    assert {"heading", "shared"} <= inherited
    for rule in (*sentences, *(f"inherited-{name}" for name in inherited)):
        assert of_duty(rule)
    for path in FILES:
        for document in extractor.parse(path).documents:
            for measure in document.measures:
                for duty in measure.responsibilities:
                    assert of_duty(duty.rule)


def test_the_command_lists_what_is_not_claimed(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["coverage", str(SAMPLE), "--kind", "number"])
    assert shown.exit_code == 0
    assert "数字：共 87，已入结果 51" in shown.stdout
    assert "第79行 数字" in shown.stdout
    assert "日期" not in shown.stdout
    saved = tmp_path / "issue.json"
    saved.write_bytes(extractor.to_json(extractor.parse(SAMPLE)))
    listed = CliRunner().invoke(main, ["coverage", str(saved), "--format", "json", "--unknown"])
    rows = json.loads(listed.stdout)["found"]
    assert rows
    assert all(row["claimed_by"] is None and row["reason"] is None for row in rows)


@pytest.mark.parametrize("words", ['{"a": 1}', "[]", '[{"a": 1}]', "null"])
def test_an_input_that_is_no_issue_is_told_in_one_line(words: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(words, encoding="utf-8")
    done = CliRunner().invoke(main, ["coverage", str(wrong)])
    assert done.exit_code == 2
    assert done.stderr.startswith("gazette: wrong.json: not the JSON of a parsed issue")


def test_a_text_that_begins_with_a_bracket_is_no_json(tmp_path: Path) -> None:
    text = tmp_path / "issue.txt"
    text.write_text("[2031]7号\n关于绿化的通知\n一、建公园5个。\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["coverage", str(text)]).exit_code == 0


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("夯实工业发展基础。", None),
        ("工业发展基础。", "past-section"),
        ("简化项目申报材料。", None),
        ("项目申报材料。", "condition-section"),
    ],
)
def test_a_heading_that_says_what_is_to_be_done_silences_nothing(heading: str, rule: str | None) -> None:
    _, ledger = _ledger(f"关于工业的意见\n一、总体要求。抓好落实。\n二、{heading}建成标准厂房5座。\n")
    assert [(found.text, found.rule) for found in ledger.found if found.kind == "number"] == [("5座", rule)]
