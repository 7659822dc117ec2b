"""The course of data through a system that is edited: after each edit only what it can touch is found anew.

What an edit can touch, it touches by the ways of data, from the edited flow or node on. A node depends on
what its flows bring, a flow on what its source holds: where a set is found to be as it was, the change ends.
Flows out of a node that passes nothing on (a subject, an outside party) depend on nothing that comes to it.

Decision 21 says what starts late after each of the fixpoints of a component, so what is held at a node is
known after each of them (`Layers`); what comes from another component has come as it is in the end. Components
are those of all flows, of data or not, and are kept by `Rings`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from heapq import heapify, heappop, heappush

from lawful.kernel.layers import EMPTY, Confluence, Layers, layer, layers_of, union
from lawful.kernel.rings import Rings
from lawful.propagation.circle import Circle, Round
from lawful.propagation.data import Leaves
from lawful.propagation.kept import Kept
from lawful.propagation.moves import Moves, Tracked
from lawful.propagation.places import Stay, Touched, Trip
from lawful.propagation.standing import Standing
from lawful.propagation.starts import Needs, Starts
from lawful.propagation.ways import NOTHING, Ways
from lawful.system.model import Flow, Node, System

#: Where so many flows come together, what they bring is counted.
MANY = 32
#: Rings of so few nodes may be like others; larger ones hardly are, and would be kept for nothing.
FEW = 64


class Course(Kept):
    """A propagation that is edited: nodes and flows keep their numbers, those of what is gone are given again.

    `system` is live: whoever edits the course changes the nodes in it beforehand.
    """

    def __init__(
        self, system: System, leaves: Leaves, standing: Standing, needs: Needs, tracked: Tracked
    ) -> None:
        self._nodes = [system.nodes[id] for id in sorted(system.nodes)]
        self._flows = sorted(system.flows, key=lambda flow: flow.id)
        super().__init__(standing, leaves, self._nodes, self._flows)
        self._moves = Moves(standing, leaves, self.universe, tracked)
        self._starts = Starts(self._moves, needs)
        self._ways = Ways(self._moves, self._starts)
        self._free_nodes: list[int] = []
        self._free_flows: list[int] = []
        self._was_at: dict[int, tuple[int, int, int]] = {}
        self._was_on: dict[int, tuple[int, int, int]] = {}
        for node in self._nodes:
            self.stays.append(self._stay(node))
        self.trips = [self._trip(flow) for flow in self._flows]
        for f in range(len(self.trips)):
            self._lay(f)
        self._rings = Rings(len(self.stays), [(t.source, t.target) for t in self.trips])
        onward = [(t.source, t.target) for t in self.trips if self.stays[t.source].passes]
        self._circles = Rings(len(self.stays), onward)
        #: The places of nodes in an order in which what comes first comes first.
        self.rank = list(self._circles.of)
        self._many = len(self.trips) + 1  # what is found once is not counted
        self._fill()
        self._many = MANY

    def _fill(self) -> None:
        """Find what is at every node and on every flow, circle by circle."""
        for f, trip in enumerate(self.trips):
            if not self.stays[trip.source].passes:
                self._bring(f)
        known: dict[Hashable, Round] = {}  # of rings that are alike one is gone round
        for circle in self._circles.in_order():
            if self._is_alone(circle):
                [n] = circle
                self._settle(n)
            elif len(circle) > FEW:
                self._turn(sorted(circle))
            else:
                ring = self._ring(sorted(circle))
                key = ring.key()
                if key not in known:
                    known[key] = ring.round()
                self._go(ring, known[key])
            for n in circle:
                for f in self.onward(n):
                    self._bring(f)
        self._was_at, self._was_on = {}, {}

    def _is_alone(self, circle: set[int]) -> bool:
        """Whether a circle is a node from which no flow leads back to it."""
        if len(circle) > 1:
            return False
        [n] = circle
        return self.stays[n].out.isdisjoint(self.stays[n].into)

    # --- edits ------------------------------------------------------------------------------------

    def put_node(self, node: Node) -> Touched:
        """A node comes, or another is in the place of the one of its id; who it is has not changed."""
        n = self.node_number.get(node.id)
        if n is None:
            n = self._free_nodes.pop() if self._free_nodes else len(self.stays)
            self.node_number[node.id] = n
            if n == len(self.stays):
                self.stays.append(self._stay(node))
                self._nodes.append(node)
            else:
                self.stays[n] = self._stay(node)
            self._rings.add(n)
            self._circles.add(n)
            self.rank += [0] * (len(self.stays) - len(self.rank))
        else:
            old, new = self.stays[n], self._stay(node)
            new.came, new.began, new.out, new.into = old.came, old.began, old.out, old.into
            new.confluence = old.confluence
            self._note_node(n)
            self.stays[n] = new
        self._nodes[n] = node
        flows = self.stays[n].out | {f for f in self.stays[n].into if self.trips[f].way.place}
        for f in flows:
            self._note_flow(f)
            self._replace(f, self.trips[f].flow)
        return self._run([n], flows).with_(Touched({n: self.all_at(n)}))

    def drop_node(self, id: str) -> Touched:
        """A node goes that is at no flow."""
        n = self.node_number.pop(id)
        self._note_node(n)
        self.stays[n] = Stay(self.stays[n].node)
        self._free_nodes.append(n)
        return self._run([], [])

    def put_flow(self, flow: Flow) -> Touched:
        """A flow comes, or another is in the place of the one of its id."""
        f = self.flow_number.get(flow.id)
        if f is not None:
            old = self.trips[f]
            if (old.flow.source, old.flow.target) != (flow.source, flow.target):
                return self.drop_flow(flow.id).with_(self.put_flow(flow))
            self._note_flow(f)
            self._lift(f)
            self._replace(f, flow)
            self._flows[f] = flow
            self._lay(f)
            return self._run([], [f]).with_(Touched(flows={f: self.all_on(f)}))
        f = self._free_flows.pop() if self._free_flows else len(self.trips)
        self.flow_number[flow.id] = f
        trip = self._trip(flow)
        if f == len(self.trips):
            self.trips.append(trip)
            self._flows.append(flow)
        else:
            trip.readers = self.trips[f].readers
            self.trips[f], self._flows[f] = trip, flow
        self._lay(f)
        moved = self._rings.join(trip.source, trip.target)
        if self.stays[trip.source].passes:
            self._circles.join(trip.source, trip.target)
        return self._run([trip.target], [f, *self._at(moved)]).with_(
            Touched(flows={f: self.all_on(f)})
        )

    def drop_flow(self, id: str) -> Touched:
        """A flow goes, from which alone no other reads."""
        f = self.flow_number.pop(id)
        trip = self.trips[f]
        self._note_flow(f)
        self._send(f, EMPTY)
        trip.brought = NOTHING
        self._lift(f)
        self._free_flows.append(f)
        moved = self._rings.leave(trip.source, trip.target)
        if self.stays[trip.source].passes:
            self._circles.leave(trip.source, trip.target)
        touched = self._run([trip.target], self._at(moved))
        # What it brought may have come by other ways as well, and still be there.
        return touched.with_(Touched({trip.target: touched.flows[f]}))

    def _stay(self, node: Node) -> Stay:
        return Stay(
            node,
            self._moves.closing(node),
            self._moves.starting(node) != self.leaves.everything,
            self._starts.generated(node) if node.origins else 0,
        )

    def _trip(self, flow: Flow) -> Trip:
        named = flow.from_flows
        via = tuple(self.flow_number[v] for v in sorted(named)) if named else ()
        ends = self.node_number[flow.source], self.node_number[flow.target]
        return Trip(flow, *ends, self._ways.of(flow), via)

    def _lay(self, f: int) -> None:
        """A flow lies between its ends."""
        trip = self.trips[f]
        self.stays[trip.source].out.add(f)
        end = self.stays[trip.target]
        end.into.add(f)
        for v in trip.via:
            self.trips[v].readers |= {f}

    def _lift(self, f: int) -> None:
        """A flow lies there no more."""
        trip = self.trips[f]
        self.stays[trip.source].out.discard(f)
        self.stays[trip.target].into.discard(f)
        for v in trip.via:
            self.trips[v].readers -= {f}

    def _replace(self, f: int, flow: Flow) -> None:
        """A flow does otherwise than it did; it has brought what it brought."""
        old = self.trips[f]
        new = self.trips[f] = self._trip(flow)
        new.sent, new.brought = old.sent, old.brought
        new.readers = old.readers

    def _at(self, moved: Iterable[int]) -> list[int]:
        """The flows at some nodes."""
        return [f for n in moved for f in (*self.stays[n].out, *self.stays[n].into)]

    # --- what follows -----------------------------------------------------------------------------

    def _run(self, nodes: Iterable[int], flows: Iterable[int]) -> Touched:
        """Find anew what is at some nodes and on some flows, and all that turns on it.

        What a ring of nodes holds turns on the flows into it alone, so that any order of rings leads to the same;
        `rank` puts those first that were first to begin with.
        """
        waiting, pending = set(nodes), set(flows)
        for f in pending:
            trip = self.trips[f]
            if self._circles.of[trip.source] == self._circles.of[trip.target]:
                waiting.add(trip.target)
        for f in pending:
            trip = self.trips[f]
            settled = trip.source in waiting and self.stays[trip.source].passes
            if not settled and self._sent_anew(f):
                waiting.add(trip.target)
        queue = [(self.rank[n], n) for n in waiting]
        heapify(queue)
        seen: set[int] = set()
        while queue:
            n = heappop(queue)[1]
            if n not in waiting:
                continue
            ring = self._circles.members(n)
            waiting -= ring
            seen |= ring
            changed = self._settle(n) if self._is_alone(ring) else self._turn(sorted(ring))
            for member in ring:
                for f in self.onward(member):
                    turns = member in changed or f in pending or self.trips[f].via
                    if turns and self._sent_anew(f):
                        target = self.trips[f].target
                        if target not in waiting and target not in ring:
                            waiting.add(target)
                            heappush(queue, (self.rank[target], target))
        return self._told(seen)

    def _told(self, seen: set[int]) -> Touched:
        """What came, went or began otherwise since it was noted."""
        nodes = {
            n: (held ^ self.held(n)) | (began ^ self.began(n)) | (started ^ self.stays[n].started)
            for n, (held, began, started) in self._was_at.items()
        }
        flows = {
            f: (carried ^ now[0]) | (placed ^ now[1]) | (given ^ now[2])
            for f, (carried, placed, given) in self._was_on.items()
            for now in (self.on(f),)
        }
        self._was_at, self._was_on = {}, {}
        return Touched(nodes, flows, seen)

    def _note_node(self, n: int) -> None:
        if n not in self._was_at:
            self._was_at[n] = (self.held(n), self.began(n), self.stays[n].started)

    def _note_flow(self, f: int) -> None:
        if f not in self._was_on:
            self._was_on[f] = self.on(f)

    # --- one node, one flow -----------------------------------------------------------------------

    def _arriving(self, stay: Stay) -> Layers:
        if stay.confluence is None and len(stay.into) > self._many:
            stay.confluence = Confluence([self.trips[f].sent for f in stay.into])
        if stay.confluence:
            return stay.confluence.union
        return union([self.trips[f].sent for f in stay.into])

    def _settle(self, n: int) -> set[int]:
        """What has come to a node on no ring; gives the node if that is not what it was."""
        stay = self.stays[n]
        arriving = self._arriving(stay)
        first = stay.generated | arriving[0]
        expected = self._starts.expected(stay.node, first) if stay.node.origins else 0
        began = stay.generated | expected
        third = began | layer(arriving, 2)
        unknown = 0 if third else self._starts.not_known(stay.node, third)
        if len(arriving) == 1 and not expected and not unknown:
            came: Layers = (third,)
        else:
            last = began | unknown | arriving[-1]
            came = layers_of((first, began | layer(arriving, 1), third, last))
        return {n} if self._is(n, came, began, began | unknown) else set()

    def _is(self, n: int, came: Layers, began: int, started: int) -> bool:
        """What is at a node; whether it has changed what goes on from it."""
        stay = self.stays[n]
        changed = stay.came != came
        if changed or (stay.began, stay.started) != (began, started):
            self._note_node(n)
        stay.came, stay.began, stay.started = came, began, started
        return changed

    def _sent_anew(self, f: int) -> bool:
        """What a flow brings; whether that is not what it was."""
        self._note_flow(f)
        return self._bring(f)

    def _bring(self, f: int) -> bool:
        trip = self.trips[f]
        stay = self.stays[trip.source]
        brought = trip.brought = trip.way.brought(self._reads(trip, stay) if stay.passes else None)
        sent = brought.sent
        if len(sent) > 1 and self._rings.of[trip.source] != self._rings.of[trip.target]:
            sent = (brought.all,)  # to another component it comes as it is in the end
        return self._send(f, sent)

    def _reads(self, trip: Trip, stay: Stay) -> Layers:
        """What a flow reads at its source, after each fixpoint."""
        came = union([self.trips[v].sent for v in trip.via]) if trip.via else stay.came
        return tuple(stay.make(bits) for bits in came) if stay.closing else came

    def _send(self, f: int, sent: Layers) -> bool:
        trip = self.trips[f]
        if trip.sent == sent:
            return False
        confluence = self.stays[trip.target].confluence
        if confluence:
            confluence.shift(trip.sent, sent)
        trip.sent = sent
        return True

    def _turn(self, nodes: Sequence[int]) -> set[int]:
        """What has come to the nodes of a ring; gives those where that is not what it was."""
        ring = self._ring(nodes)
        return self._go(ring, ring.round())

    def _ring(self, nodes: Sequence[int]) -> Circle:
        return Circle(self.stays, self.trips, self._starts, nodes)

    def _go(self, ring: Circle, found: Round) -> set[int]:
        """That has come to the nodes of a ring, and went between them."""
        for f, sent in zip(ring.inner, found.sent, strict=True):
            self._note_flow(f)
            self._send(f, sent)
        there = zip(ring.nodes, found.came, found.began, found.started, strict=True)
        return {n for n, came, began, started in there if self._is(n, came, began, started)}
