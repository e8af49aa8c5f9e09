"""Phrases for several governments, told one by one (R36): only on request, for the members change with the years."""

from __future__ import annotations

import re

from extractor.bodies import divisions
from extractor.bodies.divisions import MUNICIPALITIES, Division
from extractor.bodies.registry import Body, Speaker, resolve
from extractor.bodies.shape import is_group
from extractor.text.fold import fold

_GOVERNMENTS = re.compile(
    r"(?:各|(?=县))(?:设区的?|地级以上|省辖)?(?P<levels>[市州盟县区旗、()\[\]<>及和与]+)(?:级?(?:人民)?政府)?$"
)
"""各市(县)、区政府, 各县(市、区), 各设区市人民政府; a phrase with 有关 or 部门 names nobody."""


def expand(mention: str, place: Division) -> tuple[Body, ...]:
    """The governments that a phrase stands for in a text of ``place``, in the order of their codes.

    Empty where the phrase is no group, or names bodies that are in no list: 有关部门, 各镇(街道). The divisions are
    those of the edition of GB/T 2260 that is packed; zones (经开区) are no divisions and never among them.

    >>> [body.name for body in expand("各市（县）、区政府", divisions.by_code("320200"))][:3]
    ['无锡市锡山区人民政府', '无锡市惠山区人民政府', '无锡市滨湖区人民政府']
    >>> expand("各有关部门", divisions.by_code("320200")), expand("各镇(街道)", divisions.by_code("320205"))
    ((), ())
    """
    mention = fold(mention).replace(" ", "")
    found = _GOVERNMENTS.match(mention) if is_group(mention) else None
    if found is None:
        return ()
    letters = {letter for letter in found["levels"] if letter in "市州盟县区旗"}
    below = [each for each in divisions.below(place) if each.name[-1] in letters]
    if place.level == "province" and place.code not in MUNICIPALITIES and letters & {"县", "区", "旗"}:
        return ()  # 各市、县 of a province are of two levels, and its 各县(市、区) those of its cities
    return tuple(resolve(each.seat + "人民政府", Speaker(each)) for each in below)
