"""Scope: a module as it is called, with what its variables and locals stand for there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawful.importers._hcl import Expression, Literal
from lawful.importers._terraform.state.modules import Module
from lawful.importers._terraform.state.resources import Path


@dataclass(eq=False)
class Scope:
    """A call of a module; `given` are the arguments of the call, which stand in `outer`.

    `missing` says whether the values of variables can be given from outside only, as those of a root.
    """

    module: Module
    path: Path = ()
    outer: Scope | None = None
    given: Mapping[str, Expression] = field(default_factory=dict)
    inner: dict[str, Scope] = field(default_factory=dict)
    #: What the call goes through, where it makes several of the module.
    over: Expression | None = None
    #: Which provider of the outer scope stands for one of this module.
    providers: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the calls that lead here."""
        return tuple(name for name, _ in self.path)

    @property
    def prefix(self) -> str:
        """What addresses here begin with."""
        return "".join(f"module.{name}." for name in self.names)

    def variable(self, name: str) -> tuple[Expression, Scope] | None:
        """What a variable is given, and where that stands; none where it is given nothing."""
        if self.outer is not None and name in self.given:
            return self.given[name], self.outer
        if self.outer is None and name in self.module.given:
            return self.module.given[name].value, self
        block = self.module.variables.get(name)
        default = block.body.attributes.get("default") if block else None
        return (default.value, self) if default else None

    def is_sensitive(self, name: str) -> bool:
        """Whether a variable is declared so."""
        block = self.module.variables.get(name)
        said = block.body.attributes.get("sensitive") if block else None
        return said is not None and said.value == Literal(True)

    def provider(self, name: str) -> tuple[Scope, str] | None:
        """Where a provider is configured, by the name that it has here (`aws.north`)."""
        if name in self.module.providers:
            return self, name
        if self.outer is None:
            return None
        if name in self.providers:
            return self.outer.provider(self.providers[name])
        return None if "." in name else self.outer.provider(name)
