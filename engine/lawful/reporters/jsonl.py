"""The report as JSON Lines: a line for each system, and a line for each finding, for other programs.

The line of a system comes before those of its findings, and says what was checked even where there
are none. The JSON Schema of a line is printed by `lawful schema jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from lawful import __version__
from lawful.findings import Report
from lawful.report_document import finding_part, report_part
from lawful.report_parts import (
    UNWAIVED,
    VERSION,
    ClausePart,
    FindingPart,
    Part,
    RulePart,
    VerdictWord,
)
from lawful.wording import ENGLISH, Wording

__all__ = ["Line", "lines", "render", "schema"]


class _Head(Part):
    line: str = Field(description="what the line is about")
    system: str
    date: str = Field(description="the date of the check, ISO")


class ReportLine(_Head):
    """What the check concluded of one system, but for its findings, which follow."""

    line: Literal["report"]  # it stays the first field
    version: Literal["1"]
    produced_by: str
    policies: list[str]
    verdict: VerdictWord = Field(description="`not exercised` is no pass: no rule met an event")
    unwaived: VerdictWord = Field(description=UNWAIVED)
    rules: list[RulePart]
    clauses: list[ClausePart]
    notices: list[str] = Field(description="what must be said beside them, such as ignored flows")
    undeclared: list[str] = Field(
        description="what arrives where it is not declared, and of what only some arrives where more is declared"
    )


class FindingLine(FindingPart, _Head):
    """One finding, with the system and the date that it is about."""

    line: Literal["finding"]


Line = Annotated[ReportLine | FindingLine, Field(discriminator="line")]


def render(
    reports: Sequence[Report],
    *,
    width: int = 0,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The lines, each a JSON object; they are the same whatever the width, and whether or not it is strict."""
    return "".join(f"{line.model_dump_json()}\n" for line in lines(reports, wording.language))


def lines(reports: Sequence[Report], language: str = "en") -> Iterator[ReportLine | FindingLine]:
    """Each report, and after it each of its findings."""
    for report in reports:
        whole = report_part(report, language).model_dump(exclude={"findings"})
        produced = {"version": VERSION, "produced_by": f"lawful {__version__}"}
        yield ReportLine.model_validate({"line": "report", **produced, **whole})
        head = {"line": "finding", "system": report.system, "date": report.date}
        for finding in report.findings:
            part = finding_part(finding, language).model_dump()
            yield FindingLine.model_validate({**head, **part})


def schema() -> str:
    """The JSON Schema of a line."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(Line).json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
