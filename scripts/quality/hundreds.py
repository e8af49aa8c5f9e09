"""Numbers drawn at random from what the ledger claims and what it lists, to be read one by one against the source."""

from __future__ import annotations

import random
from pathlib import Path

import extractor
from extractor.model import Found, Issue

DRAWN = 100
AROUND = (75, 45)
"""Characters before and after a number that are shown with it."""


def draw(folder: Path, seed: int) -> dict[str, list[tuple[str, Issue, Found]]]:
    """A hundred claimed numbers and a hundred unclaimed ones of the reading texts of the .txt files of a folder.

    The same files and the same seed give the same draw, as long as the ledger finds the same numbers.
    """
    rows: dict[str, list[tuple[str, Issue, Found]]] = {"claimed": [], "unclaimed": []}
    for path in sorted(folder.glob("*.txt")):
        issue = extractor.parse(path)
        for found in extractor.coverage(issue).found:
            if found.kind == "number" and found.span is not None:
                rows["claimed" if found.claimed_by is not None else "unclaimed"].append((path.name, issue, found))
    chance = random.Random(seed)
    return {name: chance.sample(all_, min(DRAWN, len(all_))) for name, all_ in rows.items()}


def run(folder: Path, seed: int) -> int:
    """Print a draw: side, file, offset, the number, what the ledger says of it, and the words around; returns 0."""
    for side, rows in draw(folder, seed).items():
        for file, issue, found in sorted(rows, key=lambda row: (row[0], row[2].span)):
            assert found.span is not None
            start, end = found.span
            before, after = issue.text[max(0, start - AROUND[0]) : start], issue.text[end : end + AROUND[1]]
            said = _commitment(issue, found) if found.claimed_by is not None else f"{found.reason} {found.rule}"
            words = " ".join(f"{before}【{found.text}】{after}".split())
            print("\t".join((side, file, str(start), found.text, said, words)))
    return 0


def _commitment(issue: Issue, found: Found) -> str:
    for document in issue.documents:
        for each in document.commitments:
            if each.id == found.claimed_by:
                due = each.deadline.date if each.deadline is not None else None
                upper = f"–{each.upper}" if each.upper is not None else ""
                value = f"{each.comparator} {each.value}{upper} {each.unit}"
                return f"{each.kind} {each.indicator} {value} due={due} per={each.per} scope={each.scope} {each.rule}"
    return str(found.claimed_by)
