"""Values: what an expression is, as far as that can be told without running Terraform.

What cannot be told is `UNKNOWN`, by itself or within a list or a map. Nothing is looked up, and no file is
read. Of functions those are worked out that only put values together.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lawful.importers._hcl import (
    Attribute,
    Body,
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
from lawful.importers._terraform.state.resources import NO_KEY, key_of
from lawful.importers.terraform_hcl.functions import FUNCTIONS
from lawful.importers.terraform_hcl.scope import Scope
from lawful.importers.terraform_hcl.unknown import (
    LARGEST,
    UNKNOWN,
    any_of,
    composed,
    fits,
    is_unknown,
    is_whole,
    text_of,
)

#: Values are followed so far, and all loops together take so many steps.
_DEEPEST = 60
_MOST_STEPS = 200_000
#: Of so many that one block makes, whom each names is told.
_MOST_TOLD = 50
#: What looks up nothing, and only puts into a text what stands in its blocks.
_MADE_OF_BLOCKS = ("google_iam_policy", "policy_data")
_NUMBERS: dict[str, Callable[[float, float], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass
class Values:
    """The values of expressions in scopes; those of locals and variables are worked out once."""

    known: dict[tuple[int, str], Any] = field(default_factory=dict)
    #: The names that loops bind around what is being worked out.
    bound: dict[str, Any] = field(default_factory=dict)
    depth: int = 0
    #: What was worked out within loops: each expression, and what is in the arguments of functions.
    steps: int = 0

    def of(self, expression: Expression, scope: Scope) -> Any:
        """What an expression is."""
        self.steps += bool(self.bound)
        if self.depth >= _DEEPEST or self.steps > _MOST_STEPS:
            return UNKNOWN
        self.depth += 1
        try:
            found = self._of(expression, scope)
        finally:
            self.depth -= 1
        return UNKNOWN if isinstance(found, str) and len(found) > LARGEST else found

    def _of(self, expression: Expression, scope: Scope) -> Any:
        match expression:
            case Literal(value):
                return value
            case Template(parts):
                return composed(self.of(part, scope) for part in parts)
            case Items(items):
                return [self.of(item, scope) for item in items]
            case Object(entries):
                keys = [text_of(self.of(key, scope)) for key, _ in entries]
                named = [NO_KEY * n if key is None else key for n, key in enumerate(keys, 1)]
                return {
                    key: self.of(value, scope)
                    for key, (_, value) in zip(named, entries, strict=True)
                }
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
                function = FUNCTIONS.get(name)
                values = [self.of(each, scope) for each in arguments] if function else []
                if self.bound:
                    self.steps += sum(len(v) for v in values if isinstance(v, list | dict | str))
                return function(values) if function else UNKNOWN
            case Comprehension():
                return self._gone_through(expression, scope)

    def _reached(self, expression: Traversal, scope: Scope) -> Any:
        """What a reference leads to."""
        root, steps = expression.root, expression.steps
        if not isinstance(root, str):
            return self._within(self.of(root, scope), steps, scope)
        if root in self.bound:
            return self._within(self.bound[root], steps, scope)
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
        if data and (type, names[1]) == _MADE_OF_BLOCKS:
            return self._of_blocks(declared.body, scope)
        attribute = declared.body.attributes.get(names[1])
        address = f"{data}.{type}.{names[0]}.{names[1]}"
        return self._once(address, _given(attribute), scope, scope)

    def _of_blocks(self, body: Body, scope: Scope) -> Any:
        """The policy that a data source of Google makes of its blocks, with nothing where something is unknown."""
        bindings = [
            {key: self.of(each.value, scope) for key, each in block.body.attributes.items()}
            for block in body.of("binding")
        ]
        some = [UNKNOWN] * any(body.of("dynamic"))
        return FUNCTIONS["jsonencode"]([{"bindings": bindings + some}])

    def _variable(self, name: str, scope: Scope) -> Any:
        said = scope.variable(name)
        if said is None or scope.is_sensitive(name):
            return UNKNOWN
        over = scope.over if said[1] is scope.outer else None
        return self._once(f"var.{name}", said[0], scope, said[1], over)

    def of_each(self, over: Expression | None, scope: Scope, tell: Callable[[], Any]) -> list[Any]:
        """What is told for each of what a block goes through; once, where it is not known what that is."""
        told = self.of(over, scope) if over is not None else UNKNOWN
        keyed = told if isinstance(told, dict) and is_whole(told) else {}
        if isinstance(told, list) and all(isinstance(each, str) for each in told):
            keyed = {each: each for each in told}
        if not 0 < len(keyed) <= _MOST_TOLD:
            return [tell()]
        found, bound = [], self.bound
        for key, value in keyed.items():
            self.bound = {"each": {"key": key, "value": value}}
            found.append(tell())
        self.bound = bound
        return found

    def _once(
        self,
        name: str,
        value: Expression | None,
        scope: Scope,
        within: Scope,
        over: Expression | None = None,
    ) -> Any:
        """A value that is asked for often; one that turns on itself is unknown."""
        asked = id(scope), name
        if asked not in self.known:
            self.known[asked] = UNKNOWN
            if value is not None:
                bound, self.bound = self.bound, {}
                found = any_of(self.of_each(over, within, lambda: self.of(value, within)))
                self.bound = bound
                self.known[asked] = found if fits(found) else UNKNOWN
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

    def _gone_through(self, loop: Comprehension, scope: Scope) -> Any:
        """What a loop makes, where it is known what it goes through, and what of it is taken."""
        over = self.of(loop.over, scope)
        if not isinstance(over, list | dict) or not is_whole(over):
            return UNKNOWN
        outer = self.bound
        keys = list(over) if isinstance(over, dict) else range(len(over))
        pairs: list[tuple[Any, Any]] = []
        for key in keys:
            names = loop.names[-2:]
            self.bound = {**outer, **dict(zip(names, (key, over[key])[-len(names) :], strict=True))}
            taken = self.of(loop.condition, scope) if loop.condition else True
            named = self.of(loop.key, scope) if loop.key else None
            made = self.of(loop.value, scope) if taken is True else None
            self.bound = outer
            if not isinstance(taken, bool) or (loop.key and text_of(named) is None):
                return UNKNOWN
            pairs += [(text_of(named), made)] if taken else []
        if loop.key is None:
            return [made for _, made in pairs]
        return UNKNOWN if loop.grouped else dict(pairs)

    def _worked_out(self, expression: Operation, scope: Scope) -> Any:
        values = [self.of(each, scope) for each in expression.operands]
        if any(is_unknown(value) or isinstance(value, list | dict) for value in values):
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
            case (sign,), [int(one) | float(one), int(other) | float(other)] if sign in _NUMBERS:
                return _NUMBERS[sign](one, other)
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
