"""Persons and posts (人事)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from extractor.model.span import Date, Span


class Appointment(Struct, frozen=True, kw_only=True, gc=False):
    """A personnel decision (任免)."""

    person: Annotated[str, Meta(description="Name without the spaces of the print.")]
    action: Annotated[str, Meta(description="任命, 免去, …")]
    post: Annotated[str, Meta(description="Post as printed.")]
    span: Span


class RosterEntry(Struct, frozen=True, kw_only=True, gc=False):
    """A line of a list of members or of a duty table (名单、值班表)."""

    person: Annotated[str, Meta(description="Name without the spaces of the print.")]
    span: Span
    role: Annotated[str | None, Meta(description="组长, 成员, or the header of the column.")] = None
    post: Annotated[str | None, Meta(description="Post as printed.")] = None
    date: Annotated[Date | None, Meta(description="Date of the row of a duty table.")] = None
    duties: Annotated[str | None, Meta(description="What a note says that the person is in charge of.")] = None


class Contact(Struct, frozen=True, kw_only=True, gc=False):
    """联系人, telephone, fax or e-mail of a document."""

    kind: Annotated[str, Meta(description="person, telephone, fax, email or address.")]
    value: Annotated[str, Meta(description="As printed.")]
    span: Span
