"""Names that are one slip of writing away from the name of an office (R67): 工业和信息局 for 工业和信息化局."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from extractor import lexicon

_SHORTEST = 5
"""Characters of the shortest name that is compared: of four, one other makes another office (农业局, 林业局)."""
_TELLING = 8
"""Characters from which one wrong character is a slip too; in shorter names only a lost, doubled or swapped one is."""
_SUFFIXES = ("局", "厅", "委", "委员会")


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    words = lexicon.load("offices")
    fields = {*words["full"]["fields"], *words["fields"].values()}
    offices = {field + suffix for field in fields for suffix in _SUFFIXES}
    return tuple(sorted(name for name in offices if len(name) >= _SHORTEST))


@lru_cache(maxsize=1024)
def meant(name: str) -> str | None:
    """The office of which ``name``, without its place, is a slip of writing; None where none or several are as near.

    Wrong where an office is called nearly like another: only for names that nothing else knows.

    >>> meant("工业和信息局"), meant("人力资源和社保保障局"), meant("城建局"), meant("农业发展局")
    ('工业和信息化局', '人力资源和社会保障局', None, None)
    """
    if len(name) < _SHORTEST or not name.endswith(_SUFFIXES):
        return None
    near = process.extract(name, _known(), scorer=OSA.distance, score_cutoff=1, limit=None)
    slips = [other for other, distance, _ in near if distance == 1 and _is_slip(name, other)]
    return slips[0] if len(slips) == 1 else None


def _is_slip(name: str, other: str) -> bool:
    return len(name) != len(other) or sorted(name) == sorted(other) or len(name) >= _TELLING
