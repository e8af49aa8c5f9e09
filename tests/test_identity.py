"""Documents that two issues both print (V15)."""

from __future__ import annotations

import extractor

NOTICE = """关于印发云溪市邮政业发展方案的通知
{number}
各区人民政府：
现将《云溪市邮政业发展实施方案》印发给你们。
云溪市人民政府
{date}
云溪市邮政业发展实施方案
一、目标
到2032年，网点达到30个。
"""


def _issue(date: str, number: str = "") -> extractor.Issue:
    return extractor.parse(NOTICE.format(date=date, number=number).encode())


def test_a_reprint_is_known_by_title_and_date_and_its_plan_with_it() -> None:
    assert extractor.reprints(_issue("2031年5月6日"), _issue("2031年5月6日", "云政发〔2031〕7号")) == (
        ("d1", "d1"),
        ("d2", "d2"),
    )


def test_another_year_or_number_is_another_instrument() -> None:
    assert extractor.reprints(_issue("2031年5月6日"), _issue("2032年5月6日")) == ()
    one, other = _issue("2031年5月6日", "云政发〔2031〕7号"), _issue("2031年5月6日", "云政发〔2031〕9号")
    assert extractor.reprints(one, other) == ()


def test_the_number_alone_is_enough() -> None:
    one, other = _issue("2031年5月6日", "云政发〔2031〕7号"), _issue("2031年5月", "云政发[2031]7号")
    assert extractor.reprints(one, other) == (("d1", "d1"), ("d2", "d2"))
