"""Minimal: what breaks a rule shrinks to a text that a person reads, and that the command finds broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import find, settings

from lawful.cli import main
from lawful.testing.strategies import FlowText, breaking_systems, compliant_systems
from lawful_dsl import syntax as s
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source

#: A datum sent to a party, one kept, what a request must reach, what is made of what, a placement, a fact.
RULES = (
    ("callbridge", "cards_at_hosting"),
    ("appointlet", "content_kept"),
    ("appointlet", "erasure"),
    ("messagebird", "location_by_provider"),
    ("messagebird", "consent_first"),
    ("callbridge", "minors"),
    ("appointlet", "breach"),
)
QUICK = settings(max_examples=10, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(("policy", "rule"), RULES)
def test_it_is_little_and_found_broken(
    policy: str,
    rule: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    smallest = find(breaking_systems(policy, rule), lambda text: True, settings=QUICK)
    declared = statements(smallest)
    assert sum(isinstance(each, s.NodeDecl) for each in declared) <= 3
    assert sum(isinstance(each, s.FlowDecl) for each in declared) <= 2
    assert sum(isinstance(each, s.FactDecl) for each in declared) <= 1
    assert len(smallest.splitlines()) <= 18
    assert max(map(len, smallest.splitlines())) <= 100
    file = tmp_path / "smallest.flow"
    file.write_text(smallest, "utf-8")
    assert main(["check", str(file), "--format", "text"]) == 1
    assert rule in capsys.readouterr().out


def statements(text: str) -> list[s.FlowStatement]:
    """The statements of a text, those within a party's braces, too."""
    found: list[s.FlowStatement] = []
    for each in parse_flow(Source("smallest.flow", text)).tree.statements:
        found += each.nodes if isinstance(each, s.Owned) else [each]
    return found


def test_it_reads_so() -> None:
    smallest = find(
        breaking_systems("messagebird", "location_by_provider"), lambda text: True, settings=QUICK
    )
    assert (
        smallest
        == """\
system drawn  for policy messagebird

party messagebird  controller
subject person     is authorised_employee

messagebird {
  service sender    derives location_related_data from precise_location removing
  service receiver
}

person -> sender   : precise_location
sender -> receiver : location_related_data
"""
    )


def test_what_is_beside_it_is_taken_away_unless_it_is_asked_for() -> None:
    def with_two(text: FlowText) -> bool:
        return text.count("subject ") == 2

    strategy = breaking_systems("appointlet", "content_kept")
    assert find(strategy, lambda text: "->" in text, settings=QUICK).count("subject ") == 1
    two = find(strategy, with_two, settings=settings(QUICK, max_examples=100))
    assert "subject person2" in two


def test_compliant_systems_shrink_to_one_datum_on_its_way() -> None:
    smallest = find(compliant_systems("appointlet"), lambda text: "->" in text, settings=QUICK)
    assert smallest.count("->") == 1
