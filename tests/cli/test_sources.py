"""What is imported in passing: systems of files that are not ours, with more beside them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.importers.plans import block, change, plan

POLICY = """\
policy cards "Cards"
  by shop
  effective 2026-01-01

use common, infrastructure

require cards_stay_home: place in FR for storage of card_number
require cards_encrypted: measure in encryption_at_rest for storage of card_number
"""
OVERLAY = """\
system till "The till"  for policy cards
use common, infrastructure

party shop "The shop"  controller  in FR
subject customer  in FR

shop {
  service aws_lambda_function.f
  store aws_dynamodb_table.t
}
customer -> aws_lambda_function.f : card_number  for card_processing on contract
aws_lambda_function.f -> aws_dynamodb_table.t : card_number  for card_processing
"""
FUNCTION = "aws_lambda_function.f"
TABLE = "aws_dynamodb_table.t"
ENCRYPTED = {
    "arn": "arn:aws:dynamodb:eu-west-3:1:table/t",
    "server_side_encryption": [{"enabled": True}],
}
PLAIN = {"name": "carts", "server_side_encryption": [{"enabled": False}]}
WRITES = block(FUNCTION, environment=[{"variables": "aws_dynamodb_table.t.name"}])


def settings(name: str) -> dict[str, Any]:
    """Those of a function that writes to a table."""
    return {
        "arn": "arn:aws:lambda:eu-west-3:1:function:f",
        "environment": [{"variables": {"T": name}}],
    }


def stays(address: str, values: dict[str, Any], after: dict[str, Any] | None = None) -> Any:
    """A resource that was there before."""
    actions = ["no-op"] if after is None else ["update"]
    return change(address, values if after is None else after, before=values, actions=actions)


@pytest.fixture
def till(here: Path) -> Path:
    """A folder with a policy, and what a plan cannot say."""
    (here / "cards.law").write_text(POLICY)
    (here / "till.flow").write_text(OVERLAY)
    return here


def write(folder: Path, value: Any, name: str = "plan.json") -> None:
    """A plan as a file."""
    (folder / name).write_text(json.dumps(value))


def test_a_plan_is_checked_with_what_it_cannot_say(till: Path, lawful: Run) -> None:
    write(
        till,
        plan(
            stays(FUNCTION, settings("carts")),
            stays(TABLE, {**ENCRYPTED, "name": "carts"}),
            root=[WRITES],
        ),
    )
    outcome = lawful("check", "plan.json", "--with", "till.flow")
    assert outcome.status == 0, outcome
    assert outcome.out.startswith("kept: till")


def test_findings_stand_in_the_plan(till: Path, lawful: Run) -> None:
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    write(till, plan(stays(FUNCTION, settings("carts")), stays(TABLE, table), root=[WRITES]))
    outcome = lawful("check", "plan.json", "--with", "till.flow")
    assert outcome.status == 1
    assert "cards_stay_home" in outcome.out
    assert "plan.json#/resource_changes/" in outcome.out


def test_a_plan_that_changes_nothing_passes(till: Path, lawful: Run) -> None:
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    write(till, plan(stays(FUNCTION, settings("carts")), stays(TABLE, table), root=[WRITES]))
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status == 0, outcome
    assert outcome.out.startswith("passes: till: 0 newly broken, 0 newly undetermined, 0 mended, 2")


def test_a_plan_is_both_sides_of_a_change(till: Path, lawful: Run) -> None:
    abroad = {**ENCRYPTED, "name": "carts", "arn": "arn:aws:dynamodb:us-east-1:1:table/t"}
    write(
        till,
        plan(
            stays(FUNCTION, settings("carts")),
            stays(TABLE, {**ENCRYPTED, "name": "carts"}, abroad),
            root=[WRITES],
        ),
    )
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status == 1, outcome
    assert "does not pass: till: 1 newly broken" in outcome.out
    assert "cards_stay_home" in outcome.out


LATER = "aws_lambda_function.f.environment.variables"


def later(before: dict[str, Any]) -> Any:
    """A function whose environment is known later."""
    now = {**settings(""), "environment": [{}]}
    unknown = {"environment": [{"variables": True}]}
    return change(FUNCTION, now, before=before, actions=["update"], unknown=unknown)


@pytest.mark.parametrize("table", [{**ENCRYPTED, "name": "carts"}, PLAIN])
def test_whom_a_program_calls_is_known_only_after_apply(
    till: Path, lawful: Run, table: dict[str, Any]
) -> None:
    reads = block(FUNCTION, environment=[{"variables": "data.http.settings.body"}])
    write(till, plan(later(settings("carts")), stays(TABLE, table), root=[reads]))
    outcome = lawful("gate", "plan.json", "--with", "till.flow", "--format", "json")
    told = json.loads(outcome.out)
    assert outcome.status == 1
    assert all(new["finding"]["verdict"] == "undetermined" for new in told["new"])
    assert all(new["later"] for new in told["new"])
    assert told["why"][0].startswith("undetermined, as it is not told who is named: 2: ")
    [comes] = [said for said in told["says"] if said["of"] == f"node {LATER}"]
    assert (comes["fact"], comes["before"]) == (None, None)
    assert "known_later = yes" in comes["after"]


def test_who_is_known_later_may_be_told_or_taken_out(till: Path, lawful: Run) -> None:
    reads = block(FUNCTION, environment=[{"variables": "data.http.settings.body"}])
    table = {**ENCRYPTED, "name": "carts"}
    write(till, plan(later(settings("carts")), stays(TABLE, table), root=[reads]))
    (till / "till.flow").write_text(
        f"{OVERLAY}store {LATER}  holds nothing\n"
        f"ignore 'aws_lambda_function.f -> {LATER}'  because \"limits, and no addresses\"\n"
    )
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status == 1  # who is taken out is taken out by somebody
    assert "corrections and ignored flows that come, go or change: 1" in outcome.out
    accepted = lawful("gate", "plan.json", "--with", "till.flow", "--accept-policy-change")
    assert accepted.status == 0
    (till / "till.flow").write_text(
        OVERLAY.replace("  store aws", f"  store {LATER}  in FR  encryption_at_rest\n  store aws")
    )
    assert lawful("gate", "plan.json", "--with", "till.flow").status == 0


def test_what_is_said_of_a_node_that_the_plan_makes_was_not_so_before(
    till: Path, lawful: Run
) -> None:
    (till / "till.flow").write_text(
        OVERLAY.replace(
            "  store aws_dynamodb_table.t\n",
            "  store aws_dynamodb_table.t  holds card_number of customer\n",
        )
    )
    write(
        till,
        plan(stays(FUNCTION, settings("carts")), change(TABLE, PLAIN), root=[WRITES]),
    )
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status == 1
    assert "node aws_dynamodb_table.t: comes" in outcome.out
    assert "newly broken" in outcome.out


def test_a_plan_of_all_that_is_new_is_compared_with_nothing(till: Path, lawful: Run) -> None:
    write(
        till,
        plan(change(FUNCTION, settings("carts")), change(TABLE, PLAIN), root=[WRITES]),
    )
    outcome = lawful("gate", "plan.json", "--with", "till.flow", "--format", "json")
    told = json.loads(outcome.out)
    assert told["passes"] is False
    assert all(not new["there"] for new in told["new"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gate", "till.flow", "--policy", "cards"), "tells of one state of a system"),
        (("check", "plan.json", "till.flow", "--with", "till.flow"), "is of one system"),
        (("check", "plan.json", "--with", "none.flow"), "there is no file `none.flow`"),
        (("check", "plan.json"), "names no policy"),
        (("gate", "state.json", "--with", "till.flow"), "does not tell what was before"),
        (("check", "torn.json", "--with", "till.flow"), "torn.json"),
    ],
)
def test_what_cannot_be_read_is_said(
    till: Path, lawful: Run, arguments: tuple[str, ...], said: str
) -> None:
    write(till, plan(change(TABLE)))
    write(
        till,
        {"format_version": "1.0", "terraform_version": "1", "values": {"root_module": {}}},
        "state.json",
    )
    (till / "torn.json").write_text(json.dumps(plan(change(TABLE)))[:-40])
    outcome = lawful(*arguments)
    assert outcome.status == 2, outcome
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_what_stands_beside_a_plan_is_that_of_another_checkout(
    till: Path, lawful: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(till, other)
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    write(
        till,
        plan(
            stays(FUNCTION, settings("carts")),
            stays(TABLE, {**table, "server_side_encryption": [{"enabled": True}]}),
            root=[WRITES],
        ),
    )
    (till / "till.flow").write_text(OVERLAY.replace("card_number", "card_number, email_address"))
    policy = till / "cards.law"
    policy.write_text(
        policy.read_text() + "require mail_at_home: place in FR for storage of email_address\n"
    )
    alone = lawful("gate", "plan.json", "--with", "till.flow")
    assert alone.status == 0, alone
    assert "the same before and now, so not compared: till.flow; see" in " ".join(alone.out.split())
    outcome = lawful("gate", "plan.json", "--with", "till.flow", "--base-root", other)
    assert outcome.status == 1, outcome
    assert "the policy `cards` changed" in outcome.out
    assert "mail_at_home" in outcome.out
    assert not outcome.err


def test_a_policy_is_found_beside_what_stands_beside_a_plan(till: Path, lawful: Run) -> None:
    (till / "infra").mkdir()
    for name in ("cards.law", "till.flow"):
        (till / name).rename(till / "infra" / name)
    write(
        till,
        plan(
            stays(FUNCTION, settings("carts")),
            stays(TABLE, {**ENCRYPTED, "name": "carts"}),
            root=[WRITES],
        ),
    )
    outcome = lawful("check", "plan.json", "--with", "infra/till.flow")
    assert outcome.status == 0, outcome


def test_a_plan_that_is_not_there_is_no_state(till: Path, lawful: Run) -> None:
    outcome = lawful("gate", "none.json", "--with", "till.flow")
    assert outcome.status == 2
    assert "there is no file `none.json`" in outcome.err
    assert "one state" not in outcome.err


# --- what must not reassure -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"errored": True}, "plan ended in an error"),
        ({"complete": False}, "plan is not complete"),
        ({"deferred_changes": [{}]}, "put off to a later plan"),
    ],
)
def test_a_plan_that_is_not_whole_is_not_checked(
    till: Path, lawful: Run, more: dict[str, Any], said: str
) -> None:
    value = plan(stays(FUNCTION, settings("carts")), stays(TABLE, {**ENCRYPTED, "name": "carts"}))
    for command in ("check", "gate"):
        write(till, value)
        assert lawful(command, "plan.json", "--with", "till.flow").status in (0, 1)
        write(till, {**value, **more})
        outcome = lawful(command, "plan.json", "--with", "till.flow")
        assert (outcome.status, outcome.out) == (2, "")
        assert said in outcome.err


def test_a_plan_without_its_configuration_is_checked_where_its_values_tell_all(
    till: Path, lawful: Run
) -> None:
    said = "1 plan without its configuration: what settings refer to"
    table = stays(TABLE, {**ENCRYPTED, "name": "carts"})
    for function, status in (
        (stays(FUNCTION, settings("carts")), 0),
        (change(FUNCTION, settings("carts"), unknown={"arn": True}), 2),
    ):
        value = plan(function, table)
        del value["configuration"]
        write(till, value)
        for command in ("check", "gate"):
            outcome = lawful(command, "plan.json", "--with", "till.flow")
            assert outcome.status == status
            assert said in " ".join((outcome.err if status else outcome.out).split())
    outcome = lawful("import", "plan.json", "-o", "x.flow")
    assert (outcome.status, said in outcome.err) == (0, True)


def test_what_a_plan_forgets_goes_on(till: Path, lawful: Run) -> None:
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    forgotten = change(TABLE, None, before=table, actions=["forget"])
    write(till, plan(stays(FUNCTION, settings("carts")), forgotten, root=[WRITES]))
    outcome = lawful("check", "plan.json", "--with", "till.flow")
    assert outcome.status == 1
    assert "1 resources are managed no longer, and go on" in outcome.out
    assert "0 mended, 2 as before" in lawful("gate", "plan.json", "--with", "till.flow").out


def test_an_address_stands_in_a_plan_once(till: Path, lawful: Run) -> None:
    write(till, plan(stays(FUNCTION, settings("carts")), change(TABLE), change(TABLE)))
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status == 2
    assert f"`{TABLE}` stands twice in this plan" in outcome.err


def test_a_flow_that_the_plan_makes_was_not_there_to_be_ignored(till: Path, lawful: Run) -> None:
    (till / "till.flow").write_text(
        OVERLAY.replace(
            f"{FUNCTION} -> {TABLE} : card_number  for card_processing\n",
            f"ignore '{FUNCTION} -> {TABLE}' because \"it is told elsewhere\"\n",
        )
    )
    write(
        till,
        plan(stays(FUNCTION, settings("carts")), change(TABLE, {"name": "carts"}), root=[WRITES]),
    )
    outcome = lawful("gate", "plan.json", "--with", "till.flow")
    assert outcome.status in (0, 1), outcome


WAIVERS = """\
system till
waive cards_stay_home  owner "Mallory"  because "x"  until 2030-01-01
waive cards_encrypted  owner "Mallory"  because "x"  until 2030-01-01
"""


def test_a_waiver_that_another_checkout_does_not_have_is_new(
    till: Path, lawful: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(till, other)
    (till / "waivers.flow").write_text(WAIVERS)
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    write(
        till,
        plan(
            stays(FUNCTION, settings("carts")),
            stays(TABLE, table, {**table, **PLAIN}),
            root=[WRITES],
        ),
    )
    files = ("plan.json", "--with", "till.flow", "--with", "waivers.flow")
    outcome = lawful("gate", *files, "--base-root", other)
    assert outcome.status == 1, outcome
    assert "waivers that come, go or change: 2" in outcome.out
    alone = lawful("gate", *files)
    assert "so not compared: till.flow, waivers.flow; see --base-root" in " ".join(
        alone.out.split()
    )
    assert "0 mended" in alone.out
    told = lawful("gate", *files, "--format", "github").out
    assert "so not compared: till.flow, waivers.flow" in told


def test_nor_with_a_base_of_its_own(
    till: Path, lawful: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}
    write(till, plan(stays(FUNCTION, settings("carts")), stays(TABLE, table), root=[WRITES]))
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(till, other)
    files = ("--head", "plan.json", "--base", other / "plan.json", "--with", "till.flow")
    assert lawful("gate", *files).status == 0
    (till / "waivers.flow").write_text(WAIVERS)
    outcome = lawful("gate", *files, "--with", "waivers.flow")
    assert outcome.status == 1, outcome
    assert "waivers that come, go or change: 2" in outcome.out


def test_another_checkout_that_has_nothing_of_it_is_a_mistake(
    till: Path, lawful: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(till, plan(stays(FUNCTION, settings("carts")), stays(TABLE, {"name": "carts"})))
    empty = tmp_path_factory.mktemp("empty")
    outcome = lawful("gate", "plan.json", "--with", "till.flow", "--base-root", empty)
    assert outcome.status == 2
    assert "nothing lies in" in outcome.err


def test_what_another_checkout_says_of_an_old_address_is_said_of_what_was_moved(
    till: Path, lawful: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "was"
    shutil.copytree(till, other)
    new = "aws_dynamodb_table.moved"
    (till / "till.flow").write_text(OVERLAY.replace(TABLE, new))
    moved = stays(new, {**ENCRYPTED, "name": "carts"})
    moved["previous_address"] = TABLE
    writes = block(FUNCTION, environment=[{"variables": f"{new}.name"}])
    write(till, plan(stays(FUNCTION, settings("carts")), moved, root=[writes]))
    outcome = lawful("gate", "plan.json", "--with", "till.flow", "--base-root", other)
    assert outcome.status == 0, outcome


def test_what_is_known_later_is_told_in_every_report(till: Path, lawful: Run) -> None:
    function = change(FUNCTION, {}, unknown={"environment": [{"variables": True}]})
    writes = block(FUNCTION, environment=[{"variables": "data.http.settings.body"}])
    write(till, plan(function, stays(TABLE, {**ENCRYPTED, "name": "carts"}), root=[writes]))
    files = ("plan.json", "--with", "till.flow")
    for form in ("text", "json", "github", "markdown"):
        for command in ("check", "gate"):
            told = lawful(command, *files, "--format", form)
            assert "1 settings name something" in " ".join(told.out.split()), (command, form)


@pytest.mark.parametrize("command", ["check", "gate"])
@pytest.mark.parametrize("after", ['"garbage"', '{"format_version": "1.2"}', "]"])
def test_what_follows_from_a_plan_that_was_not_read_is_not_told(
    till: Path, lawful: Run, command: str, after: str
) -> None:
    write(till, plan(stays(TABLE, ENCRYPTED)))
    with Path("plan.json").open("a", encoding="utf-8") as file:
        file.write(f"\n{after}\n")
    with Path("till.flow").open("a", encoding="utf-8") as file:
        file.write("ignore 'internet -> aws_lb.web' because \"It is not.\"\n")
    outcome = lawful(command, "plan.json", "--with", "till.flow")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: this is not JSON: extra data\n  --> plan.json:")
    assert outcome.err.count("error: ") == 1


def test_what_follows_from_json_of_ours_that_was_not_read_is_not_told(
    lawful: Run, here: Path
) -> None:
    Path("a.json").write_text('{"lawful": 1, "system": {"name": "a"}, "nodes": 3}', "utf-8")
    Path("b.flow").write_text("ignore 'x -> y' because \"It is not.\"\n", "utf-8")
    outcome = lawful("check", "a.json", "--with", "b.flow", "--policy", "callbridge")
    assert outcome.status == 2
    assert outcome.err.count("error: ") == 1
    assert "a.json#/nodes" in outcome.err
