"""Results: what engines took, as a table and as figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

LIMIT = "C++ sweep (the limit)"


@dataclass(frozen=True)
class Outcome:
    """What an engine took for the work of a size: CPU seconds, MB at the most; None where it was stopped."""

    engine: str
    size: str
    median: float | None
    least: float | None
    memory: int | None
    agrees: bool | None


@dataclass(frozen=True)
class Results:
    """All outcomes, on what machine, by what options."""

    machine: dict[str, str]
    options: str
    outcomes: Sequence[Outcome]
    #: The same of the part that is about one flow by itself, whose sizes are so many of those.
    alone: Sequence[Outcome] = ()

    def dumped(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @property
    def sizes(self) -> list[str]:
        """The sizes, as they were given."""
        return list(dict.fromkeys(outcome.size for outcome in self.outcomes))

    @property
    def engines(self) -> list[str]:
        """The engines, the limit first."""
        return list(dict.fromkeys(outcome.engine for outcome in self.outcomes))

    def of(self, engine: str, size: str) -> Outcome | None:
        """What an engine took for a size."""
        found = [o for o in self.outcomes if (o.engine, o.size) == (engine, size)]
        return found[0] if found else None


def table(results: Results) -> str:
    """The page of the results."""
    alone = replace(results, outcomes=results.alone)
    compared = sum(1 for o in (*results.outcomes, *results.alone) if o.agrees)
    differ = sum(1 for o in (*results.outcomes, *results.alone) if o.agrees is False)
    machine = ", ".join(f"{name} {value}" for name, value in results.machine.items())
    return f"""# What the fixpoint takes, beside others

`make bench BENCH=FOLDER` makes this page, [the picture](growth.svg) and [the figures](results.json) anew. The folder
has the reference workload (`workload.py`: N nodes, 4N flows with cycles, T data, masks, transformations, rules) and a
solver in C++ (`limit.cpp`: bit sets swept in reverse post-order), which stands for the limit.

Measured: what comes to every node, with its order found anew, and the hits of the rules. Not measured: reading the
workload, laying it out, imports, and compiling what is compiled once. CPU seconds of one core, the median of turns in
which engines took part one after the other, while others used the machine as well; behind it how many times the
limit's. Then MB at the most, of the whole process. `-` is what was stopped for taking too long or more than 12 GB, or
was slow already at the size before.

{machine}. Options: `{results.options or "none"}`.
Answers that agreed with the limit's by hash: {compared}; that did not: {differ}.

## Seconds

{_rows(results, _seconds)}

## Memory, MB

{_rows(results, _memory)}

Of what Lawful has here, Python takes 8 MB before it has done anything, and 24 with numpy, which reads the workload;
with numba, and what is compiled read from where it is kept, 138.

![CPU seconds by the number of flows, both in powers of ten](growth.svg)

## What is what

- **lawful** is `lawful.kernel.solve.solve`, which every check calls: small graphs one node after the other, by Python's
  integers, laid out in their order; from {_flows()} flows for each 64 data on as rows of words, in rounds, by numpy.
- **lawful[fast]** is the same where numba is installed, which it uses of those graphs for the ones that have
  {_compiling()} flows or more: at the smaller sizes nothing differs but chance.
- **scipy**, **rustworkx** and **Rego** search the graph that has a node for each datum at each node; making it is not
  measured.
- **DuckDB** is recursive SQL by one thread. **networkx (naive)** goes round all flows with sets until nothing changes.

## One flow by itself

Tools that look at each declaration or element by itself cannot express the work above: neither pytm nor Fides finds out
what comes further than one hop. What is left for them is what flows right out of where data begin bring, which they are
told, and which of it the rules forbid to whom it is brought to. All of it is said in the terms of each tool beforehand
and kept in memory; measured is what judges. Each gives the same data of the same flows, by hash.

A size is so many of those flows, and so many data. They are the ones of the sizes above, up to {_most()} nodes.

CPU seconds:

{_rows(alone, _seconds)}

MB:

{_rows(alone, _memory)}

- **The limit** has the rules worked out beforehand, as bits for each flow, and tells the data, not the rules.
- **lawful check** is `lawful.check.check`, all of it: what comes where, the verdict of each rule on each event, and of
  what is broken a witness. Each flow goes from a person to a service; attributes are environments.
- **pytm** is `TM.resolve` alone: a `Dataflow` each, to a `Process` with the attributes; a `Threat` for each rule. It
  finds a rule and a flow; by which of its data, which is compared too, is looked up afterwards and not measured.
- **Fides** is `execute_evaluation`, without a server: a privacy declaration for each flow and attribute of whom it goes
  to, which is the data use, all of one system. With a system for each declaration it takes twice as long for 200
  flows and ten times as long for 1,800, since it seeks every key among all systems.

`make bench` installs both. What Fides requires would bring its server, and an older Click than Lawful needs; so it is
installed without (`pip install --no-deps ethyca-fides`), beside five packages that `execute_evaluation` imports, which
are in the extra `bench`. An engine that is not installed is left out, with a word.

## What a check gains

Little. A check reads, links and judges for far longer than data take to spread, and in a system of companies, people
and purposes there are more kinds of data than a row would be worth: 10,000 in one of 48,500 flows. Such are solved by
integers, whose order and shared transfers are the same as here. The extra helps where very many flows share few data.
"""


def _flows() -> str:
    from lawful.kernel.solve import LARGE

    return f"{LARGE:,}"


def _compiling() -> str:
    from lawful.kernel.rows import COMPILING

    return f"{COMPILING:,}"


def _most() -> str:
    from tests.bench.__main__ import MOST

    return f"{MOST:,}"


def _memory(results: Results, outcome: Outcome) -> str:
    return f"{outcome.memory}" if outcome.memory else "-"


def _rows(results: Results, cell) -> str:  # type: ignore[no-untyped-def]
    head = ["engine", *results.sizes]
    lines = [head, ["---", *("--:" for _ in results.sizes)]]
    for engine in results.engines:
        found = [results.of(engine, size) for size in results.sizes]
        lines.append([engine, *(cell(results, o) if o else "-" for o in found)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(results: Results, outcome: Outcome) -> str:
    if outcome.median is None:
        return "-"
    limit = results.of(LIMIT, outcome.size)
    told = f"{outcome.median:.2g}" if outcome.median < 100 else f"{outcome.median:.0f}"
    if outcome.engine == LIMIT or limit is None or not limit.median:
        return told
    return f"{told} ({outcome.median / limit.median:.{1 if outcome.median < 10 * limit.median else 0}f}x)"
