"""Edits: what can be done to a system, or to the rules, while a session is on."""

from __future__ import annotations

from lawful.system.model import Flow, Node, System
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Program
from lawful_dsl.vocabulary import AttributeValue


@frozen
class PutFlow:
    """A flow comes, or stands in the place of the one of its id. Its ends, and what it is `from`, are there."""

    flow: Flow


@frozen
class DropFlow:
    """A flow goes. No other is `from` it."""

    id: str


@frozen
class PutNode:
    """A node comes, or stands in the place of the one of its id."""

    node: Node


@frozen
class DropNode:
    """A node goes. No flow is at it."""

    id: str


@frozen
class PutFact:
    """A fact of the system as a whole is declared, or declared otherwise."""

    name: str
    value: AttributeValue


@frozen
class DropFact:
    """A fact of the system as a whole is declared no more."""

    name: str


@frozen
class Law:
    """The rules are others: a policy or the vocabulary was edited."""

    program: Program


@frozen
class Whole:
    """The system is another: whatever has no edit of its own, such as parties and subjects, was edited."""

    system: System


Edit = PutFlow | DropFlow | PutNode | DropNode | PutFact | DropFact | Law | Whole
