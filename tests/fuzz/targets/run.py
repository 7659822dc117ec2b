"""Run: a target under Atheris for so many seconds, from a corpus of our own texts, within bounds.

    python -m tests.fuzz.targets.law SECONDS [FOLDER]

What fails is kept in the folder, `build/fuzz` if none is named, and printed; the corpus grows there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import atheris

#: One input may take so many seconds, and all of them so much memory (MB).
SLOWEST = 20
MOST_MEMORY = 1500
#: An input is at most so long (bytes).
LONGEST = 4096


def run(name: str, holds: Callable[[bytes], bool], seeds: Iterable[str]) -> None:
    """Fuzz; the process ends with a status other than 0 where something was found."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "build/fuzz") / name
    corpus, found = folder / "corpus", folder / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    for number, text in enumerate(seeds):
        raw = text.encode("utf-8")
        if len(raw) <= LONGEST:
            (corpus / f"seed-{number:04}").write_bytes(raw)
    bounds = (
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    )
    atheris.Setup([name, *bounds, str(corpus)], holds_for(holds), custom_mutator=mutated)
    atheris.Fuzz()


def holds_for(holds: Callable[[bytes], bool]) -> Callable[[bytes], None]:
    """The target: it fails by an exception, which Atheris shows with its traceback."""

    def target(raw: bytes) -> None:
        holds(raw)

    return target


def mutated(raw: bytes, longest: int, seed: int) -> bytes:
    """Another input: half of the time bytes changed anyhow, else words and lines as people damage them."""
    from tests.fuzz.damage import damaged

    random = Random(seed)
    if random.random() < 0.5:
        return atheris.Mutate(raw, longest)
    text = damaged(raw.decode("utf-8", "replace"), random)
    return text.encode("utf-8", "replace")[:longest]
