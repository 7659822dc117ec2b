"""Protocols: what a technology that somebody wrote on an arrow says of how data are protected."""

from __future__ import annotations

import re

_TLS = frozenset(
    re.findall(r"\S+", "https tls mtls ssl wss ftps ldaps imaps smtps amqps mqtts rediss grpcs")
)
_OTHER = frozenset(("sftp", "ssh", "ipsec", "vpn", "wireguard"))
#: Words that leave open which one is used, or deny it.
_OPEN = frozenset(
    re.findall(
        r"\S+",
        "http ftp ldap ws smtp amqp mqtt or no not non without never optional optionally plain planned todo tbd "
        "unencrypted instead future later disabled off",
    )
)


def protection(technology: str) -> str:
    """The measure that a technology is, where it names one protocol that protects; else nothing.

    >>> protection("JSON/HTTPS"), protection("SFTP"), protection("HTTP/S"), protection("HTTP or HTTPS")
    ('tls', 'encryption_in_transit', '', '')
    """
    words = set(re.findall(r"[^\W_]+", technology.lower()))
    if not words.isdisjoint(_OPEN) or "?" in technology:
        return ""
    if not words.isdisjoint(_TLS):
        return "tls"
    return "" if words.isdisjoint(_OTHER) else "encryption_in_transit"
