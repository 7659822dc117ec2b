"""Published files of Compose and Kubernetes: all are read, and what was read by hand is what comes out.

The files lie beside the repository, and are not part of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful import importers
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.imported import Told, told

BESIDE = (Path(__file__).parents[3] / "shared", Path(__file__).parents[4] / "shared")
CORPUS = next(
    (shared / "corpus" for shared in BESIDE if (shared / "corpus" / "kubernetes").is_dir()), None
)
KINDS = {"docker-compose": "compose", "kubernetes": "kubernetes"}
FILES = sorted(
    (kind, file.relative_to(CORPUS).as_posix())
    for folder, kind in KINDS.items()
    for file in (CORPUS.glob(f"{folder}/**/*.y*ml") if CORPUS else ())
    if file.name != "values.yaml"
)
BOUTIQUE = "kubernetes/GoogleCloudPlatform__microservices-demo"
SOCKS = "kubernetes/microservices-demo__microservices-demo/deploy/kubernetes"
COMPOSE = "docker-compose"
beside = pytest.mark.skipif(CORPUS is None, reason="the files are not beside the repository")


def read(*patterns: str, kind: str = "kubernetes") -> Told:
    assert CORPUS is not None
    files = [file for pattern in patterns for file in sorted(CORPUS.glob(pattern))]
    assert files
    return told(kind, *(Source(str(file), file.read_text("utf-8")) for file in files))


@pytest.mark.parametrize(("kind", "file"), FILES)
def test_each_file_is_recognised_and_read(kind: str, file: str) -> None:
    assert CORPUS is not None
    source = Source(file, (CORPUS / file).read_text("utf-8"))
    assert importers.detect(source) == (kind,)
    if file.endswith("kustomization.yaml"):
        with pytest.raises(Rejected, match="kustomization"):
            told(kind, source)
    else:
        told(kind, source)


EDGES = {
    *(
        f"frontend -> {name}service"
        for name in [
            "ad",
            "cart",
            "checkout",
            "currency",
            "productcatalog",
            "recommendation",
            "shipping",
        ]
    ),
    *(
        f"checkoutservice -> {name}service"
        for name in ["cart", "currency", "email", "payment", "productcatalog", "shipping"]
    ),
    "recommendationservice -> productcatalogservice",
    "cartservice -> redis-cart",
    "loadgenerator -> frontend",
}


@beside
@pytest.mark.parametrize(
    "patterns",
    [
        ("release/*.yaml",),
        ("kustomize/base/*.yaml",),
        ("release/*.yaml", "istio-manifests/*.yaml"),
        ("release/*.yaml", "kustomize/components/network-policies/network-policy-*.yaml"),
    ],
)
def test_the_boutique_has_sixteen_flows(patterns: tuple[str, ...]) -> None:
    shop = read(*(f"{BOUTIQUE}/{pattern}" for pattern in patterns))
    assert len(EDGES) == 16
    assert shop.ends == EDGES
    assert shop.kinds["redis-cart"] == "store"
    assert shop.line("service frontend").endswith(" exposed = yes")
    assert shop.text.count("exposed = yes") == 1


@beside
@pytest.mark.parametrize(
    "patterns",
    [("complete-demo.yaml",), ("manifests/*.y*ml",), ("manifests/*", "manifests-policy/*")],
)
def test_of_the_socks_one_flow_is_seen(patterns: tuple[str, ...]) -> None:
    shop = read(*(f"{SOCKS}/{pattern}" for pattern in patterns))
    assert shop.ends == {"sock-shop/user -> sock-shop/user-db"}
    assert len(shop.kinds) == 14
    assert {id for id, kind in shop.kinds.items() if kind == "store"} == {
        f"sock-shop/{name}"
        for name in ["carts-db", "catalogue-db", "orders-db", "rabbitmq", "session-db", "user-db"]
    }


@beside
@pytest.mark.parametrize(
    ("file", "flows"),
    [
        (
            "langfuse__langfuse/docker-compose.yml",
            {
                f"langfuse-{caller} -> {store}"
                for caller in ("web", "worker")
                for store in ("clickhouse", "minio", "postgres", "redis")
            },
        ),
        (
            "coollabsio__coolify/templates/compose/twenty.yaml",
            {
                *(
                    f"{c} -> {store}"
                    for c in ("twenty", "worker")
                    for store in ("postgres", "redis")
                ),
                *(f"{c} -> volumes.twenty-local-storage" for c in ("twenty", "worker")),
                *(f"volumes.twenty-local-storage -> {c}" for c in ("twenty", "worker")),
                *(
                    f"{c} -> {c}.environment.{key}"
                    for c in ("twenty", "worker")
                    for key in (
                        "EMAIL_SMTP_HOST",
                        "FRONT_BASE_URL",
                        "SERVER_URL",
                        "STORAGE_S3_ENDPOINT",
                    )
                ),
            },
        ),
        (
            "coollabsio__coolify/templates/compose/calcom.yaml",
            {
                "calcom -> postgresql",
                "calcom -> calcom.environment.EMAIL_SERVER_HOST",
                "calcom -> calcom.environment.NEXTAUTH_URL",
                "calcom -> calcom.environment.NEXT_PUBLIC_API_V2_URL",
                "calcom -> calcom.environment.NEXT_PUBLIC_WEBAPP_URL",
            },
        ),
        (
            "docker__awesome-compose/nextcloud-redis-mariadb/compose.yaml",
            {"nc -> db", "nc -> redis"},
        ),
        ("docker__awesome-compose/prometheus-grafana/compose.yaml", set()),
        ("mattermost__docker/docker-compose.yml", set()),
        ("docker__awesome-compose/wordpress-mysql/compose.yaml", {"wordpress -> db"}),
        (
            "docker__awesome-compose/pihole-cloudflared-DoH/compose.yaml",
            {"pihole -> cloudflared", "pihole -> 1.1.1.1"},
        ),
    ],
)
def test_the_flows_that_were_read_by_hand(file: str, flows: set[str]) -> None:
    assert read(f"{COMPOSE}/{file}", kind="compose").ends == flows
