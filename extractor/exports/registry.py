"""The registry of bodies as lines for a person: one body a line, its facts divided by tabs."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import BodyEntry

HEADING = ("名称", "简称", "性质", "层级", "代码", "所在地", "隶属", "起止", "曾称", "现称", "依据")
_KINDS = {
    "party": "党委",
    "government": "政府",
    "vertical": "垂管",
    "mass": "群团",
    "zone": "园区",
    "enterprise": "企业",
    "institution": "事业单位",
    "court": "司法",
    "leading-group": "议事协调",
    "group": "多个单位",
    "system": "系统",
    "other": "其他",
}
_BASES = {"national": "国家机关", "pattern": "名称格式", "added": "自加", "mention": "按简称推定", "member": "成员"}
"""名称格式: what such an office is called, whether the place has one or not."""
_LEVELS = {
    "national": "国家",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡级",
    "other": "其他",
}


def render(found: Sequence[BodyEntry]) -> str:
    """The bodies with a heading; empty where there are none.

    >>> print(render((BodyEntry(name="农业部", kind="government", level="national", until=2018, basis="national"),)))
    名称	简称	性质	层级	代码	所在地	隶属	起止	曾称	现称	依据
    农业部	-	政府	国家	-	-	-	—2018	-	-	国家机关
    <BLANKLINE>
    """
    lines = [HEADING, *(_cells(entry) for entry in found)] if found else []
    return "".join("\t".join(cell or "-" for cell in cells) + "\n" for cells in lines)


def _cells(entry: BodyEntry) -> tuple[str, ...]:
    years = f"{entry.since or ''}—{entry.until or ''}" if entry.since or entry.until else ""
    return (
        entry.name,
        "、".join(entry.short),
        _KINDS[entry.kind],
        _LEVELS[entry.level] if entry.level else "",
        entry.place or "",
        entry.seat or "",
        entry.parent or "",
        years,
        "、".join(entry.before),
        "、".join(entry.after),
        _BASES[entry.basis],
    )
