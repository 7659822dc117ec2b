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

with atheris.instrument_imports(include=["lawful", "lawful_dsl"]):
    from tests.fuzz import seeds, sound
    from tests.fuzz.damage import damaged

__all__ = ["run", "seeds", "sound"]

#: One input may take so many seconds, and all of them so much memory (MB).
SLOWEST = 30
MOST_MEMORY = 1500
#: An input is at most so long (bytes).
LONGEST = 4096
#: Of our own texts so many are where it begins, taken evenly.
MOST_SEEDS = 100


def run(name: str, holds: Callable[[bytes], bool], texts: Iterable[str]) -> None:
    """Fuzz; the process ends with a status other than 0 where something was found."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "build/fuzz") / name
    corpus, found = folder / "corpus", folder / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    raws = [raw for text in texts if len(raw := text.encode("utf-8")) <= LONGEST]
    for number, raw in enumerate(raws[:: len(raws) // MOST_SEEDS + 1]):
        (corpus / f"seed-{number:03}").write_bytes(raw)
    bounds = (
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    )
    holds(b"use")  # the first input pays for the grammars, and is not to be called slow
    atheris.Setup(
        [name, *bounds, str(corpus)], lambda raw: _held(holds, raw), custom_mutator=mutated
    )
    atheris.Fuzz()


def _held(holds: Callable[[bytes], bool], raw: bytes) -> None:
    """What fails raises: Atheris shows where, and keeps the input."""
    holds(raw)


def mutated(raw: bytes, longest: int, seed: int) -> bytes:
    """Another input: half of the time bytes changed anyhow, else words and lines as people damage them."""
    random = Random(seed)
    if random.random() < 0.5:
        return atheris.Mutate(raw, longest)
    text = damaged(raw.decode("utf-8", "replace"), random)
    return text.encode("utf-8", "replace")[:longest]
