"""Judgements: every event of a system under every rule of a policy, each question asked once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lawful.kernel.bits import members
from lawful.kernel.transfer import Test
from lawful.propagation import Propagation
from lawful.propagation.data import Datum
from lawful.rules import happenings
from lawful.rules.environment import Frame, Happening, Law
from lawful.rules.precedence import Docket
from lawful.rules.questions import Questions, event_kinds, possible, possible_partner
from lawful.rules.verdicts import Judgement, judge
from lawful.system.model import Node
from lawful_dsl.program import Assert, EventKind, Reach, Readings, Retain, Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """One event under one rule; `number` is the datum's, `flow` or `node` the carrier's (else -1)."""

    rule: Rule
    happening: Happening
    number: int
    judgement: Judgement
    flow: int = -1
    node: int = -1


class Bench:
    """Judges the events of one propagation by the rules of one policy: those in `judging`, or all."""

    def __init__(
        self,
        docket: Docket,
        law: Law,
        questions: Questions,
        propagation: Propagation,
        judging: Collection[str] | None = None,
    ) -> None:
        self.docket = docket
        self.law = law
        self.questions = questions
        self.propagation = propagation
        self._signatures: dict[object, int] = {}
        self._nodes: dict[str, int] = {}
        self._known: dict[object, Judgement | None] = {}
        self._rules = [
            (r, event_kinds(r), self._test(r), self._partner(r), self._by_carrier(r))
            for r in law.policy.rules
            if not isinstance(r, Assert) and (judging is None or r.about.id in judging)
        ]

    def _test(self, rule: Rule) -> Test:
        may = possible(rule, self.propagation.leaves)
        data = self.propagation.universe.data
        return Test(lambda number: may(data[number].extent, data[number].form))

    def _partner(self, rule: Rule) -> int:
        return possible_partner(rule, self.propagation.leaves)

    @staticmethod
    def _by_carrier(rule: Rule) -> bool:
        """Whether the verdict turns on what is at the very carrier, not on what it is like."""
        inner = [r for _, r in rule.readings] if isinstance(rule, Readings) else [rule]
        return any(isinstance(r, Retain | Reach) for r in inner)

    def all(self) -> Iterator[Judged]:
        """Every judgement, flows first, then nodes, each in the order of ids."""
        for f in range(len(self.propagation.flows)):
            yield from self._flow(f)
        for n in range(len(self.propagation.nodes)):
            yield from self._node(n)

    # --- flows ------------------------------------------------------------------------------------

    def _flow(self, f: int) -> Iterator[Judged]:
        propagation = self.propagation
        carried, placed = propagation.carried(f), propagation.placed(f)
        if not carried and not placed:
            return
        flow = propagation.flows[f]
        system = self.law.system
        frame = Frame(flow.id, system.nodes[flow.source], system.nodes[flow.target], flow)
        signature = self._flow_signature(frame)
        for rule, kinds, test, _, by_carrier in self._rules:
            for kind in sorted(kinds):
                bits = placed if kind is EventKind.PLACEMENT else carried
                if kind is not EventKind.PLACEMENT and kind not in happenings.FLOW_KINDS:
                    continue
                for number in members(test.among(bits)):
                    datum = propagation.universe.data[number]
                    begins = self._begins(f, number, datum)
                    for happening in happenings.on_flow(self.law, frame, kind, datum, begins):
                        found = self._ask(rule, happening, number, signature, by_carrier)
                        if found is not None:
                            yield Judged(rule, happening, number, found, flow=f)

    def _begins(self, f: int, number: int, datum: Datum) -> bool:
        given = self.propagation.solution.given[f]
        return bool(given >> number & 1) and not datum.beginning.unsourced

    def _flow_signature(self, frame: Frame) -> int:
        flow = frame.flow
        assert flow is not None
        key = (
            self._node_signature(frame.source),
            self._node_signature(frame.target),
            flow.source == flow.target,
            flow.consents,
            flow.id if flow.consents.values else "",
            flow.carries if flow.consents.values else None,
            flow.channels,
            flow.uses if flow.consents.values else None,
            flow.mechanisms,
            flow.measures,
            flow.consideration,
            flow.another,
            tuple(sorted((k, str(v)) for k, v in flow.attributes.items())),
        )
        return self._signatures.setdefault(key, len(self._signatures))

    def _node_signature(self, node: Node) -> int:
        found = self._nodes.get(node.id)
        if found is None:
            key = (
                node.id if node.kind == "subject" else node.kind,
                node.owner,
                node.places,
                node.environments,
                node.products,
                node.sites,
                node.measures,
                node.outside,
                tuple(sorted((k, str(v)) for k, v in node.attributes.items())),
            )
            found = self._signatures.setdefault(key, len(self._signatures))
            self._nodes[node.id] = found
        return found

    # --- nodes ------------------------------------------------------------------------------------

    def _node(self, n: int) -> Iterator[Judged]:
        propagation = self.propagation
        node = propagation.nodes[n]
        held, began = propagation.held(n), propagation.began(n)
        if not held and not began:
            return
        frame = Frame(node.id, node, node)
        signature = self._node_signature(node)
        for rule, kinds, test, partner, by_carrier in self._rules:
            for kind in sorted(kinds & happenings.NODE_KINDS):
                for number, happening in self._node_events(frame, kind, test, partner, held, began):
                    carrier = by_carrier or kind in (EventKind.JOIN, EventKind.COLLECTION)
                    found = self._ask(rule, happening, number, signature, carrier)
                    if found is not None:
                        yield Judged(rule, happening, number, found, node=n)

    def _node_events(
        self, frame: Frame, kind: EventKind, test: Test, partner: int, held: int, began: int
    ) -> Iterator[tuple[int, Happening]]:
        universe = self.propagation.universe
        if kind is EventKind.JOIN:
            data = [(number, universe.data[number]) for number in members(held)]
            for number, happening in happenings.joins(self.law, frame, data):
                met = test.among(universe.bit(happening.datum))
                if met and (happening.partner & partner or not happening.partner):
                    yield number, happening
            return
        for number in members(test.among(began if kind is EventKind.COLLECTION else held)):
            datum = universe.data[number]
            events = (
                happenings.begun(frame, datum)
                if kind is EventKind.COLLECTION
                else happenings.at_node(self.law, frame, kind, datum)
            )
            for happening in events:
                yield number, happening

    # --- asking -----------------------------------------------------------------------------------

    def _ask(
        self, rule: Rule, happening: Happening, number: int, signature: int, by_carrier: bool
    ) -> Judgement | None:
        consents = happening.datum.beginning.consents.values
        key = (
            id(rule),
            happening.kind,
            signature,
            number if happening.join < 0 else happening.datum,
            happening.use,
            happening.place,
            happening.channel,
            happening.partner,
            happening.join,
            happening.begins,
            happening.frame.carrier if by_carrier or consents else "",
            happening.frame.flow is None,
        )
        if key not in self._known:
            self._known[key] = judge(self.docket, self.law, self.questions, rule, happening)
        return self._known[key]
