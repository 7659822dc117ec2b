"""The syntax of what a system says of its parties, nodes and flows."""

from __future__ import annotations

from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span
from lawful_dsl.syntax.shared import Name, Period, StateRef, Value, spanned


@frozen
class Names:
    """A list as a system states it: `a, b`, `a, b ...` (open), `none` or `unknown`."""

    items: tuple[Name, ...] = ()
    open: bool = False
    span: Span = spanned()


@frozen
class Consent:
    """A consent on a flow: kind, giver and scope. `kind` none means that there is known to be no consent."""

    kind: Name
    giver: Name | None = None
    operations: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Consents:
    """The consents of a flow: a list, open or whole."""

    items: tuple[Consent, ...] = ()
    open: bool = False
    span: Span = spanned()


@frozen
class Carry:
    """What a flow declares to carry: every name a datum of its own; `all` with or without exceptions."""

    names: tuple[Name, ...] = ()
    all: bool = False
    excluded: tuple[Name, ...] = ()
    whose: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Pairing:
    """Purposes and the bases said for them: `for marketing on consent`."""

    purposes: Names | None
    bases: Names | None = None
    same: bool = False
    span: Span = spanned()


@frozen
class Change:
    """A transformation: a form (`aggregated`), `decrypting`, or `masking`/`tokenising` X as Y."""

    operation: str
    source: Name | None = None
    result: Name | None = None
    span: Span = spanned()


@frozen
class GuardDecl:
    """`unless STATE` or `only if STATE` on a flow."""

    word: str
    state: StateRef
    span: Span = spanned()


@frozen
class Placing:
    """`places COOKIE [lasting PERIOD]` on a flow to a device."""

    category: Name
    lifetime: Period | None
    span: Span = spanned()


@frozen
class Marking:
    """`mark X` or `unmark X` on a flow."""

    word: str
    names: tuple[Name, ...]
    span: Span = spanned()


@frozen
class RoleDecl:
    """`processor of end_user_data for support acting for customer` on a party."""

    role: str
    data: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    acting_for: Name | None = None
    span: Span = spanned()


@frozen
class Host:
    """`on PARTY`, with `keys ours` where only we can read what is stored there."""

    party: Name
    keys: str = ""
    span: Span = spanned()


@frozen
class Access:
    """`access GROUP for PURPOSES`."""

    group: Name
    purposes: Names | None = None
    span: Span = spanned()


@frozen
class Hold:
    """`holds DATA [of SUBJECTS] [for P] [on B] [with C]`; `generates` likewise; no data is `nothing`."""

    word: str
    data: tuple[Name, ...]
    whose: tuple[Name, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    consents: Consents | None = None
    under: Names | None = None
    span: Span = spanned()


@frozen
class JoinDecl:
    """`joins A with B [as C] [for P]`."""

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    result: Name | None = None
    purposes: Names | None = None
    consents: Consents | None = None
    span: Span = spanned()


@frozen
class Apart:
    """`keeps A apart from B`."""

    left: tuple[Name, ...]
    right: tuple[Name, ...]
    span: Span = spanned()


@frozen
class Derive:
    """`derives B from A [removing]`."""

    result: Name
    source: Name
    removing: bool = False
    span: Span = spanned()


@frozen
class Retention:
    """`retention PERIOD [of DATA] [for PURPOSES]`; no period is `unknown`."""

    period: Period | None
    data: tuple[Name, ...] = ()
    purposes: tuple[Name, ...] = ()
    span: Span = spanned()


@frozen
class Property:
    """A word and a list: `in US`, `under dpa, scc`, `honours erasure_request`, `site X`, bare words.

    `word` is empty for bare words (kinds of party, environments, measures, products).
    """

    word: str
    names: Names
    span: Span = spanned()


@frozen
class Certified:
    """`certified soc2 [from DATE] [until DATE]`."""

    names: Names
    since: str = ""
    until: str = ""
    span: Span = spanned()


@frozen
class Age:
    """`age 12`."""

    years: int
    span: Span = spanned()


@frozen
class Known:
    """`known` or `not known`."""

    value: bool
    span: Span = spanned()


@frozen
class Standing:
    """`state [not] opted_out of sale` on a subject."""

    state: StateRef
    value: bool
    span: Span = spanned()


@frozen
class Flag:
    """A property that is a word alone: `to another`, `extern`."""

    word: str
    span: Span = spanned()


Prop = (
    Property
    | Value
    | RoleDecl
    | Certified
    | Host
    | Access
    | Hold
    | JoinDecl
    | Apart
    | Derive
    | Retention
    | Age
    | Known
    | Standing
    | Flag
    | Consents
    | Pairing
    | Change
    | GuardDecl
    | Placing
    | Marking
)
