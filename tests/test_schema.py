"""The promise to other programs: the committed schema is the model's, every field is described, breaches are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import extractor
from extractor import schema
from extractor.model import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = sorted((ROOT / "corpora").glob("*/issue.txt"))[0]


@pytest.fixture(scope="module")
def parsed() -> bytes:
    return extractor.to_json(extractor.parse(SAMPLE))


def test_committed_schema_is_the_models() -> None:
    committed = (ROOT / "schemas" / f"issue-{SCHEMA_VERSION}.json").read_text(encoding="utf-8")
    assert committed == schema.schema_text(), "run scripts/refresh-schemas and commit schemas/"


def test_schema_is_a_schema_and_describes_every_field() -> None:
    document = schema.json_schema()
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


def _without_title(value: dict[str, Any]) -> None:
    del value["issue"]


def _bad_role(value: dict[str, Any]) -> None:
    measure = next(m for d in value["documents"] for m in d["measures"] if m["responsibilities"])
    measure["responsibilities"][0]["role"] = "boss"


def _span_outside(value: dict[str, Any]) -> None:
    value["documents"][-1]["blocks"][-1]["span"][1] += 5


def _mention_not_text(value: dict[str, Any]) -> None:
    measure = next(m for d in value["documents"] for m in d["measures"] if m["responsibilities"])
    measure["responsibilities"][0]["units"][0]["mention"] = "某局"


@pytest.mark.parametrize("damage", [_without_title, _bad_role, _span_outside, _mention_not_text])
def test_damage_is_found(parsed: bytes, damage: Any) -> None:
    value = json.loads(parsed)
    damage(value)
    assert schema.breaches(json.dumps(value))


def test_no_json_at_all_is_a_named_error() -> None:
    with pytest.raises(extractor.GazetteError):
        schema.breaches(b"{")
    with pytest.raises(extractor.GazetteError):
        extractor.load(b"[]")
