"""Link: the syntax trees of one or several `.flow` texts become one checked system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from lawful.system.corrections import corrections, taken_back
from lawful.system.gather import gather
from lawful.system.hosting import node_of
from lawful.system.model import Notice, System
from lawful.system.names import Scope
from lawful.system.nodes import check_nodes, nodes
from lawful.system.overlays import laid_over_ends, laid_over_flows
from lawful.system.parties import parties
from lawful.system.routes import identified_flows, routes
from lawful.system.subjects import subjects
from lawful.system.waivers import waivers
from lawful.system.whole import (
    check_outside,
    check_policies,
    comparison_date,
    facts,
    header,
    unjoined,
)
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, order
from lawful_dsl.program import Policy
from lawful_dsl.vocabulary import Vocabulary

Value = TypeVar("Value")


def link(
    files: Sequence[s.Flows], vocabulary: Vocabulary, *, policies: Sequence[Policy] = ()
) -> tuple[System, tuple[Diagnostic, ...]]:
    """The system that the files tell together, and all that is wrong with it.

    The order of the files changes nothing. A system with errors is what could be understood of it.
    """
    gathered = gather(files, Scope(vocabulary, tuple(policies), []))
    told = header(gathered)
    lattice = vocabulary.on(comparison_date(told, policies))
    gathered, over_ends = laid_over_ends(gathered)
    identified, over_flows = laid_over_flows(gathered, identified_flows(gathered))
    corrected, over = corrections(gathered, [each.id for each in identified])
    of_parties = parties(gathered, corrected, lattice)
    of_subjects = subjects(gathered, corrected)
    of_nodes = nodes(gathered, corrected, of_parties, of_subjects)
    check_nodes(gathered.scope, of_nodes, lattice)
    ends = {**{id: node_of(each) for id, each in of_parties.items()}, **of_nodes}
    flows, notices = routes(gathered, identified, ends, corrected)
    check_policies(gathered.scope, of_parties, policies)
    check_outside(gathered, policies)
    used = {end for each in flows.values() for end in (each.source, each.target)}
    system = replace(
        told,
        parties=_sorted(of_parties),
        subjects=_sorted(of_subjects),
        nodes=_sorted({id: ends[id] for id in used | of_nodes.keys()}),
        flows=tuple(flows.values()),
        facts=facts(gathered),
        notices=tuple(sorted({*notices, *unjoined(gathered), *taken_back(gathered)}, key=_order)),
        unmatched=tuple(sorted({*over_ends, *over_flows, *over})),
        waivers=waivers(gathered, told.name, ends, flows.values(), told.policies),
    )
    return system, order(gathered.scope.found)


def _order(notice: Notice) -> tuple[str, str]:
    return notice.kind, notice.message


def _sorted(values: Mapping[str, Value]) -> dict[str, Value]:
    return {id: values[id] for id in sorted(values)}
