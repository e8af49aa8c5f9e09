"""A text of articles (条), paragraphs (款) and items (项) that can be changed and written again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.text.fold import fold
from extractor.text.labels import chinese
from extractor.text.numerals import parse_number

_CN = r"[一二三四五六七八九十百千零〇\d]{1,9}"
_ARTICLE = re.compile(rf"\s*(?P<label>第\s?(?P<number>{_CN})\s?条(?P<bis>之[一二三四五六七八九十](?![一-鿿]))?)\s*")
_HEADING = re.compile(rf"\s*第\s?{_CN}\s?[编章节](?:\s|$)")
_ITEM = re.compile(rf"\s*(?P<label>\((?P<number>{_CN})\))\s*")
_NUMBER = re.compile(_CN)


@dataclass
class Item:
    """An item (项) with what stands below it."""

    key: str
    """Normalised label in the text of before: (三); empty for one that is added."""
    label: str
    """As written, without its indent."""
    text: str
    below: list[str] = field(default_factory=list)


@dataclass
class Paragraph:
    """A paragraph (款) and its items."""

    number: int | None
    """In the text of before, from 1; None for one that is added."""
    text: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Article:
    """An article (条) and the headings of chapters that stand above it."""

    key: str | None
    """Normalised label in the text of before: 第三条; None for one that is added."""
    label: str
    gap: str
    paragraphs: list[Paragraph]
    headings: list[str] = field(default_factory=list)
    claimed: str | None = None
    """The label that the decision gives it."""


@dataclass
class Articles:
    """A whole text; what stands before the first article is ``head``, headings behind the last one ``foot``."""

    head: list[str]
    articles: list[Article]
    foot: list[str]
    indent: str

    def write(self) -> str:
        """Return the text, a paragraph a line."""
        lines = list(self.head)
        for article in self.articles:
            lines += article.headings
            lead = article.label + article.gap
            for paragraph in article.paragraphs:
                lines.append(self.indent + lead + paragraph.text)
                lead = ""
                for item in paragraph.items:
                    lines += [self.indent + item.label + item.text, *(self.indent + line for line in item.below)]
        return "\n".join([*lines, *self.foot]) + "\n"


def read_articles(text: str) -> Articles:
    """Take a text of articles apart, a paragraph a line; lines without words are left out.

    >>> whole = read_articles("办法\\n第一条　为了甲。\\n第二条　分为：\\n（一）乙；\\n（二）丙。\\n另一款。\\n")
    >>> [(each.key, [(p.number, len(p.items)) for p in each.paragraphs]) for each in whole.articles]
    [('第一条', [(1, 0)]), ('第二条', [(1, 2), (2, 0)])]
    >>> whole.write()
    '办法\\n第一条　为了甲。\\n第二条　分为：\\n（一）乙；\\n（二）丙。\\n另一款。\\n'
    """
    whole = Articles([], [], [], "")
    headings: list[str] = []
    for line in text.splitlines():
        folded = fold(line)
        if not folded.strip():
            continue
        match = _ARTICLE.match(folded)
        if match:
            whole.indent = whole.indent or line[: match.start("label")]
            label = line[match.start("label") : match.end("label")]
            gap = line[match.end("label") : match.end()]
            paragraph = Paragraph(1, line[match.end() :])
            whole.articles.append(Article(normal(label), label, gap, [paragraph], headings))
            headings = []
        elif _HEADING.match(folded) and (whole.articles or headings):
            headings.append(line)
        elif not whole.articles:
            (headings if _HEADING.match(folded) else whole.head).append(line)
        elif headings:
            headings.append(line)
        else:
            _below(whole.articles[-1].paragraphs, line.strip())
    whole.foot = headings
    return whole


def _below(paragraphs: list[Paragraph], line: str) -> None:
    """Put a line where it belongs: an item, what stands below an item, or a paragraph of its own."""
    folded = fold(line)
    match = _ITEM.match(folded)
    if match and paragraphs:
        label = line[match.start("label") : match.end("label")]
        paragraphs[-1].items.append(Item(normal(label), label, line[match.end() :]))
    elif paragraphs and paragraphs[-1].items and re.match(r"\d{1,2}[.、]", folded):
        paragraphs[-1].items[-1].below.append(line)
    else:
        paragraphs.append(Paragraph(len(paragraphs) + 1, line))


def read_paragraphs(text: str) -> list[Paragraph]:
    """Take new words apart, which have no numbers of before.

    >>> found = read_paragraphs("分为：\\n（一）甲；\\n（二）乙。\\n丙。")
    >>> [(each.text, [item.label for item in each.items]) for each in found]
    [('分为：', ['（一）', '（二）']), ('丙。', [])]
    """
    found: list[Paragraph] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        _below(found, line)
    for paragraph in found:
        paragraph.number = None
        for item in paragraph.items:
            item.key = ""
    return found


def without_label(text: str) -> tuple[str | None, str]:
    """Return the normalised label of an article or item at the head of words, and the words without it.

    >>> without_label("第二十条　居住证"), without_label("（四）甲"), without_label("甲")
    (('第二十条', '居住证'), ('(四)', '甲'), (None, '甲'))
    """
    folded = fold(text)
    match = _ARTICLE.match(folded) or _ITEM.match(folded)
    return (normal(text[match.start("label") : match.end("label")]), text[match.end() :]) if match else (None, text)


def normal(label: str) -> str:
    """Return a label in the form in which addresses have it.

    >>> normal("第 12 条"), normal("（三）"), normal("第三条之一")
    ('第十二条', '(三)', '第三条之一')
    """
    folded = fold(label).replace(" ", "")
    return _NUMBER.sub(lambda match: chinese(value(match.group())), folded, count=1)


def value(label: str) -> int:
    """Return the number in a label.

    >>> value("第十二条"), value("（三）")
    (12, 3)
    """
    match = _NUMBER.search(fold(label))
    number = parse_number(match.group()) if match else None
    return int(number) if number is not None else 0


def numbered(label: str, number: int) -> str:
    """Return a label as it is written with another number.

    >>> numbered("第十二条", 13), numbered("（3）", 4)
    ('第十三条', '（4）')
    """
    match = _NUMBER.search(label)
    if match is None:
        return label
    new = str(number) if match.group().isdigit() else chinese(number)
    return label[: match.start()] + new + label[match.end() :]


def doubled(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the labels that stand twice, in their order.

    >>> doubled(["第一条", "第二条", "第一条"])
    ('第一条',)
    """
    seen: set[str] = set()
    found: dict[str, None] = {}
    for label in labels:
        if label in seen:
            found[label] = None
        seen.add(label)
    return tuple(found)
