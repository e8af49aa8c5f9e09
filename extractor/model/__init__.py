"""Inert nouns: frozen msgspec Structs that follow the output contract. No regex, no I/O, no rendering."""

from extractor.model.amendment import AMENDED_SCHEMA_VERSION, Address, Amended, Operation, Outcome
from extractor.model.change import (
    DIFF_SCHEMA_VERSION,
    Change,
    ChangeGroup,
    ChangeKind,
    Diff,
    Edition,
    Pair,
    PairStatus,
    Piece,
    Redline,
    Side,
)
from extractor.model.commitment import Commitment, Comparator, Deadline, Milestone, Normalized, Tier
from extractor.model.coverage import Coverage, Found, FoundKind
from extractor.model.diagnostic import Diagnostic, Severity
from extractor.model.document import (
    Bases,
    Block,
    BlockKind,
    Clause,
    DocNumber,
    Document,
    FactBasis,
    InternalReference,
    Reference,
    Table,
    TableRow,
)
from extractor.model.duty import Basis, BodyKind, Level, Measure, Responsibility, Role, Unit
from extractor.model.explanation import Explanation, Step
from extractor.model.gap import Gap, GapKind, GapPlace
from extractor.model.issue import SCHEMA_VERSION, Generator, Issue, IssueBlock, IssueBlockKind
from extractor.model.masthead import ContentsEntry, Masthead
from extractor.model.people import Appointment, Contact, RosterEntry
from extractor.model.place import Place, PlacedRun
from extractor.model.registry import BodyEntry
from extractor.model.source import Removed, RemovedKind, Source, SourceField
from extractor.model.span import Span

__all__ = [
    "AMENDED_SCHEMA_VERSION",
    "DIFF_SCHEMA_VERSION",
    "SCHEMA_VERSION",
    "Address",
    "Amended",
    "Appointment",
    "Bases",
    "Basis",
    "Block",
    "BlockKind",
    "BodyEntry",
    "BodyKind",
    "Change",
    "ChangeGroup",
    "ChangeKind",
    "Clause",
    "Commitment",
    "Comparator",
    "Contact",
    "ContentsEntry",
    "Coverage",
    "Deadline",
    "Diagnostic",
    "Diff",
    "DocNumber",
    "Document",
    "Edition",
    "Explanation",
    "FactBasis",
    "Found",
    "FoundKind",
    "Gap",
    "GapKind",
    "GapPlace",
    "Generator",
    "InternalReference",
    "Issue",
    "IssueBlock",
    "IssueBlockKind",
    "Level",
    "Masthead",
    "Measure",
    "Milestone",
    "Normalized",
    "Operation",
    "Outcome",
    "Pair",
    "PairStatus",
    "Piece",
    "Place",
    "PlacedRun",
    "Redline",
    "Reference",
    "Removed",
    "RemovedKind",
    "Responsibility",
    "Role",
    "RosterEntry",
    "Severity",
    "Side",
    "Source",
    "SourceField",
    "Span",
    "Step",
    "Table",
    "TableRow",
    "Tier",
    "Unit",
]
