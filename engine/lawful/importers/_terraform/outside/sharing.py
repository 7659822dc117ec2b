"""Sharing: what others get by a right of their own: by policies, as copies given to accounts, all logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from lawful.importers._terraform.hidden.later import Later
from lawful.importers._terraform.names.accounts import accounts_of
from lawful.importers._terraform.names.ends import End, Ends, Flow, Outside, end_id
from lawful.importers._terraform.names.identities import is_node
from lawful.importers._terraform.names.partners import partners
from lawful.importers._terraform.outside import assigned
from lawful.importers._terraform.outside.exposure import INTERNET, PUBLIC, guarded
from lawful.importers._terraform.outside.grants import calling, gives, readers
from lawful.importers._terraform.outside.members import GOOGLE, WHOLES, Members, are_made, members
from lawful.importers._terraform.outside.policies import (
    Who,
    account_in,
    hides,
    let,
    statements,
    texts,
)
from lawful.importers._terraform.outside.rights import (
    ANSWERING,
    BEARERS,
    CANONICAL,
    GIVEN,
    GIVES,
    GRANTS,
    LOGS,
    NETWORKED,
    OFFERED,
    POLICIES,
    TAKES,
)
from lawful.importers._terraform.outside.wholes import rights_on_a_whole
from lawful.importers._terraform.state.resources import Resource

#: What stands behind the id of a node in that of those with whom it is shared.
SHARED = " shared"


@dataclass
class Sharing:
    """Who has a right to what is at nodes; `open` are the policies of which it is not told whom they let in.

    `inward` are the rights of others that take no data out, and `bound` those that turn on a condition.
    """

    ends: Ends
    later: Later
    open: dict[str, str] = field(default_factory=dict)
    inward: dict[str, str] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)
    #: Who those are with whom nodes are shared, by the ids under which they stand.
    partners: dict[str, frozenset[str]] = field(default_factory=dict)

    def flows(self) -> Iterator[Flow]:
        """The flows to whoever has a right to what is at a node, or gets all logs, and is no end by name."""
        readers: dict[str, Callable[[Resource], Iterator[Flow]]] = {
            "aws_cloudwatch_log_account_policy": self._all_logs,
            "aws_ecr_replication_configuration": self._images,
            "aws_securitylake_subscriber": self._subscribed,
            "aws_oam_link": self._observed,
            "aws_ram_resource_association": self._associated,
            "aws_lambda_permission": self._called,
            assigned.TYPE: self._assigned,
            **dict.fromkeys(WHOLES, self._on_a_whole),
            **dict.fromkeys(GOOGLE, self._members),
            **dict.fromkeys(GRANTS, self._granted),
        }
        for resource in self.ends.plan.resources:
            if resource.type in BEARERS:
                self.bound[resource.address] = resource.type
            if resource.data:
                continue
            yield from self._by_policy(resource)
            yield from self._given(resource)
            if path := OFFERED.get(resource.type):
                for node in self._nodes(resource, path):
                    yield Flow(node, others(node), resource.at(path))
            if resource.type in readers:
                yield from readers[resource.type](resource)

    def own(self, resource: Resource) -> frozenset[str]:
        """The accounts, and other ids of Amazon, that are one's own."""
        return accounts_of(resource, self.ends.plan) | self._canonical

    @cached_property
    def _canonical(self) -> frozenset[str]:
        """The ids under which policies know those who fetch from buckets for what the plan delivers."""
        keys = ("s3_canonical_user_id", "iam_arn")
        found = [each.found(key) for each in self.ends.plan.resources for key in keys]
        found += [each.found("id") for each in self.ends.plan.resources if each.type in CANONICAL]
        return frozenset(
            text for texts in found for text in texts if isinstance(text, str) and text
        )

    def _by_policy(self, resource: Resource) -> Iterator[Flow]:
        """What a policy lets others take or bring."""
        if resource.type not in POLICIES:
            return
        path, of, service = POLICIES[resource.type]
        said = statements(self.ends, resource, path)
        own = self.own(resource)
        giving = let(said or (), GIVES.get(service, "").split(), own)
        taking = giving - {Who.ANYONE}
        if service not in ANSWERING:
            taking = let(said or (), TAKES.get(service, "").split(), own)
        if said is None or (hides(said) and Who.UNSURE not in taking):
            yield from self._open(resource, path, of, service)
        if said is None:
            self._untold(resource, path)
        for node in self._nodes(resource, of) if taking | giving else ():
            closed = service in NETWORKED or self._is_closed(node)
            yield from self._to(resource, path, node, _bound(taking) if closed else taking)
            if Who.ANYONE in giving and not closed:
                yield Flow(INTERNET, node, resource.at(path))
            elif Who.ANYONE in giving:
                self.bound[resource.address] = resource.type
        if (giving - {Who.ANYONE}) and not taking:
            self.inward[resource.address] = resource.type

    def _to(self, resource: Resource, path: str, node: End, who: frozenset[Who]) -> Iterator[Flow]:
        """The flows from a node to those who may take what it has."""
        at = resource.at(path)
        if Who.ANYONE in who:
            yield Flow(node, PUBLIC, at)
        if Who.OTHERS in who:
            yield Flow(node, others(node), at)
            self._note(resource, path, node)
        elif Who.UNSURE in who:
            yield Flow(node, Outside(f"{resource.address}.{path}", "store", later=True), at)
        if Who.BOUND in who:
            self.bound[resource.address] = resource.type

    def _note(self, resource: Resource, path: str, node: End) -> None:
        """Keep who those are with whom a node is shared."""
        if resource.type in GOOGLE or resource.type in WHOLES:
            found = members(resource, path, self.ends.plan).named
        else:
            said = statements(self.ends, resource, path) if resource.type in POLICIES else None
            whole = resource.type == "aws_lambda_permission"
            value = said or (resource.values if whole else resource.found(path))
            found = partners(value, self.own(resource))
        id = end_id(others(node))
        self.partners[id] = self.partners.get(id, frozenset()) | found

    def _open(self, resource: Resource, path: str, of: str, service: str) -> Iterator[Flow]:
        """Whom a policy lets in that is known later, or in part: somebody, if it let others in before."""
        actions = (GIVES if service in ANSWERING else TAKES).get(service, "").split()

        def let_in(ends: Ends, then: Resource) -> frozenset[Who]:
            return let(statements(ends, then, path) or [], actions, self.own(resource))

        yield from self._since(resource, path, self._nodes(resource, of), let_in)

    def _since(
        self,
        resource: Resource,
        path: str,
        nodes: list[End],
        let_in: Callable[[Ends, Resource], frozenset[Who]],
    ) -> Iterator[Flow]:
        """Somebody, where a setting cannot be read that let others in before; of files, perhaps."""
        if self.later.before is None:
            self.later.unread.add((resource.address, path))
        else:
            then = self.later.then(resource)
            if not then or not let_in(*then) - {Who.BOUND}:
                return
            self.later.told[resource.address, path] = resource.type
        somebody = Outside(f"{resource.address}.{path}", "store", later=True)
        for node in nodes:
            yield Flow(node, somebody, resource.at(path))

    def _untold(self, resource: Resource, path: str) -> None:
        """Count a right of which it is not told who has it, unless that is told as somebody."""
        configured = self.ends.configuration.has(resource, path) or resource.found(path)
        if configured and (resource.address, path) not in self.later.told:
            self.open[resource.address] = resource.type

    def _is_closed(self, node: End) -> bool:
        """Whether not all are let in whom a policy lets in: what is in a network, or guarded from all."""
        return isinstance(node, Resource) and (
            node.has("vpc_options")
            or "PRIVATE" in node.found("endpoint_configuration.types")
            or end_id(node) in self._guarded
        )

    @cached_property
    def _guarded(self) -> frozenset[str]:
        """The buckets whose policies let nobody in as long as they let in anyone."""
        return guarded(self.ends, "restrict_public_buckets")

    def _nodes(self, resource: Resource, path: str) -> list[End]:
        found = self.ends.of(resource, path)
        return [each for each in found if isinstance(each, Outside) or is_node(each)]

    def _given(self, resource: Resource) -> Iterator[Flow]:
        """What accounts are given that a setting names."""
        for type, path, of in GIVEN:
            if resource.type == type and gives(resource):
                named = texts(list(resource.found(path)))
                who = self._accounts(resource, named)
                if path != "principal" and Who.UNSURE in who:
                    who = frozenset({Who.OTHERS})  # one's own account needs no such right
                if "all" in named:
                    who |= {Who.ANYONE}
                nodes = self._nodes(resource, of)
                who |= self._later(resource, path)
                if self._is_unread(resource, path) and Who.UNSURE not in who:
                    yield from self._since(resource, path, nodes, _nobody)
                for node in nodes if who else ():
                    yield from self._to(resource, path, node, who)

    def _accounts(self, resource: Resource, named: list[str]) -> frozenset[Who]:
        """Who those are that stand as accounts, or as organizations with others in them."""
        own = self.own(resource)
        if any(":organization/" in each or ":ou/" in each for each in named):
            return frozenset({Who.OTHERS})
        accounts = {account for each in named if (account := account_in(each))}
        if not accounts - own:
            return frozenset()
        return frozenset({Who.OTHERS if any(map(account_in, own)) else Who.UNSURE})

    def _later(self, resource: Resource, path: str) -> frozenset[Who]:
        """Somebody, where it is known only later who is named; where it may be nobody it is counted."""
        if not resource.is_unknown(path) or not self.ends.configuration.has(resource, path):
            return frozenset()
        if self.later.decides(resource, path):
            return frozenset({Who.UNSURE})
        self.open[resource.address] = resource.type
        return frozenset()

    def _associated(self, resource: Resource) -> Iterator[Flow]:
        """What is shared by a share that is given to accounts."""
        shares = _ids(self.ends, resource, "resource_share_arn")
        for other in self.ends.plan.resources:
            if other.type != "aws_ram_principal_association" or other.data:
                continue
            if shares & _ids(self.ends, other, "resource_share_arn"):
                who = self._accounts(other, texts(other.values.get("principal")))
                who |= self._later(other, "principal")
                nodes = self._nodes(resource, "resource_arn")
                if self._is_unread(other, "principal") and Who.UNSURE not in who:
                    yield from self._since(other, "principal", nodes, _nobody)
                for node in nodes if who else ():
                    yield from self._to(other, "principal", node, who)

    def _called(self, resource: Resource) -> Iterator[Flow]:
        """Who may call a function: what they send, and what they get for it."""
        who = calling(resource, self.own(resource))
        nodes = self._nodes(resource, "function_name")
        if any(map(resource.is_unknown, ("principal", "action"))) and Who.UNSURE not in who:
            yield from self._since(
                resource, "principal", nodes, lambda _, then: calling(then, self.own(then))
            )
            self._untold(resource, "principal")
        for node in nodes if who else ():
            if Who.ANYONE in who:
                yield Flow(INTERNET, node, resource.at("principal"))
            yield from self._to(resource, "principal", node, who - {Who.ANYONE})

    def _assigned(self, resource: Resource) -> Iterator[Flow]:
        """To whom a role of Azure lets a thing give its data."""
        told = assigned.assigned(self.ends, resource)
        who = self._later(resource, assigned.PRINCIPAL) if told is None else told
        nodes = self._nodes(resource, assigned.SCOPE)
        if who and (Who.BOUND in who or not nodes):
            self.bound[resource.address] = resource.type
        for node in nodes:
            yield from self._to(resource, assigned.PRINCIPAL, node, who)

    def _all_logs(self, policy: Resource) -> Iterator[Flow]:
        """From every group of logs of the provider to where a policy of its account sends them all."""
        for target in self.ends.of(policy, "policy_document", loose=True):
            for group in self._beside(policy, LOGS):
                yield Flow(group, target, policy.at("policy_document"))

    def _granted(self, resource: Resource) -> Iterator[Flow]:
        """To whom the list of a bucket lets read it."""
        path, of = GRANTS[resource.type]
        who, is_open = readers(self.ends, resource, path, self._canonical)
        if is_open:
            self.open[resource.address] = resource.type
        if is_open and not who:
            yield from self._since(resource, path, self._nodes(resource, of), _nobody)
        shut = guarded(self.ends, "ignore_public_acls") if who else frozenset()
        for node in self._nodes(resource, of) if who else ():
            told = who - ({Who.ANYONE} if end_id(node) in shut else set())
            yield from self._to(resource, path, node, told)

    def _is_unread(self, resource: Resource, path: str) -> bool:
        """Whether files do not tell whom a setting names."""
        return self.later.before is None and resource.is_unknown(path)

    def _members_of(self, path: str, _: Ends, then: Resource) -> frozenset[Who]:
        found = members(then, path, self.ends.plan)
        return found.taking | (found.giving & {Who.ANYONE})

    def _images(self, replication: Resource) -> Iterator[Flow]:
        """From every repository of the provider to another region or account, unless only some are meant."""
        if replication.has("replication_configuration.rule.repository_filter"):
            self.bound[replication.address] = replication.type
            return
        path = "replication_configuration.rule.destination"
        foreign = self._accounts(replication, texts(list(replication.found(f"{path}.registry_id"))))
        for repository in self._beside(replication, "aws_ecr_repository"):
            for region in texts(list(replication.found(f"{path}.region"))):
                if region != self.ends.region_of(repository):
                    copy = Outside(f"{end_id(repository)} in {region}", "store", region)
                    yield Flow(repository, copy, replication.at(path))
            yield from self._to(replication, path, repository, foreign)

    def _subscribed(self, subscriber: Resource) -> Iterator[Flow]:
        """From the lakes of the provider to an account that is subscribed to them."""
        path = "subscriber_identity.principal"
        who = self._accounts(subscriber, texts(list(subscriber.found(path))))
        for lake in self._beside(subscriber, "aws_securitylake_data_lake"):
            yield from self._to(subscriber, path, lake, who)

    def _observed(self, link: Resource) -> Iterator[Flow]:
        """From every group of logs of the provider to who watches its account from another one."""
        if "AWS::Logs::LogGroup" not in link.found("resource_types"):
            return
        for group in self._beside(link, LOGS):
            yield Flow(group, others(link), link.at("sink_identifier"))

    def _beside(self, resource: Resource, type: str) -> Iterator[Resource]:
        """All of a type that are of the same provider."""
        for each in self.ends.plan.resources:
            if each.type == type and not each.data and each.provider == resource.provider:
                yield each

    def _on_a_whole(self, resource: Resource) -> Iterator[Flow]:
        """What a role lets those take or bring who have it on all that lies in a project or above it."""
        path = WHOLES[resource.type]
        said = members(resource, path, self.ends.plan)
        who = said.taking
        reached = list(rights_on_a_whole(self.ends, resource, path))
        for node, found in reached:
            yield from self._right(resource, path, node, found)
        if Who.BOUND in who or (who and not reached):
            self.bound[resource.address] = resource.type
        unread = resource.is_unknown(path) and not are_made(self.ends, resource, path)
        if unread or said.is_open:
            self.open[resource.address] = resource.type

    def _right(self, resource: Resource, path: str, node: End, found: Members) -> Iterator[Flow]:
        """The flows by what a role lets its members do with a node."""
        yield from self._to(resource, path, node, found.taking)
        if Who.ANYONE in found.giving:
            yield Flow(INTERNET, node, resource.at(path))

    def _members(self, resource: Resource) -> Iterator[Flow]:
        """What a role lets the members of a thing of Google take or bring."""
        for path, of in GOOGLE[resource.type]:
            found = members(resource, path, self.ends.plan)
            nodes = self._nodes(resource, of)
            unread = resource.is_unknown(path) and not are_made(self.ends, resource, path)
            if unread or found.is_open or resource.is_unknown("role"):
                self.open[resource.address] = resource.type
                if Who.UNSURE not in found.taking:
                    yield from self._since(resource, path, nodes, partial(self._members_of, path))
            for node in nodes:
                yield from self._right(resource, path, node, found)
            if (found.giving - {Who.ANYONE}) and not found.taking:
                self.inward[resource.address] = resource.type


def _nobody(_: Ends, __: Resource) -> frozenset[Who]:
    """Nobody, as whoever is known only after a plan is told already."""
    return frozenset()


def others(node: End) -> Outside:
    """Whoever it is with whom something is shared: an account, of which a plan tells nothing more."""
    return Outside(end_id(node) + SHARED, "recipient")


def _bound(who: frozenset[Who]) -> frozenset[Who]:
    """The same, where what lets in anyone turns on more than that."""
    return who - {Who.ANYONE} | {Who.BOUND} if Who.ANYONE in who else who


def _ids(ends: Ends, resource: Resource, path: str) -> set[str]:
    """What a setting names, whether it is a node or not: by its value, and by who is referred to."""
    referred = ends.configuration.referred(resource, path).resources
    return {*texts(list(resource.found(path))), *(each.address for each, _ in referred)}
