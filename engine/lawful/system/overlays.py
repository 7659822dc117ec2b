"""Overlays: `each store PATTERN ...`, which adds to the declarations of all that the pattern stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lawful.system.flows import understood
from lawful.system.gather import Gathered, Layer
from lawful.system.identity import Identified
from lawful.system.model import Unmatched
from lawful.system.names import Scope
from lawful.system.nodes import node
from lawful.system.parties import party
from lawful.system.patterns import chosen
from lawful.system.subjects import subject
from lawful_dsl import syntax as s
from lawful_dsl.format.words import write_name


def laid_over_ends(gathered: Gathered) -> tuple[Gathered, tuple[Unmatched, ...]]:
    """The declarations of parties and nodes with what is said of each; what is said of none."""
    parties, nodes = dict(gathered.parties), dict(gathered.nodes)
    unmatched = []
    kinds = gathered.scope.ids.nodes
    for layer in gathered.overlays:
        said = layer.said
        if said.what == "flow":
            continue
        ids = parties if said.what == "party" else _of_kind(said.what, kinds)
        found = sorted(chosen(layer.scope, (said.pattern.text,), ids))
        for id in found:
            name = s.Name(id, said.pattern.span)
            if said.what == "party":
                whole = s.PartyDecl(name, None, said.props, said.span)
                parties[id] = [*parties[id], Layer(layer.file, layer.scope, whole)]
            else:
                owner, props = _owned(layer.scope, said.props)
                over = s.NodeDecl(kinds[id], name, None, owner, props, said.span)
                nodes[id] = [*nodes[id], Layer(layer.file, layer.scope, over)]
        if not found:
            unmatched.append(_unmatched(said))
            _understood(layer.scope, said)
    return replace(gathered, parties=parties, nodes=nodes), tuple(unmatched)


def laid_over_flows(
    gathered: Gathered, flows: Sequence[Identified]
) -> tuple[list[Identified], tuple[Unmatched, ...]]:
    """The flows that are declared with what is said of each; what is said of none."""
    overlays = [layer for layer in gathered.overlays if layer.said.what == "flow"]
    if not overlays:
        return list(flows), ()
    by_id = {each.id: each for each in flows}
    unmatched = []
    for layer in overlays:
        said = layer.said
        found = chosen(layer.scope, (said.pattern.text,), by_id)
        for id in found:
            flow = by_id[id]
            first = flow.layers[0].said
            over = s.FlowDecl(
                first.id, first.source, first.target, said.carry, said.props, said.span
            )
            by_id[id] = replace(flow, layers=(*flow.layers, Layer(layer.file, layer.scope, over)))
        if not found:
            unmatched.append(_unmatched(said))
            _understood(layer.scope, said)
    return list(by_id.values()), tuple(unmatched)


def _owned(scope: Scope, props: Sequence[s.Prop]) -> tuple[s.Name | None, tuple[s.Prop, ...]]:
    """Whose nodes they are, by `of PARTY`, and the other properties."""
    for prop in props:
        if isinstance(prop, s.Property) and prop.word == "of":
            [name] = prop.names.items
            if any(each in scope.ids.parties for each in scope.candidates(name.text)):
                return name, tuple(other for other in props if other is not prop)
    return None, tuple(props)


def _of_kind(what: str, kinds: Mapping[str, str]) -> Iterable[str]:
    """The nodes of a kind; `node` is any but a subject."""
    return (
        id for id, kind in kinds.items() if kind == what or (what == "node" and kind != "subject")
    )


def _understood(scope: Scope, said: s.Each) -> None:
    """What is wrong with what is said of none is told as well."""
    name = s.Name(said.pattern.text, said.pattern.span)
    if said.what == "party":
        party(scope, name.text, s.PartyDecl(name, None, said.props, said.span))
    elif said.what == "subject":
        subject(scope, name.text, s.NodeDecl("subject", name, None, None, said.props, said.span))
    elif said.what == "flow":
        understood(scope, s.FlowDecl(None, name, name, said.carry, said.props, said.span))
    else:
        kind = "store" if said.what == "node" else said.what
        owner, props = _owned(scope, said.props)
        node(scope, name.text, s.NodeDecl(kind, name, None, owner, props, said.span), kind)


def _unmatched(said: s.Each) -> Unmatched:
    return Unmatched(f"each {said.what} {write_name(said.pattern)}", said.span)
