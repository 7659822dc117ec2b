"""Rules, policies and the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lawful_dsl.frozen import frozen
from lawful_dsl.program.conditions import TRUE, Condition
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Period
from lawful_dsl.vocabulary import Vocabulary


@frozen
class About:
    """What every rule says of itself. `messages` by language; `names` the subjects that it names.

    `unwaivable`: no waiver of its findings counts. `clauses` are those that the rule as a whole
    stands for; its exceptions and permits have theirs.
    """

    id: str
    severity: str = "medium"
    messages: tuple[tuple[str, str], ...] = ()
    citation: str = ""
    clauses: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    replaces: str = ""
    names: frozenset[str] = frozenset()
    actual: bool = False
    unwaivable: bool = False
    text: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Unless:
    """An exception, itself but for its own exceptions: it holds when `condition` and no nested one."""

    condition: Condition
    nested: tuple[Unless, ...] = ()
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Forbid:
    """No event matches, but for the exceptions."""

    about: About
    event: Condition
    exceptions: tuple[Unless, ...] = ()


@frozen
class Require:
    """Every event that matches has what is required.

    `attribute` is one of basis, consent, mechanism, measure, channel, certificate, contract,
    purpose, place, mark; `quantity` is `in` (one of those named), `all of`, `only` (at least one
    value, and none but those named).
    """

    about: About
    event: Condition
    attribute: str
    quantity: str
    terms: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@frozen
class Passage:
    """Every datum of the event is marked as having passed a node of one of these kinds of product."""

    about: About
    event: Condition
    through: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@frozen
class Reach:
    """At each node of the event a datum of these categories, of the same subject, arrives and is honoured."""

    about: About
    event: Condition
    terms: tuple[str, ...]
    exceptions: tuple[Unless, ...] = ()


@frozen
class Retain:
    """Storage or placement that matches lasts `at most`, `at least` or `exactly` the period."""

    about: About
    event: Condition
    bound: str
    period: Period
    exceptions: tuple[Unless, ...] = ()


@frozen
class Assert:
    """A fact of the system: a period with a bound, one of some words (`in`), or simply so (no bound)."""

    about: About
    fact: str
    bound: str = ""
    period: Period | None = None
    terms: tuple[str, ...] = ()


@frozen
class Permit:
    """One permit. `row` is its number in the register, from 1, or 0; `columns` its conditions by word."""

    condition: Condition
    columns: tuple[tuple[str, Condition], ...]
    exceptions: tuple[Unless, ...] = ()
    clauses: tuple[str, ...] = ()
    row: int = 0
    text: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Closed:
    """Every event that matches is admitted by a permit of this block or of one that it admits."""

    about: About
    event: Condition
    permits: tuple[Permit, ...]
    admits: tuple[str, ...] = ()


@frozen
class Readings:
    """One rule as the texts have it: the languages of a text, and its rule or None where it has none."""

    about: About
    readings: tuple[tuple[tuple[str, ...], Simple | None], ...]


Simple = Forbid | Require | Passage | Reach | Retain | Assert


Rule = Simple | Closed | Readings


def clauses_of(rule: Rule) -> tuple[str, ...]:
    """The clauses that a finding of the rule cites: its own, and those of its exceptions."""
    if isinstance(rule, Readings):
        inner = [c for _, reading in rule.readings if reading for c in clauses_of(reading)]
    elif isinstance(rule, Closed | Assert):
        inner = []
    else:
        inner = [clause for item in rule.exceptions for clause in _within(item)]
    return tuple(dict.fromkeys((*rule.about.clauses, *inner)))


def _within(exception: Unless) -> Iterator[str]:
    yield from exception.clauses
    for nested in exception.nested:
        yield from _within(nested)


@frozen
class Treat:
    """Data of a subject that satisfies `condition` is judged as that of the `as_` that it is declared of."""

    name: str
    condition: Condition
    as_: str
    when: Condition
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Prevails:
    """`over` prevails over `under` (ids of rules or names of policies) for the events that match."""

    over: str
    under: str
    event: Condition = TRUE
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Clause:
    """One clause of the document, as its register has it.

    `modality` is one of definition, attribution, obligation, prohibition, permission, right,
    precedence, notice; `checkable` one of graph, metadata, process, no, and `because` says why so.
    """

    id: str
    section: str
    modality: str
    checkable: str
    says: str
    because: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Definition:
    """A name that is defined by others, and the clauses that define it; conditions have it written out."""

    name: str
    clauses: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@frozen
class Policy:
    """One version of a policy. Rule ids are unique in it; dates are ISO; `governs` by kind and name.

    `clauses` are those of the registers in use, `cited` those for which `by`, `governs`, `effective`
    and `text` stand, `definitions` the names defined in what it uses,
    `events` are the defined kinds of event by name, `packs` the rules' homes by rule id (for
    `prevails` between policies and packs: a name stands for all rules of that home).
    """

    name: str
    label: str = ""
    by: str = ""
    governs: tuple[tuple[str, str], ...] = ()
    effective: str = ""
    until: str = ""
    texts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    treats: tuple[Treat, ...] = ()
    prevails: tuple[Prevails, ...] = ()
    events: tuple[tuple[str, Condition], ...] = ()
    homes: tuple[tuple[str, str], ...] = ()
    clauses: tuple[Clause, ...] = ()
    cited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    definitions: tuple[Definition, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, eq=False)
class Program:
    """All that the policies and vocabularies say, resolved."""

    vocabulary: Vocabulary
    policies: tuple[Policy, ...] = ()


def rules_named(name: str, policy: Policy, policies: Sequence[Policy]) -> list[tuple[str, str]]:
    """The rules for which a name stands in `prevails`, by policy and id: those of a policy or pack, and one of that id.

    An id is looked for in the policy that says it, and in the others where it has none.
    """
    found = []
    for each in policies:
        homes = dict(each.homes)
        found += [
            (each.name, rule.about.id)
            for rule in each.rules
            if homes.get(rule.about.id, each.name) == name
        ]
    own = [(policy.name, r.about.id) for r in policy.rules if r.about.id == name]
    others = [(p.name, r.about.id) for p in policies for r in p.rules if r.about.id == name]
    return [*found, *(own or others)]
