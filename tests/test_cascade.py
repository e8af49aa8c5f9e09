"""An upper text and a lower one: what is taken up where, what is missing, what is local."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import extractor
from extractor import Cascade, Side, Task, schema
from extractor.cli import main
from extractor.exports import cascade_text

TESTS = Path(__file__).parent
JUDGED = tomllib.loads((TESTS / "cascade_pairs.toml").read_text(encoding="utf-8"))["pair"]
FLOORS = {"tuned": (0.98, 0.9), "held out": (0.96, 0.96)}
"""Least precision and recall of the pairs of measures that a reader judged."""


def _cases() -> list[Any]:
    rows = []
    for file in sorted((TESTS / "cases" / "cascade").glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        shared = {key: data[key] for key in ("upper_title", "lower_title")}
        rows += [pytest.param({**shared, **case}, id=f"{file.stem}: {case['name']}") for case in data["case"]]
    return rows


def _compare(case: dict[str, Any]) -> Cascade:
    upper, lower = (
        extractor.parse(f"{case[f'{side}_title']}\n{case[side].strip()}".encode(), name=f"{side}.txt")
        for side in ("upper", "lower")
    )
    return extractor.compare(upper, lower)


def _path(task: Task) -> str:
    return "/".join(task.path)


def _words(side: Side | None) -> str:
    return side.text if side is not None else ""


@pytest.mark.parametrize("case", _cases())
def test_uptake(case: dict[str, Any]) -> None:
    found = _compare(case)
    taken = {_path(uptake.task): sorted(_path(each.task) for each in uptake.lower) for uptake in found.uptakes}
    assert taken == case["taken"]
    assert [_path(task) for task in found.local] == case["local"]
    assert [_path(task) for task in found.missing] == [path for path, below in case["taken"].items() if not below]
    beside = [
        [row.kind, row.verdict, _words(row.upper), _words(row.lower)]
        for uptake in found.uptakes
        for row in uptake.beside
    ]
    assert beside == case["beside"]


@pytest.mark.parametrize("case", _cases())
def test_all_of_it_is_where_it_says_and_keeps_the_schema(case: dict[str, Any]) -> None:
    found = _compare(case)
    data = extractor.to_json(found)
    assert data == extractor.to_json(_compare(case))
    assert [*Draft202012Validator(schema.json_schema("cascade")).iter_errors(json.loads(data))] == []
    for uptake in found.uptakes:
        for row in uptake.beside:
            for side, edition in ((row.upper, found.upper), (row.lower, found.lower)):
                assert side is None or edition.text[slice(*side.span)] == side.text
        for each in uptake.lower:
            assert 0 < each.alike <= 1 and each.basis


def test_a_text_takes_up_all_of_itself(root: Path) -> None:
    issue = extractor.parse(root / "corpora" / "qinglan-2024-03" / "issue.txt")
    found = extractor.compare(issue, issue)
    assert len(found.uptakes) > 20
    assert found.missing == found.local == ()
    for uptake in found.uptakes:
        assert uptake.task in [each.task for each in uptake.lower]
        assert {row.verdict for row in uptake.beside} <= {"same"}


def test_text_and_markdown_name_every_measure() -> None:
    case = next(case.values[0] for case in _cases() if "split in two" in str(case.id))
    found = _compare(case)
    for said in (cascade_text.plain(found), cascade_text.markdown(found)):
        assert "上级举措 2：已承接 1、未承接 1；下级自有 1" in said
        for name in ("推广垃圾分类", "治理黑臭水体", "完善分类投放设施", "提升厨余垃圾处理能力", "办好湖畔花展"):
            assert name in said


def test_the_command(tmp_path: Path) -> None:
    trees, reeds = "一、保护古树名木。建立古树名木档案。", "二、修复湿地。编制退化湿地清单。"
    (tmp_path / "upper.txt").write_text(f"云海省方案\n{trees}\n{reeds}", encoding="utf-8")
    (tmp_path / "lower.txt").write_text(f"云溪市方案\n{trees}", encoding="utf-8")
    upper, lower, output = (str(tmp_path / name) for name in ("upper.txt", "lower.txt", "out.json"))
    run = CliRunner().invoke
    assert run(main, ["compare", upper, lower]).exit_code == 0
    assert run(main, ["compare", upper, lower, "--fail-on", "missing"]).exit_code == 1
    assert run(main, ["compare", lower, upper, "--fail-on", "missing"]).exit_code == 0
    assert run(main, ["compare", upper, f"{lower}#d9"]).exit_code == 2
    assert run(main, ["compare", f"{upper}#d1", lower, "--format", "json", "-o", output]).exit_code == 0
    written = json.loads(Path(output).read_text(encoding="utf-8"))
    assert [len(uptake["lower"]) for uptake in written["uptakes"]] == [1, 0]


@pytest.mark.parametrize("use", FLOORS)
def test_judged_pairs(shared: Path, use: str) -> None:
    hit = wrong = lost = 0
    for pair in JUDGED:
        if pair["use"] != use:
            continue
        upper, lower = (extractor.parse(shared / "corpus" / pair[side]) for side in ("upper", "lower"))
        found = extractor.compare(upper, lower, upper_ids=[pair["upper_id"]], lower_ids=[pair["lower_id"]])
        taken = {_path(uptake.task): {_path(each.task) for each in uptake.lower} for uptake in found.uptakes}
        for path, below, in_passing in pair["rows"]:
            hit += len(taken[path] & set(below))
            wrong += len(taken[path] - set(below) - set(in_passing))
            lost += len(set(below) - taken[path])
    precision, recall = hit / (hit + wrong), hit / (hit + lost)
    assert precision >= FLOORS[use][0], precision
    assert recall >= FLOORS[use][1], recall
