"""The committed figures (``tests/quality.toml``): they rise; one falls only with a reason that is recorded.

Beside the figures stand the names of the wrong rows (see :func:`scripts.quality.scoring.named_rows`), so that a change
can be told row by row without a sentence of a real document in the repository.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Figures = dict[str, float]
Names = dict[str, dict[str, tuple[str, ...]]]
"""Names of wrong rows by file and layer."""

PLACES = 4
"""Figures are cut, not rounded, to so many decimals: the measured one is never below the written one."""

NAMES_A_LINE = 8
"""Row names on one line of the file."""

_HEAD = """\
# Quality floors: written by `scripts/evaluate --update`, held by `scripts/evaluate --check` and the tests.
# figures: F1 of a layer (recall where its name says so), pooled over the files of a group.
# rows: wrong rows by file and layer, "-" missed and "+" too much, as hashes; `scripts/evaluate` tells which they are.
# Figures rise. One falls only by `scripts/evaluate --update --lower "reason"`, in a commit of its own.
"""


@dataclass(frozen=True)
class Lowered:
    """A figure that fell, with the rows that were lost and why."""

    group: str
    layer: str
    before: float
    after: float
    reason: str
    rows: tuple[str, ...]


@dataclass
class Group:
    """Figures and wrong rows of a group of files."""

    figures: Figures = field(default_factory=dict)
    rows: Names = field(default_factory=dict)


@dataclass
class Floors:
    """Everything in the file."""

    groups: dict[str, Group] = field(default_factory=dict)
    lowered: tuple[Lowered, ...] = ()


@dataclass(frozen=True)
class Change:
    """A wrong row that came or went."""

    group: str
    file: str
    layer: str
    name: str
    lost: bool

    @property
    def where(self) -> str:
        """The row as it is recorded: file, layer and name."""
        return f"{self.file}: {self.layer}: {self.name}"


@dataclass(frozen=True)
class Fall:
    """A figure below its floor; ``now`` is None where the layer or its file is gone."""

    group: str
    layer: str
    floor: float
    now: float | None

    def __str__(self) -> str:
        now = "gone" if self.now is None else f"{self.now:.{PLACES}f}"
        return f"{self.group}: {self.layer}: {now}, floor {self.floor:.{PLACES}f}"


def cut(figure: float) -> float:
    """Return a figure cut to the places that are written; a hair of binary rounding does not cost one.

    >>> cut(2 / 3), cut(0.29)
    (0.6666, 0.29)
    """
    scale: int = 10**PLACES
    return math.floor(round(figure * scale, 6)) / scale


def load(path: Path) -> Floors:
    """Return the floors in a file; none where there is no file."""
    return loads(path.read_text(encoding="utf-8")) if path.exists() else Floors()


def loads(text: str) -> Floors:
    """Return the floors that :func:`dump` wrote."""
    data = tomllib.loads(text)
    lowered = tuple(Lowered(**{**entry, "rows": tuple(entry["rows"])}) for entry in data.pop("lowered", ()))
    groups = {
        name: Group(
            {layer: float(figure) for layer, figure in entry["figures"].items()},
            {
                file: {layer: tuple(names) for layer, names in by_layer.items()}
                for file, by_layer in entry.get("rows", {}).items()
            },
        )
        for name, entry in data.items()
    }
    return Floors(groups, lowered)


def dump(floors: Floors) -> str:
    """Return the floors as TOML, in a fixed order."""
    lines = [_HEAD]
    for name, group in floors.groups.items():
        lines.append(f"[{name}.figures]")
        lines.extend(f"{_quoted(layer)} = {figure}" for layer, figure in group.figures.items())
        for file, by_layer in sorted(group.rows.items()):
            lines.append(f"\n[{name}.rows.{_quoted(file)}]")
            lines.extend(f"{_quoted(layer)} = {_listed(sorted(names))}" for layer, names in by_layer.items() if names)
        lines.append("")
    for fall in floors.lowered:
        lines.append("[[lowered]]")
        lines.extend(f"{key} = {_quoted(getattr(fall, key))}" for key in ("group", "layer", "reason"))
        lines.extend(f"{key} = {getattr(fall, key)}" for key in ("before", "after"))
        lines.append(f"rows = {_listed(fall.rows)}\n")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    """A TOML array, a few names a line."""
    if len(names) <= NAMES_A_LINE:
        return "[" + ", ".join(map(_quoted, names)) + "]"
    lines = [names[at : at + NAMES_A_LINE] for at in range(0, len(names), NAMES_A_LINE)]
    return "[\n" + "".join(f"    {', '.join(map(_quoted, line))},\n" for line in lines) + "]"


def falls(floors: Floors, measured: Mapping[str, Group]) -> list[Fall]:
    """Return every figure of the measured groups that is below its floor, and what is measured no longer."""
    found = []
    for name, now in measured.items():
        floor = floors.groups.get(name, Group())
        for layer, figure in floor.figures.items():
            present = now.figures.get(layer)
            if present is None or cut(present) < figure:
                found.append(Fall(name, layer, figure, present))
        found.extend(Fall(name, f"file {file}", 1.0, None) for file in sorted(floor.rows.keys() - now.rows.keys()))
    return found


def changes(floors: Floors, measured: Mapping[str, Group]) -> Iterator[Change]:
    """Yield the wrong rows that came and went since the floors were written; nothing for files that are new."""
    for name, now in measured.items():
        before = floors.groups.get(name, Group())
        for file in sorted(before.rows.keys() & now.rows.keys()):
            old, new = before.rows[file], now.rows[file]
            for layer in dict.fromkeys([*old, *new]):
                was, is_now = set(old.get(layer, ())), set(new.get(layer, ()))
                for row in sorted(was ^ is_now):
                    yield Change(name, file, layer, row, lost=row in is_now)


def updated(floors: Floors, measured: Mapping[str, Group], reason: str | None) -> Floors:
    """Return the floors with the measured groups written in; groups that were not measured stay as they are.

    Raises:
        ValueError: a figure would fall and no reason was given.
    """
    fallen = falls(floors, measured)
    if fallen and not (reason or "").strip():
        raise ValueError("a figure falls; give the reason with --lower, in a commit of its own:\n  " + _lines(fallen))
    lost: dict[tuple[str, str], list[str]] = {}
    for change in changes(floors, measured):
        if change.lost:
            lost.setdefault((change.group, change.layer), []).append(change.where)
    lowered = [
        Lowered(
            fall.group,
            fall.layer,
            before=fall.floor,
            after=0.0 if fall.now is None else cut(fall.now),
            reason=(reason or "").strip(),
            rows=tuple(lost.get((fall.group, fall.layer), ())),
        )
        for fall in fallen
    ]
    groups = dict(floors.groups)
    for name, group in measured.items():
        groups[name] = Group({layer: cut(figure) for layer, figure in group.figures.items()}, group.rows)
    return Floors(groups, (*floors.lowered, *lowered))


def _lines(fallen: list[Fall]) -> str:
    return "\n  ".join(str(fall) for fall in fallen)
