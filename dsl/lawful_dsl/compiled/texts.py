"""Texts: shipped modules that others build on, as they are parsed: who uses them does not wait for their texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lawful_dsl import compiled
from lawful_dsl import syntax as s
from lawful_dsl.compiled.packed import digest, pack, unpack
from lawful_dsl.parser import Parsed
from lawful_dsl.source import Source


def kept_text(source: Source) -> Parsed[s.Law] | None:
    """A text as it is compiled, if it is this very text, wherever it lies."""
    raw = compiled.find(_name(source), source.text)
    if raw is None:
        return None
    kept: Parsed[s.Law] = unpack(raw, {digest(source): source.file})
    return replace(kept, source=source)


def keep_text(parsed: Parsed[s.Law]) -> None:
    """Compile a text."""
    source = parsed.source
    told = replace(parsed, source=Source(source.file, ""))
    compiled.keep(_name(source), pack(told, {source.file: digest(source)}), source.text)


def _name(source: Source) -> str:
    where = Path(source.file)
    return f"text-{where.parent.name}-{where.stem}"
