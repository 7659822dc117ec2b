"""Verdicts: what one rule says of one event, over all that is not known of it singly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from lawful.findings import Reason, UsedFact, Verdict
from lawful.rules.environment import NO_VALUE, Environment, Happening, Law
from lawful.rules.outcomes import Outcome, outcome
from lawful.rules.precedence import Docket
from lawful.rules.questions import Questions
from lawful.rules.treatment import View, views_of
from lawful.system.model import Guard, Subject
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Readings, Rule, State

#: How the states stand of which a rule asks, by whose they are.
States = Mapping[tuple[str, State], bool]


@frozen
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
    untold: list[str]


def judge(
    docket: Docket,
    law: Law,
    questions: Questions,
    rule: Rule,
    happening: Happening,
    explanation: Explanation | None = None,
) -> Judgement | None:
    """The verdict of a rule on an event; None where the event is none of the rule's."""
    return _Case(docket, law, questions, rule.about.id, happening, explanation).under(rule)


@frozen
class _Case:
    """One event before one rule, known by its id (of which the readings are those of its texts)."""

    docket: Docket
    law: Law
    questions: Questions
    id: str
    happening: Happening
    explanation: Explanation | None

    def under(self, rule: Rule) -> Judgement | None:
        """What is found under the rule, or under one of its readings."""
        if isinstance(rule, Readings):
            return self._by_readings(rule)
        actual = self.law.system.subjects.get(self.happening.datum.beginning.subject)
        treats = self.law.treats(rule)
        if not treats:
            return self._as_person(rule, (actual, False), {})
        return _worst(
            self._as_each(rule, actual, states)
            for states in _assignments(
                self.law, self.questions.states_of(treats), self.happening, actual, {}
            )
        )

    def _by_readings(self, rule: Readings) -> Judgement | None:
        """The readings of the policy's texts, side by side (decision 40)."""
        texts = set(self.law.policy.texts)
        said: list[tuple[str, Judgement | None]] = [
            (", ".join(languages), None if reading is None else self.under(reading))
            for languages, reading in rule.readings
            if texts & set(languages)
        ]
        if all(judged is None for _, judged in said):
            return None
        verdicts = {judged.verdict if judged else Verdict.KEPT for _, judged in said}
        if len(verdicts) == 1:
            return next(judged for _, judged in said if judged)
        differing = "; ".join(
            f"{languages}: {judged.verdict if judged else Verdict.KEPT}"
            for languages, judged in said
        )
        return Judgement(Verdict.UNDETERMINED, Reason.READINGS_DIFFER, differing)

    # --- treatment --------------------------------------------------------------------------------

    def _as_each(self, rule: Rule, actual: Subject | None, states: States) -> Judgement | None:
        """What is found where the datum is taken to be each person's whose it may be (decision 36)."""
        lacking: list[UsedFact] = []
        leaves = [
            Environment(
                self.law,
                self.happening,
                leaf,
                purpose or "",
                place or "",
                None,
                actual,
                partner or "",
                states=dict(states),
                missing=lacking,
            )
            for leaf, purpose, place, partner in product(*self._leaves(rule))
        ]
        found = [
            self._as_person(rule, view, states if view[0] is actual else {})
            for view in views_of(self.law, rule, leaves)
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
        if self.explanation:
            self.explanation.missing.extend(lacking)
        return Judgement(
            Verdict.UNDETERMINED, Reason.UNDECLARED, "whether the subject is treated as another"
        )

    def _leaves(self, rule: Rule) -> tuple[Sequence[str | None], ...]:
        """The leaves of the datum, the purpose, the place and the partner that the rule tells apart."""
        asked, happening = self.questions.of(rule), self.happening
        data: Sequence[str | None] = (
            (None,) if happening.datum.unknown else asked.data_leaves(happening.datum.extent)
        )
        partners = asked.data_leaves(happening.partner) if happening.partner else ("",)
        return (
            data,
            asked.purpose_leaves(happening.use.purpose),
            asked.place_leaves(happening.place),
            partners,
        )

    def _as_person(self, rule: Rule, view: View, states: States) -> Judgement | None:
        """The worst over all states that may be either, and all residences."""
        asked = self.questions.of(rule).states
        return _worst(
            self._leaf_by_leaf(rule, view, assigned, residences)
            for assigned in _assignments(self.law, asked, self.happening, view[0], states)
            for residences in residences_of(self.questions, rule, view[0])
        )

    def _leaf_by_leaf(
        self, rule: Rule, view: View, states: States, residences: Sequence[str]
    ) -> Judgement | None:
        """Kept if kept for each leaf, broken if broken for each (decision 33)."""
        law, happening, explanation = self.law, self.happening, self.explanation
        subject, treated = view
        key = (law.policy.name, self.id)
        outcomes: dict[Outcome, tuple[str | None, ...]] = {}
        for leaf, purpose, place, partner, residence in product(*self._leaves(rule), residences):
            environment = Environment(
                law,
                happening,
                leaf,
                purpose or "",
                place or "",
                residence,
                subject,
                partner or "",
                treated,
                states=dict(states),
                used=explanation.used if explanation else None,
                missing=explanation.missing if explanation else None,
                untold=explanation.untold if explanation else None,
            )
            found = outcome(self.docket, key, rule, environment)
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


# --- what may be several things, each judged ------------------------------------------------------


def _worst(judgements: Iterable[Judgement | None]) -> Judgement | None:
    worst: Judgement | None = None
    for judged in judgements:
        if judged is not None and (worst is None or _WORSE[judged.verdict] > _WORSE[worst.verdict]):
            worst = judged
    return worst


_WORSE = {Verdict.KEPT: 0, Verdict.UNDETERMINED: 1, Verdict.BROKEN: 2}


def residences_of(
    questions: Questions, rule: Rule, subject: Subject | None
) -> Sequence[tuple[str, ...]]:
    """One set of leaves for each residence that someone of the kind may have."""
    asked = questions.of(rule)
    if not asked.residence or subject is None:
        return (("",),)
    found = [asked.place_leaves(place) for place in subject.residences.values]
    more = [] if subject.residences.whole else [("",)]
    return [*found, *more] or [(NO_VALUE,)]


def _assignments(
    law: Law,
    asked: Iterable[tuple[str, State]],
    happening: Happening,
    subject: Subject | None,
    settled: States,
) -> Iterator[States]:
    """Every way in which the states that a rule asks may stand, less what guards have removed."""
    open_states: list[tuple[tuple[str, State], list[bool]]] = []
    for who, state in asked:
        person = subject
        if (who, state) in settled:
            open_states.append(((who, state), [settled[who, state]]))
            continue
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
