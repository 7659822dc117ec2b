"""Kleene's connectives: true, false, and None for unknown."""

from __future__ import annotations

from lawful.propagation.standing import Kleene


def both(one: Kleene, other: Kleene) -> Kleene:
    """Kleene's and."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(one: Kleene, other: Kleene) -> Kleene:
    """Kleene's or."""
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def negated(one: Kleene) -> Kleene:
    """Kleene's not."""
    return None if one is None else not one
