"""The syntax of rules."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.conditions import Condition, Event, Exception_, Part
from lawful_dsl.syntax.shared import Name, Period, Text, Use, spanned
from lawful_dsl.syntax.vocabulary import Attribute, ClauseList, Header, Mapping, TermList


@frozen
class Meta:
    """What every rule may say beside its condition."""

    severity: str = ""
    because: tuple[Text, ...] = ()
    cite: Text | None = None
    formerly: tuple[Name, ...] = ()
    replaces: Name | None = None
    clauses: tuple[Name, ...] = ()
    unwaivable: bool = False


@frozen
class Define:
    """`define minor as data_subject when age < 18`."""

    name: Name
    label: Text | None
    bases: tuple[Name, ...]
    excluded: tuple[Name, ...]
    parts: tuple[Part, ...]
    when: Condition | None
    clauses: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Treat:
    """`treat minor as subscriber when not known`."""

    name: Name
    as_: Name
    when: Condition | None
    clauses: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Forbid:
    """`forbid EVENT unless ...`."""

    id: Name | None
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Require:
    """`require ATTRIBUTE in|all of|only NAMES for EVENT`."""

    id: Name | None
    attribute: Name
    quantity: str
    names: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Passage:
    """`require passage through NAMES before EVENT`."""

    id: Name | None
    through: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Reach:
    """`require reach of DATA to EVENT`."""

    id: Name | None
    data: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Retain:
    """`retain DATA ... at most|at least|exactly PERIOD`; of what is placed, the data are `placement`."""

    id: Name | None
    data: Part
    parts: tuple[Part, ...]
    when: Condition | None
    bound: str
    period: Period
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Assert:
    """`assert breach_notice at most 72 hours`, `assert has_officer`, `assert region in a, b`."""

    id: Name | None
    fact: Name
    bound: str
    period: Period | None
    names: tuple[Name, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Permit:
    """One permit of a closed block."""

    parts: tuple[Part, ...]
    when: Condition | None
    exceptions: tuple[Exception_, ...]
    clauses: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Cell:
    """One cell of a register: the parts it says, the clauses, or a bound on retention."""

    names: tuple[Name, ...] = ()
    excluded: tuple[Name, ...] = ()
    bound: str = ""
    period: Period | None = None
    span: Span = spanned()


@frozen
class Row:
    """One row of a register."""

    cells: tuple[Cell, ...]
    span: Span = spanned()


@frozen
class Register:
    """A closed block written as a table: its column words and its rows."""

    columns: tuple[Name, ...]
    rows: tuple[Row, ...]
    span: Span = spanned()


@frozen
class Admits:
    """`admits OTHER` within a closed block."""

    names: tuple[Name, ...]
    span: Span = spanned()


@frozen
class Closed:
    """`closed NAME: EVENT` with its permits."""

    id: Name
    event: Event
    permits: tuple[Permit, ...]
    registers: tuple[Register, ...]
    admits: tuple[Admits, ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Readings:
    """One rule as several texts have it; a text that has no such rule says `nothing`."""

    id: Name
    readings: tuple[tuple[tuple[Name, ...], Rule | None], ...]
    meta: Meta
    span: Span = spanned()


@frozen
class Prevails:
    """`A prevails over B for EVENT`."""

    over: Name
    under: Name
    event: Event | None
    clauses: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Affirm:
    """`affirm RULE`: a document makes the rule of a pack its own; `meta` is what it adds to it."""

    rule: Name
    meta: Meta
    span: Span = spanned()


Rule = Forbid | Require | Passage | Reach | Retain | Assert | Closed | Readings


LawStatement = (
    Header
    | Use
    | TermList
    | Attribute
    | Mapping
    | ClauseList
    | Define
    | Treat
    | Prevails
    | Affirm
    | Rule
)


@frozen
class Law:
    """A `.law` text."""

    statements: tuple[LawStatement, ...]
    span: Span = spanned()
