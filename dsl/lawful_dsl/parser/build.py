"""Build: each rule of the grammars becomes a value of the syntax tree."""

from __future__ import annotations

from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta as Place

from lawful_dsl import syntax as s
from lawful_dsl.source import Span


def _of(items: tuple[Any, ...], kind: Any) -> tuple[Any, ...]:
    return tuple(item for item in items if isinstance(item, kind))


class _Tagged(tuple[str, Any]):
    """A word and a value, on the way to the node that holds them."""

    __slots__ = ()

    def __new__(cls, tag: str, value: Any) -> _Tagged:
        return super().__new__(cls, (tag, value))


def _tagged(items: tuple[Any, ...], tag: str) -> list[Any]:
    return [item[1] for item in items if isinstance(item, _Tagged) and item[0] == tag]


def _last(values: list[Any], otherwise: Any = None) -> Any:
    return values[-1] if values else otherwise


@v_args(inline=True, meta=True)
class _Shared(Transformer):  # type: ignore[type-arg]
    """Rules that both grammars share."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def span(self, place: Place) -> Span:
        if place.empty:
            return Span(self.file)
        return Span(self.file, place.line, place.column, place.end_line, place.end_column)

    def token_span(self, token: Token) -> Span:
        return Span(
            self.file,
            token.line or 0,
            token.column or 0,
            token.end_line or 0,
            token.end_column or 0,
        )

    def name(self, place: Place, token: Token) -> s.Name:
        text = str(token)
        return s.Name(text[1:-1] if token.type == "QUOTED" else text, self.token_span(token))

    def names(self, place: Place, *items: Any) -> tuple[s.Name, ...]:
        return _of(items, s.Name)

    def text(self, place: Place, token: Token) -> s.Text:
        return s.Text(token[1:-1], "", self.token_span(token))

    def since(self, place: Place, *tokens: Token) -> str:
        return str(tokens[-1])

    def until(self, place: Place, date: Token) -> str:
        return str(date)

    def state_ref(
        self, place: Place, state: s.Name, about: s.Name | None, holder: s.Name | None
    ) -> s.StateRef:
        return s.StateRef(state, about, holder, self.span(place))

    def length(self, place: Place, number: Token, unit: Token) -> s.Length:
        word = str(unit)
        return s.Length(int(number), word if word.endswith("s") else word + "s", self.span(place))

    def symbol(self, place: Place, name: s.Name, plus: s.Length | None = None) -> s.Symbol:
        return s.Symbol(name, plus, self.span(place))

    def unlimited(self, place: Place) -> s.Unlimited:
        return s.Unlimited(self.span(place))

    def period_list(self, place: Place, *items: Any) -> tuple[Any, ...]:
        return tuple(item for item in items if not isinstance(item, Token))

    def longer(self, place: Place, items: tuple[Any, ...]) -> s.Choice:
        return s.Choice("longer", items, self.span(place))

    def shorter(self, place: Place, items: tuple[Any, ...]) -> s.Choice:
        return s.Choice("shorter", items, self.span(place))

    def either(self, place: Place, *items: Any) -> s.Choice:
        return s.Choice("else", items, self.span(place))


_PARTS = {
    "part_to": "to",
    "part_from": "from",
    "part_in": "in",
    "part_residence": "residence in",
    "part_seated": "seated in",
    "part_for": "for",
    "part_on": "on",
    "part_with": "with",
    "part_under": "under",
    "part_by": "by",
    "part_using": "using",
    "part_certified": "certified",
    "part_marked": "marked",
    "part_lineage": "anything from",
    "part_collected_for": "collected for",
    "part_collected_on": "collected on",
    "part_received": "received under",
    "part_any_form": "in any form",
    "part_within": "for within collected for",
    "part_another": "to another",
    "part_actual": "actual",
}

_MetaItem = (
    "severity",
    "because",
    "cite",
    "formerly",
    "replaces",
    "meta_clauses",
    "clauses",
)


@v_args(inline=True, meta=True)
class LawBuilder(_Shared):
    """The rules of `law.lark`."""

    def start(self, place: Place, *items: Any) -> s.Law:
        return s.Law(tuple(i for i in items if not isinstance(i, Token)), self.span(place))

    # headers

    def header(self, place: Place, kind: Token, name: s.Name, label: Any, *items: Any) -> s.Header:
        effective, until = _last(_tagged(items, "effective"), ("", ""))
        return s.Header(
            str(kind),
            name,
            label,
            _last(_tagged(items, "by")),
            tuple(g for group in _tagged(items, "governs") for g in group),
            effective,
            until,
            tuple(n for group in _tagged(items, "texts") for n in group),
            self.span(place),
        )

    def header_by(self, place: Place, name: s.Name) -> _Tagged:
        return _Tagged("by", name)

    def header_governs(self, place: Place, *items: Any) -> _Tagged:
        return _Tagged("governs", tuple(i for i in items if not isinstance(i, Token)))

    def governed(self, place: Place, kind: Token, name: s.Name) -> tuple[str, s.Name]:
        return (str(kind), name)

    def header_effective(self, place: Place, date: Token, until: str | None) -> _Tagged:
        return _Tagged("effective", (str(date), until or ""))

    def header_texts(self, place: Place, names: tuple[s.Name, ...]) -> _Tagged:
        return _Tagged("texts", names)

    def use(self, place: Place, names: tuple[s.Name, ...], *_: Any) -> s.Use:
        return s.Use(names, self.span(place))

    # vocabulary

    def term_list(self, place: Place, kind: Token, *terms: Any) -> s.TermList:
        return s.TermList(str(kind), _of(terms, s.Term), self.span(place))

    def term(
        self,
        place: Place,
        name: s.Name,
        label: Any,
        parents: Any,
        derived: Any,
        iri: Any,
        *rest: Any,
    ) -> s.Term:
        source, operation = derived or (None, "")
        return s.Term(
            name,
            label,
            parents or (),
            source,
            operation,
            iri or "",
            _of(rest, s.Validity),
            _of(rest, s.Text),
            self.span(place),
        )

    def parents(self, place: Place, *items: Any) -> tuple[s.Parent, ...]:
        return _of(items, s.Parent)

    def parent(self, place: Place, name: s.Name, since: str | None, until: str | None) -> s.Parent:
        return s.Parent(name, since or "", until or "")

    def derivation(self, place: Place, source: s.Name, operation: Token) -> tuple[s.Name, str]:
        return (source, str(operation))

    def iri(self, place: Place, text: Token) -> str:
        return str(text[1:-1])

    def validity(
        self, place: Place, origins: Any, targets: Any, needs: Any, since: Any, until: Any
    ) -> s.Validity:
        return s.Validity(origins, targets, needs, since or "", until or "", self.span(place))

    def label(self, place: Place, language: Token, text: Token, *_: Any) -> s.Text:
        return s.Text(text[1:-1], str(language), self.span(place))

    def attribute(
        self, place: Place, name: s.Name, owner: Token, type: Any, silence: Token | None, *_: Any
    ) -> s.Attribute:
        return s.Attribute(
            name, str(owner), type[0], type[1], str(silence or "unknown"), self.span(place)
        )

    def plain_type(self, place: Place, type: Token) -> tuple[str, tuple[s.Name, ...]]:
        return (str(type), ())

    def choice_type(self, place: Place, names: Any) -> tuple[str, tuple[s.Name, ...]]:
        return ("one of", names)

    def mapping(self, place: Place, name: s.Name, label: Any, *entries: Any) -> s.Mapping:
        return s.Mapping(
            name, label, tuple(e for e in entries if isinstance(e, tuple)), self.span(place)
        )

    def mapping_entry(
        self, place: Place, text: Token, name: s.Name, *_: Any
    ) -> tuple[s.Text, s.Name]:
        return (s.Text(text[1:-1], "", self.token_span(text)), name)

    # definitions

    def define(
        self, place: Place, name: s.Name, label: Any, bases: Any, excluded: Any, *rest: Any
    ) -> s.Define:
        return s.Define(
            name,
            label,
            bases,
            excluded or (),
            _of(rest, s.Part),
            _last(_tagged(rest, "when")),
            _last(_tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def treat(self, place: Place, name: s.Name, as_: s.Name, *rest: Any) -> s.Treat:
        return s.Treat(
            name,
            as_,
            _last(_tagged(rest, "when")),
            _last(_tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def prevails(
        self, place: Place, over: s.Name, under: s.Name, event: s.Event | None, *rest: Any
    ) -> s.Prevails:
        return s.Prevails(over, under, event, _last(_tagged(rest, "clauses"), ()), self.span(place))

    def clauses(self, place: Place, names: tuple[s.Name, ...]) -> _Tagged:
        return _Tagged("clauses", names)

    # events and conditions

    def event(self, place: Place, kind: s.Name, *rest: Any) -> s.Event:
        return s.Event(kind, _of(rest, s.Part), _last(_tagged(rest, "when")), self.span(place))

    def part_of(self, place: Place, names: Any, excluded: Any) -> s.Part:
        return s.Part("of", names, excluded or (), span=self.span(place))

    def part_consent(self, place: Place, names: Any, giver: s.Name | None) -> s.Part:
        return s.Part("with consent", names, giver=giver, span=self.span(place))

    def part_guard(self, place: Place, state: s.StateRef) -> s.Part:
        return s.Part("guard", state=state, span=self.span(place))

    def when(self, place: Place, condition: Any) -> _Tagged:
        return _Tagged("when", condition)

    def condition(self, place: Place, *items: Any) -> s.Or:
        return s.Or(items, self.span(place))

    def conjunction(self, place: Place, *items: Any) -> s.And:
        return s.And(items, self.span(place))

    def negated(self, place: Place, item: Any) -> s.Not:
        return s.Not(item, self.span(place))

    def compare(self, place: Place, left: s.Name, operator: Token, right: Any) -> s.Compare:
        if isinstance(right, Token):
            right = int(right) if right.type == "INT" else str(right)
        return s.Compare(left, str(operator), right, self.span(place))

    def in_residence(self, place: Place, left: s.Name) -> s.Compare:
        residence = s.Name("residence", self.span(place))
        return s.Compare(left, "in", residence, self.span(place))

    # rules

    def _meta(self, items: tuple[Any, ...]) -> s.Meta:
        flat: list[Any] = []
        for item in items:
            if isinstance(item, _Tagged) and item[0] == "block":
                flat.extend(item[1])
            else:
                flat.append(item)
        found = tuple(flat)
        because = tuple(text for group in _tagged(found, "because") for text in group)
        return s.Meta(
            _last(_tagged(found, "severity"), ""),
            because,
            _last(_tagged(found, "cite")),
            tuple(n for group in _tagged(found, "formerly") for n in group),
            _last(_tagged(found, "replaces")),
            tuple(n for group in _tagged(found, "clauses") for n in group),
        )

    def _exceptions(self, items: tuple[Any, ...]) -> tuple[s.Exception_, ...]:
        found: list[s.Exception_] = []
        for item in items:
            if isinstance(item, s.Exception_):
                found.append(item)
            elif isinstance(item, _Tagged) and item[0] in ("block", "exceptions"):
                found.extend(_of(tuple(item[1]), s.Exception_))
        return tuple(found)

    def rule_id(self, place: Place, name: s.Name) -> _Tagged:
        return _Tagged("id", name)

    def rule_block(self, place: Place, *items: Any) -> _Tagged:
        return _Tagged("block", [i for i in items if not isinstance(i, Token)])

    def exceptions(self, place: Place, item: s.Exception_) -> s.Exception_:
        return item

    def inline_exception(self, place: Place, body: Any) -> s.Exception_:
        parts, when = body
        return s.Exception_(parts, when, (), (), self.span(place))

    def exception_body(self, place: Place, *items: Any) -> tuple[Any, Any]:
        return (_of(items, s.Part), _last(_tagged(items, "when")))

    def exception(self, place: Place, body: Any, *rest: Any) -> s.Exception_:
        return self._exception(place, body, rest)

    def _exception(self, place: Place, body: Any, rest: tuple[Any, ...]) -> s.Exception_:
        parts, when = body
        return s.Exception_(
            parts,
            when,
            _last(_tagged(rest, "exceptions"), ()),
            _last(_tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def exception_block(self, place: Place, *items: Any) -> _Tagged:
        found: list[s.Exception_] = []
        body: Any = None
        clauses: tuple[s.Name, ...] = ()
        for item in items:
            if isinstance(item, Token):
                continue
            if isinstance(item, _Tagged) and item[0] == "clauses":
                clauses = item[1]
            elif isinstance(item, _Tagged) and item[0] == "exceptions":
                if body is not None:
                    found.append(s.Exception_(body[0], body[1], item[1], clauses, self.span(place)))
                body, clauses = None, ()
            elif isinstance(item, tuple) and not isinstance(item, _Tagged):
                body = item
        return _Tagged("exceptions", tuple(found))

    def forbid(self, place: Place, *items: Any) -> s.Forbid:
        (event,) = _of(items, s.Event)
        return s.Forbid(
            _last(_tagged(items, "id")),
            event,
            self._exceptions(items),
            self._meta(items),
            self.span(place),
        )

    def quantity(self, place: Place, *tokens: Token) -> _Tagged:
        return _Tagged("quantity", " ".join(tokens))

    def require(self, place: Place, id: Any, attribute: s.Name, *items: Any) -> s.Require:
        (event,) = _of(items, s.Event)
        (names,) = [i for i in items if type(i) is tuple]
        return s.Require(
            id and id[1],
            attribute,
            _tagged(items, "quantity")[0],
            names,
            event,
            self._exceptions(items),
            self._meta(items),
            self.span(place),
        )

    def passage(self, place: Place, id: Any, through: Any, event: s.Event, *rest: Any) -> s.Passage:
        return s.Passage(
            id and id[1], through, event, self._exceptions(rest), self._meta(rest), self.span(place)
        )

    def reach(self, place: Place, id: Any, data: Any, event: s.Event, *rest: Any) -> s.Reach:
        return s.Reach(
            id and id[1], data, event, self._exceptions(rest), self._meta(rest), self.span(place)
        )

    def bound(self, place: Place, *tokens: Token) -> _Tagged:
        return _Tagged("bound", " ".join(tokens))

    def retain(self, place: Place, id: Any, names: Any, excluded: Any, *rest: Any) -> s.Retain:
        (period,) = _of(rest, s.Length | s.Symbol | s.Choice | s.Unlimited)
        return s.Retain(
            id and id[1],
            s.Part("of", names, excluded or (), span=names[0].span),
            _of(rest, s.Part),
            _last(_tagged(rest, "when")),
            _tagged(rest, "bound")[0],
            period,
            self._exceptions(rest),
            self._meta(rest),
            self.span(place),
        )

    def assertion(self, place: Place, id: Any, fact: s.Name, *rest: Any) -> s.Assert:
        return s.Assert(
            id and id[1],
            fact,
            _last(_tagged(rest, "bound"), ""),
            _last(list(_of(rest, s.Length | s.Symbol | s.Choice | s.Unlimited))),
            (),
            self._meta(rest),
            self.span(place),
        )

    def assertion_in(self, place: Place, id: Any, fact: s.Name, names: Any, *rest: Any) -> s.Assert:
        return s.Assert(id and id[1], fact, "in", None, names, self._meta(rest), self.span(place))

    # what a rule says of itself

    def severity(self, place: Place, word: Token, *_: Any) -> _Tagged:
        return _Tagged("severity", str(word))

    def because(self, place: Place, language: Token, text: Token, *rest: Any) -> _Tagged:
        first = s.Text(text[1:-1], str(language), self.token_span(text))
        return _Tagged("because", (first, *_of(rest, s.Text)))

    def cite(self, place: Place, text: Token, *_: Any) -> _Tagged:
        return _Tagged("cite", s.Text(text[1:-1], "", self.token_span(text)))

    def formerly(self, place: Place, names: Any, *_: Any) -> _Tagged:
        return _Tagged("formerly", names)

    def replaces(self, place: Place, name: s.Name, *_: Any) -> _Tagged:
        return _Tagged("replaces", name)

    def meta_clauses(self, place: Place, item: _Tagged, *_: Any) -> _Tagged:
        return item

    # closed blocks

    def closed(self, place: Place, id: s.Name, event: s.Event, *items: Any) -> s.Closed:
        return s.Closed(
            id,
            event,
            _of(items, s.Permit),
            tuple(r for table in _tagged(items, "table") for r in table),
            _of(items, s.Admits),
            self._meta(items),
            self.span(place),
        )

    def permit(self, place: Place, *items: Any) -> s.Permit:
        return s.Permit(
            _of(items, s.Part),
            _last(_tagged(items, "when")),
            self._exceptions(items),
            _last(_tagged(items, "clauses"), ()),
            self.span(place),
        )

    def admits(self, place: Place, names: Any, *_: Any) -> s.Admits:
        return s.Admits(names, self.span(place))

    def table(self, place: Place, *items: Any) -> _Tagged:
        starts = [i for i, item in enumerate(items) if isinstance(item, s.Register)]
        found = []
        for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
            register, rows = items[start], _of(items[start + 1 : end], s.Row)
            span = register.span.to(rows[-1].span) if rows else register.span
            found.append(s.Register(register.columns, (*register.rows, *rows), span))
        return _Tagged("table", found)

    def register(self, place: Place, columns: Any, row: s.Row, *_: Any) -> s.Register:
        return s.Register(columns, (row,), self.span(place))

    def header_row(self, place: Place, *items: Any) -> tuple[s.Name, ...]:
        return _of(items, s.Name)

    def column(self, place: Place, token: Token) -> s.Name:
        return s.Name(str(token), self.token_span(token))

    def row(self, place: Place, *cells: Any) -> s.Row:
        return s.Row(_of(cells, s.Cell), self.span(place))

    def cell(self, place: Place, names: Any, excluded: Any) -> s.Cell:
        return s.Cell(names or (), excluded or (), span=self.span(place))

    def cell_bound(self, place: Place, bound: _Tagged, period: Any) -> s.Cell:
        return s.Cell(bound=bound[1], period=period, span=self.span(place))

    # readings

    def readings(self, place: Place, id: s.Name, *items: Any) -> s.Readings:
        return s.Readings(id, tuple(_tagged(items, "reading")), self._meta(items), self.span(place))

    def reading(self, place: Place, *items: Any) -> Any:
        if len(items) == 1:
            return items[0]
        names, rule = items
        return _Tagged("reading", (names, rule))

    def no_reading(self, place: Place, names: Any, *_: Any) -> _Tagged:
        return _Tagged("reading", (names, None))


def _part_builder(word: str) -> Any:
    def build(self: LawBuilder, place: Place, names: tuple[s.Name, ...] = (), *_: Any) -> s.Part:
        return s.Part(word, names, span=self.span(place))

    return build


for _rule, _word in _PARTS.items():
    setattr(LawBuilder, _rule, v_args(inline=True, meta=True)(_part_builder(_word)))


@v_args(inline=True, meta=True)
class FlowBuilder(_Shared):
    """The rules of `flow.lark`."""

    def start(self, place: Place, *items: Any) -> s.Flows:
        return s.Flows(tuple(i for i in items if not isinstance(i, Token)), self.span(place))

    def system(self, place: Place, name: s.Name, label: Any, *items: Any) -> s.System:
        return s.System(
            name,
            label,
            tuple(n for group in _tagged(items, "for") for n in group),
            _last(_tagged(items, "as_of"), ""),
            self.span(place),
        )

    def system_for(self, place: Place, names: Any) -> _Tagged:
        return _Tagged("for", names)

    def system_as_of(self, place: Place, date: Token) -> _Tagged:
        return _Tagged("as_of", str(date))

    def use(self, place: Place, names: Any, *_: Any) -> s.Use:
        return s.Use(names, self.span(place))

    def party(self, place: Place, id: s.Name, label: Any, *props: Any) -> s.PartyDecl:
        return s.PartyDecl(id, label, self._props(props), self.span(place))

    def node(self, place: Place, kind: Token, id: s.Name, label: Any, *props: Any) -> s.NodeDecl:
        return s.NodeDecl(str(kind), id, label, None, self._props(props), self.span(place))

    def owned(self, place: Place, owner: s.Name, *items: Any) -> s.Owned:
        nodes = tuple(
            s.NodeDecl(n.kind, n.id, n.label, owner, n.props, n.span)
            for n in _of(items, s.NodeDecl)
        )
        return s.Owned(owner, nodes, self.span(place))

    def flow_id(self, place: Place, name: s.Name) -> s.Name:
        return name

    def flow(
        self, place: Place, id: Any, source: s.Name, target: s.Name, carry: Any, *props: Any
    ) -> s.FlowDecl:
        return s.FlowDecl(id, source, target, carry, self._props(props), self.span(place))

    def fact(self, place: Place, name: s.Name, value: Any, *_: Any) -> s.FactDecl:
        return s.FactDecl(name, self._value(value), self.span(place))

    def correct(
        self, place: Place, id: s.Name, word: s.Name, old: Any, new: Any, because: s.Text, *_: Any
    ) -> s.Correct:
        return s.Correct(id, word, old, new, because, self.span(place))

    def ignore(self, place: Place, id: s.Name, because: s.Text, *_: Any) -> s.Ignore:
        return s.Ignore(id, because, self.span(place))

    def because(self, place: Place, text: Token) -> s.Text:
        return s.Text(text[1:-1], "", self.token_span(text))

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

    def _value(self, value: Any) -> Any:
        if isinstance(value, Token):
            return int(value) if value.type == "INT" else str(value)
        if isinstance(value, s.Symbol) and value.plus is None:
            return value.name
        return value

    # shared properties

    def attribute(self, place: Place, name: s.Name, value: Any) -> s.Value:
        return s.Value(name, self._value(value), self.span(place))

    def listing(self, place: Place, first: Any, open: Any = None) -> s.Names:
        if isinstance(first, Token):
            return s.Names((), str(first) == "unknown", self.span(place))
        return s.Names(first, open is not None, self.span(place))

    def bare(self, place: Place, name: s.Name) -> s.Property:
        return s.Property("", s.Names((name,), False, name.span), name.span)

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
        return _of(items, s.Pairing)

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
        return s.Consents(_of(items, s.Consent), open, self.span(place))

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
