"""Bit sets as Python integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Of a set that is wide and has many members these are sought in its digits: to take one out copies it.
_WIDE, _MANY = 512, 64


def members(bits: int) -> Iterator[int]:
    """The positions of the bits that are set, ascending.

    >>> list(members(0b1011))
    [0, 1, 3]
    """
    passed = 0
    while bits:
        low = (bits & -bits).bit_length()
        passed += low
        yield passed - 1
        bits >>= low  # what is far up is near from there
        if bits.bit_length() > _WIDE and bits.bit_count() > _MANY:
            digits = f"{bits:b}"[::-1]
            at = digits.find("1")
            while at >= 0:
                yield passed + at
                at = digits.find("1", at + 1)
            return


def words(bits: int) -> int:
    """How many words of 64 bits a set takes; at least one.

    >>> words(0), words(1 << 63), words(1 << 64)
    (1, 1, 2)
    """
    return max(1, -(-bits.bit_length() // 64))


def bits_of(positions: Iterable[int]) -> int:
    """The set of these positions."""
    bits = 0
    for position in positions:
        bits |= 1 << position
    return bits
