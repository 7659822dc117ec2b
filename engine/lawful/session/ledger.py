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
from lawful.rules.sheets import Judged, Page, Rulings, Sheet


@dataclass(slots=True)
class _Kept:
    """What is said at one carrier, and its class when that was judged.

    A page, which carriers that are alike share, until some of it is judged again: from then on by the numbers of data.
    """

    at: Hashable
    page: Page
    _own: tuple[dict[int, Rulings], dict[int, Rulings]] | None = None

    @property
    def failing(self) -> Mapping[int, Rulings]:
        """Of what something is not kept."""
        return self._own[1] if self._own else dict(self.page.failing)

    @property
    def bad(self) -> int:
        """The data of which something is not kept, as a set."""
        return bits_of(self._own[1]) if self._own else self.page.bad

    def opened(self) -> tuple[dict[int, Rulings], dict[int, Rulings]]:
        """All that is said, and that of which something is not kept, each of this carrier alone."""
        if self._own is None:
            self._own = dict(self.page.all), dict(self.page.failing)
        return self._own

    def all(self) -> Iterable[Rulings]:
        """All that is said."""
        return self._own[0].values() if self._own else [rulings for _, rulings in self.page.all]


@dataclass(slots=True)
class _Times:
    """How often something is said more than before: whole pages, and single rulings."""

    pages: Counter[Page] = field(default_factory=Counter)
    rulings: Counter[Rulings] = field(default_factory=Counter)

    def total(self) -> Counter[Rulings]:
        """Single rulings, and those of the pages."""
        found = Counter(self.rulings)
        for page, number in self.pages.items():
            for _, rulings in page.all:
                found[rulings] += number
        return found


#: The data of carriers of which something is not kept, as sets by the numbers of the carriers.
Failing = dict[int, int]
#: Of one kind of carrier, flows or nodes: its class; that, and what is said there of those of some data that are there.
_Judge = tuple[Callable[[int], Hashable], Callable[[int, int], tuple[Hashable, Page]]]


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
        self._ends: dict[int, int] = {}
        classes = bench.classes
        self._of_flows: _Judge = (lambda f: classes.flow(course.flows[f]), bench.page_of_flow)
        self._of_nodes: _Judge = (bench.class_of_node, bench.page_of_node)
        for n, node in enumerate(course.nodes):
            self._ends[n] = classes.end(node)
        self._flows = {f: _Kept(*bench.page_of_flow(f)) for f in range(len(course.flows))}
        self._nodes = {n: _Kept(*bench.page_of_node(n)) for n in range(len(course.nodes))}
        pages = (kept.page for of in (self._flows, self._nodes) for kept in of.values())
        self._count(_Times(Counter(pages)))

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
        times = _Times()
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
        pages: dict[int, _Kept],
        judge: _Judge,
        carrier: int,
        changed: int,
        times: _Times,
    ) -> int:
        """What is said at one carrier of what has changed there, or of all where the carrier has; gives which."""
        class_of, page_of = judge
        kept = pages.get(carrier)
        if kept is None or changed == EVERY or kept.at != class_of(carrier):
            self._close(pages, carrier, times)
            at, page = page_of(carrier, EVERY)
            pages[carrier] = _Kept(at, page)
            times.pages[page] += 1
            return EVERY
        said, failing = kept.opened()
        for number in members(changed):
            gone = said.pop(number, None)
            if gone is not None:
                times.rulings[gone] -= 1
                failing.pop(number, None)
        for number, rulings in page_of(carrier, changed)[1].all:
            said[number] = rulings
            times.rulings[rulings] += 1
            if rulings.failing:
                failing[number] = rulings
        return changed

    @staticmethod
    def _close(pages: dict[int, _Kept], carrier: int, times: _Times) -> None:
        """A carrier is gone, or is judged anew."""
        kept = pages.pop(carrier, None)
        if kept is not None:
            times.rulings.subtract(kept.all())

    def _count(self, times: _Times) -> None:
        for rulings, number in times.total().items():
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
        kept = self._flows.get(flow) or self._nodes.get(node)
        return kept.bad if kept else 0

    def judged(
        self, flows: Iterable[int], nodes: Iterable[int], there: Propagation
    ) -> Iterator[Judged]:
        """What is not kept at some flows and nodes, by the numbers that another propagation gives them."""
        data = self.course.universe.data
        for f in flows:
            frame = self.bench.frame_of(f)
            for number, rulings in self._flows[f].failing.items():
                flow = there.flow_number[frame.carrier]
                sheet = Sheet(frame, data[number], number, rulings, flow=flow)
                yield from sheet.judged(rulings.failing)
        for n in nodes:
            node = self.course.nodes[n]
            for number, rulings in self._nodes[n].failing.items():
                frame = Frame.at(node)
                sheet = Sheet(frame, data[number], number, rulings, node=there.node_number[node.id])
                yield from sheet.judged(rulings.failing)


def _some(changed: dict[int, int]) -> dict[int, int]:
    return {carrier: data for carrier, data in changed.items() if data}


def _failing(pages: Mapping[int, _Kept]) -> Failing:
    return {carrier: bad for carrier, kept in pages.items() if (bad := kept.bad)}
