"""Component gazette_duties: who answers for what, from brackets, lines, tables and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from msgspec import UNSET
from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from extractor.bodies import divisions
from extractor.bodies.registry import Body, Speaker, prefix_of, resolve, why_open
from extractor.bodies.renamings import Stale, stale
from extractor.bodies.speakers import place_by_itself, speaker_of
from extractor.diagnostics import notice
from extractor.grammar.assignments import Assignment, covered, find_assignments, sentence_around
from extractor.grammar.conventions import Convention, Standing, find_conventions, find_standing, may_state_convention
from extractor.grammar.dates import read_deadline
from extractor.grammar.duties import Part, Statement, has_duty_words, read_statement
from extractor.grammar.enumerations import Item, split_list
from extractor.grammar.oddities import find_missing_separators, odd_commas
from extractor.grammar.roles import label_role
from extractor.grammar.statements import Found, ends_in_bodies, find_statements
from extractor.grammar.tables import role_columns
from extractor.model import Basis, Clause, Deadline, Diagnostic, Responsibility, Role, Span, Unit
from extractor.structure.frame import Frame, Passage
from extractor.structure.reach import Duty, Reach, inherit, reach_of
from extractor.structure.table_rows import cells_of_roles, filled_rows, is_whole
from extractor.structure.year import document_year
from extractor.text.fold import View, fold

_SKIPPED = frozenset({"title", "doc-number", "addressees", "signature", "date", "attachments", "table"})
MAX_OPEN = 400
"""Characters that a bracket cut by a line break may run on either side; the longest list of bodies has 600 in all."""
_BRACKET = re.compile(r"[()\[\]]")
_OWN_LABEL = re.compile("牵头|责任|配合")
ADJACENT = 20
"""Characters between a statement and the convention that follows it in a bracket of its own …"""
_ADJOINING = re.compile(r"[（(\[［【〔][^。；;\n()（）]*")
"""… with what it says before: （除标注“分别牵头”外，列第一位…."""
_NO_TEXT = " \t\n\u3000。；;，,、)）"

LABEL_LENGTH = 8
"""Characters of the longest label of a term, with its colon."""
LISTED = 3
"""So many items that end in a bracket of bodies make a list in which every such bracket says who is responsible."""


@Language.component("gazette_duties", requires=["doc._.gazette_frame"], assigns=["doc._.gazette_duties"])
def duties(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_duties`` with pairs of clause (None outside any) and responsibility, in text order."""
    own = doc._
    reading = _Reading(own.gazette_frame)
    reading.read()
    found = inherit(reading.frame.text, reading.frame.document.clauses, reading.found, reading.reaching)
    own.gazette_duties = tuple(sorted(found, key=lambda duty: duty[1].span))
    own.gazette_diagnostics.extend(reading.noticed)
    return doc


class _Reading:
    """One document while its duties are read."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.found: list[Duty] = []
        self.noticed: list[Diagnostic] = []
        document = frame.document
        self.speaker: Speaker = speaker_of(
            frame.jurisdiction, document.title, document.issuers, document.level, frame.parent
        )
        self.year = int(document.date[:4]) if document.date and document.date[:4].isdigit() else None
        if self.year is None and frame.parent and frame.parent.date and frame.parent.date[:4].isdigit():
            self.year = int(frame.parent.date[:4])
        self.concluded: Span | None = None
        """Where the text calls its place its own, where only that tells whose text it is."""
        if self.speaker.place is None and self.speaker.level is None:
            self.conclude_place()
        self.conventions = _conventions(frame)
        self.speaker = replace(self.speaker, year=self.year, added=frame.added)
        self.known: dict[tuple[str, str], tuple[Body, Stale | None]] = {}
        """What a mention stands for after a prefix, and what it is called since."""
        self.covered: dict[str | None, tuple[Span, int]] = {}
        """What the last statement of a clause covers, and where it ends."""
        self.reaching: list[tuple[Duty, Reach]] = []
        self.untold: set[str] = set()
        """Mentions that were noticed as unresolved; each is told once a document."""
        self.by_id = {clause.id: clause for clause in document.clauses}

    def read(self) -> None:
        """Read every passage, then the tables."""
        passages = list(_whole_brackets(self.frame))
        ending = (p for p in passages if p.clause is not None and ends_in_bodies(p.view.text.rstrip("\n")))
        listed = len(tuple(islice(ending, LISTED))) == LISTED
        for passage in passages:
            text = passage.view.text.rstrip("\n")
            for at, end in find_missing_separators(text):
                self.notice("body.separator-missing", "、 is missing between the levels", passage.view.span(at, end))
            if passage.kind in _SKIPPED:
                continue
            if (standing := find_standing(text)) is not None:
                self.stand(passage, standing)
            statements = find_statements(text, passage.view.gaps, listed) if text else ()
            for found in statements:
                self.state(passage, found)
            if not statements and ":" in text[:LABEL_LENGTH]:
                self.term_below(passage, text)
            taken = [(found.start, found.end) for found in statements]
            for hit in find_assignments(text, taken):
                if not covered(taken, hit.start, hit.end):
                    self.assign(passage, hit)
        self.tables()
        if self.concluded is not None and self.found and self.speaker.place is not None:
            message = f"names no issuer: taken for a text of {self.speaker.place.name}, which it calls its own"
            self.notice("document.place-concluded", message, self.concluded)

    def conclude_place(self) -> None:
        """Take the place that the text calls its own for that of its issuer, whom nothing names."""
        found = place_by_itself(self.frame.folded)
        if found is not None:
            place, at = found
            self.speaker = replace(self.speaker, place=place)
            at += self.frame.document.span[0]
            self.concluded = (at, at + 2)

    def notice(self, code: str, message: str, span: Span) -> None:
        """Note what is odd, or what a reader must know."""
        self.noticed.append(notice(code, message, span))

    def state(self, passage: Passage, found: Found) -> None:
        """Take up one bracket or line."""
        span = passage.view.span(found.start, found.end)
        if found.lost:
            self.notice("duty.bracket-lost", "the closing mark of a role bracket is missing", span)
        for at in odd_commas(passage.view.text, found.statement):
            self.notice(
                "duty.separator",
                ", stands in a list that 、 divides",
                passage.view.span(max(at - 4, found.start), at + 5),
            )
        clause = passage.clause
        if (
            clause is None
            and found.basis == "line"
            and not any(_OWN_LABEL.search(part.label or "") for part in found.statement.parts)
        ):
            return  # 主办单位 at the foot of a page is the publisher
        covers = self.covers(passage, span)
        first = len(self.found)
        self.add(clause, passage.view, found.statement, found.basis, span, covers)
        if (reach := reach_of(passage.view.text, found.start, found.end)) is not None:
            self.reaching += [(duty, reach) for duty in self.found[first:]]

    def covers(self, passage: Passage, span: Span) -> Span:
        """What a statement answers for: back to the one before it, or what that one does where nothing is between."""
        clause = passage.clause
        key = clause.id if clause else None
        begin = clause.span[0] if clause else passage.span[0]
        covers = (begin, span[0])
        if (above := self.covered.get(key)) is not None:
            between = self.frame.text[above[1] : span[0]]
            start = above[1] + len(between) - len(between.lstrip(_NO_TEXT))
            covers = above[0] if start == span[0] else (start, span[0])
        covers = covers if covers[0] < covers[1] else span
        self.covered[key] = (covers, span[1])
        return covers

    def stand(self, passage: Passage, standing: Standing) -> None:
        """Take up 以下均需X落实,不再列出: X answers with those of each item that follows (R45)."""
        view = passage.view
        span = view.span(standing.start, standing.end)
        self.notice("duty.applies-below", "the bodies answer for all items that follow", span)
        listed = split_list(view.text, *standing.bodies)
        units = tuple([self.unit(view, item) for item in listed.items])
        if units:
            duty = Responsibility(
                role="responsible", basis="inherited", units=units, span=span, covers=span, rule="standing"
            )
            self.reaching.append(((passage.clause, duty), "standing"))

    def term_below(self, passage: Passage, text: str) -> None:
        """Give a 完成时限 on a line of its own to the lines above it in its clause that say who answers."""
        label, _, said = text.partition(":")
        if passage.clause is None or label_role(label) != "deadline" or not (said := said.rstrip("。; ")):
            return
        begin = len(label) + 1
        deadline = self.term(passage.view.span(begin, begin + len(said)), self.year)
        if deadline is None or (deadline.date is None and not label.startswith("完成")):  # 受理时间:工作日上午
            return
        for at in range(len(self.found) - 1, -1, -1):
            clause, duty = self.found[at]
            if clause is not passage.clause or duty.basis != "line" or duty.deadline is not None:
                break
            self.found[at] = (clause, replace(duty, deadline=deadline))

    def add(self, clause: Clause | None, view: View, said: Statement, basis: Basis, span: Span, covers: Span) -> None:
        """Turn a statement into responsibilities: one for each role, and one more where a convention gives a lead."""
        deadline = self.deadline(view, said)
        convention = self.convention(span)
        leads = any(part.role == "lead" for part in said.parts)
        carried = ""
        for part in said.parts:
            units: list[Unit] = []
            for item in part.items:
                unit = self.unit(view, item, carried)
                carried = prefix_of(item.text) or (carried if not _own_place(item) else "")
                units.append(unit)
            first, rest = self.promoted(part, tuple(units), convention if not leads else None)
            if first:
                leads = True
            for role, members, because in (("lead", first, convention), (part.role, rest, None)):
                if not members:
                    continue
                self.found.append((clause, Responsibility(
                    role=role,  # type: ignore[arg-type]
                    basis=basis, units=members, span=span, covers=covers, rule=f"{basis}-{part.rule}",
                    concluded="convention" if because else None, because=because.span if because else None,
                    open_ended=part.open_ended, label=part.label, deadline=deadline,
                )))  # fmt: skip

    def promoted(
        self, part: Part, units: tuple[Unit, ...], convention: _Held | None
    ) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """What a convention makes lead, and the others (R42–R44)."""
        if convention is None or part.role != "responsible":
            return (), units
        return (units, ()) if convention.rule.kind == "all-lead" else (units[:1], units[1:])

    def convention(self, span: Span) -> _Held | None:
        """The convention that holds where a statement stands."""
        return next(
            (
                held
                for held in self.conventions
                if not held.rule.from_here or held.elsewhere or self.follows(span[1], held.span[0])
            ),
            None,
        )

    def follows(self, at: int, convention: int) -> bool:
        """Whether a convention stands before a place, or in a bracket of its own just behind it."""
        return at > convention or (
            convention - at <= ADJACENT and _ADJOINING.fullmatch(self.frame.text, at, convention) is not None
        )

    def unit(self, view: View, item: Item, carried: str = "") -> Unit:
        """The unit of an item; a stale name is noticed, and one that cannot be told."""
        span = view.span(item.start, item.end)
        known = self.known.get((item.text, carried))
        if known is None:
            body = resolve(item.text, self.speaker, carried)
            known = self.known[item.text, carried] = (body, stale(item.text, body, self.year))
        body, renamed = known
        mention = self.frame.text[slice(*span)].replace("\n", "")
        if renamed is not None:
            now = f"{renamed.new}: {renamed.name}" if renamed.name else renamed.new
            self.notice("body.stale-name", f"an old name; since {renamed.until}: {now}", span)
        if body.meant is not None:
            self.notice("body.misspelt", f"reads like {body.meant}, and was read as that", span)
        if body.name is None and body.kind not in ("group", "system") and item.text not in self.untold:
            self.untold.add(item.text)
            self.notice("body.unresolved", why_open(item.text, self.speaker), span)
        successor = renamed.name if renamed is not None and renamed.name else UNSET
        return Unit(
            mention=mention,
            span=span,
            name=body.name,
            id=body.id,
            kind=body.kind,
            level=body.level,
            successor=successor,
        )

    def deadline(self, view: View, said: Statement) -> Deadline | None:
        """The 完成时限 of a statement."""
        if said.deadline is None:
            return None
        start, end = said.deadline
        return self.term_of(view.text[start:end], view.span(start, end), self.year)

    def term_of(self, words: str, span: Span, year: int | None) -> Deadline:
        """A term that says by when, or, as 长期坚持 does, names no date."""
        due = read_deadline(words.strip("()[]"), year)
        text = self.frame.text[slice(*span)]
        return Deadline(text=text, date=due.date if due else None, bound=due.bound if due else None, span=span)

    def assign(self, passage: Passage, hit: Assignment) -> None:
        """Take up one sentence."""
        view = passage.view
        span = view.span(hit.start, hit.end)
        units = tuple(self.unit(view, item) for item in hit.items)
        duty = Responsibility(
            role=hit.role, basis="sentence", units=units, span=span, rule=hit.rule, open_ended=hit.open_ended,
            covers=view.span(*sentence_around(view.text, hit.start)),
        )  # fmt: skip
        self.found.append((passage.clause, duty))
        if (reach := reach_of(view.text, hit.start, hit.end)) is not None:
            self.reaching.append(((passage.clause, duty), reach))

    def tables(self) -> None:
        """Read the role columns of the document's tables (R34–R37)."""
        tables = self.frame.document.tables
        for table, rows in zip(tables, filled_rows(tables), strict=True):
            if table.header is None:
                continue
            heads = [
                fold(self.frame.text[slice(*cell)]).replace(" ", "") if cell else "" for cell in table.header.cells
            ]
            columns = role_columns(heads)
            term = next((at for at, head in enumerate(heads) if label_role(head) == "deadline"), -1)
            year = document_year(self.frame) if columns and term >= 0 else None
            above: dict[int, Span] = {}
            for row in rows:
                cells = cells_of_roles(self.frame.text, row, columns, above)
                if columns and not is_whole(self.frame.text, row):
                    self.notice("duty.column-unclear", "it is not certain which column some of the row is of", row.span)
                deadline = self.term(row.cells[term] if 0 <= term < len(row.cells) else None, year)
                for cell, role, basis in cells:
                    self.cell(cell, role, basis, row.span, deadline)

    def term(self, cell: Span | None, year: int | None) -> Deadline | None:
        """The 完成时限 of a row."""
        view = _joined_view(self.frame.text, *cell) if cell is not None else None
        if view is None or cell is None:
            return None
        return self.term_of(view.text, cell, year)

    def cell(self, cell: Span, role: Role, basis: Basis, row: Span, deadline: Deadline | None) -> None:
        """Take up one cell; an empty one inherits from the row above in its column (R37)."""
        view = _joined_view(self.frame.text, *cell)
        said = read_statement(view.text, 0, len(view.text), role, view.gaps)
        first = len(self.found)
        if said.parts:
            self.add(self.clause_at(row), view, said, basis, cell, row)
        for at in range(first, len(self.found)) if deadline is not None else ():
            clause, duty = self.found[at]
            self.found[at] = (clause, replace(duty, deadline=duty.deadline or deadline))

    def clause_at(self, span: Span) -> Clause | None:
        """The innermost clause that holds a span."""
        clauses = self.frame.document.clauses
        at = bisect_right(clauses, span[0], key=lambda clause: clause.span[0]) - 1
        clause = clauses[at] if at >= 0 else None
        while clause is not None and clause.span[1] < span[1]:
            clause = self.by_id.get(clause.parent_id or "")
        return clause


class _Held:
    """A convention with its place in the issue."""

    def __init__(self, rule: Convention, span: Span, elsewhere: bool) -> None:
        self.rule = rule
        self.span = span
        self.elsewhere = elsewhere
        """It stands in the covering notice and holds for the whole plan (R43)."""


def _conventions(frame: Frame) -> tuple[_Held, ...]:
    found = [
        _Held(rule, passage.view.span(rule.start, rule.end), False)
        for passage in frame.passages
        for rule in find_conventions(passage.view.text)
    ]
    parent = frame.parent
    if not found and parent is not None and may_state_convention(View.of(frame.text, *parent.span).text):
        for block in parent.blocks:
            view = View.of(frame.text, *block.span)
            found += [_Held(rule, view.span(rule.start, rule.end), True) for rule in find_conventions(view.text)]
    return tuple(found)


def _whole_brackets(frame: Frame) -> Iterator[Passage]:
    """The passages; two between which a line break cuts a bracket in two are one (R29)."""
    passages = frame.passages
    at = 0
    while at < len(passages):
        passage = passages[at]
        at += 1
        while (
            at < len(passages)
            and passages[at].clause is passage.clause
            and _cut(passage.view.text, passages[at].view.text)
        ):
            span = (passage.span[0], passages[at].span[1])
            passage = Passage(passage.kind, span, passage.clause, _joined_view(frame.text, *span))
            at += 1
        yield passage


def _cut(text: str, following: str) -> bool:
    """Whether the last bracket of a passage is open and closes soon in the passage that follows."""
    opened = max(text.rfind("("), text.rfind("["))
    if opened < 0 or max(text.rfind(")"), text.rfind("]")) > opened or len(text) - opened > MAX_OPEN:
        return False
    depth = 0
    for mark in _BRACKET.finditer(following, 0, MAX_OPEN):
        depth += 1 if mark.group() in "([" else -1
        if depth < 0:
            return has_duty_words(text[opened:] + following[: mark.start()])
    return False


def _joined_view(text: str, start: int, end: int) -> View:
    """The view of a piece of text whose line breaks are only breaks of the layout."""
    return View.unspaced(fold(text[start:end]).replace("\n", " "), start)


def _own_place(item: Item) -> bool:
    """A name that says its own place ends the reach of the prefix before it."""
    return divisions.leading(item.text) is not None
