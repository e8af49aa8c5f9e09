"""Speed of the comparison of two versions: as a ratio to redlines in the same run, and against the number of clauses.

Texts are made of invented words, the same in every run. Of two versions a fifth of the articles is edited, one is gone
and one is new. What counts is the time of the processor, the median of several runs; both get what they compare in
memory: redlines two strings, ours two issues that were read before (what reading costs is told beside it).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from scripts.quality import peers_diff

ARTICLES, SHORT, LONG = 400, 1000, 2000
WANTED_RATIO, WANTED_GROWTH = 10.0, 2.5
"""Times redlines' time on ``ARTICLES`` at most; times the time at ``SHORT`` clauses at ``LONG`` ones at most."""
RUNS = 5
_SYLLABLES = "松柏梧桐榆柳槐杉樟楠桂枫栎椿桦桑竺岚溪渊泉涧湖泊滩洲岛湾滨岸堤坝渠沟壑峰岭岗坡坪塬"
_DEEDS = ("建设", "改造", "登记", "公示", "核查", "巡查", "养护", "评估")
_THINGS = ("公园", "泵站", "校舍", "苗圃", "堤防", "管网", "站点", "台账")
_BODIES = ("市林业局", "市水利局", "市财政局", "市教育局", "市民政局", "市公安局")


def articles(count: int) -> tuple[str, str]:
    """Return two versions of a text with so many articles.

    >>> [len(text.splitlines()) for text in articles(20)], articles(20) == articles(20)
    ([21, 21], True)
    """
    chance = random.Random(count)
    old = ["；".join(_sentence(chance) for _ in range(chance.randint(1, 3))) + "。" for _ in range(count)]
    new = list(old)
    for at in chance.sample(range(count), count // 5):
        edited = new[at].replace("应当", "可以", 1) if at % 2 else new[at].replace("市", "县", 1)
        new[at] = edited if edited != new[at] else f"{_sentence(chance)}；{new[at]}"
    del new[count // 2]
    new.insert(count // 3, _sentence(chance) + "。")
    return _written(old), _written(new)


def _sentence(chance: random.Random) -> str:
    body, deed = chance.choice(_BODIES), chance.choice(_DEEDS)
    thing = "".join(chance.choices(_SYLLABLES, k=3)) + chance.choice(_THINGS)
    return chance.choice(
        (
            f"{body}应当{deed}{thing}，每年不少于{chance.randint(2, 90)}次",
            f"{thing}由{body}{deed}，经费{chance.randint(10, 900)}万元",
            f"申请人向{body}提交{thing}的材料，期限为{chance.randint(3, 60)}日",
            f"{body}对{thing}进行{deed}，结果向社会公布",
        )
    )


def _written(listed: list[str]) -> str:
    return "\n".join(["云溪市绿化办法", *(f"第{at}条　{words}" for at, words in enumerate(listed, 1))]) + "\n"


def against_redlines() -> bool:
    """Print both ratios; returns whether they are small enough."""
    pair = articles(ARTICLES)
    ours, reading, found = _ours(pair)
    theirs = peers_diff.seconds_of_redlines(pair)
    short, long = (_ours(articles(count))[0] for count in (SHORT, LONG))
    print(f"\ncomparison of versions, {ARTICLES} articles each ({found} changes), against redlines on the same strings")
    print(
        f"  {ours / theirs:.2f} times its time (wanted: below {WANTED_RATIO:.0f}), "
        f"{(ours + reading) / theirs:.2f} with the reading of both texts"
    )
    print(f"  {long / short:.2f} times the time at {LONG} clauses of that at {SHORT} (wanted: {WANTED_GROWTH} at most)")
    return ours < WANTED_RATIO * theirs and long <= WANTED_GROWTH * short


def _ours(pair: tuple[str, str]) -> tuple[float, float, int]:
    """Seconds of comparing two texts and of reading them, and how many changes there are."""
    import extractor

    read: Callable[[], list[extractor.Issue]] = lambda: [extractor.parse(text.encode()) for text in pair]  # noqa: E731
    old, new = read()
    changes = len(extractor.diff(old, new).changes)
    return _median(lambda: extractor.diff(old, new)), _median(read), changes


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)
