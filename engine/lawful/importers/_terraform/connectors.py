"""Connectors: the ends of transfers that are services of others, which a setting names by their kind alone.

Where another setting says under which host, bucket or name such a service is, that is the end, and this is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lawful.importers._terraform.names.ends import Ends, Flow, Outside
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.names.partners import partner
from lawful.importers._terraform.outside.sharing import SHARED
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.arrows import ARROWS

_FLOW = "aws_appflow_flow"
#: Connectors of AppFlow whose ends other settings name: buckets, and what has them on its way.
_NAMED = ("S3", "Upsolver")
#: The settings of a profile of AppFlow that say where a service is.
_ADDRESSES = frozenset(
    arrow.target
    for arrow in ARROWS
    if arrow.type == "aws_appflow_connector_profile" and arrow.target.endswith("_url")
)
#: Which setting of a type names a kind of service, and whether data come from it or go to it, or its name says that.
_KINDS = tuple(
    tuple(line.split())
    for line in """
aiven_kafka_connector either config.connector.class
aiven_service_integration_endpoint to endpoint_type
auth0_email to name
auth0_email_provider to name
auth0_event_stream to destination_type
auth0_log_stream to type
auth0_phone_provider to name
confluent_connector either config_nonsensitive.connector.class
databricks_connection from connection_type
fivetran_connector from service
mongodbatlas_log_integration to type
mongodbatlas_third_party_integration to type
okta_log_stream to type
sentry_organization_data_forwarding to provider_id
""".strip().splitlines()
)
#: Settings that name whose connector one is.
_OWN = ("kafka_cluster.id", "service_name")
#: Which setting of a type names accounts with which it is shared.
_ACCOUNTS = {
    "snowflake_database": "replication.enable_to_account.account_identifier",
    "snowflake_database_old": "replication_configuration.accounts",
    "snowflake_failover_group": "allowed_accounts",
    "snowflake_share": "accounts",
    "snowflake_standard_database": "replication.enable_to_account.account_identifier",
}


def connected(ends: Ends) -> Iterator[Flow]:
    """The flows from and to services that a transfer names by their kind only, and to accounts that it names."""
    for resource in ends.plan.resources:
        if resource.data or not is_node(resource):
            continue
        if resource.type == _FLOW:
            yield from _of_transfer(ends, resource)
        for type, word, path in _KINDS:
            if type == resource.type and not _is_told(ends, resource):
                for kind in resource.found(path):
                    source = "source" in str(kind).lower()
                    way = word if word != "either" else "from" if source else "to"
                    yield _with(resource, way, str(kind).rpartition(".")[2], path)
        path = _ACCOUNTS.get(resource.type, "")
        for account in resource.found(path) if path else ():
            who = f"{resource.address}{SHARED} of {partner('account', str(account))}"
            yield Flow(resource, Outside(who, "recipient"), resource.at(path))


def _of_transfer(ends: Ends, resource: Resource) -> Iterator[Flow]:
    """The flows of a transfer of AppFlow."""
    for side, word in (("source_flow_config", "from"), ("destination_flow_config", "to")):
        for config in _objects(resource.values.get(side)):
            kind = config.get("connector_type")
            if isinstance(kind, str) and not (
                kind in _NAMED or _is_addressed(ends, resource, side)
            ):
                yield _with(resource, word, kind, side)


def _with(resource: Resource, word: str, kind: str, path: str) -> Flow:
    """The flow from or to a service that is told by its kind."""
    known = kind if re.fullmatch(r"\w{1,60}", kind) else "another service"
    id = f"{resource.address} {word} {known}"
    if word == "from":
        return Flow(Outside(id, "source"), resource, resource.at(path))
    return Flow(resource, Outside(id, "recipient"), resource.at(path))


def _is_told(ends: Ends, resource: Resource) -> bool:
    """Whether a setting that the tables read says who else a service is, beside what it is a part of."""
    paths = {
        path: path in each.loose
        for each in ARROWS
        if each.type == resource.type
        for path in (each.source, each.target)
        if path not in (".", *_OWN)
    }
    return any(
        not isinstance(end, Resource) or (is_node(end) and end is not resource)
        for path, loose in paths.items()
        for end in ends.direct(resource, path, loose=loose)
    )


def _is_addressed(ends: Ends, resource: Resource, side: str) -> bool:
    """Whether the profile of a connector says under which host its service is reached, which is an end then."""
    return any(
        isinstance(profile, Resource) and any(profile.found(path) for path in _ADDRESSES)
        for profile in ends.direct(resource, f"{side}.connector_profile_name")
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
