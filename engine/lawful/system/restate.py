"""Restate: a checked system as the declarations that would make it, for those who edit or export it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lawful.system.model import (
    Consent,
    Fact,
    Flow,
    Node,
    Origin,
    Party,
    Subject,
    System,
    Use,
    Waiver,
)
from lawful_dsl import syntax as s
from lawful_dsl.program import State
from lawful_dsl.vocabulary import AttributeValue


def restate(system: System) -> s.Flows:
    """The declarations of a system, every flow with its id, what hosting makes told at the nodes.

    Linked again they make the same system, but for its notices: what was ignored is gone.
    """
    statements: list[s.FlowStatement] = [
        s.System(s.Name(system.name), _label(system.label), _plain(system.policies), system.as_of)
    ]
    made: dict[str, list[Flow]] = {}
    for flow in system.flows:
        if flow.kind != "flow":
            made.setdefault(flow.source, []).append(flow)
    statements += (_party(party) for party in system.parties.values())
    statements += (_subject(subject) for subject in system.subjects.values())
    statements += (
        _node(node, made.get(node.id, ()), system)
        for node in system.nodes.values()
        if node.kind != "subject" and node.id not in system.parties
    )
    statements += (_flow(flow) for flow in system.flows if flow.kind == "flow")
    statements += (
        s.Ignore(s.Name(f"{node.id} on {node.host}"), s.Text("ignored where the system was told"))
        for node in system.nodes.values()
        if node.host and not any(f.kind == "hosting" for f in made.get(node.id, ()))
    )
    statements += (s.FactDecl(s.Name(name), _value(value)) for name, value in system.facts.items())
    statements += map(_waiver, system.waivers)
    return s.Flows(tuple(statements))


def _waiver(waiver: Waiver) -> s.Waive:
    return s.Waive(
        s.Name(waiver.rule),
        _plain(waiver.of),
        _plain(sorted(waiver.carriers) if waiver.carriers else waiver.at),
        _label(waiver.owner),
        s.Text(waiver.because),
        waiver.until,
    )


# --- words ----------------------------------------------------------------------------------------


def _name(text: str) -> s.Name | None:
    return s.Name(text) if text else None


def _plain(texts: Iterable[str]) -> tuple[s.Name, ...]:
    return tuple(s.Name(text) for text in texts)


def _label(text: str) -> s.Text | None:
    return s.Text(text) if text else None


def _names(fact: Fact[str]) -> s.Names:
    return s.Names(_plain(fact.values), not fact.whole)


def _listing(fact: Fact[str]) -> s.Names | None:
    return None if fact.silent else _names(fact)


def _property(word: str, fact: Fact[str]) -> Iterator[s.Property]:
    if not fact.silent:
        yield s.Property(word, _names(fact))


def _bare(fact: Fact[str]) -> Iterator[s.Property]:
    for name in _plain(fact.values):
        yield s.Property("", s.Names((name,)))


def _value(value: AttributeValue) -> s.Name | int | str | s.Period:
    if isinstance(value, bool):
        return s.Name("yes" if value else "no")
    date = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return s.Name(value) if isinstance(value, str) and not date else value


def _attributes(values: Mapping[str, AttributeValue]) -> Iterator[s.Value]:
    return (s.Value(s.Name(name), _value(value)) for name, value in values.items())


def _state(state: State) -> s.StateRef:
    return s.StateRef(s.Name(state.term), _name(state.about), _name(state.holder))


def _consents(fact: Fact[Consent]) -> s.Consents | None:
    if fact.silent:
        return None
    return s.Consents(tuple(_consent(each) for each in fact.values), not fact.whole)


def _consent(consent: Consent) -> s.Consent:
    return s.Consent(
        s.Name(consent.kind),
        _name(consent.giver),
        _plain(consent.operations),
        _plain(consent.purposes),
        _plain(consent.recipients),
        _plain(consent.categories),
        _plain(consent.channels),
    )


def _pairings(uses: tuple[Use, ...], same: bool, silent: Fact[str]) -> Iterator[s.Pairing]:
    """The purposes with their own bases; those of `silent` are said once for all."""
    open = any(not use.purpose for use in uses)
    if not uses and not same:
        yield s.Pairing(s.Names())
    for use in uses:
        bases = None if use.bases == silent else _names(use.bases)
        if use.purpose:
            yield s.Pairing(s.Names(_plain([use.purpose])), bases)
        elif len(uses) > 1 or bases is not None:
            yield s.Pairing(s.Names((), open), bases)
    if same:
        yield s.Pairing(None, None, True)


# --- parties, subjects, nodes and flows -----------------------------------------------------------


def _party(party: Party) -> s.PartyDecl:
    props: list[s.Prop] = [*_bare(party.kinds)]
    props += (
        s.RoleDecl(role.role, _plain(role.data), _plain(role.purposes), _name(role.acting_for))
        for role in party.roles
    )
    props += _property("in", party.places)
    props += _property("under", party.contracts)
    held = party.certificates
    whole = held.whole
    props += (
        s.Certified(s.Names(_plain([each.term]), not whole), each.since, each.until)
        for each in held.values
    )
    if not held.values and not held.silent:
        props.append(s.Certified(s.Names((), not whole)))
    if party.affiliate_of:
        props.append(s.Property("affiliate of", s.Names(_plain([party.affiliate_of]))))
    props += _attributes(party.attributes)
    return s.PartyDecl(s.Name(party.id), _label(party.label), tuple(props))


def _subject(subject: Subject) -> s.NodeDecl:
    props: list[s.Prop] = [s.Property("is", s.Names(_plain([subject.kind])))]
    props += _property("in", subject.residences)
    if subject.age is not None:
        props.append(s.Age(subject.age))
    if subject.known is not None:
        props.append(s.Known(subject.known))
    if subject.of:
        props.append(s.Property("of", s.Names(_plain([subject.of]))))
    props += (s.Standing(_state(state), value) for state, value in subject.states.items())
    props += _attributes(subject.attributes)
    return s.NodeDecl("subject", s.Name(subject.id), _label(subject.label), None, tuple(props))


def _node(node: Node, made: Sequence[Flow], system: System) -> s.NodeDecl:
    props: list[s.Prop] = [*_bare(node.environments)]
    props += _bare(node.products)
    above = system.parties.get(node.host) or system.parties.get(node.owner)
    if above is None or above.places != node.places:
        props += _property("in", node.places)
    if node.subject:
        props.append(s.Property("of", s.Names(_plain([node.subject]))))
    ours = any(flow.changes for flow in made if flow.kind == "hosting")
    if node.host:
        props.append(s.Host(s.Name(node.host), "ours" if ours else ""))
    for flow in made:
        if flow.kind == "access":
            silent = any(not use.purpose for use in flow.uses) and len(flow.uses) == 1
            names = _plain(use.purpose for use in flow.uses if use.purpose)
            open = any(not use.purpose for use in flow.uses)
            props.append(s.Access(s.Name(flow.target), None if silent else s.Names(names, open)))
    props += _property("using", node.measures)
    props += _property("for", node.purposes)
    props += _property("site", node.sites)
    if node.outside:
        props.append(s.Property("outside", s.Names(_plain(node.outside))))
    if node.formerly:
        props.append(s.Property("formerly", s.Names(_plain(node.formerly))))
    props += (s.Retention(k.period, _plain(k.data), _plain(k.purposes)) for k in node.kept)
    props += _held(node)
    props += (s.Derive(s.Name(d.result), s.Name(d.source), d.removing) for d in node.derivations)
    props += (
        s.JoinDecl(
            _plain(j.left),
            _plain(j.right),
            _name(j.result),
            _listing(j.purposes),
            _consents(j.consents),
        )
        for j in node.joins
    )
    props += (s.Apart(_plain(left), _plain(right)) for left, right in node.apart)
    props += _property("honours", node.honours)
    props += _attributes(node.attributes)
    return s.NodeDecl(
        node.kind, s.Name(node.id), _label(node.label), _name(node.owner), tuple(props)
    )


def _held(node: Node) -> Iterator[s.Hold]:
    if node.holds_nothing:
        yield s.Hold("holds", ())
    for origin in node.origins:
        yield _hold(origin)


def _hold(origin: Origin) -> s.Hold:
    return s.Hold(
        origin.word,
        _plain([origin.term]),
        _plain([origin.subject] if origin.subject else []),
        tuple(_pairings(origin.uses, False, Fact())),
        _consents(origin.consents),
        _listing(origin.mechanisms),
    )


def _flow(flow: Flow) -> s.FlowDecl:
    props: list[s.Prop] = [*_pairings(flow.uses, flow.same, flow.bases)]
    props += _property("on", flow.bases)
    consents = _consents(flow.consents)
    if consents is not None:
        props.append(consents)
    props += _property("under", flow.mechanisms)
    props += _property("by", flow.channels)
    props += _property("using", flow.measures)
    props += (s.Change(c.operation, _name(c.source), _name(c.result)) for c in flow.changes)
    for word, marks in (("mark", flow.marks), ("unmark", flow.unmarks)):
        if marks:
            props.append(s.Marking(word, _plain(marks)))
    props += (
        s.GuardDecl("only if" if guard.only_if else "unless", _state(guard.state))
        for guard in flow.guards
    )
    if flow.from_flows:
        props.append(s.Property("from", s.Names(_plain(flow.from_flows))))
    if flow.placing:
        props.append(s.Placing(s.Name(flow.placing), flow.lifetime))
    if flow.another:
        props.append(s.Flag("to another"))
    if flow.consideration.values or not flow.consideration.whole:
        props.append(s.Property("consideration", _names(flow.consideration)))
    props += _attributes(flow.attributes)
    return s.FlowDecl(
        s.Name(flow.id), s.Name(flow.source), s.Name(flow.target), _carry(flow), tuple(props)
    )


def _carry(flow: Flow) -> s.Carry | None:
    if not flow.carries:
        return None
    whose = _plain(flow.whose)
    excluded = [name for each in flow.carries for name in each.excluded if not each.term]
    if any(not each.term for each in flow.carries):
        return s.Carry((), True, _plain(excluded), whose)
    return s.Carry(_plain(each.term for each in flow.carries), False, (), whose)
