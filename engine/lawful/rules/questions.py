"""Questions: what the rules in force ask, so that leaves which none of them tells apart are asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any

from lawful.kernel.bits import members
from lawful.propagation.data import Leaves
from lawful.propagation.moves import Tracked
from lawful.propagation.starts import Needs
from lawful.rules.environment import NO_VALUE
from lawful.rules.precedence import Bearing, Docket
from lawful.system.model import System
from lawful_dsl.frozen import frozen
from lawful_dsl.program import (
    AttributeIs,
    BasisIn,
    Closed,
    CollectedFor,
    CollectedOn,
    ConsentIs,
    EventIs,
    EventKind,
    MechanismIn,
    Passage,
    PlaceIn,
    PlaceInResidence,
    Policy,
    PurposeWithinCollected,
    Reach,
    ReceivedUnder,
    Require,
    ResidenceIn,
    Retain,
    Rule,
    State,
    StateIs,
    Treat,
    Who,
)
from lawful_dsl.vocabulary import AttributeValue, Lattice


def parts(value: Any) -> Iterator[Any]:
    """A value of the program and all values within it."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, tuple | list):
            todo += one
        elif (names := _within(one.__class__)) is not None:
            yield one
            todo += [getattr(one, name) for name in names]


@cache
def _within(kind: type) -> tuple[str, ...] | None:
    """The names of what a value of a kind is made of; None where it is a word or a number."""
    return tuple(f.name for f in fields(kind) if f.name != "span") if is_dataclass(kind) else None


def event_kinds(rule: Rule) -> frozenset[EventKind]:
    """The kinds of event that a rule speaks of."""
    patterns = [getattr(p, "event", None) for p in (rule, *readings(rule))]
    return frozenset(
        p.kind for pattern in patterns if pattern for p in parts(pattern) if isinstance(p, EventIs)
    )


def readings(rule: Rule) -> tuple[Rule, ...]:
    """The readings of a rule; none where all texts say one thing."""
    return tuple(r for _, r in getattr(rule, "readings", ()) if r is not None)


def needs(policies: Iterable[Policy], system: System) -> Needs:
    """Which facts of origins some rule asks."""
    asked = {
        type(p)
        for policy in policies
        for p in parts((policy.rules, policy.treats, policy.prevails, policy.events))
    }
    required = {
        r.attribute for policy in policies for r in parts(policy.rules) if isinstance(r, Require)
    }
    same = any(flow.same for flow in system.flows)
    uses = {BasisIn, CollectedFor, CollectedOn, PurposeWithinCollected} & asked
    return Needs(
        uses=bool(uses) or "basis" in required or same,
        consents=ConsentIs in asked or "consent" in required,
        mechanisms=ReceivedUnder in asked,
    )


def tracked(policies: Iterable[Policy], leaves: Leaves) -> Tracked:
    """What data must remember for passages and reaches."""
    rules = [r for policy in policies for r in parts(policy.rules)]
    products = sorted({p for r in rules if isinstance(r, Passage) for p in r.through})
    silence = leaves.masks(t for r in rules if isinstance(r, Reach) for t in r.terms)
    return Tracked(tuple(products), silence)


@frozen
class _Said:
    """What a part of a policy says that bears on questions, on whatever system they are asked."""

    data: frozenset[str]
    purposes: frozenset[str]
    places: frozenset[str]
    attributes: frozenset[str]
    states: frozenset[tuple[Who, State]]
    residence: bool
    compares_places: bool


class _Same:
    """A value that is one with itself alone: what is known of it is found without going through it."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=4096)
def _said(part: _Same, lattice: Lattice) -> _Said:
    asked = tuple(parts(part.value))
    kinds = {type(p) for p in asked}
    named = named_in(asked, lattice)
    return _Said(
        frozenset(named["data"]),
        frozenset(named["purposes"]),
        frozenset(named["places"]),
        frozenset(p.name for p in asked if isinstance(p, AttributeIs) and p.where == "data"),
        frozenset((p.who, p.state) for p in asked if isinstance(p, StateIs)),
        not kinds.isdisjoint((ResidenceIn, PlaceInResidence, MechanismIn))
        or any(_of_the_source(p) for p in asked),
        PlaceInResidence in kinds,
    )


def _of_the_source(part: Any) -> bool:
    """Whether a part asks for the place of the source, which may be the person whose datum it is."""
    match part:
        case PlaceIn("source"):
            return True
        case Require(attribute="mechanism"):
            return True
    return False


#: The states that are asked for, with whose they are.
States = tuple[tuple[Who, State], ...]


class Asked:
    """What one rule asks: the leaves that it can tell apart, the states, whether it asks residences."""

    def __init__(
        self, leaves: Leaves, turning: Iterable[Any], stated: Mapping[str, set[str]]
    ) -> None:
        lattice = leaves.lattice
        self._leaves = leaves
        self._lattice = lattice
        said = [_said(_Same(part), lattice) for part in turning]
        data = stated["data"].union(*(s.data for s in said))
        attributes = frozenset[str]().union(*(s.attributes for s in said))
        self._classes = _classes(leaves, sorted(data), sorted(attributes))
        self._purposes = _Partition(lattice, stated["purposes"].union(*(s.purposes for s in said)))
        self._places = _Partition(lattice, stated["places"].union(*(s.places for s in said)))
        self._by_leaf = any(s.compares_places for s in said)
        self._known: dict[int, tuple[str, ...]] = {}
        self.residence = any(s.residence for s in said)
        self.states = tuple(sorted(frozenset[tuple[Who, State]]().union(*(s.states for s in said))))

    def data_leaves(self, extent: int) -> tuple[str, ...]:
        """One leaf of an extent for each class that nothing tells apart."""
        found = self._known.get(extent)
        if found is None:
            chosen = [extent & c for c in self._classes if extent & c]
            found = tuple(sorted(self._leaves.names[next(members(c))] for c in chosen))
            self._known[extent] = found
        return found

    def purpose_leaves(self, purpose: str) -> tuple[str, ...]:
        """One leaf of a purpose for each such class; the empty one for an unknown purpose."""
        return self._purposes.leaves(purpose) if purpose else ("",)

    def place_leaves(self, place: str) -> tuple[str, ...]:
        """One leaf of a place for each such class; every leaf where places are compared with each other."""
        if place in ("", NO_VALUE):
            return (place,)
        if self._by_leaf:
            return tuple(sorted(self._lattice.leaves(place)))
        return self._places.leaves(place)


def _classes(leaves: Leaves, terms: Iterable[str], attributes: Iterable[str]) -> list[int]:
    """The coarsest partition of the data leaves that no term cuts, nor what an attribute is."""
    classes = [leaves.everything]
    masks = [leaves.mask(t) for t in terms]
    masks += [mask for name in attributes for mask in _alike(leaves, name)]
    for mask in dict.fromkeys(masks):
        classes = [part for c in classes for part in (c & mask, c & ~mask) if part]
    return classes


def _alike(leaves: Leaves, attribute: str) -> Iterable[int]:
    """The data leaves of which an attribute is said to be the same, for each thing that it is."""
    found: dict[AttributeValue, set[str]] = {}
    for leaf, value in leaves.lattice.values(attribute).items():
        found.setdefault(value, set()).add(leaf)
    return [leaves.of(alike) for alike in found.values()]


class Questions:
    """What the rules of one policy ask of one system, of which it is `stated` what tells leaves apart."""

    def __init__(
        self,
        policies: Sequence[Policy],
        policy: Policy,
        docket: Docket,
        stated: Mapping[str, set[str]],
        leaves: Leaves,
    ) -> None:
        self._leaves = leaves
        self._policies = policies
        self._policy = policy
        self._over, self._instead = docket.over, docket.instead
        self._named = {each.name: each for each in policies}
        self._keys = {
            id(r): (each.name, rule.about.id)
            for each in policies
            for rule in each.rules
            for r in (rule, *readings(rule))
        }
        self._stated = stated
        self._asked: dict[int, Asked] = {}
        self._treated: dict[int, tuple[tuple[Treat, ...], States]] = {}

    def of(self, rule: Rule) -> Asked:
        """What one rule asks, with the rules on which its verdict also turns."""
        found = self._asked.get(id(rule))
        if found is None:
            found = Asked(self._leaves, self._turning(rule), self._stated)
            self._asked[id(rule)] = found
        return found

    def states_of(self, treats: tuple[Treat, ...]) -> States:
        """The states on which it turns as whom someone is treated."""
        found = self._treated.get(id(treats))
        if found is None:
            asked = {(p.who, p.state) for p in parts(treats) if isinstance(p, StateIs)}
            found = self._treated[id(treats)] = (treats, tuple(sorted(asked)))
        return found[1]

    def forget(self) -> None:
        """The system states more than it did: what tells leaves apart is found anew."""
        self._asked.clear()

    def _turning(self, rule: Rule) -> list[Any]:
        """The rule, and the rules, events and treatments on which its verdict also turns."""
        found: list[Any] = []
        todo, seen = [Bearing(self._policy.name, rule)], set[int]()
        while todo:
            one = todo.pop()
            if id(one.rule) in seen:
                continue
            seen.add(id(one.rule))
            policy = self._named[one.policy]
            key = self._keys.get(id(one.rule), one.key)
            over = self._over.get(key, ())
            found += [one.rule, policy.events, policy.treats, *(b.conditions for b in over)]
            todo += [*over, *self._instead.get(key, ()), *self._beside(policy, one.rule)]
        return found

    def _beside(self, policy: Policy, rule: Rule) -> Iterator[Bearing]:
        """The blocks that a rule admits, and other bounds."""
        admits = rule.admits if isinstance(rule, Closed) else ()
        bound = any(isinstance(r, Retain) for r in (rule, *readings(rule)))
        for other in self._policies:
            for each in other.rules:
                admitted = other is policy and each.about.id in admits
                if admitted or (bound and isinstance(each, Retain)):
                    yield Bearing(other.name, each)


class _Partition:
    """Leaves of purposes or places, one for each class that no named term cuts."""

    def __init__(self, lattice: Lattice, terms: Iterable[str]) -> None:
        self._lattice = lattice
        self._sets = [lattice.leaves(t) for t in sorted(set(terms))]
        self._known: dict[str, tuple[str, ...]] = {}

    def leaves(self, term: str) -> tuple[str, ...]:
        found = self._known.get(term)
        if found is None:
            chosen: dict[tuple[bool, ...], str] = {}
            for leaf in sorted(self._lattice.leaves(term)):
                chosen.setdefault(tuple(leaf in s for s in self._sets), leaf)
            found = tuple(chosen.values())
            self._known[term] = found
        return found


def named_in(asked: Iterable[Any], lattice: Lattice) -> dict[str, set[str]]:
    """Every data category, purpose and place that some values name."""
    found: dict[str, set[str]] = {"data": set(), "purposes": set(), "places": set()}
    terms = lattice.vocabulary.terms
    for part in asked:
        for value in _words(part):
            term = terms.get(value)
            if term is not None and term.list in found:
                found[term.list].add(value)
    return found


def _words(part: Any) -> Iterator[str]:
    for name in _within(part.__class__) or ():
        value = getattr(part, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))
