"""`python -m lawful_dsl.compiled`: compile what is shipped; with `compare`, compare it with its texts instead."""

from __future__ import annotations

import sys

from lawful_dsl.compiled.compare import differences
from lawful_dsl.compiled.make import make
from lawful_dsl.diagnostics import Rejected


def main(arguments: list[str]) -> str:
    """Do it, and return what is wrong: nothing, or the last words of the process."""
    if arguments == ["compare"]:
        return "\n".join(differences())
    if arguments:
        return "usage: python -m lawful_dsl.compiled [compare]"
    try:
        make()
    except Rejected as rejected:
        return str(rejected)
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or None)
