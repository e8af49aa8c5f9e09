"""A diff as plain lines and as Markdown: what changed, clause by clause, with the words of both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.exports.diff_rows import STATUSES, Mark, Row, joined, listed, name, rows, title
from extractor.model import Diff

_SPACE = re.compile(r"\s+")
_SIGNS: dict[Mark, str] = {"same": "", "deleted": "~~", "inserted": "**"}


def plain(found: Diff) -> str:
    """For a pipe: counts, then one line a change under its clause; wording and order come without quotations."""
    return "\n".join([*counts(found), *_lines(found)]) + "\n"


def markdown(found: Diff) -> str:
    """The same as Markdown: a table of the changes of meaning, then the redlines of the clauses that were edited."""
    told = [(place, change) for place, changes in listed(found) for change in changes if change.meaning]
    lines = [f"# {heading(found)}", "", *counts(found), ""]
    if told:
        lines += ["| 条款 | 变化 | 旧 | 新 |", "|---|---|---|---|"]
        for place, change in told:
            old = _cell(change.old.text) if change.old is not None else ""
            new = _cell(change.new.text) if change.new is not None else ""
            lines.append(f"| {place} | {_cell(change.zh.partition('：')[0])} | {old} | {new} |")
    edited = [row for row in rows(found) if row.inline]
    if edited:
        lines += ["", "## 修改对照", ""]
        lines += [f"- {row.place}：{_redline(row)}" for row in edited]
    return "\n".join(lines) + "\n"


def heading(found: Diff) -> str:
    """What the two versions are called."""
    return f"{title(found.old)} → {title(found.new)}"


def counts(found: Diff) -> Iterator[str]:
    """How many clauses there are of each fate, and how many changes of each kind."""
    statuses = Counter(pair.status for pair in found.pairs)
    said = "、".join(f"{STATUSES[status]} {number}" for status, number in statuses.most_common())
    yield f"条款：{said or '无'}"
    kinds = Counter(name(change) for change in found.changes)
    yield f"变化：{'、'.join(f'{kind} {number}' for kind, number in kinds.most_common()) or '无'}"


def _lines(found: Diff) -> Iterator[str]:
    for place, told in listed(found):
        yield ""
        yield place
        for change in told:
            yield f"  {'*' if change.meaning else ' '} {change.zh}"


def _cell(text: str) -> str:
    return _SPACE.sub(" ", text).replace("|", "\\|")


def _redline(row: Row) -> str:
    """The new words with what was deleted struck through and what was inserted in bold."""
    said: list[str] = []
    for run in joined(row.inline):
        sign = _SIGNS[run.mark] if run.text.strip() else ""
        said.append(f"{sign}{_cell(run.text)}{sign}")
    return "".join(said)
