"""Unread: settings that no table reads, and that name a host, a bucket or an account outside all the same.

They make no flow, as it is not known what they do: each is counted by its type and its path, so that what is not
understood is not taken for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Set
from functools import cache
from typing import Any

from lawful.importers._hosts import is_outside, mentions
from lawful.importers._terraform.names.accounts import ARN, LAYER, accounts_of, as_arn, read_arn
from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.names.identities import IDENTITIES
from lawful.importers._terraform.objects.applied import is_applied
from lawful.importers._terraform.outside.policies import lets_others
from lawful.importers._terraform.outside.rights import READ as SHARED
from lawful.importers._terraform.scripts import SCRIPTS
from lawful.importers._terraform.state.resources import Resource
from lawful.importers._terraform.tables.arrows import ARROWS, ORIGINS
from lawful.importers._terraform.tables.kinds import PARTS, RUNS
from lawful.importers._terraform.tables.settings import TAGS

_HOST = re.compile(
    r"(?:[a-z][a-z0-9+]*)://(?:[^/@\s\"']*@)?([A-Za-z0-9.-]+\.[A-Za-z]{2,})(?![\w.-])"
)
_BUCKET = re.compile(r"(?:s3[an]?|gs)://([A-Za-z0-9._-]+)")
#: Settings that say to people what something is, or from where a program comes.
_SAYS = frozenset(
    """
$schema comment description display_name documentation image image_uri repository script_location source summary
template_gcs_path
""".split()  # noqa: SIM905
) | frozenset(TAGS)
#: What is part of a cloud itself, or only names a format.
_NOBODY = re.compile(
    r"(.+\.)?(amazonaws\.com(\.cn)?|acm-validations\.aws|amazonses\.com|googleapis\.com|w3\.org|json-schema\.org|microsoftonline\.com|microsoft\.com"
    r"|management\.azure\.com|terraform\.io|hashicorp\.com)$"
)
#: Settings whose value is an account.
_ACCOUNT_KEY = re.compile(
    r"(.*_)?(account|accounts|account_ids?|account_number|owner_id|owners?|principals?)$"
)
#: Whose policies are about who is within a network already.
_INWARD = ("aws_vpc_endpoint", "aws_vpc_endpoint_policy")
#: Settings that say whither a name of the net leads.
_LEADS_TO = ("content", "external_name", "record", "records", "rrdatas")
_DEEPEST = 40


def unread(ends: Ends, but: Set[str], told: Set[str]) -> Counter[str]:
    """The settings of each type, with how many name somebody outside, but for resources that are read otherwise.

    Of objects of Kubernetes hosts to whom flows are `told` are left out: others have what they say.
    """
    found: Counter[str] = Counter()
    for resource in ends.plan.resources:
        if not resource.data and resource.address not in but:
            found.update(
                {
                    f"{resource.type}.{shown}"
                    for shown, key, text in _texts(ends, resource)
                    if _names(ends, resource, key, text, told if is_applied(resource) else ())
                }
            )
    return found


def provisioned(ends: Ends) -> Counter[str]:
    """The types of what runs programs of its own while it is made, which a plan tells nothing more of."""
    return Counter(
        each.type
        for each in ends.plan.resources
        if not each.data and ends.configuration.block(each).get("provisioners")
    )


def _texts(ends: Ends, resource: Resource) -> Iterator[tuple[str, str, str]]:
    """The texts of settings that no table reads, each with its path and its key.

    Blocks stand in lists. The keys of a map are somebody's own, and in no path.
    """
    read = _read().get(resource.type, ())
    configured = ends.configuration.block(resource).get("expressions")
    for key, value in resource.values.items():
        made = isinstance(configured, dict) and key not in configured and not _is_block(value)
        if made or key in _SAYS or (key in IDENTITIES and not isinstance(configured, dict)):
            continue
        waiting: list[tuple[str, str, Any, bool]] = [(key, key, value, False)]
        while waiting:
            path, shown, inner, listed = waiting.pop()
            last = path.rpartition(".")[2]
            if path in read or last in _SAYS or path.count(".") > _DEEPEST:
                continue
            if isinstance(inner, dict):
                for name, each in inner.items():
                    called = f"{shown}.{name}" if listed and path == shown else shown
                    waiting.append((f"{path}.{name}", called, each, False))
            elif isinstance(inner, list):
                waiting += ((path, shown, each, True) for each in inner)
            elif isinstance(inner, str):
                yield shown, last, inner


def _names(ends: Ends, resource: Resource, key: str, text: str, told: Container[str]) -> bool:
    """Whether a text names somebody who is neither in the plan nor of an account of its own."""
    own = accounts_of(resource, ends.plan)
    if _ACCOUNT_KEY.fullmatch(key) and re.fullmatch(r"\d{12}", text):
        return text not in own
    if lets_others(text, own) and resource.type not in _INWARD:
        return True
    identities = ends.identities
    text = as_arn(text)
    for arn in map(read_arn, ARN.finditer(text)):
        if arn.account and own and arn.account not in own and not arn.rest.startswith(LAYER):
            return True
    hosts = [(each[1].lower(), each[0]) for each in _HOST.finditer(text)]
    hosts += ((host, host) for host in _bare(key, text))
    for name, whole in hosts:
        own_name = identities.has(name) or identities.has(whole) or _NOBODY.match(name)
        if is_outside(name) and not own_name and name not in told:
            return True
    return any(not identities.has(bucket[1]) for bucket in _BUCKET.finditer(text))


def _bare(key: str, text: str) -> Iterator[str]:
    """The hosts that a text names without a scheme, as its key says, or as it is all that a name leads to."""
    if key in _LEADS_TO:
        listed = (word.lower().rstrip(".") for word in text.split())
        yield from (word for word in listed if not word.replace(".", "").isdigit())
    else:
        yield from (each.host for each in mentions(key, text) if each.sure)


def _is_block(value: Any) -> bool:
    """Whether a value may be of blocks: a plan has no expressions of those that are made in a loop."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


@cache
def _read() -> dict[str, frozenset[str]]:
    """The settings of each type that tables read."""
    found: dict[str, set[str]] = {}
    for arrow in ARROWS:
        found.setdefault(arrow.type, set()).update((arrow.source, arrow.target))
    for type, path in (*ORIGINS, *PARTS, *RUNS, *SHARED, *SCRIPTS):
        found.setdefault(type, set()).add(path)
    return {type: frozenset(paths) for type, paths in found.items()}
