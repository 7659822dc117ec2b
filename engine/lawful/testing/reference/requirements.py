"""Requirements: whether an event has what a rule requires of it (decisions 35, 37 and 41)."""

from __future__ import annotations

from lawful.system.model import Kept
from lawful.testing.reference import claims
from lawful.testing.reference.conditions import consents_of, matching
from lawful.testing.reference.consents import is_given_by
from lawful.testing.reference.periods import at_most
from lawful.testing.reference.propagation import Propagation
from lawful.testing.reference.truth import COARSE, UNDECLARED, Truth, every, some
from lawful.testing.reference.view import View
from lawful.testing.reference.world import agreed, any_of, is_a, within
from lawful_dsl.program import PERSONAL_FORMS, EventKind, Passage, Reach, Require, Retain
from lawful_dsl.syntax import Period


def has_required(rule: Require, view: View) -> Truth:
    """Whether an event has one of the terms, all of them, or only those (decision 35)."""
    if rule.attribute == "mark" and rule.quantity != "only":
        marked = [claims.mark(view, term) for term in rule.terms]
        return every(marked) if rule.quantity == "all of" else some(marked)
    in_places = rule.attribute in ("purpose", "place")
    matches: claims.Matches = (
        (lambda value, terms: within(view.world, value, terms)) if in_places else matching(view)
    )
    wanted = {"in": claims.one_of, "all of": claims.all_of, "only": claims.only}[rule.quantity]
    return wanted(_claims(rule.attribute, view), rule.terms, matches)


def _claims(attribute: str, view: View) -> claims.Claims:
    match attribute:
        case "basis":
            return claims.bases(view)
        case "consent":
            given = consents_of(view)
            values = [
                (c.kind, every([covers, is_given_by(view, c, "")])) for c, covers in given.values
            ]
            return claims.Claims(tuple(values), given.more)
        case "mechanism":
            return claims.mechanisms(view)
        case "measure":
            return claims.measures(view)
        case "certificate":
            return claims.certificates(view)
        case "contract":
            return claims.contracts(view)
        case "mark":
            return claims.marks(view)
        case "channel":
            return claims.single(view.event.channel)
        case "purpose":
            return claims.single(view.purpose)
        case "place":
            return claims.single(view.place)
    raise AssertionError(f"nothing that can be required: {attribute}")


def has_passed(rule: Passage, view: View) -> Truth:
    """Whether the datum has passed a node of one of the kinds of product (decision 24)."""
    datum = view.event.datum
    found: list[Truth] = [is_a(view.world, p, rule.through) for p in datum.passed if p]
    found += [UNDECLARED] if "" in datum.passed else []
    found += [view.doubt] if datum.adrift else []
    return some(found)


def is_reached(rule: Reach, view: View, propagation: Propagation) -> Truth:
    """Whether a datum of the terms arrives at the target, of the same subject, and is honoured (41)."""
    world, node = view.world, view.event.target
    subject = view.event.datum.subject
    found: list[Truth] = []
    for term in rule.terms:
        wanted = world.leaves(term)
        honoured = any_of(node.honours, lambda word, term=term: is_a(world, word, (term,)))  # type: ignore[misc]
        for datum in propagation.at("arrived", node.id):
            if datum.adrift or not datum.named or datum.form not in PERSONAL_FORMS:
                continue
            if not datum.extent & wanted:
                continue
            same: Truth = (
                view.doubt if not (subject and datum.subject) else subject == datum.subject
            )
            of_term: Truth = True if datum.extent <= wanted else COARSE
            found.append(every([of_term, same, honoured]))
    return some(found)


def is_kept_so(rule: Retain, view: View) -> Truth:
    """Whether a datum is kept at a node, or lasts where it was placed, within the bound (decision 37)."""
    lattice = view.world.lattice
    flow = view.event.flow
    entries = view.event.target.kept
    period = (
        agreed(view.world, entries, view.leaf, view.purpose, _period)
        if flow is None
        else flow.lifetime
    )
    if period is None:
        return UNDECLARED
    shorter = at_most(lattice, period, rule.period)
    longer = at_most(lattice, rule.period, period)
    return {"at most": shorter, "at least": longer, "exactly": every([shorter, longer])}[rule.bound]


def _period(entry: Kept) -> Period | None:
    return entry.period


def may_last(view: View) -> bool:
    """Whether a bound on retention can be about the event."""
    return view.event.kind in (EventKind.STORAGE, EventKind.PLACEMENT)


def cannot_both_hold(one: Retain, other: Retain, view: View) -> bool:
    """Whether no period is long enough for one bound and short enough for the other."""
    return any(
        low.bound in ("at least", "exactly")
        and high.bound in ("at most", "exactly")
        and at_most(view.world.lattice, low.period, high.period) is False
        for low, high in ((one, other), (other, one))
    )
