"""A change that hides whom a setting names: what is not told any more is undetermined, and never mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

POLICY = """\
policy stays "Stays"
  by shop
  effective 2025-01-01

use common

forbid abroad: transfer of personal_data unless in EEA
"""
OVERLAY = """\
system compose  for policy stays

party shop "The shop"  controller  in FR
subject buyer  is customer  in FR

shop {
  service web  extern  in FR
}
buyer -> web : email_address
"""
THERE = "each recipient api.mail.com in US\n"
MAIL = "    environment:\n      MAIL: https://api.mail.com\n"
OF_MAIL = """\
services:
  mailer:
    image: shop/mailer
    environment: {MAIL: "https://api.mail.com"}
"""


def compose(web: str, before: str = "") -> str:
    return f"{before}services:\n  web:\n    image: shop/web\n{web}"


def manifest(settings: str) -> str:
    return f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  template:
    spec:
      containers:
      - name: web
        image: shop/web
        {settings}
"""


@pytest.fixture
def sides(here: Path) -> Path:
    """The folder of a change, with what both sides have beside the files of a deployment."""
    for side, overlay in (("base", OVERLAY + THERE), ("head", OVERLAY)):
        folder = here / side
        folder.mkdir()
        (folder / "stays.law").write_text(POLICY, "utf-8")
        (folder / "over.flow").write_text(overlay, "utf-8")
    return here


def put(sides: Path, base: str, head: str) -> None:
    (sides / "base" / "compose.yaml").write_text(base, "utf-8")
    (sides / "head" / "compose.yaml").write_text(head, "utf-8")


COMPARED = (
    "gate",
    "compose.yaml",
    "--with",
    "over.flow",
    "--base",
    "../base/compose.yaml",
)
HIDING = {
    "a variable": (compose(MAIL), compose("    environment: {MAIL: '${SENDING}'}\n")),
    "a variable that is empty": (compose(MAIL), compose("    environment: {MAIL: '${S:-}'}\n")),
    "a variable of another name": (compose(MAIL), compose("    environment: {M: '${S}'}\n")),
    "a file with a secret": (compose(MAIL), compose("    environment: {MAIL_FILE: /run/m}\n")),
    "a secret that is mounted": (compose(MAIL), compose("    secrets: [mail]\n")),
    "a file of variables": (compose(MAIL), compose("    env_file: none.env\n")),
    "a service to extend": (
        compose(MAIL),
        compose("    extends: {file: none.yaml, service: web}\n"),
    ),
    "a key of a secret": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("env: [{name: M, valueFrom: {secretKeyRef: {name: s, key: k}}}]"),
    ),
    "a config map": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("envFrom: [{configMapRef: {name: none}}]"),
    ),
    "another variable": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("env: [{name: M, value: $(NONE)}]"),
    ),
    "a key that is called after nothing": (
        compose(MAIL),
        compose("    environment: {M: api.mail.com}\n"),
    ),
    "a label": (compose(MAIL), compose("    labels: {m: 'https://api.mail.com/x'}\n")),
    "what it is built with": (
        compose(MAIL),
        compose("    build: {args: {M: 'https://api.mail.com'}}\n"),
    ),
    "a file that is mounted": (compose(MAIL), compose("    volumes: ['./m.env:/app/.env:ro']\n")),
    "an annotation": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("").replace("{name: web}", "{name: web, annotations: {m: 'api.mail.com:443'}}", 1),
    ),
    "a check of health": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("livenessProbe: {exec: {command: [curl, 'https://api.mail.com']}}"),
    ),
    "a folder of the machine": (
        manifest("env: [{name: M, value: 'https://api.mail.com'}]"),
        manifest("").replace(
            "      containers", "      volumes: [{name: v, hostPath: {path: /m}}]\n      containers"
        ),
    ),
}


@pytest.mark.parametrize(("base", "head"), HIDING.values(), ids=HIDING)
def test_whom_a_change_hides_is_not_mended(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch, base: str, head: str
) -> None:
    put(sides, base, head)
    monkeypatch.chdir(sides / "head")
    result = lawful(*COMPARED)
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out
    assert "it is not told who is named" in result.out


@pytest.mark.parametrize(("base", "head"), HIDING.values(), ids=HIDING)
def test_a_baseline_knows_whom_a_change_hides(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch, base: str, head: str
) -> None:
    put(sides, base, head)
    monkeypatch.chdir(sides / "base")
    written = lawful(*COMPARED[:4], "--write-baseline", "../known.json")
    assert written.status == 0
    monkeypatch.chdir(sides / "head")
    result = lawful(*COMPARED[:4], "--baseline", "../known.json")
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out


FILE = "    env_file: none.env\n"
MENDING = {
    "nothing in its place": (compose(MAIL), compose("")),
    "another address": (compose(MAIL), compose("    environment: {MAIL: 'http://localhost'}\n")),
    "a folder that was there before": (
        compose(f"{MAIL}    volumes: ['./m:/m']\n"),
        compose("    volumes: ['./m:/m']\n"),
    ),
    "another host, that is not plain": (
        compose(MAIL),
        compose("    environment: {M: other.mail.com}\n"),
    ),
    "an image": (compose(MAIL), compose("    build: {args: {image: api.mail.com/web}}\n")),
    "a level in its place": (
        compose(MAIL),
        compose("    environment: {LOG_LEVEL: '${L}', PASSWORD: '${P}'}\n"),
    ),
    "what was unknown before": (
        compose(f"{MAIL}      X: ${{X}}\n"),
        compose("    environment: {X: '${X}'}\n"),
    ),
    "a path that is unknown": (
        compose(MAIL),
        compose("    environment: {MAIL: 'http://localhost/${X}'}\n"),
    ),
    "what a file of variables cannot overrule": (
        compose(f"{FILE}{MAIL}"),
        compose(f"{FILE}    environment: {{MAIL: 'http://web/'}}\n"),
    ),
}


@pytest.mark.parametrize(("base", "head"), MENDING.values(), ids=MENDING)
def test_what_is_taken_out_is_mended(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch, base: str, head: str
) -> None:
    put(sides, base, head)
    monkeypatch.chdir(sides / "head")
    result = lawful(*COMPARED)
    assert "1 mended" in result.out
    assert result.status in (0, 2)  # with 2, as nothing is left that the rule is about
    assert "undetermined, as" not in result.out


def test_a_file_to_include_that_is_not_there_hides_its_services(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = compose("    environment: {MAILER: 'http://mailer'}\n", "include: [mail.yaml]\n")
    put(sides, text, text)
    (sides / "base" / "mail.yaml").write_text(OF_MAIL, "utf-8")
    for side in ("base", "head"):
        over = sides / side / "over.flow"
        placed = "service mailer extern\n}"
        over.write_text(over.read_text("utf-8").replace("}", placed), "utf-8")
    monkeypatch.chdir(sides / "head")
    result = lawful(*COMPARED)
    assert result.status == 1
    assert "`abroad` was broken, and is undetermined" in result.out


def test_who_is_hidden_may_be_told(
    sides: Path, lawful: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(sides, *HIDING["a variable"])
    over = sides / "head" / "over.flow"
    told = "store web.environment.MAIL in FR extern\n}"
    over.write_text(over.read_text("utf-8").replace("}", told), "utf-8")
    monkeypatch.chdir(sides / "head")
    result = lawful(*COMPARED)
    assert result.status == 0
    assert "mended" in result.out
