"""Both checkers on one text: what each says of every event, and of every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lawful.check import benches, check, in_force
from lawful.findings import Verdict
from lawful.rules import paths
from lawful.rules.judgements import Bench, Judged
from lawful.system.link import link
from lawful.system.model import System
from lawful.testing import reference
from lawful_dsl.parser import parse_flow, parse_law
from lawful_dsl.program import Program
from lawful_dsl.resolve import resolve
from lawful_dsl.source import Source
from tests.semantics.cases import vocabulary

DATE = "2024-01-01"
TINY = parse_law(Source("tiny.law", vocabulary()))
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


def understood(law: str, flow: str) -> tuple[Program, System] | None:
    """The program and the system that two texts make; None where they are refused."""
    parsed_law, parsed_flow = parse_law(Source("p.law", law)), parse_flow(Source("s.flow", flow))
    program, found = resolve([TINY, parsed_law])
    wrong = [*parsed_law.diagnostics, *parsed_flow.diagnostics, *found]
    if any(d.is_error for d in wrong):
        return None
    system, found = link([parsed_flow.tree], program.vocabulary, policies=program.policies)
    return None if any(d.is_error for d in found) else (program, system)


def engine_verdicts(program: Program, system: System) -> Verdicts:
    """The worst verdict of the engine for each event as a report tells it."""
    found: Verdicts = {}
    for bench in benches(program, system, in_force(program, ("p",), DATE), DATE):
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
        for f in check(program, system, on=DATE).findings
        if f.rule != "unknown-data"
    }


def reference_findings(examined: Sequence[reference.Examined], system: System) -> Where:
    """The same of the reference."""
    return {
        (str(f.verdict), f.rule, f.category, f.subject_kind, f.carrier)
        for f in reference.conclude(examined, system)
        if f.rule != "unknown-data"
    }


def differences(law: str, flow: str, tally: Tally | None = None) -> list[str]:
    """What the two checkers say differently of two texts; nothing where the texts are refused."""
    tally = tally or Tally()
    both = understood(law, flow)
    tally.systems += 1
    if both is None:
        tally.refused += 1
        return []
    program, system = both
    examined = reference.examine(program, in_force(program, ("p",), DATE), system, DATE)
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
        at = {(str(v), k[0], k[3], k[2]) for k, v in theirs.items()}
        found += [
            f"finding {key} where nothing is wrong"
            for key in sorted(where)
            if (key[0], key[1], key[2], key[4]) not in at
        ]
    return found
