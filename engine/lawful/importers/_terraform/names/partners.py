"""Partners: who those are with whom something is shared, by digests, so that it shows where somebody else comes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

#: Accounts by their numbers and canonical ids, and organizations, wherever they stand in a value.
_NAMED = re.compile(
    r"(?<![\w.-])(?:(?P<account>\d{12}|[0-9a-f]{64})|(?P<organization>o-[a-z0-9]+))(?![\w.])"
)


def partners(value: Any, own: Iterable[str]) -> frozenset[str]:
    """Those of Amazon whom a value names, beside oneself."""
    said = _NAMED.finditer(json.dumps(value, default=str))
    known = frozenset(own)
    return frozenset(
        partner(str(match.lastgroup), match[0]) for match in said if match[0] not in known
    )


def partner(kind: str, name: str) -> str:
    """What somebody is called in place of a name: `account ~3fa2c1`."""
    return f"{kind} ~{hashlib.sha256(name.encode()).hexdigest()[:6]}"
