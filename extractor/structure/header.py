"""Head and tail of a document: title, 文号, 主送, 附件说明, 署名, 成文日期, 附注 (S05–S17, L51–L55)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.grammar.doc_numbers import find_doc_numbers
from extractor.model import BlockKind, DocNumber, Span
from extractor.structure import marks, names
from extractor.structure.boundaries import Start
from extractor.structure.survey import Line, Survey
from extractor.structure.titles import alike
from extractor.text.fold import View

HEAD_LINES = 14
"""Lines after the title among which 文号, notes and addressees stand."""
MOST_SIGNERS = 16
"""Bodies that sign a joint notice at most."""
LONGEST_LIST = 40
"""Lines of the longest list of attachments that is looked through."""

_LEADING_NUMBER = re.compile(r"^\s*(?:[\u4e00-\u9fff]{2,12} ?[\[(] ?(?:19|20)\d\d ?[\])] ?\d{1,5} ?号)(?=\s*\S{8})")
_BRACKETED_NUMBER = re.compile(
    r"\(\s*(?:[\u4e00-\u9fff]{2,12} ?[\[(] ?(?:19|20)\d\d ?[\])] ?\d{1,5} ?号"
    r"|[\u4e00-\u9fff]{2,10}令第\d{1,4}号)\s*\)\s*$"
)
_ITEM = re.compile(r"(?:附件)?\s*\(?\d{1,2}\s*[.、:)]\s*")
_DECOR = "•· \t\n*#\u00a0\u3000\ufeff"
_LEFT_OUT = re.compile(r"略|另附|另发|另行|另印")


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment that a document announces (附件说明)."""

    tight: str
    span: Span
    left_out: bool
    """The text says itself that it is not printed: （略）."""


@dataclass(slots=True)
class Header:
    """What head and tail of a document say, and the kind of each of their lines."""

    start: Start
    first: int
    last: int
    """Lines of the document: ``first`` up to ``last`` (exclusive)."""
    title: str | None = None
    tight_title: str = ""
    genre: str | None = None
    number: DocNumber | None = None
    addressees: list[str] = field(default_factory=list)
    tight_addressees: str = ""
    addressee_spans: list[Span] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    signature: Span | None = None
    date: str | None = None
    date_span: Span | None = None
    head_date: str | None = None
    attached: list[Attached] = field(default_factory=list)
    none_printed: bool = False
    """附件（略）：1.… : no attachment of the list is printed."""
    kinds: dict[int, BlockKind] = field(default_factory=dict)
    """Kind of each line of head and tail."""
    body: int = 0
    body_end: int = 0
    """Lines of the body."""
    body_at: int | None = None
    """Where the body begins inside the line of the addressees, where a line break was lost."""


def read_header(survey: Survey, start: Start, first: int, last: int) -> Header:
    """Read head and tail of the document on the lines ``first`` up to ``last``."""
    header = Header(start, first, last, body_end=last)
    _read_head(survey, header)
    _read_tail(survey, header)
    if header.number is None:
        _number_elsewhere(survey, header)
    return header


def _read_head(survey: Survey, header: Header) -> None:
    lines, title = survey.lines, header.start.title
    i = header.first
    if title is not None:
        while i < title.first:
            _above_title(survey, header, i)
            i += 1
        for i in range(title.first, title.last + 1):
            header.kinds[i] = "title"
        _read_title(survey, header)
        i = title.last + 1
    limit = min(header.last, i + HEAD_LINES)
    while i < limit:
        line = lines[i]
        if line.kind == "addressees":
            i = _read_addressees(survey, header, i)
            break
        kind = _kind_in_head(survey, header, i)
        if kind is None:
            break
        header.kinds[i] = kind
        i += 1
    header.body = i


def _above_title(survey: Survey, header: Header, i: int) -> None:
    line = survey.lines[i]
    repeats = header.start.title.repeats if header.start.title else None
    if line.kind == "number":
        header.kinds[i] = "doc-number"
        _take_number(survey, header, line)
    elif repeats is not None and repeats[0] <= i <= repeats[1]:
        header.kinds[i] = "title"
    else:
        header.kinds[i] = "note" if line.kind == "marker" else "other"


def _kind_in_head(survey: Survey, header: Header, i: int) -> BlockKind | None:
    """The kind of a line between title and body; None where the body begins."""
    line = survey.lines[i]
    kind: BlockKind | None = None
    if line.kind == "number":
        _take_number(survey, header, line)
        kind = "doc-number"
    elif line.kind == "note" or (line.tight.startswith("(") and line.tight.endswith(")") and line.kind == "head"):
        kind = "note"
    elif line.kind in ("chrome", "contact"):
        kind = "other"
    elif line.kind == "date" and header.head_date is None:
        header.head_date = marks.read_date(line.tight)
        kind = "date"
    elif line.kind == "head" and header.tight_title and line.genre and alike(line.tight, header.tight_title):
        kind = "title"
    elif line.kind == "marker" and header.start.title is None:
        kind = "note"
    elif line.kind == "head" and header.start.title is not None and _is_byline(survey, header, i):
        header.issuers.append(names.strip_stamp(_printed(survey, line)))
        kind = "signature"
    return kind


def _is_byline(survey: Survey, header: Header, i: int) -> bool:
    """Whether the names of the authors stand between title and body, on lines that end before a paragraph."""
    lines = survey.lines
    j = i
    while (
        j < min(header.last, i + MOST_SIGNERS)
        and lines[j].kind == "head"
        and lines[j].genre is None
        and names.is_signer(lines[j].tight)
    ):
        j += 1
    return j > i and j < header.last and lines[j].kind in ("text", "label", "date", "number", "addressees")


def _printed(survey: Survey, line: Line) -> str:
    return survey.text[line.start : line.end].strip(_DECOR)


def _read_title(survey: Survey, header: Header) -> None:
    """The title as printed with line breaks removed, without what a compiler added."""
    title = header.start.title
    assert title is not None
    pieces = []
    for i in range(title.first, title.last + 1):
        line = survey.lines[i]
        begin, end = line.start, line.end
        if i == title.first and line.numbered and line.label is not None:
            begin = survey.folded.index(line.folded, begin) + line.label.end
        pieces.append((begin, survey.text[begin:end].strip(_DECOR)))
    printed = "".join(piece for _, piece in pieces)
    folded = "".join(_fold_piece(survey, begin, piece) for begin, piece in pieces)
    tight = re.sub(r"\s", "", folded)
    date = marks.compiled_date(tight)
    if date is not None:
        cut = folded.rfind("(")
        printed, folded = printed[:cut].rstrip(_DECOR), folded[:cut]
        header.head_date = date[1]
    for pattern in (_LEADING_NUMBER, _BRACKETED_NUMBER):
        match = pattern.search(folded)
        if match is not None:
            mention = find_doc_numbers(re.sub(r"\s", "", match.group()))
            if mention and header.number is None:
                printed_number = printed[match.start() : match.end()].strip(_DECOR + "()（）")
                header.number = DocNumber(
                    text=printed_number, code=mention[0].code, year=mention[0].year, serial=mention[0].serial
                )
            printed = (printed[: match.start()] + printed[match.end() :]).strip(_DECOR)
            folded = folded[: match.start()] + folded[match.end() :]
    header.title = printed or None
    header.tight_title = re.sub(r"\s", "", folded)
    header.genre = marks.genre_of(header.tight_title)


def _fold_piece(survey: Survey, begin: int, piece: str) -> str:
    at = survey.text.index(piece, begin) if piece else begin
    return survey.folded[at : at + len(piece)]


def _take_number(survey: Survey, header: Header, line: Line) -> None:
    mark = marks.read_number(line.tight)
    if mark is None or header.number is not None:
        return
    view = View.of(survey.text, line.start, line.end)
    at = view.text.find(line.tight)
    if at < 0:
        return
    span = view.span(at + mark.start, at + mark.end)
    header.number = DocNumber(
        text=survey.text[slice(*span)], code=mark.code, year=mark.year, serial=mark.serial, span=span
    )


def _number_elsewhere(survey: Survey, header: Header) -> None:
    """The 文号 in a box of metadata, where the document prints none of its own (L34)."""
    for i, kind in header.kinds.items():
        line = survey.lines[i]
        if kind != "other" or not (label := re.search(r"(?:发文字号|发文文号|文号)[:\]]?", line.tight)):
            continue
        view = View.of(survey.text, line.start, line.end)
        found = [m for m in find_doc_numbers(view.text) if m.start >= label.end() - 3]
        if found:
            span = view.span(found[0].start, found[0].end)
            header.number = DocNumber(
                text=survey.text[slice(*span)],
                code=found[0].code,
                year=found[0].year,
                serial=found[0].serial,
                span=span,
            )
            return


def _read_addressees(survey: Survey, header: Header, i: int) -> int:
    """Read the addressees from line ``i`` on; returns the first line of the body."""
    lines = survey.lines
    first = i
    while i < header.last and lines[i].kind == "addressees" and not lines[i].colon:
        header.kinds[i] = "addressees"
        i += 1
    line = lines[i]
    start = lines[first].start
    lead = survey.folded.index(line.folded, line.start)
    end = lead + line.colon
    view = View.of(survey.text, start, end - 1)
    tight = view.text.replace("\n", "")
    offsets = [view.offsets[k] for k, c in enumerate(view.text) if c != "\n"]
    header.tight_addressees = tight
    for a, b in names.split_addressees(tight):
        span = (offsets[a], offsets[b - 1] + 1)
        header.addressee_spans.append(span)
        header.addressees.append(re.sub(r"\n", "", survey.text[slice(*span)]).strip(_DECOR))
    header.kinds[i] = "addressees"
    if survey.folded[end : line.end].strip():
        header.body_at = end
    return i + 1


def _read_tail(survey: Survey, header: Header) -> None:
    lines = survey.lines
    i = header.last
    while i > header.body:
        line = lines[i - 1]
        if line.kind in ("note", "chrome", "contact"):
            header.kinds[i - 1] = "other" if line.kind == "chrome" else "note"
            i -= 1
        elif line.kind == "date" and header.date is None and _may_sign(survey, header, i - 1):
            header.kinds[i - 1] = "date"
            header.date = marks.read_date(line.tight)
            header.date_span = _span(survey, line)
            i = _read_signers(survey, header, i - 1)
        elif line.kind in ("head", "text") and header.date is None and _signed_on_one_line(survey, header, line):
            header.kinds[i - 1] = "signature"
            i -= 1
        elif (
            line.kind == "head"
            and header.date is None
            and header.signature is None
            and _signs_alone(survey, header, i - 1)
        ):
            i = _read_signers(survey, header, i)
        else:
            top = _list_of_attachments(survey, header, i) or _copies(survey, header, i)
            if top is None:
                break
            i = top
    header.body_end = i


def _span(survey: Survey, line: Line) -> Span:
    begin = survey.folded.index(line.folded, line.start)
    return begin, begin + len(line.folded)


def _may_sign(survey: Survey, header: Header, at: int) -> bool:
    """Whether a date line is a 成文日期: the last lines of the document, below a signer or a closed sentence."""
    above = survey.lines[at - 1] if at > header.body else None
    return above is None or above.kind != "table"


def _read_signers(survey: Survey, header: Header, i: int) -> int:
    """Read the names above line ``i``; returns the first of their lines."""
    lines = survey.lines
    found: list[tuple[Span, str]] = []
    while i > header.body and len(found) < MOST_SIGNERS:
        line = lines[i - 1]
        if line.kind != "head" or line.genre is not None or not names.is_signer(line.tight):
            break
        span, name = _span(survey, line), names.strip_stamp(_printed(survey, line))
        if names.is_person(line.tight):
            header.signature = header.signature or span
        else:
            found.append((span, name))
        header.kinds[i - 1] = "signature"
        i -= 1
    above = lines[i - 1] if i > header.body else None
    if (
        found
        and above is not None
        and above.kind == "head"
        and above.genre is None
        and len(above.tight) <= names.LONGEST_SIGNER
    ) and (i - 2 < header.body or lines[i - 2].kind not in ("head", "table")):  # a long name on two lines
        span, name = found.pop()
        found.append(((_span(survey, above)[0], span[1]), _printed(survey, above) + name))
        header.kinds[i - 1] = "signature"
        i -= 1
    found.reverse()
    if found:
        header.signature = (found[0][0][0], found[-1][0][1])
        header.issuers = [re.sub(r"\s+$", "", _clean_stamp(name)) for _, name in found]
    return i


def _clean_stamp(name: str) -> str:
    return re.sub(r"\s*[（(](?:代章|盖章|印章|公章|章)[）)]\s*$", "", name)


def _signed_on_one_line(survey: Survey, header: Header, line: Line) -> bool:
    """Signature and date on one line: 青岚区教育局 2024年5月1日."""
    if not line.tight or len(line.tight) > names.LONGEST_SIGNER + 16:
        return False
    found = marks.find_date(line.tight)
    if found is None or found[2] != len(line.tight) or not names.is_signer(line.tight[: found[1]]):
        return False
    header.date = found[0]
    view = View.of(survey.text, line.start, line.end)
    at = view.text.find(line.tight)
    if at >= 0:
        header.signature = view.span(at, at + found[1])
        header.date_span = view.span(at + found[1], at + found[2])
        header.issuers = [_clean_stamp(survey.text[slice(*header.signature)].strip(_DECOR))]
    return True


def _signs_alone(survey: Survey, header: Header, at: int) -> bool:
    """A name at the end without a date: only below a closed sentence, or it could be a row of a list."""
    line = survey.lines[at]
    if not names.is_signer(line.tight) or line.genre is not None or at - 1 < header.body:
        return False
    above = survey.lines[at - 1]
    return above.kind in ("text", "label", "attached") and above.folded.endswith(("。", "。)", "》"))


def _list_of_attachments(survey: Survey, header: Header, i: int) -> int | None:
    """Read a list of attachments that ends above line ``i``; returns its first line, None where there is none."""
    lines = survey.lines
    j = i
    while j > max(header.body, i - LONGEST_LIST):
        line = lines[j - 1]
        if line.kind in ("attached", "marker"):
            if line.kind == "marker" and j == i:
                return None
            for k in range(j - 1, i):
                header.kinds[k] = "attachments"
                _add_attached(survey, header, lines[k])
            return j - 1
        if (
            "。" in line.folded
            or line.kind in ("table", "addressees", "date")
            or (line.label is not None and line.label.style != "1")
        ):
            return None
        j -= 1
    return None


def _copies(survey: Survey, header: Header, i: int) -> int | None:
    """The first line of 抄送 that goes on to line ``i`` above the line of 印发 (S16); None where there is none."""
    if header.kinds.get(i) != "note":
        return None
    for j in range(i - 1, max(header.body, i - 5), -1):
        if survey.lines[j].tight.startswith(("抄送:", "分送:", "主送:", "报送:")):
            for k in range(j, i):
                header.kinds[k] = "note"
            return j
    return None


def _add_attached(survey: Survey, header: Header, line: Line) -> None:
    if line.kind == "marker":
        return
    begin, end = _span(survey, line)
    folded = survey.folded[begin:end]
    lead = (
        re.match(r"附件?\s*(?:\(略\))?\s*\d{0,2}\s*[:.]?\s*(?:\(略\))?\s*", folded) if line.kind == "attached" else None
    )
    at = begin + (lead.end() if lead else 0)
    item = _ITEM.match(survey.folded, at, end)
    tight = survey.tight(item.end() if item else at, end)
    continues = item is None and line.kind != "attached" and header.attached
    name = re.sub(r"\(略\)|\(另附\)$", "", tight).strip("《》")
    if continues:
        last = header.attached[-1]
        header.attached[-1] = Attached(last.tight + name, (last.span[0], end), last.left_out)
        return
    left_out = _LEFT_OUT.search(folded) is not None or (
        item is not None and bool(header.attached) and header.none_printed
    )
    header.none_printed = header.none_printed or re.match(r"附件?[:]?\s*\(略\)", folded) is not None
    header.attached.append(Attached(name, (at, end), left_out))
