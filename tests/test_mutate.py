"""scripts/mutate: each edit does what its truth says, one seed makes one set of pairs, and nothing of us is in it."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scripts.quality import diffing, mutate, mutate_pairs
from scripts.quality.folding import fold
from scripts.quality.mutate_clauses import number_of, with_number
from scripts.quality.mutate_forms import FORMS, rewrap
from scripts.quality.mutate_pairs import EQUALS, PLANTERS, all_units, pairs
from scripts.quality.mutate_planting import INVERSE, NO_CHANGE, UNMEANT, Layout, Pair, Replacement, plant
from scripts.quality.mutate_scoring import Score, judge
from scripts.quality.mutate_source import Unit, units
from scripts.quality.sources import CORPORA, read_json, read_text

ROOT = Path(__file__).resolve().parent.parent
Json = dict[str, Any]
COMPARED = 40
"""Pairs that are compared here; scripts/mutate --score compares all."""
SAMPLES = [
    unit
    for gold in sorted(CORPORA.glob("*/gold.json"))
    for unit in units(gold.parent.name, read_text(gold.with_name("issue.txt")), read_json(gold))
    if unit.clauses
]
MEANT = {
    *("value-raised", "value-lowered", "value-new", "value-dropped", "unit-changed", "deadline-moved"),
    *("comparator-hardened", "comparator-softened", "condition-changed", "condition-widened", "condition-narrowed"),
    *("body-added", "body-removed", "lead-moved", "role-changed", "reference-updated"),
    *("validity-changed", "status-changed", "clause-added", "clause-removed"),
}


@pytest.fixture(scope="module")
def made() -> list[Pair]:
    return list(pairs(SAMPLES, 300, 1))


def planted(kind: str, unit: Unit | None = None, seed: int = 1) -> list[tuple[Json, Pair]]:
    """Every edit of one planter in the samples, alone in its pair."""
    found = []
    for one in [unit] if unit else SAMPLES:
        for edit in {**PLANTERS, **EQUALS}[kind](one, random.Random(seed)):
            pair = plant(one, [(edit, bool(edit.turned))], "x")
            found.append((pair.truth[0] if pair.truth else {}, pair))
    assert found, kind
    return found


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_change_is_planted(made: list[Pair]) -> None:
    kinds = Counter(row["kind"] for pair in made for row in pair.truth)
    assert set(kinds) >= MEANT | UNMEANT - {"clause-split", "clause-merged"}
    assert {"clause-split", "clause-merged"} & set(kinds)
    families = {family for pair in made for family in pair.families}
    assert families >= (set(FORMS) - {"thousands"}) | set(EQUALS)


def test_pairs_hold_one_to_six_edits_or_form_alone(made: list[Pair]) -> None:
    assert len({pair.name for pair in made}) == len(made) == 300
    sizes = Counter(len(pair.truth) for pair in made)
    assert set(sizes) == set(range(7))
    assert sizes[0] > len(made) / 8
    for pair in made:
        assert pair.old != pair.new
        assert pair.truth or pair.families


def test_words_of_the_truth_stand_where_it_says(made: list[Pair]) -> None:
    for pair in made:
        for row in pair.truth:
            assert row["meaning"] is (row["kind"] in MEANT), row
            assert row["old"] or row["new"]
            for side, text in ((row["old"], pair.old), (row["new"], pair.new)):
                if side is not None:
                    assert text[side["start"] : side["end"]] == side["words"] != ""
                    assert side["context"][0] <= side["start"] < side["end"] <= side["context"][1]
            if row["old"] and row["new"] and row["kind"] != "clause-moved":
                assert fold(row["old"]["words"]) != fold(row["new"]["words"])


def test_the_same_seed_gives_the_same_pairs_and_another_seed_others() -> None:
    first, again, other = (list(pairs(SAMPLES, 12, seed)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_no_clause_is_touched_twice(made: list[Pair]) -> None:
    for pair in made:
        places = Counter((row["doc"], *row["path"]) for row in pair.truth if row["path"])
        assert not [place for place, count in places.items() if count > 1], pair.name


def test_it_knows_nothing_of_the_extractor() -> None:
    program = (
        "import sys; import scripts.quality.mutate;"
        "print([name for name in sys.modules if name.split('.')[0] == 'extractor'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    for path in (ROOT / "scripts" / "quality").glob("mutate*.py"):
        assert not re.search(r"^\s*(?:import|from) extractor", path.read_text(encoding="utf-8"), re.MULTILINE), (
            path.name
        )


def test_every_clause_of_the_samples_is_found() -> None:
    for unit in SAMPLES:
        assert len(unit.clauses) == len([row for row in unit.gold["clauses"] if row["path"]]), unit.name
        ends = [(clause.start, clause.end) for clause in unit.clauses]
        assert ends == sorted(ends)


# --- single kinds -----------------------------------------------------------------------------------------------------


def numbers(words: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", fold(words))


def test_values_go_the_way_that_is_said() -> None:
    for row, _ in planted("values"):
        old, new = float(numbers(row["old"]["words"])[0]), float(numbers(row["new"]["words"])[0])
        assert (row["kind"] == "value-raised") == (new > old)
        if "%" in row["new"]["words"]:
            assert new <= 100 or old > 100


def test_a_dropped_value_is_the_only_number_that_goes() -> None:
    for row, pair in planted("dropped values"):
        assert row["new"] is None
        assert len(numbers(row["old"]["words"])) == 1
        assert len(pair.old) - len(pair.new) == len(row["old"]["words"])


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("一、目标。覆盖率不低于60%。", "一、目标。覆盖率力争达到60%。", "comparator-softened"),
        ("一、目标。覆盖率达到60%。", "一、目标。覆盖率力争达到60%。", "comparator-softened"),
        ("一、目标。覆盖率力争达到60%。", "一、目标。覆盖率确保达到60%。", "comparator-hardened"),
        ("一、目标。覆盖率60%以上。", "一、目标。覆盖率60%左右。", "comparator-softened"),
        ("一、目标。覆盖率控制在60%以内。", "一、目标。覆盖率力争控制在60%以内。", "comparator-softened"),
    ],
)
def test_comparators(text: str, expected: str, kind: str) -> None:
    quote = text.removeprefix("一、目标。").removesuffix("。")
    gold = gold_of(
        text, commitments=[{"quote": quote, "value": 60, "value2": None, "unit": "%", "op": ">=", "kind": "target"}]
    )
    [(row, pair)] = planted("comparators", Unit("x", text, gold))
    assert (pair.new, row["kind"]) == (expected, kind)


def gold_of(text: str, **rows: list[Json]) -> Json:
    """Gold of a text with one clause 一."""
    document = {"id": "d1", "title": None, "first_words": text[:4], "last_words": text[-4:], "date": None}
    filled = {name: [{"doc": "d1", "path": ["一"], **row} for row in given] for name, given in rows.items()}
    return {"documents": [document], "clauses": [{"doc": "d1", "path": ["一"], "heading": "目标"}], **filled}


def test_units_leave_the_number() -> None:
    for row, _ in planted("units"):
        assert numbers(row["old"]["words"]) == numbers(row["new"]["words"])


def test_deadlines_move_by_one_year_or_a_quarter() -> None:
    for row, _ in planted("deadlines"):
        [old], [new] = numbers(row["old"]["words"]), numbers(row["new"]["words"])
        assert abs(int(new) - int(old)) in (1, 3)
        assert (row["old"]["value"], row["new"]["value"]) == (old, new)


def test_bodies_come_and_go_alone() -> None:
    for row, pair in planted("added bodies"):
        assert row["old"] is None
        assert row["new"]["words"].strip("、,，") == row["names"][0]
        assert len(pair.new) - len(pair.old) == len(row["new"]["words"])
    for row, pair in planted("removed bodies"):
        assert row["new"] is None
        assert row["old"]["words"].strip("、,，") == row["names"][0]
        assert len(pair.old) - len(pair.new) == len(row["old"]["words"])


def test_the_lead_changes_places_with_another_body() -> None:
    for row, pair in planted("leads"):
        first, second = row["names"]
        assert (fold(row["old"]["words"]), fold(row["new"]["words"])) == (fold(first), fold(second))
        assert sorted(pair.old) == sorted(pair.new)
        assert "牵头" in pair.old


def test_roles_change_and_bodies_stay() -> None:
    for row, _ in planted("roles"):
        assert row["names"]
        for name in row["names"]:
            assert fold(name) in fold(row["old"]["words"])
            assert fold(name) in fold(row["new"]["words"])


def test_a_draft_becomes_final() -> None:
    for row, pair in planted("status"):
        assert "征求意见稿" in row["old"]["words"]
        assert "征求意见稿" not in row["new"]["words"]
        assert pair.new.lstrip().startswith(row["new"]["words"].split("\n")[0])


def labels_at(text: str, shape: str) -> list[int]:
    return [number or 0 for number in map(number_of, re.findall(rf"(?m)^[ 　]*({shape})", text))]


@pytest.mark.parametrize("kind", ["added clauses", "removed clauses", "moved clauses", "split clauses"])
def test_numbers_run_on_without_a_gap(kind: str) -> None:
    plan = next(unit for unit in SAMPLES if unit.name == "qinglan-2024-03/d2")
    assert labels_at(plan.text, r"\d+\.") == list(range(1, 10))
    for row, pair in planted(kind, plan):
        after = labels_at(pair.new, r"\d+\.")
        grown = {"clause-added": 1, "clause-split": 1, "clause-removed": -1, "clause-moved": 0}[row["kind"]]
        at_this_level = re.match(r"\d", ((row["old"] or row["new"])["words"]).strip()) is not None
        assert after == list(range(1, 10 + grown * at_this_level))


def test_an_added_clause_is_like_its_neighbours_and_the_rest_stays() -> None:
    for row, pair in planted("added clauses"):
        assert row["old"] is None
        assert number_of(row["new"]["words"].strip()) is not None
        rest = pair.new[: row["new"]["start"]] + pair.new[row["new"]["end"] :]
        drop = str.maketrans("", "", "0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨")
        assert rest.translate(drop) == pair.old.translate(drop)


def test_moving_keeps_the_words() -> None:
    for row, pair in planted("moved clauses"):
        strip = lambda words: re.sub(r"[\s\d一二三四五六七八九十]", "", words)  # noqa: E731
        assert strip(row["old"]["words"]) == strip(row["new"]["words"])
        assert Counter(strip(pair.old)) == Counter(strip(pair.new))


def test_other_words_stand_outside_quotes_of_the_gold() -> None:
    for row, pair in planted("wording"):
        assert not row["meaning"]
        assert numbers(pair.old) == numbers(pair.new)


def test_labels_and_their_numbers() -> None:
    for label, number in (("（九）", 10), ("9.", 10), ("第十九条", 20), ("１．", 2)):
        assert number_of(with_number(label, number)) == number
        assert number_of(label) == number - (9 if label == "１．" else 1) or label == "１．"


# --- what is no change ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FORMS)
def test_forms_change_form_alone(family: str) -> None:
    """What is left after folding width, brackets, quotation marks, spaces and variants is the same."""
    sample = "\n".join(unit.text for unit in SAMPLES) + "投入3千万元。\n　　2024年10月30日\n"
    table = str.maketrans('「」“”＂〝〞"〔〕【】[]()<>仟臺，,、;；:：。.．', "““““““““" + "(" * 10 + "千台" + "," * 10)
    like = lambda text: fold(fold(text).translate(table))  # noqa: E731
    for seed in (1, 2, 3):
        after = Layout(sample, FORMS[family](sample, random.Random(seed))).text
        if family == "noughts":
            assert re.search(r"二[〇○]二四年十月三十日", after)
        else:
            assert like(after) == like(sample)
    assert after != sample


@pytest.mark.parametrize(
    ("quote", "value", "unit", "expected"),
    [
        ("补助1.5亿元", 1.5, "亿元", "补助15000万元"),
        ("补助15000万元", 15000, "万元", "补助1.5亿元"),
        ("占50%", 50, "%", "占百分之五十"),
        ("为期3年", 3, "年", "为期三年"),
        ("奖励2500元", 2500, "元", "奖励2,500元"),
    ],
)
def test_notations(quote: str, value: float, unit: str, expected: str) -> None:
    text = f"一、目标。{quote}。"
    gold = gold_of(text, commitments=[{"quote": quote, "value": value, "value2": None, "unit": unit}])
    [(_, pair)] = planted("notation", Unit("x", text, gold))
    assert pair.new == f"一、目标。{expected}。"
    assert (pair.truth, pair.families) == ([], ("notation",))


def test_renamed_bodies_stand_in_texts_of_their_time() -> None:
    text = "一、目标。由澜江市大数据管理局负责。\n澜江市人民政府\n2021年5月6日\n"
    gold = gold_of(text.split("\n")[0])
    gold["documents"][0]["date"] = "2021-05-06"
    [(_, pair)] = planted("renamed", Unit("x", text, gold))
    assert pair.old.split() == ["一、目标。由澜江市大数据管理局负责。", "澜江市人民政府", "2020年5月6日"]
    assert pair.new.split() == ["一、目标。由澜江市数据局负责。", "澜江市人民政府", "2025年5月6日"]


def test_no_body_is_renamed_where_dates_hang_on_that_of_the_text() -> None:
    text = "一、目标。由澜江市大数据管理局负责，6月底前完成。\n澜江市人民政府\n2021年5月6日\n"
    gold = gold_of(text.split("\n")[0])
    gold["documents"][0]["date"] = "2021-05-06"
    assert not list(EQUALS["renamed"](Unit("x", text, gold), random.Random(1)))


def test_lines_break_again_at_their_width() -> None:
    text = "　　一二三四五六七八\n九十不少于123456%以上，甲乙丙丁\n戊。\n　　下一段。\n"
    after = Layout(text, rewrap(text, 24)).text
    assert after == "　　一二三四五六七八九十\n不少于123456%以上，甲乙\n丙丁戊。\n　　下一段。\n"
    assert not rewrap(after, 24)


def test_ranges_follow_replacements() -> None:
    layout = Layout("甲乙丙丁", [Replacement(1, 2, "乙乙"), Replacement(3, 3, "，"), Replacement(0, 0, "始")])
    assert layout.text == "始甲乙乙丙，丁"
    assert [layout.text[slice(*layout.span(span))] for span in ((1, 2), (2, 3), (3, 4))] == ["乙乙", "丙，", "，丁"]


def test_each_inverse_is_the_inverse_of_its_inverse() -> None:
    assert all(INVERSE[to] == kind != to for kind, to in INVERSE.items())
    assert not any(kind.startswith(NO_CHANGE) for kind in INVERSE)


# --- scoring ----------------------------------------------------------------------------------------------------------


def perfect(pair: Pair) -> Json:
    """The answer that says all that was planted, and nothing else."""
    changes = []
    for row in pair.truth:
        sides = {
            key: row[key]
            and {"text": row[key]["words"], "span": [row[key]["start"], row[key]["end"]], "path": row["path"] or ()}
            for key in ("old", "new")
        }
        changes.append({"kind": row["kind"], "meaning": row["meaning"], **sides})
    return {"old": {"text": pair.old}, "new": {"text": pair.new}, "changes": changes}


def total(listed: list[Pair], answer: Any) -> Score:
    score = Score()
    for pair in listed:
        score.add(judge(pair, answer(pair)).score)
    return score


def test_a_perfect_answer_gets_full_marks(made: list[Pair]) -> None:
    score = total(made, perfect)
    assert score.found == score.planted
    assert (score.precision, score.phantoms, score.failed) == (1.0, Counter(), 0)


def test_silence_and_failure_find_nothing(made: list[Pair]) -> None:
    silent = total(made, lambda pair: {"changes": []})
    assert silent.recall(MEANT) == 0
    assert not silent.phantoms
    failed = total(made, lambda pair: None)
    assert (failed.recall(MEANT), failed.failed) == (0, len(made))


def test_the_wrong_direction_is_a_miss_and_an_error(made: list[Pair]) -> None:
    def turned(pair: Pair) -> Json:
        answer = perfect(pair)
        for change in answer["changes"]:
            if change["kind"].startswith(("value-r", "value-l", "comparator-")):
                change["kind"] = INVERSE[change["kind"]]
        return answer

    score = total(made, turned)
    kinds = ("value-raised", "value-lowered", "comparator-hardened", "comparator-softened")
    wrong = sum(score.planted[kind] for kind in kinds)
    assert score.recall(kinds) == 0 < wrong == score.meaning - score.explained


def test_the_right_kind_in_another_clause_is_a_miss() -> None:
    text = "一、甲。新建泵站12座，由市水利局负责维护。\n二、乙。新建闸站12座，由市农业农村局负责维护。\n"
    row = {"kind": "value-raised", "meaning": True, "doc": "d1", "path": ["一"], "names": [], "also": None}
    at = text.index("12座")
    side = {"words": "12座", "start": at, "end": at + 3, "value": "12", "context": [0, text.index("\n")]}
    new = text.replace("12座", "15座", 1)
    pair = Pair("x", text, new, [{**row, "old": side, "new": {**side, "words": "15座", "value": "15"}}], ())

    def answer(at: int, old: str, value: str) -> Json:
        sides = [
            {"text": old, "span": [at, at + 3], "value": "12"},
            {"text": "15座", "span": [at, at + 3], "value": value},
        ]
        change = {"kind": "value-raised", "meaning": True, "old": sides[0], "new": sides[1]}
        return {"old": {"text": text}, "new": {"text": new}, "changes": [change]}

    assert judge(pair, answer(at, "12座", "15")).score.found["value-raised"] == 1
    elsewhere = judge(pair, answer(text.rindex("12座"), "12座", "15")).score
    assert (elsewhere.found["value-raised"], elsewhere.explained, sum(elsewhere.phantoms.values())) == (0, 0, 1)
    assert judge(pair, answer(at, "12座", "16")).score.found["value-raised"] == 0


def test_what_is_reported_where_form_alone_differs_is_a_phantom(made: list[Pair]) -> None:
    quiet = [pair for pair in made if not pair.truth]
    change = {"kind": "value-new", "meaning": True, "old": None, "new": {"text": "30%", "span": [0, 3]}}
    score = total(quiet, lambda pair: {"changes": [change]})
    assert sum(score.phantoms.values()) >= len(quiet)
    assert set(score.phantoms) <= {*FORMS, *EQUALS}


def test_a_number_in_an_added_clause_is_no_error() -> None:
    row, pair = next(made for made in planted("added clauses") if "500元" in made[0]["new"]["words"])
    at = pair.new.index("500元", row["new"]["start"])
    answer = perfect(pair)
    answer["changes"].append(
        {"kind": "value-new", "meaning": True, "old": None, "new": {"text": "500元", "span": [at, at + 4]}}
    )
    score = judge(pair, answer).score
    assert (row["kind"], score.meaning, score.explained) == ("clause-added", 2, 2)


# --- the command ------------------------------------------------------------------------------------------------------


def answers(old: Path, new: Path) -> Json:
    """All that was planted, out of the truth that lies beside the texts."""
    truth = json.loads((old.parent / "truth.json").read_text(encoding="utf-8"))["changes"]
    return perfect(Pair("x", old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8"), truth, ()))


def nothing(old: Path, new: Path) -> Json:
    return {"changes": []}


def test_the_command_scores_and_its_exit_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mutate, "all_units", lambda folder: SAMPLES)
    monkeypatch.setattr(mutate, "imported", lambda name: {"t:answers": answers, "t:nothing": nothing}[name])
    assert mutate.main(["--score", "--pairs", "8", "--with", "t:answers", "--out", str(tmp_path)]) == 0
    assert "recall of changes of meaning  1.0000" in capsys.readouterr().out
    assert mutate.main(["--score", "--pairs", "8", "--with", "t:nothing", "--show", "1"]) == 1
    assert "  - " in capsys.readouterr().out
    assert len(list(tmp_path.glob("*/truth.json"))) == 8


def test_a_function_is_imported_by_name() -> None:
    assert mutate.imported("scripts.quality.mutate:by_command") is mutate.by_command


def test_other_texts_are_taken_from_a_folder() -> None:
    assert [unit.name for unit in all_units(CORPORA)] == [unit.name for unit in SAMPLES]


def test_page_marks_do_not_hide_a_clause() -> None:
    text = "一、目标。新建泵站12座，改造旧\n— 3 —\n闸8座，由市水利局负责。\n"
    side = {"words": text, "start": 0, "end": len(text), "value": None, "context": [0, len(text)]}
    row = {"kind": "clause-added", "meaning": True, "doc": None, "path": None, "old": None, "new": side}
    pair = Pair("x", "", text, [{**row, "names": [], "also": None}], ())
    read = "目标。新建泵站12座，改造旧闸8座，由市水利局负责。"
    change = {"kind": "clause-added", "meaning": True, "old": None, "new": {"text": read, "span": [0, len(read)]}}
    assert judge(pair, {"old": {"text": ""}, "new": {"text": read}, "changes": [change]}).score.explained == 1


def test_real_texts_give_more_pairs_where_they_are_here() -> None:
    assert len(all_units()) >= len(SAMPLES)
    assert mutate.PAIRS >= 500
    assert mutate_pairs.PLANTERS.keys().isdisjoint(mutate_pairs.EQUALS)


def test_the_comparison_finds_what_is_planted_and_nothing_in_mere_form(made: list[Pair], tmp_path: Path) -> None:
    listed = made[:COMPARED]
    score = Score()
    for one in mutate.judged(listed, diffing.diff, tmp_path):
        score.add(one.score)
    assert score.recall(MEANT) >= mutate.LEAST
    assert score.precision >= mutate.LEAST
    assert (score.phantoms, score.failed) == (Counter(), 0)
