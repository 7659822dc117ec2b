"""Waivers: `waive RULE at PATTERNS ...`, with the rules and the carriers that they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from lawful.findings import UNKNOWN_DATA
from lawful.system.gather import Gathered, Layer
from lawful.system.model import Waiver
from lawful.system.names import Scope
from lawful.system.patterns import chosen
from lawful_dsl import syntax as s
from lawful_dsl.diagnostics import near
from lawful_dsl.program import Policy


def waivers(gathered: Gathered, ids: Iterable[str], told: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers, those of one rule together.

    `ids` are those of all carriers, `told` the policies that the system names. Where not all of these
    are there, as when it is checked against another, a rule that is not known may be one of theirs:
    then nothing is said of it.
    """
    known = tuple(ids)
    policies = gathered.scope.policies
    whole = bool(policies) and {policy.name for policy in policies}.issuperset(told)
    found = []
    for layer in gathered.waived:
        scope, said = layer.scope, layer.said
        scope.because(said.because)
        rules = tuple(sorted(set(_rules(said.rule.text, policies))))
        if rules:
            found.append(_waiver(layer, rules, known))
        elif whole:
            _unknown(scope, said.rule, policies)
    return tuple(sorted(found, key=lambda each: (each.name, each.until, each.span)))


def _waiver(
    layer: Layer[s.Waive], rules: tuple[tuple[str, str], ...], ids: Sequence[str]
) -> Waiver:
    said = layer.said
    at = tuple(name.text for name in said.at)
    return Waiver(
        said.rule.text,
        at,
        rules,
        chosen(layer.scope, at, ids) if at else None,
        said.owner.text.strip() if said.owner else "",
        said.because.text,
        said.until,
        said.span,
    )


def _rules(name: str, policies: Iterable[Policy]) -> Iterator[tuple[str, str]]:
    """The rules that a name means, by policy and id: as they are called or were, in all versions."""
    for policy in policies:
        own = name.removeprefix(f"{policy.name}.")
        for said in dict.fromkeys((name, own)):
            if said == UNKNOWN_DATA:
                yield policy.name, said
            for rule in policy.rules:
                if said in (rule.about.id, *rule.about.formerly):
                    yield policy.name, rule.about.id


def _unknown(scope: Scope, rule: s.Name, policies: Iterable[Policy]) -> None:
    ids = sorted({each.about.id for policy in policies for each in policy.rules})
    scope.error(
        f"there is no rule `{rule}` to waive",
        rule.span,
        near(rule.text, ids) or "name a rule by its id, as a report does, or as `POLICY.RULE`",
    )
