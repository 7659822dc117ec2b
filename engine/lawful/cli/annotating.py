"""Annotating: the blanks of a system as an overlay to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawful.analysis.blanks import Blank
from lawful.prose import count, position
from lawful_dsl.diagnostics import shown
from lawful_dsl.format.words import write_name
from lawful_dsl.syntax import Name


def overlay(system: str, blanks: Sequence[Blank], undetermined: int) -> str:
    """A `.flow` text of the system that says nothing yet: every blank is a comment."""
    return "".join(f"{line}\n" for line in _lines(system, blanks, undetermined))


def _lines(system: str, blanks: Sequence[Blank], undetermined: int) -> Iterator[str]:
    if blanks:
        yield f"# What is not said and is asked for: {count(len(blanks), 'fact')}, on which turn"
        yield f"# {count(undetermined, 'undetermined finding')}; those on which most turn come first."
        yield "# Where a fact is known, take the `#` before its statement away, and write what holds in"
        yield "# place of the capitals. In an id, `*` stands for anything."
    else:
        yield "# Nothing is asked for that is not said."
    yield ""
    yield f"system {write_name(Name(system))}"
    for blank in blanks:
        alone = f", {blank.alone} by itself" if blank.alone else ""
        yield ""
        what = f"{blank.fact} of {blank.of}" if blank.of else blank.fact
        yield shown(f"# {what}: {count(blank.findings, 'finding')}{alone}")
        yield shown(f"#   asked by {', '.join(blank.rules)}")
        if place := position(blank.at):
            yield f"#   to say of what stands at {place}"
        if blank.statement:
            yield shown(f"# {blank.statement}")
        else:
            yield "#   no overlay says it: it follows from what is said where the data begin, or, of"
            yield "#   hosting and access, is said on a flow in their place"
