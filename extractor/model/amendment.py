"""What a decision changes in another text, and what became of it there (修改决定)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.span import Span

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
    """A text after a decision."""

    text: Annotated[str, Meta(description="The text, a paragraph a line.")]
    outcomes: Annotated[tuple[Outcome, ...], Meta(description="Each instruction, in the order of the decision.")]
    doubled: Annotated[tuple[str, ...], Meta(description="Numbers of articles that two of them bear.")] = ()
