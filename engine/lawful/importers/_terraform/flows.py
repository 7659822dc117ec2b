"""Flows: between which ends data flow, by the tables, through joints, and to and from anyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from lawful.importers._terraform.connectors import connected
from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.hidden.perhaps import may_flow
from lawful.importers._terraform.names.ends import End, Ends, Flow, Outside, end_id
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.objects.manifests import Manifests, read_manifests
from lawful.importers._terraform.outside.exposure import copied, opened
from lawful.importers._terraform.outside.groups import by_groups
from lawful.importers._terraform.outside.machines import reachable
from lawful.importers._terraform.outside.sharing import Sharing
from lawful.importers._terraform.scripts import Scripts
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.arrows import ARROWS, ORIGINS, Arrow
from lawful.importers._terraform.tables.kinds import JOINTS, kind_of
from lawful_dsl.frozen import frozen


@frozen
class Found:
    """The flows of a plan by their ends, and those of them that only security rules tell.

    `perhaps` are those to and from whoever settings may name that cannot be read, where what was before is not told.
    """

    flows: dict[tuple[str, str], Flow]
    by_groups: frozenset[tuple[str, str]]
    manifests: Manifests
    perhaps: tuple[tuple[str, str], ...] = ()


def find_flows(ends: Ends, later: Later, sharing: Sharing, scripts: Scripts) -> Found:
    """All flows of a plan; of several between the same ends the first one stands."""
    flows: dict[tuple[str, str], Flow] = {}
    steps = _joined(_arrows(ends, later))
    manifests = read_manifests(ends, later)
    beside = (
        opened(ends, later),
        copied(ends, later),
        sharing.flows(),
        scripts.flows(),
        connected(ends),
        may_flow(ends, later),
        manifests.flows,
    )
    for flow in chain(steps, _origins(ends, later), *beside):
        if flow.ends[0] != flow.ends[1]:
            flows.setdefault(flow.ends, flow)
    # Whoever a file names whose account may be one's own is there, known later or not.
    unread = {f"{address}.{path}" for address, path in later.unread}
    perhaps = tuple(
        pair
        for pair, flow in flows.items()
        if later.before is None
        and any(_is_later(end) and end_id(end) in unread for end in (flow.source, flow.target))
    )
    for pair in perhaps:
        del flows[pair]
    told = frozenset(flows)
    for flow in chain(by_groups(ends), reachable(ends)):
        if flow.ends[0] != flow.ends[1]:
            flows.setdefault(flow.ends, flow)
    return Found(flows, frozenset(flows) - told, manifests, perhaps)


def _arrows(ends: Ends, later: Later) -> Iterator[Flow]:
    """What each line of the table finds, from joints and to joints too."""
    lines: dict[str, list[Arrow]] = {}
    for arrow in ARROWS:
        lines.setdefault(arrow.type, []).append(arrow)
    for resource in ends.plan.resources:
        for arrow in () if resource.data else lines.get(resource.type, ()):
            if not arrow.holds(resource):
                continue
            targets = _named(ends, later, resource, arrow.target, arrow.target in arrow.loose)
            if not targets:
                continue
            sources = _named(ends, later, resource, arrow.source, arrow.source in arrow.loose)
            setting = arrow.target if arrow.target != "." else arrow.source
            for source in sources:
                for target in targets:
                    yield Flow(source, target, resource.at(setting))


def _named(ends: Ends, later: Later, resource: Resource, path: str, loose: bool) -> tuple[End, ...]:
    """Whom a setting names: those that are told, and whoever is known later."""
    loose = loose and path != "."
    found = ends.of(resource, path, loose=loose)
    return *found, *later.of(resource, path, found, loose=loose)


def _joined(steps: Iterable[Flow]) -> Iterator[Flow]:
    """The flows between nodes: what comes to a joint goes on to all to which it gives."""
    steps = list(steps)
    onward: dict[str, list[Flow]] = {}
    for step in steps:
        if _is_joint(step.source):
            onward.setdefault(end_id(step.source), []).append(step)
    for step in steps:
        if _is_joint(step.source):
            continue
        waiting, seen = [step], set()
        while waiting:
            now = waiting.pop()
            if not _is_joint(now.target):
                if _is_end(now.source) and _is_end(now.target):
                    yield now
                continue
            if end_id(now.target) in seen:
                continue
            seen.add(end_id(now.target))
            plain = isinstance(now.target, Resource) and now.target.found("protocol") == ("HTTP",)
            waiting += (
                replace(now, target=then.target, plain=now.plain or plain)
                for then in onward.get(end_id(now.target), [])
            )


def _origins(ends: Ends, later: Later) -> Iterator[Flow]:
    """What serves content gets it from stores, and hands requests to services."""
    for resource in ends.plan.resources:
        for type, path in ORIGINS:
            if resource.type != type or not is_node(resource):
                continue
            for origin in _named(ends, later, resource, path, loose=False):
                if _is_end(origin):
                    kind = kind_of(origin.type) if isinstance(origin, Resource) else origin.kind
                    source, target = (origin, resource) if kind == "store" else (resource, origin)
                    yield Flow(source, target, resource.at(path))


def _is_later(end: End) -> bool:
    return isinstance(end, Outside) and end.later


def _is_joint(end: End) -> bool:
    return isinstance(end, Resource) and end.type in JOINTS


def _is_end(end: End) -> bool:
    return isinstance(end, Outside) or is_node(end)
