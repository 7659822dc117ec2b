"""Build, flow: each rule of `flow.lark` becomes a value of the syntax tree."""

from __future__ import annotations

from typing import Any

from lark import Token, v_args
from lark.tree import Meta as Place

from lawful_dsl import syntax as s
from lawful_dsl.parser.build_shared import Shared, Tagged, last, of, tagged, worth


@v_args(inline=True, meta=True)
class FlowBuilder(Shared):
    """The rules of `flow.lark`."""

    def start(self, place: Place, *items: Any) -> s.Flows:
        return s.Flows(tuple(i for i in items if not isinstance(i, Token)), self.span(place))

    def system(self, place: Place, name: s.Name, label: Any, *items: Any) -> s.System:
        return s.System(
            name,
            label,
            tuple(n for group in tagged(items, "for") for n in group),
            last(tagged(items, "as_of"), ""),
            self.span(place),
        )

    def system_for(self, place: Place, names: Any) -> Tagged:
        return Tagged("for", names)

    def system_as_of(self, place: Place, date: Token) -> Tagged:
        return Tagged("as_of", str(date))

    def use(self, place: Place, names: Any, *_: Any) -> s.Use:
        return s.Use(names, self.span(place))

    def party(self, place: Place, id: s.Name, label: Any, *props: Any) -> s.PartyDecl:
        return s.PartyDecl(id, label, self._props(props), self.span(place))

    def node(self, place: Place, kind: Token, id: s.Name, label: Any, *props: Any) -> s.NodeDecl:
        return s.NodeDecl(str(kind), id, label, None, self._props(props), self.span(place))

    def owned(self, place: Place, owner: s.Name, *items: Any) -> s.Owned:
        nodes = tuple(
            s.NodeDecl(n.kind, n.id, n.label, owner, n.props, n.span) for n in of(items, s.NodeDecl)
        )
        return s.Owned(owner, nodes, self.span(place))

    def flow_id(self, place: Place, name: s.Name) -> s.Name:
        return name

    def flow(
        self, place: Place, id: Any, source: s.Name, target: s.Name, carry: Any, *props: Any
    ) -> s.FlowDecl:
        return s.FlowDecl(id, source, target, carry, self._props(props), self.span(place))

    def each_party(self, place: Place, pattern: s.Name, *props: Any) -> s.Each:
        return s.Each("party", pattern, None, self._props(props), self.span(place))

    def each_node(self, place: Place, kind: Token, pattern: s.Name, *props: Any) -> s.Each:
        return s.Each(str(kind), pattern, None, self._props(props), self.span(place))

    def each_any_node(self, place: Place, pattern: s.Name, *props: Any) -> s.Each:
        return s.Each("node", pattern, None, self._props(props), self.span(place))

    def each_flow(self, place: Place, pattern: s.Name, carry: Any, *props: Any) -> s.Each:
        return s.Each("flow", pattern, carry, self._props(props), self.span(place))

    def fact(self, place: Place, name: s.Name, value: Any, *_: Any) -> s.FactDecl:
        return s.FactDecl(name, worth(value), self.span(place))

    def correct(
        self, place: Place, id: s.Name, word: s.Name, old: Any, new: Any, because: s.Text, *_: Any
    ) -> s.Correct:
        return s.Correct(id, word, old, new, because, self.span(place))

    def ignore(self, place: Place, id: s.Name, because: s.Text, *_: Any) -> s.Ignore:
        return s.Ignore(id, because, self.span(place))

    def waive(
        self,
        place: Place,
        rule: s.Name,
        of: Any,
        at: Any,
        owner: s.Text | None,
        because: s.Text,
        until: Token,
        *_: Any,
    ) -> s.Waive:
        return s.Waive(rule, of or (), at or (), owner, because, str(until), self.span(place))

    def because(self, place: Place, text: Token) -> s.Text:
        return s.Text(text[1:-1], "", self.token_span(text))

    def clauses(self, place: Place, names: Any) -> Any:
        return names

    def test(self, place: Place, label: s.Text, clauses: Any, *items: Any) -> s.Test:
        said = tuple(item for item in items if not isinstance(item, Token))
        given = tuple(item for item in said if not isinstance(item, s.Expect))
        return s.Test(label, clauses or (), given, of(said, s.Expect), self.span(place))

    def expect(
        self, place: Place, verdict: str, rules: Any, on: Any, added: Any, *_: Any
    ) -> s.Expect:
        return s.Expect(verdict, rules, str(on or ""), added or (), self.span(place))

    def verdict(self, place: Place, *words: Token) -> str:
        return str(words[0]) if words else "not exercised"

    def added(self, place: Place, *items: Any) -> tuple[s.Declaration, ...]:
        return tuple(item for item in items if not isinstance(item, Token))

    def _props(self, props: tuple[Any, ...]) -> tuple[Any, ...]:
        flat: list[Any] = []
        for prop in props:
            if isinstance(prop, Token):
                continue
            if isinstance(prop, tuple):
                flat.extend(prop)
            else:
                flat.append(prop)
        return tuple(flat)

    # shared properties

    def listing(self, place: Place, first: Any, open: Any = None) -> s.Names:
        if isinstance(first, Token):
            return s.Names((), str(first) == "unknown", self.span(place))
        return s.Names(first, open is not None, self.span(place))

    def bare(self, place: Place, name: s.Name) -> s.Property:
        return s.Property("", s.Names((name,), False, name.span), name.span)

    def bare_form(self, place: Place, form: Token) -> s.Property:
        return self.bare(place, s.Name(str(form), self.token_span(form)))

    def _property(self, word: str, names: s.Names, place: Place) -> s.Property:
        return s.Property(word, names, self.span(place))

    def certified(self, place: Place, names: Any, since: Any, until: Any) -> s.Certified:
        return s.Certified(names, since or "", until or "", self.span(place))

    def affiliate(self, place: Place, name: s.Name) -> s.Property:
        return self._property("affiliate of", s.Names((name,), False, name.span), place)

    def role(self, place: Place, role: Token, data: Any, purposes: Any, acting: Any) -> s.RoleDecl:
        return s.RoleDecl(str(role), data or (), purposes or (), acting, self.span(place))

    def prop_is(self, place: Place, name: s.Name) -> s.Property:
        return self._property("is", s.Names((name,), False, name.span), place)

    def prop_of(self, place: Place, name: s.Name) -> s.Property:
        return self._property("of", s.Names((name,), False, name.span), place)

    def prop_outside(self, place: Place, names: Any) -> s.Property:
        return self._property("outside", s.Names(names, False), place)

    def prop_formerly(self, place: Place, names: Any) -> s.Property:
        return self._property("formerly", s.Names(names, False), place)

    def host(self, place: Place, party: s.Name, keys: Token | None) -> s.Host:
        return s.Host(party, str(keys or ""), self.span(place))

    def access(self, place: Place, group: s.Name, purposes: Any) -> s.Access:
        return s.Access(group, purposes, self.span(place))

    def retention(self, place: Place, period: Any, data: Any, purposes: Any) -> s.Retention:
        known = None if isinstance(period, Token) else period
        return s.Retention(known, data or (), purposes or (), self.span(place))

    def _hold(self, word: str, place: Place, held: Any) -> s.Hold:
        data, whose, pairings, consents, under = held
        return s.Hold(word, data, whose, pairings, consents, under, self.span(place))

    def holds(self, place: Place, held: Any) -> s.Hold:
        return self._hold("holds", place, held)

    def generates(self, place: Place, held: Any) -> s.Hold:
        return self._hold("generates", place, held)

    def held(
        self, place: Place, data: Any, whose: Any, pairings: Any, consents: Any, under: Any
    ) -> tuple[Any, ...]:
        return (data, whose or (), pairings or (), consents, under)

    def held_nothing(self, place: Place) -> tuple[Any, ...]:
        return ((), (), (), None, None)

    def joins(
        self, place: Place, left: Any, right: Any, result: Any, purposes: Any, consents: Any
    ) -> s.JoinDecl:
        return s.JoinDecl(left, right, result, purposes, consents, self.span(place))

    def apart(self, place: Place, left: Any, right: Any) -> s.Apart:
        return s.Apart(left, right, self.span(place))

    def derives(self, place: Place, result: s.Name, source: s.Name, removing: Any) -> s.Derive:
        return s.Derive(result, source, removing is not None, self.span(place))

    def age(self, place: Place, years: Token) -> s.Age:
        return s.Age(int(years), self.span(place))

    def known(self, place: Place, negation: Any) -> s.Known:
        return s.Known(negation is None, self.span(place))

    def standing(self, place: Place, negation: Any, state: s.StateRef) -> s.Standing:
        return s.Standing(state, negation is None, self.span(place))

    def extern(self, place: Place) -> s.Flag:
        return s.Flag("extern", self.span(place))

    # flows

    def carry(self, place: Place, carried: s.Carry, whose: Any) -> s.Carry:
        return s.Carry(carried.names, carried.all, carried.excluded, whose or (), self.span(place))

    def carried_names(self, place: Place, names: Any) -> s.Carry:
        return s.Carry(names)

    def carried_all(self, place: Place) -> s.Carry:
        return s.Carry(all=True)

    def carried_except(self, place: Place, names: Any) -> s.Carry:
        return s.Carry(all=True, excluded=names)

    def to_form(self, place: Place, form: Token) -> s.Change:
        return s.Change(str(form), span=self.token_span(form))

    def change(self, place: Place, operation: Token, source: s.Name, result: s.Name) -> s.Change:
        return s.Change(str(operation), source, result, self.span(place))

    def marking(self, place: Place, word: Token, names: Any) -> s.Marking:
        return s.Marking(str(word), names, self.span(place))

    def guard_unless(self, place: Place, state: s.StateRef) -> s.GuardDecl:
        return s.GuardDecl("unless", state, self.span(place))

    def guard_only(self, place: Place, state: s.StateRef) -> s.GuardDecl:
        return s.GuardDecl("only if", state, self.span(place))

    def prop_from(self, place: Place, names: Any) -> s.Property:
        return self._property("from", s.Names(names, False), place)

    def places(self, place: Place, category: s.Name, lifetime: Any) -> s.Placing:
        return s.Placing(category, lifetime, self.span(place))

    def to_another(self, place: Place) -> s.Flag:
        return s.Flag("to another", self.span(place))

    def consideration(self, place: Place, names: Any) -> s.Property:
        return self._property("consideration", names, place)

    def pairings(self, place: Place, *items: Any) -> tuple[s.Pairing, ...]:
        return of(items, s.Pairing)

    def pairing(self, place: Place, pairing: s.Pairing) -> s.Pairing:
        return pairing

    def pair(self, place: Place, purposes: Any, bases: Any) -> s.Pairing:
        return s.Pairing(purposes, bases, False, self.span(place))

    def pair_same(self, place: Place) -> s.Pairing:
        return s.Pairing(None, None, True, self.span(place))

    def consents(self, place: Place, consents: s.Consents) -> s.Consents:
        return consents

    def some_consents(self, place: Place, *items: Any) -> s.Consents:
        open = isinstance(items[-1], Token) and items[-1].type == "OPEN"
        return s.Consents(of(items, s.Consent), open, self.span(place))

    def unsaid_consents(self, place: Place, word: Token) -> s.Consents:
        return s.Consents((), str(word) == "unknown", self.span(place))

    def consent(self, place: Place, kind: s.Name, giver: Any, scope: Any) -> s.Consent:
        operations, purposes, recipients, categories, channels = scope or ((), (), (), (), ())
        span = self.span(place)
        return s.Consent(kind, giver, operations, purposes, recipients, categories, channels, span)

    def scope(self, place: Place, *parts: Any) -> tuple[Any, ...]:
        return tuple(part or () for part in parts)


def _property_builder(word: str) -> Any:
    def build(self: FlowBuilder, place: Place, names: s.Names) -> s.Property:
        return s.Property(word, names, self.span(place))

    return build


for _word in ("in", "under", "for", "using", "honours", "site", "on", "by"):
    setattr(FlowBuilder, f"prop_{_word}", v_args(inline=True, meta=True)(_property_builder(_word)))
