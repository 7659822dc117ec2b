"""Trial: a system to which flows are added again and again, and what that breaks that was not broken before.

Events are judged anew only where other data are than before: elsewhere nothing can have become worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lawful.check import benches, in_force
from lawful.findings import Finding, Verdict
from lawful.kernel.bits import members
from lawful.propagation import Propagation
from lawful.propagation.data import Datum
from lawful.rules.conclusions import conclude
from lawful.rules.judgements import Bench
from lawful.rules.paths import name_of
from lawful.rules.sheets import Judged
from lawful.system.model import Flow, System
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Program

#: What is broken: the policy, the rule, the carrier, the category, the kind of subject.
Key = tuple[str, str, str, str, str]
#: A rule, with its policy.
Named = tuple[str, str]


@frozen
class Outcome:
    """What flows do that were added: what is newly broken, and the rules that are no longer decided."""

    broken: tuple[Finding, ...]
    doubted: tuple[Named, ...]

    @property
    def harmless(self) -> bool:
        """Whether nothing is worse than before."""
        return not self.broken and not self.doubted


class Trial:
    """A system under some policies on a date, judged once, and then with one change after the other."""

    def __init__(
        self, program: Program, system: System, policies: Sequence[str], date: str
    ) -> None:
        self.program = program
        self.system = system
        self.policies = in_force(program, policies, date)
        self.date = date
        self.benches = benches(program, system, self.policies, date)
        self._numbers: dict[Datum, int] = {}
        self._before = [self._contents(bench.propagation) for bench in self.benches]
        self._broken: set[Key] = set()
        self.undecided: set[Named] = set()
        found: list[Finding] = []
        for bench in self.benches:
            wrong = [j for j in bench.all() if j.judgement.verdict is not Verdict.KEPT]
            broken = [j for j in wrong if j.judgement.verdict is Verdict.BROKEN]
            self._broken |= {_key(bench, judged) for judged in broken}
            self.undecided |= _undecided(bench, wrong)
            found += conclude(bench, broken)
        self.already = tuple(found)
        self._known: dict[str, Outcome] = {}

    def after(self, *flows: Flow) -> Outcome:
        """What some flows do that are added; remembered."""
        key = repr(sorted(flows, key=lambda flow: flow.id))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._outcome(flows)
        return found

    def _outcome(self, flows: Sequence[Flow]) -> Outcome:
        after = replace(self.system, flows=(*self.system.flows, *flows))
        found: list[Finding] = []
        doubted: set[Named] = set()
        for bench, before in zip(
            benches(self.program, after, self.policies, self.date), self._before, strict=True
        ):
            wrong = list(self._wrong(bench, before))
            new = [
                judged
                for judged in wrong
                if judged.judgement.verdict is Verdict.BROKEN
                and _key(bench, judged) not in self._broken
            ]
            found += conclude(bench, new)
            doubted |= _undecided(bench, wrong) - self.undecided
        return Outcome(tuple(found), tuple(sorted(doubted)))

    def _wrong(self, bench: Bench, before: dict[str, object]) -> Iterator[Judged]:
        """What is not kept where other data are than before."""
        propagation = bench.propagation
        now = self._contents(propagation)
        other = {carrier for carrier, content in now.items() if before.get(carrier) != content}
        flows = [n for n, flow in enumerate(propagation.flows) if f"flow {flow.id}" in other]
        nodes = [n for n, node in enumerate(propagation.nodes) if f"node {node.id}" in other]
        for sheet in bench.sheets_at(flows, nodes):
            yield from sheet.judged(sheet.rulings.failing)

    def _contents(self, propagation: Propagation) -> dict[str, object]:
        """The data of each carrier, by numbers that are the same in every propagation of this trial."""
        data = propagation.universe.data
        known: dict[int, int] = {}

        def number(n: int) -> int:
            if n not in known:
                known[n] = self._numbers.setdefault(data[n], len(self._numbers))
            return known[n]

        def content(*sets: int) -> object:
            return tuple(frozenset(map(number, members(bits))) for bits in sets)

        found = {
            f"flow {flow.id}": content(propagation.carried(f), propagation.placed(f))
            for f, flow in enumerate(propagation.flows)
        }
        for n, node in enumerate(propagation.nodes):
            found[f"node {node.id}"] = content(propagation.held(n), propagation.began(n))
        return found


def _key(bench: Bench, judged: Judged) -> Key:
    happening = judged.happening
    subject = bench.law.system.subjects.get(happening.datum.beginning.subject)
    return (
        bench.law.policy.name,
        judged.rule.about.id,
        happening.frame.carrier,
        name_of(bench.propagation, happening.datum),
        subject.kind if subject else "",
    )


def _undecided(bench: Bench, wrong: Iterable[Judged]) -> set[Named]:
    """The rules that are broken or undetermined."""
    return {(bench.law.policy.name, judged.rule.about.id) for judged in wrong}
