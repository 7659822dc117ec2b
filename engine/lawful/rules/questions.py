"""Questions: what the rules in force ask, so that leaves which none of them tells apart are asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from lawful.kernel.bits import members
from lawful.propagation.data import Leaves
from lawful.propagation.moves import Tracked
from lawful.propagation.starts import Needs
from lawful.system.model import System
from lawful_dsl.program import (
    BasisIn,
    Closed,
    CollectedFor,
    CollectedOn,
    ConsentIs,
    DataIn,
    EventIs,
    EventKind,
    JoinedWith,
    Passage,
    PlaceInResidence,
    Policy,
    PurposeWithinCollected,
    Reach,
    ReceivedUnder,
    Require,
    ResidenceIn,
    Rule,
    State,
    StateIs,
)
from lawful_dsl.vocabulary import Lattice


def parts(value: Any) -> Iterator[Any]:
    """A value of the program and all values within it."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, tuple | list):
            todo.extend(one)
        elif is_dataclass(one) and not isinstance(one, type):
            yield one
            todo.extend(getattr(one, f.name) for f in fields(one) if f.name != "span")


def event_kinds(rule: Rule) -> frozenset[EventKind]:
    """The kinds of event that a rule speaks of."""
    patterns = [getattr(p, "event", None) for p in (rule, *_readings(rule))]
    return frozenset(
        p.kind for pattern in patterns if pattern for p in parts(pattern) if isinstance(p, EventIs)
    )


def _readings(rule: Rule) -> tuple[Rule, ...]:
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


class Questions:
    """What the rules of one policy ask of one system."""

    def __init__(
        self, policies: Iterable[Policy], policy: Policy, system: System, leaves: Leaves
    ) -> None:
        self.leaves = leaves
        self.lattice: Lattice = leaves.lattice
        self._rules: dict[int, tuple[Any, ...]] = {}
        self._policy = policy
        named = _named(policies, system, self.lattice)
        self._data_classes = self._classes([leaves.mask(t) for t in named["data"]])
        self._purposes = _Partition(self.lattice, named["purposes"])
        self._places = _Partition(self.lattice, named["places"])
        self._found: dict[int, tuple[str, ...]] = {}

    def _classes(self, masks: list[int]) -> list[int]:
        """The coarsest partition of the data leaves that no mask cuts."""
        classes = [self.leaves.everything]
        for mask in dict.fromkeys(masks):
            classes = [part for c in classes for part in (c & mask, c & ~mask) if part]
        return classes

    def data_leaves(self, extent: int) -> tuple[str, ...]:
        """One leaf of an extent for each class that no rule tells apart, named ones first."""
        found = self._found.get(extent)
        if found is None:
            chosen = [extent & c for c in self._data_classes if extent & c]
            found = tuple(sorted(self.leaves.names[next(members(c))] for c in chosen))
            self._found[extent] = found
        return found

    def purpose_leaves(self, purpose: str) -> tuple[str, ...]:
        """One leaf of a purpose for each class that nothing tells apart."""
        return self._purposes.leaves(purpose)

    def place_leaves(self, rule: Rule, place: str) -> tuple[str, ...]:
        """One leaf of a place for each class that nothing tells apart; every leaf where places are compared."""
        if PlaceInResidence in self._asked(rule):
            return tuple(sorted(self.lattice.leaves(place)))
        return self._places.leaves(place)

    def asks_residence(self, rule: Rule) -> bool:
        """Whether a rule asks where the datum's subject resides."""
        asked = self._asked(rule)
        return ResidenceIn in asked or PlaceInResidence in asked

    def states(self, rule: Rule) -> tuple[tuple[str, State], ...]:
        """The states that a rule asks, of whom."""
        found = {(p.who, p.state) for p in self._parts(rule) if isinstance(p, StateIs)}
        return tuple(sorted(found))

    def joins(self, rule: Rule) -> bool:
        """Whether a rule asks what a datum is joined with."""
        return JoinedWith in self._asked(rule)

    def _asked(self, rule: Rule) -> set[type]:
        return {type(p) for p in self._parts(rule)}

    def _parts(self, rule: Rule) -> tuple[Any, ...]:
        """All parts of a rule, of the blocks it admits, and of what prevails over it or replaces it."""
        found = self._rules.get(id(rule))
        if found is None:
            more: list[Any] = [rule, self._policy.prevails, self._policy.events]
            if self._policy.prevails or any(r.about.replaces for r in self._policy.rules):
                more.append(self._policy.rules)
            todo = [rule]
            seen: set[str] = set()
            while todo:
                one = todo.pop()
                for name in one.admits if isinstance(one, Closed) else ():
                    if name not in seen:
                        seen.add(name)
                        inner = [r for r in self._policy.rules if r.about.id == name]
                        more.extend(inner)
                        todo.extend(inner)
            found = tuple(parts(tuple(more)))
            self._rules[id(rule)] = found
        return found


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


def _named(policies: Iterable[Policy], system: System, lattice: Lattice) -> Mapping[str, set[str]]:
    """Every data category, purpose and place that a rule or the system names."""
    found: dict[str, set[str]] = {"data": set(), "purposes": set(), "places": set()}
    terms = lattice.vocabulary.terms
    asked: list[Any] = [*policies]
    stated: list[Any] = [
        [p.roles for p in system.parties.values()],
        [p.places for p in system.parties.values()],
        [(n.kept, n.places, n.origins) for n in system.nodes.values()],
        [s.residences for s in system.subjects.values()],
        [
            (f.consents, f.uses, f.places, f.carries if f.consents.values else None)
            for f in system.flows
        ],
        [way for t in terms.values() for way in t.valid],
    ]
    for part in parts((asked, stated)):
        for value in _words(part):
            term = terms.get(value)
            if term is not None and term.list in found:
                found[term.list].add(value)
    return found


def _words(part: Any) -> Iterator[str]:
    for f in fields(part):
        value = getattr(part, f.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, str):
                    yield item
                elif isinstance(item, tuple):
                    yield from (x for x in item if isinstance(x, str))


def possible(rule: Rule, leaves: Leaves) -> Any:
    """A cheap test that is false only for data which surely are none of the rule's: by extent and form."""
    patterns = [getattr(p, "event", None) for p in (rule, *_readings(rule))]
    checks = []
    for pattern in patterns:
        if pattern is None:
            continue
        items = [i for i in getattr(pattern, "items", ()) if isinstance(i, DataIn)]
        checks.append(
            [
                (
                    (leaves.masks(i.terms) if i.terms else leaves.everything)
                    & ~leaves.masks(i.excluded),
                    i.forms,
                )
                for i in items
            ]
        )

    def test(extent: int, form: Any) -> bool:
        if not extent:
            return True
        return any(all(extent & mask and form in forms for mask, forms in c) for c in checks)

    return test
