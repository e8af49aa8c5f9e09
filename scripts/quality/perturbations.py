"""The kinds of perturbation: what in a text may be exchanged without changing what it promises.

Deterministic by seed. Nothing here knows the extractor: what it may rely on is what stays the same for a reader.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.quality.brackets import is_role
from scripts.quality.rewriting import Edit, Json, plain, squeeze

DATA = Path(__file__).with_name("substitutions.toml")

_BOOK_TITLE = re.compile(r"《[^《》]{1,120}》")
# 文号: 〔2023〕59号 with the code before it on its line, 令第5号, 公告2023年第5号 (S24–S34).
_DOCUMENT_NUMBER = re.compile(
    r"[一-鿿]{0,8}[ \t]*[\[(【<]?[ \t]*(?:19|20)\d\d[ \t]*[\])】>][ \t]*第?[ \t]*\d{1,4}[ \t]*号"
    r"|[一-鿿]{2,12}(?:令|公告)[ \t]*\(?(?:\d{4}[ \t]*年)?[ \t]*第?[ \t]*\d{1,4}[ \t]*号"
)
# Page numbers, numbers of table rows at the head of a line or alone in a cell.
_DIGITS_ALONE = re.compile(
    r"(?m)^[ \t]*\d{1,3}(?=[ \t|])|(?<=[\t|])[ ]*\d+[ ]*(?=[\t|])|^[ \t]*\d+[ \t]*$"
    r"|[ \t…·.]\d+[ \t]*$|[(（][ \t]*\d+[ \t]*[)）]"
)
# Page marks that a converter wrote: no words of the text.
_PAGE_MARK = re.compile(r"#?Page\d+:")
_LABEL_CONTENT = re.compile(r"[0-9一二三四五六七八九十百]+")

# A numeral that names or dates something, or that labels a clause: it does not measure.
_NO_MEASURE_BEFORE = re.compile(r"(?:第|附件|附表|表|图|专栏|每|月|[A-Za-z.:+/-])$")
_NO_MEASURE_AFTER = re.compile(
    r"年|月|日|号|时|点|分(?!钟)|届|期|版|批|季|条|款|章|节|周年|[A-Za-z+:]|\.\d|[.、)](?!\d)|/(?!10万|百|千|万|[一-鿿])"
    r"|[-至到]\d+[年月日号]"
)
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_COUNTABLE = re.compile(r"[个家元万亿人名亩户项件张座公千吨平米台套所处场次辆%‰多余]")
_RANGE_DASH = re.compile(r"[-至到]")
_LONGEST_BARE = 4
"""A longer numeral without a countable unit after it is a telephone number, a postcode or a code."""

Kind = Callable[[str, Json, random.Random], list[Edit]]


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """Return the exchanges of ``substitutions.toml``."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def edits(kind: str, text: str, gold: Json, seed: int) -> list[Edit]:
    """Return the edits of a kind for a text with its gold; the same seed gives the same edits.

    >>> [edit.parts for edit in edits("synonyms", "产量 不低于５吨", {}, seed=0)]
    [((2, '不少于'),)]
    """
    return KINDS[kind](text, gold, random.Random(f"{kind}/{seed}"))


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


class _Mask:
    """Ranges that no edit may touch."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, spans: list[tuple[int, int]]) -> None:
        """Protect ranges."""
        for start, end in spans:
            self._taken[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing in a range is protected."""
        return 1 not in self._taken[start:end]


def _mask(text: str, *patterns: re.Pattern[str]) -> _Mask:
    """What stays in a text, as ranges of it without white space: 文号, and what the patterns find there."""
    folded = plain(squeeze(text))
    mask = _Mask(len(folded))
    mask.add(_squeezed_spans(plain(text), _DOCUMENT_NUMBER))
    for pattern in patterns:
        mask.add(_spans(pattern, folded))
    return mask


def _exchange(text: str, words: dict[str, str], after: str = "") -> Iterator[Edit]:
    """Each word for its counterpart, the longest first, outside 文号."""
    if not words:
        return
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    mask = _mask(text)
    for match in re.finditer(f"(?:{'|'.join(map(re.escape, longest_first))}){after}", squeeze(text)):
        if mask.free(*match.span()):
            yield Edit.one(match.start(), words[match.group()])


def places(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Names of places for others of their level; all names of the lists, and those that the gold's issuers bear."""
    squeezed = squeeze(text)
    lists = {name: names for name, names in data()["places"].items() if name != "origin"}
    words: dict[str, str] = {}
    invented = [name for name in lists.pop("invented") if name not in squeezed]
    for names in lists.values():
        present = [name for name in names if name in squeezed]
        fresh = [name for name in names if name not in squeezed] or present
        words.update(zip(present, _drawn(fresh, len(present), chance), strict=True))
    unknown = [name for name in _places_of(gold) if name not in words and name in squeezed]
    words.update(zip(unknown, _drawn(invented, len(unknown), chance), strict=True))
    return list(_exchange(text, words))


def _drawn(names: list[str], count: int, chance: random.Random) -> list[str]:
    """So many names in a random order, none twice while there are enough."""
    shuffled = chance.sample(names, len(names))
    return [shuffled[at % len(shuffled)] for at in range(count)]


def _places_of(gold: Json) -> list[str]:
    """Two-character names before 省, 市, 区, 县 at the head of issuers, and before 政报 or 公报 in the series."""
    names: dict[str, None] = {}
    for document in gold.get("documents") or ():
        for issuer in document.get("issuers") or ():
            for match in re.finditer(r"(?:^|[省市州])([一-鿿]{2})(?=[省市县区])", issuer[:10]):
                names[match.group(1)] = None
    series = re.match(
        r"([一-鿿]{2})[省市县区]?(?:人民政府)?(?:政报|公报)", (gold.get("issue") or {}).get("series") or ""
    )
    if series:
        names[series.group(1)] = None
    return list(names)


def bodies(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Names of departments for others of the same kind and length, one for one, in titles and quotes alike."""
    words: dict[str, str] = {}
    for names in data()["bodies"]["lists"]:
        step = chance.randrange(1, len(names))
        words.update({name: names[(at + step) % len(names)] for at, name in enumerate(names)})
    return list(_exchange(text, words, f"(?!{data()['bodies']['guard_after']})"))


def synonyms(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Role labels, comparators and deadline words for others of the same meaning, outside book titles and 文号."""
    squeezed = squeeze(text)
    folded = plain(squeezed)
    mask = _mask(text, _BOOK_TITLE)
    found: list[Edit] = []
    for pair in data()["synonyms"]["pairs"]:
        first, second = pair["words"]
        after = f"(?={pair['after']})" if "after" in pair else ""
        for match in re.finditer(f"{pair.get('before', '')}(?:{first}|{second}){after}", folded):
            if mask.free(*match.span()):
                mask.add([match.span()])
                found.append(Edit.one(match.start(), second if match.group() == first else first))
    return found


def numbers(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Numerals that measure, for others with as many digits; dates, labels, names and 100 % stay.

    Order is kept: where a is not above b before, it is not above it afterwards.
    """
    squeezed = squeeze(text)
    folded = plain(squeezed)
    mask = _mask(text, _BOOK_TITLE)
    mask.add([*_spans(_PAGE_MARK, folded), *_squeezed_spans(text, _DIGITS_ALONE)])
    step = chance.randrange(1, 4)
    found: list[Edit] = []
    last: tuple[int, Edit, float, float] | None = None
    for match in _NUMERAL.finditer(folded):
        old = match.group()
        new = _other_number(old, step)
        if new == old or not mask.free(*match.span()) or not _measures(folded, *match.span()):
            last = None
            continue
        edit = Edit.one(match.start(), _in_width_of(squeezed[match.start() : match.end()], new))
        if last is not None and last[0] + 1 == match.start() and _RANGE_DASH.match(folded, last[0]):
            found.pop()
            if (last[2] < float(old)) == (last[3] < float(new)):
                edit = Edit(last[1].parts + edit.parts)
            else:
                last = None
                continue
        found.append(edit)
        last = (match.end(), edit, float(old), float(new))
    return found


def _squeezed_spans(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Matches in the text as ranges of the squeezed text."""
    found: list[tuple[int, int]] = []
    at = passed = 0
    for match in pattern.finditer(text):
        passed += len(squeeze(text[at : match.start()]))
        length = len(squeeze(match.group()))
        found.append((passed, passed + length))
        passed, at = passed + length, match.end()
    return found


def _measures(text: str, start: int, end: int) -> bool:
    """Tell whether a numeral counts or measures something."""
    number = text[start:end]
    countable = _COUNTABLE.match(text, end) is not None
    if number.startswith("0") or (number == "100" and text[end : end + 1] == "%"):
        return False
    if len(number) > _LONGEST_BARE and not countable:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", number) and not countable:
        return False
    if _NO_MEASURE_BEFORE.search(text, max(0, start - 2), start) and not _in_range(text, start):
        return False
    return _NO_MEASURE_AFTER.match(text, end) is None


def _in_range(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] == "-" and text[start - 2].isdigit()


def _other_number(number: str, step: int) -> str:
    """Another number of the same shape, never a smaller one: noughts at the end and the decimal point stay.

    >>> [_other_number(number, 2) for number in ("5", "9", "500", "15", "98", "4.5")]
    ['6', '9', '600', '17', '99', '4.7']
    """
    whole, point, fraction = number.partition(".")
    digits = whole + fraction
    head = digits.rstrip("0") if not point else digits
    if not head:
        return number
    largest: int = 10 ** len(head) - 1
    other = str(min(int(head) + (1 if len(head) == 1 else step), largest)).zfill(len(head))
    changed = other + digits[len(head) :]
    return changed[: len(whole)] + point + changed[len(whole) :]


_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_HALF = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})


def _in_width_of(old: str, new: str) -> str:
    return new.translate(_FULL) if old[:1] > "9" else new


def brackets(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Role brackets in another shape, other round brackets in the other width; not in book titles, 文号 and labels."""
    squeezed = squeeze(text)
    folded = plain(squeezed)
    mask = _mask(text, _BOOK_TITLE)
    role = chance.choice(("【】", "［］", "()", "（）"))
    found: list[Edit] = []
    inside_role = -1
    for start, end in _round_pairs(folded):
        content = folded[start + 1 : end - 1]
        if not mask.free(start, start + 1) or not mask.free(end - 1, end) or _LABEL_CONTENT.fullmatch(content):
            continue
        if is_role(content) and start > inside_role:
            shape, inside_role = role, end
        else:
            shape = "（）" if squeezed[start] == "(" else "()"
        if squeezed[start] + squeezed[end - 1] != shape:
            found.append(Edit(((start, shape[0]), (end - 1, shape[1]))))
    return found


def _round_pairs(text: str) -> list[tuple[int, int]]:
    """Balanced round brackets in the order in which they open."""
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            stack.append(match.start())
        elif stack:
            pairs.append((stack.pop(), match.end()))
    return sorted(pairs)


_WIDTH_CLASSES = (",", ":", ";", "()", "%", "0123456789")


def widths(text: str, gold: Json, chance: random.Random) -> list[Edit]:
    """Punctuation, brackets and digits in the other width, half of the classes; not in 文号 and inside numbers.

    Half becomes full and full becomes half: what stands out among its like in the source still does.
    """
    squeezed = squeeze(text)
    folded = plain(squeezed)
    mask = _mask(text, _PAGE_MARK, re.compile(r"(?<=\d)[,:](?=\d)|https?:"))
    members = "".join(chance.sample(_WIDTH_CLASSES, len(_WIDTH_CLASSES) // 2))
    found: list[Edit] = []
    for match in re.finditer(f"[{re.escape(members)}]", folded):
        at = match.start()
        old = squeezed[at]
        if mask.free(at, at + 1):
            found.append(Edit.one(at, old.translate(_FULL if old.isascii() else _HALF)))
    return found


KINDS: dict[str, Kind] = {
    "places": places,
    "bodies": bodies,
    "numbers": numbers,
    "brackets": brackets,
    "widths": widths,
    "synonyms": synonyms,
}
