"""A change that hides on what a volume lies, or which folder is mounted: undetermined, and never mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate_hidden import COMPARED, OVERLAY, POLICY, manifest

CLAIM = "      volumes: [{name: v, persistentVolumeClaim: {claimName: files}}]\n      containers"
MOUNTED = manifest("").replace("      containers", CLAIM)
VOLUME = """\
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec:
  claimRef: {name: files}
  csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: orders}}
"""
FOLDERS = """\
services:
  web: {image: shop/web, volumes: ['%s:/up']}
  mail: {image: shop/mail, volumes: ['%s:/in']}
"""
SINK = """\
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  f: |
    [OUTPUT]
      Name es
      Host es.mail.com
"""
LOGS = manifest("").replace(
    "      containers", "      volumes: [{name: v, configMap: {name: c}}]\n      containers"
)


@pytest.mark.parametrize(
    ("base", "head", "abroad"),
    [
        (MOUNTED + VOLUME, MOUNTED, "each store 'aws:s3:orders' in US"),
        (FOLDERS % ("./up", "./up"), FOLDERS % ("${UP}", "${UP}"), "each store './up' in US"),
        (LOGS + SINK, LOGS, "each recipient es.mail.com in US"),
    ],
    ids=["a volume", "a folder", "a file of a collector"],
)
def test_what_is_not_told_any_more_is_undetermined(
    here: Path, monkeypatch: pytest.MonkeyPatch, lawful: Run, base: str, head: str, abroad: str
) -> None:
    """Where what was named is not in the files any more, it may be there still."""
    for side, text in (("base", base), ("head", head)):
        folder = here / side
        folder.mkdir()
        (folder / "stays.law").write_text(POLICY, "utf-8")
        overlay = OVERLAY + (f"{abroad}\n" if side == "base" else "")
        (folder / "over.flow").write_text(overlay, "utf-8")
        (folder / "compose.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(here / "head")
    result = lawful(*COMPARED)
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out
