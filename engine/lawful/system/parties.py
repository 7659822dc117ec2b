"""Parties: what their declarations say, and what must hold among their roles and affiliations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lawful.system.attributes import attributes
from lawful.system.corrections import Corrections
from lawful.system.gather import Gathered
from lawful.system.layers import merge
from lawful.system.model import Certificate, Fact, Party, Role
from lawful.system.names import Scope
from lawful.system.properties import bare, every, listed, named
from lawful.system.specific import clashes, covering
from lawful_dsl import syntax as s
from lawful_dsl.vocabulary import Lattice


def parties(gathered: Gathered, corrected: Corrections, lattice: Lattice) -> dict[str, Party]:
    """The parties by id, each the sum of its declarations."""
    found: dict[str, Party] = {}
    for id, layers in gathered.parties.items():
        said = [party(layer.scope, id, layer.said) for layer in layers]
        found[id] = merge(gathered.scope, id, said, corrected.get(id, {}))
    _check_roles(gathered.scope, found, lattice)
    return _without_cycles(gathered.scope, found)


def party(scope: Scope, id: str, said: s.PartyDecl) -> Party:
    """A party as one declaration tells it."""
    props = said.props
    affiliate = named(scope, props, "affiliate of")
    return Party(
        id=id,
        label=said.label.text if said.label else "",
        kinds=bare(scope, props, "party_prop", "parties")["parties"],
        places=scope.fact(listed(scope, props, "in"), "places"),
        contracts=scope.fact(listed(scope, props, "under"), "mechanisms", "measures"),
        certificates=_certificates(scope, every(props, s.Certified)),
        roles=tuple(_role(scope, role) for role in every(props, s.RoleDecl)),
        affiliate_of=scope.party(affiliate, "what a party is an affiliate of") if affiliate else "",
        attributes=attributes(scope, "party", props),
        span=said.id.span,
    )


def _certificates(scope: Scope, said: Sequence[s.Certified]) -> Fact[Certificate]:
    if not said:
        return Fact()
    held = {
        Certificate(term, each.since, each.until)
        for each in said
        for term in scope.terms(each.names.items, "certificates")
    }
    for each in said:
        if each.since and each.until and each.until < each.since:
            message = f"`until {each.until}` is before `from {each.since}`"
            scope.error(message, each.span, "write the first day, then the last")
    whole = not any(each.names.open for each in said)
    values = tuple(sorted(held, key=repr))
    return Fact(values, whole, said[0].span, not values and not whole)


def _role(scope: Scope, said: s.RoleDecl) -> Role:
    return Role(
        said.role,
        scope.terms(said.data, "data"),
        scope.terms(said.purposes, "purposes"),
        scope.party(said.acting_for, "whom one acts for") if said.acting_for else "",
        said.span,
    )


# --- what must hold among them --------------------------------------------------------------------


def _without_cycles(scope: Scope, parties: Mapping[str, Party]) -> dict[str, Party]:
    """The parties; those that are affiliates of themselves are errors, and of nobody."""
    sound = dict(parties)
    for start in parties:
        walked = [start]
        while (above := sound[walked[-1]].affiliate_of) and above in sound and above not in walked:
            walked.append(above)
        if above == start:
            chain = " → ".join(f"`{id}`" for id in (*walked, start))
            scope.error(
                f"`{start}` is an affiliate of itself: {chain}",
                parties[start].span,
                "take one `affiliate of` out: it says who belongs to whom, not both ways",
            )
            sound[start] = replace(sound[start], affiliate_of="")
    return sound


def _check_roles(scope: Scope, parties: Mapping[str, Party], lattice: Lattice) -> None:
    """Two roles that overlap, neither of them more specific, are an error (decision 7)."""
    for party in parties.values():
        for first, second in clashes(party.roles, lattice, lambda role: role.role):
            scope.error(
                f"`{party.id}` is {_shown(first)} and {_shown(second)}, "
                "which overlap with neither more specific",
                second.span,
                "say `of DATA` or `for PURPOSES` so that one of them is within the other, "
                "or they do not meet",
                ("the other role is here", first.span),
            )


def _shown(role: Role) -> str:
    return f"`{role.role}{covering(role)}`"
