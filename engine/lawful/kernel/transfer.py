"""Transfer: the image of a bit set under a function of single members, worked out once per member."""

from __future__ import annotations

from collections.abc import Callable

from lawful.kernel.bits import members


class Transfer:
    """A function from sets to sets that distributes over union.

    `step` gives the image of one member as a bit set; it is asked once for each member. Members that
    pass unchanged are kept in a mask, so that the image of a set is mostly one `and`.
    """

    __slots__ = ("_moved", "_moving", "_same", "_seen", "_step")

    def __init__(self, step: Callable[[int], int]) -> None:
        self._step = step
        self._seen = 0
        self._same = 0
        self._moving = 0
        self._moved: dict[int, int] = {}

    def image(self, bits: int) -> int:
        """The union of the images of the members."""
        new = bits & ~self._seen
        if new:
            for member in members(new):
                self._learn(member)
        image = bits & self._same
        moving = bits & self._moving
        while moving:
            low = moving & -moving
            image |= self._moved[low.bit_length() - 1]
            moving ^= low
        return image

    def _learn(self, member: int) -> None:
        bit = 1 << member
        image = self._step(member)
        self._seen |= bit
        if image == bit:
            self._same |= bit
        elif image:
            self._moving |= bit
            self._moved[member] = image


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
