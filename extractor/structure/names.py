"""Names of bodies in headers: who signs (署名) and who is addressed (主送) (S08, S11)."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor import lexicon
from extractor.bodies import national
from extractor.text.fold import fold

LONGEST_SIGNER = 45
"""Characters of the longest name that signs alone; joint names stand on lines of their own."""

_STAMP = re.compile(r"\((?:代章|盖章|印章|公章|章)\)$")
_PRINTED_STAMP = re.compile(r"\s*[（(](?:代章|盖章|印章|公章|章)[）)]$")
_NO_NAME = re.compile(r"[,。;:!?《》|=@\t]|关于|印发|^[各请为]|^\d")
_CLASS = (
    r"(?:设区的?市|地级以上市|省辖市|市州|县市区|区县|县区|乡镇|自治区|直辖市|自治州|自治县|省|市|州|盟|地区|区|县|旗|乡|镇|街道|部委|委办局|委|办|局|部|厅|司局?|署|群团)"
    r"(?:\([^()]{1,8}\))?"
)
_OPEN_CLASS = re.compile(rf"各(?:{_CLASS}|分)$|^{_CLASS}$")
_BARE_CLASS = re.compile(
    rf"{_CLASS}(?:人民政府|政府|党委|委员会|管委会|办事处|人民法院|局)?(?:\([^()]{{1,10}}\))?$|(?:办事处|行署)$|[市县区旗]\([市县区旗、]+\)|(?:自治区|直辖市|自治州|地区|盟)"
)
_CLASS_OF_UNITS = ("企事业", "事业", "企业", "单位")
"""How the second part of one class of units begins: 各人民团体和企事业单位."""
_UNFINISHED = re.compile(
    r"(?:^|有关)(?:中央|中|省|部|市|区|县)(?:属|直|级)?$"
)  # 中央、省驻X各单位: one list of systems
_JOINT = re.compile(r"以及|和|及|与")


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    data = lexicon.load("signers")
    return tuple(data["bodies"]), tuple(data["addressed"]), tuple(data["persons"])


def is_signer(tight: str) -> bool:
    """Whether a tight folded line can be the name of a body, or of a person with office, that signs.

    >>> is_signer("青岚区人民政府办公室"), is_signer("省长白露生"), is_signer("关于做好防汛工作的通知")
    (True, True, False)
    """
    bare = _STAMP.sub("", tight)
    if not 3 <= len(bare) <= LONGEST_SIGNER:
        return False
    if is_person(bare):
        return True
    bodies, _, _ = _words()
    named = bare.endswith(bodies) or (bare.endswith(")") and bare.split("(")[0].endswith(bodies))
    return named and _NO_NAME.search(bare) is None


def is_person(tight: str) -> bool:
    """Whether a tight line is an office with a name, as under a 令: 省长白露生.

    >>> is_person("市长葛昱"), is_person("市长:葛昱"), is_person("市政府")
    (True, True, False)
    """
    return any(tight.startswith(p) and 2 <= len(tight) - len(p) - (":" in tight) <= 5 for p in _words()[2])


def is_office(tight: str) -> bool:
    """Whether a line is an office without its name, as where a signature is a picture: 市长.

    >>> is_office("市长"), is_office("市政府")
    (True, False)
    """
    return tight in _words()[2]


def split_signers(printed: str) -> list[str]:
    """The bodies that sign on one line, divided by spaces (S23).

    >>> split_signers("青岚区教育局　　青岚区财政局"), split_signers("青岚区 财政局")
    (['青岚区教育局', '青岚区财政局'], ['青岚区 财政局'])
    """
    printed = _PRINTED_STAMP.sub("", printed.strip())
    pieces = printed.split()
    if len(pieces) > 1 and all(len(piece) > 3 and is_signer(fold(piece)) for piece in pieces):
        return pieces
    return [printed]


def close_up(printed: str) -> str:
    """A line whose letters are spaced out for show, closed up (G02); any other as it is.

    >>> close_up("云 溪 市 人 民 政 府 令"), close_up("中共中央 国务院")
    ('云溪市人民政府令', '中共中央 国务院')
    """
    pieces = printed.split()
    spaced = len(pieces) >= 4 and sum(len(piece) == 1 for piece in pieces) * 2 > len(pieces)
    return "".join(pieces) if spaced else printed


def are_addressees(tight: str) -> bool:
    """Whether the tight text before a colon names addressees (S08).

    >>> are_addressees("各镇人民政府,区各办局"), are_addressees("现将有关事项通知如下"), are_addressees("责任单位")
    (True, False, False)
    """
    if not (tight.startswith("各") or len(tight) >= 3) or not 2 <= len(tight) <= 320 or _ANNOUNCING.search(tight):
        return False
    items = [item for item in _SEPARATOR.split(tight) if item]
    if not items:
        return False
    addressed = _words()[1]
    ends = [_bare(item).endswith(addressed) for item in items]
    if not ends[-1] or sum(ends) * 2 < len(items):
        return False
    return (
        "各" in tight
        or "有关" in tight
        or "相关" in tight
        or len(items) > 1
        or tight.endswith(("政府", "委员会", "厅", "局"))
        or national.called(tight) is not None
    )


_ANNOUNCING = re.compile(r"[。!?《]|如下|以下|通知|下列")
_SEPARATOR = re.compile(r"[,、;]")
_PLATE = re.compile(r"\([^()]*\)")


def _bare(item: str) -> str:
    return _PLATE.sub("", item) if "(" in item else item


def split_addressees(tight: str) -> list[tuple[int, int]]:
    """Split a tight addressee line into the items a reader counts, as ranges of it (R36, R71, R72).

    Lists of classes of places or of offices are one item, since they share their head or their tail; 和 divides only
    where both sides stand by themselves.

    >>> line = "各省、自治区、直辖市人民政府,市政府各委、办、局,高新区、经开区和景区管委会,市属和驻市各单位"
    >>> [line[a:b] for a, b in split_addressees(line)]
    ['各省、自治区、直辖市人民政府', '市政府各委、办、局', '高新区', '经开区', '景区管委会', '市属和驻市各单位']
    >>> [len(split_addressees(line)) for line in ("有关中央、省驻岚单位", "各市、县(市、区)水利局")]
    [1, 1]
    >>> len(split_addressees("各人民团体和企事业单位"))
    1
    """
    items: list[tuple[int, int]] = []
    for start, end in _top_level(tight, ",;"):
        merged: list[tuple[int, int]] = []
        for a, b in _top_level(tight, "、", start, end):
            last = tight[merged[-1][0] : merged[-1][1]].split("、")[-1] if merged else ""
            if _UNFINISHED.search(last) or (_OPEN_CLASS.search(last) and _BARE_CLASS.match(tight[a:b])):
                merged[-1] = (merged[-1][0], b)
            else:
                merged.append((a, b))
        for a, b in merged:
            items.extend(_divide(tight, a, b))
    return [(a, b) for a, b in items if b > a]


def _top_level(tight: str, marks: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Ranges between separators that stand outside brackets."""
    end = len(tight) if end is None else end
    ranges, depth, at = [], 0, start
    for i in range(start, end):
        c = tight[i]
        depth += (c in "(<[") - (c in ")>]" and depth > 0)
        if c in marks and depth == 0:
            ranges.append((at, i))
            at = i + 1
    ranges.append((at, end))
    return ranges


def _divide(tight: str, start: int, end: int) -> list[tuple[int, int]]:
    """Divide an item at 和 or 及 where both sides are bodies that stand by themselves."""
    piece = tight[start:end]
    addressed = _words()[1]
    for match in _JOINT.finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if piece.count("(", 0, match.start()) > piece.count(")", 0, match.start()):
            continue
        if (
            len(left) < 3
            or len(right) < 3
            or not _bare(left).endswith(addressed)
            or not _bare(right).endswith(addressed)
        ):
            continue
        if left.endswith("直属") or "、" in left or (_OPEN_CLASS.search(left) and not _bare(left).endswith("政府")):
            continue
        if left.startswith("各") and right.startswith(_CLASS_OF_UNITS):
            continue
        return [(start, start + match.start()), *_divide(tight, start + match.end(), end)]
    return [(start, end)]
