"""Moves: which addresses resources had, as blocks `moved` say it of them and of the modules that they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lawful.importers._terraform.state.modules import reference_of
from lawful.importers._terraform.state.resources import Resource
from lawful.importers.terraform_hcl.scope import Scope


def moved(resources: Mapping[str, Resource], scope: Scope) -> Iterator[Resource]:
    """The resources in the order of their addresses, each with those that it had and that none has now."""
    moves = dict(_moves(scope))
    for address in sorted(resources):
        was = tuple(each for each in _formerly(address, moves) if each not in resources)
        yield replace(resources[address], formerly=was) if was else resources[address]


def _moves(scope: Scope) -> Iterator[tuple[str, str]]:
    """The addresses to which resources and modules are moved, each with the one from which."""
    for block in scope.module.moved:
        said = (block.body.attributes.get(key) for key in ("to", "from"))
        now, was = (reference_of(each.value) if each else "" for each in said)
        if now and was and now != was:
            yield f"{scope.prefix}{now}", f"{scope.prefix}{was}"
    for inner in scope.inner.values():
        yield from _moves(inner)


def _formerly(address: str, moves: Mapping[str, str]) -> list[str]:
    """The addresses that one had, the last first, through modules that were moved."""
    found = [address]
    for each in found:
        for now, was in moves.items():
            if each == now or each.startswith(f"{now}."):
                earlier = was + each.removeprefix(now)
                found += [earlier] if earlier not in found else []
    return found[1:]
