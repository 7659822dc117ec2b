"""Text: what strategies draw, a `.flow` text that is shown as it reads."""

from __future__ import annotations

from typing import Any

from lawful.system.model import System
from lawful.testing.told import told
from lawful_dsl.format import print_flow
from lawful_dsl.parser import parse_flow
from lawful_dsl.source import Source


class FlowText(str):
    """A `.flow` text, whose representation is itself between three quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f'"""\n{self}"""'

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """As Hypothesis shows it, where an example fails."""
        del cycle
        for number, line in enumerate(repr(self).split("\n")):
            if number:
                printer.break_()
            printer.text(line)


def printed(system: System, *, header: bool = True) -> FlowText:
    """The text of a linked system."""
    return FlowText(told(system, header=header))


def tidied(text: str) -> FlowText:
    """A text in the one style."""
    return FlowText(print_flow(parse_flow(Source("<drawn>", text)).tree))
