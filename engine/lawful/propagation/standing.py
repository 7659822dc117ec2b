"""Standing: who is us, who acts for us, who is outside; in which role a party holds a datum."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from lawful.system.model import Fact, Node, Role, System
from lawful.system.specific import deciding
from lawful_dsl.program import ACTING_ROLES
from lawful_dsl.vocabulary import Lattice

Kleene = bool | None
Answer = TypeVar("Answer")


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


def _service(role: Role) -> tuple[bool, str]:
    acts = role.role in ACTING_ROLES
    return acts, role.acting_for if acts else ""


def _agreed(answers: Iterable[Answer | None]) -> Answer | None:
    """What all answers say alike; None where they differ."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


class Standing:
    """The parties of a system as one policy's `by` party sees them; `by` empty: there is no us."""

    def __init__(self, system: System, lattice: Lattice, by: str) -> None:
        self.system = system
        self.lattice = lattice
        self.by = by
        self._known: dict[tuple[str, str, str], tuple[Role | None, ...]] = {}
        self._turns: dict[str, tuple[bool, bool]] = {}

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
        return _agreed(role.role if role else None for role in self._roles(party, leaf, purpose))

    def serves(self, party: str, leaf: str, purpose: str) -> tuple[bool, str] | None:
        """Whether a party acts for somebody in its role, and whom it names; None where that is not known."""
        return _agreed(
            _service(role) if role else None for role in self._roles(party, leaf, purpose)
        )

    def _roles(self, party: str, leaf: str, purpose: str) -> tuple[Role | None, ...]:
        """The roles that a party may have: one, but where the leaf or the purpose is unknown."""
        turns = self._turns.get(party)
        if turns is None:
            said = self._declared(party)
            turns = (any(role.data for role in said), any(role.purposes for role in said))
            self._turns[party] = turns
        # What no role turns on is all one.
        key = (party, leaf if turns[0] else "", purpose if turns[1] else "")
        found = self._known.get(key)
        if found is None:
            declared, (_, leaf, purpose) = self._declared(party), key
            found = tuple(dict.fromkeys(deciding(declared, self.lattice, leaf, purpose)))
            self._known[key] = found
        return found

    def _declared(self, party: str) -> tuple[Role, ...]:
        return self.system.parties[party].roles if party in self.system.parties else ()

    def is_acting(self, node: Node, leaf: str, purpose: str) -> Kleene:
        """Whether the owner of a node acts for us, for a data leaf and a purpose leaf."""
        if node.kind == "subject" or node.owner in self.ours:
            return False
        if not node.owner:
            return False if node.kind in ("source", "recipient") else None
        return self._acts(node.owner, leaf, purpose, ())

    def _acts(self, party: str, leaf: str, purpose: str, clients: tuple[str, ...]) -> Kleene:
        """Whether a party acts for us, or for one who does (decision 8); who acts in a circle does not."""
        roles = self._roles(party, leaf, purpose)
        return _agreed(self._acts_in(role, (*clients, party), leaf, purpose) for role in roles)

    def _acts_in(
        self, role: Role | None, chain: tuple[str, ...], leaf: str, purpose: str
    ) -> Kleene:
        if role is None:
            return None
        if role.role not in ACTING_ROLES:
            return False
        if not role.acting_for:
            return True
        if not self.by:
            return None
        if role.acting_for in self.ours:
            return True
        if role.acting_for in chain:
            return False
        return self._acts(role.acting_for, leaf, purpose, chain)

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
        return bool(self.by or node.alone) and self.is_outside(node, leaf, "") is True
