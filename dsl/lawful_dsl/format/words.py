"""Words: names, texts, lengths and periods as both languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lawful_dsl.syntax import Choice, Length, Name, Period, StateRef, Symbol, Text, Unlimited, Value

#: What can be written without quotes (NAME of the grammar).
PLAIN = re.compile(
    r"[^\W\d][\w\u0300-\u036f\u064b-\u065f\u0670\u200c]*"
    r"(?:[-.][\w\u0300-\u036f\u064b-\u065f\u0670\u200c]+)*"
)
#: How far into a name the parser reads a keyword: `for.me` begins with one, `for_me` does not.
_HEAD = re.compile(r"[a-z_]+(?![\w\-])|(?:hour|day|week|month|year)s?(?!\w)")


def reserve(words: str) -> frozenset[str]:
    """The words, as a set of those that a name cannot be without quotes."""
    return frozenset(words.split())


NONE_RESERVED = reserve("")
#: Where a period is expected.
PERIOD_WORDS = reserve("unlimited longer shorter")
#: In a list of periods too, where `.flow` reads `, for` and `, with` as one.
_LISTED_WORDS = PERIOD_WORDS | reserve("for with")


def write_name(name: Name, reserved: frozenset[str] = NONE_RESERVED) -> str:
    """The name, in quotes where it would not be read as the same name without them.

    >>> write_name(Name("card_number")), write_name(Name("card number"))
    ('card_number', "'card number'")
    """
    head = _HEAD.match(name.text)
    if PLAIN.fullmatch(name.text) and not (head and head.group() in reserved):
        return name.text
    if "'" in name.text or "\n" in name.text:
        raise ValueError(f"no text can hold the name {name.text!r}")
    return f"'{name.text}'"


def write_names(
    names: Iterable[Name],
    first: frozenset[str] = NONE_RESERVED,
    later: frozenset[str] = NONE_RESERVED,
) -> str:
    """The names with commas; `first` and `later` are what the first and the others cannot be."""
    return ", ".join(
        write_name(name, later if index else first) for index, name in enumerate(names)
    )


def write_string(text: str) -> str:
    """A string in double quotes."""
    if '"' in text or "\n" in text:
        raise ValueError(f"no text can hold the string {text!r}")
    return f'"{text}"'


def write_translation(text: Text) -> str:
    """A string after its language: `nl "..."`."""
    if not PLAIN.fullmatch(text.language):
        raise ValueError(f"no text can hold the language {text.language!r}")
    return f"{text.language} {write_string(text.text)}"


def write_dates(since: str, until: str) -> list[str]:
    """`from` and `until`, where said."""
    return [f"{word} {date}" for word, date in (("from", since), ("until", until)) if date]


def write_state(state: StateRef, reserved: frozenset[str] = NONE_RESERVED) -> str:
    """A state, what it is about and who holds it."""
    about = f" of {write_name(state.about)}" if state.about else ""
    holder = f" per {write_name(state.holder)}" if state.holder else ""
    return write_name(state.state, reserved) + about + holder


def write_length(length: Length) -> str:
    """`6 months`, `1 day`."""
    unit = length.unit.removesuffix("s") if length.number == 1 else length.unit
    return f"{length.number} {unit}"


def write_period(period: Period, reserved: frozenset[str] = PERIOD_WORDS) -> str:
    """A period; the periods inside one are in parentheses where they are choices themselves."""
    match period:
        case Length():
            return write_length(period)
        case Symbol():
            plus = f" + {write_length(period.plus)}" if period.plus else ""
            return write_name(period.name, reserved) + plus
        case Unlimited():
            return "unlimited"
        case Choice("else"):
            first, *rest = period.items
            return " else ".join([_write_item(first, reserved), *map(_write_item, rest)])
        case Choice():
            return f"{period.word} of {', '.join(map(_write_item, period.items))}"


def write_worth(worth: object, reserved: frozenset[str] = PERIOD_WORDS) -> str:
    """What an attribute or a fact is."""
    match worth:
        case bool():
            return "yes" if worth else "no"
        case Name():
            return write_name(worth, reserved)
        case Length() | Symbol() | Choice() | Unlimited():
            return write_period(worth, reserved)
        case _:
            return str(worth)


def write_value(value: Value, reserved: frozenset[str]) -> str:
    """An attribute and what it is, its name none of the words."""
    return f"{write_name(value.name, reserved)} = {write_worth(value.value)}"


def _write_item(period: Period, reserved: frozenset[str] = _LISTED_WORDS) -> str:
    written = write_period(period, reserved)
    return f"({written})" if isinstance(period, Choice) else written
