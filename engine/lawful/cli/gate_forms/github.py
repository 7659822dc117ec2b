"""The gate as commands of a GitHub workflow: an annotation for each reason, and one for each cause of new findings."""

from __future__ import annotations

from lawful.analysis.gate import Gate
from lawful.analysis.passing import Terms
from lawful.cli.gate_forms._annotations import annotate
from lawful.cli.gate_forms.text import headline
from lawful.reporters.github import command, plain
from lawful.wording import ENGLISH, Wording

__all__ = ["render"]


def render(
    gate: Gate, terms: Terms, *, width: int = 80, colour: bool = False, wording: Wording = ENGLISH
) -> str:
    """The commands, a line each, after the headline."""
    told = (
        command(each.weight, each.title, each.text, each.span)
        for each in annotate(gate, terms, width=width, wording=wording)
    )
    return "".join(f"{line}\n" for line in (plain(headline(gate, terms).plain), *told))
