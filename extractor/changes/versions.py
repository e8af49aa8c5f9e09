"""Two versions of a text: documents, then clauses, then what they say, put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from extractor.changes import align, headers
from extractor.changes.align import Match, ratio
from extractor.changes.compare import GROUPS, NO_MEANING, Comparison, Finding
from extractor.changes.duties import compare_duties
from extractor.changes.facts import Reading, unify
from extractor.changes.halves import side_of
from extractor.changes.pieces import Part, join, parts_of
from extractor.changes.redline import redline, runs, words_of
from extractor.changes.telling import tell
from extractor.model import (
    Change,
    ChangeGroup,
    ChangeKind,
    Diff,
    Document,
    Edition,
    Issue,
    Pair,
    PairStatus,
    Redline,
    Side,
)


def diff(old: Issue, new: Issue, old_ids: Sequence[str], new_ids: Sequence[str], only: Collection[ChangeGroup]) -> Diff:
    """Compare two versions; see :func:`extractor.diff`."""
    before, after = chosen(old, old_ids), chosen(new, new_ids)
    partners = headers.partners(before, after)
    matches = align.align(parts_of(old, before), parts_of(new, after), partners)
    became = _became(matches)
    work = _Work(
        Reading(before, old.issue.jurisdiction, became), Reading(after, new.issue.jurisdiction), partners, became
    )
    work.documents(old, new, before, after)
    work.note_alone(matches)
    for match in matches:
        work.match(match)
    return Diff(
        old=edition(old, before),
        new=edition(new, after),
        changes=tuple(
            _change(f"c{number}", pair, found)
            for number, (pair, found) in enumerate(work.found, 1)
            if not only or _group(found) in only
        ),
        pairs=tuple(work.pairs),
    )


def _change(id_: str, pair: int | None, found: Finding) -> Change:
    return Change(
        id=id_,
        kind=found.kind,
        group=_group(found),
        meaning=found.kind not in NO_MEANING,
        pair=pair,
        zh=tell(found),
        old=found.old,
        new=found.new,
        about=found.about,
        of=found.of,
    )


def _group(found: Finding) -> ChangeGroup:
    return GROUPS[found.kind.partition("-")[0]]


def chosen(issue: Issue, ids: Sequence[str]) -> tuple[Document, ...]:
    """The documents with these ids; all where none is given."""
    return tuple(document for document in issue.documents if not ids or document.id in ids)


def edition(issue: Issue, documents: Sequence[Document]) -> Edition:
    """A side as it is told."""
    return Edition(
        source=issue.source.name,
        sha256=issue.source.sha256,
        document_ids=tuple(document.id for document in documents),
        titles=tuple(document.title for document in documents),
        text=issue.text,
    )


def _became(matches: Sequence[Match]) -> dict[str, str]:
    """Clauses of the old version to those that they became."""
    return {
        match.old[0].clause.id: match.new[0].clause.id
        for match in matches
        if match.old and match.new and match.old[0].clause is not None and match.new[0].clause is not None
    }


class _Work:
    """The pairs and findings so far."""

    def __init__(self, old: Reading, new: Reading, partners: dict[str, str], became: dict[str, str]) -> None:
        self.old, self.new = old, new
        self.partners, self.became = partners, became
        self.pairs: list[Pair] = []
        self.found: list[tuple[int | None, Finding]] = []
        self.alone: set[tuple[str, str]] = set()
        """Documents and clauses that one side alone has, as side and id."""

    def documents(self, old: Issue, new: Issue, before: Sequence[Document], after: Sequence[Document]) -> None:
        """What differs in the facts of documents, and documents that one side alone has."""
        self.found += [(None, found) for found in headers.compare(old, new, before, after, self.partners)]
        paired = set(self.partners.values())
        self.alone |= {("old", each.id) for each in before if each.id not in self.partners}
        self.alone |= {("new", each.id) for each in after if each.id not in paired}

    def note_alone(self, matches: Sequence[Match]) -> None:
        """Note the clauses that one side alone has, with all their pieces."""
        kept: set[tuple[str, str]] = set()
        for match in matches:
            both = bool(match.old and match.new)
            for side, parts in (("old", match.old), ("new", match.new)):
                ids = {(side, part.clause.id) for part in parts if part.clause is not None}
                self.alone |= set() if both else ids
                kept |= ids if both else set()
        self.alone -= kept

    def match(self, match: Match) -> None:
        """Tell of one match."""
        number = len(self.pairs)
        if not match.old or not match.new:
            self._alone(match, number)
            return
        changed = [part.key for part in match.old] != [part.key for part in match.new]
        told: tuple[Redline, ...] = ()
        if changed:
            told, found = self._compare(match)
            self.found += [(number, each) for each in found]
        status = self._status(match, changed=changed)
        if status in ("moved", "split", "merged"):
            self.found.append((number, _structural(match, status)))
        alike = ratio("".join(part.key for part in match.old), "".join(part.key for part in match.new))
        self.pairs.append(
            Pair(
                status=status,
                old=tuple(part.piece for part in match.old),
                new=tuple(part.piece for part in match.new),
                alike=round(alike, 3),
                redline=told,
            )
        )

    def _status(self, match: Match, *, changed: bool) -> PairStatus:
        one, other = match.old[0].clause, match.new[0].clause
        if len(match.old) > 1 or len(match.new) > 1:
            return "merged" if len(match.old) > 1 else "split"
        above = self.became.get(one.parent_id or "") if one is not None else None
        elsewhere = other is not None and above is not None and above != other.parent_id
        if match.moved or elsewhere:
            return "moved"
        if changed:
            return "edited"
        renumbered = one is not None and other is not None and one.path[-1] != other.path[-1]
        return "renumbered" if renumbered else "kept"

    def _alone(self, match: Match, number: int) -> None:
        """A part that one side alone has; one inside a clause or document that is alone is told with it."""
        added = not match.old
        part = (match.new or match.old)[0]
        side = "new" if added else "old"
        above = part.clause.parent_id if part.clause is not None else None
        if (side, part.document.id) not in self.alone and (side, above) not in self.alone:
            where = self._whole(side, part)
            finding = Finding(kind="clause-added", new=where) if added else Finding(kind="clause-removed", old=where)
            self.found.append((number, finding))
        self.pairs.append(
            Pair(
                status="added" if added else "removed",
                old=tuple(each.piece for each in match.old),
                new=tuple(each.piece for each in match.new),
                alike=0.0,
            )
        )

    def _whole(self, side: str, part: Part) -> Side:
        """A clause with those below it, where they are all alone; else its own words."""
        own = side_of(part, 0, len(part.text))
        if part.clause is None or part.piece.span[0] > part.clause.span[0]:
            return own
        below = (each.id for each in part.document.clauses if each.id.startswith(part.clause.id + "/"))
        if not all((side, id_) in self.alone for id_ in below):
            return own
        begin, end = part.clause.span
        words = part.source[begin:end].rstrip()
        return replace(own, text=words, span=(begin, begin + len(words)))

    def _compare(self, match: Match) -> tuple[tuple[Redline, ...], list[Finding]]:
        """The redline of a match and its changes; parts that were split or merged are compared one after the other."""
        old, new = join(match.old), join(match.new)
        ids = old.document.id, new.document.id
        place = self.new.places[ids[1]] or self.old.places[ids[0]]
        dates = self.old.dates[ids[0]], self.new.dates[ids[1]]
        here, there = unify((old, self.old.facts(old)), (new, self.new.facts(new)), place, dates)
        found = runs(words_of(old, here), words_of(new, there))
        findings = Comparison(old, new, found).findings()
        findings += compare_duties((old, here), (new, there), found)
        return redline(old, new, found), findings


def _structural(match: Match, status: PairStatus) -> Finding:
    kinds: dict[str, ChangeKind] = {"moved": "clause-moved", "split": "clause-split", "merged": "clause-merged"}
    old, new = join(match.old), join(match.new)
    return Finding(kind=kinds[status], old=side_of(old, 0, len(old.text)), new=side_of(new, 0, len(new.text)))
