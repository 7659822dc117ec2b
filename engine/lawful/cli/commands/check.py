"""`lawful check`: whether systems keep what their policies promise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawful.cli.called import NamedPath
from lawful.cli.group import Command
from lawful.cli.options import (
    date_option,
    language_option,
    output_option,
    policy_option,
    with_option,
)
from lawful.cli.output import put
from lawful.cli.progress import progress
from lawful.cli.targets import FormAndFile
from lawful.cli.terminal import USUAL, coloured, width
from lawful.collecting import set_apart, uncollected
from lawful.findings import Report, Verdict, outcome
from lawful.reporters import find, names, ours

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Form(click.Choice[str]):
    """The name of a reporter. Those of other distributions are sought where none of ours is meant."""

    def __init__(self) -> None:
        super().__init__(ours())

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is, or a failure that says all names."""
        return value if value in self.choices else click.Choice(names()).convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """All names, for the help."""
        return click.Choice(names()).get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """All names that begin so."""
        return click.Choice(names()).shell_complete(ctx, param, incomplete)


@click.command(
    cls=Command,
    examples=(
        "lawful check flows/callbridge",
        "lawful check flows/callbridge --on 2024-06-01 --strict",
        "lawful check flows/callbridge --format json -o report.json",
        "lawful check flows/callbridge --report sarif=report.sarif --report junit=report.xml",
        "lawful check shop.flow --policy our_policy.law",
    ),
)
@click.argument("systems", nargs=-1, required=True, metavar="SYSTEM...", type=NamedPath())
@with_option
@policy_option
@date_option
@click.option(
    "--format",
    "form",
    type=Form(),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@output_option
@click.option(
    "--report",
    "others",
    type=FormAndFile(Form(), "sarif=report.sarif"),
    multiple=True,
    metavar="FORM=FILE",
    help="Write the report in this form to this file, too; again for more.",
)
@language_option
@click.option("--strict", is_flag=True, help="Exit with 1 where something is undetermined, too.")
def command(
    systems: tuple[Path, ...],
    beside: tuple[Path, ...],
    policies: tuple[str, ...],
    on: str,
    form: str,
    output: Path | None,
    others: tuple[tuple[str, Path], ...],
    lang: str,
    strict: bool,
) -> int:
    """Check that systems keep what their policies promise.

    SYSTEM is a `.flow` or a JSON file, or a folder: the system of its own `.flow` files. A file that
    only adds to what others declare (`lawful annotate` begins one) is checked with those. It may also be
    what `lawful import` reads, such as a plan of Terraform, or a folder of such files: one system there.

    Exits with 0 if all was checked and nothing is broken but what is waived, with 1 if something is
    broken, with 2 if it could not be checked or no rule met an event.
    """
    from lawful.cli.given import judge, read_systems, wording

    with progress() as doing:
        with uncollected():
            given = read_systems(systems, policies, on, doing, beside=beside)
            words = wording(given, lang)
        with set_apart():
            reports = [judge(each, doing) for each in given]

    def render(form: str, *, wide: int = USUAL, colour: bool = False) -> str:
        return find(form).render(reports, width=wide, colour=colour, strict=strict, wording=words)

    for other, path in others:
        put(render(other), path)
    if output is None:
        put(render(form, wide=width(), colour=coloured()))
    else:
        put(render(form), output)
        _summarise(reports, output)
    return _status(outcome(reports), strict)


def _status(verdict: Verdict, strict: bool) -> int:
    if verdict is Verdict.BROKEN or (strict and verdict is Verdict.UNDETERMINED):
        return 1
    return 2 if verdict is Verdict.NOT_EXERCISED else 0


def _summarise(reports: Sequence[Report], output: Path) -> None:
    """Of a report in a file, the verdicts for the one who waits."""
    from lawful.headlines import headline

    lines = [headline(report).plain for report in reports]
    put("\n".join([*lines, f"the report is in {output}", ""]))
