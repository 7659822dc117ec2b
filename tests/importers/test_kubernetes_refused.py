"""Manifests of Kubernetes: what cannot be read, what is odd among them, and which texts are some."""

from __future__ import annotations

import pytest

from lawful import importers
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.source import Source
from tests.importers.manifests import kubernetes, workload

HELM = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n"
KUSTOMIZE = (
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HELM, "this is a template of Helm"),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ name }}\n", "this is a template: its"),
        (KUSTOMIZE, "this is a kustomization"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: x", "this is not YAML"),
        ("apiVersion: v1\nkind: &a [*a]", "contains itself"),
        ("a: " + "[" * 1000, "nested too deeply"),
        (
            "kind: Pod\nmetadata: {name: a'b}\nspec: {containers: [{image: x}]}",
            "is no name",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(Rejected, match=message):
        kubernetes(text)


def test_texts_that_other_tools_fill_in_make_no_template_of_a_manifest() -> None:
    alerts = "  text: '{{ range .Alerts }}{{ template \"line\" . }}{{ end }}'"
    held = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: alerts}}\ndata:\n{alerts}\n"
    assert set(kubernetes(f"# once {{{{ .Values.name }}}}\n{held}", workload("web")).kinds) == {
        "web"
    }


def test_what_is_said_twice_and_is_the_same_loses_nothing() -> None:
    text = workload("web", "imagePullPolicy: Always\n        imagePullPolicy: %s")
    assert set(kubernetes(text % "Always").kinds) == {"web"}
    with pytest.raises(Rejected, match="is said twice"):
        kubernetes(text % "Never")


def test_objects_of_json_may_stand_one_after_the_other() -> None:
    """They are read as far as all of the text is such, and each stands where it stands."""
    pod = '{"kind": "Pod", "metadata": {"name": "%s"}, "spec": {"containers": [{"image": "x"}]}}'
    text = f"{pod % 'web'}{pod % 'till'}\n\n  {pod % 'db'}\n"
    statements = importers.find("kubernetes").read([Source("m.json", text)], name="x").flows
    nodes = {n.id.text: n.span for n in statements.statements if isinstance(n, s.NodeDecl)}
    assert {id: (at.line, at.column) for id, at in nodes.items()} == {
        "web": (1, 1),
        "till": (1, len(pod % "web") + 1),
        "db": (3, 3),
    }
    with pytest.raises(Rejected, match="this is not YAML"):
        kubernetes(f"{pod % 'web'}{{oops")


def test_a_kustomization_among_manifests_and_odd_documents_are_counted() -> None:
    shop = kubernetes(workload("web"), KUSTOMIZE, "- a\n---\n---\nkind: X\n", workload("web"))
    assert set(shop.kinds) == {"web"}
    assert shop.count("kustomizations") == 1
    assert shop.count("no objects") == 1
    assert shop.count("without a kind or a name") == 1
    assert shop.count("declared twice") == 2


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("m.yaml", workload("web"), True),
        ("m.yaml", HELM, True),
        ("m.json", '{"apiVersion": "v1", "kind": "Pod"}', True),
        ("kustomization.yaml", "resources: [a.yaml]\n", True),
        ("values.yaml", "image: x\n", False),
        ("m.yaml", "kind: x\n", False),
        (
            "c.yaml",
            "configs:\n  a:\n    content: |\n      apiVersion: v1\n      kind: Pod\n",
            False,
        ),
        ("main.tf", "resource a b {\n x = <<E\napiVersion: v1\nkind: Pod\nE\n}\n", False),
        ("m.yaml", "", False),
    ],
)
def test_which_texts_are_manifests(name: str, text: str, expected: bool) -> None:
    assert ("kubernetes" in importers.detect(Source(name, text))) == expected
