"""Conditions: what a rule can ask of an event, and how questions are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lawful_dsl.program.kinds import PERSONAL_FORMS, End, EventKind, Form, State, Who
from lawful_dsl.vocabulary import AttributeValue


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
    """A user's attribute of an end, the flow, the datum or its subject compares so with a value.

    `where` is `source`, `target`, `flow`, `data`, `subject`. The value is a word, a number, an ISO date, a
    period, or True.
    """

    where: Literal["source", "target", "flow", "data", "subject"]
    name: str
    operator: str
    value: AttributeValue


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
