"""Waivers: `waive RULE of DATA at PATTERNS ...`, with the rules and the carriers that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from lawful.findings import UNKNOWN_DATA, Event
from lawful.system.gather import Gathered, Layer
from lawful.system.model import Flow, Node, Waiver
from lawful.system.names import Scope
from lawful.system.patterns import chosen
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import near
from lawful_dsl.program import Policy


def waivers(
    gathered: Gathered,
    system: str,
    ends: Mapping[str, Node],
    flows: Iterable[Flow],
    told: Collection[str],
) -> tuple[Waiver, ...]:
    """The waivers, those of one rule together.

    They are of the system itself, of its ends and of its flows. `told` are the policies that it names:
    where not all of these are there, as when it is checked against another, a rule that is not known
    may be one of theirs, and nothing is said of it.
    """
    if not gathered.waived:
        return ()
    carriers = {system: (), **_carriers(ends, flows)}
    policies = gathered.scope.policies
    whole = bool(policies) and {policy.name for policy in policies}.issuperset(told)
    found = []
    for layer in gathered.waived:
        scope, said = layer.scope, layer.said
        scope.because(said.because)
        rules = tuple(sorted(set(_rules(said.rule.text, policies))))
        if rules:
            found.append(_waiver(layer, rules, carriers))
        elif whole:
            _unknown(scope, said.rule, policies)
    return tuple(sorted(found, key=lambda each: (each.name, each.until, each.span)))


def _waiver(
    layer: Layer[s.Waive],
    rules: tuple[tuple[str, str], ...],
    carriers: Mapping[str, Sequence[str]],
) -> Waiver:
    said = layer.said
    at = tuple(name.text for name in said.at)
    return Waiver(
        said.rule.text,
        layer.scope.terms(said.of, "data"),
        at,
        rules,
        _chosen(layer.scope, at, carriers) if at else None,
        said.owner.text.strip() if said.owner else "",
        said.because.text,
        said.until,
        said.span,
    )


def _carriers(ends: Mapping[str, Node], flows: Iterable[Flow]) -> dict[str, tuple[str, ...]]:
    """The ids of ends and flows, each with those that it had: a flow of no id of its own goes with its ends.

    An id that several nodes had tells of none of them what it was.
    """
    count = Counter(was for end in ends.values() for was in end.formerly)
    nodes = {id: tuple(was for was in end.formerly if count[was] == 1) for id, end in ends.items()}
    found = dict(nodes)
    for flow in flows:
        here = Event("", flow.id, flow.source, flow.target)
        pairs = product((flow.source, *nodes[flow.source]), (flow.target, *nodes[flow.target]))
        were = (here.among({flow.source: s, flow.target: t}).carrier for s, t in pairs)
        found[flow.id] = (
            *nodes.get(flow.id, ()),
            *(was for was in dict.fromkeys(were) if was != flow.id),
        )
    return found


def _chosen(
    scope: Scope, at: tuple[str, ...], carriers: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """The carriers for which some pattern stands, as they are called or were."""
    had = {name: id for id, were in carriers.items() for name in were if name not in carriers}
    return frozenset(had.get(name, name) for name in chosen(scope, at, [*carriers, *had]))


def _rules(name: str, policies: Iterable[Policy]) -> Iterator[tuple[str, str]]:
    """The rules that a name means, by policy and id: as they are called or were, in all versions."""
    for policy in policies:
        own = name.removeprefix(f"{policy.name}.")
        for said in dict.fromkeys((name, own)):
            if said == UNKNOWN_DATA:
                yield policy.name, said
            for rule in policy.rules:
                if said in (rule.about.id, *rule.about.formerly):
                    yield policy.name, rule.about.id


def _unknown(scope: Scope, rule: s.Name, policies: Iterable[Policy]) -> None:
    ids = sorted({each.about.id for policy in policies for each in policy.rules})
    scope.error(
        f"there is no rule `{rule}` to waive",
        rule.span,
        near(rule.text, ids) or "name a rule by its id, as a report does, or as `POLICY.RULE`",
    )
