"""MessageBird: nothing in the group breaks the policy, and each variant breaks or keeps what its first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful_dsl.program import Forbid
from tests.flows import variants
from tests.flows.services import MESSAGEBIRD

broken = pytest.mark.parametrize("path", MESSAGEBIRD.files("broken"), ids=variants.stem)
kept = pytest.mark.parametrize("path", MESSAGEBIRD.files("kept"), ids=variants.stem)


def without_exception() -> set[str]:
    """The prohibitions without `unless`: each of their events is broken, so that none can be kept."""
    return {
        rule.about.id
        for version in MESSAGEBIRD.policy().policies
        for rule in version.rules
        if isinstance(rule, Forbid) and not rule.exceptions
    }


def test_the_service_keeps_its_policy_and_exercises_every_rule_that_can_be_kept() -> None:
    variants.assert_the_service_keeps_its_policy(MESSAGEBIRD, nodes=80, unmet=without_exception())
    _, _, report = MESSAGEBIRD.checked(MESSAGEBIRD.whole)
    assert report.findings == ()
    assert report.undeclared == ()


def test_what_no_lawful_service_meets_is_an_account_of_another_and_naming_people_again() -> None:
    assert without_exception() == {"account_of_another", "identified_again"}


def test_its_picture_is_what_is_drawn_now(tmp_path: Path) -> None:
    variants.assert_the_picture_is_what_is_drawn_now(MESSAGEBIRD, tmp_path)


def test_each_broken_variant_has_a_twin() -> None:
    variants.assert_each_broken_variant_has_a_twin(MESSAGEBIRD)


@broken
def test_a_broken_variant_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    variants.assert_it_breaks_what_it_says_and_nothing_else(MESSAGEBIRD, path)


@broken
def test_a_broken_variant_has_a_witness_that_leads_to_the_event(path: Path) -> None:
    variants.assert_a_witness_leads_to_the_event(MESSAGEBIRD, path)


@broken
def test_a_twin_differs_in_one_declaration(path: Path) -> None:
    variants.assert_it_differs_from_its_twin_in_one_declaration(MESSAGEBIRD, path)


@kept
def test_a_kept_variant_is_kept_and_names_the_rule_of_its_twin(path: Path) -> None:
    variants.assert_it_is_kept_and_names_the_rule_of_its_twin(MESSAGEBIRD, path)
