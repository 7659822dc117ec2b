"""Paths: what the ids of Azure and Google name that are paths, and the account in which it lies.

As of November 2026. `/subscriptions/.../providers/Microsoft.Storage/storageAccounts/orders` is
`azure:storageaccounts:orders`, `projects/.../topics/orders` is `google:topics:orders`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful_dsl.frozen import frozen

#: The subscription with which an id of Azure begins.
SUBSCRIPTION = re.compile(r"(?i)/subscriptions/([^/\s]+)")
_AZURE = re.compile(
    r"(?i)/subscriptions/(?P<account>[^/]+)/resourceGroups/[^/]+/providers/Microsoft\.[a-z.]+/(?P<type>[a-z]+)/(?P<name>[^/\s]+)"
)
_GOOGLE = re.compile(
    r"(?:^|/)projects/(?P<account>[^/\s]+)/(?:[^\s]+/)?(?P<type>[A-Za-z]+)/(?P<name>[^/:\s]+)"
)
_GOOGLE_BUCKET = re.compile(r"^(?://)?storage\.googleapis\.com/(?P<name>[A-Za-z0-9._-]+)$")
#: Hosts that all of Google has, and that are nobody by themselves.
_GOOGLES = re.compile(r"^https?://(?:www|[a-z]+)\.googleapis\.com/(?:[a-z]+/)?v\w+/projects/")

#: What a type in a path of Azure is, which keeps or handles data.
_AZURE_KINDS = {
    "clusters": "store",
    "components": "store",
    "databaseaccounts": "store",
    "disks": "store",
    "factories": "service",
    "flexibleservers": "store",
    "iothubs": "service",
    "managedinstances": "store",
    "namespaces": "store",
    "redis": "store",
    "servers": "store",
    "sites": "service",
    "snapshots": "store",
    "storageaccounts": "store",
    "systemtopics": "service",
    "topics": "service",
    "virtualmachines": "service",
    "workspaces": "store",
}
_AZURE_VAULTS = re.compile(r"(?i)/providers/Microsoft\.(?:RecoveryServices|DataProtection)/")
#: The same of Google.
_GOOGLE_KINDS = {
    "buckets": "store",
    "datasets": "store",
    "disks": "store",
    "functions": "service",
    "snapshots": "store",
    "topics": "store",
}
#: The types of what a path of Google names.
GOOGLE_TYPES = {
    "buckets": "google_storage_bucket",
    "datasets": "google_bigquery_dataset",
    "storage": "google_storage_bucket",
    "topics": "google_pubsub_topic",
}
#: A table of BigQuery, or a set of such, and the settings that name one.
_TABLE = re.compile(r"(?:bq://)?(?P<project>[\w-]+)[.:](?P<dataset>\w+)(?:\.[\w$-]+)?")
_NAME_TABLES = ("bigquery_config.table", ".dataset_uri", ".table_uri")


@frozen
class Named:
    """What a path names: what that is called without the account, its kind of node, and the account."""

    id: str
    kind: str
    account: str = ""


def named(value: str) -> Named | None:
    """What a path names that is outside of a plan; none where it is no such path."""
    if bucket := _GOOGLE_BUCKET.match(value):
        return Named(f"google:storage:{bucket['name']}", "store")
    if found := _AZURE.search(value):
        type = found["type"].lower()
        kind = "store" if _AZURE_VAULTS.search(value) else _AZURE_KINDS.get(type)
        account = account_in("azure", found["account"])
        return Named(f"azure:{type}:{found['name'].lower()}", kind, account) if kind else None
    if found := _GOOGLE.search(value):
        kind = _GOOGLE_KINDS.get(found["type"])
        account = account_in("google", found["account"])
        return Named(f"google:{found['type']}:{found['name']}", kind, account) if kind else None
    return None


def as_path(setting: str, value: str) -> str:
    """A value as it stands; where it names a table, the path of the set in which that is."""
    table = _TABLE.fullmatch(value) if setting.endswith(_NAME_TABLES) else None
    return f"projects/{table['project']}/datasets/{table['dataset']}" if table else value


def account_in(cloud: str, name: str) -> str:
    """A subscription or a project, with its cloud."""
    return f"{cloud}:{name.lower()}"


def is_path(value: str) -> bool:
    """Whether a value is a path of one of these clouds, and no address of a host."""
    return bool(_AZURE.search(value) or _GOOGLES.match(value) or _GOOGLE_BUCKET.match(value))


def above(value: str) -> Iterator[str]:
    """The ids of what an id of Azure lies in, the closest first."""
    found = _AZURE.search(value)
    while found and len(value) > found.end():
        value = value.rpartition("/")[0].rpartition("/")[0]
        if len(value) >= found.end():
            yield value
