"""Manifests of Kubernetes: workloads, services, settings, routes, what is exposed and what is encrypted."""

from __future__ import annotations

import pytest

from tests.importers.manifests import caller, env, kubernetes, peers, route, workload

CONFIG = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {addr: 'db:6379', other: x}\n"
)
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: conf}\nstringData: {addr: 'db:6379'}\n"


@pytest.mark.parametrize(
    "settings",
    [
        env("db:6379"),
        env("redis://user:word@db"),
        env("db.default:6379"),
        env("db.default.svc.cluster.local"),
        env("db.default.svc"),
        env("db-0.db:6379"),
        env("db-0.db.default.svc.cluster.local:6379"),
        env("db", "DB_HOST"),
        env("$(DB_SERVICE_HOST):6379"),
        "env: [{name: H, value: db}, {name: A, value: 'redis://$(H)'}]",
        "args: ['--db=db:6379']",
        "command: [run, --db-host, db]",
        "env: [{name: H, value: db}]\n        args: ['--db=$(H):6379']",
        "env: [{name: A, valueFrom: {configMapKeyRef: {name: conf, key: addr}}}]",
        "envFrom: [{prefix: P_, configMapRef: {name: conf}}]",
    ],
)
def test_what_names_a_service_is_a_flow(settings: str) -> None:
    assert caller(settings, CONFIG).ends == {"web -> db"}


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        (env("web:80"), ""),
        (env("localhost:80"), "machine itself"),
        (env("db.other:6379"), "services that are not here"),
        (env("db.other.svc.cluster.local"), "not of the public net"),
        (env("elsewhere:80"), "names that are of no node"),
        (env("alone:80"), "no pods here"),
        (env("db", "STORAGE"), "perhaps not its address"),
        (env("$$(DB_SERVICE_HOST):6379"), ""),
        ("env: [{name: A, valueFrom: {secretKeyRef: {name: conf, key: a}}}]", "secrets"),
        ("envFrom: [{secretRef: {name: conf}}]", "secrets"),
        ("env: [{name: A, valueFrom: {configMapKeyRef: {name: none, key: a}}}]", "not here"),
        ("env: [{name: P_KEY, valueFrom: {secretKeyRef: {name: none, key: url}}}]", "secrets"),
        ("env: [{name: POD_ADDR, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]", ""),
        ("args: ['--peer-url=http://$(hostname):80']", ""),
        ("livenessProbe: {httpGet: {host: db}}", ""),
    ],
)
def test_what_is_no_flow_is_counted(settings: str, word: str) -> None:
    alone = (
        "apiVersion: v1\nkind: Service\nmetadata: {name: alone}\nspec: {selector: {app: none}}\n"
    )
    shop = caller(settings, SECRET, alone)
    assert shop.ends == set()
    assert shop.count("kind `Secret`") == 1
    if word:
        assert shop.count(word)


def test_namespaces_are_kept_apart() -> None:
    both = [workload("db", namespace=place) for place in ("one", "two")]
    shop = kubernetes(workload("web", env("db:1"), namespace="one"), *both)
    assert shop.ends == {"one/web -> one/db"}
    shop = kubernetes(workload("web", env("db.two:1"), namespace="one"), *both)
    assert shop.ends == {"one/web -> two/db"}
    assert kubernetes(workload("web", env("db:1")), *both).ends == set()


def test_a_service_stands_for_all_that_it_selects() -> None:
    old, new = (workload(f"db-{n}").replace(f"app: db-{n}", "app: db") for n in ("old", "new"))
    assert kubernetes(workload("web", env("db-old:1")), old, new).ends == {
        "web -> db-old",
        "web -> db-new",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (workload("x"), "service"),
        (workload("x", image="postgres:16"), "store"),
        (workload("x", kind="StatefulSet", spec="volumeClaimTemplates: [{}]"), "store"),
        (
            workload("x", pods="volumes: [{name: a, persistentVolumeClaim: {claimName: c}}]"),
            "store",
        ),
        (workload("x", pods="volumes: [{name: a, emptyDir: {}}]"), "service"),
        (workload("x", kind="Rollout"), "service"),
        (workload("x", kind="Job", image="postgres:16"), "service"),
        (workload("x", image="rhscl/postgresql-10-rhel7"), "store"),
        (
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec: {jobTemplate: {spec: "
            "{template: {spec: {containers: [{image: shop/x}]}}}}}\n",
            "service",
        ),
        (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{image: redis}]}\n",
            "store",
        ),
        (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: x}\n"
            "spec: {template: {spec: {containers: [{image: shop/x}]}}}\n",
            "service",
        ),
    ],
)
def test_workloads_are_services_or_stores(text: str, expected: str) -> None:
    assert kubernetes(text).kinds == {"x": expected}


def test_a_claim_of_several_workloads_is_a_store_between_them() -> None:
    volume = "volumes: [{name: v, persistentVolumeClaim: {claimName: files}}]"
    mount = "volumeMounts: [{name: v, mountPath: /f, readOnly: true}]"
    shop = kubernetes(workload("web", pods=volume), workload("reader", mount, pods=volume))
    assert shop.kinds == {"web": "service", "reader": "service", "claims.files": "store"}
    assert shop.ends == {"web -> claims.files", "claims.files -> web", "claims.files -> reader"}


def test_lists_and_what_is_made_by_others() -> None:
    items = [part for part in workload("web").split("---") if part.strip()]
    text = "apiVersion: v1\nkind: List\nitems:\n" + "".join(
        "- " + part.strip().replace("\n", "\n  ") + "\n" for part in items
    )
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web-1, ownerReferences: [{kind: Deployment, name: web}]}\n"
    pod += "spec: {containers: [{image: x}]}\n"
    shop = kubernetes(text, pod)
    assert set(shop.kinds) == {"web"}
    assert shop.count("another one here makes") == 1


def test_workloads_of_one_name_are_told_apart() -> None:
    job = workload("x", kind="Job").split("---")[0]
    assert set(kubernetes(workload("x"), job).kinds) == {"deployment.x", "job.x"}


@pytest.mark.parametrize(
    "text",
    [
        route("Ingress", "{rules: [{http: {paths: [{backend: {service: {name: web}}}]}}]}"),
        route("Ingress", "{backend: {serviceName: web}}"),
        route("Ingress", "{defaultBackend: {service: {name: web}}}"),
        route("HTTPRoute", "{parentRefs: [{name: gate}], rules: [{backendRefs: [{name: web}]}]}"),
        route(
            "VirtualService", "{gateways: [gate], http: [{route: [{destination: {host: web}}]}]}"
        ),
        route("IngressRoute", "{routes: [{services: [{name: web}]}]}"),
        route("Route", "{to: {name: web}}"),
        "apiVersion: v1\nkind: Service\nmetadata: {name: out}\n"
        "spec: {type: LoadBalancer, selector: {app: web}}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: out}\n"
        "spec: {type: NodePort, selector: {app: web}}\n",
    ],
)
def test_what_is_reached_from_outside_is_exposed(text: str) -> None:
    shop = kubernetes(workload("web"), workload("db"), text)
    assert shop.line("service web") == "service web in unknown exposed = yes"
    assert shop.line("service db") == "service db in unknown"
    assert shop.ends == set()


@pytest.mark.parametrize(
    "text",
    [
        route("VirtualService", "{hosts: [x], http: [{route: [{destination: {host: web}}]}]}"),
        route(
            "HTTPRoute",
            "{parentRefs: [{kind: Service, name: x}], rules: [{backendRefs: [{name: web}]}]}",
        ),
        route("Gateway", "{servers: [{hosts: ['*']}]}"),
        route("Ingress", "{backend: {serviceName: web}}").replace(
            "name: r", "name: r, annotations: {alb.ingress.kubernetes.io/scheme: internal}"
        ),
        "apiVersion: v1\nkind: Service\nmetadata: {name: out, annotations: "
        "{networking.gke.io/load-balancer-type: Internal}}\n"
        "spec: {type: LoadBalancer, selector: {app: web}}\n",
    ],
)
def test_what_is_reached_from_within_is_not(text: str) -> None:
    assert "exposed" not in kubernetes(workload("web"), text).text


@pytest.mark.parametrize(
    ("settings", "pods", "expected"),
    [
        ("ports: [{containerPort: 80}]", "hostNetwork: true", True),
        ("ports: [{containerPort: 80, hostPort: 80}]", "", True),
        ("ports: [{containerPort: 80, hostPort: 80, hostIP: 127.0.0.1}]", "", False),
        ("", "hostNetwork: true", False),
    ],
)
def test_a_port_of_the_host_exposes(settings: str, pods: str, expected: bool) -> None:
    assert ("exposed" in kubernetes(workload("web", settings, pods=pods)).text) == expected


@pytest.mark.parametrize(
    ("label", "expected"), [("", True), ("networking.knative.dev/visibility: cluster-local", False)]
)
def test_a_service_of_knative_is_reached_from_outside_unless_it_is_kept_in(
    label: str, expected: bool
) -> None:
    text = f"apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {{name: x, labels: {{{label}}}}}\n"
    text += "spec: {template: {spec: {containers: [{image: shop/x}]}}}\n"
    assert ("exposed" in kubernetes(text).text) == expected


def test_routes_of_a_mesh_are_followed() -> None:
    way = route("VirtualService", "{hosts: [db], http: [{route: [{destination: {host: cache}}]}]}")
    shop = caller(env("db:1"), workload("cache"), way)
    assert shop.ends == {"web -> cache"}
    own = route(
        "Ingress", "{rules: [{host: shop.org, http: {paths: [{backend: {service: {name: db}}}]}}]}"
    )
    assert caller(env("https://shop.org"), own).ends == {"web -> db"}


def test_a_name_of_two_parts_may_be_public() -> None:
    assert caller(env("mail.com:25")).ends == {"web -> mail.com"}
    assert caller(env("mail.ly:25")).ends == {"web -> mail.ly"}


def test_where_addresses_are_in_images_no_flow_is_seen() -> None:
    versions = [
        workload(f"reviews-v{n}").replace(f"app: reviews-v{n}", "app: reviews") for n in (1, 2, 3)
    ]
    way = route(
        "VirtualService",
        "{hosts: [reviews-v1], http: [{route: [{destination: {host: reviews-v1}}]}]}",
    )
    shop = kubernetes(workload("page"), workload("ratings"), *versions, way)
    assert len(shop.kinds) == 5
    assert shop.ends == set()


FILES = """
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data:
  other: 'http://other'
  read: |
    # http://till
    -- http://till
    %s
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("location / { proxy_pass http://db.default.svc:80; }", True),
        ("- targets: ['db:9100']", True),
        ("cache.host = db", True),
        ("host db", True),
        ("name: db", False),
        ("allowed_origins: http://db", False),
        ("on: yes  # http://db", False),
        ("echo http://db", False),
        ("url: https://api.partner.com", False),
    ],
)
@pytest.mark.parametrize(
    "volume",
    [
        "{name: v, configMap: {name: files, items: [{key: read}]}}",
        "{name: v, projected: {sources: [{configMap: {name: files, items: [{key: read}]}}]}}",
    ],
)
def test_a_file_that_is_mounted_names_services(line: str, expected: bool, volume: str) -> None:
    web = workload("web", pods=f"volumes: [{volume}]")
    others = [workload(name) for name in ("db", "till", "other")]
    shop = kubernetes(web, *others, FILES % line)
    assert shop.ends == ({"web -> db"} if expected else set())
    assert shop.count("hosts of the public net that files name") == ("partner" in line)


def test_hosts_outside() -> None:
    entry = route("ServiceEntry", "{hosts: ['*.maps.com', pay.internal], location: MESH_EXTERNAL}")
    inner = route("ServiceEntry", "{hosts: [ours.com], location: MESH_INTERNAL}").replace(
        "name: r", "name: s"
    )
    name = "apiVersion: v1\nkind: Service\nmetadata: {name: pay}\nspec: {type: ExternalName, externalName: pay.com}\n"
    settings = "env: [{name: A, value: 'https://mail.com'}, {name: B, value: 'pay:443'}, {name: C, value: 'http://pay.internal'}]"
    shop = caller(settings, entry, inner, name)
    assert {id for id, kind in shop.kinds.items() if kind == "recipient"} == {
        "*.maps.com",
        "pay.internal",
        "pay.com",
        "mail.com",
    }
    assert shop.ends == {"web -> mail.com", "web -> pay.com", "web -> pay.internal"}
    assert shop.line("web -> mail.com").endswith("using tls ...")
    assert shop.line("web -> pay.com") == "web -> pay.com"


def test_policies_of_the_network_are_counted_and_make_no_flow() -> None:
    policy = route("NetworkPolicy", "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}")
    shop = kubernetes(workload("web"), workload("db"), policy)
    assert shop.ends == set()
    assert shop.count("network policies") == 1


def test_labels_say_the_environment() -> None:
    place = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {env: staging}}\n"
    shop = kubernetes(
        workload("a", labels="env: prod"),
        workload("b", labels="app.kubernetes.io/environment: dev"),
        workload("c", namespace="n"),
        workload("d", labels="env: blue"),
        place,
    )
    assert shop.line("service a") == "service a in unknown production"
    assert shop.line("service b") == "service b in unknown development"
    assert shop.line("service 'n/c'") == "service 'n/c' in unknown staging"
    assert shop.line("service d") == "service d in unknown"
    assert shop.count("environments that labels name") == 1


def test_the_order_of_files_and_documents_changes_nothing() -> None:
    texts = [workload("web", env("db:1")), workload("db"), peers("STRICT"), CONFIG]
    assert (
        kubernetes(*texts).text
        == kubernetes(*texts[::-1]).text
        == kubernetes("---\n".join(texts)).text
    )


@pytest.mark.parametrize(
    ("settings", "id"),
    [
        ("env: [{name: DB_URL, valueFrom: {secretKeyRef: {name: s, key: k}}}]", "env.DB_URL"),
        ("env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: db-url}}}]", "env.A"),
        ("env: [{name: A, valueFrom: {configMapKeyRef: {name: none, key: addr}}}]", "env.A"),
        ("env: [{name: A_URL, valueFrom: {configMapKeyRef: {name: conf, key: no}}}]", "env.A_URL"),
        ("env: [{name: A, value: 'https://$(NONE)'}]", "env.A"),
        ("env: [{name: A_HOST, value: $(NONE)}]", "env.A_HOST"),
        ("env: [{name: A_URL_FILE, value: /etc/secrets/a}]", "env.A_URL"),
        ("args: ['--peer-url=http://$(PEER):80']", "args.peer-url"),
    ],
)
def test_whom_a_setting_names_that_is_not_told_is_somebody(settings: str, id: str) -> None:
    shop = caller(settings, CONFIG)
    assert shop.ends == {f"web -> web.{id}"}
    assert shop.line(f"store web.{id}").endswith("known_later = yes")
