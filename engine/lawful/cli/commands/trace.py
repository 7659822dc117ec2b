"""`lawful trace`: the ways of data through a system."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.group import Command
from lawful.cli.options import date_option, policy_option, system_argument, with_option
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.terminal import coloured, width
from lawful.failure import Failure


@click.command(
    cls=Command,
    examples=(
        "lawful trace card_number flows/callbridge",
        "lawful trace billing flows/callbridge",
    ),
)
@click.argument("what", metavar="DATUM|NODE")
@system_argument
@with_option
@policy_option
@date_option
def command(
    what: str, system: Path, beside: tuple[Path, ...], policies: tuple[str, ...], on: str
) -> None:
    """Follow data through a system.

    Says where a data category, or what a node holds, comes from and goes to, and what it owes: which
    rules speak of it, and with which verdict. A name that is both a node of SYSTEM and a data
    category is taken as the node.
    """
    from lawful.analysis.trace import trace_data, trace_node
    from lawful.cli.given import read_system
    from lawful.cli.tell import tell_trace
    from lawful.prose import open_console, read_console
    from lawful_dsl.diagnostics import near

    with progress() as doing:
        given = read_system(system, policies, on, doing, beside=beside)
        doing(f"following {what}")
        program, vocabulary, on = given.program, given.program.vocabulary, given.date
        if what in given.system.nodes:
            found = trace_node(program, given.system, what, policies=given.policies, on=on)
        elif what in vocabulary.of_list("data"):
            found = trace_data(program, given.system, what, policies=given.policies, on=on)
        else:
            known = {*given.system.nodes, *vocabulary.of_list("data")}
            hint = near(what, known) or "name a node of the system, or a data category"
            raise Failure(
                f"error: `{what}` is neither a node of {given.system.name} nor a data category\n"
                f"   = help: {hint}"
            )
    console = open_console(width=width(), colour=coloured())
    tell_trace(console, found)
    put(read_console(console))
