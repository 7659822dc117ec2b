"""Identities: which resource a value stands for, if it stands for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lawful.importers._terraform.names.accounts import numbered, project_of
from lawful.importers._terraform.names.paths import GOOGLE_TYPES, Named
from lawful.importers._terraform.state.resources import Path, Plan, Resource
from lawful.importers._terraform.tables.kinds import JOINTS, ONLY_WHERE, TEMPLATES, kind_of

#: Attributes whose value stands for a resource in the settings of others.
IDENTITIES = frozenset(
    """
arn id name bucket function_name invoke_arn qualified_arn url endpoint dns_name fqdn domain_name hostname
bucket_domain_name bucket_regional_domain_name identifier cluster_identifier self_link stream_arn uri
default_hostname replication_group_id domain db_snapshot_identifier stage_arn execution_arn
primary_blob_endpoint primary_blob_host topic_id project_id_name instance_id task_arn repository_url
reader_endpoint cluster_endpoint configuration_endpoint connection_name invoke_url dataset_id
""".split()  # noqa: SIM905
)
#: A host with its port, which addresses may name without it.
_HOST_AND_PORT = re.compile(r"^([A-Za-z0-9.-]+\.[A-Za-z]{2,}):\d+$")
#: Those of them that every type of resource may have; others name something else, but for nodes.
_ANYONES = ("arn", "id", "name")
#: Settings that are called so, and name somebody else.
_NAMES_ANOTHER = frozenset(
    (
        ("aws_cloudwatch_event_target", "arn"),
        ("aws_sns_topic_policy", "arn"),
        ("aws_transfer_connector", "url"),
        ("azurerm_bot_channels_registration", "endpoint"),
        ("azurerm_bot_service_azure_bot", "endpoint"),
    )
)
#: A value that more resources than this have stands for none.
_MOST = 64


@dataclass(frozen=True)
class Identities:
    """The resources of a plan by the values that stand for them."""

    plan: Plan

    @cached_property
    def _index(self) -> dict[tuple[Path | None, str], dict[str, Resource]]:
        found: dict[tuple[Path | None, str], dict[str, Resource]] = {}
        for each in self.plan.resources:
            whole = each.data or is_whole(each)
            for key, value in each.values.items():
                stands = is_identity(each.type, key) and (whole or key in _ANYONES)
                if stands and isinstance(value, str) and len(value) > 2:
                    for text in {value, _HOST_AND_PORT.sub(r"\1", value)}:
                        for module in (each.module, None):
                            found.setdefault((module, text), {})[each.address] = each
        return found

    def has(self, value: str, *, but: Resource | None = None) -> bool:
        """Whether a value stands for any resource, or for any but one."""
        by = self._index.get((None, value), {})
        return any(but is None or address != but.address for address in by)

    def meant(self, value: str, user: Resource, type: str = "") -> Resource | None:
        """The one resource that a value of another one stands for: in its module, else anywhere.

        What the plan manages comes before what it looks up, and nodes before all else.
        """
        for module in (user.module, None):
            by = self._index.get((module, value), {})
            if len(by) > _MOST:
                continue
            fit = [r for r in by.values() if r is not user and type in ("", r.type)]
            fit = [each for each in fit if is_node(each)] or fit
            fit = [each for each in fit if not each.data] or fit
            if len(fit) == 1:
                return fit[0]
        return None

    def on_path(self, path: Named, user: Resource) -> Resource | None:
        """What a path of Google names, if it is in a project of one's own."""
        _, collection, name = path.id.split(":", 2)
        type = GOOGLE_TYPES.get(collection, "")
        found = self.meant(name, user, type) if type and path.id.startswith("google:") else None
        if found is None:
            return None
        project = path.account.removeprefix("google:")
        asked = f"google:{numbered(self.plan).get(project) or project}" if project else ""
        own = {each for each in self.plan.accounts if each.startswith("google:")}
        there = {project_of(type, found.values)} - {""} or own
        return found if asked in there or not (asked and there) else None


def is_identity(type: str, key: str) -> bool:
    """Whether the value of a setting stands for the resource that has it."""
    return key in IDENTITIES and (type, key) not in _NAMES_ANOTHER


def is_node(resource: Resource) -> bool:
    """Whether a resource is a node of its own."""
    if not kind_of(resource.type):
        return False
    path, wanted = ONLY_WHERE.get(resource.type, ("", ()))
    return not path or any(value in wanted for value in resource.found(path))


def is_whole(resource: Resource) -> bool:
    """Whether a resource may be what others name."""
    return is_node(resource) or resource.type in JOINTS or resource.type in TEMPLATES
