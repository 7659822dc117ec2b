"""Callbridge: the service keeps its policy, and each variant breaks or keeps what its first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawful.check import check
from lawful.findings import Verdict
from tests.flows import variants
from tests.flows.services import CALLBRIDGE

broken = pytest.mark.parametrize("path", CALLBRIDGE.files("broken"), ids=variants.stem)
kept = pytest.mark.parametrize("path", CALLBRIDGE.files("kept"), ids=variants.stem)
undetermined = pytest.mark.parametrize("path", CALLBRIDGE.files("undetermined"), ids=variants.stem)


def test_the_service_keeps_its_policy_and_exercises_every_rule() -> None:
    variants.assert_the_service_keeps_its_policy(CALLBRIDGE, nodes=40)


def test_its_picture_is_what_is_drawn_now(tmp_path: Path) -> None:
    variants.assert_the_picture_is_what_is_drawn_now(CALLBRIDGE, tmp_path)


def test_the_service_keeps_the_version_of_2023_as_well() -> None:
    program, system = CALLBRIDGE.read(CALLBRIDGE.whole)
    report = check(program, system, on="2024-01-01")
    assert report.verdict is Verdict.KEPT
    unmet = {r.rule for r in report.rules if r.verdict is Verdict.NOT_EXERCISED}
    assert unmet == {"logged_only", "unlinked_identifiers"}


def test_each_broken_variant_has_a_twin() -> None:
    variants.assert_each_broken_variant_has_a_twin(CALLBRIDGE)


@broken
def test_a_broken_variant_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    variants.assert_it_breaks_what_it_says_and_nothing_else(CALLBRIDGE, path)


@broken
def test_a_broken_variant_has_a_witness_that_leads_to_the_event(path: Path) -> None:
    variants.assert_a_witness_leads_to_the_event(CALLBRIDGE, path)


@broken
def test_a_twin_differs_in_one_declaration(path: Path) -> None:
    variants.assert_it_differs_from_its_twin_in_one_declaration(CALLBRIDGE, path)


@kept
def test_a_kept_variant_is_kept_and_names_the_rule_of_its_twin(path: Path) -> None:
    variants.assert_it_is_kept_and_names_the_rule_of_its_twin(CALLBRIDGE, path)


@undetermined
def test_an_undetermined_variant_is_so_for_the_reason_that_it_names(path: Path) -> None:
    variants.assert_it_is_undetermined_for_the_reason_that_it_names(CALLBRIDGE, path)
