"""Space: the dimensions of a scene, and the values of each, in the order in which they are preferred.

What the rules of a policy name comes first; of a term that has others below it, those are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from lawful.testing.strategies.choices import Value
from lawful_dsl.program import (
    FORMS,
    ROLES,
    AttributeIs,
    GuardedBy,
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
#: Lists of which a carrier or a party may have several terms: each is a dimension that is yes or no.
SEVERAL = {
    "basis": "bases",
    "consent": "consents",
    "mechanism": "mechanisms",
    "measure": "measures",
    "mark": "marks",
    "contract": "mechanisms",
    "certificate": "certificates",
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

    governed = [name for kind, name in policy.governs if kind == "product"]
    # what the policy governs, else what its rules do not name: a gate is no service like others
    products = sorted(
        leaves(lattice, "products", ()),
        key=lambda p: (not lattice.ancestors(p) & {*governed}, p in named),
    )
    found |= {
        "source": (OWN, US, PARTY),
        "target": (US, PARTY, ANOTHER, OWN),
        "data": terms("data"),
        "partner": terms("data"),
        "form": FORMS,
        "subject": terms("subjects"),
        "age": _ages(),
        "known": (True, False),
        "residence": terms("places"),
        "giver": (NOTHING, *terms("subjects")),
        "retention": _periods(parts),
        "us.party": (NOTHING, *terms("parties")),
        "us.role": ("controller", "processor"),
        "us.seat": terms("places"),
        "party.party": terms("parties"),
        "party.role": tuple(sorted(ROLES, key=lambda r: r != "controller")),
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
            f"{end}.product": (
                *(products if gated else ()),
                *(() if gated and products else (NOTHING,)),
            ),
            f"{end}.site": (NOTHING, *(terms("sites") if sited else ())),
            f"{end}.place": terms("places"),
            f"{end}.node": ("service", "store", "client"),
        }
    for carrier in ("", "o.", "n."):
        found |= {
            f"{carrier}purpose": terms("purposes"),
            f"{carrier}channel": ("none", *terms("channels")),
            f"{carrier}consideration": ("none", "money", "valuable"),
        }
        for word, of in SEVERAL.items():
            found |= {f"{carrier}{word}:{term}": (False, True) for term in terms(of)}
    for part in parts:
        if isinstance(part, StateIs):
            found[f"state:{part.state}"] = (False, True)
        elif isinstance(part, GuardedBy):
            found[f"state:{part.state}"] = (False, True)
            found[f"guard:{part.state}"] = (False, True)
        elif isinstance(part, Reach):
            found |= {f"reach:{term}": (False, True) for term in part.terms}
        elif isinstance(part, AttributeIs) and part.where != "data":
            owner = program.vocabulary.attributes[part.name].owner
            dimension = f"attribute:{part.where}:{owner}:{part.name}"
            there = found.get(dimension, ())
            wanted = _worths(program, part)
            found[dimension] = (*there, *(v for v in wanted if v not in there))
    return found


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
