"""MessageBird: nothing in the group breaks the policy, and each variant breaks or keeps what its first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.findings import Verdict
from tests.flows import variants
from tests.flows.services import MESSAGEBIRD

broken = pytest.mark.parametrize("path", MESSAGEBIRD.files("broken"), ids=variants.stem)
kept = pytest.mark.parametrize("path", MESSAGEBIRD.files("kept"), ids=variants.stem)


def test_the_service_keeps_its_policy() -> None:
    _, system, report = MESSAGEBIRD.checked(MESSAGEBIRD.whole)
    assert len(system.nodes) >= 60
    assert report.findings == ()
    assert report.undeclared == ()
    # What the group does not do (keep messages longer, let others set cookies) meets no rule.
    met = [r for r in report.rules if r.verdict is Verdict.KEPT]
    assert len(met) >= 0.85 * len(report.rules)


def test_its_picture_is_what_is_drawn_now(tmp_path: Path) -> None:
    variants.picture_is_what_is_drawn_now(MESSAGEBIRD, tmp_path)


def test_each_broken_variant_has_a_twin() -> None:
    variants.each_broken_variant_has_a_twin(MESSAGEBIRD)


@broken
def test_a_broken_variant_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    variants.breaks_what_it_says_and_nothing_else(MESSAGEBIRD, path)


@broken
def test_a_broken_variant_has_a_witness_that_leads_to_the_event(path: Path) -> None:
    variants.has_a_witness_that_leads_to_the_event(MESSAGEBIRD, path)


@broken
def test_a_twin_differs_in_one_declaration(path: Path) -> None:
    variants.differs_from_its_twin_in_one_declaration(MESSAGEBIRD, path)


@kept
def test_a_kept_variant_is_kept_and_names_the_rule_of_its_twin(path: Path) -> None:
    variants.is_kept_and_names_the_rule_of_its_twin(MESSAGEBIRD, path)
