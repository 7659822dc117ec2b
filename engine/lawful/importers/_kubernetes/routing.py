"""Routing: which workloads a host stands for, and which of them are reached from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawful.importers._hosts import is_outside, looks_public
from lawful.importers._kubernetes.custom import custom, is_exposed, services
from lawful.importers._kubernetes.objects import Object, Objects, texts
from lawful.importers._written import Yaml

Ids = tuple[str, ...]
KNATIVE = "networking.knative.dev"
#: Kinds of the Gateway API, and those of others that bring in what comes from outside.
ROUTES = ("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute")

#: What an ingress has whose balancer is reached from the own network alone.
_INTERNAL = {
    ("alb.ingress.kubernetes.io/scheme", "internal"),
    ("appgw.ingress.kubernetes.io/use-private-ip", "true"),
    ("kubernetes.io/ingress.class", "gce-internal"),
}

#: Last labels of names in the public net, of November 2026; all of two letters are, too. Another one
#: after a single label is taken for a namespace: `vault.security`.
_GENERIC = re.findall(
    r"\w+",
    "com net org io dev app cloud edu gov int mil info biz xyz online site tech store pro mobi name",
)


@dataclass
class Routing:
    """The workloads behind names, by namespace and name or by a whole host; who is exposed."""

    named: dict[tuple[str, str], Ids] = field(default_factory=dict)
    hosts: dict[str, Ids] = field(default_factory=dict)
    exposed: set[str] = field(default_factory=set)
    outside: dict[str, Object] = field(default_factory=dict)
    #: Hosts of which a mesh is told that they are its own.
    inside: set[str] = field(default_factory=set)
    internal: int = 0
    lost: int = 0

    def resolved(self, host: str, namespace: str) -> Ids | None:
        """The nodes that a host stands for in a namespace; none where it is not of the cluster."""
        host = host.rstrip(".").lower()
        if host in self.hosts:
            return self.hosts[host]
        return next((self.named[key] for key in keys(host, namespace) if key in self.named), None)


def keys(host: str, namespace: str) -> Iterator[tuple[str, str]]:
    """The namespaces and names of services that a host may stand for, most likely first."""
    labels = host.split(".")
    if "svc" in labels[2:]:
        at = labels.index("svc", 2)
        yield labels[at - 1], labels[at - 2]
    elif len(labels) == 1:
        yield namespace, host
    elif len(labels) == 2:
        yield labels[1], labels[0]
        yield namespace, labels[1]  # a pod of a set, by its name
    elif len(labels) == 3:
        yield labels[2], labels[1]


def is_elsewhere(host: str) -> bool:
    """Whether a name is rather that of a service in a namespace that is not here than a public one."""
    labels = host.split(".")
    return len(labels) == 2 and len(labels[1]) > 2 and labels[1] not in _GENERIC


def routed(objects: Objects, workloads: Mapping[str, Object]) -> Routing:
    """The routing that services, routes and mesh say."""
    routing = Routing()
    for id, workload in workloads.items():
        if _is_of_knative(workload):  # its name is its address
            routing.named[workload.namespace, workload.name.lower()] = (id,)
        if _is_at_host(workload) or _is_public(workload):
            routing.exposed.add(id)
        for name in services(workload):
            routing.named[workload.namespace, name] = (id,)
        if custom(workload) and is_exposed(workload):
            routing.exposed.add(id)
    for service in (each for each in objects.of("Service") if not each.group):
        _serve(routing, service, workloads)
    for listed in objects.of("Endpoints", "EndpointSlice"):
        _lead_out(routing, listed)
    for entry in objects.of("ServiceEntry"):
        inside = entry.said.at("spec", "location").text == "MESH_INTERNAL"
        for host in entry.said.at("spec", "hosts").items:
            if inside:
                routing.inside.add(host.text.lower())
            elif host.text:
                routing.outside[host.text.lower()] = entry
    for each in objects.of("Ingress", "Route", "IngressRoute", *ROUTES, "VirtualService"):
        _route(routing, each)
    return routing


def _containers(workload: Object) -> Sequence[Yaml]:
    return workload.pods.at("spec", "containers").items


def _is_at_host(workload: Object) -> bool:
    """Whether pods have a port at the machine on which they run, and not for that machine alone."""
    whole = workload.pods.at("spec", "hostNetwork").text == "true"
    return any(
        (port.at("hostPort").text or (whole and port.at("containerPort").text))
        and not port.at("hostIP").text.startswith("127.")
        for container in _containers(workload)
        for port in container.at("ports").items
    )


def _is_of_knative(workload: Object) -> bool:
    return workload.kind == "Service" and workload.pods.value is not None


def _is_public(workload: Object) -> bool:
    """Whether a workload is a service of Knative, which is reached from outside unless a label keeps it in."""
    labels = texts(workload.said.at("metadata", "labels"))
    return _is_of_knative(workload) and labels.get(f"{KNATIVE}/visibility") != "cluster-local"


def _serve(routing: Routing, service: Object, workloads: Mapping[str, Object]) -> None:
    spec = service.said.at("spec")
    key = service.namespace, service.name.lower()
    if spec.at("type").text == "ExternalName":
        host = spec.at("externalName").text.lower()
        inner = routing.resolved(host, service.namespace)
        routing.named[key] = inner or (host,)
        if inner is None and host:
            routing.outside[host] = service
        return
    selector = texts(spec.at("selector"))
    chosen = tuple(
        id
        for id, workload in workloads.items()
        if selector
        and workload.namespace == service.namespace
        and selector.items() <= workload.labels.items()
    )
    routing.named[key] = chosen or routing.named.get(key, ())
    if spec.at("type").text in ("LoadBalancer", "NodePort") or spec.at("externalIPs").items:
        if _is_internal(service):
            routing.internal += 1
        else:
            routing.exposed.update(chosen)


def _lead_out(routing: Routing, listed: Object) -> None:
    """What a service without pods leads to: addresses of the public net that are listed for it."""
    label = texts(listed.said.at("metadata", "labels")).get("kubernetes.io/service-name", "")
    key = listed.namespace, (label or listed.name).lower()
    addresses = [
        (each.at("ip") if each.entries else each).text.lower()
        for part in (*listed.said.at("subsets").items, *listed.said.at("endpoints").items)
        for each in part.at("addresses").items
    ]
    outside = tuple(sorted({each for each in addresses if is_outside(each)}))
    if outside and not routing.named.get(key):
        routing.named[key] = outside
        routing.outside.update((each, listed) for each in outside)


def _is_internal(balanced: Object) -> bool:
    """Whether the balancer of a service, or of an ingress, is said to be reached from the own network alone."""
    return any(
        (key, value.lower()) in _INTERNAL
        or (
            "load-balancer" in key
            and (
                value.lower() == "internal"
                or (key.endswith("internal") and value.lower() != "false")
            )
        )
        for key, value in texts(balanced.said.at("metadata", "annotations")).items()
    )


def _route(routing: Routing, route: Object) -> None:
    """What a route brings to its backends: from outside, or from within under the host's name."""
    spec = route.said.at("spec")
    reached: set[str] = set()
    for host, namespace in _backends(route):
        found = routing.resolved(host, namespace or route.namespace)
        if found is None and _leads_out(routing, route, host.lower()):
            routing.outside.setdefault(host.lower(), route)
            found = (host.lower(),)
        routing.lost += bool(host) and found is None
        reached.update(found or ())
    targets = tuple(sorted(reached))
    parents = spec.at("parentRefs").items
    services = [parent for parent in parents if parent.at("kind").text == "Service"]
    gateways = [each.text for each in spec.at("gateways").items]
    if route.kind == "VirtualService":
        outside = any(each != "mesh" for each in gateways)
    else:
        outside = len(services) < len(parents) or not parents
    if outside and _is_internal(route):
        routing.internal += 1
    elif outside:
        routing.exposed.update(reached - routing.outside.keys())
    if not targets:
        return
    for parent in services:
        place = parent.at("namespace").text or route.namespace
        routing.named[place, parent.at("name").text.lower()] = targets
    for host in _hosts(spec):
        found = next((k for k in keys(host, route.namespace) if k in routing.named), None)
        if found:
            routing.named[found] = targets
        elif "*" not in host:
            routing.hosts[host] = targets


def _leads_out(routing: Routing, route: Object, host: str) -> bool:
    """Whether a route of a mesh leads out to a host, which what is told to the mesh elsewhere may name."""
    if host in routing.outside:
        return True
    public = is_outside(host) and looks_public(host) and not is_elsewhere(host)
    return route.kind == "VirtualService" and public and host not in routing.inside


def _hosts(spec: Yaml) -> Iterator[str]:
    """The hosts that a route is of."""
    for each in (*spec.at("hosts").items, *spec.at("hostnames").items, spec.at("host")):
        if each.text:
            yield each.text.lower()
    for rule in spec.at("rules").items:
        if rule.at("host").text:
            yield rule.at("host").text.lower()


def _backends(route: Object) -> Iterator[tuple[str, str]]:
    """The services that a route leads to, with their namespaces where it says so."""
    spec = route.said.at("spec")
    if route.kind == "VirtualService":
        for word in ("http", "tcp", "tls"):
            for rule in spec.at(word).items:
                for way in (*rule.at("route").items, *rule.at("mirrors").items):
                    yield way.at("destination", "host").text, ""
                if rule.at("mirror", "host").text:
                    yield rule.at("mirror", "host").text, ""
    elif route.kind == "Ingress":
        paths = [path for rule in spec.at("rules").items for path in rule.at("http", "paths").items]
        backends = [path.at("backend") for path in paths]
        for backend in (*backends, spec.at("defaultBackend"), spec.at("backend")):
            yield backend.at("service", "name").text or backend.at("serviceName").text, ""
    elif route.kind == "Route":
        for backend in (spec.at("to"), *spec.at("alternateBackends").items):
            yield backend.at("name").text, ""
    else:
        word, inner = (
            ("routes", "services") if route.kind == "IngressRoute" else ("rules", "backendRefs")
        )
        for rule in spec.at(word).items:
            served = rule.at(inner).items
            filters = (
                *rule.at("filters").items,
                *(f for b in served for f in b.at("filters").items),
            )
            copies = (each.at("requestMirror", "backendRef") for each in filters)
            for backend in (*served, *copies):
                yield backend.at("name").text, backend.at("namespace").text
