"""Build, shared: the rules that both grammars have, and what all builders need."""

from __future__ import annotations

from typing import Any

from lark import Token, Transformer, v_args
from lark.tree import Meta as Place

from lawful_dsl import syntax as s
from lawful_dsl.source import Span


def of(items: tuple[Any, ...], kind: Any) -> tuple[Any, ...]:
    """The items of a kind."""
    return tuple(item for item in items if isinstance(item, kind))


class Tagged(tuple[str, Any]):
    """A word and a value, on the way to the node that holds them."""

    __slots__ = ()

    def __new__(cls, tag: str, value: Any) -> Tagged:
        return super().__new__(cls, (tag, value))


def tagged(items: tuple[Any, ...], tag: str) -> list[Any]:
    """The values under a word."""
    return [item[1] for item in items if isinstance(item, Tagged) and item[0] == tag]


def last(values: list[Any], otherwise: Any = None) -> Any:
    """The last of some values: what is said twice is said the second time."""
    return values[-1] if values else otherwise


def worth(value: Any) -> Any:
    """What an attribute is: a number, a date, a word or a period."""
    if isinstance(value, Token):
        return int(value) if value.type == "INT" else str(value)
    if isinstance(value, s.Symbol) and value.plus is None:
        return value.name
    return value


@v_args(inline=True, meta=True)
class Shared(Transformer):  # type: ignore[type-arg]
    """Rules that both grammars share."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        for rule in dir(type(self)):  # bound once: Lark's wrapper is made anew at each look
            if hasattr(getattr(type(self), rule), "visit_wrapper"):
                setattr(self, rule, getattr(self, rule))

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
        return of(items, s.Name)

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

    def value(self, place: Place, name: s.Name, said: Any) -> s.Value:
        return s.Value(name, worth(said), self.span(place))

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
