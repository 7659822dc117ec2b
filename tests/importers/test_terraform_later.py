"""Plans whose settings are known only after apply: whom they name stays unknown, and is there; the rest is no alarm."""

from __future__ import annotations

from typing import Any

import pytest

from lawful_dsl import syntax as s
from tests.importers.plans import (
    Value,
    before,
    block,
    change,
    flows,
    flows_of,
    imported,
    nodes,
    notices,
    plan,
    words,
)
from tests.importers.plans_of_aws import BUCKET, FUNCTION, QUEUE, TABLE

SETTING = f"{FUNCTION}.environment.variables"
TO_WHOM = f"{FUNCTION} -> {SETTING}"
ROLE = "aws_iam_role.r"
COPY = "aws_s3_bucket.copy"
RULES = "aws_s3_bucket_replication_configuration.c"
TASKS, RUNS = "aws_ecs_task_definition.t", "aws_ecs_service.s"
NEW: Value = {"arn": True, "id": True}


def looked_up(address: str, **unknown: object) -> Value:
    """A data source that is read only when the plan is carried out."""
    return change(f"data.{address}", {}, unknown=unknown, mode="data", actions=["read"])


def function(variables: Any, values: Value | None = None, was: Value | None = None) -> Value:
    """A function, of whose environment this is known later."""
    return change(
        FUNCTION,
        {"environment": [{"variables": values} if values else {}]},
        unknown={"environment": [{"variables": variables}]},
        before=was and {"environment": [{"variables": was}]},
    )


def calls(*references: str) -> Value:
    """The configuration of the function, whose environment refers to these."""
    return block(FUNCTION, environment=[{"variables": references}])


HIDING: dict[str, tuple[list[Value], list[Value]]] = {
    "what is looked up from anywhere": (
        [function(True), looked_up("http.h", body=True)],
        [calls("data.http.h.body")],
    ),
    "a data source that is not in the plan": ([function(True)], [calls("data.http.h.body")]),
    "a local, which no plan has": ([function({"T": True})], [calls("local.all")]),
    "more values than are explained": (
        [
            function({"T": True, "U": True}),
            change(TABLE, {}, unknown=NEW),
            looked_up("http.h", body=True),
        ],
        [calls(f"{TABLE}.arn", "data.http.h.body")],
    ),
    "a block that is made in a loop": ([function({"T": True})], [block(FUNCTION)]),
}


@pytest.mark.parametrize(("changes", "root"), HIDING.values(), ids=HIDING)
def test_whom_a_program_calls_is_known_later(changes: list[Value], root: list[Value]) -> None:
    value = plan(*changes, root=root)
    assert TO_WHOM in flows(value)
    node = nodes(value)[SETTING]
    assert node.label is not None
    assert (node.kind, node.label.text) == ("store", "Known only after apply")
    said = [f"{p.name} = {p.value}" for p in node.props if isinstance(p, s.Value)]
    assert said == ["known_later = yes"]
    assert words(node) == {"in": []}  # unknown, and not the place of whose it is
    assert len(node.props) == 2
    assert "1 settings name something that is known only after apply" in notices(value)
    assert SETTING not in imported(value).outside


HARMLESS: dict[str, tuple[list[Value], list[Value], set[str]]] = {
    "the ARN of what the plan makes": (
        [function({"T": True}), change(TABLE, {}, unknown=NEW)],
        [calls(f"{TABLE}.arn")],
        {f"{FUNCTION} -> {TABLE}"},
    ),
    "the same beside a local": (
        [function({"T": True}), change(TABLE, {}, unknown=NEW)],
        [calls(f"{TABLE}.arn", "local.name")],
        {f"{FUNCTION} -> {TABLE}"},
    ),
    "a role": (
        [function({"R": True}), change(ROLE, {}, unknown=NEW)],
        [calls(f"{ROLE}.arn")],
        set(),
    ),
    "a password": (
        [function({"P": True}), change("random_password.p", {}, unknown={"result": True})],
        [calls("random_password.p.result")],
        set(),
    ),
    "the account, looked up late": (
        [function({"A": True}), looked_up("aws_caller_identity.me", account_id=True)],
        [calls("data.aws_caller_identity.me.account_id")],
        set(),
    ),
    "the time": ([function({"AT": True})], [calls()], set()),
    "what the provider works out": (
        [change("aws_db_instance.d", {}, unknown={"snapshot_identifier": True})],
        [block("aws_db_instance.d")],
        set(),
    ),
    "what nobody sets": (
        [change("aws_db_instance.d", {}, unknown={"snapshot_identifier": True})],
        [block("aws_db_instance.d", snapshot_identifier=())],
        set(),
    ),
}


@pytest.mark.parametrize(("changes", "root", "found"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_explained_raises_no_alarm(
    changes: list[Value], root: list[Value], found: set[str]
) -> None:
    value = plan(*changes, root=root)
    assert flows(value) == found
    assert "known only after apply" not in notices(value)


def tasks(was: str) -> list[Value]:
    """A service whose containers were such, and are known later."""
    return [
        change(RUNS, {}, unknown={"task_definition": True}),
        change(
            TASKS,
            {},
            unknown={"container_definitions": True},
            before={"container_definitions": was},
            actions=["delete", "create"],
        ),
    ]


def test_what_a_text_named_that_is_known_later_may_be_there_still() -> None:
    was = '[{"environment": [{"name": "A", "value": "https://api.segment.io/v1"}]}]'
    root = [
        block(RUNS, task_definition=f"{TASKS}.arn"),
        block(TASKS, container_definitions=f"{TABLE}.arn"),
    ]
    table = change(TABLE, {"name": "carts"}, unknown=NEW)
    value = plan(*tasks(was), table, root=root)
    assert flows_of(before(value)) == {"aws_ecs_task_definition.t -> api.segment.io"}
    assert flows(value) == {f"{RUNS} -> {TABLE}"}  # one has come for the one that went
    assert "1 settings are known only after apply, and of them only what they refer to" in notices(
        value
    )
    root[1] = block(TASKS, container_definitions=f"{ROLE}.arn")
    value = plan(*tasks(was), change(ROLE, {}, unknown=NEW), root=root)
    assert flows(value) == {f"{RUNS} -> {TASKS}.container_definitions"}


def test_of_values_that_are_known_what_they_named_is_gone() -> None:
    orders = "aws_dynamodb_table.orders"
    changes = [
        function({"R": True}, was={"T": "arn:aws:dynamodb:eu-west-3:1:table/orders", "R": "x"}),
        change(ROLE, {}, unknown=NEW),
        change(orders, {"name": "orders"}, before={"name": "orders"}, actions=["no-op"]),
    ]
    value = plan(*changes, root=[calls(f"{ROLE}.arn")])
    assert flows_of(before(value)) == {f"{FUNCTION} -> {orders}"}
    assert flows(value) == set()
    changes[0] = function(
        {"T": True}, was={"T": "arn:aws:dynamodb:eu-west-3:1:table/orders", "R": "x"}
    )
    assert flows(plan(*changes, root=[calls(f"{ROLE}.arn")])) == {TO_WHOM}


def test_where_a_setting_that_must_name_somebody_does_so_later() -> None:
    bucket = change(BUCKET, {"bucket": "b"}, before={"bucket": "b"}, actions=["no-op"])
    copies = change(RULES, {"bucket": "b"}, unknown={"rule": True})

    def replicated(to: str) -> Value:
        return block(RULES, bucket=f"{BUCKET}.id", rule=[{"destination": [{"bucket": to}]}])

    made = change("random_pet.p", {}, unknown=NEW)
    hidden = plan(bucket, copies, made, root=[replicated("random_pet.p.id")])
    assert flows(hidden) == {f"{BUCKET} -> {RULES}.rule.destination.bucket"}
    assert flows_of(before(hidden)) == set()
    other = change(COPY, {}, unknown=NEW)
    told = plan(bucket, copies, other, root=[replicated(f"{COPY}.arn")])
    assert flows(told) == {f"{BUCKET} -> {COPY}"}


def test_who_sends_is_known_later() -> None:
    mapping = "aws_lambda_event_source_mapping.m"
    value = plan(
        change(mapping, {}, unknown={"event_source_arn": True, "function_name": True}),
        change(FUNCTION, {}, unknown=NEW),
        root=[block(mapping, event_source_arn="local.q", function_name=f"{FUNCTION}.arn")],
    )
    assert flows(value) == {f"{mapping}.event_source_arn -> {FUNCTION}"}


def test_a_document_that_is_no_end_is_none_later_either() -> None:
    target, rule, document = (
        "aws_cloudwatch_event_target.t",
        "aws_cloudwatch_event_rule.r",
        "aws_ssm_document.d",
    )
    value = plan(
        change(target, {}, unknown={"arn": True, "rule": True}),
        change(rule, {}, unknown=NEW),
        change(document, {}, unknown=NEW),
        root=[block(target, rule=f"{rule}.name", arn=f"{document}.arn")],
    )
    assert flows(value) == set()


def test_what_is_let_or_copied_is_known_later() -> None:
    open_to = f"{QUEUE}"
    database = "aws_db_instance.d"
    value = plan(
        change(TABLE, {}, unknown={"replica": [{"region_name": True}]}),
        change(database, {}, unknown={"publicly_accessible": True}),
        change(open_to, {}),
        root=[
            block(TABLE, replica=[{"region_name": "local.region"}]),
            block(database, publicly_accessible="local.open"),
        ],
    )
    assert flows(value) == {
        f"{TABLE} -> {TABLE} elsewhere",
        f"{database}.publicly_accessible -> {database}",
    }


def test_the_groups_of_a_listener_that_is_made_in_a_loop() -> None:
    balancer, listener, group = "aws_lb.b", "aws_lb_listener.l", "aws_lb_target_group.g"
    member, machine = "aws_lb_target_group_attachment.a", "aws_instance.i"
    value = plan(
        change(balancer, {}, unknown=NEW),
        change(
            listener,
            {"default_action": [{"type": "forward"}]},
            unknown={"default_action": [{"target_group_arn": True}], "load_balancer_arn": True},
        ),
        change(group, {}, unknown=NEW),
        change(machine, {}, unknown=NEW),
        change(member, {}, unknown={"target_group_arn": True, "target_id": True}),
        root=[
            block(balancer),
            block(listener, load_balancer_arn=f"{balancer}.arn"),
            block(member, target_group_arn=f"{group}.arn", target_id=f"{machine}.id"),
        ],
    )
    assert f"{balancer} -> {machine}" in flows(value)
    assert not [node for node in nodes(value) if "default_action" in node]


def test_what_a_module_is_given_explains_what_it_makes_in_a_loop() -> None:
    inner = f"module.till.{FUNCTION}"

    def given(*references: str, name: str = "environment_variables") -> Value:
        call = {
            "expressions": {name: {"references": list(references)}},
            "module": {"resources": [block(FUNCTION)]},
        }
        changes = (
            change(
                inner,
                {"environment": [{"variables": {"MODE": "x"}}]},
                unknown={"environment": [{"variables": {"T": True}}]},
            ),
            change(TABLE, {}, unknown=NEW),
        )
        return plan(*changes, root={"module_calls": {"till": call}})

    hidden = {f"{inner} -> {inner}.environment.variables"}
    assert flows(given(f"{TABLE}.arn")) == {f"{inner} -> {TABLE}"}
    assert flows(given(f"{TABLE}.arn", name="env")) == {f"{inner} -> {TABLE}"}
    assert flows(given(f"{TABLE}.arn", name="layers")) == hidden
    assert flows(given("local.settings")) == hidden


GONE: dict[str, tuple[Value, Value, set[str]]] = {
    "who copies are for": (
        change(
            RULES,
            {"bucket": "orders"},
            unknown={"rule": True},
            before={"bucket": "orders", "rule": [{"destination": [{"bucket": "copies"}]}]},
            actions=["update"],
        ),
        block(RULES, bucket=f"{BUCKET}.id"),
        {f"{BUCKET} -> {RULES}.rule.destination.bucket"},
    ),
    "who copies are for, of what is new": (
        change(RULES, {"bucket": "orders"}, unknown={"rule": True}),
        block(RULES, bucket=f"{BUCKET}.id"),
        {f"{BUCKET} -> {RULES}.rule.destination.bucket"},
    ),
    "whom a program calls": (
        change(
            FUNCTION,
            {},
            unknown={"environment": True},
            before={"environment": [{"variables": {"T": "copies"}}]},
            actions=["update"],
        ),
        block(FUNCTION),
        {TO_WHOM},
    ),
    "in which regions a table has copies": (
        change(TABLE, {"name": "carts"}, unknown={"replica": True}),
        block(TABLE),
        {f"{TABLE} -> {TABLE} elsewhere"},
    ),
    "what a provider fills in": (
        change("aws_s3_bucket.logs", {}, unknown={"logging": True}),
        block("aws_s3_bucket.logs"),
        set(),
    ),
    "what a provider fills in, where it named somebody": (
        change(
            "aws_s3_bucket.logs",
            {},
            unknown={"logging": True},
            before={"logging": [{"target_bucket": "copies"}]},
            actions=["update"],
        ),
        block("aws_s3_bucket.logs"),
        {"aws_s3_bucket.logs -> aws_s3_bucket.logs.logging.target_bucket"},
    ),
}


@pytest.mark.parametrize(("of", "configured", "found"), GONE.values(), ids=GONE)
def test_a_whole_block_that_is_known_later_hides_somebody(
    of: Value, configured: Value, found: set[str]
) -> None:
    there = [
        change(address, {"bucket": name}, before={"bucket": name}, actions=["no-op"])
        for address, name in ((BUCKET, "orders"), (COPY, "copies"))
    ]
    assert flows(plan(of, *there, root=[configured])) == found
