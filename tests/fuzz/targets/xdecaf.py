"""A model of xDECAF: parsed, resolved or linked, printed, checked and reported."""

from __future__ import annotations

import json

from tests.fuzz.targets.run import run, seeds, sound

if __name__ == "__main__":
    run("xdecaf", sound.model, map(json.dumps, seeds.models()))
