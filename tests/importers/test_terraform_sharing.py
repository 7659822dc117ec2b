"""What others get of what a plan manages by a right of their own: copies, buckets, all logs of an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.importers.plans import block, change, flows, plan

OURS = "arn:aws:s3:::kept"
TABLE = change("aws_dynamodb_table.t", {"arn": "arn:aws:dynamodb:eu-west-3:111122223333:table/t"})
BUCKET = change("aws_s3_bucket.b", {"arn": OURS, "bucket": "kept"})


def policy(principal: Any, *, effect: str = "Allow", action: Any = "s3:GetObject") -> Any:
    said = {"Effect": effect, "Principal": principal, "Action": action, "Resource": f"{OURS}/*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [said]})
    return change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": text})


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:*", "*", ["s3:PutObject", "s3:Get*"]])
@pytest.mark.parametrize("who", ["arn:aws:iam::999900001111:root", "999900001111"])
def test_a_bucket_that_another_account_may_read(who: str, action: Any) -> None:
    found = flows(
        plan(TABLE, BUCKET, policy({"AWS": ["arn:aws:iam::111122223333:root", who]}, action=action))
    )
    assert "aws_s3_bucket.b -> aws_s3_bucket.b shared" in found


@pytest.mark.parametrize(
    "said",
    [
        policy({"AWS": "arn:aws:iam::111122223333:root"}),
        policy({"AWS": "arn:aws:iam::999900001111:root"}, effect="Deny"),
        policy({"AWS": "arn:aws:iam::999900001111:root"}, action="s3:PutObject"),
        policy({"Service": "cloudfront.amazonaws.com"}),
        change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": "[1, {"}),
        change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": "[[]]"}),
    ],
)
def test_a_bucket_that_none_other_may_read(said: Any) -> None:
    assert not [each for each in flows(plan(TABLE, BUCKET, said)) if "shared" in each]


def test_a_snapshot_that_is_given_to_another_account() -> None:
    made = {"db_instance_identifier": "till", "shared_accounts": ["999900001111"]}
    database = change("aws_db_instance.d", {"identifier": "till"})
    found = flows(plan(database, change("aws_db_snapshot.s", made)))
    assert found == {
        "aws_db_instance.d -> aws_db_snapshot.s",
        "aws_db_snapshot.s -> aws_db_snapshot.s shared",
    }
    made["shared_accounts"] = []
    assert len(flows(plan(database, change("aws_db_snapshot.s", made)))) == 1


def test_all_logs_of_an_account_go_where_its_policy_sends_them() -> None:
    document = json.dumps({"DestinationArn": "arn:aws:lambda:eu-west-3:111122223333:function:f"})
    name = "aws_cloudwatch_log_account_policy.all"
    sent = change(name, {"policy_type": "SUBSCRIPTION_FILTER_POLICY", "policy_document": document})
    function = change(
        "aws_lambda_function.f",
        {"function_name": "f", "arn": "arn:aws:lambda:eu-west-3:111122223333:function:f"},
    )
    groups = [change(f"aws_cloudwatch_log_group.{each}", {"name": each}) for each in "ab"]
    said = block(name, policy_document=None)
    said["expressions"] = {"policy_document": {"constant_value": document}}
    assert flows(plan(function, *groups, sent, root=[said])) == {
        "aws_cloudwatch_log_group.a -> aws_lambda_function.f",
        "aws_cloudwatch_log_group.b -> aws_lambda_function.f",
    }
