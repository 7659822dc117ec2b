"""Check: policies and a system in, a report out. A pure function; repairs are added by `analysis`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lawful.dates import require_date
from lawful.findings import Finding, Report, RuleResult, Verdict, worst
from lawful.propagation import Propagation, propagate
from lawful.propagation.data import Leaves
from lawful.propagation.standing import Standing
from lawful.propagation.starts import Needs
from lawful.rules.assertions import asserted
from lawful.rules.conclusions import conclude
from lawful.rules.environment import Law
from lawful.rules.judgements import Bench
from lawful.rules.overlays import about_nothing
from lawful.rules.precedence import docket
from lawful.rules.questions import Questions, needs, tracked
from lawful.rules.sheets import Judged, Page, Rulings
from lawful.rules.stated import Terms, stated_by
from lawful.rules.surprises import surprises
from lawful.rules.waivers import waive
from lawful.system.model import System, Waiver
from lawful_dsl.program import Assert, Policy, Program, Rule, clauses_of
from lawful_dsl.vocabulary import Lattice

#: The date of a check that no one has given one: before all others.
NO_DATE = "0001-01-01"


def date_of(program: Program, system: System, policies: Sequence[str] = (), on: str = "") -> str:
    """The date of a check: `on`, else the system's `as of`, else the latest effective date of the policies."""
    require_date(on)
    names = set(policies or system.policies)
    effective = [p.effective for p in program.policies if p.name in names]
    return on or system.as_of or max(effective, default="") or NO_DATE


def in_force(program: Program, names: Sequence[str], date: str) -> tuple[Policy, ...]:
    """The version of each policy that is in effect on the date, by name; a policy with none is left out."""
    found: dict[str, Policy] = {}
    for policy in sorted(program.policies, key=lambda p: (p.name, p.effective)):
        started = not policy.effective or policy.effective <= date
        if policy.name in names and started and (not policy.until or date <= policy.until):
            found[policy.name] = policy
    return tuple(found.values())


def check(
    program: Program, system: System, *, policies: Sequence[str] = (), on: str = ""
) -> Report:
    """What the policies (those that the system names, unless some are given) say of the system."""
    date = date_of(program, system, policies, on)
    chosen = in_force(program, tuple(policies or system.policies), date)
    results: list[RuleResult] = []
    findings: list[Finding] = []
    undeclared: dict[str, None] = {}
    for bench in benches(program, system, chosen, date):
        tallies = _Tallies(bench.law.policy)
        findings += conclude(bench, tallies.failing(bench))
        for rule in bench.law.policy.rules:
            if isinstance(rule, Assert):
                found = asserted(bench.law, rule)
                tallies.count(rule, found.verdict if found else Verdict.KEPT)
                findings += [found] if found else []
        results += tallies.results()
        undeclared.update(dict.fromkeys(surprises(bench.propagation)))
    findings += about_nothing(system, chosen)
    return report_of(system, program.vocabulary.on(date), chosen, results, findings, undeclared)


def report_of(
    system: System,
    lattice: Lattice,
    policies: Sequence[Policy],
    results: Iterable[RuleResult],
    findings: Sequence[Finding],
    undeclared: Iterable[str],
) -> Report:
    """What was found on the date of a lattice, as a report: sorted."""
    return Report(
        system.name,
        lattice.date,
        tuple(p.name for p in policies),
        tuple(sorted(results, key=lambda r: (r.policy, r.rule))),
        tuple(sorted(waive(system.waivers, findings, policies, lattice), key=order_of)),
        tuple(notice.message for notice in system.notices),
        tuple(undeclared),
        system.span,
    )


def heeding(
    report: Report, waivers: Sequence[Waiver], policies: Sequence[Policy], lattice: Lattice
) -> Report:
    """A report in which no waiver was heeded, as it is with these."""
    if not waivers:
        return report
    found = waive(waivers, report.findings, policies, lattice)
    return replace(report, findings=tuple(sorted(found, key=order_of)))


def order_of(finding: Finding) -> tuple[object, ...]:
    """By what findings are sorted in a report."""
    return (
        finding.policy,
        finding.rule,
        finding.verdict,
        finding.event.carrier,
        finding.datum,
        finding.event,
    )


class _Tallies:
    """The events counted under each rule of a policy, by their verdicts."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._counts: dict[str, Counter[Verdict]] = {r.about.id: Counter() for r in policy.rules}

    def count(self, rule: Rule, verdict: Verdict, times: int = 1) -> None:
        self._counts[rule.about.id][verdict] += times

    def failing(self, bench: Bench) -> Iterator[Judged]:
        """Counts every event of a bench; gives those that are not kept. What is judged once is counted once."""
        pages: Counter[Page] = Counter()
        for page, sheets in bench.pages():
            pages[page] += 1
            for sheet in sheets if page.failing else ():
                yield from sheet.judged(sheet.rulings.failing)
        times: Counter[Rulings] = Counter()
        for page, number in pages.items():
            for _, rulings in page.all:
                times[rulings] += number
        for rulings, number in times.items():
            for ruling in rulings.all:
                self.count(ruling.rule, ruling.judgement.verdict, number)

    def results(self) -> Iterator[RuleResult]:
        for rule in self._policy.rules:
            yield result_of(self._policy, rule, self._counts[rule.about.id])


def result_of(policy: Policy, rule: Rule, counts: Mapping[Verdict, int]) -> RuleResult:
    """The result of a rule under which so many events have each verdict."""
    about = rule.about
    return RuleResult(
        policy.name,
        about.id,
        worst([verdict for verdict, number in counts.items() if number]),
        counts.get(Verdict.KEPT, 0),
        counts.get(Verdict.BROKEN, 0),
        counts.get(Verdict.UNDETERMINED, 0),
        clauses_of(rule),
        about.severity,
        about.citation,
        about.messages,
    )


@dataclass(frozen=True, eq=False)
class Spread:
    """The data of a system as some policies have them spread: what any rules of theirs are judged on."""

    system: System
    leaves: Leaves
    standings: Mapping[str, Standing]
    propagations: Mapping[str, Propagation]

    def benches(
        self, policies: Sequence[Policy], *, judging: Collection[str] | None = None
    ) -> tuple[Bench, ...]:
        """What judges by each policy, or by one of its name in its place that asks no more.

        It judges the rules of the ids in `judging`, if that is given, and no others.
        """
        lattice = self.leaves.lattice
        laws = {
            p.name: Law(p, self.system, lattice, self.standings[p.name], self.leaves)
            for p in policies
        }
        over = docket(policies, laws, self.propagations)
        return tuple(
            Bench(
                over,
                laws[policy.name],
                Questions(policies, policy, over, self.stated, self.leaves),
                self.propagations[policy.name],
                judging,
            )
            for policy in policies
        )

    @cached_property
    def stated(self) -> Terms:
        """By what the system tells leaves apart."""
        return stated_by(self.system, self.leaves.lattice)


def spread(
    program: Program,
    system: System,
    policies: Sequence[Policy],
    date: str,
    *,
    remember: Needs | None = None,
) -> Spread:
    """Where the data of a system go: policies with the same us share one propagation.

    Data remember of their origins what some rule asks, unless it is said what they are to `remember`.
    """
    lattice = program.vocabulary.on(date)
    leaves = Leaves(lattice)
    wanted, passing = remember or needs(policies, system), tracked(policies, leaves)
    by_us: dict[frozenset[str], Propagation] = {}
    standings: dict[str, Standing] = {}
    propagations: dict[str, Propagation] = {}
    for policy in policies:
        standing = Standing(system, lattice, policy.by)
        if standing.ours not in by_us:
            by_us[standing.ours] = propagate(
                system, leaves, standing, needs=wanted, tracked=passing
            )
        standings[policy.name] = standing
        propagations[policy.name] = by_us[standing.ours]
    return Spread(system, leaves, standings, propagations)


def benches(
    program: Program,
    system: System,
    policies: Sequence[Policy],
    date: str,
    *,
    remember: Needs | None = None,
) -> tuple[Bench, ...]:
    """What judges by each policy, on a system of which nothing is known yet."""
    return spread(program, system, policies, date, remember=remember).benches(policies)
