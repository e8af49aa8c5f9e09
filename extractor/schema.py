"""JSON in and out, the JSON Schema of the output contract, and what makes a result hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NoReturn, Protocol

import msgspec

from extractor.errors import SchemaError
from extractor.model import (
    AMENDED_SCHEMA_VERSION,
    CASCADE_SCHEMA_VERSION,
    DIFF_SCHEMA_VERSION,
    SCHEMA_VERSION,
    Amended,
    BodyEntry,
    Cascade,
    Commitment,
    Coverage,
    Deadline,
    Diff,
    Document,
    Explanation,
    Gap,
    Issue,
    Span,
    Table,
)

MAX_QUOTE = 150
"""Characters of a commitment's span at most, as the output contract says."""

_FIGURES = re.compile(r"\d[\d,，\s]*(?:[.．]\s*\d[\d\s]*)?")
_NOT_IN_FIGURES = re.compile(r"[,，\s]")
_NUMERALS = re.compile("[〇零一二三四五六七八九十百千两半双倍翻]")
"""With one of these in a quote its value may stand in words: 百分之八十, 翻一番."""

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Issue)


def encode(value: Issue | Amended | Cascade | Coverage | Diff | Explanation | Sequence[Gap]) -> bytes:
    """Encode an issue, or what was made of one, as compact UTF-8 JSON."""
    return _ENCODER.encode(value)


def encode_bodies(found: Sequence[BodyEntry]) -> bytes:
    """Encode bodies of the registry as a UTF-8 JSON array."""
    return _ENCODER.encode(found)


def decode(data: bytes | str) -> Issue:
    """Decode and check the JSON of an issue.

    Raises:
        SchemaError: the JSON is damaged or does not follow the schema.
    """
    try:
        return _DECODER.decode(data)
    except msgspec.ValidationError as error:
        raise SchemaError(f"not the JSON of a parsed issue: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SchemaError(f"not JSON, or only a part of it: {error}; give all that gazette parse wrote") from error
    except RecursionError as error:
        raise SchemaError("not the JSON of a parsed issue: it is nested too deeply") from error


SCHEMAS: dict[str, tuple[type, str, str]] = {
    "issue": (Issue, SCHEMA_VERSION, "One parsed gazette issue"),
    "diff": (Diff, DIFF_SCHEMA_VERSION, "What changed between two versions of a text"),
    "cascade": (Cascade, CASCADE_SCHEMA_VERSION, "What a lower text takes up of the one above it"),
    "amended": (Amended, AMENDED_SCHEMA_VERSION, "A text after a decision that amends it"),
}
"""Type, version and title of each format that other programs may rely on."""


def json_schema(name: str = "issue") -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of :data:`SCHEMAS`."""
    kind, version, title = SCHEMAS[name]
    schema: dict[str, Any] = msgspec.json.schema(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gazette-extractor:{name}:{version}",
        "title": title,
        **_strict(schema),
    }


def schema_text(name: str = "issue") -> str:
    """A JSON Schema as it is committed in ``schemas/``."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def breaches(data: bytes | str) -> tuple[str, ...]:
    """What is wrong with the JSON of an issue, one line each: against the schema, then spans against the text.

    Raises:
        SchemaError: the data is no JSON at all.
    """
    from jsonschema import Draft202012Validator

    try:
        value = json.loads(data, parse_constant=_no_number)
    except ValueError as error:
        raise SchemaError(f"not JSON: {error}; give the output of gazette parse") from error
    except RecursionError as error:
        raise SchemaError("not the JSON of a parsed issue: it is nested too deeply") from error
    found = [
        f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(json_schema()).iter_errors(value)
    ]
    if found:
        return tuple(found)
    return tuple(broken_spans(decode(data)))


def broken_spans(issue: Issue) -> Iterator[str]:
    """What a schema cannot say, one line each.

    Ids that are not unique or lead nowhere, spans that are empty or point outside, mentions and values that their text
    does not bear out, and blocks that leave characters out.
    """
    whole = (0, len(issue.text))
    tiles = [block.span for block in issue.blocks] + [document.span for document in issue.documents]
    yield from _untiled("issue", whole, tiles)
    yield from _repeated(issue)
    yield from _dangling(issue)
    yield from _misplaced(issue)
    for document in issue.documents:
        yield from _untiled(document.id, document.span, [block.span for block in document.blocks])
        yield from _stray(document, whole)
        yield from _unsaid(issue.text, document)
    for entry in issue.contents:
        yield from _outside(f"contents entry {entry.title[:20]}", entry.span, whole)
    for diagnostic in issue.diagnostics:
        yield from _outside(f"diagnostic {diagnostic.code}", diagnostic.span, whole)
        if diagnostic.removed is not None and diagnostic.removed >= len(issue.source.removed):
            yield f"diagnostic {diagnostic.code}: source.removed has no {diagnostic.removed}"
    for number, piece in enumerate(issue.source.removed):
        if piece.at > whole[1]:
            yield f"source.removed {number}: {piece.at} is outside the text"


class Placed(Protocol):
    """Whatever stands somewhere in the text."""

    @property
    def span(self) -> Span:
        """Where it stands."""


def _repeated(issue: Issue) -> Iterator[str]:
    """Ids and keys that stand for two things at once."""
    documents = issue.documents
    kinds = {
        "document": [document.id for document in documents],
        "clause": [clause.id for document in documents for clause in document.clauses],
        "measure": [measure.id for document in documents for measure in document.measures],
        "commitment": [commitment.id for document in documents for commitment in document.commitments],
        "milestone": [milestone.id for document in documents for milestone in document.milestones],
        "key": [commitment.key for document in documents for commitment in document.commitments],
    }
    for kind, names in kinds.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{kind} {name}: stands {times} times"


def _dangling(issue: Issue) -> Iterator[str]:
    """Ties that lead to nothing, and documents that carry themselves."""
    carriers = {document.id: document.parent_id for document in issue.documents}
    known = set(carriers)
    ties = [(f"contents entry {entry.title[:20]}", "document", entry.document_id, known) for entry in issue.contents]
    for document in issue.documents:
        clauses = {clause.id for clause in document.clauses}
        measures = {measure.id for measure in document.measures}
        ties.append((document.id, "document", document.parent_id, known))
        ties += [(clause.id, "clause", clause.parent_id, clauses) for clause in document.clauses]
        ties += [(f"{document.id}: block", "clause", block.clause_id, clauses) for block in document.blocks]
        ties += [(part.id, "clause", part.clause_id, clauses) for part in document.measures]
        ties += [(part.id, "clause", part.clause_id, clauses) for part in document.commitments]
        ties += [(part.id, "clause", part.clause_id, clauses) for part in document.milestones]
        ties += [(part.id, "measure", part.measure_id, measures) for part in document.commitments]
        for reference in document.references:
            ties.append((f"{document.id}: reference", "document", reference.document_id, known))
            ties.append((f"{document.id}: reference", "clause", reference.clause_id, clauses))
    for name, kind, id_, there in ties:
        if id_ is not None and id_ not in there:
            yield f"{name}: {kind} {id_} does not exist"
    for id_ in carriers:
        above, passed = carriers[id_], {id_}
        while above is not None and above not in passed:
            passed.add(above)
            above = carriers.get(above)
        if above == id_:
            yield f"{id_}: carries itself"


def _stray(document: Document, whole: Span) -> Iterator[str]:
    """Spans of a document that are empty or lie outside of what holds them."""
    name = document.id
    clauses = {clause.id: clause for clause in document.clauses}
    for clause in document.clauses:
        parent = clauses.get(clause.parent_id or "")
        yield from _outside(clause.id, clause.span, document.span if parent is None else parent.span)
    if document.doc_number is not None:
        yield from _outside(f"{name}: doc_number", document.doc_number.span, whole)
    parts: Iterable[Placed] = (
        *document.commitments, *document.milestones, *document.references, *document.appointments,
        *document.roster, *document.contacts, *document.tables, *document.measures,
    )  # fmt: skip
    for part in parts:
        yield from _outside(f"{name}: {type(part).__name__}", part.span, document.span)
    for commitment in document.commitments:
        yield from _late(commitment.id, commitment.deadline, whole)
    for milestone in document.milestones:
        yield from _late(milestone.id, milestone.deadline, whole)
    for reference in document.references:
        if reference.doc_number is not None:
            yield from _outside(f"{name}: reference's doc_number", reference.doc_number.span, whole)
    for table in document.tables:
        yield from _torn(f"{name}: table", table, document.span)
    for measure in document.measures:
        for duty in measure.responsibilities:
            where = f"{measure.id}: {duty.role}"
            yield from _outside(where, duty.span, document.span)
            yield from _outside(f"{where} because", duty.because, whole)
            yield from _late(where, duty.deadline, whole)
            if not document.span[0] <= duty.covers[0] <= duty.covers[1] <= document.span[1]:
                yield f"{where} covers: span {duty.covers} is outside {document.span}"
            for unit in duty.units:
                yield from _outside(f"{where} {unit.mention}", unit.span, document.span)


def _late(name: str, deadline: Deadline | None, whole: Span) -> Iterator[str]:
    if deadline is not None:
        yield from _outside(f"{name}: deadline {deadline.text}", deadline.span, whole)


def _torn(name: str, table: Table, whole: Span) -> Iterator[str]:
    """Rows outside their table; its header may stand above an earlier part of it, on the page before."""
    rows = [(row, table.span) for row in table.rows]
    for row, outer in [(table.header, whole), *rows] if table.header is not None else rows:
        yield from _outside(f"{name} row", row.span, outer)
        for cell in row.cells:
            yield from _outside(f"{name} cell", cell, row.span)


def _unsaid(text: str, document: Document) -> Iterator[str]:
    """Mentions that are not the text of their span, and commitments that do not quote their number."""
    for measure in document.measures:
        for duty in measure.responsibilities:
            for unit in duty.units:
                if text[slice(*unit.span)].replace("\n", "") != unit.mention:
                    yield f"{measure.id}: {unit.mention} is not the text of its span {unit.span}"
    for commitment in document.commitments:
        quote = text[slice(*commitment.span)]
        if len(quote) > MAX_QUOTE:
            yield f"{commitment.id}: span {commitment.span} has more than {MAX_QUOTE} characters"
        yield from _unquoted(commitment, quote)


def _unquoted(commitment: Commitment, quote: str) -> Iterator[str]:
    """Values that a quote does not hold: only its figures are compared, a numeral in words is believed."""
    figures = [_NOT_IN_FIGURES.sub("", found).replace("．", ".") for found in _FIGURES.findall(quote)]
    if not figures or _NUMERALS.search(quote):
        return
    stated = {Decimal(figure) for figure in figures}
    for value in (commitment.value, commitment.upper):
        if value is not None and abs(value) not in stated:
            yield f"{commitment.id}: {value} does not stand in its span {commitment.span}"


def _misplaced(issue: Issue) -> Iterator[str]:
    """Runs that are not in order, or whose edges do not fit their characters."""
    at = 0
    for number, run in enumerate(issue.places or ()):
        yield from _outside(f"places {number}", run.span, (at, len(issue.text)))
        at = max(at, run.span[1])
        if run.edges is not None and len(run.edges) != run.span[1] - run.span[0] + 1:
            yield f"places {number}: {len(run.edges)} edges do not fit span {run.span}"


def _untiled(name: str, whole: Span, tiles: list[Span]) -> Iterator[str]:
    at = whole[0]
    for start, end in sorted(tiles):
        if start != at or end <= start:
            yield f"{name}: blocks leave out or repeat {(at, start)}"
        at = max(at, end)
    if at != whole[1]:
        yield f"{name}: blocks end at {at}, not at {whole[1]}"


def _outside(name: str, span: Span | None, outer: Span) -> Iterator[str]:
    if span is not None and not outer[0] <= span[0] < span[1] <= outer[1]:
        yield f"{name}: span {span} is empty or outside {outer}"


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _strict(schema: Any) -> Any:
    """What msgspec leaves open: fields with a default are written too, and decimals are numbers in our JSON.

    Only what may be unset (``Issue.places``) has neither default nor must it be there.
    """
    if isinstance(schema, list):
        return [_strict(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {**{key: value for key, value in schema.items() if key != "format"}, "type": "number"}
    found = {key: _strict(value) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("enum"), list) and len(schema["enum"]) == 1:
        found["const"] = found.pop("enum")[0]
    if schema.get("type") == "object" and "properties" in schema:
        required = schema.get("required", ())
        found["required"] = [
            name for name, value in schema["properties"].items() if name in required or "default" in value
        ]
    return found
