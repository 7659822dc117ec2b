"""The long run of property 1: engine against reference, on as many systems as wanted (`make agreement`).

Systems have numbers, and a run goes through some of them in order: one that was stopped goes on
with `--from`. Each disagreement is told with the least texts that show it, and kept in a file.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path

from tests.properties.agreement import compare, understood
from tests.properties.numbered import numbered
from tests.properties.smaller import Texts, smallest
from tests.properties.tally import Tally

#: How many systems are compared before it is told how far the run is, and by one process at a time.
CHUNK = 200
#: Of how many disagreements of such a piece the least texts are sought.
SHRUNK = 2


def compared(numbers: range) -> Tally:
    """What both checkers say of the systems of some numbers."""
    tally = Tally()
    for number in numbers:
        laws, statements = numbered(number)
        try:
            both = understood(laws, *statements)
            found = compare(*both) if both else None
        except Exception as error:
            error.add_note(f"of system {number}:\n{told((laws, statements))}")
            raise
        if both is None or found is None:
            tally.refused += 1
            continue
        tally.count(both[1], found)
        if found.differences:
            least = (laws, statements)
            if len(tally.disagreements) < SHRUNK:
                least = smallest(least, differ)
            said = differences(least) or found.differences
            tally.disagreements.append("\n".join([f"system {number}", *said[:8], told(least)]))
    return tally


def differ(texts: Texts) -> bool:
    """Whether the checkers say different things of some texts."""
    return bool(differences(texts))


def differences(texts: Texts) -> tuple[str, ...]:
    """What they say differently; nothing where the texts are refused."""
    laws, statements = texts
    both = understood(laws, "\n".join(statements))
    return compare(*both).differences if both else ()


def told(texts: Texts) -> str:
    """The texts as they may be put into files."""
    laws, statements = texts
    return "\n".join(["", *laws, "\n".join(statements), ""])


def chunks(first: int, systems: int) -> list[range]:
    """The numbers, in pieces."""
    last = first + systems
    return [range(n, min(n + CHUNK, last)) for n in range(first, last, CHUNK)]


def run(first: int, systems: int, jobs: int) -> Iterator[tuple[range, Tally]]:
    """The pieces of a run, in order, each with what was counted there."""
    pieces = chunks(first, systems)
    # A new process now and then, as each keeps what it has read.
    pool = get_context("spawn").Pool
    with pool(jobs, signal.signal, (signal.SIGINT, signal.SIG_IGN), 10) as processes:
        yield from zip(pieces, processes.imap(compared, pieces), strict=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and tell how far it is; 1 where there was a disagreement."""
    parser = argparse.ArgumentParser(prog="agree", description=main.__doc__)
    parser.add_argument("--systems", type=int, default=100_000, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--save", type=Path, default=Path("build/disagreements"))
    asked = parser.parse_args(arguments)
    tally, began = Tally(), time.monotonic()
    try:
        for numbers, found in run(asked.first, asked.systems, asked.jobs):
            tally.add(found)
            each = (time.monotonic() - began) / (numbers.stop - asked.first) * 1000
            sys.stdout.write(
                f"{numbers.stop - asked.first:,} of {asked.systems:,}: {asked.first} to"
                f" {numbers.stop - 1} done, {each:.0f} ms each,"
                f" {len(tally.disagreements)} disagreements\n"
            )
            for text in found.disagreements:
                asked.save.mkdir(parents=True, exist_ok=True)
                path = asked.save / f"{text.split()[1]}.txt"
                path.write_text(text, "utf-8")
                sys.stdout.write(f"\n{text}\nkept in {path}\n\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stdout.write("\nstopped; this is what was done\n")
    sys.stdout.write(f"\n{tally}\n")
    return 1 if tally.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
