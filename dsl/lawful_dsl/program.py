"""The checked program: policies with every name resolved and every condition typed.

What the resolver makes and the checkers read. Term names are those of the vocabulary; which leaves
they stand for is asked of the vocabulary on the date of the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Period
from lawful_dsl.vocabulary import Vocabulary

End = Literal["source", "target"]
Who = Literal["subject", "source", "target"]


class EventKind(StrEnum):
    """The kinds of event."""

    COLLECTION = "collection"
    TRANSFER = "transfer"
    DISCLOSURE = "disclosure"
    STORAGE = "storage"
    USE = "use"
    JOIN = "join"
    PLACEMENT = "placement"


class Form(StrEnum):
    """The forms of a datum."""

    IDENTIFIABLE = "identifiable"
    ENCRYPTED = "encrypted"
    PSEUDONYMISED = "pseudonymised"
    AGGREGATED = "aggregated"
    ANONYMISED = "anonymised"


#: From the most telling to the least.
FORMS: tuple[Form, ...] = tuple(Form)
#: What a bare category in a rule means.
PERSONAL_FORMS: frozenset[Form] = frozenset(FORMS[:3])

#: The roles in which a party holds data, as they are written.
ROLES = ("controller", "joint_controller", "processor", "sub_processor", "conduit")
#: The roles of those who act for another.
ACTING_ROLES = frozenset({"processor", "sub_processor", "conduit"})
NODE_KINDS = ("subject", "client", "device", "service", "store", "source", "recipient")


@dataclass(frozen=True, slots=True, order=True)
class State:
    """A state: the term, what it is about (`sale`) and who holds it (`browser`); empty where not said."""

    term: str
    about: str = ""
    holder: str = ""

    def __str__(self) -> str:
        """As it is written: `opted_out of sale per browser`."""
        of = f" of {self.about}" if self.about else ""
        return self.term + of + (f" per {self.holder}" if self.holder else "")


# --- conditions -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds; of none, true."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds; of none, false."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """It does not hold."""

    item: Condition


@dataclass(frozen=True, slots=True)
class EventIs:
    """The event is of this kind."""

    kind: EventKind


@dataclass(frozen=True, slots=True)
class DataIn:
    """The datum's leaf is one of the terms' and none of the excluded's, and its form one of `forms`.

    `terms` empty means every category.
    """

    terms: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    forms: frozenset[Form] = PERSONAL_FORMS


@dataclass(frozen=True, slots=True)
class LineageIn:
    """The datum is of one of the terms or comes from one (`anything from A`), in one of the forms."""

    terms: tuple[str, ...]
    forms: frozenset[Form] = PERSONAL_FORMS


@dataclass(frozen=True, slots=True)
class SubjectIs:
    """The datum's subject, or the person at an end, is of one of the kinds.

    False at an end that is no subject.
    """

    who: Who
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgeIs:
    """`age < 18`; the operator is one of `<`, `<=`, `>`, `>=`, `=`, `!=`."""

    who: Who
    operator: str
    years: int


@dataclass(frozen=True, slots=True)
class KnownIs:
    """It is known to us who (how old) the person is."""

    who: Who


@dataclass(frozen=True, slots=True)
class ResidenceIn:
    """The person resides in one of the places: any one residence of several decides."""

    who: Who
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateIs:
    """The person is in this state."""

    who: Who
    state: State


@dataclass(frozen=True, slots=True)
class GuardedBy:
    """A guard on this state was passed, on the way or on this flow (`unless` and `only if` alike)."""

    state: State


@dataclass(frozen=True, slots=True)
class UsIs:
    """The end is ours: the policy's party, its affiliates, and the nodes that they own."""

    end: End


@dataclass(frozen=True, slots=True)
class OutsideIs:
    """The end is neither ours nor acting for us, for this datum and purpose."""

    end: End


@dataclass(frozen=True, slots=True)
class ThirdPartyIs:
    """The end is not ours, not the datum's subject, not the controller for whom we process."""

    end: End


@dataclass(frozen=True, slots=True)
class OwnSubjectIs:
    """The end is the datum's own subject: the very person."""

    end: End


@dataclass(frozen=True, slots=True)
class AnotherPersonIs:
    """The target is a person who is not the datum's subject."""


@dataclass(frozen=True, slots=True)
class PartyIs:
    """The party at the end is of one of the kinds."""

    end: End
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleIs:
    """The party at the end holds one of the roles, for this datum and purpose."""

    end: End
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnvironmentIs:
    """The node at the end is of one of the environments."""

    end: End
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeIs:
    """The node at the end is one of these kinds of node (`store`, `client`, ...)."""

    end: End
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductIs:
    """The node at the end is of one of the kinds of product."""

    end: End
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteIs:
    """The node at the end belongs to one of the sites."""

    end: End
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceIn:
    """The place of the end is one of the terms'. For the target it is the event's place."""

    end: End
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeatedIn:
    """The party at the target is seated in one of the places."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertifiedAs:
    """The party at the target holds one of the certificates on the date."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContractIs:
    """The party at the target is under one of these contracts (mechanisms or measures)."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceInResidence:
    """The event's place is within a residence of the datum's subject."""


@dataclass(frozen=True, slots=True)
class PurposeIn:
    """The event's purpose is one of the terms'."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PurposeWithinCollected:
    """The event's purpose is within those for which the datum was collected."""


@dataclass(frozen=True, slots=True)
class BasisIn:
    """A lawful basis claimed for the event is one of the terms."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentIs:
    """A consent of one of the kinds, given by `giver` where said, covers the event."""

    kinds: tuple[str, ...]
    giver: str = ""


@dataclass(frozen=True, slots=True)
class JoinedWith:
    """The datum is joined with one of these categories: of a join event, its other operand."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MechanismIn:
    """A transfer mechanism of the event is one of the terms and valid for it."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelIn:
    """The event's channel is one of the terms."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureIn:
    """One of the measures is taken on the flow or at the target node."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedAs:
    """The datum carries one of the marks."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectedFor:
    """One of the purposes for which the datum was collected is one of the terms."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectedOn:
    """One of the bases on which the datum was collected is one of the terms."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceivedUnder:
    """The mechanism under which the datum was received is one of the terms."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsiderationIs:
    """What the flow is made in exchange for is one of `money`, `valuable`; empty terms mean any."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttributeIs:
    """A user's attribute of an end, the flow or the subject compares so with a value.

    `where` is `source`, `target`, `flow`, `subject`. The value is a word, a number, an ISO date, a
    period, or True.
    """

    where: Literal["source", "target", "flow", "subject"]
    name: str
    operator: str
    value: str | int | bool | Period


Condition = (
    All
    | AnyOf
    | Negation
    | EventIs
    | DataIn
    | LineageIn
    | SubjectIs
    | AgeIs
    | KnownIs
    | ResidenceIn
    | StateIs
    | GuardedBy
    | UsIs
    | OutsideIs
    | ThirdPartyIs
    | OwnSubjectIs
    | AnotherPersonIs
    | PartyIs
    | RoleIs
    | EnvironmentIs
    | NodeIs
    | ProductIs
    | SiteIs
    | PlaceIn
    | SeatedIn
    | CertifiedAs
    | ContractIs
    | PlaceInResidence
    | PurposeIn
    | PurposeWithinCollected
    | BasisIn
    | ConsentIs
    | JoinedWith
    | MechanismIn
    | ChannelIn
    | MeasureIn
    | MarkedAs
    | CollectedFor
    | CollectedOn
    | ReceivedUnder
    | ConsiderationIs
    | AttributeIs
)

TRUE = All(())
FALSE = AnyOf(())


# --- rules ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """What every rule says of itself. `messages` by language; `names` the subjects that it names."""

    id: str
    severity: str = "medium"
    messages: tuple[tuple[str, str], ...] = ()
    citation: str = ""
    clauses: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    replaces: str = ""
    names: frozenset[str] = frozenset()
    actual: bool = False
    text: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unless:
    """An exception, itself but for its own exceptions: it holds when `condition` and no nested one."""

    condition: Condition
    nested: tuple[Unless, ...] = ()
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Forbid:
    """No event matches, but for the exceptions."""

    about: About
    event: Condition
    exceptions: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Require:
    """Every event that matches has what is required.

    `attribute` is one of basis, consent, mechanism, measure, channel, certificate, contract,
    purpose, place, mark; `quantity` is `in` (one of those named), `all of`, `only` (at least one
    value, and none but those named).
    """

    about: About
    event: Condition
    attribute: str
    quantity: str
    terms: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Every datum of the event is marked as having passed a node of one of these kinds of product."""

    about: About
    event: Condition
    through: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """At each node of the event a datum of these categories, of the same subject, arrives and is honoured."""

    about: About
    event: Condition
    terms: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Retain:
    """Storage that matches is kept `at most`, `at least` or `exactly` the period."""

    about: About
    event: Condition
    bound: str
    period: Period
    exceptions: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Assert:
    """A fact of the system: a period with a bound, one of some words (`in`), or simply so (no bound)."""

    about: About
    fact: str
    bound: str = ""
    period: Period | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """One permit. `row` is its number in the register, from 1, or 0; `columns` its conditions by word."""

    condition: Condition
    columns: tuple[tuple[str, Condition], ...]
    exceptions: tuple[Unless, ...] = ()
    clauses: tuple[str, ...] = ()
    row: int = 0
    text: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """Every event that matches is admitted by a permit of this block or of one that it admits."""

    about: About
    event: Condition
    permits: tuple[Permit, ...]
    admits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """One rule as the texts have it: the languages of a text, and its rule or None where it has none."""

    about: About
    readings: tuple[tuple[tuple[str, ...], Simple | None], ...]


Simple = Forbid | Require | Passage | Reach | Retain | Assert
Rule = Simple | Closed | Readings


@dataclass(frozen=True, slots=True)
class Treat:
    """Data of a subject that satisfies `condition` is judged as that of the `as_` that it is declared of."""

    name: str
    condition: Condition
    as_: str
    when: Condition
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Prevails:
    """`over` prevails over `under` (ids of rules or names of policies) for the events that match."""

    over: str
    under: str
    event: Condition = TRUE
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy. Rule ids are unique in it; dates are ISO; `governs` by kind and name.

    `events` are the defined kinds of event by name, `packs` the rules' homes by rule id (for
    `prevails` between policies and packs: a name stands for all rules of that home).
    """

    name: str
    label: str = ""
    by: str = ""
    governs: tuple[tuple[str, str], ...] = ()
    effective: str = ""
    until: str = ""
    texts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    treats: tuple[Treat, ...] = ()
    prevails: tuple[Prevails, ...] = ()
    events: tuple[tuple[str, Condition], ...] = ()
    homes: tuple[tuple[str, str], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, eq=False)
class Program:
    """All that the policies and vocabularies say, resolved."""

    vocabulary: Vocabulary
    policies: tuple[Policy, ...] = ()
    definitions: Mapping[str, Condition] = field(default_factory=dict)
