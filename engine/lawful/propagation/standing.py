"""Standing: who is us, who acts for us, who is outside; in which role a party holds a datum."""

from __future__ import annotations

from functools import cached_property

from lawful.system.model import Fact, Node, Role, System
from lawful_dsl.program import ACTING_ROLES
from lawful_dsl.vocabulary import Lattice

Kleene = bool | None


def any_of(lattice: Lattice, fact: Fact[str], wanted: tuple[str, ...]) -> Kleene:
    """Whether some value of a fact is one of the wanted terms or below one."""
    found: Kleene = False if fact.whole else None
    for value in fact.values:
        for term in wanted:
            match = lattice.is_a(value, term)
            if match:
                return True
            if match is None:
                found = None
    return found


class Standing:
    """The parties of a system as one policy's `by` party sees them; `by` empty: there is no us."""

    def __init__(self, system: System, lattice: Lattice, by: str) -> None:
        self.system = system
        self.lattice = lattice
        self.by = by
        self._roles: dict[tuple[str, str, str], str | None] = {}

    @cached_property
    def ours(self) -> frozenset[str]:
        """The ids of the parties that are us: the policy's own, and its affiliates."""
        if not self.by:
            return frozenset()
        found = {self.by}
        more = found
        while more:
            more = {p.id for p in self.system.parties.values() if p.affiliate_of in found} - found
            found = found | more
        return frozenset(found)

    def is_us(self, node: Node) -> Kleene:
        """Whether a node is ours."""
        if node.kind == "subject":
            return False
        if not node.owner:
            return False if node.kind in ("source", "recipient") else None
        return node.owner in self.ours if self.by else None

    def role(self, party: str, leaf: str, purpose: str) -> str | None:
        """The role of a party for a data leaf and a purpose leaf (empty: unknown); none is unknown."""
        key = (party, leaf, purpose)
        if key not in self._roles:
            self._roles[key] = self._find_role(party, leaf, purpose)
        return self._roles[key]

    def _find_role(self, party: str, leaf: str, purpose: str) -> str | None:
        declared = self.system.parties[party].roles if party in self.system.parties else ()
        covering = [r for r in declared if self._covers_leaf(r, leaf)]
        if purpose:
            found = self._most_specific([r for r in covering if self._covers_purpose(r, purpose)])
            return found.role if found else None
        whatever: set[str | None] = set()
        for candidate in self._purposes_to_try(covering):
            found = self._most_specific([r for r in covering if self._covers_purpose(r, candidate)])
            whatever.add(found.role if found else None)
        return whatever.pop() if len(whatever) == 1 else None

    def _purposes_to_try(self, roles: list[Role]) -> list[str]:
        if not any(r.purposes for r in roles):
            return [""]
        return sorted(self.lattice.extent(self.lattice.vocabulary.of_list("purposes")))

    def _covers_leaf(self, role: Role, leaf: str) -> bool:
        return not role.data or leaf in self.lattice.extent(role.data)

    def _covers_purpose(self, role: Role, purpose: str) -> bool:
        return not role.purposes or purpose in self.lattice.extent(role.purposes)

    def _most_specific(self, roles: list[Role]) -> Role | None:
        """The narrowest of some roles; of several that overlap, one, if they say the same (decision 7)."""
        narrowest = [r for r in roles if not any(self._narrower(other, r) for other in roles)]
        same = {(r.role, r.acting_for) for r in narrowest}
        return narrowest[0] if len(same) == 1 else None

    def _narrower(self, role: Role, than: Role) -> bool:
        return self._within(role, than) and not self._within(than, role)

    def _within(self, narrow: Role, wide: Role) -> bool:
        data = not wide.data or (
            bool(narrow.data) and self.lattice.extent(narrow.data) <= self.lattice.extent(wide.data)
        )
        purposes = not wide.purposes or (
            bool(narrow.purposes)
            and self.lattice.extent(narrow.purposes) <= self.lattice.extent(wide.purposes)
        )
        return data and purposes

    def acts_for(self, party: str, leaf: str, purpose: str) -> str | None:
        """For whom a party acts in its role: an id, empty where it names nobody; None where it does not act."""
        declared = self.system.parties[party].roles if party in self.system.parties else ()
        covering = [
            r
            for r in declared
            if self._covers_leaf(r, leaf) and (not purpose or self._covers_purpose(r, purpose))
        ]
        found = self._most_specific(covering)
        return found.acting_for if found and found.role in ACTING_ROLES else None

    def is_acting(self, node: Node, leaf: str, purpose: str) -> Kleene:
        """Whether the owner of a node acts for us, for a data leaf and a purpose leaf."""
        if node.kind == "subject" or node.owner in self.ours:
            return False
        if not node.owner:
            return False if node.kind in ("source", "recipient") else None
        role = self.role(node.owner, leaf, purpose)
        if role is None:
            return self._unknown_role(node.owner, leaf) if not purpose else None
        if role not in ACTING_ROLES:
            return False
        whom = self.acts_for(node.owner, leaf, purpose)
        return not whom or whom in self.ours or not self.by

    def _unknown_role(self, party: str, leaf: str) -> Kleene:
        """With the purpose unknown: false where no role of the party for the leaf is an acting one."""
        return False if self._starts(party, leaf) else None

    def is_outside(self, node: Node, leaf: str, purpose: str) -> Kleene:
        """Whether a node is neither ours nor of one who acts for us."""
        us, acting = self.is_us(node), self.is_acting(node, leaf, purpose)
        if us or acting:
            return False
        return None if us is None or acting is None else True

    def starts(self, node: Node, leaf: str) -> bool:
        """Whether what leaves a node starts anew, for a data leaf: known to be outside whatever the purpose."""
        if node.kind == "subject":
            return True
        if not node.owner:
            return node.kind in ("source", "recipient")
        return bool(self.by) and node.owner not in self.ours and self._starts(node.owner, leaf)

    def _starts(self, party: str, leaf: str) -> bool:
        declared = self.system.parties[party].roles if party in self.system.parties else ()
        covering = [r for r in declared if self._covers_leaf(r, leaf)]
        if not covering:
            return False
        for purpose in self._purposes_to_try(covering):
            found = self._most_specific(
                [r for r in covering if not purpose or self._covers_purpose(r, purpose)]
            )
            if found is None:
                return False
            if found.role in ACTING_ROLES:
                for_us = not found.acting_for or found.acting_for in self.ours or not self.by
                if for_us:
                    return False
        return True
