"""spaCy components: thin adapters over the grammar and the registry of bodies.

Importing this package registers the tokenizer, the extension attributes and, through the modules named in
:data:`ORDER`, the factories. Components hand their results on in ``doc._.gazette_*`` and never import each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

ORDER = (
    "gazette_references",
    "gazette_provisions",
    "gazette_duties",
    "gazette_commitments",
    "gazette_people",
    "gazette_measures",
)
"""The components in the order in which they run."""
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


@registry.tokenizers("gazette.chars.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def create_char_tokenizer() -> Callable[[Language], CharTokenizer]:
    """The tokenizer factory of ``gazette.chars.v1``."""

    def create(nlp: Language) -> CharTokenizer:
        return CharTokenizer(nlp.vocab)

    return create


def register() -> None:
    """Register the extension attributes once; ``gazette_diagnostics`` collects what every component notices."""
    for name in (*ATTRIBUTES, "diagnostics"):
        if not Doc.has_extension(f"gazette_{name}"):
            Doc.set_extension(f"gazette_{name}", default=None)


register()
