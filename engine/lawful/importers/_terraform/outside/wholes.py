"""Wholes: on which nodes a right is that is on a whole project of Google, or on a folder or organization above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lawful.importers._terraform.names.accounts import numbered, own_of
from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.outside.members import GOOGLE, Members, members
from lawful.importers._terraform.outside.policies import Who
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.kinds import kind_of

#: Roles on all services, and how types of a service begin where that is not called as in its roles.
_BASIC = re.compile(r"roles/(owner|editor|viewer)$", re.IGNORECASE)
_CALLED = {"cloudsql": "sql", "datastore": "firestore", "run": "cloudrun"}


def rights_on_a_whole(
    ends: Ends, resource: Resource, path: str
) -> Iterator[tuple[Resource, Members]]:
    """The nodes on which members of a whole have rights, each with who they are: unsure where it may lie elsewhere."""
    for node in ends.plan.resources:
        if node.data or not (is_node(node) and _is_shared(node.type)):
            continue
        found = members(resource, path, ends.plan, partial(_is_about, node.type))
        lies_in = _lies_in(ends, node, resource)
        if lies_in is None:
            found = Members(_unsure(found.taking), _unsure(found.giving))
        if lies_in is not False and (found.taking or found.giving):
            yield node, found


def _is_shared(type: str) -> bool:
    """Whether a type of Google keeps data, or can be called by others."""
    has_members = type in GOOGLE or f"{type}_iam_member" in GOOGLE
    return type.startswith("google_") and (kind_of(type) == "store" or has_members)


def _is_about(type: str, role: str) -> bool:
    """Whether a role is one on things of a type."""
    if _BASIC.match(role):
        return True
    service = role.removeprefix("roles/").partition(".")[0].lower()
    words = type.removeprefix("google_").replace("_", "")
    return bool(service) and words.startswith(_CALLED.get(service, service))


def _unsure(who: frozenset[Who]) -> frozenset[Who]:
    """The same people, of whom it is not known whether it is theirs."""
    return frozenset({Who.UNSURE}) if who - {Who.BOUND} else who


def _lies_in(ends: Ends, node: Resource, right: Resource) -> bool | None:
    """Whether a node lies in the project that a right is on; none where that is not told."""
    if not right.type.startswith("google_project_"):
        return None
    own = own_of(ends.plan, "google")
    alone = next(iter(own)) if len(own) == 1 else ""
    ids = numbered(ends.plan)
    lies, on = (
        ids.get(str(each), str(each)).removeprefix("projects/") if each else ""
        for each in (node.values.get("project") or alone, right.values.get("project"))
    )
    if lies and on:
        return lies == on
    there, here = (ends.configuration.referred(each, "project") for each in (node, right))
    told = there.resources or there.lost or there.literals
    return True if told and there == here else None
