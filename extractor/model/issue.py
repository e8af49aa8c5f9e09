"""One gazette issue (期)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from extractor.model.diagnostic import Diagnostic
from extractor.model.document import Document
from extractor.model.masthead import ContentsEntry, Masthead
from extractor.model.place import PlacedRun
from extractor.model.source import Source
from extractor.model.span import Span

SCHEMA_VERSION: Literal["1.0"] = "1.0"

IssueBlockKind = Literal["masthead", "contents", "section-heading", "note"]


class Generator(Struct, frozen=True, kw_only=True, gc=False):
    """What made the output."""

    name: Annotated[str, Meta(description="Always gazette-extractor.")]
    version: Annotated[str, Meta(description="Version of the program.")]
    lexicon: Annotated[str, Meta(description="Fingerprint of the word lists.")]
    extras: Annotated[tuple[str, ...], Meta(description="Optional parts that took part.")] = ()


class IssueBlock(Struct, frozen=True, kw_only=True, gc=False):
    """A piece of text that belongs to the issue itself and to no document."""

    kind: Annotated[IssueBlockKind, Meta(description="What the block is.")]
    span: Span


class Issue(Struct, frozen=True, kw_only=True, gc=False):
    """One parsed gazette issue: everything points into its text."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this schema.")] = SCHEMA_VERSION
    generator: Annotated[Generator, Meta(description="What made this output.")]
    source: Annotated[Source, Meta(description="The file that was read.")]
    text: Annotated[str, Meta(description="Reading text; every span points into it.")]
    issue: Annotated[Masthead, Meta(description="What the issue says about itself.")]
    contents: Annotated[tuple[ContentsEntry, ...], Meta(description="Entries of the table of contents.")] = ()
    blocks: Annotated[
        tuple[IssueBlock, ...], Meta(description="Text of the issue itself; with the documents they tile the text.")
    ] = ()
    documents: Annotated[tuple[Document, ...], Meta(description="The documents in the order of the text.")] = ()
    diagnostics: Annotated[
        tuple[Diagnostic, ...], Meta(description="What looks wrong in the source, in the order of the text.")
    ] = ()
    places: Annotated[
        tuple[PlacedRun, ...] | UnsetType,
        Meta(description="Where each run of the text stands in the source; left out unless it was asked for."),
    ] = UNSET
