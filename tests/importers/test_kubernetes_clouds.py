"""Manifests of Kubernetes: what clouds make for objects, where it is, and who uses it."""

from __future__ import annotations

import pytest

from tests.importers.manifests import caller, kubernetes, workload
from tests.importers.test_kubernetes_custom import object_of


@pytest.mark.parametrize(
    ("api", "kind", "spec", "said"),
    [
        ("rds.aws.upbound.io/v1beta1", "Instance", "{forProvider: {region: us-east-1}}", "store x in US"),
        ("dynamodb.aws.m.upbound.io/v1beta1", "Table", "{forProvider: {region: eu-west-1}}", "store x in IE"),
        ("sql.cnrm.cloud.google.com/v1beta1", "SQLInstance", "{region: europe-west3}", "store x in DE"),
        ("dbforpostgresql.azure.com/v1api2", "FlexibleServer", "{location: westeurope}", "store x in NL"),
        ("sqs.services.k8s.aws/v1alpha1", "Queue", "{}", "store x in unknown"),
        ("cloudrun.gcp.upbound.io/v1beta1", "Service", "{forProvider: {location: europe-west1}}", "service x in BE"),
        ("lambda.aws.upbound.io/v1beta1", "Function", "{forProvider: {region: eu-west-3}}", "service x in FR"),
    ],
)  # fmt: skip
def test_what_a_cloud_makes_is_a_node_in_its_region(
    api: str, kind: str, spec: str, said: str
) -> None:
    assert kubernetes(object_of(api, kind, "x", spec)).line(said.split()[0]) == said


def test_a_bucket_is_known_by_the_name_that_it_has() -> None:
    """To a workload that calls it, to one that mounts it, and to other files."""
    bucket = object_of(
        "s3.aws.upbound.io/v1beta1", "Bucket", "orders", "{forProvider: {region: us-east-1}}"
    )
    csi = "csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: orders}}"
    told = kubernetes(
        workload("web", "env: [{name: TO, value: 's3://orders/x'}]"),
        workload("desk", pods=f"volumes: [{{name: v, {csi}}}]"),
        bucket,
    )
    assert told.ends == {"web -> orders", "desk -> orders", "orders -> desk"}
    assert told.line("store orders") == "store orders in US"
    assert told.imported.answers == {"aws:s3:orders": "orders"}


def test_what_only_gives_rights_is_counted() -> None:
    role = object_of("iam.aws.upbound.io/v1beta1", "Role", "x", "{}")
    told = caller("", role)
    assert "x" not in told.kinds
    assert told.count("`Role`") == 1
