"""Makes pairs of texts with known edits out of texts and their gold, and says how many of the edits a comparison finds.

Recall of planted changes of meaning and precision must be 0.97 at least. Form, renumbering and renamed bodies are no
change: nothing may be reported for them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.quality.mutate_pairs import all_units, pairs
from scripts.quality.mutate_planting import UNMEANT, Pair
from scripts.quality.mutate_scoring import Judged, Score, judge
from scripts.quality.rewriting import Json
from scripts.quality.sources import ROOT

LEAST = 0.97
PAIRS = 520
_AT_A_TIME = 2
_SHOWN_WORDS = 60
Compare = Callable[[Path, Path], Json | None]


def by_command(old: Path, new: Path) -> Json | None:
    """Return what ``gazette diff OLD NEW --format json`` prints; None where it failed."""
    command = [sys.executable, "-m", "extractor", "diff", str(old), str(new), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        print(f"! {old.parent.name}: {done.stderr.decode(errors='replace').strip()[-300:]}", file=sys.stderr)
        return None
    result: Json = json.loads(done.stdout)
    return result


def imported(name: str) -> Compare:
    """Return the function ``module:function``, which compares two files in this process."""
    module, _, function = name.partition(":")
    found: Compare = getattr(importlib.import_module(module), function)
    return found


def write(pair: Pair, folder: Path) -> tuple[Path, Path]:
    """Write the texts of a pair and its truth to a folder of its own."""
    target = folder / pair.name
    target.mkdir(parents=True, exist_ok=True)
    old, new = target / "old.txt", target / "new.txt"
    old.write_text(pair.old, encoding="utf-8")
    new.write_text(pair.new, encoding="utf-8")
    truth = {"changes": pair.truth, "no_change": list(pair.families)}
    (target / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return old, new


def judged(listed: Iterable[Pair], compare: Compare, folder: Path) -> Iterator[Judged]:
    """Yield the judgement of each pair in turn; commands run two at a time."""
    listed = list(listed)
    files = [write(pair, folder) for pair in listed]
    with ThreadPoolExecutor(_AT_A_TIME if compare is by_command else 1) as pool:
        results = pool.map(lambda names: compare(*names), files)
        yield from (judge(pair, found) for pair, found in zip(listed, results, strict=True))


def print_score(score: Score, count: int) -> bool:
    """Print the figures; returns whether they are good enough."""
    meant = sorted(kind for kind in score.planted if kind not in UNMEANT)
    print(f"{'kind':<24}{'planted':>8}{'found':>7}{'recall':>8}")
    for kind in [*meant, *sorted(UNMEANT & set(score.planted))]:
        note = "   (no change of meaning)" if kind in UNMEANT else ""
        print(f"{kind:<24}{score.planted[kind]:>8}{score.found[kind]:>7}{score.recall([kind]):>8.3f}{note}")
    recall = score.recall(meant)
    print(f"\n{count} pairs, {score.failed} failed")
    print(f"recall of changes of meaning  {recall:.4f}")
    print(f"precision                     {score.precision:.4f}  ({score.explained} of {score.meaning})")
    print(f"phantoms                      {_told(score.phantoms)}")
    print(f"told as other words           {_told(score.noise)}")
    return recall >= LEAST and score.precision >= LEAST and not score.phantoms and not score.failed


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def print_pair(one: Judged) -> None:
    """Print what is wrong with the changes of a pair."""
    print(f"\n{one.pair.name}  [{', '.join(one.pair.families)}]")
    for row in one.missed:
        place = "/".join(row["path"] or ())
        print(f"  - {row['kind']} {place}: {_words(row['old'], 'words')} → {_words(row['new'], 'words')}")
    for change in one.extra:
        print(f"  + {change['kind']}: {_words(change.get('old'), 'text')} → {_words(change.get('new'), 'text')}")


def _words(side: Json | None, key: str) -> str:
    words = " ".join(str((side or {}).get(key) or "–").split())
    return words if len(words) <= _SHOWN_WORDS else words[:_SHOWN_WORDS] + "…"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 1 where a figure is too low, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    parser.add_argument("--score", action="store_true", help="compare the pairs and print the figures")
    parser.add_argument("--pairs", type=int, default=PAIRS, metavar="N", help=f"how many pairs (default {PAIRS})")
    parser.add_argument("--seed", type=int, default=1, help="which edits are made (default 1)")
    parser.add_argument("--only", metavar="NAME", help="only pairs whose name contains this")
    parser.add_argument("--with", dest="compare", metavar="MODULE:FUNCTION", help="compare in this process, with this")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N worst pairs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the texts and their truth in DIR/PAIR")
    options = parser.parse_args(arguments)
    if not options.score and not options.out:
        parser.error("nothing to do: --score, or --out DIR")
    made = [pair for pair in pairs(all_units(), options.pairs, options.seed) if (options.only or "") in pair.name]
    if not made:
        print("mutate: no pair; is there a text with gold in corpora/ or ../shared?", file=sys.stderr)
        return 2
    if not options.score:
        for pair in made:
            write(pair, options.out)
        print(f"{len(made)} pairs in {options.out}")
        return 0
    compare = imported(options.compare) if options.compare else by_command
    with tempfile.TemporaryDirectory() as temporary:
        all_judged = list(judged(made, compare, options.out or Path(temporary)))
    total = Score()
    for one in all_judged:
        total.add(one.score)
    worst = sorted(all_judged, key=lambda one: -len(one.missed) - len(one.extra))
    for one in worst[: options.show]:
        if one.missed or one.extra:
            print_pair(one)
    print()
    return int(not print_score(total, len(made)))


if __name__ == "__main__":
    sys.exit(main())
