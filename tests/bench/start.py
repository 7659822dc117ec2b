"""Start: what `lawful` takes until it does something, beside what any command of its kind has to take.

    python -m tests.bench.start --runs 9

The wheel is built and put into an environment of its own, where the parse tables and the shipped policies are
compiled, as they are for whoever installs it. Each figure is the time of the processor that a process took, the
median of several turns in which all took part.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.checks import run
from tests.bench.estates import ROOT
from tests.bench.installed import CLEAN, installed

#: Of what is measured: its name, what follows the environment's command, and beside what it stands.
STARTS = (
    ("lawful --version", ("--version",), "import click"),
    (
        "lawful check flows/appointlet",
        ("check", "flows/appointlet"),
        "import lark, networkx, pydantic",
    ),
    (
        "lawful check flows/callbridge",
        ("check", "flows/callbridge"),
        "import lark, networkx, pydantic",
    ),
    (
        "lawful check flows/messagebird",
        ("check", "flows/messagebird"),
        "import lark, networkx, pydantic",
    ),
)


def table(programs: Path, runs: int) -> list[str]:
    """The rows: what was run, how long it took, beside what, how long that took, and how many times that is."""
    commands: dict[str, Sequence[str]] = {
        name: [str(programs / "lawful"), *words] for name, words, _ in STARTS
    }
    commands |= {other: [str(programs / "python"), "-c", other] for _, _, other in STARTS}
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(run(command, cwd=ROOT, env=CLEAN).seconds)
    seconds = {name: median(each) for name, each in took.items()}
    return [
        f"| `{name}` | {seconds[name]:.2f} s | `{other}` | {seconds[other]:.2f} s |"
        f" {seconds[name] / seconds[other]:.1f} |"
        for name, _, other in STARTS
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = table(installed(Path(folder)), given.runs)
    say = partial(print, flush=True)
    say("| command | seconds | beside | seconds | times |")
    say("| --- | ---: | --- | ---: | ---: |")
    say("\n".join(rows))


if __name__ == "__main__":
    main()
