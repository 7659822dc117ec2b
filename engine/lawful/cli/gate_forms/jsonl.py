"""The gate as JSON Lines: a line for the change, then a line for each finding and notice, for other programs.

The line of the change comes first, and says whether it passes even where there are no others. The
JSON Schema of a line is printed by `lawful schema gate-jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from lawful import __version__
from lawful.analysis import record
from lawful.analysis.gate import Gate, causes
from lawful.analysis.passing import Terms, stopping
from lawful.cli.gate_forms._parts import (
    VERSION,
    HeadPart,
    KnownPart,
    NewPart,
    head,
    known,
    new_parts,
)
from lawful.report_parts import Part
from lawful.wording import ENGLISH, Wording

__all__ = ["Line", "lines", "render", "schema"]


class _Beginning(Part):
    line: Literal["gate"]
    version: Literal["1"]
    produced_by: str


class GateLine(HeadPart, _Beginning):
    """What the change is, but for its findings, which follow."""


class _OfNew(Part):
    line: Literal["new"]
    cause: int = Field(description="findings of one cause have one number; counted from 1")
    stops: bool = Field(description="whether the change does not pass for it")


class NewLine(NewPart, _OfNew):
    """A finding that was not there before, or was another."""


class _OfKnown(Part):
    line: Literal["mended", "unasked", "known"] = Field(
        description="gone; gone because its rule is; there before and still"
    )


class KnownLine(KnownPart, _OfKnown):
    """A finding that was there before."""


class NoticeLine(Part):
    """What must be said beside the findings, and was not said before."""

    line: Literal["notice"]
    notice: str


Line = Annotated[GateLine | NewLine | KnownLine | NoticeLine, Field(discriminator="line")]


def render(
    gate: Gate, terms: Terms, *, width: int = 0, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The lines, each a JSON object; the same gate gives the same bytes."""
    return "".join(f"{each.model_dump_json()}\n" for each in lines(gate, terms, wording.language))


def lines(
    gate: Gate, terms: Terms, language: str = "en"
) -> Iterator[GateLine | NewLine | KnownLine | NoticeLine]:
    """The change, its new findings, those that are gone, those that stay, the new notices."""
    produced = {"version": VERSION, "produced_by": f"lawful {__version__}"}
    yield GateLine.model_validate({"line": "gate", **produced, **head(gate, terms).model_dump()})
    numbers = {id(new): n for n, group in enumerate(causes(gate.new), start=1) for new in group}
    stops = set(map(id, stopping(gate, terms)))
    for new, part in zip(gate.new, new_parts(gate, language), strict=True):
        of = {"line": "new", "cause": numbers[id(new)], "stops": id(new) in stops}
        yield NewLine.model_validate({**of, **part.model_dump()})
    kept = tuple(map(record.known, gate.known))
    for line, those in (("mended", gate.mended), ("unasked", gate.unasked), ("known", kept)):
        for each in those:
            yield KnownLine.model_validate({"line": line, **known(each).model_dump()})
    for notice in gate.notices:
        yield NoticeLine(line="notice", notice=notice)


def schema() -> str:
    """The JSON Schema of a line."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(Line).json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
