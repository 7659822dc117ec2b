"""What came of tests as a JSON document, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema tests`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lawful import __version__
from lawful.findings import Verdict
from lawful.testing.cases import Outcome
from lawful.testing.exercise import Exercise, Line

#: The version of the document's form.
VERSION: Literal["1"] = "1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FoundPart(_Part):
    """A rule that has another verdict than what is expected of it."""

    rule: str
    verdict: Verdict


class CasePart(_Part):
    """A case that fails."""

    test: str = Field(description="the label of its test; empty where it stands in none")
    clauses: list[str] = Field(description="the clauses that its test names")
    file: str
    line: int
    expected: Verdict
    found: list[FoundPart] = Field(description="the rules that have another verdict")


class LinePart(_Part):
    """A rule, an exception or a permit, and what the cases show of it."""

    kind: Literal["rule", "exception", "permit"]
    name: str = Field(
        description="the id of the rule, with `(row N)`, `(permit N)` or `(exception)` for a part of it"
    )
    file: str
    line: int
    covered: bool = Field(
        description="of a rule: some case has it broken, and some kept; of an exception: an event is "
        "judged otherwise without it; of a permit: it keeps an event"
    )
    lacks: str = Field(description="what no case shows of it; empty where it is covered")


class CoveragePart(_Part):
    """What the cases that hold show of the texts of their policies."""

    covered: int = Field(description="how many of the lines are covered")
    total: int
    lines: list[LinePart] = Field(description="by file and place")


class Document(_Part):
    """What came of the tests of policies."""

    format: Literal["lawful.tests"]
    version: Literal["1"]
    produced_by: str
    files: int = Field(description="the texts that have cases")
    tests: int
    cases: int
    failing: list[CasePart]
    coverage: CoveragePart | None = Field(description="where it was asked for, else null")


def render(outcomes: Sequence[Outcome], *, files: int, exercise: Exercise | None) -> str:
    """What came of the tests as a JSON text; the same gives the same bytes."""
    made = Document(
        format="lawful.tests",
        version=VERSION,
        produced_by=f"lawful {__version__}",
        files=files,
        tests=len({(o.case.span.file, o.case.test) for o in outcomes if o.case.test}),
        cases=len(outcomes),
        failing=[_case(outcome) for outcome in outcomes if outcome.otherwise],
        coverage=_coverage(exercise) if exercise else None,
    )
    return json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _case(outcome: Outcome) -> CasePart:
    case = outcome.case
    return CasePart(
        test=case.test,
        clauses=list(case.clauses),
        file=case.span.file,
        line=case.span.line,
        expected=case.verdict,
        found=[FoundPart(rule=rule, verdict=verdict) for rule, verdict in outcome.otherwise],
    )


def _coverage(exercise: Exercise) -> CoveragePart:
    return CoveragePart(
        covered=sum(line.covered for line in exercise.lines),
        total=len(exercise.lines),
        lines=[_line(line) for line in exercise.lines],
    )


def _line(line: Line) -> LinePart:
    return LinePart.model_validate(
        {
            "kind": line.kind,
            "name": line.name,
            "file": line.span.file,
            "line": line.span.line,
            "covered": line.covered,
            "lacks": line.lacks,
        }
    )
