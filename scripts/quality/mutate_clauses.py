"""Edits of clauses as such: one more, one less, moved, split in two, other words of the same meaning."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from scripts.quality.mutate_bodies import words
from scripts.quality.mutate_planting import NO_CHANGE, Edit, Replacement
from scripts.quality.mutate_source import Clause, Unit
from scripts.quality.rewriting import plain

_DIGITS = "〇一二三四五六七八九"
_CHINESE = "[一二三四五六七八九十]+"
_LABEL = re.compile(rf"(?P<before>[第（(]?)(?P<number>{_CHINESE}|[0-9０-９]+|[①-⑳])(?P<behind>[条）)、.．，,]?)")
_POINTS_INSIDE = re.compile(r"第[一二三四五六七八九十百\d]+[条款项]")
_FEWEST = 15
"""A clause with fewer characters is too short to be told from another one."""


def chinese(number: int) -> str:
    """Return a number below a hundred in Chinese numerals.

    >>> chinese(7), chinese(10), chinese(12), chinese(30), chinese(45)
    ('七', '十', '十二', '三十', '四十五')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


_NUMBERS = {chinese(number): number for number in range(1, 100)}


def number_of(label: str) -> int | None:
    """Return the number in a label, None where it is none.

    >>> [number_of(label) for label in ("（三）", "12.", "第二十条", "④", "A")]
    [3, 12, 20, 4, None]
    """
    match = _LABEL.match(plain(label))
    if match is None:
        return None
    words_of = match["number"]
    if words_of in _NUMBERS:
        return _NUMBERS[words_of]
    return int(words_of) if words_of.isdigit() and words_of.isascii() else ord(words_of) - ord("①") + 1


def with_number(label: str, number: int) -> str:
    """Return a label with another number in the same style.

    >>> [with_number(label, 4) for label in ("（三）", "12.", "第二十条", "①")]
    ['（四）', '4.', '第四条', '④']
    """
    old = re.search(rf"{_CHINESE}|[0-9０-９]+|[①-⑳]", label)
    assert old is not None
    if old.group()[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        new = chr(ord("①") + number - 1)
    elif old.group().isdigit():
        new = str(number) if old.group().isascii() else str(number).translate({48 + i: 0xFF10 + i for i in range(10)})
    else:
        new = chinese(number)
    return label[: old.start()] + new + label[old.end() :]


def _label(unit: Unit, clause: Clause) -> str:
    return unit.text[slice(*clause.label)]


def _shift(unit: Unit, first: int, depth: int, by: int, after: int) -> list[Replacement]:
    """New labels for the clauses from an index on whose numbers run on from a number.

    Numbers that run on under another heading (S51) are shifted too; they end where a number starts anew.
    """
    found: list[Replacement] = []
    doc = unit.clauses[first - 1].doc
    for clause in unit.clauses[first:]:
        number = number_of(_label(unit, clause))
        if clause.doc != doc or (len(clause.path) == depth and number != after + 1 + len(found)):
            break
        if len(clause.path) == depth:
            found.append(Replacement(*clause.label, with_number(_label(unit, clause), after + 1 + len(found) + by)))
    return found


def _free(unit: Unit, clause: Clause) -> bool:
    """Tell whether a clause may be moved about: a line and a number of its own, in no table, not pointed at."""
    text = unit.text[clause.start : clause.end]
    return (
        clause.leaf
        and unit.begins_line(clause)
        and not unit.in_table(clause)
        and number_of(_label(unit, clause)) is not None
        and len(text.strip()) >= _FEWEST
        and text.endswith(("。", "）", ")"))
        and all(other.label[0] < other.label[1] for other in unit.clauses if _alike(clause, other))
        and not _POINTS_INSIDE.search(unit.prose, *unit.documents[clause.doc])
    )


def _alike(clause: Clause, other: Clause) -> bool:
    return other.doc == clause.doc and len(other.path) == len(clause.path)


def _counted(unit: Unit, clause: Clause) -> bool:
    """Tell whether something above announces how many clauses of this kind there are."""
    count = sum(other.parent == clause.parent and other.doc == clause.doc for other in unit.clauses)
    total = sum(len(other.path) == len(clause.path) and other.doc == clause.doc for other in unit.clauses)
    said = "|".join(f"{chinese(n)}|{n}" for n in {count, total} if n < 100)
    return bool(re.search(rf"(?<!\d)(?:{said})(?:条|项|个方面|大)", unit.text))


def _lines_of(unit: Unit, clause: Clause) -> tuple[int, int]:
    """From the beginning of the first line of a clause to the beginning of the line behind it."""
    end = unit.line(clause.end)[1]
    alone = not unit.text[clause.end : end].strip() and end < len(unit.text)
    return unit.line(clause.start)[0], end + 1 if alone else clause.end


def _written(unit: Unit, model: Clause, number: int, heading: str, body: str) -> str:
    """A clause in the style of another one: its indent, its label, its line length."""
    indent = unit.text[unit.line(model.start)[0] : model.start]
    words_of = f"{indent}{with_number(_label(unit, model), number)}"
    behind = re.match(r"[ \t　]*", unit.text[model.label[1] :])
    words_of += behind.group() if behind else ""
    words_of += f"{heading}。{body}" if not _label(unit, model).startswith("第") else body
    return words_of + "\n"


def added(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A clause more behind another; the numbers of those that follow are shifted."""
    invented = words()["clauses"]["texts"]
    for index, clause in enumerate(unit.clauses):
        if not _free(unit, clause) or _counted(unit, clause):
            continue
        number = number_of(_label(unit, clause))
        later = _shift(unit, index + 1, len(clause.path), 1, number or 0)
        heading, body = chance.choice(invented)
        end = _lines_of(unit, clause)[1]
        if heading in unit.text or unit.text[end - 1 : end] != "\n":
            continue
        new = Replacement(end, end, _written(unit, clause, (number or 0) + 1, heading, body))
        touched = frozenset({index, index + 1})
        yield Edit("clause-added", None, (new, *later), (end, end), touched=touched, structural=True)


def removed(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A clause goes; the numbers of those that follow are shifted."""
    for index, clause in enumerate(unit.clauses):
        if not _free(unit, clause) or _counted(unit, clause) or _dates_others(unit, clause):
            continue
        brothers = sum(other.parent == clause.parent and other.doc == clause.doc for other in unit.clauses)
        number = number_of(_label(unit, clause))
        later = _shift(unit, index + 1, len(clause.path), -1, number or 0)
        start, end = _lines_of(unit, clause)
        if brothers > 2 and unit.text[end - 1 : end] == "\n":
            yield Edit("clause-removed", index, (Replacement(start, end, ""), *later), (start, end), structural=True)


def _dates_others(unit: Unit, clause: Clause) -> bool:
    """Tell whether a clause may hold a date, an abbreviation or a rule that others take over."""
    return bool(re.search(r"下同|以下简称|以下统称", unit.text[clause.start : clause.end]))


def moved(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A clause goes behind its second next brother; all of them are numbered again."""
    for index, clause in enumerate(unit.clauses):
        block = [(index, clause)]
        for at, other in enumerate(unit.clauses[index + 1 :], index + 1):
            if other.doc == clause.doc and other.parent == clause.parent and len(block) < 4:
                block.append((at, other))
            elif other.doc != clause.doc or len(other.path) <= len(clause.path):
                break
        far = chance.choice((3, 4))
        if len(block) < far or not all(_free(unit, each) for _, each in block) or _counts_again(block):
            continue
        block = block[:far]
        if any(_dates_others(unit, each) for _, each in block):
            continue
        start, end = _lines_of(unit, clause)
        goal = _lines_of(unit, block[-1][1])[1]
        numbers = [number_of(_label(unit, each)) or 0 for _, each in block]
        if unit.text[goal - 1 : goal] != "\n" or numbers != list(range(numbers[0], numbers[0] + far)):
            continue
        text = unit.text[start:end]
        at = clause.label[0] - start
        text = text[:at] + with_number(_label(unit, clause), numbers[-1]) + text[clause.label[1] - start :]
        others = [
            Replacement(*each.label, with_number(_label(unit, each), number - 1))
            for (_, each), number in zip(block[1:], numbers[1:], strict=True)
        ]
        after = (Replacement(start, end, ""), *others, Replacement(goal, goal, text))
        touched = frozenset(at for at, _ in block) | {block[-1][0] + 1}
        yield Edit("clause-moved", index, after, (start, end), at_after=(goal, goal), touched=touched, structural=True)


def _counts_again(block: list[tuple[int, Clause]]) -> bool:
    return len({each.path for _, each in block}) < len(block)


def _says_something(unit: Unit, index: int) -> bool:
    """Tell whether the gold has a promise in a clause."""
    rows = [*(unit.gold.get("commitments") or ()), *(unit.gold.get("milestones") or ())]
    return any(unit.clause_of(row) == index for row in rows)


_BRACKETS = re.compile(r"负责|牵头|(?:单位|部门)[:：]")
_ROLE_BRACKET = re.compile(
    r"[（(【][^（()）【】]*(?:负责|牵头|配合|单位[:：]|部门[:：])(?:[^（()）【】]|[（(][^（()）]*[）)])*[）)】]$"
)


def split(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """A clause becomes two at a full stop; a bracket of bodies at its end is repeated at the end of the first part."""
    linked = {(row["doc"], tuple(row.get("path") or ())) for row in unit.gold.get("links") or ()}
    for index, clause in enumerate(unit.clauses):
        text = unit.text[clause.start : clause.end]
        if not _free(unit, clause) or _counted(unit, clause) or ("\n" in text and unit.width is None):
            continue
        bracket = _ROLE_BRACKET.search(text)
        if (clause.doc, clause.path) in linked and (bracket is None or len(_BRACKETS.findall(text)) != 1):
            continue
        stops = [match.end() for match in re.finditer(r"。(?=[一-鿿])", text[: bracket.start() if bracket else None])]
        stops = [
            at for at in stops if at > _FEWEST * 2 and (bracket.start() if bracket else len(text)) - at > _FEWEST * 2
        ]
        dated = re.search(r"年|月", text) and _says_something(unit, index)
        if not stops or dated or re.search(r"上述|该|其(?!他)|此|以下|下列", text):
            continue
        number = number_of(_label(unit, clause)) or 0
        later = _shift(unit, index + 1, len(clause.path), 1, number)
        at = clause.start + chance.choice(stops)
        indent = unit.text[unit.line(clause.start)[0] : clause.start]
        again = bracket.group() if bracket else ""
        new = Replacement(at, at, f"{again}\n{indent}{with_number(_label(unit, clause), number + 1)}")
        yield Edit("clause-split", index, (new, *later), (clause.start, clause.end), structural=True)


def wording(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """Other words of the same meaning, outside headings, quotes of the gold and book titles."""
    taken = _quoted(unit)
    for index, clause in enumerate(unit.clauses):
        if unit.in_table(clause):
            continue
        start = max(clause.label[1], unit.text.find("。", clause.start, clause.end) + 1)
        found: list[Replacement] = []
        for first, second in words()["wording"]["pairs"]:
            for match in re.finditer(f"(?<!不){first}(?![\\d及和、会组办计])", unit.text[start : clause.end]):
                span = (start + match.start(), start + match.end())
                outside = all(span[1] <= a or b <= span[0] for a, b in taken)
                if outside and all(span[1] < each.start or each.end < span[0] for each in found):
                    found.append(Replacement(*span, second))
        if found:
            chosen = tuple(sorted(chance.sample(found, min(len(found), 2)), key=lambda each: each.start))
            yield Edit("wording", index, chosen, (chosen[0].start, chosen[-1].end))


def _quoted(unit: Unit) -> list[tuple[int, int]]:
    found = [match.span() for match in re.finditer(r"《[^》]*》|[（(][^（）()]*[）)]|“[^”]*”", unit.text)]
    for name in ("commitments", "milestones"):
        for row in unit.gold.get(name) or ():
            clause = unit.clause_of(row)
            if clause is not None:
                pieces = unit.find_quote(row["quote"], (unit.clauses[clause].start, unit.clauses[clause].end))
                found += pieces or []
                scope = row.get("scope") and unit.find(
                    row["scope"], (unit.clauses[clause].start, unit.clauses[clause].end)
                )
                found += [scope] if scope else []
    return found


def relabelled(unit: Unit, chance: random.Random) -> Iterator[Edit]:
    """All labels of one level in another style."""
    styles: list[tuple[str, Callable[[str], str]]] = [
        (
            r"[（(]([一二三四五六七八九十]+)[）)]",
            lambda label: label.translate({0xFF08: "(", 0xFF09: ")", 40: "（", 41: "）"}),
        ),
        (r"(\d+)[.．、]", lambda label: label[:-1] + ("、" if label[-1] in ".．" else "．")),
        (r"[（(](\d+)[）)]", lambda label: chr(ord("①") + (number_of(label) or 1) - 1)),
        (r"[①-⑳]", lambda label: f"（{number_of(label)}）"),
        (r"第[一二三四五六七八九十]+条", lambda label: f"第{number_of(label)}条"),
    ]
    if not any(re.fullmatch(r"\d+[.．、]?", _label(unit, clause)) for clause in unit.clauses):
        styles.append((r"[一二三四五六七八九十]+、", lambda label: f"{number_of(label)}."))
    for pattern, style in styles:
        chosen = [c for c in unit.clauses if re.fullmatch(pattern, _label(unit, c)) and not unit.in_table(c)]
        if chosen and not _POINTS_INSIDE.search(unit.prose):
            after = tuple(Replacement(*clause.label, style(_label(unit, clause))) for clause in chosen)
            yield Edit(f"{NO_CHANGE}labels", None, after, chosen[0].label, structural=True)
