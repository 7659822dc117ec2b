"""Consents: which of those given on the carrier and with the datum cover an event (decision 31)."""

from __future__ import annotations

from collections.abc import Callable

from lawful.system.model import Consent, Fact, Flow, Node, Use
from lawful.testing.reference.spreading import declared
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth, every, some
from lawful.testing.reference.view import View
from lawful.testing.reference.world import (
    World,
    any_of,
    has_no_party,
    is_a,
    is_third_party,
    is_us,
    within,
)
from lawful_dsl.frozen import frozen
from lawful_dsl.program import EventKind

#: Whether the event of a view is an operation, named by its kind or by a defined kind of event.
IsOperation = Callable[[View, str], Truth]


@frozen(eq=False)
class Giving:
    """The carrier on which a consent was given: what it says of each dimension, None where nothing."""

    carrier: str
    is_flow: bool
    target: Node
    purposes: tuple[str, ...] | None
    data: frozenset[str] | None
    channels: Fact[str] | None = None

    @property
    def bare(self) -> bool:
        """Whether it says no purpose, data or channel at all."""
        return self.purposes is None and self.data is None and self.channels is None


@frozen(eq=False)
class Given:
    """The consents that may cover an event, each with whether it does, and whether there may be more."""

    values: tuple[tuple[Consent, Truth], ...]
    more: Truth


def consents(view: View, is_operation: IsOperation) -> Given:
    """The consents of the carrier and those of the datum, with whether each covers the event."""
    event, datum = view.event, view.event.datum
    there = [(consent, _carrier(view)) for consent in event.consents.values]
    more: list[Truth] = [] if event.consents.whole else [UNDECLARED]
    origin = view.origin.consents
    if datum.adrift:
        more.append(view.doubt)
    else:
        there += [(consent, _origin(view)) for consent in origin.values]
        more += [] if origin.whole else [UNDECLARED]
    values = tuple((consent, _covers(view, consent, on, is_operation)) for consent, on in there)
    return Given(values, some(more))


def is_given_by(view: View, consent: Consent, giver: str) -> Truth:
    """Whether a consent is given by someone of a kind, or by anyone where no kind is wanted.

    One that names no giver was given by the datum's own subject, and stays that subject's. Where
    the datum is treated as another's, only what that other gave counts (decision 36).
    """
    if view.treated and not (view.person and consent.giver):
        return False
    given = is_a(view.world, consent.giver, (giver,)) if consent.giver else False
    by_other: Truth = True
    if view.treated and view.person:
        kind = view.person.kind
        by_other = is_a(view.world, kind, (consent.giver,)) if kind else UNDECLARED
    return every([by_other, given if giver else True])


# --- the carrier on which it was given --------------------------------------------------------------


def _carrier(view: View) -> Giving:
    event = view.event
    if event.flow is not None:
        return _flow(view, event.flow)
    if event.join is not None:
        join = event.join
        purposes = event.target.purposes if join.purposes.silent else join.purposes
        terms = [*join.left, *join.right, *([join.result] if join.result else [])]
        return _node(view.world, event.target, _uses(purposes), terms)
    return _origin(view)


def _origin(view: View) -> Giving:
    system, began = view.world.system, view.event.datum.began
    if began.how == "flow":
        return _flow(view, next(flow for flow in system.flows if flow.id == began.at))
    node = system.nodes[began.at]
    origin = node.origins[began.number]
    return _node(view.world, node, origin.uses, [origin.term])


def _flow(view: View, flow: Flow) -> Giving:
    world = view.world
    extents = [extent for extent, _ in declared(world, flow)] if not flow.silent else []
    extents += [world.leaves(flow.placing)] if flow.placing else []
    return Giving(
        flow.id,
        True,
        world.system.nodes[flow.target],
        _purposes(flow.uses),
        frozenset().union(*extents) if extents else None,
        None if flow.channels.unknown else flow.channels,
    )


def _node(world: World, node: Node, uses: tuple[Use, ...], terms: list[str]) -> Giving:
    return Giving(node.id, False, node, _purposes(uses), world.extent(terms))


def _uses(purposes: Fact[str]) -> tuple[Use, ...]:
    return tuple(Use(p) for p in purposes.values) + (() if purposes.whole else (Use(),))


def _purposes(uses: tuple[Use, ...]) -> tuple[str, ...] | None:
    """The purposes that are named, and the empty one for others that are not; None where none is."""
    return tuple(use.purpose for use in uses) if any(use.purpose for use in uses) else None


# --- whether it covers ------------------------------------------------------------------------------


def _covers(view: View, consent: Consent, on: Giving, is_operation: IsOperation) -> Truth:
    named = (
        consent.operations,
        consent.purposes,
        consent.recipients,
        consent.categories,
        consent.channels,
    )
    if not any(named) and on.bare:
        return _is_there(view, on)
    dimensions = [
        _purpose(view, consent, on),
        _recipient(view, consent, on),
        _category(view, consent, on),
        _channel(view, consent, on),
    ]
    own = _is_own(view, on)
    wanted = [what for what, name in zip(dimensions, named[1:], strict=True) if name or not own]
    return every([_operation(view, consent, on, is_operation), *wanted])


def _is_own(view: View, on: Giving) -> bool:
    """Whether the event is the very one on which the consent was given, not another of that node."""
    event = view.event
    return _is_there(view, on) and (on.is_flow or event.starts or event.kind is EventKind.JOIN)


def _is_there(view: View, on: Giving) -> bool:
    """Whether the event is on the very carrier on which the consent was given."""
    return view.event.carrier == on.carrier and (view.event.flow is not None) == on.is_flow


def _operation(view: View, consent: Consent, on: Giving, is_operation: IsOperation) -> Truth:
    if consent.operations:
        return some(is_operation(view, name) for name in consent.operations)
    if view.event.kind in (EventKind.JOIN, EventKind.PLACEMENT):
        return _is_there(view, on)
    return True


def _purpose(view: View, consent: Consent, on: Giving) -> Truth:
    wanted = consent.purposes or on.purposes
    if wanted is None:
        return True
    doubts = [UNDECLARED] if "" in wanted else []
    named = [purpose for purpose in wanted if purpose]
    return some([within(view.world, view.purpose, named), *doubts])


def _recipient(view: View, consent: Consent, on: Giving) -> Truth:
    if consent.recipients:
        return some(_is_recipient(view, name) for name in consent.recipients)
    target = view.event.target
    return some([is_us(view.world, target), _same_party(target, on.target)])


def _is_recipient(view: View, name: str) -> Truth:
    """Whether the target is, or is owned by, a party or one of a kind of party."""
    world, node = view.world, view.event.target
    if name == "us":
        return is_us(world, node)
    if name == "third_party":
        own = view.is_own_subject("target")
        return is_third_party(world, node, view.leaf, view.purpose, own)
    if name in (node.id, node.owner):
        return True
    if name in world.system.parties:
        return UNDECLARED if not node.owner and not has_no_party(node) else False
    party = view.party("target")
    if party is None:
        return False
    if isinstance(party, Doubt):
        return party
    return any_of(party.kinds, lambda kind: is_a(world, kind, (name,)))


def _same_party(node: Node, other: Node) -> Truth:
    if node.id == other.id:
        return True
    if node.owner and other.owner:
        return node.owner == other.owner
    return False if has_no_party(node) or has_no_party(other) else UNDECLARED


def _category(view: View, consent: Consent, on: Giving) -> Truth:
    wanted = view.world.extent(consent.categories) if consent.categories else on.data
    if wanted is None:
        return True
    return view.leaf in wanted if view.leaf else view.doubt


def _channel(view: View, consent: Consent, on: Giving) -> Truth:
    channel = view.event.channel
    if consent.channels:
        return is_a(view.world, channel, consent.channels) if channel else UNDECLARED
    if on.channels is None:
        return True
    if not channel:
        return UNDECLARED
    return any_of(on.channels, lambda said: is_a(view.world, channel, (said,)))
