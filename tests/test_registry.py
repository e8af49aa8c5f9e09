"""The registry as it is searched and added to: the library, the command, files of bodies."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import extractor
from extractor.bodies import divisions, national
from extractor.bodies.additions import AddedBody, load_additions
from extractor.bodies.misspellings import meant
from extractor.cli import main

OWN = """[[body]]
name = "无锡市数据资源办公室"
short = ["市数源办"]
place = "320200"
until = 2024
after = ["无锡市数据局"]
"""
PLAN = "{title}\n一、加强统筹。（责任单位：市数源办、市财政局）\n"


def gazette(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["bodies", *map(str, arguments)])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("query", "place", "first"),
    [
        ("银保监会", None, "中国银行保险监督管理委员会"),
        ("市工信局", "无锡市", "无锡市工业和信息化局"),
        ("无锡市场监管局", None, "无锡市市场监督管理局"),
        ("市财政局", "320205", "无锡市财政局"),
        ("各市（县）政府", "无锡", "江阴市人民政府"),
        ("南昌海关", None, "南昌海关"),
        ("工商行政管理局", None, "○○工商行政管理局"),
    ],
)
def test_a_search_finds_first_what_is_meant(query: str, place: str | None, first: str) -> None:
    assert extractor.find_bodies(query, place=place)[0].name == first


def test_the_offices_of_a_place_are_its_own() -> None:
    by_code, by_name = extractor.find_bodies("320205"), extractor.find_bodies("无锡市锡山区")
    assert by_code == by_name
    assert {entry.place for entry in by_code} == {"320205"}
    assert {entry.basis for entry in by_code} == {"pattern"}
    finance = next(entry for entry in by_code if "财政局" in entry.short or entry.name.endswith("财政局"))
    assert (finance.kind, finance.level, finance.parent) == ("government", "county", "无锡市锡山区人民政府")


def test_names_before_and_after_a_reform() -> None:
    (data,) = (e for e in extractor.find_bodies("数据局", place="320200") if e.name == "无锡市数据局")
    assert "大数据管理局" in data.before and not data.after
    old = extractor.find_bodies("国土资源部")[0]
    assert (old.until, old.after) == (2018, ("自然资源部",))
    assert "国土资源部" in extractor.find_bodies("自然资源部")[0].before


def test_a_place_alone_lists_its_offices() -> None:
    assert extractor.find_bodies(place="320205") == extractor.find_bodies("320205")
    listed = {entry.name: entry for entry in extractor.find_bodies(place="320200")}
    assert listed["中共无锡市委组织部"].short == ("市委组织部",)
    assert listed["无锡市环境保护局"].after == ("无锡市生态环境局",)
    assert "无锡市环境保护局" not in {entry.name for entry in extractor.find_bodies(place="320200", date="2025-03")}


@pytest.mark.parametrize(
    ("query", "date", "first"),
    [
        ("市农委", "2012-06-01", "上海市农业委员会"),
        ("市农委", "2024", "上海市农业农村委员会"),
        ("市金融办", "2025", "中共上海市委金融委员会办公室"),
        ("广电总局", "2005", "国家广播电影电视总局"),
    ],
)
def test_a_name_is_of_its_time(query: str, date: str, first: str) -> None:
    assert extractor.find_bodies(query, place="310000", date=date)[0].name == first


def test_a_name_that_other_places_kept_has_no_end() -> None:
    (kept,) = extractor.find_bodies("市经信委", place="310000", date="2024")
    assert (kept.name, kept.until, kept.after) == ("上海市经济和信息化委员会", None, ())


def test_a_body_of_the_state_is_answered_with_its_facts() -> None:
    (found,) = extractor.find_bodies("国家药监局", place="320200")
    assert (found.basis, found.since, found.parent, found.short) == ("national", 2018, "国务院", ("药监局",))


def test_a_short_form_without_a_place_is_that_of_any_place() -> None:
    assert [entry.name for entry in extractor.find_bodies("市发改委")] == ["○○发展和改革委员会"]
    assert "无锡市发展和改革委员会" in {entry.name for entry in extractor.find_bodies("发改部门", place="无锡")}


def test_a_name_of_several_places_is_answered_by_all() -> None:
    assert [entry.place for entry in extractor.find_bodies("鼓楼区")] == ["320106", "320302", "350102", "410204"]


def test_what_the_state_ended_is_followed_by_what_exists() -> None:
    names = {body.name for body in national.bodies()}
    for body in national.bodies():
        assert set(body.after) <= names, body.name
        assert body.until is None or body.after, body.name
        assert body.until is None or (body.since or 0) <= body.until, body.name
        assert national.called(body.name, body.since or body.until) == body


def test_the_command_prints_lines_and_json() -> None:
    lines = gazette("市工信局", "--place", "无锡市").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["名称", "无锡市工业和信息化局"]
    (found,) = json.loads(gazette("市工信局", "--place", "无锡市", "--format", "json").stdout)
    assert (found["place"], found["kind"], found["level"]) == ("320200", "government", "city")


def test_a_place_is_given_no_office_of_another_level() -> None:
    district, province = (gazette(code).stdout for code in ("320205", "320000"))
    for name in ("高级人民法院", "中级人民法院", "消防救援总队"):
        assert name not in district
    assert "无锡市锡山区人民法院" in district and "名称格式" in district
    assert "江苏省高级人民法院" in province and "江苏省消防救援总队" in province


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    assert gazette("银保监会", "-o", tmp_path / "a.txt").stdout == ""
    assert "国家金融监督管理总局" in (tmp_path / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("没有这个机关",), 1, "no body of the registry"),
        (("财政局", "--place", "鼓楼区"), 2, "write one of them: 南京市鼓楼区 320106"),
        (("财政局", "--date", "去年"), 2, "is no date"),
        (("财政局", "--place", "999999"), 2, "is the name of no place"),
        (("财政局", "--bodies", "none.toml"), 2, "no such file of bodies"),
    ],
)
def test_what_is_not_found_is_said(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = gazette(*arguments)
    assert (done.exit_code, len(done.stderr.splitlines())) == (code, 1)
    assert said in done.stderr and done.stderr.startswith("gazette: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "no body stands in the file"),
        ("[[body", "not TOML"),
        ('[[body]]\nshort = ["市数源办"]', "has no name"),
        ('[[body]]\nname = " "', "body 1 has no name"),
        ('[[body]]\nnom = "某局"', "unknown field nom"),
        ('[[bodies]]\nname = "某局"', "unknown field bodies"),
        ('[body]\nname = "某局"', "write [[body]]"),
        ('[[body]]\nname = "某局"\nkind = "office"', "kind must be one of party, government"),
        ('[[body]]\nname = "某局"\nplace = 320200', "six digits"),
        ('[[body]]\nname = "某局"\nplace = "329999"', "no place 329999"),
        ('[[body]]\nname = "某局"\nshort = "市数源办"', "short must be a list"),
        ('[[body]]\nname = "某局"\nsince = "2024"', "since must be a year"),
        ('[[body]]\nname = "某局"\nsince = 2025\nuntil = 2020', "comes after until"),
        ('[[body]]\nname = "某局"\n[[body]]\nname = "某局"', "stands twice"),
    ],
)
def test_a_wrong_file_of_bodies_says_what_to_do(words: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(words, encoding="utf-8")
    done = gazette("财政局", "--bodies", path)
    assert done.exit_code == 2
    assert said in done.stderr


def test_bodies_of_the_user_are_found_and_read(own: Path) -> None:
    assert extractor.find_bodies("数源", bodies=own)[0].basis == "added"
    assert extractor.find_bodies("市数源办", place="320205", bodies=own)[0].name == "无锡市数据资源办公室"
    assert extractor.find_bodies("市数源办", place="320500", bodies=own) == ()
    for title, name in (("无锡市统筹方案", "无锡市数据资源办公室"), ("苏州市统筹方案", None)):
        issue = extractor.parse(PLAN.format(title=title).encode(), name="a.txt", bodies=own)
        unit = issue.documents[0].measures[0].responsibilities[0].units[0]
        assert (unit.mention, unit.name) == ("市数源办", name)
    assert unit.level == "city"


def test_the_file_in_the_help_is_one(tmp_path: Path) -> None:
    shown = gazette("--help").stdout
    lines = [line for line in shown.splitlines() if re.match(r"    (?:\[\[body\]\]|\w+ = )", line)]
    (tmp_path / "own.toml").write_text("\n".join(lines), encoding="utf-8")
    (body,) = load_additions(tmp_path / "own.toml").bodies
    assert body.seat == divisions.by_code("320200")
    assert {"name", "short", "place", "kind", "until"} <= set(AddedBody.__struct_fields__)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("工业和信息局", "工业和信息化局"),
        ("市场监督管管理局", "市场监督管理局"),
        ("人力资源和社会保章局", "人力资源和社会保障局"),
        ("农业家村局", None),
        ("林业局", None),
        ("教育和体育局", None),
    ],
)
def test_only_a_slip_is_read_as_another_name(name: str, right: str | None) -> None:
    assert meant(name) == right
