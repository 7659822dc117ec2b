"""Groups: who may reach whom by rules that let one security group, or anyone, reach another group."""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._terraform.names.ends import Ends, Flow
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.outside.exposure import INTERNET, has_public_address
from lawful.importers._terraform.state.resources import Resource
from lawful_dsl.source import Span

_GROUP = "aws_security_group"
_ANYWHERE = ("0.0.0.0/0", "::/0")
#: For each type of rule: the setting of who sends, that of who receives, that of addresses that send.
_RULES: dict[str, tuple[tuple[str, ...], ...]] = {
    "aws_security_group": (
        ("ingress.security_groups", ".", "ingress.cidr_blocks", "ingress.ipv6_cidr_blocks"),
        (".", "egress.security_groups"),
    ),
    "aws_vpc_security_group_ingress_rule": (
        ("referenced_security_group_id", "security_group_id", "cidr_ipv4", "cidr_ipv6"),
    ),
    "aws_vpc_security_group_egress_rule": (("security_group_id", "referenced_security_group_id"),),
}
_RULE: dict[str, tuple[tuple[str, ...], ...]] = {
    "ingress": (
        ("source_security_group_id", "security_group_id", "cidr_blocks", "ipv6_cidr_blocks"),
    ),
    "egress": (("security_group_id", "source_security_group_id"),),
}

#: Which setting says of which group of a network a node is a member.
MEMBERS = tuple(
    (type, path)
    for line in """
aws_alb security_groups
aws_autoscaling_group security_groups
aws_db_instance vpc_security_group_ids
aws_docdb_cluster vpc_security_group_ids
aws_ecs_service network_configuration.security_groups
aws_efs_mount_target security_groups
aws_elasticache_cluster security_group_ids
aws_elasticache_replication_group security_group_ids
aws_elasticsearch_domain vpc_options.security_group_ids
aws_elb security_groups
aws_instance vpc_security_group_ids security_groups
aws_lambda_function vpc_config.security_group_ids
aws_launch_configuration security_groups
aws_launch_template vpc_security_group_ids network_interfaces.security_groups
aws_lb security_groups
aws_mq_broker security_groups
aws_msk_cluster broker_node_group_info.security_groups
aws_neptune_cluster vpc_security_group_ids
aws_opensearch_domain vpc_options.security_group_ids
aws_rds_cluster vpc_security_group_ids
aws_redshift_cluster vpc_security_group_ids
aws_synthetics_canary vpc_config.security_group_ids
""".strip().splitlines()
    for type, *paths in [line.split()]
    for path in paths
)


def by_groups(ends: Ends) -> Iterator[Flow]:
    """The flows between members of groups, and from anyone to those that have a public address."""
    members = _members(ends)
    for source, target, span in _rules(ends):
        for other in members.get(target.address, {}).values():
            if source is None:
                if has_public_address(ends, other):
                    yield Flow(INTERNET, other, span)
                continue
            for one in members.get(source.address, {}).values():
                yield Flow(one, other, span)


def _members(ends: Ends) -> dict[str, dict[str, Resource]]:
    """The members of each group."""
    found: dict[str, dict[str, Resource]] = {}
    for resource in ends.plan.resources:
        for type, path in () if resource.data else MEMBERS:
            if resource.type != type:
                continue
            for group in _groups(ends, resource, path):
                for home in ends.homes(resource):
                    if is_node(home):
                        found.setdefault(group.address, {})[home.address] = home
    return found


def _rules(ends: Ends) -> Iterator[tuple[Resource | None, Resource, Span]]:
    """The rules from group to group; none sends where anyone may."""
    for resource in ends.plan.resources:
        rules = _RULES.get(resource.type, ())
        if resource.type == "aws_security_group_rule":
            rules = _RULE.get(str(resource.values.get("type")), ())
        for sends, receives, *addresses in () if resource.data else rules:
            targets = _groups(ends, resource, receives)
            for source in _groups(ends, resource, sends):
                for target in targets:
                    if source.address != target.address:
                        yield source, target, resource.span
            if any(value in _ANYWHERE for path in addresses for value in resource.found(path)):
                for target in targets:
                    yield None, target, resource.span


def _groups(ends: Ends, resource: Resource, path: str) -> list[Resource]:
    if path == ".":
        return [resource]
    named = ends.direct(resource, path)
    return [each for each in named if isinstance(each, Resource) and each.type == _GROUP]
