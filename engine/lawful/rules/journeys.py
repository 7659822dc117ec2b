"""Journeys: what a datum must have passed, and what must have reached where it is (decisions 24 and 41)."""

from __future__ import annotations

from lawful.kernel.bits import members
from lawful.propagation import Propagation
from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment, said
from lawful.rules.kleene import both, either
from lawful_dsl.program import Passage, Reach


def passed(rule: Passage, environment: Environment) -> Kleene:
    """Whether the datum has passed a node of one of the kinds of product."""
    datum = environment.happening.datum
    if any(product in datum.passed for product in rule.through):
        return True
    if datum.beginning.unsourced:
        return environment.note(None, "the datum's origin", "passed", "unknown")
    return False


def reached(rule: Reach, environment: Environment, propagation: Propagation) -> Kleene:
    """Whether a request of these categories arrives at the target node, and is honoured there (decision 41)."""
    node = environment.happening.frame.target
    law = environment.law
    subject = environment.happening.datum.beginning.subject
    wanted = law.leaves.masks(rule.terms)
    arrives: Kleene = False
    for number in members(propagation.held(propagation.node_number[node.id])):
        datum = propagation.universe.data[number]
        if datum.silent or datum.beginning.unsourced or not datum.extent & wanted:
            continue
        same = datum.beginning.subject == subject if datum.beginning.subject and subject else None
        sure: Kleene = None if datum.extent & ~wanted else True
        arrives = either(arrives, both(same, sure))
    honoured = any_of(law.lattice, node.honours, rule.terms)
    environment.note(arrives, node.id, "arrives", ", ".join(rule.terms), node.span)
    environment.note(honoured, node.id, "honours", said(node.honours), node.span)
    return both(arrives, honoured)
