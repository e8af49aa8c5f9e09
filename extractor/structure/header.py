"""Head and tail of a document: title, 文号, 主送, 附件说明, 署名, 成文日期, 附注 (S05–S17, L51–L55)."""

from __future__ import annotations

import re

from extractor.grammar.doc_numbers import find_doc_numbers
from extractor.model import BlockKind, DocNumber
from extractor.structure import marks, names
from extractor.structure.boundaries import Start
from extractor.structure.header_fields import Attached, Header
from extractor.structure.signing import (
    DECOR,
    MOST_SIGNERS,
    may_sign,
    printed,
    read_signers,
    signed_on_one_line,
    signs_alone,
    span_of,
)
from extractor.structure.survey import Line, Survey
from extractor.structure.titles import alike
from extractor.text.fold import View

HEAD_LINES = 14
"""Lines after the title among which 文号, notes and addressees stand."""
LONGEST_LIST = 40
"""Lines of the longest list of attachments that is looked through."""

_LEADING_NUMBER = re.compile(r"^\s*(?:[\u4e00-\u9fff]{2,12} ?[\[(] ?(?:19|20)\d\d ?[\])] ?\d{1,5} ?号)(?=\s*\S{8})")
_BRACKETED_NUMBER = re.compile(
    r"\(\s*(?:[\u4e00-\u9fff]{2,12} ?[\[(] ?(?:19|20)\d\d ?[\])] ?\d{1,5} ?号"
    r"|[\u4e00-\u9fff]{2,10}令第\d{1,4}号)\s*\)\s*$"
)
_PROMULGATED = re.compile(r"\((?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?P<by>[^()年]{0,40}?)(?:公布|发布|印发|颁布)")
_REVISED = re.compile("修[正订改]")
_ITEM = re.compile(r"(?:附件)?\s*\(?\d{1,2}\s*[.、:)]\s*")
_LEFT_OUT = re.compile(r"略|另附|另发|另行|另印")


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
        read_title(survey, header)
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
        _take_promulgation(survey, header, line)
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
        header.issuers += names.split_signers(printed(survey, line))
        kind = "signature"
    return kind


def _take_promulgation(survey: Survey, header: Header, line: Line) -> None:
    """The date and the 文号 under which a text was issued, in the bracket below its title; neither of a revised one."""
    view = View.of(survey.text, line.start, line.end)
    match = _PROMULGATED.match(view.text) if "日" in view.text else None
    if match is None or _REVISED.search(view.text, match.end()):
        return
    header.head_date = header.head_date or marks.read_date(match["date"])
    begin = match.start("by") + len(match["by"]) - len(match["by"].rpartition("文件")[2])
    found = find_doc_numbers(view.text[begin : match.end("by")])
    if len(found) == 1 and header.number is None and "announced" not in header.start.evidence:
        span = view.span(begin + found[0].start, begin + found[0].end)
        code, year, serial = found[0].code, found[0].year, found[0].serial
        header.number = DocNumber(text=survey.text[slice(*span)], code=code, year=year, serial=serial, span=span)


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


def read_title(survey: Survey, header: Header) -> None:
    """The title as printed with line breaks removed, without what a compiler added."""
    title = header.start.title
    assert title is not None
    pieces = []
    for i in range(title.first, title.last + 1):
        line = survey.lines[i]
        begin, end = line.start, line.end
        if i == title.first and line.numbered and line.label is not None:
            begin = survey.folded.index(line.folded, begin) + line.label.end
        piece = survey.text[begin:end].strip(DECOR)
        pieces.append((names.close_up(piece), names.close_up(_fold_piece(survey, begin, piece))))
    whole = "".join(piece for piece, _ in pieces)
    folded = "".join(piece for _, piece in pieces)
    tight = "".join(folded.split())
    date = marks.compiled_date(tight)
    if date is not None:
        cut = folded.rfind("(")
        whole, folded = whole[:cut].rstrip(DECOR), folded[:cut]
        header.head_date = date[1]
    for pattern in (_LEADING_NUMBER, _BRACKETED_NUMBER):
        match = pattern.search(folded)
        if match is not None:
            mention = find_doc_numbers(re.sub(r"\s", "", match.group()))
            if mention and header.number is None:
                number = whole[match.start() : match.end()].strip(DECOR + "()（）")
                header.number = DocNumber(
                    text=number, code=mention[0].code, year=mention[0].year, serial=mention[0].serial
                )
            whole = (whole[: match.start()] + whole[match.end() :]).strip(DECOR)
            folded = folded[: match.start()] + folded[match.end() :]
    header.title = whole or None
    header.tight_title = "".join(folded.split())
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
    offsets = [view.at(k) for k, c in enumerate(view.text) if c != "\n"]
    header.tight_addressees = tight
    for a, b in names.split_addressees(tight):
        span = (offsets[a], offsets[b - 1] + 1)
        header.addressee_spans.append(span)
        header.addressees.append(survey.text[slice(*span)].replace("\n", "").strip(DECOR))
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
        elif line.kind == "date" and header.date is None and may_sign(survey, header, i - 1):
            header.kinds[i - 1] = "date"
            header.date = marks.read_date(line.tight)
            header.date_span = span_of(survey, line)
            i = read_signers(survey, header, i - 1)
        elif line.kind in ("head", "text") and header.date is None and signed_on_one_line(survey, header, line):
            header.kinds[i - 1] = "signature"
            i -= 1
        elif (
            line.kind == "head"
            and header.date is None
            and header.signature is None
            and signs_alone(survey, header, i - 1)
        ):
            i = read_signers(survey, header, i)
        else:
            top = _list_of_attachments(survey, header, i) or _copies(survey, header, i)
            if top is None:
                break
            i = top
    header.body_end = i


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
    begin, end = span_of(survey, line)
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
