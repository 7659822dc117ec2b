"""World: a system as one policy sees it on a date, and who is who in it (decisions 6 to 11)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field, replace
from typing import TypeVar, cast

from lawful.system.model import Fact, Flow, Kept, Node, Party, Role, Subject, System
from lawful.testing.reference.truth import COARSE, UNDECLARED, Doubt, Truth, every, negated, some
from lawful.testing.reference.truth import unless_none as known
from lawful_dsl.frozen import frozen
from lawful_dsl.program import ACTING_ROLES, Policy
from lawful_dsl.vocabulary import Lattice

#: For whom acts who does not act for anybody.
NOBODY = "nobody at all"
Entry = TypeVar("Entry", Role, Kept)
Answer = TypeVar("Answer")
#: The leaves of data and of purposes that an entry covers.
Area = tuple[frozenset[str], frozenset[str]]


@frozen(eq=False)
class World:
    """A system, a policy by which it is judged, all policies in force, and the hierarchy on a date.

    `said` are answers already given, by the question, and `extents` those of terms: nothing in a
    world changes.
    """

    system: System
    policy: Policy
    policies: tuple[Policy, ...]
    lattice: Lattice
    date: str
    said: dict[Hashable, object] = field(default_factory=dict)
    extents: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def once(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out when it is first asked."""
        if question not in self.said:
            self.said[question] = answer()
        return cast(Answer, self.said[question])

    def under(self, policy: Policy) -> World:
        """The same as another policy sees it."""
        if policy is self.policy:
            return self
        return self.once(("under", policy.name), lambda: replace(self, policy=policy, said={}))

    def leaves(self, value: str) -> frozenset[str]:
        """The leaves of a term; a leaf is itself."""
        terms = self.lattice.vocabulary.terms
        return self.lattice.leaves(value) if value in terms else frozenset({value})

    def extent(self, terms: Iterable[str]) -> frozenset[str]:
        """The leaves of any of the terms."""
        named = tuple(terms)
        if named not in self.extents:
            self.extents[named] = frozenset[str]().union(*(self.leaves(term) for term in named))
        return self.extents[named]

    @property
    def purposes(self) -> frozenset[str]:
        """The leaves of all purposes."""
        return self.once(
            "purposes", lambda: self.extent(self.lattice.vocabulary.of_list("purposes"))
        )


# --- comparing values with terms --------------------------------------------------------------------


def is_a(world: World, value: str, terms: Iterable[str]) -> Truth:
    """Whether a value is one of the terms or below one."""
    return some(known(world.lattice.is_a(value, term)) for term in terms)


def within(world: World, value: str, terms: Iterable[str], doubt: Doubt = UNDECLARED) -> Truth:
    """Whether a place or purpose is in the terms, by its leaves; the empty one is unknown."""
    if not value:
        return doubt
    wanted, leaves = world.extent(terms), world.leaves(value)
    if leaves <= wanted:
        return True
    return COARSE if leaves & wanted else False


def any_of(fact: Fact[str], matches: Callable[[str], Truth], doubt: Doubt = UNDECLARED) -> Truth:
    """Whether some value of a fact matches; one that is not whole may have another value."""
    return some([*(matches(value) for value in fact.values), *([] if fact.whole else [doubt])])


def everywhere(world: World, places: Fact[str], terms: Iterable[str]) -> Truth:
    """Whether all the places where something may be are within the terms: false only if none can be."""
    wanted, leaves = world.extent(terms), world.extent(places.values)
    if places.whole and leaves and leaves <= wanted:
        return True
    return False if places.whole and not leaves & wanted else UNDECLARED


def places_of(world: World, node: Node) -> Fact[str]:
    """Where a node may be: a subject, where it resides."""
    return world.system.subjects[node.id].residences if node.kind == "subject" else node.places


# --- the most specific entry ------------------------------------------------------------------------


def agreed(
    world: World,
    entries: Sequence[Entry],
    leaf: str,
    purpose: str,
    answer: Callable[[Entry], Answer],
) -> Answer | None:
    """What the most specific entries say for a leaf and a purpose; None where none or several things.

    An empty leaf or purpose is any of them, so that all must give the same.
    """
    areas = [(entry, _area(world, entry)) for entry in entries]
    answers: list[Answer | None] = []
    for each in [leaf] if leaf else sorted(world.lattice.all_data or {""}):
        for why in [purpose] if purpose else sorted(world.purposes or {""}):
            best = _most_specific(areas, each, why)
            answers += [answer(entry) for entry in best] or [None]
    first = answers[0]
    return first if all(other == first for other in answers) else None


def _most_specific(areas: Sequence[tuple[Entry, Area]], leaf: str, purpose: str) -> list[Entry]:
    covering = [(e, a) for e, a in areas if leaf in a[0] and purpose in a[1]]
    return [
        entry
        for entry, area in covering
        if not any(a != area and a[0] <= area[0] and a[1] <= area[1] for _, a in covering)
    ]


def _area(world: World, entry: Role | Kept) -> Area:
    """The leaves that an entry covers; one that names none covers what has no term, too."""
    return (
        world.extent(entry.data) if entry.data else world.lattice.all_data | {""},
        world.extent(entry.purposes) if entry.purposes else world.purposes | {""},
    )


# --- who --------------------------------------------------------------------------------------------


def party_of(world: World, node: Node) -> Party | None:
    """The party that owns a node."""
    return world.system.parties.get(node.owner)


def has_no_party(node: Node) -> bool:
    """Whether it is known that no party of ours or theirs owns the node."""
    return node.kind == "subject" or (not node.owner and node.kind in ("source", "recipient"))


def person_at(world: World, node: Node) -> Subject | None:
    """The person at an end, which is a subject."""
    return world.system.subjects.get(node.subject or node.id) if node.kind == "subject" else None


def is_our_party(world: World, party: str) -> Truth:
    """Whether a party is the policy's `by` party or, directly or not, an affiliate of it."""
    if not world.policy.by:
        return UNDECLARED
    seen: set[str] = set()
    while party and party not in seen:
        if party == world.policy.by:
            return True
        seen.add(party)
        declared = world.system.parties.get(party)
        party = declared.affiliate_of if declared else ""
    return False


def is_us(world: World, node: Node) -> Truth:
    """Whether a node is ours (decision 6); who is no party is never us."""
    if has_no_party(node):
        return False
    if not node.owner:
        return UNDECLARED
    return world.once(("us", node.owner), lambda: is_our_party(world, node.owner))


def role_of(
    world: World, party: str, leaf: str, purpose: str, answer: Callable[[Role], Answer]
) -> Answer | None:
    """What the role of a party answers (decision 7); None where it is not known."""
    declared = world.system.parties.get(party)
    return agreed(world, declared.roles if declared else (), leaf, purpose, answer)


def acts_for_us(world: World, node: Node, leaf: str, purpose: str) -> Truth:
    """Whether the owner of a node acts for us, with a datum and for a purpose (decision 8)."""
    if has_no_party(node):
        return False
    return world.once(
        ("acts for us", node.owner, leaf, purpose),
        lambda: _owner_acts_for_us(world, node, leaf, purpose),
    )


def _owner_acts_for_us(world: World, node: Node, leaf: str, purpose: str) -> Truth:
    acting = _party_acts_for_us(world, node.owner, leaf, purpose, ())
    return every([negated(is_us(world, node)), acting])


def _party_acts_for_us(
    world: World, party: str, leaf: str, purpose: str, clients: tuple[str, ...]
) -> Truth:
    """Whether a party acts for us, itself or for one who does; a circle leads to nobody."""

    def answer(role: Role) -> Truth:
        whom = role.acting_for
        if role.role not in ACTING_ROLES:
            return False
        ours = is_our_party(world, whom) if whom else True
        if ours is not False or whom in chain:
            return ours
        return _party_acts_for_us(world, whom, leaf, purpose, chain)

    chain = (*clients, party)
    acting = role_of(world, party, leaf, purpose, answer)
    return UNDECLARED if acting is None else acting


def is_outside(world: World, node: Node, leaf: str, purpose: str) -> Truth:
    """Whether a node is neither ours nor acting for us (decision 8)."""
    if has_no_party(node):
        return True
    acting = acts_for_us(world, node, leaf, purpose)
    return every([negated(is_us(world, node)), negated(acting)])


def outside_leaves(world: World, node: Node) -> frozenset[str]:
    """The leaves for which a node is outside whatever the purpose: it starts them anew (decision 13)."""
    everything = world.lattice.all_data
    return frozenset(leaf for leaf in everything if is_outside(world, node, leaf, "") is True)


def relays(world: World, node: Node) -> bool:
    """Whether something passes through a node: it is no subject, and not outside for all data."""
    everything = world.lattice.all_data
    return not has_no_party(node) and (not everything or outside_leaves(world, node) != everything)


def is_own_subject(
    world: World, node: Node, person: Subject | None, flow: Flow | None, doubt: Doubt
) -> Truth:
    """Whether a node is the very person that a datum is about (decision 10)."""
    there = person_at(world, node)
    if there is None or (flow is not None and flow.another):
        return False
    return there.id == person.id if person is not None and person.id else doubt


def is_third_party(world: World, node: Node, leaf: str, purpose: str, own: Truth) -> Truth:
    """Whether a node is not ours, not the datum's subject, not the controller for whom we process."""
    controller = _controls_us(world, node, leaf, purpose)
    return every([negated(is_us(world, node)), negated(own), negated(controller)])


def _controls_us(world: World, node: Node, leaf: str, purpose: str) -> Truth:
    """Whether the owner of a node is the controller for whom we process (decision 9)."""
    if has_no_party(node):
        return False
    ours = role_of(
        world,
        world.policy.by,
        leaf,
        purpose,
        lambda role: role.acting_for if role.role in ACTING_ROLES else NOBODY,
    )
    if ours == NOBODY:
        return False
    if ours:
        return ours == node.owner if node.owner else UNDECLARED
    theirs = role_of(world, node.owner, leaf, purpose, lambda role: role.role)
    return UNDECLARED if theirs in (None, "controller", "joint_controller") else False


def is_within(world: World, node: Node) -> Truth:
    """Whether a node is within the policy, which may govern some sites and products (decision 11)."""
    return world.once(("within", node.id), lambda: _is_governed(world, node))


def _of_their_sort(world: World, fact: Fact[str], terms: Sequence[str]) -> Fact[str]:
    """What a fact says of the sort of some terms: what shares a highest term with one, or is at the top with it."""

    def highest(term: str) -> set[str]:
        return {t for t in world.lattice.ancestors(term) if world.lattice.ancestors(t) == {t}}

    def sort(value: str, term: str) -> bool:
        at_the_top = highest(value) == {value} and highest(term) == {term}
        return at_the_top or bool(highest(value) & highest(term))

    values = (v for v in fact.values if any(sort(v, term) for term in terms))
    return Fact(tuple(values), fact.whole)


def _is_governed(world: World, node: Node) -> Truth:
    policy = world.policy
    if policy.name in node.outside:
        return False
    governed = {kind: [n for k, n in policy.governs if k == kind] for kind in ("site", "product")}
    facts = [(node.sites, governed["site"]), (node.products, governed["product"])]
    facts = [(_of_their_sort(world, fact, terms), terms) for fact, terms in facts]
    named = [(fact, terms) for fact, terms in facts if fact.values and terms]
    if not named:
        return True
    return some(
        any_of(fact, lambda value, terms=terms: is_a(world, value, terms))  # type: ignore[misc]
        for fact, terms in named
    )
