"""Identity: the ids of flows, which never depend on where a flow stands (decision 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lawful.system.gather import Layer, alike, name_of
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen


@frozen
class Identified:
    """A flow: its id, its ends, its layers in the order of their places."""

    id: str
    source: str
    target: str
    layers: tuple[Layer[s.FlowDecl], ...]
    declared: bool = False


def identify(
    flows: Iterable[tuple[str, str, Layer[s.FlowDecl]]],
) -> tuple[list[Identified], list[tuple[Layer[s.FlowDecl], Layer[s.FlowDecl]]]]:
    """The flows of these ends with their ids, and the pairs of which the second may not have the id of the first."""
    clashes: list[tuple[Layer[s.FlowDecl], Layer[s.FlowDecl]]] = []
    found: dict[str, Identified] = {}
    silent: dict[tuple[str, str], list[Layer[s.FlowDecl]]] = {}
    for source, target, layer in flows:
        if name := name_of(layer.said):
            flow = Identified(layer.scope.qualified(name), source, target, (layer,), True)
            _lay(found, flow, clashes)
        else:
            silent.setdefault((source, target), []).append(layer)
    for (source, target), parallel in silent.items():
        base = f"{source} -> {target}"
        if len(parallel) == 1:
            _lay(found, Identified(base, source, target, (parallel[0],)), clashes)
        else:
            for id, layers in _derived(base, _distinct(parallel)):
                for layer in layers:
                    _lay(found, Identified(id, source, target, (layer,)), clashes)
    return [found[id] for id in sorted(found)], clashes


def _lay(
    found: dict[str, Identified],
    flow: Identified,
    clashes: list[tuple[Layer[s.FlowDecl], Layer[s.FlowDecl]]],
) -> None:
    """One more layer of a flow, unless its file has one already or its ends are others."""
    known = found.setdefault(flow.id, flow)
    if known is flow:
        return
    [layer] = flow.layers
    same_ends = (known.source, known.target) == (flow.source, flow.target)
    for other in known.layers:
        if other.file == layer.file or not same_ends:
            clashes.append((other, layer))
            return
    layers = sorted((*known.layers, layer), key=lambda each: (each.said.span, each.file))
    found[flow.id] = replace(known, layers=tuple(layers), declared=known.declared or flow.declared)


def _distinct(parallel: Sequence[Layer[s.FlowDecl]]) -> list[list[Layer[s.FlowDecl]]]:
    """The flows without ids between two ends. What two files say in the same words is one flow."""
    if len({layer.file for layer in parallel}) == 1:
        return [[layer] for layer in parallel]
    said: dict[s.FlowDecl, dict[int, list[Layer[s.FlowDecl]]]] = {}
    for layer in parallel:
        said.setdefault(layer.said, {}).setdefault(layer.file, []).append(layer)
    found = []
    for files in said.values():
        most = max(len(copies) for copies in files.values())
        found += [[c[n] for c in files.values() if n < len(c)] for n in range(most)]
    return found


def _derived(
    base: str, flows: list[list[Layer[s.FlowDecl]]]
) -> Iterable[tuple[str, list[Layer[s.FlowDecl]]]]:
    """The id of each of some parallel flows: what tells them apart is added, and no more."""
    if len(flows) == 1:
        return [(base, flows[0])]
    ids = dict.fromkeys(range(len(flows)), base)
    shared = Counter(ids.values())
    for suffix in _SUFFIXES:
        ids = {
            n: id + suffix(alike(flows[n][0].said)) if shared[id] > 1 else id
            for n, id in ids.items()
        }
        shared = Counter(ids.values())

    def said(n: int) -> str:
        return repr(replace(flows[n][0].said, id=None)) if shared[ids[n]] > 1 else ""

    found = []
    seen: Counter[str] = Counter()
    for n in sorted(ids, key=said):
        seen[ids[n]] += 1
        number = seen[ids[n]]
        found.append((ids[n] if number == 1 else f"{ids[n]} #{number}", flows[n]))
    return found


def purposes_suffix(pairings: Iterable[s.Pairing]) -> str:
    """` for billing, support`; empty where nothing is known of the purposes."""
    words = {"same" for p in pairings if p.same}
    names = [p.purposes for p in pairings if p.purposes is not None]
    words |= {name.text for each in names for name in each.items}
    if names and not words and all(not each.open for each in names):
        return " for none"
    return f" for {', '.join(sorted(words))}" if words else ""


def _for(said: s.FlowDecl) -> str:
    return purposes_suffix([p for p in said.props if isinstance(p, s.Pairing)])


def _of(said: s.FlowDecl) -> str:
    if said.carry is None:
        return ""
    if not said.carry.all:
        return f" of {', '.join(sorted({n.text for n in said.carry.names}))}"
    less = sorted({n.text for n in said.carry.excluded})
    return " of all" + (f" except {', '.join(less)}" if less else "")


def _by(said: s.FlowDecl) -> str:
    names = {
        name.text
        for prop in said.props
        if isinstance(prop, s.Property) and prop.word == "by"
        for name in prop.names.items
    }
    return f" by {', '.join(sorted(names))}" if names else ""


_SUFFIXES: tuple[Callable[[s.FlowDecl], str], ...] = (_for, _of, _by)
