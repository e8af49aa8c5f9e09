"""JSON in and out, the JSON Schema of the output contract, and what makes a result hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from extractor.errors import SchemaError
from extractor.model import SCHEMA_VERSION, Document, Issue, Span

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Issue)


def encode(issue: Issue) -> bytes:
    """Encode an issue as compact UTF-8 JSON."""
    return _ENCODER.encode(issue)


def decode(data: bytes | str) -> Issue:
    """Decode and check the JSON of an issue.

    Raises:
        SchemaError: the JSON is damaged or does not follow the schema.
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SchemaError(f"not the JSON of a parsed issue: {error}") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a parsed issue."""
    schema: dict[str, Any] = msgspec.json.schema(Issue)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gazette-extractor:issue:{SCHEMA_VERSION}",
        "title": "One parsed gazette issue",
        **_numbers(schema),
    }


def schema_text() -> str:
    """The JSON Schema as it is committed in ``schemas/``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def breaches(data: bytes | str) -> tuple[str, ...]:
    """What is wrong with the JSON of an issue, one line each: against the schema, then spans against the text.

    Raises:
        SchemaError: the data is no JSON at all.
    """
    from jsonschema import Draft202012Validator

    try:
        value = json.loads(data)
    except ValueError as error:
        raise SchemaError(f"not JSON: {error}") from error
    found = [
        f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(json_schema()).iter_errors(value)
    ]
    if found:
        return tuple(found)
    return tuple(broken_spans(decode(data)))


def broken_spans(issue: Issue) -> Iterator[str]:
    """Spans that point outside, mentions that are not their text, and blocks that leave characters out."""
    size = len(issue.text)
    tiles = [block.span for block in issue.blocks] + [document.span for document in issue.documents]
    yield from _untiled("issue", (0, size), tiles)
    for document in issue.documents:
        yield from _untiled(document.id, document.span, [block.span for block in document.blocks])
        yield from _broken(issue.text, document)
    for diagnostic in issue.diagnostics:
        if diagnostic.span is not None and not _inside(diagnostic.span, (0, size)):
            yield f"diagnostic {diagnostic.code}: span {diagnostic.span} is outside the text"


def _broken(text: str, document: Document) -> Iterator[str]:
    clauses = {clause.id: clause for clause in document.clauses}
    for clause in document.clauses:
        outer = clauses[clause.parent_id].span if clause.parent_id in clauses else document.span
        if not _inside(clause.span, outer):
            yield f"{clause.id}: span {clause.span} is outside {outer}"
    parts = [
        (type(part).__name__, part.span)
        for group in (
            document.commitments, document.milestones, document.references, document.appointments,
            document.roster, document.contacts, document.tables, document.measures,
        )
        for part in group
    ]  # fmt: skip
    for name, span in parts:
        if not _inside(span, document.span):
            yield f"{document.id}: {name} {span} is outside the document"
    holders = [(part.id, part.clause_id) for part in document.measures]
    holders += [(part.id, part.clause_id) for part in document.commitments]
    holders += [(part.id, part.clause_id) for part in document.milestones]
    for id_, clause_id in holders:
        if clause_id is not None and clause_id not in clauses:
            yield f"{id_}: clause {clause_id} does not exist"
    for measure in document.measures:
        for responsibility in measure.responsibilities:
            for unit in responsibility.units:
                if text[slice(*unit.span)].replace("\n", "") != unit.mention:
                    yield f"{measure.id}: {unit.mention} is not the text of its span {unit.span}"


def _untiled(name: str, whole: Span, tiles: list[Span]) -> Iterator[str]:
    at = whole[0]
    for start, end in sorted(tiles):
        if start != at or end < start:
            yield f"{name}: blocks leave out or repeat {(at, start)}"
        at = max(at, end)
    if at != whole[1]:
        yield f"{name}: blocks end at {at}, not at {whole[1]}"


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] < span[1] <= outer[1]


def _numbers(schema: Any) -> Any:
    """Decimals are numbers in our JSON; msgspec describes them as strings."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {**{k: v for k, v in schema.items() if k != "format"}, "type": "number"}
        return {key: _numbers(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_numbers(value) for value in schema]
    return schema
