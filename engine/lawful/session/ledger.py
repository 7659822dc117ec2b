"""The ledger of one policy: what it says of every datum at every carrier, and how many events have which verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lawful.findings import Verdict
from lawful.kernel.bits import bits_of, members
from lawful.propagation import Propagation
from lawful.propagation.course import Course
from lawful.propagation.places import Touched
from lawful.rules.environment import Frame
from lawful.rules.judgements import EVERY, Bench
from lawful.rules.sheets import Judged, Rulings, Sheet


@dataclass(slots=True)
class _Page:
    """What is said at one carrier: its class when it was judged, and the rulings by the numbers of data."""

    at: Hashable = None
    rulings: dict[int, Rulings] = field(default_factory=dict)
    failing: frozenset[int] = frozenset()


#: The data of carriers of which something is not kept, as sets by the numbers of the carriers.
Failing = dict[int, int]
#: Of one kind of carrier, flows or nodes: its class, and what is said there of those of some data that are there.
_Judge = tuple[Callable[[int], Hashable], Callable[[int, int], Iterator[Sheet]]]


class Ledger:
    """The rulings of one policy, kept while what they are on changes."""

    def __init__(self, bench: Bench, course: Course) -> None:
        self.bench = bench
        self.course = course
        self.counts: dict[str, Counter[Verdict]] = {
            rule.about.id: Counter() for rule in bench.law.policy.rules
        }
        #: The ids of the rules of which something was counted since this was last looked at.
        self.stale: set[str] = set()
        self._flows: dict[int, _Page] = {}
        self._nodes: dict[int, _Page] = {}
        self._ends: dict[int, int] = {}
        classes = bench.classes
        self._of_flows: _Judge = (lambda f: classes.flow(bench.frame_of(f)), bench.on_flow)
        self._of_nodes: _Judge = (bench.class_of_node, bench.at_node)
        for n, node in enumerate(course.nodes):
            self._ends[n] = classes.end(node)
        times: Counter[Rulings] = Counter()
        for f in range(len(course.flows)):
            self._judge(self._flows, self._of_flows, f, EVERY, times)
        for n in range(len(course.nodes)):
            self._judge(self._nodes, self._of_nodes, n, EVERY, times)
        self._count(times)

    def judge_anew(self, touched: Touched) -> tuple[dict[int, int], dict[int, int]]:
        """What an edit has touched is judged again; gives the data of flows and of nodes that were."""
        flows, nodes = dict(touched.flows), dict(touched.nodes)
        for n in touched.seen | touched.nodes.keys():
            self.bench.classes.forget(self.course.nodes[n].id)
            end = self.bench.classes.end(self.course.nodes[n]) if self.course.has_node(n) else -1
            if self._ends.get(n) != end:
                self._ends[n] = end
                stay = self.course.stays[n]
                nodes.setdefault(n, 0)
                for f in stay.out | stay.into:
                    flows.setdefault(f, 0)
        times: Counter[Rulings] = Counter()
        for f, changed in flows.items():
            if self.course.has_flow(f):
                if self._judge(self._flows, self._of_flows, f, changed, times) == EVERY:
                    flows[f] |= self.course.all_on(f)
            else:
                self._close(self._flows, f, times)
        for n, changed in nodes.items():
            if self.course.has_node(n):
                if self._judge(self._nodes, self._of_nodes, n, changed, times) == EVERY:
                    nodes[n] |= self.course.all_at(n)
            else:
                self._close(self._nodes, n, times)
        self._count(times)
        return _some(flows), _some(nodes)

    def _judge(
        self,
        pages: dict[int, _Page],
        judge: _Judge,
        carrier: int,
        changed: int,
        times: Counter[Rulings],
    ) -> int:
        """What is said at one carrier of what has changed there, or of all where the carrier has; gives which."""
        class_of, sheets = judge
        page = pages.get(carrier)
        at = class_of(carrier)
        if page is None:
            page = pages[carrier] = _Page(at)
            changed = EVERY
        elif page.at != at:
            page.at = at
            changed = EVERY
        for number in list(page.rulings) if changed == EVERY else members(changed):
            gone = page.rulings.pop(number, None)
            if gone is not None:
                times[gone] -= 1
                page.failing -= {number}
        for sheet in sheets(carrier, changed):
            page.rulings[sheet.number] = sheet.rulings
            times[sheet.rulings] += 1
            if sheet.rulings.failing:
                page.failing |= {sheet.number}
        return changed

    @staticmethod
    def _close(pages: dict[int, _Page], carrier: int, times: Counter[Rulings]) -> None:
        """A carrier is gone."""
        page = pages.pop(carrier, None)
        if page is not None:
            times.subtract(page.rulings.values())

    def _count(self, times: Mapping[Rulings, int]) -> None:
        for rulings, number in times.items():
            if number:
                for ruling in rulings.all:
                    self.counts[ruling.rule.about.id][ruling.judgement.verdict] += number
                    self.stale.add(ruling.rule.about.id)

    # --- what is not kept -------------------------------------------------------------------------

    def failing(self) -> tuple[Failing, Failing]:
        """The data of all flows and nodes of which something is not kept."""
        return _failing(self._flows), _failing(self._nodes)

    def failing_at(self, flow: int = -1, node: int = -1) -> int:
        """The data of a flow or a node of which something is not kept."""
        page = self._flows.get(flow) or self._nodes.get(node)
        return bits_of(page.failing) if page else 0

    def judged(
        self, flows: Iterable[int], nodes: Iterable[int], there: Propagation
    ) -> Iterator[Judged]:
        """What is not kept at some flows and nodes, by the numbers that another propagation gives them."""
        data = self.course.universe.data
        for f in flows:
            frame = self.bench.frame_of(f)
            for number in self._flows[f].failing:
                rulings = self._flows[f].rulings[number]
                flow = there.flow_number[frame.carrier]
                sheet = Sheet(frame, data[number], number, rulings, flow=flow)
                yield from sheet.judged(rulings.failing)
        for n in nodes:
            node = self.course.nodes[n]
            for number in self._nodes[n].failing:
                rulings = self._nodes[n].rulings[number]
                frame = Frame(node.id, node, node)
                sheet = Sheet(frame, data[number], number, rulings, node=there.node_number[node.id])
                yield from sheet.judged(rulings.failing)


def _some(changed: dict[int, int]) -> dict[int, int]:
    return {carrier: data for carrier, data in changed.items() if data}


def _failing(pages: Mapping[int, _Page]) -> Failing:
    return {carrier: bits_of(page.failing) for carrier, page in pages.items() if page.failing}
