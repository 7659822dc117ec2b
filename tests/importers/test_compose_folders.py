"""Files of Compose: folders of the machine that several services mount."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import Told, told


def shop(web: str, mail: str) -> Told:
    """What is told where two services have these mounts."""
    text = f"services:\n  web: {{image: x, volumes: [{web}]}}\n  mail: {{image: y, volumes: [{mail}]}}\n"
    return told("compose", Source("compose.yaml", text))


@pytest.mark.parametrize(
    ("web", "mail", "ends"),
    [
        ("'./up:/up'", "'./up/:/in:ro'", {"web -> ./up", "./up -> web", "./up -> mail"}),
        ("'/srv/up:/up:ro'", "'/srv/up/new:/in'", {"mail -> /srv/up", "/srv/up -> mail", "/srv/up -> web"}),
        ("{type: bind, source: up, target: /a}", "'./up:/b:ro'", {"web -> ./up", "./up -> web", "./up -> mail"}),
        ("'./up:/up'", "'./upper:/up'", set()),
    ],
)  # fmt: skip
def test_what_one_writes_in_a_folder_the_others_read(web: str, mail: str, ends: set[str]) -> None:
    """A folder is known by its path, and what lies in it is of it."""
    assert shop(web, mail).ends == ends


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("./app.yml", "files and folders of the machine itself"),
        ("/var/run/docker.sock", "files and folders of the machine itself"),
        ("/", "files and folders of the machine itself"),
        ("${DATA}/up", "files and folders of the machine itself"),
        ("./pages:/pages:ro", "none may write"),
    ],
)
def test_what_brings_nothing_for_sure_is_counted(path: str, said: str) -> None:
    """Files, what the machine itself has, and folders that nobody may write are no flow, and are told."""
    mount = path if path.endswith(":ro") else f"{path}:/x"
    both = shop(f"'{mount}'", f"'{mount}'")
    assert not both.ends
    assert both.count(said) == 1


def test_a_path_is_seen_from_the_file_that_says_it(tmp_path: Path) -> None:
    """What a file in another folder takes in lies in that folder."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "compose.yaml").write_text(
        "services: {mail: {image: y, volumes: ['../up:/in:ro', './up:/own']}}"
    )
    path = tmp_path / "compose.yaml"
    path.write_text(
        "include: [mail/compose.yaml]\nservices: {web: {image: x, volumes: ['./up:/up']}}"
    )
    told_of = told("compose", Source(str(path), path.read_text()))
    assert told_of.ends == {"web -> ./up", "./up -> web", "./up -> mail"}


def test_the_port_of_a_host_may_be_told_beside_it() -> None:
    """Who is in the network of the machine, and names it, calls who publishes the port under the next key."""
    text = """
services:
  web: {image: x, network_mode: host, environment: {DB_HOST: localhost, DB_PORT: 5432, MAIL_HOST: localhost}}
  db: {image: postgres, ports: ['5432:5432']}
"""
    found = told("compose", Source("compose.yaml", text))
    assert found.ends == {"web -> db"}
    assert found.count("machine itself: no flow") == 1


def test_a_file_of_a_collector_that_lies_beside_is_read(tmp_path: Path) -> None:
    """As it is mounted, or as a config; one that is not there, or not in the folder, is not."""
    sink = "[OUTPUT]\n  Name es\n  Host {}.partner.com\n"
    for name in ("a", "b"):
        (tmp_path / f"{name}.conf").write_text(sink.format(name))
    path = tmp_path / "in" / "compose.yaml"
    path.parent.mkdir()
    (tmp_path / "in" / "c.conf").write_text(sink.format("c"))
    path.write_text(
        "services: {logs: {image: x, configs: [c], volumes: ['../a.conf:/a', './none.conf:/n', './c.conf:/c']}}\n"
        "configs: {c: {file: ../b.conf}}\n"
    )
    assert told("compose", Source(str(path), path.read_text())).ends == {"logs -> c.partner.com"}
