"""Files of Compose: what goes through the machine on which services run, and the logs that leave it."""

from __future__ import annotations

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import Told, told

BESIDE = """
  till: {image: shop/till, ports: ["8080:80", "9000-9001:90-91", "5000"]}
  db: {image: postgres, ports: [{target: 5432, published: 5432, host_ip: 127.0.0.1}]}
"""


def web(lines: str) -> Told:
    """What is told where `web` has these lines."""
    own = "".join(f"    {line}\n" for line in lines.splitlines())
    return told(
        "compose", Source("compose.yaml", f"services:\n  web:\n    image: x\n{own}{BESIDE}")
    )


@pytest.mark.parametrize(
    ("lines", "targets"),
    [
        ("environment: {A: 'http://host.docker.internal:8080/v1'}", {"till"}),
        ("environment: {A: 'host.docker.internal:5432'}", {"db"}),
        ("extra_hosts: ['outer:host-gateway']\nenvironment: {A: 'http://outer:8080'}", {"till"}),
        ("network_mode: host\nenvironment: {A: 'postgres://localhost:5432/x'}", {"db"}),
        ("environment: {A: 'postgres://localhost:5432/x'}", set()),
        ("environment: {A: 'http://host.docker.internal:80'}", set()),
        ("environment: {A: 'http://host.docker.internal:9000'}", set()),
        ("environment: {A: 'http://host.docker.internal'}", set()),
    ],
)
def test_a_port_of_the_machine_is_that_of_who_publishes_it(lines: str, targets: set[str]) -> None:
    shop = web(lines)
    assert shop.ends == {f"web -> {target}" for target in targets}
    assert shop.count("machine itself: no flow") == (not targets)


def test_in_the_network_of_the_machine_it_is_not_known_who_is_exposed() -> None:
    assert web("network_mode: host").count("not known whether exposed") == 1


@pytest.mark.parametrize(
    ("logging", "target", "said"),
    [
        ("awslogs, options: {awslogs-region: us-east-1, awslogs-group: shop}",
         "aws:logs:us-east-1:log-group:shop", "in US"),
        ("awslogs, options: {awslogs-group: shop}", "aws:logs:log-group:shop", "in unknown"),
        ("awslogs, options: {awslogs-region: '${REGION}'}", "web.logging",
         "\"Not told here\" in unknown known_later = yes"),
        ("gcplogs, options: {gcp-project: shop}", "google:logs:shop", "in unknown"),
    ],
)  # fmt: skip
def test_logs_that_a_driver_sends_to_a_cloud_flow_there(
    logging: str, target: str, said: str
) -> None:
    shop = web(f"logging: {{driver: {logging}}}")
    assert shop.ends == {f"web -> {target}"}
    assert shop.line("store " + (f"'{target}'" if ":" in target else target)).endswith(said)
    assert (target in shop.imported.outside) == (":" in target)


def test_other_drivers_send_nothing_to_a_cloud() -> None:
    assert web("logging: {driver: json-file}").ends == set()
