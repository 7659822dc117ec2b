"""Later: ends of flows that settings name, and that are known only after a plan is carried out.

Who they are is not known, and that there are some is: each is a node of its own, of which nothing is told.
Much else is known only later, and hides nobody, as what its expression refers to is in the plan. A setting
hides somebody where its expression leads to nothing that could be told; and where it named, before the
plan, more than are found in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lawful.importers._terraform.names.ends import End, Ends, Outside, end_id
from lawful.importers._terraform.names.identities import is_whole
from lawful.importers._terraform.places import ends_of
from lawful.importers._terraform.state.configuration import Configuration, Referred
from lawful.importers._terraform.state.resources import Plan, Resource, marked
from lawful.importers._terraform.tables.kinds import PARTS

#: What makes values, but is nothing to which data flow.
_MAKES_VALUES = re.compile(r"(random|null|time|tls|terraform|local)_")
#: What is looked up from anywhere, and may be the name of anything.
_OPAQUE = re.compile(
    r"(http|external|local_\w*file|null_data_source|terraform_(data|remote_state)|tfe_outputs|aws_ssm_parameter\w*"
    r"|aws_secretsmanager_secret_version|aws_lambda_invocation|aws_cloudformation_\w+|azurerm_key_vault_secret"
    r"|azurerm_app_configuration_keys?|google_secret_manager_secret_version\w*|(consul|vault|etcd|kubernetes)_\w+)$"
)
#: What is made to hold values, which those read who know of it.
HOLDERS = re.compile(
    r"aws_(ssm_parameter|secretsmanager_secret(_version)?|appconfig_\w+)|azurerm_(key_vault_secret|app_configuration_key)"
    r"|google_(secret_manager_(regional_)?secret(_version)?|runtimeconfig_variable)|(consul|vault|etcd)_\w+"
    r"|kubernetes_(secret|config_map)(_v1)?(_data)?|doppler_\w+"
)
#: What makes a text of what it is given.
_TEMPLATES = ("template_file", "template_cloudinit_config", "cloudinit_config")
_GIVEN = ("vars", "part", "template")
#: Blocks that a provider fills in where nobody writes them: known later, they name nobody by that.
_WORKED_OUT = re.compile(
    r"aws_s3_bucket\.|aws_api_gateway_rest_api\.|aws_(alb|lb)_listener(_rule)?\.|aws_secretsmanager_secret\.replica"
    r"|aws_\w+\.(logging_config|logging_configuration|magnetic_store_write_properties)\."
    r"|google_|azurerm_"
)
_DEEPEST = 8


@dataclass
class Later:
    """The ends that are known later; `before` is the plan as all was before it, where that can be told.

    `told` are the settings that name them, each with the type of its resource; `explained` are those of which
    it is told what they refer to, and is true where they may name more by a text that stands in them.
    """

    ends: Ends
    before: Callable[[], Plan] | None = None
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    explained: dict[tuple[str, str], bool] = field(default_factory=dict)
    #: Where what was before is not told: the settings that cannot be read.
    unread: set[tuple[str, str]] = field(default_factory=set)

    def of(
        self, resource: Resource, path: str, found: Iterable[End], *, loose: bool = False
    ) -> tuple[Outside, ...]:
        """Whom a setting names that is known later, beside those that were found; none where it hides nobody."""
        ends = {end_id(end) for end in found}
        if self.before is None:
            return self._perhaps(resource, path)
        if not self._may_hide(resource, path) and not self._is_gone(resource, path, ends, loose):
            return ()
        if not self._hides(resource, path, ends, loose):
            if loose:
                whole = _open(resource.unknown, tuple(path.split("."))) is None
                self.explained[resource.address, path] = whole
            return ()
        self.told[resource.address, path] = resource.type
        return (Outside(f"{resource.address}.{path}", "store", later=True),)

    def _perhaps(self, resource: Resource, path: str) -> tuple[Outside, ...]:
        """Who a setting may name that cannot be read: somebody, if it named somebody before."""
        if path == "." or not resource.is_unknown(path):
            return ()
        if not hiding(self.ends.configuration, resource, tuple(path.split("."))):
            return ()
        self.unread.add((resource.address, path))
        return (Outside(f"{resource.address}.{path}", "store", later=True),)

    def decides(self, resource: Resource, path: str) -> bool:
        """Whether it is configured, and not known, what a setting is by which data flow or do not."""
        configured = self.ends.configuration.has(resource, path)
        later = self._may_hide(resource, path) and (
            configured or self._is_made_later(resource, path)
        )
        if later:
            self.told[resource.address, path] = resource.type
        return later

    def then(self, resource: Resource) -> tuple[Ends, Resource] | None:
        """A resource as it was before the plan, and whom its settings named then; none where it was not."""
        was = self._resources_before.get(resource.address) if self.before is not None else None
        return (self._past, was) if was is not None else None

    def _may_hide(self, resource: Resource, path: str) -> bool:
        """Whether a setting is known later; what a provider works out by itself names nobody."""
        if self.before is None or path == "." or not resource.is_unknown(path):
            return False
        configuration = self.ends.configuration
        if configuration.has(resource, path) or not configuration.block(resource):
            return True
        if configuration.is_looped(resource, path):
            return True
        return self._is_made_later(resource, path)

    def _is_made_later(self, resource: Resource, path: str) -> bool:
        """Whether a block is known later as a whole that no provider fills in."""
        filled = _WORKED_OUT.match(f"{resource.type}.{path}")
        return self._is_block_later(resource, path) and not filled

    def _is_gone(self, resource: Resource, path: str, found: set[str], loose: bool) -> bool:
        """Whether a block that may be worked out by a provider is known later, and named somebody before."""
        if self.before is None or path == "." or not self._is_block_later(resource, path):
            return False
        return bool(self._named_before(resource, path, loose) - found)

    def _is_block_later(self, resource: Resource, path: str) -> bool:
        """Whether a whole block is known later, of which a plan has no expressions: one made in a loop has none."""
        block = path.rpartition(".")[0]
        outermost = path.partition(".")[0]
        if not block or self.ends.configuration.has(resource, outermost):
            return False
        return _is_whole(resource.unknown, tuple(block.split("."))) and not resource.has(block)

    def _hides(self, resource: Resource, path: str, found: set[str], loose: bool) -> bool:
        """Whether somebody is named by a setting who is none of those that were found."""
        named = self._named_before(resource, path, loose)
        if len(named - found) > len(found - named):
            return True
        configuration = self.ends.configuration
        referred = configuration.referred(resource, path)
        dynamic = not configuration.has(resource, path)
        if not loose:
            told = found or any(_is_told(each) for each, _ in referred.resources)
            return not told and bool(referred.resources or referred.lost or dynamic)
        sources = [each for each, rest in self._sources(referred) if _is_later(each, rest)]
        opaque = sum(1 for each in sources if _OPAQUE.match(each.type))
        open_ends = _open(resource.unknown, tuple(path.split(".")))
        if len(sources) == opaque:
            return bool(opaque or referred.lost or dynamic)
        return opaque > 0 and (open_ends is None or open_ends > len(sources) - opaque)

    def _named_before(self, resource: Resource, path: str, loose: bool) -> set[str]:
        """Whom that of a setting which is known later named before the plan, and who is still there."""
        then = self._resources_before.get(resource.address)
        if then is None:
            return set()
        values = _covered(resource.unknown, then.values)
        named = self._past.of(replace(then, values=values or {}), path, loose=loose)
        gone = self._resources_before.keys() - {each.address for each in self.ends.plan.resources}
        return {end_id(end) for end in named} - gone - {resource.address}

    @cached_property
    def _past(self) -> Ends:
        assert self.before is not None
        return ends_of(self.before())

    @cached_property
    def _resources_before(self) -> dict[str, Resource]:
        return {each.address: each for each in self._past.plan.resources}

    def _sources(self, referred: Referred, depth: int = 0) -> Iterator[tuple[Resource, str]]:
        """What an expression refers to; of a template that is filled in, what it is filled in with."""
        for each, rest in referred.resources:
            if each.type not in _TEMPLATES:
                yield each, rest
                continue
            for path in _GIVEN if depth < _DEEPEST else ():
                given = self.ends.configuration.referred(each, path)
                yield from self._sources(given, depth + 1)


def hiding(
    configuration: Configuration, resource: Resource, keys: tuple[str, ...]
) -> frozenset[str]:
    """What hides a value that is not known: all to which its expression refers, and that does not tell it either."""
    for length in range(len(keys), 0, -1):
        path = ".".join(keys[:length])
        if configuration.has(resource, path) or configuration.is_looped(resource, path):
            referred = configuration.referred(resource, path)
            found = [each for each, _ in referred.resources]
            holding = frozenset(e.address for e in found if _holds_anything(configuration, e))
            return referred.lost | holding if found or referred.lost else frozenset({path})
    return frozenset()


def _holds_anything(configuration: Configuration, resource: Resource) -> bool:
    """Whether what a resource is, or has in it, may be anything: a secret, or what is looked up by who knows what."""
    if _looks_up(resource) or HOLDERS.match(resource.type):
        return True
    masks = resource.unknown.items() if isinstance(resource.unknown, dict) else ()
    return resource.data and any(
        any(marked(mask, ())) and configuration.referred(resource, key).lost for key, mask in masks
    )


def _looks_up(resource: Resource) -> bool:
    """Whether something is looked up that may be anything."""
    return resource.data and bool(_OPAQUE.match(resource.type))


def _is_told(resource: Resource) -> bool:
    """Whether it is known that what a setting names is no end of a flow."""
    is_part = any(resource.type == type for type, _ in PARTS)
    makes_values = _MAKES_VALUES.match(resource.type)
    return not (is_part or is_whole(resource) or _looks_up(resource) or makes_values)


def _is_later(resource: Resource, rest: str) -> bool:
    keys = tuple(rest.split(".")) if rest else ()
    return any(marked(resource.unknown, keys))


def _is_whole(mask: Any, keys: tuple[str, ...]) -> bool:
    """Whether all that is at a path is known later, and not only something in it."""
    if isinstance(mask, list):
        return any(_is_whole(each, keys) for each in mask)
    if isinstance(mask, dict) and keys:
        return _is_whole(mask.get(keys[0]), keys[1:])
    return mask is True


def _open(mask: Any, keys: tuple[str, ...]) -> int | None:
    """How many values at a path are known later; none where it is not even known how many there are."""
    if mask is True:
        return None
    if isinstance(mask, list):
        inner = [_open(each, keys) for each in mask]
        return None if None in inner else sum(each or 0 for each in inner)
    if isinstance(mask, dict):
        if keys:
            return _open(mask.get(keys[0]), keys[1:])
        return sum(1 for inner in mask.values() for later in marked(inner, ()) if later)
    return 0


def _covered(mask: Any, value: Any) -> Any:
    """What of a value lies where a mask is set; none where nothing does."""
    if mask is True:
        return value
    if isinstance(mask, dict) and isinstance(value, dict):
        return {key: inner for key in value if (inner := _covered(mask.get(key), value[key]))}
    if isinstance(mask, list) and isinstance(value, list):
        if len(mask) != len(value):
            return value if any(marked(mask, ())) else None
        return [_covered(each, inner) for each, inner in zip(mask, value, strict=True)]
    return None
