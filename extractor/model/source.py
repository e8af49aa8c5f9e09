"""Where the text came from and what was taken out of it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

RemovedKind = Literal[
    "page-number", "page-marker", "running-head", "chrome", "control", "watermark", "footnote", "other"
]


class Removed(Struct, frozen=True, kw_only=True, gc=False):
    """A piece of page furniture or site chrome that is not part of the reading text (页眉、页码、网站栏目)."""

    kind: Annotated[RemovedKind, Meta(description="What it is.")]
    text: Annotated[str, Meta(description="The characters that were taken out, as in the source.")]
    line: Annotated[int, Meta(description="Line of the source, counted from 1.", ge=1)]
    at: Annotated[int, Meta(description="Offset in the reading text where the piece stood.", ge=0)]
    page: Annotated[int | None, Meta(description="Page of the source, where it has pages.")] = None


class SourceField(Struct, frozen=True, kw_only=True, gc=False):
    """A row of a metadata box that a web page puts beside a document (索引号, 发文字号, 成文日期 …)."""

    name: Annotated[str, Meta(description="Name of the row without spaces and colon.")]
    value: Annotated[str, Meta(description="Value as printed, without the spaces around; empty where none is given.")]
    removed: Annotated[
        Annotated[int, Meta(ge=0)] | None, Meta(description="Index into source.removed of the piece it stands in.")
    ] = None


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """The file that was read (来源文件)."""

    name: Annotated[str, Meta(description="File name without folders.")]
    media_type: Annotated[str, Meta(description="Media type found by the bytes, not by the name.")]
    sha256: Annotated[str, Meta(description="SHA-256 of the bytes, lower-case hexadecimal.", pattern="^[0-9a-f]{64}$")]
    encoding: Annotated[str | None, Meta(description="Character encoding that was found.")] = None
    pages: Annotated[int | None, Meta(description="Number of pages where the source has pages.")] = None
    removed: Annotated[tuple[Removed, ...], Meta(description="Furniture and chrome taken out of the text.")] = ()
    fields: Annotated[tuple[SourceField, ...], Meta(description="Rows of the metadata boxes, as printed.")] = ()
