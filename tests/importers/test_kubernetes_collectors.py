"""Manifests of Kubernetes: to whom collectors of logs and traces send, as their files say it."""

from __future__ import annotations

import json

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import Told, told
from tests.importers.manifests import kubernetes, workload
from tests.importers.test_kubernetes_custom import object_of


def collector(text: str, env: str = "") -> Told:
    """What is told where a workload has such a file."""
    pods = "volumes: [{name: v, configMap: {name: files}}]"
    held = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: files}}\ndata: {{f: {json.dumps(text)}}}"
    return kubernetes(workload("agent", env, pods=pods), workload("loki"), held)


OTEL = """
receivers: {{otlp: {{protocols: {{grpc: {{endpoint: "0.0.0.0:4317"}}}}}}}}
exporters:
  {}
  otlp/unused: {{endpoint: "not.partner.com:4317"}}
service: {{pipelines: {{traces: {{receivers: [otlp], exporters: [{}]}}}}}}
"""


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (OTEL.format("otlp/out: {endpoint: 'in.partner.com:4317'}", "otlp/out"), "in.partner.com"),
        (OTEL.format("datadog: {api: {key: x, site: datadoghq.com}}", "datadog"), "datadoghq.com"),
        (OTEL.format("azuremonitor: {}", "azuremonitor"), "agent to azuremonitor"),
        (OTEL.format("awss3: {s3uploader: {region: us-east-1, s3_bucket: traces}}", "awss3"), "aws:s3:traces"),
        (OTEL.format("awscloudwatchlogs: {region: us-east-1, log_group_name: shop}", "awscloudwatchlogs"),
         "aws:logs:us-east-1:log-group:shop"),
        (OTEL.format("debug: {}", "debug"), ""),
        ("[INPUT]\n  Name tail\n[OUTPUT]\n  Name es\n  Host es.partner.com\n  Port 9243\n", "es.partner.com"),
        ("[OUTPUT]\n    Name cloudwatch_logs\n    region us-east-1\n    log_group_name shop\n",
         "aws:logs:us-east-1:log-group:shop"),
        ("[OUTPUT]\n    Name stdout\n    Match *\n", ""),
        ("pipeline: {outputs: [{name: http, host: in.partner.com, uri: /v1}]}", "in.partner.com"),
        ("sinks:\n  a: {type: http, inputs: [x], uri: 'https://in.partner.com/v1'}", "in.partner.com"),
        ('[sources.x]\ntype = "file"\n[sinks.a]\ntype = "aws_s3"\ninputs = ["x"]\nbucket = "kept"\n',
         "aws:s3:kept"),
        ("<source>\n  @type tail\n</source>\n<match **>\n  @type copy\n  <store>\n    @type splunk_hec\n"
         "    hec_host hec.partner.com\n  </store>\n</match>", "hec.partner.com"),
        ('input { beats { port => 5044 } }\noutput {\n  elasticsearch { hosts => ["https://es.partner.com:9200"] }\n}',
         "es.partner.com"),
        ("filebeat.inputs: []\noutput.elasticsearch:\n  hosts: ['https://es.partner.com:9200']", "es.partner.com"),
        ("scrape_configs: []\nremote_write: [{url: 'https://prom.partner.com/push'}]", "prom.partner.com"),
        ("clients: [{url: 'http://loki:3100/loki/api/v1/push'}]\nscrape_configs: []", "loki"),
    ],
)  # fmt: skip
def test_to_whom_a_collector_sends(text: str, target: str) -> None:
    """By an address, as a service of a cloud, or by the kind alone; what it keeps or prints is no flow."""
    assert collector(text).ends == ({f"agent -> {target}"} if target else set())


def test_where_a_service_of_a_cloud_is_and_what_is_not_known() -> None:
    """Its region tells the place; a variable has the value that the workload has, or hides somebody."""
    shop = collector(OTEL.format("awss3: {s3uploader: {region: eu-west-1, s3_bucket: t}}", "awss3"))
    assert shop.line("store 'aws:s3:t'").endswith("in IE")
    text = OTEL.format("otlphttp: {endpoint: 'https://${env:OUT}'}", "otlphttp")
    env = "env: [{name: OUT, value: in.partner.com}]"
    assert "agent -> in.partner.com" in collector(text, env).ends
    assert any("known_later = yes" in line for line in collector(text).text.splitlines())


def test_what_a_file_of_compose_has_for_a_collector() -> None:
    """It stands in the file itself; other files are not read."""
    text = json.dumps(OTEL.format("otlp/out: {endpoint: 'in.partner.com:4317'}", "otlp/out"))
    services = "services: {agent: {image: x, configs: [c]}}"
    source = Source("compose.yaml", f"{services}\nconfigs: {{c: {{content: {text}}}}}")
    assert told("compose", source).ends == {"agent -> in.partner.com"}


def test_another_file_is_none_of_a_collector() -> None:
    """What such a file names outside is counted, as an address may stand there for many reasons."""
    shop = collector("output: page\nhelp: https://help.partner.com\n")
    assert not shop.ends
    assert shop.count("hosts of the public net that files name") == 1


def test_a_collector_that_an_operator_makes_is_told_by_its_object() -> None:
    """As a text or as a tree."""
    text = OTEL.format("datadog: {}", "datadog")
    api = "opentelemetry.io/v1beta1"
    for config in (
        json.dumps(text),
        "{exporters: {datadog: {}}, service: {pipelines: {t: {exporters: [datadog]}}}}",
    ):
        shop = kubernetes(object_of(api, "OpenTelemetryCollector", "o", f"{{config: {config}}}"))
        assert "o -> o to datadog" in shop.ends
