"""Components that find in any Doc, with any tokens: quantities, dates, names of bodies, statements of responsibility.

Each fills ``doc.spans`` with spans of whole tokens: where a token goes beyond the mention the span is wider and says so
(``span._.gazette_widened``). What the grammar read stands in ``doc._.gazette_quantities`` and so on in the same order,
as plain data, so that a Doc can be written and sent to other processes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.bodies.finding import find_names
from extractor.components import put
from extractor.grammar.commitments import without_dates
from extractor.grammar.dates import find_dates
from extractor.grammar.quantities import find_quantities
from extractor.grammar.statements import find_statements
from extractor.text.fold import View

Mention = tuple[int, int, str, Any]
"""Start and end in a piece, label, and what the grammar read."""
_LINE = re.compile(r"[^\n]+")


def _found(doc: Doc, find: Callable[[str], Iterable[Mention]]) -> Iterator[tuple[int, int, str, Any]]:
    for line in _LINE.finditer(doc.text):
        view = View.of(doc.text, *line.span())
        for start, end, label, value in find(view.text):
            yield (*view.span(start, end), label, value)


@Language.component("gazette_quantities", assigns=["doc._.gazette_quantities"])
def quantities(doc: Doc) -> Doc:
    """Fill ``doc.spans["quantities"]``: numbers with a unit, labelled by dimension; a year is none."""
    doc._.gazette_quantities = put(doc, "quantities", _found(doc, _quantities))
    return doc


def _quantities(text: str) -> Iterator[Mention]:
    for each in find_quantities(without_dates(text, find_dates(text))):
        upper = None if each.upper is None else str(each.upper)
        value = {"value": str(each.value), "upper": upper, "unit": each.unit, "comparator": each.op}
        yield each.start, each.end, each.dimension, value


@Language.factory("gazette_dates", default_config={"year": None}, assigns=["doc._.gazette_dates"])
def dates(nlp: Language, name: str, year: int | None) -> Callable[[Doc], Doc]:
    """Fill ``doc.spans["dates"]``, labelled by what the date does; ``year`` dates those without one (6月底)."""

    def find(doc: Doc) -> Doc:
        doc._.gazette_dates = put(doc, "dates", _found(doc, lambda text: _dates(text, year)))
        return doc

    return find


def _dates(text: str, year: int | None) -> Iterator[Mention]:
    for each in find_dates(text, year):
        value = {"date": each.date, "bound": each.bound, "concluded": each.concluded}
        yield each.start, each.end, each.role, value


@Language.factory("gazette_bodies", default_config={"known": []}, assigns=["doc._.gazette_bodies"])
def bodies(nlp: Language, name: str, known: list[str]) -> Callable[[Doc], Doc]:
    """Fill ``doc.spans["bodies"]`` with names of bodies; ``known`` are names that follow no pattern."""
    folded = tuple(View.of(each).text for each in known)

    def find(doc: Doc) -> Doc:
        doc._.gazette_bodies = put(doc, "bodies", _found(doc, lambda text: _bodies(text, folded)))
        return doc

    return find


def _bodies(text: str, known: Iterable[str]) -> Iterator[Mention]:
    for start, end in find_names(text, known):
        yield start, end, "body", text[start:end]


@Language.component("gazette_roles", assigns=["doc._.gazette_roles"])
def roles(doc: Doc) -> Doc:
    """Fill ``doc.spans["roles"]`` with the bodies of role brackets and labelled lines, labelled by role."""
    doc._.gazette_roles = put(doc, "roles", _found(doc, _roles))
    return doc


def _roles(text: str) -> Iterator[Mention]:
    for found in find_statements(text):
        for part in found.statement.parts:
            for item in part.items:
                yield item.start, item.end, part.role, item.text
