"""Why a value is what it is, step by step (溯因)."""

from __future__ import annotations

from msgspec import Struct

from extractor.model.span import Span


class Step(Struct, frozen=True, kw_only=True, gc=False):
    """One thing that made a value: a rule, or a step on its way, and the characters that it read."""

    name: str
    """Name of the rule or the step, as lexicon/rules.toml lists it."""
    is_rule: bool
    """Whether it is a rule that decided; else a step that follows from one."""
    meaning: str
    zh: str
    """The same in Chinese, for readable forms."""
    span: Span | None = None
    """Characters that it read; null where it read none of the text."""
    quote: str | None = None
    line: int | None = None
    """Line of the source where the issue was parsed with places, else of the text."""
    page: int | None = None


class Explanation(Struct, frozen=True, kw_only=True, gc=False):
    """How a value came to be (溯因)."""

    id: str
    kind: str
    """commitment, milestone, measure, responsibility, unit, clause, document or field."""
    steps: tuple[Step, ...]
