"""`lawful gate`: whether a change may go in: what it breaks that was not broken before, and what it mends."""

from __future__ import annotations

from pathlib import Path

import click

from lawful.cli.called import NamedPath
from lawful.cli.gate_forms import find, names
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
from lawful.cli.targets import FormAndFile, Target
from lawful.cli.terminal import USUAL, coloured, width
from lawful.findings import SEVERITIES


@click.command(
    cls=Command,
    examples=(
        "lawful gate --base flows/callbridge --head flows/callbridge",
        "lawful gate flows/callbridge --write-baseline callbridge.baseline.json",
        "lawful gate plan.json --with shop.flow",
        "lawful gate shop.flow --base shop.flow --fail-on high --format json -o gate.json",
    ),
)
@click.argument("system", required=False, type=NamedPath())
@click.option(
    "--head",
    "newer",
    type=NamedPath(),
    metavar="SYSTEM",
    help="The system as it is now; the same as the argument.",
)
@click.option(
    "--base",
    type=NamedPath(),
    metavar="SYSTEM",
    help="The system as it was: a file or folder of another checkout.",
)
@click.option(
    "--base-root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="The other checkout: where the policies of --base are sought, or, of a plan, what was --with"
    " it. If not given: seen from where --base and the system lie.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What --write-baseline wrote, in place of --base.",
)
@click.option(
    "--write-baseline",
    type=Target(),
    metavar="FILE",
    help="Write what a later run is to be compared with, and compare nothing.",
)
@with_option
@policy_option
@date_option
@click.option(
    "--fail-on",
    type=click.Choice(tuple(reversed(SEVERITIES))),
    default=SEVERITIES[0],
    show_default=True,
    help="The least severity of a rule for which a change does not pass.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Also fail for what is undetermined on new flows and nodes, and for rules that no event"
    " meets any more.",
)
@click.option(
    "--accept-policy-change",
    "accepted",
    is_flag=True,
    help="Let policies, vocabularies, waivers and overlays change.",
)
@click.option(
    "--accept-overlay-change",
    "overlays_accepted",
    is_flag=True,
    help="Let what is said beside imported files change, of what was there before.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(names()),
    default="text",
    show_default=True,
    help="The form in which it is told.",
)
@output_option
@click.option(
    "--report",
    "others",
    type=FormAndFile(click.Choice(names()), "json=gate.json"),
    multiple=True,
    metavar="FORM=FILE",
    help="Write it in this form to this file, too; again for more.",
)
@language_option
def command(
    system: Path | None,
    newer: Path | None,
    base: Path | None,
    base_root: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    beside: tuple[Path, ...],
    policies: tuple[str, ...],
    on: str,
    fail_on: str,
    strict: bool,
    accepted: bool,
    overlays_accepted: bool,
    form: str,
    output: Path | None,
    others: tuple[tuple[str, Path], ...],
    lang: str,
) -> int:
    """Say what a change breaks, and what it mends.

    A system as it was is compared with SYSTEM, as it is now: a file, a folder of `.flow` files, or one of
    what `lawful import` reads. A plan of Terraform tells of both, and needs no --base. What was found
    before and still is, is counted and not told. Changes of waivers, of what is ignored or corrected and
    of policies come first, then what the system says of its parties, nodes and flows, then what is new.

    Exits with 0 if the change may pass; with 1 if something is newly broken, if a rule that was not
    undetermined is, or if a policy, a waiver, a correction or what an overlay says of what was there changed; with 2
    if it could not be compared, or no rule met an event.
    """
    from lawful.analysis.passing import Terms, failures
    from lawful.cli import baseline as baselines
    from lawful.cli.gating import (
        compare,
        keep,
        read_change,
        read_head,
        read_record,
        root_of,
        uncompared,
    )
    from lawful.cli.given import wording
    from lawful.cli.sources import as_recorded
    from lawful.given import WORKING

    if write_baseline and (output or others):
        raise click.UsageError("--write-baseline compares nothing, so there is nothing to report")
    now = _one("SYSTEM", {"SYSTEM": system, "--head": newer})
    _at_most_one({"--base": base, "--baseline": baseline, "--write-baseline": write_baseline})
    if base_root and (baseline or write_baseline):
        raise click.UsageError("--base-root is another checkout, and a baseline needs none")
    with progress() as doing:
        root = base_root or (root_of(base, now) if base else WORKING)
        if write_baseline:
            head = read_head(now, beside, policies, on, doing)
            words = wording([head.side.given], lang)
            baselines.write(keep(head), write_baseline)
            return 0
        if base:
            before, was = read_record(base, root, beside, policies, on, doing)
            head = read_head(now, beside, policies, on, doing, was)
        elif baseline:
            before = baselines.read(baseline)
            head = read_head(now, beside, policies, on, doing, as_recorded(before))
        else:
            before, head = read_change(now, root, beside, policies, on, doing)
        words = wording([head.side.given], lang)
        found = compare(before, head)
        if beside and not baseline and root == WORKING:
            found = uncompared(found, beside)
    terms = Terms(fail_on, strict, accepted, bool(on), overlays_accepted)

    def render(form: str, *, wide: int = USUAL, colour: bool = False) -> str:
        return find(form).render(found, terms, width=wide, colour=colour, wording=words)

    for other, path in others:
        put(render(other), path)
    if output is None:
        put(render(form, wide=width(), colour=coloured()))
    else:
        put(render(form), output)
    if not head.report.exercised:
        return 2
    return 1 if failures(found, terms) else 0


def _one(needed: str, given: dict[str, Path | None]) -> Path:
    """The one that is given, of several that mean the same."""
    found = _at_most_one(given)
    if not found:
        raise click.UsageError(f"give {needed}, or one of {', '.join(given)}")
    return found[0]


def _at_most_one(given: dict[str, Path | None]) -> list[Path]:
    """What is given of several that exclude one another."""
    found = {name: path for name, path in given.items() if path is not None}
    if len(found) > 1:
        raise click.UsageError(f"give only one of {' and '.join(found)}")
    return list(found.values())
