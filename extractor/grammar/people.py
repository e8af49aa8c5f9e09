"""Persons, posts and contacts: appointments, lists of members, duty tables (L21, L53–L58, R49, R50)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon
from extractor.bodies import divisions

_NAME = r"[\u4e00-\u9fff]{2,4}?(?:·[\u4e00-\u9fff]{1,8}){0,3}"
_TRIAL = re.compile(r"\([^()]*试用期[^()]*\)$")
_POST_END = re.compile(r"(?:[长员师记席监理任书事问官表]|主编|教授|职级|专家)(?:、[^、]{2,24})*(?:\([^()]{2,16}\))?$")
"""How a post ends: 局长, 主任科员, 总工程师, 书记, 主席 …, with 试用期 in brackets."""


@dataclass(frozen=True, slots=True)
class AppointmentMention:
    """任命 or 免去 in folded text without spaces; post is ``view[post_start:post_end]``."""

    action: str
    person: str
    post_start: int
    post_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MemberMention:
    """A member in one line of a list: offsets count in the line."""

    role: str | None
    person: str
    post: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ContactMention:
    """A telephone, fax, e-mail or contact person in folded text without spaces."""

    kind: str
    start: int
    end: int


_LEADING = re.compile(
    rf"""(?P<action>任命|聘任|委任|聘请|提名)(?P<person>{_NAME})(?:同志)?(?:为|担任|任)
    (?P<post>[^;。,、\n]{{2,60}}(?:、[^;。,\n]{{2,40}})?)""",
    re.VERBOSE,
)
_MIDDLE = re.compile(rf"(?:^|(?<=[;。:,\n]))(?P<person>{_NAME})(?:同志)?(?P<action>任)(?P<post>[^;。,\n]{{2,60}})")
_REMOVED = re.compile(
    rf"""(?P<action>免去|免除|解聘)
    (?:(?P<person>{_NAME})(?:同志的?|的|(?:同志)?(?:原|担|所)任的)|(?P<its>其)的?|(?P<bare>(?=[\u4e00-\u9fff])))
    (?P<post>[^;。,\n]{{2,60}}?)(?:职务)?(?=[;。,\n]|$)""",
    re.VERBOSE,
)
_HEAD = re.compile(r"(?P<action>任命|聘任|委任|提名|免去|免除|解聘)(?:(?:以下|下列)(?:同志|人员))?:\n*")
_UNDER = re.compile(
    rf"""\n*(?P<person>{_NAME})(?:同志)?(?:为|担任|任|的)
    (?P<post>[^;。,、\n]{{2,60}}?(?:、[^;。,\n]{{2,40}}?)?)(?:职务)?[;。]?(?=\n|[;。]|(?<=[;。])|$)""",
    re.VERBOSE,
)
"""A line under 任命: or 免去:, without a verb of its own."""
_CONTACT = re.compile(
    r"""
      (?P<telephone>(?:联系|咨询|举报|监督|服务|办公)?电话[:为]?)(?P<t>1\d{10}|(?:0\d{2,3}-?)?\d{7,8}|\d{3,5}-\d{3,8}|12\d{3})
    | (?P<fax>传真(?:电话)?[:为]?)(?P<f>(?:0\d{2,3}-?)?\d{7,8})
    | (?P<email>(?:电子)?(?:邮箱|邮件)(?:地址)?[:为]?)?(?P<e>[A-Za-z0-9._%+-]{2,40}@[A-Za-z0-9.-]{2,40}\.[A-Za-z]{2,8})
    | (?P<person>联系人(?:及(?:联系)?电话)?[:为])(?P<p>[\u4e00-\u9fff]{2,4})(?=[,,、;;。)\n]|$|联系|电话)
    """,
    re.VERBOSE,
)
_ROLE = re.compile(r"[ ]*(?P<role>[\u4e00-\u9fff](?:[ ]*[\u4e00-\u9fff]){0,6})[ ]*:[ ]*(?P<rest>[^:\n]*)$")
_SPACED = re.compile(
    r"""[ ]*(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,14}|[ ]{1,4}[\u4e00-\u9fff]))
    (?:[ \t]+(?P<post>[^ \t\n:].*)|[ ]*\((?P<inner>[^()]+(?:\([^()]*\)[^()]*)*)\))?[ ]*$""",
    re.VERBOSE,
)
_GROUP = re.compile(
    r"[ ]*\([一二三四五六七八九十\d]{1,3}\)[ ]*(?P<group>[\u4e00-\u9fff]{3,12})(?:\([^()]{2,14}\))?[ ]*$"
)
"""A heading over some of the members under one role: (一)部门委员, (二)专家委员(按姓氏笔画为序)."""
_LONGEST_NAME = 4
_OFFICE_ENDS = frozenset("局委办厅部院署")
"""How the short name of an office ends: 司法局, 国资委."""
_POST_STARTS = (re.compile(r"[省市区县州镇乡]"), re.compile(r"[街国中人共党政军团自兼]"))
"""How a post begins: with a level as a rule (省政府…), else with one of these."""


def is_name(word: str) -> bool:
    """Whether a word can be a person's name: a known surname and one or two characters more, and no office.

    >>> is_name("陆晋"), is_name("欧阳文山"), is_name("市财政局"), is_name("各镇"), is_name("公安局")
    (True, True, False, False, False)
    """
    single, compound = _surnames()
    if _is_office(word):
        return False
    if "·" in word:
        return True
    if word.startswith(compound):
        return len(word) in {3, 4}
    return len(word) in {2, 3} and word[0] in single


def split_names(cell: str) -> tuple[str, ...]:
    """The persons in a cell; single characters that stand apart are one two-character name (L21, A15).

    >>> split_names("杨 柳 袁秋明"), split_names("孙磊、王佳")
    (('杨柳', '袁秋明'), ('孙磊', '王佳'))
    """
    names: list[str] = []
    for part in re.split(r"[、,;\n]", cell):
        tokens = part.split()
        i = 0
        while i < len(tokens):
            if len(tokens[i]) == 1 and i + 1 < len(tokens) and len(tokens[i + 1]) == 1:
                names.append(tokens[i] + tokens[i + 1])
                i += 2
            else:
                names.append(tokens[i])
                i += 1
    return tuple(names)


def find_appointments(view: str) -> tuple[AppointmentMention, ...]:
    """Personnel decisions in folded text without spaces.

    >>> found = find_appointments("任命周明同志为云溪市统计局副局长;免去李晓云的云溪市档案馆馆长职务。")
    >>> [(m.action, m.person) for m in found]
    [('任命', '周明'), ('免去', '李晓云')]
    """
    found = list(_listed(view))
    claimed = _Claimed(found)
    for pattern in (_LEADING, _MIDDLE, _REMOVED):
        for match in pattern.finditer(view):
            if claimed.overlaps(*match.span()):
                continue
            person, start = _person(match, claimed)
            if not is_name(person) or not _POST_END.search(match["post"]):
                continue
            action = "任命" if match["action"] == "任" else match["action"]
            found.append(
                AppointmentMention(action, person, start, _post_end(view, start, match.end("post")), *match.span())
            )
            claimed.add(found[-1])
    return tuple(sorted(found, key=lambda mention: mention.start))


class _Claimed:
    """The stretches of decisions already found, in order of the text; they never overlap."""

    def __init__(self, listed: list[AppointmentMention]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._persons: list[str] = []
        for mention in sorted(listed, key=lambda mention: mention.start):
            if not self.overlaps(mention.start, mention.end):
                self.add(mention)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a decision has a part of this stretch."""
        before = bisect_left(self._starts, end) - 1
        return before >= 0 and self._ends[before] > start

    def add(self, mention: AppointmentMention) -> None:
        """Claim the stretch of a decision."""
        at = bisect_left(self._starts, mention.start)
        self._starts.insert(at, mention.start)
        self._ends.insert(at, mention.end)
        self._persons.insert(at, mention.person)

    def person_before(self, at: int) -> str:
        """The person of the last decision that ends before an offset; empty where there is none."""
        before = bisect_right(self._ends, at)
        return self._persons[before - 1] if before else ""


def _listed(view: str) -> Iterator[AppointmentMention]:
    """Decisions in a list: the verb once, then a person and a post in each line."""
    for head in _HEAD.finditer(view):
        at = head.end()
        while (item := _UNDER.match(view, at)) is not None and _POST_END.search(item["post"]):
            end = _post_end(view, *item.span("post"))
            yield AppointmentMention(
                head["action"], item["person"], item.start("post"), end, item.start("person"), item.end("post")
            )
            at = item.end()


def _post_end(view: str, start: int, end: int) -> int:
    """Where the post ends: a trial period in brackets is no part of it."""
    trial = _TRIAL.search(view, start, end)
    return trial.start() if trial is not None else end


def _person(match: re.Match[str], claimed: _Claimed) -> tuple[str, int]:
    """The person of a decision and where the post begins."""
    start = match.start("post")
    if match.re is not _REMOVED or match["person"]:
        return match["person"], start
    if match["its"]:  # 免去其…职务: the person of the decision before
        return claimed.person_before(match.start()), start
    member = _run_on_member(match["post"])
    return (member[0], start + len(member[0])) if member else ("", start)


def is_torn_role(line: str, below: str) -> bool:
    """Whether a line break stands inside the name of a role: 成 on one line, 员: on the next (R29).

    >>> is_torn_role("成", "员:周明市财政局局长"), is_torn_role("周明", "员:")
    (True, False)
    """
    match = _ROLE.match(below)
    return (
        match is not None and 1 <= len(line.strip()) <= 3 and line.strip() + match["role"].replace(" ", "") in _roles()
    )


def read_member(line: str, role: str | None, torn: str = "") -> tuple[str | None, MemberMention | None]:
    """Read one folded line of a list of members; spaces count here.

    Args:
        line: the line, folded, with its spaces.
        role: the role that an earlier line named, for lines that go on under it.
        torn: the beginning of the role's name, where it stands on the line above.

    Returns:
        The role that holds from here on (None where the list has ended), and the member if the line names one.

    >>> read_member("组  长: 保海燕   区政府副区长", None)[1].post
    '区政府副区长'
    >>> read_member("周荣省发展改革委副主任", "成员")[1].person
    '周荣'
    >>> read_member("(一)部门委员", "委员"), read_member("(一)工作职责", "委员")
    (('委员', None), (None, None))
    """
    group = _GROUP.match(line) if role is not None and "(" in line else None
    if group is not None and role is not None and group["group"].endswith(role):
        return role, None
    match = _ROLE.match(line)
    offset = 0
    rest = line
    if match is not None:
        named = torn + match["role"].replace(" ", "")
        if named not in _roles():
            return None, None
        role, rest, offset = named, match["rest"], match.start("rest")
        if not rest.strip():
            return role, None
    if role is None or not rest.strip():
        return role, None
    member = _spaced_member(rest) or _run_on_member(rest)
    if member is None:
        return None, None
    name, post, start, end = member
    return role, MemberMention(role, name, post, start + offset, end + offset)


def find_contacts(view: str) -> tuple[ContactMention, ...]:
    """Contact data in folded text without spaces (N83: its digits are no commitments).

    >>> text = "联系人:周明,联系电话:81820000,邮箱:a_b@163.com"
    >>> [(m.kind, text[m.start:m.end]) for m in find_contacts(text)]
    [('person', '周明'), ('telephone', '81820000'), ('email', 'a_b@163.com')]
    """
    groups = {"t": "telephone", "f": "fax", "e": "email", "p": "person"}
    found = []
    for match in _CONTACT.finditer(view):
        group = next(name for name in groups if match[name])
        found.append(ContactMention(groups[group], *match.span(group)))
    return tuple(found)


def _spaced_member(rest: str) -> tuple[str, str | None, int, int] | None:
    match = _SPACED.match(rest)
    if match is None:
        return None
    name = match["name"].replace(" ", "")
    post = match["post"] or match["inner"]
    listed = post is not None and len(name) <= _LONGEST_NAME and _POST_END.search(post.strip()) is not None
    listed = listed and not _is_office(name)
    if not (listed or is_name(name)) or (post is not None and not _has_han(post)):
        return None
    return name, post.strip() if post else None, match.start("name"), len(rest.rstrip())


def _run_on_member(rest: str) -> tuple[str, str | None, int, int] | None:
    """A name and a post without a space between them, as some text layers have it."""
    start = len(rest) - len(rest.lstrip(" "))
    body = rest.strip()
    lengths = [n for n in (3, 2, 4) if n < len(body) - 2 and is_name(body[:n])]
    sure = [n for n in lengths if _POST_STARTS[0].match(body, n)]
    sure += [n for n in lengths if divisions.leading(body[n:]) is not None]
    sure += [n for n in lengths if _POST_STARTS[1].match(body, n)]
    if len(body) > 40 or "。" in body or not lengths or divisions.leading(body) is not None:
        return None
    length = sure[0] if sure else lengths[0]
    return body[:length], body[length:], start, start + len(body)


def _is_office(word: str) -> bool:
    return word.startswith(_office_openings()) or (len(word) > 2 and word[-1] in _OFFICE_ENDS)


def _has_han(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    words = lexicon.load("people")
    return frozenset(words["surnames"].replace("\n", "")), tuple(words["compound_surnames"])


@lru_cache(maxsize=1)
def _office_openings() -> tuple[str, ...]:
    return tuple(lexicon.load("people")["office_openings"])


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(lexicon.load("people")["roles"])
