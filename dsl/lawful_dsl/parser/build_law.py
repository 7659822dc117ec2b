"""Build, law: each rule of `law.lark` becomes a value of the syntax tree."""

from __future__ import annotations

from typing import Any

from lark import Token, v_args
from lark.tree import Meta as Place

from lawful_dsl import syntax as s
from lawful_dsl.parser.build_declarations import Declarations
from lawful_dsl.parser.build_shared import Tagged, last, of, tagged


@v_args(inline=True, meta=True)
class LawBuilder(Declarations):
    """The rules of `law.lark`."""

    # rules

    def _meta(self, items: tuple[Any, ...]) -> s.Meta:
        flat: list[Any] = []
        for item in items:
            if isinstance(item, Tagged) and item[0] == "block":
                flat.extend(item[1])
            else:
                flat.append(item)
        found = tuple(flat)
        because = tuple(text for group in tagged(found, "because") for text in group)
        return s.Meta(
            last(tagged(found, "severity"), ""),
            because,
            last(tagged(found, "cite")),
            tuple(n for group in tagged(found, "formerly") for n in group),
            last(tagged(found, "replaces")),
            tuple(n for group in tagged(found, "clauses") for n in group),
            bool(tagged(found, "unwaivable")),
        )

    def _exceptions(self, items: tuple[Any, ...]) -> tuple[s.Exception_, ...]:
        found: list[s.Exception_] = []
        for item in items:
            if isinstance(item, s.Exception_):
                found.append(item)
            elif isinstance(item, Tagged) and item[0] in ("block", "exceptions"):
                found.extend(of(tuple(item[1]), s.Exception_))
        return tuple(found)

    def rule_id(self, place: Place, name: s.Name) -> Tagged:
        return Tagged("id", name)

    def rule_block(self, place: Place, *items: Any) -> Tagged:
        return Tagged("block", [i for i in items if not isinstance(i, Token)])

    def exceptions(self, place: Place, item: s.Exception_) -> s.Exception_:
        return item

    def inline_exception(self, place: Place, body: Any) -> s.Exception_:
        parts, when = body
        return s.Exception_(parts, when, (), (), self.span(place))

    def exception_body(self, place: Place, *items: Any) -> tuple[Any, Any]:
        return (of(items, s.Part), last(tagged(items, "when")))

    def exception(self, place: Place, body: Any, *rest: Any) -> s.Exception_:
        return self._exception(place, body, rest)

    def _exception(self, place: Place, body: Any, rest: tuple[Any, ...]) -> s.Exception_:
        parts, when = body
        return s.Exception_(
            parts,
            when,
            last(tagged(rest, "exceptions"), ()),
            last(tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def exception_block(self, place: Place, *items: Any) -> Tagged:
        found: list[s.Exception_] = []
        body: Any = None
        clauses: tuple[s.Name, ...] = ()
        for item in items:
            if isinstance(item, Token):
                continue
            if isinstance(item, Tagged) and item[0] == "clauses":
                clauses = item[1]
            elif isinstance(item, Tagged) and item[0] == "exceptions":
                if body is not None:
                    found.append(s.Exception_(body[0], body[1], item[1], clauses, self.span(place)))
                body, clauses = None, ()
            elif isinstance(item, tuple) and not isinstance(item, Tagged):
                body = item
        return Tagged("exceptions", tuple(found))

    def forbid(self, place: Place, *items: Any) -> s.Forbid:
        (event,) = of(items, s.Event)
        return s.Forbid(
            last(tagged(items, "id")),
            event,
            self._exceptions(items),
            self._meta(items),
            self.span(place),
        )

    def quantity(self, place: Place, *tokens: Token) -> Tagged:
        return Tagged("quantity", " ".join(tokens))

    def require(self, place: Place, id: Any, attribute: s.Name, *items: Any) -> s.Require:
        (event,) = of(items, s.Event)
        (names,) = [i for i in items if type(i) is tuple]
        return s.Require(
            id and id[1],
            attribute,
            tagged(items, "quantity")[0],
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

    def bound(self, place: Place, *tokens: Token) -> Tagged:
        return Tagged("bound", " ".join(tokens))

    def retain(self, place: Place, id: Any, names: Any, excluded: Any, *rest: Any) -> s.Retain:
        (period,) = of(rest, s.Length | s.Symbol | s.Choice | s.Unlimited)
        return s.Retain(
            id and id[1],
            s.Part("of", names, excluded or (), span=names[0].span),
            of(rest, s.Part),
            last(tagged(rest, "when")),
            tagged(rest, "bound")[0],
            period,
            self._exceptions(rest),
            self._meta(rest),
            self.span(place),
        )

    def assertion(self, place: Place, id: Any, fact: s.Name, *rest: Any) -> s.Assert:
        return s.Assert(
            id and id[1],
            fact,
            last(tagged(rest, "bound"), ""),
            last(list(of(rest, s.Length | s.Symbol | s.Choice | s.Unlimited))),
            (),
            self._meta(rest),
            self.span(place),
        )

    def assertion_in(self, place: Place, id: Any, fact: s.Name, names: Any, *rest: Any) -> s.Assert:
        return s.Assert(id and id[1], fact, "in", None, names, self._meta(rest), self.span(place))

    # what a rule says of itself

    def severity(self, place: Place, word: Token, *_: Any) -> Tagged:
        return Tagged("severity", str(word))

    def because(self, place: Place, language: Token, text: Token, *rest: Any) -> Tagged:
        first = s.Text(text[1:-1], str(language), self.token_span(text))
        return Tagged("because", (first, *of(rest, s.Text)))

    def cite(self, place: Place, text: Token, *_: Any) -> Tagged:
        return Tagged("cite", s.Text(text[1:-1], "", self.token_span(text)))

    def formerly(self, place: Place, names: Any, *_: Any) -> Tagged:
        return Tagged("formerly", names)

    def unwaivable(self, place: Place, *_: Any) -> Tagged:
        return Tagged("unwaivable", True)

    def replaces(self, place: Place, name: s.Name, *_: Any) -> Tagged:
        return Tagged("replaces", name)

    def meta_clauses(self, place: Place, item: Tagged, *_: Any) -> Tagged:
        return item

    def affirm(self, place: Place, rule: s.Name, *items: Any) -> s.Affirm:
        return s.Affirm(rule, self._meta(items), self.span(place))

    def affirm_block(self, place: Place, *items: Any) -> Tagged:
        return Tagged("block", [i for i in items if not isinstance(i, Token)])

    # closed blocks

    def closed(self, place: Place, id: s.Name, event: s.Event, *items: Any) -> s.Closed:
        return s.Closed(
            id,
            event,
            of(items, s.Permit),
            tuple(r for table in tagged(items, "table") for r in table),
            of(items, s.Admits),
            self._meta(items),
            self.span(place),
        )

    def permit(self, place: Place, *items: Any) -> s.Permit:
        return s.Permit(
            of(items, s.Part),
            last(tagged(items, "when")),
            self._exceptions(items),
            last(tagged(items, "clauses"), ()),
            self.span(place),
        )

    def admits(self, place: Place, names: Any, *_: Any) -> s.Admits:
        return s.Admits(names, self.span(place))

    def table(self, place: Place, *items: Any) -> Tagged:
        starts = [i for i, item in enumerate(items) if isinstance(item, s.Register)]
        found = []
        for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
            register, rows = items[start], of(items[start + 1 : end], s.Row)
            span = register.span.to(rows[-1].span) if rows else register.span
            found.append(s.Register(register.columns, (*register.rows, *rows), span))
        return Tagged("table", found)

    def register(self, place: Place, columns: Any, row: s.Row, *_: Any) -> s.Register:
        return s.Register(columns, (row,), self.span(place))

    def header_row(self, place: Place, *items: Any) -> tuple[s.Name, ...]:
        return of(items, s.Name)

    def column(self, place: Place, token: Token) -> s.Name:
        return s.Name(str(token), self.token_span(token))

    def row(self, place: Place, *cells: Any) -> s.Row:
        return s.Row(of(cells, s.Cell), self.span(place))

    def cell(self, place: Place, names: Any, excluded: Any) -> s.Cell:
        return s.Cell(names or (), excluded or (), span=self.span(place))

    def cell_bound(self, place: Place, bound: Tagged, period: Any) -> s.Cell:
        return s.Cell(bound=bound[1], period=period, span=self.span(place))

    # readings

    def readings(self, place: Place, id: s.Name, *items: Any) -> s.Readings:
        return s.Readings(id, tuple(tagged(items, "reading")), self._meta(items), self.span(place))

    def reading(self, place: Place, *items: Any) -> Any:
        if len(items) == 1:
            return items[0]
        names, rule = items
        return Tagged("reading", (names, rule))

    def no_reading(self, place: Place, names: Any, *_: Any) -> Tagged:
        return Tagged("reading", (names, None))
