"""In JSON: a file of Terraform that is written as JSON (`.tf.json`), as the blocks that it means.

What is a block and what a map only the provider's schema says. Here what has further objects in it is a block, and
what has none is a map: settings are found in both alike. Places are JSON pointers.
"""

from __future__ import annotations

from collections.abc import Iterator

from lawful.importers._hcl import Attribute, Block, Body, Expression, Items, Literal, Object
from lawful.importers._hcl.expressions import whole_text
from lawful.system.document.pointed import Pointed, read_object
from lawful_dsl.diagnostics import Diagnostic, Rejected
from lawful_dsl.source import Source

#: How many labels the blocks of a file have; all others have none.
_LABELS = {"data": 2, "module": 1, "output": 1, "provider": 1, "resource": 2, "variable": 1}
#: Blocks within a resource that have a label, the one that has no label, and settings that are values always.
_LABELLED = ("dynamic", "provisioner")
_CONTENT = "content"
_VALUES = ("count", "depends_on", "for_each", "provider")
_REMARK = "//"


def parse_json(source: Source) -> Body:
    """What a file says."""
    at = read_object(source)
    blocks = []
    for key in _keys(at):
        within = key in ("data", "resource")
        for labels, inner in _labelled(at.at(key), _LABELS.get(key, 0)):
            body = _blocks(inner) if within else values_of(inner)
            blocks.append(Block(key, labels, body, inner.span))
    return Body({}, tuple(blocks))


def parse_values(source: Source) -> Body:
    """The values that a file gives to variables."""
    return values_of(read_object(source))


def values_of(at: Pointed) -> Body:
    """An object whose keys are all settings."""
    return Body({key: _attribute(at, key) for key in _keys(at)}, ())


def _labelled(at: Pointed, number: int) -> Iterator[tuple[tuple[str, ...], Pointed]]:
    """The bodies of blocks, each with its labels, through lists of such."""
    if isinstance(at.value, list):
        for position in range(len(at.value)):
            yield from _labelled(at.at(position), number)
    elif not isinstance(at.value, dict):
        at.reject("here should be a block", "write an object")
    elif number == 0:
        yield (), at
    else:
        for key in _keys(at):
            for labels, inner in _labelled(at.at(key), number - 1):
                yield (key, *labels), inner


def _blocks(at: Pointed, *, made: bool = False) -> Body:
    """An object as the settings and blocks that it has; one whose content is `made` of something has that."""
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for key in _keys(at):
        inner = at.at(key)
        if key in _LABELLED:
            for labels, body in _labelled(inner, 1):
                blocks.append(Block(key, labels, _blocks(body, made=True), body.span))
        elif key not in _VALUES and (_is_block(inner.value) or (made and key == _CONTENT)):
            blocks += (Block(key, (), _blocks(body), body.span) for _, body in _labelled(inner, 0))
        else:
            attributes[key] = _attribute(at, key)
    return Body(attributes, tuple(blocks))


def _is_block(value: object) -> bool:
    """Whether a value is a block, or several."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    if not isinstance(value, dict):
        return False
    return any(
        isinstance(each, dict)
        or (isinstance(each, list) and any(isinstance(inner, dict) for inner in each))
        for each in value.values()
    )


def _attribute(at: Pointed, key: str) -> Attribute:
    inner = at.at(key)
    return Attribute(key, _expression(inner), inner.span)


def _expression(at: Pointed) -> Expression:
    """A value; a text may have expressions in it."""
    value = at.value
    if isinstance(value, str):
        try:
            return whole_text(Source(at.file, value))
        except Rejected as rejected:
            (first, *_) = rejected.diagnostics
            raise Rejected([Diagnostic(first.message, at.span, first.help)]) from None
    if isinstance(value, list):
        return Items(tuple(_expression(at.at(number)) for number in range(len(value))))
    if isinstance(value, dict):
        return Object(tuple((Literal(key), _expression(at.at(key))) for key in _keys(at)))
    return Literal(value)


def _keys(at: Pointed) -> list[str]:
    """The keys of an object that are no remarks."""
    return [key for key in at.value if key != _REMARK]
