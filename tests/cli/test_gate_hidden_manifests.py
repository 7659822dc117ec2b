"""A change of files of Terraform that hides whom a manifest names which it applies: undetermined, and never mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_gate_hidden import POLICY
from tests.cli.test_gate_hidden_hcl import BASE, GATE, THERE, VARIABLE, put

OVERLAY = """\
system shop  for policy stays

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  service %s.web  extern
}
buyer -> %s.web : email_address
"""
POD = """\
resource "kubectl_manifest" "web" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec: {containers: [{image: x, env: [%s]}]}
  YAML
}
"""
OBJECT = """\
resource "kubernetes_manifest" "web" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "web" }
    spec       = { containers = [{ image = "x", env = [%s] }] }
  }
}
"""
BLOCKS = """\
resource "kubernetes_pod" "web" {
  metadata { name = "web" }
  spec { container { env {
    name  = "MAIL"
    %s
  } } }
}
"""
TEXT = "{name: MAIL, value: 'https://api.mail.com'}"
OF_OBJECT = '{ name = "MAIL", value = "https://api.mail.com" }'
VALUE = 'value = "https://api.mail.com"'
SECRET = "{name: MAIL, valueFrom: {secretKeyRef: {name: s, key: k}}}"
HIDING = {
    "a variable in a text": (POD % TEXT, VARIABLE + POD % "{name: MAIL, value: '${var.m}'}"),
    "a secret in a text": (POD % TEXT, POD % SECRET),
    "a file": (POD % TEXT, POD.partition("<<-")[0] % () + 'file("web.yaml")\n}\n'),
    "a variable in an object": (
        OBJECT % OF_OBJECT,
        VARIABLE + OBJECT % '{ name = "MAIL", value = var.m }',
    ),
    "a file of an object": (
        OBJECT % OF_OBJECT,
        OBJECT.partition("{\n    api")[0] + 'yamldecode(file("web.yaml"))\n}\n',
    ),
    "a variable in a block": (BLOCKS % VALUE, VARIABLE + BLOCKS % "value = var.m"),
    "a secret in a block": (
        BLOCKS % VALUE,
        BLOCKS % 'value_from { secret_key_ref {\n      name = "s"\n      key = "k"\n    } }',
    ),
}


@pytest.mark.parametrize(("base", "head"), HIDING.values(), ids=HIDING)
def test_whom_a_change_hides_is_not_mended(
    here: Path, monkeypatch: pytest.MonkeyPatch, lawful: Run, base: str, head: str
) -> None:
    """Whether a value is hidden, or all that the object is."""
    type = base.split('"')[1]
    for side in ("base", "head"):
        folder = here / side
        folder.mkdir()
        (folder / "stays.law").write_text(POLICY, "utf-8")
        (folder / "over.flow").write_text(
            OVERLAY % (type, type) + (THERE if side == "base" else ""), "utf-8"
        )
    monkeypatch.chdir(here / "head")
    put(here, base, head)
    result = lawful(*GATE, *BASE)
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out
