"""Compare: whether all that is shipped is compiled, and is what its texts are when they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from lawful_dsl import library
from lawful_dsl.compiled import programs
from lawful_dsl.compiled.texts import kept_text
from lawful_dsl.parser import LANGUAGES, parse_law, read
from lawful_dsl.parser.tables import built_tables, kept_tables


def differences() -> Iterator[str]:
    """What is not compiled from what lies beside it, or not as it is read."""
    for language in LANGUAGES:
        kept = kept_tables(language)
        if not kept:
            yield f"the grammar `{language}` is not compiled, or it has changed since"
        elif kept != built_tables(language):
            yield f"the grammar `{language}` is compiled to what it does not say"
    entries = library.scan()
    modules = sorted({entry.name for entry in entries})
    used = {name for part in programs.kept().values() for name in part.uses}
    for entry in entries:
        source, _ = read(entry.path, entry.file)
        if entry.name in used and source is not None:
            text = kept_text(source)
            if text is None:
                yield f"the text `{entry.file}` is not compiled, or it has changed since"
            elif whole(text) != whole(parse_law(source)):
                yield f"the text `{entry.file}` is compiled to what it does not say"
    for names in (*([name] for name in modules if name not in used), modules):
        compiled = library.from_compiled(names)
        if not compiled:
            yield f"`{', '.join(names)}` is not compiled, or its text has changed since"
        elif whole(compiled) != whole(library.from_texts(names)):
            yield f"`{', '.join(names)}` is compiled to what it does not say"


def whole(value: Any) -> Any:
    """A value with all its fields, those that take no part in equality too, as it is told in a report."""
    if is_dataclass(value):
        told = ((field.name, whole(getattr(value, field.name))) for field in fields(value))
        return type(value), tuple(told)
    if isinstance(value, dict):
        return dict, tuple((whole(key), whole(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(whole, value))
    return type(value), value
