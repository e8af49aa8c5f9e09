"""Scores parsed files against gold and tells gains and losses against the committed figures.

Without options, parses the samples in corpora/ and, where ../shared is there, the real issues and documents with gold.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.quality import floors, hundreds, survey
from scripts.quality.layers import Layer, Row, layers
from scripts.quality.parsing import parse_files
from scripts.quality.scoring import Figures, figures, named_rows, pool, row_text
from scripts.quality.sources import FLOORS, GROUPS, Case, cases, gold_folder, read_json


@dataclass(frozen=True)
class Scored:
    """A case with its layers."""

    case: Case
    layers: dict[str, Layer]

    def figures(self) -> dict[str, Figures]:
        """The counts of each layer."""
        return figures(self.layers)


def score_cases(wanted: Iterable[Case], parsed: Mapping[str, dict[str, Any]]) -> list[Scored]:
    """Return the layers of each case whose parsed issue is given by name."""
    return [Scored(case, layers(parsed[case.name], case.read_gold())) for case in wanted if case.name in parsed]


def measured(scored: Iterable[Scored]) -> dict[str, floors.Group]:
    """Return figures and wrong rows of each group, as the floors hold them."""
    by_group: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_group[one.case.group].append(one)
    return {
        group: floors.Group(
            {layer: counts.value(layer) for layer, counts in pool(one.figures() for one in ones).items()},
            {
                one.case.name: {
                    layer: tuple(sorted(named_rows(rows))) for layer, rows in one.layers.items() if named_rows(rows)
                }
                for one in ones
            },
        )
        for group, ones in by_group.items()
    }


def print_figures(title: str, counts: Mapping[str, Figures]) -> None:
    """Print one line a layer."""
    print(f"\n{title}")
    for layer, c in counts.items():
        print(
            f"  {layer:<24} P {c.precision:6.3f}  R {c.recall:6.3f}  F1 {c.f1:6.3f}"
            f"   ({c.hits}/{c.found} found, {c.wanted} in gold)"
        )


def print_rows(one: Scored) -> None:
    """Print what is missed (-) and what is too much (+)."""
    for name, layer in one.layers.items():
        for sign, rows in (("-", layer.missed), ("+", layer.extra)):
            for row in rows:
                print(f"    {sign} {name}: {row_text(row)}")


def print_changes(committed: floors.Floors, now: Mapping[str, floors.Group], scored: Iterable[Scored]) -> None:
    """Print every row that was lost or gained since the figures were committed, with its text where it can be told."""
    by_file = {(one.case.group, one.case.name): one for one in scored}
    found = list(floors.changes(committed, now))
    if not found:
        print("\nno row lost or gained against the committed figures")
        return
    print("\nlosses (▼) and gains (▲) against the committed figures")
    for change in sorted(found, key=lambda c: (not c.lost, c.group, c.file)):
        layer = by_file[change.group, change.file].layers.get(change.layer, Layer(Counter(), Counter()))
        row = {**_right_rows(layer), **named_rows(layer)}.get(change.name)
        text = row_text(row) if row is not None else "(a row that is no longer found)"
        print(f"  {'▼' if change.lost else '▲'} {change.where}  {text}")


def _right_rows(layer: Layer) -> dict[str, Row]:
    """Names that the hits would have if they were missed: a gained row is told by them."""
    return named_rows(Layer(Counter(), layer.wanted))


def print_summary(scored: list[Scored], committed: floors.Floors) -> None:
    """Print a table of the pooled value of each layer in each group, with its distance from the floor."""
    now = measured(scored)
    groups = [group for group in (*GROUPS, "other") if group in now]
    names = list(dict.fromkeys(layer for group in groups for layer in now[group].figures))
    print("\npooled " + " " * 20 + "".join(f"{group:>18}" for group in groups))
    for layer in names:
        cells = []
        for group in groups:
            value = now[group].figures.get(layer)
            floor = committed.groups.get(group, floors.Group()).figures.get(layer)
            change = "" if value is None or floor is None else f"{floors.cut(value) - floor:+.4f}"
            cells.append(f"{'' if value is None else f'{value:.3f}':>9} {change if change.strip('+-0.') else '':<8}")
        print(f"{layer:<27}" + "".join(cells))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/evaluate", description=__doc__)
    parser.add_argument("--parsed", type=Path, metavar="DIR", help="score the NAME.json in DIR instead of parsing")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="gold as NAME.json or NAME/gold.json in DIR")
    parser.add_argument("--group", action="append", choices=GROUPS, help="only this group (may be repeated)")
    parser.add_argument("--show", action="store_true", help="list every missed and extra row")
    parser.add_argument("--files", action="store_true", help="figures of each file too (implied by --show)")
    parser.add_argument("--check", action="store_true", help="exit 1 if a figure is below its floor")
    parser.add_argument("--update", action="store_true", help="write the figures; refuses to lower one")
    parser.add_argument("--lower", metavar="REASON", help="with --update: let figures fall, and record why")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--brackets", type=Path, metavar="DIR", help="count role brackets of the .txt files in DIR")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="survey the .txt files in DIR: failures, titles …")
    parser.add_argument("--hundreds", type=Path, metavar="DIR", help="draw claimed and unclaimed numbers of its .txt")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 1 for a figure below its floor, 2 for a wrong call."""
    options = _arguments().parse_args(arguments)
    for folder in (options.parsed, options.gold, options.brackets, options.corpus, options.hundreds):
        if folder is not None and not folder.is_dir():
            print(f"evaluate: no folder {folder}", file=sys.stderr)
            return 2
    if options.hundreds is not None:
        return hundreds.run(options.hundreds, options.seed)
    if options.brackets is not None or options.corpus is not None:
        folder = options.brackets or options.corpus
        return survey.run(folder, options.parsed, brackets_only=options.corpus is None, show=options.show)
    return _score(options)


def _score(options: argparse.Namespace) -> int:
    wanted = gold_folder(options.gold) if options.gold else cases()
    if options.group:
        wanted = [case for case in wanted if case.group in options.group]
    parsed, failures = _parsed(wanted, options.parsed)
    for name, failure in failures.items():
        print(f"! {name}: {failure}", file=sys.stderr)
    scored = score_cases(wanted, parsed)
    if not scored:
        print("evaluate: nothing to score: no gold with a parsed file of the same name", file=sys.stderr)
        return 2
    committed = floors.load(options.floors)
    for one in scored:
        if options.show or options.files:
            print_figures(f"{one.case.group}: {one.case.name}", one.figures())
        if options.show:
            print_rows(one)
    for group in (*GROUPS, "other"):
        ones = [one for one in scored if one.case.group == group]
        if ones:
            print_figures(f"{group}, {len(ones)} pooled", pool(one.figures() for one in ones))
    print_summary(scored, committed)
    print_changes(committed, measured(scored), scored)
    if options.update:
        if options.gold or options.parsed or options.group or failures:
            print("evaluate: --update takes all files as they are parsed now, without failures", file=sys.stderr)
            return 2
        try:
            new = floors.updated(committed, measured(scored), options.lower)
        except ValueError as error:
            print(f"evaluate: {error}", file=sys.stderr)
            return 1
        options.floors.write_text(floors.dump(new), encoding="utf-8")
        print(f"\nwritten: {options.floors}")
        return 0
    fallen = floors.falls(committed, measured(_known(scored, committed)))
    for fall in fallen:
        print(f"below its floor: {fall}")
    return int(options.check and bool(fallen or failures))


def _known(scored: list[Scored], committed: floors.Floors) -> list[Scored]:
    """Those whose files the figures were taken from: a new sample lowers no figure that holds for the others."""
    return [one for one in scored if one.case.name in committed.groups.get(one.case.group, floors.Group()).rows]


def _parsed(wanted: list[Case], folder: Path | None) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Parsed issues by name, and what failed; read from a folder where one is given."""
    if folder is not None:
        paths = {case.name: folder / f"{case.name}.json" for case in wanted}
        missing = {name: f"no {path.name} in {folder}" for name, path in paths.items() if not path.exists()}
        return {name: read_json(path) for name, path in paths.items() if name not in missing}, missing
    parsed: dict[str, dict[str, Any]] = {}
    failures: dict[str, str] = {}
    for case, outcome in zip(wanted, parse_files(case.text for case in wanted), strict=True):
        if outcome.parsed is None:
            failures[case.name] = outcome.failure or "failed"
        else:
            parsed[case.name] = outcome.parsed
    return parsed, failures


if __name__ == "__main__":
    sys.exit(main())
