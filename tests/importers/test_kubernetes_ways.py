"""Manifests of Kubernetes: what is copied and handed on, as objects of operators say it, and buckets that they name."""

from __future__ import annotations

import pytest

from tests.importers.manifests import kubernetes, workload
from tests.importers.test_kubernetes_custom import KAFKA, object_of

ABROAD = "kafka.partner.com:9092"
MIRROR = "kafka.strimzi.io/v1", "KafkaMirrorMaker2", "copy"
CLUSTERS = (
    "clusters: [{alias: here, bootstrapServers: 'events-kafka-bootstrap:9092'},"
    f" {{alias: there, bootstrapServers: '{ABROAD}'}}]"
)


@pytest.mark.parametrize(
    ("spec", "source"),
    [
        (f"{{{CLUSTERS}, mirrors: [{{sourceCluster: here, targetCluster: there}}]}}", "events"),
        (f"{{{CLUSTERS}, mirrors: [{{sourceCluster: there, targetCluster: here}}]}}", "kafka.partner.com"),
        (
            "{target: {bootstrapServers: 'events-kafka-bootstrap:9092'},"
            f" mirrors: [{{source: {{bootstrapServers: '{ABROAD}'}}}}]}}",
            "kafka.partner.com",
        ),
    ],
)  # fmt: skip
def test_a_mirror_copies_from_its_source(spec: str, source: str) -> None:
    """It calls both clusters, and what it copies comes from one of them."""
    told = kubernetes(KAFKA, object_of(*MIRROR, spec))
    assert told.ends == {"copy -> events", "copy -> kafka.partner.com", f"{source} -> copy"}


def test_a_connector_that_is_a_source_brings_what_it_reads() -> None:
    """Its class says so; a sink only sends."""
    api, config = "kafka.strimzi.io/v1", "config: {database.hostname: db.partner.com}"
    connect = object_of(api, "KafkaConnect", "c", "{bootstrapServers: 'events-kafka-bootstrap:1'}")
    for word, brings in (("io.x.MySqlConnectorSource", True), ("io.x.MySqlSink", False)):
        part = object_of(
            api,
            "KafkaConnector",
            "p",
            f"{{class: {word}, {config}}}",
            labels="strimzi.io/cluster: c",
        )
        ends = kubernetes(KAFKA, connect, part).ends
        assert ends == {"c -> events", "c -> db.partner.com"} | (
            {"db.partner.com -> c"} if brings else set()
        )


def test_a_cluster_that_is_made_of_another_gets_its_data() -> None:
    """By its address, or from the bucket in which its backups are."""
    outer = "{name: o, connectionParameters: {host: pg.partner.com}}"
    kept = "{name: k, barmanObjectStore: {destinationPath: 's3://orders'}}"
    spec = f"{{bootstrap: {{recovery: {{source: k}}}}, externalClusters: [{outer}, {kept}]}}"
    told = kubernetes(object_of("postgresql.cnpg.io/v1", "Cluster", "pg", spec))
    assert {end for end in told.ends if end.endswith("-> pg")} == {
        "pg.partner.com -> pg",
        "aws:s3:orders -> pg",
    }


def test_what_is_handed_on() -> None:
    """Steps of a sequence, branches, sensors of Argo and bindings."""
    knative = "{ref: {apiVersion: v1, kind: Service, name: %s}}"
    steps = f"{{steps: [{knative % 'a'}, {knative % 'b'}], reply: {knative % 'c'}}}"
    branch = f"{{branches: [{{filter: {knative % 'a'}, subscriber: {knative % 'b'}, reply: {knative % 'c'}}}]}}"
    beside = [workload(name) for name in "abc"]
    told = kubernetes(object_of("flows.knative.dev/v1", "Sequence", "s", steps), *beside)
    assert told.ends == {"s -> a", "a -> s", "s -> b", "b -> s", "s -> c"}
    told = kubernetes(object_of("flows.knative.dev/v1", "Parallel", "p", branch), *beside)
    assert told.ends == {"p -> a", "a -> p", "p -> b", "b -> p", "p -> c"}
    bound = (
        f"{{subject: {{apiVersion: apps/v1, kind: Deployment, name: a}}, sink: {knative % 'b'}}}"
    )
    assert kubernetes(
        object_of("sources.knative.dev/v1", "SinkBinding", "x", bound), *beside
    ).ends == {"a -> b"}
    sensor = "{dependencies: [{name: d, eventSourceName: hook}], triggers: [{template: {http: {url: 'https://in.pay.com'}}}]}"
    argo = "argoproj.io/v1alpha1"
    told = kubernetes(
        object_of(argo, "EventSource", "hook", "{}"), object_of(argo, "Sensor", "w", sensor)
    )
    assert told.ends == {"hook -> w", "w -> in.pay.com"}


@pytest.mark.parametrize(
    ("api", "kind", "spec", "expected"),
    [
        (
            "velero.io/v1",
            "BackupStorageLocation",
            "{provider: aws, objectStorage: {bucket: saved}, config: {region: us-east-1}}",
            "store aws:s3:saved in US",
        ),
        (
            "pxc.percona.com/v1",
            "PerconaXtraDBCluster",
            "{backup: {storages: {a: {type: s3, s3: {bucket: saved, region: eu-west-1}}}}}",
            "store aws:s3:saved in IE",
        ),
        (
            "postgres-operator.crunchydata.com/v1",
            "PostgresCluster",
            "{backups: {pgbackrest: {repos: [{gcs: {bucket: saved}}]}}}",
            "store google:storage:saved in unknown",
        ),
    ],
)
def test_a_bucket_is_named_by_its_name_alone(api: str, kind: str, spec: str, expected: str) -> None:
    """Under the key of its cloud, or beside the name of that; where the region is told it is there."""
    told = kubernetes(object_of(api, kind, "x", spec))
    assert (
        told.line("store 'aws" if "aws" in expected else "store 'google").replace("'", "")
        == expected
    )
    assert told.ends == {f"x -> {expected.split()[1]}"}


def test_a_bucket_of_somebody_else_is_told_by_the_host() -> None:
    """What speaks like Amazon is none of it."""
    spec = "{backup: {storages: {a: {type: s3, s3: {bucket: saved, endpointUrl: 'https://keep.partner.com'}}}}}"
    told = kubernetes(object_of("pxc.percona.com/v1", "PerconaXtraDBCluster", "x", spec))
    assert told.ends == {"x -> keep.partner.com"}
