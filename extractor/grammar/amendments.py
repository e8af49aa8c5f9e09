"""Instructions of a decision that amends another text: 第九条修改为, 增加一条, 删去第七条 (V06).

What is quoted is put out of sight first, so that its words are not taken for instructions. The forms are those of the
legislative drafting rules (立法技术规范) and of decisions in use; what looks like an instruction and is in none of them
is returned as ``unread``, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from extractor.model import Address, Operation
from extractor.model.amendment import OperationKind
from extractor.text.fold import fold
from extractor.text.labels import chinese
from extractor.text.numerals import parse_number

_HIDDEN = "\ue000"
"""Stands for each quoted character, so that offsets stay."""
_TAKEN = "\ue001"
"""Stands for each character of an instruction that is read."""
_CN = r"(?:[一二三四五六七八九十百千零〇]{1,9}|\d{1,4})"
_ARTICLE = rf"第{_CN}条(?:之[一二三四五六七八九十])?"
_ITEM = rf"(?:第?\({_CN}\)项?|第{_CN}项)"
_ADDRESS = rf"(?:{_ARTICLE}(?:第{_CN}款)?{_ITEM}?|第{_CN}款{_ITEM}?|{_ITEM}|第{_CN}[章节])"
_LIST = rf"{_ADDRESS}(?:(?:、|以及|[和及与至]){_ADDRESS})*"
_ALONE = r"(?<![、和及与至])"
"""Before an address that must not be the last of a list of which the form takes one."""
_QUOTED = rf"“{_HIDDEN}*”"
_QUOTES = rf"{_QUOTED}(?:\s*[、,;和及]?\s*{_QUOTED})*"
_BECOMES = r"(?:修改为|修改成|修订为|修正为|调整为|替换为|改为)"
_ALL = r"(?:均|都|统一|一律|全部)"
_WORD = r"(?:一词|字样|的?表述)?"
_GO = r"删[去除掉]"
_PAIR = rf"{_QUOTED}{_WORD}(?:{_ALL}|分别)*{_BECOMES}{_QUOTED}"
_OWN = r"[一-鿿]{0,6}(?:全文|文中|条例|办法|规定|规则|细则|方案|意见)"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.VERBOSE))
    for name, pattern in (
        (
            "split",
            rf"将?(?P<target>{_ARTICLE})[改分]为[二两三四]条,?(?:分别)?作为(?P<places>{_LIST})"
            rf"(?:,?(?:分别)?修改为)?[:,]*\s*(?P<texts>{_QUOTES})",
        ),
        (
            "renumber",
            rf"将?原?(?P<target>{_LIST})(?:依次|分别|相应)?改为(?P<places>{_LIST})(?:[,:]*(?:并?修改为)?[:,]*\s*(?P<texts>{_QUOTED}))?",
        ),
        (
            "add",
            rf"(?:{_ALONE}在?(?P<target>{_ADDRESS})(?P<after>[之以]?后)?[面中]?,?)?增加[一二两三四五六七八九十\d](?P<what>[条款项])"
            rf"(?:,?(?:分别)?作为(?:该条|本条|该款)?的?(?P<places>{_LIST}))?(?:,?内容为)?[:,]*\s*(?P<texts>{_QUOTES})?",
        ),
        (
            "insert-words",
            rf"[将在]?(?P<target>{_ADDRESS})?中?的?(?P<words>{_QUOTED}){_WORD}[之以]?(?P<side>[后前])面?(?:增加|加上|加入|添加)(?P<texts>{_QUOTED})",
        ),
        (
            "replace-words",
            rf"将?(?:(?P<target>{_LIST})|{_OWN})?[中里]?的?(?P<pairs>{_PAIR}(?:\s*[、,;](?:将|并将)?(?:其中的)?{_PAIR})*)",
        ),
        ("delete-words", rf"(?:{_GO}(?P<target>{_LIST})?[中里]?的?(?P<words>{_QUOTES}))"),
        ("delete-words", rf"将?(?P<target>{_LIST})?[中里]?的?(?P<words>{_QUOTES}){_WORD}(?:予以)?{_GO}"),
        ("replace", rf"{_ALONE}将?(?P<target>{_ADDRESS})(?:的?内容)?{_BECOMES}[:,]*\s*(?P<texts>{_QUOTED})"),
        ("delete", rf"{_GO}(?P<target>{_LIST})(?=[。;,\s]|$)"),
        ("delete", rf"将?(?P<target>{_LIST})(?:予以)?{_GO}(?=[。;,\s]|$)"),
        (
            "reorder",
            r"(?:条文|条款|章节|序号|各[条款项]|其[余后][条款项文]|以下[各条款项])[^,。;:\n]{0,12}(?:调整|顺延)"
            r"|(?:相应|依次|作相应)顺延",
        ),
        ("repeal", r"(?P<title>《[^《》\n]+》)(?:\([^()\n]*\))?[^。;\n《》]{0,12}废止"),
        ("repeal", r"废止(?P<title>《[^《》\n]+》)"),
    )
)
_OTHERS = "".join(f"(?<!{word})" for word in ("根据", "依据", "依照", "按照", "违反", "废止"))
_NAMED = re.compile(
    rf"(?:(?<=修改)|(?<=修订))《(?P<of>[^《》\n]+)》"
    rf"|{_OTHERS}《(?P<title>[^《》\n]+)》(?=(?:\([^()\n]*\))*(?:[的中里]{{0,2}}第|[的中里]{{0,2}}“|作|[进实]行|做|予以|修[改订]"
    rf"|的?[有部个]|:|\s*\n))"
)
"""The title of a text of which it is said what is changed in it; a law that something is based on is none."""
_LEVELS: dict[str, Literal["article", "paragraph", "item"]] = {"条": "article", "款": "paragraph", "项": "item"}
_ADDRESSES = re.compile(_ADDRESS)
_PARTS = re.compile(
    rf"(?P<article>{_ARTICLE}|第{_CN}[章节])?(?:第(?P<paragraph>{_CN})款)?(?P<item>{_ITEM})?",
)
_NUMBER = re.compile(_CN)
_QUOTATION = re.compile(_QUOTED)
_LOOKS_LIKE_ONE = re.compile(rf"{_GO}|增加[一二两三四五六七八九十\d]*[条款项]|废止|(?:修改|改|调整)[为成]")
_SENTENCE = re.compile(r"[^。;\n]+")
_NEW_POINT = re.compile(
    r"(?m)^[ \t]*(?:[一二三四五六七八九十]{1,4}、|\([一二三四五六七八九十]{1,4}\)(?!项)|\d{1,3}[.、])"
)
_CONTINUED = re.compile(r"\n\s*[“\"]?\s*")
_CLOSED = re.compile(r"[ \t]*(?:[。;；,，]|\n|$)")


def find_operations(text: str) -> tuple[Operation, ...]:
    """The instructions of a decision, in its order; spans point into ``text``.

    An address without its article (第二款修改为) takes that of the instruction before it under the same point.

    >>> found = find_operations("一、将第九条中的“三日”修改为“五日”。二、删去第七条。三、增加一条，作为第八条：“新。”")
    >>> [(each.kind, each.target and each.target.article, each.words, each.text) for each in found]
    [('replace-words', '第九条', '三日', '五日'), ('delete', '第七条', None, None), ('add', None, None, '新。')]
    >>> [each.kind for each in find_operations("本办法自公布之日起施行。")]
    []
    """
    masked = rest = _masked(_paired(fold(text)))
    points = [point.start() for point in _NEW_POINT.finditer(masked)]
    rest = _NEW_POINT.sub(lambda point: _TAKEN * len(point.group()), rest)
    claimed: list[tuple[str, re.Match[str]]] = []
    for name, pattern in _FORMS:
        # What a form has taken is out of sight for those behind it.
        for match in pattern.finditer(rest):
            claimed.append((name, match))
            rest = rest[: match.start()] + _TAKEN * (match.end() - match.start()) + rest[match.end() :]
    found: list[tuple[int, Operation]] = []
    context: Address | None = None
    last = 0
    for name, match in sorted(claimed, key=lambda each: each[1].start()):
        if any(last < point <= match.start() for point in points):
            context = None
        last = match.start()
        for operation in _read(name, match, text, context):
            found.append((match.start(), operation))
            if operation.target is not None and operation.target.article:
                context = operation.target
    found += ((span[0], Operation(kind="unread", span=span)) for span in _left(rest))
    found.sort(key=lambda each: each[0])
    titles = [(named.start(), named["of"] or named["title"]) for named in _NAMED.finditer(masked)]
    return tuple(
        replace(operation, said=text[slice(*operation.span)], of=_before(titles, at)) for at, operation in found
    )


def _before(titles: Sequence[tuple[int, str]], at: int) -> str | None:
    """The title that was named last."""
    return next((title for start, title in reversed(titles) if start <= at), None)


def _paired(folded: str) -> str:
    """The text with curly marks where it has straight ones."""
    if '"' not in folded:
        return folded
    parts = folded.split('"')
    return "".join(part + ("" if at == len(parts) - 1 else "“”"[at % 2]) for at, part in enumerate(parts))


def _masked(folded: str) -> str:
    """The text with what is quoted hidden; a quotation runs over paragraphs that begin with “ too."""
    letters = list(folded)
    depth = start = 0
    for at, char in enumerate(folded):
        if char == "“":
            again = depth == 1 and not folded[folded.rfind("\n", 0, at) + 1 : at].strip()
            if depth == 0:
                start = at
            depth += not again
        elif char == "”" and depth:
            # Over several paragraphs only what ends a paragraph or a sentence closes the quotation.
            ends = folded[at - 1] in "。;" or _CLOSED.match(folded, at + 1)
            if depth == 1 and "\n" in folded[start:at] and not ends:
                continue
            depth -= 1
            if depth == 0:
                letters[start + 1 : at] = _HIDDEN * (at - start - 1)
    return "".join(letters)


def _left(rest: str) -> Iterator[tuple[int, int]]:
    """Sentences of which a part that looks like an instruction is in no form."""
    for sentence in _SENTENCE.finditer(rest):
        words = sentence.group()
        if _LOOKS_LIKE_ONE.search(words):
            yield sentence.start() + len(words) - len(words.lstrip()), sentence.start() + len(words.rstrip())


def _read(name: str, match: re.Match[str], text: str, context: Address | None) -> Iterator[Operation]:
    """The operations that one form says."""
    group = match.groupdict()
    targets = _addresses(group.get("target") or "", context)
    places = _addresses(group.get("places") or "", None)
    texts = _quoted(text, match, "texts")
    if name == "renumber":
        if len(targets) != len(places):
            yield Operation(kind="unread", span=match.span())
            return
        for target, place in zip(targets, places, strict=True):
            yield Operation(kind="renumber", span=match.span(), target=target, places=(place,))
        if texts:
            yield Operation(kind="replace", span=match.span(), target=targets[-1], text=texts[0])
    elif name == "replace-words":
        pairs = _quoted(text, match, "pairs")
        everywhere = re.search(_ALL, match["pairs"]) is not None
        kind: OperationKind = "replace-words" if targets or not everywhere else "replace-everywhere"
        holders: tuple[Address | None, ...] = targets or (context if kind == "replace-words" else None,)
        for holder in holders:
            for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                yield Operation(kind=kind, span=match.span(), target=holder, words=old, text=new, everywhere=everywhere)
    elif name == "delete-words":
        for where in targets or (context,):
            for words in _quoted(text, match, "words"):
                yield Operation(kind="delete-words", span=match.span(), target=where, words=words)
    elif name == "insert-words":
        [words] = _quoted(text, match, "words")
        new = words + texts[0] if match["side"] == "后" else texts[0] + words
        beside = targets[0] if targets else context
        yield Operation(kind="insert-words", span=match.span(), target=beside, words=words, text=new)
    elif name == "delete":
        for target in targets:
            yield Operation(kind="delete", span=match.span(), target=target)
    elif name == "repeal":
        yield Operation(kind="repeal", span=match.span(), words=text[slice(*match.span("title"))].strip("《》"))
    elif name == "reorder":
        yield Operation(kind="reorder", span=match.span())
    else:
        yield from _with_text(name, match, (targets, places, texts), context)


def _with_text(
    name: str,
    match: re.Match[str],
    said: tuple[tuple[Address, ...], tuple[Address, ...], tuple[str, ...]],
    context: Address | None,
) -> Iterator[Operation]:
    """What adds, splits or replaces provisions."""
    targets, places, texts = said
    target = targets[0] if targets else None
    behind = name == "add" and bool(match["after"])
    if name == "add" and match["what"] != "条" and target is None:
        # 增加一款，作为第十二条第二款: in the article just spoken of, or in the one that is named.
        target = context or (Address(article=places[0].article, paragraph=places[0].paragraph) if places else None)
        if target is not None and match["what"] == "款":
            target = Address(article=target.article)
    kind: OperationKind = "replace" if name == "replace" else "split" if name == "split" else "add"
    yield Operation(
        kind=kind,
        span=match.span(),
        target=target,
        places=places,
        after=behind,
        level=_LEVELS[match["what"]] if name == "add" else None,
        text="\n".join(texts) if texts else None,
    )


def _addresses(written: str, context: Address | None) -> tuple[Address, ...]:
    """The provisions of a list; one without its article is in that of the one before it."""
    found: list[Address] = []
    end = 0
    for match in _ADDRESSES.finditer(written):
        parts = _PARTS.fullmatch(match.group())
        if parts is None:
            continue
        before = found[-1] if found else context
        article = _label(parts["article"]) if parts["article"] else before.article if before else None
        paragraph = int(parse_number(parts["paragraph"]) or 0) if parts["paragraph"] else None
        if paragraph is None and parts["item"] and not parts["article"] and before:
            paragraph = before.paragraph
        item = f"({_in_chinese(parts['item'])})" if parts["item"] else None
        address = Address(article=article, paragraph=paragraph, item=item)
        if found and written[end : match.start()] == "至":
            found += _between(found[-1], address)
        found.append(address)
        end = match.end()
    return tuple(found)


def _between(first: Address, last: Address) -> Iterator[Address]:
    """The provisions between the two ends of 第八条至第十条."""
    if first.item and last.item:
        for number in range(_value(first.item) + 1, _value(last.item)):
            yield Address(article=last.article, paragraph=last.paragraph, item=f"({chinese(number)})")
    elif first.paragraph and last.paragraph:
        for number in range(first.paragraph + 1, last.paragraph):
            yield Address(article=last.article, paragraph=number)
    elif first.article and last.article:
        for number in range(_value(first.article) + 1, _value(last.article)):
            yield Address(article=f"第{chinese(number)}{last.article[-1]}")


def _value(label: str) -> int:
    number = _NUMBER.search(label)
    return int(parse_number(number.group()) or 0) if number else 0


def _label(written: str) -> str:
    """The normalised label of an article: 第12条 is 第十二条."""
    return _NUMBER.sub(lambda number: _in_chinese(number.group()), written, count=1)


def _in_chinese(written: str) -> str:
    number = _NUMBER.search(written)
    value = parse_number(number.group()) if number else None
    return chinese(int(value)) if value is not None else written


def _quoted(text: str, match: re.Match[str], key: str) -> tuple[str, ...]:
    """What is quoted in a group of a form, as the source has it: a paragraph a line, without marks of continuation."""
    if not match.groupdict().get(key):
        return ()
    found = (quotation.span() for quotation in _QUOTATION.finditer(match.string, *match.span(key)))
    return tuple(_CONTINUED.sub("\n", text[start + 1 : end - 1]).strip() for start, end in found)
