"""Every value says which rule on which characters made it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import extractor
from extractor.cli import main
from extractor.errors import GazetteError
from extractor.model import Issue

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "corpora").glob("*/issue.txt"))
PLAN = """云溪县人民政府关于绿化工作的通知
各镇人民政府：
一、总体要求。到2035年，建成公园5个。列第一位的为牵头单位。
二、增加投入。每人每月补贴0.5万元。新增绿道3公里。（责任单位：县林业局、县财政局）
本通知自2031年5月1日起施行，有效期至2036年4月30日。
云溪县人民政府
2031年4月2日
"""


@pytest.fixture(scope="module")
def plan() -> Issue:
    return extractor.parse(PLAN.encode(), name="plan.txt")


def _ids(issue: Issue) -> list[str]:
    found = ["issue.published", "issue.year"]
    for document in issue.documents:
        found += [each.id for each in (*document.commitments, *document.milestones, *document.clauses)]
        found += [f"{document.id}.{field}" for field in ("title", "date", "issuers", "addressees", "level", "roster")]
        for measure in document.measures:
            found.append(measure.id)
            for at, duty in enumerate(measure.responsibilities, 1):
                found.append(f"{measure.id}.r{at}")
                found += [f"{measure.id}.r{at}.u{number}" for number in range(1, len(duty.units) + 1)]
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_every_value_of_the_samples_can_be_explained(path: Path) -> None:
    issue = extractor.parse(path)
    claimed = {found.claimed_by for found in extractor.coverage(issue).found} - {None}
    for name in {*_ids(issue), *claimed}:
        told = extractor.explain(issue, str(name))
        assert told.steps
        for step in told.steps:
            assert step.meaning
            assert step.zh
            assert "{" not in step.meaning + step.zh
            if step.span is not None and step.quote and "……" not in step.quote:
                assert step.quote == issue.text[slice(*step.span)].replace("\n", "").strip()
                assert step.line == issue.text.count("\n", 0, step.span[0]) + 1


def _steps(issue: Issue, name: str) -> list[tuple[str, str | None]]:
    return [(step.name, step.quote) for step in extractor.explain(issue, name).steps]


def test_how_a_number_is_read_and_brought_to_base_units(plan: Issue) -> None:
    commitment = next(each for each in plan.documents[0].commitments if each.unit == "万元/人")
    told = {step.name: step for step in extractor.explain(plan, commitment.id).steps}
    assert told["grant"].is_rule
    assert told["number"].quote == "0.5万元"
    assert told["unit"].meaning == "1 万元 is 10000 元: an exact factor."
    assert told["normalized"].meaning == "In base units: 5000.0 元/人."
    assert told["per"].meaning == "It recurs: 每月."


def test_where_a_deadline_comes_from() -> None:
    issue = extractor.parse(
        "关于绿化的通知\n一、到2035年，实现以下目标：\n1.建成公园5个。\n2.绿化覆盖率达到42%。".encode(), name="a.txt"
    )
    numbers = {each.unit: each for each in issue.documents[0].commitments}
    steps = {step.name: step for step in extractor.explain(issue, numbers["%"].id).steps}
    assert steps["deadline-inherited"].quote == "到2035年"
    assert steps["deadline-inherited"].line == 2
    assert "d1/一" in steps["deadline-inherited"].meaning


def test_where_a_lead_comes_from(plan: Issue) -> None:
    measure = plan.documents[0].measures[-1]
    steps = _steps(plan, f"{measure.id}.r1")
    assert ("convention", "列第一位的为牵头单位") in steps
    assert ("role-lead", None) in steps
    unit = _steps(plan, f"{measure.id}.r1.u1")
    assert unit[0] == ("stands", "县林业局")


@pytest.mark.parametrize(
    ("field", "rule", "quote"),
    [
        ("date", "printed", "2031年4月2日"),
        ("issuers", "printed", "云溪县人民政府"),
        ("effective_from", "printed", "自2031年5月1日起"),
        ("level", "concluded", None),
    ],
)
def test_where_a_fact_comes_from(plan: Issue, field: str, rule: str, quote: str | None) -> None:
    assert (rule, quote) in _steps(plan, f"d1.{field}")


def test_the_sign_of_a_rule_is_shown_where_it_stands() -> None:
    issue = extractor.parse("关于绿化的通知\n一、总体要求。到2035年，新建公园8个、绿地15个，森林面积3万亩。".encode())
    told = [extractor.explain(issue, each.id).steps[1] for each in issue.documents[0].commitments]
    assert [(step.name, step.quote) for step in told] == [("verb", "新建"), ("verb", "新建"), ("measured", "面积")]


def test_when_a_document_comes_into_force_is_shown_with_its_words() -> None:
    words = "本办法自印发之日起施行。"
    issue = extractor.parse(PLAN.replace("本通知自2031年5月1日起施行，有效期至2036年4月30日。", words).encode())
    assert ("concluded", "本办法自印发之日起施行") in _steps(issue, "d1.effective_from")


def test_a_document_is_explained_and_a_list_by_its_members(plan: Issue) -> None:
    told = extractor.explain(plan, "d1")
    assert (told.kind, told.steps[1].meaning) == ("document", "Value: 云溪县人民政府关于绿化工作的通知.")
    with pytest.raises(GazetteError, match="commitments is a list; its members are explained one by one, as d1/c1"):
        extractor.explain(plan, "d1.commitments")


def test_lines_of_a_text_that_has_no_places_are_told_to_be_so(tmp_path: Path) -> None:
    source, parsed = tmp_path / "plan.txt", tmp_path / "plan.json"
    source.write_text(PLAN, encoding="utf-8")
    parsed.write_bytes(extractor.to_json(extractor.parse(source)))
    for command in (["explain", "{}", "d1.date"], ["coverage", "{}"], ["gaps", "{}"]):
        said = [CliRunner().invoke(main, [word.format(file) for word in command]).stdout for file in (source, parsed)]
        assert ["阅读文本的行" in each for each in said] == [False, True]


def test_more_bodies_are_known_as_parse_knows_them(tmp_path: Path) -> None:
    source, more = tmp_path / "plan.txt", tmp_path / "bodies.toml"
    source.write_text(PLAN.replace("县林业局、县财政局", "县渔场指挥部"), encoding="utf-8")
    more.write_text('[[body]]\nname = "云溪县渔场指挥部"\nshort = ["县渔场指挥部"]\n', encoding="utf-8")
    told = CliRunner().invoke(main, ["explain", str(source), "d1/m2.r1.u1", "--bodies", str(more)])
    assert "云溪县渔场指挥部" in told.stdout
    for command in ("coverage", "gaps"):
        assert CliRunner().invoke(main, [command, str(source), "--bodies", str(tmp_path / "none.toml")]).exit_code == 2


@pytest.mark.parametrize("name", ["d9/c1", "d1/c99", "d1/m1.r9", "d1.colour", "issue.colour", "d"])
def test_what_is_not_there_is_told(plan: Issue, name: str) -> None:
    with pytest.raises(GazetteError, match="has no"):
        extractor.explain(plan, name)


def test_the_command(tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(PLAN, encoding="utf-8")
    shown = CliRunner().invoke(main, ["explain", str(source), "d1.date"])
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[2] == "  2. 规则 printed：文件自身印明  〔第7行「2031年4月2日」〕"
    told = json.loads(CliRunner().invoke(main, ["explain", str(source), "d1.date", "--format", "json"]).stdout)
    assert told["steps"][0]["meaning"] == "Value: 2031-04-02."
    wrong = CliRunner().invoke(main, ["explain", str(source), "d9"])
    assert wrong.exit_code == 2
