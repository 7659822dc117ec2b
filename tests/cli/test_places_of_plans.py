"""Where what a plan makes stands: unknown where the plan does not tell, until a text beside it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_sources import OVERLAY, POLICY, TABLE, settings, stays, write
from tests.importers.plans import block, plan

FUNCTION = "aws_lambda_function.f"
#: A table of which the plan tells no region; its owner is in France, where it has to be.
NOWHERE = {"name": "carts", "server_side_encryption": [{"enabled": True}]}
WRITES = block(FUNCTION, environment=[{"variables": "aws_dynamodb_table.t.name"}])


@pytest.fixture
def till(here: Path) -> Path:
    """A folder with a policy, what a plan cannot say, and a plan that does not tell where its table is."""
    (here / "cards.law").write_text(POLICY)
    (here / "till.flow").write_text(OVERLAY)
    value = plan(stays(FUNCTION, settings("carts")), stays(TABLE, NOWHERE), root=[WRITES])
    region = {"references": ["var.region"]}
    value["configuration"]["provider_config"]["aws"]["expressions"]["region"] = region
    write(here, value)
    return here


def test_an_owner_does_not_tell_where_a_machine_is(till: Path, lawful: Run) -> None:
    outcome = lawful("check", "plan.json", "--with", "till.flow")
    assert outcome.out.startswith("undetermined: till")
    assert "cards_stay_home" in outcome.out


def test_a_text_beside_a_plan_tells_what_the_plan_does_not(till: Path, lawful: Run) -> None:
    said = OVERLAY.replace(
        "  store aws_dynamodb_table.t\n", "  store aws_dynamodb_table.t  in FR\n"
    )
    (till / "till.flow").write_text(said)
    assert lawful("check", "plan.json", "--with", "till.flow").out.startswith("kept: till")
    (till / "till.flow").write_text(said.replace("t  in FR", "t  in US"))
    assert lawful("check", "plan.json", "--with", "till.flow").out.startswith("broken: till")


def test_a_starting_overlay_asks_where_it_is(till: Path, lawful: Run) -> None:
    out = lawful("annotate", "plan.json", "--with", "till.flow").out
    assert "aws_dynamodb_table.t  in PLACE" in out
