"""Policies: whom those of Amazon let take data, or bring some, as far as their statements tell.

Everyone is public, unless a condition says who: an account, an organization; or from where, which leaves it open
who that is. An account is another one where it is told which are one's own. What is denied to all but some is
not public, whatever else is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any

from lawful.importers._terraform.ends import Ends
from lawful.importers._terraform.resources import Resource


class Who(Enum):
    """Somebody whom a statement lets do something, who is not the account itself."""

    #: Anyone at all; an account that is not one's own; one that may be; whoever meets a condition.
    ANYONE = "anyone"
    OTHERS = "others"
    UNSURE = "unsure"
    BOUND = "bound"


Statement = dict[str, Any]
#: An account within a principal: the number alone, or that of an ARN.
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:\w+:[\w-]*:)?(\d{12})(?::.*)?")
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
_ANYWHERE = ("0.0.0.0/0", "::/0", "*")


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
    allowed = [each for each in said if _is(each, "allow") and covers(each, actions)]
    found = frozenset(who for each in allowed for who in _who(each, own))
    if any(_is(each, "allow") and _is_vague(each) and any(_who(each, own)) for each in said):
        found |= {Who.BOUND}
    denied = any(_is(each, "deny") and covers(each, actions) and _narrows(each) for each in said)
    return found - {Who.ANYONE} | {Who.BOUND} if denied and Who.ANYONE in found else found


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
    return [_lowered(each) for each in _objects(_lowered(policy).get("statement"))]


def _is_vague(said: Statement) -> bool:
    """Whether it is not told what a statement is about, as it turns on something that is not known."""
    about = said.get("notaction" if "notaction" in said else "action")
    return about is None or (isinstance(about, list) and None in about)


def _documented(document: Resource) -> Iterator[Statement]:
    """The statements of a policy that is made of blocks, with the names that they have in its text."""
    for path in ("source_policy_documents", "override_policy_documents", "json"):
        for text in document.found(path):
            yield from _parsed(text) or ()
    for each in _objects(document.values.get("statement")):
        said: Statement = {"effect": each.get("effect") or "Allow"}
        but = each.get("not_actions")
        said |= {"notaction": but} if but else {"action": each.get("actions")}
        for key in ("principals", "not_principals"):
            for principal in _objects(each.get(key)):
                kinds = said.setdefault(key.replace("_", "").removesuffix("s"), {})
                named = principal.get("identifiers")
                listed = kinds.setdefault(str(principal.get("type")), [])
                listed += named if isinstance(named, list) else [named]
        said["condition"] = {}
        for condition in _objects(each.get("condition")):
            keys = said["condition"].setdefault(str(condition.get("test")), {})
            keys[str(condition.get("variable"))] = condition.get("values")
        yield said


def _who(said: Statement, own: frozenset[str]) -> Iterator[Who]:
    """Whom a statement is about, who is none of one's own."""
    principal = said.get("principal")
    kinds = _lowered(principal) if isinstance(principal, dict) else {}
    named = texts(kinds.get("aws"))
    if principal == "*" or "*" in (*named, *texts(kinds.get("*"))) or "notprincipal" in said:
        yield from _within(said, own)
    accounts = {account for each in named if (account := account_in(each))}
    if accounts - own:
        yield Who.OTHERS if _tells_accounts(own) else Who.UNSURE
    if set(texts(kinds.get("canonicaluser"))) - own or _is_open(said.get("principal", "")):
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
    for key, values in _conditions(said):
        if key in _ACCOUNTS:
            accounts = {account for each in values if (account := account_in(each))}
            if accounts and accounts <= own:
                return
            if accounts:
                found.add(Who.OTHERS if _tells_accounts(own) else Who.UNSURE)
            elif not any("*" in each for each in values):
                found.add(Who.BOUND)
        elif key in _ORGANIZATIONS:
            found.add(Who.OTHERS)
        elif key in _WHENCE and not set(values) & set(_ANYWHERE):
            found.add(Who.BOUND)
    yield next(w for w in (Who.OTHERS, Who.UNSURE, Who.BOUND, Who.ANYONE) if w in found)


def _conditions(said: Statement) -> Iterator[tuple[str, list[str]]]:
    """What must be so, by its name: neither what must not be, nor what need not be told."""
    condition = said.get("condition")
    for operator, keys in condition.items() if isinstance(condition, dict) else ():
        plain = str(operator).lower()
        if "not" in plain or plain.endswith("ifexists") or not isinstance(keys, dict):
            continue
        for key, values in keys.items():
            yield str(key).lower(), texts(values)


def _narrows(denied: Statement) -> bool:
    """Whether all but some are denied something, as whom or from where they come tells."""
    if "notprincipal" in denied:
        return True
    condition = _lowered(denied.get("condition"))
    keys = [key for each in condition.values() for key in _lowered(each)]
    return not keys or any(key in _ACCOUNTS | _ORGANIZATIONS | _WHENCE for key in keys)


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
