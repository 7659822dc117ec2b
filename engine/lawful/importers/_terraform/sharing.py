"""Sharing: what others get by a right of their own: by policies, as copies given to accounts, all logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lawful.importers._terraform.accounts import accounts_of
from lawful.importers._terraform.ends import End, Ends, Flow, Outside, end_id
from lawful.importers._terraform.exposure import INTERNET, PUBLIC
from lawful.importers._terraform.identities import is_node
from lawful.importers._terraform.later import Later
from lawful.importers._terraform.members import GOOGLE, members
from lawful.importers._terraform.policies import Who, account_in, let, statements, texts
from lawful.importers._terraform.resources import Resource

#: What one must be let do to take data from a thing, and to bring some, by the service that it is of.
_TAKES = {
    "backup": "backup:CopyFromBackupVault backup:StartRestoreJob",
    "dynamodb": "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:GetRecords dynamodb:PartiQLSelect dynamodb:Query"
    " dynamodb:Scan",
    "ecr": "ecr:BatchGetImage ecr:GetDownloadUrlForLayer",
    "efs": "elasticfilesystem:ClientMount",
    "es": "es:ESHttpGet es:ESHttpPost",
    "glacier": "glacier:InitiateJob glacier:GetJobOutput",
    "kafka": "kafka-cluster:ReadData kafka:CreateVpcConnection",
    "kinesis": "kinesis:GetRecords kinesis:SubscribeToShard",
    "s3": "s3:GetObject s3:GetObjectVersion s3:ListBucket s3express:CreateSession",
    "s3tables": "s3tables:GetTableData",
    "secrets": "secretsmanager:GetSecretValue",
    "sns": "sns:Subscribe",
    "sqs": "sqs:ReceiveMessage",
}
_GIVES = {
    "events": "events:PutEvents",
    "es": "es:ESHttpPut es:ESHttpPost",
    "kinesis": "kinesis:PutRecord kinesis:PutRecords",
    "s3": "s3:PutObject",
    "sns": "sns:Publish",
    "sqs": "sqs:SendMessage",
}
#: Policies: the type, the setting that has it, the one that names what it is of (`.` for itself), and the service.
_POLICIES = {
    type: (path, of, service)
    for type, path, of, service in (
        line.split()
        for line in """
aws_backup_vault_policy policy backup_vault_name backup
aws_cloudwatch_event_bus_policy policy event_bus_name events
aws_dynamodb_resource_policy policy resource_arn dynamodb
aws_ecr_repository_policy policy repository ecr
aws_efs_file_system_policy policy file_system_id efs
aws_elasticsearch_domain access_policies . es
aws_elasticsearch_domain_policy access_policies domain_name es
aws_glacier_vault access_policy . glacier
aws_kinesis_resource_policy policy resource_arn kinesis
aws_msk_cluster_policy policy cluster_arn kafka
aws_opensearch_domain access_policies . es
aws_opensearch_domain_policy access_policies domain_name es
aws_s3_access_point policy bucket s3
aws_s3_bucket policy . s3
aws_s3_bucket_policy policy bucket s3
aws_s3control_access_point_policy policy access_point_arn s3
aws_s3tables_table_bucket_policy resource_policy table_bucket_arn s3tables
aws_secretsmanager_secret policy . secrets
aws_secretsmanager_secret_policy policy secret_arn secrets
aws_sns_topic policy . sns
aws_sns_topic_policy policy arn sns
aws_sqs_queue policy . sqs
aws_sqs_queue_policy policy queue_url sqs
""".strip().splitlines()
    )
}
#: What only who is in its network can reach, whoever is let in.
_NETWORKED = ("efs", "kafka")
#: Settings that name accounts which get a copy, or may read: the type, the setting, and whose data they are.
_GIVEN = tuple(
    (type, path, of)
    for type, of, *paths in (
        line.split()
        for line in """
aws_ami_launch_permission image_id account_id group organization_arn organizational_unit_arn
aws_db_cluster_snapshot . shared_accounts
aws_db_snapshot . shared_accounts
aws_db_snapshot_copy . shared_accounts
aws_lakeformation_permissions data_location.arn principal
aws_lakeformation_permissions table.name principal
aws_lakeformation_permissions table_with_columns.name principal
aws_rds_cluster_snapshot_copy . shared_accounts
aws_redshift_data_share_authorization data_share_arn consumer_identifier
aws_redshift_endpoint_authorization cluster_identifier account
aws_snapshot_create_volume_permission snapshot_id account_id
""".strip().splitlines()
    )
    for path in paths
)
#: Of those, what is one to data only where a setting has one of some values.
_ONLY = {
    "aws_lakeformation_permissions": ("permissions", ("ALL", "DATA_LOCATION_ACCESS", "SELECT"))
}
_FUNCTION_RIGHT = "aws_lambda_permission"


#: The settings of types that are read here.
READ = (
    *((type, path) for type, (path, _, _) in _POLICIES.items()),
    *((type, path) for type, path, _ in _GIVEN),
    *((type, path) for type, paths in GOOGLE.items() for path, _ in paths),
    ("aws_cloudwatch_log_account_policy", "policy_document"),
    ("aws_oam_link", "sink_identifier"),
    ("aws_ram_principal_association", "principal"),
    ("aws_ram_resource_association", "resource_arn"),
    *((_FUNCTION_RIGHT, path) for path in ("principal", "source_account", "source_arn")),
)


@dataclass
class Sharing:
    """Who has a right to what is at nodes; `open` are the policies of which it is not told whom they let in.

    `inward` are the rights of others that take no data out, and `bound` those that turn on a condition.
    """

    ends: Ends
    later: Later
    open: dict[str, str] = field(default_factory=dict)
    inward: dict[str, str] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)

    def flows(self) -> Iterator[Flow]:
        """The flows to whoever has a right to what is at a node, or gets all logs, and is no end by name."""
        readers: dict[str, Callable[[Resource], Iterator[Flow]]] = {
            "aws_cloudwatch_log_account_policy": self._all_logs,
            "aws_oam_link": self._observed,
            "aws_ram_resource_association": self._associated,
            _FUNCTION_RIGHT: self._called,
        }
        for resource in self.ends.plan.resources:
            if resource.data:
                continue
            yield from self._by_policy(resource)
            yield from self._given(resource)
            if resource.type in GOOGLE:
                yield from self._members(resource)
            if resource.type in readers:
                yield from readers[resource.type](resource)

    def own(self, resource: Resource) -> frozenset[str]:
        """The accounts, and other ids of Amazon, that are one's own."""
        return accounts_of(resource, self.ends.plan) | self._canonical

    @cached_property
    def _canonical(self) -> frozenset[str]:
        """The ids under which policies know those who fetch from buckets for what the plan delivers."""
        found = (each.found("s3_canonical_user_id") for each in self.ends.plan.resources)
        return frozenset(text for texts in found for text in texts if isinstance(text, str))

    def _by_policy(self, resource: Resource) -> Iterator[Flow]:
        """What a policy lets others take or bring."""
        if resource.type not in _POLICIES:
            return
        path, of, service = _POLICIES[resource.type]
        said = statements(self.ends, resource, path)
        if said is None:
            yield from self._open(resource, path, of, service)
            return
        own = self.own(resource)
        taking = let(said, _TAKES.get(service, "").split(), own)
        giving = let(said, _GIVES.get(service, "").split(), own)
        for node in self._nodes(resource, of) if taking | giving else ():
            closed = service in _NETWORKED or self._is_closed(node)
            yield from self._to(resource, path, node, _bound(taking) if closed else taking)
            if Who.ANYONE in giving and not closed:
                yield Flow(INTERNET, node, resource.at(path))
        if (giving - {Who.ANYONE}) and not taking:
            self.inward[resource.address] = resource.type

    def _to(self, resource: Resource, path: str, node: End, who: frozenset[Who]) -> Iterator[Flow]:
        """The flows from a node to those who may take what it has."""
        at = resource.at(path)
        if Who.ANYONE in who:
            yield Flow(node, PUBLIC, at)
        if Who.OTHERS in who:
            yield Flow(node, others(node), at)
        elif Who.UNSURE in who:
            yield Flow(node, Outside(f"{resource.address}.{path}", "store", later=True), at)
        if Who.BOUND in who:
            self.bound[resource.address] = resource.type

    def _open(self, resource: Resource, path: str, of: str, service: str) -> Iterator[Flow]:
        """Whom a policy lets in that is known later: nobody who is told, unless it let others in before."""
        then = self.later.then(resource)
        was = (statements(then[0], then[1], path) or []) if then else []
        if let(was, _TAKES.get(service, "").split(), self.own(resource)) - {Who.BOUND}:
            self.later.told[resource.address, path] = resource.type
            for node in self._nodes(resource, of):
                yield from self._to(resource, path, node, frozenset({Who.UNSURE}))
        elif self.ends.configuration.has(resource, path) or resource.found(path):
            self.open[resource.address] = resource.type

    def _is_closed(self, node: End) -> bool:
        """Whether not all are let in whom a policy lets in: what is in a network, or guarded from all."""
        return isinstance(node, Resource) and (
            node.has("vpc_options") or end_id(node) in self._guarded
        )

    @cached_property
    def _guarded(self) -> frozenset[str]:
        """The buckets whose policies let nobody in as long as they let in anyone."""
        return frozenset(
            end_id(bucket)
            for each in self.ends.plan.resources
            if each.type == "aws_s3_bucket_public_access_block"
            and each.found("restrict_public_buckets") == (True,)
            for bucket in self.ends.of(each, "bucket")
        )

    def _nodes(self, resource: Resource, path: str) -> list[End]:
        found = self.ends.of(resource, path)
        return [each for each in found if isinstance(each, Outside) or is_node(each)]

    def _given(self, resource: Resource) -> Iterator[Flow]:
        """What accounts are given that a setting names."""
        for type, path, of in _GIVEN:
            if resource.type == type and _gives(resource):
                named = texts(list(resource.found(path)))
                who = self._accounts(resource, named)
                if path != "principal" and Who.UNSURE in who:
                    who = frozenset({Who.OTHERS})  # one's own account needs no such right
                if "all" in named:
                    who |= {Who.ANYONE}
                for node in self._nodes(resource, of) if who else ():
                    yield from self._to(resource, path, node, who)

    def _accounts(self, resource: Resource, named: list[str]) -> frozenset[Who]:
        """Who those are that stand as accounts, or as organizations with others in them."""
        own = self.own(resource)
        if any(":organization/" in each or ":ou/" in each for each in named):
            return frozenset({Who.OTHERS})
        accounts = {account for each in named if (account := account_in(each))}
        if not accounts - own:
            return frozenset()
        return frozenset({Who.OTHERS if any(map(account_in, own)) else Who.UNSURE})

    def _associated(self, resource: Resource) -> Iterator[Flow]:
        """What is shared by a share that is given to accounts."""
        shares = _ids(self.ends, resource, "resource_share_arn")
        for other in self.ends.plan.resources:
            if other.type != "aws_ram_principal_association" or other.data:
                continue
            if shares & _ids(self.ends, other, "resource_share_arn"):
                who = self._accounts(other, texts(other.values.get("principal")))
                for node in self._nodes(resource, "resource_arn") if who else ():
                    yield from self._to(other, "principal", node, who)

    def _called(self, resource: Resource) -> Iterator[Flow]:
        """Who may call a function: what they send, and what they get for it."""
        principal = texts(resource.values.get("principal"))
        condition: dict[str, Any] = {
            "aws:SourceAccount": resource.values.get("source_account"),
            "aws:SourceArn": resource.values.get("source_arn"),
            "aws:PrincipalOrgID": resource.values.get("principal_org_id"),
        }
        if resource.values.get("function_url_auth_type"):
            condition["lambda:FunctionUrlAuthType"] = "told elsewhere"
        said = {
            "effect": "Allow",
            "principal": {"AWS": principal},
            "action": resource.values.get("action"),
            "condition": {"StringLike": {k: v for k, v in condition.items() if texts(v)}},
        }
        who = let([said], ("lambda:InvokeFunction",), self.own(resource))
        for node in self._nodes(resource, "function_name") if who else ():
            if Who.ANYONE in who:
                yield Flow(INTERNET, node, resource.at("principal"))
            yield from self._to(resource, "principal", node, who - {Who.ANYONE})

    def _all_logs(self, policy: Resource) -> Iterator[Flow]:
        """From every group of logs of the provider to where a policy of its account sends them all."""
        for target in self.ends.of(policy, "policy_document", loose=True):
            for group in self._logs(policy):
                yield Flow(group, target, policy.at("policy_document"))

    def _observed(self, link: Resource) -> Iterator[Flow]:
        """From every group of logs of the provider to who watches its account from another one."""
        if "AWS::Logs::LogGroup" not in link.found("resource_types"):
            return
        for group in self._logs(link):
            yield Flow(group, others(link), link.at("sink_identifier"))

    def _logs(self, resource: Resource) -> Iterator[Resource]:
        for group in self.ends.plan.resources:
            if group.type == "aws_cloudwatch_log_group" and group.provider == resource.provider:
                yield group

    def _members(self, resource: Resource) -> Iterator[Flow]:
        """What a role lets the members of a thing of Google take or bring."""
        for path, of in GOOGLE[resource.type]:
            found = members(resource, path, self.ends.plan)
            for node in self._nodes(resource, of):
                yield from self._to(resource, path, node, found.taking)
                if Who.ANYONE in found.giving:
                    yield Flow(INTERNET, node, resource.at(path))
            if (found.giving - {Who.ANYONE}) and not found.taking:
                self.inward[resource.address] = resource.type


def others(node: End) -> Outside:
    """Whoever it is with whom something is shared: an account, of which a plan tells nothing more."""
    return Outside(f"{end_id(node)} shared", "recipient")


def _bound(who: frozenset[Who]) -> frozenset[Who]:
    """The same, where what lets in anyone turns on more than that."""
    return who - {Who.ANYONE} | {Who.BOUND} if Who.ANYONE in who else who


def _gives(resource: Resource) -> bool:
    """Whether a right that may be one to know of data only is one to the data."""
    path, values = _ONLY.get(resource.type, ("", ()))
    return not path or bool(set(resource.found(path)) & set(values))


def _ids(ends: Ends, resource: Resource, path: str) -> set[str]:
    """What a setting names, whether it is a node or not: by its value, and by who is referred to."""
    referred = ends.configuration.referred(resource, path).resources
    return {*texts(list(resource.found(path))), *(each.address for each, _ in referred)}
