"""The heading of a clause: the words that name it, apart from the text that they head (L06, L07, S55).

A heading stands alone on the line of the label and does not end like a sentence (一、总体要求), or it is the first
sentence of the item and more follows (1.加快等级医院创建。围绕…). In the second case it must be short, must not rule
(应当, 不得, 给予 …) and count, and most of its siblings must begin in the same way: a list of plain sentences has no
headings, and articles (第X条) mostly have none. A sentence that is the whole of its clause heads nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor import lexicon
from extractor.structure.roles import role_bracket

SHORT = 25
"""Characters of a first sentence that is taken for a heading by itself (L06)."""
LONG = 40
"""… and where most of its siblings have one that is short."""
ALONE = 30
"""Characters of a sentence that stands alone on the line of its label and heads what follows."""
FEW_WORDS = 12
"""Characters of a piece that is no sentence yet: 按时报数 sets no case."""
LINE = 50
"""Characters of a line that stands alone as a heading; longer ones are paragraphs (L07)."""
CLEAR = 20
"""Characters of a first sentence that is a heading whatever its siblings do: no comma, and no word that sets a case."""
COMMON = 0.5
"""Share of the siblings that must have a first sentence like a heading."""
NEARLY_ALL = 0.75
"""… for a sentence that is the whole of its clause: only what nearly all of its siblings do makes it a heading."""
FEW = 3
"""Fewer siblings than this say little: those of the same style in the whole document are asked too."""

_CLOSE = " \t\n。.；;：:，,、"
_BRACKET = re.compile(r"[ \t]*[(\[]([^()\[\]\n]{2,20})[)\]][ \t]*")
_GAP = re.compile(r"(?<=[一-鿿”\")])[ \t]{1,4}(?=[一-鿿“])")
_COLON = re.compile(r"(?P<name>[^:。；;\n]{2,15}):(?=.)")
_STOP = re.compile(r"[。！!?；;\n]")
_NUMBER = re.compile(r"\d(?:(?<=^\d)\d{3} ?年|\d*(?:\.\d+)?(?:%|‰|万|亿|元|个|家|人|天|日|倍|项))")

Form = Literal["line", "alone", "sentence", "bracket", "spaced", "colon", "whole", "none"]


class Opening(Struct, frozen=True, gc=False):
    """How the text after a label begins: the piece that may be its heading and in which form it stands."""

    form: Form
    text: str = ""
    start: int = 0
    """Offset of the piece in the text after the label."""


def opening(folded: str, article: bool, followed: bool) -> Opening:
    """What may be the heading at the beginning of the text after a label.

    ``followed`` says that more of the clause stands on other lines (text or sub-clauses).

    >>> opening("加快医院创建。围绕目标推进。", False, False).text
    '加快医院创建'
    >>> opening("市民政局负责日常工作。", False, False).form
    'whole'
    """
    start = len(folded) - len(folded.lstrip(" \t"))
    body = folded[: role_bracket(folded) or None].rstrip(" \t\n")
    bracketed = _BRACKET.match(folded) if folded[start : start + 1] in ("(", "[") else None
    if bracketed is not None and (article or followed) and (article or not folded[bracketed.end() :].strip()):
        return Opening("bracket", bracketed.group(1), bracketed.start(1))
    stop = _STOP.search(body, start)
    if stop is None:
        return _unstopped(body, start, article, followed)
    rest = body[stop.end() :].strip()
    piece = body[start : stop.start()]
    colon = _COLON.match(body, start) if ":" in piece else None
    if colon is not None and not colon["name"].endswith(_words("announcing")):
        return Opening("colon", colon["name"], start)
    if stop.group() in "；;":
        return Opening("none")
    gap = _GAP.search(piece) if " " in piece or "\t" in piece else None
    if (
        gap is not None
        and gap.start() <= SHORT
        and not re.search(r"[,、:]", piece[: gap.start()])
        and (article or len(piece) > SHORT)
    ):
        return Opening("spaced", piece[: gap.start()], start)
    named = _section().match(piece) if len(piece) > FEW_WORDS else None
    if named is not None:
        return Opening("line", named.group(1), start)
    if rest:
        return Opening("sentence", piece, start)
    return Opening("alone" if followed and not article else "whole", piece, start)


def _unstopped(body: str, start: int, article: bool, followed: bool) -> Opening:
    """A line without a full stop: a heading, unless it is long or breaks off."""
    piece = body[start:]
    if not piece:
        return Opening("none")
    if piece[-1] in ":":
        bare = piece.rstrip(":")
        fit = (
            len(bare) <= 12
            and not bare.endswith(_words("announcing"))
            and not any(w in bare for w in ("下列", "以下", "如下"))
        )
        return Opening("line", bare, start) if fit and not article else Opening("none")
    if piece[-1] in ",、":
        return Opening("none")
    colon = _COLON.match(body, start)
    if colon is not None and not colon["name"].endswith(_words("announcing")):
        return Opening("colon", colon["name"], start)
    return Opening("line" if followed or not article else "whole", piece, start)


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(lexicon.load("clauses")[key])


def heads(opening: Opening) -> bool:
    """Whether a piece looks like a heading by itself: short, one clause, nothing that rules or counts.

    >>> heads(Opening("sentence", "加强组织领导")), heads(Opening("sentence", "申请人应当提交申请书"))
    (True, False)
    """
    piece = opening.text
    if opening.form == "none":
        return False
    if opening.form == "bracket":
        return True
    if opening.form == "alone":
        cases = len(piece) > FEW_WORDS and piece.startswith(_words("cases"))
        return len(piece) <= ALONE and _ruling().search(piece) is None and not cases
    if opening.form == "line":
        return len(piece) <= LINE and not any(word in piece for word in ("应当", "不得", "的,"))
    return len(piece) <= SHORT and not _rules(piece)


@cache
def _section() -> re.Pattern[str]:
    """The name of a section glued to the sentence under it: 一、指导思想以…为指导."""
    names, openers = ("|".join(map(re.escape, _words(key))) for key in ("sections", "openers"))
    return re.compile(rf"({names})(?=(?:{openers}|\d{{4}}))")


def _clear(piece: str) -> bool:
    return len(piece) <= CLEAR and "," not in piece and not piece.startswith(_words("cases")) and not _rules(piece)


@cache
def _ruling() -> re.Pattern[str]:
    # 给予 rules in a sentence (符合条件的给予补贴), and heads at its beginning (给予房租补贴).
    grants = rf"(?<!^)(?:{'|'.join(map(re.escape, _words('grants')))})"
    return re.compile("|".join([grants, *map(re.escape, _words("ruling"))]))


def _rules(piece: str) -> bool:
    return _ruling().search(piece) is not None or _NUMBER.search(piece) is not None or piece.count(",") > 1


class Tally:
    """How often the clauses of a run, or of a style, begin with a heading in each form."""

    def __init__(self) -> None:
        self.total = 0
        self.headed: defaultdict[Form, int] = defaultdict(int)

    def add(self, opening: Opening, headed: bool) -> None:
        """Count one more clause; ``headed`` says what :func:`heads` says of its opening."""
        self.total += 1
        if headed:
            self.headed[opening.form] += 1

    def share(self, form: Form, least: int) -> float:
        """The share that begins with a heading in the same way; 0 where there are fewer than ``least``."""
        if self.total < max(least, 1):
            return 0.0
        same = "sentence" if form == "whole" else form
        alike = self.headed["line"] + self.headed["alone"]
        return (alike if same in ("line", "alone") else alike + self.headed[same]) / self.total


def choose(opening: Opening, headed: bool, run: Tally, style: Tally, article: bool) -> bool:
    """Whether ``opening`` is the heading of its clause, given those of its run and of its style.

    ``headed`` says what :func:`heads` says of it.
    """
    if opening.form in ("line", "alone", "bracket"):
        # The line of an article that ends without a stop may be one that a page broke: its siblings must agree.
        return headed and (not article or run.share(opening.form, 1) >= COMMON)
    if opening.form == "none":
        return False
    near = run.share(opening.form, FEW)
    if opening.form == "sentence" and len(opening.text) > SHORT:
        return near >= COMMON and len(opening.text) <= LONG and not _rules(opening.text)
    if opening.form == "sentence" and not article and _clear(opening.text):
        return True
    if opening.form == "whole":
        return near >= NEARLY_ALL and headed
    return headed and max(near, style.share(opening.form, 1)) >= COMMON


def trim(piece: str) -> str:
    """A heading without final punctuation and line breaks.

    >>> trim("总体要求：")
    '总体要求'
    """
    return piece.replace("\n", "").strip(_CLOSE)
