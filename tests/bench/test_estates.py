"""The estates that are measured are sound, and a check of them says the same of either form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful.cli import main
from tests.bench.checks import paths, write
from tests.bench.estates import shops


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("estates")


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    """The report on a system, without places."""
    assert main(["check", str(path), "--format", "json"]) in (0, 1)
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    return without_places(report)


def without_places(value):
    if isinstance(value, dict):
        return {key: without_places(inner) for key, inner in value.items() if key != "at"}
    return [without_places(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("estate", "flows"), [("shops", 2700), ("callbridge", 170)])
def test_a_check_says_the_same_of_a_document_and_of_a_text(estate, flows, folder, capsys):
    write(estate, flows, folder)
    document, text = paths(estate, flows, folder)
    report = told(document, capsys)
    assert report == told(text, capsys)
    assert {rule["verdict"] for rule in report["rules"]} - {"not exercised"}


def test_findings_of_one_cause_are_one_finding_with_a_count(folder, capsys):
    write("shops", 2700, folder)
    document, _ = paths("shops", 2700, folder)
    report = told(document, capsys)
    cards = [each for each in report["findings"] if each["rule"] == "cards_in_development"]
    # Shops 7 and 107 do not mask card numbers: three copies for developers each, one after the other.
    assert [each["event"]["carrier"]["id"] for each in cards] == [
        "customers_107 -> test_107",
        "customers_7 -> test_7",
    ]
    assert {each["beneath"] for each in cards} == {2}


def test_an_estate_has_as_many_flows_as_it_is_asked_for():
    assert [len(shops(flows)["flows"]) for flows in (1, 12, 1000)] == [1, 12, 1000]
    assert shops(50) == shops(50)
