"""The rows of each layer of a parsed issue and of its gold, ready to be compared.

A layer is a bag of rows on each side; what stands in both is a hit. The layers and their names are those of the
output contract's scorer, so that figures can be compared; the code is this project's own.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scripts.quality.folding import denominators, fold, fold_with_origins, quantity

Json = dict[str, Any]
Row = tuple[Any, ...]

LONGEST_COMMITMENT = 150
"""The contract lets the span of a commitment have so many characters."""
ALIKE_INDICATOR = 0.6
"""From this likeness on, two wordings of an indicator count as the same."""
ALIKE_DOCUMENT = 0.9
"""A document needs its title, or a like title with its number or first words, to be taken for one in the gold."""
NEAR_ANOMALY = 3
"""A warning may stand so many characters beside the words of the anomaly …"""
WIDE_WARNING = 30
"""… and be so much longer than they are."""

_NUMERAL = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿半全双]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Layer:
    """Rows that were found and rows that the gold wants."""

    found: Counter[Row]
    wanted: Counter[Row]

    @classmethod
    def of(cls, found: Iterable[Row], wanted: Iterable[Row]) -> Layer:
        """A layer of rows."""
        return cls(Counter(found), Counter(wanted))

    @property
    def hits(self) -> int:
        """How many rows stand on both sides."""
        return (self.found & self.wanted).total()

    @property
    def missed(self) -> list[Row]:
        """Rows of the gold that were not found."""
        return list((self.wanted - self.found).elements())

    @property
    def extra(self) -> list[Row]:
        """Rows that were found and are not in the gold."""
        return list((self.found - self.wanted).elements())


@dataclass
class _Pair:
    """A parsed issue beside its gold, with the documents of both matched."""

    parsed: Json
    gold: Json
    text: str
    documents: dict[str, str]
    paths: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)

    def document(self, parsed_id: str) -> str:
        """The gold id of a parsed document, or its own marked with a question mark."""
        return self.documents.get(parsed_id, f"?{parsed_id}")

    def place(self, parsed_id: str, clause_id: str | None) -> tuple[str, tuple[str, ...]]:
        """Gold id and folded clause path of something in a parsed document."""
        return self.document(parsed_id), self.paths.get((parsed_id, clause_id), ())

    def each(self, key: str) -> Iterator[tuple[str, Json]]:
        """Every entry of a list that documents hold, with the id of its document."""
        for document in self.parsed["documents"]:
            for entry in document.get(key) or ():
                yield document["id"], entry


def layers(parsed: Json, gold: Json) -> dict[str, Layer]:
    """Return every layer by name for a parsed issue and its gold."""
    text = parsed.get("text") or ""
    pair = _Pair(parsed, gold, text, match_documents(parsed["documents"], gold["documents"], text))
    for document_id, clause in pair.each("clauses"):
        pair.paths[document_id, clause["id"]] = _path(clause["path"])
    result: dict[str, Layer] = {}
    for part in (_issue, _documents, _clauses, _links, _commitments, _lists, _anomalies, _spans):
        result.update(part(pair))
    return result


def match_documents(parsed: list[Json], gold: list[Json], text: str) -> dict[str, str]:
    """Return gold ids by parsed ids, the most certain pair first: likeness of titles, same number, same beginning."""
    candidates: list[tuple[float, str, str]] = []
    for ours in parsed:
        number = fold((ours.get("doc_number") or {}).get("text"))
        title = fold(ours.get("title"))
        span = ours.get("span")
        body = fold(text[span[0] : span[1]]) if span else ""
        for theirs in gold:
            likeness = _likeness(title, fold(theirs["title"])) if theirs.get("title") else 0.4
            if theirs.get("doc_number") and fold(theirs["doc_number"]) == number:
                likeness += 0.3
            if theirs.get("first_words") and fold(theirs["first_words"]) in body:
                likeness += 0.5
            candidates.append((likeness, ours["id"], theirs["id"]))
    candidates.sort(key=lambda candidate: -candidate[0])
    matched: dict[str, str] = {}
    for likeness, ours_id, theirs_id in candidates:
        if likeness >= ALIKE_DOCUMENT and ours_id not in matched and theirs_id not in matched.values():
            matched[ours_id] = theirs_id
    return matched


def _likeness(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _path(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(label) for label in labels)


def _of_gold(row: Json) -> tuple[str, tuple[str, ...]]:
    return row["doc"], _path(row["path"])


def _number_text(number: Any) -> str:
    return fold(number.get("text") if isinstance(number, dict) else number)


def _date(deadline: Any) -> str:
    return (deadline.get("date") if isinstance(deadline, dict) else deadline) or ""


def _issue(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    want, have = pair.gold.get("issue") or {}, pair.parsed.get("issue") or {}
    fields = [key for key in ("series", "year", "number", "total_number") if key in want]
    yield (
        "issue fields",
        Layer(*(Counter((key, fold(str(side.get(key)))) for key in fields) for side in (have, want))),
    )
    if "toc" in pair.gold:
        sides = (
            Counter((fold(entry.get("title")), fold(entry.get("doc_number")), entry.get("page")) for entry in side)
            for side in (pair.parsed.get("contents") or (), pair.gold["toc"])
        )
        yield "contents", Layer(*sides)


def _documents(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    ours = pair.parsed["documents"]
    found: Counter[Row] = Counter((pair.documents.get(d["id"], f"+{d.get('title') or ''}"),) for d in ours)
    yield "documents", Layer(found, Counter((d["id"],) for d in pair.gold["documents"]))

    by_gold = {pair.documents[d["id"]]: d for d in ours if d["id"] in pair.documents}
    found = Counter()
    wanted: Counter[Row] = Counter()
    for want in pair.gold["documents"]:
        have = by_gold.get(want["id"])
        wanted.update(_document_fields(want, want, want.get("parent")))
        if have is not None:
            found.update(_document_fields(have, want, pair.documents.get(have.get("parent_id") or "", "?")))
    yield "document fields", Layer(found, wanted)


def _document_fields(document: Json, want: Json, parent: str | None) -> Iterator[Row]:
    for key in ("title", "doc_number", "genre", "date", "status", "section"):
        if key in want:
            yield want["id"], key, _number_text(document.get(key))
    for key in ("issuers", "addressees"):
        for name in document.get(key) or ():
            yield want["id"], key, fold(name)
    if want.get("parent"):
        yield want["id"], "parent", parent


def _clauses(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    ours = [(*pair.place(d, c["id"]), fold(c.get("heading"))) for d, c in pair.each("clauses")]
    gold = [(*_of_gold(c), fold(c.get("heading"))) for c in pair.gold["clauses"]]
    yield "clauses", Layer(Counter(row[:2] for row in ours), Counter(row[:2] for row in gold))
    yield "clause headings", Layer(Counter(ours), Counter(gold))


def _links(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    said: set[Row] = set()
    everything: set[Row] = set()
    open_ended: dict[Row, bool] = {}
    for document_id, measure in pair.each("measures"):
        place = pair.place(document_id, measure.get("clause_id"))
        for responsibility in measure.get("responsibilities") or ():
            if responsibility.get("basis") == "inherited":
                continue
            rows = {(*place, responsibility["role"], fold(unit["mention"])) for unit in responsibility["units"]}
            everything |= rows
            if responsibility.get("basis") != "sentence":
                said |= rows
                open_ended[place] = open_ended.get(place, False) or bool(responsibility.get("open_ended"))
    gold = [((*_of_gold(link), link["role"], fold(link["unit"])), link.get("explicit")) for link in pair.gold["links"]]
    yield "links (stated)", Layer(Counter(said), Counter({row for row, explicit in gold if explicit != "sentence"}))
    yield "links (all)", Layer(Counter(everything), Counter({row for row, _ in gold}))
    if pair.gold.get("link_groups"):
        groups: dict[Row, bool] = {}
        for group in pair.gold["link_groups"]:
            place = _of_gold(group)
            groups[place] = groups.get(place, False) or bool(group.get("open_ended"))
        sides = (Counter((*place, is_open) for place, is_open in side.items()) for side in (open_ended, groups))
        yield "open-ended 等", Layer(*sides)


def _commitments(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    ours = [
        ((*pair.place(d, c.get("clause_id")), *quantity(c.get("value"), c.get("upper"), c.get("unit"))), c)
        for d, c in pair.each("commitments")
    ]
    gold = [
        ((*_of_gold(c), *quantity(c.get("value"), c.get("value2"), c.get("unit"))), c) for c in pair.gold["commitments"]
    ]
    details: dict[str, Callable[[Json], Row]] = {
        "commitments": lambda c: (),
        "commitments +op +year": lambda c: (c.get("op") or c.get("comparator"), _date(c.get("deadline"))[:4]),
        "commitments +per": lambda c: (denominators(c.get("unit"), c.get("per")),),
    }
    for name, detail in details.items():
        yield name, Layer(*(Counter((*key, *detail(c)) for key, c in side) for side in (ours, gold)))

    left: dict[Row, list[str]] = defaultdict(list)
    for key, commitment in gold:
        left[key].append(fold(commitment["indicator"]))
    wanted: Counter[Row] = Counter((*key, indicator) for key, indicators in left.items() for indicator in indicators)
    found: Counter[Row] = Counter()
    for key, commitment in ours:
        have = fold(commitment.get("indicator"))
        likeness, best = max(
            ((_likeness(want, have), want) for want in left[key]), key=lambda pair: pair[0], default=(0.0, "")
        )
        if have and best and likeness >= ALIKE_INDICATOR:
            found[*key, best] += 1
            left[key].remove(best)
        else:
            found[*key, f"≠ {have}"] += 1
    yield "indicators (>=0.6 alike)", Layer(found, wanted)


def _lists(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    if "milestones" in pair.gold:
        dated: Counter[Row] = Counter(
            (*pair.place(d, m.get("clause_id")), _date(m.get("deadline"))[:4]) for d, m in pair.each("milestones")
        )
        promised: Counter[Row] = Counter((*_of_gold(m), (m["deadline"] or "")[:4]) for m in pair.gold["milestones"])
        yield "milestones", Layer(dated, promised)
    if "references" in pair.gold:
        cited: Counter[Row] = Counter(
            (pair.documents.get(d, "?"), fold(r["title"]), _number_text(r.get("doc_number")))
            for d, r in pair.each("references")
        )
        wanted = Counter((r["doc"], fold(r["title"]), fold(r.get("doc_number"))) for r in pair.gold["references"])
        yield "references", Layer(cited, wanted)
    for name, keys in (("appointments", ("person", "action", "post")), ("roster", ("role", "person", "post"))):
        if pair.gold.get(name):
            people: Counter[Row] = Counter(
                (pair.documents.get(d, "?"), *(fold(r.get(key)) for key in keys)) for d, r in pair.each(name)
            )
            named = Counter((r["doc"], *(fold(r.get(key)) for key in keys)) for r in pair.gold[name])
            yield name, Layer(people, named)


def _anomalies(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    """Anomalies that a warning or an error touches; those in chrome and furniture are not asked for."""
    if not pair.gold.get("anomalies"):
        return
    folded, origins = fold_with_origins(pair.text)
    marks = [d["span"] for d in pair.parsed.get("diagnostics") or () if d.get("span") and d.get("severity") != "info"]
    found: Counter[Row] = Counter()
    wanted: Counter[Row] = Counter()
    for anomaly in pair.gold["anomalies"]:
        quote = fold(anomaly["quote"].split("…")[0])
        at = folded.find(quote)
        if at < 0:
            continue
        first, last = origins[at], origins[at + len(quote) - 1]
        row = (anomaly["quote"], anomaly["what"])
        wanted[row] += 1
        found[row] += any(
            start < last + NEAR_ANOMALY and end > first - NEAR_ANOMALY and end - start <= last - first + WIDE_WARNING
            for start, end in marks
        )
    yield "anomalies (recall)", Layer(+found, wanted)


def _spans(pair: _Pair) -> Iterator[tuple[str, Layer]]:
    good, bad = check_spans(pair.parsed)
    found: Counter[Row] = Counter({("true spans",): good})
    wanted: Counter[Row] = +found
    for row in bad:
        found["broken", *row] += 1
        wanted["should hold", *row] += 1
    yield "spans that hold", Layer(+found, wanted)


def check_spans(parsed: Json) -> tuple[int, list[Row]]:
    """Return how many spans hold, and for each that does not: kind, its text as it should be, its text as it is.

    A span lies in the text; a mention is exactly its text; a commitment is short and holds its number.
    """
    text = parsed.get("text") or ""
    good = 0
    bad: list[Row] = []
    for kind, holder in _holders(parsed["documents"]):
        span = holder.get("span")
        if not span or not 0 <= span[0] < span[1] <= len(text):
            bad.append((kind, str(holder.get("id")), f"no such span: {span}"))
            continue
        piece = fold(text[span[0] : span[1]])
        if kind == "unit" and piece != fold(holder["mention"]):
            bad.append((kind, holder["mention"], piece[:60]))
        elif kind == "commitment" and not _holds_number(piece, holder.get("value")):
            bad.append((kind, str(holder.get("value")), piece[:60]))
        else:
            good += 1
    return good, bad


def _holders(documents: list[Json]) -> Iterator[tuple[str, Json]]:
    for document in documents:
        yield "document", document
        for kind, key in (("clause", "clauses"), ("commitment", "commitments"), ("measure", "measures")):
            for entry in document.get(key) or ():
                yield kind, entry
        for measure in document.get("measures") or ():
            for responsibility in measure.get("responsibilities") or ():
                for unit in responsibility["units"]:
                    yield "unit", unit


def _holds_number(piece: str, value: Any) -> bool:
    if len(piece) > LONGEST_COMMITMENT:
        return False
    if value is None:
        return True
    number = float(value)
    if not _NUMERAL.search(piece):
        return False
    return number != int(number) or not _DIGIT.search(piece) or str(int(number)) in piece
