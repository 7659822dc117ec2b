"""A `.flow` text: parsed, resolved or linked, printed, checked and reported."""

from __future__ import annotations

from tests.fuzz.targets.run import run, seeds, sound

if __name__ == "__main__":
    run("flow", sound.flow, seeds.flows())
