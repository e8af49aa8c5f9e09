"""The bodies of a measure in words, each with what it answers for where that is less than the whole measure (仅就)."""

from __future__ import annotations

import re

from extractor.model import Measure, Responsibility, Role, Span

_QUOTE = 12
"""Characters of the text that say what a body answers for; the rest stands in the source."""
_PARTS = 3
"""Parts that are named of one body; of more it is said how many."""
_TELLING = 4
"""Characters of the shortest piece of a sentence that says what it is about: 原则上 does not."""

_HEADING = 24
"""Characters of the longest title that is a heading; a longer one is a sentence that promises something itself."""

_SENTENCE_END = re.compile(r"[。；;\n]")
_PIECE_END = re.compile(r"[，,：:、]*[，,：:][，,：:、]*")
_EDGE = " \t\n\u3000，,。；;：:、（）()"
_LABEL = re.compile(
    r"\s*(?:[（(]?[〇零一二三四五六七八九十百\d]{1,4}(?:[）)、.．﹒]+|\s)|第[〇零一二三四五六七八九十百\d]+[条章]|[①-⑳])?\s*"
)


def in_words(text: str, measure: Measure, role: Role) -> str:
    """The bodies of one role as the text lists them, on a line each group that answers for the same.

    A statement in a sentence answers for what that sentence says, and one of several brackets for the text before it.
    Who answers for the whole measure anyway is not named again for a part of it.

    >>> from extractor.model import Unit
    >>> text = "建立制度。收费标准由发展改革部门制定。"
    >>> duty = Responsibility(role="lead", basis="sentence", units=(Unit(mention="发展改革部门", span=(10, 16)),),
    ...                       span=(9, 16), covers=(9, 16), rule="")
    >>> in_words(text, Measure(id="d1/m1", span=(0, 19), responsibilities=(duty,)), "lead")
    '发展改革部门（仅就：收费标准）'
    """
    abouts: dict[str, dict[str, None]] = {}  # of each body
    open_ended: set[str] = set()
    for duty in measure.responsibilities:
        if duty.role == role:
            about = "" if role == "interpreter" else extent(text, measure, duty)
            for unit in duty.units:
                abouts.setdefault(unit.mention, {})[about] = None
            open_ended.update([about] if duty.open_ended else [])
    groups: dict[tuple[str, ...], list[str]] = {(): []}
    for name, told in abouts.items():
        groups.setdefault(() if "" in told else tuple(told), []).append(name)
    return "；\n".join(_group(names, told, open_ended) for told, names in groups.items() if names)


def _group(names: list[str], told: tuple[str, ...], open_ended: set[str]) -> str:
    ending = "等" if not open_ended.isdisjoint(told or ("",)) else ""
    if told:
        more = f"等{len(told)}项" if len(told) > _PARTS else ""
        ending += f"（仅就：{'；'.join(told[:_PARTS])}{more}）"
    return "、".join(names) + ending


def extent(text: str, measure: Measure, duty: Responsibility) -> str:
    """What a statement answers for, in the first words of it; empty where that is the whole measure."""
    if duty.basis == "sentence":
        return _of_sentence(text, measure, duty)
    others = [each for each in measure.responsibilities if each.basis != "sentence" and each.covers != duty.covers]
    if not others or not all(_speaks(text, each) for each in (duty, *others)):
        return ""
    return _cut(_pieces(_without_title(text, duty.covers, measure.title))[:1])


def _speaks(text: str, duty: Responsibility) -> bool:
    """Whether a text of its own stands before a bracket; lines of roles stand one below the other without any."""
    start, end = duty.covers
    return end <= duty.span[0] and len(text[start:end].strip(_EDGE)) >= 2 * _TELLING


def _of_sentence(text: str, measure: Measure, duty: Responsibility) -> str:
    """What stands in the sentence before the statement (收费标准由X会同Y制定), else after it (X负责统筹协调)."""
    first, last = _sentence(text, measure.span, duty.span)
    around = text[measure.span[0] : first] + text[last : measure.span[1]]
    if len(_without_title(around, (0, len(around)), measure.title).strip(_EDGE)) < _TELLING:
        return ""
    spans = [each.span for each in measure.responsibilities]
    before = max((end for _, end in spans if first < end <= duty.span[0]), default=first)
    after = min((start for start, _ in spans if duty.span[1] <= start < last), default=last)
    label = _LABEL.match(text, before, duty.span[0])
    told = _pieces(text[label.end() if label and before == first else before : duty.span[0]], measure.title)
    rest = max((end for _, end in spans if end <= last), default=last)
    return (
        _cut(told[-1:])
        or _cut(_pieces(text[duty.span[1] : after])[:1])
        or _cut(_pieces(text[rest:last])[:1])
        or _cut(_pieces(text[first:last])[:1])
    )


def _sentence(text: str, whole: Span, span: Span) -> Span:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, whole[0], span[0])]
    close = _SENTENCE_END.search(text, span[1], whole[1])
    return (ends[-1] if ends else whole[0]), (close.end() if close else whole[1])


def _without_title(text: str, span: Span, title: str | None) -> str:
    """The text of a span without its label and its heading; a title is a heading only where it stands at the start."""
    start, end = span
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    if title and len(title) <= _HEADING and text.startswith(title, at) and _SENTENCE_END.match(text, at + len(title)):
        at += len(title)
    return text[at:end]


def _pieces(text: str, title: str | None = None) -> list[str]:
    """The pieces between commas that say something and are not the title again."""
    pieces = (piece.strip(_EDGE) for line in _SENTENCE_END.split(text) for piece in _PIECE_END.split(line))
    return [piece for piece in pieces if len(piece) >= _TELLING and piece != title]


def _cut(pieces: list[str]) -> str:
    said = "".join("".join(pieces).split())
    return said if len(said) <= _QUOTE else f"{said[: _QUOTE - 1]}…"
