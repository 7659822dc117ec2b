"""The coverage of a policy as a JSON document, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema coverage`.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lawful import __version__
from lawful.analysis.coverage import Coverage, Covered

#: The version of the document's form.
VERSION: Literal["1"] = "1"

_Modality = Literal[
    "definition",
    "attribution",
    "obligation",
    "prohibition",
    "permission",
    "right",
    "precedence",
    "notice",
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClausePart(_Part):
    """A clause of the register, and what covers it."""

    id: str
    section: str = Field(description="the section of the document in which it stands")
    checkable: Literal["graph", "metadata", "process", "no"] = Field(
        description="what can check it: the flows, facts declared with them, a claim of the system's, nothing"
    )
    modality: _Modality
    says: str = Field(description="what it says, in one sentence of the register")
    because: str = Field(description="why it cannot be checked, or how it is read; may be empty")
    rules: list[str] = Field(
        description="what stands for it: ids of rules, with `(row N)`, `(permit N)` or `(exception)` "
        "where it is a part of one; `define X`; `treat X`; `A prevails over B`; `by`, `governs`, "
        "`effective`, `text` of the header"
    )
    broken_cases: int = Field(
        description="the cases of it that expect what stands for it to be broken"
    )
    kept_cases: int = Field(description="those that expect it kept")
    undetermined_cases: int = Field(description="those that expect it undetermined")
    unmet_cases: int = Field(description="those that expect that no event meets it")


class Document(_Part):
    """What covers the clauses of one version of a policy."""

    format: Literal["lawful.coverage"]
    version: Literal["1"]
    produced_by: str
    policy: str
    effective: str = Field(description="the date from which this version holds; may be empty")
    whole: bool = Field(
        description="whether each clause that is graph, metadata or process has a rule, and cases that "
        "show it: what binds or permits broken and kept, the rest at all"
    )
    clauses: list[ClausePart]


def render(coverage: Coverage) -> str:
    """The coverage as a JSON text; the same coverage gives the same bytes."""
    made = Document(
        format="lawful.coverage",
        version=VERSION,
        produced_by=f"lawful {__version__}",
        policy=coverage.policy,
        effective=coverage.effective,
        whole=coverage.whole,
        clauses=[_clause(each) for each in coverage.clauses],
    )
    return json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _clause(covered: Covered) -> ClausePart:
    clause = covered.clause
    return ClausePart.model_validate(
        {
            "id": clause.id,
            "section": clause.section,
            "checkable": clause.checkable,
            "modality": clause.modality,
            "says": clause.says,
            "because": clause.because,
            "rules": list(covered.rules),
            "broken_cases": covered.broken,
            "kept_cases": covered.kept,
            "undetermined_cases": covered.undetermined,
            "unmet_cases": covered.unmet,
        }
    )
