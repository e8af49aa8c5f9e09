"""Which piece of the new version is which of the old one: candidates from an index, then one global assignment.

Words decide first, place second. A pair costs one minus its score, a piece without a partner a fixed price, and the
assignment of least cost over all is taken, so that no early pair can spoil a later one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from extractor.changes.kinship import Kin, kin
from extractor.changes.pieces import Part
from extractor.changes.tasks import Work

ENOUGH = 0.5
"""Share of common characters from which two pieces can be versions of each other wherever they stand."""
ENOUGH_HERE = 0.3
"""The same for two pieces between the same neighbours, or under the same heading."""
PLACE = 0.04
"""What the same path, parent or neighbour adds to a score: it decides between alike words, never against them."""
CANDIDATES = 8
"""Pieces of the other side that share the rarest words and are looked at."""
GRAM = 3
"""Characters of the runs in the index."""
COMMON = 60
"""A run in more pieces than this tells nothing."""
GAIN = 0.3
"""Share of a piece that must be new in the whole beside its neighbour; the rest may be said twice (责任单位)."""
COVERED = 0.8
"""Share of a piece that must lie in another to be a part of it."""
MIN_PART = 8
"""Characters of a piece that can be told to be a part of another."""
LONG_ENOUGH = 40
"""Characters of a clause that says enough to be known again by its words."""
MEANS_SAME = 0.19
"""Likeness of rare words from which a clause that was written anew is the same one."""
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Match:
    """Parts of both sides that belong together; one side is empty for what was added or removed."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]
    moved: bool = False


def ratio(one: str, other: str, cutoff: float = 0.0) -> float:
    """Share of common characters in the same order, 0 to 1."""
    return Indel.normalized_similarity(one, other, score_cutoff=cutoff)


def align(old: Sequence[Part], new: Sequence[Part], documents: dict[str, str]) -> list[Match]:
    """Match the parts of two versions; every part stands in exactly one match, in the order of the new version.

    ``documents`` maps documents of the old version to their counterparts.
    """
    partner = _anchors(old, new, documents)
    _assign(old, new, partner, documents)
    _fill(old, new, partner)
    _by_meaning(old, new, partner)
    joined = _joined(old, new, partner)
    return _ordered(old, new, partner, joined, documents)


def _anchors(old: Sequence[Part], new: Sequence[Part], documents: dict[str, str]) -> dict[int, int]:
    """Pieces whose words stand once on each side."""
    here: dict[str, list[int]] = defaultdict(list)
    there: dict[str, list[int]] = defaultdict(list)
    for part in old:
        here[part.key].append(part.order)
    for part in new:
        there[part.key].append(part.order)
    return {
        places[0]: there[key][0]
        for key, places in here.items()
        if len(places) == 1 and len(there.get(key, ())) == 1 and len(key) >= MIN_PART
    }


def _grams(text: str) -> set[str]:
    return {text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1))}


def _candidates(old: list[Part], new: list[Part]) -> Iterator[tuple[Part, Part]]:
    """Pairs that share rare runs of characters; a short piece meets those with the same words."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(new):
        for gram in _grams(part.key):
            index[gram].append(number)
    for part in old:
        votes: dict[int, float] = defaultdict(float)
        for gram in _grams(part.key):
            holders = index.get(gram, ())
            if len(holders) <= COMMON:
                for number in holders:
                    votes[number] += 1 / len(holders)
        for number, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:CANDIDATES]:
            yield part, new[number]


def _score(one: Part, other: Part, documents: dict[str, str], scale: float) -> float:
    alike = ratio(one.key, other.key, ENOUGH)
    if not alike:
        return 0.0
    place = 0.0
    if documents.get(one.piece.document_id) == other.piece.document_id:
        place += PLACE
        if one.piece.path and one.piece.path == other.piece.path:
            place += PLACE
        elif one.piece.path[:-1] == other.piece.path[:-1]:
            place += PLACE / 2
    return alike + place - PLACE * abs(one.order * scale - other.order) / max(1.0, other.order + one.order * scale)


def _assign(old: Sequence[Part], new: Sequence[Part], partner: dict[int, int], documents: dict[str, str]) -> None:
    """The assignment of least cost over all candidates; a dummy of fixed price stands for no partner."""
    taken = set(partner.values())
    left = [part for part in old if part.order not in partner]
    right = [part for part in new if part.order not in taken]
    if not left or not right:
        return
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    scale = len(new) / len(old)
    row_of = {part.order: row for row, part in enumerate(left)}
    column_of = {part.order: column for column, part in enumerate(right)}
    rows, columns, costs = [], [], []
    for one, other in _candidates(left, right):
        score = _score(one, other, documents, scale)
        if score > 0:
            rows.append(row_of[one.order])
            columns.append(column_of[other.order])
            costs.append(2.0 - score)  # above zero, which a sparse matrix takes for nothing
    for row in range(len(left)):
        rows.append(row)
        columns.append(len(right) + row)
        costs.append(2.0 - ENOUGH)
    graph = csr_array((costs, (rows, columns)), shape=(len(left), len(right) + len(left)))
    for row, column in zip(*min_weight_full_bipartite_matching(graph), strict=True):
        if column < len(right):
            partner[left[row].order] = right[column].order


def _fill(old: Sequence[Part], new: Sequence[Part], partner: dict[int, int]) -> None:
    """Pieces that are left between the same neighbours, or that have the same heading, may differ more."""
    back = {there: here for here, there in partner.items()}
    headed: dict[str, list[Part]] = defaultdict(list)
    for part in new:
        if part.order not in back and part.clause is not None and part.clause.heading:
            headed[_name(part)].append(part)
    for part in old:
        if part.order in partner:
            continue
        same = headed.get(_name(part), []) if part.clause is not None and part.clause.heading else []
        choices = [other for other in same if other.order not in back]
        before = partner.get(part.order - 1, -1 if part.order == 0 else None)
        if before is not None and before + 1 < len(new):
            choices.append(new[before + 1])
        after = partner.get(part.order + 1, len(new) if part.order + 1 == len(old) else None)
        if after is not None and after > 0:
            choices.append(new[after - 1])
        scored = [
            (ratio(part.key, other.key, ENOUGH_HERE), -other.order, other)
            for other in choices
            if other.order not in back and (part.clause is None) == (other.clause is None)
        ]
        best = max(scored, default=None, key=lambda row: row[:2])
        if best is not None and best[0]:
            partner[part.order] = best[2].order
            back[best[2].order] = part.order


def _by_meaning(old: Sequence[Part], new: Sequence[Part], partner: dict[int, int]) -> None:
    """Clauses that are left and were written anew: each other's best by the words that are rare in both texts."""
    taken = set(partner.values())
    left = [part for part in old if part.order not in partner and len(part.key) >= LONG_ENOUGH]
    right = [part for part in new if part.order not in taken and len(part.key) >= LONG_ENOUGH]
    if not left or not right:
        return
    works = [[Work(part, (), part.key, _name(part)) for part in side] for side in (left, right)]
    here: dict[int, Kin] = {}
    there: dict[int, Kin] = {}
    for each in kin(*works):
        if each.alike >= MEANS_SAME:
            if each.upper not in here or each.alike > here[each.upper].alike:
                here[each.upper] = each
            if each.lower not in there or each.alike > there[each.lower].alike:
                there[each.lower] = each
    for each in here.values():
        if there[each.lower] is each and (left[each.upper].clause is None) == (right[each.lower].clause is None):
            partner[left[each.upper].order] = right[each.lower].order


def _name(part: Part) -> str:
    return _NO_WORD.sub("", (part.clause.heading or "") if part.clause is not None else "")


def _joined(
    old: Sequence[Part], new: Sequence[Part], partner: dict[int, int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Pieces that are left and lie in a neighbour of their partner's: new ones by old, and old ones by new."""
    back = {there: here for here, there in partner.items()}
    split: dict[int, list[int]] = {}
    merged: dict[int, list[int]] = {}
    for part in new:
        if part.order not in back:
            whole = _whole(part, new, old, back)
            if whole is not None:
                split.setdefault(whole, []).append(part.order)
    for part in old:
        if part.order not in partner:
            whole = _whole(part, old, new, partner)
            if whole is not None:
                merged.setdefault(whole, []).append(part.order)
    return split, merged


def _whole(part: Part, side: Sequence[Part], other: Sequence[Part], partner: dict[int, int]) -> int | None:
    """The piece of the other side that holds a piece which is left, and more of it with its neighbour than without."""
    if len(part.key) < MIN_PART:
        return None
    for step in (-1, 1):
        at = part.order + step
        while 0 <= at < len(side) and side[at].order not in partner and abs(at - part.order) < CANDIDATES:
            at += step
        if not 0 <= at < len(side) or side[at].order not in partner:
            continue
        whole = other[partner[side[at].order]]
        held = LCSseq.similarity(part.key, whole.key) / len(part.key)
        both = side[at].key + part.key if step < 0 else part.key + side[at].key
        gain = (LCSseq.similarity(both, whole.key) - LCSseq.similarity(side[at].key, whole.key)) / len(part.key)
        if held >= COVERED and gain >= GAIN:
            return whole.order
    return None


def _ordered(
    old: Sequence[Part],
    new: Sequence[Part],
    partner: dict[int, int],
    joined: tuple[dict[int, list[int]], dict[int, list[int]]],
    documents: dict[str, str],
) -> list[Match]:
    back = {there: here for here, there in partner.items()}
    split, merged = joined
    kept = _longest_rising([(there, back[there]) for there in sorted(back)])
    of_split = {order for group in split.values() for order in group}
    of_merged = {order for group in merged.values() for order in group}
    found: list[Match] = []
    gone = [part for part in old if part.order not in partner and part.order not in of_merged]
    for part in new:
        if part.order in of_split:
            continue
        here = back.get(part.order)
        if here is None:
            found.append(Match((), (part,)))
            continue
        while gone and gone[0].order < here and part.order in kept:
            found.append(Match((gone.pop(0),), ()))
        olds = sorted({here, *merged.get(part.order, ())})
        news = sorted({part.order, *split.get(here, ())})
        found.append(Match(tuple(old[i] for i in olds), tuple(new[i] for i in news), moved=part.order not in kept))
    found += [Match((part,), ()) for part in gone]
    return found


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """New orders of the most pairs that keep their order; the others have moved."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for number, (_, here) in enumerate(pairs):
        length = bisect_left(ends, here)
        if length == len(ends):
            ends.append(here)
            at_end.append(number)
        else:
            ends[length] = here
            at_end[length] = number
        before.append(at_end[length - 1] if length else -1)
    kept: set[int] = set()
    number = at_end[-1] if at_end else -1
    while number >= 0:
        kept.add(pairs[number][0])
        number = before[number]
    return kept
