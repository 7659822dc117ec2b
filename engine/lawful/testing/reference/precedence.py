"""Precedence: what prevails over a rule, what stands in its place, what is in conflict (38, 39)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, Closed, Condition, Policy, Readings, Rule, rules_named


@frozen(eq=False)
class Law:
    """A rule and the policy in which it stands. `part_of` is the rule of which it is a reading."""

    policy: Policy
    rule: Rule
    part_of: str = ""

    @property
    def id(self) -> str:
        """The id of the rule, or of the one of which it is a reading."""
        return self.part_of or self.rule.about.id

    @property
    def key(self) -> tuple[str, str]:
        """The policy and the id."""
        return self.policy.name, self.id


def laws(policies: Sequence[Policy]) -> list[Law]:
    """All rules of the policies that judge events."""
    return [
        Law(policy, rule)
        for policy in policies
        for rule in policy.rules
        if not isinstance(rule, Assert)
    ]


def readings(law: Law) -> list[Law | None]:
    """The rule as each of the policy's texts has it; None for a text that has no such rule."""
    assert isinstance(law.rule, Readings)
    chosen: list[Law | None] = []
    for languages, rule in law.rule.readings:
        if not law.policy.texts or set(languages) & set(law.policy.texts):
            chosen.append(Law(law.policy, rule, law.id) if rule is not None else None)
    return chosen


def replacing(law: Law, policies: Sequence[Policy]) -> Iterator[Law]:
    """The rules that are in place of a rule: those of its own policy, or of another that has not that id."""
    for other in laws(policies):
        replaced = other.rule.about.replaces
        if not replaced or other.key == law.key:
            continue
        own = {rule.about.id for rule in other.policy.rules}
        if replaced == law.id and (other.policy.name == law.policy.name or replaced not in own):
            yield other


def prevailing(law: Law, policies: Sequence[Policy]) -> Iterator[tuple[Law, list[Condition]]]:
    """The rules that prevail over a rule, and the conditions under which each does, transitively."""
    edges = [edge for policy in policies for edge in _edges(policy, policies)]
    by_key = {each.key: each for each in laws(policies)}
    waiting: list[tuple[tuple[str, str], list[Condition], list[tuple[str, str]]]] = [
        (law.key, [], [law.key])
    ]
    while waiting:
        key, conditions, path = waiting.pop()
        for over, under, condition in edges:
            if under == key and over not in path and over in by_key:
                yield by_key[over], [*conditions, condition]
                waiting.append((over, [*conditions, condition], [*path, over]))


Edge = tuple[tuple[str, str], tuple[str, str], Condition]


def _edges(policy: Policy, policies: Sequence[Policy]) -> Iterator[Edge]:
    for each in policy.prevails:
        for over in rules_named(each.over, policy, policies):
            for under in rules_named(each.under, policy, policies):
                if over != under:
                    yield over, under, each.event


def blocks(policy: Policy, names: Sequence[str]) -> list[Closed]:
    """The closed blocks of these names in a policy."""
    return [r for r in policy.rules if isinstance(r, Closed) and r.about.id in names]
