"""Definitions: `define X as ...`, each with its sort, written into the conditions that use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from lawful_dsl import program as p
from lawful_dsl import syntax as s
from lawful_dsl.resolve import words
from lawful_dsl.resolve.conditions import (
    both,
    ends_at,
    flat,
    people_at,
    places_at,
    read_body,
    read_kind,
)
from lawful_dsl.resolve.cycles import components, cycles
from lawful_dsl.resolve.modules import Module
from lawful_dsl.resolve.scope import Definition, Meaning, Position, Scope
from lawful_dsl.resolve.walk import names_in

#: Definitions may build on one another this deep.
DEEPEST = 50
#: A definition may be this large once the definitions that it uses are written into it.
LARGEST = 5000

#: How the names of a definition are read at a position.
_Reading = Callable[[Scope, Sequence[Meaning], Position], p.Condition]

#: What the first name after `as` accepts beside it, and the sort that it gives the definition.
_BASES: Mapping[str, tuple[str, ...]] = {
    "subject definition": words.SUBJECTS,
    "place definition": words.PLACES,
    "event definition": words.EVENTS,
    "party definition": tuple(s for s in words.ENDS if s not in words.SUBJECTS),
}
_SORTS = {sort: kind for kind, sorts in _BASES.items() for sort in sorts}


def settle(scopes: Mapping[Module, Scope], emptied: Collection[str] = ()) -> None:
    """Give every definition its sort, and every scope the means to write one into a condition.

    A definition of which the sort cannot be told, or that is part of a cycle, keeps none; those
    `emptied` match nothing.
    """
    known: dict[str, tuple[Scope, Definition]] = {}
    for number, scope in enumerate(scopes.values()):
        scope.inline = partial(_inline, scope, emptied)
        for name, definition in scope.definitions.items():
            if definition.home is scope.module:
                known[f"{name} {number}"] = (scope, definition)
    keys = {id(definition): key for key, (_, definition) in known.items()}
    graph = {
        key: sorted(keys[id(other)] for other in _uses(scope, definition))
        for key, (scope, definition) in known.items()
    }
    knots = cycles(graph)
    for knot in knots:
        _report_cycle([known[key] for key in knot])
    knotted = frozenset[str]().union(*knots)
    depth: dict[str, int] = {}
    for component in components(graph):
        for key in component if knotted.isdisjoint(component) else ():
            scope, definition = known[key]
            depth[key] = 1 + max((depth[o] for o in graph[key] if o in depth), default=0)
            if depth[key] == DEEPEST + 1:
                scope.error(
                    f"`{definition.define.name}` builds on more than {DEEPEST} definitions",
                    definition.define.name.span,
                    "define it by terms",
                )
            if depth[key] <= DEEPEST:
                _give_sort(scope, definition)
            if not definition.sort:
                read_body(scope, definition.define.parts, definition.define.when, Position())
            elif _swells(scope, definition.define):
                definition.sort = ""


def _uses(scope: Scope, definition: Definition) -> Iterator[Definition]:
    for name in names_in(definition.define):
        if name.text in scope.definitions:
            yield scope.definitions[name.text]


def _report_cycle(knot: Sequence[tuple[Scope, Definition]]) -> None:
    names = [definition.define.name for _, definition in knot]
    around = " uses ".join(f"`{name}`" for name in [*names, names[0]])
    knot[0][0].error(
        f"these definitions use each other: {around}"
        if len(names) > 1
        else f"`{names[0]}` is defined by itself",
        names[0].span,
        "define one of them by terms" if len(names) > 1 else "define it by terms",
        [(f"`{name}` is defined here", name.span) for name in names[1:]],
    )


def _give_sort(scope: Scope, definition: Definition) -> None:
    first = definition.define.bases[0]
    meaning = scope.meaning(first.text)
    if meaning is None:
        scope.unknown(first, tuple(_SORTS), f"`as` names {words.some(_SORTS)}")
    elif meaning.sort in _SORTS:
        definition.sort = _SORTS[meaning.sort]
    elif meaning.sort:
        scope.error(
            f"`{first}` is {words.one(meaning.sort)}; "
            "`define` names kinds of subject, of party, of place or of event",
            first.span,
            f"declare `{definition.define.name}` in a list of terms, and say what `is` it"
            if meaning.sort in ("data", "purposes")
            else "",
        )


def _swells(scope: Scope, define: s.Define) -> bool:
    """Read a definition once where it stands, and report one that grows beyond all measure."""
    if _size(scope.inline(define.name.text, Position()), LARGEST) <= LARGEST:
        return False
    scope.error(
        f"`{define.name}` is too large with all its definitions written out",
        define.name.span,
        "use fewer definitions within it",
    )
    return True


# --- writing a definition into a condition --------------------------------------------------------


def _inline(scope: Scope, emptied: Collection[str], name: str, position: Position) -> p.Condition:
    definition = scope.definitions[name]
    home = scope.scopes[definition.home]
    if not definition.sort:
        return p.TRUE
    known = home.inlined.get((name, position))
    if known is None:
        body = _nothing(home, definition) if name in emptied else _body(home, definition, position)
        known = home.inlined[name, position] = body
    return known


def _nothing(scope: Scope, definition: Definition) -> p.Condition:
    """What a definition asks that nothing meets; one of an event begins with its kind all the same."""
    if definition.sort == "event definition":
        return p.All((*read_kind(scope, definition.define.bases[0]), p.FALSE))
    return p.FALSE


def _body(scope: Scope, definition: Definition, position: Position) -> p.Condition:
    define = definition.define
    accepted = _BASES[definition.sort]
    if definition.sort == "event definition":
        return _event(scope, define)
    bases = scope.read_all(define.bases, accepted, "as")
    excluded = scope.read_all(define.excluded, accepted, "except")
    read: _Reading
    match definition.sort:
        case "subject definition":
            read, at = people_at, position
        case "place definition":
            read, at = places_at, position
        case _:
            read, at = ends_at, Position(end=position.end)
    less = [p.Negation(read(scope, [meaning], at)) for meaning in excluded]
    return both([read(scope, bases, at), *less, read_body(scope, define.parts, define.when, at)])


def _event(scope: Scope, define: s.Define) -> p.Condition:
    kind = read_kind(scope, define.bases[0])
    for other in define.bases[1:]:
        scope.error(
            f"`{define.name}` is defined as two kinds of event",
            other.span,
            f"define it as `{define.bases[0]}` alone; a rule is about one kind of event",
        )
    less = []
    for name in define.excluded:
        without = read_kind(scope, name)
        if not without:
            continue
        if without[0] != kind[0] or len(without) == 1:
            scope.error(
                f"`except {name}` leaves nothing out, or everything",
                name.span,
                f"name a defined kind of `{define.bases[0]}`",
            )
        else:
            less.append(p.Negation(both(without[1:])))
    return p.All((*kind, *less, *flat(read_body(scope, define.parts, define.when, Position()))))


def _size(condition: p.Condition, most: int) -> int:
    """How many conditions it is made of; counted no further than a little beyond `most`."""
    count = 0
    waiting = [condition]
    while waiting and count <= most:
        item = waiting.pop()
        count += 1
        if isinstance(item, p.All | p.AnyOf):
            waiting.extend(item.items)
        elif isinstance(item, p.Negation):
            waiting.append(item.item)
    return count
