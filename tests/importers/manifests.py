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
