"""A decision and the text that it amends, each out of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.changes.amend import apply
from extractor.changes.articles import read_articles
from extractor.changes.versions import chosen, edition
from extractor.errors import AmendmentError
from extractor.grammar.amendments import find_operations
from extractor.model import Amended, Document, Issue, Operation

_BELOW = frozenset({"signature", "date", "attachments", "note"})
"""What stands below the last article and belongs to none."""
_NOT_OF_ARTICLES = frozenset({"repeal", "unread", "reorder"})
"""What other texts say too, and no decision says alone."""


def amend(base: Issue, decision: Issue, base_ids: Sequence[str], decision_ids: Sequence[str]) -> Amended:
    """Carry out a decision in a text; see :func:`extractor.amend`."""
    old = text_of_articles(base, base_ids)
    said, operations = _decision(decision, decision_ids)
    text, below = _parted(base.text, old)
    made = apply(operations, text, old.title)
    return Amended(
        base=edition(base, (old,)),
        decision=edition(decision, (said,)),
        text=made.text + below,
        outcomes=made.outcomes,
        doubled=made.doubled,
    )


def text_of_articles(issue: Issue, ids: Sequence[str]) -> Document:
    """The document of an issue that is a text of articles (第X条).

    Args:
        issue: the issue.
        ids: documents that may be meant; all where it is empty.

    Raises:
        AmendmentError: there is none, or there are several.
    """
    held = [each for each in chosen(issue, ids) if read_articles(issue.text[slice(*each.span)]).articles]
    return _only(held, f"{issue.source.name}: no text of articles (第X条), which alone can be amended")


def _decision(issue: Issue, ids: Sequence[str]) -> tuple[Document, tuple[Operation, ...]]:
    """The document that amends another one, and its instructions; spans point into the text of the issue."""
    said: dict[str, tuple[Operation, ...]] = {}
    for document in chosen(issue, ids):
        found = find_operations(issue.text[slice(*document.span)])
        if any(operation.kind not in _NOT_OF_ARTICLES for operation in found):
            at = document.span[0]
            said[document.id] = tuple(replace(each, span=(each.span[0] + at, each.span[1] + at)) for each in found)
    held = [document for document in issue.documents if document.id in said]
    document = _only(held, f"{issue.source.name}: nothing is amended here (第九条修改为…, 增加一条…, 删去第七条)")
    return document, said[document.id]


def _only(held: Sequence[Document], none: str) -> Document:
    """The one document of a list that no other one of it carries."""
    ids = {document.id for document in held}
    found = [document for document in held if document.parent_id not in ids]
    if len(found) == 1:
        return found[0]
    if not found:
        raise AmendmentError(none)
    listed = ", ".join(f"#{each.id} {(each.title or '')[:20]}" for each in found[:8])
    raise AmendmentError(f"several documents could be meant; name one of them behind the file: {listed}")


def _parted(text: str, document: Document) -> tuple[str, str]:
    """The words of a document up to its last article, and what stands below that."""
    end = document.span[1]
    for block in reversed(document.blocks):
        if block.kind not in _BELOW and text[slice(*block.span)].strip():
            break
        end = block.span[0]
    below = [line for line in text[end : document.span[1]].splitlines() if line.strip()]
    return text[document.span[0] : end], "".join(line + "\n" for line in below)
