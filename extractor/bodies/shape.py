"""What the form of a name says: whether it can be a body at all, of which kind, and whether it stands for several."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor import lexicon
from extractor.model import BodyKind

_PLATE = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|加?挂[^()\[\]<>]{2,24}牌子?)+$")
"""A second plate at the end of a name or an alternative, in brackets or in words (S97, R06): 加挂市粮食局牌子."""
_ON_PLATE = re.compile(r"[^()\[\]<>]+")
_PLATE_WORDS = re.compile(r"^加?挂|牌子?$")
_BARE_LEVEL = re.compile(r"(?:[市州县区旗盟省乡镇](?:级市)?|街道|自治[区州县]|直辖市|地区|[(\[<、)\]>各])+$")
_BARE_CATEGORY = re.compile(
    r"(?:市|县|区|省|旗|州)?(?:各|直|级|有关|相关|其他|其它|本|的)*(?:职能|业务|责任|配合|成员|主管|直属|处置)*"
    r"(?:部门|单位|机构|处室|科室|地区|方面|企业|平台)"
)


def strip_plate(name: str) -> str:
    """The name without the brackets at its end.

    >>> [strip_plate(name) for name in ("区委组织部<区人才办>", "各县(市、区)政府(管委会)", "市外办加挂市港澳办牌子")]
    ['区委组织部', '各县(市、区)政府', '市外办']
    """
    return (_PLATE.sub("", name) or name) if name.endswith((")", "]", ">", "牌", "牌子")) else name


def plates(name: str) -> tuple[str, ...]:
    """What stands on the second plates at the end of a name, in brackets or in words (S97).

    >>> plates("区委组织部<区人才办>"), plates("市外办加挂市港澳办牌子"), plates("市财政局")
    (('区人才办',), ('市港澳办',), ())
    """
    return tuple(_PLATE_WORDS.sub("", plate) for plate in _ON_PLATE.findall(name[len(strip_plate(name)) :]))


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[BodyKind, re.Pattern[str]], ...]:
    found: list[tuple[BodyKind, re.Pattern[str]]] = []
    for row in lexicon.load("bodies")["kind"]:
        parts = [f"(?:{'|'.join(sorted(row['ends'], key=len, reverse=True))})$", *row.get("holds", ())]
        found.append((row["kind"], re.compile("|".join(parts))))
    return tuple(found)


@lru_cache(maxsize=1)
def _standing() -> re.Pattern[str]:
    rows = lexicon.load("bodies")
    ends = {word for row in rows["kind"] for word in row["ends"]} | set(rows["standing"]["ends"])
    return re.compile(f"(?:{'|'.join(sorted(ends, key=len, reverse=True))})$")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(lexicon.load("bodies")["standing"]["no_names"])


@lru_cache(maxsize=4096)
def stands(name: str) -> bool:
    """True where folded ``name`` can be a body that stands by itself (R68).

    >>> stands("市财政局"), stands("市人力资源"), stands("各镇<街道>"), stands("单位")
    (True, False, True, False)
    """
    core = strip_plate(name)
    return len(core) >= 2 and core not in _no_names() and _standing().search(core) is not None


@lru_cache(maxsize=1)
def state_heads() -> re.Pattern[str]:
    """How the name of a body of the state begins (S93).

    >>> [bool(state_heads().match(name)) for name in ("国务院办公厅", "中央网信办", "中央公园管理处", "市财政局")]
    [True, True, False, False]
    """
    rows: dict[str, list[str]] = lexicon.load("bodies")["state"]
    return re.compile("|".join(f"{word}(?!{'|'.join(others)})" if others else word for word, others in rows.items()))


@lru_cache(maxsize=1)
def branch_heads() -> re.Pattern[str]:
    """The body of the state with which the name of its branch begins: 国家税务总局云溪市税务局.

    >>> branch_heads().match("国家税务总局云溪市税务局").group()
    '国家税务总局'
    """
    rows = lexicon.load("offices")["branches"]
    return re.compile("|".join(sorted({*rows["heads"], *rows["companies"]}, key=len, reverse=True)))


def is_category(name: str) -> bool:
    """True for a category noun such as 有关部门 or 市直单位, which closes a list without being a body of it (R21).

    >>> is_category("部门"), is_category("市直相关单位"), is_category("市财政局")
    (True, True, False)
    """
    return _BARE_CATEGORY.fullmatch(strip_plate(name)) is not None or _CATEGORY_TAIL.fullmatch(name) is not None


_CATEGORY_TAIL = re.compile(
    r"(?:[一二三四五六七八九十百\d]{0,3}(?:个|家)?(?:[^、,;()]{0,8}(?:有关|相关|直|级|属|职能|主管|业务|责任|成员|驻[市县区]|政府)[^、,;()]{0,6})?"
    r"(?:\([^()]*\))?[^、,;()]{0,10}(?:部门|单位|机构|处室|科室|企业|地区|群团组织|人民团体|县[(]?市?、?区?[)]?区?|委办局|院校|高校|地))"
)


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    row = lexicon.load("bodies")["groups"]
    return re.compile(
        f"(?:{'|'.join(row['begin'])})|.*(?:{'|'.join(row['holds'])})|.*(?:{'|'.join(row['ends'])})$|{_BARE_LEVEL.pattern}|{_LEVELS_OF}|{_ZONES_OF}"
    )


_LEVELS_OF = r"(?:[市州县区旗省乡镇](?:、(?=.[人政管、(\[]))?|\([^()]*\)|\[[^\[\]]*\]){2,8}(?:人民政府|政府|管委会)$"
"""市区政府, 县(市、区)人民政府, 县、区政府: the governments of levels, not one government."""
_PLACES_OF = re.compile(
    r".{2,8}(?:地(?:人民政府|政府|管委会|财政)|[两二三四五六七八九十][省市州县区](?:人民政府|政府))$"
)
"""受益地政府: whose it is depends on the case; X、Y两市政府 said in one name."""
_ZONES_OF = r"(?:园区|开发区|功能区|示范区)(?:和|及|与|、).*管委会$"


@lru_cache(maxsize=4096)
def is_group(name: str) -> bool:
    """True for a phrase that stands for several bodies (R36, S100).

    >>> is_group("各市(县)、区政府"), is_group("市直各部门"), is_group("参保地政府"), is_group("市财政局")
    (True, True, True, False)
    """
    if _groups().match(name) is not None:
        return True
    return name.endswith(("政府", "财政", "管委会")) and _PLACES_OF.match(name) is not None


@lru_cache(maxsize=4096)
def kind_of(name: str) -> BodyKind:
    """The kind of a body by the form of its folded name; ``other`` where the form says nothing.

    >>> kind_of("市总工会"), kind_of("区委编办"), kind_of("市税务局"), kind_of("无锡经开区管委会"), kind_of("卫生健康")
    ('mass', 'party', 'vertical', 'zone', 'system')
    """
    if is_group(name):
        return "group"
    core = strip_plate(name)
    for kind, pattern in _kinds():
        if pattern.search(core):
            return kind
    return "system" if core in _systems() or core.endswith("部门") else "other"


_OFFICE = re.compile(r"(?:行政)?(?:业务)?(?:主管|管理|执法)?(?:部门|机关)$")


@lru_cache(maxsize=1024)
def is_system(name: str) -> bool:
    """True for a field of work that stands for its body, bare or with 部门 (R55).

    >>> is_system("发展改革部门"), is_system("教育"), is_system("主办部门")
    (True, True, False)
    """
    return name in _systems() or field_of(name) in _systems()


def field_of(name: str) -> str:
    """The field of work of a phrase that is a system, without 部门.

    >>> field_of("发展改革部门"), field_of("教育主管部门"), field_of("教育")
    ('发展改革', '教育', '教育')
    """
    return _OFFICE.sub("", name)


@lru_cache(maxsize=1)
def _systems() -> frozenset[str]:
    rows, bare = lexicon.load("offices"), lexicon.load("bodies")["systems"]["fields"]
    return frozenset({*rows["fields"], *rows["fields"].values(), *rows["full"]["fields"], *bare})
