"""Policies: the rules of Fides policies as rules of ours."""

from __future__ import annotations

from collections import Counter

from lawful.importers._words import plain
from lawful.importers.fides.manifest import Manifest
from lawful.importers.fides.terms import Terms
from lawful.system.document.pointed import Pointed
from lawful_dsl import syntax as s

#: The words with which a rule says which of its values count.
_MATCHES = ("ANY", "ALL", "NONE", "OTHER")
_DIMENSIONS = {"data_categories": "data", "data_uses": "purposes", "data_subjects": "subjects"}


def read_rules(manifest: Manifest, terms: Terms) -> tuple[tuple[s.LawStatement, ...], Counter[str]]:
    """The rules, and how many things could not be said so."""
    rules: list[s.LawStatement] = []
    left: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for key, said in manifest.each("policy"):
        for policy in said:
            for number, rule in enumerate(policy.each("rules"), 1):
                own = rule.text("fides_key", "") or rule.text("name", "") or f"rule {number}"
                id = f"{key}.{plain(own)}"
                taken[id] += 1
                if taken[id] > 1:
                    id = f"{id} {taken[id]}"
                rules.append(_rule(rule, id, terms, left))
    return tuple(rules), left


def _other(part: s.Part, kind: str, keys: list[str], terms: Terms) -> s.Condition:
    """What is none of some keys: of data, those too that Fides has elsewhere and we call personal."""
    apart = terms.apart(kind, keys)
    outside = s.Not(part, part.span)
    names = tuple(s.Name(name, part.span) for name in apart)
    return s.Or((outside, s.Part("of", names, span=part.span)), part.span) if apart else outside


def _rule(rule: Pointed, id: str, terms: Terms, left: Counter[str]) -> s.Forbid:
    left["rules on how identifiable data are (`data_qualifier`): asked of all data"] += bool(
        rule.at("data_qualifier").value
    )
    parts: list[s.Part] = []
    tests: list[s.Condition] = []
    for key, kind in _DIMENSIONS.items():
        if rule.at(key).value is None:
            continue
        said = rule.within(key)
        matches = said.text("matches", "ANY").upper()
        if matches not in _MATCHES:
            said.at("matches").reject(
                f"`{plain(matches)}` is no way to match", f"known are {', '.join(_MATCHES)}"
            )
        values = list(said.texts("values"))
        names = {n.text: n for v in values for n in terms.below(kind, v.value, v.span)}
        if not names:
            left["rules on no value of a kind: asked of all of them"] += 1
            continue
        several = matches == "ALL" and len(values) > 1
        left["rules that match NONE, or ALL of several: asked of each datum by itself"] += (
            several or matches == "NONE"
        )
        part = s.Part("for" if kind == "purposes" else "of", tuple(names.values()), span=said.span)
        if matches in ("ANY", "ALL"):
            parts.append(part)
        else:
            tests.append(_other(part, kind, [plain(value.value) for value in values], terms))
    when: s.Condition | None = s.And(tuple(tests), rule.span) if len(tests) > 1 else None
    event = s.Event(
        s.Name("use", rule.span), tuple(parts), when or next(iter(tests), None), rule.span
    )
    named = rule.text("name", "")
    because = (s.Text(plain(named).replace('"', "”"), "en", rule.span),) if plain(named) else ()
    return s.Forbid(s.Name(id, rule.span), event, (), s.Meta(because=because), rule.span)
