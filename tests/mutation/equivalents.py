"""Equivalents: mutants that mean the same as what they change, each with the reason, kept in a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("equivalent.toml")

Key = tuple[str, str, str]


def equivalents() -> Mapping[Key, str]:
    """The reason, by what the mutant is."""
    found: dict[Key, str] = {}
    for each in tomllib.loads(FILE.read_text("utf-8")).get("equivalent", []):
        changes = each["change"] if isinstance(each["change"], list) else [each["change"]]
        for change in changes:
            found[each["at"], each["line"], change] = each["why"]
    return found
