"""Drafts: changes worth trying against a rule, worked out backwards from how it would be broken.

A draft is a flow that ends where some datum must not come, though what its source has may go there; and a
flow or two that bring that datum to its source, or to a node from which flows that are there do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice, product

from lawful.rules.questions import named_in, parts
from lawful.system.model import Carried, Flow
from lawful.testing.fuzz.endings import SAME, Held, Scenery, between, for_purpose
from lawful_dsl.program import Rule

#: A change that is tried: the flows that are added, in the order in which a datum takes them.
Draft = tuple[Flow, ...]
#: So many sources are considered for an ending, and so many ways to bring the datum to each.
SOURCES = 6
WAYS = 2
#: So many endings are judged before a try is given up, and so many purposes tried that no flow has.
JUDGED = 1000
PURPOSES = 3


class Drafts:
    """The drafts against one rule of the policy, in an order that the seed decides. It may end."""

    def __init__(
        self, scenery: Scenery, rule: Rule, chance: random.Random, spare: Sequence[Flow] = ()
    ) -> None:
        self.scenery = scenery
        self.rule = rule
        self.chance = chance
        self.flows = (*(f for f in scenery.system.flows if f.kind == "flow"), *spare)
        self.over = False
        self._waiting = self._endings()

    def draw(self) -> Draft | None:
        """The next draft; None where none was found in so many steps, or none is left."""
        for _ in range(JUDGED):
            try:
                found = next(self._waiting)
            except StopIteration:
                self.over = True
                return None
            if found is not None:
                return found
        return None

    def _endings(self) -> Iterator[Draft | None]:
        """Everywhere a datum could be sent, as whatever flow: a draft, or nothing, for each."""
        held = self._shuffled(self.scenery.speaks_of(self.rule))
        ends = [
            (target, like)
            for target in sorted(self.scenery.system.nodes)
            for like in self._alike(target)
        ]
        pairs = [*product(range(len(held)), range(len(ends)))]
        self.chance.shuffle(pairs)
        for number, end in pairs:
            yield None
            yield from self._drafts(held[number], *ends[end])

    def _drafts(self, held: Held, target: str, like: Flow) -> Iterator[Draft]:
        """Some ways to bring a datum where it must not come, where that is so."""
        scenery = self.scenery
        sources = [x for x in scenery.senders if self._free(x, target) and not self._has(x, held)]
        if target == held.at or not sources:
            return
        trial = between(self.chance.choice(sources), target, like, Carried(held.term))
        if not scenery.breaks(self.rule, trial, held.datum):
            return
        for source in self._shuffled(sources)[:SOURCES]:
            last = self._unsuspecting(source, target, like, held)
            if last is not None:
                yield from ((*brought, last) for brought in self._brought(held, source, target))

    # --- the last flow ----------------------------------------------------------------------------

    def _alike(self, target: str) -> list[Flow]:
        """What a flow to a node may say: what others to it say, the same purposes, those that the rule names."""
        found = [flow for flow in self.flows if flow.target == target and not flow.placing]
        lattice = self.scenery.law.lattice
        named = sorted(named_in(parts(self.rule), lattice)["purposes"])
        some = self.chance.sample(named, min(PURPOSES, len(named)))
        return [*found, SAME, *(for_purpose(purpose) for purpose in some)]

    def _unsuspecting(self, source: str, target: str, like: Flow, held: Held) -> Flow | None:
        """A flow that carries what the node has without harm, and would carry the datum if it had that.

        What it carries is said as narrowly as the vocabulary has a word for it.
        """
        scenery = self.scenery
        there = scenery.data_at(source)
        lattice, leaves = scenery.law.lattice, scenery.leaves
        above = lattice.ancestors(held.term) - {held.term}
        terms = sorted(above, key=lambda t: (leaves.mask(t).bit_count(), t))
        for carried in (*map(Carried, terms), Carried()):
            extent = leaves.selected(carried.term, carried.excluded)
            met = [d for d in there if d.extent & extent]
            if carried.term and not met:
                continue
            flow = between(source, target, like, carried)
            if not scenery.troubles(flow, met):
                return flow
        return None

    # --- the flows before it ----------------------------------------------------------------------

    def _brought(self, held: Held, source: str, target: str) -> Iterator[Draft]:
        """A flow or two that bring the datum to a node, or to one from which it goes on to that."""
        ways = [v for v in self._upstream(held, source) if v not in (held.at, target)]
        calm = (v for v in self._shuffled(ways) if self._free(held.at, v) and self._calm(held, v))
        for via in islice(calm, WAYS):
            yield (self._sent(held, via),)
        for via in self._shuffled(ways)[:1]:
            among = [y for y in self.scenery.senders if y not in (held.at, via, source, target)]
            among = [y for y in among if self._free(held.at, y) and self._free(y, via)]
            for middle in self._shuffled(among)[:1]:
                passed = self._unsuspecting(middle, via, SAME, held)
                if passed is not None and not self._has(middle, held):
                    yield self._sent(held, middle), passed

    def _calm(self, held: Held, node: str) -> bool:
        """Whether the datum would go on from a node to nowhere that some rule minds."""
        mask = self.scenery.leaves.mask(held.term)
        onward = (f for f in self.scenery.system.flows if f.source == node and not f.changes)
        return not any(
            self._takes(flow, mask) and self.scenery.troubles(flow, [held.datum]) for flow in onward
        )

    def _sent(self, held: Held, target: str) -> Flow:
        like = held.begins or SAME
        return between(held.at, target, like, Carried(held.term))

    def _upstream(self, held: Held, node: str) -> list[str]:
        """A node, and those without the datum from which flows that are there would bring it."""
        found = [node]
        for end in found:
            for flow in self.scenery.system.flows:
                if flow.target == end and flow.source not in found and self._passes(flow, held):
                    found.append(flow.source)
        return found

    def _passes(self, flow: Flow, held: Held) -> bool:
        """Whether a flow that is there passes the datum on as it is, from a node that does not have it."""
        plain = not (flow.from_flows or flow.changes or flow.guards or flow.whose)
        mask = self.scenery.leaves.mask(held.term)
        relays = plain and flow.source in self.scenery.relays
        return relays and self._takes(flow, mask) and not self._has(flow.source, held)

    def _takes(self, flow: Flow, mask: int) -> bool:
        leaves = self.scenery.leaves
        return flow.carries is None or any(
            leaves.selected(c.term, c.excluded) & mask for c in flow.carries
        )

    def _has(self, node: str, held: Held) -> bool:
        mask = self.scenery.leaves.mask(held.term)
        return any(datum.extent & mask for datum in self.scenery.data_at(node))

    def _free(self, source: str, target: str) -> bool:
        """Whether no flow joins two nodes yet."""
        return source != target and (source, target) not in self.scenery.joined

    def _shuffled(self, items: Sequence[object]) -> list:  # type: ignore[type-arg]
        found = list(items)
        self.chance.shuffle(found)
        return found
