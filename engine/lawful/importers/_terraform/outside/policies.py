"""Policies: whom those of Amazon let take data, or bring some, as far as their statements tell.

Everyone is public, unless a condition says who: an account, an organization; or from where, which leaves it open
who that is. An account is another one where it is told which are one's own. A denial takes away only what it
covers for sure, the principals, the action and the resource; whom it leaves out stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any

from lawful.importers._terraform.names.ends import Ends
from lawful.importers._terraform.state.resources import Resource


class Who(Enum):
    """Somebody whom a statement lets do something, who is not the account itself."""

    #: Anyone at all; an account that is not one's own; one that may be; whoever meets a condition.
    ANYONE = "anyone"
    OTHERS = "others"
    UNSURE = "unsure"
    BOUND = "bound"


Statement = dict[str, Any]
#: An account within a principal: the number alone, or that of an ARN.
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:[\w-]+:[\w*-]*:)?(\d{12})(?::.*)?")
_DOCUMENT = "aws_iam_policy_document"
#: Conditions that say in which account one is, of which organization, or from where one comes.
_ACCOUNTS = frozenset(
    "aws:principalaccount aws:principalarn aws:sourceaccount aws:sourcearn aws:sourceowner".split()  # noqa: SIM905
)
_ORGANIZATIONS = frozenset("aws:principalorgid aws:principalorgpaths aws:sourceorgid".split())  # noqa: SIM905
_WHENCE = frozenset(
    """
aws:principaltype aws:sourceip aws:sourcevpc aws:sourcevpce aws:userid aws:username aws:vpcsourceip
elasticfilesystem:accessedviamounttarget lambda:functionurlauthtype s3:dataaccesspointaccount
s3:dataaccesspointarn sns:endpoint
""".split()  # noqa: SIM905
)
#: What is anywhere, or a great part of all addresses: several of those may be all of them.
_WIDE = re.compile(r"\*|[\d.]+/[0-7]|[\da-f:]+/1?\d", re.IGNORECASE)
#: Conditions that are so where a service of Amazon itself does something.
_BY_SERVICES = frozenset({"aws:principalisawsservice", "aws:viaawsservice"})


def statements(ends: Ends, resource: Resource, path: str) -> list[Statement] | None:
    """The statements of the policy that a setting is; none where it is not told what they are."""
    if not resource.is_unknown(path):
        parsed = [_parsed(text) for text in resource.found(path) if text != ""]
        return None if None in parsed else [said for each in parsed for said in each or ()]
    referred = ends.configuration.referred(resource, path).resources
    documents = [each for each, _ in referred if each.type == _DOCUMENT]
    if not documents:
        return None
    return [said for each in documents for said in _documented(each)]


def let(said: Sequence[Statement], actions: Sequence[str], own: frozenset[str]) -> frozenset[Who]:
    """Whom statements let do one of some actions; `own` are the accounts and ids that are one's own."""
    denials = [each for each in said if _is(each, "deny") and not _is_vague(each)]
    found: frozenset[Who] = frozenset()
    for each in said:
        if not _is(each, "allow"):
            continue
        for action in actions:
            if covers(each, (action,)):
                denied = [no for no in denials if covers(no, (action,)) and _contains(no, each)]
                found |= _left(frozenset(_who(each, own)), denied, own)
        if _is_vague(each) and any(_who(each, own)):
            found |= {Who.BOUND}
    return found


def hides(said: Sequence[Statement]) -> bool:
    """Whether it is not known of a statement that allows something what that is, whom it names, or on what it turns."""
    return any(
        _is(each, "allow")
        and (
            _is_vague(each)
            or _is_open(each.get("principal", ""))
            or _has_gap(each.get("condition", ""))
        )
        for each in said
    )


def _has_gap(value: Any) -> bool:
    """Whether something in a value is not known."""
    inner = value.values() if isinstance(value, dict) else value
    return value is None or (isinstance(value, dict | list) and any(map(_has_gap, inner)))


def lets_others(text: str, own: frozenset[str]) -> bool:
    """Whether a text is a policy that lets in somebody who is none of one's own, to do whatever it is."""
    said = _parsed(text) if "Statement" in text else None
    return any(_is(each, "allow") and any(_who(each, own)) for each in said or ())


def covers(said: Statement, actions: Sequence[str]) -> bool:
    """Whether a statement is about one of some actions, by its name or a pattern."""
    if "notaction" in said:
        return any(not _matches(action, texts(said["notaction"])) for action in actions)
    return any(_matches(action, texts(said.get("action"))) for action in actions)


def account_in(principal: str) -> str:
    """The account that a principal is, or is in; empty where it names none."""
    match = _ACCOUNT.fullmatch(principal)
    return match[1] if match else ""


def texts(value: Any) -> list[str]:
    """One text, or several."""
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, str)]


def _parsed(text: Any) -> list[Statement] | None:
    """The statements of a policy; none where a text is not one."""
    try:
        policy = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(policy, dict):
        return None
    listed = _lowered(policy).get("statement", [])
    # One that is not known may allow anything.
    some = [
        {"effect": "Allow"} if each is None else each
        for each in (listed if isinstance(listed, list) else [listed])
    ]
    return [_lowered(each) for each in _objects(some)]


def _is_vague(said: Statement) -> bool:
    """Whether it is not told what a statement is about, as it turns on something that is not known."""
    about = said.get("notaction" if "notaction" in said else "action")
    return about is None or (isinstance(about, list) and None in about)


def _documented(document: Resource) -> Iterator[Statement]:
    """The statements of a policy that is made of blocks, with the names that they have in its text."""
    for path in ("source_policy_documents", "override_policy_documents", "json"):
        for text in document.found(path):
            yield from _parsed(text) or ()
    masks = document.unknown.get("statement") if isinstance(document.unknown, dict) else None
    for number, each in enumerate(_objects(document.values.get("statement"))):
        mask = masks[number] if isinstance(masks, list) and number < len(masks) else masks
        if mask is True and _is(each, "deny"):
            continue  # it may not be there
        said: Statement = {"effect": each.get("effect") or "Allow"}
        but = each.get("not_actions")
        said |= {"notaction": but} if but else {"action": each.get("actions")}
        for key in ("resources", "not_resources"):
            if key in each:
                said[key.replace("_", "").removesuffix("s")] = each[key]
        for key in ("principals", "not_principals"):
            for principal in _objects(each.get(key)):
                kinds = said.setdefault(key.replace("_", "").removesuffix("s"), {})
                named = principal.get("identifiers")
                listed = kinds.setdefault(str(principal.get("type")), [])
                listed += named if isinstance(named, list) else [named]
        said["condition"] = {}
        for condition in _objects(each.get("condition")):
            keys = said["condition"].setdefault(str(condition.get("test")), {})
            values = condition.get("values")
            listed = keys.setdefault(str(condition.get("variable")), [])
            listed += values if isinstance(values, list) else [values]
        yield said


def _who(said: Statement, own: frozenset[str]) -> Iterator[Who]:
    """Whom a statement is about, who is none of one's own."""
    principal = said.get("principal")
    kinds = _lowered(principal) if isinstance(principal, dict) else {}
    named = texts(kinds.get("aws"))
    if _is_everyone(principal) or "notprincipal" in said:
        yield from _within(said, own)
    if {account for each in named if (account := account_in(each))} - own:
        yield Who.OTHERS if _tells_accounts(own) else Who.UNSURE
    some = {each for kind, them in kinds.items() if kind != "service" for each in texts(them)}
    nameless = {each for each in some - own - {"*"} if not account_in(each)}
    federated = {account_in(each) for each in texts(kinds.get("federated"))} - own
    if nameless or federated or _is_open(said.get("principal", "")):
        yield Who.BOUND


def _is_open(principal: Any) -> bool:
    """Whether it is not known who all is meant."""
    if not isinstance(principal, dict):
        return principal is None
    return any(
        each is None or (isinstance(each, list) and None in each) for each in principal.values()
    )


def _within(said: Statement, own: frozenset[str]) -> Iterator[Who]:
    """Who of all people meets the conditions of a statement."""
    found = {Who.ANYONE}
    for operator, key, values in _conditions(said):
        if "not" in operator or "null" in operator or operator.endswith("ifexists"):
            continue
        if operator.startswith("forallvalues:"):
            continue
        meeting = _meeting(key, values, own)
        if not meeting:
            return
        found |= meeting if Who.ANYONE not in meeting else set()
    yield next(w for w in (Who.OTHERS, Who.UNSURE, Who.BOUND, Who.ANYONE) if w in found)


def _meeting(key: str, values: Sequence[str], own: frozenset[str]) -> frozenset[Who]:
    """Who is one of some values by a key of conditions: it narrows only where each of them does."""
    if key in _ACCOUNTS:
        others = Who.OTHERS if _tells_accounts(own) else Who.UNSURE
        return frozenset(
            others if account else Who.ANYONE if "*" in each else Who.BOUND
            for each in values
            if (account := account_in(each)) not in own
        )
    if key in _ORGANIZATIONS:
        open_to_all = any("*" in each.partition("/")[0] for each in values)
        return frozenset({Who.ANYONE if open_to_all else Who.OTHERS})
    narrow = key in _WHENCE and not any(map(_WIDE.fullmatch, values))
    return frozenset({Who.BOUND if narrow else Who.ANYONE})


def _conditions(said: Statement) -> Iterator[tuple[str, str, list[str]]]:
    """What must be so, by the operator and the name of it; of what is not known, an empty text."""
    condition = said.get("condition", {})
    if not isinstance(condition, dict):
        yield "", "", [""]
        return
    for operator, keys in condition.items():
        for key, values in keys.items() if isinstance(keys, dict) else (("", None),):
            listed = values if isinstance(values, list) and values else [values]
            plain = [each if isinstance(each, str) else "" for each in listed]
            yield str(operator).lower(), str(key).lower(), plain


def _left(who: frozenset[Who], denied: Sequence[Statement], own: frozenset[str]) -> frozenset[Who]:
    """Those of some who are still let in where all that they may do is denied."""
    for each in denied:
        left = _spared(each, own)
        if not left:
            return left
        if Who.ANYONE in who and Who.ANYONE not in left:
            who = who - {Who.ANYONE} | left
    return who


def _spared(denied: Statement, own: frozenset[str]) -> frozenset[Who]:
    """Whom a statement does not deny anything: who is none of its principals, or meets no condition of it."""
    spared: set[Who] = set()
    if "notprincipal" in denied:
        spared |= {*_who({"principal": denied["notprincipal"]}, own)}
    elif not _is_everyone(denied.get("principal")):
        return frozenset({Who.ANYONE})
    for operator, key, values in _conditions(denied):
        if operator.startswith("bool") and key in _BY_SERVICES and values == ["false"]:
            spared.add(Who.BOUND)
        elif "not" not in operator or operator.startswith("foranyvalue:"):
            spared.add(Who.ANYONE)
        else:
            met = _meeting(key, values, own)
            is_one = key in _ORGANIZATIONS and Who.ANYONE not in met
            spared |= {Who.BOUND} if is_one else met
    return frozenset(spared)


def _is_everyone(principal: Any) -> bool:
    kinds = _lowered(principal)
    return principal == "*" or "*" in (*texts(kinds.get("aws")), *texts(kinds.get("*")))


def _contains(denied: Statement, allowed: Statement) -> bool:
    """Whether all resources that one statement is about are among those of another, for sure."""
    if "notresource" in denied:
        return False
    patterns = texts(denied.get("resource", "*"))
    about = ["*"] if "notresource" in allowed else allowed.get("resource", "*")
    listed = about if isinstance(about, list) else [about]
    return bool(listed) and all(
        any(
            _pattern(pattern).fullmatch(each if isinstance(each, str) else "*")
            for pattern in patterns
        )
        for each in listed
    )


def _pattern(text: str) -> re.Pattern[str]:
    """What a pattern matches, other patterns among it: all that those match it matches, too."""
    meant = {"*": ".*", "?": "[^*]"}
    return re.compile("".join(meant.get(each, re.escape(each)) for each in text), re.DOTALL)


def _tells_accounts(own: Iterable[str]) -> bool:
    return any(map(account_in, own))


def _matches(action: str, patterns: Iterable[str]) -> bool:
    plain = (each.lower().replace("[", "[[]") for each in patterns)
    return any(fnmatchcase(action.lower(), each) for each in plain)


def _is(said: Statement, effect: str) -> bool:
    return str(said.get("effect")).lower() == effect


def _lowered(value: Any) -> dict[str, Any]:
    """A map with its keys in small letters, as policies make no difference between them."""
    return (
        {str(key).lower(): each for key, each in value.items()} if isinstance(value, dict) else {}
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]
