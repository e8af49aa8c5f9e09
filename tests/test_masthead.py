"""Mastheads and contents of issues, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.model import Removed
from extractor.series import GENERIC, SeriesProfile
from extractor.structure import build

CASES = tomllib.loads((Path(__file__).parent / "cases/structure/issues.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_masthead(case: dict[str, Any]) -> None:
    masthead = build(case["text"], GENERIC).masthead
    values = {name: getattr(masthead, name) for name in case["masthead"]}
    assert {name: "-" if value is None else value for name, value in values.items()} == case["masthead"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_diagnostics(case: dict[str, Any]) -> None:
    codes = {diagnostic.code for diagnostic in build(case["text"], GENERIC).diagnostics}
    assert set(case.get("diagnostics", ())) <= codes


@pytest.mark.parametrize(
    ("line", "number", "number_to", "total"),
    [
        ("2024年第5、6期（总第738期）", 5, 6, 738),
        ("2026年第14号（总第554号）", 14, None, 554),
        ("第１期（总第５７７期）", 1, None, 577),
        ("2026年第1—2期", 1, 2, None),
        ("2025年第5号(总第313号）", 5, None, 313),
        ("第 1 期（总第 17 期）", 1, None, 17),
    ],
)
def test_numbers(line: str, number: int, number_to: int | None, total: int | None) -> None:
    masthead = build(f"云溪市人民政府公报\n{line}\n关于防汛的通知\n各区人民政府：\n请做好防汛。\n", GENERIC).masthead
    assert (masthead.number, masthead.number_to, masthead.total_number) == (number, number_to, total)


@pytest.mark.parametrize(
    ("line", "year", "number"),
    [
        ("云溪市人民政府公报 2025·1", 2025, 1),
        ("云溪市人民政府公报2026年第14号", 2026, 14),
        ("2016年第28号云溪公报", 2016, 28),
    ],
)
def test_titles_with_the_number_in_them(line: str, year: int, number: int) -> None:
    masthead = build(f"{line}\n关于防汛的通知\n各区人民政府：\n请做好防汛。\n", GENERIC).masthead
    assert (masthead.year, masthead.number) == (year, number)


def test_the_year_may_come_from_the_documents() -> None:
    text = "云溪政报\n第4期\n关于防汛的通知\n云政发〔2023〕5号\n各区人民政府：\n请做好防汛。\n"
    assert build(text, GENERIC).masthead.year == 2023


def test_a_profile_names_the_series() -> None:
    profile = SeriesProfile(name="云溪市人民政府公报", publisher="云溪市人民政府办公室", jurisdiction="999900")
    masthead = build("云溪公报\n2024年第2期\n关于防汛的通知\n各区人民政府：\n请做好防汛。\n", profile).masthead
    assert (masthead.series, masthead.publisher, masthead.jurisdiction) == (profile.name, profile.publisher, "999900")


@pytest.mark.parametrize(
    ("name", "aliases", "removed", "told"),
    [
        ("云溪政报", (), "", False),
        ("砚陂公报", ("云溪 政报",), "", False),  # under an alias
        ("砚陂公报", (), "首页 > 砚陂公报 > 2024年", False),  # the chrome of its page names it
        ("砚陂公报", (), "", True),
        ("砚陂公报", ("云溪公报",), "首页 > 政务公开", True),
    ],
)
def test_a_profile_of_another_gazette_is_told(name: str, aliases: tuple[str, ...], removed: str, told: bool) -> None:
    text = "云 溪 政 报\n2024年第2期\n关于防汛的通知\n各区人民政府：\n请做好防汛。\n"
    pieces = (Removed(kind="chrome", text=removed, line=1, at=0),) if removed else ()
    found = build(text, SeriesProfile(name=name, aliases=aliases), pieces).diagnostics
    assert ("masthead.profile-differs" in {each.code for each in found}) is told


def test_without_a_profile_nothing_is_told_of_one() -> None:
    found = build("云溪政报\n2024年第2期\n关于防汛的通知\n各区人民政府：\n请做好防汛。\n", GENERIC).diagnostics
    assert "masthead.profile-differs" not in {each.code for each in found}
