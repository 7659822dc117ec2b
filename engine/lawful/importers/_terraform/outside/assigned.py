"""Assigned: who has a role of Azure on a thing, as far as that is told, and is none of one's own.

A principal is an id that tells nothing of whose it is. Those of identities that the plan makes are one's own, and so is
whoever carries it out; of people and groups it is not told whose they are; any other may be somebody else's.
"""

from __future__ import annotations

import re

from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.outside.policies import Who
from lawful.importers._terraform.state.resources import Resource

TYPE, SCOPE, PRINCIPAL = "azurerm_role_assignment", "scope", "principal_id"
#: Roles that take no data: those of who looks after things, and of who only sends.
_TAKES_NONE = re.compile(
    r"reader|key vault reader|acrpush|(monitoring|network|(private )?dns zone|managed identity|virtual machine|website"
    r"|web plan|traffic manager|cdn|tag|user access|role based access control) .*|.* (data )?sender",
    re.IGNORECASE,
)
_PEOPLE = ("Group", "User")
_LOOKED_UP_PEOPLE = re.compile(r"azuread_(group|user)s?$")
_ONESELF = "azurerm_client_config"


def takes(resource: Resource) -> bool:
    """Whether a role may take data; one that is not told may."""
    role = resource.values.get("role_definition_name")
    return not (isinstance(role, str) and _TAKES_NONE.fullmatch(role))


def assigned(ends: Ends, resource: Resource) -> frozenset[Who] | None:
    """Who has a role that takes data, and is none of one's own; none where nothing tells who that is."""
    named = [each for each in resource.found(PRINCIPAL) if each]
    referred = [each for each, _ in ends.configuration.referred(resource, PRINCIPAL).resources]
    if not takes(resource) or set(named) & _own(ends):
        return frozenset()
    if not (named or referred):
        return None
    if referred and all(not each.data or each.type == _ONESELF for each in referred):
        return frozenset()
    looked_up = referred and all(_LOOKED_UP_PEOPLE.match(each.type) for each in referred)
    is_people = looked_up or resource.values.get("principal_type") in _PEOPLE
    return frozenset({Who.BOUND if is_people else Who.UNSURE})


def _own(ends: Ends) -> set[object]:
    """The principals of identities that the plan makes, and of whoever carries it out."""
    return {
        id
        for each in ends.plan.resources
        if each.type != TYPE and (not each.data or each.type == _ONESELF)
        for path in (
            "object_id",
            "principal_id",
            "identity.principal_id",
            "kubelet_identity.object_id",
        )
        for id in each.found(path)
        if id
    }
