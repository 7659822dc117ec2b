"""Custom: objects that operators make workloads of, which have no template of pods of their own.

As of November 2026, by the documentation of the operators. What an operator calls the services of what it
makes is the name of the object with something after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawful.importers._commands import arguments
from lawful.importers._kubernetes.clouds import made
from lawful.importers._kubernetes.objects import Object, texts
from lawful.importers._written import Yaml
from lawful_dsl.frozen import frozen


@frozen
class Custom:
    """What a kind of object makes: a kind of node, and the names of its services, with `*` for its own."""

    node: str
    services: tuple[str, ...]


def _table(text: str) -> dict[tuple[str, str], Custom]:
    rows = (line.split() for line in text.strip().splitlines())
    return {(group, kind): Custom(node, tuple(names)) for group, kind, node, *names in rows}


CUSTOM = _table("""
acid.zalan.do postgresql store * *-repl
agent.k8s.elastic.co Agent service
apm.k8s.elastic.co ApmServer service *-apm-http
app.redislabs.com RedisEnterpriseCluster store *
argoproj.io ClusterWorkflowTemplate service
argoproj.io CronWorkflow service
argoproj.io EventBus store
argoproj.io EventSource service
argoproj.io Sensor service
argoproj.io Workflow service
argoproj.io WorkflowTemplate service
beat.k8s.elastic.co Beat service
broker.amq.io ActiveMQArtemis store *-hdls-svc
cassandra.datastax.com CassandraDatacenter store *-service
clickhouse.altinity.com ClickHouseInstallation store clickhouse-*
couchbase.com CouchbaseCluster store * *-srv
crdb.cockroachlabs.com CrdbCluster store *-public
databases.spotahome.com RedisFailover store rfs-* rfrm-*
dragonflydb.io Dragonfly store *
elasticsearch.k8s.elastic.co Elasticsearch store *-es-http
eventing.knative.dev Broker store
eventing.knative.dev KafkaSink service
flink.apache.org FlinkDeployment service *-rest
flows.knative.dev Parallel service
flows.knative.dev Sequence service
fluentbit.fluent.io ClusterOutput service
fluentbit.fluent.io Output service
fluentd.fluent.io ClusterOutput service
fluentd.fluent.io Output service
infinispan.org Infinispan store *
jaegertracing.io Jaeger store *-collector *-query
k8s.keycloak.org Keycloak service *-service
k8s.mariadb.com MariaDB store * *-primary
kafka.strimzi.io Kafka store *-kafka-bootstrap *-kafka-brokers
kafka.strimzi.io KafkaBridge service *-bridge-service
kafka.strimzi.io KafkaConnect service *-connect-api
kafka.strimzi.io KafkaMirrorMaker service
kafka.strimzi.io KafkaMirrorMaker2 service
kibana.k8s.elastic.co Kibana service *-kb-http
kubegres.reactive-tech.io Kubegres store * *-replica
logging.banzaicloud.io ClusterOutput service
logging.banzaicloud.io Output service
logging.openshift.io ClusterLogForwarder service
logstash.k8s.elastic.co Logstash service
loki.grafana.com LokiStack store *-gateway-http
messaging.knative.dev Channel store *-kn-channel
messaging.knative.dev InMemoryChannel store *-kn-channel
messaging.knative.dev KafkaChannel store *-kn-channel
minio.min.io Tenant store * *-hl minio
mongodb.com MongoDB store *-svc
mongodbcommunity.mongodb.com MongoDBCommunity store *-svc
monitoring.coreos.com Alertmanager service alertmanager-operated
monitoring.coreos.com Prometheus store prometheus-operated
monitoring.coreos.com PrometheusAgent service
monitoring.coreos.com ThanosRuler service
mysql.oracle.com InnoDBCluster store *
observability.openshift.io ClusterLogForwarder service
opensearch.opster.io OpenSearchCluster store *
opentelemetry.io OpenTelemetryCollector service *-collector *-collector-headless
operator.victoriametrics.com VMAgent service vmagent-*
operator.victoriametrics.com VMSingle store vmsingle-*
pgv2.percona.com PerconaPGCluster store *-ha *-pgbouncer
postgres-operator.crunchydata.com PostgresCluster store *-primary *-replicas *-pgbouncer
postgresql.cnpg.io Cluster store *-rw *-ro *-r
ps.percona.com PerconaServerMySQL store *-haproxy *-mysql *-router
psmdb.percona.com PerconaServerMongoDB store *-rs0 *-mongos
pxc.percona.com PerconaXtraDBCluster store *-haproxy *-proxysql *-pxc
rabbitmq.com RabbitmqCluster store *
redis.redis.opstreelabs.in Redis store *
redis.redis.opstreelabs.in RedisCluster store *-leader *-follower
scylla.scylladb.com ScyllaCluster store *-client
sources.knative.dev ApiServerSource service
sources.knative.dev AwsSqsSource service
sources.knative.dev ContainerSource service
sources.knative.dev CouchDbSource service
sources.knative.dev GitHubSource service
sources.knative.dev GitLabSource service
sources.knative.dev IntegrationSource service
sources.knative.dev KafkaSource service
sources.knative.dev PingSource service
sources.knative.dev RedisStreamSource service
sparkoperator.k8s.io ScheduledSparkApplication service
sparkoperator.k8s.io SparkApplication service *-ui-svc
stackgres.io SGCluster store * *-replicas
tempo.grafana.com TempoStack store tempo-*-distributor tempo-*-gateway
velero.io BackupStorageLocation service
zookeeper.pravega.io ZookeeperCluster store *-client
""")
#: What belongs to a workload that a label of it names: the group, the kind, the label and the kind named.
PARTS = {("kafka.strimzi.io", "KafkaConnector"): ("strimzi.io/cluster", "KafkaConnect")}
#: The kind whose settings may be a text, of the form of a file.
COLLECTOR = "OpenTelemetryCollector"
_COMMANDS = ("args", "command")
#: Parts of a specification that say how others treat the object.
_OF_OTHERS = ("affinity", "annotations", "description", "labels", "nodeSelector", "tolerations")
#: Objects in which `host` is whom they go to, and not where they are reached.
_GOES_TO = frozenset(
    (group, kind)
    for group, *kinds in (
        ("fluentbit.fluent.io", "ClusterOutput", "Output"),
        ("fluentd.fluent.io", "ClusterOutput", "Output"),
        ("logging.banzaicloud.io", "ClusterOutput", "Output"),
        ("postgresql.cnpg.io", "Cluster"),
    )
    for kind in kinds
)
_BROUGHT_IN = ("loadbalancer", "nodeport")


def custom(each: Object) -> Custom | None:
    """What an object makes, if it is of a kind that is known, of an operator or of a cloud."""
    by_cloud = made(each)
    return Custom(by_cloud.node, ()) if by_cloud else CUSTOM.get((each.group, each.kind))


def services(each: Object) -> Iterator[str]:
    """The names of the services that an operator makes for an object."""
    known = custom(each)
    yield from (name.replace("*", each.name.lower()) for name in (known.services if known else ()))


def is_exposed(each: Object) -> bool:
    """Whether an object asks for a balancer or a port that is reached from outside."""
    return any(
        key == "type" and text.lower() in _BROUGHT_IN
        for key, text, _ in within(each.said.at("spec"))
    )


def owner(each: Object, workloads: Mapping[str, Object]) -> str:
    """The id of the workload that an object is a part of; empty where it is none, or that is not here."""
    label, kind = PARTS.get((each.group, each.kind), ("", ""))
    named = texts(each.said.at("metadata", "labels")).get(label, "") if label else ""
    there = (each.group, kind, each.namespace, named)
    found = (
        id
        for id, other in workloads.items()
        if (other.group, other.kind, other.namespace, other.name) == there
    )
    return next(found, "")


def named_in(each: Object, said: Yaml) -> Iterator[tuple[str, str, Yaml]]:
    """The texts within a part of an object, each with the key that says what it is for."""
    goes = (each.group, each.kind) in _GOES_TO
    for key, text, at in within(said):
        yield f"to.{key}" if goes and key == "host" else key, text, at


def within(value: Yaml, key: str = "") -> Iterator[tuple[str, str, Yaml]]:
    """The texts within a value, each with its key, or the name of the variable whose value it is."""
    if value.text:
        yield key, value.text, value
    elif key in _COMMANDS:
        yield from ((flag, text, value) for flag, text in arguments(i.text for i in value.items))
    for item in value.items if key not in _COMMANDS else ():
        yield from within(item, key)
    name = value.at("name").text
    for inner, each in value.entries.items():
        if inner not in _OF_OTHERS:
            yield from within(each, name if inner == "value" and name else inner)
