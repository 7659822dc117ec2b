"""Space: the dimensions of a scene, and the values of each, in the order in which they are preferred.

What the rules of a policy name comes first; of a term that has others below it, those are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from lawful.testing.strategies.choices import Value
from lawful_dsl.program import (
    FORMS,
    ROLES,
    AttributeIs,
    GuardedBy,
    LineageIn,
    Passage,
    Policy,
    ProductIs,
    Program,
    Reach,
    Retain,
    SiteIs,
    StateIs,
)
from lawful_dsl.syntax import Length, Unlimited
from lawful_dsl.vocabulary import Lattice

#: Where a party stands: we, another party, the datum's own subject, another person.
US, PARTY, OWN, ANOTHER = "us", "party", "own", "another"
#: A value of its own for what there is nothing of.
NOTHING = ""
#: The age of those of whom no rule asks it.
AGE = 30
#: Lists of which a carrier, or a party, may have several terms: each is a dimension that is yes or no.
OF_CARRIERS = {
    "basis": "bases",
    "consent": "consents",
    "mechanism": "mechanisms",
    "measure": "measures",
}
OF_PARTIES = {"contract": "mechanisms", "certificate": "certificates"}
#: Of what attributes are told in a scene, by what they are declared of.
OWNERS = {
    "party": (US, PARTY),
    "node": ("source", "target"),
    "flow": ("flow",),
    "subject": ("subject",),
}

Space = Mapping[str, tuple[Value, ...]]


def within(thing: object) -> Iterator[object]:
    """All parts of a value, itself first."""
    yield thing
    if is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from within(getattr(thing, each.name))
    elif isinstance(thing, tuple | frozenset):
        for item in thing:
            yield from within(item)


def leaves(lattice: Lattice, list: str, named: Iterable[str]) -> tuple[str, ...]:
    """The terms of a list below which there are none, those that are named, or are below such, first."""
    mentioned = set(named)
    ends = [t for t in lattice.vocabulary.of_list(list) if len(lattice.leaves(t)) == 1]
    return tuple(sorted(ends, key=lambda t: (not mentioned & lattice.ancestors(t), t)))


def space_of(program: Program, policy: Policy, lattice: Lattice) -> Space:
    """The space in which the rules of a policy can be told apart."""
    parts = list(within((policy.rules, policy.treats)))
    named = [part for part in parts if isinstance(part, str)]
    found: dict[str, tuple[Value, ...]] = {}

    def terms(list: str) -> tuple[str, ...]:
        return leaves(lattice, list, named)

    followed = {term for part in parts if isinstance(part, LineageIn) for term in part.terms}
    found |= {
        "source": (OWN, US, PARTY),
        "target": (US, PARTY, ANOTHER, OWN),
        "data": terms("data"),
        "comes_from": (NOTHING, *(d for d in terms("data") if followed & lattice.ancestors(d))),
        "partner": terms("data"),
        "form": FORMS,
        "subject": terms("subjects"),
        "age": _ages(),
        "known": (True, False),
        "residence": terms("places"),
        "giver": (NOTHING, *terms("subjects")),
        "retention": _periods(parts),
        "us.party": _kinds_of_us(lattice, named),
        "us.role": ("controller", *(role for role in ROLES if role != "controller")),
        "us.seat": terms("places"),
        "party.party": terms("parties"),
        "party.role": ("controller", *(role for role in ROLES if role != "controller")),
        "party.seat": terms("places"),
    }
    asks = {type(part) for part in parts}
    kinds = {kind for kind, _ in policy.governs}
    gated = "product" in kinds or asks & {ProductIs, Passage}
    sited = "site" in kinds or SiteIs in asks
    for end in ("source", "target"):
        environments = sorted(terms("environments"), key=lambda e: e != "production")
        found |= {
            f"{end}.environment": (*environments, *(() if environments else (NOTHING,))),
            f"{end}.product": _products(policy, lattice, named) if gated else ((),),
            f"{end}.place": terms("places"),
            f"{end}.node": ("service", "store", "client"),
        }
        if sited:
            found[f"{end}.site"] = (NOTHING, *terms("sites"))
    for carrier in ("", "o.", "n."):
        found |= {
            f"{carrier}purpose": terms("purposes"),
            f"{carrier}channel": ("none", *terms("channels")),
            f"{carrier}consideration": ("none", "money", "valuable"),
        }
        for word, of in OF_CARRIERS.items():
            found |= {f"{carrier}{word}:{term}": (False, True) for term in terms(of)}
    for party in (US, PARTY):
        for word, of in OF_PARTIES.items():
            found |= {f"{party}.{word}:{term}": (False, True) for term in terms(of)}
    found |= {f"mark:{term}": (False, True) for term in terms("marks")}
    for part in parts:
        if isinstance(part, StateIs):
            found[f"state:{part.state}"] = (False, True)
        elif isinstance(part, GuardedBy):
            found[f"state:{part.state}"] = (False, True)
            found[f"guard:{part.state}"] = (False, True)
        elif isinstance(part, Reach):
            found |= {f"reach:{term}": (False, True) for term in part.terms}
        elif isinstance(part, AttributeIs) and part.where != "data":
            wanted = _worths(program, part)
            for of in OWNERS[program.vocabulary.attributes[part.name].owner]:
                there = found.get(f"{of}.={part.name}", ())
                found[f"{of}.={part.name}"] = (*there, *(v for v in wanted if v not in there))
    return found


def _products(policy: Policy, lattice: Lattice, named: Collection[str]) -> tuple[Value, ...]:
    """Which products a node is: such as the policy governs first, or beside others; a gate is none like others."""
    governed = {name for kind, name in policy.governs if kind == "product"}
    every = leaves(lattice, "products", ())
    ours = [product for product in every if lattice.ancestors(product) & governed]
    others = sorted((p for p in every if p not in ours), key=lambda p: p in named)
    beside = [(product, *ours[:1]) for product in others]
    alone = [(product,) for product in others]
    return tuple(dict.fromkeys((*((product,) for product in ours), *beside, *alone))) or ((),)


def _kinds_of_us(lattice: Lattice, named: Sequence[str]) -> tuple[Value, ...]:
    """Which kind of party we are: first what rules speak of least, since they speak of others."""
    times = Counter(named)
    kinds = leaves(lattice, "parties", ())
    spoken = {kind: sum(times[term] for term in lattice.ancestors(kind)) for kind in kinds}
    return tuple(sorted(kinds, key=lambda kind: spoken[kind])) or (NOTHING,)


def _ages() -> tuple[Value, ...]:
    """Of all ages the nearest to the plainest first."""
    return tuple(sorted(range(100), key=lambda years: abs(years - AGE)))


def _periods(parts: Iterable[object]) -> tuple[Value, ...]:
    bounds = dict.fromkeys(part.period for part in parts if isinstance(part, Retain))
    return (Length(1, "days"), Unlimited(), *(b for b in bounds if b != Unlimited()))


def _worths(program: Program, asked: AttributeIs) -> tuple[Value, ...]:
    """What an attribute may be worth, so that it is on either side of what is asked."""
    definition = program.vocabulary.attributes[asked.name]
    value: Any = asked.value
    if definition.type == "yes_no":
        return (False, True)
    if definition.values:
        return definition.values
    if isinstance(value, int):
        return (value, value - 1, value + 1)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (value, "0001-01-01", "9999-01-01")
    return (value, Length(1, "days"), Unlimited())
