"""Decode: JSON text to the syntax tree of a system, with every error as a diagnostic."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from lawful.system.document.briefly import read
from lawful.system.document.reading import escaped, parse
from lawful.system.document.schema import Document
from lawful.system.document.tree import tree
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import Diagnostic, near
from lawful_dsl.source import Span

#: So many errors of one document are told.
MOST_ERRORS = 100


def decode(text: str, file: str) -> tuple[s.Flows | None, tuple[Diagnostic, ...]]:
    """The syntax tree of a JSON document, its spans pointers into it, or what is wrong with it."""
    found = read(text, file)
    if found is not None:
        return found, ()
    value, diagnostics = parse(text, file)
    if diagnostics:
        return None, diagnostics
    document, diagnostics = validate(value, file)
    return (tree(document, file) if document else None), diagnostics


# --- the document ---------------------------------------------------------------------------------


def validate(value: Any, file: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document that a value is, or every way in which it is none."""
    if isinstance(value, dict) and "lawful" not in value:
        help = near("lawful", value) and 'its first key is "lawful"'
        message = "this is not a system: the key `lawful` is missing"
        return None, (Diagnostic(message, Span(file), help or 'begin with `"lawful": 1`'),)
    try:
        return Document.model_validate(value), ()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=True)
        found = [_diagnostic(one, value, file) for one in errors[:MOST_ERRORS]]
        if len(errors) > MOST_ERRORS:
            more = f"there are {len(errors) - MOST_ERRORS} more errors"
            last = max(each.span for each in found)
            found.append(Diagnostic(more, last, "mend those above first"))
        return None, tuple(found)
    except RecursionError:
        help = "take out what contains itself"
        return None, (Diagnostic("this is nested too deeply", Span(file), help),)


def _diagnostic(error: Any, value: Any, file: str) -> Diagnostic:
    kind = error["type"]
    location: Sequence[str | int] = error["loc"]
    missing = kind == "missing"
    pointer = _pointer(location[:-1] if missing else location, value)
    span = Span(file, pointer=pointer)
    name = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    if missing:
        help = f'write `"{name}": ...`; it cannot be left out here'
        return Diagnostic(f"the key `{name}` is missing", Span(file, pointer=pointer or "/"), help)
    if kind == "extra_forbidden":
        known = _keys(location[:-1])
        help = near(name, known) or f"the keys here are {_list(known)}"
        return Diagnostic(f"`{name}` is no key of this", span, help)
    given = error["input"]
    shown = (
        f"`{given}`"
        if isinstance(given, str | int | float)
        else next((said for kind, said in _KINDS.items() if isinstance(given, kind)), "this")
    )
    if kind == "expected":
        return Diagnostic(f"{shown} is not what is expected here", span, error["msg"])
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "`")
        words = [word.strip("`") for word in expected.replace(" or ", ", ").split(", ")]
        help = (
            near(given, words) if isinstance(given, str) and given not in words else ""
        ) or f"expected {expected}"
        if isinstance(given, str) and words in (["unknown"], ["all"]):
            help = f'write a list: ["{given}"]'
        return Diagnostic(f"{shown} is not what is expected here", span, help)
    if kind == "string_pattern_mismatch":
        return Diagnostic(f"{shown} cannot be written so", span, _PATTERNS[error["ctx"]["pattern"]])
    if kind == "value_error":
        return Diagnostic(f"{shown} is no date of the calendar", span, _PATTERNS[_DATE])
    wanted = _WANTED.get(kind, error["msg"][0].lower() + error["msg"][1:])
    return Diagnostic(f"{shown} is not what is expected here", span, f"expected {wanted}")


_KINDS: dict[type, str] = {list: "a list", dict: "an object", type(None): "`null`"}
_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "`true` or `false`",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "too_short": "at least one value",
    "greater_than_equal": "a number of zero or more",
    "less_than_equal": "a number of at most nine digits",
}
_DATE = r"^\d{4}-\d\d-\d\d$"
_PATTERNS = {
    r"^[^'\n]+$": "a name has at least one character, no line end and no single quote",
    r'^[^"\n]*$': "a label is one line without double quotes",
    _DATE: "a date is written 2024-04-08",
}


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _pointer(location: Sequence[str | int], value: Any) -> str:
    """The JSON pointer of an error; parts of its location that are names of forms are left out."""
    pointer = ""
    for part in location:
        if not _within(part, value):
            continue
        value = value[part]
        pointer += f"/{escaped(str(part))}"
    return pointer


def _within(part: str | int, value: Any) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _keys(location: Sequence[str | int]) -> list[str]:
    """The keys that the object at a location may have."""
    models = [Document]
    for part in location:
        inner = [m for model in models for m in _models_of(model, part)]
        models = inner or models
    return sorted({key for model in models for key in model.model_fields})


def _models_of(model: type[BaseModel], part: str | int) -> list[Any]:
    field = model.model_fields.get(str(part))
    return list(_models(field.annotation)) if field is not None else []


def _models(annotation: Any) -> Iterator[Any]:
    """The models within an annotation."""
    inner = typing.get_args(annotation)
    if not inner and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in inner:
        yield from _models(each)
