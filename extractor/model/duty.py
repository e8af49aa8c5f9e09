"""Who answers for what (举措与责任)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from extractor.model.commitment import Deadline
from extractor.model.span import Span

Role = Literal["lead", "responsible", "support", "supervisor", "payer", "interpreter"]
Basis = Literal["parenthetical", "line", "table", "sentence", "inherited"]
BodyKind = Literal[
    "party",
    "government",
    "vertical",
    "mass",
    "zone",
    "enterprise",
    "institution",
    "court",
    "leading-group",
    "group",
    "system",
    "other",
]
Level = Literal["national", "province", "city", "county", "township", "other"]


class Unit(Struct, frozen=True, kw_only=True, gc=False):
    """One enumerated body as it is mentioned (单位)."""

    mention: Annotated[str, Meta(description="The characters of the mention, without 等.")]
    span: Span
    name: Annotated[str | None, Meta(description="Full name where it is known.")] = None
    id: Annotated[str | None, Meta(description="Stable id: GB/T 2260 code of the seat and base name.")] = None
    kind: Annotated[
        BodyKind, Meta(description="What kind of body it is; group: a phrase for several; system: a bare field name.")
    ] = "other"
    level: Annotated[Level, Meta(description="Administrative level of its seat.")] = "other"
    successor: Annotated[
        str | UnsetType,
        Meta(description="What the body is called since a reform that the text is later than; absent where none is."),
    ] = UNSET


class Responsibility(Struct, frozen=True, kw_only=True, gc=False):
    """Who answers for a measure (责任单位、牵头单位、配合单位)."""

    role: Annotated[
        Role,
        Meta(description="lead 牵头, responsible 责任, support 配合, supervisor 指导, payer 出资, interpreter 解释."),
    ]
    basis: Annotated[
        Basis, Meta(description="Where the statement stands: bracket, line, table, sentence, or inherited.")
    ]
    units: Annotated[tuple[Unit, ...], Meta(description="The bodies in the order of the text.")]
    span: Span
    covers: Annotated[
        Span,
        Meta(
            description="What this answers for: back to the statement before; the sentence; the clause that inherits."
        ),
    ]
    rule: Annotated[str, Meta(description="Name of the rule that read it.")]
    concluded: Annotated[
        Literal["convention"] | None, Meta(description="Set where the role follows from a convention.")
    ] = None
    because: Annotated[Span | None, Meta(description="Span of the convention.")] = None
    open_ended: Annotated[bool, Meta(description="The list says 等.")] = False
    label: Annotated[str | None, Meta(description="The label as printed, e.g. 责任部门.")] = None
    deadline: Annotated[Deadline | None, Meta(description="完成时限 given with the statement.")] = None


class Measure(Struct, frozen=True, kw_only=True, gc=False):
    """Something that is to be done (举措), with those who answer for it."""

    id: Annotated[str, Meta(description="Id within the issue, e.g. d2/m1.")]
    span: Span
    clause_id: Annotated[str | None, Meta(description="Clause that carries it; null outside any clause.")] = None
    title: Annotated[str | None, Meta(description="Heading of the clause, or its first sentence.")] = None
    responsibilities: Annotated[tuple[Responsibility, ...], Meta(description="Statements of responsibility.")] = ()
