"""Smaller: a system and a change to it, less all that the break does not need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from lawful.rules.questions import parts
from lawful.system.link import link
from lawful.system.model import NONE, UNKNOWN, Flow, System
from lawful.system.restate import restate
from lawful.testing.fuzz.search import Hit, broken_by
from lawful.testing.fuzz.trial import Trial
from lawful.testing.only import only_for

#: What is left of a declaration that is not needed, by the name of the fact.
_FLOW: Mapping[str, Any] = {
    "consents": UNKNOWN,
    "mechanisms": UNKNOWN,
    "channels": UNKNOWN,
    "measures": UNKNOWN,
    "consideration": NONE,
    "guards": (),
    "changes": (),
    "marks": (),
    "unmarks": (),
    "attributes": {},
    "from_flows": (),
    "whose": (),
}
_NODE: Mapping[str, Any] = {
    "origins": (),
    "joins": (),
    "apart": (),
    "derivations": (),
    "kept": (),
    "honours": UNKNOWN,
    "purposes": UNKNOWN,
    "measures": UNKNOWN,
    "products": UNKNOWN,
    "sites": UNKNOWN,
    "environments": UNKNOWN,
    "outside": (),
    "formerly": (),
    "attributes": {},
}
_PARTY: Mapping[str, Any] = {
    "contracts": UNKNOWN,
    "certificates": UNKNOWN,
    "affiliate_of": "",
    "attributes": {},
}
_SUBJECT: Mapping[str, Any] = {"age": None, "known": None, "of": "", "states": {}, "attributes": {}}

#: One step: the system with something less.
Step = Callable[[System], System]


def smaller(hit: Hit, doing: Callable[[int], None] = lambda number: None) -> Hit:
    """The same break with as little around it as it takes; nothing more is broken before the change than was.

    What is taken away is taken back if the break needed it; of a fact, also if another rule could not be
    decided without it.
    """
    work = _Work(hit, doing)
    for number in reversed(range(len(hit.flows))):
        fewer = (*hit.flows[:number], *hit.flows[number + 1 :])
        if work.go_on(work.hit.trial.system, fewer):
            break
    for whole in (_along(work.hit), _upstream(work.hit)):
        if work.cut(whole):
            break
    for steps, go_on in (
        (_flows, work.cut),
        (_things, work.cut),
        (_facts_of_flows, work.go_on),
        (_facts_of_people, work.go_on),
        (_facts_of_nodes, work.go_on),
        (_flows, work.go_on),
        (_things, work.go_on),
    ):
        work.take_all(list(steps(work.hit.trial.system)), go_on)
    return work.hit


class _Work:
    """The smallest that was found so far, and the rules that need not be decided."""

    def __init__(self, hit: Hit, doing: Callable[[int], None]) -> None:
        self.hit = hit
        self.doing = doing
        self.tried = 0
        self.already = {finding.fingerprint for finding in hit.trial.already}
        self.undecided = frozenset(hit.trial.undecided)

    def cut(self, system: System) -> bool:
        """Go on from a part of the system, with whatever cannot be decided in it."""
        found = self._holds(system, self.hit.flows)
        if found is None:
            return False
        self.hit, self.undecided = found, frozenset(found.trial.undecided)
        return True

    def take_all(self, steps: Sequence[Step], go_on: Callable[[System], bool]) -> None:
        """Take things away, many at once where that can be."""
        system = self.hit.trial.system
        for step in steps:
            system = step(system)
        if system is self.hit.trial.system or go_on(system):
            return
        if len(steps) > 1:
            half = len(steps) // 2
            self.take_all(steps[:half], go_on)
            self.take_all(steps[half:], go_on)

    def go_on(self, system: System, flows: tuple[Flow, ...] = ()) -> bool:
        """Go on from a system (and a change), if it breaks the rule all the same, with nothing more undecided."""
        found = self._holds(system, flows or self.hit.flows)
        if found is None or frozenset(found.trial.undecided) - self.undecided:
            return False
        self.hit = found
        return True

    def _holds(self, system: System, flows: tuple[Flow, ...]) -> Hit | None:
        self.tried += 1
        self.doing(self.tried)
        trial, rule = self.hit.trial, self.hit.rule
        ends = {end for flow in flows for end in (flow.source, flow.target)}
        if len(flows) < 2 or not ends <= system.nodes.keys() or not _linked(trial, system):
            return None
        names = tuple(policy.name for policy in trial.policies)
        alone = Trial(only_for(trial.program, {rule[1]}), system, names, trial.date)
        if broken_by(alone, flows, {rule}) is None:
            return None
        again = Trial(trial.program, system, names, trial.date)
        if {finding.fingerprint for finding in again.already} - self.already:
            return None
        found = broken_by(again, flows, {rule})
        return Hit(again, flows, found) if found else None


def _linked(trial: Trial, system: System) -> bool:
    """Whether a system can be told, and read again."""
    policies = trial.program.policies
    _, wrong = link([restate(system)], trial.program.vocabulary, policies=policies)
    return not any(each.is_error for each in wrong)


# --- large steps ----------------------------------------------------------------------------------


def _along(hit: Hit) -> System:
    """The flows on the way of the datum, and what they are about."""
    way = {step.carrier for step in hit.finding.witness}
    return _part(hit, frozenset(f.id for f in hit.trial.system.flows if f.id in way))


def _upstream(hit: Hit) -> System:
    """The flows on the way of the datum and all that bring something to where flows are added."""
    way = {step.carrier for step in hit.finding.witness}
    system = hit.trial.system
    ends = [flow.source for flow in hit.flows]
    for end in ends:
        sources = [flow.source for flow in system.flows if flow.target == end]
        ends += [source for source in dict.fromkeys(sources) if source not in ends]
    return _part(hit, frozenset(f.id for f in system.flows if f.id in way or f.target in ends))


def _part(hit: Hit, kept: frozenset[str]) -> System:
    """Some flows of a system, and all that is named where they, their nodes and parties are declared."""
    system = hit.trial.system
    for flow in system.flows:
        if flow.id not in kept:
            system = _without_flow(flow.id)(system)
    named = set(_words((system.flows, hit.flows)))
    named |= {policy.by for policy in hit.trial.policies}
    declared = {**system.subjects, **system.nodes}
    waiting = [*named]
    for name in waiting:
        for one in (declared.get(name), system.parties.get(name)):
            found = set(_words(one)) - named if one else set()
            named |= found
            waiting += sorted(found)
    return replace(
        system,
        parties={id: party for id, party in system.parties.items() if id in named},
        subjects={id: who for id, who in system.subjects.items() if id in named},
        nodes={id: node for id, node in system.nodes.items() if id in named},
    )


def _words(value: object) -> Iterator[str]:
    """All words within a value."""
    for part in parts(value):
        for each in fields(part):
            inner = getattr(part, each.name)
            yield from (
                w for w in (inner if isinstance(inner, tuple) else (inner,)) if isinstance(w, str)
            )


# --- small steps ----------------------------------------------------------------------------------


def _without_flow(id: str) -> Step:
    """Without a flow; a node that it says is hosted is not, any more."""

    def apply(system: System) -> System:
        gone = next((flow for flow in system.flows if flow.id == id), None)
        if gone is None:
            return system
        flows = tuple(
            replace(flow, from_flows=tuple(x for x in flow.from_flows if x != id))
            for flow in system.flows
            if flow is not gone
        )
        nodes = system.nodes
        if gone.kind == "hosting":
            nodes = {**nodes, gone.source: replace(nodes[gone.source], host="")}
        return replace(system, flows=flows, nodes=nodes)

    return apply


def _flows(system: System) -> Iterator[Step]:
    """Without a flow, the last first."""
    for flow in reversed(system.flows):
        yield _without_flow(flow.id)


def _things(system: System) -> Iterator[Step]:
    """Without a label, a node, a person, a party, a fact."""
    yield _bare
    for id in system.nodes:
        yield lambda now, id=id: _without_node(now, id)  # type: ignore[misc]
    for id in system.parties:
        yield lambda now, id=id: _without_party(now, id)  # type: ignore[misc]
    for name in system.facts:
        yield lambda now, name=name: _without_fact(now, name)  # type: ignore[misc]


def _bare(system: System) -> System:
    """Without labels and notices."""
    labels = {system.label, *(node.label for node in system.nodes.values())}
    labels |= {party.label for party in system.parties.values()}
    labels |= {who.label for who in system.subjects.values()}
    if not (labels - {""} or system.notices):
        return system
    return replace(
        system,
        label="",
        nodes={id: replace(node, label="") for id, node in system.nodes.items()},
        parties={id: replace(party, label="") for id, party in system.parties.items()},
        subjects={id: replace(who, label="") for id, who in system.subjects.items()},
        notices=(),
    )


def _without_node(system: System, id: str) -> System:
    used = any(id in (flow.source, flow.target) for flow in system.flows)
    if used or id not in system.nodes:
        return system
    return replace(
        system,
        nodes={n: node for n, node in system.nodes.items() if n != id},
        subjects={n: who for n, who in system.subjects.items() if n != id},
    )


def _without_party(system: System, id: str) -> System:
    needed = {node.owner for node in system.nodes.values() if node.id != id}
    needed |= {node.host for node in system.nodes.values()}
    if id in needed or id not in system.parties:
        return system
    parties = {n: party for n, party in system.parties.items() if n != id}
    return _without_node(replace(system, parties=parties), id)


def _without_fact(system: System, name: str) -> System:
    if name not in system.facts:
        return system
    return replace(system, facts={n: value for n, value in system.facts.items() if n != name})


def _facts_of_nodes(system: System) -> Iterator[Step]:
    for id in system.nodes:
        for name, nothing in _NODE.items():
            yield _setting("nodes", id, name, nothing)
        for origin in system.nodes[id].origins:
            yield _less("nodes", id, "origins", origin)


def _facts_of_people(system: System) -> Iterator[Step]:
    for id in system.parties:
        for name, nothing in _PARTY.items():
            yield _setting("parties", id, name, nothing)
        for role in system.parties[id].roles:
            yield _less("parties", id, "roles", role)
    for id in system.subjects:
        for name, nothing in _SUBJECT.items():
            yield _setting("subjects", id, name, nothing)


def _setting(kind: str, id: str, name: str, nothing: Any) -> Step:
    def apply(system: System) -> System:
        there: dict[str, Any] = getattr(system, kind)
        if id not in there or getattr(there[id], name) == nothing:
            return system
        other: dict[str, Any] = {kind: {**there, id: replace(there[id], **{name: nothing})}}
        return replace(system, **other)

    return apply


def _less(kind: str, id: str, name: str, item: object) -> Step:
    """Without one of several things that are declared."""

    def apply(system: System) -> System:
        one = getattr(system, kind).get(id)
        if one is None or item not in getattr(one, name):
            return system
        left = tuple(each for each in getattr(one, name) if each != item)
        return _setting(kind, id, name, left)(system)

    return apply


def _facts_of_flows(system: System) -> Iterator[Step]:
    for flow in system.flows:
        for name, nothing in _FLOW.items():
            yield _on_flow(flow.id, lambda f, name=name, nothing=nothing: {name: nothing})  # type: ignore[misc]
        for carried in flow.carries or ():
            yield _on_flow(
                flow.id,
                lambda f, carried=carried: {  # type: ignore[misc]
                    "carries": tuple(c for c in f.carries or () if c != carried) or f.carries
                },
            )
        for use in flow.uses:
            yield _on_flow(
                flow.id,
                lambda f, use=use: {"uses": tuple(u for u in f.uses if u != use) or f.uses},  # type: ignore[misc]
            )


def _on_flow(id: str, change: Callable[[Flow], dict[str, Any]]) -> Step:
    def apply(system: System) -> System:
        flows = tuple(
            replace(flow, **change(flow)) if flow.id == id else flow for flow in system.flows
        )
        return system if flows == system.flows else replace(system, flows=flows)

    return apply
