"""The syntax of systems."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.brief import Spelt
from lawful_dsl.syntax.properties import Carry, Names, Prop
from lawful_dsl.syntax.shared import Name, Period, Text, Use, spanned


@frozen
class System:
    """`system NAME "label" for policy P as of DATE`."""

    name: Name
    label: Text | None = None
    policies: tuple[Name, ...] = ()
    as_of: str = ""
    span: Span = spanned()


@frozen
class PartyDecl:
    """`party ID "label" ...`."""

    id: Name
    label: Text | None
    props: tuple[Prop, ...]
    span: Span = spanned()


@frozen
class NodeDecl(Spelt):
    """`store ID "label" ...`, also `subject`; `kind` is the keyword, `owner` the block it stands in."""

    kind: str
    id: Name
    label: Text | None
    owner: Name | None
    props: tuple[Prop, ...]
    span: Span = spanned()


@frozen
class FlowDecl(Spelt):
    """`[ID:] source -> target : data props`."""

    id: Name | None
    source: Name
    target: Name
    carry: Carry | None
    props: tuple[Prop, ...]
    span: Span = spanned()


@frozen
class Each:
    """`each store PATTERN props`: what is said of all that have such an id, and declares none of them.

    `what` is `party`, `node`, `flow` or a kind of node.
    """

    what: str
    pattern: Name
    carry: Carry | None
    props: tuple[Prop, ...]
    span: Span = spanned()


@frozen
class FactDecl:
    """`fact breach_notice 48 hours`."""

    name: Name
    value: Name | int | str | Period | None
    span: Span = spanned()


@frozen
class Correct:
    """`correct ID WORD from A to B because "..."`."""

    id: Name
    word: Name
    old: Names
    new: Names
    because: Text
    span: Span = spanned()


@frozen
class Ignore:
    """`ignore FLOW because "..."`."""

    id: Name
    because: Text
    span: Span = spanned()


@frozen
class Waive:
    """`waive RULE of DATA at PATTERNS owner "..." because "..." until DATE`.

    Without `of` it is of all data, without `at` everywhere.
    """

    rule: Name
    of: tuple[Name, ...]
    at: tuple[Name, ...]
    owner: Text | None
    because: Text
    until: str
    span: Span = spanned()


@frozen
class Owned:
    """`PARTY { ... }`: the nodes of one party, in the order written."""

    owner: Name
    nodes: tuple[NodeDecl, ...]
    span: Span = spanned()


Declaration = PartyDecl | NodeDecl | Owned | FlowDecl | Each | FactDecl | Correct | Ignore


@frozen
class Expect:
    """`expect broken RULES on DATE { ... }`: the verdict of rules on a system with what is added to it.

    `verdict` is `broken`, `kept`, `undetermined` or `not exercised`.
    """

    verdict: str
    rules: tuple[Name, ...]
    on: str = ""
    added: tuple[Declaration, ...] = ()
    span: Span = spanned()


@frozen
class Test:
    """`test "..." clause IDS { ... }`: what some systems have in common, and what is expected of each."""

    label: Text
    clauses: tuple[Name, ...]
    given: tuple[Declaration, ...]
    expected: tuple[Expect, ...]
    span: Span = spanned()


FlowStatement = System | Use | Declaration | Waive | Expect | Test


@frozen
class Flows:
    """A `.flow` text."""

    statements: tuple[FlowStatement, ...]
    span: Span = spanned()
