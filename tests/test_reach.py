"""How far statements of responsibility reach, through the whole chain: headings, lists, tasks below, conventions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.model import Document, Issue, Responsibility

CASES = tomllib.loads((Path(__file__).parent / "cases" / "duties" / "reach.toml").read_text("utf-8"))["case"]
TITLE = "云溪市2031年重点工作责任分解\n"
MARKS = {"inherited": "*", "convention": "!"}


def rows(document: Document) -> list[tuple[Responsibility, list[str]]]:
    """Each responsibility with what a case says of it."""
    found = []
    for measure in document.measures:
        for duty in measure.responsibilities:
            mark = MARKS.get(duty.basis, "") + MARKS.get(duty.concluded or "", "")
            place = (measure.clause_id or "").partition("/")[2]
            told = [place, duty.role + mark, "、".join(unit.mention for unit in duty.units)]
            found.append((duty, told + ([duty.deadline.date or duty.deadline.text] if duty.deadline else [])))
    return found


def parsed(text: str) -> Issue:
    return extractor.parse((TITLE + text.lstrip("\n")).encode(), name="plan.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    issue = parsed(case["text"])
    (document,) = issue.documents
    found = rows(document)
    assert sorted(told for _, told in found) == sorted(case["expected"])
    for duty, _ in found:
        assert all(issue.text[slice(*unit.span)] == unit.mention for unit in duty.units)
        assert (duty.because is None) == (duty.concluded is None)
        if duty.because is not None:
            assert issue.text[slice(*duty.because)] == case["because"]
    if "covers" in case:
        assert [issue.text[slice(*duty.covers)].strip() for duty, _ in found] == case["covers"]


def test_what_a_clause_inherits_points_at_the_words_that_say_so_and_covers_the_clause() -> None:
    issue = parsed("一、促进消费（市商务局牵头）\n1.举办展会12场。\n2.发放消费券。\n")
    inherited = [duty for duty, told in rows(issue.documents[0]) if told[1] == "lead*"]
    assert [issue.text[slice(*duty.span)] for duty in inherited] == ["（市商务局牵头）"] * 2
    assert [issue.text[slice(*duty.covers)].strip() for duty in inherited] == ["1.举办展会12场。", "2.发放消费券。"]


def test_a_convention_in_the_covering_notice_holds_for_the_plan() -> None:
    """R43, A16; what the notice says of something else changes nothing."""
    plan = "云溪市重点工作责任分解\n一、新开工项目20个。责任单位：市甲局、市乙局\n二、植树。责任单位：市丙局\n"
    notice = (
        "云溪市人民政府办公室关于印发重点工作责任分解的通知\n各区县人民政府：\n现将责任分解印发给你们，{}，请认真落实。\n"
        "云溪市人民政府办公室\n2031年3月5日\n\n"
    )
    for words, expected in (
        (
            "列第一位的责任单位为牵头单位",
            [["一", "lead!", "市甲局"], ["一", "responsible", "市乙局"], ["二", "lead!", "市丙局"]],
        ),
        ("把安全放在第一位", [["一", "responsible", "市甲局、市乙局"], ["二", "responsible", "市丙局"]]),
    ):
        issue = extractor.parse((notice.format(words) + plan).encode(), name="plan.txt")
        found = rows(issue.documents[-1])
        assert [told for _, told in found] == expected
        because = [issue.text[slice(*duty.because)] for duty, _ in found if duty.because is not None]
        assert set(because) <= {words} and len(because) == sum(told[1] == "lead!" for _, told in found)
