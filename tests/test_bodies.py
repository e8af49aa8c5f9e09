"""The registry of bodies and of places: mentions as cases, agreement with the gold table, whole word lists."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import extractor
from extractor import lexicon
from extractor.bodies import divisions
from extractor.bodies.expansion import expand
from extractor.bodies.registry import Speaker, resolve
from extractor.bodies.renamings import renamings, stale
from extractor.bodies.sameness import same_body
from extractor.bodies.shape import kind_of, stands
from extractor.model import BodyKind, Document, Issue, Unit
from extractor.text.fold import fold

CASES: dict[str, list[dict[str, Any]]] = {}
for path in sorted((Path(__file__).parent / "cases/bodies").glob("*.toml")):
    for kind, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        CASES.setdefault(kind, []).extend(rows)
FLOOR = 0.99
"""Share of the certain rows of the gold table that must agree in name, level, kind and code of the seat."""


@pytest.mark.parametrize("case", CASES["body"], ids=lambda case: case["id"])
def test_body(case: dict[str, Any]) -> None:
    speaker = Speaker(divisions.by_code(case["place"]), case.get("level"), case.get("year"))
    body = resolve(case["mention"], speaker, case.get("carried", ""))
    found = msgspec.to_builtins({key: getattr(body, key) or "" for key in ("name", "id", "kind", "level")})
    assert {key: found[key] for key in case["expected"]} == case["expected"]
    if not case["place"] and not case.get("level"):
        assert body.name is None and body.id is None


@pytest.mark.parametrize("case", CASES["place"], ids=lambda case: case["text"][:12])
def test_place_at_the_head(case: dict[str, Any]) -> None:
    found = divisions.leading(case["text"])
    assert (found[0].code if found else "") == case["expected"]


@pytest.mark.parametrize("case", CASES["stale"], ids=lambda case: case["id"])
def test_stale_names(case: dict[str, Any]) -> None:
    body = resolve(case["mention"], Speaker(divisions.by_code(case["place"]), case.get("level"), case["year"]))
    found = stale(case["mention"], body, case["year"])
    assert (found.name or found.new if found else "") == case["expected"]


@pytest.mark.parametrize("case", CASES["list"], ids=lambda case: case["id"])
def test_names_of_a_list(case: dict[str, Any]) -> None:
    issue = extractor.parse(f"{case['title']}\n一、加强统筹。（{case['text']}）\n".encode(), name="a.txt")
    assert [unit.name or "" for _, unit in _units(issue)] == case["expected"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "为推进我市水运，对标先进，把无锡建成强市。\n一、全市码头按无锡市规划建设。（责任单位：{}）\n",
            "无锡市财政局",
        ),
        ("为推进我市水运，向苏州市、无锡市学习。\n一、全市码头统一管理。（责任单位：{}）\n", ""),
        ("为推进水运，对标先进。\n一、把无锡市的做法推广到无锡市以外的全市场。（责任单位：{}）\n", ""),
        ("关于推进苏州市水运的意见\n一、学习无锡市，我市全市和无锡市一样。（责任单位：{}）\n", "苏州市财政局"),
    ],
)
def test_a_text_without_issuer_is_of_the_place_it_calls_its_own(text: str, name: str) -> None:
    issue = extractor.parse(text.format("市财政局").encode(), name="a.txt")
    assert [unit.name or "" for _, unit in _units(issue)] == [name]
    told = [each for each in issue.diagnostics if each.code == "document.place-concluded"]
    assert [issue.text[slice(*each.span)] for each in told if each.span] == (["我市"] if name == "无锡市财政局" else [])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("无锡市财政局2031年工作要点", "无锡市财政局{}"),
        ("无锡市财政局、无锡市教育局2031年工作要点", ""),
        ("无锡市人民政府办公室关于2031年工作要点的通知", ""),
        ("无锡市2031年工作要点", ""),
    ],
)
def test_parts_of_the_office_that_issues_are_its_own(title: str, name: str) -> None:
    issue = extractor.parse(f"{title}\n一、加强统筹。（责任单位：办公室、审批处、秘书处）\n".encode(), name="a.txt")
    assert [unit.name or "" for _, unit in _units(issue)] == [name.format("办公室"), name.format("审批处"), ""]


@pytest.mark.parametrize("case", CASES["signed"], ids=lambda case: case["id"])
def test_who_signs(case: dict[str, Any]) -> None:
    assert list(extractor.parse(case["text"].encode(), name="a.txt").documents[0].issuers) == case["expected"]


@pytest.mark.parametrize("case", CASES["group"], ids=lambda case: case["id"])
def test_who_is_in_a_group(case: dict[str, Any]) -> None:
    place = divisions.by_code(case["place"])
    assert place is not None
    members = [body.name for body in expand(case["text"], place)]
    assert len(members) == len(set(members)) == case["count"]
    assert (members[0] if members else "") == case["first"]


@pytest.mark.parametrize(
    ("a", "b", "code", "dates", "same"),
    [
        ("市扶贫办", "市农业农村局", "320205", ("2019", "2025-03"), True),
        ("市扶贫办", "市农业农村局", "320205", ("2019", "2020"), False),
        ("区财政局", "市财政局", "320205", (None, None), False),
        ("财政局", "锡山区财政局", "320205", (None, None), True),
        ("国家旅游局", "文化和旅游部", "320200", (None, None), True),
        ("铁道部", "国家铁路局", "320200", (None, None), None),
        ("市法制办", "市司法局", "320200", ("2015", "2021"), True),
        ("市法制办", "市司法局", "320200", ("2015", "2015"), False),
        ("市委组织部（市人才办）", "市委组织部", "320200", (None, None), True),
        ("市委组织部（市人才办）", "市人才办", "320200", (None, None), True),
        ("市外办加挂市港澳办牌子", "市港澳办", "320200", (None, None), True),
        ("各市(县)、区政府", "各市（县）、区人民政府", "320200", (None, None), True),
        ("各市(县)、区政府", "市财政局", "320200", (None, None), False),
        ("发改部门", "发展改革部门", "320200", (None, None), True),
        ("财政部门", "市财政局", "320200", (None, None), None),
        ("市文化和旅游局", "市文化广电旅游体育局", "320200", (None, None), None),
        ("市农委", "市农业农村局", None, (None, None), True),
        ("财政局", "市财政局", None, (None, None), None),
        ("县财政局", "市财政局", None, (None, None), False),
        ("市数源办", "市数据局", "320200", (None, None), None),
    ],
)
def test_what_was_only_renamed_is_the_same(
    a: str, b: str, code: str | None, dates: tuple[str | None, str | None], same: bool | None
) -> None:
    place = divisions.by_code(code) if code else None
    assert same_body(a, b, place, *dates) is same
    assert same_body(b, a, place, *reversed(dates)) is same


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
    assert all(2018 <= row.since <= row.until <= 2030 and row.old for row in renamings())
    for name in ("bodies", "offices", "national", "roles", "renamings", "measures", "places", "divisions"):
        assert lexicon.load(name)["origin"], name


@pytest.fixture(scope="module")
def gold_issues(shared: Path) -> dict[str, Issue]:
    """The issues of the gold table, parsed."""
    names = {row["file"] for row in _gold(shared)}
    folders = [shared / "gazettes", shared / "corpus"]
    return {name: extractor.parse(next(p for f in folders if (p := f / name).exists())) for name in names}


def _gold(shared: Path) -> list[dict[str, str]]:
    with (shared / "gold/bodies.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _units(issue: Issue) -> Iterator[tuple[Document, Unit]]:
    for document in issue.documents:
        for measure in document.measures:
            for duty in measure.responsibilities:
                yield from ((document, unit) for unit in duty.units)


def test_agreement_with_the_gold_table(shared: Path, gold_issues: dict[str, Issue]) -> None:
    """Units as they come out of the whole chain against the rows of the gold table that are certain."""
    units = {(name, fold(unit.mention)): unit for name, issue in gold_issues.items() for _, unit in _units(issue)}
    rows = [row for row in _gold(shared) if row["certain"] == "yes"]
    wrong = []
    for row in rows:
        unit = units.get((row["file"], fold(row["mention"])))
        code = "" if row["kind"] in ("group", "system") else row["code"]
        said = unit and (unit.name or "", unit.level, unit.kind, (unit.id or "").split("/")[0])
        if said != (row["name"], row["level"], row["kind"], code):
            wrong.append((row["mention"], row["name"], said))
    assert len(wrong) <= (1 - FLOOR) * len(rows), wrong


def test_what_has_no_name_is_noticed(gold_issues: dict[str, Issue]) -> None:
    """Every body of which no name is known has a diagnostic in its document, and no other has."""
    for name, issue in gold_issues.items():
        for document in issue.documents:
            told = {
                fold(issue.text[slice(*each.span)]).replace("\n", "")
                for each in issue.diagnostics
                if each.code == "body.unresolved" and each.span and document.span[0] <= each.span[0] < document.span[1]
            }
            nameless = {
                fold(unit.mention)
                for whose, unit in _units(issue)
                if whose is document and unit.name is None and unit.kind not in ("group", "system")
            }
            assert told == nameless, name


def test_form_alone_tells_the_kind() -> None:
    names = {
        "市总工会": "mass",
        "区法院": "court",
        "云泽海关": "vertical",
        "市城投集团": "enterprise",
        "市指挥部办公室": "leading-group",
    }
    assert {name: kind_of(name) for name in names} == names
