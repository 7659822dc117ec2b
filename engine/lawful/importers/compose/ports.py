"""Ports: to whom those are open that a service publishes, and at which port of the machine."""

from __future__ import annotations

from lawful.importers._hosts import UNKNOWN
from lawful.importers._written import Yaml


def to_whom(port: Yaml) -> str:
    """To whom a port is open: to `all`, to the `machine` itself, or it is `unknown`."""
    before = port.text.rpartition(":")[0].rpartition(":")[0].strip("[]")
    address = port.at("host_ip").text or before
    if UNKNOWN in address:
        return "unknown"
    return "machine" if address.startswith("127.") or address in ("::1", "localhost") else "all"


def at_machine(port: Yaml) -> str:
    """The port of the machine; empty where it is any, one of several, or not known."""
    before = port.text.rpartition(":")[0].rpartition(":")[2]
    said = port.at("published").text or before
    return said if said.isdecimal() else ""
