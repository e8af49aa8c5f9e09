"""What becomes of a folder of texts: failures, invalid output, broken spans, gaps, titles, role brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema

from scripts.quality.brackets import CONTEXT, Missed, missed_brackets, role_brackets
from scripts.quality.layers import check_spans
from scripts.quality.parsing import Outcome, parse_files
from scripts.quality.sources import ROOT, read_json, read_text

SHOWN = 3
"""Faults of one kind shown for each file."""
WANTED_SHARE = 0.97
"""Share of role brackets that must lie in a responsibility."""


@dataclass
class Findings:
    """What was seen in one file."""

    name: str
    failure: str | None = None
    faults: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    title: str | None = None
    counts: Counter[str] = field(default_factory=Counter)
    brackets: int = 0
    missed: list[Missed] = field(default_factory=list)

    def fault(self, kind: str, notes: Iterable[str]) -> None:
        """Count faults of a kind and keep the first few to be shown."""
        listed = list(notes)
        self.faults[kind] += len(listed)
        self.notes.extend(f"{kind}: {note}" for note in listed[:SHOWN])


def run(folder: Path, parsed: Path | None = None, *, brackets_only: bool = False, show: bool = False) -> int:
    """Survey the .txt files of a folder and print it; returns 1 if something failed, else 0.

    Args:
        folder: the texts.
        parsed: their parsed JSON by name; parsed now where it is None.
        brackets_only: print only the share of role brackets and the missed ones.
        show: list each fault, and of each file title and counts.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        print(f"no .txt file in {folder}")
        return 2
    found = [examine(outcome) for outcome in _outcomes(paths, parsed)]
    for one in found:
        if one.failure:
            print(f"! {one.name}: {one.failure}")
        if not brackets_only:
            _print_file(one, show)
        for miss in one.missed:
            lost = "" if miss.in_text else "  [not in the parsed text]"
            print(f"  - {one.name}:{miss.bracket.start}: …{miss.context}…{lost}")
    total = sum(one.brackets for one in found)
    missed = sum(len(one.missed) for one in found)
    share = (total - missed) / total if total else 1.0
    print(f"\nrole brackets: {total - missed} of {total} in a responsibility ({share:.4f}, wanted {WANTED_SHARE})")
    failures = sum(one.failure is not None for one in found)
    if brackets_only:
        return int(failures > 0)
    untitled = [one.name for one in found if not one.failure and not one.title]
    faults: Counter[str] = sum((one.faults for one in found), Counter())
    counts: Counter[str] = sum((one.counts for one in found), Counter())
    print(f"files: {len(found)}, failures: {failures}, without a title: {len(untitled)} ({', '.join(untitled)})")
    print("faults: " + (", ".join(f"{kind} {number}" for kind, number in faults.most_common() if number) or "none"))
    print("found: " + ", ".join(f"{key} {number}" for key, number in counts.items()))
    return int(failures > 0 or faults.total() > 0)


def _outcomes(paths: list[Path], parsed: Path | None) -> Iterator[Outcome]:
    if parsed is None:
        yield from parse_files(paths)
        return
    for path in paths:
        result = parsed / f"{path.stem}.json"
        if result.exists():
            yield Outcome(path, parsed=read_json(result))
        else:
            yield Outcome(path, failure=f"no {result.name} in {parsed}")


def examine(outcome: Outcome) -> Findings:
    """Return what is to be said of one file and its parse."""
    found = Findings(outcome.path.name, failure=outcome.failure)
    source = read_text(outcome.path)
    brackets = role_brackets(source)
    found.brackets = len(brackets)
    if outcome.parsed is None:
        found.missed = [Missed(b, source[b.start : b.start + CONTEXT], in_text=False) for b in brackets]
        return found
    parsed = outcome.parsed
    found.missed = missed_brackets(source, parsed, brackets)
    found.fault("invalid", schema_errors(parsed))
    found.fault("span", (" | ".join(map(str, row)) for row in check_spans(parsed)[1]))
    found.fault("gap", gaps(parsed))
    documents = parsed["documents"]
    found.title = next((d["title"] for d in documents if d.get("title")), None)
    found.counts["documents"] = len(documents)
    for key in ("clauses", "measures", "commitments", "milestones", "references", "appointments", "roster"):
        found.counts[key] = sum(len(document.get(key) or ()) for document in documents)
    found.counts["diagnostics"] = len(parsed.get("diagnostics") or ())
    return found


def schema_errors(parsed: dict[str, Any]) -> Iterator[str]:
    """Yield what breaks the newest schema in ``schemas/``; nothing while there is none."""
    schemas = sorted((ROOT / "schemas").glob("*.json"))
    if schemas:
        for error in jsonschema.Draft202012Validator(read_json(schemas[-1])).iter_errors(parsed):
            yield f"{error.json_path}: {error.message[:100]}"


def gaps(parsed: dict[str, Any]) -> Iterator[str]:
    """Yield where blocks do not tile a document, or documents and the issue's own blocks do not tile the issue.

    White space between two spans is no gap.
    """
    text = parsed["text"]
    own = [tuple(block["span"]) for block in parsed.get("blocks") or ()]
    documents = [tuple(document["span"]) for document in parsed["documents"]]
    yield from _untiled("issue", text, (0, len(text)), own + documents)
    for document in parsed["documents"]:
        blocks = [tuple(block["span"]) for block in document.get("blocks") or ()]
        yield from _untiled(document["id"], text, tuple(document["span"]), blocks)


def _untiled(name: str, text: str, whole: tuple[int, int], parts: list[tuple[int, int]]) -> Iterator[str]:
    at = whole[0]
    for start, end in [*sorted(parts), (whole[1], whole[1])]:
        if start < at:
            yield f"{name}: {start} overlaps what ends at {at}"
        elif text[at:start].strip():
            yield f"{name}: {at}–{start} in no block: {text[at:start].strip()[:20]}"
        at = max(at, end)


def _print_file(one: Findings, show: bool) -> None:
    if show:
        counts = " ".join(f"{key}={number}" for key, number in one.counts.items() if number)
        print(f"{one.name}: {one.title or '(no title)'}")
        print(f"    {counts} brackets={one.brackets - len(one.missed)}/{one.brackets}")
    for note in one.notes:
        print(f"  ! {one.name}: {note}")
