"""Journeys: what a datum must have passed, and what must have reached where it is (decisions 24 and 41)."""

from __future__ import annotations

from lawful.kernel.bits import members
from lawful.propagation import Propagation
from lawful.propagation.data import Datum
from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment
from lawful.rules.kleene import both, either
from lawful.system.model import Fact
from lawful_dsl.program import PERSONAL_FORMS, Passage, Reach


def passed(rule: Passage, environment: Environment) -> Kleene:
    """Whether the datum has passed a node of one of the kinds of product."""
    datum = environment.happening.datum
    if any_of(environment.law.lattice, Fact(tuple(sorted(datum.passed)), True), rule.through):
        return True
    if datum.beginning.unsourced or "" in datum.passed:
        return environment.note(None, "the datum's origin", "passed", "unknown")
    return False


def requests(datum: Datum) -> bool:
    """Whether a datum can be a request: somebody's, and said to be sent."""
    return not (datum.silent or datum.beginning.unsourced) and datum.form in PERSONAL_FORMS


def reached(rule: Reach, environment: Environment, propagation: Propagation) -> Kleene:
    """Whether a request of these categories arrives at the target node, and is honoured there (decision 41)."""
    node = environment.happening.frame.target
    law = environment.law
    subject = environment.happening.datum.beginning.subject
    answer: Kleene = False
    arrives: Kleene = False
    for number in members(propagation.arrived(propagation.node_number[node.id])):
        datum = propagation.universe.data[number]
        if not requests(datum):
            continue
        same = datum.beginning.subject == subject if datum.beginning.subject and subject else None
        for term in rule.terms:
            wanted = law.leaves.mask(term)
            if datum.extent & wanted:
                comes = both(same, None if datum.extent & ~wanted else True)
                arrives = either(arrives, comes)
                honoured = any_of(law.lattice, node.honours, (term,))
                answer = either(answer, both(comes, honoured))
    request = ", ".join(rule.terms)
    brought = f"no {request}" if arrives is False else request
    environment.note(arrives, node.id, "arrives", brought, node.span)
    honoured = any_of(law.lattice, node.honours, rule.terms)
    environment.note(honoured, node.id, "honours", node.honours, node.span)
    return answer
