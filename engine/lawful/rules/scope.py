"""Scope: whether a policy judges an event at all, and whether the event is one of a rule (decision 11)."""

from __future__ import annotations

from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment, Law
from lawful.rules.kleene import both, either
from lawful.rules.predicates import holds
from lawful.system.model import Fact, Node
from lawful_dsl.program import Policy, Readings, Rule


def matches(rule: Rule, environment: Environment) -> Kleene:
    """Whether the event is one of the rule: within the policy, and as its pattern says."""
    if isinstance(rule, Readings):
        answer: Kleene = False
        for reading in readings_of(rule, environment.law.policy):
            answer = either(answer, reading is not None and matches(reading, environment))
        return answer
    event = getattr(rule, "event", None)
    if event is None:
        return False
    matched = holds(event, environment)
    return matched if matched is False else both(matched, in_scope(environment))


def readings_of(rule: Readings, policy: Policy) -> list[Rule | None]:
    """The rule as each of the policy's texts has it; None for a text that has no such rule."""
    return [reading for languages, reading in rule.readings if set(languages) & set(policy.texts)]


def in_scope(environment: Environment) -> Kleene:
    """Whether the policy judges the event: one end us or acting for us, and within what it governs."""
    law = environment.law
    subjects = law.governed.get("subject")
    about: Kleene = True
    if subjects:
        person = environment.person("subject")
        about = any_of(law.lattice, Fact((person.kind,), True), subjects) if person else None
    if not law.policy.by:
        return about
    answer: Kleene = False
    leaf = environment.leaf or ""
    frame = environment.happening.frame
    for end in (frame.source,) if frame.target is frame.source else (frame.source, frame.target):
        ours = either(
            law.standing.is_us(end), law.standing.is_acting(end, leaf, environment.purpose)
        )
        if ours is not False:
            answer = either(answer, both(ours, _governed(law, end)))
    if answer is None:
        environment.note(None, frame.carrier, "owner or role", "unknown", frame.span)
    return both(answer, about)


def _governed(law: Law, node: Node) -> Kleene:
    """Whether the policy governs a node, which is looked at once."""
    found = law.governing.get(id(node))
    if found is None:
        found = law.governing[id(node)] = (node, _governs(law, node))
    return found[1]


def _governs(law: Law, node: Node) -> Kleene:
    if law.policy.name in node.outside:
        return False
    answers = []
    for kind, fact in (("site", node.sites), ("product", node.products)):
        names = law.governed.get(kind, ())
        # What stands elsewhere in the list, as a gate does beside services, is no other one than those governed.
        told = tuple(v for v in fact.values if any(law.lattice.beside(v, name) for name in names))
        if told:
            answers.append(any_of(law.lattice, Fact(told, fact.whole), names))
    if not answers or True in answers:
        return True
    return None if None in answers else False
