"""Build, declarations: what `.law` texts say before their rules, and the conditions of rules."""

from __future__ import annotations

from typing import Any

from lark import Token, v_args
from lark.tree import Meta as Place

from lawful_dsl import syntax as s
from lawful_dsl.parser.build_shared import Shared, Tagged, last, of, tagged
from lawful_dsl.source import NOWHERE

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

#: The words of the lines of a header, in the order in which they are written.
_HEADER_LINES = ("by", "governs", "effective", "text")


@v_args(inline=True, meta=True)
class Declarations(Shared):
    """Headers, vocabulary, definitions, events and conditions of `law.lark`."""

    def start(self, place: Place, *items: Any) -> s.Law:
        return s.Law(tuple(i for i in items if not isinstance(i, Token)), self.span(place))

    # headers

    def header(self, place: Place, kind: Token, name: s.Name, label: Any, *items: Any) -> s.Header:
        said = {word: [item[0] for item in tagged(items, word)] for word in _HEADER_LINES}
        cited = {word: [c for item in tagged(items, word) for c in item[1]] for word in said}
        effective, until, dates = last(said["effective"], ("", "", NOWHERE))
        return s.Header(
            str(kind),
            name,
            label,
            last(said["by"]),
            tuple(g for group in said["governs"] for g in group),
            effective,
            until,
            tuple(n for group in said["text"] for n in group),
            tuple((word, tuple(names)) for word, names in cited.items() if names),
            self.span(place),
            dates,
        )

    def header_by(self, place: Place, name: s.Name, clauses: Tagged | None) -> Tagged:
        return Tagged("by", (name, clauses[1] if clauses else ()))

    def header_governs(self, place: Place, *items: Any) -> Tagged:
        governed = tuple(i for i in items if type(i) is tuple)
        return Tagged("governs", (governed, last(tagged(items, "clauses"), ())))

    def governed(self, place: Place, kind: Token, name: s.Name) -> tuple[str, s.Name]:
        return (str(kind), name)

    def header_effective(
        self, place: Place, date: Token, until: str | None, clauses: Tagged | None
    ) -> Tagged:
        dates = (str(date), until or "", self.span(place))
        return Tagged("effective", (dates, clauses[1] if clauses else ()))

    def header_texts(
        self, place: Place, names: tuple[s.Name, ...], clauses: Tagged | None
    ) -> Tagged:
        return Tagged("text", (names, clauses[1] if clauses else ()))

    def use(self, place: Place, names: tuple[s.Name, ...], *_: Any) -> s.Use:
        return s.Use(names, self.span(place))

    # vocabulary

    def term_list(self, place: Place, kind: Token, *terms: Any) -> s.TermList:
        return s.TermList(str(kind), of(terms, s.Term), self.span(place))

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
            of(rest, s.Validity),
            of(rest, s.Value),
            of(rest, s.Text),
            self.span(place),
        )

    def parents(self, place: Place, *items: Any) -> tuple[s.Parent, ...]:
        return of(items, s.Parent)

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

    # the register of clauses

    def clause_list(self, place: Place, section: s.Text, *clauses: Any) -> s.ClauseList:
        return s.ClauseList(section, of(clauses, s.Clause), self.span(place))

    def clause(
        self, place: Place, id: s.Name, modality: Token, checkable: Token, says: s.Text, why: Any
    ) -> s.Clause:
        return s.Clause(id, str(modality), str(checkable), says, why[1], self.span(place))

    def clause_because(self, place: Place, *items: Any) -> Tagged:
        return Tagged("because", last(list(of(items, s.Text))))

    # definitions

    def define(
        self, place: Place, name: s.Name, label: Any, bases: Any, excluded: Any, *rest: Any
    ) -> s.Define:
        return s.Define(
            name,
            label,
            bases,
            excluded or (),
            of(rest, s.Part),
            last(tagged(rest, "when")),
            last(tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def treat(self, place: Place, name: s.Name, as_: s.Name, *rest: Any) -> s.Treat:
        return s.Treat(
            name,
            as_,
            last(tagged(rest, "when")),
            last(tagged(rest, "clauses"), ()),
            self.span(place),
        )

    def prevails(
        self, place: Place, over: s.Name, under: s.Name, event: s.Event | None, *rest: Any
    ) -> s.Prevails:
        return s.Prevails(over, under, event, last(tagged(rest, "clauses"), ()), self.span(place))

    def clauses(self, place: Place, names: tuple[s.Name, ...]) -> Tagged:
        return Tagged("clauses", names)

    # events and conditions

    def event(self, place: Place, kind: s.Name, *rest: Any) -> s.Event:
        return s.Event(kind, of(rest, s.Part), last(tagged(rest, "when")), self.span(place))

    def part_of(self, place: Place, names: Any, excluded: Any) -> s.Part:
        return s.Part("of", names, excluded or (), span=self.span(place))

    def part_consent(self, place: Place, names: Any, giver: s.Name | None) -> s.Part:
        return s.Part("with consent", names, giver=giver, span=self.span(place))

    def part_guard(self, place: Place, state: s.StateRef) -> s.Part:
        return s.Part("guard", state=state, span=self.span(place))

    def when(self, place: Place, condition: Any) -> Tagged:
        return Tagged("when", condition)

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


def _part_builder(word: str) -> Any:
    def build(self: Declarations, place: Place, names: tuple[s.Name, ...] = (), *_: Any) -> s.Part:
        return s.Part(word, names, span=self.span(place))

    return build


for _rule, _word in _PARTS.items():
    setattr(Declarations, _rule, v_args(inline=True, meta=True)(_part_builder(_word)))
