"""Whom start scripts, values of charts and connectors name, and who runs programs outside of the clouds."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from tests.importers.plans import Value, block, change, flows, notices, plan

MACHINE = "aws_instance.m"
SCRIPT = """#!/bin/sh
# see https://docs.partner.com/how
echo "read https://help.partner.com"
curl -d @/data https://in.partner.com/x   # twice
psql --host db.partner.com
endpoint: logs.partner.com:443
echo "sink=https://conf.partner.com" >> /etc/shop.conf
echo "or https://help.partner.com" >&2
"""
NAMED = {f"{MACHINE} -> {host}.partner.com" for host in ("in", "db", "logs", "conf")}


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("user_data", SCRIPT),
        ("user_data", packed(SCRIPT)),
        ("user_data_base64", packed(SCRIPT)),
        ("user_data_base64", base64.b64encode(gzip.compress(SCRIPT.encode())).decode()),
    ],
)
def test_whom_a_start_script_names(key: str, text: str) -> None:
    assert flows(plan(change(MACHINE, {key: text}))) == NAMED


@pytest.mark.parametrize(
    "text", ["da39a3ee5e6b4b0d3255bfef95601890afd80709", "/9j/4AAQSkZJRgABAQE="]
)
def test_a_script_that_cannot_be_read_is_counted(text: str) -> None:
    value = plan(change(MACHINE, {"user_data": text}))
    assert not flows(value)
    assert "1 start scripts cannot be read" in notices(value)


SENDS = """#!/bin/sh
rsync -a /data backup@nas.partner.com:/x
scp /data me@files.partner.com:in
mysqldump shop | mysql -hdb.partner.com
cat /data > /dev/tcp/sink.partner.com/443
mail -s started alerts@shop.com
git clone git@github.com:shop/web
ping status.partner.com
"""


def test_whom_programs_of_a_start_script_send_to() -> None:
    value = plan(change(MACHINE, {"user_data": SENDS}))
    hosts = ("nas", "files", "db", "sink")
    assert flows(value) == {f"{MACHINE} -> {host}.partner.com" for host in hosts}


@pytest.mark.parametrize("line", SENDS.splitlines()[5:])
def test_who_may_be_sent_to_by_a_start_script_is_counted(line: str) -> None:
    value = plan(change(MACHINE, {"user_data": line}))
    assert not flows(value)
    assert "1 start scripts name what may be hosts of the public net" in notices(value)
    assert not {"alerts", "shop/web"} & set(notices(value).replace("@", " ").split())


def test_a_host_in_a_secret_script_is_not_told_and_that_there_is_one_is() -> None:
    value = plan(change(MACHINE, {"user_data": SCRIPT}, sensitive={"user_data": True}))
    assert flows(value) == {f"{MACHINE} -> {MACHINE} sensitive"}


def of(type: str, **said: Any) -> Value:
    return change(f"{type}.x", said)


URL = "https://in.partner.com/x"
POD: Any = {"containers": [{"env": [{"name": "TO", "value": URL}], "image": "partner.com/x:1"}]}
PROGRAMS: dict[str, Value] = {
    "a script of Google": of("google_compute_instance", metadata={"startup-script": f"curl {URL}"}),
    "a machine of Azure": of("azurerm_windows_virtual_machine", custom_data=packed(f"curl {URL}")),
    "values of a chart": of("helm_release", values=[f"sink:\n  url: {URL}\n  image: other.com/y"]),
    "a manifest": of(
        "kubernetes_manifest", manifest={"kind": "Deployment", "spec": {"template": {"spec": POD}}}
    ),
    "an argument": of("kubernetes_pod", spec=[{"container": [{"args": [f"--to={URL}"]}]}]),
    "a container": of("docker_container", env=["MODE=x", "TO_HOST=in.partner.com"]),
    "a job": of("nomad_job", jobspec=f'task "t" {{\n env {{\n TO = "{URL}"\n }} }}'),
    "a model": of("aws_sagemaker_model", primary_container=[{"environment": {"TO": URL}}]),
    "an engine": of("google_app_engine_standard_app_version", env_variables={"TO": URL}),
    "a step of a build": of("google_cloudbuild_trigger", build=[{"step": [{"args": [URL]}]}]),
    "a partner that files go to": of("aws_transfer_connector", url=URL),
    "logs of a delivery": of("fastly_service_vcl", logging_https=[{"url": URL}]),
}


@pytest.mark.parametrize("case", PROGRAMS)
def test_whom_a_program_is_told(case: str) -> None:
    made = PROGRAMS[case]
    assert flows(plan(made)) == {f"{made['address']} -> in.partner.com"}


def test_a_part_of_something_that_is_not_here_is_told() -> None:
    settings = json.dumps({"commandToExecute": f"curl {URL}"})
    part = of("azurerm_virtual_machine_extension", virtual_machine_id="gone", settings=settings)
    value = plan(part)
    assert not flows(value)
    assert "azurerm_virtual_machine_extension.settings" in notices(value)


def transfer(**profile: Any) -> Value:
    to = {"connector_type": "Salesforce", "connector_profile_name": "crm"}
    origin = {
        "connector_type": "S3",
        "source_connector_properties": [{"s3": [{"bucket_name": "b"}]}],
    }
    made = of("aws_appflow_flow", source_flow_config=[origin], destination_flow_config=[to])
    properties = [{"connector_profile_properties": [{"salesforce": [profile]}]}]
    profiled = of("aws_appflow_connector_profile", name="crm", connector_profile_config=properties)
    return plan(made, *([profiled] if profile else []))


def test_both_ends_of_a_transfer() -> None:
    bucket, flow = "aws:s3:b", "aws_appflow_flow.x"
    unknown = {f"{bucket} -> {flow}", f"{flow} -> {flow} to Salesforce"}
    assert flows(transfer()) == unknown
    assert flows(transfer(is_sandbox_environment=True)) == unknown
    named = flows(transfer(instance_url="https://shop.crm.com"))
    assert named == {f"{bucket} -> {flow}", f"{flow} -> shop.crm.com"}


def test_a_transfer_from_a_service() -> None:
    made = of("aws_appflow_flow", source_flow_config=[{"connector_type": "Slack"}])
    assert flows(plan(made)) == {"aws_appflow_flow.x from Slack -> aws_appflow_flow.x"}


def test_what_makes_things_that_are_not_told_is_of_no_known_type() -> None:
    for type in ("aws_cloudformation_stack", "azapi_resource", "kubectl_manifest", "vault_audit"):
        assert f"1 resources are of types that are not known: {type}" in notices(plan(of(type)))


def test_programs_that_are_run_when_something_is_made_are_counted() -> None:
    root = [{**block("null_resource.x"), "provisioners": [{"type": "local-exec"}]}]
    value = plan(of("null_resource"), root=root)
    assert "1 resources run programs when they are made" in notices(value)
