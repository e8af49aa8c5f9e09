"""Instructions of a decision carried out in a text, one after another; what cannot be is told and left undone.

Numbers in a decision are those of the text before it; those after 作为 and 改为 are those of the text that comes out.
So targets keep their old numbers until the end, and articles are numbered again only where the decision says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.changes.articles import (
    Article,
    Articles,
    Item,
    Paragraph,
    doubled,
    normal,
    numbered,
    read_articles,
    read_paragraphs,
    value,
    without_label,
)
from extractor.model import Address, Operation, Outcome
from extractor.model.amendment import RefusedReason
from extractor.text.fold import fold

_LEADS = "：:"
_DONE = None
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Applied:
    """A text after the instructions, and what became of each."""

    text: str
    outcomes: tuple[Outcome, ...]
    doubled: tuple[str, ...]
    """Numbers of articles that two of them bear."""


def apply(operations: Sequence[Operation], base: str, title: str | None = None) -> Applied:
    """Carry out the instructions of a decision in a text of articles.

    Nothing is guessed: where a target is missing, where words stand nowhere or in several places, where a number would
    not be the one that the decision gives, the instruction is refused with its reason and the text stays as it is.

    Args:
        operations: the instructions, in their order.
        base: the text, a paragraph a line.
        title: of the text; instructions for one of another title are left.

    >>> from extractor.grammar.amendments import find_operations
    >>> base = "第一条　为了甲。\\n第二条　期限为三日。\\n第三条　由乙负责。\\n"
    >>> said = "一、将第二条中的“三日”修改为“五日”。二、删去第三条。三、删去第九条。"
    >>> amended = apply(find_operations(said), base)
    >>> amended.text
    '第一条　为了甲。\\n第二条　期限为五日。\\n'
    >>> [outcome.reason for outcome in amended.outcomes]
    [None, None, 'target-missing']
    """
    refused: dict[int, RefusedReason] = {
        at: "not-of-this-text" for at, each in enumerate(operations) if not _is_of(each, title)
    }
    mine = [each for at, each in enumerate(operations) if at not in refused]
    while True:
        work = _Work(read_articles(base), mine, title)
        reasons = {at: refused.get(at) or work.carry_out(each) for at, each in enumerate(operations)}
        work.number()
        wrong = [at for at, each in enumerate(operations) if reasons[at] is None and not work.bears(each)]
        if not wrong:
            break
        # What does not get its number is left out, and the rest is done again without it.
        refused[wrong[0]] = "number-differs"
    outcomes = tuple(Outcome(operation=each, reason=reasons[at]) for at, each in enumerate(operations))
    labels = (normal(article.label) for article in work.whole.articles)
    return Applied(text=work.whole.write(), outcomes=outcomes, doubled=doubled(labels))


def _is_of(operation: Operation, title: str | None) -> bool:
    """Tell whether an instruction is for a text of a title, which may be named in short; yes where it is not said."""
    return operation.of is None or title is None or _is_title(operation.of, title)


def _is_title(named: str, title: str) -> bool:
    one, other = (_NO_WORD.sub("", fold(each)) for each in (named, title))
    return one in other or other in one


class _Work:
    """A text while it is being changed."""

    def __init__(self, whole: Articles, operations: Sequence[Operation], title: str | None) -> None:
        self.whole = whole
        self._title = title
        self._reorder = any(each.kind == "reorder" for each in operations)
        self._renumbered = {
            (each.target.article, each.target.item)
            for each in operations
            if each.kind == "renumber" and each.target is not None and each.target.item
        }
        self._loose: list[Paragraph] = []
        """Paragraphs whose items no longer run on."""
        self._of: dict[int, list[Article]] = {}
        """The articles that an instruction made or gave a number, by its identity."""

    def carry_out(self, operation: Operation) -> RefusedReason | None:
        """Do what is said, or return why it is not done."""
        if operation.kind == "reorder":
            return _DONE
        if operation.kind == "repeal":
            itself = self._title is not None and _is_title(operation.words or "", self._title)
            return "text-repealed" if itself else "not-of-this-text"
        if operation.kind == "unread":
            return "not-understood"
        if operation.kind == "add" and operation.level == "article":
            return self._add_articles(operation)
        if operation.kind == "replace-everywhere" or operation.target is None or not operation.target.article:
            return self._words(operation, self.whole.articles) if operation.words else "target-missing"
        article = next((each for each in self.whole.articles if each.key == operation.target.article), None)
        if article is None:
            return "target-missing"
        return self._in(operation, operation.target, article)

    def _in(self, operation: Operation, target: Address, article: Article) -> RefusedReason | None:
        """Do what is said of an article or of a part of it."""
        if operation.kind == "add":
            return self._add_below(operation, target, article)
        if operation.kind == "split":
            return self._split(operation, article)
        if target.paragraph is None and target.item is None:
            return self._whole_article(operation, article)
        places = list(_parts(article, target))
        if len(places) != 1:
            return "target-several" if places else "target-missing"
        paragraph, item = places[0]
        if operation.words is not None:
            return _exchange(operation, [item] if item else [paragraph, *paragraph.items])
        if operation.kind == "delete":
            if item is not None:
                paragraph.items.remove(item)
                self._loose.append(paragraph)
            elif len(article.paragraphs) == 1:
                return "target-missing"  # the only paragraph of an article is the article
            else:
                article.paragraphs.remove(paragraph)
            return _DONE
        if operation.kind == "renumber":
            if item is None or not operation.places[0].item:
                return "not-understood"
            item.label = numbered(item.label, value(operation.places[0].item))
            return _DONE
        return _replace_part(operation, article, paragraph, item)

    def _whole_article(self, operation: Operation, article: Article) -> RefusedReason | None:
        if operation.words is not None:
            return self._words(operation, [article])
        if operation.kind == "delete":
            at = self.whole.articles.index(article)
            behind = self.whole.articles[at + 1].headings if at + 1 < len(self.whole.articles) else self.whole.foot
            behind[:0] = article.headings
            self.whole.articles.remove(article)
            return _DONE
        if operation.kind == "renumber":
            article.claimed = operation.places[0].article
            self._of[id(operation)] = [article]
            return _DONE if article.claimed else "not-understood"
        label, text = without_label(operation.text or "")
        if label is not None and label not in (article.key, article.claimed):
            return "number-differs"
        paragraphs = read_paragraphs(text)
        if not paragraphs:
            return "text-missing"
        article.paragraphs = paragraphs
        return _DONE

    def _words(self, operation: Operation, articles: Sequence[Article]) -> RefusedReason | None:
        holders: list[Paragraph | Item] = []
        for article in articles:
            for paragraph in article.paragraphs:
                holders += [paragraph, *paragraph.items]
        return _exchange(operation, holders)

    def _add_articles(self, operation: Operation) -> RefusedReason | None:
        """One or several articles, behind the one that is named, or where they get the numbers that are given."""
        texts = _by_label(operation.text or "", len(operation.places))
        if texts is None:
            return "text-missing"
        articles = self.whole.articles
        if operation.after and operation.target is not None:
            before = next((each for each in articles if each.key == operation.target.article), None)
            if before is None:
                return "target-missing"
            at = articles.index(before) + 1
        else:
            place = self._place(operation)
            if place is None:
                return "place-missing"
            at = place
        self._insert(operation, at, texts)
        return _DONE

    def _place(self, operation: Operation) -> int | None:
        """Where an article must stand to get its number; None where articles do not run on up to there."""
        if not operation.places or not operation.places[0].article or not self.whole.articles:
            return None
        label = operation.places[0].article
        if "之" in label:
            keys = [each.key for each in self.whole.articles]
            before = label.partition("之")[0]
            return keys.index(before) + 1 if before in keys else None
        at = value(label) - value(self.whole.articles[0].label)
        return at if 0 <= at <= len(self.whole.articles) else None

    def _insert(self, operation: Operation, at: int, texts: Sequence[str]) -> None:
        model = self.whole.articles[min(at, len(self.whole.articles) - 1)]
        made = []
        for offset, text in enumerate(texts):
            claimed = operation.places[offset].article if operation.places else None
            label = claimed or numbered(model.label, value(model.label) + offset + 1)
            made.append(Article(None, label, model.gap, read_paragraphs(text), claimed=claimed))
        self.whole.articles[at:at] = made
        self._of[id(operation)] = made

    def _split(self, operation: Operation, article: Article) -> RefusedReason | None:
        texts = _by_label(operation.text or "", len(operation.places))
        if texts is None or len(texts) < 2:
            return "text-missing"
        at = self.whole.articles.index(article)
        headings = article.headings
        self.whole.articles.remove(article)
        self._insert(operation, at, texts)
        self.whole.articles[at].headings = headings
        return _DONE

    def _add_below(self, operation: Operation, target: Address, article: Article) -> RefusedReason | None:
        """A paragraph or an item more in an article."""
        new = read_paragraphs(operation.text or "")
        place = operation.places[0] if operation.places else None
        if not new:
            return "text-missing"
        if operation.level == "paragraph":
            at: int | None = len(article.paragraphs)
            if operation.after and target.paragraph:
                numbers = [each.number for each in article.paragraphs]
                at = numbers.index(target.paragraph) + 1 if target.paragraph in numbers else None
            elif place is not None and place.paragraph:
                at = place.paragraph - 1 if place.paragraph - 1 <= len(article.paragraphs) else None
            if at is None:
                return "place-missing"
            article.paragraphs[at:at] = new
            return _DONE
        return self._add_item(operation, target, article, place)

    def _add_item(
        self, operation: Operation, target: Address, article: Article, place: Address | None
    ) -> RefusedReason | None:
        number = target.paragraph or (place.paragraph if place else None)
        holders = [each for each in article.paragraphs if each.items and (number is None or each.number == number)]
        if len(holders) != 1:
            return "target-several" if holders else "target-missing"
        items = holders[0].items
        label, text = without_label(operation.text or "")
        wanted = place.item if place and place.item else label
        if wanted is None or (label is not None and label != wanted):
            return "number-differs" if wanted else "place-missing"
        at = value(wanted) - value(items[0].label)
        if not 0 <= at <= len(items):
            return "place-missing"
        later = {(article.key, each.key) for each in items[at:]}
        if later and not self._reorder and not later <= self._renumbered:
            return "number-taken"
        self._loose.append(holders[0])
        items.insert(at, Item("", numbered(items[0].label, value(wanted)), " ".join(text.split("\n"))))
        return _DONE

    def number(self) -> None:
        """Write the numbers: in order where the decision orders it, else those that it gives."""
        articles = self.whole.articles
        if not self._reorder:
            for article in articles:
                article.label = numbered(article.label, value(article.claimed or article.label))
            return
        first = min((value(article.key) for article in articles if article.key), default=1)
        plain = [article for article in articles if "之" not in (article.claimed or article.label)]
        ordered = _in_their_places(plain, first)
        if ordered != plain:
            _keep_headings(plain, ordered)
            self.whole.articles = ordered + [article for article in articles if article not in plain]
        for at, article in enumerate(ordered):
            article.label = numbered(article.label, first + at)
        for paragraph in self._loose:
            for at, item in enumerate(paragraph.items):
                item.label = numbered(item.label, at + 1)

    def bears(self, operation: Operation) -> bool:
        """Tell whether what an instruction made or numbered has the number that it says."""
        made = self._of.get(id(operation), [])
        return all(
            place.article is None or normal(article.label) == place.article
            for article, place in zip(made, operation.places, strict=False)
        )


def _in_their_places(articles: Sequence[Article], first: int) -> list[Article]:
    """Articles in the order of the numbers that they are given; the others fill the places between in their order."""
    places: dict[int, Article] = {}
    for article in articles:
        at = value(article.claimed) - first if article.claimed else -1
        if 0 <= at < len(articles):
            places.setdefault(at, article)
    given = {id(article) for article in places.values()}
    rest = iter([article for article in articles if id(article) not in given])
    return [places[at] if at in places else next(rest) for at in range(len(articles))]


def _keep_headings(before: Sequence[Article], after: Sequence[Article]) -> None:
    """Headings of chapters stay where they are when an article is moved away from below them, or in front of them."""
    places = {id(article): at for at, article in enumerate(after)}
    steady = {id(article) for article in _rising(before, places)}
    for at, article in enumerate(before):
        if article.headings and id(article) not in steady:
            heir = next((each for each in before[at + 1 :] if id(each) in steady), None)
            if heir is not None:
                heir.headings[:0], article.headings = article.headings, []


def _rising(articles: Sequence[Article], places: dict[int, int]) -> list[Article]:
    """The longest run of articles, with gaps, whose places rise: those that were not moved."""
    best: list[list[Article]] = []
    for article in articles:
        at = bisect_left([places[id(run[-1])] for run in best], places[id(article)])
        best[at : at + 1] = [[*(best[at - 1] if at else []), article]]
    return best[-1] if best else []


def _parts(article: Article, target: Address) -> Iterator[tuple[Paragraph, Item | None]]:
    """The paragraphs or items that an address names in an article."""
    for paragraph in article.paragraphs:
        if target.paragraph is not None and paragraph.number != target.paragraph:
            continue
        if target.item is None:
            yield paragraph, None
        else:
            yield from ((paragraph, item) for item in paragraph.items if item.key == target.item)


def _replace_part(
    operation: Operation, article: Article, paragraph: Paragraph, item: Item | None
) -> RefusedReason | None:
    """New words for a paragraph or an item."""
    label, text = without_label(operation.text or "")
    if not text.strip():
        return "text-missing"
    if item is not None:
        if label not in (None, item.key):
            return "number-differs"
        item.text, item.below = " ".join(text.split("\n")), []
        return _DONE
    new = read_paragraphs(operation.text or "")
    # Words that end in a colon introduce the items that stand there.
    if len(new) == 1 and not new[0].items and paragraph.items and new[0].text.endswith(tuple(_LEADS)):
        paragraph.text = new[0].text
        return _DONE
    new[0].number = paragraph.number
    at = article.paragraphs.index(paragraph)
    article.paragraphs[at : at + 1] = new
    return _DONE


def _exchange(operation: Operation, holders: Sequence[Paragraph | Item]) -> RefusedReason | None:
    """Other words for some, which must stand in one place unless the decision says everywhere."""
    wanted = re.compile(re.escape(fold(operation.words or "")))
    if not wanted.pattern:
        return "words-missing"
    found = [(holder, match.span()) for holder in holders for match in wanted.finditer(fold(holder.text))]
    if not found:
        return "words-missing"
    if len(found) > 1 and not operation.everywhere:
        return "words-several"
    for holder, (start, end) in reversed(found):
        holder.text = holder.text[:start] + (operation.text or "") + holder.text[end:]
    return _DONE


def _by_label(text: str, count: int) -> list[str] | None:
    """The words of each of several articles, which begin with their labels; None where there are not as many."""
    if not text:
        return None
    if count <= 1:
        return [without_label(text)[1] if (without_label(text)[0] or "").startswith("第") else text]
    texts: list[list[str]] = []
    for line in text.splitlines():
        label, rest = without_label(line)
        if label is not None and label.startswith("第"):
            texts.append([rest])
        elif texts:
            texts[-1].append(line)
    return ["\n".join(lines) for lines in texts] if len(texts) == count else None
