"""Options that several subcommands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from lawful.cli.called import NamedPath
from lawful.cli.targets import Target
from lawful.dates import is_date

Function = TypeVar("Function", bound=Callable[..., Any])


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """An ISO date as it was written; empty where none was given."""
    if value is None:
        return ""
    if is_date(value):
        return value
    raise click.BadParameter(f"`{value}` is not a date such as 2024-04-08", context, parameter)


def system_argument(function: Function) -> Function:
    """One system: a file, or a folder of `.flow` files."""
    return click.argument("system", type=NamedPath())(function)


def with_option(function: Function) -> Function:
    """What else tells of the same system."""
    return click.option(
        "--with",
        "beside",
        multiple=True,
        type=NamedPath(),
        metavar="[NAME=]FILE",
        help="More of the same system, such as what a plan of its infrastructure cannot say; again"
        " for more. A NAME stands before the ids of a plan.",
    )(function)


def policy_option(function: Function) -> Function:
    """The policies to check, in place of those that the system names."""
    return click.option(
        "--policy",
        "policies",
        multiple=True,
        metavar="NAME|FILE",
        help="A policy, by name or as a file; again for more. Those the system names, if not given.",
    )(function)


def date_option(function: Function) -> Function:
    """The date of the check."""
    return click.option(
        "--on",
        callback=day,
        metavar="DATE",
        help="The date of the check. If not given: the system's, else the policies' latest.",
    )(function)


def output_option(function: Function, *, type: Target | None = None) -> Function:
    """Where the result goes."""
    return click.option(
        "-o",
        "--output",
        type=type or Target(),
        metavar="FILE",
        help="Write to this file, whole or not at all, in place of the standard output.",
    )(function)


def language_option(function: Function) -> Function:
    """The language of messages and labels."""
    return click.option(
        "--lang",
        default="en",
        show_default=True,
        metavar="CODE",
        help="The language of the rules' messages and the terms' labels: ar, en, nl, sq, ...",
    )(function)


def version_argument(function: Function) -> Function:
    """One policy, and the date by which one of its versions is taken."""
    return click.argument("policy", metavar="NAME|FILE")(
        click.option(
            "--on",
            callback=day,
            metavar="DATE",
            help="Of several versions of the policy, the one in effect on this date."
            " If not given: the latest.",
        )(function)
    )
