"""Routes: which flows there are: those declared, those that hosting makes, less those ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from lawful.system.corrections import Corrections, flow_named
from lawful.system.flows import Telling, of_shape, reading, sources
from lawful.system.gather import Gathered, Layer
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
    made_alike = _MadeAlike(gathered.scope, ends)
    for id, layers in gathered.nodes.items():
        for made in made_alike.of(ends[id], layers):
            if made.id in flows:
                gathered.scope.error(
                    f"`{made.id}` is the id of two flows",
                    flows[made.id].span,
                    "give this one another id",
                    ("the other is here", made.span),
                )
            flows[made.id] = made


class _MadeAlike:
    """The flows that hosting and access make; of nodes that say the same, once for all of them."""

    def __init__(self, scope: Scope, ends: Mapping[str, Node]) -> None:
        self._scope = scope
        self._ends = ends
        self._known: dict[str, list[Flow] | None] = {}

    def of(self, node: Node, layers: Sequence[Layer[s.NodeDecl]]) -> list[Flow]:
        """The flows that are made of what a node says."""
        brief, like = layers[0].said.brief, node.like
        if brief is None or like is node:
            return self._made(node, layers)
        if like.id not in self._known:
            example = Layer(layers[0].file, layers[0].scope, brief.shape.example)
            self._known[like.id] = self._scope.sound(lambda: self._made(like, [example]))
        alike = self._known[like.id]
        if alike is None:  # each is to tell what is wrong with it
            return self._made(node, layers)
        ids = (node.id + one.id[len(like.id) :] for one in alike)
        return [
            of_shape(one, brief, one.kind, one.same, id, node.id, one.target, (), one.places)
            for one, id in zip(alike, ids, strict=True)
        ]

    def _made(self, node: Node, layers: Sequence[Layer[s.NodeDecl]]) -> list[Flow]:
        hosted = hosting(node, layers, self._scope.vocabulary)
        return [*([hosted] if hosted else []), *accesses(node, layers, self._ends)]


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
    if not into:
        return
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
        flows[each.id] = reading(flows[each.id], tuple(sorted(left)))


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
