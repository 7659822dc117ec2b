"""Identity: the ids of flows, which never depend on where a flow stands (decision 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    said = _Differences()
    for (source, target), parallel in silent.items():
        base = f"{source} -> {target}"
        if len(parallel) == 1 and base not in found:
            found[base] = Identified(base, source, target, (parallel[0],))
        else:
            for id, layers in _derived(base, _distinct(parallel), said):
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
    base: str, flows: list[list[Layer[s.FlowDecl]]], said: _Differences
) -> Iterator[tuple[str, list[Layer[s.FlowDecl]]]]:
    """The id of each of some parallel flows: what tells them apart is added, and no more."""
    named = {base: flows}
    for nth in range(len(_SUFFIXES)):
        if len(named) == len(flows):
            break
        more: dict[str, list[list[Layer[s.FlowDecl]]]] = {}
        for id, sharing in named.items():
            for layers in sharing:
                suffix = said.of(layers[0].said)[nth] if len(sharing) > 1 else ""
                more.setdefault(id + suffix, []).append(layers)
        named = more
    for id, sharing in named.items():
        if len(sharing) > 1:
            sharing.sort(key=lambda layers: repr(replace(layers[0].said, id=None)))
        for number, layers in enumerate(sharing, 1):
            yield id if number == 1 else f"{id} #{number}", layers


class _Differences:
    """What tells flows between the same ends apart, by what they say; found once for a shape."""

    def __init__(self) -> None:
        self._of_shapes: dict[object, tuple[str, ...]] = {}

    def of(self, said: s.FlowDecl) -> tuple[str, ...]:
        """What can be added to the id, one after the other."""
        if said.brief is None:
            return _differences(said)
        shape = said.brief.shape
        if shape not in self._of_shapes:
            self._of_shapes[shape] = _differences(alike(said))
        return self._of_shapes[shape]


def _differences(said: s.FlowDecl) -> tuple[str, ...]:
    return tuple(suffix(said) for suffix in _SUFFIXES)


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
