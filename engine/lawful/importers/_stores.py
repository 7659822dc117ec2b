"""Stores: which images of containers keep data, by their names. As of November 2026."""

from __future__ import annotations

import re

#: Databases, caches, queues, object stores, indexes and what keeps measurements.
_KEEP = frozenset(
    re.findall(
        r"\S+",
        "postgres postgresql postgis pgvector timescaledb timescale mysql mariadb percona mongo mongodb redis "
        "valkey keydb dragonfly memcached clickhouse minio elasticsearch opensearch solr meilisearch typesense "
        "qdrant weaviate milvus chroma cassandra scylla scylladb couchdb couchbase neo4j arangodb influxdb "
        "victoriametrics prometheus loki kafka redpanda rabbitmq nats activemq artemis pulsar etcd zookeeper "
        "cockroach cockroachdb yugabyte tidb mssql oracle oraclexe db2 firebird rethinkdb questdb surrealdb "
        "seaweedfs garage ferretdb vitess tarantool hazelcast ignite db database",
    )
)
#: Parts of names that make of a store no other thing: editions, and how it is run.
_SUFFIXES = frozenset(
    re.findall(
        r"\S+",
        "server stack alpine oss ha cluster sentinel enterprise community standalone broker single node free "
        "lts slim management repmgr sharded xe database db container bookworm debian centos7 centos8 rhel7 rhel8 "
        "rhel9 ubi7 ubi8 ubi9 c8s c9s",
    )
)
_MAKERS = frozenset(("cp", "azure", "bitnami", "supabase", "opensearchproject"))


def keeps_data(image: str) -> bool:
    """Whether an image is that of a store: `bitnami/redis-cluster:7`, and not `redis-exporter`."""
    path = image.lower().partition("@")[0]
    names = [part.partition(":")[0] for part in path.split("/")]
    for name in reversed(names):
        words = [word for word in re.split(r"[-_.]", name) if word and not word.isdigit()]
        if words and words[0] in _MAKERS:
            words = words[1:]
        if not words:
            continue
        if words[-1] in ("db", "database") or (
            words[0] in _KEEP and _SUFFIXES.issuperset(words[1:])
        ):
            return True
        if not _SUFFIXES.issuperset(words):  # `mssql/server` is told by what stands before
            return False
    return False
