"""Comparisons: `age < 18`, `risk = high`, and the words that are conditions by themselves."""

from __future__ import annotations

from typing import Literal

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import near
from lawful_dsl.resolve import words
from lawful_dsl.resolve.scope import Position, Scope
from lawful_dsl.resolve.values import read_value
from lawful_dsl.vocabulary import LISTS, AttributeDefinition, AttributeValue

_WORDS = ("states", "attribute", "condition word", "subject definition")


def read_state(scope: Scope, state: s.StateRef, position: str) -> p.State | None:
    """A state, what it is about and who holds it."""
    meaning = scope.read(state.state, ("states",), position)
    about = holder = ""
    if state.about:
        named = scope.meaning(state.about.text)
        if named is None:
            accepted = (*LISTS, *words.EVENTS)
            scope.unknown(state.about, accepted, "name a term or a kind of event")
        elif named.sort in (*LISTS, *words.EVENTS, "everything"):
            about = named.name
        elif named.sort:
            scope.error(
                f"`{state.about}` is {words.one(named.sort)}; "
                "a state is about a term or a kind of event",
                state.about.span,
                "name what the state is about, such as a purpose",
            )
    if state.holder:
        named = scope.meaning(state.holder.text)
        if state.holder.text in words.HOLDERS:
            holder = state.holder.text
        elif named is not None and named.sort in (*LISTS, "node kind"):
            holder = named.name
        elif named is None or named.sort:
            holders = ", ".join(f"`{h}`" for h in words.HOLDERS)
            scope.error(
                f"`{state.holder}` is not known as holder of a state",
                state.holder.span,
                f"say who holds it: a term, a kind of node or one of {holders}",
            )
    return p.State(meaning.name, about, holder) if meaning else None


def read_word(scope: Scope, word: s.StateRef, position: Position) -> p.Condition:
    """A word that is a condition by itself: a state, `known`, an attribute, a definition."""
    name = word.state
    meaning = scope.meaning(name.text)
    if meaning is None:
        scope.unknown(
            name,
            _WORDS,
            "`when` is followed by a state, an attribute, a comparison or a part such as `in US`",
        )
        return p.TRUE
    if meaning.sort == "states":
        state = read_state(scope, word, "when")
        return p.StateIs(position.who, state) if state else p.TRUE
    if word.about or word.holder:
        scope.error(
            f"`{name}` is no state; only a state is `of` or `per` something",
            name.span,
            "take out what follows it",
        )
        return p.TRUE
    match meaning.sort, name.text:
        case "condition word", "known":
            return p.KnownIs(position.who)
        case "condition word", "consideration":
            return p.ConsiderationIs(())
        case "condition word", _:
            scope.error(
                f"`{name}` alone is no condition",
                name.span,
                {
                    "age": "compare it: `age < 18`",
                    "place": "write `place in residence`",
                    "residence": "write `residence in` and a place",
                }[name.text],
            )
        case "attribute", _:
            return _attribute(scope, scope.attributes[name.text], name, position)
        case "subject definition", _:
            return scope.inline(meaning.name, position)
        case "event definition" | "event kind", _:
            scope.error(
                f"`{name}` is {words.one(meaning.sort)}; a condition cannot name another event",
                name.span,
                f"begin the rule with it: `forbid {name}`",
            )
        case "", _:
            pass
        case sort, _:
            said = words.written(sort, name.text)
            scope.error(
                f"`{name}` is {words.one(sort)} and no condition by itself",
                name.span,
                f"write `{said}`" if said else "",
            )
    return p.TRUE


def read_comparison(scope: Scope, compare: s.Compare, position: Position) -> p.Condition:
    """A comparison, typed: one that cannot hold is an error."""
    left, right = compare.left, compare.right
    if compare.operator == "in":
        if left.text != "place":
            scope.error(
                f"`{left}` cannot be compared with the residence",
                left.span,
                "write `place in residence`",
            )
        return p.PlaceInResidence()
    meaning = scope.meaning(left.text)
    if meaning is None:
        scope.unknown(
            left,
            ("attribute", "condition word"),
            "compare `age`, `consideration` or an attribute",
        )
        return p.TRUE
    if meaning.sort == "attribute":
        attribute = scope.attributes[left.text]
        if attribute.type == "yes_no":
            _mistyped(scope, compare, attribute, f"write `{left}` or `not {left}`")
            return p.TRUE
        return _attribute(scope, attribute, left, position, compare)
    if left.text == "age":
        if isinstance(right, int):
            return p.AgeIs(position.who, compare.operator, right)
        scope.error("`age` is compared with a number of years", compare.span, "write `age < 18`")
        return p.TRUE
    if left.text == "consideration":
        return _consideration(scope, compare)
    if meaning.sort:
        scope.error(
            f"`{left}` is {words.one(meaning.sort)} and cannot be compared",
            left.span,
            "compare `age`, `consideration` or an attribute",
        )
    return p.TRUE


def _consideration(scope: Scope, compare: s.Compare) -> p.Condition:
    right = compare.right
    if isinstance(right, s.Name) and right.text in words.CONSIDERATIONS:
        found = p.ConsiderationIs((right.text,))
        if compare.operator == "=":
            return found
        if compare.operator == "!=":
            return p.Negation(found)
    scope.error(
        "`consideration` is `money` or `valuable`",
        compare.span,
        "write `consideration = money`, or `consideration` for any",
    )
    return p.TRUE


def _attribute(
    scope: Scope,
    attribute: AttributeDefinition,
    name: s.Name,
    position: Position,
    compare: s.Compare | None = None,
) -> p.Condition:
    """An attribute compared with a value of its type, or one that is a condition by itself."""
    where: Literal["source", "target", "flow", "data", "subject"]
    match attribute.owner:
        case "subject":
            where = position.who
        case "flow" | "data":
            where = attribute.owner
        case "system":
            scope.error(
                f"`{name}` is an attribute of the system, and no event has it",
                name.span,
                f"write a rule of its own: `assert {name}`",
                (("declared here", attribute.span),),
            )
            return p.TRUE
        case _:
            where = position.end
    if compare is None:
        if attribute.type != "yes_no":
            scope.error(
                f"`{name}` is {_type(attribute)}, and no condition by itself",
                name.span,
                f"compare it: `{name} {_example(attribute)}`",
                (("declared here", attribute.span),),
            )
            return p.TRUE
        return p.AttributeIs(where, attribute.name, "=", True)
    operator, value = compare.operator, compare.right
    typed = _typed(scope, attribute, operator, value)
    if typed is None:
        help = f"write `{name} {_example(attribute)}`"
        if isinstance(value, s.Name):
            known = value.text in attribute.values
            help = (
                f"write `{name} = {value}`" if known else near(value.text, attribute.values) or help
            )
        _mistyped(scope, compare, attribute, help)
        return p.TRUE
    return p.AttributeIs(where, attribute.name, operator, typed)


def _typed(
    scope: Scope,
    attribute: AttributeDefinition,
    operator: str,
    value: s.Name | int | str | s.Period,
) -> AttributeValue | None:
    """The value as the attribute's type has it, or None where the comparison cannot hold."""
    if attribute.type == "one of" and operator not in ("=", "!="):
        return None
    return read_value(scope, attribute, value)


def _mistyped(scope: Scope, compare: s.Compare, attribute: AttributeDefinition, help: str) -> None:
    scope.error(
        f"this comparison cannot hold: `{attribute.name}` is {_type(attribute)}",
        compare.span,
        help,
        (("declared here", attribute.span),),
    )


def _type(attribute: AttributeDefinition) -> str:
    if attribute.type == "one of":
        return "one of " + ", ".join(f"`{value}`" for value in attribute.values)
    return {"yes_no": "yes or no", "number": "a number", "date": "a date", "period": "a period"}[
        attribute.type
    ]


def _example(attribute: AttributeDefinition) -> str:
    if attribute.type == "one of":
        return f"= {attribute.values[0]}"
    return {"number": "< 10", "date": "< 2025-01-31", "period": "< 6 months"}[attribute.type]
