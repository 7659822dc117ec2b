"""Comparable: what of files that tell one state only is to be compared with what a baseline has of before.

Which settings cannot be read, and in which accounts those are whose ids leave that out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lawful.importers import Setting
from lawful.importers._terraform.flows import Found
from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.names.accounts import digest, mark
from lawful.importers._terraform.names.ends import Outside
from lawful.importers._terraform.outside.sharing import Sharing
from lawful.importers._terraform.places import ends_of
from lawful.importers._terraform.state.resources import Plan


def settings_of(plan: Plan, later: Later, found: Found) -> Iterator[Setting]:
    """The settings that cannot be read, and may name somebody; none where the plan tells itself what was before."""
    resources = {each.address: each for each in plan.resources}
    for address, path in sorted(later.unread):
        id = f"{address}.{path}"
        if flows := tuple(pair for pair in found.perhaps if id in pair):
            at = resources[address].at(path)
            yield Setting(address, id, frozenset(), at, unread=True, flows=flows)
    for call, given in sorted(plan.elsewhere.items()):
        yield Setting("", call, frozenset(), plan.span, unread=True, parts=frozenset({given}))


def partners_before(then: Callable[[], Plan]) -> dict[str, frozenset[str]]:
    """Who those were with whom nodes were shared before a plan."""
    was = then()
    ends = ends_of(was)
    sharing = Sharing(ends, Later(ends, lambda: was))
    for _ in sharing.flows():
        pass
    return sharing.partners


def accounts_of(
    plan: Plan, found: Found, partners: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """The accounts in which those are whom settings name, or that they are, by digests, where ids leave that out."""
    accounts: dict[str, set[str]] = {}
    for flow in found.flows.values():
        for end in (flow.source, flow.target):
            if isinstance(end, Outside) and end.account and not mark(end.account, plan):
                accounts.setdefault(end.id, set()).add(digest(end.account))
    return {id: frozenset(told) for id, told in accounts.items()} | dict(partners)
