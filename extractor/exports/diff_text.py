"""A diff for a terminal and as Markdown: what changed, clause by clause, with the words of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractor.model import Change, Diff, Edition, Pair

STATUSES = {
    "kept": "未变",
    "edited": "修改",
    "moved": "移动",
    "renumbered": "改号",
    "split": "拆分",
    "merged": "合并",
    "added": "新增",
    "removed": "删去",
}
"""What became of a clause, in Chinese."""


def plain(found: Diff) -> str:
    """For a terminal: counts, then one line a change under its clause; wording and order come without quotations."""
    return "\n".join([*_head(found), *_lines(found)]) + "\n"


def markdown(found: Diff) -> str:
    """The same as Markdown: a table of the changes of meaning, then the redlines of the clauses that were edited."""
    told = [change for change in found.changes if change.meaning]
    lines = [f"# {_title(found.old)} → {_title(found.new)}", "", *_head(found), ""]
    if told:
        lines += ["| 条款 | 变化 | 旧 | 新 |", "|---|---|---|---|"]
        for change in told:
            old = _cell(change.old.text) if change.old is not None else ""
            new = _cell(change.new.text) if change.new is not None else ""
            lines.append(f"| {_where(change)} | {_cell(change.zh.partition('：')[0])} | {old} | {new} |")
    edited = [pair for pair in found.pairs if pair.redline]
    if edited:
        lines += ["", "## 修改对照", ""]
        for pair in edited:
            lines.append(f"- {_pair_place(pair)}：{_redline(found, pair)}")
    return "\n".join(lines) + "\n"


def _head(found: Diff) -> Iterator[str]:
    statuses = Counter(pair.status for pair in found.pairs)
    said = "、".join(f"{STATUSES[status]} {number}" for status, number in statuses.most_common())
    yield f"条款：{said or '无'}"
    kinds = Counter(change.zh.partition("：")[0].partition("（")[0] for change in found.changes)
    yield f"变化：{'、'.join(f'{kind} {number}' for kind, number in kinds.most_common()) or '无'}"


def _lines(found: Diff) -> Iterator[str]:
    place: str | None = None
    for change in found.changes:
        where = _where(change)
        if where != place:
            place = where
            yield ""
            yield where
        yield f"  {'*' if change.meaning else ' '} {change.zh}"


def _where(change: Change) -> str:
    sides = [_path(side.path) for side in (change.old, change.new) if side is not None]
    return " → ".join(dict.fromkeys(sides))


def _pair_place(pair: Pair) -> str:
    sides = ["、".join(_path(piece.path) for piece in side) for side in (pair.old, pair.new) if side]
    return " → ".join(dict.fromkeys(sides))


def _path(path: tuple[str, ...]) -> str:
    return "/".join(path) or "正文"


def _title(edition: Edition) -> str:
    return next((title for title in edition.titles if title), edition.source)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _redline(found: Diff, pair: Pair) -> str:
    """The new words with what was deleted struck through and what was inserted in bold."""
    said: list[str] = []
    for run in pair.redline:
        old = _cell(found.old.text[slice(*run.old)]) if run.old is not None else ""
        new = _cell(found.new.text[slice(*run.new)]) if run.new is not None else ""
        said.append(new if run.same else (f"~~{old}~~" if old else "") + (f"**{new}**" if new else ""))
    return "".join(said)
