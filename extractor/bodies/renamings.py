"""Bodies that a reform renamed, and texts that still use the old name (S103–S111, L62)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon


@dataclass(frozen=True, slots=True)
class Renaming:
    """One reform: how the old name ends, what it must hold, the last year in which it was right, the new name."""

    old: tuple[str, ...]
    holds: tuple[str, ...]
    until: int
    new: str


@lru_cache(maxsize=1)
def renamings() -> tuple[Renaming, ...]:
    """All renamings of the lexicon."""
    return tuple(
        Renaming(tuple(row["old"]), tuple(row.get("holds", ())), row["until"], row["new"])
        for row in lexicon.load("renamings")["renamed"]
    )


@lru_cache(maxsize=4096)
def stale(mention: str, year: int | None) -> Renaming | None:
    """The renaming that a text of ``year`` has missed; None where the name was right, or the year is not known.

    >>> stale("市银保监局", 2025).until, stale("市银保监局", 2022), stale("市银保监局", None)
    (2023, None, None)
    """
    if year is None:
        return None
    for row in renamings():
        if (
            year > row.until
            and mention.endswith(row.old)
            and (not row.holds or any(word in mention for word in row.holds))
        ):
            return row
    return None
