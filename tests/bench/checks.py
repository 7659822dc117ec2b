"""Checks: how long `lawful check` takes on large systems, beside readers that only read the same files.

    python -m tests.bench.checks --flows 10000 100000 --runs 3
    python -m tests.bench.checks --flows 1000000 --runs 1 --json-only

The wheel is built and installed for it. Each figure is of a process of its own: the time of the processor, of
several runs the median, and the most memory that the process had. `json` is the `json` of the standard
library, and `lark` a bare parse by the grammar of `.flow` texts: of both the reading alone counts. Of
`lawful check` all of it counts, from the start of Python to the report with its witnesses and repairs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

from lawful.system.document import decode
from lawful_dsl.format import print_flow
from tests.bench.estates import ROOT, callbridge, shops
from tests.bench.installed import CLEAN, installed

ESTATES = {"shops": shops, "callbridge": callbridge}
FOLDER = ROOT / "build" / "bench"
STARTER = ROOT / "engine" / "lawful" / "cli" / "starter" / "our_policy.law"
#: Reads a file once and prints how long that took.
READERS = {
    "json": "import json; value = json.loads(text)",
    "lark": "from lawful_dsl.parser.tables import parser_of; parser_of('flow')[0].parse('system x\\n')"
    "; clock = time.process_time(); tree = parser_of('flow')[0].parse(text)",
}
_READ = (
    "import sys, time; text = open(sys.argv[1], encoding='utf-8').read(); clock = time.process_time()"
    "; {reader}; print(time.process_time() - clock)"
)


class Figure(NamedTuple):
    """What a process took: seconds of the processor, and megabytes."""

    seconds: float
    megabytes: float


def paths(estate: str, flows: int, folder: Path = FOLDER) -> tuple[Path, Path]:
    """Where an estate is written as JSON and as a `.flow` text."""
    return folder / f"{estate}-{flows}.json", folder / f"{estate}-{flows}.flow"


def write(estate: str, flows: int, folder: Path = FOLDER) -> None:
    """Write an estate in both forms, with the policy that the shops are under."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(ESTATES[estate](flows))
    document, flow = paths(estate, flows, folder)
    document.write_text(text, encoding="utf-8")
    tree, wrong = decode(text, str(document))
    assert tree is not None, wrong
    flow.write_text(print_flow(tree), encoding="utf-8")
    (folder / STARTER.name).write_text(STARTER.read_text("utf-8"), encoding="utf-8")


def reading(reader: str, path: Path, runs: int) -> Figure:
    """How long a reader takes for a file."""
    command = [sys.executable, "-c", _READ.format(reader=READERS[reader]), str(path)]
    return _medians([run(command, told=True) for _ in range(runs)])


def checking(programs: Path, path: Path, runs: int) -> Figure:
    """How long `lawful check`, one of some installed programs, takes for a file."""
    command = [str(programs / "lawful"), "check", str(path), "--format", "json"]
    return _medians([run([*command, "--output", os.devnull], env=CLEAN) for _ in range(runs)])


def run(
    command: Sequence[str],
    *,
    told: bool = False,
    cwd: Path = Path(),
    env: Mapping[str, str] | None = None,
) -> Figure:
    """What a command took: by what the system says, or by what it says itself."""
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise SystemExit(f"`{' '.join(command)}` ended with {code}")
    seconds = float(said) if told else used.ru_utime + used.ru_stime
    return Figure(seconds, used.ru_maxrss / 1024)


def _medians(figures: Sequence[Figure]) -> Figure:
    return Figure(median(f.seconds for f in figures), median(f.megabytes for f in figures))


def compared(programs: Path, estate: str, flows: int, runs: int, *, text: bool = True) -> list[str]:
    """The rows of the table on one estate."""
    # A process begins with the memory of the one that starts it: ours is to stay small.
    writing = get_context("spawn").Process(target=write, args=(estate, flows))
    writing.start()
    writing.join()
    document, flow = paths(estate, flows)
    rows = []
    for path, reader in ((document, "json"), (flow, "lark"))[: 2 if text else 1]:
        base, check = reading(reader, path, runs), checking(programs, path, runs)
        rows.append(
            f"| {estate} | {flows:,} | {path.suffix[1:]} | {reader} {base.seconds:.2f} s |"
            f" {check.seconds:.2f} s | {check.seconds / base.seconds:.1f} | {check.megabytes:.0f} MB |"
        )
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--flows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--estates", nargs="+", choices=ESTATES, default=list(ESTATES))
    parser.add_argument("--json-only", action="store_true")
    given = parser.parse_args()
    say = partial(print, flush=True)
    say("| estate | flows | input | read by | lawful check | times | memory |")
    say("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        for flows in given.flows:
            for estate in given.estates:
                rows = compared(programs, estate, flows, given.runs, text=not given.json_only)
                say("\n".join(rows))


if __name__ == "__main__":
    main()
