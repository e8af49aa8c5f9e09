"""Numeric commitments: what is promised, what is not, and what the component makes of a document."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.grammar.bounds import Band
from extractor.grammar.commitments import lost_numbers, read_passage
from extractor.model import Commitment, Document, Issue

CASES = Path(__file__).parent / "cases" / "numbers"
YEAR = 2024


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["id"]) for row in rows]


@pytest.mark.parametrize("case", cases("commitments"))
def test_commitments(case: dict[str, Any]) -> None:
    drafts = read_passage(case["text"], YEAR).drafts
    found = [
        [str(d.quantity.value), d.described.unit, d.quantity.op, (d.date.date or "") if d.date else "", d.kind]
        for d in drafts
    ]
    assert found == case["expected"]
    for draft in drafts:
        assert draft.start <= draft.quantity.start < draft.quantity.end <= draft.end


@pytest.mark.parametrize("case", cases("indicators"))
def test_indicators(case: dict[str, Any]) -> None:
    assert [draft.described.indicator for draft in read_passage(case["text"], YEAR).drafts] == case["expected"]


@pytest.mark.parametrize("case", cases("scopes"))
def test_scopes(case: dict[str, Any]) -> None:
    assert [draft.described.scope or "" for draft in read_passage(case["text"], YEAR).drafts] == case["expected"]


@pytest.mark.parametrize("case", cases("tiers"))
def test_tiers(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [(draft.tier, draft) for draft in read_passage(text, YEAR).drafts if draft.tier is not None]
    assert [
        [
            str(tier.set),
            text[tier.start : tier.end],
            f"{draft.quantity.value}{draft.described.unit}",
            interval(tier.band),
        ]
        for tier, draft in found
    ] == case["expected"]
    for number in {tier.set for tier, _ in found}:
        places = [tier.index for tier, _ in found if tier.set == number]
        assert places == list(range(1, len(places) + 1))
        assert all(tier.of == len(places) for tier, _ in found if tier.set == number)


def interval(band: Band | None) -> str:
    """[800..3000)万元, with ? where it is not said whether the end is taken in."""
    if band is None:
        return ""
    marks = {True: "()", False: "[]", None: "??"}
    lower = f"{marks[band.lower.open][0]}{band.lower.value}" if band.lower else ""
    upper = f"{band.upper.value}{marks[band.upper.open][1]}" if band.upper else ""
    return f"{lower}..{upper}{band.unit}"


@pytest.mark.parametrize("case", cases("attributes"))
def test_attributes(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [
        [d.change or "", d.strength, d.described.baseline or "", text[d.start : d.end]]
        for d in read_passage(text, YEAR).drafts
    ] == case["expected"]


@pytest.mark.parametrize("case", cases("negative"))
def test_what_is_no_commitment(case: dict[str, Any]) -> None:
    harvest = read_passage(case["text"], YEAR)
    assert not harvest.drafts
    assert [rule for _, rule in harvest.rejected][:1] == ([case["rule"]] if case["rule"] else [])


def test_pairs_that_do_not_agree_are_said() -> None:
    text = "对产值达到1亿元、2亿元、3亿元的企业,分别给予10万元、20万元奖励。"
    assert [gap.code for gap in read_passage(text, YEAR).gaps] == ["number.pairing"]
    text = "对苗圃、茶园分别给予20万元、50万元、100万元奖励。"
    assert [gap.code for gap in read_passage(text, YEAR).gaps] == ["number.pairing"]
    text = "对通过种植和加工认证的茶园、苗圃分别给予20万元、50万元奖励。"
    assert not read_passage(text, YEAR).gaps
    text = "对产值达到1亿元、2亿元的企业,分别给予10万元、20万元奖励。"
    assert not read_passage(text, YEAR).gaps


def test_a_hole_is_seen_and_a_whole_is_not() -> None:
    assert [(gap.unit, gap.noun) for gap in lost_numbers("培育 家示范企业")] == [("家", "示范企业")]
    assert not lost_numbers("拥有 5 家企业,建成 个性化平台")


ISSUE = """云岭县人民政府关于印发云岭县健康行动方案的通知

云政发〔2024〕8号

各乡镇人民政府,县政府各部门：

现将《云岭县健康行动方案》印发给你们,请认真组织实施。

云岭县人民政府
2024年3月5日

云岭县健康行动方案

一、主要目标。到2026年,体育公园达到9个,以下任务全部落实：

（一）建设健身步道。新建健身步道30公里。

（二）培训指导员。每年培训社会体育指导员200人次以上。

二、补助措施。对获评先进的村给予2万元奖励。力争建成 家健康驿站。
"""


@pytest.fixture(scope="module")
def issue() -> Issue:
    return extractor.parse(ISSUE.encode())


def rows(issue: Issue) -> list[tuple[Document, Commitment]]:
    return [(document, c) for document in issue.documents for c in document.commitments]


def test_tiers_stand_in_the_result_with_their_bounds() -> None:
    text = ISSUE.replace("给予2万元奖励", "给予2万元奖励。对产值首次突破1亿元、5亿元的村，分别给予 3 万元、8万元奖励")
    issue = extractor.parse(text.encode())
    tiers = [(c.value, c.tier) for _, c in rows(issue) if c.tier is not None]
    assert [(value, t.set, t.index, t.of, t.label, t.lower, t.lower_open, t.upper, t.unit) for value, t in tiers] == [
        (Decimal(3), "d2/s1", 1, 2, "1亿元", Decimal(1), True, None, "亿元"),
        (Decimal(8), "d2/s1", 2, 2, "5亿元", Decimal(5), True, None, "亿元"),
    ]
    assert [issue.text[slice(*tier.span)] for _, tier in tiers] == ["1亿元", "5亿元"]


def test_a_heading_date_is_handed_down(issue: Issue) -> None:
    by_value = {c.value: c for _, c in rows(issue)}
    assert by_value[Decimal(30)].deadline is not None
    assert by_value[Decimal(30)].deadline.date == "2026"
    assert by_value[Decimal(30)].deadline.inherited
    assert by_value[Decimal(200)].per == "每年"
    assert by_value[Decimal(200)].deadline is None
    assert by_value[Decimal(2)].deadline is None


def test_a_lost_number_is_kept_without_value_and_reported(issue: Issue) -> None:
    (lost,) = [c for _, c in rows(issue) if c.value is None]
    assert lost.indicator == "健康驿站"
    assert lost.certainty == "doubtful"
    assert [issue.text[slice(*d.span)] for d in issue.diagnostics if d.code == "number.missing" and d.span] == [
        "建成 家"
    ]


def test_spans_hold_the_number_and_lie_in_the_clause(issue: Issue) -> None:
    assert len(rows(issue)) == 5
    for document, commitment in rows(issue):
        quote = issue.text[slice(*commitment.span)]
        assert len(quote) <= 150
        assert commitment.value is None or str(commitment.value) in quote
        clause = next(c for c in document.clauses if c.id == commitment.clause_id)
        assert clause.span[0] <= commitment.span[0] < commitment.span[1] <= clause.span[1]


def test_keys_are_stable_and_apart(issue: Issue) -> None:
    keys = [c.key for _, c in rows(issue)]
    assert len(set(keys)) == len(keys)
    assert keys == [c.key for _, c in rows(extractor.parse(ISSUE.encode("gb18030")))]


TABLE = """云岭县2024年重点工作任务分解表

一、产业发展

序号\t任务\t牵头单位\t完成时限
1\t壮大主体。新增规上企业12家以上。\t县工信局\t2024年11月底前
2\t办好教育。县实验学校新校区投入使用。\t县教育局\t8月底前
3\t稳定就业。城镇新增就业3800人。\t县人社局\t全年
"""


def test_the_term_of_a_task_row_holds_for_its_row() -> None:
    issue = extractor.parse(TABLE.encode())
    found = {c.value: c.deadline.date for _, c in rows(issue) if c.deadline}
    assert found == {Decimal(12): "2024-11", Decimal(3800): "2024"}
    milestones = [(m.deadline.date, m.text) for d in issue.documents for m in d.milestones]
    assert milestones == [("2024-08", "县实验学校新校区投入使用")]


BRACKETS = """云岭县交通行动计划

云政发〔2024〕9号

一、完善设施。新建候车亭40个，站牌改造全面完成。（县交通局牵头，县住建局配合，2025年6月底前完成）

二、规范秩序。路口设施优良率不低于95%。（牵头单位：县公安局；完成时限：2024年9月底前）
"""


def test_a_term_in_a_bracket_holds_for_what_stands_before_it() -> None:
    issue = extractor.parse(BRACKETS.encode())
    found = {c.value: c.deadline.date for _, c in rows(issue) if c.deadline and c.deadline.inherited}
    assert found == {Decimal(40): "2025-06", Decimal(95): "2024-09"}
    milestones = [(m.deadline.date, m.text) for d in issue.documents for m in d.milestones]
    assert milestones == [("2025-06", "站牌改造全面完成")]


RULES = """云岭县扶持资金管理办法

第一条 申报单位应当具备下列条件：

（一）年营业收入达到500万元以上；

（二）职工不少于20人。

第二条 对符合条件的单位，给予不超过10万元的补助。

第三条 申报材料应当在5个工作日内审核完毕。
"""


def test_items_of_a_list_of_conditions_promise_nothing() -> None:
    issue = extractor.parse(RULES.encode())
    assert [(c.value, c.kind) for _, c in rows(issue)] == [(Decimal(10), "benefit"), (Decimal(5), "requirement")]


WIDE = """柳湾县人民政府关于支持苗木产业的意见

柳政发〔2024〕9号

各乡镇人民政府：

一、对租用厂房（仓库）满３年的企业，经认定，给予最高２０万元奖励。

二、到 ２０２６ 年，苗木产值较２０２３年增长１０％以上。

柳湾县人民政府
2024年3月5日
"""


def test_words_about_a_number_are_those_of_the_source() -> None:
    grant, growth = extractor.parse(WIDE.encode()).documents[0].commitments
    assert grant.scope == "租用厂房（仓库）满３年的企业"
    assert growth.baseline == "较２０２３年"
    assert growth.indicator == "苗木产值较２０２３年增长"
    assert growth.deadline is not None
    assert growth.deadline.text == "到 ２０２６ 年"
    assert growth.certainty == "stated"


def test_a_reckoned_date_and_a_torn_number_are_not_called_stated() -> None:
    text = WIDE.replace("到 ２０２６ 年", "力争三年内").replace("２０万元", "２ ０万元")
    assert [c.certainty for c in extractor.parse(text.encode()).documents[0].commitments] == ["doubtful", "concluded"]


PLAN = """青川县2023年苗木产业行动方案

一、年底前完成苗圃改造12个。

二、完成道路改造（完成时限：2023年7月底）。2023年6月底前完成管网铺设（完成时限：2023年8月底）。
"""


def test_a_plan_without_date_takes_the_year_of_its_title() -> None:
    (document,) = extractor.parse(PLAN.encode()).documents
    (nurseries,) = document.commitments
    assert nurseries.deadline is not None
    assert nurseries.deadline.date == "2023-12"
    assert nurseries.certainty == "concluded"
    assert sorted(m.deadline.date or "" for m in document.milestones) == ["2023-06", "2023-07"]


def test_the_years_of_a_title_are_no_deadline() -> None:
    text = "青川县苗木产业行动方案（2024—2026年）\n\n一、完成苗圃改造12个。\n\n二、到2025年，新建苗圃5个。\n"
    (document,) = extractor.parse(text.encode()).documents
    assert [c.deadline and c.deadline.date for c in document.commitments] == [None, "2025"]


@pytest.mark.parametrize(
    ("imprint", "date"),
    [("青川县人民政府办公室2023年3月15日印发", "2023-12"), ("2023年3月15日的会议已作部署。", None)],
)
def test_a_plan_without_date_and_title_takes_the_year_of_its_imprint(imprint: str, date: str | None) -> None:
    text = f"为加快苗木产业发展，制定本方案。\n\n一、年底前完成苗圃改造12个。\n\n抄送：县委各部门。\n{imprint}\n"
    (document,) = extractor.parse(text.encode()).documents
    assert [c.deadline and c.deadline.date for c in document.commitments] == [date]


TERMS = """青川县2023年政务服务行动方案

一、推进改革
1.登记注册。推行多证联办。完善“一照通行”制度。（县市监局牵头，各县（市、区）按职责分工负责；2023年9月底前完成）
2.招标采购。开发远程评审平台。（牵头单位：县财政局；配合单位：各镇（乡）政府；完成时限：2023年12月）
"""


def test_a_term_with_those_who_answer_is_a_milestone_only_where_it_says_what_is_done() -> None:
    (document,) = extractor.parse(TERMS.encode()).documents
    assert [(m.deadline.date, m.text) for m in document.milestones] == [("2023-09", "完善“一照通行”制度")]
    assert {r.deadline.date for m in document.measures for r in m.responsibilities if r.deadline} == {
        "2023-09",
        "2023-12",
    }


def test_a_number_torn_by_a_line_is_doubtful() -> None:
    text = PLAN.replace("苗圃改造12个", "苗圃改造任\n务1\n2 万个以上")
    assert [c.certainty for c in extractor.parse(text.encode()).documents[0].commitments] == ["doubtful"]


def test_this_year_is_not_the_year_that_is_arranged_for() -> None:
    text = "青川县关于做好2024年度刊物征订工作的通知\n\n各乡镇人民政府：\n\n一、今年每个乡镇征订不少于20份。\n"
    (document,) = extractor.parse(text.encode()).documents
    assert [c.deadline for c in document.commitments] == [None]


TARGETS = """云岭县人民政府办公室关于印发云岭县产业方案的通知

云政办发〔2024〕9号

各乡镇人民政府,县政府各部门：

现将《云岭县产业方案》印发给你们,请认真组织实施。

云岭县人民政府办公室
2024年3月6日

云岭县产业方案

一、主要目标

序号\t指标\t单位\t2020年\t2027年目标值
1\t森林覆盖率\t%\t41.2\t≥45.5
2\t每千人口床位数\t张\t6\t7.2
3\t营商环境\t位次\t良好\t优秀

二、项目安排

项目名称\t总投资（亿元）\t年度计划投资（亿元）
南岭水库工程\t12.5\t3
东岭公路工程\t4\t——
"""


def test_numbers_in_cells_take_the_unit_of_their_table() -> None:
    issue = extractor.parse(TARGETS.encode())
    found = [c for document in issue.documents for c in document.commitments]
    assert [(c.indicator, c.comparator, str(c.value), c.unit) for c in found] == [
        ("森林覆盖率", ">=", "45.5", "%"),
        ("每千人口床位数", "=", "7.2", "张/千人口"),
        ("南岭水库工程…计划投资", "=", "3", "亿元"),
    ]
    assert [c.deadline.date if c.deadline else None for c in found] == ["2027", "2027", None]
    assert [issue.text[slice(*c.span)] for c in found] == ["≥45.5", "7.2", "3"]


def test_a_heading_that_lays_a_foundation_is_no_look_back() -> None:
    def found(heading: str) -> list[Decimal | None]:
        text = ISSUE.replace("补助措施。", f"{heading}。确保茶业增加值增长2.5%。")
        return [c.value for _, c in rows(extractor.parse(text.encode())) if c.unit == "%"]

    assert found("夯实茶业发展基础") == [Decimal("2.5")]
    assert found("茶业发展基础") == []
