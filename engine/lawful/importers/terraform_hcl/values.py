"""Values: what an expression is, as far as that can be told without running Terraform.

What cannot be told is `UNKNOWN`, by itself or within a list or a map. Nothing is looked up, and no file is
read. Of functions those are worked out that only put values together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lawful.importers._hcl import (
    Attribute,
    Call,
    Choice,
    Comprehension,
    Expression,
    Items,
    Literal,
    Object,
    Operation,
    Template,
    Traversal,
)
from lawful.importers._terraform.resources import key_of
from lawful.importers.terraform_hcl.scope import Scope

#: Values are followed so far, and may be so large.
_DEEPEST = 60
_LARGEST = 20_000


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Any = _Unknown()


@dataclass
class Values:
    """The values of expressions in scopes; those of locals and variables are worked out once."""

    known: dict[tuple[int, str], Any] = field(default_factory=dict)
    depth: int = 0

    def of(self, expression: Expression, scope: Scope) -> Any:
        """What an expression is."""
        if self.depth >= _DEEPEST:
            return UNKNOWN
        self.depth += 1
        try:
            found = self._of(expression, scope)
        finally:
            self.depth -= 1
        return UNKNOWN if isinstance(found, str) and len(found) > _LARGEST else found

    def _of(self, expression: Expression, scope: Scope) -> Any:
        match expression:
            case Literal(value):
                return value
            case Template(parts):
                texts = [_text(self.of(part, scope)) for part in parts]
                return UNKNOWN if None in texts else "".join(filter(None, texts))
            case Items(items):
                return [self.of(item, scope) for item in items]
            case Object(entries):
                keys = [(_text(self.of(key, scope)), value) for key, value in entries]
                return {key: self.of(value, scope) for key, value in keys if key is not None}
            case Traversal():
                return self._reached(expression, scope)
            case Choice(condition, yes, no):
                chosen = self.of(condition, scope)
                return (
                    self.of(yes if chosen else no, scope) if isinstance(chosen, bool) else UNKNOWN
                )
            case Operation():
                return self._worked_out(expression, scope)
            case Call(name, arguments):
                function = _FUNCTIONS.get(name)
                values = [self.of(each, scope) for each in arguments] if function else []
                return function(values) if function else UNKNOWN
            case Comprehension():
                return UNKNOWN

    def _reached(self, expression: Traversal, scope: Scope) -> Any:
        """What a reference leads to."""
        root, steps = expression.root, expression.steps
        if not isinstance(root, str):
            return self._within(self.of(root, scope), steps, scope)
        first = steps[0] if steps and isinstance(steps[0], str) else ""
        if root == "var":
            return self._within(self._variable(first, scope), steps[1:], scope)
        if root == "local":
            attribute = scope.module.locals.get(first)
            found = self._once(f"local.{first}", _given(attribute), scope, scope)
            return self._within(found, steps[1:], scope)
        if root == "module" and first in scope.inner and len(steps) > 1:
            inner = scope.inner[first]
            name = steps[1] if isinstance(steps[1], str) else ""
            block = inner.module.outputs.get(name)
            value = block.body.attributes.get("value") if block else None
            found = self._once(f"output.{name}", _given(value), inner, inner)
            return self._within(found, steps[2:], scope)
        return self._setting(root, steps, scope)

    def _setting(self, type: str, steps: tuple[str | Expression, ...], scope: Scope) -> Any:
        """A setting of another resource, where that says it itself."""
        data = type == "data"
        names = [step for step in steps if isinstance(step, str)]
        if data:
            type, names = names[0] if names else "", names[1:]
        declared = scope.module.resources.get((data, type, names[0] if names else ""))
        if declared is None or len(names) != 2 or len(steps) != 2 + data:
            return UNKNOWN
        attribute = declared.body.attributes.get(names[1])
        address = f"{data}.{type}.{names[0]}.{names[1]}"
        return self._once(address, _given(attribute), scope, scope)

    def _variable(self, name: str, scope: Scope) -> Any:
        said = scope.variable(name)
        if said is None or scope.is_sensitive(name):
            return UNKNOWN
        return self._once(f"var.{name}", said[0], scope, said[1])

    def _once(self, name: str, value: Expression | None, scope: Scope, within: Scope) -> Any:
        """A value that is asked for often; one that turns on itself is unknown."""
        asked = id(scope), name
        if asked not in self.known:
            self.known[asked] = UNKNOWN
            if value is not None:
                found = self.of(value, within)
                self.known[asked] = found if _fits(found) else UNKNOWN
        return self.known[asked]

    def _within(self, value: Any, steps: tuple[str | Expression, ...], scope: Scope) -> Any:
        """What steps lead to from a value."""
        for step in steps:
            key = _key(step) if isinstance(step, str) else self.of(step, scope)
            if isinstance(value, dict) and isinstance(key, str):
                value = value.get(key, UNKNOWN)
            elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
                value = value[key]
            else:
                return UNKNOWN
        return value

    def _worked_out(self, expression: Operation, scope: Scope) -> Any:
        values = [self.of(each, scope) for each in expression.operands]
        if any(value is UNKNOWN or isinstance(value, list | dict) for value in values):
            return UNKNOWN
        match expression.signs, values:
            case ("==",), [one, other]:
                return one == other and isinstance(one, bool) == isinstance(other, bool)
            case ("!=",), [one, other]:
                return one != other
            case ("!",), [bool(one)]:
                return not one
            case ("-",), [int(one) | float(one)]:
                return -one
            case signs, _ if signs and all(isinstance(value, bool) for value in values):
                if set(signs) == {"&&"}:
                    return all(values)
                if set(signs) == {"||"}:
                    return any(values)
        return UNKNOWN


def _given(attribute: Attribute | None) -> Expression | None:
    return attribute.value if attribute else None


def _key(step: str) -> str | int | None:
    return key_of(step) if step.startswith("[") else step


def separated(value: Any) -> tuple[Any, Any]:
    """A value without what is unknown of it, and a mask of that, as plans have them."""
    if value is UNKNOWN:
        return None, True
    if isinstance(value, dict):
        pairs = {key: separated(inner) for key, inner in value.items()}
        return {k: v for k, (v, _) in pairs.items()}, {k: m for k, (_, m) in pairs.items() if m}
    if isinstance(value, list):
        parts = [separated(inner) for inner in value]
        masks = [mask for _, mask in parts]
        return [part for part, _ in parts], masks if any(masks) else False
    return value, False


def _fits(value: Any) -> bool:
    """Whether a value is not too large to be told."""
    waiting, seen = [value], 0
    while waiting:
        inner = waiting.pop()
        seen += 1
        if seen > _LARGEST:
            return False
        if isinstance(inner, dict | list):
            waiting += inner.values() if isinstance(inner, dict) else inner
    return True


def _text(value: Any) -> str | None:
    """A value as it is in a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return None


def _joined(values: list[Any]) -> Any:
    if len(values) != 2 or not isinstance(values[1], list):
        return UNKNOWN
    texts = [_text(value) for value in (values[0], *values[1])]
    if None in texts:
        return UNKNOWN
    between, *rest = filter(lambda text: text is not None, texts)
    return str(between).join(map(str, rest))


def _formatted(values: list[Any]) -> Any:
    texts = [_text(value) for value in values]
    if not texts or texts[0] is None or None in texts:
        return UNKNOWN
    parts = texts[0].replace("%%", "\0").split("%s")
    if len(parts) != len(texts) or any("%" in part for part in parts):
        return UNKNOWN
    filled = "".join(
        f"{part}{text or ''}" for part, text in zip(parts, [*texts[1:], ""], strict=True)
    )
    return filled.replace("\0", "%")


def _merged(values: list[Any]) -> Any:
    found: dict[str, Any] = {}
    for value in values:
        if not isinstance(value, dict):
            return UNKNOWN
        found |= value
    return found


def _strung(values: list[Any]) -> Any:
    found: list[Any] = []
    for value in values:
        found += value if isinstance(value, list) else [value]
    return found


def _looked_up(values: list[Any]) -> Any:
    if len(values) < 2 or not isinstance(values[0], dict) or not isinstance(values[1], str):
        return UNKNOWN
    return values[0].get(values[1], values[2] if len(values) > 2 else UNKNOWN)


def _first(values: list[Any]) -> Any:
    """The first that is something, where all before it are known to be nothing."""
    return next((value for value in values if value is UNKNOWN or value not in (None, "")), UNKNOWN)


def _encoded(values: list[Any]) -> Any:
    """A document, with nothing where something is unknown."""
    if len(values) != 1 or values[0] is UNKNOWN or not _fits(values[0]):
        return UNKNOWN
    return json.dumps(separated(values[0])[0])


def _changed(change: Callable[[str], str]) -> Callable[[list[Any]], Any]:
    return lambda values: (
        change(values[0]) if len(values) == 1 and isinstance(values[0], str) else UNKNOWN
    )


def _same(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else UNKNOWN


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "coalesce": _first,
    "concat": _strung,
    "flatten": lambda values: (
        _strung(values[0]) if values and isinstance(values[0], list) else UNKNOWN
    ),
    "format": _formatted,
    "join": _joined,
    "jsonencode": _encoded,
    "lookup": _looked_up,
    "lower": _changed(str.lower),
    "merge": _merged,
    "tolist": _same,
    "tomap": _same,
    "toset": _same,
    "tostring": _same,
    "trimspace": _changed(str.strip),
    "try": lambda values: values[0] if values else UNKNOWN,
    "upper": _changed(str.upper),
}
