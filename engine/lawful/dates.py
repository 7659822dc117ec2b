"""Dates: what is one. They are compared as they are written, so that no other text may stand for one."""

from __future__ import annotations

from datetime import date

from lawful.failure import Failure


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, such as 2024-04-08, written so and not otherwise."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def require_date(text: str) -> None:
    """Refuse what is given as the date of a check and is none; the empty one is not given."""
    if text and not is_date(text):
        raise Failure(f"error: `{text}` is not a date such as 2024-04-08")
