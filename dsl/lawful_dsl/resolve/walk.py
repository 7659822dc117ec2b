"""Walk: the names that a piece of a rule mentions."""

from __future__ import annotations

from collections.abc import Iterator

from lawful_dsl import syntax as s
from lawful_dsl.resolve.scope import Scope
from lawful_dsl.resolve.words import SUBJECTS


def names_in(*pieces: object) -> Iterator[s.Name]:
    """The names in parts and conditions, in any order; not what a state is about, nor what is compared."""
    waiting = list(pieces)
    while waiting:
        match waiting.pop():
            case s.Name() as name:
                yield name
            case tuple() as items:
                waiting.extend(items)
            case s.Part() as part:
                waiting += [part.names, part.excluded, part.giver, part.state]
            case s.StateRef() as state:
                waiting.append(state.state)
            case s.Or() | s.And() as several:
                waiting.append(several.items)
            case s.Not() as negated:
                waiting.append(negated.item)
            case s.Event() as event:
                waiting += [event.kind, event.parts, event.when]
            case s.Exception_() as exception:
                waiting += [exception.parts, exception.when, exception.nested]
            case s.Permit() as permit:
                waiting += [permit.parts, permit.when, permit.exceptions]
            case s.Cell() as cell:
                waiting += [cell.names, cell.excluded]
            case s.Define() as define:
                waiting += [define.bases, define.excluded, define.parts, define.when]
            case _:
                pass


def subjects_named(scope: Scope, *pieces: object) -> frozenset[str]:
    """The kinds of subject, defined ones too, that a rule names, itself or by a definition."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [(scope, pieces)]
    while waiting:
        where, items = waiting.pop()
        for name in names_in(*items):
            meaning = where.meaning(name.text)
            if meaning is None:
                continue
            if meaning.sort in SUBJECTS:
                found.add(meaning.name)
            definition = where.definitions.get(meaning.name)
            if definition is not None and id(definition) not in seen:
                seen.add(id(definition))
                waiting.append((where.scopes[definition.home], (definition.define,)))
    return frozenset(found)
