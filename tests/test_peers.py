"""The comparison with other number recognisers: what is asked of them, and how their answers are judged."""

from __future__ import annotations

from scripts.quality.peers import Number, judge, numbers
from scripts.quality.sources import SAMPLES, cases

RANGE = Number("新建托育机构1—2个", 6, 9, (1.0,), "个", "range", (0, 10))


def test_every_number_that_is_asked_stands_in_its_sentence() -> None:
    found = numbers([case for case in cases() if case.group == SAMPLES])
    assert len(found) > 100
    for number in found:
        assert 0 <= number.start < number.end <= len(number.sentence)
        assert number.sentence[number.start : number.end][0] in "0123456789〇零一二两三四五六七八九十百千半"


def test_half_of_a_range_is_no_exact_span() -> None:
    assert judge(RANGE, [(6, 7, 1.0), (8, 9, 2.0)]) == (True, False, False)
    assert judge(RANGE, [(6, 10, 1.0)], ["range"]) == (True, True, True)


def test_a_number_elsewhere_in_the_sentence_is_not_the_one() -> None:
    assert judge(RANGE, [(10, 12, 1.0)]) == (False, False, False)
    assert judge(RANGE, [(None, None, 3.0)]) == (False, False, False)
