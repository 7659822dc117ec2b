"""Conclusions: from judgements to findings, each where it first goes wrong (decision 42)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from lawful.findings import UNKNOWN_DATA, Event, Finding, NearRow, Reason, UsedFact, Verdict
from lawful.findings import Datum as Named
from lawful.kernel.witness import Path
from lawful.propagation import Propagation
from lawful.rules import paths
from lawful.rules.environment import NO_VALUE, Environment
from lawful.rules.judgements import Bench
from lawful.rules.permission import admitted
from lawful.rules.precedence import prevailed
from lawful.rules.predicates import holds
from lawful.rules.rows import nearest
from lawful.rules.sheets import Judged
from lawful.rules.verdicts import Explanation, judge, residences_of
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Closed, clauses_of

#: The rule, the verdict, the category and the kind of subject that a finding is of.
Key = tuple[str, str, str, str]
#: What is not kept at each carrier under one key, by the numbers of the data.
AtCarriers = Mapping[str, Mapping[int, Sequence[Judged]]]


@frozen
class _Group:
    """The events of one key at one carrier that have one datum: they share a witness."""

    judged: Sequence[Judged]
    path: Path
    stations: tuple[tuple[str, int], ...]


@frozen
class Gone:
    """What goes wrong at one carrier under one key: the groups that do so here first, and where events are counted."""

    first: tuple[_Group, ...]
    counts: Mapping[str, int]


@dataclass(slots=True)
class Unlike:
    """What is not kept, sorted by what it is reported as: by key, or as unknown data."""

    keys: dict[Key, dict[str, dict[int, list[Judged]]]] = field(default_factory=dict)
    unknown: dict[str, dict[int, list[Judged]]] = field(default_factory=dict)


def conclude(bench: Bench, judged: Iterable[Judged]) -> tuple[Finding, ...]:
    """The findings of one policy from what is not kept, sorted by rule, verdict and carrier."""
    sorted_out = sort_out(bench, judged)
    found = [
        finding
        for key in sorted(sorted_out.keys)
        for finding in _concluded(bench, sorted_out.keys[key])
    ]
    unknown: dict[str, list[Unknown]] = {}
    for _, at in sorted(sorted_out.unknown.items()):
        for one in unknown_at(bench, at):
            unknown.setdefault(one.start, []).append(one)
    return (*found, *(of_unknown(bench, node, unknown[node]) for node in sorted(unknown)))


def sort_out(bench: Bench, judged: Iterable[Judged]) -> Unlike:
    """What is not kept, by what it is reported as, by carrier and by datum."""
    found = Unlike()
    for one in judged:
        carrier = one.happening.frame.carrier
        at = (
            found.unknown
            if one.happening.datum.unknown
            else found.keys.setdefault(_key(bench, one), {})
        )
        at.setdefault(carrier, {}).setdefault(one.number, []).append(one)
    return found


def _concluded(bench: Bench, at: AtCarriers) -> Iterator[Finding]:
    """The findings of one key."""
    all_of_it = [gone_wrong(bench, at, carrier) for carrier in sorted(at)]
    counts: Counter[str] = Counter()
    for gone in all_of_it:
        counts.update(gone.counts)
    for carrier, gone in zip(sorted(at), all_of_it, strict=True):
        if gone.first:
            yield finding_of(bench, gone, counts[carrier])


def _key(bench: Bench, judged: Judged) -> Key:
    propagation = bench.propagation
    return (
        judged.rule.about.id,
        judged.judgement.verdict,
        paths.name_of(propagation, judged.happening.datum),
        _kind(bench, judged),
    )


def _kind(bench: Bench, judged: Judged) -> str:
    subject = bench.law.system.subjects.get(judged.happening.datum.beginning.subject)
    return subject.kind if subject else ""


def _in_order(bench: Bench, at: Mapping[int, Sequence[Judged]]) -> Iterator[Sequence[Judged]]:
    """What is not kept at a carrier, datum by datum."""
    numbers = sorted(at, key=bench.propagation.universe.rank) if len(at) > 1 else at
    for number in numbers:
        yield at[number]


def gone_wrong(bench: Bench, at: AtCarriers, carrier: str) -> Gone:
    """What goes wrong at a carrier: here first, or counted at the first on its way where the same does.

    An event that came in several internal states is counted once, at home if it has one.
    """
    homed: list[tuple[str, _Group]] = []
    for events in _in_order(bench, at[carrier]):
        group = _group(bench, events)
        first = next((c for c, number in group.stations if number in at.get(c, ())), carrier)
        homed.append((first, group))
    homed.sort(key=lambda found: found[0] != carrier)
    counts: dict[str, int] = {}
    counted: dict[Hashable, int] = {}
    for first, group in homed:
        origins = _origins(bench, group.judged[0])
        for event in _distinct(group.judged):
            known = counted.get(event, 0)
            counts[first] = counts.get(first, 0) + (origins & ~known).bit_count()
            counted[event] = known | origins
    return Gone(tuple(group for first, group in homed if first == carrier), counts)


def _origins(bench: Bench, judged: Judged) -> int:
    """Where the datum of an event begins, as a set."""
    origins = bench.propagation.origins
    if judged.flow >= 0:
        return origins.along(judged.flow, judged.number)
    if judged.happening.begins:
        return origins.starting(judged.node)
    return origins.at(judged.node, judged.number)


def _distinct(events: Sequence[Judged]) -> set[Hashable]:
    """The events that a report tells apart, but for origins: by carrier, datum as named, and tuple."""
    datum = events[0].happening.datum
    seen = (
        events[0].happening.frame.carrier,
        datum.form,
        datum.beginning.subject,
        datum.marks,
        datum.beginning.unsourced,
    )
    return {
        (
            seen,
            e.happening.kind,
            e.happening.use.purpose,
            e.happening.place,
            e.happening.channel,
            e.happening.partner,
        )
        for e in events
    }


def _group(bench: Bench, events: Sequence[Judged]) -> _Group:
    one = events[0]
    path = _path(bench, one)
    return _Group(events, path, paths.stations(bench.propagation, path))


def _path(bench: Bench, judged: Judged) -> Path:
    witnesses = bench.propagation.witnesses
    if judged.flow >= 0:
        return witnesses.along(judged.flow, judged.number)
    if judged.happening.begins:
        return Path(judged.node, ())
    return witnesses.to_node(judged.node, judged.number)


# --- one finding ----------------------------------------------------------------------------------


def finding_of(bench: Bench, gone: Gone, events: int) -> Finding:
    """The finding at a carrier where something goes wrong first, where so many events are counted."""
    group = min(
        gone.first,
        key=lambda g: (len(g.path.hops), [c for c, _ in g.stations], _order(bench, g.judged[0])),
    )
    judged = min(group.judged, key=lambda j: _order(bench, j))
    return _told(bench, judged, group.path, max(0, events - 1))


def _order(bench: Bench, judged: Judged) -> tuple[object, ...]:
    happening = judged.happening
    return (
        happening.datum.form,
        happening.datum.beginning.subject,
        tuple(sorted(happening.datum.marks)),
        happening.use.purpose,
        happening.place,
        happening.channel,
        judged.judgement.detail,
        happening.kind,
        happening.partner,
    )


def _told(bench: Bench, judged: Judged, path: Path, beneath: int) -> Finding:
    law, propagation = bench.law, bench.propagation
    about = judged.rule.about
    happening = judged.happening
    explanation = Explanation([], [], [])
    judge(bench.docket, law, bench.questions, judged.rule, happening, explanation)
    subject = law.system.subjects.get(happening.datum.beginning.subject)
    named = Named(
        paths.name_of(propagation, happening.datum),
        happening.datum.form,
        happening.datum.beginning.subject,
        subject.kind if subject else "",
        paths.origin(propagation, path, judged.node),
        tuple(sorted(happening.datum.marks)),
        happening.datum.beginning.unsourced,
        propagation.leaves.named(happening.datum.extent),
    )
    event = _event(bench, judged)
    broken = judged.judgement.verdict is Verdict.BROKEN
    return Finding(
        judged.judgement.verdict,
        law.policy.name,
        about.id,
        about.severity,
        named,
        event,
        judged.judgement.reason,
        judged.judgement.detail
        or ("" if broken else "; ".join(dict.fromkeys(explanation.untold)))
        or _sentence(named, event),
        clauses_of(judged.rule),
        about.citation,
        about.messages,
        paths.steps(propagation, path, judged.number, judged.node),
        _facts(explanation.used),
        () if broken else _facts(explanation.missing),
        _rows(bench, judged),
        _precedence(bench, judged),
        beneath,
        None,
        happening.frame.span,
    )


def _event(bench: Bench, judged: Judged) -> Event:
    happening = judged.happening
    leaves = bench.propagation.leaves
    partner = happening.partner
    frame = happening.frame
    return Event(
        happening.kind,
        frame.carrier,
        frame.source.id,
        frame.target.id,
        happening.use.purpose,
        happening.place,
        happening.channel,
        leaves.called(partner) if partner else "",
    )


def _sentence(datum: Named, event: Event) -> str:
    of = f" of {datum.subject}" if datum.subject else ""
    of += f" with {event.partner}" if event.partner else ""
    purpose = f" for {event.purpose}" if event.purpose else ""
    place = f" in {event.place}" if event.place not in ("", NO_VALUE) else ""
    if event.source == event.target:
        return f"{event.kind} of {datum.category}{of} at {event.target}{purpose}{place}"
    return f"{event.kind} of {datum.category}{of} from {event.source} to {event.target}{purpose}{place}"


def _facts(facts: Iterable[UsedFact]) -> tuple[UsedFact, ...]:
    return tuple(sorted(dict.fromkeys(facts), key=lambda f: (f.of, f.name, f.value, f.span)))


def _questions(bench: Bench, judged: Judged) -> Iterator[Environment]:
    """The questions of the event, leaf by leaf; first that on which an undetermined verdict turns, if one is named."""
    law, happening = bench.law, judged.happening
    asked = bench.questions.of(judged.rule)
    leaves = asked.data_leaves(happening.datum.extent)
    turning = [leaf for leaf in leaves if leaf in judged.judgement.detail.split(", ")]
    subject = law.system.subjects.get(happening.datum.beginning.subject)
    for leaf, purpose, place, residence in product(
        dict.fromkeys((*turning, *leaves)) or (None,),
        asked.purpose_leaves(happening.use.purpose),
        asked.place_leaves(happening.place),
        chain.from_iterable(residences_of(bench.questions, judged.rule, subject)),
    ):
        yield Environment(law, happening, leaf, purpose, place, residence, subject)


def _rows(bench: Bench, judged: Judged) -> tuple[NearRow, ...]:
    """The nearest rows, of a leaf that no row surely admits."""
    rule = judged.rule
    if not isinstance(rule, Closed):
        return ()
    left = (
        each
        for each in _questions(bench, judged)
        if holds(rule.event, each) is not False and not admitted(rule, each)
    )
    return nearest(rule, next(left, next(_questions(bench, judged))))


def _precedence(bench: Bench, judged: Judged) -> tuple[str, ...]:
    key = (bench.law.policy.name, judged.rule.about.id)
    over = bench.docket.over.get(key, ())
    if not over:
        return ()
    answer = prevailed(bench.docket, key, judged.rule, next(_questions(bench, judged)))
    word = {True: "permits", False: "does not permit", None: "may permit"}[answer]
    return tuple(
        f"{name} prevails over {judged.rule.about.id} and {word} this event"
        for name in dict.fromkeys(bearing.name for bearing in over)
    )


# --- unknown data ---------------------------------------------------------------------------------


@frozen
class Unknown:
    """What cannot be decided at a carrier of unknown data, which begin at the node `start`."""

    start: str
    judged: Judged
    path: Path
    propagation: Propagation


def unknown_at(bench: Bench, at: Mapping[int, Sequence[Judged]]) -> Iterator[Unknown]:
    """What cannot be decided of the unknown data at one carrier."""
    for events in _in_order(bench, at):
        path = _path(bench, events[0])
        start = paths.origin(bench.propagation, path, events[0].node)
        for one in events:
            yield Unknown(start, one, path, bench.propagation)


def of_unknown(bench: Bench, node: str, all_of_it: Sequence[Unknown]) -> Finding:
    """The finding for a node of which nothing is known and on which some rule turns (decision 23)."""
    first = min(
        all_of_it,
        key=lambda e: (
            len(e.path.hops),
            e.judged.happening.frame.carrier,
            e.judged.rule.about.id,
        ),
    )
    judged = first.judged
    rules = sorted({e.judged.rule.about.id for e in all_of_it})
    clauses = sorted({c for e in all_of_it for c in clauses_of(e.judged.rule)})
    span = bench.law.system.nodes[node].span
    return Finding(
        Verdict.UNDETERMINED,
        bench.law.policy.name,
        UNKNOWN_DATA,
        "medium",
        Named("unknown data", "identifiable", "", "", node, (), True),
        Event(judged.happening.kind, node, node, node),
        Reason.UNKNOWN_DATA,
        f"nothing is known of what {node} holds, so {_count(len(rules))} cannot be decided: "
        + ", ".join(rules),
        tuple(clauses),
        missing=(UsedFact(node, "holds", "unknown", span),),
        witness=paths.steps(first.propagation, first.path, judged.number, judged.node),
        beneath=len(all_of_it) - 1,
        span=span,
    )


def _count(rules: int) -> str:
    return "one rule" if rules == 1 else f"{rules} rules"
