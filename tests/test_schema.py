"""The promise to other programs: the committed schema is the model's, every field is described, breaches are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import extractor
from extractor import schema

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = sorted((ROOT / "corpora").glob("*/issue.txt"))[0]


@pytest.fixture(scope="module")
def parsed() -> bytes:
    return extractor.to_json(extractor.parse(SAMPLE))


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_committed_schema_is_the_models(name: str) -> None:
    committed = (ROOT / "schemas" / f"{name}-{schema.SCHEMAS[name][1]}.json").read_text(encoding="utf-8")
    assert committed == schema.schema_text(name), "run scripts/refresh-schemas and commit schemas/"


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_schema_is_a_schema_and_describes_every_field(name: str) -> None:
    document = schema.json_schema(name)
    Draft202012Validator.check_schema(document)
    bare = [
        f"{name}.{field}"
        for name, definition in document["$defs"].items()
        for field, value in definition.get("properties", {}).items()
        if "description" not in json.dumps(value)
    ]
    assert bare == []


def test_output_is_valid(parsed: bytes) -> None:
    assert schema.breaches(parsed) == ()


def test_round_trip(parsed: bytes) -> None:
    assert extractor.to_json(extractor.load(parsed)) == parsed


def test_same_bytes_on_every_run(parsed: bytes) -> None:
    assert extractor.to_json(extractor.parse(SAMPLE)) == parsed


Steps = tuple[str | int, ...]


def _at(value: Any, path: Steps) -> Any:
    for step in path:
        value = value[step]
    return value


def _set(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    """Put something else in one place."""

    def damage(value: dict[str, Any]) -> None:
        holder = _at(value, path[:-1])
        assert holder[path[-1]] != to, "the damage changes nothing"
        holder[path[-1]] = to

    return damage


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    """Leave a field out."""

    def damage(value: dict[str, Any]) -> None:
        del _at(value, path[:-1])[path[-1]]

    return damage


MADE_UP = """云溪政报
2023年第5期
目录
关于做好防汛工作的通知（云政发〔2023〕5号）……1
关于做好防汛工作的通知
云政发〔2023〕5号
各镇人民政府：
根据《云溪市防汛条例》（云政发〔2020〕2号），现通知如下：
一、加固堤防
到2025年，加固堤防30公里。到2026年底前全面完成堤防改造。（牵头单位：市水利局；责任单位：市财政局、各镇；完成时限：2024年6月）
二、储备物资
储备编织袋不少于5000只。（责任单位：市应急局）
云溪市人民政府
2023年9月15日
"""
FAR = 10**6
D: Steps = ("documents", 0)
DUTY: Steps = (*D, "measures", 0, "responsibilities", 0)
COMMITMENT: Steps = (*D, "commitments", 0)

DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "no issue": (_drop("issue"), "issue"),
    "a field left out": (_drop(*D, "genre"), "genre"),
    "a field of a part left out": (_drop(*COMMITMENT, "normalized"), "normalized"),
    "another version": (_set("schema_version", to="2.0"), "schema_version"),
    "a role that is none": (_set(*DUTY, "role", to="boss"), "role"),
    "a negative offset": (_set(*D, "span", to=[-1, 5]), "span"),
    "a date in words": (_set(*D, "date", to="2023年9月15日"), "date"),
    "month 13": (_set(*COMMITMENT, "deadline", "date", to="2025-13"), "date"),
    "a code of five digits": (_set("issue", "jurisdiction", to="32020"), "jurisdiction"),
    "a hash that is none": (_set("source", "sha256", to="x"), "sha256"),
    "a block beyond the end": (_set(*D, "blocks", -1, "span", 1, to=FAR), "blocks"),
    "a document twice": (lambda v: v["documents"].append(v["documents"][0]), "document d1"),
    "a clause twice": (lambda v: _at(v, D)["clauses"].append(_at(v, D)["clauses"][0]), "clause d1/一"),
    "a measure twice": (lambda v: _at(v, D)["measures"].append(_at(v, D)["measures"][0]), "measure d1/m1"),
    "a commitment's id twice": (_set(*D, "commitments", 1, "id", to="d1/c1"), "commitment d1/c1"),
    "a key twice": (lambda v: _at(v, D)["commitments"].append({**_at(v, COMMITMENT), "id": "d1/c9"}), "key "),
    "a milestone twice": (lambda v: _at(v, D)["milestones"].append(_at(v, D)["milestones"][0]), "milestone d1/t1"),
    "a parent that is not there": (_set(*D, "parent_id", to="d9"), "d9 does not exist"),
    "a document that carries itself": (_set(*D, "parent_id", to="d1"), "carries itself"),
    "an entry that leads nowhere": (_set("contents", 0, "document_id", to="d9"), "d9 does not exist"),
    "a reference that leads nowhere": (_set(*D, "references", 0, "document_id", to="d9"), "d9 does not exist"),
    "a reference in no clause": (_set(*D, "references", 0, "clause_id", to="d1/九"), "d1/九 does not exist"),
    "a clause in no clause": (_set(*D, "clauses", 1, "parent_id", to="d1/九"), "d1/九 does not exist"),
    "a block in no clause": (_set(*D, "blocks", -1, "clause_id", to="d1/九"), "d1/九 does not exist"),
    "a measure in no clause": (_set(*D, "measures", 0, "clause_id", to="d1/九"), "d1/九 does not exist"),
    "a commitment in no clause": (_set(*COMMITMENT, "clause_id", to="d1/九"), "d1/九 does not exist"),
    "a commitment in no measure": (_set(*COMMITMENT, "measure_id", to="d1/m9"), "d1/m9 does not exist"),
    "a milestone in no clause": (_set(*D, "milestones", 0, "clause_id", to="d1/九"), "d1/九 does not exist"),
    "a clause beyond its document": (_set(*D, "clauses", 1, "span", 1, to=FAR), "outside"),
    "a measure beyond its document": (_set(*D, "measures", 0, "span", 1, to=FAR), "outside"),
    "an empty measure": (_set(*D, "measures", 0, "span", to=[90, 90]), "empty"),
    "a unit beyond the text": (_set(*DUTY, "units", 0, "span", to=[FAR, FAR + 4]), "outside"),
    "a unit the wrong way round": (lambda v: _at(v, DUTY)["units"][0]["span"].reverse(), "empty"),
    "a mention that is not its text": (_set(*DUTY, "units", 0, "mention", to="某局"), "not the text"),
    "a statement beyond the text": (_set(*DUTY, "span", to=[FAR, FAR + 1]), "outside"),
    "covers beyond the text": (_set(*DUTY, "covers", to=[0, FAR]), "covers"),
    "covers the wrong way round": (lambda v: _at(v, DUTY)["covers"].reverse(), "covers"),
    "because beyond the text": (_set(*DUTY, "because", to=[0, FAR]), "because"),
    "a statement's deadline beyond the text": (_set(*DUTY, "deadline", "span", to=[0, FAR]), "deadline"),
    "a commitment's deadline beyond the text": (_set(*COMMITMENT, "deadline", "span", to=[0, FAR]), "deadline"),
    "a milestone's deadline beyond the text": (
        _set(*D, "milestones", 0, "deadline", "span", to=[0, FAR]),
        "deadline",
    ),
    "a milestone beyond its document": (_set(*D, "milestones", 0, "span", 1, to=FAR), "outside"),
    "a reference beyond its document": (_set(*D, "references", 0, "span", 1, to=FAR), "outside"),
    "a reference's 文号 beyond the text": (_set(*D, "references", 0, "doc_number", "span", to=[0, FAR]), "doc_number"),
    "a 文号 beyond the text": (_set(*D, "doc_number", "span", to=[0, FAR]), "doc_number"),
    "an entry beyond the text": (_set("contents", 0, "span", 1, to=FAR), "outside"),
    "a diagnostic beyond the text": (
        lambda v: v["diagnostics"].append(
            {"code": "x", "severity": "info", "message": "x", "span": [0, FAR], "removed": None}
        ),
        "outside",
    ),
    "a diagnostic about no removed piece": (
        lambda v: v["diagnostics"].append(
            {"code": "x", "severity": "info", "message": "x", "span": None, "removed": 99}
        ),
        "source.removed",
    ),
    "a removed piece from beyond the text": (
        lambda v: v["source"]["removed"].append({"kind": "other", "text": "x", "line": 1, "at": FAR, "page": None}),
        "outside",
    ),
    "a table's cell outside its row": (
        lambda v: _at(v, D)["tables"].append(
            {
                "span": (span := _at(v, D)["span"]),
                "header": None,
                "rows": [{"span": span, "cells": [[0, FAR]]}],
                "merged": [],
            }
        ),
        "cell",
    ),
    "a quote that is too long": (
        lambda v: _at(v, COMMITMENT).update(span=_at(v, D)["span"], value=30),
        "more than 150",
    ),
    "a value that its quote does not hold": (_set(*COMMITMENT, "value", to=31), "31 does not stand"),
    "a value that its quote only begins with": (_set(*COMMITMENT, "value", to=3), "3 does not stand"),
}


@pytest.fixture(scope="module")
def made_up() -> bytes:
    return extractor.to_json(extractor.parse(MADE_UP.encode()))


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(made_up: bytes, name: str) -> None:
    damage, said = DAMAGES[name]
    value = json.loads(made_up)
    assert schema.breaches(made_up) == ()
    damage(value)
    found = schema.breaches(json.dumps(value))
    assert any(said in breach for breach in found), found


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b'{"a": NaN}', b"\xff", b'"\xff"', b""])
def test_what_is_no_json_is_a_named_error(data: bytes) -> None:
    for read in (schema.breaches, extractor.load):
        with pytest.raises(extractor.GazetteError) as told:
            read(data)
        assert "\n" not in str(told.value)


def test_no_json_at_all_is_a_named_error() -> None:
    with pytest.raises(extractor.GazetteError):
        schema.breaches(b"{")
    with pytest.raises(extractor.GazetteError):
        extractor.load(b"[]")


def test_a_long_bracket_behind_a_number_keeps_the_quote_short() -> None:
    bracket = "缴费年限不满的人员按照所在镇的办法另行补缴，" * 8
    text = f"云溪市补助办法\n一、补助标准\n对种粮大户，给予每亩300元（{bracket}不再退还）补贴。"
    issue = extractor.parse(text.encode())
    (commitment,) = issue.documents[0].commitments
    assert "300元" in issue.text[slice(*commitment.span)]
    assert list(schema.broken_spans(issue)) == []
