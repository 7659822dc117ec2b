"""Settings: what those are called of whom a setting does not tell who they are, and what is read elsewhere."""

from __future__ import annotations

import re

from lawful.importers._hosts import UNKNOWN

#: A flag that may have its value in the same word.
_SHORT = re.compile(r"-[^-].+")


def setting_id(node: str, word: str, key: str) -> str:
    """Under which id whoever a setting of a node names is a node: `web.environment.MAIL_URL`."""
    plain = key.lstrip("-")
    named = re.fullmatch(r"[\w.-]+", plain) and not _SHORT.fullmatch(key)
    return f"{node}.{word}.{plain}" if named else f"{node}.{word}"


def from_file(key: str, text: str) -> tuple[str, str]:
    """A setting as it is; where it names a file that holds its value, the one that this is for, not known.

    >>> from_file("MAIL_FILE", "/run/secrets/mail") == ("MAIL", UNKNOWN)
    True
    """
    if key.endswith("_FILE") and text.startswith("/"):
        return key.removesuffix("_FILE"), UNKNOWN
    return key, text
