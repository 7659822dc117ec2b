"""The baseline of a gate: the record of a check as a JSON document, written once and compared with later.

The document has a version: within one version fields are added and never change their meaning. Its
JSON Schema is printed by `lawful schema baseline`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lawful import __version__
from lawful.analysis.record import Record
from lawful.cli.output import put
from lawful.failure import Failure

#: The version of the document's form.
VERSION: Literal["1"] = "1"
#: What the document says that it is, and within how many bytes.
FORMAT: Literal["lawful.baseline"] = "lawful.baseline"
_BEGINNING = 200


class Document(BaseModel):
    """A system as it was checked once: what was found, and all that the findings rest on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["lawful.baseline"]
    version: Literal["1"]
    produced_by: str
    record: Record = Field(
        description="what a later check is compared with: `means` and `told` are digests of what a "
        "statement means and of how it is told"
    )


def render(record: Record) -> str:
    """The record as a JSON text; the same record gives the same bytes."""
    # A text is what it was, wherever it lay.
    policies = tuple(replace(rules, file="") for rules in record.policies)
    made = Document(
        format=FORMAT,
        version=VERSION,
        produced_by=f"lawful {__version__}",
        record=replace(record, policies=policies),
    )
    return json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def write(record: Record, path: Path) -> None:
    """Write the record to a file, unless something else than a baseline is there."""
    if path.is_file():
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.strip() and FORMAT.encode() not in beginning:
            raise Failure(
                f"error: `{path}` is there already, and is no baseline\n   = help: name another file"
            )
    put(render(record), path)


def read(path: Path) -> Record:
    """The record of a file, or words on why it is none."""
    try:
        return Document.model_validate_json(path.read_bytes()).record
    except OSError as error:
        raise Failure(
            f"error: cannot read the baseline `{path}`: {error.strerror or error}\n"
            f"   = help: lawful gate SYSTEM --write-baseline {path}"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        at = f" at `{where}`" if where else ""
        raise Failure(
            f"error: `{path}` is no baseline that this version can read: {first['msg']}{at}\n"
            "   = help: lawful gate SYSTEM --write-baseline FILE writes one"
        ) from error


def schema() -> str:
    """The JSON Schema of the document."""
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
