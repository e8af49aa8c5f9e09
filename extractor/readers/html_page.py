"""Bytes → the tree of a web page: encoding by the bytes, `<街道>` kept, declarations that would mislead taken off."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree

from extractor.errors import DamagedInputError, EmptyInputError
from extractor.readers.encoding import Decoded, decode

META_HEAD = 4096
"""Bytes in which a page says its encoding; browsers look no further than 1024, saved pages begin with comments."""
MAX_NAMED = 5
"""Frames that an error message names."""

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
# R06: to a browser `<` begins a tag before a letter only; `<街道>`, `<5%` and `</街道>` are text. A letter may begin
# such a word too (`<A类>`), which no tag of HTML does.
_NOT_A_TAG = re.compile(r"<(?:(?![A-Za-z/!?])|(?=/[^A-Za-z])|(?=/?[A-Za-z][A-Za-z0-9]{0,20}[〇一-鿿（《“〔]))")
# Pages of old editors open <font> and <b> for each paragraph and close none, thousands deep.
_FORMATTING = re.compile(r"</?(?:font|b|i|u|em|strong|span|big|small)(?:\s[^<>]{0,2000})?>", re.IGNORECASE)


_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|width\s*:\s*0", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as a tree."""

    root: Any
    """The html element (lxml)."""
    encoding: str


def parse(data: bytes, name: str) -> Page:
    """Decode and parse a web page.

    Raises:
        DamagedInputError: the bytes are text in no encoding that is known, or no element can be found in them.
        EmptyInputError: the page is empty.

    >>> page = parse("<p>各镇<街道>、&lt;区&gt;，<5%".encode("gb18030"), "a.html")
    >>> page.encoding, page.root.text_content()
    ('gb18030', '各镇<街道>、<区>，<5%')
    """
    decoded = _decode(data, name)
    text = decoded.text.replace("\x00", "\ufffd")
    declaration = _XML.match(text)
    if declaration:
        text = text[declaration.end() :]
    if not text.strip():
        raise EmptyInputError(f"{name}: the page is empty")
    text = _NOT_A_TAG.sub("&lt;", text)
    root = _tree(text)
    if root is None:
        root = _tree(_FORMATTING.sub("", text))
    if root is None:
        raise DamagedInputError(f"{name}: this is no web page that can be read; save the page again in a browser")
    return Page(root, decoded.encoding)


def _tree(text: str) -> Any:
    """The root of the tree, or None where the parser gives up: it does on thousands of elements one in the other."""
    parser = lxml.html.HTMLParser(huge_tree=True, remove_pis=True, recover=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except etree.ParserError:  # comments only
        return lxml.html.document_fromstring("<html></html>")
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    cut = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return None if cut else root


def _decode(data: bytes, name: str) -> Decoded:
    """Bytes decide, whatever the page says of itself; its word counts where they only let guess."""
    error: DamagedInputError | None = None
    try:
        decoded = decode(data, name)
    except DamagedInputError as damage:
        error = damage
    else:
        if not decoded.diagnostics:
            return decoded
    said = _META.search(data[:META_HEAD])
    if said is not None:
        try:
            codec = codecs.lookup(said[1].decode("ascii")).name.replace("_", "-")
            return Decoded(data.decode(codec), codec)
        except (LookupError, UnicodeError):
            pass
    if error is not None:
        raise error
    return decoded


def frames(root: Any) -> tuple[str, ...]:
    """Addresses of the frames of a page that may hold its text, in order.

    >>> frames(lxml.html.document_fromstring("<frameset><frame src='m.html'><frame src='t.html'></frameset>"))
    ('m.html', 't.html')
    """
    found: dict[str, None] = {}
    for frame in root.iter("frame", "iframe"):
        address = unquote(str(frame.get("src") or "").strip())
        unseen = _UNSEEN.search(frame.get("style") or "") is not None or frame.get("width") == "0"
        if address and not unseen and not address.startswith(("about:", "javascript:")):
            found.setdefault(address)
    return tuple(found)


def no_text(root: Any, name: str) -> EmptyInputError:
    """The error for a page without text; it names the frames where the text may be."""
    addresses = frames(root)
    if not addresses:
        return EmptyInputError(f"{name}: the page holds no text; if a script loads it, save the page from a browser")
    more = "" if len(addresses) <= MAX_NAMED else f" and {len(addresses) - MAX_NAMED} more"
    listed = ", ".join(addresses[:MAX_NAMED]) + more
    return EmptyInputError(f"{name}: the page holds frames only, its text is in {listed}: save and parse that page")
