"""YAML: the values of a text, each with the line at which it stands, and no more of them than are there.

Nothing is built but texts, yes and no, lists and objects. Tags are not followed. An alias
stands for what it names, up to a bound, so that none multiplies without end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lawful.system.document.pointed import Pointed
from lawful.system.document.reading import DEEPEST, escaped
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source, Span

__all__ = ["compose", "read_documents", "rejected"]

Built = TypeVar("Built")

#: So many values a text may have, those that its aliases stand for included.
MOST_VALUES = 500_000
_KEY = "tag:yaml.org,2002:"
#: What is wrong is told without the words of the text, which may be secrets; `'<block end>'` is none of them.
_NAMED = re.compile(r" '(?!<)[^']{3,}'")
_HIDDEN = re.compile("[\0\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read_documents(source: Source) -> tuple[Pointed, ...]:
    """The documents of a YAML text, and so of a JSON text too. Raises `Rejected` with what is wrong."""

    def pointed(node: Node) -> Pointed:
        reading = _Reading(source.file)
        value = reading.value(node, "", DEEPEST)
        return Pointed(value, source.file, places=reading.places)

    return compose(source, pointed)


def compose(source: Source, build: Callable[[Node], Built]) -> tuple[Built, ...]:
    """What is built of the nodes of a YAML text's documents. Raises `Rejected` with what is wrong."""
    try:
        return tuple(map(build, _nodes(source)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = error.problem or error.context or "it ends too early"
        place = _span(source.file, mark) if mark else Span(source.file)
        said = _NAMED.sub("", said.splitlines()[0])
        raise rejected(f"this is not YAML: {said}", place, "mend it there") from None
    except RecursionError:
        place = Span(source.file)
        raise rejected(
            "this YAML is nested too deeply",
            place,
            f"lists and objects nest at most {DEEPEST} deep",
        ) from None
    except (YAMLError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else "it cannot be read"
        place = Span(source.file)
        raise rejected(f"this is not YAML: {said}", place, "mend the file") from None


def _nodes(source: Source) -> Iterator[Node]:
    constructor, parser = YAML(typ="safe", pure=True).get_constructor_parser(source.text)
    composer = constructor.composer
    composer.warn_double_anchors = False  # the last one holds, and that is no error
    try:
        while composer.check_node():
            yield composer.get_node()
    finally:
        parser.dispose()


@dataclass
class _Reading:
    """What is read of one document so far."""

    file: str
    places: dict[str, Span] = field(default_factory=dict)
    count: int = 0

    def value(self, node: Node, pointer: str, deeper: int) -> Any:
        """What a node stands for."""
        place = _span(self.file, node.start_mark)
        self.places[pointer] = place
        self.count += 1
        if self.count > MOST_VALUES:
            raise rejected(
                "this YAML has too many values", place, "its aliases multiply: less of them"
            )
        if not deeper:
            raise RecursionError
        if isinstance(node, ScalarNode):
            return _scalar(node, place)
        if isinstance(node, SequenceNode):
            return [
                self.value(item, f"{pointer}/{number}", deeper - 1)
                for number, item in enumerate(node.value)
            ]
        assert isinstance(node, MappingNode)
        found = self.merged(node, pointer, deeper)
        said: set[str] = set()
        for key, inner in node.value:
            at = _span(self.file, key.start_mark)
            if not isinstance(key, ScalarNode):
                raise rejected("a key of this YAML is no text", at, "write a text before the colon")
            if key.tag == f"{_KEY}merge":
                continue
            if key.value in said:
                raise rejected(
                    f"the key `{key.value}` is said twice", at, "leave one of the two out"
                )
            _seen(key.value, at)
            said.add(key.value)
            found[key.value] = self.value(inner, f"{pointer}/{escaped(key.value)}", deeper - 1)
        self.places[pointer] = place
        return found

    def merged(self, node: MappingNode, pointer: str, deeper: int) -> dict[str, Any]:
        """What an object takes in from others (`<<`): of what several say, the first holds."""
        found: dict[str, Any] = {}
        for key, inner in node.value:
            if key.tag == f"{_KEY}merge":
                for other in reversed(inner.value if isinstance(inner, SequenceNode) else [inner]):
                    under = self.value(other, pointer, deeper - 1)
                    if not isinstance(under, dict):
                        place = _span(self.file, key.start_mark)
                        raise rejected("what is merged here is no object", place, "merge an object")
                    found |= under
        return found


def _scalar(node: ScalarNode, place: Span) -> Any:
    """The value of a scalar. A number stays the text that it is written as, for ids and titles may be such."""
    text, tag = str(node.value), str(node.tag).removeprefix(_KEY)
    _seen(text, place)
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("true", "yes", "on")
    return text


def _seen(text: str, place: Span) -> None:
    if _HIDDEN.search(text):
        raise rejected("this text has a hidden character in it", place, "take it out")


def _span(file: str, mark: Any) -> Span:
    line, column = mark.line + 1, mark.column + 1
    return Span(file, line, column, line, column + 1)


def rejected(message: str, place: Span, help: str) -> Rejected:
    """What is wrong at a place of a file, to be raised."""
    return Rejected([Diagnostic(message, place, help)])
