"""Transfer: the image of a bit set under a function of single members, worked out once per member."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lawful.kernel.bits import members


class Transfer:
    """A function from sets to sets that distributes over union.

    `step` gives the image of one member as a bit set; it is asked once for each member. Members that
    pass unchanged are kept in a mask, so that the image of a set is mostly one `and`.
    """

    __slots__ = ("_asked", "_changed", "_step", "moved", "open", "same")

    def __init__(self, step: Callable[[int], int]) -> None:
        self._step = step
        #: The members that pass unchanged.
        self.same = 0
        #: The members of which `moved` is to be asked: all but those that pass unchanged or not at all.
        self.open = -1
        #: What members become that neither pass unchanged nor not at all.
        self.moved: dict[int, int] = {}
        # What was asked last: the next flow that does the same reads the same, or some more.
        self._asked = 0
        self._changed = 0

    @classmethod
    def known(cls, same: int, moved: Mapping[int, int]) -> Transfer:
        """One of which all is known: what passes unchanged, what moves where; the rest does not pass."""
        transfer = cls(_never)
        transfer.same = same
        transfer.moved = dict(moved)
        transfer.open = 0
        for member in moved:
            transfer.open |= 1 << member
        return transfer

    def image(self, bits: int) -> int:
        """The union of the images of the members."""
        image = bits & self.same
        rest = bits & self.open
        return image | self.changed(rest) if rest else image

    def changed(self, bits: int) -> int:
        """The union of the images of some members of `open`."""
        asked, image = self._asked, self._changed
        if asked & ~bits:
            asked = image = 0
        moved = self.moved
        rest = bits ^ asked
        while rest:
            low = rest & -rest
            rest ^= low
            found = moved.get(low.bit_length() - 1)
            image |= self._learn(low) if found is None else found
        self._asked, self._changed = bits, image
        return image

    def meeting(self, bits: int, among: int) -> int:
        """Those of some members whose image has any of these bits."""
        self.image(among)
        found = among & self.same & bits
        for member in members(among & self.open):
            if self.moved[member] & bits:
                found |= 1 << member
        return found

    def _learn(self, bit: int) -> int:
        member = bit.bit_length() - 1
        image = self._step(member)
        if image == bit:
            self.same |= bit
            self.open ^= bit
        elif image:
            self.moved[member] = image
        else:
            self.open ^= bit
        return image


def _never(member: int) -> int:
    raise AssertionError(f"{member} is known")


class Test:
    """A yes or no question about single members, asked once for each; answers as a mask."""

    __slots__ = ("_ask", "_seen", "_yes")

    def __init__(self, ask: Callable[[int], bool]) -> None:
        self._ask = ask
        self._seen = 0
        self._yes = 0

    def among(self, bits: int) -> int:
        """Those of the members for which the answer is yes."""
        new = bits & ~self._seen
        for member in members(new):
            if self._ask(member):
                self._yes |= 1 << member
        self._seen |= new
        return bits & self._yes
