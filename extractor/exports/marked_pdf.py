"""A copy of a PDF with coloured marks and notes on what was found in it: measures, bodies, commitments, milestones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor import isolation
from extractor.errors import UnknownFormatError
from extractor.exports.pdf_annotations import Box, Mark, annotate
from extractor.exports.rows import describe, due
from extractor.model import Document, Issue, Measure, Responsibility, Role, Span
from extractor.readers.formats import sniff
from extractor.text.placing import places

ROLES: dict[Role, str] = {
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "supervisor": "指导单位",
    "payer": "出资单位",
    "interpreter": "解释单位",
}
MEASURE, COMMITMENT, MILESTONE = "举措", "量化承诺", "时间节点"
OTHERS = "#d173ff"
COLORS = {
    MEASURE: "#c4c6ca",
    COMMITMENT: "#f7e07a",
    MILESTONE: "#fa7a6b",
    ROLES["lead"]: "#f5b01a",
    ROLES["responsible"]: "#80a4d0",
    ROLES["support"]: "#8dedac",
    ROLES["supervisor"]: OTHERS,
    ROLES["payer"]: OTHERS,
    ROLES["interpreter"]: OTHERS,
}
"""Light enough for black text on them, and told apart by people who see red and green, or blue and yellow, alike."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A value in the text and what is said of it."""

    kind: str
    span: Span
    said: str


def check(data: bytes, name: str) -> None:
    """Refuse what is no PDF before it is read.

    Raises:
        UnknownFormatError: the bytes are something else.
    """
    known = sniff(data)
    if known is None or known.media_type != "application/pdf":
        what = f"is {known.name}" if known is not None else "is no PDF"
        raise UnknownFormatError(f"{name}: {what}, and only a PDF can be marked; parse it instead")


def render(data: bytes, issue: Issue) -> bytes:
    """A copy of a PDF with a highlight and a note on each value that was found; its pages stay as they are.

    Args:
        data: the PDF.
        issue: what :func:`extractor.parse` found in it, with places.

    Raises:
        PlacesError: the issue was parsed without places.
        GazetteError: the PDF cannot be opened or saved.
    """
    name = issue.source.name
    copy: bytes = isolation.run(annotate, data, name, marks(issue), returns=bytes, name=name)
    return copy


def marks(issue: Issue) -> tuple[Mark, ...]:
    """The marks of an issue, one for each value and page.

    A measure is marked on what other marks leave of its title, so that no two colours mix.
    """
    notes: dict[tuple[str, Span], dict[str, None]] = {}
    for document in issue.documents:
        for found in (*_measures(issue.text, document), *_numbers(document), *_bodies(document)):
            notes.setdefault((found.kind, found.span), {})[found.said] = None
    taken = bytearray(len(issue.text))
    for kind, (start, end) in notes:
        if kind != MEASURE:
            taken[start:end] = b"\1" * (end - start)
    return tuple(
        Mark(page, boxes, kind, "\n".join(said), COLORS[kind])
        for (kind, span), said in notes.items()
        for page, boxes in _pages(issue, _left(span, taken) if kind == MEASURE else [span])
    )


def _left(span: Span, taken: bytearray) -> list[Span]:
    """What is not taken of a span; all of it where nothing is left.

    >>> _left((0, 9), bytearray([0, 0, 1, 1, 1, 0, 0, 0, 0])), _left((1, 2), bytearray([0, 1, 0]))
    ([(0, 2), (5, 9)], [(1, 2)])
    """
    free = re.compile(rb"\0+").finditer(taken, *span)
    return [found.span() for found in free] or [span]


def _pages(issue: Issue, spans: Iterable[Span]) -> Iterator[tuple[int, tuple[Box, ...]]]:
    """The pages on which spans stand, with their boxes there; white space is no text to mark."""
    boxes: dict[int, list[Box]] = {}
    for place in (place for span in spans for place in places(issue, span)):
        if place.page is not None and place.box is not None and issue.text[slice(*place.span)].strip():
            boxes.setdefault(place.page, []).append(place.box)
    for page, there in boxes.items():
        yield page, tuple(there)


def _measures(text: str, document: Document) -> Iterator[_Found]:
    for measure in document.measures:
        numbers = [describe(each) for each in document.commitments if each.measure_id == measure.id]
        if measure.responsibilities or numbers:
            bodies = [_list(duty) for duty in measure.responsibilities]
            yield _Found(
                MEASURE, _heading(text, measure), "\n".join([f"{MEASURE} {measure.title or ''}", *bodies, *numbers])
            )


def _heading(text: str, measure: Measure) -> Span:
    """The title of a measure where it stands in it, else its first line."""
    start, end = measure.span
    title = (measure.title or "").removesuffix("…")  # a long one is cut
    at = text.find(title, start, end) if title else -1
    if at >= 0:
        return at, at + len(title)
    line = text.find("\n", start, end)
    return (start, line) if line > start else measure.span


def _list(duty: Responsibility) -> str:
    return f"{ROLES[duty.role]} {'、'.join(unit.mention for unit in duty.units)}{'等' if duty.open_ended else ''}"


def _numbers(document: Document) -> Iterator[_Found]:
    for commitment in document.commitments:
        yield _Found(COMMITMENT, commitment.span, f"{COMMITMENT} {describe(commitment)}")
    for milestone in document.milestones:
        yield _Found(MILESTONE, milestone.span, f"{MILESTONE} {due(milestone.deadline)} {milestone.text}")


def _bodies(document: Document) -> Iterator[_Found]:
    for duty in _duties(document.measures):
        for unit in duty.units:
            said = f"{ROLES[duty.role]} {unit.mention}"
            if unit.name is not None and unit.name != unit.mention:
                said += f" ({unit.name})"
            if duty.concluded is not None:
                said += ", 按惯例推定"
            if duty.deadline is not None:
                said += f", {due(duty.deadline)}"
            yield _Found(ROLES[duty.role], unit.span, said)


def _duties(measures: Iterable[Measure]) -> Iterator[Responsibility]:
    for measure in measures:
        yield from measure.responsibilities
