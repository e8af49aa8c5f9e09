"""Pairs of texts with one to six known edits, and pairs with differences that are none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from scripts.quality import mutate_bodies, mutate_clauses, mutate_forms, mutate_values
from scripts.quality.mutate_forms import FORMS, rewrap
from scripts.quality.mutate_planting import Edit, Layout, Pair, overlap, plant, reshape
from scripts.quality.mutate_source import Unit, units
from scripts.quality.sources import cases, read_text

Planter = Callable[[Unit, random.Random], Iterator[Edit]]

PLANTERS: dict[str, Planter] = {
    "values": mutate_values.raised,
    "dropped values": mutate_values.dropped,
    "comparators": mutate_values.comparators,
    "units": mutate_values.units_changed,
    "deadlines": mutate_values.deadlines,
    "conditions": mutate_values.conditions,
    "added bodies": mutate_bodies.added,
    "removed bodies": mutate_bodies.removed,
    "leads": mutate_bodies.lead_moved,
    "roles": mutate_bodies.roles,
    "references": mutate_bodies.references,
    "validity": mutate_bodies.validity,
    "status": mutate_bodies.status,
    "added clauses": mutate_clauses.added,
    "removed clauses": mutate_clauses.removed,
    "moved clauses": mutate_clauses.moved,
    "split clauses": mutate_clauses.split,
    "wording": mutate_clauses.wording,
}
"""What is planted; either text of a pair may be the one that was edited."""
EQUALS: dict[str, Planter] = {
    "notation": mutate_forms.notation,
    "labels": mutate_clauses.relabelled,
    "renamed": mutate_forms.renamed,
}
"""What is planted and is no change; ``FORMS`` are written over a whole text."""

_QUIET = 0.25
"""Share of the pairs in which nothing but form differs."""
_MOST_EDITS = 6
_MOST_NOTATIONS = 3


def all_units() -> list[Unit]:
    """Return every text with gold that is here, whole and by document."""
    found: list[Unit] = []
    for case in cases():
        found += units(case.name, read_text(case.text), case.read_gold())
    return [unit for unit in found if unit.clauses]


def pairs(here: list[Unit], count: int, seed: int) -> Iterator[Pair]:
    """Yield so many pairs; the same seed gives the same pairs."""
    number = made = 0
    while here and made < count and number < count * 3:
        unit = here[number % len(here)]
        pair = make(unit, number, seed)
        number += 1
        if pair is not None:
            made += 1
            yield pair


def make(unit: Unit, number: int, seed: int) -> Pair | None:
    """Return the pair with a number, None where nothing of what was drawn fits the text."""
    chance = random.Random(f"{seed}/{number}/{unit.name}")
    quiet = chance.random() < _QUIET
    planned: list[tuple[Edit, bool]] = []
    if not quiet:
        wanted = chance.randint(1, _MOST_EDITS)
        kinds = chance.sample(list(PLANTERS), len(PLANTERS)) * 2
        for kind in kinds:
            if len(planned) < wanted:
                _draw(unit, PLANTERS[kind], planned, chance)
        if not planned:
            return None
    for kind in chance.sample(list(EQUALS), len(EQUALS))[: chance.randint(0, 2)]:
        for _ in range(_MOST_NOTATIONS if kind == "notation" else 1):
            _draw(unit, EQUALS[kind], planned, chance)
    pair = plant(unit, planned, f"{number:04d}-{unit.name.replace('/', '-')}")
    for family in chance.sample(list(FORMS), len(FORMS))[: chance.randint(1 if quiet else 0, 3 if quiet else 1)]:
        old_side = chance.random() < 0.5
        text = pair.old if old_side else pair.new
        replacements = FORMS[family](text, chance)
        if replacements and Layout(text, replacements).text != text:
            pair = reshape(pair, old_side, replacements, family)
    if unit.width is not None:
        for old_side in (True, False):
            pair = reshape(pair, old_side, rewrap(pair.old if old_side else pair.new, unit.width))
    return pair if pair.old != pair.new else None


def _draw(unit: Unit, planter: Planter, planned: list[tuple[Edit, bool]], chance: random.Random) -> None:
    """Plan one more edit of a kind if one goes with those that are planned."""
    candidates = list(planter(unit, chance))
    for edit in chance.sample(candidates, len(candidates)):
        if all(_together(edit, other) for other, _ in planned):
            turned = chance.random() < 0.5 if edit.turned is None else edit.turned
            planned.append((edit, turned))
            return


def _together(edit: Edit, other: Edit) -> bool:
    """Tell whether two edits leave each other alone."""
    if edit.structural and other.structural:
        return False
    if edit.clauses & other.clauses or (edit.kind == other.kind and not edit.clauses):
        return False
    return not overlap((*edit.after, *edit.before), (*other.after, *other.before))
