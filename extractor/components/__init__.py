"""spaCy components: thin adapters over the grammar and the registry of bodies.

Importing this package registers the tokenizer, the extension attributes and, through the modules named in
:data:`ORDER`, the factories. Components hand their results on in ``doc._.gazette_*`` and never import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry
from spacy.vocab import Vocab

ORDER = (
    "gazette_frame",
    "gazette_references",
    "gazette_provisions",
    "gazette_duties",
    "gazette_commitments",
    "gazette_people",
    "gazette_measures",
)
"""The components that :func:`extractor.parse` runs, in order."""
FINDERS = ("gazette_quantities", "gazette_dates", "gazette_bodies", "gazette_roles", "gazette_spans")
"""Those for pipelines of others, which fill ``doc.spans``."""
ATTRIBUTES = (
    "frame",
    "references",
    "internal_references",
    "duties",
    "commitments",
    "milestones",
    "appointments",
    "roster",
    "contacts",
    "measures",
    "quantities",
    "dates",
    "bodies",
    "roles",
    "spans",
)
"""Names of the extension attributes, each with the prefix ``gazette_``."""


class CharTokenizer:
    """One token a character, so that every span of a document is a span of its Doc."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make the Doc of ``text``."""
        orths = {char: self.vocab.strings.add(char) for char in set(text)}  # hashed once a Doc, not once a token
        words: list[Any] = list(map(orths.__getitem__, text))  # the stub of Doc knows of no hashes
        return Doc(self.vocab, words=words, spaces=[False] * len(text))

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> CharTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Nothing to store."""

    def from_disk(self, path: Any, **kwargs: Any) -> CharTokenizer:
        """Nothing to restore."""
        return self


@registry.tokenizers("gazette.chars.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def create_char_tokenizer() -> Callable[[Language], CharTokenizer]:
    """The tokenizer factory of ``gazette.chars.v1``."""

    def create(nlp: Language) -> CharTokenizer:
        return CharTokenizer(nlp.vocab)

    return create


def put(doc: Doc, name: str, mentions: Iterable[tuple[int, int, str, Any]]) -> tuple[Any, ...]:
    """Make ``doc.spans[name]`` of mentions (start and end in ``doc.text``, label, value); returns their values.

    Values and spans stand in the same order. A span is of whole tokens: where a token goes beyond the mention
    ``span._.gazette_widened`` is true, and the exact characters stand in the ``mentions`` of the group's ``attrs``.

    >>> import spacy
    >>> doc = spacy.blank("xx")("in room12")
    >>> put(doc, "rooms", [(7, 9, "number", 12)]), doc.spans["rooms"][0].text, doc.spans["rooms"].attrs["mentions"]
    ((12,), 'room12', [[7, 9]])
    """
    spans: list[Span] = []
    exact: list[list[int]] = []
    values: list[Any] = []
    for start, end, label, value in mentions:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            span._.gazette_widened = span._.gazette_widened or (span.start_char, span.end_char) != (start, end)
            spans.append(span)
            exact.append([start, end])
            values.append(value)
    doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs={"mentions": exact})
    return tuple(values)


def register() -> None:
    """Register the extension attributes once; ``gazette_diagnostics`` collects what every component notices."""
    for name in (*ATTRIBUTES, "diagnostics"):
        if not Doc.has_extension(f"gazette_{name}"):
            Doc.set_extension(f"gazette_{name}", default=None)
    if not Span.has_extension("gazette_widened"):
        Span.set_extension("gazette_widened", default=False)


register()
