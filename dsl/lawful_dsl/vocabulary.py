"""The vocabulary: hierarchies of terms, and what a term stands for on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawful_dsl.frozen import frozen
from lawful_dsl.source import NOWHERE, Span
from lawful_dsl.syntax import Period

#: What a user's attribute may be: a word, an ISO date, a number, yes or no, a period.
AttributeValue = str | int | bool | Period

#: The keyword of each list in a text, and what one of its terms is called in a message.
LISTS: Mapping[str, str] = {
    "data": "data category",
    "subjects": "kind of subject",
    "purposes": "purpose",
    "parties": "kind of party",
    "places": "place",
    "environments": "environment",
    "bases": "lawful basis",
    "consents": "consent kind",
    "mechanisms": "transfer mechanism",
    "measures": "measure",
    "certificates": "certificate",
    "channels": "channel",
    "marks": "mark",
    "states": "state",
    "products": "kind of product",
    "sites": "site",
    "periods": "period",
}


@frozen
class Parent:
    """One `is` of a term, with ISO dates where it does not hold for ever (empty otherwise)."""

    name: str
    since: str = ""
    until: str = ""

    def holds_on(self, date: str) -> bool:
        """Whether it holds on an ISO date; the last day counts."""
        return (not self.since or self.since <= date) and (not self.until or date <= self.until)


@frozen
class Validity:
    """One way in which a mechanism is valid: from places to places, with a certificate, in a time."""

    origins: tuple[str, ...]
    targets: tuple[str, ...]
    needs: str = ""
    since: str = ""
    until: str = ""

    def holds_on(self, date: str) -> bool:
        """Whether the mechanism can be relied on at an ISO date."""
        return (not self.since or self.since <= date) and (not self.until or date <= self.until)


@frozen
class Term:
    """One term: its list, its parents, its labels by language, its IRI; what masking makes of what.

    `values` are the attributes that a data category says of itself, by name.
    """

    list: str
    name: str
    parents: tuple[Parent, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    iri: str = ""
    source: str = ""
    operation: str = ""
    valid: tuple[Validity, ...] = ()
    values: tuple[tuple[str, AttributeValue], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def label(self, language: str = "en") -> str:
        """The label in a language, else in English, else the name with its underscores as spaces."""
        labels = dict(self.labels)
        return labels.get(language) or labels.get("en") or self.name.replace("_", " ")


@frozen
class AttributeDefinition:
    """A user's own attribute. `silence` is `none` or `unknown`."""

    name: str
    owner: str
    type: str
    values: tuple[str, ...] = ()
    silence: str = "unknown"
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All terms in use, by name; a name belongs to one list. `aliases` are keys of other taxonomies."""

    terms: Mapping[str, Term]
    aliases: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, AttributeDefinition] = field(default_factory=dict)

    def on(self, date: str) -> Lattice:
        """What the terms stand for on an ISO date."""
        if date not in self._lattices:
            self._lattices[date] = Lattice(self, date)
        return self._lattices[date]

    def of_list(self, list: str) -> tuple[str, ...]:
        """The names of the terms of a list, sorted."""
        return self._by_list.get(list, ())

    @cached_property
    def _lattices(self) -> dict[str, Lattice]:
        return {}  # they go when the vocabulary goes

    @cached_property
    def _by_list(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in sorted(self.terms):
            found.setdefault(self.terms[name].list, []).append(name)
        return {each: tuple(names) for each, names in found.items()}

    def masked(self, source: str, operation: str, result: str) -> bool:
        """Whether `result` is known as `from source by operation`."""
        term = self.terms[result]
        return term.source == source and term.operation == operation


class Lattice:
    """The hierarchy on a date.

    A term stands for the set of its leaves: itself where it has no children, else those of its
    children and one leaf `other TERM`. Two terms compare by ancestry.
    """

    def __init__(self, vocabulary: Vocabulary, date: str) -> None:
        self.vocabulary = vocabulary
        self.date = date
        self._children: dict[str, list[str]] = {name: [] for name in vocabulary.terms}
        self._parents: dict[str, list[str]] = {}
        for name, term in vocabulary.terms.items():
            above = [p.name for p in term.parents if p.holds_on(date)]
            self._parents[name] = above
            for parent in above:
                if parent in self._children:
                    self._children[parent].append(name)
        self._leaves: dict[str, frozenset[str]] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._names: dict[frozenset[str], str] = {}
        self._said: dict[tuple[str, str], tuple[AttributeValue, ...]] = {}

    def leaves(self, term: str) -> frozenset[str]:
        """The leaves that a term stands for."""
        found = self._leaves.get(term)
        if found is None:
            children = self._children[term]
            if children:
                found = frozenset({f"other {term}"}).union(*(self.leaves(c) for c in children))
            else:
                found = frozenset({term})
            self._leaves[term] = found
        return found

    def extent(self, terms: Iterable[str], excluded: Iterable[str] = ()) -> frozenset[str]:
        """The leaves of any of the terms, less those of the excluded."""
        included: frozenset[str] = frozenset().union(*(self.leaves(t) for t in terms))
        return included - frozenset().union(*(self.leaves(t) for t in excluded))

    @cached_property
    def all_data(self) -> frozenset[str]:
        """Every leaf of every data category."""
        return self.extent(self.vocabulary.of_list("data"))

    def ancestors(self, term: str) -> frozenset[str]:
        """The term and all that it is."""
        found = self._ancestors.get(term)
        if found is None:
            above = self._parents.get(term, [])
            found = frozenset({term}).union(*(self.ancestors(p) for p in above))
            self._ancestors[term] = found
        return found

    def is_a(self, term: str, wanted: str) -> bool | None:
        """True when the term is the wanted one or below it, None when it is coarser, else False."""
        if wanted in self.ancestors(term):
            return True
        return None if term in self.ancestors(wanted) else False

    def beside(self, term: str, other: str) -> bool:
        """Whether two terms of a list are of one sort: both at its top, below one top, or one below the other."""
        mine, theirs = self._tops(term), self._tops(other)
        return mine == theirs or bool(mine & theirs) or self.is_a(term, other) is not False

    def _tops(self, term: str) -> frozenset[str]:
        """What is above a term and below nothing."""
        return frozenset(t for t in self.ancestors(term) - {term} if not self._parents.get(t))

    def said(self, term: str, attribute: str) -> tuple[AttributeValue, ...]:
        """What a term says of an attribute of data, else what its parents do: one thing, or nothing.

        Several where parents differ, which `resolve` refuses.
        """
        found = self._said.get((term, attribute))
        if found is None:
            own = dict(self.vocabulary.terms[term].values)
            above = (said for p in self._parents[term] for said in self.said(p, attribute))
            found = (own[attribute],) if attribute in own else tuple(dict.fromkeys(above))
            self._said[term, attribute] = found
        return found

    def values(self, attribute: str) -> Mapping[str, AttributeValue]:
        """The data leaves for which an attribute is said, and what it is."""
        found: dict[str, AttributeValue] = {}
        for term in self.vocabulary.of_list("data"):
            for said in self.said(term, attribute)[:1]:
                found[f"other {term}" if self._children[term] else term] = said
        return found

    def name_of(self, extent: frozenset[str]) -> str:
        """A short name for a set of data leaves: terms that make it up, or one less others.

        Deterministic; used in reports and fingerprints.
        """
        if extent not in self._names:
            self._names[extent] = _name_of(self, extent)
        return self._names[extent]


def _name_of(lattice: Lattice, extent: frozenset[str]) -> str:
    names = lattice.vocabulary.of_list("data")
    exact = [n for n in names if lattice.leaves(n) == extent]
    if exact:
        return min(exact, key=lambda n: (len(lattice.ancestors(n)), n))
    cover = _cover(lattice, names, extent)
    around = [n for n in names if lattice.leaves(n) > extent]
    if around:
        smallest = min(around, key=lambda n: (len(lattice.leaves(n)), n))
        less = _cover(lattice, names, lattice.leaves(smallest) - extent)
        if len(less) < len(cover):
            return f"{smallest} except {', '.join(less)}"
    return ", ".join(cover) if cover else "nothing"


def _cover(lattice: Lattice, names: Iterable[str], extent: frozenset[str]) -> list[str]:
    inside = [n for n in names if lattice.leaves(n) <= extent]
    tops = [
        n
        for n in inside
        if not any(
            lattice.leaves(n) < lattice.leaves(m)
            or (lattice.leaves(n) == lattice.leaves(m) and m < n)
            for m in inside
        )
    ]
    covered = frozenset[str]().union(*(lattice.leaves(n) for n in tops))
    return sorted([*tops, *(extent - covered)])
