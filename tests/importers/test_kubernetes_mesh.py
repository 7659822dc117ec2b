"""Manifests of Kubernetes: what a mesh encrypts, and what passes by it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.importers.manifests import caller, env, kubernetes, peers, route, workload

ONE = ", selector: {matchLabels: {app: db}}"
OTHER = ", selector: {matchLabels: {app: web}}"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([peers("STRICT")], True),
        ([peers("STRICT", "istio-system")], True),
        ([peers("STRICT", "elsewhere")], False),
        ([peers("PERMISSIVE")], False),
        ([peers("STRICT", more=ONE)], True),
        ([peers("STRICT", more=OTHER)], False),
        ([peers("STRICT", "istio-system"), peers("PERMISSIVE")], False),
        ([peers("PERMISSIVE"), peers("STRICT", more=ONE)], True),
        ([peers("STRICT", more=", portLevelMtls: {80: {mode: DISABLE}}")], False),
        (
            [route("DestinationRule", "{host: db, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}")],
            True,
        ),
        ([route("DestinationRule", "{host: db, trafficPolicy: {tls: {mode: DISABLE}}}")], False),
    ],
)
def test_a_mesh_that_takes_only_tls_is_a_measure(texts: Sequence[str], expected: bool) -> None:
    shop = caller(env("db:1"), *texts)
    assert shop.line("web -> db") == "web -> db" + " using tls ..." * expected


RULE = "{{host: db, trafficPolicy: {{tls: {{mode: MUTUAL}}{port}}}{more}}}"
BESIDE = "sidecar.istio.io/inject: 'false'"


@pytest.mark.parametrize(
    ("apart", "said", "texts", "expected"),
    [
        ("db", BESIDE, [peers("STRICT")], False),
        ("db", "traffic.sidecar.istio.io/excludeInboundPorts: '6379'", [peers("STRICT")], False),
        ("db", BESIDE, [route("DestinationRule", RULE.format(port="", more=""))], True),
        ("web", BESIDE, [peers("STRICT")], True),
        ("web", BESIDE, [route("DestinationRule", RULE.format(port="", more=""))], False),
        (
            "",
            "",
            [
                route(
                    "DestinationRule",
                    RULE.format(port=", portLevelSettings: [{port: {number: 1}}]", more=""),
                )
            ],
            False,
        ),
        ("", "", [route("DestinationRule", RULE.format(port="", more=", exportTo: ['.']"))], False),
        (
            "",
            "",
            [
                peers("STRICT", more=ONE),
                peers("DISABLE", more=", selector: {matchLabels: {app: db}} "),
            ],
            False,
        ),
    ],
)
def test_what_passes_by_the_mesh_is_not_encrypted_by_it(
    apart: str, said: str, texts: Sequence[str], expected: bool
) -> None:
    pods = [workload("web", env("db:1")), workload("db", image="redis"), *texts]
    plain = f"metadata: {{labels: {{app: {apart}}}}}"
    shop = kubernetes(
        *(each.replace(plain, f"{plain[:-1]}, annotations: {{{said}}}}}") for each in pods)
    )
    assert shop.line("web -> db") == "web -> db" + " using tls ..." * expected
