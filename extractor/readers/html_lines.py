"""The tree of a web page → its lines as a browser shows them, with the element that each stands in.

All text of the page comes back: what is hidden is marked, nothing is judged here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from extractor.model.source import RemovedKind

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "title", "tr", "ul",
))
_NO_TEXT = frozenset((
    "script", "style", "link", "meta", "object", "embed", "svg", "math", "canvas", "audio", "video", "map",
))
"""What stands in these is code or a picture, no text."""
_CONTROLS = frozenset((
    "select", "textarea", "button", "noscript", "noframes", "template", "datalist", "title",
))
# fmt: on
"""What stands in these is shown as a control, or not at all."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|table|flex|list-item)", re.IGNORECASE)
_AS_TYPED = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)

_WIDE = (
    r"\u1100-\u115f\u2014\u2018-\u201d\u2026\u2460-\u24ff\u2e80-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_RUN = re.compile(r"[ \t\f\r\n]{2,}|[\t\f\r\n]")
_SOFT = re.compile(rf"\n(?=[{_WIDE}])|(?<=[{_WIDE}])\n")
_ROWS = frozenset(("tr", "dl", "ul", "li"))
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SPACE = " \t\f\r\n"


@dataclass(slots=True)
class Line:
    """A line as a browser shows it, before it is known what belongs to the document."""

    text: str
    path: str
    node: int
    """Index of the innermost block that it stands in."""
    link: int
    """Characters of it that are links."""
    hidden: bool
    removed: RemovedKind | None = None
    parts: list[tuple[int, str]] = field(default_factory=list)
    """Offset and path of each line that was joined to this one."""


@dataclass(slots=True)
class Node:
    """A block of the page, and the lines that it covers."""

    element: Any
    tag: str
    parent: int
    path: str
    first: int
    last: int = -1


@dataclass(slots=True)
class Lines:
    """Lines and blocks of a page, both in document order."""

    lines: list[Line] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def lines_of(root: Any) -> Lines:
    """Every line of a page. Paths are XPaths, in the tree as it was sent, of the block that holds the line.

    >>> import lxml.html
    >>> page = lines_of(lxml.html.document_fromstring("<p>第一\\n条<br>共 <b> 3</b> 项<i hidden>x</i></p>"))
    >>> [(line.text, line.path, line.hidden) for line in page.lines]  # doctest: +NORMALIZE_WHITESPACE
    [('第一条', '/html/body/p[1]', False), ('共 3 项', '/html/body/p[1]', False), ('x', '/html/body/p[1]', True)]
    """
    return _Walk().run(root)


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    tag: str
    path: str
    counts: dict[str, int]
    hides: bool
    link: bool
    typed: bool
    node: int
    """Index of its own node, or -1 for what is no block."""


class _Walk:
    def __init__(self) -> None:
        self.page = Lines()
        self.open: list[_Open] = []
        self.parts: list[str] = []
        self.linked = 0
        self.secret: list[str] = []
        self.pending: list[Line] = []
        self.hiding = 0
        self.links = 0
        self.typed = 0
        self.nodes: list[int] = []

    def run(self, root: Any) -> Lines:
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walker:
            if event == "start":
                self.start(element, walker)
            elif event == "end":
                self.end(element)
            else:
                self.text(element.tail)
        self.flush()
        return self.page

    def start(self, element: Any, walker: Any) -> None:
        tag = element.tag
        parent = self.open[-1] if self.open else None
        if parent is None:
            path = f"/{tag}"
        else:
            count = parent.counts[tag] = parent.counts.get(tag, 0) + 1
            path = f"{parent.path}/{tag}" if tag in ("body", "head") else f"{parent.path}/{tag}[{count}]"
        if tag in _NO_TEXT:
            walker.skip_subtree()
            self.open.append(_Open(tag, path, {}, False, False, False, -1))
            return
        style = element.get("style") or ""
        hides = tag in _CONTROLS or element.get("hidden") is not None or bool(style and _HIDING.search(style))
        link = tag == "a" and element.get("href") is not None
        typed = tag == "pre" or bool(style and _AS_TYPED.search(style))
        block = tag in _BLOCKS or bool(style and _AS_BLOCK.search(style))
        node = -1
        if hides:
            self.hiding += 1
        elif block and not self.hiding:
            self.flush()
            node = len(self.page.nodes)
            self.page.nodes.append(Node(element, tag, self.nodes[-1] if self.nodes else -1, path, len(self.page.lines)))
            self.nodes.append(node)
        elif tag == "br" and not self.hiding:
            self.flush()
        if self.hiding and (block or tag == "br"):
            self.flush_secret()
        self.links += link
        self.typed += typed
        self.open.append(_Open(tag, path, {}, hides, link, typed, node))
        if tag in ("sup", "sub"):
            self.raised(tag, element.text)
        else:
            self.text(element.text)

    def end(self, element: Any) -> None:
        closed = self.open.pop()
        self.links -= closed.link
        self.typed -= closed.typed
        if self.hiding and (closed.hides or closed.tag in _BLOCKS):
            self.flush_secret()
        self.hiding -= closed.hides
        if closed.hides and not self.hiding and not "".join(self.parts).strip():
            self.page.lines.extend(self.pending)
            self.pending.clear()
        if closed.node >= 0:
            self.flush()
            self.page.nodes[closed.node].last = len(self.page.lines)
            self.nodes.pop()
        self.text(element.tail)

    def raised(self, tag: str, text: str | None) -> None:
        """A raised digit behind a digit is a power (10⁴) and written so: as a plain digit it would alter the number."""
        if tag == "sup" and text and self.parts and self.parts[-1][-1:].isdecimal() and text.strip()[:1].isdecimal():
            text = text.translate(_SUPERSCRIPT)
        self.text(text)

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self.hiding:
            self.secret.append(text)
            return
        if self.typed and "\n" in text:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.put(first)
            for line in rest:
                self.flush()
                self.put(line)
            return
        self.put(text)

    def put(self, text: str) -> None:
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def flush(self) -> None:
        if self.parts:
            raw = "".join(self.parts)
            self.parts.clear()
            text = raw.rstrip(_SPACE) if self.typed else shown(raw)
            if text.strip():
                self.page.lines.append(Line(text, *self.holder(), min(self.linked, len(text)), hidden=False))
        self.linked = 0
        if self.pending:
            self.page.lines.extend(self.pending)
            self.pending.clear()

    def flush_secret(self) -> None:
        if not self.secret:
            return
        text = shown("".join(self.secret))
        self.secret.clear()
        if text.strip():
            self.pending.append(Line(text, *self.holder(), 0, hidden=True, removed="chrome"))

    def holder(self) -> tuple[str, int]:
        """The innermost block that is open: its path and its index."""
        return (self.page.nodes[self.nodes[-1]].path, self.nodes[-1]) if self.nodes else ("", -1)


def row_of(page: Lines, node: int) -> int:
    """The row (tr, dl, ul, li) that a block stands in, as an index of the nodes; -1 where there is none."""
    while node >= 0 and page.nodes[node].tag not in _ROWS:
        node = page.nodes[node].parent
    return node


def shown(raw: str) -> str:
    r"""Text with white space as a browser shows it; no-break and ideographic spaces are characters and stay.

    >>> shown(" 到2025\n   年， 新增\t 3 个\n"), shown("\u3000\u3000渝府发\n 〔2015〕\n 54号"), shown("a\nb")
    ('到2025年， 新增 3 个', '\u3000\u3000渝府发〔2015〕54号', 'a b')
    """
    text = raw.strip(_SPACE)
    if _RUN.search(text) is None:
        return text
    text = _RUN.sub(lambda run: "\n" if "\n" in run[0] or "\r" in run[0] else " ", text)
    return _SOFT.sub("", text).replace("\n", " ")
