"""Planning: modules in HCL as a plan: one resource for each block, with what its settings are and name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lawful.importers import Notice
from lawful.importers._hcl import Attribute, Block, Body, Object
from lawful.importers._terraform.names.accounts import (
    account_of_role,
    account_settings,
    accounts_said,
    project_of,
)
from lawful.importers._terraform.state.modules import (
    Declared,
    Module,
    blocks_of,
    reference_of,
    source_of,
)
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful.importers._terraform.tables.placed_by_others import region_settings
from lawful.importers.terraform_hcl.moves import moved
from lawful.importers.terraform_hcl.references import Bound, References
from lawful.importers.terraform_hcl.scope import Scope
from lawful.importers.terraform_hcl.unknown import UNKNOWN, Perhaps, any_of, is_whole, separated
from lawful.importers.terraform_hcl.values import Values
from lawful_dsl.diagnostics import Diagnostic, Rejected

#: So many calls of modules a system may have.
_MOST_CALLS = 2_000
#: What a block has for Terraform, and not for the provider.
_META = {"count", "for_each", "provider", "depends_on"}
_META_OF_CALLS = {*_META, "providers", "source", "version"}
_META_BLOCKS = {"lifecycle", "provisioner", "connection", "timeouts"}


def plan_of(root: Module, modules: Mapping[str, Module]) -> Plan:
    """The plan that a module makes, with all that it calls."""
    return _Planning(modules).plan(root)


class _Planning:
    def __init__(self, modules: Mapping[str, Module]) -> None:
        self.modules = modules
        self.values = Values()
        self.references = References()
        self.resources: dict[str, Resource] = {}
        self.providers: dict[str, Any] = {}
        self.accounts: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.elsewhere: dict[str, str] = {}
        self.calls = 0

    def plan(self, root: Module) -> Plan:
        """What a root makes."""
        scope = Scope(root)
        self.enter(scope, (root.folder,))
        configuration = {"root_module": self.module(scope), "provider_config": self.providers}
        missing = [name for name in root.variables if scope.variable(name) is None]
        self.counts["variables have no value here: what they name is not known"] += len(missing)
        listed = ", ".join(sorted(self.elsewhere))
        notices = (
            Notice(
                len(self.elsewhere),
                f"modules are not among these files, and what they make is not told: {listed}",
            ),
            *(Notice(n, text) for text, n in sorted(self.counts.items())),
        )
        in_order = tuple(moved(self.resources, scope))
        return Plan(
            in_order,
            configuration,
            self.given(scope),
            notices,
            root.span,
            elsewhere=self.elsewhere,
            accounts=frozenset(self.accounts - {""}),
        )

    def given(self, scope: Scope) -> dict[str, Any]:
        """The values of the variables of a root, as a plan has them."""
        found = {}
        for name in scope.module.variables.keys() | scope.module.given.keys():
            said = scope.variable(name)
            if said is not None and not scope.is_sensitive(name):
                found[name] = {"value": separated(self.values.of(*said))[0]}
        return found

    # --- calls ------------------------------------------------------------------------------------

    def enter(self, scope: Scope, folders: tuple[str, ...]) -> None:
        """The modules that one calls, and those that they call."""
        for name, call in sorted(scope.module.calls.items()):
            if self.gone(call.body, scope):
                continue
            folder = source_of(scope.module, call)
            if folder is None or folder not in self.modules:
                self.elsewhere[f"{scope.prefix}module.{name}"] = self.given_to(call, scope)
                continue
            self.calls += 1
            if folder in folders or self.calls > _MOST_CALLS:
                message = "these modules call one another without end"
                raise Rejected([Diagnostic(message, call.span, "take the call out")])
            attributes = call.body.attributes
            given = {k: each.value for k, each in attributes.items() if k not in _META_OF_CALLS}
            inner = Scope(
                self.modules[folder],
                (*scope.path, (name, None)),
                scope,
                given,
                providers=_handed_on(call),
                over=over.value if (over := attributes.get("for_each")) else None,
            )
            scope.inner[name] = inner
            self.enter(inner, (*folders, folder))

    def given_to(self, call: Block, scope: Scope) -> str:
        """What a module from elsewhere is, and is given, as a digest."""
        said = [
            (
                name,
                repr(self.values.of(each.value, scope)),
                repr(self.references.of(each.value, scope)),
            )
            for name, each in sorted(call.body.attributes.items())
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def gone(self, body: Body, scope: Scope) -> bool:
        """Whether a block makes nothing; one that makes several, or may make none, is counted."""
        attributes = body.attributes
        if "count" in attributes:
            number = self.values.of(attributes["count"].value, scope)
            if number == 0 and not isinstance(number, bool):
                self.counts["blocks make nothing, by their `count` or `for_each`: left out"] += 1
                return True
            if number is UNKNOWN:
                self.counts[
                    "blocks have a `count` that is not known: one of each, which may not be there"
                ] += 1
            elif number != 1:
                self.counts[
                    "blocks make several by `count` or `for_each`: one node for all of them"
                ] += 1
        elif "for_each" in attributes:
            over = self.values.of(attributes["for_each"].value, scope)
            if over in ([], {}):
                self.counts["blocks make nothing, by their `count` or `for_each`: left out"] += 1
                return True
            self.counts[
                "blocks make several by `count` or `for_each`: one node for all of them"
            ] += 1
        return False

    # --- what a plan has --------------------------------------------------------------------------

    def module(self, scope: Scope) -> dict[str, Any]:
        """The configuration of a module, as a plan has it; its resources are noted on the way."""
        for key, block in scope.module.providers.items():
            self.provider(key, block, scope)
        resources = [
            each
            for declared in scope.module.resources.values()
            if (each := self.resource(declared, scope)) is not None
        ]
        for text, number in scope.module.left.items():
            self.counts[f"blocks of the type `{text}`: left out"] += number
        return {
            "resources": resources,
            "variables": {name: self.variable(name, scope) for name in scope.module.variables},
            "outputs": {
                name: {"expression": self.references.of(value.value, scope)}
                for name, block in scope.module.outputs.items()
                if (value := block.body.attributes.get("value"))
            },
            "module_calls": {
                name: {
                    **self.each(scope.module.calls[name].body, scope),
                    "expressions": {
                        key: self.references.of(value, scope) for key, value in inner.given.items()
                    },
                    "module": self.module(inner),
                }
                for name, inner in scope.inner.items()
            },
        }

    def variable(self, name: str, scope: Scope) -> dict[str, Any]:
        """The default of a variable."""
        default = scope.module.variables[name].body.attributes.get("default")
        if default is None or scope.is_sensitive(name):
            return {}
        return {"default": separated(self.values.of(default.value, scope))[0]}

    def each(self, body: Body, scope: Scope) -> dict[str, Any]:
        """What a block goes through."""
        over = body.attributes.get("for_each")
        return {"for_each_expression": self.references.of(over.value, scope)} if over else {}

    def provider(self, key: str, block: Block, scope: Scope) -> None:
        """How a provider is configured: the region, and the accounts, if it says those."""
        provider = key.partition(".")[0]
        for setting in account_settings(provider):
            if (told := block.body.attributes.get(setting)) is not None:
                self.accounts |= {*accounts_said(provider, self.values.of(told.value, scope))}
        for role in block.body.of("assume_role"):
            if (named := role.body.attributes.get("role_arn")) is not None:
                self.accounts.add(account_of_role(self.values.of(named.value, scope)))
        expressions: dict[str, Any] = {}
        for setting in region_settings(provider):
            if (told := block.body.attributes.get(setting)) is not None:
                value = self.values.of(told.value, scope)
                known = isinstance(value, str)
                expressions[setting] = {"constant_value": value} if known else {"references": []}
        self.providers[_key(scope, key)] = {
            "name": provider,
            "expressions": expressions,
            "module_address": scope.prefix.removesuffix("."),
        }

    def resource(self, declared: Declared, scope: Scope) -> dict[str, Any] | None:
        """The configuration of a resource, which is noted; none where it makes nothing."""
        if self.gone(declared.body, scope):
            return None
        named = declared.body.attributes.get("provider")
        local = reference_of(named.value if named else None) or declared.type.partition("_")[0]
        configured = scope.provider(local)
        kind = "data." if declared.data else ""
        address = f"{scope.prefix}{kind}{declared.type}.{declared.name}"
        settings = self.of_all(declared.body, scope)
        values, unknown = separated(self.tagged(settings, configured) | settings)
        if not declared.data:
            self.accounts.add(project_of(declared.type, values))
        self.resources[address] = Resource(
            address,
            declared.type,
            declared.name,
            None,
            scope.path,
            local.partition(".")[0],
            declared.data,
            values,
            unknown,
            False,
            declared.span,
            places=declared.places,
            perhaps=any(
                over is not None and not self.is_known(over, scope)
                for over in map(declared.body.attributes.get, ("count", "for_each"))
            ),
        )
        return {
            "mode": "data" if declared.data else "managed",
            "type": declared.type,
            "name": declared.name,
            **({"provider_config_key": _key(*configured)} if configured else {}),
            **self.each(declared.body, scope),
            "expressions": self.expressions(declared.body, scope, {}),
            "provisioners": [{"type": _label(each)} for each in declared.body.of("provisioner")],
        }

    def tagged(
        self, settings: Mapping[str, Any], configured: tuple[Scope, str] | None
    ) -> dict[str, Any]:
        """The tags of a resource with those that its provider gives to all; nothing where they may differ."""
        if configured is None:
            return {}
        scope, name = configured
        said = self.settings(scope.module.providers[name].body, scope)
        blocks = said.get("default_tags")
        tags = blocks[0].get("tags") if isinstance(blocks, list) and blocks else None
        found = {}
        for own, all, given in (
            ("tags", "tags_all", tags),
            ("labels", "effective_labels", said.get("default_labels")),
        ):
            listed = settings.get(own, {})
            if isinstance(given, dict) and isinstance(listed, dict) and is_whole(listed):
                found[all] = {**given, **listed}
        return found

    def of_all(self, body: Body, scope: Scope) -> dict[str, Any]:
        """The settings of a block; of one that makes several of what is known, the addresses that any of them has."""
        over = body.attributes.get("for_each")
        told = self.values.of_each(
            over.value if over else None, scope, lambda: self.settings(body, scope)
        )
        together: dict[str, Any] = any_of(told)
        return together

    def settings(self, body: Body, scope: Scope) -> dict[str, Any]:
        """The values of the settings of a block."""
        found = {
            name: self.values.of(each.value, scope)
            for name, each in body.attributes.items()
            if name not in _META
        }
        for type, blocks in blocks_of(body.blocks):
            if type == "dynamic":
                for block in blocks:
                    if self.may_be(block, scope):
                        made = {
                            k: v
                            for c in block.body.of("content")
                            for k, v in self.settings(c.body, scope).items()
                        }
                        sure = self.is_known(block.body.attributes.get("for_each"), scope)
                        listed = found.setdefault(_label(block), [])
                        if isinstance(listed, list):
                            listed.append(made if sure else Perhaps(made))
            elif type not in _META_BLOCKS:
                listed = found.setdefault(type, [])
                if isinstance(listed, list):
                    listed += [self.settings(block.body, scope) for block in blocks]
        return found

    def may_be(self, dynamic: Block, scope: Scope) -> bool:
        """Whether a dynamic block makes any, for all that is known."""
        over = dynamic.body.attributes.get("for_each")
        return over is None or self.values.of(over.value, scope) not in ([], {})

    def is_known(self, over: Attribute | None, scope: Scope) -> bool:
        """Whether it is known of what a block goes through that there is some of it, or that there is one."""
        return over is not None and self.values.of(over.value, scope) is not UNKNOWN

    def expressions(self, body: Body, scope: Scope, bound: Bound) -> dict[str, Any]:
        """The expressions of the settings of a block."""
        found: dict[str, Any] = {
            name: self.references.of(each.value, scope, bound)
            for name, each in body.attributes.items()
            if name not in _META
        }
        for type, blocks in blocks_of(body.blocks):
            if type == "dynamic":
                for block in blocks:
                    if self.may_be(block, scope):
                        inner = {**bound, **_iterator(block, bound)}
                        listed = found.setdefault(_label(block), [])
                        if isinstance(listed, list):
                            listed += (
                                self.expressions(content.body, scope, inner)
                                for content in block.body.of("content")
                            )
            elif type not in _META_BLOCKS:
                listed = found.setdefault(type, [])
                if isinstance(listed, list):
                    listed += (self.expressions(block.body, scope, bound) for block in blocks)
        return found


def _label(block: Block) -> str:
    return block.labels[0] if block.labels else ""


def _iterator(block: Block, bound: Bound) -> Bound:
    """The name that a dynamic block binds, and what it goes through."""
    name = reference_of(
        each.value if (each := block.body.attributes.get("iterator")) else None
    ) or _label(block)
    over = block.body.attributes.get("for_each")
    return {name: (over.value,)} if over else {}


def _handed_on(call: Block) -> dict[str, str]:
    """Which provider outside stands for which one of the module that is called."""
    said = call.body.attributes.get("providers")
    if said is None or not isinstance(said.value, Object):
        return {}
    return {reference_of(inner): reference_of(outer) for inner, outer in said.value.entries}


def _key(scope: Scope, provider: str) -> str:
    """The key under which a plan has a provider."""
    path = ".".join(f"module.{name}" for name in scope.names)
    return f"{path}:{provider}" if path else provider
