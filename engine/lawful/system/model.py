"""The checked system: parties, subjects, nodes and flows with every name resolved.

What `link` makes and the checkers read. Names of terms are those of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lawful.system.likeness import Likeness
from lawful_dsl.frozen import frozen
from lawful_dsl.program import State
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Period
from lawful_dsl.vocabulary import AttributeValue

Value = TypeVar("Value")


@frozen
class Fact(Generic[Value]):
    """What is known of an attribute: its values, and whether they are all of them.

    No values and whole is `none`; no values and not whole is unknown. `said` is true only where
    the text itself says `unknown`, which is no silence.
    """

    values: tuple[Value, ...] = ()
    whole: bool = False
    span: Span = field(default=NOWHERE, compare=False)
    said: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known."""
        return not self.values and not self.whole

    @property
    def silent(self) -> bool:
        """Whether nothing is said of it at all, not even `unknown`."""
        return self.unknown and not self.said


UNKNOWN: Fact[str] = Fact()
NONE: Fact[str] = Fact((), True)


@frozen
class Role:
    """A role that a party holds, for some data and purposes (none named: all); whom it acts for."""

    role: str
    data: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    acting_for: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Certificate:
    """A certificate that a party holds, from and until ISO dates (empty: always)."""

    term: str
    since: str = ""
    until: str = ""

    def holds_on(self, date: str) -> bool:
        """Whether it is held on a date."""
        return (not self.since or self.since <= date) and (not self.until or date <= self.until)


@frozen
class Party:
    """A party."""

    id: str
    label: str = ""
    kinds: Fact[str] = UNKNOWN
    places: Fact[str] = UNKNOWN
    contracts: Fact[str] = UNKNOWN
    certificates: Fact[Certificate] = Fact()
    roles: tuple[Role, ...] = ()
    affiliate_of: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Subject:
    """Everyone of a kind. `kind` is a term of the vocabulary; `of` the id of another subject, or empty."""

    id: str
    kind: str
    label: str = ""
    residences: Fact[str] = UNKNOWN
    age: int | None = None
    known: bool | None = None
    of: str = ""
    states: Mapping[State, bool] = field(default_factory=dict)
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Consent:
    """A consent given on a flow; a dimension left out is empty. Operations are kinds of event."""

    kind: str
    giver: str = ""
    operations: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Use:
    """One purpose of a carrier and the bases said for it; purpose empty is unknown."""

    purpose: str = ""
    bases: Fact[str] = UNKNOWN


@frozen
class Origin:
    """What starts at a node: `holds` (expected; starts where it does not arrive) or `generates`.

    One per declared term. `subject` is the id of a subject, or empty where not said.
    """

    word: str
    term: str
    subject: str = ""
    uses: tuple[Use, ...] = ()
    consents: Fact[Consent] = Fact()
    mechanisms: Fact[str] = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Join:
    """A declared combination at a node; `result` is a category, or empty: the data stay what they are."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    result: str = ""
    purposes: Fact[str] = UNKNOWN
    consents: Fact[Consent] = Fact()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Derivation:
    """`derives result from source`, `removing` the source."""

    result: str
    source: str
    removing: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Kept:
    """How long a node keeps some data for some purposes (none named: all); no period is unknown."""

    period: Period | None
    data: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Node(Likeness):
    """A node. `owner` is the id of a party, or empty. A party that is an end of a flow has a node of its id.

    `places` is already the node's own, else its host's, else its owner's. `holds_nothing` is the
    declaration that it holds nothing. `outside` are policies that it is not within, `formerly` the ids that it had.
    """

    id: str
    kind: str
    label: str = ""
    owner: str = ""
    subject: str = ""
    places: Fact[str] = UNKNOWN
    host: str = ""
    environments: Fact[str] = UNKNOWN
    products: Fact[str] = UNKNOWN
    sites: Fact[str] = UNKNOWN
    measures: Fact[str] = UNKNOWN
    purposes: Fact[str] = UNKNOWN
    honours: Fact[str] = UNKNOWN
    origins: tuple[Origin, ...] = ()
    holds_nothing: bool = False
    joins: tuple[Join, ...] = ()
    apart: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    derivations: tuple[Derivation, ...] = ()
    kept: tuple[Kept, ...] = ()
    outside: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def silent(self) -> bool:
        """Whether it declares nothing of what it holds."""
        return not (self.origins or self.holds_nothing)

    @property
    def keeps(self) -> bool:
        """Whether what it holds stays there: a store, or another node that says for how long."""
        return self.kind == "store" or bool(self.kept)

    @property
    def alone(self) -> bool:
        """Whether it is known that no party owns it."""
        return self.kind == "subject" or (not self.owner and self.kind in ("source", "recipient"))


@frozen
class Guard:
    """`unless STATE` (removes those in it) or `only_if` (removes those not in it)."""

    state: State
    only_if: bool = False


@frozen
class Change:
    """A transformation on a flow: a form (`aggregated`), `decrypting`, `masking` or `tokenising`."""

    operation: str
    source: str = ""
    result: str = ""


@frozen
class Carried:
    """One datum that a flow declares: a term, or everything (`term` empty) less the excluded."""

    term: str = ""
    excluded: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether it is `all`, with nothing excepted."""
        return not self.term and not self.excluded


@frozen
class Flow(Likeness):
    """A flow. `kind` is `flow`, `hosting` (a node on a party) or `access` (of a group to a node).

    `carries` is None where it declares no data. `whose` are ids of subjects or kinds of subject.
    `places` is the place of the target unless hosting sets it. `uses` has one entry per purpose,
    the empty one for an unknown purpose; `bases` is what `on` says for all of them (already in each
    use that says none of its own). `same` means for the purposes for which each datum was
    collected. `from_flows` are ids of flows into the source. `file`, `line` and pointer of the
    declaration are in `span`.
    """

    id: str
    kind: str
    source: str
    target: str
    carries: tuple[Carried, ...] | None = None
    whose: tuple[str, ...] = ()
    uses: tuple[Use, ...] = (Use(),)
    same: bool = False
    bases: Fact[str] = UNKNOWN
    consents: Fact[Consent] = Fact()
    mechanisms: Fact[str] = UNKNOWN
    channels: Fact[str] = UNKNOWN
    measures: Fact[str] = UNKNOWN
    consideration: Fact[str] = NONE
    guards: tuple[Guard, ...] = ()
    changes: tuple[Change, ...] = ()
    marks: tuple[str, ...] = ()
    unmarks: tuple[str, ...] = ()
    from_flows: tuple[str, ...] = ()
    places: Fact[str] = UNKNOWN
    placing: str = ""
    lifetime: Period | None = None
    another: bool = False
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def silent(self) -> bool:
        """Whether it declares no data, so that it carries everything."""
        return self.carries is None


@frozen
class Notice:
    """Something that a report must say of a system beside its findings, such as an ignored flow.

    `of` is what it is about, where a text takes back what is said of it: the flow that is ignored, or who or
    what is corrected, and in which word.
    """

    kind: str
    message: str
    of: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Waiver:
    """`waive RULE of DATA at PATTERNS ...`, resolved: the rules by policy and id, the carriers by id.

    `rule` and `at` are as written, `of` are categories; of all data where it is empty. `carriers` is None
    where it is not said at which: then at all.
    """

    rule: str
    of: tuple[str, ...]
    at: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    carriers: frozenset[str] | None
    owner: str
    because: str
    until: str
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """What reports call it: its rule, of what data and where it is waived."""
        of = f" of {', '.join(self.of)}" if self.of else ""
        at = f" at {', '.join(self.at)}" if self.at else ""
        return f"{self.rule}{of}{at}"


@frozen(order=True)
class Unmatched:
    """A statement about all that a pattern stands for, of which there is nothing: its own words, its place."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, eq=False)
class System:
    """A system, linked. Mappings and tuples are in the order of ids; `facts` are asserted facts by name.

    `policies` are the policies that it names; `as_of` an ISO date or empty; `span` is where it is named.
    """

    name: str
    label: str = ""
    policies: tuple[str, ...] = ()
    as_of: str = ""
    parties: Mapping[str, Party] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()
    facts: Mapping[str, AttributeValue] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    span: Span = NOWHERE
