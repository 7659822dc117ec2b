"""Exercise: which rules, exceptions and permits of policies their cases put to the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from lawful.analysis.parts import Kind, Part, parts_of
from lawful.check import in_force
from lawful.findings import Reason, Verdict
from lawful.rules.sheets import Judged
from lawful.rules.verdicts import Judgement, judge
from lawful.testing.cases import Case, Outcome
from lawful.testing.suites import Suite
from lawful.testing.trials import Trial, trial
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Policy, Readings, Rule
from lawful_dsl.source import Span

#: The third kind of thing that cases show, beside those of parts.
RULE = "rule"
#: Why nothing can be told of an event.
_WANTING = (Reason.UNDECLARED, Reason.UNSOURCED, Reason.UNKNOWN_DATA)


@frozen
class Line:
    """A rule, an exception or a permit, where it stands, and what no case shows of it (empty: all is shown).

    `name` is the id of the rule, with `(row N)`, `(permit N)` or `(exception)` for a part of it.
    """

    kind: str
    name: str
    span: Span
    lacks: str

    @property
    def covered(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacks


@frozen
class Exercise:
    """The lines of the policies that were tested, by file and position."""

    lines: tuple[Line, ...]

    @property
    def score(self) -> float:
        """The share of lines that are covered, from 0 to 1."""
        covered = sum(line.covered for line in self.lines)
        return covered / len(self.lines) if self.lines else 1.0


#: What cases have shown of the rules and parts that stand somewhere.
_Known = dict[tuple[Span, str, str], set[str]]


def exercise(
    tested: Iterable[tuple[Suite, Sequence[Outcome]]],
    doing: Callable[[Case], None] = lambda case: None,
) -> Exercise:
    """What the cases that hold show of the texts of their policies.

    A text that several policies or versions have in use is one text. `doing` is told of each case.
    """
    known: _Known = {}
    parts: dict[int, tuple[Part, ...]] = {}
    for suite, outcomes in tested:
        for outcome in outcomes:
            doing(outcome.case)
            found, _ = trial(outcome.case, suite.program, suite.policies)
            if found is None:
                continue
            for policy in in_force(suite.program, [p.name for p in found.policies], found.date):
                _register(policy, parts, known)
            if not outcome.otherwise:
                _verdicts(found, outcome.case.verdict, known)
                _effects(found, parts, known)
    lines = (Line(kind, name, span, _lacking(kind, of)) for (span, kind, name), of in known.items())
    return Exercise(tuple(sorted(lines, key=_order)))


def _order(line: Line) -> tuple[str, int, int, bool, str]:
    span = line.span
    return span.file, span.line, span.column, line.kind != RULE, line.name


def _register(policy: Policy, parts: dict[int, tuple[Part, ...]], known: _Known) -> None:
    """Every rule of a policy, and its parts, as what cases may show."""
    for rule in policy.rules:
        if id(rule) not in parts:
            parts[id(rule)] = tuple(parts_of(rule))
            known.setdefault(_key(rule), set())
            for part in parts[id(rule)]:
                known.setdefault(_key(rule, part), set())


def _key(rule: Rule, part: Part | None = None) -> tuple[Span, str, str]:
    if part is None:
        return rule.about.span, RULE, rule.about.id
    return part.span, part.kind, f"{rule.about.id} ({part.name})"


def _lacking(kind: str, shown: set[str]) -> str:
    if kind == RULE:
        missing = [verdict for verdict in (Verdict.BROKEN, Verdict.KEPT) if verdict not in shown]
        if not shown:
            return "no case meets it"
        return f"no case has it {' or '.join(missing)}" if missing else ""
    if shown:
        return ""
    return (
        "it takes effect in no case" if kind == Kind.EXCEPTION else "it permits nothing in any case"
    )


# --- what a case shows ----------------------------------------------------------------------------


def _verdicts(trial: Trial, verdict: Verdict, known: _Known) -> None:
    """A case that holds shows the verdict of the rules that it names.

    Where the texts of a document differ there is no worse verdict than that.
    """
    if verdict is Verdict.NOT_EXERCISED:
        return
    for policy in trial.policies:
        for rule in policy.rules:
            if rule.about.id in trial.rules:
                worst = isinstance(rule, Readings) and verdict is Verdict.UNDETERMINED
                known[_key(rule)] |= {verdict, Verdict.BROKEN} if worst else {verdict}


def _effects(trial: Trial, parts: Mapping[int, tuple[Part, ...]], known: _Known) -> None:
    """A case shows the parts on which the verdict of one of its events turns."""
    waiting = [
        (policy, rule, part)
        for policy in trial.policies
        for rule in policy.rules
        for part in parts[id(rule)]
        if not known[_key(rule, part)]
    ]
    if not waiting:
        return
    events = tuple(
        (bench.law.policy.name, one)
        for bench in trial.benches(trial.policies)
        for one in bench.all()
    )
    for policy, rule, part in waiting:
        instead = _Instead(trial, policy, rule, events)
        turns = instead.permits(part) if part.kind is Kind.PERMIT else instead.excepts(part)
        if turns:
            known[_key(rule, part)].add("effect")


@frozen
class _Instead:
    """The events of a case, each with the policy by which it was judged, and a rule to be changed."""

    trial: Trial
    policy: Policy
    rule: Rule
    events: Sequence[tuple[str, Judged]]

    def excepts(self, part: Part) -> bool:
        """Whether an event would be judged otherwise without an exception; one that may hold does not count."""
        if part.rule is self.rule:
            before: Sequence[Judgement | None] = [one.judgement for _, one in self.events]
        else:
            before = self._judged(part.rule, self.events)
        after = self._judged(part.without, self.events)
        return any(
            _told(one) and _verdict(one) != _verdict(other)
            for one, other in zip(before, after, strict=True)
        )

    def permits(self, part: Part) -> bool:
        """Whether an event is kept by a permit: by it alone, or not without it."""
        assert part.none is not None
        assert part.alone is not None
        kept = [at for at in self.events if at[1].judgement.verdict is Verdict.KEPT]
        turning = [
            at
            for at, none in zip(kept, self._judged(part.none, kept), strict=True)
            if _verdict(none) is not Verdict.KEPT
        ]
        alone = (_verdict(one) is Verdict.KEPT for one in self._judged(part.alone, turning))
        without = (_verdict(one) is Verdict.KEPT for one in self._judged(part.without, turning))
        return any(alone) or not all(without)

    def _judged(
        self, changed: Rule, events: Sequence[tuple[str, Judged]]
    ) -> list[Judgement | None]:
        """What is found of some events where the rule is changed."""
        if not events:
            return []
        rules = tuple(changed if rule is self.rule else rule for rule in self.policy.rules)
        weaker = replace(self.policy, rules=rules)
        policies = [weaker if each is self.policy else each for each in self.trial.policies]
        benches = {bench.law.policy.name: bench for bench in self.trial.benches(policies)}
        found = []
        for name, one in events:
            rule = changed if one.rule is self.rule else one.rule
            bench = benches[name]
            found.append(judge(bench.docket, bench.law, bench.questions, rule, one.happening))
        return found


def _verdict(judgement: Judgement | None) -> Verdict:
    return judgement.verdict if judgement else Verdict.NOT_EXERCISED


def _told(judgement: Judgement | None) -> bool:
    return judgement is None or judgement.reason not in _WANTING
