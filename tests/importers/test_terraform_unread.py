"""What no table knows is told: settings that name somebody outside, though it is not known what they do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importers.plans import block, change, flows, notices, plan

TOLD = "settings that are not known name somebody outside, and make no flow"
QUEUE = change("aws_sqs_queue.q", {"arn": "arn:aws:sqs:eu-west-3:111122223333:q"})
ODD = "aws_iot_odd.o"


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"sink": [{"to": ["post to https://in.partner.com/x"]}]}, "sink.to"),
        ({"sinks": {"of somebody": "https://in.partner.com/x"}}, "sinks"),
        ({"url": "https://in.partner.com"}, "url"),
        ({"target": "arn:aws:iot:eu-west-3:999900001111:thing/t"}, "target"),
        ({"queue": "https://sqs.eu-west-3.amazonaws.com/999900001111/q"}, "queue"),
        ({"to": [{"account_id": "999900001111"}]}, "to.account_id"),
        ({"external_name": "db.partner.com"}, "external_name"),
        ({"records": ["10 mx.partner.com."]}, "records"),
        ({"option": [{"address": "db.partner.com:5432"}]}, "option.address"),
        ({"where": "s3://partner-bucket/x"}, "where"),
        (
            {
                "policy": '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "odd:Read"}}'
            },
            "policy",
        ),
    ],
)
def test_whoever_is_named_outside_is_counted(said: Any, path: str) -> None:
    value = plan(QUEUE, change(ODD, said), root=[block(ODD, **dict.fromkeys(said))])
    assert f"1 {TOLD}: aws_iot_odd.{path}\n" in f"{notices(value)}\n"
    assert not flows(value)


@pytest.mark.parametrize(
    "said",
    [
        {"target": "arn:aws:iot:eu-west-3:111122223333:thing/t"},
        {"queue": "https://sqs.eu-west-3.amazonaws.com/111122223333/q"},
        {"account_id": "111122223333"},
        {"description": "see https://docs.partner.com"},
        {"tags": {"docs": "https://docs.partner.com"}},
        {"issuer": "https://oidc.eks.eu-west-3.amazonaws.com/id/1"},
        {"near": "https://shop.internal/x"},
        {"records": ["203.0.113.7", "_x.acm-validations.aws."]},
    ],
)
def test_what_is_ones_own_or_nobody_is_not(said: Any) -> None:
    value = plan(QUEUE, change(ODD, said), root=[block(ODD, **dict.fromkeys(said))])
    assert TOLD not in notices(value)


def test_what_a_provider_fills_in_is_nobody_but_a_block_made_in_a_loop_may_be() -> None:
    filled = change(ODD, {"endpoint": "https://in.partner.com"})
    assert TOLD not in notices(plan(QUEUE, filled, root=[block(ODD, name="var.x")]))
    looped = change(ODD, {"sink": [{"url": "https://in.partner.com"}]})
    assert "aws_iot_odd.sink.url" in notices(plan(QUEUE, looped, root=[block(ODD, name="var.x")]))


def test_what_a_table_reads_is_not_counted_twice() -> None:
    function = change(
        "aws_lambda_function.f", {"environment": [{"variables": {"TO": "https://in.partner.com"}}]}
    )
    value = plan(QUEUE, function)
    assert flows(value) == {"aws_lambda_function.f -> in.partner.com"}
    assert TOLD not in notices(value)
