"""Schema: the JSON form of a system, key by key, as pydantic models."""

# ruff: noqa: RUF012 - pydantic copies the defaults of its models

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, Tag

from lawful.system.document.values import (
    Attributes,
    Consents,
    Date,
    Identifier,
    Label,
    Model,
    Names,
    Paired,
    Period,
    Retained,
    State,
    Value,
    Whole,
    one_of,
)

# --- parties --------------------------------------------------------------------------------------


class Certified(Model):
    """Certificates, from and until dates."""

    names: Names
    since: Date | None = None
    until: Date | None = None


class Role(Model):
    """A role, for some data and purposes (none: all), and whom it acts for."""

    role: Literal["controller", "joint_controller", "processor", "sub_processor", "conduit"]
    data: list[Identifier] = []
    purposes: list[Identifier] = []
    acting_for: Identifier | None = None


class Party(Model):
    """A party."""

    id: Identifier
    label: Label | None = None
    kinds: list[Identifier] = []
    places: Names | None = None
    contracts: Names | None = None
    certificates: list[Certified] = []
    affiliate_of: Identifier | None = None
    roles: list[Role] = []
    attributes: Attributes = {}


# --- nodes ----------------------------------------------------------------------------------------


class Host(Model):
    """The party on which a node is, and whose keys encrypt what it holds."""

    party: Identifier
    keys: Literal["ours", "theirs"] | None = None


class Access(Model):
    """Who has access, and for what."""

    group: Identifier
    purposes: Names | None = None


class Held(Model):
    """What a node holds or generates; no data at all is `nothing`."""

    data: list[Identifier]
    of: list[Identifier] = []
    purposes: Names | None = None
    paired: list[Paired] = []
    same: bool = False
    consents: Consents | None = None
    mechanisms: Names | None = None


class Join(Model):
    """Data that a node joins, and what they become."""

    left: list[Identifier] = Field(min_length=1)
    right: list[Identifier] = Field(min_length=1)
    result: Identifier | None = None
    purposes: Names | None = None
    consents: Consents | None = None


class Apart(Model):
    """Data that a node keeps apart."""

    left: list[Identifier] = Field(min_length=1)
    right: list[Identifier] = Field(min_length=1)


class Derivation(Model):
    """What a node derives from what, and whether it removes that."""

    result: Identifier
    source: Identifier
    removing: bool = False


class Retention(Model):
    """How long a node keeps some data for some purposes (none: all)."""

    period: Retained
    data: list[Identifier] = []
    purposes: list[Identifier] = []


class Standing(State):
    """A state, and whether the subject is in it."""

    value: bool


class Node(Model):
    """A subject, client, device, service, store, source or recipient.

    `words` are words without one before them: environments, kinds of product, measures. `is_a` is
    the kind of a subject, or of product. `of` is the subject of a device or of a subject.
    """

    id: Identifier
    kind: Literal["subject", "client", "device", "service", "store", "source", "recipient"]
    label: Label | None = None
    owner: Identifier | None = None
    words: list[Identifier] = []
    is_a: Identifier | None = None
    of: Identifier | None = None
    places: Names | None = None
    purposes: Names | None = None
    measures: Names | None = None
    honours: Names | None = None
    sites: Names | None = None
    outside: list[Identifier] = []
    formerly: list[Identifier] = []
    host: Host | None = None
    access: list[Access] = []
    retention: list[Retention] = []
    holds: list[Held] = []
    generates: list[Held] = []
    joins: list[Join] = []
    apart: list[Apart] = []
    derives: list[Derivation] = []
    age: Whole | None = None
    known: bool | None = None
    states: list[Standing] = []
    extern: bool = False
    attributes: Attributes = {}


# --- flows ----------------------------------------------------------------------------------------


class AllExcept(Model):
    """Everything but these."""

    all_except: list[Identifier] = Field(min_length=1)


Data = Annotated[
    Annotated[Annotated[list[Identifier], Field(min_length=1)], Tag("~list")]
    | Annotated[AllExcept, Tag("~except")]
    | Annotated[Literal["all"], Tag("~word")],
    one_of('a list of data categories, "all" or {"all_except": [categories]}'),
]


class FormChange(Model):
    """A form that the data take, or `decrypting`."""

    form: Literal["encrypted", "pseudonymised", "aggregated", "anonymised", "decrypting"]


class TermChange(Model):
    """A category that is masked or tokenised, and what it becomes."""

    operation: Literal["masking", "tokenising"]
    source: Identifier
    result: Identifier


Change = Annotated[
    Annotated[FormChange, Tag("~form")] | Annotated[TermChange, Tag("~operation")],
    one_of('{"form": "aggregated"} or {"operation": "masking", "source": name, "result": name}'),
]


class Guard(State):
    """`unless` or `only if` a state."""

    word: Literal["unless", "only if"]


class Placing(Model):
    """What a flow places on a device, and for how long."""

    category: Identifier
    lifetime: Period | None = None


class Flow(Model):
    """A flow. `of` says whose data; `words` are measures; `from_flows` the flows it takes from."""

    id: Identifier | None = None
    source: Identifier
    target: Identifier
    data: Data | None = None
    of: list[Identifier] = []
    purposes: Names | None = None
    paired: list[Paired] = []
    same: bool = False
    bases: Names | None = None
    consents: Consents | None = None
    mechanisms: Names | None = None
    channels: Names | None = None
    measures: Names | None = None
    words: list[Identifier] = []
    consideration: Names | None = None
    guards: list[Guard] = []
    changes: list[Change] = []
    marks: list[Identifier] = []
    unmarks: list[Identifier] = []
    from_flows: list[Identifier] = []
    places: Placing | None = None
    to_another: bool = False
    attributes: Attributes = {}


# --- the whole ------------------------------------------------------------------------------------


class System(Model):
    """The name of the system, its policies and its date."""

    name: Identifier
    label: Label | None = None
    policies: list[Identifier] = []
    as_of: Date | None = None


class Fact(Model):
    """A fact of the system; one without a value is so."""

    name: Identifier
    value: Value | None = None


class Correction(Model):
    """A fact that another layer has wrong."""

    id: Identifier
    word: Identifier
    old: Names
    new: Names
    because: Label


class Ignored(Model):
    """A flow to leave out."""

    id: Identifier
    because: Label


class Waiver(Model):
    """Findings of a rule that are accepted for a time; `at` are patterns of ids of flows and nodes.

    `of` are the data of which they are accepted; all, where none are said.
    """

    rule: Identifier
    of: list[Identifier] = []
    at: list[Identifier] = []
    owner: Label | None = None
    because: Label
    until: Date


class EachNode(Node):
    """What is said of every node whose id fits the pattern in `id`; of kind `node`, whatever its kind."""

    kind: Literal[  # type: ignore[assignment]  # one more than a declaration has
        "node", "subject", "client", "device", "service", "store", "source", "recipient"
    ]


class EachFlow(Flow):
    """What is said of every flow whose id fits the pattern in `id`, whatever its ends."""

    id: Identifier
    source: Literal["*"] = "*"
    target: Literal["*"] = "*"


class Each(Model):
    """What is said of all whose ids fit a pattern, in which `*` stands for anything; it declares none of them."""

    parties: list[Party] = []
    nodes: list[EachNode] = []
    flows: list[EachFlow] = []


class Header(Model):
    """What the document is of, and the vocabularies that it uses."""

    lawful: Literal[1]
    use: list[Identifier] = []
    system: System | None = None


class Declarations(Model):
    """What is declared, in a document, in a test or in what a test expects."""

    parties: list[Party] = []
    nodes: list[Node] = []
    flows: list[Flow] = []
    each: Each | None = None
    facts: list[Fact] = []
    corrections: list[Correction] = []
    ignored: list[Ignored] = []


class Expectation(Declarations):
    """The verdict that some rules are to have on a system with these declarations."""

    verdict: Literal["broken", "kept", "undetermined", "not exercised"]
    rules: list[Identifier] = Field(min_length=1)
    on: Date | None = None


class Test(Declarations):
    """What some systems have in common, and what is expected of each."""

    label: Label
    clauses: list[Identifier] = []
    expected: list[Expectation] = Field(min_length=1)


class Document(Declarations, Header):
    """A system, or a part of one."""

    waivers: list[Waiver] = []
    expected: list[Expectation] = []
    tests: list[Test] = []


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, as it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(),
        "title": "A system, for Lawful",
    }
