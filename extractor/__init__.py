"""Chinese government gazettes as documents, clauses, duties and numeric commitments.

The public face and nothing else::

    issue = extractor.parse("issue.txt")
    where = extractor.places(issue, issue.documents[0].span)  # after parse(..., places=True)
    data = extractor.to_json(issue)
    again = extractor.load(data)

and the types of what they return: Issue, Document, Measure, Commitment and their parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.errors import GazetteError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from os import PathLike

    from extractor.model import (
        Address,
        Amended,
        Appointment,
        Block,
        BodyEntry,
        Change,
        ChangeGroup,
        Clause,
        Commitment,
        Contact,
        ContentsEntry,
        Coverage,
        Deadline,
        Diagnostic,
        Diff,
        DocNumber,
        Document,
        Edition,
        Explanation,
        Found,
        Gap,
        GapPlace,
        InternalReference,
        Issue,
        IssueBlock,
        Masthead,
        Measure,
        Milestone,
        Normalized,
        Operation,
        Outcome,
        Pair,
        Piece,
        Place,
        PlacedRun,
        Redline,
        Reference,
        Removed,
        Responsibility,
        RosterEntry,
        Side,
        Source,
        SourceField,
        Span,
        Step,
        Table,
        TableRow,
        Tier,
        Unit,
    )

__version__ = "0.1.0"

__all__ = [
    "Address",
    "Amended",
    "Appointment",
    "Block",
    "BodyEntry",
    "Change",
    "Clause",
    "Commitment",
    "Contact",
    "ContentsEntry",
    "Coverage",
    "Deadline",
    "Diagnostic",
    "Diff",
    "DocNumber",
    "Document",
    "Edition",
    "Explanation",
    "Found",
    "Gap",
    "GapPlace",
    "GazetteError",
    "InternalReference",
    "Issue",
    "IssueBlock",
    "Masthead",
    "Measure",
    "Milestone",
    "Normalized",
    "Operation",
    "Outcome",
    "Pair",
    "Piece",
    "Place",
    "PlacedRun",
    "Redline",
    "Reference",
    "Removed",
    "Responsibility",
    "RosterEntry",
    "Side",
    "Source",
    "SourceField",
    "Span",
    "Step",
    "Table",
    "TableRow",
    "Tier",
    "Unit",
    "__version__",
    "amend",
    "coverage",
    "diff",
    "explain",
    "find_bodies",
    "gaps",
    "load",
    "mark",
    "parse",
    "places",
    "reprints",
    "to_json",
]


if not TYPE_CHECKING:  # a type checker knows the names above, and no others

    def __getattr__(name: str) -> Any:
        """The types of the model, imported when they are first asked for: ``gazette --help`` needs none of them."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from extractor import model

        return getattr(model, name)


def parse(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    series: str | PathLike[str] | None = None,
    bodies: str | PathLike[str] | None = None,
    places: bool = False,
) -> Issue:
    r"""Read one gazette issue (刊期) from a path or from bytes.

    Args:
        source: a path, or the bytes of the file.
        name: the file name to record; taken from the path when there is one.
        series: a TOML file that describes the gazette series; the built-in ones are tried otherwise.
        bodies: a TOML file of bodies that are to be known besides those of the lexicon.
        places: whether to record where the text stands in the source, for :func:`places`.

    Returns:
        The parsed issue: reading text, documents, clauses, measures, commitments and diagnostics.

    Raises:
        GazetteError: the input is missing, empty, damaged, too large or of an unknown format.

    >>> issue = parse("关于做好防汛工作的通知\n各镇人民政府：\n请认真落实。".encode(), name="a.txt")
    >>> issue.documents[0].genre
    '通知'
    """
    from extractor import pipeline

    return pipeline.parse(source, name=name, series=series, bodies=bodies, places=places)


def places(issue: Issue, span: Span) -> tuple[Place, ...]:
    r"""Where a span of the reading text stands in its source, one place for each run of it on one line of the source.

    Of a PDF a place tells the page, the box of exactly these characters (points from the upper left corner of the page
    as it is shown) and the line; of plain text line and column; of a web page the element; of a Word file the
    paragraph; of tables the cell. What joining added (a line end, a space between Latin words) has no place.

    Args:
        issue: an issue that was parsed with ``places=True``; it may have been written and loaded since.
        span: half-open range of ``issue.text``, such as the span of a unit or a commitment.

    Raises:
        GazetteError: the issue was parsed without places, or the span lies outside of its text.

    >>> issue = parse("关于防汛的通知\n  （责任单位：县财政\n局）".encode(), name="a.txt", places=True)
    >>> start = issue.text.index("县财政局")
    >>> [(place.line, place.column, issue.text[slice(*place.span)]) for place in places(issue, (start, start + 4))]
    [(2, 9, '县财政'), (3, 1, '局')]
    """
    from extractor.text import placing

    return placing.places(issue, span)


def reprints(one: Issue, other: Issue) -> tuple[tuple[str, str], ...]:
    r"""The documents that two issues both print, as pairs of their ids (V15); see :mod:`extractor.identity`.

    >>> text = "关于做好云溪市防汛工作的通知\n各镇人民政府：\n请做好防汛。\n云溪市人民政府\n2031年5月6日"
    >>> issue = parse(text.encode(), name="a.txt")
    >>> reprints(issue, issue)
    (('d1', 'd1'),)
    """
    from extractor import identity

    return identity.reprints(one, other)


def mark(
    source: str | PathLike[str] | bytes, *, name: str | None = None, series: str | PathLike[str] | None = None
) -> bytes:
    """Mark in a copy of a PDF what was found in it: measures, bodies by role, commitments and milestones.

    The marks are annotations, coloured highlights with a note each, that any viewer shows; pages are not redrawn. The
    arguments are those of :func:`parse`.

    Returns:
        The bytes of the copy; the same input gives the same bytes.

    Raises:
        GazetteError: the input is no PDF, or :func:`parse` cannot read it.

    >>> mark("关于防汛的通知".encode(), name="a.txt")
    Traceback (most recent call last):
    extractor.errors.UnknownFormatError: a.txt: is no PDF, and only a PDF can be marked; parse it instead
    """
    from extractor import pipeline

    return pipeline.mark(source, name=name, series=series)


def find_bodies(
    query: str = "",
    *,
    place: str | None = None,
    bodies: str | PathLike[str] | None = None,
    date: str | None = None,
) -> tuple[BodyEntry, ...]:
    """Search the registry of bodies (机关单位) by name, short form, place or code.

    A mention is answered by what it stands for in a text of ``place``, and a phrase for several governments (各县政府)
    by its members.

    Args:
        query: what to look for; the offices of ``place``, or all bodies, where it is empty.
        place: name or GB/T 2260 code of the place that speaks.
        bodies: a TOML file of further bodies, as for :func:`parse`.
        date: YYYY, YYYY-MM or YYYY-MM-DD of the text: what a name stood for then, and which names were right.

    Raises:
        GazetteError: the place is not known, ``date`` is none, or the file cannot be used.

    >>> [body.name for body in find_bodies("市发改委", place="无锡市")]
    ['无锡市发展和改革委员会']
    >>> [body.name for body in find_bodies("各市（县）政府", place="320200")]
    ['江阴市人民政府', '宜兴市人民政府']
    """
    from pathlib import Path

    from extractor.bodies import additions, catalogue
    from extractor.text.iso import checked_date

    added = additions.load_additions(Path(bodies)) if bodies is not None else None
    year = int(checked_date(date)[:4]) if date is not None else None
    return catalogue.find(query, catalogue.known_place(place) if place is not None else None, added, year)


def coverage(issue: Issue) -> Coverage:
    r"""The ledger of an issue: every number with a unit, date and name of a body, claimed by a result or not.

    What no result claims has a reason where a rule saw one (a name, a condition, the past …); what has none is for a
    person to read. Nothing overlaps, and each stands once. Computed on demand; :func:`parse` does not pay for it.

    >>> ledger = coverage(parse("关于绿化的通知\n到2031年，建成公园5个。对面积500平方米以上的，优先安排。".encode()))
    >>> [(found.text, found.claimed_by, found.reason) for found in ledger.found]
    [('到2031年', 'd1/c1', None), ('5个', 'd1/c1', None), ('500平方米', None, 'condition')]
    """
    from extractor.audit import coverage as audit

    return audit.coverage(issue)


def gaps(issues: Iterable[Issue], *, as_of: str | None = None) -> tuple[Gap, ...]:
    r"""What the measures of issues leave open, and where they contradict themselves.

    Measures without a lead, a deadline or a number; an indicator with two values in the same document or in two of the
    same issuer or place; with ``as_of`` deadlines before that date; bodies that a reform has renamed since.

    Args:
        issues: the issues, which are held against each other too.
        as_of: YYYY, YYYY-MM or YYYY-MM-DD. Without it no deadline counts as passed, and a body is held against the date
            of its document; the clock is never asked.

    Raises:
        GazetteError: ``as_of`` is no date.

    >>> text = "关于绿化的通知\n一、建设公园。到2031年，建成公园5个。（牵头单位：县林业局）\n二、加强巡查。"
    >>> issue = parse(text.encode())
    >>> [(gap.kind, gap.place.text) for gap in gaps([issue], as_of="2032")]
    [('past-deadline', '建成公园5个'), ('no-deadline', '加强巡查'), ('no-lead', '加强巡查'), ('no-target', '加强巡查')]
    """
    from extractor.audit.gaps import find_gaps

    return find_gaps(tuple(issues), as_of)


def explain(issue: Issue, id: str) -> Explanation:
    r"""Which rule on which characters made a value, step by step.

    Args:
        issue: an issue; with ``places=True`` the steps tell lines and pages of the source, else lines of the text.
        id: as in the JSON: d2/c11, d2/t3, d2/m4, a clause; d2/m4.r1 and d2/m4.r1.u1 for the first responsibility of a
            measure and its first unit; d2.date and the like for a field of a document.

    Raises:
        GazetteError: the issue has no such value.

    >>> issue = parse("关于绿化的通知\n一、到2031年，绿化覆盖率达到42%以上。".encode())
    >>> [(step.name, step.quote) for step in explain(issue, "d1/c1").steps][:3]
    [('stands', '绿化覆盖率达到42%以上'), ('rate', '绿化覆盖率达到42%以上'), ('number', '达到42%以上')]
    """
    from extractor.audit.explain import explain

    return explain(issue, id)


def diff(
    old: Issue,
    new: Issue,
    *,
    old_ids: Sequence[str] = (),
    new_ids: Sequence[str] = (),
    only: Collection[ChangeGroup] = (),
) -> Diff:
    r"""What really changed between two versions of a text: clause to clause, number to number, body to body.

    Form (widths, brackets, marks, spaces, label styles), order and numbering are no change, and neither is a body that
    was only renamed: such things are told, if at all, with ``meaning`` false.

    Args:
        old: the issue with the old version.
        new: the issue with the new version.
        old_ids: documents of the old issue that are compared; all where it is empty.
        new_ids: the same of the new issue.
        only: groups of changes to tell; all where it is empty.

    >>> old = parse("关于绿化的通知\n一、到2031年，建成公园5个。".encode())
    >>> new = parse("关于绿化的通知\n一、到2032年，建成公园8个。".encode())
    >>> [(change.kind, change.old.text, change.new.text) for change in diff(old, new).changes]
    [('deadline-moved', '到2031年', '到2032年'), ('value-raised', '5个', '8个')]
    """
    from extractor.changes import versions

    return versions.diff(old, new, old_ids, new_ids, only)


def amend(
    base: Issue,
    decision: Issue,
    *,
    base_ids: Sequence[str] = (),
    decision_ids: Sequence[str] = (),
    against: Issue | None = None,
    against_ids: Sequence[str] = (),
) -> Amended:
    r"""What a text of articles becomes by a decision that amends it: 将第九条修改为…, 增加一条…, 删去第七条.

    Each instruction is carried out, or refused with a reason and left undone; nothing is guessed. Instructions for a
    text of another title are left out too.

    Args:
        base: the issue with the text before.
        decision: the issue with the decision.
        base_ids: documents of which one is the text; all where it is empty.
        decision_ids: documents of which one is the decision; all where it is empty.
        against: an issue with a consolidated text, which the text that comes out is compared with.
        against_ids: documents of which one is the consolidated text; all where it is empty.

    Raises:
        GazetteError: there is no text of articles or no instruction, or there are several documents with some.

    >>> base = parse("云溪市绿化办法\n第一条　为了绿化，制定本办法。\n第二条　三日内登记。".encode())
    >>> said = "关于修改《云溪市绿化办法》的决定\n一、将第二条中的“三日”修改为“五日”。\n二、删去第九条。"
    >>> made = amend(base, parse(said.encode()))
    >>> made.text
    '云溪市绿化办法\n第一条　为了绿化，制定本办法。\n第二条　五日内登记。\n'
    >>> [(outcome.operation.said, outcome.reason) for outcome in made.outcomes]
    [('将第二条中的“三日”修改为“五日”', None), ('删去第九条', 'target-missing')]
    """
    from msgspec.structs import replace

    from extractor.changes import decisions

    made = decisions.amend(base, decision, base_ids, decision_ids)
    if against is None:
        return made
    wanted = decisions.text_of_articles(against, against_ids)
    after = parse(made.text.encode(), name=base.source.name)
    return replace(made, differences=diff(after, against, new_ids=(wanted.id,)))


def to_json(value: Issue | Amended | Coverage | Diff | Explanation | Sequence[Gap]) -> bytes:
    """Encode an issue, or what was made of one, as UTF-8 JSON; the same value gives the same bytes."""
    from extractor import schema

    return schema.encode(value)


def load(data: bytes | str) -> Issue:
    """Decode JSON written by :func:`to_json`.

    Raises:
        GazetteError: the JSON is damaged or breaches the schema.
    """
    from extractor import schema

    return schema.decode(data)
