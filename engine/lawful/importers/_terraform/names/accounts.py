"""Accounts: which accounts are those of a plan, and how another is told apart without its number.

Those of Amazon are their numbers; subscriptions of Azure and projects of Google have their cloud before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from lawful.importers._terraform.names.partners import partner
from lawful.importers._terraform.names.paths import SUBSCRIPTION, account_in
from lawful.importers._terraform.names.paths import named as named_by_path
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful_dsl.frozen import frozen

#: The service, the region, the account and the rest of an ARN.
ARN = re.compile(r"arn:aws[\w-]*:([a-z0-9-]+):([a-z0-9-]*):([^:\s\"]*):([^\s\",;{}()\[\]]+)")
#: The address of a queue, which says its region, account and name.
QUEUE = re.compile(r"https?://sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(\d+)/([\w-]+(?:\.fifo)?)")
#: Layers are parts of programs, which others publish: they say nothing of whom data reach.
LAYER = "layer:"
#: The cloud of an account, by the beginning of the types that are in it.
CLOUDS_OF_ACCOUNTS = {"aws": "aws", "azurerm": "azure", "google": "google"}
_KINDS_OF_ACCOUNTS = {"aws": "account", "azure": "subscription", "google": "project"}
#: What looks up one's own account, and under which name it stands there and where a provider is configured.
_LOOKED_UP = {
    "aws_caller_identity": "account_id",
    "azurerm_client_config": "subscription_id",
    "azurerm_subscription": "subscription_id",
    "google_client_config": "project",
    "google_project": "project_id",
}
#: Those of them that may be given another one to look up.
_MAY_ASK = ("azurerm_subscription", "google_project")
_CONFIGURED = {
    "aws": ("allowed_account_ids",),
    "azurerm": ("subscription_id",),
    "google": ("project",),
    "google-beta": ("project",),
}

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
    "kinesisvideo": ("aws_kinesis_video_stream", "store"),
    "logs": ("aws_cloudwatch_log_group", "store"),
    "mq": ("aws_mq_broker", "store"),
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
    found = set(_configured(value))
    own = set(_own_lookups(value))
    for resource, values in _told(value):
        type = str(resource.get("type"))
        cloud = CLOUDS_OF_ACCOUNTS.get(type.partition("_")[0], "")
        if resource.get("mode") == "data":
            path = _LOOKED_UP.get(type, "")
            address = re.sub(r"\[[^\]]*\]", "", str(resource.get("address")))
            if type not in _MAY_ASK or address in own:
                found.add(_account(cloud, values.get(path)))
        elif cloud == "aws" and (match := ARN.match(str(values.get("arn")))):
            found.add(read_arn(match).account)
        elif cloud == "azure" and (lies_in := SUBSCRIPTION.match(str(values.get("id")))):
            found.add(_account(cloud, lies_in[1]))
        else:
            found.add(project_of(type, values))
    return frozenset(found - {""})


def project_of(type: str, values: Mapping[str, Any]) -> str:
    """The project that a resource of Google says that it is in; empty where it says none."""
    cloud = CLOUDS_OF_ACCOUNTS.get(type.partition("_")[0], "")
    return _account(cloud, values.get("project")) if cloud == "google" else ""


def numbered(plan: Plan) -> Mapping[str, str]:
    """The projects by the numbers that a plan tells; empty where it does not tell which one has the number."""
    return {
        str(number): str(each.values.get("project_id") or each.values.get("project") or "")
        for each in plan.resources
        for key in ("number", "project_number")
        if each.type.startswith("google_")
        for number in each.found(key)
    }


def account_settings(provider: str) -> tuple[str, ...]:
    """The settings of a provider that name accounts of one's own."""
    return _CONFIGURED.get(provider, ())


def accounts_said(provider: str, value: Any) -> Iterator[str]:
    """The accounts that such a setting is, or lists; empty for what is none."""
    cloud = CLOUDS_OF_ACCOUNTS.get(provider.partition("-")[0], "")
    for text in value if isinstance(value, list) else [value]:
        yield _account(cloud, text)


def account_of_role(arn: Any) -> str:
    """The account of a role that a provider takes on: it works there."""
    match = re.match(r"arn:[\w-]+:iam::(\d{12}):", arn) if isinstance(arn, str) else None
    return match[1] if match else ""


def own_of(plan: Plan, cloud: str) -> frozenset[str]:
    """The accounts of one cloud that are those of a plan, without the name of the cloud."""
    before = f"{cloud}:" if cloud != "aws" else ""
    return frozenset(
        each.removeprefix(before) for each in plan.accounts if _cloud_of(each) == cloud
    )


def home_of(plan: Plan, account: str) -> str:
    """The account of the cloud of another one that ids leave out; empty where there is none."""
    return next((each for each in plan.homes if _cloud_of(each) == _cloud_of(account)), "")


def named_accounts(value: Any) -> frozenset[str]:
    """The accounts of all that the JSON of a plan names by ARN and that data may reach."""
    texts: set[str] = set()  # a plan says most of what it says several times
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str):
            texts.add(each)
    found: set[str] = set()
    for text in texts:
        if outside := named_by_path(text):
            found.add(outside.account)
        elif "arn:aws" in text or "://sqs." in text:
            for match in ARN.finditer(as_arn(text)):
                if match[1] != "iam" and not match[4].startswith(LAYER):
                    found.add(read_arn(match).account)
    return frozenset(found - {""})


def settled(plans: Iterable[Plan]) -> list[Plan]:
    """Plans that are read together, with the one account of each cloud that their ids leave out, if there is such.

    It is the one of their own that they tell; where they tell none, the only one that anything names.
    """
    plans = list(plans)
    homes: set[str] = set()
    for cloud in set(CLOUDS_OF_ACCOUNTS.values()):
        own = {each for plan in plans for each in plan.accounts if _cloud_of(each) == cloud}
        named = {each for plan in plans for each in plan.named if _cloud_of(each) == cloud}
        if len(accounts := own or named) == 1:
            homes |= accounts
    return [replace(plan, homes=frozenset(homes)) for plan in plans]


def mark(account: str, plan: Plan, *, sensitive: bool = False) -> str:
    """What stands behind the id of something in another account: a few digits of a digest, not its number."""
    cloud = _cloud_of(account)
    told = any(_cloud_of(each) == cloud for each in plan.accounts | plan.named)
    if not account or account in plan.homes or not told:
        return ""
    return f" of another {_KINDS_OF_ACCOUNTS[cloud]}" if sensitive else f" of {digest(account)}"


def digest(account: str) -> str:
    """What an account is called in place of its number: `account ~3fa2c1`."""
    return partner(_KINDS_OF_ACCOUNTS[_cloud_of(account)], account)


def accounts_of(resource: Resource, plan: Plan) -> frozenset[str]:
    """The accounts of Amazon in one of which a resource is: that of its ARN, else those of the plan."""
    arn = resource.values.get("arn")
    match = ARN.match(arn) if isinstance(arn, str) else None
    account = read_arn(match).account if match else ""
    return frozenset({account}) if account else own_of(plan, "aws")


def arn_ids(value: str) -> Iterator[str]:
    """What a node is called that is named by an ARN from outside of its plan."""
    for arn in map(read_arn, ARN.finditer(value)):
        rest = arn.rest.split("/", 1)[0] if arn.service == "s3" else arn.rest
        if arn.service in ARN_TYPES:
            yield arn_id(arn.service, arn.region, rest)


def arn_id(service: str, region: str, rest: str) -> str:
    """What a node outside of a plan is called, without an account."""
    return ":".join(filter(None, ("aws", service, region, rest)))


def _account(cloud: str, value: Any) -> str:
    """An account as plans are asked for it; empty where a value is none."""
    if not isinstance(value, str) or not value:
        return ""
    if cloud == "aws":
        return value if value.isdigit() else ""
    return account_in(cloud, value)


def _cloud_of(account: str) -> str:
    return account.partition(":")[0] if ":" in account else "aws"


def _configured(value: dict[str, Any]) -> Iterator[str]:
    """The accounts that the providers of a plan are configured with: constants, and variables of the root."""
    providers = _object(_object(value.get("configuration")).get("provider_config"))
    variables = _object(value.get("variables"))
    for provider in _objects(list(providers.values())):
        name = str(provider.get("name"))
        expressions = _object(provider.get("expressions"))
        for role in _objects(expressions.get("assume_role")):
            for each in _said(_object(role.get("role_arn")), variables):
                yield account_of_role(each)
        for key in account_settings(name):
            for expression in _objects([expressions.get(key)]):
                for each in _said(expression, variables):
                    yield from accounts_said(name, each)


def _said(expression: dict[str, Any], variables: dict[str, Any]) -> Iterator[Any]:
    """The constant that an expression is, or the values of the variables that it refers to."""
    yield expression.get("constant_value")
    references = expression.get("references")
    for reference in references if isinstance(references, list) else ():
        yield _object(variables.get(str(reference).removeprefix("var."))).get("value")


def _own_lookups(value: dict[str, Any]) -> Iterator[str]:
    """The addresses of what looks up an account, and is not given which: one's own."""
    waiting = [("", _object(_object(value.get("configuration")).get("root_module")))]
    while waiting:
        within, module = waiting.pop()
        for each in _objects(module.get("resources")):
            asks = _LOOKED_UP.get(str(each.get("type")), "")
            if each.get("mode") == "data" and asks not in _object(each.get("expressions")):
                yield f"{within}data.{each.get('type')}.{each.get('name')}"
        for name, call in _object(module.get("module_calls")).items():
            waiting.append((f"{within}module.{name}.", _object(_object(call).get("module"))))


def _told(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each resource of a plan, and its values, as they are or were."""
    for change in _objects(value.get("resource_changes")):
        within = change.get("change")
        sides = [within.get("before"), within.get("after")] if isinstance(within, dict) else []
        yield from ((change, values) for values in _objects(sides))
    prior = value.get("prior_state")
    stated = prior.get("values") if isinstance(prior, dict) else None
    states = _objects([stated, value.get("planned_values"), value.get("values")])
    waiting = _objects([each.get("root_module") for each in states])
    while waiting:
        module = waiting.pop()
        waiting += _objects(module.get("child_modules"))
        for each in _objects(module.get("resources")):
            yield from ((each, values) for values in _objects([each.get("values")]))


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [each for each in listed if isinstance(each, dict)]


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
