"""The registry of bodies and of places: mentions as cases, agreement with the gold table, whole word lists."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

import extractor
from extractor import lexicon
from extractor.bodies import divisions
from extractor.bodies.registry import Speaker, resolve
from extractor.bodies.renamings import renamings, stale
from extractor.bodies.shape import kind_of, stands
from extractor.model import BodyKind, Unit
from extractor.text.fold import fold

CASES = tomllib.loads((Path(__file__).parent / "cases/bodies/wild.toml").read_text(encoding="utf-8"))
FLOOR = 0.95
"""Share of the certain rows of the gold table that must agree, for each column."""


@pytest.mark.parametrize("case", CASES["body"], ids=lambda case: case["id"])
def test_body(case: dict[str, Any]) -> None:
    speaker = Speaker(divisions.by_code(case["place"]), case.get("level"))
    body = resolve(case["mention"], speaker, case.get("carried", ""))
    found = msgspec.to_builtins({key: getattr(body, key) or "" for key in ("name", "id", "kind", "level")})
    assert {key: found[key] for key in case["expected"]} == case["expected"]
    if not case["place"] and not case.get("level"):
        assert body.name is None and body.id is None


@pytest.mark.parametrize("case", CASES["place"], ids=lambda case: case["text"][:12])
def test_place_at_the_head(case: dict[str, Any]) -> None:
    found = divisions.leading(case["text"])
    assert (found[0].code if found else "") == case["expected"]


@pytest.mark.parametrize("case", CASES["stale"], ids=lambda case: f"{case['mention']} {case['year']}")
def test_stale_names(case: dict[str, Any]) -> None:
    assert (stale(case["mention"], case["year"]) is not None) == case["expected"]


def test_codes_and_names_go_both_ways() -> None:
    for code in ("110000", "320205", "320281", "433100", "469002", "650000"):
        division = divisions.by_code(code)
        assert division is not None
        assert divisions.named(division.name, division.code) == division
    assert divisions.by_code("999999") is None


def test_every_division_has_a_place_above_it() -> None:
    rows = lexicon.load("divisions")["rows"].split()
    codes = rows[::2]
    assert len(codes) == len(set(codes)) > 3000
    for code in codes:
        division = divisions.by_code(code)
        assert division is not None and (division.level == "province") == (division.parent is None), code


def test_word_lists_hold_together() -> None:
    words = lexicon.load("bodies")
    kinds = {row["kind"] for row in words["kind"]}
    assert kinds <= set(BodyKind.__args__)  # type: ignore[attr-defined]
    offices = lexicon.load("offices")
    shorts = [short for row in offices["whole"] for short in row["short"]]
    assert len(shorts) == len(set(shorts)), "a short name has two full ones"
    assert all(row["mark"] in ("attested", "general") for row in offices["whole"])
    assert all(stands(f"市{short}") for short in shorts if short not in ("政府",)), (
        "a listed body is no body by its form"
    )
    assert all(2018 <= row.until <= 2030 and row.old for row in renamings())
    for name in ("bodies", "offices", "national", "roles", "renamings", "measures", "places", "divisions"):
        assert lexicon.load(name)["origin"], name


def test_agreement_with_the_gold_table(shared: Path) -> None:
    """Units as they come out of the whole chain against the rows of the gold table that are certain."""
    with (shared / "gold/bodies.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["certain"] == "yes"]
    units: dict[tuple[str, str], Unit] = {}
    for name in {row["file"] for row in rows}:
        stem = Path(name).stem
        source = next(p for folder in ("gazettes", "corpus") if (p := shared / folder / f"{stem}.txt").exists())
        for document in extractor.parse(source).documents:
            for measure in document.measures:
                for duty in measure.responsibilities:
                    units.update({(name, fold(unit.mention)): unit for unit in duty.units})
    hits = dict.fromkeys(("found", "kind", "level", "name", "code"), 0)
    for row in rows:
        unit = units.get((row["file"], fold(row["mention"])))
        if unit is None:
            continue
        several = row["kind"] in ("group", "system")
        hits["found"] += 1
        hits["kind"] += unit.kind == row["kind"]
        hits["level"] += unit.level == row["level"]
        hits["name"] += (unit.name or "") == row["name"]
        hits["code"] += (unit.id or "").split("/")[0] == ("" if several else row["code"])
    assert all(count >= FLOOR * len(rows) for count in hits.values()), (hits, len(rows))


def test_form_alone_tells_the_kind() -> None:
    names = {
        "市总工会": "mass",
        "区法院": "court",
        "云泽海关": "vertical",
        "市城投集团": "enterprise",
        "市指挥部办公室": "leading-group",
    }
    assert {name: kind_of(name) for name in names} == names
