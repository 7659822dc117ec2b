"""`python -m lawful`: the same as the command `lawful`."""

import sys

from lawful.cli import command

if __name__ == "__main__":
    sys.exit(command())
