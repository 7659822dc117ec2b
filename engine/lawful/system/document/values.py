"""Values: the lists, periods, values, states and consents of the JSON form of a system."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)


def _of_the_calendar(text: str) -> str:
    date.fromisoformat(text)
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[^'\n]+$")]
Label = Annotated[str, StringConstraints(pattern=r'^[^"\n]*$')]
Date = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_of_the_calendar)
]
#: A number that a `.flow` text can say, too.
Whole = Annotated[int, Field(ge=0, le=999_999_999)]


class Model(BaseModel):
    """An object with these keys and no others."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _shape(value: Any) -> str:
    """Which form of a value this is, by its type alone, so that an error is of one form."""
    for kind, tag in ((bool, "~truth"), (int, "~number"), (str, "~word"), (list, "~list")):
        if isinstance(value, kind):
            return tag
    if isinstance(value, dict):
        keys = {
            "some": "~some",
            "all_except": "~except",
            "date": "~date",
            "symbol": "~symbol",
            "form": "~form",
            "operation": "~operation",
        }
        return next((tag for key, tag in keys.items() if key in value), _period(value))
    return _OF_MODEL.get(type(value).__name__, "~other")


def _period(value: dict[str, Any]) -> str:
    return "~choice" if "choose" in value else "~length"


_OF_MODEL = {
    "Some": "~some",
    "SomeConsents": "~some",
    "AllExcept": "~except",
    "DateValue": "~date",
    "Symbol": "~symbol",
    "Choice": "~choice",
    "Length": "~length",
    "FormChange": "~form",
    "TermChange": "~operation",
}


def one_of(expected: str) -> Discriminator:
    """Choose among the forms of a value; `expected` says them where it has none of them."""
    return Discriminator(
        _shape, custom_error_type="expected", custom_error_message=f"expected {expected}"
    )


# --- lists, periods, values -----------------------------------------------------------------------


class Some(Model):
    """An open list: these, and perhaps others."""

    some: list[Identifier] = Field(min_length=1)


#: A list that is whole (empty: `none`), an open one, or `unknown`.
Names = Annotated[
    Annotated[list[Identifier], Tag("~list")]
    | Annotated[Some, Tag("~some")]
    | Annotated[Literal["unknown"], Tag("~word")],
    one_of('a list of names, {"some": [names]} for an open one, or "unknown"'),
]


class Length(Model):
    """A length of time."""

    number: Whole
    unit: Literal["hours", "days", "weeks", "months", "years"]


class Symbol(Model):
    """A period known by name, with a length added to it or not."""

    symbol: Identifier
    plus: Length | None = None


class Choice(Model):
    """The longer or the shorter of periods, or one else another."""

    choose: Literal["longer", "shorter", "else"]
    of: list[Period] = Field(min_length=1)


Period = Annotated[
    Annotated[Length, Tag("~length")]
    | Annotated[Symbol, Tag("~symbol")]
    | Annotated[Choice, Tag("~choice")]
    | Annotated[Literal["unlimited"], Tag("~word")],
    one_of('a period: {"number": 6, "unit": "months"}, {"symbol": name}, a choice or "unlimited"'),
]
Retained = Annotated[
    Annotated[Length, Tag("~length")]
    | Annotated[Symbol, Tag("~symbol")]
    | Annotated[Choice, Tag("~choice")]
    | Annotated[Literal["unlimited", "unknown"], Tag("~word")],
    one_of('a period, "unlimited" or "unknown"'),
]


class DateValue(Model):
    """A date as the value of an attribute."""

    date: Date


#: The value of a user's attribute or of a fact: a word (`true` is `yes`), a number, a date, a period.
Value = Annotated[
    Annotated[bool, Tag("~truth")]
    | Annotated[Whole, Tag("~number")]
    | Annotated[Identifier, Tag("~word")]
    | Annotated[DateValue, Tag("~date")]
    | Annotated[Length, Tag("~length")]
    | Annotated[Symbol, Tag("~symbol")]
    | Annotated[Choice, Tag("~choice")],
    one_of('true, false, a number, a word, {"date": "2024-04-08"} or a period'),
]
Attributes = dict[Identifier, Value]


class State(Model):
    """A state, what it is about and who holds it."""

    state: Identifier
    about: Identifier | None = None
    holder: Identifier | None = None


class Consent(Model):
    """A consent, its giver and its scope."""

    kind: Identifier
    giver: Identifier | None = None
    operations: list[Identifier] = []
    purposes: list[Identifier] = []
    recipients: list[Identifier] = []
    categories: list[Identifier] = []
    channels: list[Identifier] = []


class SomeConsents(Model):
    """An open list of consents."""

    some: list[Consent] = Field(min_length=1)


Consents = Annotated[
    Annotated[list[Consent], Tag("~list")]
    | Annotated[SomeConsents, Tag("~some")]
    | Annotated[Literal["unknown"], Tag("~word")],
    one_of('a list of consents, {"some": [consents]} for an open one, or "unknown"'),
]


class Paired(Model):
    """Purposes and the bases for them."""

    purposes: Names
    bases: Names | None = None
