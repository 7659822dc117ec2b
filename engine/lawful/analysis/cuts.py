"""Cuts: flows taken away, unless a row of a register provides for them."""

from __future__ import annotations

from dataclasses import replace

from lawful.analysis.drafts import Base, Draft
from lawful.analysis.steps import CUT, Candidate, candidate
from lawful.propagation.standing import any_of
from lawful.rules.questions import parts
from lawful.system.model import Fact, Flow
from lawful_dsl.program import Closed, DataIn, PartyIs, Policy, PurposeIn
from lawful_dsl.vocabulary import Lattice


def cut(flow: Flow, base: Base) -> Candidate:
    """The flow taken away, with those that pass on only what came by it."""
    text = {
        "flow": f"cut `{flow.id}`",
        "hosting": f"take {flow.source} off {flow.target}",
        "access": f"end the access of {flow.target} to {flow.source}",
    }[flow.kind]
    gone = _only_through(flow, base)
    if len(gone) > 1:
        text += ", and with it " + ", ".join(f"`{id}`" for id in sorted(gone[1:]))

    readers = {f.id for id in gone for f in base.readers.get(id, ())}.difference(gone)

    def apply(draft: Draft) -> Draft:
        left = (f for id in sorted(readers) if (f := draft.flow(id)))
        less = [
            replace(f, from_flows=tuple(x for x in f.from_flows if x not in gone)) for f in left
        ]
        return draft.with_flows(less, without=reversed(gone))

    return candidate(CUT, "cut", flow.id, text, apply)


def _only_through(flow: Flow, base: Base) -> tuple[str, ...]:
    """The flow, and those that pass on only what came by it: without it they would pass on everything.

    Each stands behind those that it reads.
    """
    gone = {flow.id: None}
    waiting = [flow.id]
    while waiting:
        for reader in base.readers.get(waiting.pop(), ()):
            if reader.id not in gone and gone.keys() >= set(reader.from_flows):
                gone[reader.id] = None
                waiting.append(reader.id)
    return tuple(gone)


def provided(flow: Flow, policy: Policy, base: Base, lattice: Lattice) -> bool:
    """Whether a row of a register provides for this recipient, purpose and some of the data.

    Then the flow is not to be cut.
    """
    system = base.system
    party = system.parties.get(system.nodes[flow.target].owner)
    if party is None:
        return False
    carried = _carried(flow, base, lattice)
    for rule in policy.rules:
        for permit in rule.permits if isinstance(rule, Closed) else ():
            if not permit.row:
                continue
            columns = tuple(parts(permit.condition))
            kinds = [p for p in columns if isinstance(p, PartyIs)]
            purposes = [p for p in columns if isinstance(p, PurposeIn)]
            to = any(any_of(lattice, party.kinds, p.terms) for p in kinds)
            named = tuple(u.purpose for u in flow.uses if u.purpose)
            said = Fact(named, not flow.same and len(named) == len(flow.uses))
            # A row that may provide for the flow is as good as one that does: nothing is cut on a guess.
            meant = all(any_of(lattice, said, p.terms) is not False for p in purposes)
            if to and meant and _names(columns, carried, lattice):
                return True
    return False


def _names(columns: tuple[object, ...], carried: frozenset[str] | None, lattice: Lattice) -> bool:
    """Whether a row names some of the data; of data that are not known it may."""
    if carried is None:
        return True
    for part in columns:
        if isinstance(part, DataIn):
            terms = part.terms or tuple(lattice.vocabulary.of_list("data"))
            within = frozenset().union(*map(lattice.leaves, terms))
            without = frozenset().union(*map(lattice.leaves, part.excluded))
            if not carried & (within - without):
                return False
    return True


def _carried(flow: Flow, base: Base, lattice: Lattice) -> frozenset[str] | None:
    """The leaves that a flow declares, of hosting and access those that flows bring to the node.

    None where they are not all declared.
    """
    node = base.system.nodes[flow.source]
    brought = [flow] if flow.carries is not None else base.into.get(node.id, ())
    if flow.carries is None and (node.origins or node.derivations or node.joins or not brought):
        return None
    found: set[str] = set()
    for each in brought:
        if each.changes:
            return None
        for one in each.carries or (None,):
            if one is None or not one.term:
                return None
            found |= lattice.leaves(one.term)
    return frozenset(found)
