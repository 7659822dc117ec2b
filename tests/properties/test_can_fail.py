"""A property that cannot fail is none: of each, an engine with one fault, which its test finds."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.properties
from lawful.analysis.steps import Candidate
from lawful.analysis.workshop import Workshop
from lawful.findings import Finding, Step
from lawful.kernel import solve
from lawful.rules import outcomes, paths
from lawful.rules.environment import Law
from lawful.rules.judgements import EVERY, Bench
from lawful.rules.sheets import Sheet
from tests.dsl import test_format
from tests.importers import test_bad_input
from tests.kernel import graphs, test_solve
from tests.properties import (
    agree,
    test_agreement,
    test_more,
    test_names,
    test_treatment,
    test_unknown,
    test_witnesses,
)
from tests.properties.drawn import drawing
from tests.semantics.cases import cases

Patch = pytest.MonkeyPatch
LISTED = re.findall(r"^(\d)  ([\w.]+): (\w+)$", tests.properties.__doc__ or "", re.MULTILINE)

LAW = """policy p
  by us_co

use tiny, wide

forbid r: transfer of card to vendor unless under scc
"""
FLOW = """system s for policy p

use tiny, wide

party us_co operator controller in FR
party v0 vendor controller in US under none
subject ann is adult in FR
us_co {
  service n0
}
f0: ann -> n0 : card
f1: n0 -> v0 : card
"""


def test_every_property_has_its_tests() -> None:
    assert {number for number, _, _ in LISTED} == set("123456789")
    for _, module, name in LISTED:
        assert callable(getattr(importlib.import_module(module), name))


def found(test: Callable[..., object], *arguments: object) -> None:
    """The test finds that something does not hold."""
    with pytest.raises(AssertionError):
        test(*arguments)


def drawn(test: Any, *of: Any) -> Callable[[], None]:
    """What a test says of each example, drawn of some strategies, without making it small."""

    @drawing(60)
    @given(st.tuples(*of))
    def examples(arguments: tuple[Any, ...]) -> None:
        test.hypothesis.inner_test(*arguments)

    return examples


def case(name: str) -> tuple[tuple[str, ...], str]:
    """The texts of a hand-solved case."""
    [solved] = [each for each in cases() if each.name.startswith(name)]
    return solved.laws, solved.flow


def test_1_exceptions_that_nobody_heeds(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(outcomes, "excused", lambda *_: False)
    monkeypatch.setattr(test_agreement, "SYSTEMS", 60)
    monkeypatch.setattr(agree, "smallest", lambda texts, _: texts)
    found(test_agreement.test_1_engine_and_reference_agree, 0, capsys)


def test_2_of_flows_beside_one_another_only_the_last_is_judged(monkeypatch: Patch) -> None:
    of_flow = Bench.on_flow

    def last(bench: Bench, number: int, among: int = EVERY) -> Iterator[Sheet]:
        flows = bench.propagation.flows
        ends = [(flow.source, flow.target) for flow in flows]
        return iter(()) if ends[number] in ends[number + 1 :] else of_flow(bench, number, among)

    monkeypatch.setattr(Bench, "on_flow", last)
    more = test_more.test_2_more_never_mends_what_a_forbid_found
    found(drawn(more, st.just((LAW,)), st.just(FLOW), st.data()))


def test_3_the_first_flow_by_name_is_forgotten(monkeypatch: Patch) -> None:
    of_flow = Bench.on_flow

    def later(bench: Bench, flow: int, among: int = EVERY) -> Iterator[Sheet]:
        return of_flow(bench, flow, among) if flow else iter(())

    monkeypatch.setattr(Bench, "on_flow", later)
    found(test_names.test_3_renaming_ids_renames_the_findings)


def test_4_a_witness_without_its_beginning(monkeypatch: Patch) -> None:
    steps = paths.steps

    def without(*arguments: Any) -> tuple[Step, ...]:
        told = steps(*arguments)
        return tuple(step for n, step in enumerate(told) if n != 1)

    monkeypatch.setattr(paths, "steps", without)
    found(test_witnesses.test_4_a_witness_replays)


def test_4_repairs_that_do_too_much(monkeypatch: Patch) -> None:
    mends = Workshop.mends

    def much(workshop: Workshop, finding: Finding, changes: Sequence[Candidate]) -> bool:
        return len(changes) > 1 and mends(workshop, finding, changes)

    monkeypatch.setattr(Workshop, "mends", much)
    repair = test_witnesses.test_4_a_repair_is_whole_and_no_part_of_it_is
    found(repair.hypothesis.inner_test, (LAW,), FLOW)


def test_5_a_printer_that_loses_exceptions(monkeypatch: Patch) -> None:
    printed = test_format.print_law

    def without(tree: Any) -> str:
        return re.sub(r" unless .*", "", printed(tree))

    monkeypatch.setattr(test_format, "print_law", without)
    printing = test_format.test_a_printed_policy_is_read_as_the_same_tree
    found(drawn(printing, st.just(test_format._law(LAW).tree)))


def test_5_a_formatter_that_loses_comments(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        test_format, "format_law", lambda parsed: test_format.print_law(parsed.tree)
    )
    formatting = test_format.test_formatting_a_policy_keeps_tree_and_comments
    found(drawn(formatting, st.just(test_format._law(LAW).tree), st.just(100), st.data()))


def test_6_a_solver_that_goes_round_once(monkeypatch: Patch) -> None:
    settle = solve._Sweep.settle

    def once(sweep: solve._Sweep, spans: Iterable[tuple[int, int]]) -> None:
        settle(sweep, [(at, at + 1) for start, end in spans for at in range(start, end)])

    monkeypatch.setattr(solve._Sweep, "settle", once)
    found(drawn(test_solve.test_the_solution_is_the_least, graphs.cases()))


def test_7_a_child_that_stays_a_child(monkeypatch: Patch) -> None:
    monkeypatch.setattr(Law, "treats", lambda *_: ())
    treated = test_treatment.test_7_a_child_treated_as_its_parent_is_judged_as_the_parent
    law = LAW.replace("unless under scc", "when residence in EU")
    flow = FLOW.replace("f0: ann", "subject kid is child of ann in US\nf0: kid")
    found(treated.hypothesis.inner_test, (law,), flow)


def test_8_bounds_that_only_may_be_in_conflict_are_taken_not_to_be(monkeypatch: Patch) -> None:
    conflicts = outcomes.conflicts

    def surely(*arguments: Any) -> bool:
        return conflicts(*arguments) is True

    monkeypatch.setattr(outcomes, "conflicts", surely)
    laws, flow = case("440")
    unknown = test_unknown.test_8_what_is_not_known_is_never_kept_for_it
    found(drawn(unknown, st.just(laws), st.just(flow), st.data()))


def test_9_a_reader_that_stumbles(
    monkeypatch: Patch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumbling(*_: object) -> object:
        raise KeyError("model")

    monkeypatch.setattr("lawful.importers.xdecaf.read_object", stumbling)
    text = '{"model": 1, "labelTypes": 2, "children": 3}'
    message = "expected a list"
    found(test_bad_input.test_a_text_that_is_no_model, text, message, tmp_path, capsys)
