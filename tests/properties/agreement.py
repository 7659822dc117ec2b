"""Both checkers on one text: what each says of every event, and of every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lawful.check import benches, check, in_force
from lawful.findings import Report, Verdict
from lawful.rules import paths
from lawful.rules.judgements import Bench, Judged
from lawful.system.link import link
from lawful.system.model import System
from lawful.testing import reference
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Policy, Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.properties.words import WIDE
from tests.semantics.cases import vocabulary

DATE = "2024-01-01"
WORDS = (parse_law(Source("tiny.law", vocabulary())), parse_law(Source("wide.law", WIDE)))
UNKNOWN = "unknown data"
_WORSE = {Verdict.KEPT: 0, Verdict.UNDETERMINED: 1, Verdict.BROKEN: 2}

Verdicts = dict[tuple[object, ...], Verdict]


@dataclass
class Tally:
    """How many events were kept, broken and undetermined, and how many texts were refused."""

    verdicts: Counter[str] = field(default_factory=Counter)
    systems: int = 0
    refused: int = 0

    def __str__(self) -> str:
        shares = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self.verdicts.items()))
        return f"{self.systems} systems ({self.refused} refused): {shares or 'no events'}"


def understood(laws: Sequence[str], flow: str) -> tuple[Program, System] | None:
    """The program and the system that some texts make; None where they are refused."""
    parsed_laws = [parse_law(Source(f"{n}.law", law)) for n, law in enumerate(laws)]
    parsed_flow = parse_flow(Source("s.flow", flow))
    program, found = resolve([*WORDS, *parsed_laws])
    wrong = [d for each in parsed_laws for d in each.diagnostics]
    if any(d.is_error for d in [*wrong, *parsed_flow.diagnostics, *found]):
        return None
    system, found = link([parsed_flow.tree], program.vocabulary, policies=program.policies)
    return None if any(d.is_error for d in found) else (program, system)


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


def engine_findings(program: Program, system: System) -> Where:
    """Where the engine says that something goes wrong first."""
    return {
        (str(f.verdict), f.rule, f.datum.category, f.datum.subject_kind, f.event.carrier)
        for f in report_of(program, system).findings
        if f.rule != "unknown-data" and f.event.kind != "assertion"
    }


def reference_findings(examined: Sequence[reference.Examined], system: System) -> Where:
    """The same of the reference."""
    return {
        (str(f.verdict), f.rule, f.category, f.subject_kind, f.carrier)
        for f in reference.conclude(examined, system)
        if f.rule != "unknown-data"
    }


def differences(laws: Sequence[str], flow: str, tally: Tally | None = None) -> list[str]:
    """What the two checkers say differently of some texts; nothing where the texts are refused."""
    tally = tally or Tally()
    both = understood(laws, flow)
    tally.systems += 1
    if both is None:
        tally.refused += 1
        return []
    program, system = both
    policies = policies_of(program)
    examined = reference.examine(program, policies, system, DATE)
    ours, theirs = engine_verdicts(program, system), reference_verdicts(examined)
    tally.verdicts.update(str(verdict) for verdict in theirs.values())
    keys = sorted(ours.keys() | theirs.keys(), key=str)
    found = [
        f"{key}: engine {ours.get(key)}, reference {theirs.get(key)}"
        for key in keys
        if ours.get(key) != theirs.get(key)
    ]
    if not found:
        where, there = engine_findings(program, system), reference_findings(examined, system)
        found = [f"finding {key} of one of them" for key in sorted(_keys(where) ^ _keys(there))]
        events = [each.judged for each in examined]
        at = {(str(e.verdict), e.rule, e.category, e.carrier) for e in events}
        found += [
            f"finding {key} where nothing is wrong"
            for key in sorted(where)
            if (key[0], key[1], key[2], key[4]) not in at
        ]
    return found
