"""Installed: the wheel of this tree in an environment of its own, as whoever installs it has it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from tests.bench.estates import ROOT

#: The environment of processes that are to find what is installed, and not this tree.
CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def installed(folder: Path) -> Path:
    """An environment in a folder that has the wheel of this tree: where its programs are."""
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=CLEAN)
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    (wheel,) = (folder / "dist").glob("*.whl")
    subprocess.run([programs / "pip", "install", "--quiet", wheel], check=True, env=CLEAN)
    return programs
