"""Conditions: what a rule can ask of an event, and how questions are joined."""

from __future__ import annotations

from typing import Literal

from lawful_dsl.frozen import frozen
from lawful_dsl.program.kinds import PERSONAL_FORMS, End, EventKind, Form, State, Who
from lawful_dsl.vocabulary import AttributeValue


@frozen
class All:
    """Every one holds; of none, true."""

    items: tuple[Condition, ...]


@frozen
class AnyOf:
    """At least one holds; of none, false."""

    items: tuple[Condition, ...]


@frozen
class Negation:
    """It does not hold."""

    item: Condition


@frozen
class EventIs:
    """The event is of this kind."""

    kind: EventKind


@frozen
class DataIn:
    """The datum's leaf is one of the terms' and none of the excluded's, and its form one of `forms`.

    `terms` empty means every category.
    """

    terms: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    forms: frozenset[Form] = PERSONAL_FORMS


@frozen
class LineageIn:
    """The datum is of one of the terms or comes from one (`anything from A`), in one of the forms."""

    terms: tuple[str, ...]
    forms: frozenset[Form] = PERSONAL_FORMS


@frozen
class SubjectIs:
    """The datum's subject, or the person at an end, is of one of the kinds.

    False at an end that is no subject.
    """

    who: Who
    terms: tuple[str, ...]


@frozen
class AgeIs:
    """`age < 18`; the operator is one of `<`, `<=`, `>`, `>=`, `=`, `!=`."""

    who: Who
    operator: str
    years: int


@frozen
class KnownIs:
    """It is known to us who (how old) the person is."""

    who: Who


@frozen
class ResidenceIn:
    """The person resides in one of the places: any one residence of several decides."""

    who: Who
    terms: tuple[str, ...]


@frozen
class StateIs:
    """The person is in this state."""

    who: Who
    state: State


@frozen
class GuardedBy:
    """A guard on this state was passed, on the way or on this flow (`unless` and `only if` alike)."""

    state: State


@frozen
class UsIs:
    """The end is ours: the policy's party, its affiliates, and the nodes that they own."""

    end: End


@frozen
class OutsideIs:
    """The end is neither ours nor acting for us, for this datum and purpose."""

    end: End


@frozen
class ThirdPartyIs:
    """The end is not ours, not the datum's subject, not the controller for whom we process."""

    end: End


@frozen
class OwnSubjectIs:
    """The end is the datum's own subject: the very person."""

    end: End


@frozen
class AnotherPersonIs:
    """The target is a person who is not the datum's subject."""


@frozen
class PartyIs:
    """The party at the end is of one of the kinds."""

    end: End
    terms: tuple[str, ...]


@frozen
class RoleIs:
    """The party at the end holds one of the roles, for this datum and purpose."""

    end: End
    roles: tuple[str, ...]


@frozen
class EnvironmentIs:
    """The node at the end is of one of the environments."""

    end: End
    terms: tuple[str, ...]


@frozen
class NodeIs:
    """The node at the end is one of these kinds of node (`store`, `client`, ...)."""

    end: End
    kinds: tuple[str, ...]


@frozen
class ProductIs:
    """The node at the end is of one of the kinds of product."""

    end: End
    terms: tuple[str, ...]


@frozen
class SiteIs:
    """The node at the end belongs to one of the sites."""

    end: End
    terms: tuple[str, ...]


@frozen
class PlaceIn:
    """The place of the end is one of the terms'. For the target it is the event's place."""

    end: End
    terms: tuple[str, ...]


@frozen
class SeatedIn:
    """The party at the target is seated in one of the places."""

    terms: tuple[str, ...]


@frozen
class CertifiedAs:
    """The party at the target holds one of the certificates on the date."""

    terms: tuple[str, ...]


@frozen
class ContractIs:
    """The party at the target is under one of these contracts (mechanisms or measures)."""

    terms: tuple[str, ...]


@frozen
class PlaceInResidence:
    """The event's place is within a residence of the datum's subject."""


@frozen
class PurposeIn:
    """The event's purpose is one of the terms'."""

    terms: tuple[str, ...]


@frozen
class PurposeWithinCollected:
    """The event's purpose is within those for which the datum was collected."""


@frozen
class BasisIn:
    """A lawful basis claimed for the event is one of the terms."""

    terms: tuple[str, ...]


@frozen
class ConsentIs:
    """A consent of one of the kinds, given by `giver` where said, covers the event."""

    kinds: tuple[str, ...]
    giver: str = ""


@frozen
class JoinedWith:
    """The datum is joined with one of these categories: of a join event, its other operand."""

    terms: tuple[str, ...]


@frozen
class MechanismIn:
    """A transfer mechanism of the event is one of the terms and valid for it."""

    terms: tuple[str, ...]


@frozen
class ChannelIn:
    """The event's channel is one of the terms."""

    terms: tuple[str, ...]


@frozen
class MeasureIn:
    """One of the measures is taken on the flow or at the target node."""

    terms: tuple[str, ...]


@frozen
class MarkedAs:
    """The datum carries one of the marks."""

    terms: tuple[str, ...]


@frozen
class CollectedFor:
    """One of the purposes for which the datum was collected is one of the terms."""

    terms: tuple[str, ...]


@frozen
class CollectedOn:
    """One of the bases on which the datum was collected is one of the terms."""

    terms: tuple[str, ...]


@frozen
class ReceivedUnder:
    """The mechanism under which the datum was received is one of the terms."""

    terms: tuple[str, ...]


@frozen
class ConsiderationIs:
    """What the flow is made in exchange for is one of `money`, `valuable`; empty terms mean any."""

    terms: tuple[str, ...]


@frozen
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
