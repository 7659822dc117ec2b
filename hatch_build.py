"""What the build does beside packing: it compiles the grammars and the policies (see docs/extend.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compile(BuildHookInterface[Any]):
    """Compiles for a wheel, and for a checkout that is installed to be worked on."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in a process of its own, in which sets have the same order every time."""
        paths = (str(Path(self.root, "dsl")), *filter(None, sys.path))  # with Lark, wherever it is
        environment = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
        subprocess.run(
            [sys.executable, "-m", "lawful_dsl.compiled"],
            check=True,
            env=environment,
            cwd=self.root,
        )
        build_data["artifacts"].append("/dsl/lawful_dsl/compiled/*.kept")
