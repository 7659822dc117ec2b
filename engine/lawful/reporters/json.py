"""The report as a JSON document: everything that a check concluded, for other programs.

The document has a version, and a JSON Schema, which `lawful schema report` prints.
"""

from __future__ import annotations

from collections.abc import Sequence

from lawful.findings import Report
from lawful.report_document import document
from lawful.wording import ENGLISH, Wording

__all__ = ["render"]


def render(
    reports: Sequence[Report],
    *,
    width: int = 0,
    colour: bool = False,
    strict: bool = False,
    wording: Wording = ENGLISH,
) -> str:
    """The document as a text; it is the same whatever the width, and whether or not it is strict."""
    return document(reports, wording.language).model_dump_json(indent=2) + "\n"
