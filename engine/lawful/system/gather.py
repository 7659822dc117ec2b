"""Gather: the statements of several files by what they declare, each with the file it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from lawful.system.names import Ids, Scope
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

Declaration = TypeVar("Declaration", bound=s.FlowStatement)
Alike = TypeVar("Alike", s.NodeDecl, s.FlowDecl)
Identified = TypeVar("Identified", s.PartyDecl, s.NodeDecl)


@frozen
class Layer(Generic[Declaration]):
    """One declaration: the number of its file, the scope of its names, what it says."""

    file: int
    scope: Scope
    said: Declaration


@dataclass(frozen=True)
class Gathered:
    """All that the files declare, by id where they give one. `externs` were declared nowhere else."""

    scope: Scope
    scopes: tuple[Scope, ...]
    headers: tuple[Layer[s.System], ...]
    parties: dict[str, list[Layer[s.PartyDecl]]] = field(default_factory=dict)
    nodes: dict[str, list[Layer[s.NodeDecl]]] = field(default_factory=dict)
    externs: frozenset[str] = frozenset()
    flows: list[Layer[s.FlowDecl]] = field(default_factory=list)
    overlays: list[Layer[s.Each]] = field(default_factory=list)
    facts: list[Layer[s.FactDecl]] = field(default_factory=list)
    corrections: list[Layer[s.Correct]] = field(default_factory=list)
    ignored: list[Layer[s.Ignore]] = field(default_factory=list)
    waived: list[Layer[s.Waive]] = field(default_factory=list)
    blocks: list[Layer[s.Owned]] = field(default_factory=list)


def gather(files: Sequence[s.Flows], scope: Scope) -> Gathered:
    """The declarations of all files; of two that clash in one file the first."""
    files = _ordered(files)
    headers = [
        Layer(number, scope, statement)
        for number, file in enumerate(files)
        for statement in file.statements
        if isinstance(statement, s.System)
    ]
    homes = _homes(files, headers, scope)
    gathered = Gathered(scope, tuple(homes), tuple(headers))
    apart: list[Layer[s.NodeDecl]] = []
    flows: list[list[s.FlowDecl]] = []
    for number, file in enumerate(files):
        flows.append([])
        for statement in file.statements:
            if isinstance(statement, s.FlowDecl):
                flows[number].append(statement)
            else:
                _sort(gathered, apart, number, homes[number], statement)
    ids = Ids(
        frozenset(gathered.parties), {i: alike(d[0].said).kind for i, d in gathered.nodes.items()}
    )
    externs = _join(gathered, apart, scope, ids)
    named = _named(flows, homes)
    _clashes(gathered, named, scope)
    kinds = {i: _kind(scope, i, _placed(layers)) for i, layers in gathered.nodes.items()}
    ids = replace(ids, nodes=kinds, flows=frozenset(id for id, _ in named))
    return _within(replace(gathered, externs=externs), flows, ids)


def _ordered(files: Sequence[s.Flows]) -> list[s.Flows]:
    """The files that say something by their places, so that the order they came in does not count."""
    first = [(file.statements[0].span, file) for file in files if file.statements]
    places = Counter(span for span, _ in first)
    # Trees built in Python have no places: of those the text decides.
    first.sort(key=lambda each: (each[0], repr(each[1]) if places[each[0]] > 1 else ""))
    return [file for _, file in first]


def _homes(
    files: Sequence[s.Flows], headers: Sequence[Layer[s.System]], scope: Scope
) -> list[Scope]:
    """The scope of each file: that of the system that it tells, or of the only one."""
    names = sorted({header.said.name.text for header in headers})
    told: dict[int, s.System] = {}
    for header in headers:
        first = told.setdefault(header.file, header.said)
        if first is not header.said:
            scope.error(
                f"a file tells one system, and this one already tells `{first.name}`",
                header.said.span,
                "say all of the system in one `system` line, or use two files",
                ("it does so here", first.span),
            )
    homes = []
    for number, file in enumerate(files):
        if number in told:
            name = told[number].name.text
        else:
            name = names[0] if names else ""
            if len(names) > 1:
                scope.error(
                    "this file does not say to which system it belongs",
                    file.statements[0].span,
                    f"begin it with `system {name}`, for example",
                )
        homes.append(scope.within(name, len(names) > 1))
    return homes


def _sort(
    gathered: Gathered,
    apart: list[Layer[s.NodeDecl]],
    number: int,
    scope: Scope,
    statement: s.FlowStatement,
) -> None:
    match statement:
        case s.PartyDecl():
            _add(gathered.parties, statement.id.text, Layer(number, scope, statement))
        case s.NodeDecl():
            _sort_nodes(gathered, apart, number, scope, (statement,))
        case s.Owned():
            gathered.blocks.append(Layer(number, scope, statement))
            _sort_nodes(gathered, apart, number, scope, statement.nodes)
        case s.Each():
            gathered.overlays.append(Layer(number, scope, statement))
        case s.FactDecl():
            gathered.facts.append(Layer(number, scope, statement))
        case s.Correct():
            gathered.corrections.append(Layer(number, scope, statement))
        case s.Ignore():
            gathered.ignored.append(Layer(number, scope, statement))
        case s.Waive():
            gathered.waived.append(Layer(number, scope, statement))
        case s.Test():
            scope.error(
                "a text with tests tells many systems, and is not checked as one",
                statement.label.span,
                "run them with `lawful test`",
            )
        case _:
            pass


def _sort_nodes(
    gathered: Gathered,
    apart: list[Layer[s.NodeDecl]],
    number: int,
    scope: Scope,
    nodes: Iterable[s.NodeDecl],
) -> None:
    for node in nodes:
        layer = Layer(number, scope, node)
        if extern(node):
            apart.append(layer)
        else:
            _add(gathered.nodes, scope.qualified(name_of(node)), layer)


def _add(declared: dict[str, list[Layer[Identified]]], id: str, layer: Layer[Identified]) -> None:
    """One more declaration of an id: another layer of it, unless its own file had one already."""
    layers = declared.setdefault(id, [])
    for other in layers:
        if other.file == layer.file:
            _twice(layer.scope, layer.said.id, other.said.id.span)
            return
    layers.append(layer)


def _twice(scope: Scope, name: s.Name, first: Span) -> None:
    scope.error(
        f"`{name}` is declared twice",
        name.span,
        "give one of the two another id, or say all of it in one declaration",
        ("first declared here", first),
    )


def _join(
    gathered: Gathered, apart: Sequence[Layer[s.NodeDecl]], scope: Scope, ids: Ids
) -> frozenset[str]:
    """The declarations of what others declare, beside theirs; the ids that nobody declares."""
    unjoined = set()
    for layer in apart:
        name = layer.said.id
        found = [c for c in layer.scope.candidates(name.text) if c in ids.nodes]
        other = bool(found) or "." in name.text
        id = found[0] if found else name.text if other else layer.scope.qualified(name.text)
        if not found:
            unjoined.add(id)
        _add(gathered.nodes, id, layer)
    return frozenset(unjoined)


def _named(
    flows: Sequence[Sequence[s.FlowDecl]], homes: Sequence[Scope]
) -> list[tuple[str, s.FlowDecl]]:
    """The flows of all files that are given an id, each with that."""
    return [
        (scope.qualified(name), said)
        for scope, declared in zip(homes, flows, strict=True)
        for said in declared
        if (name := name_of(said))
    ]


def _clashes(gathered: Gathered, named: Iterable[tuple[str, s.FlowDecl]], scope: Scope) -> None:
    """Parties, nodes and flows share one space of ids."""
    for id in sorted(gathered.parties.keys() & gathered.nodes.keys()):
        party, node = gathered.parties[id][0].said, gathered.nodes[id][0].said
        scope.error(
            f"`{id}` is the id of a party and of a {node.kind}",
            node.id.span,
            "give one of the two another id; a party that is an end of a flow needs no node",
            ("the party is declared here", party.id.span),
        )
    for id, said in named:
        if (id in gathered.parties or id in gathered.nodes) and said.id:
            first = (gathered.parties.get(id) or gathered.nodes[id])[0].said
            what = "party" if id in gathered.parties else gathered.nodes[id][0].said.kind
            scope.error(
                f"`{id}` is the id of a flow and of a {what}",
                said.id.span,
                "give one of the two another id",
                (f"the {what} is declared here", first.id.span),
            )


def _kind(scope: Scope, id: str, layers: Sequence[Layer[s.NodeDecl]]) -> str:
    """The kind of a node, in which all its layers agree; who names what another declares need not."""
    if len(layers) == 1:
        return alike(layers[0].said).kind
    own = [layer.said for layer in layers if not extern(layer.said)] or [layers[0].said]
    for other in own[1:]:
        if other.kind != own[0].kind:
            scope.error(
                f"two files differ on the kind of `{id}`: `{own[0].kind}` and `{other.kind}`",
                other.id.span,
                "say it in one of the two only",
                ("the other says it here", own[0].id.span),
            )
    return own[0].kind


def extern(node: s.NodeDecl) -> bool:
    """Whether a declaration is of what another system or file declares."""
    props = alike(node).props
    return any(isinstance(prop, s.Flag) and prop.word == "extern" for prop in props)


def name_of(said: s.NodeDecl | s.FlowDecl) -> str:
    """The name of a declaration; empty for a flow that has none."""
    if said.brief is not None:
        return said.brief.id
    return said.id.text if said.id is not None else ""


def alike(said: Alike) -> Alike:
    """A declaration that says the same, but for ids, labels and ends, and may stand elsewhere."""
    return said if said.brief is None else said.brief.shape.example


def place_of(said: s.NodeDecl | s.FlowDecl, there: Span) -> Span:
    """Where stands in a declaration what stands `there` in the one that is alike."""
    return there if said.brief is None else said.brief.place(there)


def _placed(layers: Sequence[Layer[Declaration]]) -> list[Layer[Declaration]]:
    """The layers in the order of their places, so that the order of the files does not count."""
    if len(layers) < 2:
        return list(layers)
    return sorted(layers, key=lambda layer: (layer.said.span, layer.file))


def _within(gathered: Gathered, flows: Sequence[Sequence[s.FlowDecl]], ids: Ids) -> Gathered:
    """The same with the flows of each file, every scope with all the ids, layers in the order of their places."""
    scopes = [replace(scope, ids=ids) for scope in gathered.scopes]

    def within(layers: Sequence[Layer[Declaration]]) -> list[Layer[Declaration]]:
        return [Layer(x.file, scopes[x.file], x.said) for x in layers]

    def placed(layers: Sequence[Layer[Declaration]]) -> list[Layer[Declaration]]:
        return _placed(within(layers))

    return Gathered(
        replace(gathered.scope, ids=ids),
        tuple(scopes),
        tuple(placed(gathered.headers)),
        {id: placed(gathered.parties[id]) for id in sorted(gathered.parties)},
        {id: placed(gathered.nodes[id]) for id in sorted(gathered.nodes)},
        gathered.externs,
        [Layer(n, scopes[n], said) for n, declared in enumerate(flows) for said in declared],
        placed(gathered.overlays),
        placed(gathered.facts),
        placed(gathered.corrections),
        placed(gathered.ignored),
        placed(gathered.waived),
        placed(gathered.blocks),
    )
