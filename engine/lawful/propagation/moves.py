"""Moves: what a flow does to a datum, and what a node makes of the data that come to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lawful.kernel.bits import members
from lawful.kernel.transfer import Transfer
from lawful.propagation.alike import Alike, numbered
from lawful.propagation.data import (
    Datum,
    Leaves,
    Universe,
    less_telling,
    more_telling,
    same_subject,
)
from lawful.propagation.standing import Standing, any_of
from lawful.system.model import Derivation, Fact, Flow, Guard, Join, Node, Subject
from lawful_dsl.program import Form


@dataclass(frozen=True)
class Tracked:
    """What the rules in force need the data to remember beside what they always do."""

    products: tuple[str, ...] = ()
    silence: int = 0
    origins: bool = True


class Moves:
    """The functions of flows and nodes over one universe of data."""

    def __init__(
        self, standing: Standing, leaves: Leaves, universe: Universe, tracked: Tracked
    ) -> None:
        self.standing = standing
        self.system = standing.system
        self.lattice = standing.lattice
        self.leaves = leaves
        self.universe = universe
        self.tracked = tracked
        self._starting: dict[str, int] = {}
        self._started: dict[tuple[str, str], int] = {}
        self._said: Alike[Flow, int] = numbered(
            "carries", "whose", "guards", "changes", "marks", "unmarks"
        )
        made_by = ("derivations", "joins", "products")
        self._is_open: Alike[Node, bool] = Alike(self._changes_nothing, *made_by)
        self._transfers: dict[tuple[int, int], Transfer] = {}

    # --- flows ------------------------------------------------------------------------------------

    def starting(self, node: Node) -> int:
        """The leaves that start anew when they leave a node (decisions 12 and 13)."""
        found = self._starting.get(node.id)
        if found is None:
            key = (node.kind if node.kind in _BY_KIND else "", node.owner)
            found = self._started.get(key)
            if found is None:
                found = self.leaves.of(
                    leaf for leaf in self.leaves.names if self.standing.starts(node, leaf)
                )
                self._started[key] = found
            self._starting[node.id] = found
        return found

    def declared(self, flow: Flow) -> list[int]:
        """The extents of what a flow declares, one by one; of everything where it is silent."""
        if flow.carries is None:
            return [self.leaves.everything]
        return [self.leaves.selected(c.term, c.excluded) for c in flow.carries]

    def transfer(self, flow: Flow) -> Transfer:
        """What a flow makes of the data that its source holds. Flows that do the same share it."""
        relayed = self.leaves.everything & ~self.starting(self.system.nodes[flow.source])
        key = (self._said.of(flow), relayed)
        found = self._transfers.get(key)
        if found is None:
            found = Transfer(self._step(flow, relayed))
            self._transfers[key] = found
        return found

    def _step(self, flow: Flow, relayed: int) -> Callable[[int], int]:
        declared = self.declared(flow)
        universe = self.universe
        takes_unknown = bool(relayed) and (
            flow.carries is None or any(c.everything for c in flow.carries)
        )

        def step(number: int) -> int:
            datum = universe.data[number]
            if datum.unknown:
                return 1 << number if takes_unknown else 0
            if not self._whose(flow, datum):
                return 0
            out = 0
            for extent in declared:
                met = datum.extent & extent & relayed
                if met:
                    taken = datum if met == datum.extent else replace(datum, extent=met)
                    for sent in self.sent(flow, taken):
                        out |= 1 << number if sent is datum else universe.bit(sent)
            return out

        return step

    def _whose(self, flow: Flow, datum: Datum) -> bool:
        if not flow.whose or not datum.beginning.subject:
            return True
        subject = datum.beginning.subject
        kind = self.system.subjects[subject].kind
        return any(
            who == subject
            or (who not in self.system.subjects and self.lattice.is_a(kind, who) is not False)
            for who in flow.whose
        )

    def sent(self, flow: Flow, datum: Datum) -> Iterator[Datum]:
        """A datum as a flow delivers it: guards, changes, marks. May be none, may be several."""
        for guard in flow.guards:
            guarded = self._guarded(guard, datum)
            if guarded is None:
                return
            datum = guarded
        silent = flow.carries is None or all(not c.term for c in flow.carries)
        for changed in self._changed(flow, datum):
            marks = (changed.marks | frozenset(flow.marks)) - frozenset(flow.unmarks)
            cleared = changed.cleared
            if changed.beginning.unsourced:
                cleared = (cleared - frozenset(flow.marks)) | frozenset(flow.unmarks)
            unnamed = changed.silent or (silent and bool(changed.extent & self.tracked.silence))
            if (marks, cleared, unnamed) == (changed.marks, changed.cleared, changed.silent):
                yield changed
            else:
                yield replace(changed, marks=marks, cleared=cleared, silent=unnamed)

    def _guarded(self, guard: Guard, datum: Datum) -> Datum | None:
        subject = self.subject(datum)
        standing = subject.states.get(guard.state) if subject else None
        if standing is not None and standing is not guard.only_if:
            return None
        if Guard(guard.state, not guard.only_if) in datum.guards:
            return None
        return replace(datum, guards=datum.guards | {guard})

    def subject(self, datum: Datum) -> Subject | None:
        """The subject of a datum, where it is known."""
        return self.system.subjects.get(datum.beginning.subject)

    def _changed(self, flow: Flow, datum: Datum) -> list[Datum]:
        data = [datum]
        for change in flow.changes:
            if change.operation in ("masking", "tokenising"):
                source = self.leaves.mask(change.source)
                result = self.leaves.mask(change.result)
                data = [piece for d in data for piece in _masked(d, source, result)]
            elif change.operation == "decrypting":
                data = [
                    replace(d, form=Form.IDENTIFIABLE) if d.form is Form.ENCRYPTED else d
                    for d in data
                ]
            else:
                data = [replace(d, form=less_telling(d.form, Form(change.operation))) for d in data]
        return data

    # --- nodes ------------------------------------------------------------------------------------

    def passed(self, node: Node) -> frozenset[str]:
        """The kinds of product that a node is, or may be, of those that a passage may ask for.

        The empty one is one that is not said. A node that says no product is no gate (decision 24).
        """
        if not self.tracked.products or not node.products.values:
            return frozenset()
        kinds = [
            value
            for value in node.products.values
            if any_of(self.lattice, Fact((value,), True), self.tracked.products) is not False
        ]
        return frozenset(kinds if node.products.whole else (*kinds, ""))

    def closing(self, node: Node) -> Closing | None:
        """What a node makes of what came to it, or None where it changes nothing."""
        if self._is_open.of(node):
            return None
        passed = self.passed(node)
        return Closing(
            Transfer(lambda number: self._derived(node, number)),
            Transfer(lambda number: self._kept(node, number)),
            Transfer(lambda number: self._stamped(passed, number)),
            _Joined(self, node),
        )

    def _changes_nothing(self, node: Node) -> bool:
        return not (node.derivations or node.joins or self.passed(node))

    def _stamped(self, passed: frozenset[str], number: int) -> int:
        datum = self.universe.data[number]
        if passed <= datum.passed:
            return 1 << number
        return self.universe.bit(replace(datum, passed=datum.passed | passed))

    def _derived(self, node: Node, number: int) -> int:
        datum = self.universe.data[number]
        out = 0
        for derivation in node.derivations:
            met = datum.extent & self.leaves.mask(derivation.source)
            if met:
                out |= self.universe.bit(
                    replace(
                        datum,
                        extent=self.leaves.mask(derivation.result),
                        lineage=datum.lineage | {met},
                    )
                )
        return out

    def _kept(self, node: Node, number: int) -> int:
        datum = self.universe.data[number]
        rest = datum.extent & ~self._removed(node.derivations)
        if rest == datum.extent:
            return 1 << number
        return self.universe.bit(replace(datum, extent=rest)) if rest else 0

    def _removed(self, derivations: tuple[Derivation, ...]) -> int:
        return self.leaves.masks(d.source for d in derivations if d.removing)


_BY_KIND = ("subject", "source", "recipient")


def _masked(datum: Datum, source: int, result: int) -> Iterator[Datum]:
    met = datum.extent & source
    if not met:
        yield datum
        return
    yield replace(datum, extent=result, lineage=datum.lineage | {met})
    if datum.extent & ~met:
        yield replace(datum, extent=datum.extent & ~met)


class _Joined:
    """The results of a node's joins."""

    def __init__(self, moves: Moves, node: Node) -> None:
        self._moves = moves
        self._joins = [
            ((node.id, i), j, moves.leaves.masks(j.left), moves.leaves.masks(j.right))
            for i, j in enumerate(node.joins)
        ]
        self._known: dict[int, int] = {}

    def results(self, held: int) -> int:
        """The data that the joins add to what is held."""
        if not self._joins:
            return 0
        found = self._known.get(held)
        if found is None:
            found = 0
            for number in members(held):
                found |= self.of(number, held)
            self._known[held] = found
        return found

    def of(self, number: int, held: int) -> int:
        """The data that the joins make of one datum, under its own origin, with all that is held."""
        universe, leaves = self._moves.universe, self._moves.leaves
        one = universe.data[number]
        out = 0
        for key, join, left, right in self._joins:
            for mine, theirs in ((left, right), (right, left)):
                met = one.extent & mine
                if not met or key in one.joined:
                    continue
                for other in universe.of(held):
                    met_other = other.extent & theirs
                    if not met_other or key in other.joined:
                        continue
                    if same_subject(one, other) is not False:
                        made = joined(leaves, join, (one, met), (other, met_other))
                        out |= universe.bit(replace(made, joined=one.joined | {key}))
        return out


@dataclass(frozen=True)
class Closing:
    """What one node makes of data: derived, kept, stamped as passed, joined."""

    derive: Transfer
    keep: Transfer
    stamp: Transfer
    joined: _Joined

    def close(self, came: int) -> int:
        """All that is held when this has come."""
        return self.keep.image(self.settle(came))

    def settle(self, came: int) -> int:
        """All that has been there when this has come, with what does not stay."""
        there = self.stamp.image(came)
        while True:
            held = self.keep.image(there)
            made = self.derive.image(there) | self.joined.results(held)
            grown = there | self.stamp.image(made)
            if grown == there:
                return there
            there = grown

    def spread(self, number: int, held: int) -> int:
        """All that is made of one datum, with partners for joins from what is held."""
        there = self.stamp.image(1 << number)
        while True:
            kept = self.keep.image(there)
            made = self.derive.image(there)
            for one in members(kept):
                made |= self.joined.of(one, held)
            grown = there | self.stamp.image(made)
            if grown == there:
                return kept
            there = grown


def joined(leaves: Leaves, join: Join, mine: tuple[Datum, int], other: tuple[Datum, int]) -> Datum:
    """What a join makes of a datum, under its own origin, with another (decision 19).

    Each comes with the part of its extent that the join takes.
    """
    (one, met), (partner, met_partner) = mine, other
    form = more_telling(one.form, partner.form)
    if join.result:
        guards = one.guards | partner.guards
        extent = leaves.mask(join.result)
        lineage = one.lineage | {met, met_partner}
        silent = one.silent or partner.silent
        return replace(one, extent=extent, form=form, lineage=lineage, guards=guards, silent=silent)
    return replace(one, form=form, lineage=one.lineage | {met_partner})
