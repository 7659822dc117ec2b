"""The roll of one policy: its findings, each told anew when something that leads to it has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lawful.findings import Finding
from lawful.propagation.region import onward, region
from lawful.rules.conclusions import (
    Gone,
    Key,
    Unknown,
    finding_of,
    gone_wrong,
    of_unknown,
    sort_out,
    unknown_at,
)
from lawful.rules.judgements import Bench
from lawful.rules.sheets import Judged
from lawful.session.ledger import Failing, Ledger

#: What a finding is of: its key and the carrier where it first goes wrong; of unknown data, the node.
Place = tuple[Key | None, str]


class Roll:
    """The findings of one policy, kept while the ledger changes.

    At a carrier goes wrong what came there by its witness and is counted where its witness first goes wrong: both
    are of the carrier, of what is on its way to it, and of nothing else.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._at: dict[Key, dict[str, dict[int, list[Judged]]]] = {}
        self._keys: dict[str, set[Key]] = {}
        self._gone: dict[tuple[Key, str], Gone] = {}
        self._events: Counter[tuple[Key, str]] = Counter()
        self._unknown: dict[str, list[Unknown]] = {}
        self._starts: dict[str, set[str]] = {}
        self.found: dict[Place, Finding] = {}
        self.tell_anew((), *ledger.failing())

    def tell_what_follows(
        self, flows: Mapping[int, int], nodes: Mapping[int, int]
    ) -> dict[Place, Finding | None]:
        """What is said of some data of flows and nodes has changed: that and what they lead to is told anew."""
        ledger, course = self._ledger, self._ledger.course
        held, brought = onward(course, nodes, flows)
        changed = {*(course.flows[f].id for f in flows), *(course.nodes[n].id for n in nodes)}
        on_flows = {f: ledger.failing_at(flow=f) for f in flows.keys() | brought.keys()}
        at_nodes = {n: ledger.failing_at(node=n) for n in nodes.keys() | held.keys()}
        on_flows = {
            f: bad for f, bad in on_flows.items() if bad and (f in flows or bad & brought[f])
        }
        at_nodes = {n: bad for n, bad in at_nodes.items() if bad and (n in nodes or bad & held[n])}
        return self.tell_anew(changed, on_flows, at_nodes)

    def tell_anew(
        self, carriers: Iterable[str], flows: Failing, nodes: Failing
    ) -> dict[Place, Finding | None]:
        """Something has changed at some carriers, or on the way to them; of those something is not kept at some.

        Gives the findings as they were that may have changed, None where there was none.
        """
        course = self._ledger.course
        names = {course.flows[f].id for f in flows} | {course.nodes[n].id for n in nodes}
        renewed = {c for c in carriers if c in self._keys or c in self._unknown} | names
        if not renewed:
            return {}
        there = region(course, nodes, flows)
        bench = self._ledger.bench.on(there)
        stale: set[tuple[Key, str]] = set()
        starts: set[str] = set()
        for carrier in renewed:
            stale.update(self._leave(carrier))
            starts.update(self._forget(carrier))
        unlike = sort_out(bench, self._ledger.judged(flows, nodes, there))
        for key, at in unlike.keys.items():
            self._at.setdefault(key, {}).update(at)
        for key, at in unlike.keys.items():
            for carrier in at:
                stale.update(self._enter(bench, key, carrier))
        for carrier, events in unlike.unknown.items():
            starts.update(self._remember(carrier, list(unknown_at(bench, events))))
        was: dict[Place, Finding | None] = {}
        for key, home in stale:
            was[key, home] = self.found.pop((key, home), None)
            finding = self._finding(bench, key, home, renewed, was[key, home])
            if finding is not None:
                self.found[key, home] = finding
        for start in starts:
            was[None, start] = self.found.pop((None, start), None)
            if self._starts[start]:
                told = [e for c in sorted(self._starts[start]) for e in self._of(c, start)]
                self.found[None, start] = of_unknown(bench, start, told)
        return was

    def _finding(
        self, bench: Bench, key: Key, home: str, renewed: set[str], was: Finding | None
    ) -> Finding | None:
        gone = self._gone.get((key, home))
        if gone is None or not gone.first:
            return None
        events = self._events[key, home]
        if was is not None and home not in renewed:
            return replace(was, beneath=max(0, events - 1))
        return finding_of(bench, gone, events)

    # --- one carrier ------------------------------------------------------------------------------

    def _leave(self, carrier: str) -> Iterator[tuple[Key, str]]:
        """Nothing goes wrong at a carrier any more; gives the places where that was counted."""
        for key in self._keys.pop(carrier, ()):
            del self._at[key][carrier]
            gone = self._gone.pop((key, carrier))
            yield key, carrier
            for home, number in gone.counts.items():
                self._events[key, home] -= number
                yield key, home

    def _enter(self, bench: Bench, key: Key, carrier: str) -> Iterator[tuple[Key, str]]:
        """Something goes wrong at a carrier; gives the places where that is counted."""
        gone = self._gone[key, carrier] = gone_wrong(bench, self._at[key], carrier)
        self._keys.setdefault(carrier, set()).add(key)
        yield key, carrier
        for home, number in gone.counts.items():
            self._events[key, home] += number
            yield key, home

    def _forget(self, carrier: str) -> set[str]:
        """Nothing is open at a carrier any more; gives the nodes where the unknown data begin that were there."""
        starts = {each.start for each in self._unknown.pop(carrier, ())}
        for start in starts:
            self._starts[start].discard(carrier)
        return starts

    def _remember(self, carrier: str, told: list[Unknown]) -> set[str]:
        """Something is open at a carrier; gives the nodes where the unknown data begin that are there."""
        self._unknown[carrier] = told
        starts = {each.start for each in told}
        for start in starts:
            self._starts.setdefault(start, set()).add(carrier)
        return starts

    def _of(self, carrier: str, start: str) -> list[Unknown]:
        return [each for each in self._unknown[carrier] if each.start == start]
