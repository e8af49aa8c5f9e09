"""Amounts that are the tiers of one benefit: for each of several conditions its own (N17, N42, N43).

Three ways to say them: n conditions before 分别 and n amounts after it; a list in which each amount has its label
(甲级5万元、乙级3万元); amounts of the same sort, each behind a condition that differs from the others in one number or
one step of a ladder (0-18个月…500元,19-36个月…300元). Instalments of one amount (N46) and its caps are no tiers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar import grants
from extractor.grammar.bounds import Band, find_bands, merged, settled
from extractor.grammar.distribution import divide
from extractor.grammar.ladders import step_at_end, steps
from extractor.grammar.signs import Kind
from extractor.grammar.spoken import Quantity

_STRETCH_END = re.compile(r"[。\n]")
APART_REACH = 24
"""Characters between 分别 and its first amount (分别按照实际缴纳的社会保险费的)."""
CONDITION_REACH = 240
"""Characters before the first amount in which its condition is looked for."""
_STAGE = re.compile("阶段|环节|[分首]期|批次|年度$")
"""What is paid in parts; the parts are no tiers."""
_YEAR_OF = re.compile(r"(?:第|前|后|首|次|当)[一二三四五六\d两]?个?(?:年|月|期|季)")
_SHARE_OF = re.compile("(?:费用?|额|投入|收入|价|价款|成本)$")
"""展位费最高80%、机票费最高70%: shares of different things, each of which is paid."""
_NOUN_END = re.compile(
    r"(?:[,的、]|每?[名家个人户亩件项]|每[年月天日]?|给予|予以|一次性|最[高多]|不(?:超过|低于)|可|按照?|奖励|补助|补贴|奖补|资助|发放|总额|标准)+$"
)
_LEADING = re.compile(r"^(?:[,;、和及与]|对于?|其中|并|凡|且|在|为|达到?|超过)+")
_ONCE = "一次性"
"""What is not said to recur is given once, whether the text says so or not."""
ALIKE = 2
"""Characters that the conditions of two tiers share next to what tells them apart."""


class Amount(Struct, frozen=True, gc=False):
    """A granted amount on its way into a set."""

    quantity: Quantity
    kind: Kind
    unit: str
    per: str | None


class Tier(Struct, frozen=True, gc=False):
    """The place of an amount in a set of tiers; offsets into the passage."""

    set: int
    index: int
    of: int
    start: int
    end: int
    """Where the words stand that tell it from the others."""
    band: Band | None = None


class _Label(Struct, frozen=True, gc=False):
    """What tells a tier apart, with the band that it sets."""

    start: int
    end: int
    band: Band | None = None


def find_tiers(text: str, amounts: Sequence[Amount]) -> dict[int, Tier]:
    """The tiers among the amounts of a folded passage, by where their numbers start.

    >>> from extractor.grammar.quantities import find_quantities
    >>> text = "一孩、二孩家庭分别给予500元、800元补贴"
    >>> amounts = [Amount(q, "benefit", q.unit, None) for q in find_quantities(text)]
    >>> [(text[t.start:t.end], t.index, t.of) for t in find_tiers(text, amounts).values()]
    [('一孩', 1, 2), ('二孩', 2, 2)]
    """
    sets: list[list[tuple[Amount, _Label]]] = []
    granted = [amount for amount in amounts if _may_be(amount)]
    if len(granted) < 2:
        return {}
    begin = 0
    for stop in [*(match.start() for match in _STRETCH_END.finditer(text)), len(text)]:
        inside = [amount for amount in granted if begin <= amount.quantity.start < stop]
        if len(inside) > 1:
            starts = frozenset(a.quantity.start for a in amounts)
            sets += _Stretch(text, begin, stop, tuple(inside), starts).sets()
        begin = stop + 1
    found: dict[int, Tier] = {}
    for number, members in enumerate(sorted(sets, key=lambda members: members[0][0].quantity.start)):
        bands = [label.band for _, label in members]
        stated = [band for band in bands if band is not None]
        fitting = settled(stated) if len(stated) == len(bands) and len({band.kind for band in stated}) == 1 else None
        for i, (amount, label) in enumerate(members):
            band = fitting[i] if fitting else None
            found[amount.quantity.start] = Tier(number, i + 1, len(members), label.start, label.end, band)
    return found


def _may_be(amount: Amount) -> bool:
    return amount.kind == "benefit" or (amount.kind == "requirement" and amount.quantity.dimension == "money")


class _Condition(Struct, frozen=True, gc=False):
    """The words before an amount, with the steps of ladders that they name and their bands by kind."""

    start: int
    end: int
    steps: dict[str, re.Match[str]]
    bands: dict[str, list[Band]]


class _Stretch(Struct, frozen=True, gc=False):
    """What stands between two full stops, with its amounts; ``promised``: where any number of it starts that counts."""

    text: str
    start: int
    end: int
    amounts: tuple[Amount, ...]
    promised: frozenset[int]

    def sets(self) -> list[list[tuple[Amount, _Label]]]:
        """The sets of tiers of the stretch."""
        found: list[list[tuple[Amount, _Label]]] = []
        taken: set[int] = set()
        for members in (*self._listed(), *self._labelled()):
            starts = {amount.quantity.start for amount, _ in members}
            if not starts & taken:
                found.append(members)
                taken |= starts
        left = [amount for amount in self.amounts if amount.quantity.start not in taken]
        return [*found, *self._parallel(left)] if len(left) > 1 else found

    def _listed(self) -> Iterator[list[tuple[Amount, _Label]]]:
        """For A、B、C 分别 x、y、z."""
        for number, group in groupby(self.amounts, key=lambda amount: amount.quantity.listed):
            members = list(group)
            first = members[0].quantity
            if not number or len(members) < 2:
                continue
            apart = self.text.rfind("分别", max(self._unit(first.start), first.start - APART_REACH), first.start)
            labels = self._members_before(apart if apart >= 0 else first.cue_start, len(members), near=apart >= 0)
            if labels is not None:
                yield list(zip(members, labels, strict=True))

    def _unit(self, at: int) -> int:
        """Where the comma unit begins that holds a place."""
        return max(self.text.rfind(mark, self.start, at) + 1 for mark in ",;:") or self.start

    def _members_before(self, end: int, count: int, *, near: bool) -> list[_Label] | None:
        """The list of so many members before 分别: in its own comma unit, or in one before it.

        ``near``: the nearest list can be of anything; a list further away, or where 分别 is not said, is one of steps
        of a ladder or of bands.
        """
        while end > self.start:
            begin = self._unit(end)
            words = self.text[begin:end]
            list_ = divide(words.removesuffix("的"), count)
            if list_ is not None and (near or all(_telling(own) for own in list_.own)):
                if _STAGE.search(list_.tail) or any(_no_tier(own) for own in list_.own):
                    return None
                return self._labels(begin, end, list_.own)
            ranked = grants.ranks(words, count)
            if ranked is not None:
                return self._labels(begin, end, tuple(ranked[0]))
            near = near and not re.search("[、和及与]", words)
            end = begin - 1
            if self.text[end : end + 1] == ";":
                return None
        return None

    def _labels(self, begin: int, end: int, own: tuple[str, ...]) -> list[_Label] | None:
        labels: list[_Label] = []
        bands = find_bands(self.text[begin:end])
        at = begin
        for i, words in enumerate(own):
            bare = words if i else _like(_LEADING.sub("", words), own[1])
            start = self.text.find(bare, at, end)
            if start < 0:
                return None
            at = start + len(bare)
            inside = [_moved(band, begin) for band in bands if start <= begin + band.end - 1 < at]
            labels.append(_Label(start, at, merged(inside)))
        return labels

    def _labelled(self) -> Iterator[list[tuple[Amount, _Label]]]:
        """甲级5万元、乙级3万元."""
        run: list[tuple[Amount, _Label]] = []
        for before, after in pairwise(self.amounts):
            left, right = before.quantity.close, after.quantity.cue_start
            label = grants.label_between(self.text[left:right]) if _sort(before) == _sort(after) else ""
            if label and not _no_tier(label):
                start = right - len(label)
                if not run:
                    run = [(before, self._first_label(before.quantity.cue_start, label))]
                run.append((after, _Label(start, start + len(_NOUN_END.sub("", label)))))
                continue
            if len(run) > 1 and run[0][1].end > run[0][1].start:
                yield run
            run = []
        if len(run) > 1 and run[0][1].end > run[0][1].start:
            yield run

    def _first_label(self, end: int, following: str) -> _Label:
        """The label of the first amount of a list: a step of the ladder of the next one, or what ends like it."""
        begin = self._unit(end)
        left = _NOUN_END.sub("", self.text[begin:end])
        end = begin + len(left)
        step = step_at_end(left, following)
        if step is not None:
            return _Label(begin + step, end)
        noun = re.search(r"(?:每[名个家人项]|按照?|给予|参照|标准为?|[:,])(?P<label>[^,:]{1,12})$", left)
        label = noun["label"] if noun else left if len(left) <= grants.LONGEST_LABEL else ""
        return _Label(end - len(label), end)

    def _parallel(self, left: Sequence[Amount]) -> Iterator[list[tuple[Amount, _Label]]]:
        """Amounts of one sort, each behind its own condition."""
        sorts: dict[tuple[object, ...], list[Amount]] = {}
        for amount in left:
            sorts.setdefault(_sort(amount), []).append(amount)
        for alike in sorts.values():
            if len(alike) < 2:
                continue
            conditions = [self._condition(i and self._resumed(alike[i - 1]), a) for i, a in enumerate(alike)]
            said = [(ladder, step[0]) for condition in conditions for ladder, step in condition.steps.items()]
            repeated = {ladder for i, (ladder, step) in enumerate(said) if (ladder, step) in said[:i]}
            pairs = [self._told_apart(one, other, repeated) for one, other in pairwise(conditions)]
            run: list[tuple[Amount, _Label]] = []
            for i, pair in enumerate([*pairs, None]):
                if pair is not None and (not run or run[-1][1] == pair[0]):
                    run = [*(run or [(alike[i], pair[0])]), (alike[i + 1], pair[1])]
                    continue
                if run and len({self.text[label.start : label.end] for _, label in run}) == len(run):
                    yield run
                run = [(alike[i], pair[0]), (alike[i + 1], pair[1])] if pair is not None else []

    def _condition(self, begin: int, amount: Amount) -> _Condition:
        """What stands between an amount and the phrase of the one before it, which ends at ``begin``."""
        end = amount.quantity.cue_start
        start = max(self.start, begin, end - CONDITION_REACH)
        named: dict[str, list[re.Match[str]]] = {}
        for ladder, step in steps(self.text, start, end):
            named.setdefault(ladder, []).append(step)
        told = {}
        for ladder, found in named.items():  # in the last comma unit that names a step; not where it names two
            near = [step for step in found if step.start() >= self._unit(found[-1].start())]
            if len({step[0] for step in near}) == 1:
                told[ladder] = near[-1]
        bands: dict[str, list[Band]] = {}
        for band in find_bands(self.text[start:end]):
            moved = _moved(band, start)
            if not any(moved.start <= at < moved.end for at in self.promised):
                bands.setdefault(moved.kind, []).append(moved)
        return _Condition(start, end, told, bands)

    def _resumed(self, amount: Amount) -> int:
        """Where the text goes on behind the phrase of an amount."""
        mark = re.compile("[,;、]").search(self.text, amount.quantity.close, self.end)
        return mark.start() if mark else amount.quantity.close

    def _told_apart(
        self, one: _Condition, other: _Condition, repeated: Collection[str]
    ) -> tuple[_Label, _Label] | None:
        """What tells two conditions apart: a band of the same measure, or a step of the same ladder; one thing only."""
        found = [*self._by_band(one, other), *self._by_ladder(one, other, repeated)]
        return found[0] if len(found) == 1 else None

    def _by_band(self, one: _Condition, other: _Condition) -> Iterator[tuple[_Label, _Label]]:
        for kind in one.bands.keys() & other.bands.keys():
            low, high = merged(one.bands[kind]), merged(other.bands[kind])
            if low is None or high is None or not (low.before(high) or high.before(low) or _stricter(low, high)):
                continue
            frame, other_frame = self._frame(one.start, low.start), self._frame(other.start, high.start)
            if not other_frame or frame[-ALIKE:] == other_frame[-ALIKE:]:
                yield _Label(low.start, low.end, low), _Label(high.start, high.end, high)

    def _frame(self, begin: int, at: int) -> str:
        """The words before a number of a condition."""
        begin = max(begin, *(self.text.rfind(mark, begin, at) + 1 for mark in ",;"))
        return _LEADING.sub("", self.text[begin:at])

    def _by_ladder(
        self, one: _Condition, other: _Condition, repeated: Collection[str]
    ) -> Iterator[tuple[_Label, _Label]]:
        """``repeated``: the ladders of which two conditions name the same step, so that it tells nothing apart."""
        for ladder in one.steps.keys() & other.steps.keys() - repeated:
            low, high = one.steps[ladder], other.steps[ladder]
            if low[0] != high[0] and _alike(self.text[low.end() : one.end], self.text[high.end() : other.end]):
                yield _Label(*low.span()), _Label(*high.span())


def _sort(amount: Amount) -> tuple[object, ...]:
    """Amounts of one sort are in the same unit, per the same, and all of them caps or none."""
    head = amount.quantity.head
    capped = amount.quantity.op in ("<=", "<") and not amount.quantity.cue.endswith(("以下", "以内"))
    return amount.kind, head.base if head else "", amount.unit.partition("/")[2], amount.per or _ONCE, capped


def _no_tier(label: str) -> bool:
    """A year or a stage of what is paid in parts, or one of several things that are paid for."""
    return bool(_YEAR_OF.match(label) or _STAGE.search(label) or _SHARE_OF.search(_NOUN_END.sub("", label)))


def _moved(band: Band, by: int) -> Band:
    return replace(band, start=band.start + by, end=band.end + by)


def _stricter(one: Band, other: Band) -> bool:
    """Two thresholds on the same side: 1亿元以上, 5亿元以上."""
    if one.lower and other.lower and not one.upper and not other.upper:
        return one.lower.base != other.lower.base
    return bool(one.upper and other.upper and not one.lower and not other.lower and one.upper.base != other.upper.base)


def _alike(after: str, other_after: str) -> bool:
    """Whether the words behind two steps are the same, so that the steps alone tell two conditions apart."""
    after, other_after = _NOUN_END.sub("", after), _NOUN_END.sub("", other_after)
    if not after and not other_after:
        return True
    begins = len(after) >= ALIKE and after[:ALIKE] == other_after[:ALIKE]
    return begins or (len(after) >= ALIKE and after[-ALIKE:] == other_after[-ALIKE:])


def _like(first: str, second: str) -> str:
    """The first member of a list without what stands before it: 二孩 of 生育二孩 beside 三孩."""
    if second[0] in "“《" and second[0] in first:
        return first[first.rindex(second[0]) :]
    step = step_at_end(first, second)
    return first if step is None else first[step:]


def _telling(own: str) -> bool:
    return bool(steps(own)) or any(band.lower or band.upper for band in find_bands(own)) or own[:1].isdigit()
