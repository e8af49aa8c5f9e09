"""A cascade for a terminal and as Markdown: each measure of the upper text with what takes it up below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.model import Beside, Cascade, Counterpart, Edition, Kinship, Side, Task, Uptake, Verdict

VERDICTS: dict[Verdict, str] = {
    "same": "相同",
    "higher": "更高",
    "lower": "更低",
    "share": "分担",
    "listed": "并列",
    "earlier": "提前",
    "later": "推后",
    "counterpart": "对口",
    "missing": "下级未列",
    "local": "下级自有",
}
"""What the lower text makes of something, in Chinese."""
_KINDS = {"number": "数字", "deadline": "时限", "body": "单位"}
_BASIS: dict[Kinship, str] = {"words": "文字", "heading": "标题", "name": "专名", "number": "数字"}
_ROLES = {
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "supervisor": "指导",
    "payer": "出资",
    "interpreter": "解释",
}


def plain(found: Cascade) -> str:
    """For a terminal: counts, each measure with what takes it up, then what is missing and what is local."""
    lines = [*_head(found), ""]
    for uptake in found.uptakes:
        if uptake.lower:
            lines += [_name(uptake.task), *(f"  → {_below(each)}" for each in uptake.lower)]
            lines += [f"    {line}" for line in _beside(uptake.beside)]
    for title, tasks in (("未承接", found.missing), ("下级自有", found.local)):
        if tasks:
            lines += ["", f"{title}（{len(tasks)}）", *(f"  {_name(task)}" for task in tasks)]
    return "\n".join(lines) + "\n"


def markdown(found: Cascade) -> str:
    """The same as Markdown: a table of all measures of the upper text, then numbers, deadlines and bodies."""
    lines = ["# 上下级文件承接对照", "", *(f"- {line}" for line in _head(found)), ""]
    lines += ["| 上级举措 | 承接 | 相似 | 依据 |", "|---|---|---|---|", *_rows(found.uptakes)]
    details = [(uptake, list(_beside(uptake.beside))) for uptake in found.uptakes if uptake.beside]
    if details:
        lines += ["", "## 数字、时限、单位"]
        for uptake, said in details:
            lines += ["", f"**{_cell(_name(uptake.task))}**", "", *(f"- {_cell(line)}" for line in said)]
    if found.local:
        lines += ["", "## 下级自有", "", *(f"- {_cell(_name(task))}" for task in found.local)]
    return "\n".join(lines) + "\n"


def _head(found: Cascade) -> Iterator[str]:
    measures, missing = len(found.uptakes), len(found.missing)
    below = [each.task for uptake in found.uptakes for each in uptake.lower]
    yield f"上级：{_title(found.upper, [uptake.task for uptake in found.uptakes])}"
    yield f"下级：{_title(found.lower, [*below, *found.local])}"
    yield f"上级举措 {measures}：已承接 {measures - missing}、未承接 {missing}；下级自有 {len(found.local)}"


def _title(edition: Edition, tasks: Sequence[Task]) -> str:
    """Title of the document with the first of the measures: that of a plan, not of the notice that issues it."""
    titles = dict(zip(edition.document_ids, edition.titles, strict=True))
    said = titles.get(tasks[0].document_id) if tasks else next((title for title in edition.titles if title), None)
    return said or edition.source


def _name(task: Task) -> str:
    return " ".join(part for part in ("/".join(task.path) or "正文", task.title or "") if part)


def _below(each: Counterpart) -> str:
    return f"{_name(each.task)}（相似 {each.alike:.2f}：{'、'.join(_BASIS[basis] for basis in each.basis)}）"


def _rows(uptakes: Sequence[Uptake]) -> Iterator[str]:
    for uptake in uptakes:
        name = _cell(_name(uptake.task))
        if not uptake.lower:
            yield f"| {name} | **未承接** | | |"
        for each in uptake.lower:
            basis = "、".join(_BASIS[basis] for basis in each.basis)
            yield f"| {name} | {_cell(_name(each.task))} | {each.alike:.2f} | {basis} |"
            name = ""


def _beside(rows: Iterable[Beside]) -> Iterator[str]:
    """One line a pair; what one side alone has on one line a kind."""
    alone: dict[tuple[str, Verdict], list[str]] = {}
    for row in rows:
        if row.upper is not None and row.lower is not None:
            about = f"{row.about}：" if row.about else ""
            sides = f"{_said(row, row.upper)} ↔ {_said(row, row.lower)}"
            yield f"{_KINDS[row.kind]} {about}{sides} {VERDICTS[row.verdict]}"
        else:
            side = row.upper or row.lower
            said = _said(row, side) if side is not None else ""
            alone.setdefault((row.kind, row.verdict), []).append(f"{row.about} {said}" if row.about else said)
    for (kind, verdict), said_alone in alone.items():
        yield f"{_KINDS[kind]} {VERDICTS[verdict]}：{'、'.join(said_alone)}"


def _said(row: Beside, side: Side) -> str:
    role = row.upper_role if side is row.upper else row.lower_role
    return _cell(side.text) + (f"（{_ROLES[role]}）" if role is not None else "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
