"""Gate: what a change of a system or its policies brings and mends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from lawful.analysis.difference import Change, Difference, changes
from lawful.analysis.notices import new_notices
from lawful.analysis.overlays import overlaid
from lawful.analysis.prefixes import called_otherwise
from lawful.analysis.record import Known, Record, Stood
from lawful.findings import WAYS, Finding, Report, Verdict
from lawful_dsl.frozen import frozen

#: Ids that rules had before, by policy and rule.
Formerly = Mapping[tuple[str, str], Sequence[str]]
#: Ids that nodes had before, by those that they have.
Renamed = Mapping[str, Sequence[str]]


@frozen
class Amended:
    """What changed of a policy, or of the vocabularies (`policy` empty); `shared`: it was not compared.

    A policy that both checks read from the same file cannot have changed between them.
    """

    policy: str
    differences: tuple[Difference, ...]
    shared: bool = False


@frozen
class Claim:
    """What is said otherwise than before: of whom or what, which fact; empty where nothing is said.

    Of a thing that comes or goes, `fact` is empty, and `before` or `after` is all that is said of it, or else its name.
    """

    of: str
    fact: str
    before: str
    after: str


@frozen
class New:
    """A finding that was not there, or was another: `was` its verdict before, `there` that its carrier was.

    `grown` is how many further events it stands for than before; `unwaived`: it was waived before. `later`
    is whether it turns on an end that is known only after the change is carried out.
    """

    finding: Finding
    was: Verdict | None = None
    there: bool = False
    grown: int = 0
    unwaived: bool = False
    later: bool = False


@frozen
class Turned:
    """A rule whose verdict is another than before."""

    policy: str
    rule: str
    severity: str
    before: Verdict
    after: Verdict


@frozen
class Gate:
    """What a change does. `waivers` come, go or are others: what is accepted is policy, too.

    So is what is `taken_back` of what another text says: flows that are ignored, corrections; and so is what
    `overlays` say otherwise of what was there, beside files that are imported.
    `mended` are findings that are gone, `unasked` those whose rule is gone with them.

    `known` are the findings that were there before, as they are now; `notices` those that are new.
    """

    before: Record
    after: Report
    waivers: tuple[Difference, ...]
    taken_back: tuple[Difference, ...]
    overlays: tuple[Difference, ...]
    amended: tuple[Amended, ...]
    claims: tuple[Claim, ...]
    turned: tuple[Turned, ...]
    new: tuple[New, ...]
    mended: tuple[Known, ...]
    unasked: tuple[Known, ...]
    known: tuple[Finding, ...]
    notices: tuple[str, ...]


def gate(
    before: Record,
    after: Record,
    report: Report,
    formerly: Formerly,
    renamed: Renamed,
    later: Set[str] = frozenset(),
) -> Gate:
    """What came between a record and a report, whose own record is `after`.

    `later` are the nodes of which it is known only after the change is carried out who they are.
    """
    otherwise = called_otherwise(before.says, after.says)
    nodes = {**otherwise, **_nodes_then(before, renamed)}
    before = _under_new_names(before, nodes)
    new, old, gone = _sorted_out(before, report, formerly, nodes)
    new = tuple(replace(each, later=_turns_on(each.finding, later)) for each in new)
    there = {(stood.policy, stood.rule) for stood in after.rules}
    there |= {(policy, id) for (policy, _), ids in formerly.items() for id in ids}
    asked = {policy for policy, _ in there}
    kept = [one for one in gone if (one.policy, one.rule) in there or _unruled(one, before, asked)]
    return Gate(
        before,
        report,
        changes(before.waivers, after.waivers),
        changes(before.taken_back, after.taken_back),
        overlaid(before, after, {was: id for id, was in nodes.items()}),
        tuple(_amended(before, after)),
        tuple(_claims(before.says, after.says)),
        tuple(_turned(before.rules, after.rules, formerly)),
        new,
        tuple(kept),
        tuple(one for one in gone if one not in kept),
        old,
        (*_told_otherwise(otherwise), *new_notices(before.notices, after.notices)),
    )


def causes(new: Sequence[New]) -> tuple[tuple[New, ...], ...]:
    """The new findings by what causes them: of one rule, one carrier, or the same missing facts; waived or not."""
    found: dict[object, list[New]] = {}
    for each in new:
        one = each.finding
        facts = tuple(sorted({(fact.of, fact.name) for fact in one.missing}))
        key = (one.policy, one.rule, one.verdict, bool(one.waiver), facts or one.event.carrier)
        found.setdefault(key, []).append(each)
    return tuple(tuple(group) for group in found.values())


# --- findings -------------------------------------------------------------------------------------


def _sorted_out(
    before: Record, report: Report, formerly: Formerly, nodes: Mapping[str, str]
) -> tuple[tuple[New, ...], tuple[Finding, ...], list[Known]]:
    """The findings that are new, those that were there, and those that were and are not.

    What was broken and is undetermined now, or the other way round, is new, and not gone.
    """
    left = Counter(before.findings)
    new: list[New] = []
    old: list[Finding] = []
    rest: list[Finding] = []
    for finding in report.findings:
        match = _taken(left, finding, formerly, nodes, same=True)
        if match is None:
            rest.append(finding)
        elif match.waived and _fails(finding):
            new.append(New(finding, match.verdict, True, unwaived=True))
        elif finding.beneath > match.beneath:
            new.append(New(finding, match.verdict, True, finding.beneath - match.beneath))
        else:
            old.append(finding)
    for finding in rest:
        match = _taken(left, finding, formerly, nodes, same=False)
        was = match.verdict if match else None
        new.append(New(finding, was, was is not None or _there(before, finding)))
    order = {id(finding): number for number, finding in enumerate(report.findings)}
    new.sort(key=lambda each: order[id(each.finding)])
    return tuple(new), tuple(old), sorted(left.elements())


def _taken(
    left: Counter[Known],
    finding: Finding,
    formerly: Formerly,
    nodes: Mapping[str, str],
    *,
    same: bool,
) -> Known | None:
    """The finding as it was before, taken from those that are left; with the same verdict, or any."""
    ids = (finding.rule, *formerly.get((finding.policy, finding.rule), ()))
    names = {finding.fingerprint_under(id, nodes) for id in ids}
    found = [
        one
        for one in left
        if left[one]
        and (one.policy == finding.policy and one.fingerprint in names)
        and (one.verdict == finding.verdict or not same)
    ]
    if not found:
        return None
    # Several may have one fingerprint: the likest first.
    match = min(found, key=lambda one: (one.beneath != finding.beneath, -one.beneath))
    left[match] -= 1
    return match


def _nodes_then(before: Record, renamed: Renamed) -> dict[str, str]:
    """The ids that nodes had in the record, by those that they have; of those that had others."""
    return {
        now: was
        for now, ids in renamed.items()
        if f"node {now}" not in before.says
        for was in ids
        if f"node {was}" in before.says
    }


def _told_otherwise(nodes: Mapping[str, str]) -> Iterator[str]:
    """Who is taken for whom, by the names of files before their ids."""
    ids = ((was, now, was.partition("/")[2] or now.partition("/")[2]) for now, was in nodes.items())
    for was, now in sorted({(was.removesuffix(r), now.removesuffix(r)) for was, now, r in ids}):
        yield f"nodes that were called `{was}...` are called `{now}...`, and all else that is said of them is the same"


def _under_new_names(before: Record, nodes: Mapping[str, str]) -> Record:
    """The record, with what it says of nodes and flows under the ids that they have now."""
    if not nodes:
        return before
    now = {was: id for id, was in nodes.items()}
    says = {_called(thing, now): said for thing, said in before.says.items()}
    overlay = before.overlay and {_called(thing, now): s for thing, s in before.overlay.items()}
    return replace(before, says=says, overlay=overlay)


def _called(thing: str, now: Mapping[str, str]) -> str:
    """A node or flow of a record, such as `flow till -> carts for billing`, under the ids that nodes have now."""
    kind, _, id = thing.partition(" ")
    if kind == "node":
        return f"{kind} {now.get(id, id)}"
    way = next((f" {way} " for way in WAYS if f" {way} " in id), "")
    if kind != "flow" or not way:
        return thing
    source, _, rest = id.partition(way)
    fits = [was for was in now if rest == was or rest.startswith(f"{was} ")]
    target = max(fits, key=len, default="")
    rest = f"{now[target]}{rest.removeprefix(target)}" if target else rest
    return f"{kind} {now.get(source, source)}{way}{rest}"


def _fails(finding: Finding) -> bool:
    """Whether a finding by itself fails a check."""
    return finding.verdict is Verdict.BROKEN and finding.waiver is None


def _there(before: Record, finding: Finding) -> bool:
    """Whether the flow, node or system of a finding was there before."""
    return any(
        f"{kind} {finding.event.carrier}" in before.says for kind in ("flow", "node", "system")
    )


def _turns_on(finding: Finding, later: Set[str]) -> bool:
    """Whether a finding is at one of some nodes, or on a flow from or to one."""
    event = finding.event
    return not later.isdisjoint((event.carrier, event.source, event.target))


def _unruled(one: Known, before: Record, asked: Iterable[str]) -> bool:
    """Whether a finding is of no rule that a policy has, such as that of unknown data."""
    ruled = any((each.policy, each.rule) == (one.policy, one.rule) for each in before.rules)
    return not ruled and one.policy in asked


# --- rules, policies, facts -----------------------------------------------------------------------


def _turned(
    before: Iterable[Stood], after: Iterable[Stood], formerly: Formerly
) -> Iterator[Turned]:
    old = {(stood.policy, stood.rule): stood.verdict for stood in before}
    for now in after:
        ids = (now.rule, *formerly.get((now.policy, now.rule), ()))
        was = next((old[now.policy, id] for id in ids if (now.policy, id) in old), None)
        if was is not None and was is not now.verdict:
            yield Turned(now.policy, now.rule, now.severity, was, now.verdict)


def _amended(before: Record, after: Record) -> Iterator[Amended]:
    old = {rules.policy: rules for rules in before.policies}
    new = {rules.policy: rules for rules in after.policies}
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        found = changes(was.statements if was else (), now.statements if now else ())
        found += tuple(_severities(name, before, after))
        shared = bool(was and now and was.file == now.file)
        if found or shared:
            yield Amended(name, found, shared)
    words = changes(before.words, after.words)
    if words:
        yield Amended("", words)


def _severities(policy: str, before: Record, after: Record) -> Iterator[Difference]:
    """Rules whose severity is another: it may be what lets them pass."""
    old = {stood.rule: stood.severity for stood in before.rules if stood.policy == policy}
    for now in after.rules:
        was = old.get(now.rule, now.severity)
        if now.policy == policy and was != now.severity:
            yield Difference(Change.CHANGED, "severity", now.rule, (), was, now.severity)


def _claims(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[Claim]:
    for of in sorted({*before, *after}):
        if of not in before or of not in after:
            yield Claim(of, "", _told(of, before), _told(of, after))
            continue
        was, now = before[of], after[of]
        for fact in sorted({*was, *now}):
            if was.get(fact) != now.get(fact):
                yield Claim(of, fact, was.get(fact, ""), now.get(fact, ""))


def _told(of: str, says: Mapping[str, Mapping[str, str]]) -> str:
    """All that is said of a thing, or its name where that is nothing; empty where it is not there."""
    said = sorted(says.get(of, {}).items())
    ends = ("source", "target")
    facts = "; ".join(f"{fact}: {is_}" for fact, is_ in said if fact not in ends or is_ not in of)
    return facts or (of if of in says else "")
