"""The command `lawful`: its subcommands are the files of `commands`."""

from lawful.cli.run import main

__all__ = ["main"]
