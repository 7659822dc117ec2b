"""The workshop: changes are tried on a system, to see whether they mend a finding and break nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property

from lawful.analysis.steps import Candidate
from lawful.check import check
from lawful.failure import Failure
from lawful.findings import FAILING, WORST, Finding, Report, Verdict, worst
from lawful.session import DropFlow, Edit, PutFlow, PutNode, Session
from lawful.system.model import System
from lawful_dsl.program import Program

#: Systems of so many flows and nodes are kept while changes are made to them, which is quick once they are;
#: of larger ones each change is a check.
MOST_KEPT = 50_000
#: So much is tried for one report, in changes times flows and nodes: of systems that are kept, and of others.
#: Findings left over get no repair, and the report says so.
MOST_TRIED = 1_200_000
MOST_CHECKED = 12_000

#: What is found, by policy and fingerprint.
Key = tuple[str, str]


class Workshop:
    """Tries changes on a system and remembers what it was like before."""

    def __init__(self, program: Program, system: System, report: Report) -> None:
        self.program = program
        self.system = replace(system, waivers=())  # one of what is mended is no harm
        self.report = report
        self.before = _worst(report.findings)
        size = len(system.flows) + len(system.nodes)
        self._kept = size <= MOST_KEPT
        self._left = (MOST_TRIED if self._kept else MOST_CHECKED) / (size or 1)

    @property
    def tired(self) -> bool:
        """Whether enough has been tried."""
        return self._left <= 0

    def mends(self, finding: Finding, changes: Sequence[Candidate]) -> bool:
        """Whether the finding goes, and none comes or gets worse."""
        self._left -= 1
        system = self.system
        for change in changes:
            system = change.apply(system)
        now = self._found(system)
        return now.get(_key(finding)) is Verdict.KEPT and all(
            WORST.index(verdict) >= WORST.index(self.before.get(key, Verdict.KEPT))
            for key, verdict in now.items()
        )

    def _found(self, system: System) -> Mapping[Key, Verdict]:
        """The worst verdict on each thing that was found, or on each that the changes touch; kept where it is gone."""
        edits = _edits(self.system, system) if self._kept else None
        if edits is not None:
            done: list[Edit] = []
            try:
                return self._after(edits, done)
            except Failure:
                pass  # a flow is from one that goes: all of it is checked
            finally:
                for undo in reversed(done):
                    self._opened[0].apply(undo)
        report = self.report
        after = check(self.program, system, policies=report.policies, on=report.date)
        return dict.fromkeys(self.before, Verdict.KEPT) | _worst(after.findings)

    def _after(self, edits: Iterable[tuple[Edit, Edit]], done: list[Edit]) -> Mapping[Key, Verdict]:
        """What has become of the things that some edits touch, each given with what undoes it."""
        session, found = self._opened
        change: Counter[tuple[Key, Verdict]] = Counter()
        for edit, undo in edits:
            changed = session.apply(edit)
            done.append(undo)
            change.subtract(map(_verdict, changed.gone))
            change.update(map(_verdict, changed.new))
        touched = dict.fromkeys(key for key, _ in change)
        return {
            key: worst([Verdict.KEPT, *(v for v in FAILING if found[key, v] + change[key, v] > 0)])
            for key in touched
        }

    @cached_property
    def _opened(self) -> tuple[Session, Counter[tuple[Key, Verdict]]]:
        """The system, kept, and how often each thing is found with each verdict while nothing is changed."""
        report = self.report
        session = Session(self.program, self.system, policies=report.policies, on=report.date)
        return session, Counter(map(_verdict, session.report.findings))


def _edits(before: System, after: System) -> list[tuple[Edit, Edit]] | None:
    """What makes one system of another, each with what undoes it; None where more than flows and nodes differ."""
    others = (f.name for f in fields(System) if f.name not in ("flows", "nodes"))
    if before.nodes.keys() != after.nodes.keys() or any(
        getattr(before, name) is not getattr(after, name) for name in others
    ):
        return None
    edits: list[tuple[Edit, Edit]] = [
        (PutNode(node), PutNode(before.nodes[id]))
        for id, node in after.nodes.items()
        if node is not before.nodes[id]
    ]
    old = {flow.id: flow for flow in before.flows}
    new = {flow.id: flow for flow in after.flows}
    for id, flow in new.items():
        was = old.get(id)
        if was is not flow:
            edits.append((PutFlow(flow), DropFlow(id) if was is None else PutFlow(was)))
    edits += [(DropFlow(id), PutFlow(flow)) for id, flow in old.items() if id not in new]
    return edits


def _key(finding: Finding) -> Key:
    return finding.policy, finding.fingerprint


def _verdict(finding: Finding) -> tuple[Key, Verdict]:
    return _key(finding), finding.verdict


def _worst(findings: Iterable[Finding]) -> dict[Key, Verdict]:
    """The worst verdict on each thing found."""
    found: dict[Key, Verdict] = {}
    for key, verdict in map(_verdict, findings):
        found[key] = worst([verdict, found.get(key, Verdict.KEPT)])
    return found
