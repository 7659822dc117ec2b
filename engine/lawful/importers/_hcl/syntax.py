"""Syntax: what a text of HCL is made of: blocks, attributes and their expressions."""

from __future__ import annotations

from collections.abc import Iterator

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span


@frozen
class Literal:
    """A value that stands there: a text, a number, yes or no, or nothing."""

    value: str | int | float | bool | None


@frozen
class Template:
    """A text with expressions in it; what repeats or chooses within it is there as an operation."""

    parts: tuple[Expression, ...]


@frozen
class Traversal:
    """What is reached from a name or an expression: `var.names`, `local.all[each.key].id`.

    A step is the name of an attribute, a key in brackets (`["a"]`, `[0]`, `[*]`) or, where an expression
    gives the key, the expression.
    """

    root: str | Expression
    steps: tuple[str | Expression, ...]


@frozen
class Items:
    """A list."""

    items: tuple[Expression, ...]


@frozen
class Object:
    """A map: a key that is a bare name is a text."""

    entries: tuple[tuple[Expression, Expression], ...]


@frozen
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@frozen
class Choice:
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


@frozen
class Comprehension:
    """`for`: the names that it binds, what it goes through, and what it makes of that; `key` is that of a map.

    One that is `grouped` makes a list of what has the same key.
    """

    names: tuple[str, ...]
    over: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    grouped: bool = False


@frozen
class Operation:
    """Operands with signs between them: `a == b`, `!a`."""

    signs: tuple[str, ...]
    operands: tuple[Expression, ...]


Expression = (
    Literal | Template | Traversal | Items | Object | Call | Choice | Comprehension | Operation
)


@frozen
class Attribute:
    """A name and the expression that it is given."""

    name: str
    value: Expression
    span: Span


@frozen
class Body:
    """What is in a file or a block."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]

    def of(self, type: str) -> Iterator[Block]:
        """The blocks of a type."""
        return (block for block in self.blocks if block.type == type)


@frozen
class Block:
    """A type, labels and what is within."""

    type: str
    labels: tuple[str, ...]
    body: Body
    span: Span


def inner(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that stand directly within one."""
    match expression:
        case Template(parts) | Items(parts) | Call(_, parts) | Operation(_, parts):
            return parts
        case Object(entries):
            return tuple(each for entry in entries for each in entry)
        case Choice(condition, yes, no):
            return condition, yes, no
        case Comprehension(_, over, key, value, condition):
            return tuple(each for each in (over, key, value, condition) if each is not None)
        case Traversal(root, steps):
            return tuple(each for each in (root, *steps) if not isinstance(each, str))
    return ()
