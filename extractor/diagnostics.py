"""What is noticed in the source: one list of codes with severity and meaning, in ``lexicon/diagnostics.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from extractor import lexicon
from extractor.model import Diagnostic, Severity, Span


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the list."""

    severity: Severity
    meaning: str
    zh: str
    """The meaning in a few Chinese words, for readable forms."""
    see: str
    """Number of the phenomenon in the handbook."""


@lru_cache(maxsize=1)
def codes() -> dict[str, Code]:
    """Every code that a diagnostic may have, room by room.

    >>> codes()["clause.number-missing"].severity
    'warning'
    """
    rooms: dict[str, Any] = {name: room for name, room in lexicon.load("diagnostics").items() if name != "origin"}
    return {code: msgspec.convert(row, Code) for room in rooms.values() for code, row in room.items()}


def notice(code: str, message: str, span: Span | None = None, removed: int | None = None) -> Diagnostic:
    """A diagnostic of a known code; its severity is that of the list.

    >>> notice("text.date-impossible", "the calendar has no such day", (3, 9)).severity
    'warning'
    """
    return Diagnostic(code=code, severity=codes()[code].severity, message=message, span=span, removed=removed)


def settle(noticed: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In order of the text, and a slip is told once: a general code gives way to one that knows more of the same place.

    Of one code the first :data:`MOST_OF_A_CODE` are told, then one that says how many more there are.

    >>> two = [notice("text.bracket-lost", "", (4, 9)), notice("contents.bracket-lost", "", (4, 12))]
    >>> [diagnostic.code for diagnostic in settle(two)]
    ['contents.bracket-lost']
    """
    ordered = sorted(noticed, key=lambda diagnostic: (diagnostic.span or (-1, -1), diagnostic.code))
    special = [d.span for d in ordered if d.span and not _is_general(d) and d.code not in _OF_WHOLE]
    kept: list[Diagnostic] = []
    at = 0
    for diagnostic in ordered:
        span = diagnostic.span
        if span is not None and _is_general(diagnostic):
            while at < len(special) and special[at][1] <= span[0]:
                at += 1
            near = special[at : at + _NEAR]
            if any(start < span[1] and span[0] < end and end - start < _WIDE for start, end in near):
                continue
        kept.append(diagnostic)
    return _limited(kept)


_OF_WHOLE = frozenset({"document.title-missing"})
"""Codes that point at the beginning of what they are about, and know nothing of the characters there."""
MOST_OF_A_CODE = 100
"""Diagnostics of one code that an issue is given; a page of broken brackets would bury all the others.

No gazette seen has more than twenty of one code; what goes beyond is damage to the file and is told by its number."""


def _limited(ordered: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first of each code up to the limit; then one of that code that says how many more there are."""
    total = Counter(diagnostic.code for diagnostic in ordered)
    if not total or max(total.values()) <= MOST_OF_A_CODE:
        return tuple(ordered)
    told: Counter[str] = Counter()
    kept: list[Diagnostic] = []
    for diagnostic in ordered:
        code = diagnostic.code
        told[code] += 1
        if told[code] <= MOST_OF_A_CODE:
            kept.append(diagnostic)
        elif told[code] == MOST_OF_A_CODE + 1:
            message = f"{total[code] - MOST_OF_A_CODE} more of this code, the first of them here."
            kept.append(notice(code, message, diagnostic.span, diagnostic.removed))
    return tuple(kept)


_NEAR = 8
"""Special diagnostics that are looked at for one general one; more than a few never share a place."""
_WIDE = 60
"""A special diagnostic over more characters than this is about the whole line and hides no slip in it."""


def _is_general(diagnostic: Diagnostic) -> bool:
    return diagnostic.code.startswith("text.")
