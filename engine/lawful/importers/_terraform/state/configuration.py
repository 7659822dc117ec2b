"""Configuration: to which resources an expression refers, through variables, modules and outputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lawful.importers._terraform.state.resources import Path, Plan, Resource, key_of, marked
from lawful_dsl.frozen import frozen

#: References are followed so far; a configuration has no circles, but a broken file may.
DEEPEST = 30
_PART = re.compile(r'[^.\[\]]+|\["(?:[^"\\]|\\.)*"\]|\[\d+\]|\[[^\]]*\]')
#: Data that are the outputs of another state: what they are is what their values say.
STATES = frozenset({"terraform_remote_state", "tfe_outputs"})
#: How variables are called for short.
_SHORT = {"env": "environment", "vars": "variables", "var": "variables", "lb": "balancer"}
Key = str | int | None


@frozen
class Referred:
    """What an expression refers to: resources, with the rest of the reference; and what is lost.

    `literals` may be secret, `outputs` of other states are not: those that are marked stand there.
    """

    resources: tuple[tuple[Resource, str], ...] = ()
    literals: tuple[Any, ...] = ()
    outputs: tuple[str, ...] = ()
    #: References to `local.*`, which a plan does not have, or to what is not there.
    lost: frozenset[str] = frozenset()

    def __add__(self, other: Referred) -> Referred:
        """Both."""
        return Referred(
            (*self.resources, *other.resources),
            (*self.literals, *other.literals),
            (*self.outputs, *other.outputs),
            self.lost | other.lost,
        )


@dataclass(frozen=True)
class Configuration:
    """The configuration of a plan, asked by resource and path.

    `recalled` are settings, by address and key, that refer to what they did in the `past`, too; what is not configured
    any more is so as it was.
    """

    plan: Plan
    past: Configuration | None = None
    recalled: frozenset[tuple[str, str]] = frozenset()
    _known: dict[tuple[str, str], Referred] = field(default_factory=dict)

    @cached_property
    def resources(self) -> dict[tuple[Path, bool, str, str], list[Resource]]:
        """The resources by module, kind and name: one for each key."""
        found: dict[tuple[Path, bool, str, str], list[Resource]] = {}
        for each in self.plan.resources:
            found.setdefault((each.module, each.data, each.type, each.name), []).append(each)
        return found

    @cached_property
    def paths(self) -> dict[Path, list[Path]]:
        """The calls of modules within each module."""
        found: dict[Path, set[Path]] = {}
        for each in self.plan.resources:
            for length in range(len(each.module)):
                found.setdefault(each.module[:length], set()).add(each.module[: length + 1])
        return {path: sorted(inner, key=repr) for path, inner in found.items()}

    @cached_property
    def modules(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """The configuration of each module by the names of the calls that lead to it."""
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        waiting = [((), _object(self.plan.configuration.get("root_module")))]
        while waiting:
            names, module = waiting.pop()
            found[names] = module
            for name, call in _object(module.get("module_calls")).items():
                waiting.append(((*names, name), _object(_object(call).get("module"))))  # type: ignore[arg-type]
        return found

    @cached_property
    def blocks(self) -> dict[tuple[tuple[str, ...], bool, str, str], dict[str, Any]]:
        """The configuration of each resource."""
        return {
            (
                names,
                block.get("mode") == "data",
                str(block.get("type")),
                str(block.get("name")),
            ): block
            for names, module in self.modules.items()
            for block in _objects(module.get("resources"))
        }

    def block(self, resource: Resource) -> dict[str, Any]:
        """The configuration of a resource; nothing where the plan has none."""
        names = tuple(name for name, _ in resource.module)
        block = self.blocks.get((names, resource.data, resource.type, resource.name))
        if block is None and self.past is not None:
            return self.past.block(resource)
        return block or {}

    def has(self, resource: Resource, path: str) -> bool:
        """Whether a resource is configured with an expression at a path."""
        return any(
            True for _ in _at(_object(self.block(resource).get("expressions")), path.split("."))
        )

    def referred(self, resource: Resource, path: str) -> Referred:
        """What the expression at a path of a resource refers to."""
        asked = resource.address, path
        if asked not in self._known:
            block = self.block(resource)
            expressions = _at(_object(block.get("expressions")), path.split("."))
            each = block.get("for_each_expression")
            found = self._resolve(expressions, resource.module, resource.key, each, 0)
            found += self._looped(resource, path)
            if self.past and (resource.address, path.partition(".")[0]) in self.recalled:
                found += self._here(self.past.referred(resource, path))
            self._known[asked] = found
        return self._known[asked]

    def _here(self, referred: Referred) -> Referred:
        """What was referred to in the past, as far as it is there."""
        there = {each.address: each for each in self.plan.resources}
        resources = (
            (there[each.address], rest)
            for each, rest in referred.resources
            if each.address in there
        )
        return replace(referred, resources=tuple(resources))

    def is_open(self, resource: Resource, path: str) -> bool:
        """Whether a setting may name more than its values do: what is lost, or addresses of which one is meant."""
        referred = self.referred(resource, path)
        told = [text for text in resource.found(path) if isinstance(text, str)]
        addresses = (text for text in referred.literals if isinstance(text, str) and "://" in text)
        return bool(referred.lost) or not all(any(a in text for text in told) for a in addresses)

    def is_looped(self, resource: Resource, path: str) -> bool:
        """Whether a setting is in a block that is made in a loop: a plan does not have its expressions."""
        block = path.rpartition(".")[0]
        return bool(block) and not self.has(resource, block) and resource.has(block)

    def _looped(self, resource: Resource, path: str) -> Referred:
        """To which resources a module was given a reference for a block that it makes in a loop."""
        if not (resource.module and self.is_looped(resource, path)):
            return Referred()
        *outer, (call, key) = resource.module
        names = tuple(name for name, _ in outer)
        block = _object(_object(self.modules.get(names, {}).get("module_calls")).get(call))
        given = _object(block.get("expressions"))
        wanted = _words(path)
        meant = [given[name] for name in sorted(given) if _words(name) <= wanted]
        each = block.get("for_each_expression")
        found = self._resolve(meant, tuple(outer), key, each, 0)
        return Referred(found.resources, lost=found.lost)

    def resolve(self, expression: Any, module: Path) -> Referred:
        """What an expression that stands in a module refers to."""
        return self._resolve([expression], module, None, None, 0)

    def _resolve(
        self, expressions: Iterable[Any], module: Path, key: Key, each: Any, depth: int
    ) -> Referred:
        """What expressions within a module refer to; `key` is that of who has them."""
        found = Referred()
        if depth > DEEPEST:
            return found
        for expression in expressions:
            for references, constants in _leaves(expression):
                found += Referred(literals=tuple(constants))
                same = any(r.startswith(("each.", "count.")) for r in references)
                for reference in _longest(references):
                    found += self._follow(reference, module, key if same else None, each, depth)
        return found

    def _follow(self, reference: str, module: Path, key: Key, each: Any, depth: int) -> Referred:
        parts = _PART.findall(reference)
        head = parts[0] if parts else ""
        if head == "each" and len(parts) > 1 and parts[1] == "value":
            return self._resolve([each], module, None, None, depth + 1)
        if head in ("each", "count", "self", "path", "terraform", ""):
            return Referred()
        if head == "var" and len(parts) > 1:
            return self._variable(parts[1], module, depth)
        if head == "module" and len(parts) > 1:
            return self._output(parts[1:], module, key, depth)
        if head == "local" or len(parts) < 2:
            return _lost(reference)
        data = head == "data"
        parts = parts[1:] if data else parts
        if len(parts) < 2:
            return _lost(reference)
        chosen = _chosen(self.resources.get((module, data, parts[0], parts[1]), []), parts[2:], key)
        if data and parts[0] in STATES:
            return sum((_output_of(each, parts[2:]) for each in chosen), Referred())
        rest = ".".join(part for part in parts[2:] if not part.startswith("["))
        return Referred(tuple((each, rest) for each in chosen)) if chosen else _lost(reference)

    def _variable(self, name: str, module: Path, depth: int) -> Referred:
        if not module:
            said = _object(self.plan.variables.get(name))
            told = Referred(literals=tuple(_texts(said.get("value"))))
            return told if said else _lost(f"var.{name}")
        *outer, (call, key) = module
        names = tuple(n for n, _ in outer)
        block = _object(_object(self.modules.get(names, {}).get("module_calls")).get(call))
        expressions = _object(block.get("expressions"))
        if name in expressions:
            each = block.get("for_each_expression")
            return self._resolve([expressions[name]], tuple(outer), key, each, depth + 1)
        within = self.modules.get((*names, call), {})
        default = _object(_object(within.get("variables")).get(name)).get("default")
        return Referred(literals=tuple(_texts(default)))

    def _output(self, parts: list[str], module: Path, key: Key, depth: int) -> Referred:
        call, *rest = parts
        wanted: Key = None
        if rest and rest[0].startswith("["):
            wanted = key_of(rest[0])
            rest = rest[1:]
        inner = [path for path in self.paths.get(module, []) if path[-1][0] == call]
        same = [path for path in inner if path[-1][1] == (wanted if wanted is not None else key)]
        if wanted is not None or (key is not None and same):
            inner = same
        if not rest:
            return _lost(f"module.{call}")
        names = (*(name for name, _ in module), call)
        outputs = _object(self.modules.get(names, {}).get("outputs"))
        expression = _object(outputs.get(rest[0])).get("expression")
        found = _lost(f"module.{call}.{rest[0]}") if expression is None else Referred()
        for path in inner:
            found += self._resolve([expression], path, None, None, depth + 1)
        index = next((key_of(part) for part in rest[1:] if part.startswith("[")), None)
        exact = tuple(pair for pair in found.resources if pair[0].key == index)
        if index is not None and exact:
            return Referred(exact, found.literals, found.outputs, found.lost)
        return found


def _lost(reference: str) -> Referred:
    """What a reference that leads to nothing refers to."""
    return Referred(lost=frozenset({reference}))


def _words(name: str) -> set[str]:
    """The words of a name, in the singular: those of `environment_variables` and `environment.variables` are alike."""
    said = (_SHORT.get(word, word) for word in re.split(r"[._]", name.lower()))
    return {word.removesuffix("s") for word in said}


def _chosen(resources: list[Resource], rest: list[str], key: Key) -> list[Resource]:
    """Those of one block that are meant: the one of the key, else that of who refers, else all."""
    wanted = key_of(rest[0]) if rest and rest[0].startswith("[") else key
    exact = [each for each in resources if wanted is not None and each.key == wanted]
    return exact or resources


def _longest(references: Iterable[str]) -> list[str]:
    """The references without those that are the beginnings of others (`a.b` beside `a.b.id`)."""
    distinct = sorted(set(references))
    return [
        reference
        for reference in distinct
        if not any(other.startswith((f"{reference}.", f"{reference}[")) for other in distinct)
    ]


def _at(value: Any, keys: list[str]) -> Iterator[Any]:
    """The expressions at a path; one that is for all that is beneath is for what is asked."""
    if isinstance(value, list):
        for inner in value:
            yield from _at(inner, keys)
    elif isinstance(value, dict):
        if not keys or "references" in value or "constant_value" in value:
            yield value
        elif keys[0] in value:
            yield from _at(value[keys[0]], keys[1:])


def _leaves(value: Any) -> Iterator[tuple[list[str], list[str]]]:
    """The references and constants of all expressions within a value."""
    if isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, dict):
        references = value.get("references")
        if isinstance(references, list):
            yield [r for r in references if isinstance(r, str)], []
        elif "constant_value" in value:
            yield [], list(_texts(value["constant_value"]))
        else:
            for inner in value.values():
                yield from _leaves(inner)


def _output_of(state: Resource, parts: Sequence[str]) -> Referred:
    """What an output of another state is."""
    texts = tuple(_texts(_beneath(state.values, parts)))
    if not texts:
        return _lost(".".join((state.address, *parts)))
    if any(marked(state.sensitive, tuple(part for part in parts if not part.startswith("[")))):
        return Referred(literals=texts)
    return Referred(outputs=texts)


def _beneath(value: Any, parts: Iterable[str]) -> Any:
    """The value to which the parts of a reference lead from another one; none where they lead nowhere."""
    for part in parts:
        key = key_of(part) if part.startswith("[") else part
        if isinstance(value, dict):
            value = value.get(str(key))
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
