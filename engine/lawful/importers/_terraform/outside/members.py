"""Members: whom a role on a thing of Google lets take data, or bring some.

A domain is somebody else, as is an account of a project that is not one's own; where the project is told by
its number only, it may be one's own. Of people, groups and members of other forms it is not told whose they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from lawful.importers._terraform.names.accounts import numbered, own_of
from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.names.partners import partner
from lawful.importers._terraform.outside.policies import Who, texts
from lawful.importers._terraform.state.resources import Plan, Resource
from lawful_dsl.frozen import frozen

#: What has members: the beginning of the types, and the setting that names it.
_HAVE_MEMBERS = tuple(
    (type, path)
    for type, path in (
        line.split()
        for line in """
google_artifact_registry_repository repository
google_bigquery_analytics_hub_listing listing_id
google_bigquery_dataset dataset_id
google_bigquery_table dataset_id
google_bigtable_instance instance
google_bigtable_table instance
google_cloud_run_service service
google_cloud_run_v2_service name
google_cloudfunctions2_function cloud_function
google_cloudfunctions_function cloud_function
google_compute_disk name
google_compute_image image
google_compute_snapshot name
google_healthcare_dataset dataset_id
google_pubsub_subscription subscription
google_pubsub_topic topic
google_secret_manager_secret secret_id
google_spanner_database database
google_spanner_instance instance
google_storage_bucket bucket
google_storage_managed_folder bucket
""".strip().splitlines()
    )
)
_KINDS = {"member": "member", "binding": "members", "policy": "policy_data"}
#: Of each type, the settings that name members, each with the one that names whose members they are.
GOOGLE: dict[str, tuple[tuple[str, str], ...]] = {
    **{
        f"{type}_iam_{kind}": ((setting, path),)
        for type, path in _HAVE_MEMBERS
        for kind, setting in _KINDS.items()
    },
    "google_bigquery_dataset": (("access", "."),),
    "google_bigquery_dataset_access": ((".", "dataset_id"),),
    "google_storage_bucket_access_control": (("entity", "bucket"),),
    "google_storage_bucket_acl": (("role_entity", "bucket"),),
    "google_storage_default_object_access_control": (("entity", "bucket"),),
    "google_storage_default_object_acl": (("role_entity", "bucket"),),
    "google_storage_object_access_control": (("entity", "bucket"),),
    "google_storage_object_acl": (("role_entity", "bucket"),),
}
#: What a right on all that lies in a whole is given by.
WHOLES = {
    f"google_{whole}_iam_{kind}": setting
    for whole in ("folder", "organization", "project")
    for kind, setting in _KINDS.items()
}
#: How a dataset names who has access, beside a member as such.
_ACCESS = {
    "domain": "domain:",
    "group_by_email": "group:",
    "iam_member": "",
    "special_group": "",
    "user_by_email": "user:",
}
#: What has access without a role: views, routines and all that another dataset has.
_SEEN_BY = ("dataset", "routine", "view")
#: Roles by which one calls a service and gets its answer, only brings data, or has none of them.
_CALLS = re.compile(r"roles/(run|cloudfunctions)\.(invoker|servicesInvoker)$", re.IGNORECASE)
_BRINGS = re.compile(
    r"roles/(storage\.objectCreator|pubsub\.publisher|logging\.(logWriter|bucketWriter))$",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"roles/\w+\.(metadataViewer|jobUser|securityAdmin|securityReviewer|attacher|detacher|secretVersionAdder)$"
    r"|roles/(run|cloudfunctions|pubsub)\.viewer$",
    re.IGNORECASE,
)
_SERVICE_ACCOUNT = re.compile(
    r"serviceaccount:(?:(?:[^@]+@(?P<project>[\w.-]+)\.iam|(?P<engine>[\w.-]+)@appspot)\.gserviceaccount\.com"
    r"|(?P<pool>[\w.-]+)\.svc\.id\.goog\[.*\])"
)
#: What a project has from the start, by its number.
_BY_NUMBER = re.compile(
    r"serviceaccount:(\d+)(?:-compute@developer|@cloudservices)\.gserviceaccount\.com"
    r"|project:(?:owners|editors|viewers)-(\d+)"
)
#: What Google itself runs for a project.
_GOOGLES_OWN = re.compile(r"serviceaccount:(?:service-\d+|[^@]+@gcp-sa-).*")
_OF_PROJECT = re.compile(r"project(?:owner|editor|viewer)s?:(?P<project>[\w.:-]+)")
_EVERYONE = ("allusers", "allauthenticatedusers")
#: Those of one's own, and those who are there no more.
_OWN = ("projectowners", "projectreaders", "projectwriters")
_GONE = "deleted:"


@frozen
class Members:
    """Who may take data, and who may bring some; `named` are those who are somebody else, by digests."""

    taking: frozenset[Who]
    giving: frozenset[Who]
    named: frozenset[str] = frozenset()
    #: Whether it is not known of some who they are, or what they may do.
    is_open: bool = False


def members(
    resource: Resource, path: str, plan: Plan, about: Callable[[str], bool] = lambda _: True
) -> Members:
    """Those whom a setting names, who are not one's own, by roles of some kind."""
    taking: set[Who] = set()
    giving: set[Who] = set()
    named: set[str] = set()
    for role, member in _said(resource, path):
        if not about(role):
            continue
        who = _who(member.lower(), plan)
        if Who.OTHERS in who:
            named.add(_partner(member.lower()))
        if _CALLS.match(role):
            giving |= who
            taking |= who - {Who.ANYONE}
        elif _BRINGS.match(role):
            giving |= who
        elif "/roles/" in role or role in ("", "None"):
            taking |= {Who.BOUND} if who else set()
        elif not _NEITHER.match(role):
            taking |= who
    policies = texts(resource.values.get(path)) if path == "policy_data" else []
    is_open = any(map(_has_gap, policies))
    return Members(frozenset(taking), frozenset(giving), frozenset(named), is_open)


def are_made(ends: Ends, resource: Resource, path: str) -> bool:
    """Whether those whom a setting names are accounts of services that the plan makes."""
    referred = ends.configuration.referred(resource, path)
    made = ("google_service_account", "google_project_service_identity")
    return bool(referred.resources) and all(
        each.type in made and not each.data for each, _ in referred.resources
    )


def _said(resource: Resource, path: str) -> Iterator[tuple[str, str]]:
    """The roles and who has each."""
    if path == "policy_data":
        for text in texts(resource.values.get(path)):
            for binding in _bindings(text):
                for member in texts(binding.get("members")):
                    yield str(binding.get("role")), member
    elif path == "role_entity":
        for each in texts(resource.values.get(path)):
            role, _, entity = each.partition(":")
            yield role, entity.replace("-", ":", 1)
    elif path == "entity":
        for each in texts(resource.values.get(path)):
            yield str(resource.values.get("role")), each.replace("-", ":", 1)
    elif path in (".", "access"):
        blocks = resource.values if path == "." else resource.values.get("access")
        for block in blocks if isinstance(blocks, list) else [blocks]:
            if isinstance(block, dict):
                yield from _accessing(block)
    else:
        for member in texts(resource.values.get(path)):
            yield str(resource.values.get("role")), member


def _accessing(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, before in _ACCESS.items():
        for text in texts(block.get(key)):
            if text:
                yield str(block.get("role")), before + text
    for key in _SEEN_BY:
        for project in _projects(block.get(key)):
            yield "READER", f"projectViewers:{project}"


def _projects(value: Any) -> Iterator[str]:
    """The projects of what has access by itself, at any depth."""
    if isinstance(value, list):
        for each in value:
            yield from _projects(each)
    elif isinstance(value, dict):
        yield from (text for text in texts(value.get("project_id")) if text)
        yield from _projects(list(value.values()))


def _has_gap(text: str) -> bool:
    """Whether something in a policy is not known."""
    try:
        bindings = json.loads(text).get("bindings")
    except (ValueError, RecursionError, AttributeError):
        return True
    listed = bindings if isinstance(bindings, list) else []
    return any(not isinstance(each, dict) or None in _told(each) for each in listed)


def _told(binding: dict[str, Any]) -> list[Any]:
    """The role of a binding and its members."""
    who = binding.get("members")
    return [binding.get("role"), *(who if isinstance(who, list) else [who])]


def _bindings(text: str) -> list[dict[str, Any]]:
    try:
        policy = json.loads(text)
    except (ValueError, RecursionError):
        return []
    found = policy.get("bindings") if isinstance(policy, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _who(member: str, plan: Plan) -> set[Who]:
    """Who a member is, if none of one's own."""
    if member in _EVERYONE:
        return {Who.ANYONE}
    if member.startswith("domain:"):
        return {Who.OTHERS}
    if not member or member in _OWN or member.startswith(_GONE):
        return set()
    if member.endswith("gserviceaccount.com"):
        member = f"serviceaccount:{member.partition(':')[2]}"
    own = own_of(plan, "google")
    if match := _SERVICE_ACCOUNT.fullmatch(member) or _OF_PROJECT.fullmatch(member):
        project = _by_domain(next(each for each in match.groups() if each))
        if project in own or _GOOGLES_OWN.fullmatch(member):
            return set()
        return {Who.OTHERS if own else Who.UNSURE}
    if match := _BY_NUMBER.fullmatch(member):
        known = numbered(plan)
        number = next(each for each in match.groups() if each)
        if number not in known:
            return {Who.UNSURE}
        return {Who.OTHERS} if own and known[number] and known[number] not in own else set()
    return {Who.BOUND}


def _partner(member: str) -> str:
    """Whose a member is, by the domain or the project."""
    match = _SERVICE_ACCOUNT.fullmatch(f"serviceaccount:{member.partition(':')[2]}")
    if match or (match := _OF_PROJECT.fullmatch(member)):
        return partner("project", next(each for each in match.groups() if each))
    return partner("domain", member)


def _by_domain(project: str) -> str:
    """A project of a domain as it is called, `partner.com:prod`, where an account has it as `prod.partner.com`."""
    name, dot, domain = project.partition(".")
    return f"{domain}:{name}" if dot and ":" not in project else project
