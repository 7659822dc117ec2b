"""Accounts: what has a name of ours in another account or region is somebody else, and a move there shows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lawful.importers import Imported, terraform_plan
from lawful_dsl.source import Source
from tests.importers.plans import Value, before, change, flows, flows_of, nodes, plan, words
from tests.importers.plans_of_aws import FUNCTION, QUEUE

OWN, OTHER, THIRD = "111122223333", "444455556666", "777788889999"
SUBSCRIPTION, LOGS = "aws_cloudwatch_log_subscription_filter.f", "aws_cloudwatch_log_group.g"


def arn(account: str, region: str = "eu-west-3", name: str = "orders") -> str:
    """The ARN of a queue."""
    return f"arn:aws:sqs:{region}:{account}:{name}"


def url(account: str, region: str = "eu-west-3") -> str:
    """The address of the queue."""
    return f"https://sqs.{region}.amazonaws.com/{account}/orders"


def calls(text: str) -> Value:
    """A function whose environment names something."""
    return change(FUNCTION, {"environment": [{"variables": {"TO": text}}]})


def queue(account: str = "") -> Value:
    """Our queue, whose ARN is known where it is in an account that is."""
    return change(QUEUE, {"name": "orders"} | ({"arn": arn(account)} if account else {}))


def target(value: Value) -> str:
    """The one to which the function sends."""
    (flow,) = flows(value)
    return flow.removeprefix(f"{FUNCTION} -> ")


@pytest.mark.parametrize("text", [arn(OWN), url(OWN)])
def test_our_own_is_our_own(text: str) -> None:
    assert target(plan(queue(OWN), calls(text))) == QUEUE


@pytest.mark.parametrize("text", [arn(OTHER), url(OTHER)])
def test_the_same_name_in_another_account_is_another_node(text: str) -> None:
    value = plan(queue(OWN), calls(text))
    found = target(value)
    assert found.startswith("aws:sqs:eu-west-3:orders of account ~")
    assert words(nodes(value)[found])["in"] == ["FR"]
    assert OTHER not in str(nodes(value))


@pytest.mark.parametrize("text", [arn(OWN, "sa-east-1"), url(OWN, "sa-east-1")])
def test_the_same_name_in_another_region_is_another_node(text: str) -> None:
    for ours in (queue(OWN), queue()):
        value = plan(ours, calls(text))
        assert target(value) == "aws:sqs:sa-east-1:orders"
        assert words(nodes(value)["aws:sqs:sa-east-1:orders"])["in"] == ["BR"]


def test_what_is_only_being_made_is_in_the_account_of_the_rest() -> None:
    rest = change("aws_sns_topic.t", {"name": "t", "arn": f"arn:aws:sns:eu-west-3:{OWN}:t"})
    assert target(plan(queue(), rest, calls(arn(OWN)))) == QUEUE
    assert target(plan(queue(), rest, calls(arn(OTHER)))) != QUEUE


def test_where_no_account_is_told_the_name_and_region_join() -> None:
    assert target(plan(queue(), calls(arn(OWN)))) == QUEUE


def subscribed(then: str, now: str, *, owned: bool = True) -> Value:
    """A plan that sends logs to another destination than before."""

    def to(account: str) -> Value:
        destination = f"arn:aws:logs:eu-west-3:{account}:destination:central"
        return {"destination_arn": destination, "log_group_name": "payments"}

    group: Value = {"name": "payments"}
    if owned:
        group["arn"] = f"arn:aws:logs:eu-west-3:{OWN}:log-group:payments"
    return plan(
        change(LOGS, group, before=group, actions=["no-op"]),
        change(SUBSCRIPTION, to(now), before=to(then), actions=["update"]),
    )


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize(("then", "now"), [(OWN, OTHER), (OTHER, OWN), (OTHER, THIRD)])
def test_a_move_to_another_account_is_a_change(then: str, now: str, owned: bool) -> None:
    value = subscribed(then, now, owned=owned)
    assert len(flows(value)) == len(flows_of(before(value))) == 1
    assert not flows(value) & flows_of(before(value))


def test_our_own_keeps_its_id() -> None:
    value = subscribed(OWN, OWN)
    ours = f"{LOGS} -> aws:logs:eu-west-3:destination:central"
    assert flows(value) == flows_of(before(value)) == {ours}


def together(**plans: Value) -> Imported:
    """What several plans tell, by the names of their files."""
    sources = [Source(f"{name}.json", json.dumps(value)) for name, value in plans.items()]
    return terraform_plan.read(sources, name="shop")


def test_plans_join_within_an_account() -> None:
    app = plan(
        calls(arn(OWN)),
        change("aws_sns_topic.t", {"arn": f"arn:aws:sns:eu-west-3:{OTHER}:t"}),
    )
    assert flows_of(together(net=plan(queue(OWN)), app=app)) == {f"{FUNCTION} -> {QUEUE}"}
    theirs = flows_of(together(net=plan(queue(THIRD)), app=app))
    assert f"{FUNCTION} -> {QUEUE}" not in theirs
    assert len(theirs) == 1


def test_a_look_up_that_finds_another_account_finds_another_queue() -> None:
    mapping = "aws_lambda_event_source_mapping.m"
    sets_off = {
        "address": mapping,
        "mode": "managed",
        "type": "aws_lambda_event_source_mapping",
        "name": "m",
        "expressions": {
            "function_name": {"references": [f"{FUNCTION}.arn"]},
            "event_source_arn": {"references": ["data.aws_sqs_queue.q.arn"]},
        },
    }
    for account, ours in ((OWN, True), (OTHER, False)):
        found = {
            "address": "data.aws_sqs_queue.q",
            "mode": "data",
            "type": "aws_sqs_queue",
            "name": "q",
            "provider_name": "aws",
            "values": {"arn": arn(account), "name": "orders"},
        }
        value = plan(
            queue(OWN),
            change(FUNCTION, {}),
            change(mapping, {}),
            root=[sets_off],
            prior_state={
                "format_version": "1.0",
                "values": {"root_module": {"resources": [found]}},
            },
        )
        assert (f"{QUEUE} -> {FUNCTION}" in flows(value)) == ours


def workspace(subscription: str, name: str = "central") -> str:
    """The id of a workspace of Azure."""
    lies_in = f"/subscriptions/{subscription}/resourceGroups/r/providers"
    return f"{lies_in}/Microsoft.OperationalInsights/workspaces/{name}"


@pytest.mark.parametrize(
    ("own", "other", "type", "path", "found", "word"),
    [
        (
            workspace("00000000-1111-2222-3333-444455556666", "ours"),
            workspace,
            "azurerm_application_insights",
            "workspace_id",
            "azure:workspaces:central",
            "subscription",
        ),
        (
            "projects/ours/topics/t",
            "pubsub.googleapis.com/projects/{}/topics/central".format,
            "google_logging_project_sink",
            "destination",
            "google:topics:central",
            "project",
        ),
    ],
)
def test_another_subscription_or_project_is_another_node(
    own: str, other: Any, type: str, path: str, found: str, word: str
) -> None:
    made = {"azurerm": "azurerm_log_analytics_workspace", "google": "google_pubsub_topic"}
    project = "00000000-1111-2222-3333-444455556666" if word == "subscription" else "ours"
    home = change(f"{made[type.split('_')[0]]}.h", {"id": own, "project": project})

    def sent(account: str) -> set[str]:
        user = change(f"{type}.u", {path: other(account)})
        return flows(plan(home, user))

    (ours,) = sent(project)
    assert ours.endswith(f"-> {found}")
    (one,), (another,) = sent("theirs-1"), sent("theirs-2")
    assert f"-> {found} of {word} ~" in one
    assert one != another
    assert "theirs" not in one + another


def test_the_accounts_that_providers_are_configured_with_are_ones_own() -> None:
    configured = {"name": "google", "expressions": {"project": {"references": ["var.project"]}}}
    value = plan(
        change("google_logging_project_sink.u", {"destination": "x/projects/theirs/topics/t"}),
        variables={"project": {"value": "ours"}},
    )
    assert flows(value) == {"google_logging_project_sink.u -> google:topics:t"}
    value["configuration"]["provider_config"]["google"] = configured
    (found,) = flows(value)
    assert " of project ~" in found
