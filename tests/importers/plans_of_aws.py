"""What resources of AWS make flow: for each case the changes, the configuration, and the flows."""

from __future__ import annotations

import json

from tests.importers.plans import Flowing, block, change

FUNCTION, QUEUE, TABLE = "aws_lambda_function.f", "aws_sqs_queue.q", "aws_dynamodb_table.t"
BUCKET, TOPIC = "aws_s3_bucket.b", "aws_sns_topic.n"
FULL_ARN = "arn:aws:sqs:eu-west-3:123456789012:orders"
CASES: Flowing = {
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
}
