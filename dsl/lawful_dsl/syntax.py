"""The syntax tree of `.law` and `.flow` texts: frozen, with spans, names not yet resolved.

Spans take no part in equality, so a text and its formatted self have equal trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lawful_dsl.source import NOWHERE, Span


def _span() -> Span:
    return field(default=NOWHERE, compare=False, repr=False)


# --- shared ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A word that names something; `quoted` ones were written between single quotes."""

    text: str
    span: Span = _span()

    def __str__(self) -> str:
        """The name itself."""
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """A string between double quotes, in a language (`en` unless said)."""

    text: str
    language: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time such as `6 months`; `unit` is `hours`, `days`, `weeks`, `months` or `years`."""

    number: int
    unit: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A period known by name (`contract_term`), with a length added to it or not."""

    name: Name
    plus: Length | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Choice:
    """`longer of`, `shorter of` or `else` over periods; `word` is `longer`, `shorter` or `else`."""

    word: str
    items: tuple[Period, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Unlimited:
    """The period without end."""

    span: Span = _span()


Period = Length | Symbol | Choice | Unlimited


@dataclass(frozen=True, slots=True)
class StateRef:
    """A state, what it is about, and who holds it: `opted_out of sale per browser`."""

    state: Name
    about: Name | None = None
    holder: Name | None = None
    span: Span = _span()


# --- .law: vocabulary -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Header:
    """`vocabulary`, `pack` or `policy` NAME, with what a policy says of itself."""

    kind: str
    name: Name
    label: Text | None = None
    by: Name | None = None
    governs: tuple[tuple[str, Name], ...] = ()
    effective: str = ""
    until: str = ""
    texts: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Use:
    """`use common, children`."""

    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Parent:
    """One `is` of a term, from and until ISO dates where it is not for ever."""

    name: Name
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """Where a mechanism is valid: from places, to places, the certificate needed, the dates."""

    origins: tuple[Name, ...]
    targets: tuple[Name, ...]
    needs: Name | None = None
    since: str = ""
    until: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary list."""

    name: Name
    label: Text | None = None
    parents: tuple[Parent, ...] = ()
    source: Name | None = None
    operation: str = ""
    iri: str = ""
    valid: tuple[Validity, ...] = ()
    labels: tuple[Text, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TermList:
    """A block of terms of one list; `list` is its keyword, such as `data` or `purposes`."""

    list: str
    terms: tuple[Term, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A user's own attribute: of what it is, its type, the words it takes, what silence means."""

    name: Name
    owner: str
    type: str
    values: tuple[Name, ...] = ()
    silence: str = "unknown"
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Mapping:
    """`"user.contact" is contact_data`, for the keys of another taxonomy."""

    name: Name
    label: Text | None
    entries: tuple[tuple[Text, Name], ...]
    span: Span = _span()


# --- .law: events and conditions ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A word and the names after it: `to advertiser`, `of all_data except password`, `for marketing`.

    `word` is one of: of, anything from, to, from, in, seated in, for, for within collected for, on,
    with, with consent, under, by, using, certified, marked, guard, collected for, collected on,
    received under, residence in, to another, actual, in any form.
    """

    word: str
    names: tuple[Name, ...] = ()
    excluded: tuple[Name, ...] = ()
    giver: Name | None = None
    state: StateRef | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the conditions."""

    items: tuple[Condition, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class And:
    """All of the conditions."""

    items: tuple[Condition, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    item: Condition
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Compare:
    """`age < 18`, `risk = high`, `place in residence`; the right side is a word, number, date or period."""

    left: Name
    operator: str
    right: Name | int | str | Period
    span: Span = _span()


Condition = Or | And | Not | Compare | StateRef | Part


@dataclass(frozen=True, slots=True)
class Event:
    """The pattern of a rule: a kind of event, parts that all hold, a condition."""

    kind: Name
    parts: tuple[Part, ...] = ()
    when: Condition | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Exception_:
    """`unless` parts and a condition, itself but for the exceptions nested in it."""

    parts: tuple[Part, ...]
    when: Condition | None = None
    nested: tuple[Exception_, ...] = ()
    clauses: tuple[Name, ...] = ()
    span: Span = _span()


# --- .law: rules ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meta:
    """What every rule may say beside its condition."""

    severity: str = ""
    because: tuple[Text, ...] = ()
    cite: Text | None = None
    formerly: tuple[Name, ...] = ()
    replaces: Name | None = None
    clauses: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Define:
    """`define minor as data_subject when age < 18`."""

    name: Name
    label: Text | None
    bases: tuple[Name, ...]
    excluded: tuple[Name, ...]
    parts: tuple[Part, ...]
    when: Condition | None
    clauses: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Treat:
    """`treat minor as subscriber when not known`."""

    name: Name
    as_: Name
    when: Condition | None
    clauses: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Forbid:
    """`forbid EVENT unless ...`."""

    id: Name | None
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Require:
    """`require ATTRIBUTE in|all of|only NAMES for EVENT`."""

    id: Name | None
    attribute: Name
    quantity: str
    names: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Passage:
    """`require passage through NAMES before EVENT`."""

    id: Name | None
    through: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Reach:
    """`require reach of DATA to EVENT`."""

    id: Name | None
    data: tuple[Name, ...]
    event: Event
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Retain:
    """`retain DATA ... at most|at least|exactly PERIOD`."""

    id: Name | None
    data: Part
    parts: tuple[Part, ...]
    when: Condition | None
    bound: str
    period: Period
    exceptions: tuple[Exception_, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Assert:
    """`assert breach_notice at most 72 hours`, `assert has_officer`, `assert region in a, b`."""

    id: Name | None
    fact: Name
    bound: str
    period: Period | None
    names: tuple[Name, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Permit:
    """One permit of a closed block."""

    parts: tuple[Part, ...]
    when: Condition | None
    exceptions: tuple[Exception_, ...]
    clauses: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a register: the parts it says, the clauses, or a bound on retention."""

    names: tuple[Name, ...] = ()
    excluded: tuple[Name, ...] = ()
    bound: str = ""
    period: Period | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register."""

    cells: tuple[Cell, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Register:
    """A closed block written as a table: its column words and its rows."""

    columns: tuple[Name, ...]
    rows: tuple[Row, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Admits:
    """`admits OTHER` within a closed block."""

    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Closed:
    """`closed NAME: EVENT` with its permits."""

    id: Name
    event: Event
    permits: tuple[Permit, ...]
    registers: tuple[Register, ...]
    admits: tuple[Admits, ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Readings:
    """One rule as several texts have it; a text that has no such rule says `nothing`."""

    id: Name
    readings: tuple[tuple[tuple[Name, ...], Rule | None], ...]
    meta: Meta
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Prevails:
    """`A prevails over B for EVENT`."""

    over: Name
    under: Name
    event: Event | None
    clauses: tuple[Name, ...] = ()
    span: Span = _span()


Rule = Forbid | Require | Passage | Reach | Retain | Assert | Closed | Readings
LawStatement = Header | Use | TermList | Attribute | Mapping | Define | Treat | Rule | Prevails


@dataclass(frozen=True, slots=True)
class Law:
    """A `.law` text."""

    statements: tuple[LawStatement, ...]
    span: Span = _span()


# --- .flow ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """A list as a system states it: `a, b`, `a, b ...` (open), `none` or `unknown`."""

    items: tuple[Name, ...] = ()
    open: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Value:
    """A user's attribute and its value: `risk = high`."""

    name: Name
    value: Name | int | str | Period | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent on a flow: kind, giver and scope. `kind` none means that there is known to be no consent."""

    kind: Name
    giver: Name | None = None
    operations: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Consents:
    """The consents of a flow: a list, open or whole."""

    items: tuple[Consent, ...] = ()
    open: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Carry:
    """What a flow declares to carry: every name a datum of its own; `all` with or without exceptions."""

    names: tuple[Name, ...] = ()
    all: bool = False
    excluded: tuple[Name, ...] = ()
    whose: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Pairing:
    """Purposes and the bases said for them: `for marketing on consent`."""

    purposes: Names | None
    bases: Names | None = None
    same: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Change:
    """A transformation: a form (`aggregated`), `decrypting`, or `masking`/`tokenising` X as Y."""

    operation: str
    source: Name | None = None
    result: Name | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GuardDecl:
    """`unless STATE` or `only if STATE` on a flow."""

    word: str
    state: StateRef
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Placing:
    """`places COOKIE [lasting PERIOD]` on a flow to a device."""

    category: Name
    lifetime: Period | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Marking:
    """`mark X` or `unmark X` on a flow."""

    word: str
    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RoleDecl:
    """`processor of end_user_data for support acting for customer` on a party."""

    role: str
    data: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    acting_for: Name | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Host:
    """`on PARTY`, with `keys ours` where only we can read what is stored there."""

    party: Name
    keys: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Access:
    """`access GROUP for PURPOSES`."""

    group: Name
    purposes: Names | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Hold:
    """`holds DATA [of SUBJECTS] [for P] [on B] [with C]`; `generates` likewise; no data is `nothing`."""

    word: str
    data: tuple[Name, ...]
    whose: tuple[Name, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    consents: Consents | None = None
    under: Names | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class JoinDecl:
    """`joins A with B [as C] [for P]`."""

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    result: Name | None = None
    purposes: Names | None = None
    consents: Consents | None = None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Apart:
    """`keeps A apart from B`."""

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Derive:
    """`derives B from A [removing]`."""

    result: Name
    source: Name
    removing: bool = False
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Retention:
    """`retention PERIOD [of DATA] [for PURPOSES]`; no period is `unknown`."""

    period: Period | None
    data: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Property:
    """A word and a list: `in US`, `under dpa, scc`, `honours erasure_request`, `site X`, bare words.

    `word` is empty for bare words (kinds of party, environments, measures, products).
    """

    word: str
    names: Names
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Certified:
    """`certified soc2 [from DATE] [until DATE]`."""

    names: Names
    since: str = ""
    until: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Age:
    """`age 12`."""

    years: int
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Known:
    """`known` or `not known`."""

    value: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Standing:
    """`state [not] opted_out of sale` on a subject."""

    state: StateRef
    value: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Flag:
    """A property that is a word alone: `to another`, `extern`."""

    word: str
    span: Span = _span()


Prop = (
    Property
    | Value
    | RoleDecl
    | Certified
    | Host
    | Access
    | Hold
    | JoinDecl
    | Apart
    | Derive
    | Retention
    | Age
    | Known
    | Standing
    | Flag
    | Consents
    | Pairing
    | Change
    | GuardDecl
    | Placing
    | Marking
)


@dataclass(frozen=True, slots=True)
class System:
    """`system NAME "label" for policy P as of DATE`."""

    name: Name
    label: Text | None = None
    policies: tuple[Name, ...] = ()
    as_of: str = ""
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class PartyDecl:
    """`party ID "label" ...`."""

    id: Name
    label: Text | None
    props: tuple[Prop, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NodeDecl:
    """`store ID "label" ...`, also `subject`; `kind` is the keyword, `owner` the block it stands in."""

    kind: str
    id: Name
    label: Text | None
    owner: Name | None
    props: tuple[Prop, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class FlowDecl:
    """`[ID:] source -> target : data props`."""

    id: Name | None
    source: Name
    target: Name
    carry: Carry | None
    props: tuple[Prop, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class FactDecl:
    """`fact breach_notice 48 hours`."""

    name: Name
    value: Name | int | str | Period | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Correct:
    """`correct ID WORD from A to B because "..."`."""

    id: Name
    word: Name
    old: Names
    new: Names
    because: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Ignore:
    """`ignore FLOW because "..."`."""

    id: Name
    because: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Owned:
    """`PARTY { ... }`: the nodes of one party, in the order written."""

    owner: Name
    nodes: tuple[NodeDecl, ...]
    span: Span = _span()


FlowStatement = System | Use | PartyDecl | NodeDecl | Owned | FlowDecl | FactDecl | Correct | Ignore


@dataclass(frozen=True, slots=True)
class Flows:
    """A `.flow` text."""

    statements: tuple[FlowStatement, ...]
    span: Span = _span()
