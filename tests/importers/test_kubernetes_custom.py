"""Objects of which operators make workloads: what they keep, whom they call, by which names they are called."""

from __future__ import annotations

import pytest

from lawful_dsl.diagnostics import Rejected
from tests.importers.manifests import kubernetes, workload


def object_of(api: str, kind: str, name: str, spec: str, *, labels: str = "") -> str:
    """An object of a kind that an operator knows."""
    return f"""
apiVersion: {api}
kind: {kind}
metadata: {{name: {name}, labels: {{{labels}}}}}
spec: {spec}
---
"""


KAFKA = object_of("kafka.strimzi.io/v1beta2", "Kafka", "events", "{kafka: {replicas: 3}}")


def test_a_store_that_an_operator_makes_is_called_by_the_names_of_its_services() -> None:
    till = workload("till", "env: [{name: TO, value: 'events-kafka-bootstrap.default.svc:9092'}]")
    pg = object_of("postgresql.cnpg.io/v1", "Cluster", "pg", "{instances: 3}")
    page = workload("page", "env: [{name: PG_HOST, value: pg-rw}]")
    told = kubernetes(KAFKA, pg, till, page)
    assert told.kinds == {"events": "store", "pg": "store", "till": "service", "page": "service"}
    assert told.ends == {"till -> events", "page -> pg"}


def test_what_an_object_says_is_read_like_the_settings_of_a_container() -> None:
    pg = object_of(
        "postgresql.cnpg.io/v1",
        "Cluster",
        "pg",
        "{backup: {barmanObjectStore: {destinationPath: 's3://orders', endpointURL: 'https://keep.pay.com'}}}",
    )
    told = kubernetes(pg)
    assert told.ends == {"pg -> aws:s3:orders", "pg -> keep.pay.com"}
    assert told.kinds["aws:s3:orders"] == "store"


def test_a_connector_is_a_part_of_what_runs_it() -> None:
    connect = object_of(
        "kafka.strimzi.io/v1",
        "KafkaConnect",
        "c",
        "{bootstrapServers: 'events-kafka-bootstrap:9093'}",
    )
    sink = object_of(
        "kafka.strimzi.io/v1",
        "KafkaConnector",
        "sink",
        "{config: {store.url: 'https://keep.pay.com', aws.secret.access.key: 'made.up.com:1'}}",
        labels="strimzi.io/cluster: c",
    )
    told = kubernetes(KAFKA, connect, sink)
    assert told.ends == {"c -> events", "c -> keep.pay.com"}
    alone = kubernetes(KAFKA, sink)
    assert alone.ends == set()
    assert alone.count("`KafkaConnector`") == 1


def test_the_steps_of_a_workflow_are_those_of_one_node() -> None:
    spec = (
        "{workflowSpec: {templates: [{name: m, container: {image: pay.com/x, args: [--to, 'https://out.pay.com'],"
        " env: [{name: DB_HOST, value: db.pay.com}]}}]}}"
    )
    told = kubernetes(object_of("argoproj.io/v1alpha1", "CronWorkflow", "nightly", spec))
    assert told.ends == {"nightly -> out.pay.com", "nightly -> db.pay.com"}


def test_one_that_asks_for_a_balancer_is_exposed() -> None:
    spec = "{kafka: {listeners: [{name: out, type: loadbalancer}]}}"
    told = kubernetes(object_of("kafka.strimzi.io/v1", "Kafka", "k", spec))
    assert "exposed = yes" in told.line("store k")


def test_what_others_make_of_an_object_is_none_of_its_settings() -> None:
    spec = "{kafka: {template: {annotations: {external-dns/hostname: kafka.pay.com}}}}"
    assert kubernetes(object_of("kafka.strimzi.io/v1", "Kafka", "k", spec)).ends == set()


def test_an_object_of_that_kind_of_somebody_else_is_not_read() -> None:
    told = kubernetes(object_of("other.org/v1", "Kafka", "k", "{}"))
    assert told.kinds == {}
    assert told.count("`Kafka`") == 1


def test_a_name_that_a_node_cannot_have() -> None:
    with pytest.raises(Rejected, match="is no name"):
        kubernetes(object_of("kafka.strimzi.io/v1", "Kafka", "'a b'", "{}"))
    kubernetes(object_of("rbac.authorization.k8s.io/v1", "ClusterRole", "'system:a'", "{}"))


LED = """
apiVersion: v1
kind: Service
metadata: {name: mainframe}
spec: {ports: [{port: 99}]}
---
"""
ENDPOINTS = """
apiVersion: v1
kind: Endpoints
metadata: {name: mainframe}
subsets: [{addresses: [{ip: 10.0.0.7}, {ip: 9.9.9.9}]}]
---
"""
SLICE = """
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: mainframe-1, labels: {kubernetes.io/service-name: mainframe}}
endpoints: [{addresses: [9.9.9.9]}]
---
"""


@pytest.mark.parametrize("listed", [ENDPOINTS, SLICE])
def test_a_service_without_pods_leads_to_the_addresses_that_are_listed(listed: str) -> None:
    till = workload("till", "env: [{name: TO, value: 'http://mainframe:99'}]")
    told = kubernetes(LED, listed, till)
    assert told.ends == {"till -> 9.9.9.9"}
    assert told.kinds["9.9.9.9"] == "recipient"


def test_a_name_in_a_namespace_that_is_here_is_no_public_one() -> None:
    ledger = workload("ledger", namespace="db")
    told = kubernetes(ledger, workload("till", "env: [{name: PG_HOST, value: pg.db}]"))
    assert told.ends == set()
    assert told.count("addresses of services that are not here") == 1


TEMPLATE = """
apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: shop}
parameters: [{name: NAME}, {name: MAIL, required: true}, {name: CACHE, value: cache}]
objects:
- kind: DeploymentConfig
  metadata: {name: "${NAME}-web"}
  spec:
    template:
      metadata: {labels: {app: web}}
      spec:
        containers:
        - name: web
          image: shop/web
          env:
          - {name: CACHE, value: '${CACHE}:6379'}
          - {name: OWN, value: '${NAME}-db:5432'}
          - {name: MAIL_URL, value: '${MAIL}'}
- kind: DeploymentConfig
  metadata: {name: "${NAME}-db"}
  spec:
    triggers: [{type: ImageChange, imageChangeParams: {containerNames: [db], from: {name: 'postgresql:15'}}}]
    template:
      metadata: {labels: {app: db}}
      spec: {containers: [{name: db, image: ' '}]}
- kind: Service
  metadata: {name: "${NAME}-db"}
  spec: {selector: {app: db}}
"""


def test_a_template_of_openshift_has_the_values_of_its_parameters() -> None:
    shop = kubernetes(TEMPLATE, workload("cache", image="redis"))
    assert shop.kinds["NAME-db"] == "store"
    mail = "NAME-web.env.MAIL_URL"
    assert shop.ends == {f"NAME-web -> {end}" for end in ("cache", "NAME-db", mail)}
    assert "known_later = yes" in shop.line(f"store {mail}")


HELLO = "{ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: hello}}"
LOGGED = "{ref: {apiVersion: v1, kind: Service, name: log}}"


@pytest.mark.parametrize(
    ("version", "kind", "spec", "ends"),
    [
        (
            "eventing.knative.dev/v1",
            "Trigger",
            f"{{broker: default, subscriber: {HELLO}, delivery: {{deadLetterSink: {LOGGED}}}}}",
            {"default -> hello", "default -> log"},
        ),
        (
            "messaging.knative.dev/v1",
            "Subscription",
            f"{{channel: {{kind: Channel, name: all}}, subscriber: {{uri: 'https://a.com/x'}}, reply: {LOGGED}}}",
            {"all -> a.com", "all -> log"},
        ),
        ("sources.knative.dev/v1", "PingSource", f"{{sink: {HELLO}}}", {"x -> hello"}),
        (
            "sources.knative.dev/v1",
            "PingSource",
            "{sink: {uri: 'http://log.default.svc/x'}}",
            {"x -> log"},
        ),
        ("eventing.knative.dev/v1", "Trigger", f"{{broker: other, subscriber: {HELLO}}}", set()),
    ],
)
def test_events_of_knative_go_where_objects_say(
    version: str, kind: str, spec: str, ends: set[str]
) -> None:
    others = [
        object_of("eventing.knative.dev/v1", "Broker", "default", "{}"),
        object_of("messaging.knative.dev/v1", "Channel", "all", "{}"),
        object_of(
            "serving.knative.dev/v1",
            "Service",
            "hello",
            "{template: {spec: {containers: [{image: x}]}}}",
        ),
        workload("log"),
    ]
    shop = kubernetes(object_of(version, kind, "x", spec), *others)
    assert shop.ends == ends
    assert shop.count("ways of events") == (not ends)
    assert (shop.kinds["default"], shop.kinds["all"]) == ("store", "store")
