"""The command and how it finds its subcommands: by scanning a folder, loading only what is run."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from lawful import __version__
from lawful.cli import commands as folder
from lawful.cli.targets import refuse_overlaps


class Command(click.Command):
    """A subcommand with examples in its help, which writes over nothing that it reads."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it, unless it would write over what it reads."""
        refuse_overlaps(ctx)
        return super().invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, line by line."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


class Commands(click.Group):
    """A group whose commands are the modules of a package, named after them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, sorted."""
        return sorted(module.name for module in iter_modules(folder.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded when it is asked for."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{folder.__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, or what it may have been meant to be."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from lawful_dsl.diagnostics import near

            known = self.list_commands(ctx)
            hint = near(args[0], known) or f"the commands are {', '.join(known)}"
            raise click.UsageError(f"there is no command `{args[0]}`; {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def commands() -> None:
    """Check that a system's data flows keep what its privacy policies promise.

    A policy is written in `.law` texts, a system in `.flow` texts. Start with `lawful init`.
    """
