"""Overlays: a blank for each fact that is asked for, what is filled in, and what is about nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lawful_dsl.format import format_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source
from tests.cli.conftest import Run

SYSTEM = "our_system.flow"
COMPOSE = """services:
  web:
    image: shop/web
    environment:
      DATABASE_URL: postgres://db:5432/shop
      MAIL: https://api.mailhouse.com
  db:
    image: postgres:16
"""
POLICY = """policy our_policy
  by us
  effective 2025-01-01

use common

forbid abroad: transfer of personal_data unless in EEA
retain how_long: personal_data at most 1 year
assert notice: breach_notice at most 72 hours
"""
OURS = """system infra  for policy our_policy

party us  controller  in FR
subject buyer  is customer  in FR
us {
  service web  extern  in FR
  store   db   extern  in FR
}
buyer -> web : email_address, postal_address
"""


@pytest.fixture
def infra(here: Path, lawful: Run) -> Path:
    """A folder with a system that was imported, and what no tool tells beside it."""
    (here / "compose.yaml").write_text(COMPOSE, "utf-8")
    assert lawful("import", "compose.yaml", "-o", "infra/infra.flow").status == 0
    folder = here / "infra"
    law = POLICY.replace("use common", "use common\n\nattribute breach_notice of system: period")
    (folder / "our_policy.law").write_text(law, "utf-8")
    (folder / "ours.flow").write_text(OURS, "utf-8")
    return folder


def statements(text: str) -> list[str]:
    """The blanks of an overlay: what stands after the `#`."""
    found = re.findall(r"^# ((?:each|fact|\w+ \{) ?.*)$", text, re.MULTILINE)
    return [each for each in found if not each.endswith(("findings", "itself"))]


def fill(path: Path, **said: str) -> None:
    """Take the `#` before each blank away, and write what holds in place of its capitals."""
    text = path.read_text("utf-8")
    for blank, value in said.items():
        text, filled = re.subn(rf"^# (.*\b){blank}$", rf"\g<1>{value}", text, flags=re.MULTILINE)
        assert filled == 1
    path.write_text(text, "utf-8")


def test_each_fact_has_a_blank(lawful: Run, infra: Path) -> None:
    outcome = lawful("annotate", "infra")
    assert outcome.status == 0
    assert statements(outcome.out) == [
        "each recipient api.mailhouse.com  in PLACE",
        "each store db  retention PERIOD",
        "fact breach_notice VALUE",
    ]
    assert "# place of api.mailhouse.com: 2 findings, 2 by itself\n" in outcome.out
    assert "#   asked by our_policy abroad\n" in outcome.out


def test_blanks_say_nothing(lawful: Run, infra: Path) -> None:
    before = lawful("check", "infra").out
    assert lawful("annotate", "infra", "-o", "infra/overlay.flow").status == 0
    parsed = parse_flow(Source("overlay.flow", (infra / "overlay.flow").read_text("utf-8")))
    assert not parsed.diagnostics
    assert len(parsed.tree.statements) == 1
    assert lawful("check", "infra").out == before


def test_the_most_asked_for_comes_first(lawful: Run, infra: Path) -> None:
    found = re.findall(r": (\d+) findings?", lawful("annotate", "infra").out)
    assert [int(each) for each in found] == sorted(map(int, found), reverse=True)
    assert len(set(found)) > 1


def test_what_is_filled_in_is_decided(lawful: Run, infra: Path) -> None:
    lawful("annotate", "infra", "-o", "infra/overlay.flow")
    fill(infra / "overlay.flow", PLACE="DE", PERIOD="30 days", VALUE="48 hours")
    outcome = lawful("check", "infra", "--strict")
    assert outcome.status == 0
    assert outcome.out.startswith("kept: infra: ")
    assert lawful("annotate", "infra").out.startswith("# Nothing is asked for that is not said.\n")


def test_whose_a_node_is_is_asked_and_said(lawful: Run, infra: Path) -> None:
    ours = infra / "ours.flow"
    ours.write_text(ours.read_text("utf-8").replace("  store   db   extern  in FR\n", ""), "utf-8")
    found = statements(lawful("annotate", "infra").out)
    assert "each store db  of PARTY" in found
    over(infra, "each store 'd*'  of us  in FR  retention 30 days\n")
    assert not [each for each in statements(lawful("annotate", "infra").out) if "db" in each]


def test_the_next_import_keeps_the_overlay(lawful: Run, infra: Path) -> None:
    lawful("annotate", "infra", "-o", "infra/overlay.flow")
    fill(infra / "overlay.flow", PLACE="DE", PERIOD="30 days", VALUE="48 hours")
    filled = (infra / "overlay.flow").read_bytes()
    compose = infra.parent / "compose.yaml"
    compose.write_text(COMPOSE + "  cache:\n    image: redis:7\n", "utf-8")
    assert lawful("import", "compose.yaml", "-o", "infra/infra.flow").status == 0
    assert (infra / "overlay.flow").read_bytes() == filled
    assert "cache" in (infra / "infra.flow").read_text("utf-8")
    assert statements(lawful("annotate", "infra").out) == ["each store cache  holds DATA"]


def test_what_is_gone_is_said_aloud(lawful: Run, infra: Path) -> None:
    lawful("annotate", "infra", "-o", "infra/overlay.flow")
    fill(infra / "overlay.flow", PLACE="DE", PERIOD="30 days", VALUE="48 hours")
    compose = infra.parent / "compose.yaml"
    compose.write_text(COMPOSE.replace("      MAIL: https://api.mailhouse.com\n", ""), "utf-8")
    assert lawful("import", "compose.yaml", "-o", "infra/infra.flow").status == 0
    outcome = lawful("check", "infra")
    assert outcome.status == 0
    assert outcome.out.startswith("undetermined: infra: 1 finding undetermined, none broken")
    assert "`each recipient api.mailhouse.com` is about nothing" in " ".join(outcome.out.split())
    assert lawful("check", "infra", "--strict").status == 1
    [finding] = json.loads(lawful("check", "infra", "--format", "json").out)["reports"][0][
        "findings"
    ]
    assert (finding["rule"], finding["reason"]) == ("unmatched-pattern", "unmatched")
    assert finding["event"]["carrier"]["kind"] == "overlay"
    assert finding["at"]["file"] == "infra/overlay.flow"


def test_a_file_that_is_there_is_kept(lawful: Run, infra: Path) -> None:
    (infra / "overlay.flow").write_text("system infra\n", "utf-8")
    outcome = lawful("annotate", "infra", "-o", "infra/overlay.flow")
    assert outcome.status == 2
    assert "`infra/overlay.flow` is there already" in outcome.err
    assert (infra / "overlay.flow").read_text("utf-8") == "system infra\n"


def test_the_seed_of_hashes_makes_no_difference(infra: Path) -> None:
    told = []
    for seed in ("1", "2"):
        program = ("-c", "import sys; from lawful.cli import main; sys.exit(main(sys.argv[1:]))")
        paths = os.pathsep.join(sys.path)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, *program, "annotate", "infra"]
        told.append(
            subprocess.run(command, capture_output=True, check=True, env=environment).stdout
        )
    assert told[0] == told[1]
    assert told[0].count(b"\n# each ") == 2


# --- overlays on the command line -----------------------------------------------------------------


def test_files_on_one_line_are_one_system(lawful: Run, undetermined: Path) -> None:
    (undetermined / "apart").mkdir()
    over = undetermined / "apart" / "over.flow"
    over.write_text("each flow 'orders -> customers'  for account_management\n", "utf-8")
    assert lawful("check", SYSTEM).out.startswith("undetermined")
    for arguments in ((SYSTEM, over), (over, SYSTEM)):
        outcome = lawful("check", *arguments)
        assert (outcome.status, outcome.err) == (0, "")
        assert outcome.out.startswith("kept: our_system: nothing is broken")
    assert lawful("check", SYSTEM, "--with", over).out.startswith("kept: our_system: ")


def test_an_overlay_is_of_the_system_that_it_names(lawful: Run, undetermined: Path) -> None:
    (undetermined / "apart").mkdir()
    text = (undetermined / SYSTEM).read_text("utf-8")
    other = undetermined / "apart" / "other.flow"
    other.write_text(text.replace("system our_system", "system other"), "utf-8")
    over = undetermined / "apart" / "over.flow"
    said = "each flow 'orders -> customers'  for account_management\n"
    over.write_text(f"system other\n{said}", "utf-8")
    out = lawful("check", SYSTEM, other, over).out
    assert out.startswith("undetermined: 2 systems: 1 undetermined, 1 kept\n")
    over.write_text(said, "utf-8")
    assert lawful("check", SYSTEM, other, over).out.startswith("kept: 2 systems: 2 kept\n")


# --- what is said of all that a pattern stands for ------------------------------------------------


def over(folder: Path, text: str) -> None:
    """Write an overlay, which is in its one form, beside the system."""
    assert format_flow(parse_flow(Source("over.flow", text))) == text
    (folder / "over.flow").write_text(text, "utf-8")


def test_what_differs_is_an_error_unless_it_is_corrected(lawful: Run, shop: Path) -> None:
    over(shop, "each store 'custom*'  development\n")
    outcome = lawful("check", ".")
    assert outcome.status == 2
    assert "two files differ on the environment of `customers`" in outcome.err
    over(shop, "correct 'custom*' environment from production to development  because \"Moved.\"\n")
    assert lawful("check", ".").status == 0


@pytest.mark.parametrize(
    "text",
    [
        "each store 'x*'  in FR\n",
        "each store orders  in FR\n",
        "each party 'x*'  in FR\n",
        "each subject 'x*'  in FR\n",
        "each node buyer  in FR\n",
        "each flow 'x*'  for marketing\n",
        "each flow 'customers on cloud_house'  for marketing\n",
        "correct 'x*' place from FR to DE  because \"Moved.\"\n",
    ],
)
def test_what_is_about_nothing(lawful: Run, shop: Path, text: str) -> None:
    over(shop, text)
    outcome = lawful("check", ".")
    assert outcome.status == 0
    assert "undetermined (unmatched)  medium  our_policy  unmatched-pattern" in outcome.out
    assert lawful("check", ".", "--strict").status == 1


def test_patterns_are_written_as_json_too(lawful: Run, shop: Path) -> None:
    from lawful.system.document import decode, encode

    text = (
        "each party 'card*'  certified eu_us_dpf\n"
        "each store '*'      in FR\n"
        "each node '*'       for marketing\n"
        "each flow '* -> x' : all except card_number  on contract\n"
        "each flow '*'  masking card_number as card_last_four\n"
        'waive recipients at \'*\'  owner "Jane Roe"  because "Soon."  until 2027-01-01\n'
    )
    tree = parse_flow(Source("over.flow", text)).tree
    again, wrong = decode(encode(tree), "over.json")
    assert not wrong
    assert again == tree
