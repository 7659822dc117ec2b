"""Declared: what a document declares, as syntax, in the order in which a `.flow` text is best written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lawful.system.document import schema as d
from lawful.system.document import values as v
from lawful.system.document.reading import escaped
from lawful_dsl import syntax as s
from lawful_dsl.source import Span


@dataclass(frozen=True, slots=True)
class At:
    """A place in a JSON text: `at / "nodes" / 3` is the fourth of its nodes."""

    file: str
    pointer: str = ""

    def __truediv__(self, part: str | int) -> At:
        if isinstance(part, str) and ("~" in part or "/" in part):
            part = escaped(part)
        return At(self.file, f"{self.pointer}/{part}")

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.file, pointer=self.pointer)


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
    yield from (_fact(f, at / "facts" / n) for n, f in enumerate(said.facts))
    yield from (_correction(c, at / "corrections" / n) for n, c in enumerate(said.corrections))
    for n, i in enumerate(said.ignored):
        here = at / "ignored" / n
        because = s.Text(i.because, "", (here / "because").span)
        yield s.Ignore(name(i.id, here / "id"), because, here.span)


def _fact(said: d.Fact, at: At) -> s.FactDecl:
    value = _value(said.value, at / "value") if said.value is not None else None
    return s.FactDecl(name(said.name, at / "name"), value, at.span)


def _correction(said: d.Correction, at: At) -> s.Correct:
    return s.Correct(
        name(said.id, at / "id"),
        name(said.word, at / "word"),
        _names(said.old, at / "old"),
        _names(said.new, at / "new"),
        s.Text(said.because, "", (at / "because").span),
        at.span,
    )


# --- names, lists, periods, values ----------------------------------------------------------------


def name(text: str, at: At) -> s.Name:
    """A name."""
    return s.Name(text, at.span)


def _maybe(text: str | None, at: At) -> s.Name | None:
    return name(text, at) if text is not None else None


def plain(names: Iterable[str], at: At) -> tuple[s.Name, ...]:
    """Names."""
    return tuple(name(text, at / n) for n, text in enumerate(names))


def label(text: str | None, at: At) -> s.Text | None:
    """A label, where there is one."""
    return s.Text(text, "", (at / "label").span) if text is not None else None


def _names(said: v.Names, at: At) -> s.Names:
    if isinstance(said, v.Some):
        return s.Names(plain(said.some, at / "some"), True, at.span)
    if isinstance(said, str):
        return s.Names((), True, at.span)
    return s.Names(plain(said, at), False, at.span)


def _listing(said: v.Names | None, at: At) -> s.Names | None:
    return _names(said, at) if said is not None else None


def _period(said: v.Length | v.Symbol | v.Choice | str, at: At) -> s.Period:
    match said:
        case v.Length():
            return s.Length(said.number, said.unit, at.span)
        case v.Symbol():
            plus = (
                s.Length(said.plus.number, said.plus.unit, (at / "plus").span)
                if said.plus
                else None
            )
            return s.Symbol(name(said.symbol, at / "symbol"), plus, at.span)
        case v.Choice():
            items = tuple(_period(item, at / "of" / n) for n, item in enumerate(said.of))
            return s.Choice(said.choose, items, at.span)
        case _:
            return s.Unlimited(at.span)


def _value(said: v.Value, at: At) -> s.Name | int | str | s.Period:
    match said:
        case bool():
            return name("yes" if said else "no", at)
        case int():
            return said
        case str():
            return name(said, at)
        case v.DateValue():
            return said.date
        case _:
            return _period(said, at)


def _attributes(said: v.Attributes, at: At) -> Iterator[s.Value]:
    for key, value in said.items():
        here = at / "attributes" / key
        yield s.Value(name(key, here), _value(value, here), here.span)


def _state(said: v.State, at: At) -> s.StateRef:
    return s.StateRef(
        name(said.state, at / "state"),
        _maybe(said.about, at / "about"),
        _maybe(said.holder, at / "holder"),
        at.span,
    )


# --- consents and purposes ------------------------------------------------------------------------


def _consents(said: v.Consents, at: At) -> s.Consents:
    if isinstance(said, str):
        return s.Consents((), True, at.span)
    if isinstance(said, v.SomeConsents):
        items = tuple(_consent(c, at / "some" / n) for n, c in enumerate(said.some))
        return s.Consents(items, True, at.span)
    return s.Consents(tuple(_consent(c, at / n) for n, c in enumerate(said)), False, at.span)


def _consent(said: v.Consent, at: At) -> s.Consent:
    return s.Consent(
        name(said.kind, at / "kind"),
        _maybe(said.giver, at / "giver"),
        plain(said.operations, at / "operations"),
        plain(said.purposes, at / "purposes"),
        plain(said.recipients, at / "recipients"),
        plain(said.categories, at / "categories"),
        plain(said.channels, at / "channels"),
        at.span,
    )


def _pairings(said: d.Flow | d.Held, at: At) -> tuple[s.Pairing, ...]:
    found = []
    if said.purposes is not None:
        here = at / "purposes"
        found.append(s.Pairing(_names(said.purposes, here), None, False, here.span))
    for n, pair in enumerate(said.paired):
        here = at / "paired" / n
        purposes = _names(pair.purposes, here / "purposes")
        found.append(s.Pairing(purposes, _listing(pair.bases, here / "bases"), False, here.span))
    if said.same:
        found.append(s.Pairing(None, None, True, (at / "same").span))
    return tuple(found)


def _words(said: Sequence[str], at: At) -> Iterator[s.Property]:
    for name in plain(said, at):
        yield s.Property("", s.Names((name,), False, name.span), name.span)


def _property(word: str, said: v.Names | None, at: At) -> Iterator[s.Property]:
    if said is not None:
        yield s.Property(word, _names(said, at), at.span)


def _one(word: str, said: str | None, at: At) -> Iterator[s.Property]:
    return _property(word, [said] if said is not None else None, at)


# --- parties --------------------------------------------------------------------------------------


def _party(said: d.Party, at: At) -> s.PartyDecl:
    props: list[s.Prop] = [*_words(said.kinds, at / "kinds")]
    for n, role in enumerate(said.roles):
        here = at / "roles" / n
        props.append(
            s.RoleDecl(
                role.role,
                plain(role.data, here / "data"),
                plain(role.purposes, here / "purposes"),
                _maybe(role.acting_for, here / "acting_for"),
                here.span,
            )
        )
    props += _property("in", said.places, at / "places")
    props += _property("under", said.contracts, at / "contracts")
    for n, held in enumerate(said.certificates):
        here = at / "certificates" / n
        names = _names(held.names, here / "names")
        props.append(s.Certified(names, held.since or "", held.until or "", here.span))
    props += _one("affiliate of", said.affiliate_of, at / "affiliate_of")
    props += _attributes(said.attributes, at)
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
    props = [*_node_facts(said, at), *_node_deeds(said, at), *_attributes(said.attributes, at)]
    return s.NodeDecl(
        said.kind,
        name(said.id, at / "id"),
        label(said.label, at),
        _maybe(said.owner, at / "owner"),
        tuple(props),
        at.span,
    )


def _node_facts(said: d.Node, at: At) -> Iterator[s.Prop]:
    """What it is."""
    if said.extern:
        yield s.Flag("extern", (at / "extern").span)
    yield from _one("is", said.is_a, at / "is_a")
    yield from _words(said.words, at / "words")
    yield from _property("in", said.places, at / "places")
    if said.age is not None:
        yield s.Age(said.age, (at / "age").span)
    if said.known is not None:
        yield s.Known(said.known, (at / "known").span)
    yield from _one("of", said.of, at / "of")
    for n, standing in enumerate(said.states):
        here = at / "states" / n
        yield s.Standing(_state(standing, here), standing.value, here.span)
    if said.host is not None:
        here = at / "host"
        yield s.Host(name(said.host.party, here / "party"), said.host.keys or "", here.span)
    for n, access in enumerate(said.access):
        here = at / "access" / n
        purposes = _listing(access.purposes, here / "purposes")
        yield s.Access(name(access.group, here / "group"), purposes, here.span)
    yield from _property("for", said.purposes, at / "purposes")
    yield from _property("using", said.measures, at / "measures")
    yield from _property("site", said.sites, at / "sites")
    yield from _property("outside", said.outside or None, at / "outside")


def _node_deeds(said: d.Node, at: At) -> Iterator[s.Prop]:
    """What it does with data."""
    for n, kept in enumerate(said.retention):
        here = at / "retention" / n
        unknown = isinstance(kept.period, str) and kept.period == "unknown"
        yield s.Retention(
            None if unknown else _period(kept.period, here / "period"),
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
                _pairings(held, here),
                _consents(held.consents, here / "consents") if held.consents is not None else None,
                _listing(held.mechanisms, here / "mechanisms"),
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
            _maybe(join.result, here / "result"),
            _listing(join.purposes, here / "purposes"),
            _consents(join.consents, here / "consents") if join.consents is not None else None,
            here.span,
        )
    for n, apart in enumerate(said.apart):
        here = at / "apart" / n
        yield s.Apart(
            plain(apart.left, here / "left"), plain(apart.right, here / "right"), here.span
        )
    yield from _property("honours", said.honours, at / "honours")


# --- flows ----------------------------------------------------------------------------------------


def flow(said: d.Flow, at: At) -> s.FlowDecl:
    """A flow."""
    return s.FlowDecl(
        _maybe(said.id, at / "id"),
        name(said.source, at / "source"),
        name(said.target, at / "target"),
        _carry(said, at),
        (*_flow_facts(said, at), *_flow_deeds(said, at), *_attributes(said.attributes, at)),
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
    yield from _pairings(said, at)
    yield from _property("on", said.bases, at / "bases")
    if said.consents is not None:
        yield _consents(said.consents, at / "consents")
    yield from _property("under", said.mechanisms, at / "mechanisms")
    yield from _property("by", said.channels, at / "channels")
    yield from _property("using", said.measures, at / "measures")
    yield from _words(said.words, at / "words")


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
        yield s.GuardDecl(guard.word, _state(guard, here), here.span)
    yield from _property("from", said.from_flows or None, at / "from_flows")
    if said.places is not None:
        here, lifetime = at / "places", said.places.lifetime
        period = _period(lifetime, here / "lifetime") if lifetime is not None else None
        yield s.Placing(name(said.places.category, here / "category"), period, here.span)
    if said.to_another:
        yield s.Flag("to another", (at / "to_another").span)
    yield from _property("consideration", said.consideration, at / "consideration")
