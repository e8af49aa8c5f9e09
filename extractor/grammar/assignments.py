"""Sentences that assign a duty to a named body (R51–R53, R56): X负责, X牵头, 由X + verb, X会同Y. Pure, on folded text.

A general duty (各部门要…) assigns nothing; neither does a body that only stands in the text (R47), a sentence on
penalties, or one that tells what was done (R65).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from extractor import lexicon
from extractor.bodies.shape import is_group, is_system, stands
from extractor.grammar.enumerations import Item, nameable, split_list
from extractor.grammar.roles import find_predicate
from extractor.model import Role

WINDOW = 80
"""Longest list of bodies before its verb that a sentence is searched for."""
SENTENCE = 400
"""Characters on either side of a marker in which its sentence is looked for: text without any stop costs no more."""
_MARKER = re.compile(
    r"由|负责(?!人|制(?![定订作])|同志|领导|任|的)|牵头(?!单位|部门|处室|负责人|人|责任|领导)"
    r"|会同(?!意|县(?:人民政府|政府|委|域|城))"
)
_STOP = re.compile(r"[,。;:!?\n]")
_ADVERB = re.compile(
    r"(?:具体|统一|主要|全面|分别|共同|联合|应当?|要|须|需|统筹|总|组织|切实|依法|直接|全额|全部|各)+$"
)
_NOBODY = re.compile(
    r"[我你其本该双谁何某]|各自|企业|单位|个人|业主|申请|所有|任何|每|全|机关|医疗机构|用人|建设单位|专人|(?:各|有关|相关|县级以上|地方|各级)+[^、]{0,8}(?:部门|单位|机构|企业|委办局|地方|处室)$|县级以上|(?:行业|业务|主管|职能|有关|相关|牵头|责任|成员)+(?:部门|单位)$|各级|各部门|各地"
)
_PLACE_MONEY = re.compile(
    r"(?:[^、,各]{0,8}(?:地|所在[城市县区镇乡()]+)|[市区县省镇州乡]{1,2}|市、区|同级|本级|市区两级|当地政府)?(?:级|本级)?财政$|政府$"
)
"""Whose money it is, said by place or level: it is a payer, never one who is charged with something."""
_NOT_BEFORE = re.compile(r"[已原现曾](?:经)?$|[事缘根来自]$|(?<![管办处受审代])理$")
_DATED = re.compile(
    r"(?=[要应须于在力\d今年])"  # what it can begin with
    r"(?:要|应|须|应当)?(?:于|在|力争)?(?:20\d\d年(?:底|\d{1,2}月)?|\d{1,2}月|今?年底)(?:底|末|\d{1,2}日|[上中下]旬)?(?:之?前|底)(?P<verb>.{2})"
)
_DUE = re.compile(r"[月年日旬底末](?:之?前|底)")
"""What every dated deliverable holds; quick to look for, as its pattern is not."""
_REPORTING = re.compile(r"报|反馈|提出|上报|送|将")
_LABEL = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,6}条(?:\[[^\]]*\])?|[(][一二三四五六七八九十\d]{1,3}[)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){1,2}(?![\d年月日])|\d{1,2}[.、]|[一二三四五六七八九]是"
)
_INNER = re.compile(
    r"审批部门|或(?!其)|按照|根据|依据|参加|提请|至(?!善)|为主|向|交(?![通易流警管])|选定|定点|“|(?<!自)由|转送|转由|报送|先行|进入|会同|授权|确定|负责|涉及|作出|履行|以下简称|应当|经过|开展|指定|一个|两个|部门(?<=(?:牵头|主办|参建|责任|负责|承办|起草|制定)部门)$|单位(?<=(?:牵头|主办|参建|责任|负责|承办|起草|制定)单位)$"
)
_CLOSING = {"(": ")", "[": "]"}
_TOGETHER = r"(?<=[厅局委部办])会(?=[省市县区州旗]|国家)"
"""会同 said short: 由县水务局会县财政局."""
_SHARE = re.compile(
    r"[、,;](?P<who>[^、,;由\d%()]{2,14}?)(?:各|分别|共同)?(?:承担|负担|配套|出资)(?=\d|其余|剩余|余下|部分|一半)"
)
"""One more who pays a share: 乡镇承担30%."""
_ISSUED = re.compile(r"(?:联合|共同|统一)?(?:印发|下发|颁布|发布|出台)")
_CITED = re.compile(r"依据[:为]|依据(?=》|$)|(?:政策|法律|法规|设定|文件|实施)依据|[\])]\d{1,5}号")
"""What a line that tells the legal basis holds."""
_OF = re.compile(r"(?:举办|主办|组织|开展|建设|实施|核发|出具|发布|审批|管理|制定|起草|编制)?的")
"""After the verb of one who is only described: 由市甲局组织举办的竞赛."""
_LEVELLED = re.compile(r"[省市区县州旗]|国家|国务院|自治区")
_GENERAL = re.compile(
    r"(?:(?:[省市区县州]|国家|同)级?|各)?(?:政府|本)?(?:有关|相关)(?:监管|职能|主管|业务)?(?:部门|单位|方面|处室)(?:和(?:单位|地方))?"
)
_OTHERS = re.compile(r"有关|相关|其他|^(?:部门|单位|方面)$|(?:职能|主管|业务|成员|牵头)(?:部门|单位)$")
"""Words for others beside the partners that are named."""
_AND_OTHERS = re.compile(r"(?:以及|及|和)其他")
_HEAD = re.compile(r"(?:其中|具体|原则上|必要时|今后|并|同时|涉及[^,]{0,10}的)")


class Assignment(Struct, frozen=True, gc=False):
    """One body list with its role in a sentence: ``text[start:end]`` is the phrase that assigns."""

    start: int
    end: int
    role: Role
    items: tuple[Item, ...]
    open_ended: bool
    rule: str


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon.load("roles")["sentences"]
    verbs = "|".join(sorted(words["verbs"], key=len, reverse=True))
    return (
        re.compile(
            f"(?:(?:{verbs})(?!人|同志|制(?![定订作])|局|委|办|厅|部|中心|价|(?<=商)[务会])|{_TOGETHER}|在(?=每|\\d|规定))"
        ),
        frozenset(words["paying"]),
        re.compile("|".join(words["money"])),
        re.compile("|".join(words["not_assigning"])),
    )


def find_assignments(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Assignment, ...]:
    """All sentence assignments of a passage in their order; ``taken`` are the brackets and lines that were read.

    >>> line = "水价由发展改革部门会同水利等有关部门核定。"
    >>> [(hit.role, [item.text for item in hit.items]) for hit in find_assignments(line)]
    [('lead', ['发展改革部门']), ('support', ['水利'])]
    >>> line = "所需资金由区财政局承担。各有关部门要负起责任。"
    >>> [(hit.role, [item.text for item in hit.items]) for hit in find_assignments(line)]
    [('payer', ['区财政局'])]
    """
    marked = "由" in text or "负责" in text or "牵头" in text or "会同" in text
    dated = ("前" in text or "底" in text) and _DUE.search(text) is not None
    if not marked and not dated:
        return ()
    found: list[Assignment] = []
    done = -1
    for match in _MARKER.finditer(text) if marked else ():
        if match.start() < done or covered(taken, *match.span()):
            continue
        sentence = sentence_around(text, match.start())
        if _verbs()[3].search(text, *sentence):
            continue
        hits = list(_by(text, match, sentence) if match.group() == "由" else _subject(text, match, sentence))
        if hits:
            found.extend(hits)
            done = max(hit.end for hit in hits)
    if dated:
        found.extend(_dated(text, found))
    return tuple(sorted(found, key=lambda hit: hit.start))


def covered(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which stand in order, has a part of ``start`` to ``end``.

    >>> covered([(2, 9)], 8, 12), covered([(2, 9)], 9, 12)
    (True, False)
    """
    before = bisect_left(taken, (end,)) - 1 if taken else -1
    return before >= 0 and taken[before][1] > start


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Where the sentence, or the part of one between semicolons, begins and ends that holds an offset.

    >>> sentence_around("建成平台。由市甲局管理。", 6)
    (5, 11)
    """
    first, last = max(0, at - SENTENCE), min(len(text), at + SENTENCE)
    start = max(first - 1, *(text.rfind(mark, first, at) for mark in "。\n;!?")) + 1
    ends = [end for mark in "。\n;!?" if (end := text.find(mark, at, last)) >= 0]
    return start, min(ends, default=last)


def _inside(text: str, start: int, end: int) -> int:
    """Where the words before ``end`` begin: after the last bracket that is open there, or at ``start``."""
    opened = max(text.rfind("(", start, end), text.rfind("[", start, end))
    return opened + 1 if opened >= 0 and text.find(_CLOSING[text[opened]], opened, end) < 0 else start


def _bodies(text: str, start: int, end: int) -> tuple[tuple[Item, ...], bool] | None:
    """The bodies of ``text[start:end]`` where every one of them has a name that stands by itself; None otherwise."""
    if not 2 <= end - start <= WINDOW:
        return None
    listed = split_list(text, start, end)
    items = tuple([_own_name(item) for item in listed.items])
    if not items:
        return None
    for item in items:
        money = _PLACE_MONEY.fullmatch(item.text) is not None
        if (not money and not stands(item.text)) or _NOBODY.match(item.text):
            return None
        if _INNER.search(item.text) or (not money and not nameable(item.text)) or (not money and _is_class(item.text)):
            return None
        if is_group(item.text) and not money and not _GOVERNING.search(item.text) and not _OFFICE.match(item.text):
            return None
        if len(item.text) > 30 or item.text.count("(") != item.text.count(")"):
            return None
    return items, listed.open_ended


def _own_name(item: Item) -> Item:
    """Without the bracket that says what the body is called below (以下简称市甲办)."""
    at = item.text.find("(以下简称")
    return Item(item.start, item.start + at, item.text[:at], item.comma_before) if at > 0 else item


_GOVERNING = re.compile(r"政府|管委会|街道|[镇乡]")
_OFFICE = re.compile(
    r"(?:[省市区县州旗]级?|国务院|自治区)(?!(?:级|有关|相关|业务|行业|主管|职能|直))[^、,各级]{2,14}主管部门$"
)
"""市大数据主管部门: the one body of a level that has a field in charge."""


def _is_class(name: str) -> bool:
    """A word for any body of a sort (学校, 审批部门), which names none; a field with 部门 names one (发展改革部门)."""
    if name.endswith("部门"):
        return not (_LEVELLED.match(name) or is_system(name))
    return name in _sorts()


@lru_cache(maxsize=1)
def _sorts() -> frozenset[str]:
    return frozenset(lexicon.load("bodies")["standing"]["sorts"])


def _by(text: str, match: re.Match[str], sentence: tuple[int, int]) -> Iterator[Assignment]:
    """由X + verb; 由X会同Y + verb; 由X给予 and the like make X a payer where money is spoken of."""
    verb_pattern, paying, money, _ = _verbs()
    start = match.end()
    if _NOT_BEFORE.search(text, max(0, match.start() - 3), match.start()):
        return
    stop = _STOP.search(text, start, sentence[1])
    end = min(stop.start() if stop else sentence[1], start + WINDOW)
    for verb in verb_pattern.finditer(text, start, end):
        bodies = _bodies(text, start, _before_adverb(text, start, verb.start()))
        if bodies is None:
            continue
        items, opened = bodies
        word = verb.group()
        if _OF.match(text, verb.end()) and not (word in paying and money.search(text, verb.end(), end)):
            return  # 由X提供的材料 describes; 由X承担的资金 says who pays
        if word in ("会同", "商", "会"):
            if "解释" in text[verb.end() : end]:
                yield Assignment(match.start(), verb.end(), "interpreter", items, opened, "sentence-with")
                return
            yield Assignment(match.start(), verb.end(), "lead", items, opened, "sentence-with")
            yield from _partners(text, verb.end(), end)
            return
        role: Role = "lead" if word == "牵头" else "supervisor" if word == "指导" else "responsible"
        if "解释" in text[verb.end() : verb.end() + 6]:
            role = "interpreter"
        elif money.search(text, *sentence) and (word in paying or _pays(text, verb.start(), end, items)):
            role = "payer"
        if role != "payer" and any(_PLACE_MONEY.fullmatch(item.text) for item in items):
            return
        if role == "responsible" and _cites(text, verb, sentence):
            return
        yield Assignment(match.start(), verb.end(), role, items, opened, "sentence-by")
        if role == "payer":
            yield from _sharing(text, verb.end(), sentence[1])
        if word in ("牵头", "指导"):
            yield from _followers(text, verb.end(), sentence[1])
        return


def _cites(text: str, verb: re.Match[str], sentence: tuple[int, int]) -> bool:
    """Whether the sentence tells who issued something that it cites: 由甲局、乙局联合印发的办法."""
    issued = _ISSUED.match(text, verb.start())
    return issued is not None and (text.startswith("的", issued.end()) or _CITED.search(text, *sentence) is not None)


def _sharing(text: str, start: int, end: int) -> Iterator[Assignment]:
    """Others who pay the rest: 由县财政承担70%、乡镇承担30%."""
    for match in _SHARE.finditer(text, start, end):
        who = match["who"]
        if _PLACE_MONEY.fullmatch(who) or (stands(who) and nameable(who) and not _NOBODY.match(who)):
            item = Item(*match.span("who"), who)
            yield Assignment(match.start("who"), match.end(), "payer", (item,), False, "sentence-share")


def _pays(text: str, start: int, end: int, items: tuple[Item, ...]) -> bool:
    """由区财政按规定给予补助: the verb of paying comes later in the comma unit."""
    return any(_PLACE_MONEY.fullmatch(item.text) and item.text != "政府" for item in items) and any(
        word in text[start:end] for word in _verbs()[1]
    )


def _before_adverb(text: str, start: int, end: int) -> int:
    adverb = _ADVERB.search(text, start, end)
    return adverb.start() if adverb and adverb.end() == end else end


def _subject(text: str, match: re.Match[str], sentence: tuple[int, int]) -> Iterator[Assignment]:
    """X负责…, X牵头…, X会同Y… where X opens a comma unit."""
    start = max(text.rfind(mark, sentence[0], match.start()) for mark in ",:。;") + 1
    start = _inside(text, max(start, sentence[0]), match.start())
    while head := _LABEL.match(text, start, match.start()) or _HEAD.match(text, start, match.start()):
        start = head.end()
    bodies = _bodies(text, start, _before_adverb(text, start, match.start()))
    if bodies is None or bodies[0][0].text == "政府" or _OF.match(text, match.end()):
        return
    items, opened = bodies
    word = match.group()
    if word == "会同":
        stop = _STOP.search(text, match.end(), sentence[1])
        yield Assignment(start, match.end(), "lead", items, opened, "sentence-with")
        yield from _partners(text, match.end(), stop.start() if stop else sentence[1])
    elif word == "牵头":
        yield Assignment(start, match.end(), "lead", items, opened, "sentence-lead")
        yield from _followers(text, match.end(), sentence[1])
    else:
        interprets = "解释" in text[match.end() : match.end() + 6]
        yield Assignment(
            start, match.end(), "interpreter" if interprets else "responsible", items, opened, "sentence-charge"
        )


def _partners(text: str, start: int, end: int) -> Iterator[Assignment]:
    """The bodies after 会同; 有关部门 beside named ones is no unit of its own."""
    if (general := _GENERAL.match(text, start, end)) is not None:
        yield Assignment(
            start, general.end(), "support", (Item(start, general.end(), general.group()),), False, "sentence-with"
        )
        return
    last = min(end, start + WINDOW)
    others = _AND_OTHERS.search(text, start, last)
    if others is not None:
        end = last = others.start()
    for stop in (*(verb.start() for verb in _verbs()[0].finditer(text, start, last)), end):
        listed = split_list(text, start, _before_adverb(text, start, stop))
        items = [_own_name(item) for item in listed.items if not _OTHERS.search(item.text)] or listed.items
        opened = listed.open_ended or (others is not None and stop == end)
        shared = bool(items) and items[-1].text.endswith("部门")
        if (
            items
            and all(stands(i.text) or is_group(i.text) or opened or (shared and _field(i.text)) for i in items)
            and not any(_INNER.search(i.text) for i in items)
            and len(items[-1].text) <= 30
            and stop <= last
        ):
            yield Assignment(start, stop, "support", tuple(items), opened, "sentence-with")
            return


def _field(name: str) -> bool:
    """市财政、发展改革和卫生健康部门: a field that has its 部门 from the last one."""
    return is_system(name) or (_LEVELLED.match(name) is not None and is_system(name[1:]))


def _followers(text: str, start: int, end: int) -> Iterator[Assignment]:
    """X牵头,Y配合: the comma units after it that are bodies with a predicate."""
    at = start
    while at < end:
        stop = _STOP.search(text, at, end)
        right = stop.start() if stop else end
        if together := next((word for word in ("会同", "商") if text.startswith(word, at)), None):
            yield from _partners(text, at + len(together), right)
        elif right > at and right - at <= WINDOW:
            said = find_predicate(text[at:right])
            bodies = _bodies(text, at, at + said[0]) if said is not None else None
            if said is not None and bodies is not None and said[2] != "lead":
                yield Assignment(at, right, said[2], *bodies, "sentence-lead")
            elif at != start:
                return
        at = right + 1


def _dated(text: str, found: list[Assignment]) -> Iterator[Assignment]:
    """A named body at the head of a sentence with a dated deliverable: 区甲局6月底前完成."""
    for match in _DATED.finditer(text):
        if _REPORTING.match(match["verb"]):
            continue
        start = _inside(text, sentence_around(text, match.start())[0], match.start())
        bodies = _bodies(text, start, match.start())
        if bodies is None or any(hit.start < match.end() and hit.end > start for hit in found):
            continue
        yield Assignment(start, match.end("verb"), "responsible", *bodies, "sentence-dated")
