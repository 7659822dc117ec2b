"""Starts: the systems to which flows are added: one that is given, or small ones made for the policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lawful.failure import Failure
from lawful.findings import Finding
from lawful.system.link import link
from lawful.system.model import NONE, UNKNOWN, Fact, Flow, Node, System
from lawful.testing.fuzz.trial import Named, Trial
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Assert, Policy, Program
from lawful_dsl.source import Source

#: Nodes of ours that a small system has beside those of what breaks the rule.
INTAKE, RELAY = "intake", "relay"


@dataclass(frozen=True, eq=False)
class Start:
    """A system to begin with, the rules to aim at, and flows as which others may be said that are added."""

    trial: Trial
    rules: tuple[Named, ...]
    spare: tuple[Flow, ...] = ()


def breakable(policies: Iterable[Policy], rule: str = "") -> tuple[Named, ...]:
    """The rules that flows can bear on, by name, or one: what asserts a fact of the system is none of them."""
    return tuple(
        (policy.name, each.about.id)
        for policy in policies
        for each in policy.rules
        if not isinstance(each, Assert) and rule in ("", each.about.id)
    )


def made(
    program: Program, policy: Policy, rules: Collection[Named], date: str
) -> Iterator[tuple[Named, Start | None]]:
    """For each rule a small system that does not break it, with all that a break would take but the flow.

    None where no system could be put together that breaks the rule by a flow.
    """
    from lawful.testing.strategies.bench import Bench
    from lawful.testing.strategies.pieces import breaking

    bench = Bench(program, policy, date if date != policy.effective else "")
    for rule in rules:
        try:
            scenes = breaking(bench, bench.rules[rule[1]]).pieces
        except Failure:
            yield rule, None
            continue
        found: list[Start] = []
        for scene in scenes:
            parsed = parse_flow(Source("<made>", bench.text([scene])))
            system, wrong = link([parsed.tree], program.vocabulary, policies=program.policies)
            if not any(each.is_error for each in wrong):
                found += _starts(
                    Trial(program, system, (policy.name,), date), rule, policy.by or "us"
                )
            if found and not found[-1].trial.already:
                break
        yield rule, min(found, key=lambda start: len(start.trial.already), default=None)


def _starts(trial: Trial, rule: Named, us: str) -> Iterator[Start]:
    """A system that breaks a rule, less the flow with which it does, and with nodes by which it could go round.

    It is said on a basis where that leaves less broken before anything is added.
    """
    ours = [node for node in trial.system.nodes.values() if node.owner == us]
    names = tuple(policy.name for policy in trial.policies)
    bases = ("", *trial.program.vocabulary.of_list("bases"))
    for finding in trial.already:
        last = _last(finding, trial.system)
        if (finding.policy, finding.rule) == rule and last is not None and ours:
            system = _without(trial.system, last, _plain(last, ours, trial))
            for basis in bases:
                again = Trial(trial.program, _resting(system, basis), names, trial.date)
                if not any((each.policy, each.rule) == rule for each in again.already):
                    yield Start(again, (rule,), (last,))
                    if not again.already:
                        return


def _plain(last: Flow, ours: Sequence[Node], trial: Trial) -> Node:
    """A node of ours that is like none where the datum must not come: the sender, else one elsewhere."""
    for node in ours:
        if node.id != last.target:
            return node
    (node,) = ours
    terms = trial.program.vocabulary.of_list("environments")
    others = sorted(term for term in terms if term not in node.environments.values)
    return replace(node, environments=Fact(tuple(others[-1:]), bool(others)))


def _resting(system: System, basis: str) -> System:
    """The system with flows on a basis that have none; on none, as it is."""
    if not basis:
        return system
    on = Fact((basis,), True)
    flows = tuple(
        replace(
            flow,
            uses=tuple(replace(u, bases=on) if u.bases == NONE else u for u in flow.uses),
            bases=on if flow.bases == NONE else flow.bases,
        )
        for flow in system.flows
    )
    return replace(system, flows=flows)


def _last(finding: Finding, system: System) -> Flow | None:
    """The flow by which a datum comes where it must not."""
    flows = {flow.id: flow for flow in system.flows if flow.kind == "flow" and not flow.placing}
    carriers = [step.carrier for step in finding.witness if step.carrier in flows]
    return flows[carriers[-1]] if carriers else None


def _without(system: System, last: Flow, like: Node) -> System:
    flows = tuple(flow for flow in system.flows if flow is not last)
    nodes = {**system.nodes, RELAY: _empty(RELAY, like)}
    source = system.nodes[last.source]
    if source.alone or source.id in system.parties:  # what begins there has to begin all the same
        nodes[INTAKE] = _empty(INTAKE, like)
        flows += (replace(last, id=f"{last.source} -> {INTAKE}", target=INTAKE),)
    return replace(system, flows=flows, nodes=dict(sorted(nodes.items())))


def _empty(id: str, like: Node) -> Node:
    """A service like another node, that has nothing of its own."""
    return replace(
        like,
        id=id,
        kind="service",
        origins=(),
        holds_nothing=True,
        joins=(),
        apart=(),
        derivations=(),
        kept=(),
        purposes=UNKNOWN,
        honours=UNKNOWN,
    )
