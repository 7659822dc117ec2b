"""Known: the names under which other files know the nodes of a plan: ARNs, buckets, hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawful.importers._terraform.ends import arn_ids
from lawful.importers._terraform.identities import IDENTITIES
from lawful.importers._terraform.paths import named
from lawful.importers._terraform.places import Places
from lawful.importers._terraform.resources import Resource

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
    """The names, as what is outside of a plan is called, without accounts."""
    for key, value in resource.values.items():
        if key not in IDENTITIES or not isinstance(value, str):
            continue
        if value.startswith("arn:"):
            yield from arn_ids(value)
        elif outside := named(value):
            yield outside[0]
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
            yield f"aws:{service}:{region}:{before}{name}"
