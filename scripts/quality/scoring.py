"""Figures of layers: precision, recall, F1, for one file and pooled over several."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scripts.quality.layers import Layer, Row

SHORT_HASH = 8
"""Hexadecimal digits that name a row: a few thousand rows, so two alike in one layer of one file are unlikely."""


@dataclass(frozen=True)
class Figures:
    """Counts of one layer."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of the found rows that are right; where nothing was found, 1 if nothing was wanted."""
        return self.hits / self.found if self.found else float(self.wanted == 0)

    @property
    def recall(self) -> float:
        """Share of the wanted rows that were found; 1 where nothing was wanted."""
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1 where there was nothing to find and nothing was found."""
        total = self.found + self.wanted
        return 2 * self.hits / total if total else 1.0

    def value(self, layer: str) -> float:
        """The figure that a floor holds: recall for the layers that are recall only, F1 for the others.

        >>> Figures(hits=1, found=1, wanted=2).value("anomalies (recall)")
        0.5
        """
        return self.recall if layer.endswith("(recall)") else self.f1


def figures(layers: Mapping[str, Layer]) -> dict[str, Figures]:
    """Return the counts of each layer of one file."""
    return {name: Figures(layer.hits, layer.found.total(), layer.wanted.total()) for name, layer in layers.items()}


def pool(files: Iterable[Mapping[str, Figures]]) -> dict[str, Figures]:
    """Return the sums over files, each layer over the files that have it."""
    pooled: dict[str, Figures] = {}
    for one in files:
        for name, counts in one.items():
            pooled[name] = pooled.get(name, Figures()) + counts
    return pooled


def named_rows(layer: Layer) -> dict[str, Row]:
    """Return the wrong rows of a layer by short name: ``-`` and hash for a missed row, ``+`` and hash for an extra one.

    The name of a row is the same in every run; the second of two equal rows has another name than the first.
    """
    names: dict[str, Row] = {}
    for sign, rows in (("-", layer.missed), ("+", layer.extra)):
        seen: Counter[Row] = Counter()
        for row in rows:
            names[sign + row_hash(row, seen[row])] = row
            seen[row] += 1
    return names


def row_hash(row: Row, occurrence: int = 0) -> str:
    """Return the short hash of a row."""
    parts = [",".join(sorted(part)) if isinstance(part, frozenset) else str(part) for part in row]
    return hashlib.sha256("\x1f".join([*parts, str(occurrence)]).encode()).hexdigest()[:SHORT_HASH]


def row_text(row: Row) -> str:
    """Return a row as one line for people."""
    parts = []
    for part in row:
        if isinstance(part, (tuple, frozenset)):
            parts.append("/".join(sorted(part) if isinstance(part, frozenset) else part) or "–")
        elif isinstance(part, float):
            parts.append(f"{part:g}")
        else:
            parts.append(str(part))
    return " | ".join(parts)
