"""Perhaps: whose a right may be of which files do not tell that, and who may come where a setting cannot be read.

Nobody is told to be there by that. A baseline knows what flowed, and not by which settings: where a flow is gone
that one of these may be, it may be there still.
"""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._terraform.hidden.later import Later, hiding
from lawful.importers._terraform.names.ends import End, Ends, Flow, Outside
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.outside.rights import OWNERS
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.settings import ELSEWHERE, OPEN_IN, OPEN_OUT, SENT


def may_flow(ends: Ends, later: Later) -> Iterator[Flow]:
    """The flows of somebody who may be there, of files that do not tell what was before."""
    open_to = [(each, True) for each in OPEN_IN]
    open_to += [(each, False) for each in (*OPEN_OUT, *SENT, *ELSEWHERE)]
    for resource in () if later.before else ends.plan.resources:
        if resource.data:
            continue
        for path in OWNERS.get(resource.type, ()):
            if not ends.of(resource, path) and _hides(ends, later, resource, path):
                for node in _of_kind(ends, resource.type):
                    yield from _flows(resource, path, node, (True, False))
        for setting, inward in open_to:
            if setting.type == resource.type and _hides(ends, later, resource, setting.path):
                for home in ends.of(resource, setting.of or "."):
                    yield from _flows(resource, setting.path, home, (inward,))


def _hides(ends: Ends, later: Later, resource: Resource, path: str) -> bool:
    """Whether a setting cannot be read; it is kept as one of those."""
    is_hidden = resource.is_unknown(path)
    if is_hidden and hiding(ends.configuration, resource, tuple(path.split("."))):
        later.unread.add((resource.address, path))
        return True
    return False


def _of_kind(ends: Ends, type: str) -> Iterator[Resource]:
    """The nodes of which a right is one: those with whose type its own begins, else all of that service."""
    service = "_".join(type.split("_")[:2])
    nodes = [each for each in ends.plan.resources if not each.data and is_node(each)]
    plain = [each for each in nodes if type.startswith(each.type)]
    yield from plain or (each for each in nodes if each.type.startswith(service))


def _flows(resource: Resource, path: str, node: End, ways: tuple[bool, ...]) -> Iterator[Flow]:
    somebody = Outside(f"{resource.address}.{path}", "store", later=True)
    for inward in ways:
        source, target = (somebody, node) if inward else (node, somebody)
        yield Flow(source, target, resource.at(path))
