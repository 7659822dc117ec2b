"""Routes: which flows there are: those declared, those that hosting makes, less those ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from lawful.system.corrections import Corrections, flow_named
from lawful.system.flows import Telling, sources
from lawful.system.gather import Gathered, Layer, alike
from lawful.system.hosting import accesses, hosting
from lawful.system.identity import Identified, identify
from lawful.system.model import Flow, Node, Notice
from lawful.system.names import Scope
from lawful_dsl import syntax as s


def identified_flows(gathered: Gathered) -> list[Identified]:
    """The declared flows with their ends and ids."""
    identified, twice = identify(_with_ends(gathered.flows))
    for first, second in twice:
        name = second.said.id or first.said.id or second.said.source
        second.scope.error(
            f"`{name}` is the id of two flows",
            name.span if second.said.id else second.said.span,
            "give one of the two another id",
            ("the other is here", first.said.span),
        )
    return identified


def _with_ends(
    flows: Iterable[Layer[s.FlowDecl]],
) -> Iterator[tuple[str, str, Layer[s.FlowDecl]]]:
    """Declarations with the ids of their ends, but for those of which an end is not known."""
    for layer in flows:
        brief = layer.said.brief
        source = layer.scope.known_end(brief.source) if brief else ""
        target = layer.scope.known_end(brief.target) if brief else ""
        if not (source and target):
            source = layer.scope.end(layer.said.source, "the source of a flow")
            target = layer.scope.end(layer.said.target, "the target of a flow")
        if source and target:
            yield source, target, layer


def routes(
    gathered: Gathered,
    identified: Sequence[Identified],
    ends: Mapping[str, Node],
    corrected: Corrections,
) -> tuple[dict[str, Flow], list[Notice]]:
    """The flows by id, and a notice for each that is ignored."""
    telling = Telling(ends)
    flows = {each.id: telling.flow(each, corrected.get(each.id, {})) for each in identified}
    _add_made(gathered, flows, ends)
    ignored = _ignored(gathered, flows)
    _resolve_sources(identified, flows, ignored)
    notices = {
        id: Notice("ignored", f"the flow `{id}` is ignored: {said.because.text}", id, said.span)
        for id, said in ignored.items()
    }
    return {id: flows[id] for id in sorted(flows) if id not in ignored}, list(notices.values())


def _add_made(gathered: Gathered, flows: dict[str, Flow], ends: Mapping[str, Node]) -> None:
    """Add the flows that hosting and access make."""
    bare: set[str] = set()  # nodes that say neither, and whatever is like those
    for id, layers in gathered.nodes.items():
        node = ends[id]
        like = node.like.id
        if like in bare:
            continue
        if len(layers) == 1 and not any(map(_makes_flows, alike(layers[0].said).props)):
            bare.add(like)
            continue
        hosted = hosting(node, layers, gathered.scope.vocabulary)
        for made in [*([hosted] if hosted else []), *accesses(node, layers, ends)]:
            if made.id in flows:
                gathered.scope.error(
                    f"`{made.id}` is the id of two flows",
                    flows[made.id].span,
                    "give this one another id",
                    ("the other is here", made.span),
                )
            flows[made.id] = made


def _makes_flows(prop: s.Prop) -> bool:
    return isinstance(prop, s.Host | s.Access)


def _ignored(gathered: Gathered, flows: Mapping[str, Flow]) -> dict[str, s.Ignore]:
    ignored: dict[str, s.Ignore] = {}
    for layer in gathered.ignored:
        said = layer.said
        layer.scope.because(said.because)
        if id := flow_named(layer.scope, said.id.text, flows):
            ignored.setdefault(id, said)
        else:
            help = (
                layer.scope.guess(said.id.text, flows)
                or "name a flow by its id: `sender -> receiver`"
            )
            layer.scope.error(f"there is no flow `{said.id}` to ignore", said.id.span, help)
    return ignored


# --- from -----------------------------------------------------------------------------------------


def _resolve_sources(
    identified: Iterable[Identified], flows: dict[str, Flow], ignored: Mapping[str, s.Ignore]
) -> None:
    """Make the names after `from` ids of flows into the source of each flow."""
    into: dict[str, list[Flow]] = {each.source: [] for each in flows.values() if each.from_flows}
    for flow in flows.values():
        if flow.target in into:
            into[flow.target].append(flow)
    incoming = cache(lambda node: _Incoming(into.get(node, ())))
    for each in identified:
        if not flows[each.id].from_flows:
            continue
        layer = each.layers[0]
        found = _named(each, incoming(each.source))
        left = found - ignored.keys()
        if found and not left and each.id not in ignored:
            layer.scope.error(
                f"`{each.id}` takes only what an ignored flow brings",
                layer.said.span,
                "ignore it too, or leave out its `from`",
                *(("ignored here", ignored[id].span) for id in sorted(found)),
            )
        flows[each.id] = replace(flows[each.id], from_flows=tuple(sorted(left)))


class _Incoming:
    """The flows into a node, in the order of their ids."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        self.flows = sorted(flows, key=lambda flow: flow.id)
        self._ids = frozenset(flow.id for flow in self.flows)
        self._from: dict[str, list[str]] = {}
        for flow in self.flows:
            self._from.setdefault(flow.source, []).append(flow.id)

    def meant(self, scope: Scope, name: str) -> list[str]:
        """Those that a name after `from` may mean: the one of this id, or all that come from a node."""
        if id := flow_named(scope, name, self._ids):
            return [id]
        ends = dict.fromkeys(scope.candidates(name))
        return sorted(id for end in ends for id in self._from.get(end, ()))


def _named(by: Identified, incoming: _Incoming) -> set[str]:
    """The flows that are named after `from`."""
    first = by.layers[0]
    if first.said.brief is not None and len(by.layers) == 1:
        meant = [incoming.meant(first.scope, name) for name in first.said.brief.sources]
        if all(len(each) == 1 for each in meant):
            return {id for each in meant for id in each}
    named = (
        _meant(layer.scope, name, by, incoming)
        for layer in by.layers
        for name in sources(layer.said)
    )
    return {id for id in named if id}


def _meant(scope: Scope, name: s.Name, by: Identified, incoming: _Incoming) -> str:
    """The flow into the source that a name after `from` means: its id, or the node it comes from."""
    coming, arriving = incoming.meant(scope, name.text), incoming.flows
    if len(coming) == 1:
        return coming[0]
    if coming:
        listed = " or ".join(f"`'{scope.short(id)}'`" for id in coming[:5])
        scope.error(
            f"{len(coming)} flows come from `{name}` into `{by.source}`",
            name.span,
            f"say which: {listed}",
        )
        return ""
    known = [*(each.id for each in arriving), *(each.source for each in arriving)]
    some = ", ".join(f"`{scope.short(each.id)}`" for each in arriving[:5])
    scope.error(
        f"`{name}` is no flow into `{scope.short(by.source)}`",
        name.span,
        scope.guess(name.text, known)
        or (f"those into it are {some}" if some else "none leads into it"),
    )
    return ""
