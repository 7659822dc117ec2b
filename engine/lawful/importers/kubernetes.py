"""kubernetes: manifests of Kubernetes, of one file or many, as they are applied.

What becomes of them:

- Whatever has a template of pods (`Deployment`, `StatefulSet`, `CronJob`, ...) is a node with its name,
  after its namespace and `/` where that is not the default one; where several kinds share a name, the
  kind stands before it. It is a `store` where its first image is that of one, or where it has volumes
  that it claims alone, else a `service`.
- A value of `env`, also from a `ConfigMap`, or of `command`, `args` and the hooks `postStart` and `preStop`, that
  names a `Service` (`cart`, `cart.shop`, `cart.shop.svc.cluster.local`, with a port or in a URL; alone where its key
  is called after a host) is a flow to the workloads that the service selects in its namespace. Routes of a mesh are
  followed, and the copies of requests that they make. A machine that a volume lies on is called by who mounts it.
- Objects of which an operator makes workloads (`Kafka`, `Cluster` of PostgreSQL, ...) are nodes by a table, and
  what their specification names is read like settings.
- A host of the public net that is named so is a `recipient`, as are the hosts of `ServiceEntry`, those that routes of
  a mesh lead to, and of services that are an `ExternalName`. A flow is `using tls` if all that names its target says
  so, or if its target takes nothing else (`PeerAuthentication` that is `STRICT`, TLS in a `DestinationRule`).
- Whom a setting does not tell, as its value is in a secret or in nothing that is here, is a node under workload
  and key, `known_later = yes`, where the setting is called after an address.
- What `Ingress`, routes of a gateway, `LoadBalancer`, `NodePort` or a port of the host lead to is
  `exposed = yes`, and so is a service of Knative. A label `env` or `environment` says the environment.
- A template of OpenShift is what its objects are with the values of its parameters.
- A claim that several workloads mount is a store `claims.NAME` between them; where it is told on what it lies, that is
  the store: a bucket, a file system, an export.

What is not told: what flows, whose, what for; regions. Network policies say what may flow, not what
does. Addresses in images are not seen, of files that are mounted from config maps only services are, and whom
collectors send to; secrets are not read.
Templates of Helm and kustomizations must be rendered first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._kubernetes.objects import is_kustomization, read_objects
from lawful.importers._kubernetes.translation import translate
from lawful_dsl.source import Source, Span

__all__ = ["read", "recognises"]

_KEYS = tuple(
    re.compile(rf"^[\"']?{key}[\"']?\s*:\s*[\"']?[\w{{]", re.MULTILINE)
    for key in ("apiVersion", "kind")
)
_HCL = re.compile(
    r"(?m)^(?:resource|data|module|variable|provider|locals|output|terraform)\b[^:\n]*\{"
)
_JSON = tuple(re.compile(rf'"{key}"\s*:\s*"') for key in ("apiVersion", "kind"))


def recognises(source: Source) -> bool:
    """A manifest says the `apiVersion` and the `kind` of what it declares."""
    text = source.text
    if is_kustomization(source):
        return True
    if "apiVersion" not in text:  # what is large is not gone through line by line
        return False
    if _HCL.search(text):  # a manifest may stand within what Terraform writes
        return False
    return all(key.search(text) for key in (_JSON if text.lstrip().startswith("{") else _KEYS))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of all manifests."""
    return translate(read_objects(sources), name, Span(sources[0].file, 1, 1, 1, 2))
