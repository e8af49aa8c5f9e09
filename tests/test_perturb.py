"""scripts/perturb: text and gold stay together, what must not change stays, and the same seed gives the same text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.quality import perturb
from scripts.quality.layers import Layer
from scripts.quality.perturbations import KINDS, data, edits
from scripts.quality.rewriting import Edit, plain, rewrite, squeeze, unfound_quotes
from scripts.quality.scoring import Figures
from scripts.quality.sources import CORPORA, SHARED, Case, cases, read_text

ROOT = Path(__file__).resolve().parent.parent
Json = dict[str, Any]

HERE = cases()
SEEDS = (1, 2, 3)


def words(kind: str, text: str, seed: int = 1, gold: Json | None = None) -> str:
    """A text after one kind of exchange."""
    return rewrite(text, gold or {}, edits(kind, text, gold or {}, seed)).text


def commitment(quote: str, value: float, unit: str, upper: float | None = None) -> Json:
    return {"quote": quote, "indicator": "某", "value": value, "value2": upper, "unit": unit}


# --- every text that is here ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", HERE, ids=lambda case: case.name)
def test_every_quote_of_the_perturbed_gold_stands_in_the_perturbed_text(case: Case, kind: str) -> None:
    known = len(unfound_quotes(read_text(case.text), case.read_gold()))
    for seed in SEEDS:
        result = perturb.perturb(case, kind, seed)
        assert len(unfound_quotes(result.text, result.gold)) == known
        assert result.dropped <= len(result.edits) / 10 + 2


@pytest.mark.parametrize("case", HERE, ids=lambda case: case.name)
def test_lines_keep_their_lengths_and_the_gold_its_shape(case: Case) -> None:
    text, gold = read_text(case.text), case.read_gold()
    for kind in KINDS:
        result = perturb.perturb(case, kind, seed=1)
        assert [len(line) for line in result.text.split("\n")] == [len(line) for line in text.split("\n")]
        assert [row["path"] for row in result.gold["clauses"]] == [row["path"] for row in gold["clauses"]]
        for rows in ("links", "commitments", "milestones", "references", "documents"):
            assert len(result.gold[rows]) == len(gold[rows])
        assert [row["role"] for row in result.gold["links"]] == [row["role"] for row in gold["links"]]
        assert [row["date"] for row in result.gold["documents"]] == [row["date"] for row in gold["documents"]]
        for row in [r for key in ("documents", "references") for r in result.gold[key] if r.get("doc_number")]:
            assert plain(squeeze(row["doc_number"])) in plain(squeeze(result.text))


@pytest.mark.parametrize("case", HERE, ids=lambda case: case.name)
def test_values_of_the_perturbed_gold_stand_in_their_quotes(case: Case) -> None:
    gold = case.read_gold()
    new = perturb.perturb(case, "numbers", seed=1).gold
    for old, row in zip(gold["commitments"], new["commitments"], strict=True):
        for key in ("value", "value2"):
            if old[key] is not None and re.search(rf"(?<![\d.]){old[key]}(?![\d.])", plain(old["quote"])):
                assert re.search(rf"(?<![\d.]){row[key]}(?![\d.])", plain(row["quote"])), (old["quote"], row)
        if old["value2"] is not None:
            assert (old["value"] < old["value2"]) == (row["value"] < row["value2"])


def test_each_kind_changes_much_of_the_samples() -> None:
    samples = [case for case in HERE if case.group == "samples"]
    assert samples or not list(CORPORA.glob("*/gold.json"))
    for case in samples:
        for kind in KINDS:
            result = perturb.perturb(case, kind, seed=1)
            assert result.text != read_text(case.text), kind
    changed = [perturb.perturb(case, "numbers", seed=1).gold["commitments"] for case in samples]
    before = [case.read_gold()["commitments"] for case in samples]
    same = sum(
        a["value"] == b["value"]
        for old, new in zip(before, changed, strict=True)
        for a, b in zip(old, new, strict=True)
    )
    assert same <= sum(map(len, before)) / 2


def test_the_same_seed_gives_the_same_text_and_another_seed_another() -> None:
    case = HERE[0]
    first, again, other = (perturb.perturb(case, "bodies", seed) for seed in (1, 1, 2))
    assert first == again
    assert first.text != other.text


# --- what changes and what stays --------------------------------------------------------------------------------------


def test_places_keep_their_level_and_are_the_same_everywhere() -> None:
    gold = {
        "issue": {"series": "砚浦政报"},
        "documents": [{"title": "砚浦区方案", "issuers": ["砚浦区人民政府"], "doc_number": "砚浦政发〔2025〕3号"}],
        "links": [{"unit": "砚浦区财政局"}],
    }
    text = "砚浦政报\n砚浦区方案\n砚浦政发〔2025〕3号\n由砚\n浦区财政局和砚浦人民医院负责。\n砚浦区人民政府"
    result = rewrite(text, gold, edits("places", text, gold, seed=1))
    new = result.gold["issue"]["series"][:2]
    assert new in data()["places"]["invented"]
    assert result.text == text.replace("砚浦", new).replace(f"{new}政发", "砚浦政发").replace("砚\n浦", "\n".join(new))
    assert result.gold["links"][0]["unit"] == f"{new}区财政局"
    assert result.gold["documents"][0]["doc_number"] == "砚浦政发〔2025〕3号"


def test_bodies_are_exchanged_one_for_one_and_departments_of_a_kind_stay() -> None:
    gold = {"links": [{"unit": "市财政局"}, {"unit": "民政局"}, {"unit": "财政"}]}
    text = "市财\n政局、民政局按职责分工负责；财政部门、财政、教育局面不动。"
    result = rewrite(text, gold, edits("bodies", text, gold, seed=3))
    first, second, system = (row["unit"] for row in result.gold["links"])
    assert first != "市财政局"
    assert second not in ("民政局", first[1:])
    assert system == "财政"
    assert squeeze(result.text) == f"{first}、{second}按职责分工负责;财政部门、财政、教育局面不动。".replace(";", "；")


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月1日起施行",
        "1月至3月、1至5月、2024—2026年",
        "澜政发〔2024〕12号",
        "第3条、附件2、图1",
        "1.目标2、任务（3）措施",
        "①摸底",
        "《促进就业20条》",
        "覆盖率100%",
        "5G网络、B2B平台、2.0版",
        "比例为5:5，8:30开会",
        "电话12345678",
        "每3年一次",
        "死亡率/10万",
    ],
)
def test_numerals_that_do_not_measure_stay(text: str) -> None:
    for seed in SEEDS:
        assert words("numbers", text, seed) == text


def test_numerals_that_measure_change_with_the_gold() -> None:
    text = "新增床位500张，控制在7/10万以下，资助5-10万元，保持4.5%，占98%，建２个站"
    gold = {
        "commitments": [
            commitment("新增床位500张", 500, "张"),
            commitment("7/10万以下", 7, "/10万"),
            commitment("资助5-10万元", 5, "万元", upper=10),
            commitment("保持4.5%", 4.5, "%"),
            commitment("占98%", 98, "%"),
            commitment("建２个站", 2, "个"),
        ]
    }
    result = rewrite(text, gold, edits("numbers", text, gold, seed=1))
    values = [(row["value"], row["value2"]) for row in result.gold["commitments"]]
    assert [value for value, _ in values[:3]] == [600, 8, 6]
    assert values[2][1] == 20
    assert 4.5 < values[3][0] < 5
    assert values[4] == (99, None)
    assert values[5] == (3, None)
    assert "建３个站" in result.text
    assert "8/10万以下" in result.text
    assert [row["unit"] for row in result.gold["commitments"]] == ["张", "/10万", "万元", "%", "%", "个"]


def test_a_value_in_chinese_numerals_stays() -> None:
    text = "新建两个站，占地5亩"
    gold = {"commitments": [commitment("新建两个站", 2, "个")]}
    assert rewrite(text, gold, edits("numbers", text, gold, seed=1)).gold["commitments"][0]["value"] == 2


def test_brackets_change_outside_titles_numbers_and_labels() -> None:
    text = "（一）修路（牵头单位：各县（市）政府）。见《办法（试行）》（澜政发〔2024〕1号）。"
    shapes = {words("brackets", text, seed) for seed in range(12)}
    assert len(shapes) >= 3
    for changed in shapes:
        assert changed.startswith("（一）")
        assert "《办法（试行）》(" in changed
        assert "〔2024〕" in changed
    assert any("【牵头单位：各县(市)政府】" in changed for changed in shapes)


def test_widths_change_but_not_inside_numbers_or_document_numbers() -> None:
    text = "澜政发〔2024〕1号，增长1,000元（8:30前），占5%：甲；乙"
    changed = {words("widths", text, seed) for seed in range(12)}
    assert len(changed) >= 4
    for one in changed:
        assert plain(one) == plain(text)
        assert one.startswith("澜政发〔2024〕1号")
        assert re.search(r"[1１],[0０]{3}", one)
        assert re.search(r"[8８]:[3３][0０]", one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("责任单位：甲局", "责任部门：甲局"),
        ("各责任单位要落实", "各责任单位要落实"),
        ("到2025年，不低于5%", "至2025年，不少于5%"),
        ("2021年到2025年", "2021年到2025年"),
        ("不超过5%，最长不超过5天，超过5家", "不高于5%，最长不超过5天，突破5家"),
        ("技术突破", "技术突破"),
        ("最高不超过3万元，最高人民法院", "最多不高于3万元，最高人民法院"),
        ("3%以内，3天以内", "3%以下，3天以内"),
        ("《不低于标准办法》", "《不低于标准办法》"),
    ],
)
def test_synonyms_stand_where_they_mean_the_same(text: str, expected: str) -> None:
    assert words("synonyms", text) == expected


def test_an_edit_that_would_tear_a_quote_is_left_out_whole() -> None:
    gold = {"clauses": [{"heading": "修堤"}]}
    torn = Edit(((0, "建"), (3, "大")))
    result = rewrite("修堤。小事。修堤。", gold, [torn, Edit.one(4, "情")])
    assert result.text == "修堤。小情。修堤。"
    assert result.gold == gold
    assert result.dropped == 1


def test_a_quote_that_leaves_words_out_follows_piece_by_piece() -> None:
    gold = {"milestones": [{"quote": "到2026年…建成泵站"}]}
    result = rewrite("到2026年，市里建成泵\n站。", gold, [Edit.one(0, "至"), Edit.one(11, "闸站")])
    assert result.text == "至2026年，市里建成闸\n站。"
    assert result.gold["milestones"][0]["quote"] == "至2026年…建成闸站"


def test_both_sides_of_an_exchange_have_the_same_length() -> None:
    for name, names in data()["places"].items():
        assert name == "origin" or {len(place) for place in names} == {2}
    for names in data()["bodies"]["lists"]:
        assert len({len(name) for name in names}) == 1
        assert len({name[-1] for name in names}) == 1 or len(names) == 2
        assert len(set(names)) == len(names) >= 2
    for pair in data()["synonyms"]["pairs"]:
        first, second = pair["words"]
        assert len(first) == len(second)
        re.compile(f"{pair.get('before', '')}{first}(?={pair.get('after', '')})")


def test_the_perturbation_knows_nothing_of_the_extractor() -> None:
    program = (
        "import sys; import scripts.quality.perturbations, scripts.quality.rewriting;"
        "print([name for name in sys.modules if name.split('.')[0] == 'extractor'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- the comparison ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "far"), [(98, True), (99, False), (100, False)])
def test_a_score_moves_too_far_beyond_a_hundredth(after: int, far: bool) -> None:
    before = {"samples": {"links": Figures(100, 100, 100)}}
    now = {"samples": {"links": Figures(after, 100, 100)}}
    assert bool(perturb.moved("bodies", before, now)) is far
    assert bool(perturb.moved("bodies", now, before)) is far
    assert perturb.moved("bodies", before, {"samples": {}})


def test_a_rule_that_knows_a_text_by_heart_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An extractor that answers with the unperturbed gold scores well before and badly after."""
    case = next((case for case in HERE if case.group == "samples"), HERE[0])
    by_heart = [link["unit"] for link in case.read_gold()["links"]]

    def recite(wanted: list[Case]) -> dict[str, dict[str, Layer]]:
        return {
            one.name: {"links": Layer.of([(u,) for u in by_heart], [(x["unit"],) for x in one.read_gold()["links"]])}
            for one in wanted
        }

    monkeypatch.setattr(perturb, "score", recite)
    moved = perturb.compare(recite([case]), [case], ["bodies", "widths"], perturb.Comparison(1, tmp_path))
    assert [(move.kind, move.layer, move.before) for move in moved] == [("bodies", "links", 1.0)]
    assert "missed 0 → " in capsys.readouterr().out


def test_files_are_written_for_reading(tmp_path: Path) -> None:
    assert perturb.main(["--out", str(tmp_path), "--write-only", "--kind", "bodies", "--group", "samples"]) == 0
    for case in HERE:
        if case.group == "samples":
            written = tmp_path / "bodies" / case.name
            assert (written / "issue.txt").read_text(encoding="utf-8") == perturb.perturb(case, "bodies", 1).text
            assert (written / "gold.json").exists()


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_every_score_stays_within_a_hundredth(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert perturb.main(["--seed", str(seed)]) == 0, capsys.readouterr().out


def test_the_real_issues_are_among_the_cases_where_they_are_here() -> None:
    if not (SHARED / "gold").is_dir():
        pytest.skip("no ../shared with real gazettes here")
    assert {case.group for case in HERE} >= {"issues", "documents"}
