"""How long edits of a session take: `python -m tests.bench.session [FLOWS ...] [--edits N] [--seed N]`.

Half of the edits take a flow away; the others put one back, change one, add one between any two nodes, or put
a node elsewhere. After the last, the rules are given anew, for which all is checked again, and the report is compared
with that of a full check. Times are those of the processor.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from platform import python_version
from random import Random
from statistics import median, quantiles
from time import process_time

from lawful.check import check
from lawful.collecting import uncollected
from lawful.findings import Report
from lawful.session import DropFlow, Edit, Law, PutFlow, PutNode, Session
from lawful.system.model import Flow, System
from lawful_dsl.program import Program
from tests.bench.estate import callbridge, estate


class Editor:
    """Draws edits of a session, and knows what there is without asking it."""

    def __init__(self, session: Session, draw: Random) -> None:
        system = session.system
        self._draw = draw
        self._nodes = dict(system.nodes)
        self._ends = sorted(system.nodes)
        self._flows = {flow.id: flow for flow in system.flows}
        self._ids = sorted(self._flows)
        self._read = {id for flow in system.flows for id in flow.from_flows}
        self._gone: list[Flow] = []

    def edits(self, number: int) -> Iterator[tuple[str, Edit]]:
        """So many edits, each with what it does."""
        for n in range(number):
            if n % 2:
                yield "flow dropped", self._drop()
            else:
                kinds = {"flow put back": 4, "flow changed": 3, "flow added": 2, "node changed": 1}
                kind = self._draw.choices(list(kinds), list(kinds.values()))[0]
                yield kind, self._other(kind, n)

    def _drop(self) -> Edit:
        flow = self._any(set(self._read))
        self._ids.remove(flow.id)
        self._gone.append(self._flows.pop(flow.id))
        return DropFlow(flow.id)

    def _any(self, but: set[str]) -> Flow:
        while True:
            flow = self._flows[self._draw.choice(self._ids)]
            if flow.id not in but:
                return flow

    def _other(self, kind: str, number: int) -> Edit:
        if kind == "node changed":
            node = self._nodes[self._draw.choice([self._any(set()).source])]
            changed = replace(node, places=self._nodes[self._draw.choice(self._ends)].places)
            return PutNode(changed)
        flow = self._any(set())
        if kind == "flow put back" and self._gone:
            flow = self._gone.pop()
        elif kind == "flow changed":
            like = self._any(set())
            flow = replace(flow, uses=like.uses, carries=like.carries)
        else:
            ends = {
                "source": self._draw.choice(self._ends),
                "target": self._draw.choice(self._ends),
            }
            flow = replace(flow, id=f"added {number}", **ends, placing="", from_flows=())
        if flow.id not in self._flows:
            self._ids.append(flow.id)
        self._flows[flow.id] = flow
        return PutFlow(flow)


def measured(flows: int, edits: int, seed: int) -> dict[str, object]:
    """The figures of one size."""
    program, one = callbridge()
    system = estate(one, flows)
    full, _ = _checked(program, system)
    started = process_time()
    session = Session(program, system)
    begun = process_time() - started
    gc.collect()
    gc.freeze()
    times: list[float] = []
    dear = [0.0]
    by_kind: dict[str, list[float]] = defaultdict(list)
    whole = moved = 0
    for kind, edit in Editor(session, Random(seed)).edits(edits):
        started = process_time()
        changed = session.apply(edit)
        times.append(process_time() - started)
        if times[-1] > full / 2:
            dear.append(times[-1] / _checked(program, session.system)[0])
        by_kind[kind].append(times[-1])
        whole += changed.whole
        moved += bool(changed)
    started = process_time()
    session.apply(Law(program))
    again = process_time() - started
    last, report = _checked(program, session.system)
    return {
        "flows": len(system.flows),
        "nodes": len(system.nodes),
        "edits": edits,
        "seed": seed,
        "full check, s": round(full, 3),
        "session begun, s": round(begun, 3),
        "median, ms": _ms(median(times)),
        "95th percentile, ms": _ms(quantiles(times, n=20)[-1]),
        "dearest, ms": _ms(max(times)),
        "dearest to a full check of what it led to": round(max(dear), 3),
        "median by kind, ms": {kind: _ms(median(each)) for kind, each in sorted(by_kind.items())},
        "checked whole": whole,
        "full check at the end, s": round(last, 3),
        "an edit that is checked whole, to that": round(again / last, 3),
        "changed the report": moved,
        "findings at the end": len(session.report.findings),
        "as a full check at the end": session.report == report,
    }


def _checked(program: Program, system: System) -> tuple[float, Report]:
    """How long a full check takes, as the command makes it: nothing is collected meanwhile."""
    with uncollected():
        started = process_time()
        report = check(program, system)
        return process_time() - started, report


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("flows", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    found = [measured(flows, asked.edits, asked.seed) for flows in asked.flows]
    told = {"python": python_version(), "measured": found}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
