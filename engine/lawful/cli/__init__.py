"""The command `lawful`: its subcommands are the files of `commands`."""

from lawful.cli.run import command, main

__all__ = ["command", "main"]
