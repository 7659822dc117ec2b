"""Mesh: to which nodes Istio lets nobody come without TLS, and who does not take part in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lawful.importers._kubernetes.objects import Object, Objects, texts
from lawful.importers._kubernetes.routing import Routing
from lawful.importers._written import Yaml

#: What is said in this namespace holds of the whole mesh.
_ROOT = "istio-system"
_MODES = ("SIMPLE", "MUTUAL", "ISTIO_MUTUAL")
_INJECT = "sidecar.istio.io/inject"
#: Annotations of pods by which some of what comes or goes passes by the mesh.
_PAST = "traffic.sidecar.istio.io/"


def strict(objects: Objects, workloads: Mapping[str, Object]) -> set[str]:
    """The nodes that take only TLS."""
    beside = apart(objects, workloads)
    return {id for id, w in workloads.items() if _mode(objects, w) == "STRICT"} - beside


def ruled(objects: Objects, routing: Routing) -> set[str]:
    """The nodes to which all in the mesh who call use TLS; where rules differ, or only some follow one, none."""
    found: dict[str, list[bool]] = {}
    for rule in objects.of("DestinationRule"):
        spec = rule.said.at("spec")
        host = spec.at("host").text.lower()
        modes = list(_modes(spec))
        if any(modes):
            everywhere = all(each.text == "*" for each in spec.at("exportTo").items)
            holds = everywhere and spec.at("workloadSelector").value is None
            outside = {host} & routing.outside.keys()
            for id in outside.union(routing.resolved(host, rule.namespace) or ()):
                found.setdefault(id, []).append(holds and all(each in _MODES for each in modes))
    return {id for id, rules in found.items() if all(rules)}


def apart(objects: Objects, workloads: Mapping[str, Object]) -> set[str]:
    """The nodes whose pods have no part in the mesh, or not with all that they take and send."""
    spaces = {
        each.name: texts(each.said.at("metadata", "labels")) for each in objects.of("Namespace")
    }
    return {id for id, each in workloads.items() if _is_apart(each, spaces.get(each.namespace, {}))}


def _is_apart(workload: Object, space: Mapping[str, str]) -> bool:
    notes = texts(workload.pods.at("metadata", "annotations"))
    asked = workload.labels.get(_INJECT) or notes.get(_INJECT)
    if workload.pods.at("spec", "hostNetwork").text == "true" or asked == "false":
        return True
    if space.get("istio-injection") == "disabled" and asked != "true":
        return True
    return any(key.startswith(_PAST) and value not in ("", "*") for key, value in notes.items())


def _modes(spec: Yaml) -> Iterator[str]:
    """The modes of TLS that a rule has: as a whole, for subsets, and for ports, which take over nothing."""
    policies = (spec, *spec.at("subsets").items)
    for policy in (each.at("trafficPolicy") for each in policies):
        if policy is policies[0] or policy.at("tls").value is not None:
            yield policy.at("tls", "mode").text
        for port in policy.at("portLevelSettings").items:
            yield port.at("tls", "mode").text


def _mode(objects: Objects, workload: Object) -> str:
    """The mode of the closest that says one: of the workload, its namespace, the mesh."""
    modes: dict[int, str] = {}
    levels: tuple[int, ...]
    for each in objects.of("PeerAuthentication"):
        spec = each.said.at("spec")
        selector = texts(spec.at("selector", "matchLabels"))
        mode = spec.at("mtls", "mode").text
        if any(p.at("mode").text != "STRICT" for p in spec.at("portLevelMtls").entries.values()):
            mode = "PERMISSIVE"
        if mode in ("", "UNSET"):
            continue
        if selector:
            ours = (
                each.namespace == workload.namespace and selector.items() <= workload.labels.items()
            )
            levels = (0,) if ours else ()
        else:
            levels = (
                (1,) if each.namespace == workload.namespace else (2,) * (each.namespace == _ROOT)
            )
        for level in levels:  # of several that are as close, it is not told which one holds
            modes[level] = mode if modes.get(level, mode) == mode else ""
    return modes[min(modes)] if modes else ""
