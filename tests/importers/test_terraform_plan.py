"""Plans of Terraform: what is a flow and what is not, where nodes are, and what their settings say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful import importers
from lawful.cli import main
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format import print_flow
from lawful_dsl.source import Source
from tests.importers.plans import block, change, flows, imported, nodes, notices, plan, words

FUNCTION, QUEUE, TABLE = "aws_lambda_function.f", "aws_sqs_queue.q", "aws_dynamodb_table.t"
BUCKET, TOPIC = "aws_s3_bucket.b", "aws_sns_topic.n"


def test_a_reference_is_a_flow_only_where_the_table_says_so_and_as_it_says() -> None:
    value = plan(
        change(FUNCTION, unknown={"environment": [{"variables": True}], "role": True}),
        change(QUEUE),
        change(TABLE),
        change("aws_iam_role.r"),
        change("aws_lambda_event_source_mapping.m"),
        change("aws_cloudwatch_metric_alarm.a"),
        root=[
            block(
                FUNCTION,
                environment=[{"variables": "aws_dynamodb_table.t.name"}],
                role="aws_iam_role.r.arn",
            ),
            block(
                "aws_lambda_event_source_mapping.m",
                event_source_arn="aws_sqs_queue.q.arn",
                function_name="aws_lambda_function.f.arn",
            ),
            block("aws_cloudwatch_metric_alarm.a", dimensions="aws_sqs_queue.q.name"),
        ],
    )
    assert flows(value) == {f"{QUEUE} -> {FUNCTION}", f"{FUNCTION} -> {TABLE}"}
    assert "3 resources say who may do what" in notices(value)


FULL_ARN = "arn:aws:sqs:eu-west-3:123456789012:orders"
CASES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], set[str]]] = {
    "a topic to a queue, by values": (
        [
            change(TOPIC, {"arn": "arn:aws:sns:eu-west-3:123456789012:news"}),
            change(QUEUE, {"arn": FULL_ARN}),
            change(
                "aws_sns_topic_subscription.s",
                {"topic_arn": "arn:aws:sns:eu-west-3:123456789012:news", "endpoint": FULL_ARN},
            ),
        ],
        [],
        {f"{TOPIC} -> {QUEUE}"},
    ),
    "a topic to a queue that is not there": (
        [
            change(TOPIC, {"arn": "arn:aws:sns:eu-west-3:123456789012:news"}),
            change(
                "aws_sns_topic_subscription.s",
                {"topic_arn": "arn:aws:sns:eu-west-3:123456789012:news", "endpoint": FULL_ARN},
            ),
        ],
        [],
        {f"{TOPIC} -> aws:sqs:eu-west-3:orders"},
    ),
    "a stream that an ARN names before it is made": (
        [
            change("aws_kinesis_stream.k", {"name": "clicks"}),
            change(
                "aws_cloudwatch_log_subscription_filter.s",
                {
                    "log_group_name": "/shop/till",
                    "destination_arn": "arn:aws:kinesis:eu-west-3:123456789012:stream/clicks",
                },
            ),
            change("aws_cloudwatch_log_group.l", {"name": "/shop/till"}),
        ],
        [],
        {"aws_cloudwatch_log_group.l -> aws_kinesis_stream.k"},
    ),
    "a queue to its dead letters": (
        [change(QUEUE, unknown={"redrive_policy": True}), change("aws_sqs_queue.dead")],
        [block(QUEUE, redrive_policy="aws_sqs_queue.dead.arn")],
        {f"{QUEUE} -> aws_sqs_queue.dead"},
    ),
    "a bucket to a copy of it and to its log": (
        [
            change(BUCKET, {"bucket": "shop"}),
            change("aws_s3_bucket.copy", {"bucket": "copy"}),
            change(
                "aws_s3_bucket_replication_configuration.r",
                {"bucket": "shop", "rule": [{"destination": [{"bucket": "arn:aws:s3:::copy"}]}]},
            ),
            change("aws_s3_bucket_logging.l", {"bucket": "shop", "target_bucket": "old-logs"}),
        ],
        [],
        {f"{BUCKET} -> aws_s3_bucket.copy", f"{BUCKET} -> aws:s3:old-logs"},
    ),
    "a bucket that tells a function": (
        [change(BUCKET), change(FUNCTION), change("aws_s3_bucket_notification.n")],
        [
            block(
                "aws_s3_bucket_notification.n",
                bucket="aws_s3_bucket.b.id",
                lambda_function=[{"lambda_function_arn": "aws_lambda_function.f.arn"}],
            )
        ],
        {f"{BUCKET} -> {FUNCTION}"},
    ),
    "an event to a function": (
        [
            change("aws_cloudwatch_event_rule.e", {"name": "nightly"}),
            change(FUNCTION),
            change("aws_cloudwatch_event_target.t", {"rule": "nightly"}, unknown={"arn": True}),
        ],
        [
            block(
                "aws_cloudwatch_event_target.t", arn="aws_lambda_function.f.arn", rule="local.rule"
            )
        ],
        {f"aws_cloudwatch_event_rule.e -> {FUNCTION}"},
    ),
    "a gateway to a function, and to one that lets in": (
        [
            change("aws_api_gateway_rest_api.g"),
            change(FUNCTION),
            change("aws_lambda_function.guard"),
            change("aws_api_gateway_integration.i"),
            change("aws_api_gateway_authorizer.a"),
        ],
        [
            block(
                "aws_api_gateway_integration.i",
                rest_api_id="aws_api_gateway_rest_api.g.id",
                uri="aws_lambda_function.f.invoke_arn",
            ),
            block(
                "aws_api_gateway_authorizer.a",
                rest_api_id="aws_api_gateway_rest_api.g.id",
                authorizer_uri="aws_lambda_function.guard.invoke_arn",
            ),
        ],
        {
            f"aws_api_gateway_rest_api.g -> {FUNCTION}",
            "aws_api_gateway_rest_api.g -> aws_lambda_function.guard",
        },
    ),
    "a read replica": (
        [
            change("aws_db_instance.main", {"identifier": "main-db"}),
            change("aws_db_instance.replica"),
        ],
        [block("aws_db_instance.replica", replicate_source_db="aws_db_instance.main.identifier")],
        {"aws_db_instance.main -> aws_db_instance.replica"},
    ),
    "a backup that is copied": (
        [
            change("aws_db_instance.main"),
            change("aws_backup_vault.here", {"name": "here"}),
            change(
                "aws_backup_plan.p",
                {
                    "rule": [
                        {
                            "target_vault_name": "here",
                            "copy_action": [
                                {
                                    "destination_vault_arn": "arn:aws:backup:us-east-1:1:backup-vault:far"
                                }
                            ],
                        }
                    ]
                },
            ),
            change("aws_backup_selection.s"),
        ],
        [
            block(
                "aws_backup_selection.s",
                plan_id="aws_backup_plan.p.id",
                resources="aws_db_instance.main.arn",
            )
        ],
        {
            "aws_db_instance.main -> aws_backup_plan.p",
            "aws_backup_plan.p -> aws_backup_vault.here",
            "aws_backup_vault.here -> aws:backup:us-east-1:backup-vault:far",
        },
    ),
    "a table that is copied elsewhere": (
        [change(TABLE, {"replica": [{"region_name": "us-east-1"}]})],
        [],
        {f"{TABLE} -> {TABLE} in us-east-1"},
    ),
    "a load balancer to the machines of a target group": (
        [
            change("aws_lb.l", {"internal": True}),
            change("aws_lb_listener.i"),
            change("aws_lb_target_group.g"),
            change("aws_autoscaling_group.a"),
        ],
        [
            block(
                "aws_lb_listener.i",
                load_balancer_arn="aws_lb.l.arn",
                default_action=[{"target_group_arn": "aws_lb_target_group.g.arn"}],
            ),
            block("aws_autoscaling_group.a", target_group_arns="aws_lb_target_group.g.arn"),
        ],
        {"aws_lb.l -> aws_autoscaling_group.a"},
    ),
    "who runs a template sends what the template sends": (
        [
            change("aws_ecs_service.s"),
            change("aws_ecs_task_definition.d", unknown={"container_definitions": True}),
            change(TABLE),
        ],
        [
            block("aws_ecs_service.s", task_definition="aws_ecs_task_definition.d.arn"),
            block("aws_ecs_task_definition.d", container_definitions="aws_dynamodb_table.t.name"),
        ],
        {f"aws_ecs_service.s -> {TABLE}"},
    ),
    "anyone to a database, and anyone from a bucket": (
        [
            change("aws_db_instance.d", {"publicly_accessible": True}),
            change(BUCKET, {"acl": "public-read"}),
        ],
        [],
        {"internet -> aws_db_instance.d", f"{BUCKET} -> public"},
    ),
    "a distribution gets what a bucket has, and hands on what is asked": (
        [
            change("aws_cloudfront_distribution.d"),
            change(BUCKET),
            change("aws_lb.l", {"internal": True}),
        ],
        [
            block(
                "aws_cloudfront_distribution.d",
                origin=[
                    {"domain_name": "aws_s3_bucket.b.domain"},
                    {"domain_name": "aws_lb.l.dns_name"},
                ],
            )
        ],
        {f"{BUCKET} -> aws_cloudfront_distribution.d", "aws_cloudfront_distribution.d -> aws_lb.l"},
    ),
    "one group of a network to another one": (
        [
            change("aws_instance.web"),
            change("aws_db_instance.d"),
            change("aws_security_group.web"),
            change("aws_security_group.data"),
            change("aws_security_group_rule.r", {"type": "ingress"}),
        ],
        [
            block("aws_instance.web", vpc_security_group_ids="aws_security_group.web.id"),
            block("aws_db_instance.d", vpc_security_group_ids="aws_security_group.data.id"),
            block(
                "aws_security_group_rule.r",
                security_group_id="aws_security_group.data.id",
                source_security_group_id="aws_security_group.web.id",
            ),
        ],
        {"aws_instance.web -> aws_db_instance.d"},
    ),
    "a stream to its bucket, its function and a host": (
        [
            change("aws_kinesis_stream.k"),
            change(
                "aws_kinesis_firehose_delivery_stream.h",
                {"http_endpoint_configuration": [{"url": "https://in.logs.example/v1?key=secret"}]},
            ),
            change(BUCKET),
        ],
        [
            block(
                "aws_kinesis_firehose_delivery_stream.h",
                kinesis_source_configuration=[{"kinesis_stream_arn": "aws_kinesis_stream.k.arn"}],
                extended_s3_configuration=[{"bucket_arn": "aws_s3_bucket.b.arn"}],
            )
        ],
        {
            "aws_kinesis_stream.k -> aws_kinesis_firehose_delivery_stream.h",
            f"aws_kinesis_firehose_delivery_stream.h -> {BUCKET}",
            "aws_kinesis_firehose_delivery_stream.h -> in.logs.example",
        },
    ),
    "containers to what their definitions name": (
        [
            change("aws_ecs_service.s"),
            change(
                "aws_ecs_task_definition.d",
                {
                    "container_definitions": json.dumps(
                        [
                            {
                                "image": "registry.shop.example/web:1",
                                "command": ["sh", "-c", "curl https://probe.example/ || exit 1"],
                                "environment": [
                                    {"name": "PAY", "value": "https://api.pay.example/v1"},
                                    {"name": "ROOM", "value": "nowhere"},
                                ],
                                "logConfiguration": {"options": {"awslogs-group": "/shop/web"}},
                            }
                        ]
                    )
                },
            ),
            change("aws_cloudwatch_log_group.l", {"name": "/shop/web"}),
        ],
        [block("aws_ecs_service.s", task_definition="aws_ecs_task_definition.d.arn")],
        {
            "aws_ecs_service.s -> aws_cloudwatch_log_group.l",
            "aws_ecs_service.s -> api.pay.example",
        },
    ),
    "a topic to somebody by mail, whose address is not told": (
        [
            change(TOPIC, {"arn": "arn:aws:sns:eu-west-3:123456789012:news"}),
            change(
                "aws_sns_topic_subscription.s",
                {
                    "topic_arn": "arn:aws:sns:eu-west-3:123456789012:news",
                    "protocol": "email",
                    "endpoint": "jo@shop.example",
                },
            ),
        ],
        [],
        {f"{TOPIC} -> {TOPIC} by email"},
    ),
    "a cluster to its copy, by an ARN": (
        [
            change("aws_rds_cluster.main", {"cluster_identifier": "main-db"}),
            change(
                "aws_rds_cluster.copy",
                {"replication_source_identifier": "arn:aws:rds:eu-west-3:1:cluster:main-db"},
            ),
        ],
        [],
        {"aws_rds_cluster.main -> aws_rds_cluster.copy"},
    ),
    "a machine of Azure with a public address and an open rule": (
        [
            change("azurerm_linux_virtual_machine.v"),
            change("azurerm_network_interface.i"),
            change("azurerm_public_ip.p"),
            change("azurerm_network_interface_security_group_association.a"),
            change(
                "azurerm_network_security_group.g",
                {
                    "security_rule": [
                        {"access": "Allow", "direction": "Inbound", "source_address_prefix": "*"}
                    ]
                },
            ),
        ],
        [
            block(
                "azurerm_linux_virtual_machine.v",
                network_interface_ids="azurerm_network_interface.i.id",
            ),
            block(
                "azurerm_network_interface.i",
                ip_configuration=[{"public_ip_address_id": "azurerm_public_ip.p.id"}],
            ),
            block(
                "azurerm_network_interface_security_group_association.a",
                network_interface_id="azurerm_network_interface.i.id",
                network_security_group_id="azurerm_network_security_group.g.id",
            ),
        ],
        {"internet -> azurerm_linux_virtual_machine.v"},
    ),
    "a machine of Google with a public address and an open rule": (
        [
            change(
                "google_compute_instance.v",
                {
                    "network_interface": [{"network": "default", "access_config": [{}]}],
                    "tags": ["w"],
                },
            ),
            change(
                "google_compute_instance.inner", {"network_interface": [{"network": "default"}]}
            ),
            change(
                "google_compute_firewall.f",
                {
                    "network": "default",
                    "direction": "INGRESS",
                    "allow": [{"protocol": "tcp"}],
                    "source_ranges": ["0.0.0.0/0"],
                    "target_tags": ["w"],
                },
            ),
        ],
        [],
        {"internet -> google_compute_instance.v"},
    ),
    "Google: a topic to a function, a sink to a bucket": (
        [
            change("google_pubsub_topic.t", {"id": "projects/p/topics/t"}),
            change(
                "google_cloudfunctions2_function.f",
                {"event_trigger": [{"pubsub_topic": "projects/p/topics/t"}]},
            ),
            change("google_storage_bucket.b", {"name": "shop-archive"}),
            change("google_logging_project_sink.s"),
        ],
        [block("google_logging_project_sink.s", destination="google_storage_bucket.b.name")],
        {
            "google_pubsub_topic.t -> google_cloudfunctions2_function.f",
            "google_logging_project_sink.s -> google_storage_bucket.b",
        },
    ),
    "Azure: diagnostics to a workspace, a failover to a partner": (
        [
            change("azurerm_mssql_server.a"),
            change("azurerm_mssql_server.b"),
            change("azurerm_mssql_failover_group.g"),
            change("azurerm_log_analytics_workspace.w"),
            change("azurerm_monitor_diagnostic_setting.d"),
        ],
        [
            block(
                "azurerm_mssql_failover_group.g",
                server_id="azurerm_mssql_server.a.id",
                partner_server=[{"id": "azurerm_mssql_server.b.id"}],
            ),
            block(
                "azurerm_monitor_diagnostic_setting.d",
                target_resource_id="azurerm_mssql_server.a.id",
                log_analytics_workspace_id="azurerm_log_analytics_workspace.w.id",
            ),
        ],
        {
            "azurerm_mssql_server.a -> azurerm_mssql_server.b",
            "azurerm_mssql_server.a -> azurerm_log_analytics_workspace.w",
        },
    ),
    "Azure: a store that is kept elsewhere, too": (
        [change("azurerm_storage_account.s", {"account_replication_type": "GRS"})],
        [],
        {"azurerm_storage_account.s -> azurerm_storage_account.s elsewhere"},
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_what_flows(case: str) -> None:
    changes, blocks, expected = CASES[case]
    assert flows(plan(*changes, root=blocks)) == expected


def test_what_anyone_may_reach_is_exposed() -> None:
    changes, blocks, _ = CASES["anyone to a database, and anyone from a bucket"]
    value = plan(*changes, change(QUEUE), root=blocks)
    exposed = {
        id
        for id, node in nodes(value).items()
        if any(isinstance(p, s.Value) and str(p.name) == "exposed" for p in node.props)
    }
    assert exposed == {"aws_db_instance.d", BUCKET}
    assert "use common, infrastructure" in print_flow(imported(value).flows)


def test_the_order_of_resources_changes_nothing() -> None:
    changes, blocks, _ = CASES["a backup that is copied"]
    one = imported(plan(*changes, root=blocks)).flows
    other = imported(plan(*reversed(changes), root=blocks[::-1])).flows
    assert print_flow(one) == print_flow(other)


def test_references_go_through_variables_modules_and_outputs() -> None:
    inner = {
        "resources": [block("aws_lambda_function.f", environment=[{"variables": "var.table"}])],
        "variables": {"table": {}},
    }
    keeper = {
        "resources": [block("aws_dynamodb_table.t")],
        "outputs": {"names": {"expression": {"references": ["aws_dynamodb_table.t"]}}},
    }
    root = {
        "module_calls": {
            "work": {
                "module": inner,
                "expressions": {"table": {"references": ["module.keep.names[1]", "module.keep"]}},
            },
            "keep": {"module": keeper},
        }
    }
    value = plan(
        change("module.work.aws_lambda_function.f"),
        change("module.keep.aws_dynamodb_table.t[0]", index=0),
        change("module.keep.aws_dynamodb_table.t[1]", index=1),
        root=root,
    )
    assert flows(value) == {
        "module.work.aws_lambda_function.f -> module.keep.aws_dynamodb_table.t[1]"
    }


def test_each_instance_refers_to_the_one_of_its_key() -> None:
    keys = ("blue", "red")
    value = plan(
        *(change(f'aws_sqs_queue.q["{key}"]', index=key) for key in keys),
        *(change(f'aws_lambda_function.f["{key}"]', index=key) for key in keys),
        root=[
            block(
                "aws_lambda_function.f",
                environment=[{"variables": ("aws_sqs_queue.q", "each.key")}],
            )
        ],
    )
    assert flows(value) == {
        f'aws_lambda_function.f["{key}"] -> aws_sqs_queue.q["{key}"]' for key in keys
    }


def test_what_is_local_is_matched_by_value_or_told_to_be_lost() -> None:
    target = block("aws_cloudwatch_log_subscription_filter.s", destination_arn="local.sink")
    group = change("aws_cloudwatch_log_group.l", {"name": "/shop/till"})

    def told(destination: dict[str, Any], unknown: dict[str, Any]) -> dict[str, Any]:
        after = {"log_group_name": "/shop/till", **destination}
        return change("aws_cloudwatch_log_subscription_filter.s", after, unknown=unknown)

    stream = change("aws_kinesis_stream.k", {"arn": "arn:aws:kinesis:eu-west-3:1:stream/clicks"})
    known = told({"destination_arn": "arn:aws:kinesis:eu-west-3:1:stream/clicks"}, {})
    assert flows(plan(group, stream, known, root=[target])) == {
        "aws_cloudwatch_log_group.l -> aws_kinesis_stream.k"
    }
    lost = plan(group, stream, told({}, {"destination_arn": True}), root=[target])
    assert flows(lost) == set()
    assert "aws_cloudwatch_log_subscription_filter.destination_arn" in notices(lost)


def test_a_value_that_several_have_is_that_of_the_same_module_or_of_none() -> None:
    def logged(module: str) -> list[dict[str, Any]]:
        stream = "arn:aws:kinesis:eu-west-3:1:stream/clicks"
        after = {"log_group_name": "/shop/till", "destination_arn": stream}
        return [
            change(f"{module}aws_cloudwatch_log_group.l", {"name": "/shop/till"}),
            change(f"{module}aws_cloudwatch_log_subscription_filter.s", after),
        ]

    both = plan(*logged("module.a."), *logged("module.b."))
    assert flows(both) == {
        f"module.{name}.aws_cloudwatch_log_group.l -> aws:kinesis:eu-west-3:stream/clicks"
        for name in "ab"
    }
    elsewhere = logged("module.c.")[1]
    assert not any("module.c" in flow for flow in flows(plan(*both["resource_changes"], elsewhere)))


@pytest.mark.parametrize(
    ("address", "after", "places"),
    [
        (BUCKET, {}, ["FR"]),
        (BUCKET, {"region": "eu-south-2"}, ["ES"]),
        ("aws_ebs_volume.v", {"availability_zone": "ap-southeast-6b"}, ["NZ"]),
        (QUEUE, {"arn": "arn:aws:sqs:me-south-1:1:q"}, ["BH"]),
        ("aws_cloudfront_distribution.d", {}, []),
        ("google_storage_bucket.b", {"location": "EUR4"}, ["FI", "NL"]),
        ("google_storage_bucket.b", {"location": "ASIA"}, []),
        ("google_compute_disk.d", {"zone": "europe-north2-b"}, ["SE"]),
        ("azurerm_storage_account.s", {"location": "Qatar Central"}, ["QA"]),
        ("azurerm_storage_account.s", {"location": "nowhere"}, []),
    ],
)
def test_where_a_node_is(address: str, after: dict[str, Any], places: list[str]) -> None:
    assert words(nodes(plan(change(address, after)))[address]).get("in", []) == places


def test_a_provider_has_its_region_from_a_variable_or_from_what_is_beside() -> None:
    value = plan(change(BUCKET), variables={"where": {"value": "eu-north-1"}}, root=[block(BUCKET)])
    provider = value["configuration"]["provider_config"]["aws"]
    provider["expressions"] = {"region": {"references": ["var.where"]}}
    assert words(nodes(value)[BUCKET])["in"] == ["SE"]
    provider["expressions"] = {}
    assert "in" not in words(nodes(value)[BUCKET])
    queue = change(QUEUE, {"arn": "arn:aws:sqs:sa-east-1:1:q"})
    value["resource_changes"].append(queue)
    value["configuration"]["root_module"]["resources"].append(block(QUEUE))
    assert words(nodes(value)[BUCKET])["in"] == ["BR"]
    assert "1 nodes are where all else of their provider is" in notices(value)


def test_a_child_is_where_its_parent_is() -> None:
    value = plan(
        change("azurerm_mssql_server.s", {"location": "norwayeast"}),
        change("azurerm_mssql_database.d"),
        root=[block("azurerm_mssql_database.d", server_id="azurerm_mssql_server.s.id")],
    )
    assert words(nodes(value)["azurerm_mssql_database.d"])["in"] == ["NO"]


@pytest.mark.parametrize(
    ("after", "unknown", "measures", "whole"),
    [
        ({"storage_encrypted": True}, {}, ["encryption_at_rest"], False),
        ({"storage_encrypted": False}, {}, [], True),
        ({}, {"storage_encrypted": True}, None, None),
        ({}, {}, None, None),
    ],
)
def test_what_is_known_after_apply_is_unknown_and_not_false(
    after: dict[str, Any], unknown: dict[str, Any], measures: list[str] | None, whole: bool | None
) -> None:
    node = nodes(plan(change("aws_db_instance.d", after, unknown=unknown)))["aws_db_instance.d"]
    using = [p for p in node.props if isinstance(p, s.Property) and p.word == "using"]
    if measures is None:
        assert using == []
    else:
        assert [str(item) for item in using[0].names.items] == measures
        assert using[0].names.open is not whole


def test_encryption_of_a_bucket_is_a_resource_of_its_own() -> None:
    rule = [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]
    value = plan(
        change(BUCKET, {"bucket": "shop"}),
        change(
            "aws_s3_bucket_server_side_encryption_configuration.e", {"bucket": "shop", "rule": rule}
        ),
    )
    assert words(nodes(value)[BUCKET])["using"] == ["encryption_at_rest"]


def test_what_a_target_takes_only_with_tls_goes_to_it_with_tls() -> None:
    value = plan(
        change("aws_lb.l", {"internal": False}),
        change("aws_lb_listener.i", {"protocol": "HTTPS"}),
        change(
            "aws_lb_listener.old", {"protocol": "HTTP", "default_action": [{"type": "redirect"}]}
        ),
        root=[
            block(f"aws_lb_listener.{name}", load_balancer_arn="aws_lb.l.arn")
            for name in ("i", "old")
        ],
    )
    text = " ".join(print_flow(imported(value).flows).split())
    assert "internet -> aws_lb.l using tls ..." in text
    value["resource_changes"][2]["change"]["after"]["default_action"] = [{"type": "forward"}]
    assert "tls" not in print_flow(imported(value).flows)


def test_environments_and_retention() -> None:
    group = "aws_cloudwatch_log_group.l"
    value = plan(
        change(group, {"retention_in_days": 30, "tags": {"Env": "PROD"}}),
        change(QUEUE, {"message_retention_seconds": 345_600, "tags": {"stage": "moon"}}),
        change("aws_cloudwatch_log_group.ever", {"retention_in_days": 0}),
    )
    text = print_flow(imported(value).flows)
    assert f"store {group}     " in text
    assert "production  retention 30 days" in text
    assert "retention 4 days" in text
    assert "retention unlimited" in text
    assert "1 tags name an environment" in notices(value)


def test_no_value_of_a_setting_gets_out() -> None:
    value = plan(
        change(
            "aws_lambda_function.f",
            {
                "environment": [{"variables": {"KEY": "hunter2", "MAIL": "jo@shop.example"}}],
                "function_name": "secret-project",
                "tags": {"owner": "Jo Doe"},
            },
        ),
        change(
            "aws_sns_topic_subscription.s",
            {"topic_arn": "arn:aws:sns:eu-west-3:123456789012:t", "endpoint": FULL_ARN},
            sensitive={"endpoint": True},
        ),
    )
    text = print_flow(imported(value).flows) + notices(value)
    for secret in ("hunter2", "jo@shop", "secret-project", "Jo Doe", "123456789012", "orders"):
        assert secret not in text
    assert "aws:sqs:eu-west-3:sensitive" in text


def test_what_goes_is_left_out_and_told() -> None:
    value = plan(
        change(BUCKET, actions=["delete"], before={"bucket": "old"}) | {},
        change(QUEUE, actions=["delete", "create"]),
        change(TABLE, actions=["no-op"], previous_address="aws_dynamodb_table.before"),
        errored=True,
        resource_drift=[change(TABLE)],
    )
    assert set(nodes(value)) == {QUEUE, TABLE}
    told = notices(value)
    for words_ in (
        "1 resources are deleted",
        "1 resources are moved",
        "1 plan ended in an error",
        "1 resources were changed by other hands",
    ):
        assert words_ in told


def test_types_that_are_not_known_are_listed() -> None:
    assert "2 resources are of types that are not known: acme_thing (2)" in notices(
        plan(change("acme_thing.a"), change("acme_thing.b"))
    )


def test_facts_point_to_where_they_stand() -> None:
    changes, blocks, _ = CASES["a topic to a queue, by values"]
    statements = imported(plan(*changes, root=blocks)).flows.statements
    (flow,) = (each for each in statements if isinstance(each, s.FlowDecl))
    assert str(flow.span) == "plan.json#/resource_changes/2/change/after/endpoint"


def test_a_plan_without_configuration_and_a_state_are_read() -> None:
    value = plan(change(BUCKET, {"region": "eu-west-1"}))
    del value["configuration"]
    assert words(nodes(value)[BUCKET])["in"] == ["IE"]
    state = {
        "format_version": "1.0",
        "values": {
            "root_module": {
                "child_modules": [
                    {
                        "resources": [
                            {
                                "address": "module.a.aws_s3_bucket.b",
                                "mode": "managed",
                                "type": "aws_s3_bucket",
                                "name": "b",
                                "values": {"region": "eu-west-1"},
                            }
                        ]
                    }
                ]
            }
        },
    }
    assert set(nodes(state)) == {"module.a.aws_s3_bucket.b"}


def test_lines_before_a_plan_are_passed_over() -> None:
    value = plan(change(BUCKET))
    source = Source("p", "+ terraform show -json\n" + json.dumps(value))
    assert importers.detect(source) == ("terraform_plan",)
    assert imported(value, before="+ terraform show -json\n") == imported(value)


@pytest.mark.parametrize("form", ["utf-16", "utf-8-sig"])
def test_a_plan_from_another_shell_is_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(change(BUCKET))).replace(", ", ",\r\n"), form, newline="")
    assert main(["import", str(path), "-o", str(tmp_path / "out")]) == 0
    assert BUCKET in (tmp_path / "out" / "plan.flow").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format_version": "9.0", "resource_changes": []}', "format `9.0`"),
        ('{"format_version": "1.0", "resource_changes": {}}', "`resource_changes` is not what"),
        ('{"format_version": "1.0", "resource_changes": [7]}', "expected an object"),
        ('{"format_version": "1.0", "resource_changes": [{"type": "a"}]}', "`change` is missing"),
        ('{"format_version": "1.0", "resource_changes": [', "not JSON"),
        ('{"format_version": "1.0", "planned_values": ' + "[" * 100_000, "nested too deeply"),
        ('{"format_version": "1.0", "planned_values": {}}', "tells of no resources"),
    ],
)
def test_what_is_no_plan_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, "utf-8")
    assert main(["import", str(path), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.count("error:") == 1
    assert not (tmp_path / "out").exists()


def test_two_plans_are_refused() -> None:
    source = Source("p", json.dumps(plan(change(BUCKET))))
    with pytest.raises(Rejected):
        importers.find("terraform_plan").read([source, source], name="shop")
