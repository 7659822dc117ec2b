"""Passing: whether a change may pass under some terms, and why it may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawful.analysis.difference import Change, Difference
from lawful.analysis.gate import Gate, New, Turned
from lawful.findings import SEVERITIES, Verdict
from lawful_dsl.frozen import frozen

#: At so many flows and nodes findings are told in one line.
_NAMED = 5


@frozen
class Terms:
    """What a change may do: which severity is let pass, whether the undetermined is, whether policies may change.

    Who accepts a change of policies accepts what overlays say otherwise, too. `dated`: the date of the check is
    given with it, not told by the system or the policies.
    """

    fail_on: str = SEVERITIES[0]
    strict: bool = False
    policies_accepted: bool = False
    dated: bool = False
    overlays_accepted: bool = False


def failures(gate: Gate, terms: Terms) -> tuple[str, ...]:
    """Why a change may not pass, as sentences; none where it may."""
    return tuple(_failures(gate, terms))


def _failures(gate: Gate, terms: Terms) -> Iterator[str]:
    if not gate.after.exercised:
        yield "nothing was checked: no rule met an event"
    if gate.waivers and not terms.policies_accepted:
        yield f"waivers that come, go or change: {len(gate.waivers)}, and that is not accepted"
    if gate.taken_back and not terms.policies_accepted:
        what = "corrections and ignored flows that come, go or change"
        yield f"{what}: {len(gate.taken_back)}, and that is not accepted"
    if gate.overlays and not (terms.overlays_accepted or terms.policies_accepted):
        what = "what overlays say otherwise of what was there"
        yield f"{what}: {len(gate.overlays)}, and that is not accepted"
    if gate.after.date != gate.before.date and not (terms.dated or terms.policies_accepted):
        days = f"{gate.after.date}, not {gate.before.date}"
        yield f"what is checked is of another day, {days}, and that is not accepted"
    for each in gate.amended:
        if not terms.policies_accepted and any(map(weighty, each.differences)):
            what = f"the policy `{each.policy}` changed" if each.policy else "a vocabulary changed"
            yield f"{what}, and that is not accepted"
    found = [new for new in gate.new if _stops(new, terms)]
    broken = [new for new in found if new.finding.verdict is Verdict.BROKEN]
    if brought := sum(not (new.grown or new.unwaived) for new in broken):
        yield f"newly broken: {brought}"
    if no_longer := sum(new.unwaived for new in broken):
        yield f"broken and waived before, and not waived now: {no_longer}"
    if grown := sum(bool(new.grown) for new in broken):
        yield f"broken before, and now for more events: {grown}"
    lost = [new for new in found if new.finding.verdict is Verdict.UNDETERMINED]
    if doubted := sum(new.there for new in lost):
        yield f"undetermined, and not so before: {doubted}"
    lost = [new for new in lost if not new.there]
    if hidden := sum(new.later for new in lost):
        those = _where(new for new in lost if new.later)
        yield f"undetermined, as it is not told who is named: {hidden}: {those}"
    if more := sum(not new.later for new in lost):
        yield f"undetermined on what is new: {more}"
    for turned in undecided(gate, terms):
        met = turned.after is Verdict.UNDETERMINED
        now = "is undetermined" if met else "no event meets it now"
        yield f"`{turned.rule}` was {turned.before}, and {now}"


def allowances(gate: Gate, terms: Terms) -> tuple[str, ...]:
    """With what a change is let pass that is new, and not accepted by anybody, as sentences."""
    stops = set(map(id, stopping(gate, terms)))
    left = [new for new in gate.new if id(new) not in stops and new.finding.waiver is None]
    light = [new for new in left if not _weighs(new.finding.severity, terms)]
    unsure = [new for new in left if _weighs(new.finding.severity, terms)]
    told = (
        (f"new, and let pass as less severe than {terms.fail_on}", light),
        ("undetermined on what is new, and let pass", unsure),
    )
    return tuple(f"{what}: {len(those)}: {_where(those)}" for what, those in told if those)


def _where(those: Iterable[New]) -> str:
    """At what findings are, as far as there is room."""
    found = list(dict.fromkeys(new.finding.event.carrier for new in those))
    more = [f"and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
    return ", ".join([*found[:_NAMED], *more])


def stopping(gate: Gate, terms: Terms) -> tuple[New, ...]:
    """The new findings for which a change does not pass: by themselves, or as those of a rule that was decided."""
    rules = {(each.policy, each.rule) for each in undecided(gate, terms)}
    return tuple(
        new
        for new in gate.new
        if _stops(new, terms)
        or (new.finding.waiver is None and (new.finding.policy, new.finding.rule) in rules)
    )


def undecided(gate: Gate, terms: Terms) -> tuple[Turned, ...]:
    """The rules that were decided and are not, or are met no more, and for which a change does not pass."""
    report = gate.after
    waived = {
        (each.policy, each.rule)
        for each in report.rules
        if report.unwaived_of(each) is not each.verdict
    }
    return tuple(
        turned
        for turned in gate.turned
        if _weighs(turned.severity, terms)
        and (
            (turned.after is Verdict.NOT_EXERCISED and terms.strict)
            or (
                turned.after is Verdict.UNDETERMINED
                and turned.before is not Verdict.UNDETERMINED
                and (turned.policy, turned.rule) not in waived
            )
        )
    )


def _stops(new: New, terms: Terms) -> bool:
    """Whether a change does not pass for a new finding, whatever became of its rule."""
    finding = new.finding
    if finding.waiver or not _weighs(finding.severity, terms):
        return False
    return finding.verdict is Verdict.BROKEN or new.there or new.later or terms.strict


def weighty(difference: Difference) -> bool:
    """Whether a difference of a policy changes what is judged: words that are merely added do not."""
    new_word = difference.change is Change.ADDED and difference.kind in ("term", "attribute")
    return difference.change is not Change.REWORDED and not new_word


def _weighs(severity: str, terms: Terms) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(terms.fail_on)
