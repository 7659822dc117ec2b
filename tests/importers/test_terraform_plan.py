"""Plans of Terraform: what is a flow and what is not, where nodes are, and what their settings say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawful import importers
from lawful.cli import main
from lawful.importers import terraform_plan
from lawful.system.document.reading import parse
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Rejected
from lawful_dsl.format import print_flow
from lawful_dsl.source import Source
from tests.importers.plans import block, change, flows, imported, nodes, notices, plan, words
from tests.importers.plans_of_aws import BUCKET, FULL_ARN, FUNCTION, QUEUE, TABLE
from tests.importers.plans_of_aws import CASES as AWS
from tests.importers.plans_of_others import CASES as OTHERS

CASES = {**AWS, **OTHERS}


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


def test_what_is_local_is_matched_by_value_or_known_later() -> None:
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
    assert flows(lost) == {
        "aws_cloudwatch_log_group.l -> aws_cloudwatch_log_subscription_filter.s.destination_arn"
    }
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
    assert words(nodes(value)[BUCKET])["in"] == []
    queue = change(QUEUE, {"arn": "arn:aws:sqs:sa-east-1:1:q"})
    value["resource_changes"].append(queue)
    value["configuration"]["root_module"]["resources"].append(block(QUEUE))
    assert words(nodes(value)[BUCKET])["in"] == ["BR"]
    assert "1 nodes are where all else of their provider is" in notices(value)


COPY = "module.copy.aws_s3_bucket.b"
BRAZIL = {"expressions": {"region": {"constant_value": "sa-east-1"}}}


@pytest.mark.parametrize(
    ("key", "others", "place"),
    [
        ("module.copy:aws", {}, ["FR"]),
        ("module.copy:aws", {"aws.far": BRAZIL}, []),
        ("module.copy:aws", {"aws.far": BRAZIL, "module.copy:aws": {"name": "aws"}}, []),
        ("module.copy:aws.src", {"aws.far": BRAZIL}, []),
        ("copy:aws", {"aws.far": BRAZIL}, []),
        ("module.copy:aws", {"aws.far": {"expressions": {}}}, []),
        ("module.copy:aws", {"aws.far": BRAZIL, "module.copy:aws": BRAZIL}, ["BR"]),
        ("module.copy:aws", {"google": BRAZIL, "module.other:aws": BRAZIL}, ["FR"]),
        ("aws.far", {"aws.far": BRAZIL}, ["BR"]),
        ("aws", {"aws.far": BRAZIL}, ["FR"]),
    ],
)
def test_a_provider_that_may_be_one_of_several_gives_no_place(
    key: str, others: dict[str, Any], place: list[str]
) -> None:
    inner = {"resources": [{**block("aws_s3_bucket.b"), "provider_config_key": key}]}
    root = {"resources": [block(QUEUE)], "module_calls": {"copy": {"module": inner}}}
    queue = change(QUEUE, {"arn": "arn:aws:sqs:eu-west-3:1:q"})
    value = plan(change(COPY), queue, root=root)
    value["configuration"]["provider_config"].update(others)
    assert words(nodes(value)[COPY]).get("in") == place


def test_what_else_is_there_places_nothing_whose_provider_may_be_one_of_several() -> None:
    inner = {"resources": [{**block("aws_s3_bucket.b"), "provider_config_key": "module.copy:aws"}]}
    root = {"resources": [block(QUEUE)], "module_calls": {"copy": {"module": inner}}}
    told = change(COPY, {"region": "sa-east-1"})
    value = plan(told, change(QUEUE), root=root)
    none: dict[str, Any] = {"expressions": {}}
    value["configuration"]["provider_config"] = {"aws": none, "aws.far": none}
    assert words(nodes(value)[COPY])["in"] == ["BR"]
    assert words(nodes(value)[QUEUE])["in"] == []


def test_what_a_module_looks_up_says_where_it_is() -> None:
    of_module = {"provider_config_key": "module.copy:aws"}
    where = "data.aws_region.here"
    inner = {"resources": [{**block(each), **of_module} for each in ("aws_s3_bucket.b", where)]}
    looked_up = change(f"module.copy.{where}", {"name": "sa-east-1"}, mode="data")
    value = plan(change(COPY), looked_up, root={"module_calls": {"copy": {"module": inner}}})
    value["configuration"]["provider_config"]["aws.far"] = BRAZIL
    assert words(nodes(value)[COPY])["in"] == ["BR"]


def test_a_disk_is_in_the_zone_of_its_machine() -> None:
    disk = "aws_ebs_volume.v"
    machine = change("aws_instance.m", {"arn": "arn:aws:ec2:sa-east-1:1:instance/i"})
    root = [block(disk, availability_zone="aws_instance.m.availability_zone")]
    assert words(nodes(plan(change(disk), machine, root=root))[disk])["in"] == ["BR"]


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
    assert imported(value, wrapper="+ terraform show -json\n") == imported(value)


@pytest.mark.parametrize("indent", [None, 2])
def test_lines_after_a_plan_are_passed_over(indent: int | None) -> None:
    value = plan(change(BUCKET))
    after = "\n::set-output name=exitcode::0\n\nReleasing state lock. {This may take a moment} }\n"
    text = "[command]/bin/terraform show\n" + json.dumps(value, indent=indent) + after
    source = Source("plan.json", text)
    assert importers.detect(source) == ("terraform_plan",)
    assert terraform_plan.read([source], name="shop") == imported(value)


@pytest.mark.parametrize("after", [" and more", "\n{}\n", "\nlog\n  [1]", "}", "\n  ]"])
def test_what_may_be_another_value_is_not_passed_over(after: str) -> None:
    with pytest.raises(Rejected, match="extra data"):
        imported(plan(change(BUCKET)), after=after)


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


def test_what_a_text_says_many_times_is_kept_once() -> None:
    text = '[{"a": "some text", "b": ["x"]}, {"a": "some text", "a": 2}]'
    kept, faults = parse(text, "f", repeats=True)
    as_it_is, same_faults = parse(text, "f")
    assert (kept, faults) == (as_it_is, same_faults)
    assert "said twice" in str(faults)
    first, second = parse('[{"a": "some text"}, {"b": "some text"}]', "f", repeats=True)[0]
    assert first["a"] is second["b"]
