"""The workshop: changes are tried on a system, to see whether they mend a finding and break nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from lawful.analysis.drafts import Base, Draft
from lawful.analysis.steps import Candidate
from lawful.check import check
from lawful.failure import Failure
from lawful.findings import FAILING, WORST, Finding, Report, Verdict, worst
from lawful.session import Edit, Session
from lawful.system.model import System
from lawful_dsl.program import Program

#: Systems of so many flows and nodes are kept while changes are made to them, which is quick once they are;
#: of larger ones each change is a check.
MOST_KEPT = 250_000
#: So much is tried for one report. Of systems that are kept: in flows and nodes that were looked at, and a change
#: counts as `FEWEST` of them at least. Of others: in changes times flows and nodes. Findings left over get no
#: repair, and the report says so.
MOST_LOOKED_AT, FEWEST = 300_000, 20
MOST_CHECKED = 12_000

#: What is found, by policy and fingerprint.
Key = tuple[str, str]


def is_kept(system: System) -> bool:
    """Whether a system is kept while changes are made to it."""
    return _size(system) <= MOST_KEPT


def bare(system: System) -> System:
    """A system without its waivers: one of what is mended is no harm."""
    return replace(system, waivers=())


class Workshop:
    """Tries changes on a system and remembers what it was like before.

    `session` is one of it, `bare`; without one it is opened where it is first needed.
    """

    def __init__(
        self, program: Program, system: System, report: Report, session: Session | None = None
    ) -> None:
        self.program = program
        self.base = Base(bare(system))
        self.report = report
        self.before = _worst(report.findings)
        self._session = session
        self._kept = session is not None or is_kept(system)
        self._left = MOST_LOOKED_AT if self._kept else MOST_CHECKED

    @property
    def tired(self) -> bool:
        """Whether enough has been tried."""
        return self._left <= 0

    def mends(self, finding: Finding, changes: Sequence[Candidate]) -> bool:
        """Whether the finding goes, and none comes or gets worse."""
        draft = Draft(self.base)
        for change in changes:
            draft = change.apply(draft)
        now = self._found(draft)
        return now.get(_key(finding)) is Verdict.KEPT and all(
            WORST.index(verdict) >= WORST.index(self.before.get(key, Verdict.KEPT))
            for key, verdict in now.items()
        )

    def _found(self, draft: Draft) -> Mapping[Key, Verdict]:
        """The worst verdict on each thing that was found, or on each that the changes touch; kept where it is gone."""
        edits = draft.edits if self._kept else None
        if edits is not None:
            done: list[Edit] = []
            try:
                return self._after(edits, done)
            except Failure:
                pass  # a flow is from one that goes: all of it is checked
            finally:
                for undo in reversed(done):
                    self._opened[0].apply(undo)
        self._left -= _size(self.base.system)
        report = self.report
        after = check(self.program, draft.system, policies=report.policies, on=report.date)
        return dict.fromkeys(self.before, Verdict.KEPT) | _worst(after.findings)

    def _after(self, edits: Iterable[tuple[Edit, Edit]], done: list[Edit]) -> Mapping[Key, Verdict]:
        """What has become of the things that some edits touch, each given with what undoes it."""
        session, found = self._opened
        change: Counter[tuple[Key, Verdict]] = Counter()
        for edit, undo in edits:
            changed = session.apply(edit)
            done.append(undo)
            self._left -= max(changed.looked_at, FEWEST)
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
        report, system = self.report, self.base.system
        session = self._session or Session(
            self.program, system, policies=report.policies, on=report.date
        )
        return session, Counter(map(_verdict, session.report.findings))


def _size(system: System) -> int:
    return len(system.flows) + len(system.nodes)


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
