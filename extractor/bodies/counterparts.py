"""Whether two bodies are of one system (条线) at two levels or in two places: 省财政厅 and 市财政局."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from extractor import lexicon
from extractor.bodies import national
from extractor.bodies.divisions import Division
from extractor.bodies.names import full_name
from extractor.bodies.registry import Speaker, seat_of
from extractor.bodies.shape import branch_heads, field_of, kind_of, strip_plate
from extractor.model import Unit
from extractor.text.fold import fold

_ANY = "000001"
"""Stands for a place that is not known, so that a short name still grows to its full one."""
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}[省市州县区旗盟](?=.{3})")
_HEAD = re.compile(
    r"^(?:中华全国|中华人民共和国|国家|国务院|全国|(?:中共)?中央(?!财经)|中共|(?:人民)?政府(?=.)|委(?=.{3}))+"
)
_TAIL = re.compile(r"(?<=..)(?:委员会|总局|总署|局|厅|部|署|会|室)$")
_MORE = re.compile(r"(?:监督管理|管理|监督|事务|和.{2,4}|广电和旅游)?")
"""What one level says beyond another: 应急 and 应急管理, 自然资源 and 自然资源和规划."""


def are_counterparts(one: Unit, other: Unit) -> bool:
    """Whether two bodies that are not the same do the same work for two places.

    >>> unit = lambda mention, name=None, id=None: Unit(mention=mention, span=(0, 1), name=name, id=id)
    >>> finance = unit("省财政厅", "江苏省财政厅", "320000/财政厅")
    >>> are_counterparts(finance, unit("市财政局", "无锡市财政局", "320200/财政局"))
    True
    >>> are_counterparts(finance, unit("市教育局", "无锡市教育局", "320200/教育局"))
    False
    >>> are_counterparts(unit("工业和信息化部"), unit("市工信局"))
    True
    >>> are_counterparts(unit("人民银行"), unit("人行云溪中心支行"))
    True
    """
    here, there = system_of(one), system_of(other)
    if here == there:
        return True
    short, long = sorted((here, there), key=len)
    return len(short) > 1 and long.startswith(short) and _MORE.fullmatch(long[len(short) :]) is not None


def system_of(unit: Unit) -> str:
    """The field of work of a body without its place, its level and the kind of office.

    >>> system_of(Unit(mention="省发展改革委", span=(0, 6))), system_of(Unit(mention="市委宣传部", span=(0, 5)))
    ('发展和改革', '宣传')
    """
    return _system(unit.id.partition("/")[2] if unit.id else "", unit.mention)


@lru_cache(maxsize=4096)
def _system(base: str, mention: str) -> str:
    core = strip_plate(fold(mention).replace(" ", ""))
    branch = branch_heads().match(base or core)
    if branch is not None:
        heads: dict[str, str] = lexicon.load("offices")["branches"]["heads"]
        return _field(heads.get(branch.group(), branch.group()))
    return _field(base or _spelt(core))


def _spelt(core: str) -> str:
    """What a body is called whose place is not known; the mention as it stands where nothing is known of it."""
    state = national.called(core)
    if state is not None:
        return state.name
    if kind_of(core) == "system":
        core = field_of(core) + "局"
    seated = seat_of(core, Speaker())
    rest = seated.rest if seated.said else _PLACE.sub("", seated.rest)
    place = Division(_ANY, "某" + (seated.said or "市"))
    name = full_name(replace(seated, place=place, rest=rest))
    return name.removeprefix("中共").replace(place.name, "", 1) if name is not None else rest


def _field(base: str) -> str:
    field = _TAIL.sub("", _HEAD.sub("", base))
    names: dict[str, str] = lexicon.load("offices")["systems"]
    return names.get(field, field)
