"""Numeric commitments and milestones of a passage of folded text (量化承诺、时间节点)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar.circumstances import Context
from extractor.grammar.comma_units import BLANK, LABEL, Sentence, blank, cut_units, has_quotes, sentence_bounds
from extractor.grammar.dates import PERIOD, DateMention, find_dates, may_date, read_deadline
from extractor.grammar.indicators import Described, describe
from extractor.grammar.judging import judge
from extractor.grammar.milestones import DatedPart, describes, find_carried, find_milestones, opens
from extractor.grammar.quantities import find_quantities, has_number
from extractor.grammar.roles import role_stems
from extractor.grammar.scopes import twins
from extractor.grammar.signs import Kind, Verdict, any_of
from extractor.grammar.spoken import Quantity
from extractor.grammar.tiers import Amount, Tier, find_tiers
from extractor.grammar.whole_words import alone

MAX_HEADING = 24
"""A first sentence this short is the heading of its clause (降低融资成本。)."""
Change = Literal["growth", "reduction", "new", "total"]
Strength = Literal["must", "aim", "may"]


class Draft(Struct, frozen=True, gc=False):
    """A commitment with offsets into its passage."""

    start: int
    end: int
    quantity: Quantity
    kind: Kind
    rule: str
    described: Described
    change: Change | None
    strength: Strength
    date: DateMention | None = None
    inherited: bool = False
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that the source lost, or amounts that do not pair: offsets, code, message."""

    start: int
    end: int
    code: str
    message: str
    unit: str = ""
    """Measure word that lost its number."""
    noun: str = ""
    """What is counted by it."""


class Harvest(Struct):
    """What one passage gave."""

    drafts: list[Draft] = []
    milestones: list[DatedPart] = []
    gaps: list[Gap] = []
    rejected: list[tuple[Quantity, str]] = []
    """Numbers with a unit that are no commitments, each with the rule that said so."""
    due: DateMention | None = None
    """The deadline that holds at the end of the passage; its offsets belong to the passage if ``due_here``."""
    due_here: bool = False
    heading: str | None = None
    """The heading sentence of the passage, where it has one: the indicator of a number without words of its own."""
    open_end: bool = False
    """The passage ends with a colon or in its heading: what follows below stands under its date."""


_CHANGE_WORDS: tuple[tuple[Change, re.Pattern[str]], ...] = (
    ("new", re.compile(r"(?<![创更革刷每])新增(?!长)|净增|新建|新改建|新设|增设|新培育|新认定|新引进|新开|新创建")),
    ("total", re.compile(r"累计(?!到账|发生|投入的|[^,。;]*的$)")),
    (
        "growth",
        re.compile(
            r"(?<!每)(?:增长|提高|提升|增加|上升|增速|上浮|增幅|扩大|涨幅)(?!至|到|培训|行动|工程|计划|补贴|项目)"
        ),
    ),
    ("reduction", re.compile(r"(?:下降|降低|减少|压减|下浮|压缩|缩短|降幅|压降|削减|下调)(?!至|到)")),
)
_ANY_CHANGE = re.compile("|".join(words.pattern for _, words in _CHANGE_WORDS))
_REACHED = re.compile(r"(?!速度|幅度|率|比例|比率)[^,]{2,}(?:至|到|达到?|为)$")
"""An object and 至 between a verb of change and its number: 压减缴税次数至3次."""
_LAST_LINK = re.compile("[^,。;:]*[、和及与](?=[^,。;:]*$)")
_AIM = re.compile(r"力争|争取|努力|预期|预计|拟|尽可能|尽量")
_LOST_UNIT = r"家(?![庭长电政具园属])|个(?![性人体])|项(?!目)|万元|亿元|%|％|平方米|公里|名|人次"
_HOLE = r"[ \u3000_XＸ×](?:(?<=[ \u3000_])[ \u3000_]{0,7}|(?<=[XＸ×])[XＸ×]{0,2})"
_LOST = re.compile(rf"(?P<hole>{_HOLE})(?P<unit>{_LOST_UNIT})(?=[\u4e00-\u9fff]|[,，。；;])")
_LOST_WORD = re.compile(r"(?:有|达到|达|不少于|不低于|超过|新增|建成|培育|打造|至少|不超过|引进|创建|完成)$")
_LOST_NOUN = re.compile(r"(?:以上|左右|的)*(?P<noun>[\u4e00-\u9fff]{2,20})?")
_TRAILING_TERM = re.compile(r"(?:全部|全面|基本)?(?:完成|到位|建成|实现|落实|达标)?(?:到位)?$")
DISTRIBUTIVE_REACH = 14
"""Characters between 分别 and its first amount (分别给予最高不超过)."""
PERIOD_REACH = 600
"""Characters after a period (自1月1日至12月31日) in which grants joined by semicolons still stand under it."""
_RANK_WORD = r"(?:国家级|省级|市级|区级|县级|国家|省|市|[一二三四特]等奖|[一二三四]孩|[一二三四特]级|[一二三四]类)"
_RANKS = re.compile(rf"(?P<list>{_RANK_WORD}(?:[、和及]{_RANK_WORD})+)[^、,]{{0,12}},?$")
_ANY_LINK = re.compile("[、和及与或]")
_TOPIC_LEFT = re.compile(r"(?:对|凡|针对)")
_WHEN = re.compile(r"(?:期间)?内?(?:[^,。;]{0,8})的")
_ITEM = re.compile(r"\s*[-—]{1,4}(?=[\u4e00-\u9fff])")
_DATED_CASE = re.compile(r"[^,。;]{0,10}(?:到期|注册|成立|毕业|出生|入库|签订|取得|认定|开工|投产|新增|购买)的")
"""2020年前注册的企业: a date that belongs to a condition."""
_DIGIT = re.compile("[0-9]")
_RESTS_ON = re.compile("(?:夯实|巩固|总结|立足|对照|依托|根据|按照)$")
"""夯实2022年发展基础,力争…: what a past year has left."""
_DEED = re.compile(r"给予|免|减|完成|建成|实现|全部|予以|开展")
_EXTENDED = re.compile(r"延[续长期至缓]?(?:执行|实施)?(?:期限)?[至到]?$")
_SENTENCE_CLOSE = re.compile(r"[。;\n]")
CHANGE_REACH, CHANGE_OF_GRANT = 24, 6
"""Characters before a number in which its change is said; a grant's word is nearer (新建农田补助每亩1000元)."""
_DATED_HEAD = re.compile(r"[\u4e00-\u9fff、]{2,20}\((?P<date>[^()]{4,16})\)(?=[。:]|$)")
_TERM_OF_GRANT = re.compile(
    r"(?:政策|措施|补贴|补助|优惠|^|[,。;])(?:的)?(?:实施|执行|享受)(?:期限|时间|期)?(?:暂定|截止|截至|延长|延续)?[为至到]?$"
)
_BLANKS = re.compile(f"{BLANK}+")
_MONTH_ONLY = re.compile(r"\d{1,2}月份?")


def read_passage(text: str, year: int | None, due: DateMention | None = None) -> Harvest:
    """Read a folded passage; ``year`` is the document's year, ``due`` a deadline that an earlier passage hands down.

    >>> harvest = read_passage("到2025年,建成口袋公园12个,绿地率达到40%以上。", 2023)
    >>> [(str(d.quantity.value), d.described.unit, d.quantity.op, d.date.date) for d in harvest.drafts]
    [('12', '个', '=', '2025'), ('40', '%', '>=', '2025')]
    """
    harvest = Harvest(due=due)
    label = LABEL.match(text)
    begin = label.end() if label else 0
    numbered = has_number(text, begin if due is None else 0)  # most have a number in their label and nowhere else
    item = due is not None and _ITEM.match(text) is not None  # ——基础更牢: items under a sentence with a date
    if not numbered and not item and not may_date(text):
        return harvest
    dated = blank(text, quotes=False)
    dates = find_dates(dated, year)
    if not dates and not numbered and not item:
        return harvest
    blanked = without_dates(blank(text) if has_quotes(text) else dated, dates)
    sentences = sentence_bounds(blanked, begin)
    if len(sentences) > 1 and sentences[0][2] == "。" and sentences[0][1] - sentences[0][0] <= MAX_HEADING:
        harvest.heading = text[sentences[0][0] : sentences[0][1]]
    _read_head(text, begin, year, harvest)
    linked = False
    harvest.open_end = bool(sentences) and (
        text[sentences[-1][0] : sentences[-1][1]].rstrip().endswith(":") or (len(sentences) == 1 and len(text) < 60)
    )
    starts_at = [date.start for date in dates]
    counted = find_quantities(blanked, begin) if numbered and has_number(blanked) else ()
    counted_at = [quantity.start for quantity in counted]
    for number, (start, end, closed) in enumerate(sentences):
        if number and harvest.due is not None and _answered(text, blanked, start):
            harvest.due, harvest.due_here, linked = None, False, False
        own = dates[bisect_left(starts_at, start) : bisect_left(starts_at, end)] if dates else ()
        quantities = counted[bisect_left(counted_at, start) : bisect_left(counted_at, end)] if counted else ()
        if not own and not quantities and not item and not harvest.due_here:
            continue
        sentence = cut_units(blanked, start, end, closed)
        deadlines = tuple([date for date in own if date.role == "deadline" and _is_deadline(blanked, sentence, date)])
        past = bool(own) and not deadlines and any(d.role == "past" and _tells(blanked, sentence, d) for d in own)
        drafts: list[Draft] = []
        if quantities and not past:
            drafts = _drafts(Context(text, blanked, sentence, quantities, own), deadlines, harvest)
        elif past:
            harvest.rejected.extend((quantity, "past") for quantity in quantities)
        harvest.drafts.extend(drafts)
        linked = linked and not past and blanked[sentence.start - 1 : sentence.start] == ";"
        starts = [draft.quantity.start for draft in drafts]
        if deadlines:
            harvest.milestones.extend(find_milestones(text, blanked, sentence, deadlines, starts))
            if not _EXTENDED.search(blanked[max(0, deadlines[-1].start - 8) : deadlines[-1].start]):
                harvest.due, harvest.due_here = deadlines[-1], True
            linked = opens(blanked, sentence, deadlines[-1])
        elif harvest.due is not None and harvest.due_here and (harvest.due.bound == "by" or linked) and not past:
            joined = blanked[sentence.start - 1 : sentence.start] == ";"
            harvest.milestones.extend(find_carried(blanked, sentence, harvest.due, starts, joined=joined))
        elif (
            item
            and harvest.due is not None
            and harvest.due.bound == "by"
            and not past
            and (number or len(sentences) == 1)
        ):
            harvest.milestones.extend(find_carried(blanked, sentence, harvest.due, starts, joined=True))
    _apply_validity(blanked, dates, harvest)
    if len(harvest.drafts) > 1:
        _apply_tiers(text, harvest)
    return harvest


def _apply_tiers(text: str, harvest: Harvest) -> None:
    """Say of the amounts of one benefit which condition each is for."""
    amounts = [Amount(d.quantity, d.kind, d.described.unit, d.described.per) for d in harvest.drafts]
    tiers = find_tiers(text, amounts)
    if tiers:
        harvest.drafts = [replace(draft, tier=tiers.get(draft.quantity.start)) for draft in harvest.drafts]


def _answered(text: str, blanked: str, start: int) -> bool:
    """Whether a sentence begins behind a role bracket: with it the measure before it ends, and so does its deadline."""
    bracket = _BLANKS.match(blanked, start) if text[start] in "([" else None
    return bracket is not None and role_stems().search(text, *bracket.span()) is not None


def _read_head(text: str, at: int, year: int | None, harvest: Harvest) -> None:
    """(一)细则拟定(6月底前)。: a heading with its date in a bracket is due, and so is what stands below it."""
    head = _DATED_HEAD.match(text, at)
    date = read_deadline(head["date"], year) if head is not None else None
    if head is None or date is None or date.role != "deadline" or date.end - date.start < len(head["date"]) - 1:
        return
    start = head.start("date")
    date = replace(date, start=date.start + start, end=date.end + start)
    harvest.milestones.append(DatedPart(at, head.end(), date))
    harvest.due, harvest.due_here = date, True


def _apply_validity(blanked: str, dates: tuple[DateMention, ...], harvest: Harvest) -> None:
    """给予5万元补贴,执行期限至2025年12月31日: how long the grants of its sentence hold, not those of another."""
    for date in dates:
        if date.role != "validity" or not _TERM_OF_GRANT.search(blanked[max(0, date.start - 16) : date.start]):
            continue
        since = max(blanked.rfind(mark, 0, date.start) for mark in "。;\n") + 1
        stop = _SENTENCE_CLOSE.search(blanked, date.end)
        for i, draft in enumerate(harvest.drafts):
            covered = since <= draft.start < (stop.start() if stop else len(blanked))
            if covered and draft.date is None:
                harvest.drafts[i] = replace(draft, date=date, inherited=True)


def without_dates(blanked: str, dates: Sequence[DateMention]) -> str:
    """The text with its dates blanked, so that a year is no number with the unit 年; the same length."""
    pieces, at = [], 0
    for date in dates:
        pieces.append(blanked[at : date.start])
        pieces.append(BLANK * (date.end - date.start))
        at = date.end
    return "".join([*pieces, blanked[at:]])


def _is_deadline(blanked: str, sentence: Sentence, date: DateMention) -> bool:
    """A date in a condition (对2020年6月30日前到期的…) dates the condition, not the promise."""
    after = blanked[date.end : date.end + 14]
    unit = sentence.units[sentence.unit_at(date.start)]
    left = blanked[unit.start : date.start]
    if _TOPIC_LEFT.match(left) and _WHEN.match(after):
        return False  # 对2024年1月1日至12月31日期间内购置的
    if _TOPIC_LEFT.match(left) and len(left) > 1 and blanked[date.end : unit.end] in ("", "内"):
        return False  # 对购置日期在2024年内,符合条件的
    if date.bound == "in" and _TOPIC_LEFT.match(left) and not left.endswith(("在", "于")) and not _DEED.match(after):
        return re.search("免[收征]|减[免半收征]", left) is not None  # 对纳入培育库的2024年新投产企业
    return _DATED_CASE.match(after) is None


def _tells(blanked: str, sentence: Sentence, date: DateMention) -> bool:
    """Whether a past date says when the sentence was true; that of a condition or of a base says nothing of it."""
    unit = sentence.units[sentence.unit_at(date.start)]
    left, right = blanked[unit.start : date.start], blanked[date.end : unit.end]
    if right.endswith("基础上") or _RESTS_ON.search(left) or _TOPIC_LEFT.match(left):
        return False
    case = right.endswith(("的", "者")) or _DATED_CASE.match(right) is not None
    given = any_of("gives").search(blanked, date.end, sentence.end) if case else None
    return given is None or _DIGIT.search(blanked, date.end, min(given.start(), unit.end)) is not None


def _drafts(context: Context, deadlines: tuple[DateMention, ...], harvest: Harvest) -> list[Draft]:
    drafts: list[Draft] = []
    verdicts = [judge(context.blanked, context.sentence, quantity) for quantity in context.quantities]
    promised = frozenset(q.start for q, verdict in zip(context.quantities, verdicts, strict=True) if verdict.kind)
    context = replace(context, promised=promised)
    for quantity, verdict in zip(context.quantities, verdicts, strict=True):
        if verdict.kind is None:
            harvest.rejected.append((quantity, verdict.rule))
            continue
        described = describe(context, quantity, verdict, harvest.heading, drafts[-1].described if drafts else None)
        draft = _draft(context, quantity, verdict, described)
        draft = _carried_change(context, drafts[-1] if drafts else None, draft)
        draft = _dated(context, draft, deadlines, harvest)
        pair = twins(context, quantity)
        if pair is None:
            drafts.append(draft)
        else:
            drafts.extend(replace(draft, described=replace(described, scope=who)) for who in pair)
    harvest.gaps.extend(_unpaired(context, drafts))
    return drafts


def _draft(context: Context, quantity: Quantity, verdict: Verdict, described: Described) -> Draft:
    unit = context.sentence.units[context.sentence.unit_at(quantity.start)]
    left = context.text[unit.start : quantity.start]
    assert verdict.kind is not None
    near = len(left) - (CHANGE_OF_GRANT if verdict.kind == "benefit" else CHANGE_REACH)
    said = [
        q.close - unit.start
        for q in context.quantities
        if q.start in context.promised and unit.start <= q.start < quantity.start
    ]
    sentence_left = context.text[context.sentence.start : quantity.start]
    strength: Strength = "aim" if _AIM.search(sentence_left) else "may" if _may().search(left) else "must"
    multiplied = quantity.spoken and quantity.unit in ("番", "倍") and context.text[quantity.end - 1] in "番增"
    change: Change | None = "growth" if multiplied else _change(left, max(0, near, *said), quantity.dimension)
    return Draft(described.start, described.end, quantity, verdict.kind, verdict.rule, described, change, strength)


def _change(left: str, near: int, dimension: str) -> Change | None:
    """What is said to change by a number: 增长5%, but not 提高发证率至95%, which is a level that is reached.

    A share is never new itself: 占新建建筑的40%, 新增贷款增长5%.
    """
    if _ANY_CHANGE.search(left, near) is None:
        return None
    for name, words in _CHANGE_WORDS:
        found = words.search(left, near)
        if found is None or (name == "new" and dimension == "ratio"):
            continue
        reached = _REACHED.match(left, found.end()) if name in ("growth", "reduction") else None
        return None if reached is not None else name
    return None


def _carried_change(context: Context, before: Draft | None, draft: Draft) -> Draft:
    """新增公园5个、广场3个、绿地2个: the members of a list are new with the first, unless one has a verb of its own."""
    if before is None or before.change is None or draft.change is not None:
        return draft
    between = context.text[before.quantity.close : draft.quantity.cue_start]
    if draft.quantity.listed and draft.quantity.listed == before.quantity.listed:
        return replace(draft, change=before.change)  # 分别增长5%、8%
    counted = draft.kind != "benefit" and before.quantity.dimension == draft.quantity.dimension == "classifier"
    link = _LAST_LINK.match(between) if counted and before.change in ("new", "total") else None
    return (
        draft if link is None or any_of("targets").match(between, link.end()) else replace(draft, change=before.change)
    )


@cache
def _may() -> re.Pattern[str]:
    return re.compile(
        rf"鼓励|原则上|(?<![许认宁])(?:{alone('可')})|探索(?!者)|引导(?!基金|员|目录|资金)|支持有条件|有条件的"
    )


def _dated(context: Context, draft: Draft, deadlines: tuple[DateMention, ...], harvest: Harvest) -> Draft:
    """The last deadline before the number in its sentence; else, for targets, the one carried on (N55)."""
    listed = [q for q in context.quantities if q.listed and q.listed == draft.quantity.listed]
    if len(listed) > 1 and len(listed) == len(deadlines) and deadlines[-1].end <= listed[0].start:
        return replace(draft, date=deadlines[listed.index(draft.quantity)])  # 2022年、2023年分别…15公里、22公里
    before = [
        d
        for d in deadlines
        if d.start < draft.quantity.start and not _MONTH_ONLY.fullmatch(d.text) and not _of_noun(context, d, draft)
    ]
    if before:
        return replace(draft, date=before[-1])
    trailing = [d for d in deadlines if _TRAILING_TERM.match(context.blanked[d.end : context.sentence.end])]
    trailing += [d for d in deadlines if _EXTENDED.search(context.blanked[max(0, d.start - 8) : d.start])]
    if trailing and trailing[0].start > draft.quantity.start:
        return replace(draft, date=trailing[0], inherited=True)
    if any(date.role == "start" for date in context.dates):
        return draft
    due, at = harvest.due, context.sentence.start
    if (
        due is not None
        and harvest.due_here
        and due.end < at < due.end + PERIOD_REACH
        and "。" not in context.text[due.end : at]
        and PERIOD.search(context.text[max(0, due.start - 16) : due.start])
    ):
        return replace(draft, date=due, inherited=True)  # 自1月1日至12月31日,…;减按1%征收
    if draft.kind == "target" and harvest.due is not None and draft.described.per is None:
        return replace(draft, date=harvest.due, inherited=True)
    before_it = harvest.drafts[-1] if harvest.drafts else None
    if (
        draft.kind == "requirement"
        and draft.described.per is None
        and before_it is not None
        and before_it.kind == "requirement"
        and before_it.date is not None
        and context.blanked.rfind(";", before_it.end, at) >= 0
        and "。" not in context.blanked[before_it.end : at]
    ):
        return replace(draft, date=before_it.date, inherited=True)  # 2026年底前,甲项目控制在5天以内;乙项目控制在9天以内
    return draft


def _of_noun(context: Context, date: DateMention, draft: Draft) -> bool:
    """落实2024年减税政策,…: a year that belongs to a noun of another unit dates nothing."""
    units = context.sentence.units
    at = context.sentence.unit_at(date.start)
    return at != context.sentence.unit_at(draft.quantity.start) and describes(context.blanked, units[at], date)


def _unpaired(context: Context, drafts: list[Draft]) -> list[Gap]:
    """Compare n conditions or classes and m amounts under one 分别 (N17), which must agree."""
    gaps = []
    for number in sorted({draft.quantity.listed for draft in drafts if draft.quantity.listed}):
        members = [q for q in context.quantities if q.listed == number]
        left = context.blanked[context.sentence.start : members[0].cue_start]
        at = left.rfind("分别")
        if at < 0 or len(left) - at > DISTRIBUTIVE_REACH:
            continue
        conditions = [
            q for q in context.quantities if q.listed and q.listed != number and q.close <= context.sentence.start + at
        ]
        ranks = _RANKS.search(left[:at])
        count = len(conditions) if conditions else len(re.split("[、和及]", ranks["list"])) if ranks else 0
        links = len(_ANY_LINK.findall(re.split("[,;:]", left[:at].rstrip(","))[-1]))
        if not count and links and links + 1 < len(members):
            count = links + 1  # a 和 can stand inside a name: there are no more subjects than these
        if count > 1 and count != len(members) and not (conditions and len({q.listed for q in conditions}) > 1):
            gaps.append(
                Gap(members[0].start, members[-1].close, "number.pairing", f"{count} subjects, {len(members)} numbers")
            )
    return gaps


def lost_numbers(text: str) -> tuple[Gap, ...]:
    """Numbers that the source lost before a measure word, in text as it is printed (N92).

    >>> [(gap.unit, gap.noun) for gap in lost_numbers("力争5年内有 家特色小镇")]
    [('家', '特色小镇')]
    """
    gaps = []
    for match in _LOST.finditer(text):
        word = _LOST_WORD.search(text[max(0, match.start() - 4) : match.start()])
        if word is None:
            continue
        start = match.start() - len(word[0])
        noun = _LOST_NOUN.match(text, match.end())
        said = noun["noun"] if noun and noun["noun"] else ""
        gaps.append(
            Gap(start, match.end(), "number.missing", f"number lost before {match['unit']}", match["unit"], said)
        )
    return tuple(gaps)
