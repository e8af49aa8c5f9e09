"""What a lower text makes of the one above it (承接): 省 → 市 → 区."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.change import Edition, Side
from extractor.model.duty import Role
from extractor.model.span import Span

CASCADE_SCHEMA_VERSION = "1.0"

Kinship = Literal["words", "heading", "name", "number"]
Verdict = Literal[
    "same", "higher", "lower", "share", "listed", "earlier", "later", "counterpart", "missing", "local"
]  # fmt: skip


class Task(Struct, frozen=True, kw_only=True, gc=False):
    """A measure of one of the two texts (举措)."""

    document_id: Annotated[str, Meta(description="Document of that text.")]
    measure_id: Annotated[str, Meta(description="Measure of that text.")]
    span: Annotated[Span, Meta(description="The clause without its sub-clauses, or the paragraph.")]
    title: Annotated[str | None, Meta(description="Heading of the clause, or its first sentence.")] = None
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
    path: Annotated[tuple[str, ...], Meta(description="Path of the clause.")] = ()


class Counterpart(Struct, frozen=True, kw_only=True, gc=False):
    """A measure of the lower text that takes up one of the upper text."""

    task: Annotated[Task, Meta(description="The measure of the lower text.")]
    alike: Annotated[
        float, Meta(description="Weighted share of common words and of the heading, 0 to 1; an estimate, no proof.")
    ]
    basis: Annotated[
        tuple[Kinship, ...],
        Meta(description="What speaks for it: words, heading, a name in quotation marks, a number of one indicator."),
    ]


class Beside(Struct, frozen=True, kw_only=True, gc=False):
    """Something that one of two texts says, and what the other says in its place."""

    kind: Annotated[Literal["number", "deadline", "body"], Meta(description="What is held side by side.")]
    verdict: Annotated[
        Verdict,
        Meta(
            description="Of the lower text: same; number higher or lower; share: both texts say whose total it is, and "
            "the areas differ; listed: two totals, of which the texts do not say whose they are; deadline earlier or "
            "later; counterpart: body of the same system elsewhere; missing below; local: not above."
        ),
    ]
    about: Annotated[str | None, Meta(description="Indicator of a number.")] = None
    upper: Annotated[Side | None, Meta(description="The upper text; null where only the lower one says it.")] = None
    lower: Annotated[Side | None, Meta(description="The lower text; null where only the upper one says it.")] = None
    upper_role: Annotated[Role | None, Meta(description="Role of a body in the upper text.")] = None
    lower_role: Annotated[Role | None, Meta(description="Role of a body in the lower text.")] = None


class Uptake(Struct, frozen=True, kw_only=True, gc=False):
    """A measure of the upper text, and what becomes of it below."""

    task: Annotated[Task, Meta(description="The measure of the upper text.")]
    lower: Annotated[
        tuple[Counterpart, ...], Meta(description="Measures that take it up, the likest first; none: it is missing.")
    ] = ()
    beside: Annotated[
        tuple[Beside, ...], Meta(description="Numbers, deadlines and bodies of both; empty where it is missing.")
    ] = ()


class Cascade(Struct, frozen=True, kw_only=True, gc=False):
    """Which measures of an upper text a lower one takes up, and where (上下级文件承接对照)."""

    upper: Annotated[Edition, Meta(description="The upper text.")]
    lower: Annotated[Edition, Meta(description="The lower text.")]
    uptakes: Annotated[tuple[Uptake, ...], Meta(description="All measures of the upper text, in its order.")]
    local: Annotated[tuple[Task, ...], Meta(description="Measures of the lower text that take up none of these.")]
    schema_version: Annotated[str, Meta(description="Version of this format.")] = CASCADE_SCHEMA_VERSION

    @property
    def missing(self) -> tuple[Task, ...]:
        """Measures of the upper text that nothing below takes up."""
        return tuple(uptake.task for uptake in self.uptakes if not uptake.lower)
