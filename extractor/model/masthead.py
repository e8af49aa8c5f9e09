"""What an issue says about itself (报头、刊期)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from extractor.model.span import Date, Span


class Masthead(Struct, frozen=True, kw_only=True, gc=False):
    """Series, number and date of an issue (刊名、期号、总期号、出版日期)."""

    series: Annotated[str | None, Meta(description="Name of the gazette series, e.g. 新吴区人民政府公报.")] = None
    title: Annotated[str | None, Meta(description="Title of the issue as printed.")] = None
    year: Annotated[int | None, Meta(description="Year of the issue.")] = None
    number: Annotated[
        int | None, Meta(description="Number within the year; the first one of a joint issue (合刊).")
    ] = None
    number_to: Annotated[int | None, Meta(description="Last number of a joint issue (合刊).")] = None
    total_number: Annotated[int | None, Meta(description="Running number 总第N期.")] = None
    supplement: Annotated[bool, Meta(description="Whether it is a supplement (增刊、专刊).")] = False
    published: Annotated[
        Date | None, Meta(description="Date of publication as far as it is printed: YYYY, YYYY-MM or YYYY-MM-DD.")
    ] = None
    publisher: Annotated[str | None, Meta(description="Body that publishes the gazette (主办).")] = None
    jurisdiction: Annotated[
        Annotated[str, Meta(pattern="^[0-9]{6}$")] | None,
        Meta(description="GB/T 2260 code of the issuing government; null where it is not known."),
    ] = None
    concluded: Annotated[
        tuple[str, ...],
        Meta(description="Fields that are not printed and follow from the documents: year, jurisdiction."),
    ] = ()


class ContentsEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the table of contents (目录)."""

    title: Annotated[str, Meta(description="Title as printed in the contents.")]
    span: Span
    section: Annotated[str | None, Meta(description="Section heading (栏目) above the entry.")] = None
    doc_number: Annotated[str | None, Meta(description="文号 printed with the entry.")] = None
    page: Annotated[int | None, Meta(description="Page printed with the entry.")] = None
    document_id: Annotated[
        str | None, Meta(description="Document that the entry points to; null where it is not printed.")
    ] = None
