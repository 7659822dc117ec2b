"""Ends: which resources, or which things outside of the plan, a setting names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lawful.importers._hosts import is_bucket, is_outside, mentions
from lawful.importers._terraform.names.accounts import (
    ARN,
    ARN_TYPES,
    Named,
    accounts_of,
    arn_id,
    as_arn,
    mark,
    read_arn,
    without_call,
)
from lawful.importers._terraform.names.identities import Identities, is_node
from lawful.importers._terraform.names.paths import above, as_path, is_path, named
from lawful.importers._terraform.state.configuration import Configuration
from lawful.importers._terraform.state.resources import Plan, Resource, within
from lawful.importers._terraform.tables.kinds import (
    BARE_HOSTS,
    JOINTS,
    PARTS,
    RUNS,
    TARGET_GROUPS,
    TEMPLATES,
    cloud_of_bucket,
)
from lawful_dsl.frozen import frozen
from lawful_dsl.source import Span

#: The host of an address. What is before an `@` is nobody's to read, and a later one makes all of it doubtful.
_URL = re.compile(
    r"(?:https?|wss?|kafka|amqps?|nats|mqtts?|postgres(?:ql)?|mysql|mariadb|sqlserver|mongodb(?:\+srv)?|rediss?"
    r"|azure|datadog|ldaps?|splunk|sumo|syslog(?:\+tls)?)://(?:[^/@\s]*@)?([A-Za-z0-9.-]+\.[A-Za-z]{2,})(?=(?::\d+)?(?:[/?#,;\s\"']|$))(?!\S*@)"
)
_BUCKET = re.compile(r"(s3|gc?s)://([A-Za-z0-9._-]+)")
#: Names alone, without a region or host, that are taken for a resource only where one has them.
_FULL = re.compile(r"[:/.]|^\w{3,}-[0-9a-f]{8,}$")
#: Types whose secrets are read and not sent: no flow goes to them because a program knows of them.
_READ_ONLY = re.compile(
    r"aws_secretsmanager_|aws_ssm_|azurerm_key_vault|google_secret_manager_|.*_repository$"
)
#: The host of a bucket of Amazon.
_S3_HOST = re.compile(r"(.+?)\.s3(?:[.-](?:website[.-])?[a-z0-9-]+)?\.amazonaws\.com$")
_DEEPEST = 8


@frozen(order=True)
class Outside:
    """What is not in the plan, and is named: `id` has no account in it; `region` where it is told.

    `later` is whether who it is, or that it is there at all, is known only after the plan. `account` is that of
    its ARN, and reaches no report.
    """

    id: str
    kind: str
    region: str = ""
    later: bool = False
    account: str = ""


End = Resource | Outside


@frozen
class Flow:
    """Data flow from one end to the other; `plain` is whether it is known that nothing encrypts them."""

    source: End
    target: End
    span: Span
    plain: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of both ends."""
        return end_id(self.source), end_id(self.target)


@dataclass
class Ends:
    """The ends that settings name; `lost` are the settings of which none could be told, `partly` those of which some.

    `inward` are variables that name who may come, or one's own address. `region_of` tells the region of a resource.
    """

    plan: Plan
    configuration: Configuration
    lost: dict[tuple[str, str], str] = field(default_factory=dict)
    partly: dict[tuple[str, str], str] = field(default_factory=dict)
    inward: set[tuple[str, str]] = field(default_factory=set)
    region_of: Callable[[Resource], str] = lambda _: ""

    @cached_property
    def identities(self) -> Identities:
        """The resources by the values that stand for them."""
        return Identities(self.plan)

    @cached_property
    def runners(self) -> dict[str, list[Resource]]:
        """Who runs each template, by its address."""
        found: dict[str, list[Resource]] = {}
        for each in self.plan.resources:
            paths = [path for type, path in RUNS if each.type == type]
            for template in (end for path in paths for end in self.direct(each, path)):
                if isinstance(template, Resource) and template.type in TEMPLATES:
                    found.setdefault(template.address, []).append(each)
        return found

    def of(self, resource: Resource, path: str, *, loose: bool = False) -> tuple[End, ...]:
        """The nodes and joints that a setting names: the wholes, where it names parts of them."""
        if path == ".":
            return tuple(self.homes(resource))
        named = self.direct(resource, path, loose=loose)
        homes = {
            end_id(home): home
            for each in named
            for home in (self.homes(each) if isinstance(each, Resource) else [each])
            if not (loose and isinstance(home, Resource) and _READ_ONLY.match(home.type))
        }
        if self._is_lost(resource, path, loose):
            if not homes:
                self.lost[resource.address, path] = resource.type
            elif loose and self.configuration.is_open(resource, path):
                self.partly[resource.address, path] = resource.type
        return tuple(homes[id] for id in sorted(homes))

    def _is_lost(self, resource: Resource, path: str, loose: bool) -> bool:
        """Whether a setting names something. One that may name nothing does where it is known later only."""
        if not loose:
            return self._is_set(resource, path)
        return resource.is_unknown(path) and self.configuration.has(resource, path)

    def _is_set(self, resource: Resource, path: str) -> bool:
        """Whether a setting is there; what a provider computes by itself is none."""
        if resource.found(path) or self.configuration.has(resource, path):
            return any(value != "" for value in resource.found(path)) or resource.is_unknown(path)
        block = path.rpartition(".")[0]
        return bool(block) and resource.is_unknown(path) and resource.has(block)

    def direct(self, resource: Resource, path: str, *, loose: bool = False) -> tuple[End, ...]:
        """What a setting names: by full values, then by references, then by bare names."""
        found: dict[str, End] = {}
        said = [
            (key, text, sensitive)
            for name, value, sensitive in resource.told(path)
            if isinstance(value, str)
            for key, text in (within(name, value) if loose else [("", as_path(path, value))])
        ]
        for key, text, sensitive in said:
            for end in self.said(key, text, resource, sensitive):
                found.setdefault(end_id(end), end)
        referred = self.configuration.referred(resource, path)
        alone = {text: s for _, text, s in said if path.rpartition(".")[2] in BARE_HOSTS}
        written = {text: s for text, s in alone.items() if text in referred.literals}
        if found and not loose:
            return self._with_hosts(found, written, resource)
        for each, _ in referred.resources:
            others = each.address != resource.address
            for same in self._managed(each, resource, path, loose) if others else ():
                found.setdefault(same.address, same)
        told = {value for value in resource.found(path) if isinstance(value, str)}
        for text in referred.literals:
            # What the plan tells as a value has been read, and is no secret.
            unread = isinstance(text, str) and text not in told
            for end in self._by_value(text, resource, True) if unread else ():
                found.setdefault(end_id(end), end)
        for text in referred.outputs:
            for end in self._by_value(text, resource, False):
                found.setdefault(end_id(end), end)
        if found:
            return self._with_hosts(found, written, resource)
        texts = [*(text for _, text, _ in said), *referred.literals, *referred.outputs]
        if named := tuple(self._by_name(texts, resource, loose)):
            return named
        if made := tuple(self._made_beside(resource, path)):
            return made
        return self._with_hosts(found, alone, resource) or tuple(_bucket(resource, path))

    def _with_hosts(
        self, found: dict[str, End], texts: Mapping[str, bool], user: Resource
    ) -> tuple[End, ...]:
        """What was found, and the hosts that stand alone in texts, each of which is sensitive or not."""
        for text, sensitive in texts.items():
            for end in self._by_host("server", text, user, sensitive):
                found.setdefault(end_id(end), end)
        return tuple(found.values())

    def said(self, key: str, text: str, user: Resource, sensitive: bool) -> Iterable[End]:
        """Whom a text names in full, and whom by a host; its key says whether they are somebody to send to."""
        ends = self._outward(key, text, self._by_value(text, user, sensitive), user)
        return ends or self._by_host(key, text, user, sensitive)

    def homes(self, resource: Resource, depth: int = 0) -> list[Resource]:
        """What a resource is a part of, who runs it, or itself, if it is a node or a joint."""
        if resource.type in TEMPLATES:
            runners = self.runners.get(resource.address, [])
            return [home for each in runners for home in self.homes(each, depth + 1)] or [resource]
        if is_node(resource) or resource.type in JOINTS:
            return [resource]
        if depth < _DEEPEST:
            for type, path in PARTS:
                if resource.type == type:
                    wholes = [
                        each for each in self.direct(resource, path) if isinstance(each, Resource)
                    ]
                    homes = [home for each in wholes for home in self.homes(each, depth + 1)]
                    if homes:
                        return homes
        return []

    def _managed(
        self, resource: Resource, user: Resource, path: str, loose: bool, depth: int = 0
    ) -> Iterator[Resource]:
        """A resource; for a data source what it looks up, or what a template file is made with."""
        if not resource.data:
            yield resource
            return
        if same := self.managed(resource):
            yield same
        elif _READ_ONLY.match(resource.type):
            return
        elif resource.type in ("template_file", "template_cloudinit_config", "cloudinit_config"):
            if depth < _DEEPEST:
                for inner_path in ("vars", "part", "template"):
                    referred = self.configuration.referred(resource, inner_path)
                    for each, _ in referred.resources:
                        yield from self._managed(each, user, path, loose, depth + 1)
        else:
            yield resource

    def managed(self, looked_up: Resource) -> Resource | None:
        """What the plan manages of that which a data source looks up."""
        for key in ("arn", "id", "name", "bucket"):
            value = looked_up.values.get(key)
            if isinstance(value, str):
                found = self.identities.meant(value, looked_up, looked_up.type)
                if found is not None and not found.data and self._is_same(looked_up, found):
                    return found
        return None

    def _outward(self, key: str, text: str, named: Iterable[End], user: Resource) -> list[End]:
        """What a text names, but for hosts of which its key says that they come, or are one's own."""
        ends = list(named)
        if not key:
            return ends
        whither = {mention.host for mention in mentions(key, text) if mention.sure}
        kept = [
            end
            for end in ends
            if not (isinstance(end, Outside) and end.kind == "recipient") or end.id in whither
        ]
        if len(kept) < len(ends):
            self.inward.add((user.address, key))
        return kept

    def _made_beside(self, resource: Resource, path: str) -> Iterator[Resource]:
        """The groups of targets that a block names which is made in a loop: those that its module makes.

        Of such blocks a plan does not have the expressions.
        """
        looped = path.endswith(".target_group_arn") and self.configuration.is_looped(resource, path)
        if looped and resource.is_unknown(path):
            for each in self.plan.resources:
                if each.type in TARGET_GROUPS and each.module == resource.module:
                    yield each

    def _by_value(self, value: str, user: Resource, sensitive: bool) -> Iterator[End]:
        """What a value names in full: as its own, as an ARN, a bucket or the host of an address."""
        if _FULL.search(value) and self.identities.has(value, but=user):
            if found := self.identities.meant(value, user):
                yield found
            return
        if is_path(value) or named(value):
            yield from self._by_path(value, user, sensitive)
            return
        value = as_arn(value)
        arns = list(ARN.finditer(value[value.rfind("arn:aws") :] if "path/" in value else value))
        for arn in arns:
            yield from self._by_arn(arn, user, sensitive)
        for bucket in () if arns else _BUCKET.finditer(value):
            type = "aws_s3_bucket" if bucket[1] == "s3" else "google_storage_bucket"
            if found := self.identities.meant(bucket[2], user, type):
                yield found
            elif not sensitive:
                cloud = "aws:s3" if bucket[1] == "s3" else "google:storage"
                yield Outside(f"{cloud}:{bucket[2]}", "store")
        for host in () if arns or re.search(r"\s", value) else _URL.finditer(value):
            found = self.identities.meant(host[1], user) or self.identities.meant(host[0], user)
            if found:
                yield found
            elif not sensitive and not self.identities.has(host[1]):
                yield Outside(host[1].lower(), "recipient")

    def _by_path(self, value: str, user: Resource, sensitive: bool) -> Iterator[End]:
        """What an id that is a path names: what it lies in, if that is in the plan, or what is outside."""
        for whole in above(value):
            if found := self.identities.meant(whole, user):
                yield found
                return
        outside = named(value)
        if outside and (same := self.identities.on_path(outside, user)):
            yield same
        elif outside and not sensitive:
            id = outside.id + mark(outside.account, self.plan)
            yield Outside(id, outside.kind, account=outside.account)

    def _by_host(self, key: str, text: str, user: Resource, sensitive: bool) -> Iterator[End]:
        """The hosts that a text under a key names without a scheme, as `db.example:5432` or under `DB_HOST`.

        A host in a sensitive text is not told, and that there is one is.
        """
        key = key or "url" * sensitive
        for mention in mentions(key, text) if key else ():
            host = mention.host
            if sensitive and is_bucket(host):
                yield Outside(f"{host.rpartition(':')[0]}:sensitive", "store")
            if not mention.sure or not is_outside(host):
                continue
            if found := self.identities.meant(host, user):
                yield found
            elif bucket := _S3_HOST.match(host):
                yield Outside("aws:s3:sensitive" if sensitive else f"aws:s3:{bucket[1]}", "store")
            elif not self.identities.has(host):
                yield Outside(f"{user.address} sensitive" if sensitive else host, "recipient")

    def _by_arn(self, arn: re.Match[str], user: Resource, sensitive: bool) -> Iterator[End]:
        text = without_call(arn[0])
        if self.identities.has(text):
            if found := self.identities.meant(text, user):
                yield found
            return
        named = read_arn(arn)
        service, region, rest = named.service, named.region, named.rest
        if service not in ARN_TYPES or (service == "states" and not region):
            return  # `arn:aws:states:::sqs:sendMessage` is a step, and nobody
        types, kind = ARN_TYPES[service]
        whole = service in ("s3", "sns", "sqs")
        name = rest if whole else re.split(r"[:/]", rest, maxsplit=1)[-1]
        name = name.split("/", 1)[0] if service in ("s3", "dynamodb") else name
        name = name.split(":", 1)[0] if service == "lambda" else name
        meant = [self.identities.meant(name, user, type) for type in types.split()]
        if found := next((each for each in meant if each and self._may_be(named, each)), None):
            yield found
        else:
            rest = "sensitive" if sensitive else name if service == "s3" else rest
            other = mark(named.account, self.plan, sensitive=sensitive)
            yield Outside(
                arn_id(service, region, rest) + other, kind, region, account=named.account
            )

    def _is_same(self, looked_up: Resource, managed: Resource) -> bool:
        """Whether what was looked up by a name may be what the plan manages by that name."""
        arn = looked_up.values.get("arn")
        match = ARN.match(arn) if isinstance(arn, str) else None
        return match is None or self._may_be(read_arn(match), managed)

    def _may_be(self, named: Named, resource: Resource) -> bool:
        """Whether an ARN may be that of a resource of its name: of an account and a region of its own."""
        accounts = accounts_of(resource, self.plan)
        if named.account and accounts and named.account not in accounts:
            return False
        arn = resource.values.get("arn")
        match = ARN.match(arn) if isinstance(arn, str) else None
        region = read_arn(match).region if match else self.region_of(resource)
        return not (named.region and region) or _within(region, named.region)

    def _by_name(self, texts: Iterable[Any], user: Resource, loose: bool) -> Iterator[Resource]:
        """The one resource that has a bare name; a name that several have names none."""
        for text in texts:
            found = self.identities.meant(text, user) if isinstance(text, str) else None
            if found and (not loose or (is_node(found) and len(text) > 5)):
                yield found


def _within(zone: str, region: str) -> bool:
    """Whether a region, or the zone of one (`eu-west-3b`), is a region."""
    return zone.lower() == region or zone.lower()[:-1] == region


def _bucket(resource: Resource, path: str) -> Iterator[Outside]:
    """The bucket outside of the plan that a setting names, if it is one that names buckets."""
    if cloud := cloud_of_bucket(resource.type, path, resource.values):
        for value, sensitive in resource.said(path):
            if isinstance(value, str) and value and not sensitive:
                yield Outside(f"{cloud}:{value}", "store")


def end_id(end: End) -> str:
    """What an end is called in the system."""
    return end.address if isinstance(end, Resource) else end.id
