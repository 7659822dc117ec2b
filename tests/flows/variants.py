"""What must hold of a service and of its variants, whichever service it is."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import pairwise
from pathlib import Path

from lawful.cli import main
from lawful.findings import Verdict
from lawful_dsl.parser import parse_flow
from lawful_dsl.program import Assert, Program
from lawful_dsl.source import Source
from lawful_dsl.syntax import Flows, System
from tests.drawing.said import said_on
from tests.flows.services import Service


def stem(path: Path) -> str:
    """What a test of a variant is called."""
    return path.stem


def first(path: Path) -> str:
    """The line in which a variant says what it is for."""
    return path.read_text("utf-8").partition("\n")[0]


def assert_the_service_keeps_its_policy(
    service: Service, *, nodes: int, unmet: Set[str] = frozenset()
) -> None:
    """Nothing is broken, hardly anything undetermined, and every rule but `unmet` meets an event."""
    _, system, report = service.checked(service.whole)
    assert len(system.nodes) >= nodes
    assert [f for f in report.findings if f.verdict is Verdict.BROKEN] == []
    kept = sum(r.kept for r in report.rules)
    undetermined = sum(r.undetermined for r in report.rules)
    assert undetermined < 0.05 * (kept + undetermined)
    assert {r.rule for r in report.rules if r.verdict is Verdict.NOT_EXERCISED} == unmet


def assert_the_picture_is_what_is_drawn_now(service: Service, desk: Path) -> None:
    """The picture beside the service shows the service as it is."""
    now = desk / "now.svg"
    assert main(["draw", str(service.whole), "-o", str(now)]) == 0
    assert said_on(now) == said_on(service.folder / f"{service.name}.svg")


def assert_it_breaks_what_it_says_and_nothing_else(service: Service, path: Path) -> None:
    """The first line names the one finding that is broken."""
    _, _, report = service.checked(path)
    told = [
        f"# breaks {f.rule} at {f.event.carrier} of {f.datum.category}"
        for f in report.findings
        if f.verdict is Verdict.BROKEN
    ]
    assert told == [first(path)]


def assert_a_witness_leads_to_the_event(service: Service, path: Path) -> None:
    """The finding comes with an unbroken way to where it is broken."""
    _, system, report = service.checked(path)
    [finding] = [f for f in report.findings if f.verdict is Verdict.BROKEN]
    carriers = {*system.nodes, *(flow.id for flow in system.flows)}
    steps = finding.witness
    assert steps
    assert {s.carrier for s in steps} <= carriers
    assert finding.event.carrier in (steps[-1].carrier, steps[-1].target)
    assert all(one.target == after.source for one, after in pairwise(steps))
    assert finding.clauses


def claims(program: Program) -> set[str]:
    """The rules on facts that only the service as a whole can claim of itself."""
    return {r.about.id for p in program.policies for r in p.rules if isinstance(r, Assert)}


def assert_it_is_kept_and_names_the_rule_of_its_twin(service: Service, path: Path) -> None:
    """Nothing is broken or undetermined, but for what a part of a service cannot claim."""
    program, _, report = service.checked(path)
    assert [f for f in report.findings if f.rule not in claims(program)] == []
    assert report.undeclared == ()
    rule = first(path).removeprefix("# keeps ").partition(":")[0]
    assert first(service.folder / "broken" / path.name).startswith(f"# breaks {rule} at ")
    [result] = [r for r in report.rules if r.rule == rule]
    assert result.verdict is Verdict.KEPT  # the rule meets an event: silence would prove nothing


def assert_each_broken_variant_has_a_twin(service: Service) -> None:
    """The two folders hold files of the same names."""
    broken, kept = service.files("broken"), service.files("kept")
    assert broken
    assert [p.name for p in kept] == [p.name for p in broken]


def statements(path: Path) -> list[object]:
    """The declarations of a system, one by one."""
    tree = parse_flow(Source(path.name, path.read_text("utf-8"))).tree
    assert isinstance(tree, Flows)
    # A block of a party is taken apart, so that a node in it is a declaration by itself.
    found: list[object] = []
    for statement in tree.statements:
        inner = getattr(statement, "nodes", None) or getattr(statement, "statements", None)
        found += list(inner) if inner else [statement]
    return [s for s in found if not isinstance(s, System)]


def assert_it_differs_from_its_twin_in_one_declaration(service: Service, path: Path) -> None:
    """What is broken is broken by one thing."""
    one, other = statements(path), statements(service.folder / "kept" / path.name)
    assert len(one) == len(other)
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def assert_it_is_undetermined_for_the_reason_that_it_names(service: Service, path: Path) -> None:
    """The first line names the rule, the carrier, the reason and the words of the finding."""
    _, _, report = service.checked(path)
    said = re.fullmatch(r"# undetermined (\S+) at (.+): ([^:,]+), (.+)", first(path))
    assert said
    rule, carrier, reason, what = said.groups()
    assert report.verdict is Verdict.UNDETERMINED
    [finding] = [f for f in report.findings if f.rule == rule]
    assert finding.event.carrier == carrier
    assert str(finding.reason) == reason
    assert all(re.search(rf"\b{word}\b", finding.detail) for word in what.split(" and "))
    assert {f.rule for f in report.findings} == {rule}
