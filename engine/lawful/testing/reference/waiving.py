"""Waiving: whether what was found is waived (44)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.system.model import System, Waiver
from lawful.testing.reference.findings import Concluded
from lawful.testing.reference.judging import UNKNOWN_CATEGORY
from lawful_dsl.program import Policy
from lawful_dsl.vocabulary import Lattice


def waived(found: Concluded, system: System, policies: Sequence[Policy], lattice: Lattice) -> bool:
    """Whether some waiver counts for a finding on the date of a lattice, and its rule does not refuse it."""
    refused = any(
        rule.about.unwaivable
        for policy in policies
        for rule in policy.rules
        if (policy.name, rule.about.id) == (found.policy, found.rule)
    )
    return not refused and any(
        waiver.owner != ""
        and waiver.until >= lattice.date
        and _is_about(waiver, found, system, lattice)
        for waiver in system.waivers
    )


def _is_about(waiver: Waiver, found: Concluded, system: System, lattice: Lattice) -> bool:
    named = [
        pattern
        for pattern in waiver.at
        for id in _ids(found.carrier, system)
        if _stands_for(pattern, id)
    ]
    return (
        (found.policy, found.rule) in waiver.rules
        and (not waiver.at or bool(named))
        and (not waiver.of or _is_of(found.category, waiver.of, lattice))
    )


def _ids(carrier: str, system: System) -> list[str]:
    """What a flow or node is called, and was before nodes had other ids; an id that two had is of neither."""
    every = [id for node in system.nodes.values() for id in node.formerly]
    were = {
        id: [old for old in node.formerly if every.count(old) == 1]
        for id, node in system.nodes.items()
    }
    found = [carrier, *were.get(carrier, [])]
    for flow in system.flows:
        if flow.id != carrier:
            continue
        for way in ("->", "on", "access"):
            now = f"{flow.source} {way} {flow.target}"
            if carrier.startswith(now):
                found += [
                    f"{source} {way} {target}{carrier[len(now) :]}"
                    for source in (flow.source, *were[flow.source])
                    for target in (flow.target, *were[flow.target])
                ]
    return found


def _is_of(category: str, terms: Sequence[str], lattice: Lattice) -> bool:
    """Whether all that is called so in a report is of some terms: `a, b`, or `a except b`."""
    if category == UNKNOWN_CATEGORY:
        return False
    whole, _, less = category.partition(" except ")
    leaves = _leaves(whole, lattice) - (_leaves(less, lattice) if less else set())
    return leaves <= set().union(*(lattice.leaves(term) for term in terms))


def _leaves(said: str, lattice: Lattice) -> set[str]:
    found: set[str] = set()
    for name in said.split(", "):
        found |= lattice.leaves(name) if name in lattice.vocabulary.terms else {name}
    return found


def _stands_for(pattern: str, id: str) -> bool:
    literal = (re.escape(piece) for piece in pattern.split("*"))
    return re.fullmatch(".*".join(literal), id) is not None
