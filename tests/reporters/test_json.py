"""The report as a document, against its schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
from pydantic import ValidationError

from lawful.findings import Report
from lawful.report_document import Document, document, schema
from lawful.reporters.json import render


def test_the_document_is_valid_against_its_schema(
    shop: Report, kept: Report, untouched: Report
) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    validator.check_schema(json.loads(schema()))
    for reports in ([], [shop], [kept, untouched, shop]):
        assert list(validator.iter_errors(json.loads(render(reports)))) == []


def test_the_document_reads_back(shop: Report) -> None:
    assert Document.model_validate_json(render([shop])) == document([shop])


def test_a_key_that_the_schema_does_not_know_is_refused(shop: Report) -> None:
    given = json.loads(render([shop]))
    given["verdicts"] = "kept"
    with pytest.raises(ValidationError, match="verdicts"):
        Document.model_validate(given)


def test_the_finding_says_all(shop: Report) -> None:
    cards, basis, _, notice = json.loads(render([shop]))["reports"][0]["findings"]
    assert cards["fingerprint"] == shop.findings[0].fingerprint
    assert cards["event"]["carrier"] == {"kind": "flow", "id": "billing -> tickets"}
    assert [hop["at"]["line"] for hop in cards["witness"]] == [14, 16, 18]
    assert cards["rows"][0]["fails"] == ["of"]
    assert cards["repair"]["changes"][0]["action"] == "mask"
    assert cards["beneath"] == 3
    assert basis["reason"] == "undeclared"
    assert basis["event"]["carrier"] == {"kind": "node", "id": "mailbox"}
    assert basis["event"]["purpose"] is None
    assert basis["data"]["subject"] == {"id": None, "kind": None}
    assert notice["data"] is None
    assert notice["event"]["carrier"] == {"kind": "system", "id": "shop"}
    assert basis["missing"][1]["at"]["pointer"] == "/parties/3/contracts"


def test_every_field_of_the_schema_is_described_or_named_plainly() -> None:
    parts = json.loads(schema())["$defs"]
    assert all(part.get("description") for part in parts.values())
