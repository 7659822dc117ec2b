"""Flows: between which ends data flow, by the tables, through joints, and to and from anyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lawful.importers.terraform_plan.arrows import ARROWS, MEMBERS, ORIGINS, Arrow
from lawful.importers.terraform_plan.ends import End, Ends, Outside, end_id, is_node
from lawful.importers.terraform_plan.kinds import JOINTS, kind_of
from lawful.importers.terraform_plan.plan import Resource
from lawful.importers.terraform_plan.settings import (
    ADDRESS_RANGES,
    ELSEWHERE,
    OPEN_IN,
    OPEN_OUT,
    REPLICAS,
    Setting,
)
from lawful_dsl.source import Span

#: From whom comes what anyone may send, and to whom goes what anyone may read.
INTERNET = Outside("internet", "source")
PUBLIC = Outside("public", "recipient")
ANYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class Flow:
    """Data flow from one end to the other; `plain` is whether it is known that nothing encrypts them."""

    source: End
    target: End
    span: Span
    plain: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of both ends."""
        return end_id(self.source), end_id(self.target)


@dataclass
class Found:
    """The flows of a plan by their ends, and how many of them security rules tell."""

    flows: dict[tuple[str, str], Flow] = field(default_factory=dict)
    by_rules: int = 0
    open_rules: int = 0

    def add(self, flow: Flow) -> bool:
        """Take in a flow between two different ends, unless it is there; whether it was new."""
        source, target = flow.ends
        if source == target or (source, target) in self.flows:
            return False
        self.flows[source, target] = flow
        return True


def find_flows(ends: Ends) -> Found:
    """All flows of a plan."""
    found = Found()
    steps = list(_arrows(ends))
    for flow in _joined(steps):
        found.add(flow)
    for each in (_origins(ends), _opened(ends), _replicas(ends)):
        for flow in each:
            found.add(flow)
    _by_rules(ends, found)
    return found


def _arrows(ends: Ends) -> Iterator[Flow]:
    """What each line of the table finds, from joints and to joints too."""
    lines: dict[str, list[Arrow]] = {}
    for arrow in ARROWS:
        lines.setdefault(arrow.type, []).append(arrow)
    for resource in ends.plan.resources:
        for arrow in () if resource.data else lines.get(resource.type, ()):
            targets = ends.of(resource, arrow.target, loose=arrow.loose and arrow.target != ".")
            if not targets:
                continue
            sources = ends.of(resource, arrow.source, loose=arrow.loose and arrow.source != ".")
            setting = arrow.target if arrow.target != "." else arrow.source
            for source in sources:
                for target in targets:
                    yield Flow(source, target, resource.at(setting))


def _joined(steps: Iterable[Flow]) -> Iterator[Flow]:
    """The flows between nodes: what comes to a joint goes on to all to which it gives."""
    steps = list(steps)
    onward: dict[str, list[Flow]] = {}
    for step in steps:
        if _is_joint(step.source):
            onward.setdefault(end_id(step.source), []).append(step)
    for step in steps:
        if _is_joint(step.source):
            continue
        waiting, seen = [step], set()
        while waiting:
            now = waiting.pop()
            if not _is_joint(now.target):
                if _is_end(now.source) and _is_end(now.target):
                    yield now
                continue
            if end_id(now.target) in seen:
                continue
            seen.add(end_id(now.target))
            plain = isinstance(now.target, Resource) and now.target.found("protocol") == ("HTTP",)
            for then in onward.get(end_id(now.target), []):
                waiting.append(replace(now, target=then.target, plain=now.plain or plain))


def _origins(ends: Ends) -> Iterator[Flow]:
    """What serves content gets it from stores, and hands requests to services."""
    for resource in ends.plan.resources:
        for type, path in ORIGINS:
            if resource.type != type or not is_node(resource):
                continue
            for origin in ends.of(resource, path):
                if _is_end(origin):
                    kind = kind_of(origin.type) if isinstance(origin, Resource) else origin.kind
                    source, target = (origin, resource) if kind == "store" else (resource, origin)
                    yield Flow(source, target, resource.at(path))


def _opened(ends: Ends) -> Iterator[Flow]:
    """What anyone may send to, and what anyone may read."""
    for resource in ends.plan.resources:
        if resource.data:
            continue
        for node, span in _holding(ends, resource, OPEN_IN):
            yield Flow(INTERNET, node, span)
        for node, span in _holding(ends, resource, OPEN_OUT):
            yield Flow(node, PUBLIC, span)
        for type, path in ADDRESS_RANGES:
            if resource.type == type and _lets_in_all(resource):
                for node in ends.of(resource, path):
                    yield Flow(INTERNET, node, resource.at("start_ip_address"))


def _holding(
    ends: Ends, resource: Resource, settings: Iterable[Setting]
) -> Iterator[tuple[End, Span]]:
    for setting in settings:
        if setting.type == resource.type and any(map(setting.holds, resource.found(setting.path))):
            for node in ends.of(resource, setting.of or "."):
                if isinstance(node, Resource) and is_node(node):
                    yield node, resource.at(setting.path)


def _lets_in_all(resource: Resource) -> bool:
    """Whether a range of addresses has public ones of all the world: half of them, or more."""
    numbers = []
    for key in ("start_ip_address", "end_ip_address"):
        parts = str(resource.values.get(key)).split(".")
        if len(parts) != 4 or not all(part.isdigit() for part in parts):
            return False
        numbers.append(int(parts[0]))
    return numbers[1] - numbers[0] >= 128


def _replicas(ends: Ends) -> Iterator[Flow]:
    """Copies in other regions, which are no resources of their own."""
    for resource in ends.plan.resources:
        if resource.data:
            continue
        for type, path in REPLICAS:
            if resource.type != type:
                continue
            own = {str(resource.values.get(key, "")).lower() for key in ("region", "location")}
            for node in ends.of(resource, "."):
                for region in resource.found(path):
                    if isinstance(region, str) and _plain(region) not in map(_plain, own):
                        copy = Outside(f"{end_id(node)} in {region}", "store", region)
                        yield Flow(node, copy, resource.at(path))
        for node, span in _holding(ends, resource, ELSEWHERE):
            yield Flow(node, Outside(f"{end_id(node)} elsewhere", "store"), span)


def _by_rules(ends: Ends, found: Found) -> None:
    """Who may reach whom by rules that let one group reach another group, and nobody else."""
    members: dict[str, dict[str, End]] = {}
    for resource in ends.plan.resources:
        for type, path in () if resource.data else MEMBERS:
            if resource.type != type:
                continue
            for group in ends.direct(resource, path):
                if isinstance(group, Resource) and group.type == "aws_security_group":
                    for home in ends.of(resource, "."):
                        if _is_end(home):
                            members.setdefault(group.address, {})[end_id(home)] = home
    for source, target, span in _rules(ends, found):
        for one in members.get(source.address, {}).values():
            for other in members.get(target.address, {}).values():
                if (end_id(other), end_id(one)) not in found.flows or source.address != target.address:
                    found.by_rules += found.add(Flow(one, other, span))


def _rules(ends: Ends, found: Found) -> Iterator[tuple[Resource, Resource, Span]]:
    """The rules from group to group."""
    for resource in ends.plan.resources:
        pairs: list[tuple[str, str]] = []
        if resource.type == "aws_security_group_rule":
            own, other = "security_group_id", "source_security_group_id"
            inward = resource.values.get("type") == "ingress"
            pairs = [(other, own) if inward else (own, other)]
        elif resource.type == "aws_vpc_security_group_ingress_rule":
            pairs = [("referenced_security_group_id", "security_group_id")]
        elif resource.type == "aws_vpc_security_group_egress_rule":
            pairs = [("security_group_id", "referenced_security_group_id")]
        elif resource.type == "aws_security_group":
            pairs = [("ingress.security_groups", "."), (".", "egress.security_groups")]
        else:
            continue
        for path in ("cidr_blocks", "ingress.cidr_blocks", "cidr_ipv4", "cidr_ipv6"):
            inward = path.startswith("ingress") or "egress" not in resource.type + str(
                resource.values.get("type")
            )
            found.open_rules += inward and any(v in ANYWHERE for v in resource.found(path))
        for source_path, target_path in pairs:
            for source in _groups(ends, resource, source_path):
                for target in _groups(ends, resource, target_path):
                    if source.address != target.address:
                        yield source, target, resource.span


def _groups(ends: Ends, resource: Resource, path: str) -> list[Resource]:
    if path == ".":
        return [resource]
    return [
        each
        for each in ends.direct(resource, path)
        if isinstance(each, Resource) and each.type == "aws_security_group"
    ]


def _is_joint(end: End) -> bool:
    return isinstance(end, Resource) and end.type in JOINTS


def _is_end(end: End) -> bool:
    return isinstance(end, Outside) or is_node(end)


def _plain(region: str) -> str:
    return region.lower().replace(" ", "")
