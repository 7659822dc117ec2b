"""Sharing: what others get by a right of their own: copies given to accounts, buckets open to them, all logs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lawful.importers._terraform.accounts import accounts_of
from lawful.importers._terraform.ends import Ends, Flow, Outside, end_id
from lawful.importers._terraform.resources import Resource

#: Settings that name accounts which get a copy, by type.
_GIVEN = {
    "aws_db_cluster_snapshot": "shared_accounts",
    "aws_db_snapshot": "shared_accounts",
    "aws_db_snapshot_copy": "shared_accounts",
}
#: An account within a principal: the number alone, or that of an ARN.
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::.*)?")
#: Actions on objects by which data leave a bucket.
_READS = re.compile(r"(?i)(?:s3:)?(?:\*|get\*?|getobject.*|list\*)")


def shared(ends: Ends) -> Iterator[Flow]:
    """The flows to whoever has a right to what is at a node, or gets all logs, and is no end by name."""
    for resource in ends.plan.resources:
        if resource.data:
            continue
        given = _GIVEN.get(resource.type, "")
        if given and any(resource.found(given)):
            yield Flow(resource, _others(resource), resource.at(given))
        if resource.type == "aws_s3_bucket_policy" and _lets_read(resource, ends):
            for bucket in ends.of(resource, "bucket"):
                if isinstance(bucket, Resource):
                    yield Flow(bucket, _others(bucket), resource.at("policy"))
        if resource.type == "aws_cloudwatch_log_account_policy":
            yield from _all_logs(ends, resource)


def _others(node: Resource) -> Outside:
    """Whoever it is with whom something is shared: an account, of which a plan tells nothing more."""
    return Outside(f"{end_id(node)} shared", "recipient")


def _all_logs(ends: Ends, policy: Resource) -> Iterator[Flow]:
    """From every group of logs of the provider to where a policy of its account sends them all."""
    for target in ends.of(policy, "policy_document", loose=True):
        for group in ends.plan.resources:
            if group.type == "aws_cloudwatch_log_group" and group.provider == policy.provider:
                yield Flow(group, target, policy.at("policy_document"))


def _lets_read(resource: Resource, ends: Ends) -> bool:
    """Whether a policy lets another account read: one that is none of those that the plan tells as its own."""
    own = accounts_of(resource, ends.plan)
    for text in resource.found("policy"):
        for said in _statements(text):
            principal = said.get("Principal")
            named = principal.get("AWS") if isinstance(principal, dict) else None
            found = (_ACCOUNT.fullmatch(each) for each in _each(named))
            accounts = {match[1] for match in found if match}
            reads = any(_READS.fullmatch(each) for each in _each(said.get("Action")))
            if said.get("Effect") == "Allow" and reads and own and accounts - set(own):
                return True
    return False


def _statements(text: Any) -> Iterator[dict[str, Any]]:
    try:
        policy = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return
    said = policy.get("Statement") if isinstance(policy, dict) else None
    for each in said if isinstance(said, list) else [said]:
        if isinstance(each, dict):
            yield each


def _each(value: Any) -> list[str]:
    """One text, or several."""
    return [
        each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
    ]
