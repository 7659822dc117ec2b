"""`lawful completion`: the script by which a shell completes what is typed."""

from __future__ import annotations

import click

from lawful.cli.group import Command
from lawful.cli.output import put


@click.command(
    cls=Command,
    examples=(
        "lawful completion bash >> ~/.bashrc",
        "lawful completion zsh >> ~/.zshrc",
        "lawful completion fish > ~/.config/fish/completions/lawful.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print a script by which a shell completes.

    Have your shell read it when it starts.
    """
    from click.shell_completion import get_completion_class

    from lawful.cli.group import commands
    from lawful.cli.run import COMPLETION

    made = get_completion_class(shell)
    assert made is not None
    complete = made(commands, {}, "lawful", COMPLETION)
    put(complete.source_template % complete.source_vars())
