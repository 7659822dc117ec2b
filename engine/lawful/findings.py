"""Findings: what a check concludes, as frozen values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType

from lawful_dsl.frozen import frozen
from lawful_dsl.source import NOWHERE, Span

#: What stands between the ends of a flow in the id that it has where it is given none.
WAYS = ("->", "on", "access")
#: No node had another id.
AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})


class Verdict(StrEnum):
    """What can be said of an event, a rule or a clause. Not exercised: no event met it."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDETERMINED = "undetermined"
    NOT_EXERCISED = "not exercised"


#: The worst first.
WORST = (Verdict.BROKEN, Verdict.UNDETERMINED, Verdict.KEPT, Verdict.NOT_EXERCISED)

#: Those that a finding may have, the worst first.
FAILING = WORST[:2]

#: The severities of rules, the least first.
SEVERITIES = ("low", "medium", "high", "critical")


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of some verdicts; of none, not exercised."""
    return min(verdicts, key=WORST.index, default=Verdict.NOT_EXERCISED)


#: The rule under which a node of which nothing is known is reported.
UNKNOWN_DATA = "unknown-data"


#: Kinds of event of what is judged without one: a fact of the system, and what is said of nothing there.
ASSERTION, WAIVER, OVERLAY = "assertion", "waiver", "overlay"
#: Those of them of which no rule has a result.
_SAID = (WAIVER, OVERLAY)


class Reason(StrEnum):
    """Why a verdict is undetermined."""

    UNDECLARED = "undeclared"
    COARSE = "coarse"
    READINGS_DIFFER = "readings differ"
    CONFLICT = "conflict"
    UNSOURCED = "unsourced"
    UNKNOWN_DATA = "unknown data"
    UNMATCHED = "unmatched"


@frozen(order=True)
class Datum:
    """A datum as a report names it: category, form, subject (id and kind), where it began, its marks.

    `origin` is the id of the flow or node where it began; `unsourced` that it began on a flow out
    of a node that did not have it. `leaves` are the categories of which it may be any.
    """

    category: str
    form: str
    subject: str
    subject_kind: str
    origin: str
    marks: tuple[str, ...] = ()
    unsourced: bool = False
    leaves: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@frozen(order=True)
class Event:
    """The event of a finding. `carrier` is the id of the flow or node; empty values are unknown.

    `partner` is what the datum is joined with, in a join.
    """

    kind: str
    carrier: str
    source: str
    target: str
    purpose: str = ""
    place: str = ""
    channel: str = ""
    partner: str = ""

    def among(self, nodes: Mapping[str, str]) -> Event:
        """The same event where nodes have the ids that are given for theirs."""
        if not nodes:
            return self
        source, target = (nodes.get(end, end) for end in (self.source, self.target))
        carrier = nodes.get(self.carrier, self.carrier)
        for way in WAYS:  # flows without ids of their own are called by their ends
            between = f"{self.source} {way} {self.target}"
            if self.carrier.startswith(between):
                carrier = f"{source} {way} {target}{self.carrier.removeprefix(between)}"
        return replace(self, carrier=carrier, source=source, target=target)

    @property
    def happens(self) -> bool:
        """Whether data are met somewhere: other kinds are of what the system says."""
        return self.kind not in (ASSERTION, *_SAID)


@frozen
class Step:
    """One hop of a witness: the flow (or, at its beginning, the node), and what it did to the datum."""

    carrier: str
    source: str
    target: str
    category: str
    did: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class UsedFact:
    """A fact that the verdict rests on, or one that it lacks: of what, which, its value, where it stands."""

    of: str
    name: str
    value: str
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Change:
    """One change of a repair: what to do in words, to which flow or node."""

    action: str
    on: str
    text: str


@frozen
class Repair:
    """The smallest change found that mends a finding. `pruned` says that not every change was tried."""

    changes: tuple[Change, ...]
    pruned: bool = False


@frozen
class NearRow:
    """A permit that nearly admits the event: its row, the columns that fail, its clauses."""

    block: str
    row: int
    text: str
    fails: tuple[str, ...]
    clauses: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Waived:
    """By whom a finding is waived, why, and until when (the last day)."""

    owner: str
    because: str
    until: str
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Finding:
    """One promise broken, or one that cannot be decided, where it first goes wrong.

    `beneath` counts the further events that this one stands for. `missing` are facts to declare.
    """

    verdict: Verdict
    policy: str
    rule: str
    severity: str
    datum: Datum
    event: Event
    reason: Reason | None = None
    detail: str = ""
    clauses: tuple[str, ...] = ()
    citation: str = ""
    messages: tuple[tuple[str, str], ...] = ()
    witness: tuple[Step, ...] = ()
    facts: tuple[UsedFact, ...] = ()
    missing: tuple[UsedFact, ...] = ()
    rows: tuple[NearRow, ...] = ()
    precedence: tuple[str, ...] = ()
    beneath: int = 0
    repair: Repair | None = None
    span: Span = field(default=NOWHERE, compare=False)
    waiver: Waived | None = None

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stay when positions, messages and dates change."""
        return self.fingerprint_under(self.rule)

    def fingerprint_under(self, rule: str, nodes: Mapping[str, str] = AS_THEY_ARE) -> str:
        """The fingerprint that it had when its rule had another id, and `nodes` had those given for theirs."""
        event = self.event.among(nodes)
        parts = (
            rule,
            event.kind,
            event.carrier,
            event.source,
            event.target,
            self.datum.category,
            self.datum.subject_kind,
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def place(self) -> Span:
        """Where to point a reader: at the carrier, else at the last hop that stands in a file."""
        spans = (self.span, *(step.span for step in reversed(self.witness)))
        return next((span for span in spans if span.line or span.pointer), NOWHERE)

    def message(self, language: str = "en") -> str:
        """The rule's message in a language, else in English, else in any, else the detail."""
        return message_in(language, self.messages) or self.detail


def message_in(language: str, messages: Iterable[tuple[str, str]]) -> str:
    """The message in a language, else in English, else the first; of none, nothing."""
    known = dict(messages)
    return known.get(language) or known.get("en") or next(iter(known.values()), "")


@frozen
class RuleResult:
    """The verdict of one rule, and how many events were kept, broken and undetermined under it."""

    policy: str
    rule: str
    verdict: Verdict
    kept: int = 0
    broken: int = 0
    undetermined: int = 0
    clauses: tuple[str, ...] = ()
    severity: str = "medium"
    citation: str = ""
    messages: tuple[tuple[str, str], ...] = ()


@frozen
class Report:
    """What a check concludes of a system under some policies on a date. Everything is sorted.

    `undeclared` are arrivals that a node's declaration does not expect, as sentences; `span` is
    where the system is named.
    """

    system: str
    date: str
    policies: tuple[str, ...]
    rules: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()
    undeclared: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def verdict(self) -> Verdict:
        """The worst of the rules, and of what is wrong with waivers and overlays."""
        return self._worst([result.verdict for result in self.rules])

    @property
    def unwaived(self) -> Verdict:
        """The verdict but for what is waived, on which it rests whether the check passes.

        Where all that is not kept is waived, it is that of what is kept, and no report calls it so.
        """
        return self._worst([self.unwaived_of(result) for result in self.rules])

    @property
    def word(self) -> str:
        """The verdict in a word: of what is not waived, and `waived` where there is nothing else."""
        left = self.unwaived
        return "waived" if left is not self.verdict and left is Verdict.KEPT else left.value

    def _worst(self, verdicts: list[Verdict]) -> Verdict:
        stated = [each.verdict for each in self.findings if each.event.kind in _SAID]
        return worst([*verdicts, *stated] if self.exercised else verdicts)

    def unwaived_of(self, result: RuleResult) -> Verdict:
        """The verdict of a rule but for what is waived: only findings that are all waived count for nothing."""
        if not any(finding.waiver for finding in self.findings):
            return result.verdict
        left = {Verdict.BROKEN: result.broken > 0, Verdict.UNDETERMINED: result.undetermined > 0}
        left[result.verdict] = True
        for verdict, there in left.items():
            found = [
                finding.waiver
                for finding in self.findings
                if finding.policy == result.policy
                and finding.verdict is verdict
                and finding.rule in (result.rule, UNKNOWN_DATA)
            ]
            if there and verdict in FAILING and not (found and all(found)):
                return verdict
        return Verdict.KEPT if result.verdict in FAILING else result.verdict

    @property
    def exercised(self) -> bool:
        """Whether any rule met an event; if none did, the check is no pass."""
        return any(r.verdict is not Verdict.NOT_EXERCISED for r in self.rules)

    def clauses(self) -> tuple[tuple[str, Verdict], ...]:
        """Each clause with the worst verdict of the rules that cite it, sorted."""
        found: dict[str, list[Verdict]] = {}
        for result in self.rules:
            for clause in result.clauses:
                found.setdefault(clause, []).append(result.verdict)
        return tuple(sorted((clause, worst(verdicts)) for clause, verdicts in found.items()))


def overall(reports: Iterable[Report]) -> Verdict:
    """The verdict of several reports together: a report that is no pass is worse than an undetermined one."""
    return _gathered(report.verdict for report in reports)


def outcome(reports: Iterable[Report]) -> Verdict:
    """The same but for what is waived: on it rests whether a check passes."""
    return _gathered(report.unwaived for report in reports)


def _gathered(each: Iterable[Verdict]) -> Verdict:
    verdicts = set(each)
    order = (Verdict.BROKEN, Verdict.NOT_EXERCISED, Verdict.UNDETERMINED, Verdict.KEPT)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.NOT_EXERCISED)
