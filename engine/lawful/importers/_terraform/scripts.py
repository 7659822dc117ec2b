"""Scripts: whom the texts name that machines run when they start, and the values that charts are given.

A text may be in base64, and packed. What it says in remarks and prints is nobody; what cannot be read is counted.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lawful.importers._commands import arguments
from lawful.importers._hosts import is_possible, mentions
from lawful.importers._terraform.names.ends import Ends, Flow
from lawful.importers._terraform.state.resources import Resource

#: The settings that are such texts, by type.
SCRIPTS = tuple(
    (type, path)
    for type, *paths in (
        line.split()
        for line in """
aws_instance user_data user_data_base64
aws_launch_configuration user_data user_data_base64
aws_launch_template user_data
aws_lightsail_instance user_data
aws_spot_instance_request user_data user_data_base64
azurerm_linux_virtual_machine custom_data user_data
azurerm_linux_virtual_machine_scale_set custom_data user_data
azurerm_orchestrated_virtual_machine_scale_set user_data_base64
azurerm_virtual_machine os_profile.custom_data
azurerm_virtual_machine_extension settings protected_settings
azurerm_virtual_machine_scale_set os_profile.custom_data
azurerm_virtual_machine_scale_set_extension settings protected_settings
azurerm_windows_virtual_machine custom_data user_data
azurerm_windows_virtual_machine_scale_set custom_data user_data
digitalocean_droplet user_data
google_cloudbuild_trigger build.step.script
google_compute_instance metadata_startup_script metadata
google_compute_instance_template metadata_startup_script metadata
google_compute_region_instance_template metadata_startup_script metadata
hcloud_server user_data
helm_release values
linode_instance metadata.user_data
nomad_job jobspec
oci_core_instance metadata
scaleway_instance_server user_data cloud_init
""".strip().splitlines()
    )
    for path in paths
)
_TYPES = frozenset(type for type, _ in SCRIPTS)
#: The digest that stands in a state for a text.
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{16,}={0,2}\s*")
_REMARK = re.compile(r"^\s*(?:#|//|rem\b|::).*$", re.MULTILINE | re.IGNORECASE)
#: A key and a value, as of YAML, of a JSON that is written over lines, or of HCL.
_PAIR = re.compile(r"^[\s,{-]*[\"']?([\w.-]+)[\"']?\s*(?::\s+|\s=\s+|:(?=[\"']))(.*)$")
#: What is printed is nobody, unless it is written into a file.
_PRINTS = re.compile(r"\b(?:echo|printf)\b")
_WRITES = re.compile(r">>?\s*(?!&|/dev/)[\w/$~\"'.{]|\|\s*(?:sudo\s+)?tee\b")
_SAYS_NOBODY = ("description", "homepage", "image", "repository")
_LARGEST = 1_000_000


@dataclass
class Scripts:
    """What scripts name.

    `unread` are the settings whose text cannot be read, `possible` those that name what may be
    a host, with their types.
    """

    ends: Ends
    unread: dict[tuple[str, str], str] = field(default_factory=dict)
    possible: dict[tuple[str, str], str] = field(default_factory=dict)

    def flows(self) -> Iterator[Flow]:
        """The flows from machines to whom their scripts name."""
        for resource in self.ends.plan.resources:
            none = resource.data or resource.type not in _TYPES
            for type, path in () if none else SCRIPTS:
                if resource.type == type:
                    yield from self._of(resource, path)

    def _of(self, resource: Resource, path: str) -> Iterator[Flow]:
        for value, sensitive in resource.said(path):
            text = read(value) if isinstance(value, str) else ""
            if text is None:
                self.unread[resource.address, path] = resource.type
                continue
            homes = self.ends.of(resource, ".")
            for key, word in words(text):
                if any(map(is_possible, mentions(key, word))):
                    self.possible[resource.address, path] = resource.type
                for end in self.ends.said(key, word, resource, sensitive):
                    yield from (Flow(home, end, resource.at(path)) for home in homes)
                    if not homes:
                        self.ends.lost[resource.address, path] = resource.type


def read(text: str) -> str | None:
    """A text as who runs it reads it; none where that cannot be told."""
    if not _BASE64.fullmatch(text) or _DIGEST.fullmatch(text.strip()):
        return None if _DIGEST.fullmatch(text.strip()) else text
    plain = "".join(text.split())
    if len(plain) % 4:
        return text
    try:
        packed = base64.b64decode(plain, validate=True)
        if packed.startswith(b"\x1f\x8b"):
            packed = zlib.decompressobj(31).decompress(packed, _LARGEST)
        return packed.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None


def words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that are not remarks, each with the key or flag whose value it is."""
    for line in _REMARK.sub("", text).splitlines():
        pair = _PAIR.match(line)
        if pair and pair[1].lower() in _SAYS_NOBODY:
            continue
        if pair and not re.search(r"\s\S", pair[2].strip().strip("\"',")):
            yield pair[1], pair[2].strip().strip("\"',")
            continue
        said = _PRINTS.sub("", line) if _WRITES.search(line) else line
        for key, word in arguments([said]):
            yield key or "script", word
