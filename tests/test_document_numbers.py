"""文号 in whole documents (S24–S34), and phenomena of structure that name the number or the level of a text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.model import Issue

CASES = tomllib.loads((Path(__file__).parent / "cases/structure/numbers_of_documents.toml").read_text(encoding="utf-8"))
BODY = "各镇人民政府：\n请认真落实防汛责任，加强值守。\n青岚区人民政府办公室\n2024年5月6日\n"
TITLE = "关于做好防汛工作的通知"


def _parse(text: str) -> Issue:
    return extractor.parse(text.encode(), name="a.txt")


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_number_of_a_document(case: dict[str, Any]) -> None:
    title = case.get("title", TITLE)
    lines = [line for line in (title, case["number"]) if line]
    issue = _parse("\n".join(lines) + "\n" + BODY)
    (document,) = issue.documents
    number = document.doc_number
    assert ([number.code or "", number.year or 0, number.serial or 0] if number else []) == case["expected"]
    assert (document.title, document.status) == (case.get("read", title), case.get("status", "final"))
    if number is not None and number.span is not None:
        assert issue.text[slice(*number.span)].strip() == number.text


def test_bracket_that_a_number_in_the_contents_lost_ends_at_its_line() -> None:  # S33
    contents = f"青岚政报(2024年第3期)\n目  录\n关于表彰先进的决定(青府办〔2024〕4号\n{TITLE}(青府办〔2024〕5号)\n"
    other = "关于表彰先进的决定\n青府办〔2024〕4号\n各镇人民政府：\n决定表彰。\n青岚区人民政府办公室\n2024年5月5日\n"
    issue = _parse(f"{contents}\n{other}\n{TITLE}\n青府办〔2024〕5号\n{BODY}")
    assert [(entry.title, entry.doc_number) for entry in issue.contents] == [
        ("关于表彰先进的决定", "青府办〔2024〕4号"),
        (TITLE, "青府办〔2024〕5号"),
    ]


PLAN = "一、总则\n（一）坚持安全第一。\n（二）坚持预防为主。\n二、措施\n（一）加强巡查。\n（二）加强储备。\n"


def test_a_shell_and_what_it_prints_are_two_documents() -> None:  # S44
    issue = _parse(f"关于印发防汛方案的通知\n青府办〔2024〕5号\n{BODY}\n青岚区防汛方案\n{PLAN}")
    shell, plan = issue.documents
    assert (plan.title, plan.parent_id) == ("青岚区防汛方案", shell.id)
    assert (plan.doc_number, shell.clauses) == (None, ())


def test_lower_numbers_may_begin_again() -> None:  # S52
    issue = _parse(f"青岚区防汛方案\n{PLAN}")
    (document,) = issue.documents
    assert [clause.id.split("/", 1)[1] for clause in document.clauses] == [
        "一", "一/(一)", "一/(二)", "二", "二/(一)", "二/(二)",
    ]  # fmt: skip
    assert not [d for d in issue.diagnostics if d.code.startswith("clause.")]


@pytest.mark.parametrize(("lost", "repaired"), [("二、", [False, True, False]), ("", [False, False, False])])
def test_a_lost_number_is_implied(lost: str, repaired: list[bool]) -> None:  # S53
    text = "青岚区防汛方案\n一、指导思想\n坚持安全第一。\n二、工作目标\n堤防不出险情。\n三、基本原则\n坚持预防为主。\n"
    issue = _parse(text.replace(lost, "") if lost else text)
    (document,) = issue.documents
    assert [(clause.path[-1], clause.repaired) for clause in document.clauses] == list(
        zip("一二三", repaired, strict=True)
    )


def test_level_is_that_of_the_text() -> None:  # S82: a city's text in the gazette of a district
    lower = BODY.replace("青岚区", "云溪市").replace("各镇", "各市（县）、区")
    (city,) = _parse(f"青岚区政报(2024年第3期)\n\n云溪市人民政府办公室{TITLE}\n云政办〔2024〕5号\n{lower}").documents
    assert city.level == "city"
    own = f"青岚区政报(2024年第3期)\n\n青岚区人民政府办公室{TITLE}\n青府办〔2024〕5号\n{BODY}"
    (district,) = _parse(own).documents
    assert district.level == "county"
