"""One official document (公文) inside an issue."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from extractor.model.commitment import Commitment, Milestone
from extractor.model.duty import Level, Measure
from extractor.model.people import Appointment, Contact, RosterEntry
from extractor.model.span import Date, Span

BlockKind = Literal[
    "title",
    "doc-number",
    "addressees",
    "preamble",
    "paragraph",
    "item",
    "table",
    "signature",
    "date",
    "attachments",
    "note",
    "other",
]


FactBasis = Literal["metadata", "concluded"]


class Bases(Struct, frozen=True, kw_only=True, gc=False):
    """Which facts of a document are not printed in its own text, and where they come from (依据).

    Null: the value, if there is one, is printed. ``metadata``: the document does not say it, a metadata box of the web
    page does (S77: the claim of a site, which can be stale). ``concluded``: it follows from what the document says
    (自印发之日起, 有效期五年: S68, S70).
    """

    title: Annotated[FactBasis | None, Meta(description="Of the title.")] = None
    doc_number: Annotated[FactBasis | None, Meta(description="Of the 文号.")] = None
    issuers: Annotated[FactBasis | None, Meta(description="Of the issuers.")] = None
    date: Annotated[FactBasis | None, Meta(description="Of the date.")] = None
    level: Annotated[FactBasis | None, Meta(description="Of the level; it follows from the issuers.")] = None
    effective_from: Annotated[FactBasis | None, Meta(description="Of the first day in force.")] = None
    effective_to: Annotated[FactBasis | None, Meta(description="Of the last day in force.")] = None


class DocNumber(Struct, frozen=True, kw_only=True, gc=False):
    """发文字号: issuer's code, year and serial."""

    text: Annotated[str, Meta(description="As printed.")]
    code: Annotated[str | None, Meta(description="机关代字, e.g. 锡府办.")] = None
    year: Annotated[int | None, Meta(description="Year in the brackets.")] = None
    serial: Annotated[int | None, Meta(description="Serial number; null where it is blank.")] = None
    span: Annotated[Span | None, Meta(description="Where it stands; null where the text does not print it.")] = None


class Block(Struct, frozen=True, kw_only=True, gc=False):
    """A tile of a document; blocks leave no character out."""

    kind: Annotated[BlockKind, Meta(description="What the block is.")]
    span: Span
    clause_id: Annotated[str | None, Meta(description="Clause that the block belongs to.")] = None


class Clause(Struct, frozen=True, kw_only=True, gc=False):
    """A labelled unit (条款): 一、（一）1.（1）① 第X章 第X条, or a row of a task table."""

    id: Annotated[str, Meta(description="Document id and path; a repeated path gets ~2, ~3.")]
    path: Annotated[tuple[str, ...], Meta(description="Normalised labels from the top.")]
    label: Annotated[str | None, Meta(description="Label as printed; null where the source lost it.")]
    span: Span
    parent_id: Annotated[str | None, Meta(description="Enclosing clause.")] = None
    heading: Annotated[str | None, Meta(description="Heading sentence without label and final punctuation.")] = None
    repaired: Annotated[bool, Meta(description="The label was concluded from the sequence.")] = False


class Reference(Struct, frozen=True, kw_only=True, gc=False):
    """A mention of another document or law (引用)."""

    title: Annotated[str, Meta(description="Title inside 《》, without the marks.")]
    span: Span
    relation: Annotated[
        Literal["cites", "implements", "based-on", "repeals", "amends", "extends", "issues", "forwards"],
        Meta(description="How it is cited."),
    ] = "cites"
    doc_number: Annotated[DocNumber | None, Meta(description="文号 given with it.")] = None
    document_id: Annotated[str | None, Meta(description="Document of this issue that is meant.")] = None
    clause_id: Annotated[str | None, Meta(description="Clause; null outside any clause.")] = None
    short_name: Annotated[str | None, Meta(description="Short name that is defined here (以下简称《条例》).")] = None
    full_title: Annotated[
        str | None, Meta(description="Title that this short name stands for, where the text defined it before.")
    ] = None
    provisions: Annotated[
        tuple[str, ...], Meta(description="Articles of it that are named (第五十七条第二款), as printed.")
    ] = ()


class InternalReference(Struct, frozen=True, kw_only=True, gc=False):
    """A mention of a provision or an attachment of the document itself (内部引用): 本办法第八条, 前款, 附件2."""

    text: Annotated[str, Meta(description="As printed.")]
    span: Span
    clause_id: Annotated[str | None, Meta(description="Clause in which it stands; null outside any clause.")] = None
    clause_ids: Annotated[
        tuple[str, ...], Meta(description="Clauses that are meant, several for a range or a list of items.")
    ] = ()
    paragraph: Annotated[int | None, Meta(description="款 of the article, counted from 1.")] = None
    document_id: Annotated[str | None, Meta(description="Attachment that is meant; null for a provision.")] = None


class TableRow(Struct, frozen=True, kw_only=True, gc=False):
    """One row; a cell is its span (null where it is empty)."""

    cells: Annotated[tuple[Span | None, ...], Meta(description="Spans of the cells from left to right.")]
    span: Span


class Table(Struct, frozen=True, kw_only=True, gc=False):
    """A table of the text (表)."""

    span: Span
    header: Annotated[TableRow | None, Meta(description="Header row where one was found.")]
    rows: Annotated[tuple[TableRow, ...], Meta(description="Rows below the header.")]
    merged: Annotated[
        tuple[tuple[int, int], ...],
        Meta(description="Row and column, from 0, of the empty cells that a merged cell of a row above covers."),
    ] = ()


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """One document of an issue (文件); an annexed plan is a document of its own."""

    id: Annotated[str, Meta(description="d1, d2 … in the order of the text.")]
    span: Annotated[Span, Meta(description="From its title to its last word.")]
    blocks: Annotated[tuple[Block, ...], Meta(description="Tiles of the document.")]
    parent_id: Annotated[str | None, Meta(description="Document that carries this one (a logical tie).")] = None
    section: Annotated[str | None, Meta(description="Section (栏目) it stands in.")] = None
    title: Annotated[
        str | None, Meta(description="Title as printed with line breaks removed; null where there is none.")
    ] = None
    genre: Annotated[str | None, Meta(description="文种: 通知, 意见, 方案 …")] = None
    doc_number: Annotated[DocNumber | None, Meta(description="发文字号.")] = None
    issuers: Annotated[tuple[str, ...], Meta(description="署名.")] = ()
    addressees: Annotated[tuple[str, ...], Meta(description="主送机关.")] = ()
    date: Annotated[Date | None, Meta(description="成文日期, YYYY-MM-DD or as much as is printed.")] = None
    status: Annotated[Literal["final", "draft"], Meta(description="draft: 征求意见稿 and the like.")] = "final"
    level: Annotated[Level | None, Meta(description="Level of the issuer of this text.")] = None
    effective_from: Annotated[Date | None, Meta(description="In force from.")] = None
    effective_to: Annotated[Date | None, Meta(description="In force to.")] = None
    bases: Annotated[Bases, Meta(description="Where facts come from that are not printed.")] = Bases()
    clauses: Annotated[tuple[Clause, ...], Meta(description="The clause tree in the order of the text.")] = ()
    measures: Annotated[tuple[Measure, ...], Meta(description="What is to be done and who answers for it.")] = ()
    commitments: Annotated[
        tuple[Commitment, ...], Meta(description="Numbers that are promised, required or granted.")
    ] = ()
    milestones: Annotated[tuple[Milestone, ...], Meta(description="Dated promises without a number.")] = ()
    references: Annotated[tuple[Reference, ...], Meta(description="Other documents that are named.")] = ()
    internal_references: Annotated[
        tuple[InternalReference, ...], Meta(description="Own provisions and attachments that are named.")
    ] = ()
    appointments: Annotated[tuple[Appointment, ...], Meta(description="Personnel decisions.")] = ()
    roster: Annotated[tuple[RosterEntry, ...], Meta(description="Members of a group or rows of a duty table.")] = ()
    contacts: Annotated[tuple[Contact, ...], Meta(description="Telephones, addresses and contact persons.")] = ()
    tables: Annotated[tuple[Table, ...], Meta(description="Tables of the text.")] = ()
