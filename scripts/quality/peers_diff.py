"""Sets other programs that compare texts beside ours on planted edits: found, torn, phantom.

The pairs are those of ``scripts/mutate`` on the samples. An *edit* of a program is a run of words that it shows as
deleted, inserted or replaced, with its place in both texts; of ours the redlines, the clauses that one side alone has
and the changes outside both. What was moved, split or merged is no edit here, as most programs do not know it.

- *found*: of a planted change, the words that really differ (without what both sides begin and end with) lie in edits,
  at least half of their characters on each side that has some. Whole paragraphs shown as replaced count too.
- *torn*: edits with a border inside a number, inside a name that was planted, or inside a word of what was planted, as
  jieba cuts it.
- *phantom*: edits that meet nothing that was planted: in pairs that differ in form alone all of them. Numbers of
  clauses that follow from one more or one less are among them, since numbering alone changes nothing.
- *shown*: characters of edits for each character that really differs: how much there is to read.

redlines divides at spaces, which Chinese has not; so it is there twice, the second time on words cut by jieba.
diff-match-patch is cleaned up for people (``diff_cleanupSemantic``), xmldiff gets a paragraph a line.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.quality.mutate_pairs import all_units, pairs
from scripts.quality.mutate_planting import Pair
from scripts.quality.rewriting import Json
from scripts.quality.sources import CORPORA, ROOT

if TYPE_CHECKING:
    from extractor import Issue

OURS = "gazette-extractor"
PAIRS = 60
LONGEST = 6000
"""Characters of a text: xmldiff takes minutes for longer ones."""
_HEADERS = ("found", "torn", "phantom", "shown")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_REORDERED = frozenset({"clause-moved", "clause-split", "clause-merged"})
_NOWHERE = (-1, -1)
"""Of an edit that has nothing on this side."""
Edit = tuple[int, int, int, int]
Range = tuple[int, int]


@dataclass
class Tally:
    """What a program gets right over pairs."""

    planted: int = 0
    found: int = 0
    torn: int = 0
    phantom: int = 0
    shown: int = 0
    differing: int = 0


def wanted_pairs(count: int) -> list[Pair]:
    """Return the first pairs of texts of the samples that every program can compare."""
    samples = {folder.name for folder in CORPORA.iterdir()}
    here = [unit for unit in all_units() if unit.name.split("/")[0] in samples and len(unit.text) <= LONGEST]
    return list(islice(pairs(here, count, 1), count))


def judge(pair: Pair, edits: Sequence[Edit]) -> Tally:
    """Return what edits get right of a pair.

    >>> row = {"kind": "value-raised", "names": [], "old": {"start": 2, "end": 5}, "new": {"start": 2, "end": 5}}
    >>> pair = Pair("x", "新建12座。甲", "新建15座。甲", [row], ())
    >>> judge(pair, [(2, 5, 2, 5)]), judge(pair, [(3, 4, 3, 4), (6, 7, 6, 7)])
    (Tally(planted=1, found=1, torn=0, phantom=0, shown=6, differing=2), \
Tally(planted=1, found=1, torn=1, phantom=1, shown=4, differing=2))
    """
    tally = Tally()
    texts = (pair.old, pair.new)
    planted = [list(_planted(text, pair.truth, key)) for text, key in zip(texts, ("old", "new"), strict=True)]
    whole = [list(_unbroken(text, pair.truth, key)) for text, key in zip(texts, ("old", "new"), strict=True)]
    for row in pair.truth:
        cores = _cores(row, texts)
        if row["kind"] in _REORDERED or not any(cores):
            continue
        tally.planted += 1
        tally.differing += sum(end - start for start, end in filter(None, cores))
        tally.found += all(_covered(core, edits, side) for side, core in enumerate(cores) if core is not None)
    for edit in edits:
        sides = (edit[:2], edit[2:])
        tally.shown += sum(end - start for start, end in sides)
        tally.torn += any(_cuts(sides[side], whole[side]) for side in (0, 1))
        tally.phantom += not any(_meets(sides[side], each) for side in (0, 1) for each in planted[side])
    return tally


def _planted(text: str, truth: Sequence[Json], key: str) -> Iterator[Range]:
    """What was planted in a text: the words, and wherever the clause has the bodies or titles that they are about."""
    for row in truth:
        if row[key]:
            yield _range(row, key)
            start, end = row[key].get("context", _range(row, key))
            for name in row["names"]:
                yield from (at.span() for at in re.compile(re.escape(name)).finditer(text, start, end))


def _range(row: Json, key: str) -> Range:
    return row[key]["start"], row[key]["end"]


def _cores(row: Json, texts: tuple[str, str]) -> list[Range | None]:
    """On each side the words that really differ; None where there are none."""
    spans = [_range(row, key) if row[key] else None for key in ("old", "new")]
    one, other = (text[slice(*span)] if span else "" for text, span in zip(texts, spans, strict=True))
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    cut = [(span[0] + head, span[1] - tail) if span else None for span in spans]
    return [each if each is not None and each[0] < each[1] else None for each in cut]


def _covered(core: Range, edits: Sequence[Edit], side: int) -> bool:
    held = {at for edit in edits for at in range(max(core[0], edit[2 * side]), min(core[1], edit[2 * side + 1]))}
    return 2 * len(held) >= core[1] - core[0]


def _unbroken(text: str, truth: Sequence[Json], key: str) -> Iterator[Range]:
    """Ranges of a text that nobody may cut in two."""
    import jieba

    yield from (number.span() for number in _NUMBER.finditer(text))
    for row in truth:
        if not row[key]:
            continue
        start, end = _range(row, key)
        for _, first, last in jieba.tokenize(text[start:end]):
            yield start + first, start + last
        for name in row["names"]:
            yield from ((start + at.start(), start + at.end()) for at in re.finditer(re.escape(name), text[start:end]))


def _cuts(edit: Range, whole: Sequence[Range]) -> bool:
    return any(start < border < end for start, end in whole for border in edit)


def _meets(edit: Range, planted: Range) -> bool:
    return edit[0] <= planted[1] and planted[0] <= edit[1]


def _ours(pair: Pair, folder: Path) -> list[Edit]:
    """What ours shows as changed."""
    import extractor
    from scripts.quality.mutate import write

    old, new = (extractor.parse(path, places=True) for path in write(pair, folder))
    found = extractor.diff(old, new)
    shown: list[tuple[Range | None, Range | None]] = []
    for each in found.pairs:
        if each.status in ("added", "removed"):
            shown += [(piece.span, None) for piece in each.old] + [(None, piece.span) for piece in each.new]
        shown += [(run.old, run.new) for run in each.redline if not run.same]
    held = [{at for edit in shown if edit[side] for at in range(*(edit[side] or ()))} for side in (0, 1)]
    for change in found.changes:
        sides = tuple(each.span if each is not None else None for each in (change.old, change.new))
        if change.meaning and any(span and not held[at] & {*range(*span)} for at, span in enumerate(sides)):
            shown.append((sides[0], sides[1]))
    edits = [(*_printed(old, pair.old, one), *_printed(new, pair.new, other)) for one, other in shown]
    return [edit for edit in edits if edit != (*_NOWHERE, *_NOWHERE)]  # a break between paragraphs shows nothing


def _printed(issue: Issue, text: str, span: Range | None) -> Range:
    """Where a range of the reading text stands in the file, whose lines are broken; nowhere is before its beginning."""
    import extractor

    runs = [run for run in extractor.places(issue, span) if run.line and run.column] if span is not None else []
    if not runs:
        return _NOWHERE
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    spans = [(starts[(run.line or 1) - 1] + (run.column or 1) - 1, run.span[1] - run.span[0]) for run in runs]
    return spans[0][0], spans[-1][0] + spans[-1][1]


def seconds_of_redlines(pair: tuple[str, str]) -> float:
    """Return the seconds of the processor that redlines takes for two texts."""
    return float(_theirs([], pair)["seconds"])


def _theirs(listed: Sequence[Pair], timed: tuple[str, str] | None = None) -> dict[str, Any]:
    import jieba

    environment = str(ROOT / "scripts" / "env")
    python = subprocess.run([environment, "peers"], check=True, capture_output=True, text=True).stdout.strip()
    texts = [(pair.old, pair.new) for pair in listed]
    asked = {
        "pairs": texts,
        "cut": [["\n".join(" ".join(jieba.cut(line)) for line in text.split("\n")) for text in pair] for pair in texts],
        "timed": timed,
    }
    worker = Path(__file__).with_name("peers_diff_worker.py")
    done = subprocess.run(
        [python, "-P", worker], check=True, stdout=subprocess.PIPE, text=True, input=json.dumps(asked)
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print the table; returns the exit code."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    listed = wanted_pairs(PAIRS)
    told: dict[str, list[list[Edit]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        told[OURS] = [_ours(pair, Path(folder)) for pair in listed]
    told |= _theirs(listed)["edits"]
    print(
        f"\nplanted edits in {len(listed)} pairs: how many of them are found, and how many edits are torn or phantoms"
    )
    print(f"  {'':<20}" + "".join(f"{header:>12}" for header in _HEADERS))
    for name, edits in told.items():
        tally = Tally()
        for pair, each in zip(listed, edits, strict=True):
            one = judge(pair, [(edit[0], edit[1], edit[2], edit[3]) for edit in each])
            for key in vars(tally):
                setattr(tally, key, getattr(tally, key) + getattr(one, key))
        share = f"{tally.found / max(1, tally.planted):.3f}"
        shown = f"{tally.shown / max(1, tally.differing):.1f}"
        print(f"  {name:<20}{share:>12}{tally.torn:>12}{tally.phantom:>12}{shown:>12}")
    return 0
