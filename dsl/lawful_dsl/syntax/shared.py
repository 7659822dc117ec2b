"""What both languages share: names, texts, periods, states, and what is used."""

from __future__ import annotations

from dataclasses import field

from lawful_dsl.frozen import frozen
from lawful_dsl.source import NOWHERE, Span


def spanned() -> Span:
    """The field of a node's place in its text, which takes no part in equality."""
    return field(default=NOWHERE, compare=False, repr=False)


@frozen
class Name:
    """A word that names something; `quoted` ones were written between single quotes."""

    text: str
    span: Span = spanned()

    def __str__(self) -> str:
        """The name itself."""
        return self.text


@frozen
class Text:
    """A string between double quotes, in a language (`en` unless said)."""

    text: str
    language: str = ""
    span: Span = spanned()


@frozen
class Length:
    """A length of time such as `6 months`; `unit` is `hours`, `days`, `weeks`, `months` or `years`."""

    number: int
    unit: str
    span: Span = spanned()


@frozen
class Symbol:
    """A period known by name (`contract_term`), with a length added to it or not."""

    name: Name
    plus: Length | None = None
    span: Span = spanned()


@frozen
class Choice:
    """`longer of`, `shorter of` or `else` over periods; `word` is `longer`, `shorter` or `else`."""

    word: str
    items: tuple[Period, ...]
    span: Span = spanned()


@frozen
class Unlimited:
    """The period without end."""

    span: Span = spanned()


Period = Length | Symbol | Choice | Unlimited


@frozen
class Value:
    """A user's attribute and its value: `risk = high`."""

    name: Name
    value: Name | int | str | Period | None
    span: Span = spanned()


@frozen
class StateRef:
    """A state, what it is about, and who holds it: `opted_out of sale per browser`."""

    state: Name
    about: Name | None = None
    holder: Name | None = None
    span: Span = spanned()


@frozen
class Use:
    """`use common, children`."""

    names: tuple[Name, ...]
    span: Span = spanned()
