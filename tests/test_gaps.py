"""Gaps and conflicts of measures, within a document and across files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import extractor
from extractor.cli import main
from extractor.errors import GazetteError
from extractor.model import Issue

PLAN = """云溪县人民政府关于印发绿化工作方案的通知
各镇人民政府：
{}
云溪县人民政府
2031年3月1日
"""
LED = "（牵头单位：县林业局）"


def _issue(*clauses: str, name: str = "plan.txt", issuer: str = "云溪县人民政府") -> Issue:
    labelled = "\n".join(f"{label}、{text}" for label, text in zip("一二三四", clauses, strict=False))
    return extractor.parse(PLAN.format(labelled).replace("云溪县人民政府", issuer).encode(), name=name)


def _kinds(*issues: Issue, as_of: str | None = None) -> list[str]:
    return [gap.kind for gap in extractor.gaps(issues, as_of=as_of)]


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        (f"建设公园。2032年底前建成公园5个。{LED}", []),
        ("建设公园。2032年底前建成公园5个。（责任单位：县林业局）", ["no-lead"]),
        (f"建设公园。建成公园5个。{LED}", ["no-deadline"]),
        (f"建设公园。2032年底前全部建成开放。{LED}", ["no-target"]),
        ("加强管护巡查。", ["no-deadline", "no-lead", "no-target"]),
    ],
)
def test_what_a_measure_leaves_open(clause: str, kinds: list[str]) -> None:
    assert _kinds(_issue(clause)) == kinds


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("到2035年，绿化覆盖率达到40%以上。", "到2035年，绿化覆盖率达到42%以上。", True),
        ("到2035年，绿化覆盖率达到40%以上。", "到2035年，绿化覆盖率达到40%。", False),
        ("到2035年，绿化覆盖率达到40%以上。", "到2033年，绿化覆盖率达到38%以上。", False),
        ("到2035年，绿化覆盖率不低于40%。", "到2035年，绿化覆盖率不超过60%。", False),
        ("到2035年，建成公园5个。", "到2035年，建成公园3个。", False),
        ("给予投资额10%的补贴。", "给予投资额20%的补贴。", False),
        ("到2035年，通过更新改造供应33公顷。", "到2035年，通过更新改造供应77公顷。", False),
    ],
)
def test_one_indicator_with_two_values(first: str, second: str, found: bool) -> None:
    beside = _issue(first + LED, second + LED)
    assert ("two-values" in _kinds(beside)) is found
    apart = _issue(first + LED), _issue(second + LED, name="later.txt")
    gaps = [gap for gap in extractor.gaps(apart) if gap.kind == "two-values"]
    assert [(gap.place.source, gap.other and gap.other.source) for gap in gaps] == [("later.txt", "plan.txt")] * found


ANNEXED = """云溪县人民政府关于印发绿化工作方案的通知
各镇人民政府：
现将《绿化工作方案》印发给你们，请认真落实。
云溪县人民政府
2019年3月1日
绿化工作方案
{}
"""


def test_an_annexed_plan_has_the_issuer_and_the_date_of_its_notice() -> None:
    words = "一、扩大绿地。到2035年，绿化覆盖率达到{}%以上。（牵头单位：县扶贫办）"
    plan = extractor.parse(ANNEXED.format(words.format(40)).encode(), name="plan.txt")
    assert plan.documents[1].issuers == ()
    later = _issue(words.removeprefix("一、").format(42), name="later.txt")
    assert [gap.kind for gap in extractor.gaps([plan, later])].count("two-values") == 1
    new = extractor.parse(ANNEXED.format(words.format(40)).replace("2019", "2031").encode(), name="new.txt")
    assert ["stale-body" in _kinds(issue) for issue in (plan, new)] == [False, True]


def test_two_places_may_aim_at_different_values() -> None:
    words = "到2035年，绿化覆盖率达到{}%以上。" + LED
    other = _issue(words.format(42), name="other.txt", issuer="竹岫县人民政府")
    assert "two-values" not in _kinds(_issue(words.format(40)), other)


@pytest.mark.parametrize(
    ("as_of", "passed"), [(None, 0), ("2032", 0), ("2032-12-31", 0), ("2033", 1), ("2033-01-01", 1), ("2031", 0)]
)
def test_a_term_has_passed_when_it_is_over(as_of: str | None, passed: int) -> None:
    issue = _issue(f"建设公园。到2032年，建成公园5个。{LED}")
    assert _kinds(issue, as_of=as_of).count("past-deadline") == passed


def test_a_body_that_no_longer_exists() -> None:
    old = extractor.parse(
        PLAN.format("一、做好救助。（牵头单位：县扶贫办）").replace("2031年", "2019年").encode(), name="old.txt"
    )
    assert "stale-body" not in _kinds(old)
    gaps = [gap for gap in extractor.gaps([old], as_of="2031") if gap.kind == "stale-body"]
    assert [gap.place.text for gap in gaps] == ["县扶贫办"]


def test_a_date_that_is_none_is_told() -> None:
    with pytest.raises(GazetteError, match="is no date"):
        extractor.gaps([], as_of="heute")


def test_the_command(tmp_path: Path) -> None:
    plan, good = tmp_path / "plan.txt", tmp_path / "good.txt"
    plan.write_text(PLAN.format("一、加强管护巡查。"), encoding="utf-8")
    good.write_text(PLAN.format(f"一、建设公园。2032年底前建成公园5个。{LED}"), encoding="utf-8")
    shown = CliRunner().invoke(main, ["gaps", str(plan), str(good), "--kind", "no-lead"])
    assert shown.exit_code == 1
    assert shown.stdout.splitlines() == ["无牵头单位 1", "  无牵头单位  plan.txt 第3行 d1/m1 加强管护巡查（未列单位）"]
    clean = CliRunner().invoke(main, ["gaps", str(good), "--format", "json"])
    assert (clean.exit_code, json.loads(clean.stdout)) == (0, [])
    wrong = CliRunner().invoke(main, ["gaps", str(good), "--as-of", "soon"])
    assert wrong.exit_code == 2
    assert "is no date" in wrong.stderr


def test_a_floor_above_a_ceiling_contradicts_and_one_below_it_does_not() -> None:
    floor = "到2031年，建成区绿化覆盖率达到42%以上。"
    assert "two-values" in _kinds(_issue(floor, "到2031年，建成区绿化覆盖率不超过40%。"))
    assert "two-values" not in _kinds(_issue(floor, "到2031年，建成区绿化覆盖率不超过50%。"))


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.format("一、建设公园。"), encoding="utf-8")
    once, twice = (CliRunner().invoke(main, ["gaps", *[str(plan)] * times]).stdout for times in (1, 2))
    assert once == twice
