"""Verdicts: what one rule says of one event, over all that is not known of it singly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from lawful.findings import Reason, UsedFact, Verdict
from lawful.rules.environment import Environment, Happening, Law
from lawful.rules.outcomes import Outcome, outcome
from lawful.rules.precedence import Docket
from lawful.rules.predicates import holds
from lawful.rules.questions import Questions
from lawful.system.model import Guard, Subject
from lawful_dsl.program import Readings, Rule, State


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on an event, and for an undetermined one the reason and what it turns on."""

    verdict: Verdict
    reason: Reason | None = None
    detail: str = ""


@dataclass(slots=True)
class Explanation:
    """Facts gathered while an event is judged once more."""

    used: list[UsedFact]
    missing: list[UsedFact]


def judge(
    docket: Docket,
    law: Law,
    questions: Questions,
    rule: Rule,
    happening: Happening,
    explanation: Explanation | None = None,
) -> Judgement | None:
    """The verdict of a rule on an event; None where the event is none of the rule's."""
    if isinstance(rule, Readings):
        return _judge_readings(docket, law, questions, rule, happening, explanation)
    views = _views(law, rule, happening)
    found = [
        _judge_view(docket, law, questions, rule, happening, view, explanation) for view in views
    ]
    judged = [j for j in found if j is not None]
    if not judged:
        return None
    verdicts = {j.verdict for j in judged}
    if len(judged) < len(found):
        verdicts.add(Verdict.KEPT)
    if len(verdicts) == 1:
        return judged[0]
    undetermined = [j for j in judged if j.verdict is Verdict.UNDETERMINED]
    if undetermined:
        return undetermined[0]
    return Judgement(
        Verdict.UNDETERMINED, Reason.UNDECLARED, "whether the subject is treated as another"
    )


def _judge_readings(
    docket: Docket,
    law: Law,
    questions: Questions,
    rule: Readings,
    happening: Happening,
    explanation: Explanation | None,
) -> Judgement | None:
    """The readings of the policy's texts, side by side (decision 40)."""
    texts = set(law.policy.texts)
    said: list[tuple[str, Judgement | None]] = []
    for languages, reading in rule.readings:
        if texts and not texts & set(languages):
            continue
        judged = (
            None
            if reading is None
            else judge(docket, law, questions, reading, happening, explanation)
        )
        said.append((", ".join(languages), judged))
    if all(judged is None for _, judged in said):
        return None
    verdicts = {judged.verdict if judged else Verdict.KEPT for _, judged in said}
    if len(verdicts) == 1:
        return next(judged for _, judged in said if judged)
    differing = "; ".join(
        f"{languages}: {judged.verdict if judged else Verdict.KEPT}" for languages, judged in said
    )
    return Judgement(Verdict.UNDETERMINED, Reason.READINGS_DIFFER, differing)


# --- treatment ------------------------------------------------------------------------------------


def _views(law: Law, rule: Rule, happening: Happening) -> list[Subject | None]:
    """The subjects as whom the datum's may have to be judged (decision 36)."""
    actual = law.system.subjects.get(happening.datum.beginning.subject)
    if actual is None or rule.about.actual:
        return [actual]
    views: list[Subject | None] = []
    untreated = True
    for treat in law.policy.treats:
        if treat.name in rule.about.names:
            continue
        environment = Environment(law, happening, None, "", "", "", actual)
        environment.residence = _only_residence(law, actual)
        applies = holds(treat.condition, environment)
        if applies is not False:
            when = holds(treat.when, environment)
            applies = None if applies is None and when is not False else when
        if applies is False:
            continue
        if applies:
            untreated = False
        views.append(_treated(law, actual, treat.as_))
    return [actual, *views] if untreated else views


def _only_residence(law: Law, subject: Subject) -> str:
    leaves = law.extent(subject.residences.values)
    return next(iter(leaves)) if subject.residences.whole and len(leaves) == 1 else ""


def _treated(law: Law, actual: Subject, kind: str) -> Subject:
    of = law.system.subjects.get(actual.of)
    if of is not None and law.lattice.is_a(of.kind, kind):
        return of
    return Subject("", kind)


# --- one view -------------------------------------------------------------------------------------


def _judge_view(
    docket: Docket,
    law: Law,
    questions: Questions,
    rule: Rule,
    happening: Happening,
    subject: Subject | None,
    explanation: Explanation | None,
) -> Judgement | None:
    worst: Judgement | None = None
    for states in _assignments(law, questions, rule, happening, subject):
        for residence in _residences(questions, rule, subject):
            judged = _judge_leaves(
                docket, law, questions, rule, happening, subject, states, residence, explanation
            )
            if judged is not None and (
                worst is None or _WORSE[judged.verdict] > _WORSE[worst.verdict]
            ):
                worst = judged
    return worst


_WORSE = {Verdict.KEPT: 0, Verdict.UNDETERMINED: 1, Verdict.BROKEN: 2}


def _residences(
    questions: Questions, rule: Rule, subject: Subject | None
) -> Sequence[tuple[str, ...]]:
    """One set of leaves for each residence that someone of the kind may have."""
    asked = questions.of(rule)
    if not asked.residence:
        return (("",),)
    if subject is None or subject.residences.unknown:
        return (("",),)
    found = [asked.place_leaves(place) for place in subject.residences.values]
    return [*found] if subject.residences.whole and found else [*found, ("",)]


def _assignments(
    law: Law, questions: Questions, rule: Rule, happening: Happening, subject: Subject | None
) -> Iterator[dict[tuple[str, State], bool]]:
    """Every way in which the states that a rule asks may stand, less what guards have removed."""
    open_states: list[tuple[tuple[str, State], list[bool]]] = []
    for who, state in questions.of(rule).states:
        person = subject
        if who != "subject":
            node = happening.frame.source if who == "source" else happening.frame.target
            person = law.system.subjects.get(node.id)
            if person is None:
                continue
        if person is not None and state in person.states:
            continue
        values = [True, False]
        if who == "subject":
            guards = happening.datum.guards
            values = [v for v in values if Guard(state, not v) not in guards]
        open_states.append(((who, state), values))
    for chosen in product(*(v for _, v in open_states)):
        yield dict(zip((key for key, _ in open_states), chosen, strict=True))


def _judge_leaves(
    docket: Docket,
    law: Law,
    questions: Questions,
    rule: Rule,
    happening: Happening,
    subject: Subject | None,
    states: dict[tuple[str, State], bool],
    residences: tuple[str, ...],
    explanation: Explanation | None,
) -> Judgement | None:
    """Leaf by leaf: kept if kept for each, broken if broken for each (decision 33)."""
    asked = questions.of(rule)
    data: Sequence[str | None] = (
        (None,) if happening.datum.unknown else asked.data_leaves(happening.datum.extent)
    )
    purposes = asked.purpose_leaves(happening.use.purpose)
    places = asked.place_leaves(happening.place)
    partners = asked.data_leaves(happening.partner) if happening.partner else ("",)
    outcomes: dict[Outcome, tuple[str | None, ...]] = {}
    for leaf, purpose, place, residence, partner in product(
        data, purposes, places, residences, partners
    ):
        environment = Environment(
            law,
            happening,
            leaf,
            purpose,
            place,
            residence,
            subject,
            partner,
            states,
            explanation.used if explanation else None,
            explanation.missing if explanation else None,
        )
        found = outcome(docket, rule, environment)
        outcomes.setdefault(found, (leaf, purpose, place, residence, partner))
    if set(outcomes) == {Outcome.NONE}:
        return None
    if happening.datum.unknown:
        kept = set(outcomes) <= {Outcome.NONE, Outcome.KEPT}
        return (
            Judgement(Verdict.KEPT)
            if kept
            else Judgement(Verdict.UNDETERMINED, Reason.UNKNOWN_DATA)
        )
    return _summed(outcomes, happening, law)


def _summed(
    outcomes: dict[Outcome, tuple[str | None, ...]], happening: Happening, law: Law
) -> Judgement:
    if Outcome.CONFLICT in outcomes:
        return Judgement(Verdict.UNDETERMINED, Reason.CONFLICT, "no period meets every bound")
    if Outcome.UNKNOWN in outcomes:
        reason = Reason.UNSOURCED if happening.datum.beginning.unsourced else Reason.UNDECLARED
        return Judgement(Verdict.UNDETERMINED, reason)
    if Outcome.BROKEN not in outcomes:
        return Judgement(Verdict.KEPT)
    if set(outcomes) == {Outcome.BROKEN}:
        return Judgement(Verdict.BROKEN)
    broken = outcomes[Outcome.BROKEN]
    kept = outcomes.get(Outcome.KEPT) or outcomes[Outcome.NONE]
    turning = [b for b, k in zip(broken, kept, strict=True) if b and b != k]
    return Judgement(Verdict.UNDETERMINED, Reason.COARSE, ", ".join(turning))
