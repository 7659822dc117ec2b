"""The environment in which a condition is asked: one event, one leaf of each kind, one view of the subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from lawful.findings import UsedFact
from lawful.propagation.data import Datum, Leaves
from lawful.propagation.standing import Kleene, Standing
from lawful.system.model import NONE, UNKNOWN, Fact, Flow, Node, Party, Subject, System, Use
from lawful_dsl.frozen import frozen
from lawful_dsl.program import About, EventKind, Policy, Rule, State, Treat
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.vocabulary import Lattice

#: What stands for a place, a channel or a residence of which it is known that there is none.
NO_VALUE = "none"


@frozen
class Frame:
    """A carrier and its ends. Of a node's event, source and target are the node and there is no flow."""

    carrier: str
    source: Node
    target: Node
    flow: Flow | None = None

    @classmethod
    def at(cls, node: Node) -> Frame:
        """That of a node's events."""
        return cls(node.id, node, node)

    @property
    def span(self) -> Span:
        """Where the carrier is declared."""
        return self.flow.span if self.flow else self.target.span


@frozen
class Happening:
    """An event: the tuple of single values of semantics, section 4; empty words are unknown.

    `begins` says that the datum begins on the carrier. Of a join, `partner` is the extent that the
    datum is joined with and `join` the number of the node's declaration, -1 where there is none.
    """

    kind: EventKind
    frame: Frame
    datum: Datum
    use: Use
    place: str
    channel: str = ""
    begins: bool = False
    partner: int = 0
    join: int = -1

    def of(self, frame: Frame, datum: Datum) -> Happening:
        """The same of another carrier and datum."""
        return Happening(
            self.kind,
            frame,
            datum,
            self.use,
            self.place,
            self.channel,
            self.begins,
            self.partner,
            self.join,
        )


class Law:
    """What stays the same while one policy is judged on one system: the date's vocabulary, and who is who."""

    def __init__(
        self, policy: Policy, system: System, lattice: Lattice, standing: Standing, leaves: Leaves
    ) -> None:
        self.policy = policy
        self.system = system
        self.lattice = lattice
        self.standing = standing
        self.leaves = leaves
        self.events = dict(policy.events)
        self.extent = cache(self._extent)
        self.values = cache(lattice.values)
        self.governed = _by_kind(policy.governs)
        self.governing: dict[int, tuple[Node, Kleene]] = {}
        self._treats: dict[int, tuple[About, tuple[Treat, ...]]] = {}

    def _extent(self, terms: tuple[str, ...], excluded: tuple[str, ...] = ()) -> frozenset[str]:
        return self.lattice.extent(terms, excluded)

    def treats(self, rule: Rule) -> tuple[Treat, ...]:
        """The treatments by which a rule reads: none of a kind that it names, and none if it says `actual`."""
        about = rule.about
        found = self._treats.get(id(about))
        if found is None:
            treats = () if about.actual else self.policy.treats
            chosen = tuple(treat for treat in treats if treat.name not in about.names)
            found = self._treats[id(about)] = (about, chosen)
        return found[1]

    def party(self, node: Node) -> Party | None:
        """The party that owns a node."""
        return self.system.parties.get(node.owner)


def _by_kind(governs: Sequence[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    return {
        kind: tuple(name for each, name in governs if each == kind)
        for kind in dict.fromkeys(kind for kind, _ in governs)
    }


@dataclass(slots=True)
class Environment:
    """One question: a happening seen at single leaves, with states and the subject settled.

    `leaf` is None for unknown data; leaves of purpose, place, residence and partner are empty where
    unknown; `residence` is None where the residences are not judged one by one;
    `in_consent` while it is asked whether a consent is for a defined event.
    `subject` is the datum's, as treated where `treated`, None where unknown. `used` and `missing` gather facts when
    an explanation is wanted, and `untold` what is declared and yet not decided, as sentences.
    """

    law: Law
    happening: Happening
    leaf: str | None
    purpose: str
    place: str
    residence: str | None
    subject: Subject | None
    partner: str = ""
    treated: bool = False
    in_consent: bool = False
    states: dict[tuple[str, State], bool] = field(default_factory=dict)
    used: list[UsedFact] | None = None
    missing: list[UsedFact] | None = None
    untold: list[str] | None = None

    def note(
        self, answer: Kleene, of: str, name: str, value: str | Fact[str], span: Span = NOWHERE
    ) -> Kleene:
        """Remember the fact that an answer rests on, or lacks; gives the answer back."""
        gathered = self.missing if answer is None else self.used
        if gathered is not None:
            words = value if isinstance(value, str) else said(value)
            flow = self.happening.frame.flow
            if answer is None and flow and flow.id == of and _unsayable(flow, name):
                words, span = f"{words}, and not to be said of {flow.kind}", NOWHERE
            gathered.append(UsedFact(of, name, words, span))
        return answer

    def doubt(self, why: str) -> Kleene:
        """Remember why what is declared does not decide; gives unknown back."""
        if self.untold is not None:
            self.untold.append(why)
        return None

    def node(self, end: str) -> Node:
        """The node at an end."""
        frame = self.happening.frame
        return frame.source if end == "source" else frame.target

    def person(self, who: str) -> Subject | None:
        """The datum's subject, or the subject that is the node at an end."""
        if who == "subject":
            return self.subject
        node = self.node(who)
        return self.law.system.subjects.get(node.id) if node.kind == "subject" else None


#: What a flow of one's own says, and the line of a node that is hosted, or looked at, does not.
_SAID_OF_FLOWS = frozenset({"basis", "channel", "consent", "measures"})


def _unsayable(flow: Flow, name: str) -> bool:
    """Whether nothing in the language says a fact of a flow, since hosting or access makes it."""
    return flow.kind != "flow" and name in _SAID_OF_FLOWS


def said(fact: Fact[str]) -> str:
    """A fact in words."""
    if fact.values:
        return ", ".join(str(v) for v in fact.values) + ("" if fact.whole else " …")
    return "none" if fact.whole else "unknown"


def bases_of(environment: Environment) -> Fact[str]:
    """The bases claimed for an event: the carrier's, else those of the datum's origin (decision 29)."""
    happening = environment.happening
    if not happening.use.bases.silent:
        return happening.use.bases
    if happening.begins:
        return NONE
    beginning = happening.datum.beginning
    if not environment.purpose or beginning.uses is None:
        return UNKNOWN
    law = environment.law
    values: dict[str, None] = {}
    whole = True
    for use in beginning.uses:
        if not use.purpose:
            whole = False
        elif environment.purpose in law.extent((use.purpose,)):
            values.update(dict.fromkeys(use.bases.values))
            whole = whole and use.bases.whole
    return Fact(tuple(values), whole)
