"""The gate as a JSON document: what a change brings and mends, for other programs.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema gate`.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from lawful import __version__
from lawful.analysis import record
from lawful.analysis.gate import Gate, causes
from lawful.analysis.passing import Terms
from lawful.cli.gate_forms._parts import (
    VERSION,
    CausePart,
    HeadPart,
    KnownPart,
    NewPart,
    head,
    known,
    new_parts,
)
from lawful.report_parts import Part
from lawful.wording import ENGLISH, Wording

__all__ = ["Document", "render", "schema"]


class _Beginning(Part):
    format: Literal["lawful.gate"]
    version: Literal["1"]
    produced_by: str


class Document(HeadPart, _Beginning):
    """What a change brings and mends."""

    new: list[NewPart]
    causes: list[CausePart] = Field(description="the new findings by what causes them")
    mended: list[KnownPart] = Field(description="findings that are gone")
    unasked: list[KnownPart] = Field(description="those that are gone because their rule is")
    known: list[KnownPart] = Field(description="findings that were there before and still are")
    notices: list[str] = Field(description="what must be said beside them, and was not said before")


def render(
    gate: Gate, terms: Terms, *, width: int = 0, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The document as a text; the same gate gives the same bytes."""
    made = {
        "format": "lawful.gate",
        "version": VERSION,
        "produced_by": f"lawful {__version__}",
        **head(gate, terms).model_dump(),
        "new": list(new_parts(gate, wording.language)),
        "causes": [
            CausePart(
                policy=group[0].finding.policy,
                rule=group[0].finding.rule,
                findings=[new.finding.fingerprint for new in group],
            )
            for group in causes(gate.new)
        ],
        "mended": list(map(known, gate.mended)),
        "unasked": list(map(known, gate.unasked)),
        "known": [known(record.known(each)) for each in gate.known],
        "notices": list(gate.notices),
    }
    return Document.model_validate(made).model_dump_json(indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
