"""Component gazette_references: documents and laws that a document names."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import zip_longest

from msgspec.structs import replace
from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc

from extractor.diagnostics import notice
from extractor.grammar.provisions import find_provisions
from extractor.grammar.references import ReferenceMention, find_references, is_instrument
from extractor.model import DocNumber, Document, Reference
from extractor.structure.frame import Frame, Passage
from extractor.text.fold import View

_SKIPPED = frozenset({"title", "doc-number", "addressees", "signature", "date", "attachments"})
_ISSUER_ENDS = ("委", "府", "院", "部", "厅", "局", "办", "会")
_OF_OTHERS = frozenset({"repeals", "amends", "extends"})
"""What a text says of other texts, though they may bear its own title: the version before it (S72)."""
_SAME_TITLE = 92
"""rapidfuzz ratio from which two titles are one: a lost space or bracket, not another year."""


@Language.component("gazette_references", requires=["doc._.gazette_frame"], assigns=["doc._.gazette_references"])
def references(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_references``; lost marks go to ``doc._.gazette_diagnostics``."""
    own = doc._
    frame: Frame = own.gazette_frame
    found: list[Reference] = []
    names = _Names(frame)
    for passage in frame.passages:
        if passage.kind in _SKIPPED or "《" not in passage.view.text:
            continue
        mentions, lost = find_references(passage.view.text)
        named = find_provisions(passage.view.text) if "》" in passage.view.text else ()
        for mention, after in zip_longest(mentions, mentions[1:]):
            reference = _reference(frame, passage, mention, names)
            if reference is not None:
                provisions = tuple(
                    dict.fromkeys((p.start, p.end) for p in named if p.title_end == mention.title_end + 1)
                )
                found.append(
                    replace(
                        reference,
                        short_name=names.define(reference, passage, after),
                        provisions=tuple(frame.text[slice(*passage.view.span(*span))] for span in provisions),
                    )
                )
        for mark in lost:
            own.gazette_diagnostics.append(
                notice("reference.mark-lost", "《 is never closed", passage.view.span(mark.start, mark.end))
            )
    own.gazette_references = tuple(found)
    return doc


_ISSUER = 40
"""Characters before a title in which the body that issued it is named."""


class _Names:
    """Titles of this issue: those that a document calls its own, and those of the others."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.catalogue = frame.catalogue
        self.short: dict[str, str] = {}
        """What the short names stand for that the text has defined (S63)."""

    def define(self, reference: Reference, passage: Passage, after: ReferenceMention | None) -> str | None:
        """Note the short name that ``after`` gives to a title: (以下简称《条例》)."""
        if after is None or not after.alias:
            return None
        text = passage.view.text
        self.short[text[after.title_start : after.title_end]] = reference.title
        return self.frame.text[slice(*passage.view.span(after.title_start, after.title_end))]

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The titles of the document and its kin, and the same without the brackets at their end."""
        keys = [key for document in self.frame.kin if (key := self.catalogue.titles.get(document.id))]
        return tuple({name for key in keys for name in (key, _bare(key))})

    def is_own(self, title: str, before: str) -> bool:
        """Whether ``title`` is the document itself, its attachment or a short name of either.

        ``before`` is what stands before the mark: 省委省政府《…》 is theirs although ours may end alike.
        """
        theirs = before.endswith(_ISSUER_ENDS)
        return any(fuzz.ratio(own, title) >= _SAME_TITLE or (not theirs and own.endswith(title)) for own in self.own)

    def has_other_number(self, mention: ReferenceMention) -> bool:
        """Whether a 文号 stands behind the title that none of the documents here bears."""
        if mention.number is None:
            return False
        own = {(n.code, n.year, n.serial) for each in self.frame.kin if (n := each.doc_number) is not None}
        return (mention.number.code, mention.number.year, mention.number.serial) not in own

    def other(self, title: str, number: DocNumber | None) -> Document | None:
        """The document of this issue that is meant."""
        by_number = self.catalogue.by_number.get(_key(number.text)) if number is not None else None
        return by_number or self.catalogue.by_title.get(title)


def _reference(frame: Frame, passage: Passage, mention: ReferenceMention, names: _Names) -> Reference | None:
    view = passage.view
    key = view.text[mention.title_start : mention.title_end]
    if not key or not is_instrument(key):
        return None
    if mention.alias:
        return None
    full = names.short.get(key)
    theirs = mention.relation in _OF_OTHERS or names.has_other_number(mention)
    if (
        full is None
        and not theirs
        and (
            names.is_own(_key(key), view.text[max(0, mention.start - _ISSUER) : mention.start])
            or mention.relation == "issues"
        )
    ):
        return None
    start, end = view.span(mention.title_start, mention.title_end)
    number = None
    if mention.number is not None:
        left, right = view.span(mention.number.start, mention.number.end)
        number = DocNumber(
            text=frame.text[left:right],
            code=mention.number.code,
            year=mention.number.year,
            serial=mention.number.serial,
            span=(left, right),
        )
    target = names.other(_key(full or key), number)
    return Reference(
        title=frame.text[start:end].replace("\n", ""),
        span=view.span(mention.start, mention.end),
        relation=mention.relation,  # type: ignore[arg-type]  # keys of lexicon/references.toml, checked by a test
        doc_number=number,
        document_id=target.id if target is not None else None,
        clause_id=passage.clause.id if passage.clause is not None else None,
        full_title=full,
    )


def _bare(key: str) -> str:
    """A folded title without the brackets at its end: (2023-2025年), (试行)."""
    return _PLATES.sub("", key) if key.endswith(")") else key


_PLATES = re.compile(r"(?:\([^()]*\))+$")


def _key(title: str) -> str:
    return View.of(title).text
