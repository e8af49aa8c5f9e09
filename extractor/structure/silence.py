"""Passages in which nothing is promised: news, lists of names, what was done before, conditions (N66, N75, N88)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from extractor.structure.frame import Frame, Passage

Silence = Literal["news", "list", "past", "condition"]
_BODY = frozenset({"preamble", "paragraph", "item", "table"})
_GENRES: dict[str, Silence] = {"简讯": "news", "名单": "list", "公示": "list", "任免": "list", "目录": "list"}
_PERSONNEL = re.compile(r"任职|免职|任免|职务任|聘任|组成人员|领导小组成员|名单|人事")
_RETROSPECT = re.compile(
    r"回顾|工作总结|现状|存在(?:的)?(?:主要)?问题|取得的?成效|规划背景|工作背景|编制背景|发展基础|工作基础|面临形势|发展形势"
)
_LAID = re.compile(
    r"(?:夯实|打[牢好下]|筑[牢实]|厚植|巩固|强化|奠定|增强|完善|优化|提升|壮大)[^,，。]{0,20}(?:发展|工作)基础"
)
"""夯实产业发展基础: what is to be done, and no look back."""
_CONDITION_HEADING = re.compile(
    r"(?:申报|申请|支持|基本|认定|入驻|准入|享受|评选|适用|参评|报名|受理)(?:的)?(?:条件|材料|对象|主体|资格|范围)(?:[和及与](?:材料|要求|条件))?$"
    r"|^(?:条件|对象|材料)$|名词解释|术语|计分标准|评分标准|积分(?:指标|标准)"
)
_CONDITION_LIST = re.compile(
    r"(?:下列|以下|如下)[^:。]{0,30}(?:条件|情形|材料|资料|人员|对象|行为|要件)[^:。]{0,24}:$|(?:条件|材料|对象)(?:包括|为|是|如下)?:$"
)
_LIST_REACH = 80
"""Characters at the end of a passage that can announce a list of conditions."""


def passages(frame: Frame) -> Iterator[tuple[Passage, Silence | None]]:
    """The passages of the body of a document, each with the reason why nothing in it is a promise, if there is one."""
    document = frame.document
    whole: Silence | None = _GENRES.get(document.genre or "")
    if whole is None and _PERSONNEL.search(document.title or ""):
        whole = "list"
    silent: dict[str | None, Silence] = {}
    for known in document.clauses if whole is None else ():
        heading = known.heading or ""
        reason: Silence | None = silent.get(known.parent_id)
        if reason is None and _RETROSPECT.search(heading) and not _LAID.search(heading):
            reason = "past"
        elif reason is None and _CONDITION_HEADING.search(heading):
            reason = "condition"
        if reason is not None:
            silent[known.id] = reason
    listed: str | None = None
    for passage in frame.passages:
        if passage.kind not in _BODY or not passage.view.text:
            continue
        clause = passage.clause
        if whole is not None:
            yield passage, whole
        elif clause is not None and clause.id in silent:
            yield passage, silent[clause.id]
        elif clause is not None and listed is not None and clause.parent_id == listed:
            yield passage, "condition"  # items of a list of conditions (N66, N75)
        else:
            ending = passage.view.text[-_LIST_REACH:].rstrip()
            if ending.endswith(":") and _CONDITION_LIST.search(ending):
                listed = clause.id if clause is not None else None
            yield passage, None
