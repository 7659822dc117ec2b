"""Retold: what may flow still, though it is not told any more, as what told it is hidden now.

A change may put a value behind a variable that has none, into a file or a module that is not there, under another
name. So a plan is told again with all that it does not tell as it was before: what flowed then, flows so, and
does not flow by what is told now, may flow still. Which of the settings that hide something hides it is found by
telling again with each by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lawful.importers import Setting
from lawful.importers._hosts import standing
from lawful.importers._terraform.configuration import Configuration
from lawful.importers._terraform.ends import end_id
from lawful.importers._terraform.flows import find_flows
from lawful.importers._terraform.later import Later, hiding
from lawful.importers._terraform.places import ends_of
from lawful.importers._terraform.resources import NO_KEY, Plan, Resource
from lawful.importers._terraform.scripts import Scripts
from lawful.importers._terraform.sharing import Sharing
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

_Pair = tuple[str, str]
_Keys = tuple[str, ...]
#: So many resources that hide something are tried by themselves.
_MOST_TRIED = 40
_ABSENT: Any = object()


@dataclass(eq=False)
class Basis:
    """A plan to be told again, and what flows in it."""

    tell: Callable[[], Plan]

    @cached_property
    def plan(self) -> Plan:
        """The plan."""
        return self.tell()

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """The resources by their addresses."""
        return {each.address: each for each in self.plan.resources}

    @cached_property
    def configuration(self) -> Configuration:
        """What its expressions refer to."""
        return Configuration(self.plan)

    @cached_property
    def pairs(self) -> frozenset[_Pair]:
        """The ends of its flows."""
        return _pairs(self.configuration)


@frozen
class _Spot:
    """A setting that does not tell any more what it told, or is new and does not tell; or a module from elsewhere."""

    id: str
    address: str
    type: str
    span: Span

    def may_be(self, type: str) -> bool:
        """Whether what it hides may be what stood in a resource of a type, or in a part of one."""
        return not self.type or self.type.startswith(type) or type.startswith(self.type)


def hidden(now: Basis, before: Sequence[Basis]) -> Iterator[Setting]:
    """The settings that hide what flowed before, each with the flows of whoever it may name still."""
    alike = [(len(now.resources.keys() & each.resources.keys()), each) for each in before]
    was = max(alike, key=lambda pair: pair[0], default=(0, None))[1]
    if was is None:
        return
    retold = _Retold(now, was)
    spots = list(retold.spots.values())
    changed = [each for each in now.plan.resources if _differs(each, was)]
    if not (spots or any(standing(_text(each.values)) for each in changed)):
        return  # to tell it again takes a while
    found: dict[str, set[_Pair]] = {}
    left = {p for p in was.pairs - now.pairs if retold.stand_ins(p[0]) and retold.stand_ins(p[1])}
    left = left & retold.pairs(spots) if spots else set()
    by_address: dict[str, list[_Spot]] = {}
    for each in spots:
        by_address.setdefault(each.address, []).append(each)
    for group in list(by_address.values())[:_MOST_TRIED] if len(by_address) > 1 else ():
        again = left & retold.pairs(group) if left else set()
        for spot in group[:1]:
            found.setdefault(spot.id, set()).update(again)
        left -= again
    if left:
        found.setdefault(spots[0].id, set()).update(left)
    told = {each.id: each for each in spots}
    known = {end for pair in was.pairs | now.pairs for end in pair}
    for id, pairs in found.items():
        somebody = f"{id} hidden" if id in known else id
        ends = sorted({flow for pair in pairs for flow in retold.drawn(pair, somebody)})
        if ends:
            yield _setting(somebody, told[id].span, ends)
    yield from _standing(changed, now, was)


def _differs(resource: Resource, was: Basis) -> bool:
    """Whether a resource is not what it was."""
    known = was.resources.get(resource.address)
    return known is None or known.values != resource.values


def _text(value: Any) -> str:
    return json.dumps(value, default=str).lower()


def _setting(id: str, span: Span, flows: Iterable[_Pair]) -> Setting:
    return Setting(id, id, frozenset(), span, unread=True, flows=tuple(flows))


def _standing(changed: Iterable[Resource], now: Basis, was: Basis) -> Iterator[Setting]:
    """The settings in which a host still stands in plain letters to which a node does not send any more."""
    gone = {
        (source, host)
        for source, host in was.pairs - now.pairs
        if source in now.resources and host not in was.resources and "." in host
    }
    if not gone:
        return
    ends = ends_of(now.plan)
    for each in changed:
        text = _text(each.values)
        for source, host in sorted(gone):
            if host not in text or source not in {end_id(home) for home in ends.homes(each)}:
                continue
            for key, value in each.values.items():
                if host in standing(_text(value)):
                    id = f"{each.address}.{key}"
                    yield _setting(id, each.at(key), [(source, id)])


def _pairs(configuration: Configuration) -> frozenset[_Pair]:
    """The ends of the flows of a plan."""
    ends = ends_of(configuration.plan, configuration)
    later = Later(ends)
    return frozenset(find_flows(ends, later, Sharing(ends, later), Scripts(ends)).flows)


@dataclass(eq=False)
class _Retold:
    """A plan, and how it was before."""

    now: Basis
    was: Basis

    @cached_property
    def spots(self) -> dict[str, _Spot]:
        """All that hides something that was told."""
        found = _Merging(self)
        for each in self.now.plan.resources:
            found.resource(each, self.was.resources.get(each.address))
        given = self.was.plan.elsewhere
        for call, said in self.now.plan.elsewhere.items():
            if given.get(call) != said:
                found.spots[call] = _Spot(call, call, "", self.now.plan.span)
        return found.spots

    def stand_ins(self, end: str) -> list[str]:
        """An end of a flow that was, if it is there; else what is new, does not tell all, and may be it."""
        gone = self.was.resources.get(end)
        if gone is None or end in self.now.resources:
            return [end]
        return sorted(
            {
                spot.address
                for spot in self.spots.values()
                if spot.type == gone.type and spot.address not in self.was.resources
            }
        )

    def drawn(self, pair: _Pair, id: str) -> Iterator[_Pair]:
        """The flows by somebody whom a setting hides: between him and those ends that the files make, or who sent."""
        sources, targets = map(self.stand_ins, pair)
        made = self.now.resources.keys()
        for end in sources:
            if end in made or made.isdisjoint((*sources, *targets)):
                yield end, id
        for end in targets:
            if end in made:
                yield id, end

    def pairs(self, spots: Collection[_Spot]) -> frozenset[_Pair]:
        """What flows with that as it was which some settings hide."""
        merging = _Merging(self, {each.address for each in spots})
        resources = [
            merging.resource(each, self.was.resources.get(each.address))
            for each in self.now.plan.resources
        ]
        resources = [self._with_gone(each, merging, spots) for each in resources]
        gone = [
            each
            for each in self.was.plan.resources
            if each.address not in self.now.resources and any(s.may_be(each.type) for s in spots)
        ]
        for each in self._with_referred(gone, merging.recalled):
            resources.append(each)
            merging.recalled |= {(each.address, key) for key in each.values}
        in_order = tuple(sorted(resources, key=lambda each: each.address))
        plan = replace(self.now.plan, resources=in_order)
        past = self.was.configuration
        return _pairs(Configuration(plan, past, frozenset(merging.recalled)))

    def _with_referred(
        self, gone: Iterable[Resource], recalled: Iterable[tuple[str, str]]
    ) -> Iterator[Resource]:
        """What is gone, and all else that is gone to which that referred, or what is recalled."""
        seen: dict[str, Resource] = {each.address: each for each in gone}
        keys = [(self.was.resources[address], key) for address, key in recalled]
        waiting = [*keys, *((each, key) for each in seen.values() for key in each.values)]
        while waiting:
            resource, key = waiting.pop()
            for each, _ in self.was.configuration.referred(resource, key).resources:
                if each.address not in self.now.resources and each.address not in seen:
                    seen[each.address] = each
                    waiting += ((each, inner) for inner in each.values)
        yield from seen.values()

    def _with_gone(
        self, resource: Resource, merging: _Merging, spots: Collection[_Spot]
    ) -> Resource:
        """A resource with the settings that it has no more, where they may be what something hides."""
        was = self.was.resources.get(resource.address)
        gone = was.values.keys() - resource.values.keys() if was is not None else set()
        if was is None or not gone or not any(each.may_be(was.type) for each in spots):
            return resource
        merging.recalled |= {(resource.address, key) for key in gone}
        masks = was.unknown if isinstance(was.unknown, dict) else {}
        unknown = resource.unknown if isinstance(resource.unknown, dict) else {}
        return replace(
            resource,
            values=resource.values | {key: was.values[key] for key in gone},
            unknown=unknown | {key: masks[key] for key in gone if key in masks},
        )


@dataclass(eq=False)
class _Merging:
    """Resources with what they do not tell as it was; only those at some addresses, if any are given."""

    retold: _Retold
    only: Collection[str] | None = None
    spots: dict[str, _Spot] = field(default_factory=dict)
    recalled: set[tuple[str, str]] = field(default_factory=set)

    def resource(self, now: Resource, was: Resource | None) -> Resource:
        """A resource; what is hidden in it is kept among the spots."""
        if self.only is not None and now.address not in self.only:
            return now
        one = _One(self, now, was)
        told, masks = (was.values, was.unknown) if was is not None else ({}, False)
        values, unknown = one.merged((), now.values, now.unknown, told, masks)
        for key in one.more & told.keys():
            values[key], unknown[key] = told[key], _beneath(masks, key)
            self.recalled.add((now.address, key))
        return replace(now, values=values, unknown=unknown)


@dataclass(eq=False)
class _One:
    """A resource as it is merged with what it was; `more` are the settings that hide something that was not there."""

    merging: _Merging
    now: Resource
    was: Resource | None
    more: set[str] = field(default_factory=set)

    def merged(self, keys: _Keys, now: Any, mask: Any, was: Any, masked: Any) -> tuple[Any, Any]:
        """A value, and what of it is not known: where it is hidden, as it was."""
        if now is None and mask is True:
            return self._leaf(keys, was, masked)
        if isinstance(now, dict):
            return self._of_map(keys, now, mask, was if isinstance(was, dict) else {}, masked)
        if isinstance(now, list):
            is_alike = isinstance(was, list) and len(was) == len(now)
            return self._of_list(keys, now, mask, was if is_alike else (), masked)
        if isinstance(now, str) and "null" in now and now != was:
            return self._of_text(keys, now, was), mask
        return now, mask

    def _leaf(self, keys: _Keys, was: Any, masked: Any) -> tuple[Any, Any]:
        basis = self.merging.retold
        behind = hiding(basis.now.configuration, self.now, keys)
        if self.was is not None and was is None and masked is True:
            behind -= hiding(basis.was.configuration, self.was, keys)
        if not behind:
            return None, True  # it is known, or was not told before either
        key = next(iter(keys), "")
        named = [each for each in keys if not each.startswith(NO_KEY)]
        id = ".".join((self.now.address, *named))
        self.merging.spots[id] = _Spot(id, self.now.address, self.now.type, self.now.at(key))
        if was is _ABSENT:
            self.more.add(key)
            return None, True
        self.merging.recalled.add((self.now.address, key))
        return was, masked

    def _of_map(
        self, keys: _Keys, now: dict[str, Any], mask: Any, was: dict[str, Any], masked: Any
    ) -> tuple[Any, Any]:
        parts = {
            key: self.merged(
                (*keys, key),
                inner,
                _beneath(mask, key),
                was.get(key, _ABSENT),
                _beneath(masked, key),
            )
            for key, inner in now.items()
        }
        return {k: value for k, (value, _) in parts.items()}, {k: m for k, (_, m) in parts.items()}

    def _of_list(
        self, keys: _Keys, now: list[Any], mask: Any, was: Sequence[Any], masked: Any
    ) -> tuple[Any, Any]:
        parts = [
            self.merged(keys, inner, _item(mask, n), was[n] if was else _ABSENT, _item(masked, n))
            for n, inner in enumerate(now)
        ]
        return [value for value, _ in parts], [part for _, part in parts]

    def _of_text(self, keys: _Keys, now: str, was: Any) -> str:
        """A text of JSON, of which nothing stands for what is not known."""
        try:
            told = json.loads(now)
            then = json.loads(was) if isinstance(was, str) else _ABSENT
        except (ValueError, RecursionError):
            return now
        return json.dumps(self.merged(keys, told, _gaps(told), then, _gaps(then))[0])


def _beneath(mask: Any, key: str) -> Any:
    return mask.get(key, False) if isinstance(mask, dict) else mask


def _item(mask: Any, number: int) -> Any:
    if isinstance(mask, list):
        return mask[number] if number < len(mask) else False
    return mask


def _gaps(value: Any) -> Any:
    """Where in a value there is nothing."""
    if isinstance(value, dict):
        return {key: _gaps(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_gaps(inner) for inner in value]
    return value is None
