"""Dates and deadlines of a folded text without spaces (N55–N66): what is due, and what only dates something.

A date is a deadline unless its surroundings say otherwise: 自…起 is a start, 较2019年 a baseline, 有效期至 a validity,
每年年底前 a recurrence. Dates keep the precision of the text: 2025, 2025-12 for 年底, 2025-12-31.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from extractor.text.numerals import parse_chinese

Role = Literal["deadline", "baseline", "start", "validity", "recurrence", "name", "past"]
Bound = Literal["by", "before", "in"]
Groups = Mapping[str, str | None]
Reader = Callable[[re.Match[str], int | None], "DateMention | None"]

_CN = "〇零一二三四五六七八九十"
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d)|(?P<cyear>二[〇零][{_CN}]{{2}}))年度?"
_MONTH = (
    rf"(?P<months>(?:\d{{1,2}}(?:月份?)?[、和]){{1,11}})?(?P<month>\d{{1,2}}|[{_CN}]{{1,2}})月(?P<fen>份)?"
    rf"(?:(?P<mend>底|末)|(?P<part>上旬|中旬|下旬|中上旬|中下旬|上中旬)|(?P<day>\d{{1,2}}|[{_CN}]{{1,3}})(?:日|号(?!线|楼|文|院)|(?=[(□])))?"
)
_QUARTER = r"第?(?P<quarter>[一二三四1-4](?:[、和至-][一二三四1-4])*)季度(?:末|底)?"
_HALF = r"(?P<half>上|下)半年"
_YEAR_TAIL = r"(?P<yend>[底末](?!线|端)|年[底末])"
_REST = rf"(?:{_MONTH}|{_QUARTER}|{_HALF}|{_YEAR_TAIL})"
_LEAD = (
    r"(?P<lead>到|至|截至|截止到?|(?<![高低多少大小优关])于|在|力争到?|争取到?|确保|自|从|较|比|与|以|自从|有效期至"
    r"|每年|每|次年|(?<!原则)上|对)?"
)
_BEFORE = r"之前|以前|前(?!列|茅|沿|\d|十|端|期|三|五)"
_TAIL = rf"(?P<tail>{_BEFORE}|以内|之内|内(?!容|部|外)|期间|以来|以后|之后|起|开始|后|止|的)?"
_WEEKDAY = r"(?:\([^()]{1,5}\)|□{3,7})?"  # (星期五), which may be blanked
# What may be missing at its head makes a search slow; the characters that it can begin with are looked for first.
_FULL = re.compile(
    rf"(?=[到至截于在力争确自从较比与以有每次上对12二]){_LEAD}{_YEAR}(?:{_REST})?{_WEEKDAY}(?:\d{{1,2}}[时点](?:\d\d分)?)?{_TAIL}"
)
_STATED = re.compile(rf"[12二](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=二)[〇零][{_CN}][{_CN}])年")
"""A year in full; quick to look for."""
LONGEST_LEAD = 4
"""Characters of the longest word with which a full date begins (有效期至)."""
_BARE = re.compile(
    rf"(?=[到至截于在力争确自从较比与以有每次上对第下今本当年全岁\d{_CN}]){_LEAD}(?:(?<![\d.])(?<!\d[至-]){_MONTH}|{_QUARTER}|(?:今年|本年|当年)?(?:年底|年末)|(?:今年|本年)?{_HALF}"
    rf"|(?P<whole>今年|本年度(?=内|,|末)|本年(?!度)|全年|(?<![半一两三四五六七八九十几多\d])年内|(?<![\u4e00-\u9fff])年度内|当年内|年底内)){_WEEKDAY}{_TAIL}"
)
_SPAN = re.compile(r"(?P<first>20\d\d)年?(?:-|--|至|到)(?P<last>20\d\d)年(?P<tail>底|末)?(?:期间|内|前)?")
_WITHIN = re.compile(
    rf"(?=[用在力争经通未今\d{_CN}两])(?P<lead>(?<![利使应作])用|在|力争|争取|经过|通过)?(?P<more>未来|今后)?(?P<count>\d{{1,2}}|[{_CN}两]{{1,2}})(?:到|至|-)?(?P<count2>\d|[{_CN}])?年"
    rf"(?P<tail>内(?!的)|时间|左右时间|以内|之内)"
)
_PLAN = re.compile(r"[“\"](?P<plan>十[二三四五六])五[”\"](?P<tail>末期?|期末|期间|时期|收官)")
_PLAN_END = {"十二": "2015", "十三": "2020", "十四": "2025", "十五": "2030", "十六": "2035"}
_MAY_DATE = re.compile(rf"年(?:(?<=[\d{_CN}两全今本半]年)|[底末内])|月(?<=[\d{_CN}]月)|季度|五[”\"]")

_NAME_AFTER = re.compile(
    r"(?:[“\"][^”\"]{1,12}[”\"])?[^,。;]{0,12}(?:工作|活动|行动|考核)中(?![心期旬])|版|应[缴纳交付收]|(?:工作|任务)的?(?:重点|重中之重)|[^,。;、(\[《]{0,12}[》)\]]|(?:全国|全省|全市|度)?(?:工作|重点|政务公开|政府)?(?:工作方案|工作要点|行动方案|实施方案|工作计划|行动计划|要点|方案|计划$|任务清单|报告|考核|第\d)"
)
_BASELINE_BEFORE = re.compile(r"(?:较|比|与|同|低于|高于|不低于|不高于|超过|在|以|相对|对比|相较|原)$")
_BASELINE_AFTER = re.compile(r"(?:的)?(?:基础上|水平|同期|基数|相比|为基[期数]|增长|提高|下降|翻)")
_ISSUED_AFTER = re.compile(
    r"(?:起|开始|以后|之后|印发|发布|公布|施行|实施|执行|生效|颁布|出台(?=的)|以来|制定的|修订|出生|入学|成立|注册|登记|毕业|退役|到期|参加工作)"
)
_VALID_BEFORE = re.compile(
    r"(?:有效期限?|执行期限?|期限|(?:施行|实施|执行|试行|有效|延续|延长|顺延)(?:日期|期限)?)(?:暂定|截止|截至|延续|延长)?[为至到]?$"
)
_EXTENDED = re.compile(r"(?:延续|延长|顺延|延期|展期|延缓|延)(?:执行|实施|执行期限|实施期限)?$")
_OF_PAPER = re.compile(
    r"有效期|试行期|本(?:办法|规定|政策|措施|通知|意见|方案|细则|公告|文件)|(?:办法|规定|细则|通知|意见)(?:有效|执行|实施|的|》)"
)
_PROLONGED = re.compile("(?:延长|延续|顺延)[^,。;]*$")
"""延长贴息政策执行期限至2027年底: that it is prolonged is promised."""
_SO_FAR = re.compile("[^。;]*?(?:已|共有|现有|实有)")
"""截至2024年3月,全县已建成…: how things stood."""
_OF_DOCUMENT = re.compile(rf"{_OF_PAPER.pattern}|施行|执行|实施|试行|有效|期限|时间(?:为|:|$)|报名|申报|公示|受理|征集")
_RECUR_BEFORE = re.compile(
    r"(?:每年度?的?(?:\d{1,2}月(?:\d{1,2}日)?(?:至|到|-)?)?|每个?|每月|每季度?|次年|翌年|下一?年度?|上一?年度?|历年|各年度?|逐年|当年|隔年|毕业)的?$"
)
FIRST_YEAR, LAST_YEAR = 1980, 2060
"""Years outside are house numbers, amounts or law history, never due dates."""


class DateMention(Struct, frozen=True, gc=False):
    """A date in a text, and what it does there."""

    start: int
    end: int
    text: str
    date: str | None
    bound: Bound
    role: Role
    concluded: bool = False
    """Reckoned from another date (三年内, “十四五”末), not read."""

    @property
    def year(self) -> int | None:
        """The year, where one is known."""
        return int(self.date[:4]) if self.date else None


def find_dates(text: str, year: int | None = None) -> tuple[DateMention, ...]:
    """All dates of a folded text in order; a date without a year takes ``year`` (the document's own).

    >>> [(d.text, d.date, d.bound, d.role) for d in find_dates("到2025年,较2020年提高;6月底前完成", 2024)]
    [('到2025年', '2025', 'by', 'deadline'), ('较2020年', '2020', 'in', 'baseline'),
     ('6月底前', '2024-06', 'before', 'deadline')]
    """
    if not _may_be_said(text):
        return ()
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for said, hint, pattern, read in _READERS:
        if said in text and hint.search(text) is not None:
            for match in _full_dates(text) if pattern is _FULL else pattern.finditer(text):
                if taken.find(1, *match.span()) < 0:
                    _take(found, taken, read(match, year))
    if _BARE_HINT.search(text) is None:
        return tuple(sorted(found, key=_start)) if len(found) > 1 else tuple(found)
    full = sorted((d.start, d.end, d.year) for d in found if _gives_year(d))
    for match in _BARE.finditer(text):
        if taken.find(1, *match.span()) < 0:
            _take(found, taken, _read_bare(match, _year_at(text, full, match.start(), year)))
    return tuple(sorted(found, key=_start))


def _full_dates(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of full dates finds in a text; it is tried only where a year stands, and before it."""
    end = 0
    for year in _STATED.finditer(text):
        at = year.start()
        starts = range(max(end, at - LONGEST_LEAD), at + 1) if at >= end else ()
        match = next((match for start in starts if (match := _FULL.match(text, start)) is not None), None)
        if match is not None:
            end = match.end()
            yield match


def _start(mention: DateMention) -> int:
    return mention.start


def _take(found: list[DateMention], taken: bytearray, mention: DateMention | None) -> None:
    if mention is not None:
        found.append(mention)
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)


def _year_at(text: str, full: list[tuple[int, int, int | None]], at: int, year: int | None) -> int | None:
    """The year said before in the same sentence (2025年3月底前…,6月底前…), else that of the document."""
    i = bisect_left(full, (at, 0, 0)) - 1
    return full[i][2] if i >= 0 and "。" not in text[full[i][1] : at] else year


def _may_be_said(text: str) -> bool:
    """What every date holds; quicker to look for than any pattern."""
    return "年" in text or "月" in text or "季度" in text or "五" in text


def _gives_year(mention: DateMention) -> bool:
    """Whether a later month in the sentence is of this date's year; a goal (到2025年) says nothing of months."""
    exact = mention.date is not None and (len(mention.date) > len("2025") or mention.bound == "in")
    return mention.role == "deadline" and not mention.concluded and exact


def may_date(text: str) -> bool:
    """Whether a folded text can hold a date at all.

    >>> may_date("到2025年"), may_date("加强领导")
    (True, False)
    """
    return _may_be_said(text) and _MAY_DATE.search(text) is not None


def read_deadline(text: str, year: int | None = None) -> DateMention | None:
    """The deadline that a phrase states, e.g. the cell or bracket part after 完成时限; None if it states none.

    >>> read_deadline("2023年12月底前", 2023).date, read_deadline("6月底", 2023).date, read_deadline("长期坚持")
    ('2023-12', '2023-06', None)
    """
    due = [
        mention
        for mention in find_dates(text, year)
        if mention.date and mention.role in ("deadline", "validity", "past")
    ]
    return due[-1] if due else None


def _number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    return int(numeral) if numeral.isdigit() else parse_chinese(numeral)


def _precise(match: re.Match[str], group: Groups, year: int | None) -> str | None:
    """The date as precise as the text: year, month, day."""
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if group.get("yend"):
        return f"{year}-12"
    if quarter := group.get("quarter"):
        last = quarter[-1]
        return f"{year}-{3 * (_number(last) or 4):02d}"
    if group.get("half"):
        return f"{year}-{'06' if group['half'] == '上' else '12'}"
    month, day = _number(group.get("month")), _number(group.get("day"))
    if month is None:
        return f"{year}-12" if re.search(r"年[底末]", match[0]) else str(year)
    if not 1 <= month <= 12:
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day and 1 <= day <= 31 else "")


def _bound(match: re.Match[str], group: Groups, tail: str) -> Bound:
    if tail in ("之前", "以前", "前"):
        return "before"
    if (group["lead"] or "") in ("到", "至", "截至", "截止", "截止到", "力争到", "争取到", "有效期至"):
        return "by"
    return "by" if group.get("yend") or group["mend"] or re.search("年[底末]", match[0]) else "in"


_SINCE = re.compile(r"(?:自|从)(?:\d{4}年)?[^,。;]{0,6}$")
PERIOD = re.compile(r"(?:自|从)[^,。;]{2,14}$")
"""What stands before the end of a period: 自1月1日 of 自1月1日至12月31日."""


def _role(match: re.Match[str], lead: str, tail: str) -> Role:
    """What a date does, from the words around it."""
    text = match.string
    before = text[max(0, match.start() - 12) : match.start()] + lead
    after = text[match.end() : match.end() + 16]
    if _SINCE.search(before) and (
        tail in ("起", "开始", "以来", "后", "以后", "之后") or re.match(r"(?:起|开始|-|至|到|以来)", after)
    ):
        return "start"
    if _RECUR_BEFORE.search(before):
        return "recurrence"
    if before.endswith("关于"):
        return "name"  # 关于2025年工作的安排
    if lead in ("至", "到") and PERIOD.search(text[max(0, match.start() - 16) : match.start()]):
        whole = text[max(0, match.start() - 40) : match.start()].rpartition("。")[2]
        return "validity" if _OF_DOCUMENT.search(whole + after) else "deadline"
    if _EXTENDED.search(text[max(0, match.start() - 12) : match.start()]) and lead in ("至", "到"):
        whole = text[max(0, match.start() - 30) : match.start()].rpartition("。")[2]
        return "validity" if _OF_PAPER.search(whole) else "deadline"
    if lead == "有效期至" or _VALID_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        prolonged = lead in ("至", "到") and _PROLONGED.search(text[max(0, match.start() - 40) : match.start()])
        return "deadline" if prolonged and not _OF_PAPER.search(prolonged[0]) else "validity"
    if lead == "上":
        return "name"
    if lead.startswith("截") and tail != "前" and _SO_FAR.match(text, match.end(), match.end() + 24):
        return "past"
    if lead.startswith("截") and (tail != "前" and not re.search("年", match[0])):
        return "name"
    if tail in ("起", "开始", "以来", "以后", "之后", "后"):
        return "start"
    if lead in ("较", "比", "与", "以", "对"):
        return "baseline" if lead != "对" else "name"
    if _BASELINE_BEFORE.search(before) and (lead in ("较", "比", "与", "以") or _BASELINE_AFTER.match(after)):
        return "baseline"
    if before.endswith(("低于", "高于", "超过")):
        return "baseline"
    if tail in ("的", "止") or _NAME_AFTER.match(after):
        return "name"
    ends = tail in ("前", "之前", "以前") or match[0].endswith(("底", "末"))
    return "start" if not ends and _ISSUED_AFTER.match(after) else "deadline"


def _read_full(match: re.Match[str], year: int | None) -> DateMention | None:
    group = match.groupdict()
    stated = _number(group["year"]) if group["year"] else parse_chinese(group["cyear"])
    date = _precise(match, group, stated)
    if date is None:
        return None
    role = _role(match, group["lead"] or "", group["tail"] or "")
    if role == "deadline" and year is not None and int(date[:4]) < year:
        role = "past"
    return _mention(match, group, date, role)


def _mention(match: re.Match[str], group: Groups, date: str, role: Role, *, concluded: bool = False) -> DateMention:
    lead, tail = group["lead"] or "", group["tail"] or ""
    kept = lead in ("到", "至", "截至", "较", "比", "与", "自", "从", "于", "在", "截止", "截止到")
    start = match.start() if kept or not lead else match.start() + len(lead)
    end = match.end() - (len(tail) if tail in ("的", "止") else 0)
    return DateMention(start, end, match.string[start:end], date, _bound(match, group, tail), role, concluded)


def _read_bare(match: re.Match[str], year: int | None) -> DateMention | None:
    if match["month"] and not (match["day"] or match["mend"] or match["part"] or match["tail"]):
        month = _number(match["month"])
        if (
            month is None
            or not 1 <= month <= 12
            or not (match["fen"] or match["months"] or match["lead"] in ("到", "至", "于", "在"))
        ):
            return None  # 3月 alone is mostly a schedule or a name (N84)
    tail = match["tail"] or ""
    if match["whole"] in ("今年", "本年") and not tail and re.match("以来|上半", match.string[match.end() :]):
        return None
    if match["whole"] == "全年" and re.match(
        r"免费|不打烊|无休|开放|工作|总结|预期|目标|任务|经济", match.string[match.end() :]
    ):
        return None
    group = match.groupdict()
    date = _precise(match, group, year) if year is not None else None
    if date is None:
        return None
    role = _role(match, group["lead"] or "", tail)
    if role == "name" and match["whole"] and match["lead"] != "对":
        role = "deadline"
    return _mention(match, group, date, role, concluded=True)


def _read_span(match: re.Match[str], year: int | None) -> DateMention | None:
    after = match.string[match.end() : match.end() + 12]
    role: Role = (
        "name"
        if match.string[match.start() - 1 : match.start()] in ("(", "[") or _NAME_AFTER.match(after)
        else "deadline"
    )
    date = match["last"] + ("-12" if match["tail"] else "")
    if year is not None and int(match["last"]) < year:
        role = "past"
    return DateMention(match.start(), match.end(), match[0], date, "in", role)


def _read_plan(match: re.Match[str], year: int | None) -> DateMention | None:
    date = _PLAN_END.get(match["plan"])
    if date is None:
        return None
    ends = match["tail"] in ("末", "末期", "期末")
    role: Role = "deadline" if ends else "name"
    return DateMention(match.start(), match.end(), match[0], date, "by", role, concluded=True)


def _read_within(match: re.Match[str], year: int | None) -> DateMention | None:
    count = _number(match["count2"] or match["count"])
    before = match.string[max(0, match.start() - 8) : match.start()]
    if (
        count is None
        or not 1 <= count <= 15
        or re.search(r"(?:毕业|注册|成立|退役|落户|起|第|近|连续|后|首|最近|之日)$", before)
    ):
        return None
    after = match.string[match.end() : match.end() + 4]
    role: Role = "deadline" if match["tail"] != "时间" or match["lead"] or match["more"] else "name"
    told = match["more"] or match["lead"] not in (None, "在", "用")  # 凭通知书在1年内办理: of those it is for
    if not told and not re.search(r"(?:^|[,。;:、]|力争|争取|在|于|用|确保|目标|计划|将|要|并)$", before):
        role = "name"
    if after.startswith(("的", "不得", "可", "免", "给予", "按", "每年")):
        role = "name"
    date = str(year + count) if year is not None else None
    return DateMention(match.start(), match.end(), match[0], date, "in", role, concluded=True)


# Each pattern begins with words that may be missing, so that its search is slow; that of what it must hold is not.
_BARE_HINT = re.compile("月|季度|半年|年[底末内]|年度内|今年|本年|全年")
_READERS: tuple[tuple[str, re.Pattern[str], re.Pattern[str], Reader], ...] = (
    ("年", re.compile(r"[-至到]20\d\d年"), _SPAN, _read_span),
    ("年", _STATED, _FULL, _read_full),
    ("五", re.compile("十[二三四五六]五"), _PLAN, _read_plan),
    ("年", re.compile("年(?:内|时间|左右时间|以内|之内)"), _WITHIN, _read_within),
)
