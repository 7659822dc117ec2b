"""Register: what a system's flows really amount to, as Article 30 of the GDPR has it recorded.

`Activity` is a row of the record of a controller (Article 30(1)): one purpose. `Recipient` is one who
gets data from us, processors and sub-processors first among them (Article 30(2), 28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lawful.analysis.listed import RowUse, Unlisted, compared, listing
from lawful.check import benches, in_force
from lawful.kernel.bits import members
from lawful.propagation.data import Datum
from lawful.propagation.starts import Needs
from lawful.rules.environment import Environment, Frame, Happening, Law, bases_of
from lawful.rules.happenings import uses_of
from lawful.rules.judgements import Bench
from lawful.rules.paths import name_of
from lawful.system.model import NONE, Fact, Flow, Node, System, Use
from lawful_dsl.format.words import write_period
from lawful_dsl.frozen import frozen
from lawful_dsl.program import PERSONAL_FORMS, EventKind, Program

#: What is said of a fact that no one declared.
UNDECLARED = "not declared"
#: The places from which the GDPR counts a transfer to a third country (Article 44).
EEA = "EEA"


@frozen
class Activity:
    """What is done for one purpose. Every column is sorted; `transfers` are places outside the EEA."""

    purpose: str
    bases: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@frozen
class Recipient:
    """A party that gets data of ours, and in which role, with what it gets, for what, and where."""

    party: str
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()


@frozen
class Register:
    """The registers of one policy's *us* on one date: what there is, beside what the policy lists."""

    system: str
    policy: str
    date: str
    controller: str
    joint_controllers: tuple[str, ...]
    activities: tuple[Activity, ...]
    recipients: tuple[Recipient, ...]
    rows: tuple[RowUse, ...]
    unlisted: tuple[Unlisted, ...]


def registers(
    program: Program, system: System, *, policies: Sequence[str], on: str
) -> tuple[Register, ...]:
    """The registers of a system, one for each policy in effect on the date."""
    chosen = in_force(program, policies, on)
    listings = [listing(policy) for policy in chosen]
    found = benches(program, system, listings, on, remember=Needs())
    return tuple(_register(bench, on) for bench in found)


def _register(bench: Bench, on: str) -> Register:
    law, system = bench.law, bench.law.system
    us = system.parties.get(law.policy.by)
    gathered = _Gathered(bench)
    for carried in _carried(bench):
        gathered.add(carried)
    for n, node in enumerate(bench.propagation.nodes):
        gathered.begin(node, _personal(bench, bench.propagation.began(n)))
        gathered.keep(node, _personal(bench, bench.propagation.held(n)))
    rows, unlisted = compared(bench)
    joint = (p.id for p in system.parties.values() if _is_joint(p.roles))
    return Register(
        system.name,
        law.policy.name,
        on,
        (us.label or us.id) if us else law.policy.by or UNDECLARED,
        tuple(sorted(joint)),
        gathered.activities(),
        gathered.recipients(),
        rows,
        unlisted,
    )


def _is_joint(roles: Iterable[object]) -> bool:
    return any(getattr(role, "role", "") == "joint_controller" for role in roles)


# --- what there is --------------------------------------------------------------------------------


def _personal(bench: Bench, bits: int) -> list[Datum]:
    """The data of a set that are about somebody: not those aggregated or anonymised."""
    return [d for d in bench.propagation.universe.of(bits) if d.form in PERSONAL_FORMS]


@frozen
class _Carried:
    """One datum on one flow, for one purpose; the ends are ours, or of who acts for us, at least one."""

    flow: Flow
    source: Node
    target: Node
    datum: Datum
    use: Use
    begins: bool


def _carried(bench: Bench) -> Iterator[_Carried]:
    propagation, system = bench.propagation, bench.law.system
    for f, flow in enumerate(propagation.flows):
        source, target = system.nodes[flow.source], system.nodes[flow.target]
        given = propagation.solution.given[f]
        for number in members(propagation.carried(f) | propagation.placed(f)):
            datum = propagation.universe.data[number]
            if datum.form not in PERSONAL_FORMS or not any(
                _concerns(bench.law, node, datum) for node in (source, target)
            ):
                continue
            begins = bool(given >> number & 1) and not datum.beginning.unsourced
            for use in uses_of(flow, datum):
                yield _Carried(flow, source, target, datum, use, begins)


def _concerns(law: Law, node: Node, datum: Datum) -> bool:
    """Whether a node is, or may be, ours or of one who acts for us with the datum."""
    us = law.standing.is_us(node)
    leaf = next(iter(sorted(law.leaves.named(datum.extent))), "")
    return us is not False or law.standing.is_acting(node, leaf, "") is not False


@dataclass(slots=True)
class _Gathered:
    """The columns of the rows, filled carrier by carrier."""

    bench: Bench
    rows: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    parties: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def add(self, carried: _Carried) -> None:
        """Take down what one datum on one flow says."""
        propagation, law = self.bench.propagation, self.bench.law
        flow, target, datum = carried.flow, carried.target, carried.datum
        row = self.rows.setdefault(carried.use.purpose, {})
        name = name_of(propagation, datum)
        _note(row, "data", [name])
        _note(row, "subjects", [_who(law.system, datum)])
        _note(row, "bases", _values(_bases(law, carried)))
        _note(row, "measures", [*flow.measures.values, *target.measures.values])
        if carried.begins:
            _note(row, "sources", [carried.source.owner or carried.source.id])
        if law.standing.is_us(target) is True or self._own(target, datum):
            return
        party = target.owner or target.id
        places = flow.places if not flow.places.unknown else target.places
        _note(row, "recipients", [party])
        abroad = target.kind != "subject"  # to tell somebody something is no transfer of data
        outside = [place for place in _values(places) if abroad and self._third(place)]
        _note(row, "transfers", outside)
        if outside:
            _note(row, "mechanisms", _values(flow.mechanisms, self._contracts(target)))
        about = self.parties.setdefault(party, {})
        _note(about, "data", [name])
        _note(about, "purposes", [carried.use.purpose or UNDECLARED])
        _note(about, "places", _values(places))

    def begin(self, node: Node, began: Sequence[Datum]) -> None:
        """Take down what begins at a node of ours."""
        for datum in began:
            if not _concerns(self.bench.law, node, datum):
                continue
            for use in datum.beginning.uses or (Use(),):
                row = self.rows.setdefault(use.purpose, {})
                _note(row, "data", [name_of(self.bench.propagation, datum)])
                _note(row, "subjects", [_who(self.bench.law.system, datum)])
                _note(row, "bases", _values(NONE if use.bases.silent else use.bases))
                _note(row, "sources", [node.owner or node.id])

    def keep(self, node: Node, held: Sequence[Datum]) -> None:
        """Take down how long a node of ours keeps what it holds, and how it protects it."""
        law = self.bench.law
        if not node.keeps:
            return
        for datum in held:
            if not _concerns(law, node, datum):
                continue
            collected = [use.purpose for use in datum.beginning.uses or ()]
            for purpose in {*collected, *node.purposes.values}:
                row = self.rows.setdefault(purpose, {})
                _note(row, "retention", _retention(node))
                _note(row, "measures", node.measures.values)

    def _own(self, node: Node, datum: Datum) -> bool:
        """Whether the node is the datum's own subject."""
        return node.kind == "subject" and node.id == datum.beginning.subject

    def _third(self, place: str) -> bool:
        """Whether a place is, for all that is known, outside the EEA."""
        lattice = self.bench.law.lattice
        if place == UNDECLARED or EEA not in lattice.vocabulary.of_list("places"):
            return True
        return lattice.is_a(place, EEA) is not True

    def _contracts(self, node: Node) -> Fact[str]:
        party = self.bench.law.party(node)
        return party.contracts if party else Fact((), False)

    def activities(self) -> tuple[Activity, ...]:
        """A row for each purpose, what has none declared last."""
        found = [
            Activity(
                purpose or UNDECLARED, **{k: _sorted(v) for k, v in self.rows[purpose].items()}
            )
            for purpose in sorted(self.rows)
        ]
        return tuple(sorted(found, key=lambda row: (row.purpose == UNDECLARED, row.purpose)))

    def recipients(self) -> tuple[Recipient, ...]:
        """A row for each recipient, those who act for us first."""
        found = [self._recipient(id) for id in sorted(self.parties)]
        return tuple(sorted(found, key=lambda r: (not _acting(r), r.party)))

    def _recipient(self, id: str) -> Recipient:
        columns = {key: _sorted(values) for key, values in self.parties[id].items()}
        party = self.bench.law.system.parties.get(id)
        if party is None:
            subject = self.bench.law.system.subjects.get(id)
            if subject is None:
                return Recipient(id, (UNDECLARED,), (UNDECLARED,), **columns)
            return Recipient(id, (subject.kind,), **columns)
        return Recipient(
            id,
            kinds=_sorted(_values(party.kinds)),
            roles=_sorted(role.role for role in party.roles) or (UNDECLARED,),
            contracts=_sorted(_values(party.contracts)),
            certificates=_sorted(each.term for each in party.certificates.values),
            **columns,
        )


def _acting(recipient: Recipient) -> bool:
    return any(role in ("processor", "sub_processor") for role in recipient.roles)


def _bases(law: Law, carried: _Carried) -> Fact[str]:
    """The bases of a use: its own, else those on which the datum was collected (decision 29)."""
    frame = Frame(carried.flow.id, carried.source, carried.target, carried.flow)
    happening = Happening(
        EventKind.TRANSFER, frame, carried.datum, carried.use, "", begins=carried.begins
    )
    purpose = min(law.extent((carried.use.purpose,)), default="") if carried.use.purpose else ""
    return bases_of(Environment(law, happening, None, purpose, "", "", None))


def _who(system: System, datum: Datum) -> str:
    subject = system.subjects.get(datum.beginning.subject)
    return subject.kind if subject else UNDECLARED


def _retention(node: Node) -> Iterator[str]:
    for kept in node.kept:
        period = write_period(kept.period) if kept.period is not None else UNDECLARED
        of = f" of {', '.join(kept.data)}" if kept.data else ""
        yield f"{node.id}: {period}{of}"
    if not node.kept:
        yield f"{node.id}: {UNDECLARED}"


def _values(*facts: Fact[str]) -> list[str]:
    """The values of the first fact that anything is known of, and that there may be more."""
    fact = next((fact for fact in facts if not fact.unknown), facts[-1])
    more = [] if fact.whole else [UNDECLARED if not fact.values else "others"]
    return [*fact.values, *more] or ["none"]


def _note(row: dict[str, set[str]], column: str, values: Iterable[str]) -> None:
    row.setdefault(column, set()).update(values)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
