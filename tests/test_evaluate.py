"""scripts/evaluate: the scorer, the floors that only rise, the count of role brackets, the survey of a folder."""

from __future__ import annotations

import copy
import doctest
import importlib
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.quality import evaluate, floors
from scripts.quality.layers import Layer, layers
from scripts.quality.parsing import parse_files
from scripts.quality.scoring import Figures, figures, named_rows, pool
from scripts.quality.sources import FLOORS, cases, read_text

Json = dict[str, Any]

TEXT = """云岭政报
云岭市防汛方案
一、工作目标
到2026年，新建泵站12座，水库完好率不低于95%。
（一）修泵站
落实《云岭市水利条例》。（牵头单位：市水务局；配合单位：市财政局等）
由市应急局负责统筹演练。
"""


def span(piece: str, start: int = 0) -> list[int]:
    """Where a piece of TEXT stands."""
    at = TEXT.index(piece, start)
    return [at, at + len(piece)]


def gold() -> Json:
    """What a careful reader would write down about TEXT."""
    target = {"doc": "d1", "path": ["一"], "value2": None, "per": None, "deadline": "2026"}
    return {
        "issue": {"series": "云岭政报", "year": None, "number": None, "total_number": None},
        "toc": [],
        "documents": [
            {
                "id": "d1",
                "parent": None,
                "title": "云岭市防汛方案",
                "doc_number": None,
                "genre": "方案",
                "issuers": [],
                "addressees": [],
                "date": None,
                "status": "final",
                "first_words": "一、工作目标",
            }
        ],
        "clauses": [
            {"doc": "d1", "path": ["一"], "heading": "工作目标"},
            {"doc": "d1", "path": ["一", "(一)"], "heading": "修泵站"},
        ],
        "links": [
            {"doc": "d1", "path": ["一", "(一)"], "role": "lead", "unit": "市水务局"},
            {"doc": "d1", "path": ["一", "(一)"], "role": "support", "unit": "市财政局"},
            {"doc": "d1", "path": ["一", "(一)"], "role": "responsible", "unit": "市应急局", "explicit": "sentence"},
        ],
        "link_groups": [{"doc": "d1", "path": ["一", "(一)"], "open_ended": True}],
        "commitments": [
            {**target, "quote": "新建泵站12座", "indicator": "新建泵站", "op": "=", "value": 12, "unit": "座"},
            {**target, "quote": "水库完好率不低于95%", "indicator": "水库完好率", "op": ">=", "value": 95, "unit": "%"},
        ],
        "milestones": [],
        "references": [{"doc": "d1", "path": ["一", "(一)"], "title": "云岭市水利条例", "doc_number": None}],
        "anomalies": [{"doc": "d1", "quote": "修泵站", "what": "made up for the test"}],
    }


def parsed() -> Json:
    """A parse of TEXT without a mistake."""

    def unit(name: str) -> Json:
        return {"mention": name, "span": span(name)}

    def commitment(indicator: str, comparator: str, value: int, sign: str, quote: str) -> Json:
        return {
            "clause_id": "a/一",
            "indicator": indicator,
            "comparator": comparator,
            "value": value,
            "upper": None,
            "unit": sign,
            "per": None,
            "deadline": {"text": "到2026年", "date": "2026"},
            "span": span(quote),
        }

    bracket = span("（牵头单位：市水务局；配合单位：市财政局等）")
    stated = {"basis": "parenthetical", "open_ended": True, "span": bracket}
    whole = [TEXT.index("云岭市防汛"), len(TEXT)]
    sub = [TEXT.index("（一）"), len(TEXT)]
    return {
        "text": TEXT,
        "issue": {"series": "云岭政报", "year": None, "number": None, "total_number": None},
        "contents": [],
        "blocks": [{"kind": "masthead", "span": span("云岭政报")}],
        "documents": [
            {
                "id": "a",
                "parent_id": None,
                "title": "云岭市防汛方案",
                "genre": "方案",
                "doc_number": None,
                "issuers": [],
                "addressees": [],
                "date": None,
                "status": "final",
                "span": whole,
                "blocks": [{"kind": "paragraph", "span": whole}],
                "clauses": [
                    {"id": "a/一", "path": ["一"], "heading": "工作目标", "span": whole},
                    {"id": "a/一/(一)", "path": ["一", "（一）"], "heading": "修泵站", "span": sub},
                ],
                "measures": [
                    {
                        "id": "m1",
                        "clause_id": "a/一/(一)",
                        "span": sub,
                        "responsibilities": [
                            {**stated, "role": "lead", "units": [unit("市水务局")]},
                            {**stated, "role": "support", "units": [unit("市财政局")]},
                            {
                                "role": "responsible",
                                "basis": "sentence",
                                "open_ended": False,
                                "span": span("由市应急局负责"),
                                "units": [unit("市应急局")],
                            },
                        ],
                    }
                ],
                "commitments": [
                    commitment("新建泵站", "=", 12, "座", "新建泵站12座"),
                    commitment("水库完好率", ">=", 95, "%", "水库完好率不低于95%"),
                ],
                "milestones": [],
                "references": [{"title": "云岭市水利条例", "doc_number": None, "span": span("《云岭市水利条例》")}],
                "roster": [],
                "appointments": [],
            }
        ],
        "diagnostics": [{"code": "x", "severity": "warning", "message": "", "span": span("修泵站")}],
    }


def the(result: Json, key: str) -> Any:
    """A list of the only document."""
    return result["documents"][0][key]


def responsibilities(result: Json) -> Any:
    """Those of the only measure."""
    return the(result, "measures")[0]["responsibilities"]


def test_a_parse_without_mistakes_scores_one_in_every_layer() -> None:
    scored = layers(parsed(), gold())
    assert {name: (layer.missed, layer.extra) for name, layer in scored.items()} == {name: ([], []) for name in scored}
    assert all(counts.value(name) == 1.0 for name, counts in figures(scored).items())


MISTAKES: dict[str, tuple[Callable[[Json], Any], dict[str, tuple[int, int]]]] = {
    "another year in the masthead": (lambda p: p["issue"].update(year=2026), {"issue fields": (1, 1)}),
    "an entry of contents that is not there": (lambda p: p["contents"].append({"title": "关"}), {"contents": (0, 1)}),
    "another genre": (lambda p: p["documents"][0].update(genre="通知"), {"document fields": (1, 1)}),
    "a document too many": (
        lambda p: p["documents"].append({"id": "b", "title": "图", "span": [0, 4]}),
        {"documents": (0, 1)},
    ),
    "a lost heading": (
        lambda p: the(p, "clauses")[1].update(heading=None),
        {"clause headings": (1, 1)},
    ),
    "a body left out": (
        lambda p: responsibilities(p).pop(1),
        {"links (stated)": (1, 0), "links (all)": (1, 0)},
    ),
    "a body in the sentence left out": (lambda p: responsibilities(p).pop(2), {"links (all)": (1, 0)}),
    "the wrong role": (
        lambda p: responsibilities(p)[0].update(role="responsible"),
        {"links (stated)": (1, 1), "links (all)": (1, 1)},
    ),
    "an open list taken for a closed one": (
        lambda p: [r.update(open_ended=False) for r in responsibilities(p)],
        {"open-ended 等": (1, 1)},
    ),
    "only a comparator wrong": (
        lambda p: the(p, "commitments")[1].update(comparator="<="),
        {"commitments +op +year": (1, 1)},
    ),
    "only the period wrong": (
        lambda p: the(p, "commitments")[0].update(per="每年"),
        {"commitments +per": (1, 1)},
    ),
    "an indicator in quite other words": (
        lambda p: the(p, "commitments")[0].update(indicator="堤防"),
        {"indicators (>=0.6 alike)": (1, 1)},
    ),
    "a value lost": (
        lambda p: the(p, "commitments")[0].update(value=None),
        {
            "commitments": (1, 1),
            "commitments +op +year": (1, 1),
            "commitments +per": (1, 1),
            "indicators (>=0.6 alike)": (1, 1),
        },
    ),
    "a milestone that is none": (
        lambda p: the(p, "milestones").append({"clause_id": "a/一", "deadline": {"date": "2026"}}),
        {"milestones": (0, 1)},
    ),
    "a cited title cut short": (
        lambda p: the(p, "references")[0].update(title="水利条例"),
        {"references": (1, 1)},
    ),
    "a hint instead of a warning": (
        lambda p: p["diagnostics"][0].update(severity="info"),
        {"anomalies (recall)": (1, 0)},
    ),
    "a warning as wide as the document": (
        lambda p: p["diagnostics"][0].update(span=[0, len(TEXT)]),
        {"anomalies (recall)": (1, 0)},
    ),
    "a mention beside its span": (
        lambda p: responsibilities(p)[0]["units"][0]["span"].__setitem__(0, 0),
        {"spans that hold": (1, 1)},
    ),
    "a commitment without its number": (
        lambda p: the(p, "commitments")[0].update(span=span("新建泵站")),
        {"spans that hold": (1, 1)},
    ),
    "a span beyond the text": (
        lambda p: the(p, "clauses")[1].update(span=[3, len(TEXT) + 1]),
        {"spans that hold": (1, 1)},
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_its_layers_and_in_no_other(mistake: str) -> None:
    spoil, expected = MISTAKES[mistake]
    spoilt = parsed()
    spoil(spoilt)
    scored = layers(spoilt, gold())
    wrong = {name: (len(x.missed), len(x.extra)) for name, x in scored.items() if x.missed or x.extra}
    assert wrong == expected


def test_units_and_periods_are_compared_by_meaning() -> None:
    one, other = gold(), parsed()
    one["commitments"][0].update(value=12, unit="万座", per=None)
    the(other, "commitments")[0].update(value=120000, unit="座", span=span("新建泵站12座"))
    one["commitments"][1].update(unit="%/人/月")
    the(other, "commitments")[1].update(unit="%/人", per="每月")
    scored = layers(other, one)
    assert scored["commitments"].hits == 2
    assert scored["commitments +per"].hits == 2


def test_precision_and_recall_of_pooled_files() -> None:
    pooled = pool([{"links": Figures(3, 4, 6)}, {"links": Figures(1, 1, 2), "roster": Figures()}])
    assert pooled["links"] == Figures(4, 5, 8)
    assert (pooled["links"].precision, pooled["links"].recall) == (0.8, 0.5)
    assert pooled["links"].f1 == pytest.approx(8 / 13)
    assert pooled["roster"].f1 == 1.0


def test_equal_rows_have_names_of_their_own() -> None:
    twice = Layer.of(found=[("a",), ("b",)], wanted=[("a",), ("c",), ("c",)])
    names = named_rows(twice)
    assert len(names) == 3
    assert sorted(name[0] for name in names) == ["+", "-", "-"]


# --- against the scorer that comes with the contract ------------------------------------------------------------------


def reference_scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("reference_scorer", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def from_gold(gold: Json, text: str) -> Json:
    """A parse that says what the gold says, with the spans of the first place where the words stand."""

    def find(piece: str | None) -> list[int]:
        at = text.find(piece or "\0")
        return [at, at + len(piece or "")] if at >= 0 else [0, 1]

    documents = []
    for want in gold["documents"]:
        key = want["id"]
        rows = {
            name: copy.deepcopy([row for row in gold.get(name) or () if row["doc"] == key])
            for name in ("clauses", "commitments", "milestones", "references", "appointments", "roster", "links")
        }
        ids = {tuple(row["path"]): f"{key}/{'/'.join(row['path'])}" for row in rows["clauses"]}
        for row in rows["clauses"]:
            row.update(id=ids[tuple(row["path"])], span=find(row["heading"]))
        for row in [*rows["commitments"], *rows["milestones"]]:
            row.update(
                clause_id=ids.get(tuple(row["path"])),
                comparator=row.pop("op", None),
                upper=row.pop("value2", None),
                deadline={"date": row["deadline"]} if row["deadline"] else None,
                span=find(row["quote"]),
            )
        measures = [
            {
                "clause_id": ids.get(tuple(link["path"])),
                "span": [0, 1],
                "responsibilities": [
                    {
                        "role": link["role"],
                        "basis": link.get("explicit", "parenthetical"),
                        "open_ended": any(
                            g["path"] == link["path"] and g["open_ended"] for g in gold.get("link_groups", ())
                        ),
                        "units": [{"mention": link["unit"], "span": find(link["unit"])}],
                    }
                ],
            }
            for link in rows.pop("links")
        ]
        number = want["doc_number"]
        documents.append(
            {
                **want,
                **rows,
                "measures": measures,
                "parent_id": want["parent"],
                "span": find(want["first_words"]),
                "doc_number": {"text": number} if number else None,
            }
        )
    warnings = [
        {"severity": "warning", "span": find(row["quote"])} for row in gold.get("anomalies", ()) if row["quote"] in text
    ]
    return {
        "text": text,
        "issue": gold["issue"],
        "contents": gold["toc"],
        "documents": documents,
        "diagnostics": warnings,
    }


def spoil(tree: Any, chance: random.Random) -> Any:
    """The same tree with entries dropped, doubled and changed here and there; keys and ids stay."""
    if isinstance(tree, dict):
        return {key: tree[key] if key in ("id", "doc", "text", "span") else spoil(tree[key], chance) for key in tree}
    if isinstance(tree, list):
        kept = [spoil(entry, chance) for entry in tree if chance.random() > 0.06]
        if kept and isinstance(kept[0], dict) and chance.random() < 0.1:
            kept.append(copy.deepcopy(chance.choice(kept)))
        return kept
    if isinstance(tree, bool) or tree is None or chance.random() > 0.06:
        return tree
    if isinstance(tree, str):
        return tree[1:] + "某"
    return tree + 1


def same_figures(reference: Any, parse: Json, wanted: Json) -> None:
    theirs = reference.score(parse, wanted).rows
    ours = {name: (x.hits, x.found, x.wanted) for name, x in figures(layers(parse, wanted)).items()}
    assert ours == theirs


def test_figures_equal_those_of_the_reference_scorer(shared: Path) -> None:
    reference = reference_scorer(shared)
    tried = 0
    for case in cases(shared):
        wanted = case.read_gold()
        right = from_gold(wanted, read_text(case.text))
        same_figures(reference, right, wanted)
        for seed in range(3):
            spoilt = spoil({**right, "issue": right["issue"]}, random.Random(seed))
            for document in spoilt["documents"]:
                document.setdefault("span", [0, 1])
            same_figures(reference, spoilt, wanted)
            tried += 1
    assert tried >= 3 * 7


def test_figures_of_real_parses_equal_those_of_the_reference_scorer(shared: Path) -> None:
    reference = reference_scorer(shared)
    known = cases(shared)
    for case, outcome in zip(known, parse_files(case.text for case in known), strict=True):
        assert outcome.failure is None, case.name
        assert outcome.parsed is not None
        same_figures(reference, outcome.parsed, case.read_gold())


# --- floors -----------------------------------------------------------------------------------------------------------


def group(figure: float, *rows: str) -> dict[str, floors.Group]:
    return {"samples": floors.Group({"links (all)": figure}, {"one": {"links (all)": rows} if rows else {}})}


COMMITTED = floors.Floors(groups=group(0.9, "-aaaaaaaa", "+bbbbbbbb"))


def test_floors_are_written_and_read_back_alike() -> None:
    lowered = floors.Lowered("samples", "链", 0.9, 0.8, 'said "so"\nin two lines', ("one: 链: -aaaaaaaa",))
    written = floors.Floors(groups=group(0.9, "+bbbbbbbb", "-aaaaaaaa"), lowered=(lowered,))
    text = floors.dump(written)
    path = Path(__file__).with_name("no-such-file.toml")
    assert floors.load(path) == floors.Floors()
    assert floors.loads(text) == written
    assert floors.dump(floors.loads(text)) == text


def test_a_figure_may_rise() -> None:
    risen = floors.updated(COMMITTED, group(0.95, "-aaaaaaaa"), None)
    assert risen.groups["samples"].figures == {"links (all)": 0.95}
    assert not risen.lowered


def test_a_figure_falls_only_with_a_reason_and_the_rows_are_named() -> None:
    fallen = group(0.85, "-aaaaaaaa", "-cccccccc")
    for none in (None, " "):
        with pytest.raises(ValueError, match=r"links \(all\): 0\.8500, floor 0\.9000"):
            floors.updated(COMMITTED, fallen, none)
    lowered = floors.updated(COMMITTED, fallen, "the gold was wrong").lowered
    assert [(x.before, x.after, x.reason, x.rows) for x in lowered] == [
        (0.9, 0.85, "the gold was wrong", ("one: links (all): -cccccccc",))
    ]


def test_a_layer_or_a_file_that_is_gone_counts_as_fallen() -> None:
    gone = {"samples": floors.Group({}, {})}
    assert [str(fall) for fall in floors.falls(COMMITTED, gone)] == [
        "samples: links (all): gone, floor 0.9000",
        "samples: file one: gone, floor 1.0000",
    ]


def test_groups_that_cannot_be_measured_here_keep_their_figures() -> None:
    both = floors.Floors({**COMMITTED.groups, "issues": floors.Group({"roster": 0.5}, {})})
    assert floors.falls(both, group(0.9)) == []
    assert floors.updated(both, group(0.9), None).groups["issues"].figures == {"roster": 0.5}


def test_gains_and_losses_are_told_row_by_row() -> None:
    changes = list(floors.changes(COMMITTED, group(0.9, "-aaaaaaaa", "-cccccccc")))
    assert [(x.name, x.lost) for x in changes] == [("+bbbbbbbb", False), ("-cccccccc", True)]


def folders(tmp_path: Path, parse: Json) -> list[str]:
    """Arguments for one made-up pair of parse and gold."""
    (tmp_path / "parsed").mkdir(exist_ok=True)
    (tmp_path / "gold").mkdir(exist_ok=True)
    (tmp_path / "parsed" / "one.json").write_text(json.dumps(parse, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "gold" / "one.json").write_text(json.dumps(gold(), ensure_ascii=False), encoding="utf-8")
    return ["--parsed", str(tmp_path / "parsed"), "--gold", str(tmp_path / "gold")]


def test_the_command_shows_figures_and_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt = parsed()
    responsibilities(spoilt).pop(1)
    assert evaluate.main([*folders(tmp_path, spoilt), "--show"]) == 0
    shown = capsys.readouterr().out
    assert "links (stated)           P  1.000  R  0.500  F1  0.667   (1/1 found, 2 in gold)" in shown
    assert "- links (stated): d1 | 一/(一) | support | 市财政局" in shown


def test_the_command_refuses_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main(["--parsed", str(tmp_path / "missing")]) == 2
    assert "no folder" in capsys.readouterr().err
    assert evaluate.main([*folders(tmp_path, parsed()), "--update"]) == 2
    assert "--update takes all files" in capsys.readouterr().err


def test_no_figure_is_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert FLOORS.exists()
    assert evaluate.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("module", ["bench", "brackets", "floors", "folding", "perturbations", "rewriting", "scoring"])
def test_examples_in_the_docstrings_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"scripts.quality.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
