"""Appointlet: the service keeps its policy, and each variant breaks or keeps what its first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows import variants
from tests.flows.services import APPOINTLET

broken = pytest.mark.parametrize("path", APPOINTLET.files("broken"), ids=variants.stem)
kept = pytest.mark.parametrize("path", APPOINTLET.files("kept"), ids=variants.stem)


def test_the_service_keeps_its_policy_and_exercises_every_rule() -> None:
    variants.assert_the_service_keeps_its_policy(APPOINTLET, nodes=30)


def test_its_picture_is_what_is_drawn_now(tmp_path: Path) -> None:
    variants.assert_the_picture_is_what_is_drawn_now(APPOINTLET, tmp_path)


def test_each_broken_variant_has_a_twin() -> None:
    variants.assert_each_broken_variant_has_a_twin(APPOINTLET)


@broken
def test_a_broken_variant_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    variants.assert_it_breaks_what_it_says_and_nothing_else(APPOINTLET, path)


@broken
def test_a_broken_variant_has_a_witness_that_leads_to_the_event(path: Path) -> None:
    variants.assert_a_witness_leads_to_the_event(APPOINTLET, path)


@broken
def test_a_twin_differs_in_one_declaration(path: Path) -> None:
    variants.assert_it_differs_from_its_twin_in_one_declaration(APPOINTLET, path)


@kept
def test_a_kept_variant_is_kept_and_names_the_rule_of_its_twin(path: Path) -> None:
    variants.assert_it_is_kept_and_names_the_rule_of_its_twin(APPOINTLET, path)
