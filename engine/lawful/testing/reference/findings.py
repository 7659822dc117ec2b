"""Findings: the judged events taken together where each first goes wrong, and asserted facts (42)."""

from __future__ import annotations

from collections.abc import Sequence

from lawful.findings import Verdict
from lawful.system.model import System
from lawful.testing.reference.judging import UNKNOWN_CATEGORY, Examined
from lawful.testing.reference.outcomes import Outcome, agreement
from lawful.testing.reference.periods import at_most
from lawful.testing.reference.precedence import Law, readings
from lawful.testing.reference.truth import UNDECLARED, Doubt, Truth, every
from lawful.testing.reference.witnesses import Carrier, Hop
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Assert, Policy, Program, Readings
from lawful_dsl.syntax import Choice, Length, Symbol, Unlimited

#: What events of one finding share: verdict, policy, rule, category and kind of subject.
Group = tuple[Verdict, str, str, str, str]
#: The name under which a report has what it says of unknown data, whatever the rule.
UNKNOWN_RULE = "unknown-data"


@frozen(order=True)
class Concluded:
    """One finding: a key, the carrier where it first goes wrong, and how many events are beneath it."""

    verdict: Verdict
    policy: str
    rule: str
    category: str
    subject_kind: str
    carrier: str
    beneath: int


def conclude(examined: Sequence[Examined], system: System) -> tuple[Concluded, ...]:
    """The findings: of the events of one key, the carriers that are the first of them on a witness.

    Of unknown data there is one finding for all rules, at each node at which it began.
    """
    groups: dict[Group, list[Examined]] = {}
    unknown: list[str] = []
    for each in examined:
        judged = each.judged
        if judged.verdict is Verdict.KEPT:
            continue
        if judged.category == UNKNOWN_CATEGORY:
            unknown.append(judged.origin)
            continue
        subject = system.subjects.get(judged.subject)
        kind = subject.kind if subject else ""
        group: Group = (judged.verdict, judged.policy, judged.rule, judged.category, kind)
        groups.setdefault(group, []).append(each)
    found = [
        Concluded(
            Verdict.UNDETERMINED, "", UNKNOWN_RULE, UNKNOWN_CATEGORY, "", at, unknown.count(at) - 1
        )
        for at in set(unknown)
    ]
    for group, alike in groups.items():
        homes = _homes(alike)
        found += [Concluded(*group, home[1], homes.count(home) - 1) for home in set(homes)]
    return tuple(sorted(found))


def _homes(alike: Sequence[Examined]) -> list[Carrier]:
    """For each event the first carrier on its witness where the datum makes an event of the same key."""
    hops = frozenset[Hop]().union(*(each.hops for each in alike))
    return [next(hop[0] for hop in each.witness.hops if hop in hops) for each in alike]


# --- asserted facts -----------------------------------------------------------------------------------


@frozen(order=True)
class Asserted:
    """The verdict of a rule about a fact of the system."""

    policy: str
    rule: str
    verdict: Verdict


def assertions(
    program: Program, policies: Sequence[Policy], system: System, date: str = ""
) -> tuple[Asserted, ...]:
    """The verdicts of the rules that assert a fact of the system, sorted."""
    found = []
    for policy in policies:
        for rule in policy.rules:
            if isinstance(rule, Assert):
                verdict = _verdict(_is_so(rule, program, system, date))
                found.append(Asserted(policy.name, rule.about.id, verdict))
            elif isinstance(rule, Readings) and any(
                isinstance(r, Assert) for _, r in rule.readings
            ):
                outcomes = [
                    Outcome(_verdict(_is_so(each.rule, program, system, date)))
                    if each is not None and isinstance(each.rule, Assert)
                    else Outcome(Verdict.NOT_EXERCISED)
                    for each in readings(Law(policy, rule))
                ]
                verdict = agreement(outcomes, ()).verdict if outcomes else Verdict.NOT_EXERCISED
                found.append(Asserted(policy.name, rule.about.id, verdict))
    return tuple(sorted(found))


def _is_so(rule: Assert, program: Program, system: System, date: str) -> Truth:
    value = system.facts.get(rule.fact)
    if value is None:
        definition = program.vocabulary.attributes.get(rule.fact)
        return False if definition and definition.silence == "none" else UNDECLARED
    if rule.period is not None:
        if not isinstance(value, Length | Symbol | Choice | Unlimited):
            return UNDECLARED
        lattice = program.vocabulary.on(date)
        shorter = at_most(lattice, value, rule.period)
        longer = at_most(lattice, rule.period, value)
        bounds = {"at most": shorter, "at least": longer, "exactly": every([shorter, longer])}
        return bounds[rule.bound]
    if rule.terms:
        return value in rule.terms
    return value is not False


def _verdict(truth: Truth) -> Verdict:
    if isinstance(truth, Doubt):
        return Verdict.UNDETERMINED
    return Verdict.KEPT if truth else Verdict.BROKEN
