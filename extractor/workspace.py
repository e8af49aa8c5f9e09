"""What a person names on the command line (a file, FILE#d2, FILE#文号) as an issue and the documents that are meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from extractor.errors import UnknownIdError
from extractor.model import Document, Issue
from extractor.text.fold import View


class Selection(Struct, frozen=True):
    """An issue and the ids of documents in it."""

    issue: Issue
    document_ids: tuple[str, ...]


def select(name: str, read: Callable[[Path], Issue]) -> Selection:
    """The issue of a file, and of it the document behind ``#`` with those that it carries; all documents without one.

    A file whose own name holds ``#`` is taken as it is.

    Args:
        name: path, and after ``#`` the id (d2), the 文号 or the title of a document.
        read: gives the issue of a path.

    Raises:
        GazetteError: the file cannot be read, or has no such document or several.
    """
    file, wanted = parted(name)
    issue = read(file)
    if wanted is None:
        return Selection(issue, tuple(document.id for document in issue.documents))
    return Selection(issue, _carried(issue, _document(issue, wanted, str(file))))


def parted(name: str) -> tuple[Path, str | None]:
    """The file that is named, and the document that is wanted of it; None where all are.

    >>> parted("2023.txt#d2")[1]
    'd2'
    """
    file, mark, wanted = name.rpartition("#")
    return (Path(file), wanted) if mark and not Path(name).exists() else (Path(name), None)


def _document(issue: Issue, wanted: str, file: str) -> Document:
    key = View.of(wanted).text
    numbers = {each.id: View.of(each.doc_number.text).text for each in issue.documents if each.doc_number is not None}
    found = [each for each in issue.documents if wanted == each.id or numbers.get(each.id) == key]
    found = found or [each for each in issue.documents if key and key in View.of(each.title or "").text]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{each.id} {(each.title or '')[:20]}" for each in (found or issue.documents)[:8])
    what = "several documents answer to" if found else "no document answers to"
    raise UnknownIdError(f"{file}: {what} {wanted}; there are {known}")


def _carried(issue: Issue, document: Document) -> tuple[str, ...]:
    """The document and all that it carries."""
    ids = {document.id}
    for each in issue.documents:  # what carries another stands before it
        if each.parent_id in ids:
            ids.add(each.id)
    return tuple(each.id for each in issue.documents if each.id in ids)
