"""Slips of writing: each is found, and its harmless twin is left alone."""

from __future__ import annotations

import pytest

from extractor.grammar.defects import find_defects

FULL = "各单位要认真落实，确保按时完成；对进展缓慢的，及时通报：不得拖延，务求实效，" * 3


def found(text: str) -> list[tuple[str, str | None]]:
    return [(d.code, text[slice(*d.span)] if d.span else None) for d in find_defects(text)]


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("大力弘扬社会正气，倡导 邻里互助，" + FULL * 12, "text.stray-space", "倡导 邻里"),  # L04
        (FULL * 4 + "各相关部门,各镇要落实。", "text.punctuation-width", "门,各"),  # L17
        ("逐项落实，，逐项销号。", "text.punctuation-doubled", "，，"),  # L29
        ("任职的通知(青府人〔2023〕16号\n", "text.bracket-lost", "(青府人〔2023〕16"),  # L22
        ("Notice on flood control for all towns.", "text.not-chinese", None),
        ("建设市、（县）区两级平台", "text.bracket-misplaced", "、（县）区"),  # L64
        ("2025 年 4 月 日", "text.date-incomplete", "4 月 日"),  # L60
        ("于2025年1月21（周二）17时前", "text.date-incomplete", "1月21"),  # L61
        ("2025年2月30日", "text.date-impossible", "2025年2月30日"),  # L59
        ("2025年3月6日（星期三）", "text.weekday-wrong", "2025年3月6日（星期三）"),
        ("在本办法发布之日起购买住房的", "text.misspelling", "在本办法发布之日起"),
        ("双方签定合同", "text.misspelling", "签定"),
        ("待任务结束後再行调整。" + FULL * 4, "text.variant-character", "束後"),  # L26
    ],
)
def test_slip_is_found(text: str, code: str, quote: str | None) -> None:
    assert (code, quote) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "《中共中央 国务院关于加快发展的意见》已经印发，请落实。" + FULL * 12,  # L04: a title
        "以“物联青岚 创新未来”为主题，活动开幕。" + FULL * 12,  # L04: a slogan
        "组  长：周  明  区政府副区长\n成  员：李  云  区教育局局长\n",  # L21
        "自2025年 月 日起施行",  # S34
        "各县（市、区）、各市（县）区政府",
        "应当在收到材料之日起5个工作日内办结",
        "2024年2月29日，2025年3月6日（星期四）",
        FULL + FULL,
        "(1)第一项;2)第二项;",
        "落实责任（区教育局、\n区财政局）。",
    ],
)
def test_harmless_twin_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_text_layer_full_of_spaces_is_no_slip() -> None:
    assert found("高质 量发 展，推 动产 业升 级，" * 20) == []
