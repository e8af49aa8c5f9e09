"""Component gazette_people: appointments, lists of members, duty tables, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extractor import lexicon
from extractor.diagnostics import notice
from extractor.grammar.people import find_appointments, find_contacts, is_name, is_torn_role, read_member, split_names
from extractor.model import Appointment, Contact, Diagnostic, RosterEntry, Span, Table, TableRow
from extractor.structure.frame import Frame
from extractor.structure.table_rows import filled_rows
from extractor.text.fold import View, fold

_NOT_BODY = frozenset({"title", "doc-number", "addressees", "attachments"})
_ROLE_SIGN = re.compile(r"(?:组[ ]*长|主[ ]*任|召集人|指挥|成[ ]*员|委[ ]*员|会[ ]*长|理事|联络员|顾问)[ ]*:")
_DECIDED = re.compile("任命|免去|同志任|任职|聘任")
_DATE = re.compile(r"(?:(\d{4})年)?(?<!\d)(0?[1-9]|1[0-2])月(0?[1-9]|[12]\d|3[01])日")
_DUTIES = re.compile(r"(?:^|(?<=\n))[ ]*(?P<person>[\u4e00-\u9fff·]{2,8})同志:(?P<duties>[^\n]{4,200})")
_GAP = 3
"""A list of members goes on over this many lines that name nobody (wrapped posts, blank lines)."""


@Language.component(
    "gazette_people",
    requires=["doc._.gazette_frame"],
    assigns=["doc._.gazette_appointments", "doc._.gazette_roster", "doc._.gazette_contacts"],
)
def people(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_appointments``, ``gazette_roster`` and ``gazette_contacts``."""
    own = doc._
    frame: Frame = own.gazette_frame
    own.gazette_appointments = tuple(_appointments(frame))
    own.gazette_contacts = tuple(_contacts(frame))
    roster = list(_members(frame))
    duties = _duties(frame)
    tables = frame.document.tables
    for table, rows in zip(tables, filled_rows(tables), strict=True):
        roster.extend(_duty_table(frame, table, rows, duties, own.gazette_diagnostics))
    own.gazette_roster = tuple(roster)
    return doc


def _appointments(frame: Frame) -> Iterator[Appointment]:
    """Decisions of the body, read in one piece: 任命: on a line of its own governs the lines below."""
    if _DECIDED.search(frame.folded.replace(" ", "").replace("\t", "")) is None:
        return
    body = [passage for passage in frame.passages if passage.kind not in _NOT_BODY]
    if not body:
        return
    view = frame.view(body[0].span[0], body[-1].span[1])
    for mention in find_appointments(view.text):
        start, end = view.span(mention.post_start, mention.post_end)
        yield Appointment(
            person=mention.person,
            action=mention.action,
            post=frame.text[start:end].replace("\n", ""),
            span=view.span(mention.start, mention.end),
        )


def _contacts(frame: Frame) -> Iterator[Contact]:
    for passage in frame.passages:
        text = passage.view.text
        if passage.kind != "title" and ("联系人" in text or "电话" in text or "传真" in text or "@" in text):
            for mention in find_contacts(text):
                start, end = passage.view.span(mention.start, mention.end)
                yield Contact(kind=mention.kind, value=frame.text[start:end], span=(start, end))


def _members(frame: Frame) -> Iterator[RosterEntry]:
    body = frame.folded
    if not _ROLE_SIGN.search(body):
        return
    role: str | None = None
    idle = 0
    at = frame.document.span[0]
    lines = body.split("\n")
    torn = ""
    for number, line in enumerate(lines):
        if number + 1 < len(lines) and is_torn_role(line, lines[number + 1]):
            torn = line.strip()
            at += len(line) + 1
            continue
        held = role
        role, member = read_member(line, role, torn)
        torn = ""
        if member is not None and member.role is not None:
            idle = 0
            left, right = at + member.start, at + member.end
            post = (
                frame.text[left:right][_post_offset(line[member.start : member.end], member.post) :]
                if member.post
                else None
            )
            yield RosterEntry(
                person=member.person,
                role=member.role,
                post=post.strip(" \u3000\u00a0()（）") if post else None,
                span=(left, right),
            )
        elif held is not None and role is None:
            idle += 1
            role = held if idle < _GAP and not line.strip() else None
        at += len(line) + 1


def _post_offset(line: str, post: str) -> int:
    return line.rindex(post)


def _duties(frame: Frame) -> dict[str, str]:
    start, end = frame.document.span
    body = frame.text[start:end]
    if "同志" not in body:
        return {}
    found = {}
    for match in _DUTIES.finditer(fold(body)):
        duties = body[slice(*match.span("duties"))].strip().rstrip("。")
        found[match["person"].replace(" ", "")] = duties
    return found


def _duty_table(
    frame: Frame, table: Table, rows: Sequence[TableRow], duties: dict[str, str], noticed: list[Diagnostic]
) -> Iterator[RosterEntry]:
    if table.header is None:
        return
    words = lexicon.load("people")
    headers = [frame.view(*cell).text if cell else "" for cell in table.header.cells]
    persons = [i for i, header in enumerate(headers) if header.endswith(tuple(words["person_headers"]))]
    posts = [i for i, header in enumerate(headers) if header.endswith(tuple(words["post_headers"]))]
    dates = [i for i, header in enumerate(headers) if header.replace(" ", "") in words["date_headers"]]
    for row in rows:
        date = next((_iso(frame, row.cells[i]) for i in dates if i < len(row.cells)), None)
        post = next((_cell(frame, row.cells[i]) for i in posts if i < len(row.cells)), None)
        for column in persons:
            cell = row.cells[column] if column < len(row.cells) else None
            if cell is None:
                continue
            raw = fold(frame.text[slice(*cell)])
            names = split_names(raw)
            if not names or not all(_may_be_name(name) for name in names):
                continue
            if len(names) > 1 and any(len(token) == 1 for token in raw.split()):
                noticed.append(notice("people.name-spaced", f"read as {'、'.join(names)}", cell))
            role = None if headers[column].endswith("姓名") else headers[column]
            for name in names:
                yield RosterEntry(person=name, role=role, post=post, date=date, duties=duties.get(name), span=cell)


def _may_be_name(word: str) -> bool:
    """In a column of persons any short word is a name unless it is a body or says nothing (无, 待定)."""
    return is_name(word) or (2 <= len(word) <= 3 and word[-1] not in "局委办部厅院会处科室镇乡区市县定")


def _cell(frame: Frame, cell: Span | None) -> str | None:
    return frame.text[slice(*cell)].strip() or None if cell else None


def _iso(frame: Frame, cell: Span | None) -> str | None:
    match = _DATE.search(frame.view(*cell).text) if cell else None
    if match is None:
        return None
    year = match[1] or _year(frame)
    return f"{year}-{int(match[2]):02d}-{int(match[3]):02d}" if year else None


def _year(frame: Frame) -> str | None:
    """The year of the table: said in its document or, failing that, in the notice that carries it."""
    for document in (frame.document, frame.parent):
        if document is not None:
            match = re.search(r"(20\d\d)年\d{1,2}月", View.of(frame.text, *document.span).text)
            if match is not None:
                return match[1]
    return None
