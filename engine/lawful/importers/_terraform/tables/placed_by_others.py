"""Placed by others: the regions that providers say who keep data on the machines of a larger cloud.

A line is a type, the setting that names the cloud, and those that name regions. In place of the first, `=NAME` is a
cloud, and `=` says that a region has the name of its cloud before it, `aws-eu-west-1`, or is one of Amazon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lawful.importers._terraform.state.resources import Resource

_TABLE = tuple(
    (type, cloud, path)
    for type, cloud, *paths in (
        line.split()
        for line in """
astra_database cloud_provider regions
clickhouse_service cloud_provider region
cloudflare_r2_bucket =cloudflare jurisdiction
cockroach_cluster cloud_provider regions.name
confluent_flink_compute_pool cloud region
confluent_kafka_cluster cloud region
couchbase-capella_cluster cloud_provider.type cloud_provider.region
databricks_mws_workspaces = aws_region
databricks_mws_workspaces =google location
digitalocean_app =digitalocean spec.region
ec_deployment = region
ec_elasticsearch_project = region_id
ec_observability_project = region_id
ec_security_project = region_id
hcloud_server =hcloud datacenter location
hcloud_volume =hcloud location
mongodbatlas_advanced_cluster =atlas replication_specs.region_configs.region_name
mongodbatlas_cluster =atlas provider_region_name replication_specs.regions_config.region_name
mongodbatlas_federated_database_instance =atlas data_process_region.region
mongodbatlas_flex_cluster =atlas provider_settings.region_name
mongodbatlas_online_archive =atlas data_process_region.region
mongodbatlas_serverless_instance =atlas provider_settings_region_name
mongodbatlas_stream_instance =atlas data_process_region.region
mongodbatlas_stream_workspace =atlas data_process_region.region
neon_project = region_id
pinecone_index spec.serverless.cloud spec.serverless.region
qdrant-cloud_accounts_cluster cloud_provider cloud_region
supabase_project = region
timescale_service = region_code
upstash_kafka_cluster = region
upstash_redis_database = region primary_region read_regions
upstash_vector_index = region
""".strip().splitlines()
    )
    for path in paths
)
#: Those of one provider all of whose types have one setting.
_OF_ALL = (("aiven", "=", "cloud_name"),)
#: The setting of a provider that names an account, and in it the region: `ab12345.west-europe.azure`.
_IN_ACCOUNT = {"snowflake": "account"}
_BEFORE = re.compile(r"(aws|gcp|google|azure|az|do|upcloud)-(.+)")
_CLOUDS = {"amazon": "aws", "az": "azure", "do": "digitalocean", "gcp": "google"}


def said_of(resource: Resource, has: Callable[[Resource, str], bool]) -> Iterator[tuple[str, str]]:
    """The clouds and the regions there that a resource says to be in; an empty region is one that is known later.

    `has` tells whether a setting is configured: what a provider fills in by itself says nothing.
    """
    owner = resource.type.split("_", 1)[0]
    rows = [(cloud, path) for type, cloud, path in _TABLE if type == resource.type]
    rows += [(cloud, path) for provider, cloud, path in _OF_ALL if provider == owner]
    for cloud, path in rows:
        regions = [each for each in resource.found(path) if isinstance(each, str)]
        if not regions and resource.is_unknown(path) and has(resource, path):
            yield "", ""
        for region in regions:
            if region.lower() != "global":
                yield _told(resource, cloud, region)


def region_settings(provider: str) -> tuple[str, ...]:
    """The settings of a provider that tell its region."""
    return "region", *filter(None, (_IN_ACCOUNT.get(provider, ""),))


def located(cloud: str, setting: str, text: str) -> tuple[str, str]:
    """The region that a setting of a provider tells, and the cloud on which it is.

    >>> located("snowflake", "account", "ab12345.west-europe.azure"), located("aws", "region", "eu-west-1")
    (('azure', 'westeurope'), ('aws', 'eu-west-1'))
    """
    if cloud not in _IN_ACCOUNT:
        return cloud, text
    region = text.partition(".")[2] if setting == _IN_ACCOUNT[cloud] else text
    name, _, on = region.partition(".")
    there = _cloud(on or "aws")
    return there, name.replace("-", "") if there == "azure" else name


def _told(resource: Resource, cloud: str, region: str) -> tuple[str, str]:
    """The cloud and the region there that a setting says, as those clouds call it."""
    if cloud == "=":
        found = _BEFORE.fullmatch(region.lower())
        return (_cloud(found[1]), found[2]) if found else ("aws", region)
    if cloud.startswith("="):
        return cloud[1:], region
    named = {_cloud(str(each)) for each in resource.found(cloud)}
    return (named.pop(), region) if len(named) == 1 else ("", region)


def _cloud(name: str) -> str:
    return _CLOUDS.get(name.lower(), name.lower())
