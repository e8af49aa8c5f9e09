"""A hundred claimed and a hundred unclaimed numbers of real texts, read one by one: what was judged still holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import extractor

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FEWER_THAN = 5
"""Wrong ones of a hundred that are claimed, real commitments of a hundred that are not."""


class Judged(NamedTuple):
    """A number as a reader judged it."""

    side: str
    file: str
    offset: int
    text: str
    verdict: str
    word: str


@cache
def _judged() -> tuple[Judged, ...]:
    lines = (ROOT / "tests" / "hundreds.tsv").read_text(encoding="utf-8").splitlines()
    fields = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Judged(side, file, int(offset), *rest) for side, file, offset, *rest in fields)


def test_fewer_than_five_of_a_hundred_are_wrong_or_missed() -> None:
    verdicts = Counter((each.side, each.verdict) for each in _judged())
    assert verdicts["claimed", "right"] + verdicts["claimed", "wrong"] == 100
    assert verdicts["unclaimed", "right"] + verdicts["unclaimed", "missed"] == 100
    assert verdicts["claimed", "wrong"] < FEWER_THAN
    assert verdicts["unclaimed", "missed"] < FEWER_THAN


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real texts are not beside the repository")
def test_each_number_is_still_claimed_or_listed_as_it_was_judged() -> None:
    by_file: dict[str, list[Judged]] = defaultdict(list)
    for each in _judged():
        by_file[each.file].append(each)
    changed = []
    for file, rows in by_file.items():
        ledger = extractor.coverage(extractor.parse(CORPUS / file))
        sides = {found.span[0]: (found.claimed_by, found.text) for found in ledger.found if found.span is not None}
        for each in rows:
            if each.verdict != "right":
                continue  # one that was mended keeps the verdict of its draw
            claimed, text = sides.get(each.offset, (None, "nothing"))
            side = "claimed" if claimed is not None else "unclaimed"
            if (side, text) != (each.side, each.text):
                changed.append(f"{file} {each.offset} {each.text}: judged {each.side}, now {side} {text}")
    assert not changed, "read these again and judge anew in tests/hundreds.tsv:\n" + "\n".join(changed)
