"""Clouds: what a cloud makes for objects of Crossplane, Config Connector, and the controllers of Amazon and Azure.

As of November 2026. A table says of each service which kinds of its objects keep data, and which handle them.
"""

from __future__ import annotations

import re

from lawful.data.regions import places
from lawful.importers._kubernetes.objects import Object, texts
from lawful_dsl.frozen import frozen

#: How the groups of those interfaces end, the service before it, and the cloud.
_GROUPS = (
    (re.compile(r"([\w-]+)\.(?:aws(?:\.m)?\.upbound\.io|aws\.crossplane\.io|services\.k8s\.aws)"), "aws"),
    (re.compile(r"([\w-]+)\.(?:gcp(?:\.m)?\.upbound\.io|gcp\.crossplane\.io|cnrm\.cloud\.google\.com)"), "google"),
    (re.compile(r"([\w-]+)\.(?:azure(?:\.m)?\.upbound\.io|azure\.crossplane\.io|azure\.com)"), "azure"),
)  # fmt: skip
_KINDS = {
    (service, kind): node
    for node, service, *kinds in (
        line.split()
        for line in """
service apprunner Service
service cloudfunctions CloudFunctionsFunction Function
service cloudfunctions2 Function
service cloudrun Service V2Service
service compute ComputeInstance Instance
service container Cluster ContainerCluster
service containerservice KubernetesCluster ManagedCluster
service ec2 Instance
service ecs Service
service eks Cluster
service firehose DeliveryStream
service lambda Function
service run RunJob RunService
service sns Topic
store alloydb AlloyDBCluster Cluster
store bigquery BigQueryDataset Dataset
store bigtable BigtableInstance Instance
store cache Redis RedisCache
store cloudwatchlogs Group LogGroup
store cosmosdb Account
store database RDSInstance
store dbformysql FlexibleServer MySQLServer
store dbforpostgresql FlexibleServer PostgreSQLServer
store docdb Cluster DBCluster
store documentdb DatabaseAccount DBCluster
store dynamodb GlobalTable Table
store efs FileSystem
store elasticache CacheCluster Cluster ReplicationGroup ServerlessCache
store eventhub EventHub EventHubNamespace Namespace
store firestore Database FirestoreDatabase
store kafka Cluster
store keyvault Vault
store kinesis Stream
store memorydb Cluster
store mq Broker
store opensearch Domain
store opensearchservice Domain
store operationalinsights Workspace
store pubsub PubSubTopic Topic
store rds Cluster DBCluster DBInstance GlobalCluster Instance
store redis Cluster Instance RedisInstance
store redshift Cluster
store s3 Bucket
store secretmanager Secret SecretManagerSecret
store secretsmanager Secret
store servicebus Namespace ServiceBusNamespace
store spanner Instance SpannerInstance
store sql DatabaseInstance MSSQLServer Server SQLInstance
store sqs Queue
store storage Account Bucket StorageAccount StorageBucket
""".strip().splitlines()
    )
    for kind in kinds
}
_BUCKETS = {
    ("aws", "Bucket"): "aws:s3",
    ("google", "Bucket"): "google:storage",
    ("google", "StorageBucket"): "google:storage",
}
_REGIONS = ("region", "location", "zone")


@frozen
class Made:
    """What a cloud makes for an object: a kind of node, where, and how others call it, if it is a bucket."""

    node: str
    places: tuple[str, ...]
    bucket: str = ""


def made(each: Object) -> Made | None:
    """What a cloud makes for an object, if it is of a kind that is known."""
    for group, cloud in _GROUPS:
        found = group.fullmatch(each.group)
        node = _KINDS.get((found[1], each.kind)) if found else None
        if node:
            return Made(node, places(cloud, _region(each)), _bucket(each, cloud))
    return None


def _region(each: Object) -> str:
    """The region that an object says; empty where it says none."""
    spec, notes = each.said.at("spec"), texts(each.said.at("metadata", "annotations"))
    told = [part.at(key).text for part in (spec.at("forProvider"), spec) for key in _REGIONS]
    return next(filter(None, (*told, notes.get("services.k8s.aws/region", ""))), "")


def _bucket(each: Object, cloud: str) -> str:
    """How others call the bucket that is made; empty where none is."""
    before = _BUCKETS.get((cloud, each.kind))
    notes = texts(each.said.at("metadata", "annotations"))
    spec = each.said.at("spec")
    named = notes.get("crossplane.io/external-name") or spec.at("resourceID").text
    own = each.group.endswith("services.k8s.aws") and spec.at("name").text
    return f"{before}:{named or own or each.name}" if before else ""
