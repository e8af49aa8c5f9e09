"""The sample issues in ``corpora/`` and their gold: does every row stand in the text, and is every text our own?

``faults`` below is the checker; the tests at the end break a sample on purpose, so that a checker
that sees nothing would fail too.
"""

from __future__ import annotations

import copy
import datetime
import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.text.fold import fold

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = tuple(sorted(p.parent for p in (ROOT / "corpora").glob("*/gold.json")))
SHARED = ROOT.parent / "shared"

ROLES = {"lead", "responsible", "support", "supervisor", "payer"}
FORMS = {"parenthetical", "line", "table"}
OPERATORS = {">=", "<=", "=", ">", "<", "range", "about"}
KINDS = {"target", "benefit", "requirement"}
BOUNDS = {"before", "by", "in"}
STATUS = {"final", "draft"}
ISSUE_FIELDS = {"series", "title", "year", "number", "total_number", "published", "publisher"}

# the marks that a printed page leaves between two lines: — 3 —
PAGE_MARK = re.compile(r"(?m)^[\s\u3000]*—[ \d]+—[\s\u3000]*$")
# one character against one, so that positions stay the same
WIDTH = str.maketrans("（），：．", "(),:.")
NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
ROLE_BRACKET = re.compile(r"[(（【](?:牵头单位|责任单位|责任部门|主要责任单位|主办单位)[:：]")
HAN = re.compile("[\u4e00-\u9fff]")
WRITTEN = {".py", ".toml", ".md", ".txt", ".html", ".json"}
RUN = 20  # so many characters in a row that also stand in a real document would be a copied sentence

Row = dict[str, Any]


def squeeze(text: str) -> str:
    """The text without page marks and without any white space, as the gold quotes it."""
    return re.sub(r"\s+", "", PAGE_MARK.sub("", text))


def parts(quote: str) -> list[str]:
    """The pieces of a quote that leaves words out between …"""
    return [p for p in squeeze(quote).split("…") if p]


def in_order(quote: str, text: str) -> bool:
    """Whether the pieces of the quote stand in the text one after another."""
    at = 0
    for piece in parts(quote):
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return bool(parts(quote))


def bodies(text: str, gold: Row, out: list[str]) -> dict[str, str]:
    """The body of each document, from its first to its last words, in order of appearance."""
    found: dict[str, str] = {}
    at = 0
    for d in gold["documents"]:
        start = text.find(d["first_words"], at)
        end = text.find(d["last_words"], start) if start >= 0 else -1
        if end < 0:
            out.append(f"{d['id']}: first or last words not found")
            found[d["id"]] = ""
            continue
        at = end + len(d["last_words"])
        found[d["id"]] = text[start:at]
    return found


def clause_texts(gold: Row, body: dict[str, str], out: list[str]) -> dict[tuple[str, ...], str]:
    """(document, label, label …) -> text of the clause with all below it; (document,) alone is the whole body."""
    places: list[tuple[tuple[str, ...], int]] = []
    at: dict[str, int] = {}
    for c in gold["clauses"]:
        key = (c["doc"], *c["path"])
        if len(key) > 2 and key[:-1] not in {k for k, _ in places}:
            out.append(f"{key}: no clause above it")
        if key in {k for k, _ in places}:
            out.append(f"{key}: twice")
        stop = "" if c["heading"] or not c["path"][-1].isdigit() else "[、.]"
        label = "" if c.get("repaired") else re.escape(c["path"][-1]) + (stop or "[、.]?")
        heading = re.escape(squeeze(c["heading"]).translate(WIDTH)) if c["heading"] else ""
        m = re.compile(label + heading).search(body[c["doc"]].translate(WIDTH), at.get(c["doc"], 0))
        if m is None:
            out.append(f"{key}: {c['heading']}: not found in order")
            continue
        places.append((key, m.start()))
        at[c["doc"]] = m.end()
    texts: dict[tuple[str, ...], str] = {(doc,): text for doc, text in body.items()}
    for i, (key, start) in enumerate(places):
        ends = [s for k, s in places[i + 1 :] if k[0] == key[0] and k[: len(key)] != key]
        texts[key] = body[key[0]][start : ends[0] if ends else None]
    return texts


def states(value: float, quote: str) -> bool:
    """Whether the quote says this number, in digits or as one Chinese numeral."""
    digits = {float(x) for x in re.findall(r"\d+(?:\.\d+)?", squeeze(quote))}
    return value in digits or any(NUMERALS.get(c) == value for c in quote)


def is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day of the calendar."""
    m = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if m is None:
        return False
    try:
        datetime.date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
    except ValueError:
        return False
    return True


def document_faults(text: str, gold: Row, body: dict[str, str]) -> list[str]:
    """What is wrong in the rows of the issue, its contents and its documents."""
    out = [] if set(gold["issue"]) - {"number_to"} == ISSUE_FIELDS else ["issue: fields"]
    out += [f"issue: {k}" for k in ("series",) if squeeze(gold["issue"][k]) not in text]
    ids = {d["id"] for d in gold["documents"]}
    front = text[: text.find(gold["documents"][0]["first_words"])]
    for t in gold["toc"]:
        out += [f"toc: {x}" for x in (t["title"], t["doc_number"], t["section"]) if x and squeeze(x) not in front]
    for d in gold["documents"]:
        said = [d["title"], d["doc_number"], d["section"], *d["issuers"], *d["addressees"]]
        out += [f"{d['id']}: not in the text: {x}" for x in said if x and squeeze(x) not in text]
        if d["parent"] is not None and d["parent"] not in ids - {d["id"]}:
            out.append(f"{d['id']}: parent")
        if d["status"] not in STATUS or (d["date"] and not is_date(d["date"])):
            out.append(f"{d['id']}: status or date")
        if body[d["id"]] and not (len(d["first_words"]) == len(d["last_words"]) == 15):
            out.append(f"{d['id']}: first and last words have 15 characters")
        if d["doc_number"] and squeeze(d["doc_number"]) in body[d["id"]]:
            out.append(f"{d['id']}: first words stand before its own number already")
    return out


def link_faults(gold: Row, texts: dict[tuple[str, ...], str]) -> list[str]:
    """What is wrong in the links and in the groups that they come from."""
    out, stated = [], set()
    for r in gold["links"]:
        text = texts.get((r["doc"], *r["path"]), "")
        if r["role"] not in ROLES or squeeze(r["unit"]) not in text or r["unit"].endswith("等"):
            out.append(f"link: {r}")
        if r.get("explicit") == "sentence":
            continue
        if r.get("form") not in FORMS or r.get("explicit"):
            out.append(f"link form: {r}")
        stated.add((r["doc"], *r["path"], r.get("group"), r.get("form")))
    groups = [(g["doc"], *g["path"], g.get("group"), g.get("form")) for g in gold["link_groups"]]
    if len(set(groups)) != len(groups) or set(groups) != stated:
        out.append(f"link groups: {set(groups) ^ stated}")
    for g in gold["link_groups"]:
        if g["open_ended"] and "等" not in texts.get((g["doc"], *g["path"]), ""):
            out.append(f"open-ended without 等: {g}")
    labelled = sum(len(ROLE_BRACKET.findall(text)) for key, text in texts.items() if len(key) == 1)
    if labelled > sum(g["form"] == "parenthetical" for g in gold["link_groups"]):
        out.append(f"{labelled} labelled brackets, fewer groups")
    return out


def number_faults(gold: Row, texts: dict[tuple[str, ...], str]) -> list[str]:
    """What is wrong in the commitments and milestones."""
    out = []
    for c in gold["commitments"]:
        text = texts.get((c["doc"], *c["path"]), "")
        named = [c["value"], *([c["value2"]] if c["value2"] is not None else [])]
        head = c["unit"].split("/")[0] or c["unit"]
        good = in_order(c["quote"], text) and all(p in text for p in parts(c["indicator"]))
        good &= all(states(v, c["quote"]) for v in named) and head in squeeze(c["quote"])
        good &= c["op"] in OPERATORS and c["kind"] in KINDS and (c["op"] == "range") == (c["value2"] is not None)
        good &= (c["deadline"] is None and not c["deadline_inherited"]) or is_date(c["deadline"] or "")
        good &= c["value2"] is None or c["value"] < c["value2"]
        if not good:
            out.append(f"commitment: {c}")
    for m in gold["milestones"]:
        text = texts.get((m["doc"], *m["path"]), "")
        if not (in_order(m["quote"], text) and is_date(m["deadline"]) and m["bound"] in BOUNDS):
            out.append(f"milestone: {m}")
    return out


def name_faults(text: str, gold: Row, texts: dict[tuple[str, ...], str]) -> list[str]:
    """What is wrong in the references, persons and anomalies."""
    out = []
    for r in gold["references"]:
        place = texts.get((r["doc"], *(r["path"] or [])), "")
        if f"《{squeeze(r['title'])}》" not in place or (r["doc_number"] and squeeze(r["doc_number"]) not in place):
            out.append(f"reference: {r}")
    for kind in ("appointments", "roster"):
        for r in gold[kind]:
            place = texts.get((r["doc"],), "")
            said = [r["person"], r.get("post"), r.get("action"), r.get("duties"), *str(r.get("role") or "").split()]
            if not all(squeeze(x) in place for x in said if x) or not is_date(r.get("date", "2000")):
                out.append(f"{kind}: {r}")
    for a in gold["anomalies"]:
        if not in_order(a["quote"], text):
            out.append(f"anomaly: {a}")
    return out


def faults(text: str, gold: Row) -> list[str]:
    """Every row of the gold that the text does not bear out; an empty list when gold and text agree."""
    text = squeeze(text)
    out: list[str] = []
    body = bodies(text, gold, out)
    texts = clause_texts(gold, body, out)
    out += document_faults(text, gold, body) + link_faults(gold, texts)
    return out + number_faults(gold, texts) + name_faults(text, gold, texts)


@cache
def sample(folder: Path) -> tuple[str, Row]:
    """Text and gold of one sample issue."""
    gold: Row = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return (folder / gold["file"]).read_text(encoding="utf-8"), gold


def test_four_samples() -> None:
    """The four house styles are there, and each is as long and as dense as an issue."""
    assert len(SAMPLES) >= 4
    for folder in SAMPLES:
        text, gold = sample(folder)
        assert 4_000 <= len(text) <= 9_000, folder.name
        assert len(gold["links"]) >= 20 and len(gold["commitments"]) >= 15, folder.name


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_gold_stands_in_the_text(folder: Path) -> None:
    """Every quote, unit, heading, name, date and value of the gold is borne out by the text."""
    assert faults(*sample(folder)) == []


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_checker_sees_damage(folder: Path) -> None:
    """One wrong character in any single row is reported: the checker itself works."""
    text, gold = sample(folder)
    changes = [
        ("documents", "first_words"), ("documents", "last_words"), ("documents", "title"), ("clauses", "heading"),
        ("links", "unit"), ("links", "role"), ("commitments", "quote"), ("commitments", "indicator"),
        ("commitments", "op"), ("commitments", "deadline"), ("milestones", "quote"), ("milestones", "bound"),
        ("references", "title"), ("appointments", "person"), ("roster", "person"), ("anomalies", "quote"),
        ("toc", "title"),
    ]  # fmt: skip
    for layer, field in changes:
        for i, row in enumerate(gold[layer]):
            if row[field] is None:
                continue
            broken = copy.deepcopy(gold)
            broken[layer][i][field] = row[field][:-1] + "龘"
            assert faults(text, broken), f"{layer}[{i}].{field}"
            if i >= 2:  # the first rows of each layer are enough, and quick
                break
    for i in range(0, len(gold["commitments"]), 5):
        broken = copy.deepcopy(gold)
        broken["commitments"][i]["value"] = 987_654
        assert faults(text, broken)
    broken = copy.deepcopy(gold)
    del broken["link_groups"][0]
    assert faults(text, broken)
    broken = copy.deepcopy(gold)
    broken["clauses"] = [c for c in broken["clauses"] if len(c["path"]) > 1]
    assert faults(text, broken)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_checker_sees_a_changed_text(folder: Path) -> None:
    """The gold of an issue does not fit a text from which one sentence was cut."""
    text, gold = sample(folder)
    last = squeeze(gold["documents"][-1]["last_words"])
    at = squeeze(text).rfind(last)
    assert at > 0
    assert faults(squeeze(text)[:at], gold)


def real_files() -> list[Path]:
    """The real documents that lie beside the repository in the shared folder; none in a fresh clone."""
    return [p for d in ("gazettes", "corpus") for p in sorted((SHARED / d).glob("*")) if p.suffix in {".txt", ".html"}]


def read_bare(path: Path) -> str:
    """A document as text without tags and white space."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    return squeeze(re.sub(r"<[^<>]+>", "", text) if path.suffix == ".html" else text)


def committed_texts() -> dict[str, str]:
    """The text files of the repository that hold Chinese, folded and without white space."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).suffix in {"", *WRITTEN}]
    return {path.relative_to(ROOT).as_posix(): fold(read_bare(path)) for path in paths if path.is_file()}


def copied(ours: dict[str, str], real: Iterable[str]) -> list[tuple[str, str]]:
    """The runs of our texts, by name, that stand in a real text; what is mostly figures and marks is no sentence."""
    runs = {text[i : i + RUN]: name for name, text in ours.items() for i in range(len(text) - RUN + 1)}
    found = {text[i : i + RUN] for text in real for i in range(len(text) - RUN + 1) if text[i : i + RUN] in runs}
    return sorted((runs[run], run) for run in found if len(HAN.findall(run)) >= RUN / 2)


@pytest.mark.skipif(not real_files(), reason="no real documents beside the repository")
def test_no_sentence_of_a_real_document() -> None:
    """No run of 20 characters of a committed file stands in a real gazette or in a file of the corpus."""
    ours = committed_texts()
    assert {"README.md", "tests/cases/duties/wild.toml", "extractor/lexicon/roles.toml"} <= set(ours)
    assert copied(ours, (fold(read_bare(path)) for path in real_files())) == []


def test_a_copied_sentence_is_seen_in_any_width() -> None:
    sentence = "青岚区的河道由各镇巡查，每月不少于两次（含汛期）。"
    ours = {"a.toml": fold(f'text = "{sentence}"'), "b.toml": fold("text = 12345678901234567890年")}
    found = copied(ours, (fold(squeeze("要求：\n" + sentence + "\n12345678901234567890年")),))
    assert {name for name, _ in found} == {"a.toml"}
