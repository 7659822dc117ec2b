"""Manifests of Kubernetes that Terraform applies: read as those that stand in files of their own."""

from __future__ import annotations

import json

from lawful.importers import Imported, terraform_hcl
from lawful_dsl import syntax as s
from lawful_dsl.source import Source
from tests.importers.manifests import workload
from tests.importers.plans import before, block, change, flows_of, imported, plan


def applied(**texts: str) -> Imported:
    """What is told where these manifests are applied as texts."""
    blocks = (
        f'resource "kubectl_manifest" "{name}" {{\n  yaml_body = {json.dumps(text)}\n}}\n'
        for name, text in texts.items()
    )
    return terraform_hcl.read([Source("main.tf", "".join(blocks))], name="shop")


def nodes(told: Imported) -> dict[str, s.NodeDecl]:
    """The nodes by their ids."""
    return {n.id.text: n for n in told.flows.statements if isinstance(n, s.NodeDecl)}


def parts(text: str) -> list[str]:
    """The documents of a text: a workload and its service."""
    return [each for each in text.split("---") if each.strip()]


WEB, _ = parts(
    workload(
        "web",
        "env: [{name: DB_HOST, value: db}, {name: PAY, value: 'https://in.pay.com'},"
        " {name: MAIL_URL, valueFrom: {secretKeyRef: {name: s, key: url}}}]",
    )
)
DB, SERVED = parts(workload("db", image="postgres"))


def test_what_one_manifest_calls_is_what_another_one_makes() -> None:
    """Under the addresses of those who apply them; whom a secret names is somebody."""
    told = applied(web=WEB, db=DB, served=SERVED)
    assert flows_of(told) == {
        "kubectl_manifest.web -> kubectl_manifest.db",
        "kubectl_manifest.web -> in.pay.com",
        "kubectl_manifest.web -> kubectl_manifest.web.env.MAIL_URL",
    }
    kinds = {id: node.kind for id, node in nodes(told).items()}
    assert kinds["kubectl_manifest.db"] == "store"
    assert "kubectl_manifest.served" not in kinds
    assert "Not told here" in str(nodes(told)["kubectl_manifest.web.env.MAIL_URL"].label)
    assert nodes(told)["kubectl_manifest.db"].span.line == 4


def test_an_object_of_an_operator_is_a_node_and_others_are_counted() -> None:
    """As in manifests; what cannot be read is of a type that is not known."""
    mirror = (
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaMirrorMaker2\nmetadata: {name: copy}\nspec:\n"
        "  clusters: [{alias: a, bootstrapServers: 'kafka.partner.com:9092'}]\n"
        "  mirrors: [{sourceCluster: a}]\n"
    )
    scaled = "apiVersion: keda.sh/v1\nkind: ScaledObject\nmetadata: {name: x}\n"
    told = applied(copy=mirror, scaled=scaled, torn="{")
    assert flows_of(told) == {
        "kafka.partner.com -> kubectl_manifest.copy",
        "kubectl_manifest.copy -> kafka.partner.com",
    }
    said = [str(each) for each in told.notices]
    assert "1 in manifests: objects of kind `ScaledObject`: not read" in said
    assert "1 resources are of types that are not known: kubectl_manifest" in said


def test_each_provider_is_a_cluster_of_its_own() -> None:
    """What is called in one is not what another one has by that name."""
    text = "".join(
        f'resource "kubectl_manifest" "{name}" {{\n  provider = kubectl.{alias}\n  yaml_body = {json.dumps(said)}\n}}\n'
        f'provider "kubectl" {{\n  alias = "{alias}"\n}}\n'
        for alias, name, said in (("eu", "web", WEB), ("us", "db", DB))
    )
    served = f'resource "kubectl_manifest" "s" {{\n  provider = kubectl.us\n  yaml_body = {json.dumps(SERVED)}\n}}\n'
    told = terraform_hcl.read([Source("main.tf", text + served)], name="shop")
    assert "kubectl_manifest.web -> kubectl_manifest.db" not in flows_of(told)


def test_in_a_plan_it_is_the_object_and_what_it_refers_to() -> None:
    """What the plan makes is known by its host; a text that is sensitive is not read, the one beside it is."""
    manifest = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web"},
        "spec": {
            "containers": [
                {
                    "image": "x",
                    "env": [{"name": "DB_HOST", "value": "db.eu-west-1.rds.amazonaws.com"}],
                }
            ]
        },
    }
    hidden = {"yaml_body": WEB, "yaml_body_parsed": WEB.replace("in.pay.com", "out.pay.com")}
    value = plan(
        change("kubernetes_manifest.web", {"manifest": manifest}),
        change(
            "aws_db_instance.db",
            {
                "address": "db.eu-west-1.rds.amazonaws.com",
                "endpoint": "db.eu-west-1.rds.amazonaws.com:5432",
            },
        ),
        change("kubectl_manifest.k", hidden, sensitive={"yaml_body": True}),
        change("kubectl_manifest.s", {"yaml_body": WEB}, sensitive={"yaml_body": True}),
        root=[
            block("kubernetes_manifest.web"),
            block("kubectl_manifest.k"),
            block("kubectl_manifest.s"),
        ],
    )
    ends = flows_of(imported(value))
    assert "kubernetes_manifest.web -> aws_db_instance.db" in ends
    assert "kubectl_manifest.k -> out.pay.com" in ends
    assert not any("in.pay.com" in each or "manifest.s" in each for each in ends)


def test_what_was_before_is_read_so_too() -> None:
    """So that a change shows."""
    was = {"yaml_body": WEB}
    value = plan(change("kubectl_manifest.web", {"yaml_body": DB}, before=was))
    assert "kubectl_manifest.web -> in.pay.com" in flows_of(before(value))
    assert not flows_of(imported(value))


TYPED = """
resource "kubernetes_deployment" "web" {
  metadata { name = "web" }
  spec { template { spec {
    container {
      env {
        name  = "DB_HOST"
        value = "db"
      }
      env_from { config_map_ref { name = "conf" } }
    }
    volume {
      name = "v"
      persistent_volume_claim { claim_name = "files" }
    }
  } } }
}
resource "kubernetes_config_map_v1" "conf" {
  metadata { name = "conf" }
  data = { PAY_URL = "https://in.pay.com", PAGE = "https://other.pay.com" }
}
resource "kubernetes_persistent_volume" "pv" {
  metadata { name = "pv" }
  spec {
    claim_ref { name = "files" }
    persistent_volume_source { csi {
      driver            = "s3.csi.aws.com"
      volume_attributes = { bucketName = aws_s3_bucket.orders.bucket }
    } }
  }
}
resource "aws_s3_bucket" "orders" { bucket = "orders" }
resource "kubernetes_service" "db" {
  metadata { name = "db" }
  spec {
    selector = { app = "db" }
    type     = "LoadBalancer"
  }
}
resource "kubernetes_manifest" "db" {
  manifest = yamldecode(%s)
}
resource "kubernetes_stateful_set" "db" {
  metadata { name = "db" }
  spec { template {
    metadata { labels = { app = "db" } }
    spec { container { image = "postgres:16" } }
  } }
}
"""


def test_objects_that_are_written_as_blocks_are_read_so_too() -> None:
    """With services, config maps, volumes and buckets that the plan makes."""
    told = terraform_hcl.read([Source("main.tf", TYPED % json.dumps(SERVED))], name="shop")
    web, db = "kubernetes_deployment.web", "kubernetes_stateful_set.db"
    assert flows_of(told) == {
        f"{web} -> {db}",
        f"{web} -> in.pay.com",
        f"{web} -> other.pay.com",
        f"{web} -> aws_s3_bucket.orders",
        f"aws_s3_bucket.orders -> {web}",
        f"internet -> {db}",
    }
    assert not any("make no flow" in each.text for each in told.notices)


def test_a_service_may_be_referred_to() -> None:
    """Its name need not be told: what refers to it calls those for whom it stands."""
    text = TYPED.replace(
        '"db"\n      }\n      env_from',
        "kubernetes_service.db.metadata[0].name\n      }\n      env_from",
    )
    assert text != TYPED
    told = terraform_hcl.read([Source("main.tf", text % json.dumps(SERVED))], name="shop")
    assert "kubernetes_deployment.web -> kubernetes_stateful_set.db" in flows_of(told)


def test_whom_a_service_selects_by_what_is_not_known_is_nobody() -> None:
    """Though it selects by something else as well; and names that are not known are not the same."""
    pods = 'metadata { labels = { app = "db", tier = "x" } }\n'
    served = """
    resource "kubernetes_service" "main" {
      spec {
        selector = { app = var.app, tier = "x" }
        type     = "LoadBalancer"
      }
    }
    resource "kubernetes_service" "other" {
      spec {
        selector = { %s }
        type     = "LoadBalancer"
      }
    }
    variable "app" {}
    """
    pod = f'resource "kubernetes_pod" "db" {{\n{pods}spec {{ container {{ image = "postgres" }} }}\n}}\n'
    for known, ends in (
        ("app = var.app", set()),
        ('app = "db"', {"internet -> kubernetes_pod.db"}),
    ):
        told = terraform_hcl.read([Source("main.tf", pod + served % known)], name="shop")
        assert flows_of(told) == ends


def test_what_is_sensitive_in_an_object_is_not_told() -> None:
    """Its host is nowhere in what is told."""
    env = [{"name": "PAY_URL", "value": "https://in.pay.com"}]
    spec = [{"container": [{"env": env}]}]
    mask = [{"container": [{"env": [{"value": True}]}]}]
    value = plan(change("kubernetes_pod.web", {"spec": spec}, sensitive={"spec": mask}))
    assert flows_of(imported(value)) == {"kubernetes_pod.web -> kubernetes_pod.web sensitive"}


def test_whom_a_manifest_named_before_that_is_not_known_is_somebody() -> None:
    """Of one that is known only after apply, and of one that others take their settings from."""
    value = plan(
        change("kubectl_manifest.web", {}, before={"yaml_body": WEB}, unknown={"yaml_body": True}),
        change("kubectl_manifest.new", {}, unknown={"yaml_body": True}),
    )
    assert flows_of(imported(value)) == {"kubectl_manifest.web -> kubectl_manifest.web.yaml_body"}
    meta = {"metadata": [{"name": "conf"}]}
    pod = {"spec": [{"container": [{"env_from": [{"config_map_ref": [{"name": "conf"}]}]}]}]}
    was = {**meta, "data": {"PAY_URL": "https://in.pay.com"}}
    value = plan(
        change("kubernetes_pod.web", pod, before=pod),
        change("kubernetes_config_map.conf", meta, before=was, unknown={"data": True}),
    )
    assert flows_of(imported(value)) == {"kubernetes_pod.web -> kubernetes_config_map.conf.data"}
    assert flows_of(before(value)) == {"kubernetes_pod.web -> in.pay.com"}
