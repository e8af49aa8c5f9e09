"""The lexicon of bodies against itself: no form means two bodies at one time, reforms lead forward, dates are real."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from extractor import lexicon
from extractor.bodies import divisions, national
from extractor.bodies.divisions import Division
from extractor.bodies.names import Seated, full_name
from extractor.bodies.national import NationalBody
from extractor.bodies.registry import Speaker, resolve
from extractor.bodies.renamings import Renaming, renamings, stale, successions

OFFICES: dict[str, Any] = lexicon.load("offices")
MARKS = {"attested", "general"}
PLACES = tuple(place for code in ("320000", "330300", "330381") if (place := divisions.by_code(code)))
"""A province, a city and a county without names of their own in the lexicon."""


def _years(since: int | None, until: int | None) -> range:
    return range(since or 1949, (until or 2100) + 1)


def _meet(one: range, other: range) -> bool:
    """Whether two names were right in the same year, other than that of the reform between them."""
    return max(one.start, other.start) < min(one.stop, other.stop) - 1


def test_no_form_means_two_bodies_of_the_state_at_one_time() -> None:
    forms: dict[str, list[NationalBody]] = {}
    for body in national.bodies():
        for form in {body.name, *body.short}:
            forms.setdefault(form, []).append(body)
    for form, bodies in forms.items():
        for one, other in combinations(bodies, 2):
            assert not _meet(_years(one.since, one.until), _years(other.since, other.until)), form


def test_no_field_is_short_for_two() -> None:
    lists = (OFFICES["fields"], OFFICES["fields_of_names"], OFFICES["full"]["fields"], OFFICES["full"]["offices"])
    for one, other in combinations(lists, 2):
        assert not set(one) & set(other)
    written = {*OFFICES["full"]["fields"], *OFFICES["full"]["offices"]}
    assert {*OFFICES["fields"].values(), *OFFICES["fields_of_names"].values()} <= written


@pytest.mark.parametrize("row", OFFICES["whole"], ids=lambda row: row["short"][0])
def test_a_short_name_means_its_row_at_every_level(row: dict[str, Any]) -> None:
    assert row["mark"] in MARKS
    assert row.get("since", 0) <= row.get("until", 2100)
    year = row.get("until") or row.get("since") or 2025
    for place in PLACES:
        if place.level not in row.get("not_at", ()):
            pattern = row.get(f"full_{place.level}") or row["full"]
            above = place.parent.name if place.parent else ""
            name = pattern.format(seat=place.seat, short=place.short, above=above)
            for short in row["short"]:
                assert full_name(Seated(short, place, place.level, short, "市", year)) == name


def test_own_names_of_a_place_do_not_meet() -> None:
    known = {"place", "mark", "below", "since", "until"}
    for row in OFFICES["local"]:
        place = divisions.by_code(row["place"])
        assert place is not None and row["mark"] in MARKS and set(row) - known
        assert "below" not in row or place.level == "province"
    for one, other in combinations(OFFICES["local"], 2):
        if one["place"] == other["place"] and (set(one) & set(other)) - known:
            assert not _meet(*(_years(row.get("since"), row.get("until")) for row in (one, other))), one


def test_zones_of_the_state_are_in_cities() -> None:
    zones = OFFICES["state_zones"]
    assert zones["mark"] in MARKS
    for name in zones["places"]:
        assert any(place.level in ("city", "province") for place in divisions.called(name)), name


def _speakers(row: Renaming) -> Iterator[tuple[str, Speaker]]:
    for place in PLACES:
        for old in row.old:
            for head in row.holds or ("",):
                yield f"{head}{place.short}{old}" if head else f"{place.name}{old}", Speaker(place, year=row.since - 1)


@pytest.mark.parametrize("row", renamings(), ids=lambda row: row.old[0])
def test_a_reform_leads_forward(row: Renaming) -> None:
    assert row.see and row.since <= row.until
    for mention, speaker in _speakers(row):
        body = resolve(mention, speaker)
        assert stale(mention, body, row.until) is None
        if body.name is not None:
            assert (stale(mention, body, row.until + 1) is None) == row.somewhere, mention
        steps = list(successions(mention, body.name, body.level, speaker.place))
        assert [step.until for step in steps] == sorted(step.until for step in steps)
        names = [step.name for step in steps if step.name is not None]
        assert len(names) == len(set(names)) and body.name not in names


def test_one_reform_ends_a_name() -> None:
    for one, other in combinations(renamings(), 2):
        assert not set(one.old) & set(other.old) or set(one.holds).isdisjoint(other.holds)


@pytest.mark.parametrize(
    ("form", "since", "until"),
    [
        ("国家数据局", 2023, None),
        ("国家金融监督管理总局", 2023, None),
        ("中国银行保险监督管理委员会", 2018, 2023),
        ("国家市场监督管理总局", 2018, None),
        ("生态环境部", 2018, None),
        ("国家乡村振兴局", 2021, 2023),
        ("国家卫生和计划生育委员会", 2013, 2018),
        ("工业和信息化部", 2008, None),
    ],
)
def test_years_of_reforms_of_the_state(form: str, since: int, until: int | None) -> None:
    body = national.called(form)
    assert body is not None and (body.name, body.since, body.until) == (form, since, until)


def test_what_the_state_ended_is_followed_at_once() -> None:
    since = {body.name: body.since or 1949 for body in national.bodies()}
    for body in national.bodies():
        for after in body.after:
            assert since[after] <= (body.until or 0), body.name


def test_a_municipality_is_named_like_a_city() -> None:
    beijing: Division | None = divisions.by_code("110000")
    body = resolve("市环保局", Speaker(beijing))
    found = stale("市环保局", body, 2021)
    assert found is not None and found.name == "北京市生态环境局"
