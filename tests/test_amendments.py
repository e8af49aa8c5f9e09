"""Amending decisions: read into instructions, carried out in a text or refused (tests/cases/amendments)."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import extractor
from extractor import schema
from extractor.changes.amend import apply
from extractor.changes.articles import read_articles
from extractor.cli import main
from extractor.grammar.amendments import find_operations

FOLDER = Path(__file__).parent / "cases" / "amendments"


def cases(name: str) -> list[Any]:
    data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param({"base": data["base"], **case}, id=case["id"]) for case in data["case"]]


def check(case: dict[str, Any], text: str) -> None:
    lines = text.split("\n")
    for line in case.get("after", []):
        assert line in lines, text
    # One after another, as they are written.
    assert [line for line in lines if line in case.get("after", [])] == case.get("after", [])
    for words in case.get("gone", []):
        assert words not in text
    if "labels" in case:
        assert [article.label for article in read_articles(text).articles] == case["labels"]


@pytest.mark.parametrize("case", cases("applied.toml"))
def test_instructions_are_carried_out(case: dict[str, Any]) -> None:
    operations = find_operations(case["decision"])
    amended = apply(operations, case["base"])
    assert [outcome for outcome in amended.outcomes if not outcome.applied] == []
    assert amended.doubled == ()
    assert bool(operations) is (case["id"] != "nothing-to-do")
    check(case, amended.text)


@pytest.mark.parametrize("case", cases("refused.toml"))
def test_what_cannot_be_done_is_told_and_left(case: dict[str, Any]) -> None:
    amended = apply(find_operations(case["decision"]), case["base"], case.get("title"))
    assert [outcome.reason or "" for outcome in amended.outcomes] == case["reasons"]
    assert amended.doubled == tuple(case.get("doubled", ()))
    check(case, amended.text)
    if "after" not in case:
        assert amended.text == read_articles(case["base"]).write()


@pytest.mark.parametrize("case", [*cases("applied.toml"), *cases("refused.toml")])
def test_each_span_is_the_instruction(case: dict[str, Any]) -> None:
    for operation in find_operations(case["decision"]):
        start, end = operation.span
        assert 0 <= start < end <= len(case["decision"])
        assert operation.said == case["decision"][start:end]
        for words in (operation.words, operation.text):
            if words and operation.kind not in ("insert-words",):
                assert words.split("\n")[0] in case["decision"][start:end]


def test_what_is_quoted_is_no_instruction() -> None:
    decision = "将第四条修改为：“删去第一条。将第二条修改为第三条。增加一条。”"
    assert [each.kind for each in find_operations(decision)] == ["replace"]


def test_an_address_without_article_takes_the_one_before_it_under_its_point_only() -> None:
    found = find_operations(
        "一、将第四条改为第五条，第二款修改为：“甲。”\n第三款修改为：“乙。”\n二、第一款修改为：“丙。”"
    )
    assert [
        (each.kind, each.target and each.target.article, each.target and each.target.paragraph) for each in found
    ] == [
        ("renumber", "第四条", None),
        ("replace", "第四条", 2),
        ("replace", "第四条", 3),
        ("replace", None, 1),
    ]
    assert apply(found[-1:], "第一条　甲。\n").outcomes[0].reason == "target-missing"


# --- out of issues, and by the command -------------------------------------------------------------------------------

BASE = """砚浦市人民政府关于印发犬只管理办法的通知
砚政发〔2021〕5号
各区人民政府：
现将《砚浦市犬只管理办法》印发给你们，请遵照执行。
砚浦市人民政府
2021年3月5日

砚浦市犬只管理办法
第一条　为了规范养犬行为，制定本办法。
第二条　登记期限为三日。
第三条　本办法自公布之日起施行。
砚浦市人民政府
2021年3月5日
"""
DECISION = """砚浦市人民政府关于修改《砚浦市犬只管理办法》的决定
砚浦市人民政府决定对《砚浦市犬只管理办法》作如下修改：
一、将第二条中的“三日”修改为“五日”。
二、增加一条，作为第三条：“养犬人应当牵引犬只。”
三、将第三条改为第四条，修改为：“本办法自2031年1月1日起施行。”
本决定自公布之日起施行。
砚浦市人民政府
2030年6月7日
"""
AFTER = BASE[BASE.index("砚浦市犬只管理办法\n第") :].replace("三日", "五日")
AFTER = AFTER.replace("第三条　本办法自公布", "第三条　养犬人应当牵引犬只。\n第四条　本办法自2031年1月1日")
AFTER = AFTER.replace("日之日起", "日起")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {"base": BASE, "decision": DECISION, "after": AFTER, "other": AFTER.replace("五日", "七日")}
    texts["refused"] = DECISION.replace("“三日”", "“四日”")
    paths = {name: tmp_path / f"{name}.txt" for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text, encoding="utf-8")
    return {name: str(path) for name, path in paths.items()}


def gazette(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["amend", *arguments])


def test_the_text_that_a_notice_carries_is_amended_and_what_stands_below_it_stays(files: dict[str, str]) -> None:
    done = gazette(files["base"], files["decision"], "--format", "text")
    assert (done.exit_code, done.stdout, done.stderr) == (0, AFTER, "")


def test_the_amended_text_is_compared_with_the_consolidated_one(files: dict[str, str]) -> None:
    same = gazette(files["base"], files["decision"], "--against", files["after"])
    assert (same.exit_code, "执行 4，未执行 0" in same.stdout) == (0, True), same.stdout
    done = gazette(files["base"], files["decision"], "--against", files["other"], "--format", "json")
    assert done.exit_code == 1
    value = json.loads(done.stdout)
    assert [*Draft202012Validator(schema.json_schema("amended")).iter_errors(value)] == []
    [change] = value["differences"]["changes"]
    assert [(change[side]["path"], change[side]["text"]) for side in ("old", "new")] == [
        (["第二条"], "五日"),
        (["第二条"], "七日"),
    ]


def test_what_is_not_carried_out_is_listed_with_its_words(files: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "amended.txt"
    done = gazette(files["base"], files["refused"], "--format", "text", "-o", str(target))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "没有所引的文字：将第二条中的“四日”修改为“五日”" in done.stderr
    assert target.read_text(encoding="utf-8") == AFTER.replace("五日", "三日")
    assert "没有所引的文字" in gazette(files["base"], files["refused"]).stdout


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("decision", "decision"), "no text of articles"),
        (("base", "after"), "nothing is amended here"),
        (("base#d9", "decision"), "no document answers to d9"),
        (("twice", "decision"), "several documents could be meant"),
    ],
)
def test_what_cannot_be_amended_is_an_error(files: dict[str, str], names: tuple[str, str], said: str) -> None:
    Path(files["base"]).with_name("twice.txt").write_text(BASE + "\n" + BASE.replace("犬只", "猫只"), encoding="utf-8")
    done = gazette(
        *(
            str(Path(files["base"]).with_name(name.replace("#", ".txt#")))
            if "#" in name
            else str(Path(files["base"]).with_name(f"{name}.txt"))
            for name in names
        )
    )
    assert (done.exit_code, said in done.stderr) == (2, True), done.output


def test_spans_point_into_the_issue_of_the_decision(files: dict[str, str]) -> None:
    both = extractor.parse((BASE + "\n" + DECISION).encode())
    made = extractor.amend(both, both)
    assert made.holds
    for outcome in made.outcomes:
        assert made.decision.text[slice(*outcome.operation.span)] == outcome.operation.said
        assert outcome.operation.of == "砚浦市犬只管理办法"


@given(st.text(alphabet="第一二三四五条款项（）将“”修改为删去增加作、，。：\n《》废止 "))
def test_any_text_is_read_and_applied(decision: str) -> None:
    base = "第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n"
    operations = find_operations(decision)
    amended = apply(operations, base)
    assert [outcome.operation for outcome in amended.outcomes] == list(operations)
    assert read_articles(amended.text).write() == amended.text
    if not any(outcome.applied for outcome in amended.outcomes):
        assert amended.text == base


@given(st.text(alphabet="第一二三条章（）　 甲乙。：\n"))
def test_a_text_that_is_taken_apart_and_written_stays(text: str) -> None:
    once = read_articles(text).write()
    assert read_articles(once).write() == once
