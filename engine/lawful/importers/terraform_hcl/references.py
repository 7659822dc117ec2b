"""References: what an expression names, in the form in which plans have it, with locals followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lawful.importers._hcl import (
    Call,
    Comprehension,
    Expression,
    Items,
    Literal,
    Object,
    Template,
    Traversal,
)
from lawful.importers._hcl.syntax import inner
from lawful.importers.terraform_hcl.scope import Scope
from lawful_dsl.frozen import frozen

#: Locals are followed so far; what is further is lost, and counted.
_DEEPEST = 60
#: What makes a value of what stands in a file, and how the configuration has such: as nothing that is there.
_FROM_FILE = re.compile(r"(file|filebase64|fileset|templatefile)$")
_A_FILE = "file"
#: How the configuration has an expression: a map with such keys is not told apart from one.
_FORMS = frozenset({"references", "constant_value"})
#: What a name may be bound to by a `for` or a dynamic block: the expressions that it goes through.
Bound = dict[str, tuple[Expression, ...]]


@frozen
class _Named:
    """References, and the texts that stand beside them in locals."""

    references: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    def __or__(self, other: _Named) -> _Named:
        return _Named(self.references | other.references, self.texts | other.texts)


@dataclass
class References:
    """What expressions name in scopes; locals are followed once."""

    known: dict[tuple[int, tuple[str, ...]], _Named] = field(default_factory=dict)
    depth: int = 0

    def of(self, expression: Expression, scope: Scope, bound: Bound | None = None) -> Any:
        """An expression as the configuration of a plan has it; what is said of locals stands with it."""
        if isinstance(expression, Literal):
            return {"constant_value": expression.value}
        if (parts := _parts(expression)) is not None:
            return self._of_parts(parts, scope, bound)
        named = self._named(expression, scope, bound or {}, local=False)
        said = {"references": sorted(named.references)}
        texts = sorted(named.texts)
        return [said, {"constant_value": texts}] if texts else said

    def _of_parts(
        self, parts: Expression | Mapping[str, Expression], scope: Scope, bound: Bound | None
    ) -> Any:
        """What is made of parts, each under its own key; what stands there plainly names nobody."""
        if isinstance(parts, Items):
            return [self._of_parts(each, scope, bound) for each in parts.items]
        if isinstance(parts, Mapping):
            return {key: self._of_parts(each, scope, bound) for key, each in parts.items()}
        return {"references": []} if isinstance(parts, Literal) else self.of(parts, scope, bound)

    def _named(self, expression: Expression, scope: Scope, bound: Bound, *, local: bool) -> _Named:
        found = _Named()
        waiting: list[tuple[Expression, Bound, bool]] = [(expression, bound, local)]
        while waiting:
            each, names, plain = waiting.pop()
            if isinstance(each, Literal):
                if plain and isinstance(each.value, str):
                    found |= _Named(texts=frozenset({each.value}))
                continue
            if isinstance(each, Call) and _FROM_FILE.match(each.name):
                found |= _Named(references=frozenset({_A_FILE}))
            if isinstance(each, Comprehension):
                names = {**names, **dict.fromkeys(each.names, ())}
            if isinstance(each, Traversal) and isinstance(each.root, str):
                if each.root in names:
                    waiting += ((over, {}, plain) for over in names[each.root])
                else:
                    found |= self._reference(each, scope)
            within = plain and not isinstance(each, Template)
            waiting += ((part, names, within) for part in inner(each))
        return found

    def _reference(self, expression: Traversal, scope: Scope) -> _Named:
        """One reference; of a local, what it is."""
        steps = [step if isinstance(step, str) else "[each.key]" for step in expression.steps]
        if expression.root == "local" and steps:
            return self._local(tuple(steps), scope)
        if expression.root in ("path", "terraform") or not steps:
            return _Named()
        parts = (step if step.startswith("[") else f".{step}" for step in steps if step != "[*]")
        return _Named(frozenset({f"{expression.root}{''.join(parts)}"}))

    def _local(self, steps: tuple[str, ...], scope: Scope) -> _Named:
        """What a local is, or the part of it to which keys lead."""
        asked = id(scope), steps
        if asked not in self.known:
            attribute = scope.module.locals.get(steps[0])
            missing = _Named(frozenset({f"local.{steps[0]}"}))
            self.known[asked] = _Named()  # what turns on itself names nothing more
            if attribute is None or self.depth >= _DEEPEST:
                self.known[asked] = missing
            else:
                self.depth += 1
                value: Expression = attribute.value
                for step in steps[1:]:
                    value = _under(value, step) or value
                self.known[asked] = self._named(value, scope, {}, local=True)
                self.depth -= 1
        return self.known[asked]


def _parts(expression: Expression) -> Items | Mapping[str, Expression] | None:
    """The parts of a map with plain keys, and of a document of JSON that is made of such; none of all else."""
    if isinstance(expression, Call) and expression.name == "jsonencode":
        (inner, *_) = expression.arguments or (Literal(None),)
        return inner if isinstance(inner, Items) else _parts(inner)
    if not isinstance(expression, Object):
        return None
    found = {key.value: held for key, held in expression.entries if isinstance(key, Literal)}
    plain = len(found) == len(expression.entries) and not _FORMS & found.keys()
    return {str(key): held for key, held in found.items()} if plain else None


def _under(value: Expression, step: str) -> Expression | None:
    """What stands under a key of a map as it is written; none where that is not told."""
    if not isinstance(value, Object):
        return None
    key = step[2:-2] if step.startswith('["') else step
    return next((held for name, held in value.entries if name == Literal(key)), None)
