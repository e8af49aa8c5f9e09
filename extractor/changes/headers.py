"""Which document of one version is which of the other, and what differs in their facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.changes.align import ratio
from extractor.changes.compare import Finding
from extractor.changes.pieces import alike
from extractor.model import Document, Issue, Side
from extractor.text.fold import View

SAME_TITLE = 0.4
"""Likeness from which two titles can be of one document where several are compared."""
_STAGE = re.compile(r"[(\[][^()\[\]]*(?:稿|草案|试行|暂行|修订|修正)[^()\[\]]*[)\]]|\d{4}年(?:版|修订版?)")
"""Stage of a text in its title (V01–V04): no part of its name."""


def partners(old: Sequence[Document], new: Sequence[Document]) -> dict[str, str]:
    """Ids of the old documents to those of the new ones: the likest titles first, a single one to a single one."""
    if len(old) == 1 and len(new) == 1:
        return {old[0].id: new[0].id}
    scored = sorted(
        (
            (-_likeness(one, other), abs(i - j), one.id, other.id)
            for i, one in enumerate(old)
            for j, other in enumerate(new)
        ),
    )
    found: dict[str, str] = {}
    for score, _, one, other in scored:
        if -score >= SAME_TITLE and one not in found and other not in found.values():
            found[one] = other
    left = [each for each in old if each.id not in found]
    right = [each for each in new if each.id not in found.values()]
    if len(left) == 1 and len(right) == 1 and left[0].genre == right[0].genre:
        found[left[0].id] = right[0].id
    return found


def _likeness(one: Document, other: Document) -> float:
    if not one.title or not other.title:
        return SAME_TITLE if one.title == other.title and one.genre == other.genre else 0.0
    same_genre = 0.1 if one.genre == other.genre else 0.0
    return ratio(_name(one), _name(other)) + same_genre


def _name(document: Document) -> str:
    return _STAGE.sub("", alike(View.of(document.title or "").text))


def compare(
    old: Issue, new: Issue, before: Sequence[Document], after: Sequence[Document], partner: dict[str, str]
) -> Iterator[Finding]:
    """Documents that one side alone has, and a draft that became final; titles and dates differ in any new version."""
    here = {document.id: document for document in before}
    back = {there: one for one, there in partner.items()}
    for document in before:
        if document.id not in partner:
            yield Finding(kind="document-removed", old=_head(old, document), about=document.title)
    for document in after:
        one = here.get(back.get(document.id, ""))
        if one is None:
            yield Finding(kind="document-added", new=_head(new, document), about=document.title)
        elif one.status != document.status:
            yield Finding(kind="status-changed", old=_title(old, one), new=_title(new, document), about=document.title)


def _head(issue: Issue, document: Document) -> Side:
    """The title of a document, or its first line where it has none."""
    titled = _title(issue, document)
    if titled is not None:
        return titled
    words = issue.text[slice(*document.span)]
    start = document.span[0] + len(words) - len(words.lstrip())
    line = words.lstrip().partition("\n")[0].rstrip()
    return Side(document_id=document.id, text=line, span=(start, start + len(line)))


def _title(issue: Issue, document: Document) -> Side | None:
    """The title where it is printed; None where the document has none of its own."""
    span = next((block.span for block in document.blocks if block.kind == "title"), None)
    if span is None:
        return None
    words = issue.text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return Side(document_id=document.id, text=words.strip(), span=(start, start + len(words.strip())))
