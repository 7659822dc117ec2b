"""The report line by line, against its schema and against the whole document."""

from __future__ import annotations

import json

import jsonschema
import pytest

from lawful.findings import Report
from lawful.report_document import document
from lawful.reporters.jsonl import render, schema
from tests.reporters.hostile import NAMES, named


def test_each_line_is_valid_against_the_schema(
    shop: Report, kept: Report, untouched: Report
) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    validator.check_schema(json.loads(schema()))
    lines = render([shop, kept, untouched]).splitlines()
    assert [json.loads(line)["line"] for line in lines] == [
        "report",
        *["finding"] * 4,
        "report",
        "report",
    ]
    for line in lines:
        assert list(validator.iter_errors(json.loads(line))) == []
    assert list(validator.iter_errors({**json.loads(lines[1]), "line": "rule"}))


def test_the_lines_say_what_the_document_says(shop: Report) -> None:
    whole = document([shop]).model_dump()["reports"][0]
    head, *findings = map(json.loads, render([shop]).splitlines())
    assert {name: head[name] for name in whole if name != "findings"} == {
        name: json.loads(json.dumps(whole[name])) for name in whole if name != "findings"
    }
    for line, finding in zip(findings, whole["findings"], strict=True):
        assert (line.pop("line"), line.pop("system"), line.pop("date")) == (
            "finding",
            shop.system,
            shop.date,
        )
        assert line == json.loads(json.dumps(finding))


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_no_name_ends_a_line(shop: Report, name: str) -> None:
    lines = render([named(shop, name)]).split("\n")
    assert len(lines) == 1 + 4 + 1
    assert json.loads(lines[1])["rule"] == f"no_cards_in_development{name}"
