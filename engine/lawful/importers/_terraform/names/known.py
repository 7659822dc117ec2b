"""Known: the names under which other files know the nodes of a plan: ARNs, buckets, hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful.importers import MAYBE
from lawful.importers._terraform.names.accounts import accounts_of, arn_ids, home_of, mark
from lawful.importers._terraform.names.ends import Outside
from lawful.importers._terraform.names.identities import is_identity
from lawful.importers._terraform.names.paths import named
from lawful.importers._terraform.places import Places
from lawful.importers._terraform.state.resources import Plan, Resource

_HOST = re.compile(r"(?:[a-z]+://)?((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})(?::\d+)?(?:/.*)?$")
#: How the ARN of what is only being made will end, by type: the setting that names it stands in braces.
_ARNS = {
    "aws_cloudwatch_event_bus": ("events", "event-bus/", "name"),
    "aws_cloudwatch_log_group": ("logs", "log-group:", "name"),
    "aws_db_instance": ("rds", "db:", "identifier"),
    "aws_dynamodb_table": ("dynamodb", "table/", "name"),
    "aws_kinesis_firehose_delivery_stream": ("firehose", "deliverystream/", "name"),
    "aws_kinesis_stream": ("kinesis", "stream/", "name"),
    "aws_lambda_function": ("lambda", "function:", "function_name"),
    "aws_rds_cluster": ("rds", "cluster:", "cluster_identifier"),
    "aws_sfn_state_machine": ("states", "stateMachine:", "name"),
    "aws_sns_topic": ("sns", "", "name"),
    "aws_sqs_queue": ("sqs", "", "name"),
}
_BUCKETS = {
    "aws_s3_bucket": ("aws:s3", "bucket"),
    "google_storage_bucket": ("google:storage", "name"),
}


def names_of(resource: Resource, places: Places) -> Iterator[str]:
    """The names, as what is outside of a plan is called, without numbers of accounts."""
    plan = places.ends.plan
    for key, value in resource.values.items():
        if not is_identity(resource.type, key) or not isinstance(value, str):
            continue
        if value.startswith("arn:"):
            for id in arn_ids(value):
                yield from _by_account(id, resource, plan)
        elif outside := named(value):
            yield outside.id + mark(outside.account, plan)
        elif match := _HOST.match(value):
            yield match[1].lower()
    if resource.type in _BUCKETS:
        cloud, key = _BUCKETS[resource.type]
        if isinstance(name := resource.values.get(key), str):
            yield f"{cloud}:{name}"
    if resource.type in _ARNS:
        service, before, key = _ARNS[resource.type]
        region = places.region_of(resource)
        if region and isinstance(name := resource.values.get(key), str):
            yield from _by_account(f"aws:{service}:{region}:{before}{name}", resource, plan)


def outside_names(end: Outside, plan: Plan) -> tuple[str, ...]:
    """The names of what is outside of a plan; where no account is home, one of no known account may be it."""
    other = mark(end.account, plan)
    if not other or home_of(plan, end.account):
        return (end.id,)
    return end.id, end.id.removesuffix(other) + MAYBE


def _by_account(id: str, resource: Resource, plan: Plan) -> Iterator[str]:
    """A name in each account in which a resource may be; buckets have none."""
    accounts = () if id.startswith("aws:s3:") else accounts_of(resource, plan)
    yield from (id + mark(account, plan) for account in accounts)
    if not accounts:
        yield id
    if (resource.data or not accounts) and not home_of(plan, ""):
        yield id + MAYBE
