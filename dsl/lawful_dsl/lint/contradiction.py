"""Contradiction: conditions that no event can meet, on whatever date and in whatever system.

Where it is not certain, there is none: a contradiction that is not seen costs a warning, one that is
not there would cost the reader's trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from lawful_dsl import program as p
from lawful_dsl.frozen import frozen
from lawful_dsl.vocabulary import Vocabulary

#: Conditions with more alternatives than these are taken to be possible.
MOST_ALTERNATIVES = 256

#: A condition that holds, or that does not.
Literal = tuple[p.Condition, bool]


class Contradictions:
    """Tells what cannot be, by the hierarchies of a vocabulary.

    Parents may hold for some dates only. What is apart must be apart with all of them, and what
    contains another must contain it with none of those.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._ever: dict[str, set[str]] = {name: set() for name in vocabulary.terms}
        self._always: dict[str, set[str]] = {name: set() for name in vocabulary.terms}
        for name, term in vocabulary.terms.items():
            for parent in term.parents:
                self._ever.setdefault(parent.name, set()).add(name)
                if not parent.since and not parent.until:
                    self._always.setdefault(parent.name, set()).add(name)
        self._below = cache(self._descend)

    def contradict(self, *conditions: p.Condition) -> bool:
        """Whether no event can meet all of the conditions."""
        alternatives = _expand([(condition, True) for condition in conditions])
        return alternatives is not None and all(map(self._impossible, alternatives))

    def _descend(self, term: str, always: bool) -> frozenset[str]:
        children = self._always if always else self._ever
        found = {term}
        waiting = [term]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def _all_below(self, terms: Iterable[str], always: bool = False) -> frozenset[str]:
        return frozenset[str]().union(*(self._below(term, always) for term in terms))

    # --- one alternative: literals that all hold --------------------------------------------------

    def _impossible(self, literals: Sequence[Literal]) -> bool:
        said = frozenset(literals)
        return (
            any((condition, not holds) in said for condition, holds in said)
            or self._no_data(said)
            or any(_no_age(who, said) for who in ("subject", "source", "target"))
            or any(_no_end(end, said) for end in ("source", "target"))
            or any(self._no_value(values) for values in _values(said))
        )

    def _no_data(self, said: Iterable[Literal]) -> bool:
        """Whether no leaf in any form is left; a leaf is as far below as can be told."""
        claims = [(c, holds) for c, holds in said if isinstance(c, p.DataIn)]
        if not claims:
            return False
        forms = frozenset(p.FORMS)
        left = set(self.vocabulary.of_list("data"))
        if not left:
            return False
        for claim, holds in claims:
            if holds:
                forms &= claim.forms
                left &= self._all_below(claim.terms) if claim.terms else left
                left -= self._all_below(claim.excluded, always=True)
        for claim, holds in claims:
            if not holds and not claim.terms and not claim.excluded:
                forms -= claim.forms
        for claim, holds in claims:
            if not holds and claim.forms >= forms:
                every = set(self._all_below(claim.terms, always=True)) if claim.terms else set(left)
                left -= every - self._all_below(claim.excluded)
        return not left or not forms

    def _no_value(self, values: _Values) -> bool:
        """Whether of what has one value only none is left."""
        if not values.claimed:
            return False
        left = self._all_below(values.claimed[0])
        for terms in values.claimed[1:]:
            left &= self._all_below(terms)
        return not left - self._all_below(values.denied, always=True)


@frozen
class _Values:
    """What is said of something that has one value: one of each of these, and none of those."""

    claimed: tuple[tuple[str, ...], ...]
    denied: tuple[str, ...]


def _values(said: Iterable[Literal]) -> Iterator[_Values]:
    """What is said of the kind of event, its purpose and place, subject, roles and kinds of node."""
    keys: dict[str, tuple[list[tuple[str, ...]], list[str]]] = {}
    key: str
    terms: tuple[str, ...]
    for condition, holds in said:
        match condition:
            case p.EventIs():
                key, terms = "event", (condition.kind.value,)
            case p.PurposeIn():
                key, terms = "purpose", condition.terms
            case p.PlaceIn("target"):
                key, terms = "place", condition.terms
            case p.SubjectIs():
                key, terms = f"subject {condition.who}", condition.terms
            case p.RoleIs():
                key, terms = f"role {condition.end}", condition.roles
            case p.NodeIs():
                key, terms = f"node {condition.end}", condition.kinds
            case _:
                continue
        claimed, denied = keys.setdefault(key, ([], []))
        if holds:
            claimed.append(terms)
        else:
            denied.extend(terms)
    return (_Values(tuple(claimed), tuple(denied)) for claimed, denied in keys.values())


def _no_age(who: str, said: Iterable[Literal]) -> bool:
    low, high = 0, 1 << 30
    never: set[int] = set()
    for condition, holds in said:
        if not isinstance(condition, p.AgeIs) or condition.who != who:
            continue
        operator = condition.operator if holds else _OPPOSITE[condition.operator]
        match operator:
            case "<":
                high = min(high, condition.years - 1)
            case "<=":
                high = min(high, condition.years)
            case ">":
                low = max(low, condition.years + 1)
            case ">=":
                low = max(low, condition.years)
            case "=":
                low, high = max(low, condition.years), min(high, condition.years)
            case _:
                never.add(condition.years)
    return low > high or (low == high and low in never)


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}

#: What the end of an event cannot be two of at once.
_APART: tuple[tuple[Callable[[p.End], p.Condition], Callable[[p.End], p.Condition]], ...] = (
    (p.UsIs, p.OutsideIs),
    (p.UsIs, p.ThirdPartyIs),
    (p.UsIs, p.OwnSubjectIs),
    (p.OwnSubjectIs, p.ThirdPartyIs),
)


def _no_end(end: p.End, said: frozenset[Literal]) -> bool:
    holds = {condition for condition, true in said if true}
    if any(one(end) in holds and other(end) in holds for one, other in _APART):
        return True
    if p.EventIs(p.EventKind.DISCLOSURE) in holds:  # from us or who acts for us, to others
        if end == "source":
            return p.OutsideIs(end) in holds
        return p.UsIs(end) in holds or p.OwnSubjectIs(end) in holds
    if p.EventIs(p.EventKind.STORAGE) in holds:
        return any(
            isinstance(c, p.NodeIs) and c.end == end and "store" not in c.kinds for c in holds
        )
    return False


# --- alternatives ---------------------------------------------------------------------------------


def _expand(literals: Iterable[Literal]) -> list[list[Literal]] | None:
    """The ways in which all of the literals can come true; None where there are too many."""
    ways: list[list[Literal]] = [[]]
    waiting = list(literals)
    while waiting:
        condition, holds = waiting.pop()
        match condition:
            case p.Negation():
                waiting.append((condition.item, not holds))
            case p.All() | p.AnyOf() if isinstance(condition, p.All) is holds:
                waiting.extend((item, holds) for item in condition.items)
            case p.All() | p.AnyOf():
                branches: list[list[Literal]] = []
                for item in condition.items:
                    inner = _expand([(item, holds)])
                    if inner is None:
                        return None
                    branches += inner
                ways = [way + branch for way in ways for branch in branches]
                if len(ways) > MOST_ALTERNATIVES:
                    return None
            case _:
                for way in ways:
                    way.append((condition, holds))
    return ways
