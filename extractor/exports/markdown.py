"""An issue as Markdown: one table a document, then its people, then what looks wrong in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.exports.rows import LOOSE, DocumentRows, document_rows, heading, hidden, notices
from extractor.model import Document, Issue


def render(issue: Issue, *, every: bool = False) -> str:
    """The measures of an issue in Markdown tables, one section a document; with ``every`` also bare ones."""
    parts = [f"# {_escape(heading(issue))}"]
    for document, rows in zip(issue.documents, document_rows(issue, every=every), strict=True):
        parts += [*_section(rows), *_people(document)]
    wrong = notices(issue)
    if wrong:
        lines = [f"- {zh}{f'「{_escape(quote)}」' if quote else ''} `{each.code}`" for each, zh, quote in wrong]
        parts += [f"## 原文疑误 {len(wrong)} 处", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _section(document: DocumentRows) -> list[str]:
    parts = [f"## {document.id} {_escape(document.title)}", _escape(document.facts)]
    if document.rows:
        parts.append(_table(document.columns, ([row[name] for name in document.columns] for row in document.rows)))
    if document.loose:
        parts.append("\n".join([LOOSE, "", *(f"- {_escape(each)}" for each in document.loose)]))
    parts += [_escape(hidden(document)), f"另载：{document.besides}" if document.besides else ""]
    return [part for part in parts if part]


def _people(document: Document) -> list[str]:
    """Appointments and lists of members, each in a table of its own."""
    parts = []
    if document.appointments:
        named = ((each.action, each.person, each.post) for each in document.appointments)
        parts.append(_table(("任免", "姓名", "职务"), named))
    if document.roster:
        rows = [(each.role, each.person, each.post, each.date, each.duties) for each in document.roster]
        heads = ("名单", "姓名", "职务", "日期", "分工")
        used = [i for i in range(len(heads)) if i < 2 or any(row[i] for row in rows)]
        parts.append(_table([heads[i] for i in used], ([row[i] or "" for i in used] for row in rows)))
    return parts


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(heads), ["---"] * len(heads)]
    lines += [["<br>".join(_escape(line) for line in cell.split("\n")) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escape(text: str) -> str:
    for mark in "\\|*_`<>[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")
