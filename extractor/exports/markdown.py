"""An issue as Markdown: one table a document."""

from __future__ import annotations

from extractor.exports.rows import DocumentRows, document_rows
from extractor.model import Issue

_HEAD = "| 条款 | 举措 | 牵头 | 责任 | 配合 | 量化承诺 |\n|---|---|---|---|---|---|"


def render(issue: Issue) -> str:
    """The measures of an issue in Markdown tables, one section a document."""
    head = issue.issue.title or issue.issue.series or issue.source.name
    return "\n\n".join([f"# {_escape(head)}", *(_section(document) for document in document_rows(issue))]) + "\n"


def _section(document: DocumentRows) -> str:
    parts = [f"## {_escape(document.title)}"]
    if document.facts:
        parts.append(_escape(document.facts))
    if document.rows:
        lines = [_HEAD]
        for row in document.rows:
            cells = [row.place, row.title, row.lead, row.responsible, row.support]
            cells = [_escape(cell) for cell in cells] + ["<br>".join(_escape(said) for said in row.commitments)]
            lines.append("| " + " | ".join(cells) + " |")
        parts.append("\n".join(lines))
    if document.others:
        parts.append(f"另有 {document.others} 项举措未写明责任单位和数量。")
    return "\n\n".join(parts)


def _escape(text: str) -> str:
    for mark in "\\|*_`<>[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")
