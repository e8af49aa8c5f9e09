"""What a decision changes in another text, and what became of it there (修改决定)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.change import Diff, Edition
from extractor.model.span import Span

AMENDED_SCHEMA_VERSION = "1.0"

OperationKind = Literal[
    "replace",
    "replace-words",
    "replace-everywhere",
    "insert-words",
    "delete",
    "delete-words",
    "add",
    "renumber",
    "split",
    "reorder",
    "repeal",
    "unread",
]
RefusedReason = Literal[
    "target-missing",
    "target-several",
    "words-missing",
    "words-several",
    "text-missing",
    "place-missing",
    "number-taken",
    "number-differs",
    "not-of-this-text",
    "text-repealed",
    "not-understood",
]


class Address(Struct, frozen=True, kw_only=True, gc=False):
    """A provision: 第三条第二款第(一)项."""

    article: Annotated[str | None, Meta(description="Label of the article, chapter or section: 第三条.")] = None
    paragraph: Annotated[int | None, Meta(description="Number of the paragraph (款), from 1.")] = None
    item: Annotated[str | None, Meta(description="Label of the item (项): (一).")] = None


class Operation(Struct, frozen=True, kw_only=True, gc=False):
    """One instruction of an amending decision."""

    kind: Annotated[OperationKind, Meta(description="What is to be done.")]
    span: Annotated[Span, Meta(description="Where the decision says it.")]
    said: Annotated[str, Meta(description="The words of the decision.")] = ""
    of: Annotated[str | None, Meta(description="Title of the text that it changes, where the decision says it.")] = None
    target: Annotated[Address | None, Meta(description="What it is done to, by the numbers of before.")] = None
    places: Annotated[tuple[Address, ...], Meta(description="The numbers that it, or what is added, bears then.")] = ()
    level: Annotated[
        Literal["article", "paragraph", "item"] | None, Meta(description="What is added: 条, 款 or 项.")
    ] = None
    after: Annotated[bool, Meta(description="What is added stands behind the target, not in it.")] = False
    words: Annotated[str | None, Meta(description="Words that go, or beside which others come.")] = None
    text: Annotated[str | None, Meta(description="What comes, a paragraph a line.")] = None
    everywhere: Annotated[bool, Meta(description="Wherever the words stand (均, 统一), not in one place.")] = False


class Outcome(Struct, frozen=True, kw_only=True, gc=False):
    """What became of an instruction in a text."""

    operation: Annotated[Operation, Meta(description="The instruction.")]
    reason: Annotated[RefusedReason | None, Meta(description="Why it was not carried out; null where it was.")] = None

    @property
    def applied(self) -> bool:
        """Whether it was carried out."""
        return self.reason is None


class Amended(Struct, frozen=True, kw_only=True, gc=False):
    """A text after a decision that amends it."""

    base: Annotated[Edition, Meta(description="The text before.")]
    decision: Annotated[Edition, Meta(description="The decision; spans of instructions point into its text.")]
    text: Annotated[str, Meta(description="The text after, a paragraph a line.")]
    outcomes: Annotated[tuple[Outcome, ...], Meta(description="Each instruction, in the order of the decision.")]
    doubled: Annotated[tuple[str, ...], Meta(description="Numbers of articles that two of them bear.")] = ()
    differences: Annotated[
        Diff | None, Meta(description="From the text after to a consolidated one; null where none was given.")
    ] = None
    schema_version: Annotated[str, Meta(description="Version of this format.")] = AMENDED_SCHEMA_VERSION

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """What the decision says of this text and was not carried out; what it says of others is not among it."""
        return tuple(outcome for outcome in self.outcomes if outcome.reason not in (None, "not-of-this-text"))

    @property
    def holds(self) -> bool:
        """Whether all was carried out, no number stands twice, and a consolidated text says the same."""
        return not (self.refused or self.doubled or (self.differences is not None and self.differences.differs))
