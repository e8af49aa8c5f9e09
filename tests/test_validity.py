"""From when to when documents are in force, by their own words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor

CASES = tomllib.loads((Path(__file__).parent / "cases/structure/validity.toml").read_text(encoding="utf-8"))["case"]
NOTICE = """云岭县人民政府关于加强档案管理的通知
各镇人民政府：
一、加强领导。各镇要落实责任。
二、加强检查。各镇要定期检查。
{said}
云岭县人民政府
2031年3月1日
"""
ORDER = """云岭县人民政府关于印发档案管理办法的通知
各镇人民政府：
现将《档案管理办法》印发给你们，请认真贯彻执行。
云岭县人民政府
2031年3月1日
档案管理办法
第一条 为加强档案管理，制定本办法。
第二条 本办法自印发之日起施行，有效期2年。
"""
BOX = """索引号：0140/2031-00017
发文机关：云岭县人民政府
{row}
"""


def read(text: str) -> list[dict[str, Any]]:
    return [
        {
            "from": document.effective_from or "-",
            "to": document.effective_to or "-",
            "bases": {"from": document.bases.effective_from, "to": document.bases.effective_to},
        }
        for document in extractor.parse(text.encode(), name="a.txt").documents
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    (found,) = read(NOTICE.format(said=case["said"]))
    assert (found["from"], found["to"]) == (case["from"], case["to"])
    assert [name for name, basis in found["bases"].items() if basis == "concluded"] == case.get("concluded", [])


def test_the_day_of_issue_is_that_of_the_notice_that_prints_the_text() -> None:
    notice, text = read(ORDER)
    assert (notice["from"], notice["to"]) == ("-", "-")
    assert (text["from"], text["to"]) == ("2031-03-01", "2033-02-28")


def test_a_metadata_box_goes_before_what_is_concluded_and_behind_what_is_printed() -> None:
    box = BOX.format(row="施行日期：2031-03-09")
    (concluded,) = read(box + NOTICE.format(said="本通知自发布之日起施行。"))
    assert (concluded["from"], concluded["bases"]["from"]) == ("2031-03-09", "metadata")
    (printed,) = read(box + NOTICE.format(said="本通知自2031年4月1日起施行。"))
    assert (printed["from"], printed["bases"]["from"]) == ("2031-04-01", None)


@pytest.mark.parametrize(
    ("note", "begins"),
    [
        ("（2031年3月1日云岭县人民政府令第5号公布　自2031年5月1日起施行）", "2031-05-01"),
        ("（2029年3月1日公布，根据2031年3月1日《关于修改规章的决定》修订，自2031年6月1日起施行）", "2031-06-01"),
        ("（2031年3月1日云岭县人民政府第5次常务会议通过）", "-"),
        ("（其中第三条自2031年6月1日起施行，其余另行公布）", "-"),
    ],
)
def test_the_bracket_below_the_title_says_since_when(note: str, begins: str) -> None:
    (text,) = read(f"云岭县档案管理办法\n{note}\n第一条 为加强管理，制定本办法。\n第二条 各镇应当建立档案馆。\n")
    assert (text["from"], text["to"]) == (begins, "-")


def test_a_decree_says_it_of_the_text_that_it_makes_known() -> None:
    decree = (
        "云岭县人民政府令\n第5号\n"
        "《{title}》已经县政府第5次常务会议通过，现予公布，自2031年5月1日起施行。\n县长 林一\n2031年3月1日\n"
        "云岭县档案管理办法\n第一条 为加强管理，制定本办法。\n第二条 各镇应当建立档案馆。\n"
    )
    order, text = read(decree.format(title="云岭县档案管理办法"))
    assert (order["from"], text["from"]) == ("-", "2031-05-01")
    order, text = read(decree.format(title="云岭县渔业管理办法"))
    assert (order["from"], text["from"]) == ("-", "-")
