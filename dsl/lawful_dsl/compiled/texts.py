"""Texts: shipped modules that others build on, as they are parsed: who uses them does not wait for their texts."""

from __future__ import annotations

import hashlib

from lawful_dsl import compiled
from lawful_dsl import syntax as s
from lawful_dsl.parser import Parsed
from lawful_dsl.source import Source


def kept_text(source: Source) -> Parsed[s.Law] | None:
    """A text as it is compiled, if it is this very text under this name."""
    kept: Parsed[s.Law] | None = compiled.find(_name(source), _made_with(source))
    return kept


def keep_text(parsed: Parsed[s.Law]) -> None:
    """Compile a text."""
    compiled.keep(_name(parsed.source), parsed, _made_with(parsed.source))


def _name(source: Source) -> str:
    return f"text-{hashlib.sha256(source.file.encode()).hexdigest()[:16]}"


def _made_with(source: Source) -> str:
    return "\n".join((source.file, source.called, source.text))
