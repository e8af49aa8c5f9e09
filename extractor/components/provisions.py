"""Component gazette_provisions: the own clauses and attachments that a document names (内部引用)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from extractor.diagnostics import notice
from extractor.grammar.provisions import ProvisionMention, find_provisions, may_name_provision
from extractor.model import Clause, InternalReference
from extractor.structure.frame import Frame, Passage
from extractor.text.numerals import parse_number

_SKIPPED = frozenset({"title", "doc-number", "addressees", "signature", "date", "attachments"})
_LABELLED = re.compile(r"附件(?P<number>[\d一二三四五六七八九十]{0,3})")
_LABEL_REACH = 12
"""Characters of an attachment in which its label 附件2: stands."""
_KINDS = {"条": "条", "款": "条", "章": "章"}


@Language.component(
    "gazette_provisions", requires=["doc._.gazette_frame"], assigns=["doc._.gazette_internal_references"]
)
def provisions(doc: Doc) -> Doc:
    """Fill ``doc._.gazette_internal_references``; what is named and not there goes to the diagnostics."""
    own = doc._
    frame: Frame = own.gazette_frame
    own.gazette_internal_references = ()
    if not may_name_provision(frame.folded):
        return doc
    targets = _Targets(frame)
    found: list[InternalReference] = []
    for passage in frame.passages:
        text = passage.view.text
        if passage.kind in _SKIPPED or not may_name_provision(text):
            continue
        mentions = (mention for mention in find_provisions(text) if mention.title_end is None)
        for (start, end), group in groupby(mentions, key=lambda mention: (mention.start, mention.end)):
            span = passage.view.span(start, end)
            reference, named = targets.resolve(passage, tuple(group), span)
            if reference is not None:
                found.append(reference)
            if named and (reference is None or not reference.clause_ids):
                written = frame.text[slice(*span)]
                own.gazette_diagnostics.append(
                    notice("reference.provision-missing", f"the document has no {written}", span)
                )
    own.gazette_internal_references = tuple(found)
    return doc


class _Targets:
    """The clauses of a document by the labels that a text names, and its attachments by their numbers."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.clauses = {clause.id: clause for clause in frame.document.clauses}
        self.order = frame.document.clauses
        self.tops: dict[str, Clause] = {}
        for clause in self.order:
            label = clause.path[-1]
            if label.startswith("第") or len(clause.path) == 1:
                self.tops.setdefault(label, clause)
        self.articles = any(label.endswith("条") for label in self.tops)

    def resolve(
        self, passage: Passage, mentions: tuple[ProvisionMention, ...], span: tuple[int, int]
    ) -> tuple[InternalReference | None, bool]:
        """The reference of the mentions of one place; None where it cannot be said to be an own one."""
        first = mentions[0]
        here = passage.clause
        attached: str | None = None
        clauses: tuple[Clause, ...] = ()
        paragraph = first.paragraph
        if first.attachment is not None:
            attached = self._attachment(first.attachment)
        else:
            clauses = tuple(clause for mention in mentions for clause in self._clauses(mention, here))
            if first.own == "款" and clauses and paragraph is None:
                paragraph = self._paragraph_before(passage)
        if not clauses and first.attachment is None and not (first.own or first.back):
            return None, first.named and self.articles
        return (
            InternalReference(
                text=self.frame.text[slice(*span)].replace("\n", ""),
                span=span,
                clause_id=here.id if here is not None else None,
                clause_ids=tuple(dict.fromkeys(clause.id for clause in clauses)),
                paragraph=paragraph,
                document_id=attached,
            ),
            False,
        )

    def _paragraph_before(self, passage: Passage) -> int | None:
        """Which paragraph of its article stands before a passage, counted from 1; None inside an item of it."""
        own = [each.span for each in self.frame.passages if each.clause is passage.clause]
        return own.index(passage.span) or None

    def _clauses(self, mention: ProvisionMention, here: Clause | None) -> Iterator[Clause]:
        if mention.own or mention.back:
            base = self._around(here, _KINDS.get(mention.own or "", "条"))
            if base is None and mention.own == "款":
                base = here  # in a text that has no articles
            if base is not None and mention.back:
                before = [clause for clause in self.order if clause.path[-1].endswith("条")]
                at = before.index(base)
                bases = before[max(0, at - mention.back) : at]
            else:
                bases = [base] if base is not None else []
            items = mention.path
        else:
            bases = self._named(mention)
            items = mention.path[1:]
        for base in bases:
            if not items:
                yield base
                continue
            yield from (clause for clause in self.order if clause.parent_id == base.id and clause.path[-1] == items[0])

    def _named(self, mention: ProvisionMention) -> list[Clause]:
        label = mention.path[0]
        found = self.tops.get(label)
        if found is None and mention.named and not self.articles and label.endswith("条"):
            found = self.tops.get(label[1:-1])  # a plan that counts 一、二、 calls them articles
        if found is None or mention.last is None:
            return [found] if found is not None else []
        end = self.tops.get(mention.last)
        if end is None:
            return [found]
        return [
            clause
            for clause in self.order[self.order.index(found) : self.order.index(end) + 1]
            if clause.path[-1].endswith("条")
        ]

    def _around(self, here: Clause | None, kind: str) -> Clause | None:
        """The article or chapter that a clause stands in."""
        while here is not None and not (here.path[-1].startswith("第") and here.path[-1].endswith(kind)):
            here = self.clauses.get(here.parent_id or "")
        return here

    def _attachment(self, number: str) -> str | None:
        labelled: list[tuple[str, str]] = []
        for document in self.frame.kin:
            if document.id == self.frame.document.id:
                continue
            begin = document.span[0]
            match = _LABELLED.match("".join(self.frame.text[begin : begin + _LABEL_REACH].split()))
            if match is not None:
                value = parse_number(match["number"])
                labelled.append(("" if value is None else str(int(value)), document.id))
        if not number:
            return labelled[0][1] if len(labelled) == 1 else None
        return next((id_ for value, id_ in labelled if value == number), None)
