"""Two parts as runs of words that are the same, deleted or inserted; numbers, dates and names are never torn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from extractor.changes.facts import Fact
from extractor.changes.pieces import Part, alike
from extractor.model import Redline
from extractor.text.words import cut_words

ISLAND = 1
"""Characters of a run that is the same between two that are not: a lone 的 is read as changed with them."""
_MARKS = re.compile(r"^[\W_]*$")


@dataclass(frozen=True)
class Word:
    """A word, or a fact, at ``text[start:end]`` of a part."""

    start: int
    end: int
    key: str
    fact: Fact | None = None

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation only."""
        return self.fact is None and _MARKS.match(self.key) is not None


@dataclass(frozen=True)
class Run:
    """Words of both sides that are the same, or that stand in each other's place."""

    same: bool
    old: tuple[Word, ...]
    new: tuple[Word, ...]


def words_of(part: Part, facts: Sequence[Fact]) -> list[Word]:
    """The words of a part, a fact being one."""
    found: list[Word] = []
    at = 0
    for fact in (*facts, None):
        end = fact.start if fact is not None else len(part.text)
        found += [
            Word(at + start, at + stop, alike(part.text[at + start : at + stop]))
            for start, stop in cut_words(part.text[at:end])
        ]
        if fact is not None:
            found.append(Word(fact.start, fact.end, fact.key, fact))
            at = fact.end
    return found


def runs(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    """The shortest way from one to the other, with islands between changes joined to them."""
    found: list[Run] = []
    for op in Indel.opcodes([word.key for word in old], [word.key for word in new]):
        here, there = tuple(old[op.src_start : op.src_end]), tuple(new[op.dest_start : op.dest_end])
        same = op.tag == "equal"
        if found and not same and not found[-1].same:
            found[-1] = Run(False, found[-1].old + here, found[-1].new + there)
        else:
            found.append(Run(same, here, there))
    return list(_without_islands(found))


def _without_islands(found: list[Run]) -> Iterator[Run]:
    held: Run | None = None
    for number, run in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if not run.same or (held is not None and after is not None and _is_island(run, held, after)):
            held = run if held is None else Run(False, held.old + run.old, held.new + run.new)
            continue
        if held is not None:
            yield held
            held = None
        yield run
    if held is not None:
        yield held


def _is_island(run: Run, before: Run, after: Run) -> bool:
    """A lone character between two changes in which both sides have words is no landmark."""
    length = sum(word.end - word.start for word in run.new)
    if any(word.fact is not None for word in run.new) or length > ISLAND:
        return False
    return bool(before.old and before.new and after.old and after.new) and not all(word.is_mark for word in run.new)


def redline(old: Part, new: Part, found: Sequence[Run]) -> tuple[Redline, ...]:
    """The runs as spans of both texts."""
    return tuple(
        Redline(
            same=run.same,
            old=old.span(run.old[0].start, run.old[-1].end) if run.old else None,
            new=new.span(run.new[0].start, run.new[-1].end) if run.new else None,
        )
        for run in found
    )
