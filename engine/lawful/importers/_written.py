"""YAML as it was written: every scalar is its text, tags are kept, and each value knows its place.

`5432`, `"5432"` and `yes` are what stands there, whatever type they have, which is what settings of
services are read as. Merge keys (`<<`) are applied. A text that its aliases make too large, or that
contains itself, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lawful.importers._yaml import MOST_VALUES, compose, rejected
from lawful.system.document.reading import DEEPEST
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Source, Span

_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
Value = str | tuple["Yaml", ...] | Mapping[str, "Yaml"] | None


@frozen
class Yaml:
    """A value, its place, and its own tag (`!reset`), if it has one."""

    value: Value
    span: Span = field(compare=False)
    tag: str = ""

    def at(self, *keys: str) -> Yaml:
        """What stands under keys of mappings, one within the other; null where there is nothing."""
        found = self
        for key in keys:
            inner = found.value.get(key) if isinstance(found.value, Mapping) else None
            found = inner or Yaml(None, found.span)
        return found

    @property
    def text(self) -> str:
        """The text of a scalar; empty for all else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> tuple[Yaml, ...]:
        """The items of a sequence; none for all else."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def entries(self) -> Mapping[str, Yaml]:
        """The entries of a mapping; none for all else."""
        return self.value if isinstance(self.value, Mapping) else {}

    def texts(self, *but: str) -> Iterator[str]:
        """All texts of scalars within, but for those under some keys of mappings."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.text:
                yield each.text
            waiting += each.items
            waiting += (inner for key, inner in each.entries.items() if key not in but)

    def reject(self, message: str, help: str = "") -> NoReturn:
        """Say what is wrong here."""
        raise Rejected([Diagnostic(message, self.span, help)])


def documents(source: Source) -> tuple[Yaml, ...]:
    """The documents of a text. What is not YAML, or is too much of it, raises `Rejected`."""
    return compose(source, _Reading(source.file).read)


@dataclass
class _Reading:
    """The values of one text; those that aliases repeat are read once."""

    file: str
    known: dict[int, tuple[Yaml, int, int]] = field(default_factory=dict)
    kept: list[Node] = field(default_factory=list)  # an id stays taken while its node is there
    within: set[int] = field(default_factory=set)

    def read(self, node: Node) -> Yaml:
        """The value of a node."""
        return self.measured(node)[0]

    def measured(self, node: Node) -> tuple[Yaml, int, int]:
        """The value of a node, how many values it unfolds to, and how deep it is."""
        if id(node) in self.known:
            return self.known[id(node)]
        span = self.span(node)
        if id(node) in self.within:
            raise rejected("this YAML contains itself", span, "take the alias out")
        self.within.add(id(node))
        value, size, depth = self.value(node)
        self.within.discard(id(node))
        if size > MOST_VALUES:
            raise rejected(
                "this YAML has too many values", span, "its aliases multiply: less of them"
            )
        if depth > DEEPEST:
            raise RecursionError
        tag = str(node.tag or "")
        found = Yaml(value, span, tag if tag.startswith("!") else ""), size, depth
        self.known[id(node)] = found
        self.kept.append(node)
        return found

    def value(self, node: Node) -> tuple[Value, int, int]:
        """What a node holds, with its size and depth."""
        if isinstance(node, ScalarNode):
            return None if str(node.tag) == _NULL else str(node.value), 1, 1
        if isinstance(node, SequenceNode):
            parts = [self.measured(each) for each in node.value]
            held: Value = tuple(value for value, _, _ in parts)
        elif isinstance(node, MappingNode):
            parts, held = self.mapping(node)
        else:
            raise rejected("this is no value", self.span(node), "write a text, a list or an object")
        return held, 1 + sum(s for _, s, _ in parts), 1 + max((d for _, _, d in parts), default=0)

    def mapping(self, node: MappingNode) -> tuple[list[tuple[Yaml, int, int]], Value]:
        """The entries of a mapping over those that it merges in."""
        merged: dict[str, Yaml] = {}
        own: dict[str, Yaml] = {}
        parts = []
        for key, inner in node.value:
            part = self.measured(inner)
            parts.append(part)
            if not isinstance(key, ScalarNode):
                raise rejected(
                    "a key of this YAML is no text", self.span(key), "write a text before the colon"
                )
            if str(key.tag) == _MERGE or (key.value == "<<" and not key.style):
                merged.update(_merged(part[0]))
            elif key.value in own and not _is_same(own[key.value], part[0]):
                raise rejected(
                    f"the key `{key.value}` is said twice",
                    self.span(key),
                    "leave one of the two out",
                )
            else:
                own[key.value] = part[0]
        return parts, {**merged, **own}

    def span(self, node: Node) -> Span:
        """Where a node begins."""
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        return Span(self.file, line, column, line, column + 1)


def _is_same(one: Yaml, other: Yaml) -> bool:
    """Whether a scalar that is said twice is the same both times, so that nothing is lost."""
    plain = isinstance(one.value, str | None) and isinstance(other.value, str | None)
    return plain and one == other


def _merged(said: Yaml) -> Iterator[tuple[str, Yaml]]:
    """The entries of a mapping or of several, of which the first one wins."""
    for each in reversed(said.items or (said,)):
        yield from each.entries.items()
