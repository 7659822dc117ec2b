"""Classifications: the words for classes of data that say themselves what they stand for."""

from __future__ import annotations

__all__ = ["meaning"]

_MEANINGS = {
    "pii": "personal_data",
    "personal data": "personal_data",
    "pifi": "financial_data",
    "phi": "health_data",
    "pci": "card_data",
}
#: Of all other words nothing is known.
_UNKNOWN = "all_data"


def meaning(word: str) -> str:
    """The category that a classification is; of most words nothing is known.

    >>> meaning("PII"), meaning("Confidential")
    ('personal_data', 'all_data')
    """
    return _MEANINGS.get(word.lower(), _UNKNOWN)
