"""Trace: where data or a node's data come from, where they go, and which rules speak of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field

from lawful.check import benches, in_force
from lawful.findings import WORST, RuleResult, Verdict, worst
from lawful.kernel.bits import members
from lawful.propagation import Propagation
from lawful.propagation.data import Datum
from lawful.rules.judgements import Bench
from lawful.rules.paths import name_of
from lawful.rules.sheets import Judged
from lawful.system.model import System
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Program, clauses_of
from lawful_dsl.source import NOWHERE, Span

#: Whether a datum is one that is looked for.
Wanted = Callable[[Propagation, Datum], bool]


@frozen(order=True)
class Leg:
    """A flow, or a node (then both ends are the node), and the data on it, each in words."""

    carrier: str
    source: str
    target: str
    data: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Trace:
    """What is known of the ways of a node's data, or of a data category.

    Of a node: `comes` and `goes` are the flows into and out of it. Of a category: `goes` are all
    flows that carry it, nearest to the beginning first, and `comes` is empty. `owes` counts, rule by
    rule, the events that they make.
    """

    name: str
    kind: str
    begins: tuple[Leg, ...]
    comes: tuple[Leg, ...]
    holds: tuple[Leg, ...]
    goes: tuple[Leg, ...]
    owes: tuple[RuleResult, ...]


def trace_node(
    program: Program, system: System, node: str, *, policies: Sequence[str], on: str
) -> Trace:
    """The trace of a node, by its id."""
    found = _benches(program, system, policies, on)
    legs = [leg for bench in found for leg in _legs(bench.propagation, _anything, "")]
    return Trace(
        node,
        "node",
        _once(
            leg for _, what, leg in legs if what == "begins" and node in (leg.source, leg.target)
        ),
        _once(leg for _, what, leg in legs if what == "flow" and leg.target == node),
        _once(leg for _, what, leg in legs if what == "holds" and leg.carrier == node),
        _once(leg for _, what, leg in legs if what == "flow" and leg.source == node),
        _owed(found, lambda bench, one: node in _ends(one)),
    )


def trace_data(
    program: Program, system: System, term: str, *, policies: Sequence[str], on: str
) -> Trace:
    """The trace of a data category: of whatever is, may be, or comes from some of it."""

    def wanted(propagation: Propagation, datum: Datum) -> bool:
        mask = propagation.leaves.mask(term)
        return datum.unknown or any(part & mask for part in (datum.extent, *datum.lineage))

    found = _benches(program, system, policies, on)
    legs = sorted(
        {
            (distance, what, leg)
            for bench in found
            for distance, what, leg in _legs(bench.propagation, wanted, term)
        }
    )
    return Trace(
        term,
        "data",
        _once(leg for _, what, leg in legs if what == "begins"),
        (),
        _once(leg for _, what, leg in legs if what == "holds"),
        _once(leg for _, what, leg in legs if what == "flow"),
        _owed(found, lambda bench, one: wanted(bench.propagation, one.happening.datum)),
    )


def _benches(
    program: Program, system: System, policies: Sequence[str], on: str
) -> tuple[Bench, ...]:
    return benches(program, system, in_force(program, policies, on), on)


def _once(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Each carrier once, with all the data said of it."""
    found: dict[str, Leg] = {}
    for leg in legs:
        known = found.get(leg.carrier)
        data = sorted({*(known.data if known else ()), *leg.data})
        found[leg.carrier] = Leg(leg.carrier, leg.source, leg.target, tuple(data), leg.span)
    return tuple(found.values())


def _legs(propagation: Propagation, wanted: Wanted, term: str) -> Iterator[tuple[int, str, Leg]]:
    """Every carrier with the data on it that are wanted; flows with their distance from the beginning."""
    data = propagation.universe.data

    def chosen(bits: int) -> list[int]:
        return [number for number in members(bits) if wanted(propagation, data[number])]

    def said(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted({_words(propagation, data[number], term) for number in numbers}))

    for n, node in enumerate(propagation.nodes):
        for what, bits in (("begins", propagation.began(n)), ("holds", propagation.held(n))):
            if numbers := chosen(bits):
                yield 0, what, Leg(node.id, node.id, node.id, said(numbers), node.span)
    for f, flow in enumerate(propagation.flows):
        carried = propagation.carried(f) | propagation.placed(f)
        if numbers := chosen(propagation.solution.given[f] & carried):
            yield 0, "begins", Leg(flow.id, flow.source, flow.target, said(numbers), flow.span)
        if numbers := chosen(carried):
            distance = min(len(propagation.witnesses.along(f, number).hops) for number in numbers)
            yield distance, "flow", Leg(flow.id, flow.source, flow.target, said(numbers), flow.span)


def _words(propagation: Propagation, datum: Datum, term: str) -> str:
    """A datum in words, with what it has to do with the term that is asked for."""
    name = name_of(propagation, datum)
    subject = datum.beginning.subject
    said = f"{name}, {datum.form}" + (f", of {subject}" if subject else "")
    said += ", unsourced" if datum.beginning.unsourced and not datum.unknown else ""
    if not term:
        return said
    mask = propagation.leaves.mask(term)
    if datum.unknown or (datum.extent & mask and datum.extent & ~mask):
        return f"{said}: may be {term}"
    return said if datum.extent & mask else f"{said}: comes from {term}"


def _anything(propagation: Propagation, datum: Datum) -> bool:
    return True


def _ends(judged: Judged) -> tuple[str, str]:
    frame = judged.happening.frame
    return frame.source.id, frame.target.id


def _owed(
    found: Sequence[Bench], concerns: Callable[[Bench, Judged], bool]
) -> tuple[RuleResult, ...]:
    """The rules that met events of concern, the worst first."""
    results: list[RuleResult] = []
    for bench in found:
        counts: dict[str, dict[Verdict, int]] = {}
        for judged in bench.all():
            if concerns(bench, judged):
                of_rule = counts.setdefault(judged.rule.about.id, dict.fromkeys(Verdict, 0))
                of_rule[judged.judgement.verdict] += 1
        rules = {rule.about.id: rule for rule in bench.law.policy.rules}
        results += [
            RuleResult(
                bench.law.policy.name,
                rule,
                worst([verdict for verdict, count in of_rule.items() if count]),
                of_rule[Verdict.KEPT],
                of_rule[Verdict.BROKEN],
                of_rule[Verdict.UNDETERMINED],
                clauses_of(rules[rule]),
                rules[rule].about.severity,
            )
            for rule, of_rule in counts.items()
        ]
    return tuple(sorted(results, key=lambda r: (WORST.index(r.verdict), r.policy, r.rule)))
