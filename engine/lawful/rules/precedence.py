"""Precedence: which rules bear upon a rule: those that prevail over it, and those in its place (38, 39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawful.propagation import Propagation
from lawful.propagation.standing import Kleene
from lawful.rules.environment import Environment, Law
from lawful.rules.kleene import both, either
from lawful.rules.permission import admitted, excused
from lawful.rules.predicates import holds
from lawful.rules.scope import matches, readings_of
from lawful.rules.treatment import seen_by
from lawful_dsl.program import Assert, Closed, Condition, Policy, Readings, Rule, rules_named

#: A policy and a rule, by their names.
Key = tuple[str, str]
#: Who prevails over whom, for which events, and by what name.
Edge = tuple[Key, Key, Condition, str]


@dataclass(frozen=True, eq=False)
class Bearing:
    """A rule that bears upon another: the policy in which it stands, and for which events it does.

    `name` is what was said to prevail: the rule, or the policy or pack that it is of.
    """

    policy: str
    rule: Rule
    conditions: tuple[Condition, ...] = ()
    name: str = ""

    @property
    def key(self) -> Key:
        """The policy and the id."""
        return self.policy, self.rule.about.id

    def applies(self, environment: Environment) -> Kleene:
        """Whether the event is one of those for which it was said to prevail."""
        answer: Kleene = True
        for condition in self.conditions:
            answer = both(answer, holds(condition, environment))
        return answer

    def asked(
        self,
        docket: Docket,
        rule: Rule,
        environment: Environment,
        question: Callable[[Rule, Environment], Kleene],
    ) -> Kleene:
        """What this rule says of an event that is judged under another."""
        return seen_by(docket.laws[self.policy], self.rule, rule, environment, question)


#: For a rule those that bear upon it.
Bearings = Mapping[Key, Sequence[Bearing]]


@dataclass(frozen=True, eq=False)
class Docket:
    """All that one check judges by: the policies in force, what each sees, what came where.

    `over` gives, for a rule, those who prevail over it, directly or not; `instead` those in its place. `rivals`
    are, for a bound by its `id()`, those that no period can meet beside it, once it has been asked for.
    """

    laws: Mapping[str, Law]
    propagations: Mapping[str, Propagation]
    over: Bearings
    instead: Bearings
    rivals: dict[int, tuple[Bearing, ...]] = field(default_factory=dict)


def prevailed(docket: Docket, key: Key, rule: Rule, environment: Environment) -> Kleene:
    """Whether one who prevails over the rule permits this very event (decision 39)."""
    answer: Kleene = False
    for bearing in docket.over.get(key, ()):
        applies = bearing.applies(environment)
        if applies is not False:
            permits = bearing.asked(docket, rule, environment, _permits)
            answer = either(answer, both(applies, permits))
    return answer


def _permits(rule: Rule, environment: Environment) -> Kleene:
    """Whether a rule that matches an event permits it; one with readings, whether each of them does."""
    if isinstance(rule, Readings):
        answer: Kleene = True
        for reading in readings_of(rule, environment.law.policy):
            answer = both(answer, False if reading is None else _permits(reading, environment))
        return both(matches(rule, environment), answer)
    matched = matches(rule, environment)
    if matched is False:
        return False
    if isinstance(rule, Closed):
        return both(matched, admitted(rule, environment))
    return both(matched, excused(getattr(rule, "exceptions", ()), environment))


def replaced(docket: Docket, key: Key, rule: Rule, environment: Environment) -> Kleene:
    """Whether another rule stands in place of this one for the event (decision 38)."""
    answer: Kleene = False
    for bearing in docket.instead.get(key, ()):
        answer = either(answer, bearing.asked(docket, rule, environment, matches))
    return answer


# --- who bears upon whom --------------------------------------------------------------------------


def docket(
    policies: Sequence[Policy], laws: Mapping[str, Law], propagations: Mapping[str, Propagation]
) -> Docket:
    """The docket of some policies."""
    return Docket(laws, propagations, *bearings(policies))


def bearings(policies: Sequence[Policy]) -> tuple[Bearings, Bearings]:
    """For each rule those who prevail over it, and those in its place."""
    rules = [
        Bearing(policy.name, rule)
        for policy in policies
        for rule in policy.rules
        if not isinstance(rule, Assert)
    ]
    edges = [edge for policy in policies for edge in _edges(policy, policies)]
    by_key = {bearing.key: bearing for bearing in rules}
    over = {bearing.key: tuple(_over(bearing.key, edges, by_key)) for bearing in rules}
    return over, {bearing.key: tuple(_instead(bearing.key, rules)) for bearing in rules}


def _instead(key: Key, rules: Sequence[Bearing]) -> Iterator[Bearing]:
    """The rules in place of one, which are of its own policy."""
    for bearing in rules:
        if (bearing.policy, bearing.rule.about.replaces) == key and bearing.key != key:
            yield bearing


def _over(key: Key, edges: Sequence[Edge], by_key: Mapping[Key, Bearing]) -> Iterator[Bearing]:
    """Those who prevail over a rule, and for which events, by every way that leads to them."""
    waiting: list[tuple[Key, tuple[Condition, ...], tuple[Key, ...]]] = [(key, (), (key,))]
    while waiting:
        below, conditions, way = waiting.pop()
        for over, under, condition, name in edges:
            if under == below and over not in way and over in by_key:
                more = (*conditions, condition)
                yield Bearing(over[0], by_key[over].rule, more, name)
                waiting.append((over, more, (*way, over)))


def _edges(policy: Policy, policies: Sequence[Policy]) -> Iterator[Edge]:
    for each in policy.prevails:
        for over in rules_named(each.over, policy, policies):
            for under in rules_named(each.under, policy, policies):
                if over != under:
                    yield over, under, each.event, each.over
