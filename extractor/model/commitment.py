"""How much, and by when (量化承诺、时限)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.span import Date, Span

Comparator = Literal[">=", ">", "<=", "<", "=", "range", "about"]


class Deadline(Struct, frozen=True, kw_only=True, gc=False):
    """A date by which something is due (时限)."""

    text: Annotated[str, Meta(description="The phrase, e.g. 到2025年.")]
    date: Annotated[
        Date | None, Meta(description="YYYY, YYYY-MM or YYYY-MM-DD as precise as the text; null for 长期 and the like.")
    ]
    bound: Annotated[
        Literal["by", "before", "in"] | None,
        Meta(description="by 到…, before …前, in …内; null where the term names no date: 长期, 持续推进."),
    ]
    inherited: Annotated[bool, Meta(description="Stated earlier and carried on.")] = False
    span: Annotated[Span | None, Meta(description="Where the phrase stands.")] = None


class Normalized(Struct, frozen=True, kw_only=True, gc=False):
    """The value in base units, by exact factors only: months stay months, 亩 stay 亩."""

    value: Annotated[Decimal | None, Meta(description="Value in the base unit.")]
    upper: Annotated[Decimal | None, Meta(description="Upper end of a range.")]
    unit: Annotated[
        str, Meta(description="Base unit with its per-parts: 元, 元/人/月, 个/人口, 分钟 …; 1 for a pure ratio.")
    ]


class Tier(Struct, frozen=True, kw_only=True, gc=False):
    """The place of an amount among the tiers of one benefit (分档), with the bounds of its condition.

    Of the tiers of a set one applies, whichever condition is met; they stand in the order of the text.
    """

    set: Annotated[str, Meta(description="The same for all tiers of a set, e.g. d2/s1.")]
    index: Annotated[int, Meta(description="Place in the set, from 1.", ge=1)]
    of: Annotated[int, Meta(description="How many tiers the set has.", ge=2)]
    label: Annotated[str, Meta(description="What tells it from the others, in the words of the text: 二孩, 19-36个月.")]
    span: Annotated[Span, Meta(description="Where the label stands.")]
    lower: Annotated[Decimal | None, Meta(description="The least that its condition asks for, as written.")] = None
    lower_open: Annotated[
        bool | None, Meta(description="超过X leaves X out; null where two tiers meet in X and neither says 含.")
    ] = None
    upper: Annotated[Decimal | None, Meta(description="The most that its condition asks for, as written.")] = None
    upper_open: Annotated[bool | None, Meta(description="不足X leaves X out; null as for the lower end.")] = None
    unit: Annotated[str | None, Meta(description="Unit of the bounds: 个月, 万元, 周岁; null without bounds.")] = None


class Commitment(Struct, frozen=True, kw_only=True, gc=False):
    """A number with which the government promises, requires, limits or grants something (量化承诺)."""

    id: Annotated[str, Meta(description="Id within the issue, e.g. d2/c1.")]
    key: Annotated[str, Meta(description="Stable key over runs and file formats.")]
    span: Span
    indicator: Annotated[str | None, Meta(description="What is counted or measured, in the words of the text.")]
    comparator: Annotated[Comparator, Meta(description="How the value bounds the indicator.")]
    value: Annotated[Decimal | None, Meta(description="As written: 5 for 5万元; null where the source lost it.")]
    unit: Annotated[str, Meta(description="Unit as written with its per-parts: 元/人/月, /10万, 个/千人口.")]
    rule: Annotated[str, Meta(description="Name of the rule that read it.")]
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
    measure_id: Annotated[str | None, Meta(description="Measure that it belongs to.")] = None
    upper: Annotated[Decimal | None, Meta(description="Upper end of a range.")] = None
    normalized: Annotated[Normalized | None, Meta(description="Value in base units.")] = None
    change: Annotated[
        Literal["growth", "reduction", "new", "total"] | None, Meta(description="增长, 下降, 新增, 累计.")
    ] = None
    deadline: Annotated[Deadline | None, Meta(description="When it is due.")] = None
    per: Annotated[str | None, Meta(description="Recurrence: 每年, 每月, 一次性.")] = None
    scope: Annotated[str | None, Meta(description="Whom or what it is for.")] = None
    baseline: Annotated[str | None, Meta(description="What a change is measured against, e.g. 较2019年.")] = None
    tier: Annotated[Tier | None, Meta(description="Its place among the tiers of one benefit.")] = None
    strength: Annotated[Literal["must", "aim", "may"], Meta(description="确保 / 力争 / 鼓励.")] = "must"
    kind: Annotated[
        Literal["target", "benefit", "requirement"], Meta(description="Outcome, grant, or standing standard.")
    ] = "target"
    certainty: Annotated[Literal["stated", "concluded", "doubtful"], Meta(description="How sure the reading is.")] = (
        "stated"
    )


class Milestone(Struct, frozen=True, kw_only=True, gc=False):
    """A dated promise without a number of its own (时间节点)."""

    id: Annotated[str, Meta(description="Id within the issue, e.g. d2/t1.")]
    text: Annotated[str, Meta(description="What is to be reached.")]
    deadline: Annotated[Deadline, Meta(description="When it is due.")]
    span: Span
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
