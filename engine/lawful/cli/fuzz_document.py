"""What a search for a break came to as a JSON document, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema fuzz`.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lawful import __version__
from lawful.cli.fuzzing import Searched
from lawful.report_document import document as report_document
from lawful.report_parts import Document as ReportDocument
from lawful.testing.fuzz.runs import Found

#: The version of the document's form.
VERSION: Literal["1"] = "1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RulePart(_Part):
    """A rule at which the search aimed."""

    policy: str
    rule: str
    tries: int = Field(description="the changes tried against it")


class FlowPart(_Part):
    """A flow that is added."""

    id: str
    source: str
    target: str


class FoundPart(_Part):
    """Flows of which none breaks anything by itself, and that break a rule together."""

    policy: str
    rule: str
    flows: list[FlowPart] = Field(description="in the order in which the datum takes them")
    lines: list[str] = Field(description="the same as they would be added to the system's text")
    text: str = Field(description="the smallest system found in which it is so, with those flows")
    fingerprint: str = Field(description="of the finding in `report` that is meant")
    report: ReportDocument = Field(description="what `lawful check` reports of `text`")


class Document(_Part):
    """What came of a search."""

    format: Literal["lawful.fuzz"]
    version: Literal["1"]
    produced_by: str
    policies: list[str]
    date: str = Field(description="the date of the checks, ISO")
    system: str | None = Field(description="null where small systems were made for the policy")
    rule: str | None = Field(description="the rule that alone was aimed at; null for any")
    seed: int
    most_tries: int
    tries: int = Field(description="the tries that were made")
    late: bool = Field(description="whether time ended the search, so that another run may differ")
    already: int = Field(description="the findings broken before any change, which are set aside")
    rules: list[RulePart]
    without: list[str] = Field(
        description="rules for which no small system could be made: nothing was tried"
    )
    asserted: list[str] = Field(description="rules about facts of the system, which no flow breaks")
    found: FoundPart | None = Field(
        description="null where nothing was found, which proves nothing"
    )


def render(searched: Searched) -> str:
    """The document as a text; the same search gives the same bytes, but where it is `late`."""
    run = searched.run
    made = Document(
        format="lawful.fuzz",
        version=VERSION,
        produced_by=f"lawful {__version__}",
        policies=list(searched.policies),
        date=searched.date,
        system=searched.system or None,
        rule=searched.rule or None,
        seed=searched.seed,
        most_tries=searched.tries,
        tries=run.made,
        late=run.late,
        already=searched.already,
        rules=[
            RulePart(policy=policy, rule=rule, tries=tries)
            for (policy, rule), tries in sorted(run.tries.items())
        ],
        without=sorted(rule for _, rule in run.without),
        asserted=sorted(searched.asserted),
        found=_found(run.found) if run.found else None,
    )
    return json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _found(found: Found) -> FoundPart:
    return FoundPart(
        policy=found.finding.policy,
        rule=found.finding.rule,
        flows=[
            FlowPart(id=flow.id, source=flow.source, target=flow.target) for flow in found.hit.flows
        ],
        lines=list(found.lines),
        text=found.text,
        fingerprint=found.finding.fingerprint,
        report=report_document([found.report]),
    )
