"""Manifests of Kubernetes: what the volumes lie on that workloads mount."""

from __future__ import annotations

import pytest

from tests.importers.manifests import kubernetes, workload


def claimed(*objects: str) -> str:
    """A workload that mounts a claim, and the objects behind it."""
    pods = "volumes: [{name: v, persistentVolumeClaim: {claimName: files}}]"
    return "\n---\n".join([workload("web", pods=pods), *objects])


def claim(spec: str) -> str:
    """The claim."""
    return f"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: files}}\nspec: {spec}"


def volume(spec: str) -> str:
    """A volume."""
    return f"apiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: pv}}\nspec: {spec}"


S3 = "csi: {driver: s3.csi.aws.com, volumeHandle: h, volumeAttributes: {bucketName: orders}}"
CLASS = """apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: shared}
provisioner: efs.csi.aws.com
parameters: {provisioningMode: efs-ap, fileSystemId: fs-07}"""


@pytest.mark.parametrize(
    ("objects", "store"),
    [
        ((claim("{volumeName: pv}"), volume(f"{{{S3}}}")), "aws:s3:orders"),
        ((claim("{}"), volume(f"{{claimRef: {{name: files}}, {S3}}}")), "aws:s3:orders"),
        ((volume("{claimRef: {name: files}, nfs: {server: 10.0.0.5, path: /up}}"),), "10.0.0.5:/up"),
        (
            (volume("{claimRef: {name: files}, csi: {driver: efs.csi.aws.com, volumeHandle: 'fs-07::fsap-1'}}"),),
            "aws:elasticfilesystem:file-system/fs-07",
        ),
        ((claim("{storageClassName: shared}"), CLASS), "aws:elasticfilesystem:file-system/fs-07"),
    ],
)  # fmt: skip
def test_what_a_claim_lies_on_is_read_and_written(objects: tuple[str, ...], store: str) -> None:
    """By the name of a volume, by the claim that a volume is for, or by what a class makes."""
    told = kubernetes(claimed(*objects))
    assert told.kinds == {"web": "service", store: "store"}
    assert told.ends == {f"web -> {store}", f"{store} -> web"}
    assert not told.count("not read")


def test_what_is_mounted_to_be_read_is_read() -> None:
    """Two who share a bucket by a claim of each have that one between them."""
    attributes = "volumeAttributes: {bucketName: pages}"
    pods = f"volumes: [{{name: v, csi: {{driver: gcsfuse.csi.storage.gke.io, %s{attributes}}}}}]"
    told = kubernetes(
        workload("web", pods=pods % "readOnly: true, "), workload("desk", pods=pods % "")
    )
    assert told.ends == {
        "google:storage:pages -> web",
        "google:storage:pages -> desk",
        "desk -> google:storage:pages",
    }
    assert told.imported.outside["google:storage:pages"] == ("google:storage:pages",)


def test_a_machine_of_the_public_net_or_a_service_is_called_as_before() -> None:
    """Behind a claim as where a workload names it itself."""
    nfs = "{{claimRef: {{name: files}}, nfs: {{server: {}, path: /up}}}}"
    assert kubernetes(claimed(volume(nfs.format("in.pay.com")))).ends == {"web -> in.pay.com"}
    told = kubernetes(claimed(volume(nfs.format("nfs.default.svc.cluster.local"))), workload("nfs"))
    assert told.ends == {"web -> nfs"}


def test_a_volume_that_nobody_claims_and_what_is_not_known_are_counted() -> None:
    """So are volumes of drivers of which only hosts are read."""
    told = kubernetes(claimed(claim("{volumeName: pv}"), volume("{csi: {driver: x.org}}")))
    assert told.count("volumes that lie elsewhere") == 1
    assert kubernetes(workload("web"), volume(f"{{{S3}}}")).count("`PersistentVolume`") == 1
