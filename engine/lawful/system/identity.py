"""Identity: the ids of flows, which never depend on where a flow stands (decision 5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lawful.system.gather import Layer, alike, name_of
from lawful_dsl import syntax as s
from lawful_dsl.frozen import frozen


@frozen
class Ends:
    """A declaration of a flow and the ids of its ends."""

    layer: Layer[s.FlowDecl]
    source: str
    target: str

    @property
    def said(self) -> s.FlowDecl:
        """What it says."""
        return self.layer.said


@frozen
class Identified:
    """A flow: its id, its ends, its layers in the order of their places."""

    id: str
    source: str
    target: str
    layers: tuple[Layer[s.FlowDecl], ...]
    declared: bool = False


def identify(flows: Sequence[Ends]) -> tuple[list[Identified], list[tuple[Ends, Ends]]]:
    """The flows with their ids, and the pairs of which the second may not have the id of the first."""
    clashes: list[tuple[Ends, Ends]] = []
    declared: dict[str, list[Ends]] = {}
    silent: dict[tuple[str, str], list[Ends]] = defaultdict(list)
    for flow in flows:
        name = name_of(flow.said)
        if not name:
            silent[flow.source, flow.target].append(flow)
        else:
            id = flow.layer.scope.qualified(name)
            _layer(declared.setdefault(id, []), flow, clashes)
    for (source, target), parallel in silent.items():
        alone = [parallel] if len(parallel) == 1 else _distinct(parallel)
        for id, layers in _derived(f"{source} -> {target}", alone):
            for flow in layers:
                _layer(declared.setdefault(id, []), flow, clashes)
    found = [
        Identified(
            id,
            layers[0].source,
            layers[0].target,
            tuple(flow.layer for flow in _placed(layers)),
            any(name_of(flow.said) for flow in layers),
        )
        for id, layers in sorted(declared.items())
    ]
    return found, clashes


def _placed(layers: list[Ends]) -> list[Ends]:
    if len(layers) == 1:
        return layers
    return sorted(layers, key=lambda flow: (flow.said.span, flow.layer.file))


def _layer(layers: list[Ends], flow: Ends, clashes: list[tuple[Ends, Ends]]) -> None:
    """One more layer of a flow, unless its file has one already or its ends are others."""
    for other in layers:
        same_ends = (other.source, other.target) == (flow.source, flow.target)
        if other.layer.file == flow.layer.file or not same_ends:
            clashes.append((other, flow))
            return
    layers.append(flow)


def _distinct(parallel: Sequence[Ends]) -> list[list[Ends]]:
    """The flows without ids between two ends. What two files say in the same words is one flow."""
    if len({flow.layer.file for flow in parallel}) == 1:
        return [[flow] for flow in parallel]
    said: dict[s.FlowDecl, dict[int, list[Ends]]] = defaultdict(lambda: defaultdict(list))
    for flow in parallel:
        said[flow.said][flow.layer.file].append(flow)
    found = []
    for files in said.values():
        most = max(len(copies) for copies in files.values())
        found += [[c[n] for c in files.values() if n < len(c)] for n in range(most)]
    return found


def _derived(base: str, flows: list[list[Ends]]) -> Iterable[tuple[str, list[Ends]]]:
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
