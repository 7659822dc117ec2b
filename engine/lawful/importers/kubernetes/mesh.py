"""Mesh: to which nodes Istio lets nobody come without TLS."""

from __future__ import annotations

from collections.abc import Mapping

from lawful.importers.kubernetes.objects import Object, Objects, texts
from lawful.importers.kubernetes.routing import Routing

#: What is said in this namespace holds of the whole mesh.
_ROOT = "istio-system"
_MODES = ("SIMPLE", "MUTUAL", "ISTIO_MUTUAL")


def encrypted(objects: Objects, workloads: Mapping[str, Object], routing: Routing) -> set[str]:
    """The nodes that take only TLS, and those to which all who call use it."""
    found = {id for id, workload in workloads.items() if _mode(objects, workload) == "STRICT"}
    for rule in objects.of("DestinationRule"):
        spec = rule.said.at("spec")
        host = spec.at("host").text.lower()
        if spec.at("trafficPolicy", "tls", "mode").text in _MODES:
            found.update(routing.resolved(host, rule.namespace) or ())
            found |= {host} & routing.outside.keys()
    return found


def _mode(objects: Objects, workload: Object) -> str:
    """The mode of the closest that says one: of the workload, its namespace, the mesh."""
    modes: dict[int, str] = {}
    for each in objects.of("PeerAuthentication"):
        spec = each.said.at("spec")
        selector = texts(spec.at("selector", "matchLabels"))
        mode = spec.at("mtls", "mode").text
        if any(p.at("mode").text != "STRICT" for p in spec.at("portLevelMtls").entries.values()):
            mode = "PERMISSIVE"
        if mode in ("", "UNSET"):
            continue
        if selector:
            if each.namespace == workload.namespace and selector.items() <= workload.labels.items():
                modes[0] = mode
        elif each.namespace == workload.namespace:
            modes[1] = mode
        elif each.namespace == _ROOT:
            modes[2] = mode
    return modes[min(modes)] if modes else ""
