"""Differences that are none: other forms of the same characters, numbers and names."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from scripts.quality.mutate_bodies import words
from scripts.quality.mutate_clauses import chinese
from scripts.quality.mutate_planting import NO_CHANGE, Edit, Replacement
from scripts.quality.mutate_source import Unit, printed_width
from scripts.quality.mutate_values import values
from scripts.quality.perturbations import Kind, brackets, widths
from scripts.quality.rewriting import plain

Form = Callable[[str, random.Random], list[Replacement]]
_DAY = re.compile(r"(20[12]\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def _swapped(pattern: str, new: Callable[[re.Match[str]], str], text: str) -> list[Replacement]:
    return [Replacement(*match.span(), new(match)) for match in re.finditer(pattern, text)]


def _perturbed(kind: Kind, text: str, chance: random.Random) -> list[Replacement]:
    """An exchange of ``scripts/perturb``, whose offsets count no white space."""
    origins = [at for at, char in enumerate(text) if not char.isspace()]
    found = []
    for edit in kind(text, {}, chance):
        for start, new in edit.parts:
            found += [Replacement(origins[start + at], origins[start + at] + 1, char) for at, char in enumerate(new)]
    return found


def width(text: str, chance: random.Random) -> list[Replacement]:
    """Punctuation, brackets and digits in the other width."""
    return _perturbed(widths, text, chance)


def bracket(text: str, chance: random.Random) -> list[Replacement]:
    """Role brackets in another shape, the others in the other width."""
    return _perturbed(brackets, text, chance)


def number_brackets(text: str, chance: random.Random) -> list[Replacement]:
    """〔2024〕 as [2024], and back."""
    shape = chance.choice(("[]", "［］", "〔〕", "【】"))
    return _swapped(r"[〔\[［【](20\d\d)[〕\]］】](?=\s*\d+\s*号)", lambda m: f"{shape[0]}{m[1]}{shape[1]}", text)


_ROLE_BRACKET = re.compile(r"[（(【](?=[^（）()【】]*(?:单位[:：]|部门[:：]|负责|牵头|配合))[^（）()【】。;；]*[）)】]")


def list_marks(text: str, chance: random.Random) -> list[Replacement]:
    """、 between bodies as ，."""
    found = []
    for bracket_of in _ROLE_BRACKET.finditer(text):
        if "，" not in bracket_of.group() and "," not in bracket_of.group():
            found += [
                Replacement(bracket_of.start() + match.start(), bracket_of.start() + match.end(), "，")
                for match in re.finditer("、", bracket_of.group())
            ]
    return found


def spaces(text: str, chance: random.Random) -> list[Replacement]:
    """Spaces round numbers, behind labels, at the beginning and the end of lines."""
    found = [
        Replacement(match.start(), match.start(), " ")
        for match in re.finditer(r"(?<=[一-鿿])(?=\d+(?:\.\d+)?[万亿个元%名家项张])", text)
    ]
    found += [
        Replacement(match.end(), match.end(), " ") for match in re.finditer(r"(?<=[一-鿿]\d\d)(?=[个元名家项张])", text)
    ]
    found += [
        Replacement(match.end(), match.end(), "　")
        for match in re.finditer(r"(?m)^[ 　]*[一二三四五六七八九十]+、(?=[一-鿿])", text)
    ]
    found += [
        Replacement(match.start(), match.start(), chance.choice(("  ", "\xa0")))
        for match in re.finditer(r"(?<=。)(?=\n)", text)
    ]
    return found


def thousands(text: str, chance: random.Random) -> list[Replacement]:
    """千 as 仟, 百 as 佰 in sums of money."""
    table = {"千": "仟", "百": "佰"}
    return _swapped(r"(?<=[\d一二三四五六七八九十])[千百](?=[万亿]?元)", lambda m: table[m.group()], text)


def terrace(text: str, chance: random.Random) -> list[Replacement]:
    """台 as 臺, the measure word and the platform."""
    return _swapped(r"台", lambda m: "臺", text)


def quotation(text: str, chance: random.Random) -> list[Replacement]:
    """Quotation marks of another make."""
    first, second = chance.choice(('""', "「」", "＂＂", "〝〞"))
    return _swapped(r"[“”]", lambda m: first if m.group() == "“" else second, text)


def noughts(text: str, chance: random.Random) -> list[Replacement]:
    """The date of a signature in Chinese numerals, with the nought of one make or another."""
    nought = chance.choice("〇○")

    def written(match: re.Match[str]) -> str:
        year = "".join("〇一二三四五六七八九"[int(digit)] for digit in match[1]).replace("〇", nought)
        return (
            f"{match[0][: match.start(1) - match.start()]}{year}年{chinese(int(match[2]))}月{chinese(int(match[3]))}日"
        )

    return _swapped(rf"(?m)^[ \t　]*{_DAY.pattern}[ \t　]*$", written, text)


_RAGGED = 4
_PARAGRAPH = re.compile(r"^[　 ]+\S.*(?:\n(?![　 \n—-]).+)*", re.MULTILINE)


def rewrap(text: str, width: int) -> list[Replacement]:
    """Break lines again where an edit made one too long or too short, as whoever prints a new version does."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        lines = match.group().split("\n")
        aside = text[match.end() + 1 : match.end() + 2] in ("—", "-")
        full = all(abs(printed_width(line) - width) <= _RAGGED for line in lines[:-1])
        if aside or (full and printed_width(lines[-1]) <= width + _RAGGED):
            continue
        length = 0
        words_of = match.group()
        for at, char in enumerate(words_of[:-1]):
            if char == "\n":
                # A break of before goes where no line ends now.
                if length:
                    found.append(Replacement(match.start() + at, match.start() + at + 1, ""))
                continue
            length += printed_width(char)
            # No number is torn.
            if length > width - 2 and not re.fullmatch(r"[\d.]\n?[\d.%％]", words_of[at : at + 2]):
                if words_of[at + 1] != "\n":
                    found.append(Replacement(match.start() + at + 1, match.start() + at + 1, "\n"))
                length = 0
    return found


FORMS: dict[str, Form] = {
    "width": width,
    "brackets": bracket,
    "number-brackets": number_brackets,
    "list-marks": list_marks,
    "spaces": spaces,
    "thousands": thousands,
    "terrace": terrace,
    "quotation": quotation,
    "noughts": noughts,
}


def notation(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A value in another notation: 1.5亿元 and 15000万元, 50% and 百分之五十, 3年 and 三年."""
    for each in values(unit):
        if each.row.get("value2") is not None:
            continue
        behind = unit.text[each.number[1] : each.tail + 1]
        new = _notation(each.value, behind)
        if new is not None:
            words_of, kept = new
            after = Replacement(each.number[0], each.number[1] + kept, words_of)
            yield Edit(f"{NO_CHANGE}notation", each.clause, (after,), (each.number[0], each.tail))


def _notation(value: Decimal, behind: str) -> tuple[str, int] | None:
    """Other words for a number, and how many characters of its unit they replace."""
    whole = value == value.to_integral_value()
    if behind.startswith("%") and whole and 0 < value < 100:
        return f"百分之{chinese(int(value))}", 1
    if behind.startswith("亿元"):
        return f"{_plain_number(value * 10000)}万元", 2
    if behind.startswith("万元") and value >= 1000 and value % 100 == 0:
        return f"{_plain_number(value / 10000)}亿元", 2
    if behind.startswith("元") and whole and value >= 1000:
        return f"{int(value):,}", 0
    if re.match(r"年|个月|个(?!百分点)|家|名|天|日", behind) and whole and 2 < value < 100:
        return chinese(int(value)), 0
    return None


def _plain_number(value: Decimal) -> str:
    words_of = f"{value:f}"
    return words_of.rstrip("0").rstrip(".") if "." in words_of else words_of


def renamed(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """Bodies that a reform renamed: the old name in a text of then, the new one in a text of now."""
    dates = _signed(unit)
    if _leans_on_its_date(unit) or (not dates and unit.in_table(unit.clauses[-1])):
        return
    for old, new, year in words()["renamed"]["names"]:
        known, other, turned_to = (old, new, year + 1) if old in unit.text else (new, old, year - 4)
        titled = [match.span() for match in re.finditer(r"《[^》]*》", unit.text)]
        places = [match.span() for match in re.finditer(f"(?<=[市区县省]){known}(?![一-鿿]*分局)", unit.text)]
        places = [(start, end) for start, end in places if not any(a < start < b for a, b in titled)]
        if not places or other in unit.text or (known == "数据局" and "大数据" in unit.text):
            continue
        # Both texts bear the date of a day on which their names were right.
        kept_year = year - 4 if turned_to > year else year + 1
        after = [Replacement(*span, other) for span in places]
        before: list[Replacement] = []
        if dates:
            after += [Replacement(*span, str(turned_to)) for span in dates]
            before = [Replacement(*span, str(kept_year)) for span in dates]
        else:
            end = len(unit.text.rstrip())
            issuer = words()["renamed"]["issuer"]
            after.append(Replacement(end, end, f"\n\n{issuer}\n{turned_to}年4月8日"))
            before.append(Replacement(end, end, f"\n\n{issuer}\n{kept_year}年4月8日"))
        # Turned round where the text has the new name: what is old stands first.
        yield Edit(
            f"{NO_CHANGE}renamed",
            None,
            tuple(after),
            places[0],
            before=tuple(before),
            names=(known, other),
            turned=turned_to < kept_year,
        )


def _leans_on_its_date(unit: Unit) -> bool:
    """Tell whether a date in a text takes its year from the date of the text."""
    if re.search(r"(?<!\d)年(?:内|底)|全年|[今本当]年", unit.text):
        return True
    for row in [*(unit.gold.get("milestones") or ()), *(unit.gold.get("commitments") or ())]:
        if row.get("deadline") and not re.search(rf"{row['deadline'][:4]}\s*年", unit.text):
            return True
    return bool(
        re.search(r"(?<![\d年至到、—-])\s*(?<!年)\s*\d{1,2}\s*月(?:\d{1,2}日|底|份|末)", _without_full_dates(unit.text))
    )


def _without_full_dates(text: str) -> str:
    return re.sub(r"20\d\d\s*年\s*\d{1,2}\s*月", "", text)


def _signed(unit: Unit) -> list[tuple[int, int]]:
    """The years of the dates with which the texts are signed."""
    found = []
    for row in unit.gold.get("documents") or ():
        if not row.get("date"):
            continue
        year, month, day = (int(part) for part in (row["date"] + "-1-1").split("-")[:3])
        for match in _DAY.finditer(unit.text):
            line = unit.text[slice(*unit.line(match.start()))].strip()
            if (int(match[1]), int(match[2]), int(match[3])) == (year, month, day) and plain(line) == plain(
                match.group()
            ):
                found.append(match.span(1))
    return sorted(set(found))
