"""The cost of an issue grows with its length, whatever stands in it: four times the text, four times the cost.

Measured in processor time of this process, the better of two runs of each size, so that a busy machine changes little;
what is compared is two sizes of one text in one run, never seconds with a number written here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

import extractor
from extractor.grammar.comma_units import MAX_SENTENCE, split_sentences
from extractor.structure.clauses import grow

RESOLUTION = 0.02
"""Seconds below which a small run says nothing: the clock's steps and the fixed costs are as large."""
LARGEST = 200_000
"""Repetitions up to which a small run is doubled until the clock can tell it."""
GROWTH = 4
"""The large text is the small one this many times."""
WORST = 2.2
"""How many times more than its share the large text may cost; the square of the length costs four times its share."""

DOCUMENT = (
    "青岚区人民政府关于做好第{0}批道路养护工作的通知\n各镇人民政府：\n请认真落实。\n青岚区人民政府\n2024年3月{1}日\n"
)


def _documents(number: int) -> str:
    return "".join(DOCUMENT.format(i, i % 28 + 1) for i in range(number))


def _contents(number: int) -> str:
    return "目录\n" + "".join(f"关于做好第{i}批道路养护工作的通知（青政发〔2024〕{i}号）\n" for i in range(number))


def _attachments(number: int) -> str:
    listed = "".join(f"{i}.第{i}类道路养护规定\n" for i in range(1, number))
    printed = "".join(f"附件{i}\n第{i}类道路养护规定\n第一条　每年巡查。\n" for i in range(1, number))
    return f"关于印发养护规定的通知\n各镇：\n现印发给你们。\n附件：{listed}青岚区人民政府\n2024年3月1日\n{printed}"


def _table(number: int) -> str:
    return "序号\t任务\t责任单位\n" + "".join(f"{i}\t修路{i}公里\t区交通局\n" for i in range(number))


TEXTS: dict[str, tuple[Callable[[int], str], int]] = {
    "spaces": (lambda n: "x" + " " * n + "x", 4000),
    "tabs": (lambda n: "x" + "\t" * n + "x", 4000),
    "spaces after a stop": (lambda n: "甲。" + " " * n + "甲。" + "\u3000" * n + "x", 4000),
    "words between spaces": (lambda n: "甲。 乙。 " + "丙 " * n, 1500),
    "empty lines": (lambda n: "甲" + "\n" * n + "乙", 4000),
    "short lines": (lambda n: "".join(f"甲乙{i}\n" for i in range(n)), 500),
    "attachment markers": (lambda n: "附件1\n" * n, 1500),
    "attachments listed and printed": (_attachments, 100),
    "contents without documents": (_contents, 600),
    "contents with documents": (lambda n: _contents(n) + _documents(n), 120),
    "documents": (_documents, 100),
    "years": (lambda n: "2023年" * n, 3000),
    "numbers joined by 、": (lambda n: "建成5个、" * n, 260),
    "shares joined by 、": (lambda n: "1%、" * n, 320),
    "numbers under 分别": (lambda n: "分别1个、" * n, 320),
    "numbers with terms": (lambda n: "建成5个（完成时限：6月底）" * n, 160),
    "terms on lines of their own": (lambda n: "一、任务\n" + "建成学校5个。\n完成时限：6月底\n" * n, 100),
    "bodies without a stop": (lambda n: "由甲局会同" * n, 500),
    "role brackets": (lambda n: "（责任单位：甲局）" * n, 500),
    "articles": (lambda n: "第一条　甲。\n" * n, 200),
    "articles on one line": (lambda n: "第一条" * n, 1000),
    "titles": (lambda n: "".join(f"《甲乙{i}办法》" for i in range(n)), 500),
    "rows of a table": (_table, 100),
    "open brackets": (lambda n: "（" * n, 2000),
    "closed brackets": (lambda n: "（" * n + "）" * n, 2000),
    "appointments": (lambda n: "任命周明为甲局局长，免去其乙局局长职务。" * n, 500),
}


def _seconds(action: Callable[[], object]) -> float:
    """Processor time of the better of two runs."""
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        action()
        best = min(best, time.process_time() - begun)
    return best


def _check(action: Callable[[int], Callable[[], object]], size: int) -> None:
    """Compare two sizes; a second look is taken before a failure, since a neighbour can disturb one of the runs."""
    once = _seconds(action(size))
    while once < RESOLUTION and size < LARGEST:
        size *= 2
        once = _seconds(action(size))
    if once < RESOLUTION:
        pytest.skip(f"{once:.3f} s are too few to compare")
    large = action(size * GROWTH)
    for _ in range(2):
        if _seconds(large) <= once * GROWTH * WORST:
            return
        once = max(once, _seconds(action(size)))
    pytest.fail(f"{GROWTH} times {size} cost more than {GROWTH * WORST:.1f} times {once:.3f} s")


@pytest.mark.parametrize("name", TEXTS)
def test_cost_of_an_issue_grows_with_its_length(name: str) -> None:
    make, size = TEXTS[name]
    extractor.parse("一、修路5公里。".encode())  # word lists and patterns are loaded once

    def parsing(times: int) -> Callable[[], object]:
        data = make(times).encode()
        return lambda: extractor.parse(data)

    _check(parsing, size)


def test_cost_of_a_clause_tree_grows_with_its_length() -> None:
    body = "一、任务\n(一)修路\n1.铺设路面。先铺村道,再铺支路。\n2.安装路灯。每杆间隔三十米。\n"

    def growing(times: int) -> Callable[[], object]:
        text = body * times
        ends = [m.end() for m in re.finditer("\n", text)]
        lines = list(zip([0, *ends[:-1]], ends, strict=True))
        return lambda: grow(text, lines, "d1")

    _check(growing, 100)


@pytest.mark.parametrize("text", ["建成5个、" * 3000, "1%" * 5000, "甲" * 9000, "1" * 9000, "," + "甲" * 5000 + ",乙"])
def test_no_sentence_is_without_end(text: str) -> None:
    """What reads one number looks at all of its sentence, so none may have more than a few times the usual length."""
    sentences = split_sentences(text)
    assert all(sentence.end - sentence.start <= 3 * MAX_SENTENCE + 1 for sentence in sentences)
    kept = sum(sentence.end - sentence.start for sentence in sentences)
    assert len(text) - len(sentences) <= kept <= len(text)
    assert not any("5" in text[s.end - 1 : s.end] and text[s.end : s.end + 1] == "个" for s in sentences)
