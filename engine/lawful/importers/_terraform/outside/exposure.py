"""Exposure: what anyone on the internet may send to, what anyone may read, and what is elsewhere too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.names.ends import End, Ends, Flow, Outside, end_id
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.outside.members import are_made
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.settings import (
    ADDRESS_RANGES,
    ELSEWHERE,
    OPEN_IN,
    OPEN_OUT,
    REPLICAS,
    SENT,
    Setting,
)
from lawful_dsl.source import Span

#: From whom comes what anyone may send, and to whom goes what anyone may read.
INTERNET = Outside("internet", "source")
PUBLIC = Outside("public", "recipient")
#: Where lists of who may read a bucket stand.
_LISTS = ("aws_s3_bucket", "aws_s3_bucket_acl", "aws_s3_bucket_object", "aws_s3_object")


def opened(ends: Ends, later: Later) -> Iterator[Flow]:
    """The flows from and to anyone, or somebody, that settings of nodes and of their parts tell."""
    shut = guarded(ends, "ignore_public_acls")
    for resource in ends.plan.resources:
        if resource.data:
            continue
        for node, setting in _undecided(ends, later, resource, OPEN_IN):
            yield Flow(_who(resource, setting), node, resource.at(setting.path))
        for node, setting in _undecided(ends, later, resource, (*OPEN_OUT, *SENT)):
            yield Flow(node, _who(resource, setting), resource.at(setting.path))
        for node, span in _holding(ends, resource, OPEN_IN):
            yield Flow(INTERNET, node, span)
        for node, span in _holding(ends, resource, OPEN_OUT):
            if not (resource.type in _LISTS and end_id(node) in shut):
                yield Flow(node, PUBLIC, span)
        for node, span in _holding(ends, resource, SENT):
            how = str(resource.values.get("protocol")).removesuffix("-json")
            yield Flow(node, Outside(f"{end_id(node)} by {how}", "recipient"), span)
        for type, path in ADDRESS_RANGES:
            if resource.type == type and _lets_in_all(resource):
                for node in ends.of(resource, path):
                    yield Flow(INTERNET, node, resource.at("start_ip_address"))


def guarded(ends: Ends, setting: str) -> frozenset[str]:
    """The buckets that a setting guards from all, for sure."""
    return frozenset(
        end_id(bucket)
        for each in ends.plan.resources
        if each.type == "aws_s3_bucket_public_access_block"
        and each.found(setting) == (True,)
        and not each.perhaps
        for bucket in ends.of(each, "bucket")
    )


def has_public_address(ends: Ends, resource: Resource) -> bool:
    """Whether a machine or load balancer, which a rule lets anyone reach, has an address for it."""
    if resource.type in ("aws_elb", "aws_lb", "aws_alb"):
        configured = ends.configuration.has(resource, "internal")
        return bool(ends.configuration.block(resource)) and not configured
    if resource.type == "aws_instance":
        said = resource.found("associate_public_ip_address")
        if said:
            return said == (True,)
        subnets = ends.direct(resource, "subnet_id")
        return any(
            isinstance(each, Resource) and each.found("map_public_ip_on_launch") == (True,)
            for each in subnets
        )
    return False


def copied(ends: Ends, later: Later) -> Iterator[Flow]:
    """The flows to copies in other regions, which are no resources of their own."""
    for resource in ends.plan.resources:
        if resource.data:
            continue
        for type, path in REPLICAS:
            if resource.type != type:
                continue
            own = {_plain(str(resource.values.get(key, ""))) for key in ("region", "location")}
            for node in ends.of(resource, "."):
                for region in resource.found(path):
                    if isinstance(region, str) and _plain(region) not in own:
                        copy = Outside(f"{end_id(node)} in {region}", "store", region)
                        yield Flow(node, copy, resource.at(path))
                if later.decides(resource, path):
                    yield Flow(node, _elsewhere(node, later=True), resource.at(path))
        for node, setting in _undecided(ends, later, resource, ELSEWHERE):
            yield Flow(node, _elsewhere(node, later=True), resource.at(setting.path))
        for node, span in _holding(ends, resource, ELSEWHERE):
            yield Flow(node, _elsewhere(node), span)


def _holding(
    ends: Ends, resource: Resource, settings: Iterable[Setting]
) -> Iterator[tuple[End, Span]]:
    for setting in settings:
        if setting.type == resource.type and any(map(setting.holds, resource.found(setting.path))):
            for node in ends.of(resource, setting.of or "."):
                if isinstance(node, Resource) and is_node(node):
                    yield node, resource.at(setting.path)


def _undecided(
    ends: Ends, later: Later, resource: Resource, settings: Iterable[Setting]
) -> Iterator[tuple[End, Setting]]:
    """The nodes of settings of which it is known only after the plan whether they hold."""
    for setting in settings:
        if setting.type != resource.type or are_made(ends, resource, setting.path):
            continue
        if later.decides(resource, setting.path):
            for node in ends.of(resource, setting.of or "."):
                if isinstance(node, Resource) and is_node(node):
                    yield node, setting


def _who(resource: Resource, setting: Setting) -> Outside:
    """Whoever may send or read where a setting lets them."""
    return Outside(f"{resource.address}.{setting.path}", "store", later=True)


def _elsewhere(node: End, *, later: bool = False) -> Outside:
    """The copy of a node that is in a region of which the name is not told."""
    return Outside(f"{end_id(node)} elsewhere", "store", later=later)


def _lets_in_all(resource: Resource) -> bool:
    """Whether a range of addresses is half of all there are, or more."""
    firsts = []
    for key in ("start_ip_address", "end_ip_address"):
        parts = str(resource.values.get(key)).split(".")
        if len(parts) != 4 or not all(part.isdecimal() for part in parts):
            return False
        firsts.append(int(parts[0]))
    return firsts[1] - firsts[0] >= 128


def _plain(region: str) -> str:
    return region.lower().replace(" ", "")
