"""Both checkers on one text: what each says of every event, and of every finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lawful.check import benches, check, in_force
from lawful.findings import Report, Verdict
from lawful.rules import paths
from lawful.rules.judgements import Bench
from lawful.rules.sheets import Judged
from lawful.system.link import link
from lawful.system.model import System
from lawful.testing import reference
from lawful_dsl.parser import Parsed, parse_flow, parse_law
from lawful_dsl.program import Policy, Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows
from tests.properties.words import WIDE
from tests.semantics.cases import vocabulary

DATE = "2024-01-01"
WORDS = (parse_law(Source("tiny.law", vocabulary())), parse_law(Source("wide.law", WIDE)))
UNKNOWN = "unknown data"
_WORSE = {Verdict.NOT_EXERCISED: 0, Verdict.KEPT: 0, Verdict.UNDETERMINED: 1, Verdict.BROKEN: 2}

Verdicts = dict[tuple[object, ...], Verdict]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two checkers say differently of a system, and what the reference says of its events and rules."""

    differences: tuple[str, ...]
    events: tuple[Verdict, ...]
    rules: tuple[Verdict, ...]


def understood(laws: Sequence[str], *flows: str) -> tuple[Program, System] | None:
    """The program and the system that some texts make; None where they are refused."""
    program = _program(tuple(laws))
    parsed = [_parsed(flow) for flow in flows]
    if program is None or any(d.is_error for each in parsed for d in each.diagnostics):
        return None
    trees = [each.tree for each in parsed]
    system, found = link(trees, program.vocabulary, policies=program.policies)
    return None if any(d.is_error for d in found) else (program, system)


@lru_cache(maxsize=4)
def _program(laws: tuple[str, ...]) -> Program | None:
    parsed = [parse_law(Source(f"{n}.law", law)) for n, law in enumerate(laws)]
    program, found = resolve([*WORDS, *parsed])
    wrong = [*found, *(d for each in parsed for d in each.diagnostics)]
    return None if any(d.is_error for d in wrong) else program


@lru_cache(maxsize=512)
def _parsed(flow: str) -> Parsed[Flows]:
    """A text, or a statement: those of which many systems are made are read once."""
    return parse_flow(Source("s.flow", flow))


def policies_of(program: Program) -> tuple[Policy, ...]:
    """All the policies, which are all in force."""
    return in_force(program, [policy.name for policy in program.policies], DATE)


def report_of(program: Program, system: System) -> Report:
    """What the engine reports of the system by all policies."""
    return check(program, system, policies=[p.name for p in policies_of(program)], on=DATE)


def engine_verdicts(program: Program, system: System) -> Verdicts:
    """The worst verdict of the engine for each event as a report tells it."""
    found: Verdicts = {}
    for bench in benches(program, system, policies_of(program), DATE):
        for judged in bench.all():
            _keep(found, _told(bench, judged), judged.judgement.verdict)
    return found


def _told(bench: Bench, judged: Judged) -> tuple[object, ...]:
    happening = judged.happening
    datum = happening.datum
    known = not datum.unknown
    leaves = bench.propagation.leaves
    partner = leaves.lattice.name_of(leaves.named(happening.partner)) if happening.partner else ""
    return (
        bench.law.policy.name,
        judged.rule.about.id,
        str(happening.kind),
        happening.frame.carrier,
        paths.name_of(bench.propagation, datum),
        str(datum.form) if known else "",
        datum.beginning.subject,
        tuple(sorted(datum.marks)),
        datum.beginning.unsourced and known,
        happening.use.purpose,
        happening.place,
        happening.channel,
        partner,
    )


def reference_verdicts(examined: Sequence[reference.Examined]) -> Verdicts:
    """The same of the reference."""
    found: Verdicts = {}
    for event in (each.judged for each in examined):
        known = event.category != UNKNOWN
        key = (
            event.policy,
            event.rule,
            str(event.kind),
            event.carrier,
            event.category,
            str(event.form) if known else "",
            event.subject,
            event.marks,
            event.unsourced and known,
            event.purpose,
            event.place,
            event.channel,
            "" if event.partner == UNKNOWN else event.partner,
        )
        _keep(found, key, event.verdict)
    return found


def _keep(found: Verdicts, key: tuple[object, ...], verdict: Verdict) -> None:
    if key not in found or _WORSE[verdict] > _WORSE[found[key]]:
        found[key] = verdict


#: Of a finding: verdict, rule, category, kind of subject, and the carrier where it goes wrong first.
Where = set[tuple[str, str, str, str, str]]


def _keys(found: Where) -> set[tuple[str, ...]]:
    """The findings without their carriers.

    Which carrier of several comes first turns on the witness, and of data that no rule tells apart
    the engine follows the shortest of all while the reference follows each from its own origin.
    """
    return {key[:4] for key in found}


def engine_findings(report: Report) -> Where:
    """Where the engine says that something goes wrong first."""
    return {
        (str(f.verdict), f.rule, f.datum.category, f.datum.subject_kind, f.event.carrier)
        for f in report.findings
        if f.rule != "unknown-data" and f.event.kind != "assertion"
    }


def reference_findings(examined: Sequence[reference.Examined], system: System) -> Where:
    """The same of the reference."""
    return {
        (str(f.verdict), f.rule, f.category, f.subject_kind, f.carrier)
        for f in reference.conclude(examined, system)
        if f.rule != "unknown-data"
    }


def compare(program: Program, system: System) -> Comparison:
    """Both checkers on one system: every event, every rule, and every finding."""
    policies = policies_of(program)
    examined = reference.examine(program, policies, system, DATE)
    ours, theirs = engine_verdicts(program, system), reference_verdicts(examined)
    report, rules = report_of(program, system), _of_rules(program, policies, system, theirs)
    found = [
        *_apart("", ours, theirs),
        *_apart("rule ", {(r.policy, r.rule): r.verdict for r in report.rules}, rules),
    ]
    if not found:
        where, there = engine_findings(report), reference_findings(examined, system)
        found = [f"finding {key} of one of them" for key in sorted(_keys(where) ^ _keys(there))]
        events = [each.judged for each in examined]
        at = {(str(e.verdict), e.rule, e.category, e.carrier) for e in events}
        found += [
            f"finding {key} where nothing is wrong"
            for key in sorted(where)
            if (key[0], key[1], key[2], key[4]) not in at
        ]
    return Comparison(tuple(found), tuple(theirs.values()), tuple(rules.values()))


def _apart(what: str, ours: Verdicts, theirs: Verdicts) -> list[str]:
    return [
        f"{what}{key}: engine {ours.get(key)}, reference {theirs.get(key)}"
        for key in sorted(ours.keys() | theirs.keys(), key=str)
        if ours.get(key) != theirs.get(key)
    ]


def _of_rules(
    program: Program, policies: Sequence[Policy], system: System, events: Verdicts
) -> Verdicts:
    """The reference's verdict of every rule: its worst event's, or that of the fact that it asserts."""
    found: Verdicts = {}
    for key, verdict in events.items():
        _keep(found, key[:2], verdict)
    for each in reference.assertions(program, policies, system, DATE):
        _keep(found, (each.policy, each.rule), each.verdict)
    every = [(policy.name, rule.about.id) for policy in policies for rule in policy.rules]
    return {key: found.get(key, Verdict.NOT_EXERCISED) for key in every}
