"""Waivers: which findings are waived, and what is wrong with the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from lawful.findings import (
    SEVERITIES,
    WAIVER,
    Datum,
    Event,
    Finding,
    Reason,
    Verdict,
    Waived,
)
from lawful.system.model import Waiver
from lawful_dsl.program import About, Policy
from lawful_dsl.vocabulary import Lattice

#: Under these names what is wrong with a waiver is reported.
OWNERLESS, REFUSED, EXPIRED, UNUSED = (
    "ownerless-waiver",
    "refused-waiver",
    "expired-waiver",
    "unused-waiver",
)

Rules = Mapping[tuple[str, str], About]


def waive(
    waivers: Sequence[Waiver],
    findings: Sequence[Finding],
    policies: Sequence[Policy],
    lattice: Lattice,
) -> Iterator[Finding]:
    """The findings, each with what waives it, and one more for each waiver that does not do so.

    Of several that waive a finding the last to end counts. The date is that of the lattice.
    """
    date = lattice.date
    judged = {policy.name for policy in policies}
    rules = {(p.name, rule.about.id): rule.about for p in policies for rule in p.rules}
    asked = [each for each in waivers if any(policy in judged for policy, _ in each.rules)]
    leaves = [lattice.extent(each.of) for each in asked]
    used: set[int] = set()
    for finding in findings:
        about = rules.get((finding.policy, finding.rule))
        on = [number for number, each in enumerate(asked) if _is_of(each, leaves[number], finding)]
        used.update(on)
        counting = [asked[number] for number in on if not (about and about.unwaivable)]
        counting = [each for each in counting if each.owner and date <= each.until]
        yield replace(finding, waiver=_waived(counting)) if counting else finding
    for number, each in enumerate(asked):
        yield from _faults(each, rules, judged, date, number in used)


def _is_of(waiver: Waiver, leaves: Set[str], finding: Finding) -> bool:
    """Whether a finding is of a waiver: all that its datum may be is of the data that it names."""
    there = waiver.carriers is None or finding.event.carrier in waiver.carriers
    may_be = finding.datum.leaves
    of_these = not waiver.of or (bool(may_be) and may_be <= leaves)
    return there and of_these and (finding.policy, finding.rule) in waiver.rules


def _waived(counting: Iterable[Waiver]) -> Waived:
    last = max(counting, key=lambda each: each.until)
    return Waived(last.owner, last.because, last.until, last.span)


def _faults(
    waiver: Waiver, rules: Rules, judged: Iterable[str], date: str, used: bool
) -> Iterator[Finding]:
    """What is wrong with a waiver, if something is: the first thing that keeps it from counting."""
    of = [rules[rule] for rule in waiver.rules if rule in rules]
    refusing = [about.id for about in of if about.unwaivable]
    said = f"the waiver of `{waiver.name}`"
    if not waiver.owner:
        rule, what = OWNERLESS, f'{said} has no owner, so it waives nothing: add `owner "..."`'
    elif refusing:
        rule, what = REFUSED, f"{said} waives nothing: `{refusing[0]}` is not to be waived"
    elif waiver.until < date:
        rule, what = (
            EXPIRED,
            f"{said} ended on {waiver.until}: mend what it was for, or ask its owner, "
            f"{waiver.owner}, for another date",
        )
    elif not used:
        rule, what = (
            UNUSED,
            f"{said} is of no finding: what it was for is mended, or is called otherwise now; "
            "take it out, or mend what it names",
        )
    else:
        return
    severities = [about.severity for about in of] or ["medium"]
    policies = sorted(policy for policy, _ in waiver.rules if policy in judged)
    yield Finding(
        Verdict.UNDETERMINED if rule == UNUSED else Verdict.BROKEN,
        policies[0],
        rule,
        max(severities, key=SEVERITIES.index),
        Datum("", "", "", "", ""),
        Event(WAIVER, waiver.name, waiver.name, waiver.name),
        Reason.UNMATCHED if rule == UNUSED else None,
        what,
        span=waiver.span,
    )
