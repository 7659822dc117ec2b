"""Asserting: a test fails where a system does not keep what its policies promise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lawful.system.graph import Graph
    from lawful.system.model import System
    from lawful_dsl.syntax import Flows

__all__ = ["assert_lawful"]


def assert_lawful(
    system: str | Path | Flows | System | Graph,
    policies: str | Sequence[str] = (),
    *,
    on: str = "",
    strict: bool = False,
) -> None:
    """Fail with the report of `lawful check` where a promise is broken, or where none is exercised.

    `system` is a path, a `.flow` text (of several lines), what was read or linked, or a graph.
    `policies` are names or files of policies; without any, those that the system names. `on` is the
    date of the check. `strict` fails where something is undetermined, too. Raises `Failure` where
    there is nothing that could be checked: a text with errors, a policy that is not found.

    >>> assert_lawful("flows/callbridge/broken/wrong-basis.flow")
    Traceback (most recent call last):
    ...
    AssertionError: broken: wrong_basis: 1 finding broken, 0 undetermined
    ...
    """
    __tracebackhide__ = True  # pytest shows the line that asserts
    from lawful.testing.checking import Checked, read

    checked = Checked(read(system, policies, on))
    if not checked.passes(strict=strict):
        raise AssertionError(checked.told())
