"""Several plans: what stands before their ids, and that findings outlive another name of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.analysis.prefixes import called_otherwise
from tests.cli.conftest import Run
from tests.cli.test_gate import told
from tests.cli.test_sources import FUNCTION, POLICY, TABLE, WRITES, settings, stays, write
from tests.importers.plans import plan

OVERLAY = """\
system till "The till"  for policy cards
use common, infrastructure

party shop "The shop"  controller  in FR
subject customer  in FR

shop {
  service 'a/aws_lambda_function.f'
  service 'b/aws_lambda_function.f'
}
customer -> 'a/aws_lambda_function.f' : card_number  for card_processing on contract
customer -> 'b/aws_lambda_function.f' : card_number  for card_processing on contract
"""
ABROAD = {"arn": "arn:aws:dynamodb:us-east-1:1:table/t", "name": "carts"}


@pytest.fixture
def two(here: Path) -> Path:
    """Two plans with the same addresses, one of which keeps cards abroad."""
    (here / "cards.law").write_text(POLICY)
    (here / "till.flow").write_text(OVERLAY)
    home = {"arn": "arn:aws:dynamodb:eu-west-3:1:table/t", "name": "carts"}
    for name, table in (("a", ABROAD), ("b", home)):
        made = plan(stays(FUNCTION, settings("carts")), stays(TABLE, table), root=[WRITES])
        write(here, made, f"{name}.json")
    return here


def changed(found: dict[str, object]) -> list[object]:
    return [found[each] for each in ("new", "mended", "overlays", "says")]


def test_a_name_that_is_given_outlives_that_of_the_file(two: Path, lawful: Run) -> None:
    named = ("a=a.json", "--with", "b=b.json", "--with", "till.flow")
    assert lawful("gate", *named, "--write-baseline", "was.json").status == 0
    Path("a.json").rename("plan-4711.json")
    Path("b.json").rename("plan-4712.json")
    now = ("a=plan-4711.json", "--with", "b=plan-4712.json", "--with", "till.flow")
    found = told(lawful, *now, "--baseline", "was.json")
    assert changed(found) == [[], [], [], []]
    assert len(found["known"]) > 1


def test_a_named_plan_leaves_the_ids_of_the_others(two: Path, lawful: Run) -> None:
    text = "\n".join(line for line in OVERLAY.split("\n") if "'b/" not in line)
    Path("till.flow").write_text(text.replace("a/", ""))
    lawful("gate", "a.json", "--with", "till.flow", "--write-baseline", "was.json")
    more = ("a.json", "--with", "till.flow", "--with", "b=b.json")
    found = told(lawful, *more, "--baseline", "was.json")
    assert found["mended"] == []
    assert {said["of"] for said in found["says"] if "b/" not in said["of"]} == set()


def test_a_file_that_is_called_otherwise_keeps_its_findings(two: Path, lawful: Run) -> None:
    lawful("gate", "a.json", "--with", "b.json", "--with", "till.flow", "--write-baseline", "x")
    Path("b.json").rename("c.json")
    Path("till.flow").write_text(OVERLAY.replace("b/", "c/"))
    found = told(lawful, "a.json", "--with", "c.json", "--with", "till.flow", "--baseline", "x")
    assert changed(found)[:3] == [[], [], []]
    assert any("`b/...` are called `c/...`" in notice for notice in found["notices"])
    Path("till.flow").write_text(OVERLAY)
    lost = told(lawful, "a.json", "--with", "c.json", "--with", "till.flow", "--baseline", "x")
    rules = [new["finding"]["rule"] for new in lost["new"]]
    assert rules.count("unmatched-pattern") == 1
    out = lawful("check", "a.json", "--with", "c.json", "--with", "till.flow").out
    assert "`service b/aws_lambda_function.f` is about nothing" in " ".join(out.split())


def test_what_may_be_either_of_two_is_neither() -> None:
    alike = {"places": "FR"}
    before = {"node t": alike, "node b/u": alike}
    assert called_otherwise(before, {"node a/t": alike}) == {"a/t": "t"}
    assert called_otherwise(before, {"node a/t": {"places": "US"}}) == {}
    assert called_otherwise(before, {"node a/t": alike, "node c/t": alike}) == {}
    assert called_otherwise(before, {"node t": alike, "node c/u": alike}) == {"c/u": "b/u"}
    assert called_otherwise(before, {"node t": alike, "node c/u": alike, "node c/v": alike}) == {}
    assert called_otherwise({"node b/t": alike}, {"node t": alike}) == {"t": "b/t"}


def test_files_of_one_name_are_told_apart_by_their_folders(two: Path, lawful: Run) -> None:
    for name in "ab":
        Path(name).mkdir()
        Path(f"{name}.json").rename(f"{name}/plan.json")
    Path("till.flow").write_text(OVERLAY.replace("a/", "a/plan/").replace("b/", "b/plan/"))
    outcome = lawful("check", "a/plan.json", "--with", "b/plan.json", "--with", "till.flow")
    assert "a/plan/aws_dynamodb_table.t" in outcome.out
    assert "about nothing" not in outcome.out


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (("a=a.json", "--with", "a=b.json"), "two plans are called `a`"),
        (
            ("a.json", "--with", "x=till.flow"),
            "`x=till.flow`: a name stands before the ids of a plan",
        ),
        (("a=none.json", "--with", "till.flow"), "none.json"),
    ],
)
def test_misuse(two: Path, lawful: Run, files: tuple[str, ...], message: str) -> None:
    outcome = lawful("check", *files)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
