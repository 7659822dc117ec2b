"""Starts: where data begin; collected, generated, expected, unsourced, placed, unknown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from lawful.kernel.transfer import Test
from lawful.propagation.alike import Alike
from lawful.propagation.data import (
    Beginning,
    Datum,
    Given,
    Leaves,
    Universe,
    given_on,
    purposes_said,
)
from lawful.propagation.moves import Moves
from lawful.system.model import (
    NONE,
    UNKNOWN,
    Consent,
    Fact,
    Flow,
    Node,
    Origin,
    System,
    Use,
)
from lawful_dsl.frozen import frozen
from lawful_dsl.program import Form

_NOT_ASKED: Fact[Given] = Fact()


@frozen
class Needs:
    """Which facts of an origin some rule in force asks; the others are left out, so that more origins are alike."""

    uses: bool = True
    consents: bool = True
    mechanisms: bool = True


class Starts:
    """The beginnings of one system, as numbers of data at nodes and on flows."""

    def __init__(self, moves: Moves, needs: Needs) -> None:
        self.moves = moves
        self.system: System = moves.system
        self.leaves: Leaves = moves.leaves
        self.universe: Universe = moves.universe
        self.needs = needs
        self._meets: dict[int, Test] = {}
        self._generated: dict[Hashable, int] = {}
        told = ("origins", "holds_nothing", "kind", "owner")
        self._sorts: Alike[Node, int] = Alike(self._like, *told)
        self._likes: dict[Hashable, int] = {}
        self.unknown = self.universe.bit(Datum(0, Form.IDENTIFIABLE, Beginning(unsourced=True)))

    # --- what begins at once ----------------------------------------------------------------------

    def generated(self, node: Node) -> int:
        """What a node generates."""
        like = self.sort_of(node)
        found = self._generated.get(like)
        if found is None:
            made = (self._origin(node, o) for o in node.origins if o.word == "generates")
            found = self._generated[like] = self.universe.bits(made)
        return found

    def collected(self, flow: Flow) -> int:
        """What begins on a flow out of a subject or an outside party (decisions 12 and 13)."""
        source = self.system.nodes[flow.source]
        starting = self.moves.starting(source)
        if not starting:
            return 0
        passed = self.moves.passed(source)
        out = 0
        for extent in self.moves.declared(flow):
            if extent & starting:
                for subject in self._whose(flow):
                    beginning = self._beginning(flow, subject)
                    datum = Datum(extent & starting, Form.IDENTIFIABLE, beginning, passed=passed)
                    out |= self.universe.bits(self.moves.sent(flow, datum))
        return out

    def put(self, flow: Flow) -> int:
        """What a flow out of a subject or an outside party places (decisions 13 and 25)."""
        source = self.system.nodes[flow.source]
        extent = self.leaves.mask(flow.placing) & self.moves.starting(source)
        return self._placed(flow, extent, self.moves.passed(source)) if extent else 0

    def _whose(self, flow: Flow) -> Iterator[str]:
        node = self.system.nodes[flow.source]
        if flow.whose:
            yield from dict.fromkeys(w for who in flow.whose for w in self._meant(who))
        else:
            yield node.id if node.kind == "subject" else ""

    def _meant(self, who: str) -> list[str]:
        """The subjects that an id or a kind means; of a kind of which there is none, one unknown."""
        subjects = self.system.subjects
        if who in subjects:
            return [who]
        is_a = self.moves.lattice.is_a
        return [s.id for s in subjects.values() if is_a(s.kind, who)] or [""]

    def _beginning(self, flow: Flow, subject: str) -> Beginning:
        uses: tuple[Use, ...] = ()
        if self.needs.uses:
            said = (*flow.uses, Use("", flow.bases)) if flow.same else flow.uses
            uses = _settled(said)
        consents = self._given(flow) if self.needs.consents else _NOT_ASKED
        return Beginning(subject, uses, consents, self._mechanisms(flow.mechanisms))

    def _given(self, flow: Flow) -> Fact[Given]:
        """The consents on a flow, without what nothing can tell apart: by which flow a datum came, to which node."""
        consents = given_on(flow)
        if not consents.values or self.is_told_apart(flow):
            return consents
        owner = self.system.nodes[flow.target].owner
        alike = (replace(given, carrier="", target="", owner=owner) for given in consents.values)
        return Fact(tuple(alike), consents.whole)

    def is_told_apart(self, flow: Flow) -> bool:
        """Whether what begins on a flow is told from what begins on one that says the same, to a node of one owner.

        What is placed is on a device of somebody; a consent may be one that was given there.
        """
        if flow.placing or not flow.consents.values:
            return bool(flow.placing)
        starting = self.moves.starting(self.system.nodes[flow.source])
        again = starting != self.leaves.everything
        return bool(starting) and (again or not self.system.nodes[flow.target].owner)

    def _mechanisms(self, said: Fact[str]) -> Fact[str]:
        return said if self.needs.mechanisms else UNKNOWN

    # --- what begins late -------------------------------------------------------------------------

    def expected(self, node: Node, came: int) -> int:
        """What a node is declared to hold and, of what has come, did not get (decision 21 b)."""
        missing = 0
        for origin in node.origins:
            if origin.word == "holds" and not self._met(self.leaves.mask(origin.term), came):
                missing |= self.universe.bit(self._origin(node, origin))
        return missing

    def wanted(self, flow: Flow) -> tuple[int, ...]:
        """The extents that a flow declares by name and has to find in what it reads."""
        starting = self.moves.starting(self.system.nodes[flow.source])
        named = (c for c in flow.carries or () if not c.everything)
        each = (self.leaves.selected(c.term, c.excluded) for c in named)
        return tuple(extent for extent in each if extent and not extent & starting)

    def unsourced(self, flow: Flow, wanted: Iterable[int], read: int) -> int:
        """What a flow declares and does not find in what it reads (decisions 21 c and 22)."""
        out = 0
        for extent in wanted:
            if not self._met(extent, read):
                whose = [w for w in flow.whose if w in self.system.subjects]
                subject = whose[0] if len(flow.whose) == len(whose) == 1 else ""
                beginning = Beginning(subject, None, Fact(), Fact(), True)
                datum = Datum(extent, Form.IDENTIFIABLE, beginning)
                out |= self.universe.bits(self.moves.sent(flow, datum))
        return out

    def placed(self, flow: Flow, read: int) -> int:
        """What a flow places of which it reads nothing, and passes it on (decision 25)."""
        extent = self.leaves.mask(flow.placing)
        starting = self.moves.starting(self.system.nodes[flow.source])
        if extent & starting or self._met(extent, read):
            return 0
        return self._placed(flow, extent)

    def _placed(self, flow: Flow, extent: int, passed: frozenset[str] = frozenset()) -> int:
        device = self.system.nodes[flow.target]
        beginning = self._beginning(flow, device.subject)
        datum = Datum(extent, Form.IDENTIFIABLE, beginning, passed=passed)
        return self.universe.bits(self.moves.sent(flow, datum))

    def not_known(self, node: Node, came: int) -> int:
        """The unknown data of a node of which nothing is known (decision 21 d)."""
        if came or not node.silent:
            return 0
        relays = self.moves.starting(node) != self.leaves.everything
        return self.unknown if relays else 0

    def sort_of(self, node: Node) -> Hashable:
        """What tells a node from others in what begins there."""
        like = self._sorts.of(node)
        return like if like >= 0 else node.id

    def _like(self, node: Node) -> int:
        if any(origin.consents.values for origin in node.origins):
            return -1  # which are given at that node
        key = (node.origins, node.silent, self.moves.starting(node))
        return self._likes.setdefault(key, len(self._likes))

    # --- origins at nodes -------------------------------------------------------------------------

    def _origin(self, node: Node, origin: Origin) -> Datum:
        # What a node itself begins it collects, for what is said there, whatever rules ask of origins.
        uses = _settled(origin.uses or (Use(),))
        consents = _NOT_ASKED
        if self.needs.consents:
            consents = Fact(
                tuple(self._given_at(node, origin, consent) for consent in origin.consents.values),
                origin.consents.whole,
            )
        mechanisms = self._mechanisms(origin.mechanisms)
        beginning = Beginning(origin.subject, uses, consents, mechanisms)
        return Datum(self.leaves.mask(origin.term), Form.IDENTIFIABLE, beginning)

    def _given_at(self, node: Node, origin: Origin, consent: Consent) -> Given:
        carried = ((origin.term, ()),)
        return Given(consent, node.id, False, node.id, purposes_said(origin.uses), carried)

    def _met(self, extent: int, bits: int) -> bool:
        test = self._meets.get(extent)
        if test is None:
            data = self.universe.data
            test = Test(lambda number: bool(data[number].extent & extent))
            self._meets[extent] = test
        return bool(test.among(bits))


def _settled(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Uses as data keep them: of which no basis is said, it has none."""
    return tuple(Use(u.purpose, NONE) if u.bases.silent else u for u in uses)
