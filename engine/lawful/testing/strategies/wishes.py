"""Wishes: what a condition asks of an event, as a formula over the dimensions of the scene that has it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from lawful.rules.periods import compare
from lawful.testing.strategies.choices import (
    FALSE,
    TRUE,
    Among,
    Domains,
    Formula,
    Value,
    both,
    either,
    negate,
)
from lawful.testing.strategies.space import ANOTHER, NOTHING, OWN, PARTY, US, Space
from lawful_dsl import program as p
from lawful_dsl.program import ACTING_ROLES, Condition, EventKind, Form
from lawful_dsl.syntax import Length, Unlimited
from lawful_dsl.vocabulary import Lattice

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Moment:
    """One event of a scene: its kind, and on which carrier: the flow, the flow before it, or the node.

    `origin` is the prefix of the dimensions of the flow on which the datum began.
    """

    kind: EventKind
    on: str = "flow"
    origin: str = ""

    @property
    def carrier(self) -> str:
        """The prefix of the dimensions of the carrier."""
        return {"flow": "", "before": "o.", "node": "n."}[self.on]

    def end(self, end: str) -> str:
        """The dimensions in which an end of the event is described."""
        if self.on == "node":
            return "target"
        return "source" if self.on == "before" and end == "target" else end


@dataclass(frozen=True, eq=False)
class Wishes:
    """What is asked of one moment."""

    lattice: Lattice
    space: Space
    domains: Domains
    moment: Moment

    def of(self, condition: Condition) -> Formula:
        """The formula of a condition."""
        return ASKED[type(condition)](self, condition)

    def negated(self, condition: Condition) -> Formula:
        """The formula of what the condition excludes."""
        return self.no(self.of(condition))

    def no(self, formula: Formula) -> Formula:
        """The formula that holds where this one does not."""
        return negate(formula, self.domains)

    def below(self, dimension: str, terms: Iterable[str]) -> Formula:
        """The value is one of the terms, or below one."""
        wanted = {*terms}
        found = [
            value
            for value in self.space[dimension]
            if any(
                wanted & self.lattice.ancestors(term)
                for term in (value if isinstance(value, tuple) else (value,))
                if term in self.lattice.vocabulary.terms
            )
        ]
        return self.among(dimension, found)

    def among(self, dimension: str, values: Iterable[Value]) -> Formula:
        """The value is one of some."""
        found = frozenset(values)
        return Among(dimension, found) if found else FALSE

    def any_of(self, word: str, terms: Iterable[str], prefix: str | None = None) -> Formula:
        """One of the terms is said of what may have several."""
        start = f"{self.moment.carrier if prefix is None else prefix}{word}:"
        wanted = {*terms}
        names = [d.removeprefix(start) for d in self.space if d.startswith(start)]
        return either(
            *(
                Among(start + n, frozenset({True}))
                for n in names
                if wanted & self.lattice.ancestors(n)
            )
        )

    def who(self, end: str, *who: str) -> Formula:
        """Who stands at an end."""
        if self.moment.on == "before" and end == "source":
            return TRUE if OWN in who else FALSE
        return self.among(self.moment.end(end), who)

    def seat(self, end: str, dimension: str, terms: Iterable[str]) -> Formula:
        """What is asked of the party at an end: of us, or of the other."""
        wanted = tuple(terms)
        return either(
            both(self.who(end, US), self.below(f"us.{dimension}", wanted)),
            both(self.who(end, PARTY), self.below(f"party.{dimension}", wanted)),
        )

    def of_party(self, end: str, word: str, terms: Iterable[str]) -> Formula:
        """One of the terms is said of the party at an end, which may have several."""
        wanted = tuple(terms)
        return either(
            *(
                both(self.who(end, party), self.any_of(word, wanted, f"{party}."))
                for party in (US, PARTY)
            )
        )

    def datum(self, leaves: Collection[Value]) -> Formula:
        """The datum is one of some; on its way to where something else is made of it, that of which it is made."""
        is_one = self.among("data", (d for d in self.space["data"] if d in leaves))
        if self.moment.on != "before":
            return is_one
        made = self.among("comes_from", (d for d in self.space["comes_from"] if d in leaves))
        return either(both(self.among("comes_from", [NOTHING]), is_one), made)

    def role(self, end: str, roles: Iterable[str]) -> Formula:
        """The role of the party at an end."""
        wanted = [*roles]
        found: list[Formula] = []
        for who in (US, PARTY):
            there = [r for r in self.space[f"{who}.role"] if r in wanted]
            found.append(both(self.who(end, who), self.among(f"{who}.role", there)))
        return either(*found)

    def node(self, end: str, dimension: str, terms: Iterable[str]) -> Formula:
        """What is asked of the node at an end, where that is no person."""
        if self.moment.on == "before" and end == "source":
            return FALSE
        return both(
            self.who(end, US, PARTY), self.below(f"{self.moment.end(end)}.{dimension}", terms)
        )

    def place(self, end: str, terms: Iterable[str]) -> Formula:
        """The place of an end."""
        wanted = tuple(terms)
        return either(
            self.node(end, "place", wanted),
            both(self.who(end, OWN, ANOTHER), self.below("residence", wanted)),
        )


def _data(w: Wishes, c: p.DataIn) -> Formula:
    named = w.lattice.extent(c.terms) if c.terms else w.lattice.all_data
    return both(w.datum(named - w.lattice.extent(c.excluded)), _form(w, c.forms))


def _form(w: Wishes, forms: frozenset[Form]) -> Formula:
    if w.moment.on == "before":
        return TRUE if Form.IDENTIFIABLE in forms else FALSE
    return w.among("form", (f for f in w.space["form"] if f in forms))


def _lineage(w: Wishes, c: p.LineageIn) -> Formula:
    named = w.datum(w.lattice.extent(c.terms))
    made = FALSE if w.moment.on == "before" else w.below("comes_from", c.terms)
    return both(either(named, made), _form(w, c.forms))


def _attribute(w: Wishes, c: p.AttributeIs) -> Formula:
    if c.where == "data":
        worth = w.lattice.values(c.name)
        return w.datum({leaf for leaf in worth if _compares(worth[leaf], c, w)})
    owner = w.lattice.vocabulary.attributes[c.name].owner
    if owner == "party":
        return either(*(both(w.who(c.where, who), _worth(w, who, c)) for who in (US, PARTY)))
    if owner == "node":
        if w.moment.on == "before" and c.where == "source":
            return FALSE
        return both(w.who(c.where, US, PARTY), _worth(w, w.moment.end(c.where), c))
    if owner == "flow" and w.moment.on == "node":
        return FALSE
    return _worth(w, owner, c)


def _worth(w: Wishes, of: str, c: p.AttributeIs) -> Formula:
    """The attribute of something compares as it is asked."""
    dimension = f"{of}.={c.name}"
    return w.among(dimension, (v for v in w.space[dimension] if _compares(v, c, w)))


def _compares(value: Any, asked: p.AttributeIs, w: Wishes) -> bool:
    if isinstance(value, Length | Unlimited):
        wanted: Any = asked.value
        return compare(value, wanted, w.lattice).holds(asked.operator) is True
    return type(value) is type(asked.value) and _COMPARED[asked.operator](value, asked.value)


def _within_collected(w: Wishes, c: p.PurposeWithinCollected) -> Formula:
    ours, theirs = f"{w.moment.carrier}purpose", f"{w.moment.origin}purpose"
    if ours == theirs:
        return TRUE
    return either(*(both(w.among(ours, [each]), w.among(theirs, [each])) for each in w.space[ours]))


def _at_home(w: Wishes, c: p.PlaceInResidence) -> Formula:
    return either(*(both(w.place("target", [t]), w.below("residence", [t])) for t in _places(w)))


def _places(w: Wishes) -> list[str]:
    return [place for place in w.space["residence"] if isinstance(place, str)]


def _third_party(w: Wishes, c: p.ThirdPartyIs) -> Formula:
    return w.who(c.end, PARTY, ANOTHER)


def _outside(w: Wishes, c: p.OutsideIs) -> Formula:
    not_acting = (r for r in p.ROLES if r not in ACTING_ROLES)
    controls = w.among("party.role", not_acting)
    return either(w.who(c.end, OWN, ANOTHER), both(w.who(c.end, PARTY), controls))


def _subject(w: Wishes, c: p.SubjectIs) -> Formula:
    if c.who == "subject":
        return w.below("subject", c.terms)
    return both(w.who(c.who, OWN, ANOTHER), w.below("subject", c.terms))


def _consent(w: Wishes, c: p.ConsentIs) -> Formula:
    given = w.below("giver", [c.giver]) if c.giver else TRUE
    return both(w.any_of("consent", c.kinds), given)


def _mechanism(w: Wishes, c: p.MechanismIn) -> Formula:
    own = w.any_of("mechanism", c.terms)
    return either(own, w.of_party("target", "contract", c.terms))


#: What each kind of condition asks; a test sees to it that none is missing.
ASKED: dict[type, Callable[[Wishes, Any], Formula]] = {
    p.All: lambda w, c: both(*(w.of(item) for item in c.items)),
    p.AnyOf: lambda w, c: either(*(w.of(item) for item in c.items)),
    p.Negation: lambda w, c: w.negated(c.item),
    p.EventIs: lambda w, c: TRUE if c.kind is w.moment.kind else FALSE,
    p.DataIn: _data,
    p.LineageIn: _lineage,
    p.SubjectIs: _subject,
    p.AgeIs: lambda w, c: w.among(
        "age", (n for n in range(100) if _COMPARED[c.operator](n, c.years))
    ),
    p.KnownIs: lambda w, c: w.among("known", [True]),
    p.ResidenceIn: lambda w, c: w.below("residence", c.terms),
    p.StateIs: lambda w, c: w.among(f"state:{c.state}", [True]),
    p.GuardedBy: lambda w, c: (
        FALSE if w.moment.on == "before" else w.among(f"guard:{c.state}", [True])
    ),
    p.UsIs: lambda w, c: w.who(c.end, US),
    p.OutsideIs: _outside,
    p.ThirdPartyIs: _third_party,
    p.OwnSubjectIs: lambda w, c: w.who(c.end, OWN),
    p.AnotherPersonIs: lambda w, c: w.who("target", ANOTHER),
    p.PartyIs: lambda w, c: w.seat(c.end, "party", c.terms),
    p.RoleIs: lambda w, c: w.role(c.end, c.roles),
    p.EnvironmentIs: lambda w, c: w.node(c.end, "environment", c.terms),
    p.NodeIs: lambda w, c: _node_kind(w, c),
    p.ProductIs: lambda w, c: w.node(c.end, "product", c.terms),
    p.SiteIs: lambda w, c: w.node(c.end, "site", c.terms),
    p.PlaceIn: lambda w, c: w.place(c.end, c.terms),
    p.SeatedIn: lambda w, c: w.seat("target", "seat", c.terms),
    p.CertifiedAs: lambda w, c: w.of_party("target", "certificate", c.terms),
    p.ContractIs: lambda w, c: w.of_party("target", "contract", c.terms),
    p.PlaceInResidence: _at_home,
    p.PurposeIn: lambda w, c: w.below(f"{w.moment.carrier}purpose", c.terms),
    p.PurposeWithinCollected: _within_collected,
    p.BasisIn: lambda w, c: w.any_of("basis", c.terms, _resting(w)),
    p.ConsentIs: _consent,
    p.JoinedWith: lambda w, c: w.below("partner", c.terms),
    p.MechanismIn: _mechanism,
    p.ChannelIn: lambda w, c: w.below(f"{w.moment.carrier}channel", c.terms),
    p.MeasureIn: lambda w, c: w.any_of("measure", c.terms),
    p.MarkedAs: lambda w, c: w.any_of("mark", c.terms, ""),
    p.CollectedFor: lambda w, c: w.below(f"{w.moment.origin}purpose", c.terms),
    p.CollectedOn: lambda w, c: w.any_of("basis", c.terms, w.moment.origin),
    p.ReceivedUnder: lambda w, c: w.any_of("mechanism", c.terms, w.moment.origin),
    p.ConsiderationIs: lambda w, c: w.among(
        f"{w.moment.carrier}consideration", c.terms or ("money", "valuable")
    ),
    p.AttributeIs: _attribute,
}


def _resting(w: Wishes) -> str:
    """On what an event rests: a node has no basis of its own."""
    return w.moment.origin if w.moment.on == "node" else w.moment.carrier


def _node_kind(w: Wishes, c: p.NodeIs) -> Formula:
    people = w.who(c.end, OWN, ANOTHER) if "subject" in c.kinds else FALSE
    if w.moment.on == "before" and c.end == "source":
        return people
    there = [kind for kind in w.space["target.node"] if kind in c.kinds]
    return either(
        people, both(w.who(c.end, US, PARTY), w.among(f"{w.moment.end(c.end)}.node", there))
    )
