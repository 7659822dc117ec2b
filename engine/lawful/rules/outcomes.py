"""Outcomes: what one rule says of one question, a single leaf of everything, states and subject settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from lawful.kernel.bits import members
from lawful.propagation import Propagation
from lawful.propagation.standing import Kleene, any_of
from lawful.rules.environment import Environment, Law, bases_of, said
from lawful.rules.periods import at_most, compare
from lawful.rules.predicates import PREDICATES, both, either, holds, negated
from lawful.rules.predicates.carrier import measures_of, valid_mechanisms_of
from lawful.rules.predicates.ends import certified
from lawful.system.model import Fact, Kept
from lawful_dsl.program import (
    All,
    BasisIn,
    ChannelIn,
    Closed,
    Condition,
    ConsentIs,
    ContractIs,
    Forbid,
    MarkedAs,
    MeasureIn,
    MechanismIn,
    Passage,
    PlaceIn,
    Policy,
    PurposeIn,
    Reach,
    Readings,
    Require,
    Retain,
    Rule,
    Unless,
)
from lawful_dsl.syntax import Period


class Outcome(Enum):
    """Of one question. NONE: the event is not one of the rule."""

    NONE = "none"
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Docket:
    """All that one check judges by: the policies in force, what each sees, what came where.

    `over` gives, for a rule, those who prevail over it: names, and for which events.
    """

    laws: Mapping[str, Law]
    propagations: Mapping[str, Propagation]
    over: Mapping[tuple[str, str], Sequence[tuple[str, Condition]]]


def outcome(docket: Docket, rule: Rule, environment: Environment) -> Outcome:
    """What a rule says, with precedence and replacement applied."""
    found = _plain(docket, rule, environment)
    if found is Outcome.NONE:
        return found
    replaced = _replaced(rule, environment)
    if replaced:
        return Outcome.NONE
    if found is Outcome.BROKEN and replaced is None:
        found = Outcome.UNKNOWN
    if found is not Outcome.KEPT and isinstance(rule, Retain) and _conflicts(rule, environment):
        found = Outcome.CONFLICT
    if found in (Outcome.BROKEN, Outcome.UNKNOWN):
        permitted = prevailed(docket, rule, environment)
        if permitted:
            return Outcome.KEPT
        if permitted is None:
            return Outcome.UNKNOWN
    return found


def _plain(docket: Docket, rule: Rule, environment: Environment) -> Outcome:
    assert not isinstance(rule, Readings)
    matched = matches(rule, environment)
    if matched is False:
        return Outcome.NONE
    return _decide(both(matched, negated(_fulfilled(docket, rule, environment))))


def _decide(broken: Kleene) -> Outcome:
    return {True: Outcome.BROKEN, False: Outcome.KEPT, None: Outcome.UNKNOWN}[broken]


def matches(rule: Rule, environment: Environment) -> Kleene:
    """Whether the event is one of the rule: within the policy, and as its pattern says."""
    event = getattr(rule, "event", None)
    if event is None:
        return False
    matched = holds(event, environment)
    return matched if matched is False else both(matched, in_scope(environment))


def _fulfilled(docket: Docket, rule: Rule, environment: Environment) -> Kleene:
    if isinstance(rule, Closed):
        return admitted(rule, environment)
    if isinstance(rule, Forbid):
        return excused(rule.exceptions, environment)
    if isinstance(rule, Require):
        return either(required(rule, environment), excused(rule.exceptions, environment))
    if isinstance(rule, Passage):
        return either(_passed(rule, environment), excused(rule.exceptions, environment))
    if isinstance(rule, Reach):
        propagation = docket.propagations[environment.law.policy.name]
        return either(
            _reached(rule, environment, propagation), excused(rule.exceptions, environment)
        )
    assert isinstance(rule, Retain)
    return either(retained(rule, environment), excused(rule.exceptions, environment))


def excused(exceptions: Sequence[Unless], environment: Environment) -> Kleene:
    """Whether one of some exceptions holds, itself but for those nested in it."""
    answer: Kleene = False
    for exception in exceptions:
        one = holds(exception.condition, environment)
        if one is not False and exception.nested:
            one = both(one, negated(excused(exception.nested, environment)))
        if one:
            return True
        if one is None:
            answer = None
    return answer


# --- scope (decision 11) --------------------------------------------------------------------------


def in_scope(environment: Environment) -> Kleene:
    """Whether the policy judges the event: one end us or acting for us, and within what it governs."""
    law = environment.law
    subjects = tuple(name for kind, name in law.policy.governs if kind == "subject")
    about: Kleene = True
    if subjects:
        person = environment.person("subject")
        about = (
            any_of(law.lattice, Fact((person.kind,), True), subjects) if person else None
        )
    if not law.policy.by:
        return about
    answer: Kleene = False
    leaf = environment.leaf or ""
    frame = environment.happening.frame
    for node in dict.fromkeys((frame.source.id, frame.target.id)):
        end = law.system.nodes[node]
        ours = either(
            law.standing.is_us(end), law.standing.is_acting(end, leaf, environment.purpose)
        )
        if ours is not False:
            answer = either(answer, both(ours, _governed(law, node)))
    if answer is None:
        environment.note(None, frame.carrier, "owner or role", "unknown", frame.span)
    return both(answer, about)


def _governed(law: Law, id: str) -> Kleene:
    node = law.system.nodes[id]
    if law.policy.name in node.outside:
        return False
    answers = []
    for kind, fact in (("site", node.sites), ("product", node.products)):
        names = tuple(name for k, name in law.policy.governs if k == kind)
        if names and not fact.unknown:
            answers.append(any_of(law.lattice, fact, names))
    if not answers or True in answers:
        return True
    return None if None in answers else False


# --- closed blocks --------------------------------------------------------------------------------


def admitted(rule: Closed, environment: Environment, above: frozenset[str] = frozenset()) -> Kleene:
    """Whether a permit of the block, or of one that it admits, lets the event through."""
    answer: Kleene = False
    for permit in rule.permits:
        one = holds(permit.condition, environment)
        if one is not False and permit.exceptions:
            one = both(one, negated(excused(permit.exceptions, environment)))
        if one:
            return True
        if one is None:
            answer = None
    for inner in environment.law.policy.rules:
        if isinstance(inner, Closed) and inner.about.id in rule.admits and inner.about.id not in above:
            event = holds(inner.event, environment)
            if event is False:
                continue
            one = both(event, admitted(inner, environment, above | {rule.about.id}))
            if one:
                return True
            if one is None:
                answer = None
    return answer


# --- require --------------------------------------------------------------------------------------

_ASKS: Mapping[str, type] = {
    "basis": BasisIn,
    "mechanism": MechanismIn,
    "measure": MeasureIn,
    "channel": ChannelIn,
    "contract": ContractIs,
    "purpose": PurposeIn,
    "mark": MarkedAs,
}


def required(rule: Require, environment: Environment) -> Kleene:
    """Whether the event has what the rule requires (decision 35)."""
    if rule.quantity == "in":
        return _asked(rule.attribute, rule.terms, environment)
    if rule.quantity == "all of":
        answer: Kleene = True
        for term in rule.terms:
            answer = both(answer, _asked(rule.attribute, (term,), environment))
        return answer
    fact = _fact(rule.attribute, environment)
    only: Kleene = True if fact.values else False if fact.whole else None
    for value in fact.values:
        only = both(only, any_of(environment.law.lattice, Fact((value,), True), rule.terms))
    only = only if fact.whole else both(only, None)
    return environment.note(
        only,
        environment.happening.frame.carrier,
        rule.attribute,
        said(fact),
        environment.happening.frame.span,
    )


def _asked(attribute: str, terms: tuple[str, ...], environment: Environment) -> Kleene:
    if attribute == "certificate":
        return certified(environment, terms)
    condition = (
        ConsentIs(terms)
        if attribute == "consent"
        else PlaceIn("target", terms)
        if attribute == "place"
        else _ASKS[attribute](terms)
    )
    return PREDICATES[type(condition)](condition, environment)


def _fact(attribute: str, environment: Environment) -> Fact[str]:
    """The values of an attribute of the event, for `only`."""
    happening = environment.happening
    party = environment.law.party(happening.frame.target)
    if attribute == "basis":
        return bases_of(environment)
    if attribute == "mechanism":
        return valid_mechanisms_of(environment)
    if attribute == "measure":
        return measures_of(environment)
    if attribute == "mark":
        unsourced = happening.datum.beginning.unsourced
        return Fact(tuple(sorted(happening.datum.marks)), not unsourced)
    if attribute == "consent":
        flow = happening.frame.flow
        given = happening.datum.beginning.consents
        carried: Fact[object] = Fact(flow.consents.values, flow.consents.whole) if flow else Fact((), True)
        kinds = [c.kind for c in (flow.consents.values if flow else ())]
        kinds += [g.consent.kind for g in given.values]
        return Fact(tuple(dict.fromkeys(kinds)), carried.whole and given.whole)
    if attribute == "certificate":
        date = environment.law.lattice.date
        if party is None:
            return Fact()
        held = tuple(c.term for c in party.certificates.values if c.holds_on(date))
        return Fact(held, party.certificates.whole)
    if attribute == "contract":
        return party.contracts if party else Fact()
    single = {
        "purpose": happening.use.purpose,
        "place": happening.place,
        "channel": happening.channel,
    }[attribute]
    return Fact((single,), True) if single else Fact()


# --- passage and reach ----------------------------------------------------------------------------


def _passed(rule: Passage, environment: Environment) -> Kleene:
    datum = environment.happening.datum
    if datum.unknown:
        return None
    if any(product in datum.passed for product in rule.through):
        return True
    if datum.beginning.unsourced:
        return environment.note(None, "the datum's origin", "passed", "unknown")
    return False


def _reached(rule: Reach, environment: Environment, propagation: Propagation) -> Kleene:
    """Whether a request of these categories arrives at the target node, and is honoured there (decision 41)."""
    node = environment.happening.frame.target
    law = environment.law
    subject = environment.happening.datum.beginning.subject
    wanted = law.leaves.masks(rule.terms)
    arrives: Kleene = False
    for number in members(propagation.held(propagation.node_number[node.id])):
        datum = propagation.universe.data[number]
        if datum.silent or datum.beginning.unsourced or not datum.extent & wanted:
            continue
        same = datum.beginning.subject == subject if datum.beginning.subject and subject else None
        sure: Kleene = None if datum.extent & ~wanted else True
        arrives = either(arrives, both(same, sure))
    honoured = any_of(law.lattice, node.honours, rule.terms)
    environment.note(arrives, node.id, "arrives", ", ".join(rule.terms), node.span)
    environment.note(honoured, node.id, "honours", said(node.honours), node.span)
    return both(arrives, honoured)


# --- retain ---------------------------------------------------------------------------------------


def kept_for(environment: Environment) -> Period | None:
    """How long the node keeps the leaf for the purpose: its most specific entry; None is unknown."""
    law = environment.law
    node = environment.happening.frame.target
    covering = [
        entry
        for entry in node.kept
        if (not entry.data or environment.leaf in law.extent(entry.data))
        and (
            not entry.purposes
            or (bool(environment.purpose) and environment.purpose in law.extent(entry.purposes))
        )
    ]
    for entry in covering:
        if all(_narrower(law, entry, other) for other in covering):
            return entry.period
    return None


def _narrower(law: Law, narrow: Kept, wide: Kept) -> bool:
    data = not wide.data or (
        bool(narrow.data) and law.extent(narrow.data) <= law.extent(wide.data)
    )
    purposes = not wide.purposes or (
        bool(narrow.purposes) and law.extent(narrow.purposes) <= law.extent(wide.purposes)
    )
    return data and purposes


def retained(rule: Retain, environment: Environment) -> Kleene:
    """Whether the node keeps the datum within the bound (decision 37)."""
    node = environment.happening.frame.target
    period = None if environment.leaf is None else kept_for(environment)
    if period is None:
        return environment.note(None, node.id, "retention", "unknown", node.span)
    order = compare(period, rule.period, environment.law.lattice)
    answer = {
        "at most": order.at_most,
        "at least": order.at_least,
        "exactly": both(order.at_most, order.at_least),
    }[rule.bound]
    return environment.note(answer, node.id, "retention", "declared", node.span)


def _conflicts(rule: Retain, environment: Environment) -> bool:
    """Whether another bound holds for the event that no period can meet together with this one."""
    for other in environment.law.policy.rules:
        if (
            isinstance(other, Retain)
            and other is not rule
            and _incompatible(rule, other, environment)
            and matches(other, environment)
            and _replaced(other, environment) is False
            and _replaced(rule, environment) is False
        ):
            return True
    return False


def _incompatible(one: Retain, other: Retain, environment: Environment) -> bool:
    lattice = environment.law.lattice
    for upper, lower in ((one, other), (other, one)):
        if (
            upper.bound in ("at most", "exactly")
            and lower.bound in ("at least", "exactly")
            and at_most(lower.period, upper.period, lattice) is False
        ):
            return True
    return False


# --- replacement and precedence -------------------------------------------------------------------


def _replaced(rule: Rule, environment: Environment) -> Kleene:
    """Whether another rule stands in place of this one for the event (decision 38)."""
    answer: Kleene = False
    for other in environment.law.policy.rules:
        if other.about.replaces == rule.about.id:
            answer = either(answer, matches(other, environment))
    return answer


def prevailed(docket: Docket, rule: Rule, environment: Environment) -> Kleene:
    """Whether one who prevails over the rule permits this very event (decision 39)."""
    answer: Kleene = False
    for name, event in docket.over.get((environment.law.policy.name, rule.about.id), ()):
        applies = holds(event, environment)
        if applies is not False:
            answer = either(answer, both(applies, _permits(docket, name, environment)))
    return answer


def _permits(docket: Docket, name: str, environment: Environment) -> Kleene:
    answer: Kleene = False
    for law in docket.laws.values():
        homes = dict(law.policy.homes)
        for rule in law.policy.rules:
            if name in (rule.about.id, law.policy.name, homes.get(rule.about.id)):
                seen = replace(environment, law=law)
                answer = either(answer, _permitted(rule, seen))
    return answer


def _permitted(rule: Rule, environment: Environment) -> Kleene:
    if isinstance(rule, Readings):
        answer: Kleene = False
        for _, reading in rule.readings:
            if reading is not None:
                answer = either(answer, _permitted(reading, environment))
        return answer
    matched = matches(rule, environment)
    if matched is False:
        return False
    if isinstance(rule, Closed):
        return both(matched, admitted(rule, environment))
    return both(matched, excused(getattr(rule, "exceptions", ()), environment))


def precedence(policies: Sequence[Policy]) -> dict[tuple[str, str], tuple[tuple[str, Condition], ...]]:
    """For each rule (policy and id), the names that prevail over it, transitively, and for which events."""
    direct = [(p.over, p.under, p.event) for policy in policies for p in policy.prevails]
    closure = {(over, under): [event] for over, under, event in direct}
    grown = True
    while grown:
        grown = False
        for (a, b), first in list(closure.items()):
            for (c, d), second in list(closure.items()):
                if b == c and (a, d) not in closure and a != d:
                    closure[(a, d)] = [All((e, f)) for e in first for f in second]
                    grown = True
    found: dict[tuple[str, str], tuple[tuple[str, Condition], ...]] = {}
    for policy in policies:
        homes = dict(policy.homes)
        for rule in policy.rules:
            names = {rule.about.id, policy.name, homes.get(rule.about.id)}
            over = tuple(
                (a, event)
                for (a, b), events in sorted(closure.items(), key=lambda kv: kv[0])
                if b in names and a not in (rule.about.id,)
                for event in events
            )
            if over:
                found[(policy.name, rule.about.id)] = over
    return found
