"""Claims: the bases, mechanisms, measures and the like of an event (decisions 29, 30, 32, 35)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lawful.system.model import NONE, UNKNOWN, Fact, Party, Use
from lawful.testing.reference.truth import (
    UNDECLARED,
    Doubt,
    Truth,
    every,
    negated,
    some,
)
from lawful.testing.reference.view import View
from lawful.testing.reference.world import any_of, is_a, within
from lawful_dsl.frozen import frozen
from lawful_dsl.vocabulary import Validity

#: Whether a value is one of some terms.
Matches = Callable[[str, Iterable[str]], Truth]


@frozen
class Claims:
    """What is claimed for an event: each value and whether it counts, and whether there may be more."""

    values: tuple[tuple[str, Truth], ...] = ()
    more: Truth = False


def claimed(fact: Fact[str], doubt: Doubt = UNDECLARED) -> Claims:
    """The values of a fact as claims that count."""
    return Claims(tuple((value, True) for value in fact.values), False if fact.whole else doubt)


def single(value: str, doubt: Doubt = UNDECLARED) -> Claims:
    """One value, or one that is not known."""
    return Claims(((value, True),)) if value else Claims((), doubt)


def one_of(claims: Claims, terms: Iterable[str], matches: Matches) -> Truth:
    """Whether one of the claims is one of the terms."""
    wanted = tuple(terms)
    counted = [every([counts, matches(value, wanted)]) for value, counts in claims.values]
    return some([*counted, claims.more])


def all_of(claims: Claims, terms: Iterable[str], matches: Matches) -> Truth:
    """Whether each of the terms is claimed."""
    return every(one_of(claims, (term,), matches) for term in terms)


def only(claims: Claims, terms: Iterable[str], matches: Matches) -> Truth:
    """Whether something is claimed, and nothing but the terms."""
    wanted = tuple(terms)
    none_other = [some([negated(counts), matches(v, wanted)]) for v, counts in claims.values]
    something = some([*(counts for _, counts in claims.values), claims.more])
    nothing_more = negated(claims.more)
    return every([something, *none_other, nothing_more])


# --- bases ------------------------------------------------------------------------------------------


def bases(view: View) -> Claims:
    """The lawful bases of an event (decision 29)."""
    use, origin = view.event.use, view.origin
    if not use.bases.silent:
        return claimed(use.bases)
    if view.event.starts:
        return Claims()
    doubt = view.doubt
    if view.event.datum.adrift:
        return Claims((), doubt)
    if not view.purpose:
        return Claims((), UNDECLARED)
    found = [claimed(each.bases) for each in origin.uses if _contains(view, each)]
    more = [claims.more for claims in found]
    more += [UNDECLARED for each in origin.uses if not each.purpose]
    return Claims(tuple(value for claims in found for value in claims.values), some(more))


def _contains(view: View, use: Use) -> bool:
    return bool(use.purpose) and view.purpose in view.world.leaves(use.purpose)


def collected_on(view: View) -> Claims:
    """The bases on which the datum was collected."""
    if view.event.datum.adrift:
        return Claims((), view.doubt)
    found = [claimed(use.bases) for use in view.origin.uses]
    values = tuple(value for claims in found for value in claims.values)
    return Claims(values, some(claims.more for claims in found))


def collected_for(view: View, wanted: Callable[[str], Truth]) -> Truth:
    """Whether some purpose for which the datum was collected is as wanted."""
    return some(wanted(use.purpose) if use.purpose else view.doubt for use in view.origin.uses)


# --- contracts, mechanisms, certificates --------------------------------------------------------------


def contracts(view: View) -> Claims:
    """The contracts of the party at the target."""
    return claimed(_of_party(view, lambda party: party.contracts))


def certificates(view: View) -> Claims:
    """The certificates that the party at the target holds on the date."""
    return claimed(_of_party(view, lambda party: _held(view, party)))


def mechanisms(view: View) -> Claims:
    """The transfer mechanisms of an event, and whether each is valid for it (decision 30)."""
    said = view.event.flow.mechanisms if view.event.flow else UNKNOWN
    found = [claimed(said)] if not said.silent else []
    if said.silent or said.values:
        found.append(contracts(view))
    terms = view.world.lattice.vocabulary.terms
    values = [v for claims in found for v, _ in claims.values if terms[v].list == "mechanisms"]
    valid = tuple((value, _is_valid(view, value)) for value in values)
    return Claims(valid, some(claims.more for claims in found))


def _of_party(view: View, fact: Callable[[Party], Fact[str]]) -> Fact[str]:
    """A fact of the party at the target; a subject has none."""
    party = view.party("target")
    if party is None:
        return NONE
    return UNKNOWN if isinstance(party, Doubt) else fact(party)


def _held(view: View, party: Party) -> Fact[str]:
    on = view.world.date
    terms = tuple(c.term for c in party.certificates.values if c.holds_on(on))
    return Fact(terms, party.certificates.whole)


def _is_valid(view: View, mechanism: str) -> Truth:
    """Whether a mechanism holds for the event: always, where it says nothing of where and when."""
    ways = view.world.lattice.vocabulary.terms[mechanism].valid
    return some(_applies(view, way) for way in ways) if ways else True


def _applies(view: View, way: Validity) -> Truth:
    world, source = view.world, view.event.source
    if not way.holds_on(world.date):
        return False
    parts = [
        view.lies_within(source, way.origins),
        within(world, view.place, way.targets),
    ]
    if way.needs:
        held = _of_party(view, lambda party: _held(view, party))
        parts.append(any_of(held, lambda certificate: is_a(world, certificate, (way.needs,))))
    return every(parts)


# --- measures, marks ------------------------------------------------------------------------------------


def measures(view: View) -> Claims:
    """The measures of a flow, for its events, and those of the node, for a node's."""
    event = view.event
    return claimed(event.flow.measures if event.flow else event.target.measures)


def mark(view: View, term: str) -> Truth:
    """Whether a datum carries a mark or one below it."""
    datum = view.event.datum
    lattice = view.world.lattice
    found = [is_a(view.world, each, (term,)) for each in datum.marks]
    if datum.adrift:
        below = {m for m in lattice.vocabulary.of_list("marks") if lattice.is_a(m, term) is True}
        found.append(False if below and below <= datum.unmarked else view.doubt)
    return some(found)


def marks(view: View) -> Claims:
    """The marks of a datum."""
    datum = view.event.datum
    return Claims(
        tuple((each, True) for each in sorted(datum.marks)), view.doubt if datum.adrift else False
    )
