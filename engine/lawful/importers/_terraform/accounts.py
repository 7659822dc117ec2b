"""Accounts: which accounts of Amazon are those of a plan, and how another is told apart without its number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from lawful.importers._terraform.resources import Plan, Resource
from lawful_dsl.frozen import frozen

#: The service, the region, the account and the rest of an ARN.
ARN = re.compile(r"arn:aws[\w-]*:([a-z0-9-]+):([a-z0-9-]*):([^:\s\"]*):([^\s\",;{}()\[\]]+)")
#: The address of a queue, which says its region, account and name.
QUEUE = re.compile(r"https?://sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(\d+)/([\w-]+(?:\.fifo)?)")
#: Layers are parts of programs, which others publish: they say nothing of whom data reach.
_LAYER = "layer:"

#: What the name of a service of Amazon within an ARN stands for: types, and the kind of node.
ARN_TYPES = {
    "dynamodb": ("aws_dynamodb_table", "store"),
    "ecs": ("aws_ecs_service", "service"),
    "elasticache": ("aws_elasticache_cluster aws_elasticache_replication_group", "store"),
    "elasticfilesystem": ("aws_efs_file_system", "store"),
    "es": ("aws_elasticsearch_domain aws_opensearch_domain", "store"),
    "events": ("aws_cloudwatch_event_bus", "service"),
    "firehose": ("aws_kinesis_firehose_delivery_stream", "service"),
    "kafka": ("aws_msk_cluster", "store"),
    "kinesis": ("aws_kinesis_stream", "store"),
    "lambda": ("aws_lambda_function", "service"),
    "logs": ("aws_cloudwatch_log_group", "store"),
    "rds": ("aws_db_instance aws_rds_cluster aws_docdb_cluster aws_neptune_cluster", "store"),
    "redshift": ("aws_redshift_cluster", "store"),
    "s3": ("aws_s3_bucket", "store"),
    "sns": ("aws_sns_topic", "service"),
    "sqs": ("aws_sqs_queue", "store"),
    "states": ("aws_sfn_state_machine", "service"),
    "backup": ("aws_backup_vault", "store"),
    "cognito-idp": ("aws_cognito_user_pool", "store"),
}


@frozen
class Named:
    """What an ARN names; the account is empty where it is not told."""

    service: str
    region: str
    account: str
    rest: str


def read_arn(match: re.Match[str]) -> Named:
    """An ARN that was found, of a function or log group without what is asked of it."""
    account = match[3] if match[3].isdigit() else ""
    return Named(match[1], match[2], account, without_call(match[4]))


def without_call(arn: str) -> str:
    """An ARN of a function or log group without what is asked of it."""
    return arn.removesuffix("/invocations").removesuffix(":*")


def as_arn(value: str) -> str:
    """A text in which addresses of queues are the ARNs of those queues."""
    return QUEUE.sub(r"arn:aws:sqs:\1:\2:\3", value)


def own_accounts(value: dict[str, Any]) -> frozenset[str]:
    """The accounts in which the JSON of a plan or a state says that what it manages is, or was."""
    found: set[str] = set()
    for type, data, values in _told(value):
        if data:
            texts = [values.get("account_id")] if type == "aws_caller_identity" else []
            found.update(text for text in texts if isinstance(text, str) and text.isdigit())
        elif type.startswith("aws_") and (match := ARN.match(str(values.get("arn")))):
            found.add(read_arn(match).account)
    return frozenset(found - {""})


def named_accounts(value: Any) -> frozenset[str]:
    """The accounts of all that the JSON of a plan names by ARN and that data may reach."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and ("arn:aws" in each or "://sqs." in each):
            for match in ARN.finditer(as_arn(each)):
                if match[1] != "iam" and not match[4].startswith(_LAYER):
                    found.add(read_arn(match).account)
    return frozenset(found - {""})


def settled(plans: Iterable[Plan]) -> list[Plan]:
    """Plans that are read together, with the one account that their ids leave out, if there is such.

    It is the one of their own that they tell; where they tell none, the only one that anything names.
    """
    plans = list(plans)
    own = {account for plan in plans for account in plan.accounts}
    accounts = own or {account for plan in plans for account in plan.named}
    home = next(iter(accounts)) if len(accounts) == 1 else ""
    return [replace(plan, home=home) for plan in plans]


def mark(account: str, plan: Plan, *, sensitive: bool = False) -> str:
    """What stands behind the id of something in another account: a few digits of a digest, not its number."""
    if not account or account == plan.home or not (plan.accounts or plan.named):
        return ""
    if sensitive:
        return " of another account"
    return f" of account ~{hashlib.sha256(account.encode()).hexdigest()[:6]}"


def accounts_of(resource: Resource, plan: Plan) -> frozenset[str]:
    """The accounts in one of which a resource is: that of its ARN, else those of the plan."""
    arn = resource.values.get("arn")
    match = ARN.match(arn) if isinstance(arn, str) else None
    account = read_arn(match).account if match else ""
    return frozenset({account}) if account else plan.accounts


def arn_ids(value: str) -> Iterator[str]:
    """What a node is called that is named by an ARN from outside of its plan."""
    for arn in map(read_arn, ARN.finditer(value)):
        rest = arn.rest.split("/", 1)[0] if arn.service == "s3" else arn.rest
        if arn.service in ARN_TYPES:
            yield arn_id(arn.service, arn.region, rest)


def arn_id(service: str, region: str, rest: str) -> str:
    """What a node outside of a plan is called, without an account."""
    return ":".join(filter(None, ("aws", service, region, rest)))


def _told(value: dict[str, Any]) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """The type of each resource of a plan, whether it is looked up, and its values, as they are or were."""
    for change in _objects(value.get("resource_changes")):
        within = change.get("change")
        sides = [within.get("before"), within.get("after")] if isinstance(within, dict) else []
        for values in _objects(sides):
            yield str(change.get("type")), change.get("mode") == "data", values
    prior = value.get("prior_state")
    stated = prior.get("values") if isinstance(prior, dict) else None
    states = _objects([stated, value.get("planned_values"), value.get("values")])
    waiting = _objects([each.get("root_module") for each in states])
    while waiting:
        module = waiting.pop()
        waiting += _objects(module.get("child_modules"))
        for each in _objects(module.get("resources")):
            for values in _objects([each.get("values")]):
                yield str(each.get("type")), each.get("mode") == "data", values


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [each for each in listed if isinstance(each, dict)]
