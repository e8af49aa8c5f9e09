"""The chain from bytes to an issue on one page: no logic of its own, no branch by format or series."""

from __future__ import annotations

from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

import extractor
from extractor import lexicon, readers, structure
from extractor.bodies.additions import load_additions
from extractor.diagnostics import settle
from extractor.errors import InputTooLargeError, readable
from extractor.files import MAX_BYTES, read_file
from extractor.grammar.defects import find_defects
from extractor.model import Diagnostic, Document, Generator, Issue
from extractor.series import GENERIC, load_profile
from extractor.structure.frame import Catalogue, Frame

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def parse(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    series: str | PathLike[str] | None = None,
    bodies: str | PathLike[str] | None = None,
    places: bool = False,
) -> Issue:
    """Read an issue from a path or from bytes; see :func:`extractor.parse`."""
    data = source if isinstance(source, bytes) else read_file(source)
    name = readable(name or ("-" if isinstance(source, bytes) else Path(source).name))
    if len(data) > MAX_BYTES:
        raise InputTooLargeError(f"{name}: more than {MAX_BYTES // 2**20} MiB; split the file into issues")
    profile = load_profile(Path(series)) if series is not None else GENERIC
    added = load_additions(Path(bodies)) if bodies is not None else None
    origin, reading = readers.read(data, name, places=places)
    outline = structure.build(reading.text, profile, reading.removed, reading.fields, reading.covered)
    documents: list[Document] = []
    noticed = [*reading.diagnostics, *find_defects(reading.text, outline.folded), *outline.diagnostics]
    catalogue = Catalogue.of(outline.documents)
    tokens = _foreign(runner())
    for document in outline.documents:
        frame = Frame.of(reading.text, document, catalogue, outline.masthead.jurisdiction, outline.folded, added)
        annotated, diagnostics = annotate(frame, tokens=tokens)
        documents.append(annotated)
        noticed.extend(diagnostics)
    return Issue(
        generator=Generator(name="gazette-extractor", version=extractor.__version__, lexicon=lexicon.fingerprint()),
        source=origin,
        text=reading.text,
        issue=outline.masthead,
        contents=outline.contents,
        blocks=outline.blocks,
        documents=tuple(documents),
        diagnostics=settle(noticed),
        places=UNSET if reading.places is None else reading.places,
    )


def mark(
    source: str | PathLike[str] | bytes, *, name: str | None = None, series: str | PathLike[str] | None = None
) -> bytes:
    """Mark in a copy of a PDF what was found in it; see :func:`extractor.mark`."""
    from extractor.exports import marked_pdf

    data = source if isinstance(source, bytes) else read_file(source)
    name = name or ("-" if isinstance(source, bytes) else Path(source).name)
    marked_pdf.check(data, readable(name))
    return marked_pdf.render(data, parse(data, name=name, series=series, places=True))


def annotate(frame: Frame, *, tokens: bool) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Run the components over one document; returns it filled, and what they noticed.

    Without ``tokens`` the Doc is empty: ours read the frame, and tokens are a tenth of all time.
    """
    nlp = runner()
    doc = nlp.make_doc(frame.text[slice(*frame.document.span)]) if tokens else _empty(nlp)
    given = doc._
    given.gazette_frame, given.gazette_diagnostics = frame, []
    found = nlp(doc)._
    document = replace(
        frame.document,
        measures=found.gazette_measures or (),
        commitments=found.gazette_commitments or (),
        milestones=found.gazette_milestones or (),
        references=found.gazette_references or (),
        internal_references=found.gazette_internal_references or (),
        appointments=found.gazette_appointments or (),
        roster=found.gazette_roster or (),
        contacts=found.gazette_contacts or (),
    )
    return document, tuple(found.gazette_diagnostics)


def _empty(nlp: Language) -> Doc:
    from spacy.tokens import Doc

    return Doc(nlp.vocab)


def _foreign(nlp: Language) -> bool:
    """Whether somebody else's component is in the pipeline, which may read the tokens."""
    from extractor import components

    return not set(nlp.pipe_names) <= set(components.ORDER)


@lru_cache(maxsize=1)
def runner() -> Language:
    """The spaCy pipeline of all components, made once a process; spaCy is imported here and not before."""
    import spacy

    from extractor import components
    from extractor.components import commitments, duties, frame, measures, people, provisions, references  # noqa: F401 - registers the factories

    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "gazette.chars.v1"}}})
    nlp.max_length = MAX_BYTES
    for name in components.ORDER:
        nlp.add_pipe(name)
    return nlp
