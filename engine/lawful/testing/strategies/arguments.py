"""Arguments: what strategies are given, looked at as Hypothesis does, and shown in what it prints of them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from lawful.dates import is_date
from lawful_dsl.diagnostics import near

if TYPE_CHECKING:
    from lawful.system.model import System
    from lawful.testing.strategies.bench import Bench

T = TypeVar("T")


def counted(value: object, name: str, *, least: int) -> None:
    """A number, and not too low."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidArgument(f"expected an int, but got {name}={value!r} ({_type(value)})")
    if value < least:
        raise InvalidArgument(f"{name}={value!r} must be at least {least}")


def named(policy: object) -> None:
    """A policy by its name or its file."""
    if not isinstance(policy, str | Path):
        raise InvalidArgument(
            f"expected the name or the file of a policy, but got policy={policy!r} ({_type(policy)})"
        )


def dated(on: object) -> None:
    """A date, or none."""
    if not isinstance(on, str) or (on and not is_date(on)):
        raise InvalidArgument(
            f"expected a date such as '2025-03-01', but got on={on!r} ({_type(on)})"
        )


def known(rule: object, bench: Bench) -> None:
    """A rule of the policy, by its id."""
    if not isinstance(rule, str):
        raise InvalidArgument(f"expected the id of a rule, but got rule={rule!r} ({_type(rule)})")
    if rule not in bench.rules:
        hint = near(rule, bench.rules)
        raise InvalidArgument(
            f"there is no rule `{rule}` in `{bench.policy.name}`" + (f": {hint}" if hint else "")
        )


def several(system: System) -> None:
    """A system in which something can flow."""
    if len(system.nodes) < 2:
        raise InvalidArgument(f"`{system.name}` has fewer than two nodes: nothing can flow in it")


def shown(
    maker: Callable[..., object], drawn: st.SearchStrategy[T], *given: Any, **options: Any
) -> st.SearchStrategy[T]:
    """A strategy that is shown as the call that made it, without what is so anyway."""
    defaults = signature(maker).parameters
    said = {name: value for name, value in options.items() if value != defaults[name].default}

    def draw_it(draw: st.DrawFn, *_given: Any, **_options: Any) -> T:
        return draw(drawn)

    draw_it.__name__ = maker.__name__
    return st.composite(draw_it)(*given, **said)


def _type(value: object) -> str:
    return f"type={type(value).__name__}"
