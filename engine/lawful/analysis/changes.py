"""Changes: the single steps of which a repair is made, and what each makes of a system."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lawful.findings import Change, Finding
from lawful.propagation.standing import any_of
from lawful.rules.questions import parts
from lawful.system.model import (
    Carried,
    Certificate,
    Consent,
    Fact,
    Flow,
    Guard,
    System,
)
from lawful.system.model import Change as Transformation
from lawful_dsl.program import (
    CertifiedAs,
    Closed,
    ConsentIs,
    ContractIs,
    MarkedAs,
    MechanismIn,
    PartyIs,
    PlaceIn,
    Policy,
    PurposeIn,
    Require,
    Rule,
    StateIs,
)
from lawful_dsl.vocabulary import Lattice

Apply = Callable[[System], System]


@dataclass(frozen=True)
class Candidate:
    """A change that might mend a finding; `rank` orders kinds of change, the gentlest first."""

    rank: int
    change: Change
    apply: Apply


MASK, GUARD, MARK, FORM, DROP, OBTAIN, MOVE, CUT = range(8)


def candidates(
    finding: Finding,
    rule: Rule,
    policy: Policy,
    system: System,
    lattice: Lattice,
    ours: frozenset[str],
) -> tuple[Candidate, ...]:
    """The changes worth trying for a finding: gentlest first, then nearest to the event, then by id."""
    flows = {flow.id: flow for flow in system.flows}
    on_way = [flows[s.carrier] for s in reversed(finding.witness) if s.carrier in flows]
    asked = tuple(parts(_blocks(rule, policy)))
    found: list[Candidate] = []
    for flow in on_way:
        if flow.kind == "flow":
            found += _on_flow(flow, finding, asked, lattice)
    if on_way and on_way[0].id == finding.event.carrier:
        found += _obtained(on_way[0], asked, rule, system)
    found += _moves(finding, asked, system, ours)
    found += [_cut(flow, system) for flow in on_way if not _provided(flow, policy, system, lattice)]
    return tuple(sorted(found, key=lambda c: c.rank))


def _blocks(rule: Rule, policy: Policy) -> list[Rule]:
    """The rule, and the closed blocks whose permits it lets through."""
    found = [rule]
    for one in found:
        admits = getattr(one, "admits", ())
        found += [r for r in policy.rules if r.about.id in admits and r not in found]
    return found


def _changed(flow: Flow, **changes: object) -> Apply:
    def apply(system: System) -> System:
        return replace(
            system,
            flows=tuple(
                replace(f, **changes) if f.id == flow.id else f  # type: ignore[arg-type]
                for f in system.flows
            ),
        )

    return apply


# --- what can be done on a flow -------------------------------------------------------------------


def _on_flow(
    flow: Flow, finding: Finding, asked: Sequence[object], lattice: Lattice
) -> Iterator[Candidate]:
    terms = _categories(finding, lattice)
    for name in lattice.vocabulary.of_list("data"):
        term = lattice.vocabulary.terms[name]
        if term.operation and any(t in lattice.ancestors(term.source) for t in terms):
            change = Transformation(term.operation, term.source, name)
            if change not in flow.changes:
                yield _candidate(
                    MASK,
                    term.operation,
                    flow.id,
                    f"{term.operation} {term.source} as {name} on `{flow.id}`",
                    _changed(flow, changes=(*flow.changes, change)),
                )
    states = sorted({p.state for p in asked if isinstance(p, StateIs)})
    for state in states:
        guard = Guard(state)
        if guard not in flow.guards:
            yield _candidate(
                GUARD,
                "guard",
                flow.id,
                f"add `unless {state}` to `{flow.id}`",
                _changed(flow, guards=(*flow.guards, guard)),
            )
    marks = sorted({m for p in asked if isinstance(p, MarkedAs) for m in p.terms})
    for mark in marks:
        yield _candidate(
            MARK,
            "mark",
            flow.id,
            f"mark the data on `{flow.id}` as {mark}",
            _changed(flow, marks=(*flow.marks, mark)),
        )
    for form in ("aggregated", "anonymised"):
        if not any(c.operation == form for c in flow.changes):
            yield _candidate(
                FORM,
                form,
                flow.id,
                f"send only {form} data on `{flow.id}`",
                _changed(flow, changes=(*flow.changes, Transformation(form))),
            )
    for category in terms:
        narrowed = _without(flow, category, lattice)
        if narrowed is not None:
            yield _candidate(
                DROP,
                "drop",
                flow.id,
                f"drop {category} from `{flow.id}`",
                _changed(flow, carries=narrowed),
            )


def _categories(finding: Finding, lattice: Lattice) -> tuple[str, ...]:
    """The terms that make up the category of a finding."""
    words = finding.datum.category.split(" except ")[0].split(", ")
    return tuple(w for w in words if w in lattice.vocabulary.terms)


def _without(flow: Flow, category: str, lattice: Lattice) -> tuple[Carried, ...] | None:
    """What a flow declares, less a category; None where nothing would be left or nothing changes."""
    if flow.carries is None:
        return (Carried("", (category,)),)
    gone = lattice.leaves(category)
    kept: list[Carried] = []
    for carried in flow.carries:
        if not carried.term:
            kept.append(Carried("", (*carried.excluded, category)))
        elif not lattice.leaves(carried.term) <= gone:
            kept.append(carried)
    return tuple(kept) if kept and tuple(kept) != flow.carries else None


# --- what can be obtained -------------------------------------------------------------------------


def _obtained(
    flow: Flow, asked: Sequence[object], rule: Rule, system: System
) -> Iterator[Candidate]:
    wanted = _wanted(asked)
    for mechanism in wanted["mechanism"]:
        fact = Fact((*flow.mechanisms.values, mechanism), True)
        yield _candidate(
            OBTAIN,
            "obtain",
            flow.id,
            f"obtain {mechanism} for `{flow.id}`",
            _changed(flow, mechanisms=fact),
        )
    for kind in wanted["consent"]:
        consents = Fact((*flow.consents.values, Consent(kind)), True)
        yield _candidate(
            OBTAIN,
            "obtain",
            flow.id,
            f"obtain {kind} consent for `{flow.id}`",
            _changed(flow, consents=consents),
        )
    party = system.nodes[flow.target].owner
    if party in system.parties:
        for contract in wanted["contract"]:
            yield _candidate(
                OBTAIN,
                "obtain",
                party,
                f"put {party} under {contract}",
                _with_party(party, contract=contract),
            )
        for certificate in wanted["certificate"]:
            yield _candidate(
                OBTAIN,
                "obtain",
                party,
                f"obtain the certificate {certificate} of {party}",
                _with_party(party, certificate=certificate),
            )


def _wanted(asked: Sequence[object]) -> dict[str, list[str]]:
    """The facts that would satisfy some part of a rule, by what they are."""
    found: dict[str, set[str]] = {
        "mechanism": set(),
        "consent": set(),
        "contract": set(),
        "certificate": set(),
    }
    for part in asked:
        if isinstance(part, MechanismIn):
            found["mechanism"].update(part.terms)
        elif isinstance(part, ConsentIs):
            found["consent"].update(part.kinds)
        elif isinstance(part, ContractIs):
            found["contract"].update(part.terms)
        elif isinstance(part, CertifiedAs):
            found["certificate"].update(part.terms)
        elif isinstance(part, Require) and part.attribute in found:
            found[part.attribute].update(part.terms)
    return {what: sorted(terms) for what, terms in found.items()}


def _with_party(id: str, contract: str = "", certificate: str = "") -> Apply:
    def apply(system: System) -> System:
        party = system.parties[id]
        if contract:
            party = replace(party, contracts=Fact((*party.contracts.values, contract), True))
        if certificate:
            held = Fact((*party.certificates.values, Certificate(certificate)), True)
            party = replace(party, certificates=held)
        return replace(system, parties={**system.parties, id: party})

    return apply


# --- moves and cuts -------------------------------------------------------------------------------


def _moves(
    finding: Finding, asked: Sequence[object], system: System, ours: frozenset[str]
) -> Iterator[Candidate]:
    """Another place for a node of ours at an end, where the rule speaks of places."""
    places = sorted({t for p in asked if isinstance(p, PlaceIn) for t in p.terms})
    for id in dict.fromkeys((finding.event.target, finding.event.source)):
        node = system.nodes.get(id)
        if node is None or node.owner not in ours:
            continue
        for place in places:
            if node.places.values != (place,):
                yield _candidate(MOVE, "move", id, f"move {id} to {place}", _moved(id, place))


def _moved(id: str, place: str) -> Apply:
    def apply(system: System) -> System:
        fact = Fact((place,), True)
        nodes = {**system.nodes, id: replace(system.nodes[id], places=fact)}
        flows = tuple(
            replace(f, places=fact) if f.kind == "hosting" and f.source == id else f
            for f in system.flows
        )
        return replace(system, nodes=nodes, flows=flows)

    return apply


def _cut(flow: Flow, system: System) -> Candidate:
    text = {
        "flow": f"cut `{flow.id}`",
        "hosting": f"take {flow.source} off {flow.target}",
        "access": f"end the access of {flow.target} to {flow.source}",
    }[flow.kind]
    gone = _only_through(flow, system)
    if len(gone) > 1:
        text += ", and with it " + ", ".join(f"`{id}`" for id in sorted(gone - {flow.id}))

    def apply(system: System) -> System:
        kept = (f for f in system.flows if f.id not in gone)
        cleaned = tuple(
            replace(f, from_flows=tuple(x for x in f.from_flows if x not in gone))
            if gone.intersection(f.from_flows)
            else f
            for f in kept
        )
        return replace(system, flows=cleaned)

    return _candidate(CUT, "cut", flow.id, text, apply)


def _only_through(flow: Flow, system: System) -> frozenset[str]:
    """The flow, and those that pass on only what came by it: without it they would pass on everything."""
    gone = {flow.id}
    while True:
        more = {f.id for f in system.flows if f.from_flows and gone.issuperset(f.from_flows)} - gone
        if not more:
            return frozenset(gone)
        gone |= more


def _provided(flow: Flow, policy: Policy, system: System, lattice: Lattice) -> bool:
    """Whether a row of a register provides for this recipient and purpose: then the flow is not to be cut."""
    party = system.parties.get(system.nodes[flow.target].owner)
    if party is None:
        return False
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
            if to and meant:
                return True
    return False


def _candidate(rank: int, action: str, on: str, text: str, apply: Apply) -> Candidate:
    return Candidate(rank, Change(action, on, text), apply)
