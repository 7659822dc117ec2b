"""Keys of files that nobody knows: a slip may hide a flow, so that each is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import Told, told

SERVICE = "services:\n  web:\n    image: nginx\n    x-team: shop\n    {key}: [a]\n"


def events(outputs: str = "outputs", name: str = "name") -> Told:
    event = {
        "eventType": "COMPLETE",
        "eventTime": "2024-01-01T00:00:00Z",
        "run": {"runId": "1"},
        "job": {"namespace": "shop", "name": "nightly"},
        "inputs": [{"namespace": "db", name: "orders", "facets": {}}],
        outputs: [{"namespace": "db", "name": "report"}],
    }
    return told("openlineage", Source("events.json", json.dumps(event)))


@pytest.mark.parametrize("key", ["environmnt", "volums"])
def test_a_key_of_a_service_that_compose_does_not_have(key: str) -> None:
    read = told("compose", Source(str(Path("/nowhere/compose.yaml")), SERVICE.format(key=key)))
    assert read.count(f"key `{key}` of a service, which Compose does not have") == 1


def test_a_key_that_compose_has_is_not_counted() -> None:
    read = told("compose", Source("/nowhere/compose.yaml", SERVICE.format(key="cap_drop")))
    assert read.imported.notices == ()


@pytest.mark.parametrize(("key", "strange"), [("env", 0), ("evn", 1)])
def test_a_key_of_a_container_that_kubernetes_does_not_have(key: str, strange: int) -> None:
    pod = f"spec: {{containers: [{{name: web, image: nginx, {key}: []}}]}}"
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\n{pod}\n"
    read = told("kubernetes", Source("pod.yaml", text))
    assert read.count(f"key `{key}` of a container, which Kubernetes does not have") == strange


@pytest.mark.parametrize(
    ("inner", "told_of"),
    [
        ("hostNetwrk: true", "hostNetwrk` of a pod"),
        ("containers: [{name: a, env: [{name: DB, vale: db.example}]}]", "vale` of a variable"),
        ("initContainers: [{name: a, ports: [{hostPrt: 1}]}]", "hostPrt` of a port"),
        ("volumes: [{name: a, persistentVolumeClaim: {claimNam: b}}]", "claimNam` of a claim"),
    ],
)
def test_keys_of_pods_and_of_what_is_in_containers(inner: str, told_of: str) -> None:
    first = "" if inner.startswith("containers") else "containers: [{name: web}], "
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{{first}{inner}}}\n"
    assert told("kubernetes", Source("pod.yaml", text)).count(told_of) == 1


def test_pods_of_other_makers_may_say_more() -> None:
    spec = "{template: {spec: {timeoutSeconds: 3, containers: [{name: a, evn: []}]}}}"
    text = f"apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {{name: web}}\nspec: {spec}\n"
    read = told("kubernetes", Source("service.yaml", text))
    assert read.count("which Kubernetes does not have") == read.count("`evn` of a container") == 1


@pytest.mark.parametrize("slip", ["masking", "inputFields", "fields"])
def test_a_slip_within_a_column_lineage(slip: str) -> None:
    source = {"namespace": "db", "name": "a", "field": "x", "transformations": [{"masking": True}]}
    lineage = json.dumps({"columnLineage": {"fields": {"x": {"inputFields": [source]}}}})
    output = {"namespace": "db", "name": "b", "facets": json.loads(lineage.replace(slip, "slip"))}
    event = {"eventType": "COMPLETE", "job": {"namespace": "s", "name": "j"}, "outputs": [output]}
    assert told("openlineage", Source("event.json", json.dumps(event))).count("key `slip` of") == 1


def test_keys_of_events_and_datasets_that_are_not_known() -> None:
    strange = "which OpenLineage does not have"
    assert events().count(strange) == 0
    assert events(outputs="outputz").count(f"key `outputz` of an event, {strange}") == 1
    assert events(name="nam").count(f"key `nam` of a dataset, {strange}") == 1
