"""Plans of Terraform as all was before them: what a plan makes was not there, what it changes was otherwise."""

from __future__ import annotations

import pytest

from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from tests.importers.plans import (
    Value,
    before,
    block,
    change,
    flows,
    flows_of,
    nodes,
    notices,
    plan,
    words,
)
from tests.importers.plans_of_aws import BUCKET, FUNCTION, QUEUE, TABLE

MAPPING = "aws_lambda_event_source_mapping.m"
TRIGGER = block(
    MAPPING, event_source_arn="aws_sqs_queue.q.arn", function_name="aws_lambda_function.f.arn"
)
QUEUE_ARN = "arn:aws:sqs:eu-west-3:111122223333:orders"
FUNCTION_ARN = "arn:aws:lambda:eu-west-3:111122223333:function:till"


def stays(address: str, values: Value, **after: object) -> Value:
    """A resource that is there before, and after with these settings otherwise."""
    actions = ["update"] if after else ["no-op"]
    return change(address, {**values, **after}, before=values, actions=actions)


def ids(value: Value) -> set[str]:
    """The nodes that were there before."""
    return {str(x.id) for x in before(value).flows.statements if isinstance(x, s.NodeDecl)}


def test_what_a_plan_makes_was_not_there_and_what_it_deletes_was() -> None:
    value = plan(
        stays(FUNCTION, {}),
        change(QUEUE, {}),
        change(BUCKET, None, before={"bucket": "old"}, actions=["delete"]),
    )
    assert ids(value) == {FUNCTION, BUCKET}


def test_what_nothing_changes_is_as_it_is() -> None:
    settings: Value = {"event_source_arn": QUEUE_ARN, "function_name": FUNCTION_ARN}
    value = plan(
        stays(FUNCTION, {"arn": FUNCTION_ARN}),
        stays(QUEUE, {"arn": QUEUE_ARN}),
        stays(MAPPING, settings),
        root=[TRIGGER],
    )
    assert flows_of(before(value)) == flows(value) == {f"{QUEUE} -> {FUNCTION}"}


def test_what_a_setting_refers_to_now_says_nothing_of_what_it_was() -> None:
    settings: Value = {"function_name": "till"}
    value = plan(
        stays(FUNCTION, {"function_name": "till"}),
        stays(QUEUE, {"arn": QUEUE_ARN}),
        stays(MAPPING, settings, event_source_arn=QUEUE_ARN),
        root=[TRIGGER],
    )
    assert flows(value) == {f"{QUEUE} -> {FUNCTION}"}
    assert flows_of(before(value)) == set()


def test_a_setting_that_may_change_refers_to_nothing_before() -> None:
    mapping = stays(MAPPING, {"function_name": "till"})
    mapping["change"]["after_unknown"] = {"event_source_arn": True}
    value = plan(
        stays(FUNCTION, {"function_name": "till"}), stays(QUEUE, {}), mapping, root=[TRIGGER]
    )
    assert flows(value) == {f"{QUEUE} -> {FUNCTION}"}
    assert flows_of(before(value)) == set()


def test_of_a_setting_that_changes_the_values_that_were_there_tell() -> None:
    other = "aws_sqs_queue.other"
    old = "arn:aws:sqs:eu-west-3:111122223333:others"
    mapping = stays(
        MAPPING,
        {"event_source_arn": old, "function_name": FUNCTION_ARN},
        event_source_arn=QUEUE_ARN,
    )
    value = plan(
        stays(FUNCTION, {"arn": FUNCTION_ARN}),
        stays(QUEUE, {"arn": QUEUE_ARN}),
        stays(other, {"arn": old}),
        mapping,
        root=[TRIGGER],
    )
    assert flows(value) == {f"{QUEUE} -> {FUNCTION}"}
    assert flows_of(before(value)) == {f"{other} -> {FUNCTION}"}


def test_in_modules_too() -> None:
    function, queue = f"module.shop.{FUNCTION}", f"module.shop.{QUEUE}"
    mapping = f"module.shop.{MAPPING}"
    module = {"module_calls": {"shop": {"module": {"resources": [TRIGGER]}}}}
    new = plan(
        stays(function, {"function_name": "till"}),
        stays(queue, {"arn": QUEUE_ARN}),
        stays(mapping, {"function_name": "till"}, event_source_arn=QUEUE_ARN),
        root=module,
    )
    assert flows(new) == {f"{queue} -> {function}"}
    assert flows_of(before(new)) == set()


def test_what_is_moved_had_the_address_that_it_has() -> None:
    moved = stays(TABLE, {})
    moved["previous_address"] = "aws_dynamodb_table.old"
    assert ids(plan(moved)) == {TABLE}
    (said,) = words(nodes(plan(moved))[TABLE])["formerly"]
    assert said == "aws_dynamodb_table.old"


def test_the_settings_were_what_they_were() -> None:
    value = plan(
        stays("aws_db_instance.d", {"storage_encrypted": True}, storage_encrypted=False),
    )
    (node,) = (x for x in before(value).flows.statements if isinstance(x, s.NodeDecl))
    using = [p for p in node.props if isinstance(p, s.Property) and p.word == "using"]
    assert [str(name) for name in using[0].names.items] == ["encryption_at_rest"]
    assert using[0].names.open
    assert node.span.pointer == "/resource_changes/0/change/before"


def test_a_state_does_not_tell_what_was_before() -> None:
    state = {"format_version": "1.0", "values": {"root_module": {"resources": []}}}
    with pytest.raises(Rejected, match="does not tell what was before"):
        before(state)


def test_a_region_that_is_known_later_is_not_that_of_the_provider() -> None:
    bucket = change(BUCKET, {"bucket": "b"}, unknown={"region": True})
    told = plan(bucket, root=[block(BUCKET, region="random_shuffle.r.result")])
    assert words(nodes(told)[BUCKET])["in"] == []  # unknown
    computed = plan(bucket, root=[block(BUCKET)])
    assert words(nodes(computed)[BUCKET])["in"] == ["FR"]


def test_an_environment_that_is_known_later_is_counted() -> None:
    function = change(FUNCTION, {}, unknown={"environment": [{"variables": True}]})
    later = [block(FUNCTION, environment=[{"variables": "data.http.settings.body"}])]
    assert "1 settings name something" in notices(plan(function, root=later))
    assert "settings name something" not in notices(plan(function, root=[block(FUNCTION)]))


def test_a_state_tells_nothing_of_what_was_before_and_is_read() -> None:
    policy = {
        "address": "aws_s3_bucket_policy.p",
        "mode": "managed",
        "type": "aws_s3_bucket_policy",
        "name": "p",
        "values": {"bucket": "shop", "policy": "{"},
    }
    bucket = {
        **policy,
        "address": BUCKET,
        "type": "aws_s3_bucket",
        "name": "b",
        "values": {"bucket": "shop"},
    }
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [bucket, policy]}}}
    assert set(nodes(state)) == {BUCKET}
    assert "cannot be read" in notices(state)
    with pytest.raises(Rejected, match="does not tell what was before"):
        before(state)
