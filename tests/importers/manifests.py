"""Small manifests of Kubernetes, and what they tell."""

from __future__ import annotations

from lawful_dsl.source import Source
from tests.importers.imported import Told, told


def kubernetes(*texts: str) -> Told:
    """What manifests tell, each a file of its own."""
    return told("kubernetes", *(Source(f"m{n}.yaml", text) for n, text in enumerate(texts)))


def workload(
    name: str,
    settings: str = "",
    *,
    kind: str = "Deployment",
    namespace: str = "",
    image: str = "shop/x",
    spec: str = "",
    pods: str = "",
    labels: str = "",
) -> str:
    """A workload and a service of its name that selects it."""
    place = f"  namespace: {namespace}\n" if namespace else ""
    return f"""
apiVersion: apps/v1
kind: {kind}
metadata:
  name: {name}
{place}  labels: {{{labels}}}
spec:
  {spec}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      {pods}
      containers:
      - name: main
        image: {image}
        {settings}
---
apiVersion: v1
kind: Service
metadata:
  name: {name}
{place}spec:
  selector: {{app: {name}}}
---
"""


def env(value: str, name: str = "ADDR") -> str:
    """The settings of a container: one variable."""
    return f"env: [{{name: {name}, value: '{value}'}}]"


def caller(settings: str, *more: str) -> Told:
    """What `web` with these settings tells, beside a `db` and what else there is."""
    return kubernetes(workload("web", settings), workload("db", image="redis"), *more)


def route(kind: str, spec: str, group: str = "g/v1") -> str:
    """An object of a kind, `r`."""
    return f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: r}}\nspec: {spec}\n"


def peers(mode: str, namespace: str = "default", more: str = "") -> str:
    """What the mesh takes from those who call."""
    return (
        "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n"
        f"metadata: {{name: p{mode}{len(more)}, namespace: {namespace}}}\n"
        f"spec: {{mtls: {{mode: {mode}}}{more}}}\n"
    )
