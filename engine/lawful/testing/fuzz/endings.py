"""Endings: what must not be, as a datum that goes to a node where it breaks a rule, judged without adding the flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from lawful.findings import Verdict
from lawful.propagation.data import Datum
from lawful.rules import happenings, screens
from lawful.rules.environment import Frame, Happening
from lawful.rules.judgements import Bench
from lawful.rules.questions import event_kinds
from lawful.rules.verdicts import judge
from lawful.system.model import Carried, Fact, Flow, Node, Use
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, EventKind, Rule

#: The facts that a flow which is added takes from one that is like it.
_TAKEN = (
    "uses",
    "same",
    "bases",
    "consents",
    "mechanisms",
    "channels",
    "measures",
    "consideration",
    "guards",
    "places",
    "another",
    "attributes",
)
#: What a flow says that passes data on for what they were collected for.
SAME = Flow("", "flow", "", "", uses=(), same=True)


def between(source: str, target: str, like: Flow, carried: Carried) -> Flow:
    """A flow that is said as another is, but for its ends and what it carries."""
    taken = {name: getattr(like, name) for name in _TAKEN}
    return Flow(f"{source} -> {target}", "flow", source, target, carries=(carried,), **taken)


def for_purpose(purpose: str) -> Flow:
    """What a flow says that is for a purpose, without any consent."""
    return Flow("", "flow", "", "", uses=(Use(purpose),), consents=Fact((), True))


@frozen
class Held:
    """A datum where it is, by the term that a flow would name: at a node, or on a flow that starts it."""

    term: str
    datum: Datum
    at: str
    begins: Flow | None = None


class Scenery:
    """A system as it is before anything is added: what is where, and what would become of it elsewhere."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.law = bench.law
        self.system = bench.law.system
        self.leaves = bench.propagation.leaves
        self.rules = tuple(r for r in bench.law.policy.rules if not isinstance(r, Assert))
        self.data_at = cache(self._data_at)
        self.terms = cache(self._terms)
        self._possible = cache(lambda rule: screens.of_data(self._rule[rule], self.leaves))
        self._kinds = cache(lambda rule: sorted(event_kinds(self._rule[rule])))
        self._rule = {rule.about.id: rule for rule in self.rules}
        self.relays = tuple(n.id for n in bench.propagation.nodes if self._relays(n))
        self.senders = tuple(
            n for n in self.relays if self.law.standing.is_us(self._node(n)) is not False
        )
        self.held = tuple(self._held())
        self.joined = frozenset((flow.source, flow.target) for flow in self.system.flows)

    def _data_at(self, node: str) -> tuple[Datum, ...]:
        """What a node holds, in an order of its own."""
        propagation = self.bench.propagation
        found = propagation.universe.of(propagation.held(propagation.node_number[node]))
        return tuple(sorted((d for d in found if not d.unknown), key=_order))

    def _terms(self, extent: int) -> tuple[str, ...]:
        """The broadest terms that mean nothing beyond an extent."""
        lattice = self.law.lattice
        within = [
            term
            for term in lattice.vocabulary.of_list("data")
            if self.leaves.mask(term) and not self.leaves.mask(term) & ~extent
        ]
        return tuple(t for t in within if not (lattice.ancestors(t) - {t}).intersection(within))

    def speaks_of(self, rule: Rule) -> tuple[Held, ...]:
        """The data somewhere in the system of which a rule may speak."""
        may = self._possible(rule.about.id)
        return tuple(h for h in self.held if may(h.datum.extent, h.datum.form))

    def breaks(self, rule: Rule, flow: Flow, datum: Datum) -> bool:
        """Whether a datum on a flow, or at its end, would surely break a rule."""
        return self._verdict(rule, flow, datum) is Verdict.BROKEN

    def troubles(self, flow: Flow, data: Iterable[Datum]) -> bool:
        """Whether some rule would not be kept by some of the data on a flow, or at its end."""
        return any(
            self._verdict(rule, flow, datum) is not Verdict.KEPT
            for datum in data
            for rule in self.rules
        )

    # --- what is where ----------------------------------------------------------------------------

    def _held(self) -> Iterator[Held]:
        for node in self.senders:
            for datum in self.data_at(node):
                for term in self.terms(datum.extent):
                    yield Held(term, self._only(term, datum), node)
        propagation = self.bench.propagation
        for f, flow in enumerate(propagation.flows):
            if flow.kind == "flow" and flow.source not in self.relays:
                found = propagation.universe.of(propagation.carried(f))
                for datum in sorted(found, key=_order):
                    for term in self.terms(datum.extent):
                        yield Held(term, self._only(term, datum), flow.source, flow)

    def _node(self, id: str) -> Node:
        return self.system.nodes[id]

    def _only(self, term: str, datum: Datum) -> Datum:
        return replace(datum, extent=self.leaves.mask(term))

    def _relays(self, node: Node) -> bool:
        """Whether a node passes on what comes to it."""
        standing = self.law.standing
        return (
            node.kind != "subject"
            and not node.alone
            and standing.is_outside(node, "", "") is not True
        )

    # --- what would become of it ------------------------------------------------------------------

    def _verdict(self, rule: Rule, flow: Flow, datum: Datum) -> Verdict:
        worst = Verdict.KEPT
        for happening in self._happenings(rule, flow, datum):
            found = judge(self.bench.docket, self.law, self.bench.questions, rule, happening)
            if found is not None and found.verdict is not Verdict.KEPT:
                worst = found.verdict
                if worst is Verdict.BROKEN:
                    break
        return worst

    def _happenings(self, rule: Rule, flow: Flow, datum: Datum) -> Iterator[Happening]:
        may = self._possible(rule.about.id)
        if not may(datum.extent, datum.form):
            return
        nodes = self.system.nodes
        target = nodes[flow.target]
        on_flow = Frame(flow.id, nodes[flow.source], target, flow)
        at_node = Frame(target.id, target, target)
        for kind in self._kinds(rule.about.id):
            if kind in happenings.FLOW_KINDS:
                yield from happenings.on_flow(self.law, on_flow, kind, datum, False)
            if kind in (EventKind.STORAGE, EventKind.USE):
                yield from happenings.at_node(self.law, at_node, kind, datum)


def _order(datum: Datum) -> tuple[object, ...]:
    """An order of data that no hash decides."""
    return (
        datum.extent,
        datum.form,
        repr(datum.beginning),
        sorted(datum.lineage),
        sorted(datum.marks),
        sorted(datum.cleared),
        sorted(map(repr, datum.guards)),
        sorted(datum.passed),
        sorted(datum.joined),
        datum.silent,
    )
