"""Values: what attributes are, typed, and what terms of data say of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic
from lawful_dsl.resolve import words
from lawful_dsl.resolve.periods import read_period
from lawful_dsl.vocabulary import AttributeDefinition, AttributeValue, Lattice, Term, Vocabulary

if TYPE_CHECKING:
    from lawful_dsl.resolve.scope import Scope

#: What an attribute of each type is, as a message says it.
WANTED = {
    "yes_no": "`yes` or `no`",
    "number": "a whole number",
    "date": "a date such as 2024-04-08",
    "period": "a period such as `6 months`",
    "one of": "one of some words",
}

#: How a value of each type is written that is none of some words.
_WRITTEN = {
    "yes_no": "write the word, without quotes",
    "number": "write it in digits, with no unit",
    "date": "write year, month and day",
    "period": "write a number and a unit, or a term of `periods`",
}


def typed(
    definition: AttributeDefinition, value: s.Name | int | str | s.Period | None
) -> AttributeValue | None:
    """A value as the attribute's type has it, or None where it is none of the type."""
    match definition.type, value:
        case "yes_no", None:
            return True
        case "yes_no", s.Name(text):
            return {"yes": True, "no": False}.get(text)
        case "number", int():
            return value
        case "date", str():
            return value
        case "period", s.Name():
            return s.Symbol(value, span=value.span)
        case "period", s.Length() | s.Symbol() | s.Choice() | s.Unlimited():
            return value
        case "one of", s.Name(text) if text in definition.values:
            return text
    return None


def choices(definition: AttributeDefinition) -> str:
    """What an attribute may be, as a help says it: its words, where it has some."""
    said = ", ".join(f"`{value}`" for value in definition.values)
    return f"one of: {said}" if said else _WRITTEN[definition.type]


def read_value(
    scope: Scope, definition: AttributeDefinition, value: s.Name | int | str | s.Period | None
) -> AttributeValue | None:
    """The same, with the names of periods looked up."""
    found = typed(definition, value)
    periods = (s.Length, s.Symbol, s.Choice, s.Unlimited)
    return read_period(scope, found) if isinstance(found, periods) else found


# --- what terms say -------------------------------------------------------------------------------


def read_values(
    scope: Scope, term: Term, written: s.Term
) -> tuple[tuple[str, AttributeValue], ...]:
    """The attributes that a term says of itself, by name; what is wrong is left out."""
    found: dict[str, AttributeValue] = {}
    first: dict[str, s.Value] = {}
    for said in written.values:
        name = said.name
        if term.list != "data":
            scope.error(
                f"`{term.name}` is in the list `{term.list}`; "
                "of all terms only data categories have attributes",
                said.span,
                "take it out",
            )
            return ()
        if name.text in first:
            scope.error(
                f"`{name}` is said twice",
                said.span,
                "leave one of the two out",
                (("first said here", first[name.text].span),),
            )
            continue
        first[name.text] = said
        definition = _definition(scope, name)
        if definition is None:
            continue
        value = read_value(scope, definition, said.value)
        if value is None:
            scope.error(
                f"`{name}` is {WANTED[definition.type]}",
                said.span,
                choices(definition),
                (("declared here", definition.span),),
            )
        else:
            found[name.text] = value
    return tuple(sorted(found.items(), key=lambda item: item[0]))


_OF_DATA = "name one that a vocabulary declares: `attribute NAME of data`"


def _definition(scope: Scope, name: s.Name) -> AttributeDefinition | None:
    meaning = scope.meaning(name.text)
    definition = scope.attributes.get(name.text)
    if meaning is None:
        help = f"declare it: `attribute {name} of data: yes_no`"
        scope.unknown(name, ("attribute",), help)
    elif definition is None:
        scope.error(
            f"`{name}` is {words.one(meaning.sort)}; an attribute of data is expected here",
            name.span,
            _OF_DATA,
        )
    elif definition.owner != "data":
        scope.error(
            f"`{name}` is an attribute of a {definition.owner}; "
            "an attribute of data is expected here",
            name.span,
            _OF_DATA,
            related=(("declared here", definition.span),),
        )
    else:
        return definition
    return None


def agree(vocabulary: Vocabulary, found: list[Diagnostic]) -> None:
    """Report the terms whose parents differ in an attribute of which they say nothing themselves."""
    attributes = [name for name, known in vocabulary.attributes.items() if known.owner == "data"]
    # More is said on the day on which a term begins to be another, and never when it ends.
    parents = [p for name in vocabulary.of_list("data") for p in vocabulary.terms[name].parents]
    dates = sorted({"", *(parent.since for parent in parents)})
    for attribute in attributes:
        for name in vocabulary.of_list("data"):
            torn = (_torn(vocabulary.on(date), name, attribute) for date in dates)
            differing = next((each for each in torn if each), ())
            if differing:
                terms = [vocabulary.terms[each] for each in differing]
                first, second = (f"`{term.name}`" for term in terms)
                found.append(
                    Diagnostic(
                        f"`{name}` is {first} and {second}, which differ in `{attribute}`",
                        vocabulary.terms[name].span,
                        f"say its own after its name: `{attribute} = ...`",
                        related=tuple(
                            (f"`{term.name}` is declared here", term.span) for term in terms
                        ),
                    )
                )


def _torn(lattice: Lattice, name: str, attribute: str) -> tuple[str, ...]:
    """Two parents of a term that differ, and not because they are torn themselves."""
    if len(lattice.said(name, attribute)) < 2:
        return ()
    parents = lattice.vocabulary.terms[name].parents
    above = [parent.name for parent in parents if parent.holds_on(lattice.date)]
    said = {parent: lattice.said(parent, attribute) for parent in above}
    if any(len(each) > 1 for each in said.values()):
        return ()
    first = next(parent for parent, each in said.items() if each)
    return first, next(p for p, each in said.items() if each and each != said[first])
