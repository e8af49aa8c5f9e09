"""Exchanges places, bodies, numbers, brackets, widths and synonyms in texts and in their gold alike, and compares.

Every score of the perturbed texts must stay within 0.01 of the unperturbed one: rules know no text by heart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.quality.layers import Layer, layers
from scripts.quality.parsing import parse_files
from scripts.quality.perturbations import KINDS, edits
from scripts.quality.rewriting import Rewritten, rewrite
from scripts.quality.scoring import Figures, figures, pool, row_text
from scripts.quality.sources import GROUPS, Case, cases, read_json, read_text

TOLERANCE = 0.01
_ROUNDING = 1e-9
SHOWN_ROWS = 6
"""Rows shown of a layer that moved, unless --show."""


@dataclass(frozen=True)
class Moved:
    """A layer whose pooled score changed by more than the tolerance."""

    kind: str
    group: str
    layer: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """How texts are perturbed and compared."""

    seed: int
    out: Path
    show: bool = False


def perturb(case: Case, kind: str, seed: int) -> Rewritten:
    """Return text and gold of a case with one kind of exchange made in both."""
    text, gold = read_text(case.text), case.read_gold()
    return rewrite(text, gold, edits(kind, text, gold, seed))


def write(rewritten: Rewritten, case: Case, folder: Path) -> Case:
    """Write a perturbed text and its gold as ``NAME/issue.txt`` and ``NAME/gold.json``; returns them as a case."""
    target = folder / case.name
    target.mkdir(parents=True, exist_ok=True)
    text, gold = target / "issue.txt", target / "gold.json"
    text.write_text(rewritten.text, encoding="utf-8")
    gold.write_text(json.dumps(rewritten.gold, ensure_ascii=False, indent=2), encoding="utf-8")
    return Case(case.group, case.name, text, gold)


def score(wanted: Iterable[Case]) -> dict[str, dict[str, Layer]]:
    """Return the layers of each case by name; a text that fails to parse scores as if nothing was found."""
    listed = list(wanted)
    scored = {}
    for case, outcome in zip(listed, parse_files(case.text for case in listed), strict=True):
        if outcome.failure:
            print(f"! {case.name}: {outcome.failure}", file=sys.stderr)
        scored[case.name] = layers(outcome.parsed or {"text": "", "documents": []}, read_json(case.gold))
    return scored


def pooled(wanted: Iterable[Case], scored: Mapping[str, Mapping[str, Layer]]) -> dict[str, dict[str, Figures]]:
    """Return the figures of each group."""
    listed = list(wanted)
    return {
        group: pool(figures(scored[case.name]) for case in listed if case.group == group)
        for group in GROUPS
        if any(case.group == group for case in listed)
    }


def _value(by_layer: Mapping[str, Figures], layer: str) -> float:
    return by_layer[layer].value(layer) if layer in by_layer else 0.0


def moved(
    kind: str, before: Mapping[str, Mapping[str, Figures]], after: Mapping[str, Mapping[str, Figures]]
) -> list[Moved]:
    """Return the layers whose score changed by more than the tolerance, up or down."""
    found = []
    for group, by_layer in before.items():
        for layer, counts in by_layer.items():
            old, new = counts.value(layer), _value(after[group], layer)
            if abs(new - old) > TOLERANCE + _ROUNDING:
                found.append(Moved(kind, group, layer, old, new))
    return found


def compare(
    base: Mapping[str, Mapping[str, Layer]], wanted: list[Case], kinds: Iterable[str], options: Comparison
) -> list[Moved]:
    """Print and return what moves under each kind against the layers of the unperturbed texts.

    The perturbed files are left in the folder of the options, a folder a kind.
    """
    before = pooled(wanted, base)
    result: list[Moved] = []
    print(f"{'kind':<10} {'edits':>6} {'left out':>9}   largest change of a pooled score in " + ", ".join(before))
    for kind in kinds:
        rewritten = [(case, perturb(case, kind, options.seed)) for case in wanted]
        new = [write(text, case, options.out / kind) for case, text in rewritten]
        scored = score(new)
        after = pooled(new, scored)
        here = moved(kind, before, after)
        result += here
        made = sum(len(text.edits) for _, text in rewritten)
        left_out = sum(text.dropped for _, text in rewritten)
        cells = "  ".join(_largest(by_layer, after[group]) for group, by_layer in before.items())
        print(f"{kind:<10} {made:>6} {left_out:>9}   {cells}")
        for move in here:
            print(f"    {move.group}: {move.layer}: {move.before:.3f} → {move.after:.3f}")
            names = [case.name for case in wanted if case.group == move.group]
            _print_rows(names, move.layer, base, scored, None if options.show else SHOWN_ROWS)
    return result


def _largest(before: Mapping[str, Figures], after: Mapping[str, Figures]) -> str:
    """The largest change and its layer."""
    change, layer = max(
        ((_value(after, name) - counts.value(name), name) for name, counts in before.items()),
        key=lambda pair: abs(pair[0]),
    )
    return f"{change:+.4f} {layer if abs(change) > _ROUNDING else '':<24}"


def _print_rows(
    names: list[str],
    layer: str,
    before: Mapping[str, Mapping[str, Layer]],
    after: Mapping[str, Mapping[str, Layer]],
    limit: int | None,
) -> None:
    """Wrong rows of the perturbed files that were not wrong before, for files with another number of them."""
    for name in names:
        old, new = before[name].get(layer), after[name].get(layer)
        if old is None or new is None or (len(old.missed), len(old.extra)) == (len(new.missed), len(new.extra)):
            continue
        print(f"      {name}: missed {len(old.missed)} → {len(new.missed)}, extra {len(old.extra)} → {len(new.extra)}")
        fresh = Layer(Counter(new.extra) - Counter(old.extra), Counter(new.missed) - Counter(old.missed))
        rows = [("-", row) for row in fresh.wanted.elements()] + [("+", row) for row in fresh.found.elements()]
        for sign, row in rows[:limit]:
            print(f"        {sign} {row_text(row)}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 1 where a score moved too far, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="scripts/perturb", description=__doc__)
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind (may be repeated)")
    parser.add_argument("--group", action="append", choices=GROUPS, help="only this group (may be repeated)")
    parser.add_argument("--seed", type=int, default=1, help="which exchanges are made (default 1)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the perturbed texts and gold in DIR/KIND/NAME")
    parser.add_argument("--write-only", action="store_true", help="with --out: write them and do not compare")
    parser.add_argument("--show", action="store_true", help="all wrong rows of a layer that moved")
    options = parser.parse_args(arguments)
    if options.write_only and not options.out:
        parser.error("--write-only needs --out DIR")
    wanted = [case for case in cases() if not options.group or case.group in options.group]
    kinds = options.kind or list(KINDS)
    if not wanted:
        print("perturb: no text with gold in corpora/ or ../shared", file=sys.stderr)
        return 2
    if options.write_only:
        for kind in kinds:
            for case in wanted:
                write(perturb(case, kind, options.seed), case, options.out / kind)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        base = score(wanted)
        if not all(layer.found for layer in (scored["spans that hold"] for scored in base.values())):
            print("perturb: the texts as they are do not parse", file=sys.stderr)
            return 1
        far = compare(base, wanted, kinds, Comparison(options.seed, options.out or Path(temporary), options.show))
    print(f"\n{len(far)} scores moved by more than {TOLERANCE}" if far else f"\nevery score within {TOLERANCE}")
    return int(bool(far))


if __name__ == "__main__":
    sys.exit(main())
