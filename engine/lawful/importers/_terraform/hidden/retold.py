"""Retold: what may flow still, though it is not told any more, as what told it is hidden now.

A change may put a value behind a variable that has none, into a file or a module that is not there, under another
name. So a plan is told again with all that it does not tell as it was before: what flowed then, flows so, and
does not flow by what is told now, may flow still. Which of the settings that hide something hides it is found by
telling again with each by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from lawful.importers import Setting
from lawful.importers._hosts import standing
from lawful.importers._terraform.flows import find_flows
from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.hidden.merging import Merging, Spot
from lawful.importers._terraform.outside.sharing import Sharing
from lawful.importers._terraform.places import ends_of
from lawful.importers._terraform.scripts import Scripts
from lawful.importers._terraform.state.configuration import Configuration
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful_dsl.source import Span

_Pair = tuple[str, str]
#: So many resources that hide something are tried by themselves.
_MOST_TRIED = 40


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


def hidden(now: Basis, before: Sequence[Basis]) -> Iterator[Setting]:
    """The settings that hide what flowed before, each with the flows of whoever it may name still."""
    if not before:
        return
    was = max(before, key=partial(_likeness, now))
    retold = _Retold(now, was)
    spots = list(retold.spots.values())
    changed = [each for each in now.plan.resources if _differs(each, was)]
    if not (spots or any(standing(_text(each.values)) for each in changed)):
        return  # to tell it again takes a while
    found: dict[str, set[_Pair]] = {}
    left = {p for p in was.pairs - now.pairs if retold.stand_ins(p[0]) and retold.stand_ins(p[1])}
    left = left & retold.pairs(spots) if spots else set()
    by_address: dict[str, list[Spot]] = {}
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


def _likeness(now: Basis, was: Basis) -> tuple[int, int]:
    """How much two plans have in common: addresses, and the end of the path of their folders."""
    folders = [reversed(PurePath(each.plan.span.file).parent.parts) for each in (now, was)]
    end = takewhile(lambda pair: pair[0] == pair[1], zip(*folders, strict=False))
    return len(now.resources.keys() & was.resources.keys()), len(list(end))


def _differs(resource: Resource, was: Basis) -> bool:
    """Whether a resource is not what it was."""
    known = was.resources.get(resource.address)
    return known is None or known.values != resource.values


def _text(value: Any) -> str:
    return json.dumps(value, default=str).lower()


def _setting(id: str, span: Span, flows: Iterable[_Pair]) -> Setting:
    return Setting(id, id, frozenset(), span, unread=True, flows=tuple(flows))


def _standing(changed: Iterable[Resource], now: Basis, was: Basis) -> Iterator[Setting]:
    """The settings that are not what they were, and in which a host stands to which a node does not send any more."""
    gone = {
        (source, host)
        for source, host in was.pairs - now.pairs
        if source in now.resources and host not in was.resources and "." in host
    }
    for each in changed if gone else ():
        text = _text(each.values)
        for source, host in sorted(gone):
            for key, value in each.values.items() if host in text else ():
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

    @property
    def configurations(self) -> tuple[Configuration, Configuration]:
        """What expressions refer to, and referred to."""
        return self.now.configuration, self.was.configuration

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """All that hides something that was told."""
        found = Merging(*self.configurations)
        for each in self.now.plan.resources:
            found.resource(each, self.was.resources.get(each.address))
        given = self.was.plan.elsewhere
        for call, said in self.now.plan.elsewhere.items():
            if given.get(call) != said:
                found.spots[call] = Spot(call, call, "", self.now.plan.span)
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

    def pairs(self, spots: Collection[Spot]) -> frozenset[_Pair]:
        """What flows with that as it was which some settings hide."""
        merging = Merging(*self.configurations, {each.address for each in spots})
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

    def _with_gone(self, resource: Resource, merging: Merging, spots: Collection[Spot]) -> Resource:
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
