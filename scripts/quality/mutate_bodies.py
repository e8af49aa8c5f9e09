"""Edits of who answers, what is cited, how long it holds, and of the standing of the whole text."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.quality.mutate_planting import Edit, Replacement
from scripts.quality.mutate_source import Span, Unit
from scripts.quality.rewriting import Json

_DATA = Path(__file__).with_name("mutate_words.toml")
_SEATED = re.compile(r"[市区县省](?!场|政|级)")
_AFTER_A_UNIT = re.compile(r"[、,，]?\s*$|[、）)\]】\t|。\n]|等|按|$")
_CONVENTION = re.compile(r"列首位|列第一位|排在首位|排第一|下同")
_LEAD_COLUMN = re.compile(r"[\t|]\s*牵头(?:单位|部门)\s*[\t|]")
_TOGETHER = re.compile(r"等|各|有关|相关|及|和")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words of ``mutate_words.toml``."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def _listed(unit: Unit) -> Iterator[tuple[Json, int, Span]]:
    """Rows of bodies in brackets, lines and cells, with their clause and the only place of the body there."""
    for row in unit.gold.get("links") or ():
        clause = unit.clause_of(row) if row.get("explicit") != "sentence" else None
        if clause is None:
            continue
        span = unit.find(row["unit"], (unit.clauses[clause].start, unit.clauses[clause].end))
        if span is not None and unit.whole(span):
            yield row, clause, span


def added(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """One more body behind another in a list."""
    text = unit.text
    for row, clause, (start, end) in _listed(unit):
        name = row["unit"]
        seat = name[0] if _SEATED.match(name) else ""
        if row["role"] not in ("responsible", "support") or not seat or _TOGETHER.search(name):
            continue
        around = text[unit.clauses[clause].start : unit.clauses[clause].end]
        separator = next(
            (mark for mark in "、,，" if text[end : end + 1] == mark or text[start - 1 : start] == mark), None
        )
        if separator is None or not re.match(r"[、,，）)\]】\t|。\n]|等", text[end : end + 1] or "\n"):
            continue
        new = chance.choice(words()["bodies"]["added"])
        new = seat + (new[:-1] + "厅" if seat == "省" and new in ("司法局", "审计局") else new)
        if new[1:-1] not in around:
            edit = Replacement(end, end, separator + new)
            yield Edit("body-added", clause, (edit,), (end, end), names=(new,))


def removed(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A body in the middle or at the end of a list goes."""
    text = unit.text
    for row, clause, (start, end) in _listed(unit):
        if row["role"] not in ("responsible", "support") or _CONVENTION.search(text):
            continue
        before, behind = text[start - 1 : start], text[end : end + 1] or "\n"
        if before == "、" and re.match(r"[、）)\]】\t|。\n]", behind):
            yield Edit(
                "body-removed", clause, (Replacement(start - 1, end, ""),), (start - 1, end), names=(row["unit"],)
            )


def lead_moved(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """The body that leads and one of the others change places."""
    rows = list(_listed(unit))
    known = Counter((unit.clause_of(row), row["role"]) for row in unit.gold.get("links") or ())
    for _, clause, first in (each for each in rows if each[0]["role"] == "lead"):
        here = [each for each in rows if each[1] == clause]
        text = unit.text[unit.clauses[clause].start : unit.clauses[clause].end]
        if "牵头" not in text and not (unit.in_table(unit.clauses[clause]) and _LEAD_COLUMN.search(unit.text)):
            continue  # leads by its place in the list
        leads = [each for each in here if each[0]["role"] == "lead"]
        others = [
            each
            for each in here
            if each[0]["role"] in ("support", "responsible") and not _TOGETHER.search(each[0]["unit"])
        ]
        groups = {each[0].get("group") for each in here}
        if known[clause, "lead"] != 1 or not others or len(groups) > 1:
            continue
        row, _, second = chance.choice(others)
        lead = leads[0][0]["unit"]
        # An elided seat goes with its place in the list: only two whole names, or two elided ones, change places.
        if (
            bool(_SEATED.match(lead)) != bool(_SEATED.match(row["unit"]))
            or unit.text[second[1] : second[1] + 1] in "<（("
        ):
            continue
        after = (Replacement(*first, unit.text[slice(*second)]), Replacement(*second, unit.text[slice(*first)]))
        yield Edit("lead-moved", clause, after, first, values=(lead, row["unit"]), names=(lead, row["unit"]))


_ROLES = (
    (re.compile(r"(?<=[，,])(?P<list>[^（）()，,；;：:\n\t]{3,60}?)(?P<role>配合)(?=[）)])"), "按职责分工负责"),
    (re.compile(r"(?<=[（(])(?P<list>[^（）()，,；;：:\n\t]{3,60}?)(?P<role>按职责分工负责|负责)(?=[）)])"), "配合"),
    (re.compile(r"(?P<role>配合单位)(?=[：:])(?P<list>[：:][^；;）)\n\t]{3,60})"), "责任单位"),
)


def roles(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """Bodies that support become responsible, or the other way round."""
    if _CONVENTION.search(unit.text):
        return
    rows = list(_listed(unit))
    for index, clause in enumerate(unit.clauses):
        here = [row["unit"] for row, at, _ in rows if at == index]
        for pattern, new in _ROLES:
            for match in pattern.finditer(unit.text, clause.start, clause.end):
                names = tuple(name for name in here if name in match["list"])
                if names and "牵头" not in match["list"]:
                    edit = Replacement(*match.span("role"), new)
                    span = (min(match.start("list"), match.start("role")), max(match.end("list"), match.end("role")))
                    yield Edit("role-changed", index, (edit,), span, names=names)


_NUMBER_OF_TEXT = re.compile(r"(?P<open>[〔\[［【(（])(?P<year>20[0-2]\d)(?P<close>[〕\]］】)）])(?P<number>\d+)\s*号")
_KINDS_OF_TEXT = (
    ("管理细则", "管理办法"),
    ("暂行办法", "管理办法"),
    ("实施细则", "实施办法"),
    ("实施意见", "实施方案"),
    ("条例", "条例（修订）"),
)


def references(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """What a text cites has another number, or another title."""
    for row in unit.gold.get("references") or ():
        clause = unit.clause_of(row)
        if clause is None and row.get("path"):
            continue
        within = (
            (unit.clauses[clause].start, unit.clauses[clause].end)
            if clause is not None
            else unit.documents.get(row["doc"])
        )
        span = within and unit.find(row["title"], within)
        if not span or not within or not unit.whole(span):
            continue
        stop = unit.text.find("。", span[1])
        if "废止" in unit.text[span[1] : stop if stop >= 0 else len(unit.text)]:
            continue
        number = (
            _NUMBER_OF_TEXT.search(unit.text, span[1], min(span[1] + 20, len(unit.text)))
            if row.get("doc_number")
            else None
        )
        if number:
            year, old = int(number["year"]), int(number["number"])
            new = f"{number['open']}{year + 1}{number['close']}{old + 3}号"
            edit = Replacement(*number.span(), new)
            yield Edit("reference-updated", clause, (edit,), number.span(), names=(row["title"],))
            continue
        for old_kind, new_kind in _KINDS_OF_TEXT:
            at = span[1] - len(old_kind)
            if unit.text[at : span[1]] == old_kind and unit.text[span[1] : span[1] + 1] == "》":
                edit = Replacement(at, span[1], new_kind)
                yield Edit("reference-updated", clause, (edit,), span, names=(row["title"],))
                break


_TERM = re.compile(r"有效期(?:为|限为)?(?P<number>[1-9])年")
_UNTIL = re.compile(r"有效期至\s*(?P<number>20\d\d)\s*年")
_FORCE = re.compile(r"自\s*20\d\d\s*年\s*(?P<number>\d{1,2})\s*月\s*\d{1,2}\s*日\s*起(?:施行|实施|执行)")
_GENRES = ("办法", "方案", "措施", "意见", "细则", "规定", "计划", "政策")


def validity(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """How long a text holds, or from when on; where it does not say, both texts get a closing paragraph."""
    said = False
    for pattern in (_TERM, _UNTIL, _FORCE):
        for match in pattern.finditer(unit.text):
            said = True
            old = int(match["number"])
            new = old + 2 if pattern is not _FORCE or old <= 10 else old - 2
            edit = Replacement(*match.span("number"), str(new))
            yield Edit(
                "validity-changed", _clause_at(unit, match.start()), (edit,), match.span(), values=(str(old), str(new))
            )
    if said or re.search(r"有效期|起施行|起实施|起执行|废止", unit.text):
        return
    for doc, (_, end) in unit.documents.items():
        title = next((row["title"] for row in unit.gold["documents"] if row["id"] == doc), None) or ""
        genre = next((word for word in _GENRES if re.sub(r"[（(].*?[）)]|》?的通知", "", title).endswith(word)), None)
        if genre and not title.endswith("通知") and unit.text[end : end + 1] in ("\n", ""):
            line = unit.line(unit.clauses[-1].start)[0] if unit.clauses else end
            indent = re.match(r"\s*", unit.text[line:])
            lead = "\n" + (indent.group() if indent else "").strip("\n")
            before = lead + words()["validity"]["before"].format(genre=genre)
            after = lead + chance.choice(words()["validity"]["after"]).format(genre=genre)
            yield Edit(
                "validity-changed",
                None,
                (Replacement(end, end, after),),
                (end, end),
                before=(Replacement(end, end, before),),
            )


def _clause_at(unit: Unit, at: int) -> int | None:
    for index, clause in enumerate(unit.clauses):
        if clause.start <= at < clause.end:
            return index
    return None


def status(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """The final text was a draft for comment: 征求意见稿 stands behind the title of a text that is alone."""
    rows = unit.gold.get("documents") or []
    if len(rows) != 1 or rows[0].get("status") == "draft" or not rows[0].get("title"):
        return
    title = rows[0]["title"]
    if title.endswith(("通知", "函", "公告", "批复", "决定")):
        return
    body = unit.documents.get(rows[0]["id"], (0, 0))[0]
    span = unit.find(title, (0, body))
    if span is not None and not unit.text[span[1] : unit.line(span[1])[1]].strip():
        edit = Replacement(span[1], span[1], "（征求意见稿）")
        yield Edit("status-changed", None, (edit,), span, names=(title,), turned=True)
