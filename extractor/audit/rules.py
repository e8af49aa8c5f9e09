"""What each rule means: one list in ``lexicon/rules.toml``."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

import msgspec

from extractor import lexicon

Room = Literal[
    "commitments",
    "refused",
    "dates",
    "places",
    "duty_bases",
    "duty_forms",
    "duty_sentences",
    "milestones",
    "facts",
    "steps",
]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the list."""

    meaning: str
    zh: str
    """The same in Chinese, for readable forms."""
    reason: str | None = None
    """Why no result claims what the rule decided (see :func:`reasons`)."""


@cache
def rules(room: Room) -> dict[str, Rule]:
    """The rules of a room by name.

    >>> rules("refused")["attribute"].reason
    'condition'
    """
    return msgspec.convert(lexicon.load("rules")[room], dict[str, Rule])


@lru_cache(maxsize=1)
def reasons() -> dict[str, str]:
    """The reasons for which something is in no result, with the words of readable forms."""
    return msgspec.convert(lexicon.load("rules")["reasons"], dict[str, str])


def of_duty(rule: str) -> tuple[Rule, ...]:
    """What the rule of a responsibility means: its basis and its form, or for a sentence the whole.

    >>> [part.zh for part in of_duty("parenthetical-predicate-together")][1]
    '“甲会同乙”：甲牵头或负责，乙配合'
    """
    if (whole := rules("duty_sentences").get(rule)) is not None:
        return (whole,)
    basis, _, form = rule.partition("-")
    signed = form.endswith("-sign")
    names = [form.removesuffix("-sign"), *(["sign"] if signed else [])]
    return (rules("duty_bases")[basis], *(rules("duty_forms")[name] for name in names))
