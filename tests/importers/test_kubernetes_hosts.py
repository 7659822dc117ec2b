"""Manifests of Kubernetes: hosts that hooks, volumes and copies of requests name."""

from __future__ import annotations

import pytest

from tests.importers.manifests import caller, env, kubernetes, route, workload

HOST = "in.pay.com"
OUT = f"""apiVersion: v1
kind: Service
metadata: {{name: out}}
spec: {{type: ExternalName, externalName: {HOST}}}
"""


@pytest.mark.parametrize(
    "settings",
    [
        f"lifecycle: {{postStart: {{exec: {{command: [curl, 'https://{HOST}']}}}}}}",
        f"lifecycle: {{preStop: {{exec: {{command: [sh, -c, 'scp x me@{HOST}:y']}}}}}}",
        f"lifecycle: {{preStop: {{httpGet: {{host: {HOST}, port: 80}}}}}}",
        f"lifecycle: {{preStop: {{tcpSocket: {{host: {HOST}, port: 80}}}}}}",
    ],
)
def test_whom_a_hook_calls(settings: str) -> None:
    assert caller(settings).ends == {f"web -> {HOST}"}


def test_checks_of_health_are_counted() -> None:
    shop = caller(f"livenessProbe: {{exec: {{command: [curl, 'https://{HOST}']}}}}")
    assert not shop.ends
    assert shop.count("checks of health") == 1


@pytest.mark.parametrize(
    ("volume", "named"),
    [
        (f"nfs: {{server: {HOST}, path: /x}}", True),
        (f"csi: {{driver: s3.csi.pay.com, volumeAttributes: {{server: {HOST}}}}}", True),
        (f"csi: {{driver: d, volumeAttributes: {{share: '{HOST}:/x'}}}}", True),
        ("csi: {driver: s3.csi.pay.com, volumeAttributes: {bucket: b}}", False),
        ("emptyDir: {}", None),
    ],
)
def test_the_machines_on_which_volumes_lie(volume: str, named: bool | None) -> None:
    shop = kubernetes(workload("web", pods=f"volumes: [{{name: v, {volume}}}]"))
    assert shop.ends == ({f"web -> {HOST}"} if named else set())
    assert shop.count("volumes that lie elsewhere") == (named is not None)


GATEWAY = (
    "{{parentRefs: [{{kind: Service, name: db}}], rules: [{{backendRefs: [{{name: db{}}}]{}}}]}}"
)
COPY = ", filters: [{type: RequestMirror, requestMirror: {backendRef: {name: out}}}]"
MESH = "{{hosts: [db], http: [{{route: [{{destination: {{host: {}}}}}]{}}}]}}"
ENTRY = f"apiVersion: g/v1\nkind: ServiceEntry\nmetadata: {{name: e}}\nspec: {{hosts: [{HOST}]"


@pytest.mark.parametrize(
    ("kind", "spec", "more"),
    [
        ("HTTPRoute", GATEWAY.format("", COPY), ""),
        ("HTTPRoute", GATEWAY.format(COPY, ""), ""),
        ("VirtualService", MESH.format("db", f", mirror: {{host: {HOST}}}"), ""),
        (
            "VirtualService",
            MESH.format("db", f", mirrors: [{{destination: {{host: {HOST}}}}}]"),
            "",
        ),
        ("VirtualService", MESH.format("db", f", mirror: {{host: {HOST}}}"), f"{ENTRY}}}"),
    ],
)
def test_a_copy_of_requests_flows_to_whom_it_goes(kind: str, spec: str, more: str) -> None:
    shop = caller(env("db:1"), OUT, route(kind, spec), *([more] if more else []))
    assert shop.ends == {"web -> db", f"web -> {HOST}"}


def test_a_route_to_a_host_that_no_entry_tells_leads_out() -> None:
    shop = caller(env("db:1"), route("VirtualService", MESH.format(HOST, "")))
    assert shop.ends == {f"web -> {HOST}"}


def test_annotations_of_routes_that_name_somebody_are_counted() -> None:
    said = f"n.org/mirror-target: 'https://{HOST}', d.org/hostname: {HOST}"
    ingress = route("Ingress", "{defaultBackend: {service: {name: db}}}")
    shop = caller("", ingress.replace("{name: r}", f"{{name: r, annotations: {{{said}}}}}"))
    assert not shop.ends
    assert shop.count("annotations of routes") == 1


@pytest.mark.parametrize("inside", [True, False])
def test_a_route_to_what_is_not_here_is_counted(inside: bool) -> None:
    entry = f"{ENTRY}, location: MESH_INTERNAL}}"
    spec = MESH.format("db", f", mirror: {{host: {HOST if inside else 'gone'}}}")
    shop = caller(env("db:1"), entry, route("VirtualService", spec))
    assert shop.ends == {"web -> db"}
    assert shop.count("services that are not here") == 1
