"""Several plans and manifests as one system: what one names and another makes is one node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lawful.cli import main
from lawful.cli.sources import load
from lawful.importers import Imported, terraform_plan
from lawful_dsl import syntax as s
from lawful_dsl.source import Source
from tests.importers.plans import Value, block, change, flows_of, plan

QUEUE, FUNCTION, BUCKET = "aws_sqs_queue.q", "aws_lambda_function.f", "aws_s3_bucket.logs"
MAPPING = "aws_lambda_event_source_mapping.m"
ARN = "arn:aws:sqs:eu-west-3:123456789012:orders"
HOST = "shop.x1.eu-west-3.rds.amazonaws.com"


def together(**plans: Value) -> Imported:
    """What several plans tell, by the names of their files."""
    sources = [Source(f"{name}.json", json.dumps(value)) for name, value in plans.items()]
    return terraform_plan.read(sources, name="shop")


def ids(told: Imported) -> list[str]:
    """The nodes, each as often as it is declared."""
    return sorted(str(x.id) for x in told.flows.statements if isinstance(x, s.NodeDecl))


def looked_up(address: str, **values: Any) -> Value:
    """What a data source found before the plan was made."""
    type, name = address.removeprefix("data.").split(".")
    found = {"address": address, "mode": "data", "type": type, "name": name}
    resource = {**found, "provider_name": "aws", "values": values}
    return {"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}}


def trigger(source: str) -> Value:
    """A plan of a function that something sets off."""
    return plan(
        change(FUNCTION),
        change(MAPPING, {"event_source_arn": ARN} if source == ARN else {}),
        root=[
            block(MAPPING, function_name=f"{FUNCTION}.arn")
            if source == ARN
            else block(MAPPING, function_name=f"{FUNCTION}.arn", event_source_arn=source)
        ],
    )


MADE = plan(change(QUEUE, {"name": "orders"}))


def test_by_the_arn_that_a_queue_will_have() -> None:
    told = together(net=MADE, app=trigger(ARN))
    assert flows_of(told) == {f"{QUEUE} -> {FUNCTION}"}
    assert ids(told) == [FUNCTION, QUEUE]


def test_not_by_the_arn_of_another_region_or_name() -> None:
    elsewhere = plan(change(QUEUE, {"name": "orders"}), region="eu-west-1")
    other = plan(change(QUEUE, {"name": "others"}))
    for made in (elsewhere, other):
        told = together(net=made, app=trigger(ARN))
        assert flows_of(told) == {f"aws:sqs:eu-west-3:orders -> {FUNCTION}"}
        assert "none of them makes them: aws:sqs:eu-west-3:orders" in str(told.notices)


def test_by_what_a_data_source_looked_up() -> None:
    app = trigger("data.aws_sqs_queue.q.arn")
    app["prior_state"] = looked_up("data.aws_sqs_queue.q", arn=ARN)
    assert flows_of(together(net=MADE, app=app)) == {f"{QUEUE} -> {FUNCTION}"}


def test_by_an_output_of_another_state() -> None:
    app = trigger("data.terraform_remote_state.net.outputs.queue_arn")
    state = {"queue_arn": ARN, "other": f"{ARN}-others"}
    app["prior_state"] = looked_up("data.terraform_remote_state.net", outputs=state)
    assert flows_of(together(net=MADE, app=app)) == {f"{QUEUE} -> {FUNCTION}"}


def test_an_output_that_is_secret_is_not_told() -> None:
    app = trigger("data.terraform_remote_state.net.outputs.queue_arn")
    prior = looked_up("data.terraform_remote_state.net", outputs={"queue_arn": ARN})
    prior["values"]["root_module"]["resources"][0]["sensitive_values"] = {
        "outputs": {"queue_arn": True}
    }
    app["prior_state"] = prior
    assert "orders" not in str(flows_of(together(app=app)))


def test_by_the_host_of_an_address() -> None:
    database = plan(change("aws_db_instance.d", {"endpoint": f"{HOST}:5432"}))
    settings = {"environment": [{"variables": {"DB": f"postgres://u:p@{HOST}:5432/shop"}}]}
    told = together(data=database, app=plan(change(FUNCTION, settings)))
    assert flows_of(told) == {f"{FUNCTION} -> aws_db_instance.d"}


def test_what_two_files_name_and_none_makes_is_one_node() -> None:
    other = "aws_lambda_function.g"
    second = plan(
        change(other),
        change(MAPPING),
        root=[
            block(
                MAPPING, function_name=f"{other}.arn", event_source_arn="data.aws_sqs_queue.x.arn"
            )
        ],
        prior_state=looked_up("data.aws_sqs_queue.x", arn=ARN),
    )
    told = together(app=trigger(ARN), more=second)
    shared = "aws:sqs:eu-west-3:orders"
    assert flows_of(told) == {f"{shared} -> {FUNCTION}", f"{shared} -> {other}"}
    assert ids(told).count(shared) == 1


def test_one_address_in_two_files_is_two_nodes() -> None:
    first, second = (plan(change(BUCKET, {"bucket": name})) for name in ("a-logs", "b-logs"))
    told = together(net=first, app=second)
    assert ids(told) == [f"app/{BUCKET}", f"net/{BUCKET}"]
    assert f"1 ids are of other nodes in other files, whose names stand before them: {BUCKET}" in [
        str(notice) for notice in told.notices
    ]


def test_what_two_nodes_answer_to_is_neither() -> None:
    told = together(net=MADE, copy=MADE, app=trigger(ARN))
    assert flows_of(told) == {f"aws:sqs:eu-west-3:orders -> {FUNCTION}"}


def test_the_order_of_the_files_says_nothing() -> None:
    one = together(net=MADE, app=trigger(ARN))
    other = together(app=trigger(ARN), net=MADE)
    assert flows_of(one) == flows_of(other)
    assert ids(one) == ids(other)


def test_a_service_of_compose_reaches_the_database_of_a_plan(tmp_path: Any) -> None:
    database = plan(change("aws_db_instance.d", {"endpoint": f"{HOST}:5432"}))
    (tmp_path / "plan.json").write_text(json.dumps(database))
    compose = f"services:\\n  web:\\n    image: shop/web\\n    environment:\\n      DB: postgres://{HOST}/shop\\n"
    (tmp_path / "compose.yaml").write_text(compose.replace("\\n", "\n"))
    trees, _, wrong = load([tmp_path / "plan.json", tmp_path / "compose.yaml"])
    assert not [each for each in wrong if each.is_error]
    assert {flow for tree in trees for flow in flows_of(Imported(tree))} == {
        "web -> aws_db_instance.d"
    }


def test_a_folder_with_a_project_on_top_and_one_below_is_two_systems(tmp_path: Path) -> None:
    (tmp_path / "m" / "sub.v2").mkdir(parents=True)
    for folder in (tmp_path / "m", tmp_path / "m" / "sub.v2"):
        (folder / "compose.yaml").write_text("services:\n  a:\n    image: x\n")
    assert main(["import", str(tmp_path / "m"), "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "m_compose.flow",
        "m_compose_sub.v2.flow",
    ]
