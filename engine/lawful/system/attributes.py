"""Attributes: periods, considerations and the users' own attributes, typed by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

from lawful.system.model import Fact
from lawful.system.names import Scope, fact_of
from lawful.system.properties import every
from lawful_dsl import syntax as s
from lawful_dsl.resolve.values import WANTED, choices, typed
from lawful_dsl.resolve.words import CONSIDERATIONS
from lawful_dsl.vocabulary import AttributeValue


def period(scope: Scope, said: s.Period) -> s.Period:
    """The same period, its symbols looked up."""
    match said:
        case s.Symbol() if said.name.text == "none" and not scope.is_term(said.name, "periods"):
            scope.error(
                "`none` is no period",
                said.name.span,
                "say `0 days` where nothing stays, `unlimited` where all does, `unknown` where that is not known",
            )
        case s.Symbol():
            scope.term(said.name, "periods")
        case s.Choice():
            for item in said.items:
                period(scope, item)
        case _:
            pass
    return said


def attributes(scope: Scope, owner: str, props: Sequence[s.Prop]) -> dict[str, AttributeValue]:
    """The user's own attributes, typed, by name."""
    found: dict[str, AttributeValue] = {}
    first: dict[str, s.Value] = {}
    for prop in every(props, s.Value):
        name = prop.name.text
        if name in first:
            scope.error(
                f"`{name}` is said twice",
                prop.span,
                "leave one of the two out",
                ("first said here", first[name].span),
            )
            continue
        first[name] = prop
        value = attribute(scope, owner, prop.name, prop.value)
        if value is not None:
            found[name] = value
    return dict(sorted(found.items()))


def attribute(
    scope: Scope, owner: str, name: s.Name, value: s.Name | int | str | s.Period | None
) -> AttributeValue | None:
    """The value of a user's attribute, or None and an error."""
    definition = scope.vocabulary.attributes.get(name.text)
    if definition is not None and definition.owner == "data":
        scope.error(
            f"`{name}` is an attribute of data, and what data are the vocabulary says",
            name.span,
            f"take it out here, and write `{name} = ...` on the line of the category",
            ("declared here", definition.span),
        )
        return None
    if definition is None or definition.owner != owner:
        what = scope.described(name.text)
        said = f"`{name}` is {what}" if what else f"`{name}` is not known"
        known = [a.name for a in scope.vocabulary.attributes.values() if a.owner == owner]
        help = scope.guess(name.text, known) or (
            f"define it in a vocabulary: `attribute {name} of {owner} : ...`"
        )
        scope.error(f"{said}; an attribute of a {owner} is expected here", name.span, help)
        return None
    found = typed(definition, value)
    if found is None:
        scope.error(f"`{name}` is {WANTED[definition.type]}", name.span, choices(definition))
    elif isinstance(found, s.Length | s.Symbol | s.Choice | s.Unlimited):
        period(scope, found)
    return found


def consideration(scope: Scope, names: s.Names) -> Fact[str]:
    """What a flow is made in exchange for."""
    for name in names.items:
        if name.text not in CONSIDERATIONS:
            help = (
                scope.guess(name.text, CONSIDERATIONS)
                or "say `money`, `valuable`, `none` or `unknown`"
            )
            scope.error(f"`{name}` is no consideration", name.span, help)
    known = {n.text for n in names.items if n.text in CONSIDERATIONS}
    return fact_of(names, tuple(sorted(known)))
