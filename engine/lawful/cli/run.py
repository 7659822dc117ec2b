"""Run: from arguments to an exit status, whatever happens between.

0 is checked and nothing broken, 1 is broken, 2 is that it could not be done or nothing was checked.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from lawful.cli.group import commands
from lawful.cli.output import discard_output, say
from lawful.failure import Failure

INTERRUPTED = 130
CLOSED_PIPE = 141
COMPLETION = "_LAWFUL_COMPLETE"
#: So many new values are made before those are sought that nobody needs any more: nearly all are needed to the end.
PATIENCE = 4_000_000


def command() -> int:
    """All that a process does: run the command that it was given, and return its exit status."""
    gc.set_threshold(PATIENCE)
    status = main()
    gc.freeze()  # the process ends, and nothing need be sought in it
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed before we began: there is nobody to read
            setattr(sys, stream, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        return CLOSED_PIPE
    except OSError as error:
        discard_output()
        what = f"`{error.filename}`" if error.filename else "the standard output"
        say(f"error: cannot use {what}: {error.strerror or error}")
        return 2
    return status


def _run(arguments: list[str]) -> int:
    try:
        if instruction := os.environ.get(COMPLETION):
            from click.shell_completion import shell_complete

            return shell_complete(commands, {}, "lawful", COMPLETION, instruction)
        with commands.make_context("lawful", arguments) as context:
            status = commands.invoke(context)
            return status if isinstance(status, int) else 0
    except click.exceptions.Exit as left:
        return left.exit_code
    except Failure as failure:
        say(str(failure))
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError:
        raise
    except Exception as error:
        if os.environ.get("LAWFUL_DEBUG"):
            raise
        _confess(error)
        return 2


def _confess(error: Exception) -> None:
    """Say that we are at fault, in place of a traceback."""
    said = str(error).strip().split("\n")[0]
    say(
        f"internal error: {type(error).__name__}{': ' + said if said else ''}\n"
        "please report it, with what you ran; LAWFUL_DEBUG=1 shows where it happened"
    )
