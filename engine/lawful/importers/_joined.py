"""Joined: what several files tell of one system, with each node under one id in all of them.

One plan makes a queue, another names it by its ARN; a service names a database by the host that a plan
gives it. What files name and none of them makes stays outside, and is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from lawful.importers import MAYBE, Imported, Notice, Retelling, Setting
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen


@frozen
class Part:
    """What one file tells, or the files of one kind; `name` goes before ids that others have, too.

    Where it is `named` so by somebody, it goes before all ids.
    """

    name: str
    told: Imported
    named: bool = False


def joined(parts: Sequence[Part]) -> tuple[Imported, ...]:
    """What each part tells, under the ids that nodes have in all of them; the first has the notices of it."""
    local = Counter(id for part in parts if not part.named for id in _local(part.told))
    twice = {id for id, times in local.items() if times > 1}
    apart = [_apart(part, twice, local.keys()) for part in parts]
    if len(parts) < 2:
        return tuple(apart)
    found = [
        renamed(_undeclared(told, meant), meant)
        for told, meant in zip(apart, _meant(apart), strict=True)
    ]
    first, *rest = found
    notices = (
        Notice(
            len(twice),
            f"ids are of other nodes in other files, whose names stand before them: {_list(twice)}",
        ),
        _unjoined(found),
    )
    told = replace(first, notices=(*first.notices, *(each for each in notices if each.count)))
    return told, *rest


def _apart(part: Part, twice: Set[str], taken: Set[str]) -> Imported:
    """What a part tells, with its name before the ids that others have, too, and before what those were called."""
    own = _local(part.told)
    new = {id: f"{part.name}/{id}" for id in (own if part.named else own & twice)}

    def was(name: s.Name) -> list[s.Name]:
        bare = [] if part.named or name.text in taken else [name]
        return [replace(name, text=f"{part.name}/{name.text}"), *bare]

    def one(statement: s.FlowStatement) -> s.FlowStatement:
        if not isinstance(statement, s.NodeDecl) or statement.id.text not in new:
            return statement
        props = tuple(
            replace(
                prop,
                names=replace(prop.names, items=tuple(w for n in prop.names.items for w in was(n))),
            )
            if isinstance(prop, s.Property) and prop.word == "formerly"
            else prop
            for prop in statement.props
        )
        return replace(statement, props=props)

    statements = tuple(map(one, part.told.flows.statements)) if new else part.told.flows.statements
    flows = replace(part.told.flows, statements=statements)
    addresses = {f"{part.name}/{each}" for each in part.told.addresses}
    if not part.named:
        addresses |= part.told.addresses - twice
    settings = {
        each.id: f"{part.name}/{each.id}" for each in part.told.settings if each.node in new
    }
    told = replace(part.told, flows=flows, addresses=frozenset(addresses))
    return renamed(told, {**settings, **new})


def united(parts: Sequence[Part]) -> Imported:
    """What several parts tell, as one system under the header of the first."""
    first, *rest = joined(parts)
    for told in rest:
        said = [each for each in told.flows.statements if not isinstance(each, s.System)]
        statements = dict.fromkeys([*first.flows.statements, *said])
        in_order = sorted(statements, key=_rank)
        first = replace(
            first,
            flows=replace(first.flows, statements=tuple(in_order)),
            notices=_summed((*first.notices, *told.notices)),
            outside={**first.outside, **told.outside},
            answers={**first.answers, **told.answers},
            derived={**first.derived, **told.derived},
            partial=(*first.partial, *told.partial),
            addresses=first.addresses | told.addresses,
            settings=(*first.settings, *told.settings),
            accounts={**first.accounts, **told.accounts},
            retelling=(*first.retelling, *told.retelling),
        )
    return first


def _summed(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices, with those of one text as one."""
    counts: Counter[str] = Counter()
    for notice in notices:
        counts[notice.text] += notice.count
    return tuple(Notice(count, text) for text, count in counts.items())


def _rank(statement: s.FlowStatement) -> int:
    """Headers first, then what is used, nodes and flows."""
    kinds = (s.System, s.Use, s.NodeDecl)
    return next((n for n, kind in enumerate(kinds) if isinstance(statement, kind)), len(kinds))


def _declared(told: Imported) -> set[str]:
    return {each.id.text for each in told.flows.statements if isinstance(each, s.NodeDecl)}


def _local(told: Imported) -> set[str]:
    """The ids that mean something in their file only: all but names that are the same everywhere."""
    return {id for id in _declared(told) if id not in told.outside.get(id, ())}


def _meant(parts: Sequence[Imported]) -> list[dict[str, str]]:
    """For each part, the nodes that it names and who they are: made by another part, or named there, too."""
    makers: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for told in parts:
        for name, id in told.answers.items():
            makers.setdefault(name, set()).add(id)
        for id, names in told.outside.items():
            for name in names:
                if name.endswith(MAYBE):
                    continue
                named.setdefault(name, set()).add(id)
    found: list[dict[str, str]] = []
    for told in parts:
        meant: dict[str, str] = {}
        for id, names in told.outside.items():
            made = {maker for name in names for maker in makers.get(name, ())}
            same = {other for name in names for other in named.get(name, ())}
            # What several nodes answer to is none of them for sure.
            meant[id] = next(iter(made)) if len(made) == 1 else min(same, default=id)
        found.append({id: who for id, who in meant.items() if id != who})
    return found


def _undeclared(told: Imported, meant: Mapping[str, str]) -> Imported:
    """What is told without the declarations of nodes that another part declares."""
    statements = tuple(
        each
        for each in told.flows.statements
        if not (isinstance(each, s.NodeDecl) and each.id.text in meant)
    )
    outside = {id: names for id, names in told.outside.items() if id not in meant}
    return replace(told, flows=replace(told.flows, statements=statements), outside=outside)


def renamed(told: Imported, new: Mapping[str, str]) -> Imported:
    """What is told with other ids of some nodes."""

    def called(name: s.Name) -> s.Name:
        return replace(name, text=new.get(name.text, name.text))

    def one(statement: s.FlowStatement) -> s.FlowStatement:
        if isinstance(statement, s.NodeDecl):
            return replace(statement, id=called(statement.id))
        if isinstance(statement, s.FlowDecl):
            source, target = called(statement.source), called(statement.target)
            return replace(statement, source=source, target=target)
        return statement

    return replace(
        told,
        flows=replace(told.flows, statements=tuple(map(one, told.flows.statements))),
        outside={new.get(id, id): names for id, names in told.outside.items()},
        answers={name: new.get(id, id) for name, id in told.answers.items()},
        accounts={new.get(id, id): accounts for id, accounts in told.accounts.items()},
        settings=tuple(settings_renamed(told.settings, new)),
        retelling=tuple(_retelling(each, new) for each in told.retelling),
        derived={(_thing(thing, new), word): by for (thing, word), by in told.derived.items()},
    )


def settings_renamed(settings: Iterable[Setting], new: Mapping[str, str]) -> Iterator[Setting]:
    """Settings under the new ids of their nodes and of whom they name."""
    for said in settings:
        yield replace(
            said,
            id=new.get(said.id, said.id),
            node=new.get(said.node, said.node),
            names=frozenset(new.get(id, id) for id in said.names),
            mentions=said.mentions | {new[id] for id in said.mentions & new.keys()},
            flows=tuple((new.get(a, a), new.get(b, b)) for a, b in said.flows),
        )


def _retelling(said: Retelling, new: Mapping[str, str]) -> Retelling:
    """What may be told again, under the new ids of nodes."""
    known = {id: new.get(called, called) for id, called in said.names.items()}
    return replace(said, names={**new, **known})


def _thing(thing: str, new: Mapping[str, str]) -> str:
    """A node or a flow under the new ids."""
    source, arrow, target = thing.partition(" -> ")
    return f"{new.get(source, source)}{arrow}{new.get(target, target)}"


def _unjoined(parts: Iterable[Imported]) -> Notice:
    """What is named and made by none of the files."""
    left = {id for told in parts for id in told.outside.keys() & _declared(told)}
    return Notice(
        len(left), f"nodes are named by these files, and none of them makes them: {_list(left)}"
    )


def _list(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids))
