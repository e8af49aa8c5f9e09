"""The comparisons with other programs: what is asked of them, and how their answers are judged."""

from __future__ import annotations

from scripts.quality import bench_diff, peers_diff
from scripts.quality.mutate_planting import Pair
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


# --- planted edits ----------------------------------------------------------------------------------------------------

ROW = {"kind": "value-raised", "names": [], "old": {"start": 2, "end": 5}, "new": {"start": 2, "end": 5}}
PAIR = Pair("x", "新建12座。甲", "新建15座。甲", [ROW], ())


def marks(*edits: peers_diff.Edit) -> tuple[int, int, int]:
    tally = peers_diff.judge(PAIR, edits)
    return tally.found, tally.torn, tally.phantom


def test_an_edit_of_the_planted_words_finds_them_and_half_a_number_is_torn() -> None:
    assert marks((2, 5, 2, 5)) == (1, 0, 0)
    assert marks((3, 4, 3, 4)) == (1, 1, 0)
    assert marks((0, 7, 0, 7)) == (1, 0, 0)


def test_silence_and_one_side_alone_find_nothing_and_what_stands_elsewhere_is_a_phantom() -> None:
    assert marks() == (0, 0, 0)
    assert marks((2, 5, 2, 2)) == (0, 0, 0)
    assert marks((6, 7, 6, 7)) == (0, 0, 1)
    form = Pair("x", "甲（乙）", "甲[乙]", [], ("brackets",))
    assert peers_diff.judge(form, [(1, 2, 1, 2), (3, 4, 3, 4)]).phantom == 2


def test_the_pairs_are_short_and_enough() -> None:
    found = peers_diff.wanted_pairs(20)
    assert len(found) == 20
    assert all(len(pair.old) < 2 * peers_diff.LONGEST for pair in found)


def test_the_texts_of_the_speed_test_are_versions_of_each_other() -> None:
    old, new = (text.splitlines() for text in bench_diff.articles(bench_diff.ARTICLES))
    assert len(old) == len(new) == bench_diff.ARTICLES + 1
    words = [{line.partition("　")[2] for line in lines} for lines in (old, new)]
    assert 0.7 < len(words[0] & words[1]) / len(words[0]) < 0.9
