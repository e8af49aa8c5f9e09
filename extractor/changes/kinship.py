"""Which measures of two texts of different levels are about the same: many to many, by the words that are rare in both.

Words and pairs of neighbouring words are weighed by how few measures of both texts have them: 加强 and 推进 weigh next
to nothing. The score of two measures is the mean of their cosine and of the share of the smaller one that lies in
the other (measures are split and merged on the way down), and a share of the likeness of their headings.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.changes.tasks import Work
from extractor.text.words import cut_words

ENOUGH = 0.14
"""Score from which one measure takes up another; the best of those tried on the pairs that tests/cascade_pairs.toml
calls tuned (below 0.13 precision falls under 0.95, above 0.14 recall under 0.9)."""
BESIDE_BEST = 0.7
"""Share of the better of the two measures' best scores that a further pair must reach: a passing mention is none."""
OF_HEADING = 0.15
"""What headings of the same words add to a score."""
FEW = 2.0
"""Measures of both texts together that are no ground to call a word common: with more of them the less is added."""
LITTLE = 0.3
"""Share of what a measure weighs on the average that a smaller one is held against: five words lie in anything."""
SAID_TWICE = 2
"""Times that a word counts in one measure; what is said more often is not more about it."""
_MARKS = re.compile(r"^[\W_]+$")
_WEAK = frozenset("的和与及等对在为将以或并按由从向其要各新中上下不有是一年月日")
"""Words that no pair is made of."""
_NAMED = re.compile(r'"([^"]{3,20})"|《([^》]{3,60})》')
"""Programmes and texts that are called by name; quotation marks are straight where texts are compared."""


@dataclass(frozen=True)
class Kin:
    """A measure of the upper text and one of the lower that takes it up, by their numbers."""

    upper: int
    lower: int
    alike: float
    words: float
    heading: float
    """Likeness of the words, and of the headings; of one that several stand under on both sides a share only."""


def kin(upper: Sequence[Work], lower: Sequence[Work]) -> list[Kin]:
    """The pairs of measures that are about the same, in the order of the upper text and by likeness."""
    terms = [[_terms(work.words) for work in side] for side in (upper, lower)]
    weights = _weights([*terms[0], *terms[1]])
    heads = [[set(_terms(work.heading)) for work in side] for side in (upper, lower)]
    under = [Counter(work.heading for work in side) for side in (upper, lower)]
    scored = [
        Kin(here, there, words + OF_HEADING * head, words, head)
        for (here, there), words in _alike(terms[0], terms[1], weights).items()
        for shared in (min(under[0][upper[here].heading], under[1][lower[there].heading]),)
        for head in (_head(heads[0][here], heads[1][there], weights) / shared,)
    ]
    best = [defaultdict[int, float](float), defaultdict[int, float](float)]
    for each in scored:
        best[0][each.upper] = max(best[0][each.upper], each.alike)
        best[1][each.lower] = max(best[1][each.lower], each.alike)
    found = [
        each
        for each in scored
        if each.alike >= max(ENOUGH, BESIDE_BEST * min(best[0][each.upper], best[1][each.lower]))
    ]
    return sorted(found, key=lambda each: (each.upper, -each.alike, each.lower))


def names_of(words: str) -> set[str]:
    """What a text calls by name, in quotation or title marks.

    >>> sorted(names_of('落实"一链一策一批"行动和《云溪市绿化条例》'))
    ['一链一策一批', '云溪市绿化条例']
    """
    return {quoted or title for quoted, title in _NAMED.findall(words)}


def _terms(text: str) -> Counter[str]:
    """Words, and pairs of words that stand side by side."""
    found: Counter[str] = Counter()
    before = ""
    for start, end in cut_words(text):
        word = text[start:end]
        if word in _WEAK or _MARKS.match(word):
            before = ""
            continue
        if end - start > 1:
            found[word] += 1
        if before:
            found[before + word] += 1
        before = word
    return found


def _weights(works: Sequence[Counter[str]]) -> dict[str, float]:
    """The rarer among the measures of both texts, the heavier."""
    held = Counter(word for terms in works for word in terms)
    return {word: math.log((FEW / len(works)) + len(works) / number) for word, number in held.items()}


def _alike(
    upper: Sequence[Counter[str]], lower: Sequence[Counter[str]], weights: dict[str, float]
) -> dict[tuple[int, int], float]:
    """Mean of cosine and covered share of all pairs that share a word."""
    sides = [
        [{word: weights[word] * math.sqrt(min(n, SAID_TWICE)) for word, n in terms.items()} for terms in side]
        for side in (upper, lower)
    ]
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for there, terms in enumerate(sides[1]):
        for word, weight in terms.items():
            holders[word].append((there, weight))
    norms = [[math.sqrt(sum(weight * weight for weight in terms.values())) for terms in side] for side in sides]
    sums = [[sum(terms.values()) for terms in side] for side in sides]
    little = LITTLE * sum(map(sum, sums)) / max(1, sum(map(len, sums)))
    found: dict[tuple[int, int], float] = {}
    for here, terms in enumerate(sides[0]):
        product, shared = defaultdict[int, float](float), defaultdict[int, float](float)
        for word, weight in terms.items():
            for there, other in holders.get(word, ()):
                product[there] += weight * other
                shared[there] += min(weight, other)
        for there, value in product.items():
            cosine = value / (norms[0][here] * norms[1][there])
            found[here, there] = (cosine + shared[there] / max(little, min(sums[0][here], sums[1][there]))) / 2
    return found


def _head(one: set[str], other: set[str], weights: dict[str, float]) -> float:
    """Share of the lighter heading that the other has too."""
    lighter = min(_weight(one, weights), _weight(other, weights))
    return min(1.0, _weight(one & other, weights) / lighter) if lighter else 0.0


def _weight(words: set[str], weights: dict[str, float]) -> float:
    return sum(_known(words, weights))


def _known(words: set[str], weights: dict[str, float]) -> Iterator[float]:
    """Weights in a fixed order: sums of fractions depend on it."""
    for word in sorted(words):
        if word in weights:
            yield weights[word]
