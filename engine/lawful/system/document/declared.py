"""Declared: what a document declares, as syntax, in the order in which a `.flow` text is best written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lawful.system.document import schema as d
from lawful.system.document.pieces import (
    At,
    attributes,
    consents,
    label,
    listing,
    maybe,
    name,
    names,
    one,
    pairings,
    period,
    plain,
    prop,
    state,
    value,
    words,
)
from lawful_dsl import syntax as s


def declarations(
    said: d.Declarations,
    at: At,
    nodes: Iterable[s.NodeDecl] = (),
    flows: Iterable[s.FlowDecl] = (),
) -> Iterator[s.Declaration]:
    """The parties, nodes, flows, facts, corrections and what is ignored.

    `nodes` and `flows` are those that were read already, before there was a document of the rest.
    """
    yield from (_party(p, at / "parties" / n) for n, p in enumerate(said.parties))
    yield from _blocks(nodes or [node(each, at / "nodes" / n) for n, each in enumerate(said.nodes)])
    yield from flows or (flow(f, at / "flows" / n) for n, f in enumerate(said.flows))
    yield from _each(said.each, at / "each") if said.each else ()
    yield from (_fact(f, at / "facts" / n) for n, f in enumerate(said.facts))
    yield from (_correction(c, at / "corrections" / n) for n, c in enumerate(said.corrections))
    for n, i in enumerate(said.ignored):
        here = at / "ignored" / n
        because = s.Text(i.because, "", (here / "because").span)
        yield s.Ignore(name(i.id, here / "id"), because, here.span)


def _each(said: d.Each, at: At) -> Iterator[s.Each]:
    for n, all_of_party in enumerate(said.parties):
        party = _party(all_of_party, at / "parties" / n)
        yield s.Each("party", party.id, None, party.props, party.span)
    for n, all_of_node in enumerate(said.nodes):
        each = node(all_of_node, at / "nodes" / n)
        yield s.Each(each.kind, each.id, None, each.props, each.span)
    for n, all_of_flow in enumerate(said.flows):
        one = flow(all_of_flow, at / "flows" / n)
        yield s.Each(
            "flow", name(all_of_flow.id, at / "flows" / n / "id"), one.carry, one.props, one.span
        )


def _fact(said: d.Fact, at: At) -> s.FactDecl:
    found = value(said.value, at / "value") if said.value is not None else None
    return s.FactDecl(name(said.name, at / "name"), found, at.span)


def _correction(said: d.Correction, at: At) -> s.Correct:
    return s.Correct(
        name(said.id, at / "id"),
        name(said.word, at / "word"),
        names(said.old, at / "old"),
        names(said.new, at / "new"),
        s.Text(said.because, "", (at / "because").span),
        at.span,
    )


# --- parties --------------------------------------------------------------------------------------


def _party(said: d.Party, at: At) -> s.PartyDecl:
    props: list[s.Prop] = [*words(said.kinds, at / "kinds")]
    for n, role in enumerate(said.roles):
        here = at / "roles" / n
        props.append(
            s.RoleDecl(
                role.role,
                plain(role.data, here / "data"),
                plain(role.purposes, here / "purposes"),
                maybe(role.acting_for, here / "acting_for"),
                here.span,
            )
        )
    props += prop("in", said.places, at / "places")
    props += prop("under", said.contracts, at / "contracts")
    for n, held in enumerate(said.certificates):
        here = at / "certificates" / n
        certificates = names(held.names, here / "names")
        props.append(s.Certified(certificates, held.since or "", held.until or "", here.span))
    props += one("affiliate of", said.affiliate_of, at / "affiliate_of")
    props += attributes(said.attributes, at)
    return s.PartyDecl(name(said.id, at / "id"), label(said.label, at), tuple(props), at.span)


# --- nodes ----------------------------------------------------------------------------------------


def _blocks(nodes: Iterable[s.NodeDecl]) -> Iterator[s.Declaration]:
    """The nodes; those of one owner that follow one another in one block."""
    for owner, together in groupby(nodes, key=_owner):
        block = tuple(together)
        first = block[0].owner if owner is not None else None
        if first is None:
            yield from block
        else:
            yield s.Owned(first, block, first.span)


def _owner(node: s.NodeDecl) -> str | None:
    said = node if node.brief is None else node.brief.shape.example
    return said.owner.text if said.owner is not None else None


def node(said: d.Node, at: At) -> s.NodeDecl:
    """A node."""
    props = [*_node_facts(said, at), *_node_deeds(said, at), *attributes(said.attributes, at)]
    return s.NodeDecl(
        said.kind,
        name(said.id, at / "id"),
        label(said.label, at),
        maybe(said.owner, at / "owner"),
        tuple(props),
        at.span,
    )


def _node_facts(said: d.Node, at: At) -> Iterator[s.Prop]:
    """What it is."""
    if said.extern:
        yield s.Flag("extern", (at / "extern").span)
    yield from one("is", said.is_a, at / "is_a")
    yield from words(said.words, at / "words")
    yield from prop("in", said.places, at / "places")
    if said.age is not None:
        yield s.Age(said.age, (at / "age").span)
    if said.known is not None:
        yield s.Known(said.known, (at / "known").span)
    yield from one("of", said.of, at / "of")
    for n, standing in enumerate(said.states):
        here = at / "states" / n
        yield s.Standing(state(standing, here), standing.value, here.span)
    if said.host is not None:
        here = at / "host"
        yield s.Host(name(said.host.party, here / "party"), said.host.keys or "", here.span)
    for n, access in enumerate(said.access):
        here = at / "access" / n
        purposes = listing(access.purposes, here / "purposes")
        yield s.Access(name(access.group, here / "group"), purposes, here.span)
    yield from prop("for", said.purposes, at / "purposes")
    yield from prop("using", said.measures, at / "measures")
    yield from prop("site", said.sites, at / "sites")
    yield from prop("outside", said.outside or None, at / "outside")
    yield from prop("formerly", said.formerly or None, at / "formerly")


def _node_deeds(said: d.Node, at: At) -> Iterator[s.Prop]:
    """What it does with data."""
    for n, kept in enumerate(said.retention):
        here = at / "retention" / n
        unknown = isinstance(kept.period, str) and kept.period == "unknown"
        yield s.Retention(
            None if unknown else period(kept.period, here / "period"),
            plain(kept.data, here / "data"),
            plain(kept.purposes, here / "purposes"),
            here.span,
        )
    for word, all_held in (("holds", said.holds), ("generates", said.generates)):
        for n, held in enumerate(all_held):
            here = at / word / n
            yield s.Hold(
                word,
                plain(held.data, here / "data"),
                plain(held.of, here / "of"),
                pairings(held, here),
                consents(held.consents, here / "consents") if held.consents is not None else None,
                listing(held.mechanisms, here / "mechanisms"),
                here.span,
            )
    for n, derived in enumerate(said.derives):
        here = at / "derives" / n
        result, source = (
            name(derived.result, here / "result"),
            name(derived.source, here / "source"),
        )
        yield s.Derive(result, source, derived.removing, here.span)
    for n, join in enumerate(said.joins):
        here = at / "joins" / n
        yield s.JoinDecl(
            plain(join.left, here / "left"),
            plain(join.right, here / "right"),
            maybe(join.result, here / "result"),
            listing(join.purposes, here / "purposes"),
            consents(join.consents, here / "consents") if join.consents is not None else None,
            here.span,
        )
    for n, apart in enumerate(said.apart):
        here = at / "apart" / n
        yield s.Apart(
            plain(apart.left, here / "left"), plain(apart.right, here / "right"), here.span
        )
    yield from prop("honours", said.honours, at / "honours")


# --- flows ----------------------------------------------------------------------------------------


def flow(said: d.Flow, at: At) -> s.FlowDecl:
    """A flow."""
    return s.FlowDecl(
        maybe(said.id, at / "id"),
        name(said.source, at / "source"),
        name(said.target, at / "target"),
        _carry(said, at),
        (*_flow_facts(said, at), *_flow_deeds(said, at), *attributes(said.attributes, at)),
        at.span,
    )


def _carry(said: d.Flow, at: At) -> s.Carry | None:
    if said.data is None:
        return None
    here, of = at / "data", plain(said.of, at / "of")
    if isinstance(said.data, d.AllExcept):
        return s.Carry((), True, plain(said.data.all_except, here / "all_except"), of, here.span)
    if isinstance(said.data, str):
        return s.Carry((), True, (), of, here.span)
    return s.Carry(plain(said.data, here), False, (), of, here.span)


def _flow_facts(said: d.Flow, at: At) -> Iterator[s.Prop]:
    """What it is for, and what it rests on."""
    yield from pairings(said, at)
    yield from prop("on", said.bases, at / "bases")
    if said.consents is not None:
        yield consents(said.consents, at / "consents")
    yield from prop("under", said.mechanisms, at / "mechanisms")
    yield from prop("by", said.channels, at / "channels")
    yield from prop("using", said.measures, at / "measures")
    yield from words(said.words, at / "words")


def _flow_deeds(said: d.Flow, at: At) -> Iterator[s.Prop]:
    """What it does with data."""
    for n, change in enumerate(said.changes):
        here = at / "changes" / n
        if isinstance(change, d.FormChange):
            yield s.Change(change.form, span=here.span)
        else:
            source, result = (
                name(change.source, here / "source"),
                name(change.result, here / "result"),
            )
            yield s.Change(change.operation, source, result, here.span)
    for word, marks in (("mark", said.marks), ("unmark", said.unmarks)):
        if marks:
            yield s.Marking(word, plain(marks, at / f"{word}s"), (at / f"{word}s").span)
    for n, guard in enumerate(said.guards):
        here = at / "guards" / n
        yield s.GuardDecl(guard.word, state(guard, here), here.span)
    yield from prop("from", said.from_flows or None, at / "from_flows")
    if said.places is not None:
        here, lifetime = at / "places", said.places.lifetime
        lasting = period(lifetime, here / "lifetime") if lifetime is not None else None
        yield s.Placing(name(said.places.category, here / "category"), lasting, here.span)
    if said.to_another:
        yield s.Flag("to another", (at / "to_another").span)
    yield from prop("consideration", said.consideration, at / "consideration")
