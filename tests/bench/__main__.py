"""Bench: engines on the reference workload beside what it takes in C++, in turn, each answer compared by hash.

The results go to `docs/bench`: a table, a picture, and the figures themselves. Seconds are of the CPU, so that what
else runs on a machine counts less; all engines use one core.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.bench.declared import PEERS, declared
from tests.bench.engines import ENGINES, NEEDS, installed
from tests.bench.results import LIMIT, Outcome, Results, table
from tests.bench.work import Sums, Work, folder, generator, missing

ROOT = Path(__file__).parents[2]
#: Of more nodes, objects for each flow would take minutes to make, which is not measured.
MOST = 100_000
#: Instead of the time of day, the limit is measured by the CPU's.
CLOCK = """#include <chrono>
#include <ctime>
namespace std { namespace chrono { struct cpu_clock {
  typedef std::chrono::time_point<std::chrono::steady_clock> time_point;
  static time_point now() {
    timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return time_point(std::chrono::nanoseconds(t.tv_sec * 1000000000ll + t.tv_nsec));
  }
}; } }
#define steady_clock cpu_clock
"""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default="1e3/64 1e4/64 1e4/512 1e5/64 1e5/512 1e6/64 1e6/512")
    every = ",".join([*ENGINES, *PEERS])
    parser.add_argument("--engines", default=every, help="names, with commas between")
    parser.add_argument("--rounds", type=int, default=3, help="so often each engine has its turn")
    parser.add_argument(
        "--seconds", type=float, default=120, help="after which an engine is stopped"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "bench")
    given = parser.parse_args()
    where = folder()
    if lacking := missing(where):
        print(lacking, file=sys.stderr)  # noqa: T201
        return 2
    chosen = [name for name in given.engines.split(",") if name]
    for name in chosen:
        if not installed(name):
            print(f"left out: {name}, as {NEEDS[name]} is not installed", file=sys.stderr)  # noqa: T201
    engines, peers = (
        [n for n in chosen if n in some and installed(n)] for some in (ENGINES, PEERS)
    )
    outcomes: list[Outcome] = []
    alone: list[Outcome] = []
    with tempfile.TemporaryDirectory() as scratch:
        bench = _Bench(where, Path(scratch), given.seconds)
        for size in given.sizes.split():
            nodes, data = (int(float(part)) for part in size.split("/"))
            work = bench.generate(nodes, data, 1)
            outcomes += bench.compare(size, work, engines, given.rounds)
            if nodes <= MOST:
                work = declared(work)
                alone += bench.compare(f"{work['N']}/{data}", work, peers, given.rounds)
    options = (
        f"--sizes {shlex.quote(given.sizes)} --rounds {given.rounds} --seconds {given.seconds:g}"
    )
    results = Results(_machine(), options, outcomes, alone)
    given.output.mkdir(parents=True, exist_ok=True)
    (given.output / "results.json").write_text(results.dumped(), "utf-8")
    (given.output / "README.md").write_text(table(results), "utf-8")
    from tests.bench.picture import draw

    draw(results, given.output / "growth.svg")
    wrong = [o for o in (*outcomes, *alone) if o.agrees is False]
    for outcome in wrong:
        print(f"another answer than the limit's: {outcome.engine}, {outcome.size}", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


def _machine() -> dict[str, str]:
    names = ["numpy", *(need for name, need in NEEDS.items() if installed(name)), "networkx"]
    versions = {n: importlib.metadata.version(n) for n in names}
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    compiler = subprocess.run(["g++", "--version"], capture_output=True, text=True, check=True)
    date = subprocess.run(["date", "-u", "+%F"], capture_output=True, text=True, check=True)
    return {
        "date": date.stdout.strip(),
        "processor": cpu,
        "Python": platform.python_version(),
        "compiler": compiler.stdout.splitlines()[0],
        **versions,
    }


class _Bench:
    """Workloads in a scratch folder, and the limit, compiled."""

    def __init__(self, where: Path, scratch: Path, seconds: float) -> None:
        self._workload = generator(where)
        #: The workload of so many nodes and data, by its seed.
        self.generate: Callable[[int, int, int], Work] = self._workload.gen
        self._scratch = scratch
        self._seconds = seconds
        self._slow: set[str] = set()
        clock = scratch / "clock.h"
        clock.write_text(CLOCK, "utf-8")
        self._limit = scratch / "limit"
        options = ["-O3", "-march=native", "-std=c++17", "-include"]
        command = ["g++", *options, clock, where / "limit.cpp", "-o", self._limit]
        subprocess.run(command, check=True)

    def compare(self, size: str, work: Work, engines: list[str], rounds: int) -> list[Outcome]:
        """What each engine takes for a work, which is called by its size, with the limit."""
        nodes, path = work["N"], self._scratch / "work"
        np.savez(path.with_suffix(".npz"), **work)
        self._workload.dump_bin(work, path.with_suffix(".bin"))
        limits: list[dict[str, Any]] = []
        found: dict[str, list[dict[str, Any]]] = {}
        times = 5 if nodes <= 10_000 else 3 if nodes <= 100_000 else 1
        for _ in range(rounds):
            limits += [self._run(f"{self._limit} {path}.bin sweep") for _ in range(times)]
            for engine in engines:
                if engine in self._slow:
                    continue
                name = shlex.quote(engine)
                command = f"{shlex.quote(sys.executable)} -m tests.bench.trial {name} {path}.npz"
                # The first run of an engine says how often it can be run again.
                answer = self._run(f"{command} {times if found.get(engine) or nodes < 1e4 else 1}")
                if not answer or min(answer["seconds"]) > self._seconds / 10:
                    self._slow.add(engine)
                found.setdefault(engine, []).append(answer)
        seconds = [one["solve"] + one["check"] for one in limits]
        sums: Sums = tuple(limits[0]["cs"])
        memory = max(one["rss"] for one in limits)
        outcomes = [Outcome(LIMIT, size, median(seconds), min(seconds), memory, True)]
        for engine in engines:
            answers = [answer for answer in found.get(engine, []) if answer]
            if answers:
                each = [second for answer in answers for second in answer["seconds"]]
                agrees = all(tuple(answer["sums"]) == sums for answer in answers)
                memory = max(answer["memory"] for answer in answers)
                outcomes.append(Outcome(engine, size, median(each), min(each), memory, agrees))
            elif engine in found:
                outcomes.append(Outcome(engine, size, None, None, None, None))
        for outcome in outcomes:
            print(outcome, flush=True)  # noqa: T201
        return outcomes

    def _run(self, command: str) -> dict[str, Any]:
        """What a process of its own says; nothing where it took too long. The shell between has little memory."""
        try:
            done = subprocess.run(
                ["sh", "-c", f"{command}; exit $?"],
                capture_output=True,
                text=True,
                timeout=self._seconds,
                cwd=ROOT,
            )
        except subprocess.TimeoutExpired:
            return {}
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)  # noqa: T201
            return {}
        found: dict[str, Any] = json.loads(done.stdout)
        return found


if __name__ == "__main__":
    sys.exit(main())
