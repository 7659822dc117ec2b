"""Systems by number: the texts of each follow from its number alone, so that a run can be split and gone on with."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from tests.properties.flows import Pool, pool
from tests.properties.laws import policy_texts

#: How many systems in a row are judged by the same policies, and are made of the same statements.
FAMILY = 25
#: How many different statements there are of each thing in a family.
ALIKE = 2
#: How many flows a system may have beside those that make something known: mostly few.
FLOWS = (*range(1, 6), *range(1, 6), *range(1, 6), *range(1, 9), *range(1, 9), *range(1, 21))
#: The same where nodes join data: what is joined again and again on a circle has no end that one could wait for.
FEWER = tuple(size for size in FLOWS if size <= 8)
#: The same where a rule speaks of joins, of which there are as many as pairs of data.
FEW = tuple(size for size in FLOWS if size <= 5)


def numbered(number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The policies, and the statements of the system, of a number."""
    laws, statements = _family(number // FAMILY)
    draw = Random(f"system {number}")
    joined = any("  joins " in each for alike in statements.slots for each in alike)
    asked = any(": join" in law for law in laws)
    return laws, statements.system(draw, draw.choice(FEW if asked else FEWER if joined else FLOWS))


@lru_cache(maxsize=2)
def _family(number: int) -> tuple[tuple[str, ...], Pool]:
    draw = Random(f"family {number}")
    return policy_texts(draw), pool(draw, max(FLOWS), ALIKE)
