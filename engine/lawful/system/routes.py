"""Routes: which flows there are: those declared, those that hosting makes, less those ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lawful.system.corrections import Corrections, flow_named
from lawful.system.flows import flow as told
from lawful.system.flows import sources
from lawful.system.gather import Gathered
from lawful.system.hosting import accesses, hosting
from lawful.system.identity import Ends, Identified, identify
from lawful.system.model import Flow, Node, Notice
from lawful.system.names import Scope
from lawful_dsl import syntax as s


def identified_flows(gathered: Gathered) -> list[Identified]:
    """The declared flows with their ends and ids."""
    ends = []
    for layer in gathered.flows:
        source = layer.scope.end(layer.said.source, "the source of a flow")
        target = layer.scope.end(layer.said.target, "the target of a flow")
        if source and target:
            ends.append(Ends(layer, source, target))
    identified, twice = identify(ends)
    for first, second in twice:
        name = second.said.id or first.said.id or second.said.source
        second.layer.scope.error(
            f"`{name}` is the id of two flows",
            name.span if second.said.id else second.said.span,
            "give one of the two another id",
            ("the other is here", first.said.span),
        )
    return identified


def routes(
    gathered: Gathered,
    identified: Sequence[Identified],
    ends: Mapping[str, Node],
    corrected: Corrections,
) -> tuple[dict[str, Flow], list[Notice]]:
    """The flows by id, and a notice for each that is ignored."""
    flows = {each.id: told(each, ends, corrected.get(each.id, {})) for each in identified}
    _add_made(gathered, flows, ends)
    ignored = _ignored(gathered, flows)
    _resolve_sources(identified, flows, ignored)
    notices = {
        id: Notice("ignored", f"the flow `{id}` is ignored: {said.because.text}", said.span)
        for id, said in ignored.items()
    }
    return {id: flows[id] for id in sorted(flows) if id not in ignored}, list(notices.values())


def _add_made(gathered: Gathered, flows: dict[str, Flow], ends: Mapping[str, Node]) -> None:
    """Add the flows that hosting and access make."""
    for id, layers in gathered.nodes.items():
        hosted = hosting(ends[id], layers, gathered.scope.vocabulary)
        for made in [*([hosted] if hosted else []), *accesses(ends[id], layers, ends)]:
            if made.id in flows:
                gathered.scope.error(
                    f"`{made.id}` is the id of two flows",
                    flows[made.id].span,
                    "give this one another id",
                    ("the other is here", made.span),
                )
            flows[made.id] = made


def _ignored(gathered: Gathered, flows: Mapping[str, Flow]) -> dict[str, s.Ignore]:
    ignored: dict[str, s.Ignore] = {}
    for layer in gathered.ignored:
        said = layer.said
        layer.scope.because(said.because)
        if id := flow_named(layer.scope, said.id, flows):
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
    incoming: dict[str, list[Flow]] = {}
    for flow in flows.values():
        incoming.setdefault(flow.target, []).append(flow)
    for each in identified:
        if not flows[each.id].from_flows:
            continue
        layer = each.layers[0]
        arriving = sorted(incoming.get(each.source, []), key=lambda f: f.id)
        found = {
            id
            for layer in each.layers
            for name in sources(layer.said)
            if (id := _arriving(layer.scope, name, each, arriving))
        }
        left = found - ignored.keys()
        if found and not left and each.id not in ignored:
            layer.scope.error(
                f"`{each.id}` takes only what an ignored flow brings",
                layer.said.span,
                "ignore it too, or leave out its `from`",
                *(("ignored here", ignored[id].span) for id in sorted(found)),
            )
        flows[each.id] = replace(flows[each.id], from_flows=tuple(sorted(left)))


def _arriving(scope: Scope, name: s.Name, by: Identified, arriving: Sequence[Flow]) -> str:
    """The flow into the source that a name after `from` means: its id, or the node it comes from."""
    if id := flow_named(scope, name, [each.id for each in arriving]):
        return id
    candidates = scope.candidates(name.text)
    coming = [each.id for each in arriving if each.source in candidates]
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
