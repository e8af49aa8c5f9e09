"""The sample issues as web page, Word file and PDF: the same documents, clauses, links and commitments as in the text.

Issue 3, point 8. The files are made by scripts/refresh-corpora, which knows nothing of the extractor.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import extractor
from scripts.corpora import printed, refresh
from scripts.corpora.outline import Paragraph, Table, read_outline
from scripts.quality import floors
from scripts.quality.layers import layers
from scripts.quality.scoring import figures, pool
from scripts.quality.sources import FLOORS, SAMPLES

Json = dict[str, Any]

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
NAMES = tuple(sorted(gold.parent.name for gold in CORPORA.glob("*/gold.json")))
TWINS = ("html", "docx", "pdf")
TOTAL, PDF = 3_000_000, 400_000
"""Bytes that all of corpora/ and one PDF may have."""

TABLES = {"qiling-2023-04": 4, "yanbei-2024-02": 1}


def squeezed(text: str | None) -> str:
    """Text without white space: its layout differs from format to format."""
    return "".join((text or "").split())


@cache
def parsed(name: str, suffix: str) -> Json:
    """The JSON of a sample in a format."""
    result: Json = json.loads(extractor.to_json(extractor.parse(CORPORA / name / f"issue.{suffix}")))
    return result


def date(deadline: Json | None) -> str | None:
    return deadline["date"] if deadline else None


def documents(issue: Json) -> list[object]:
    fields = ("date", "genre", "status", "section", "parent_id")
    return [
        (
            squeezed(d["title"]),
            d["doc_number"] and squeezed(d["doc_number"]["text"]),
            *(d[field] for field in fields),
            [squeezed(name) for name in (*d["issuers"], "/", *d["addressees"])],
        )
        for d in issue["documents"]
    ]


def clauses(issue: Json) -> list[object]:
    return [(c["id"], c["path"], squeezed(c["heading"])) for d in issue["documents"] for c in d["clauses"]]


def links(issue: Json) -> list[object]:
    return [
        (m["clause_id"], r["role"], r["basis"], r["open_ended"], squeezed(u["mention"]), u["id"])
        for d in issue["documents"]
        for m in d["measures"]
        for r in m["responsibilities"]
        for u in r["units"]
    ]


def commitments(issue: Json) -> list[object]:
    fields = ("clause_id", "comparator", "value", "upper", "unit", "per", "change", "kind")
    return [
        (*(c[field] for field in fields), squeezed(c["indicator"]))
        for d in issue["documents"]
        for c in d["commitments"]
    ]


def deadlines(issue: Json) -> list[object]:
    return [(c["clause_id"], c["value"], date(c["deadline"])) for d in issue["documents"] for c in d["commitments"]]


def milestones(issue: Json) -> list[object]:
    return [
        (m["clause_id"], squeezed(m["text"]), date(m["deadline"])) for d in issue["documents"] for m in d["milestones"]
    ]


def references(issue: Json) -> list[object]:
    return [(d["id"], squeezed(r["title"]), r["relation"]) for d in issue["documents"] for r in d["references"]]


def appointments(issue: Json) -> list[object]:
    return [
        (d["id"], a["person"], a["action"], squeezed(a["post"])) for d in issue["documents"] for a in d["appointments"]
    ]


def roster(issue: Json) -> list[object]:
    return [(d["id"], r["person"], r["role"], r["date"]) for d in issue["documents"] for r in d["roster"]]


ASPECTS = {
    aspect.__name__: aspect
    for aspect in (documents, clauses, links, commitments, deadlines, milestones, references, appointments, roster)
}
PAIRS = [
    pytest.param(name, aspect, suffix, id=f"{name}-{aspect}-{suffix}")
    for name in NAMES
    for aspect in ASPECTS
    for suffix in TWINS
]


@pytest.mark.parametrize(("name", "aspect", "suffix"), PAIRS)
def test_a_twin_says_the_same(name: str, aspect: str, suffix: str) -> None:
    assert ASPECTS[aspect](parsed(name, suffix)) == ASPECTS[aspect](parsed(name, "txt"))


def test_every_aspect_is_there_to_be_compared() -> None:
    for aspect in ASPECTS.values():
        assert any(aspect(parsed(name, "txt")) for name in NAMES), aspect.__name__


@pytest.mark.parametrize("suffix", TWINS)
def test_a_twin_reaches_the_floors_of_the_text(suffix: str) -> None:
    """Each figure that tests/quality.toml holds for the samples as text."""
    golds = {name: json.loads((CORPORA / name / "gold.json").read_text(encoding="utf-8")) for name in NAMES}
    found = pool(figures(layers(parsed(name, suffix), golds[name])) for name in NAMES)
    wanted = floors.load(FLOORS).groups[SAMPLES].figures
    fallen = {layer for layer, floor in wanted.items() if floors.cut(found[layer].value(layer)) < floor}
    assert fallen == set()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_site_and_the_printer_put_around_is_taken_out(name: str) -> None:
    """Menus, boxes and footers of the page, running heads and page numbers of the print are listed, not read."""
    page, printed_issue = parsed(name, "html"), parsed(name, "pdf")
    chrome = "".join(removed["text"] for removed in page["source"]["removed"])
    for word in ("首页", "索引号", "发布机构", "打印", "关闭窗口", "ICP备"):
        assert word in squeezed(chrome).replace("索 引 号", "索引号"), word
        assert word not in squeezed(page["text"]), word
    kinds = [removed["kind"] for removed in printed_issue["source"]["removed"]]
    inner = printed_issue["source"]["pages"] - 1  # the cover has neither
    assert (kinds.count("running-head") >= inner) and kinds.count("page-number") == inner


def test_angle_brackets_are_read_whether_the_page_escapes_them_or_not() -> None:
    source = (CORPORA / "qinglan-2024-03" / "issue.html").read_text(encoding="utf-8")
    assert "各镇&lt;街道&gt;" in source and "各镇<街道>" in source  # R06
    mentions = [link[4] for link in links(parsed("qinglan-2024-03", "html"))]
    assert mentions.count("各镇<街道>") == source.count("各镇&lt;街道&gt;)") + source.count("各镇<街道>)")


def test_one_page_is_in_an_old_encoding() -> None:
    data = (CORPORA / "zhipu-2022-05" / "issue.html").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert parsed("zhipu-2022-05", "html")["source"]["media_type"] == "text/html"


def test_the_files_are_those_that_the_script_makes() -> None:
    """Holds without the fonts: web page and Word file are made again, a PDF says what it was made from."""
    assert refresh.main(["--check"]) == 0


def test_a_changed_text_makes_the_files_stale(tmp_path: Path) -> None:
    folder = CORPORA / NAMES[0]
    copy = tmp_path / NAMES[0]
    copy.mkdir()
    for path in folder.iterdir():
        copy.joinpath(path.name).write_bytes(path.read_bytes())
    ((_, outline, style),) = refresh.samples(tmp_path)
    assert refresh.stale(copy, outline, style) == []
    text = (copy / "issue.txt").read_text(encoding="utf-8")
    (copy / "issue.txt").write_text(text.replace("500吨", "600吨"), encoding="utf-8")
    ((_, outline, style),) = refresh.samples(tmp_path)
    assert len(refresh.stale(copy, outline, style)) == len(TWINS)


@pytest.mark.skipif(bool(printed.missing_fonts()), reason="the fonts of the PDFs are not installed")
def test_the_script_makes_the_same_bytes_again() -> None:
    _, outline, style = next(refresh.samples())
    for make in (*refresh.MAKERS.values(), printed.printed):
        assert make(outline, style) == make(outline, style)


def test_the_outline_keeps_every_character() -> None:
    """Joined paragraphs and tables hold the text of the sample, its page marks aside."""
    for name in NAMES:
        outline = read_outline(CORPORA / name)
        kept = "".join(
            item.text if isinstance(item, Paragraph) else "".join(map("".join, item.rows)) for item in outline.items
        )
        lines = (CORPORA / name / "issue.txt").read_text(encoding="utf-8").splitlines()
        marks = [line for line in lines if line.strip().startswith("— ") and line.strip().endswith(" —")]
        assert squeezed(kept) == squeezed("".join(line for line in lines if line not in marks)), name
        assert len([item for item in outline.items if isinstance(item, Table)]) == TABLES.get(name, 0)


def test_the_samples_stay_small() -> None:
    files = [path for path in CORPORA.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < TOTAL
    assert all(path.stat().st_size < PDF for path in files if path.suffix == ".pdf")
