"""Difference: what changed between two policies, or two versions of one, and what that does to a system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from lawful.findings import Finding, Report, Verdict
from lawful_dsl.frozen import frozen
from lawful_dsl.program import About, Closed, Permit, Policy, Readings, Retain, Rule, clauses_of


class Change(StrEnum):
    """What became of a statement. `reworded`: it says the same in other words, or tells it otherwise."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWORDED = "reworded"


@frozen
class Difference:
    """What is not the same in both: a line of the header, a rule, a permit, a treatment, a precedence, an event.

    `name` is its id, of a permit that of its block with its row. `before` and `after` are its texts.
    """

    change: Change
    kind: str
    name: str
    clauses: tuple[str, ...]
    before: str = ""
    after: str = ""


@frozen
class Moved:
    """What changes on a system: findings that come and go, and rules with another verdict."""

    system: str
    comes: tuple[Finding, ...]
    goes: tuple[Finding, ...]
    verdicts: tuple[tuple[str, Verdict, Verdict], ...]


def difference(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """All that is not the same in both, in the order of the later one, what it no longer has last."""
    return changes(statements(before), statements(after))


def changes(before: Iterable[Statement], after: Iterable[Statement]) -> tuple[Difference, ...]:
    """The same, of two rows of statements."""
    old, new = list(before), list(after)
    pairs = _paired(old, new)
    gone = [each for each in old if id(each) not in {id(one) for one, _ in pairs.values()}]
    found = [
        _compared(pairs[id(each)][0], each) if id(each) in pairs else _added(each) for each in new
    ]
    return tuple(
        [each for each in found if each is not None]
        + [Difference(Change.REMOVED, s.kind, s.name, s.clauses, before=s.text) for s in gone]
    )


def count_alike(before: Policy, after: Policy) -> int:
    """How many statements are the same in both."""
    later = list(statements(after))
    return len(later) - sum(each.change is not Change.REMOVED for each in difference(before, after))


def moved(before: Report, after: Report) -> Moved:
    """What two reports on one system do not have in common; a finding is known by its fingerprint."""
    old = {finding.fingerprint: finding for finding in before.findings}
    new = {finding.fingerprint: finding for finding in after.findings}
    verdicts = {result.rule: result.verdict for result in before.rules}
    return Moved(
        after.system,
        tuple(new[key] for key in new if key not in old or new[key].verdict != old[key].verdict),
        tuple(old[key] for key in old if key not in new or new[key].verdict != old[key].verdict),
        tuple(
            (result.rule, verdicts[result.rule], result.verdict)
            for result in after.rules
            if verdicts.get(result.rule, result.verdict) != result.verdict
        ),
    )


# --- statements -----------------------------------------------------------------------------------


@frozen
class Statement:
    """A statement: `means` is what it comes to, without names and citations; `told` is how it is told."""

    kind: str
    name: str
    clauses: tuple[str, ...]
    text: str
    means: Any
    told: Any = ()


def statements(policy: Policy) -> Iterator[Statement]:
    """What a policy consists of, each with what it means."""
    yield from _header(policy)
    rows = {p.text for rule in policy.rules if isinstance(rule, Closed) for p in rule.permits}
    for rule in policy.rules:
        if isinstance(rule, Retain) and rule.about.text in rows:
            continue  # the retention of a row, which is told with the row
        yield _of_readings(rule, policy) if isinstance(rule, Readings) else _of_rule(rule)
        if isinstance(rule, Closed):
            yield from (_of_permit(rule, permit, policy) for permit in rule.permits)
    for treat in policy.treats:
        name = f"{treat.name} as {treat.as_}"
        means = (treat.condition, treat.as_, treat.when)
        yield Statement("treat", name, treat.clauses, f"treat {name}", means)
    for item in policy.prevails:
        name = f"{item.over} prevails over {item.under}"
        yield Statement("prevails", name, item.clauses, name, item.event)
    for name, condition in policy.events:
        yield Statement("define", name, (), f"define {name}", condition)


def _header(policy: Policy) -> Iterator[Statement]:
    """Who makes the promise, what it is about, and which texts it has; its dates are those of the version."""
    governs = ", ".join(f"{kind} {name}" for kind, name in policy.governs)
    cited = dict(policy.cited)
    for word, said in (("by", policy.by), ("governs", governs), ("text", ", ".join(policy.texts))):
        if said:
            yield Statement("header", word, cited.get(word, ()), f"{word} {said}", said)


def _of_readings(rule: Readings, policy: Policy) -> Statement:
    """A rule as the texts of this version have it: what other texts say is none of it."""
    texts = frozenset(policy.texts)
    said = [
        (sorted(texts & set(languages)) or sorted(languages), reading)
        for languages, reading in rule.readings
        if not texts or texts & set(languages)
    ]
    about = rule.about
    means = [(languages, reading and _bare(reading)) for languages, reading in said]
    text = " ".join(
        [f"readings {about.id}"]
        + [
            f"{', '.join(ls)}: {reading.about.text if reading else 'nothing'}"
            for ls, reading in said
        ]
    )
    told = (about.severity, about.messages, about.citation, about.clauses)
    means_all = (means, about.unwaivable)
    return Statement("rule", about.id, clauses_of(rule), _text(about, text), means_all, told)


def _bare(rule: Rule) -> Rule:
    """A rule without what it says of itself, but for what it stands in place of, and whom no treatment turns."""
    said = rule.about
    kept = About(
        said.id,
        replaces=said.replaces,
        names=said.names,
        actual=said.actual,
        unwaivable=said.unwaivable,
    )
    return replace(rule, about=kept)


def _of_rule(rule: Rule) -> Statement:
    about = rule.about
    bare = _bare(rule)
    if isinstance(bare, Closed):
        bare = replace(bare, permits=())
    told = (about.severity, about.messages, about.citation, about.clauses)
    text = _text(about, about.text)
    return Statement("rule", about.id, clauses_of(rule), text, bare, told)


def _text(about: About, text: str) -> str:
    """The text of a rule, with the one thing that it says of itself and that changes what may pass."""
    return f"{text} unwaivable" if about.unwaivable else text


def _of_permit(rule: Closed, permit: Permit, policy: Policy) -> Statement:
    name = f"{rule.about.id} (row {permit.row})" if permit.row else f"{rule.about.id} (permit)"
    kept = [
        (each.bound, each.period)
        for each in policy.rules
        if permit.row and isinstance(each, Retain) and each.about.text == permit.text
    ]
    means = (permit.condition, permit.exceptions, kept)
    return Statement("permit", name, permit.clauses, permit.text, means, permit.clauses)


# --- pairing --------------------------------------------------------------------------------------


def _paired(
    old: Sequence[Statement], new: Sequence[Statement]
) -> dict[int, tuple[Statement, Statement]]:
    """Each new statement with the old one that it is, or has become: the same first, then the likest."""
    pairs: dict[int, tuple[Statement, Statement]] = {}
    left = list(old)

    def pair(one: Statement, other: Statement) -> None:
        pairs[id(other)] = (one, other)
        left.remove(one)

    for alike in (_same, _same_name):
        for each in new:
            if id(each) not in pairs:
                found = next((one for one in left if alike(one, each)), None)
                if found is not None:
                    pair(found, each)
    return pairs


def _same(one: Statement, other: Statement) -> bool:
    block = one.name.split(" (")[0] == other.name.split(" (")[0]
    return one.kind == other.kind and block and one.means == other.means


def _same_name(one: Statement, other: Statement) -> bool:
    if one.kind != other.kind or one.name != other.name:
        return False
    # A permit without a row has no name of its own: it is another one, or much the same.
    return not one.name.endswith("(permit)") or _likeness(one.text, other.text) > 0.5


def _likeness(one: str, other: str) -> float:
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _compared(one: Statement, other: Statement) -> Difference | None:
    if one.means != other.means:
        change = Change.CHANGED
    elif one.text != other.text or one.told != other.told:
        change = Change.REWORDED
    else:
        return None
    return Difference(change, other.kind, other.name, other.clauses, one.text, other.text)


def _added(statement: Statement) -> Difference:
    return Difference(
        Change.ADDED, statement.kind, statement.name, statement.clauses, after=statement.text
    )
