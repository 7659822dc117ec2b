"""Left: what models say that has no equal here, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from lawful.importers._sketch import Sketch
from lawful.importers._words import plain
from lawful.importers.threagile.parts import SECTIONS, links, titles
from lawful.system.document.pointed import Pointed
from lawful_dsl.source import Source

__all__ = ["count", "count_asset", "count_link"]

_OF_DATA = ("owner", "origin", "quantity", "integrity", "availability", "usage", "tags")
#: What is told of a thing and has no equal here.
_OF_ASSETS = {
    "owner": "owners of technical assets: left out, so that whose they are is unknown",
    "tags": "technical assets with tags: left out",
    "internet": "technical assets on the internet: left out",
    "out_of_scope": "technical assets out of the scope of the threat model: taken in",
}
_LEFT = {
    "shared_runtimes": "shared runtimes: left out",
    "individual_risk_categories": "categories of risks: left out",
    "risk_tracking": "risks that are tracked: left out",
    "abuse_cases": "abuse cases: left out",
    "security_requirements": "security requirements: left out",
}
#: What is read, what describes, and what serves the drawing.
_ALL = {
    *("id", "title", "description", "tags", "usage", "owner"),
    *("confidentiality", "integrity", "availability", "justification_cia_rating"),
}
_KNOWN = {
    "models": {
        *(*SECTIONS, *_LEFT, "pythreagile_version", "includes", "title", "date", "author"),
        *("contributors", "management_summary_comment", "business_criticality", "questions"),
        *("application_description", "business_overview", "technical_overview", "tags_available"),
    },
    "data assets": {*_ALL, "origin", "quantity", "dataassettype", "pinametype"},
    "technical assets": {
        *(*_ALL, "type", "used_as_client_by_human", "out_of_scope", "justification_out_of_scope"),
        *("size", "technology", "technologies", "internet", "machine", "encryption"),
        *("multi_tenant", "redundant", "custom_developed_parts", "data_formats_accepted"),
        *("data_assets_processed", "data_assets_stored", "communication_links"),
    },
    "communication links": {
        *(*_ALL, "target", "target_id", "source_id", "protocol", "authentication"),
        *("authorization", "vpn", "ip_filtered", "readonly"),
        *("data_assets_sent", "data_assets_received"),
    },
    "trust boundaries": {*_ALL, "type", "technical_assets_inside", "trust_boundaries_nested"},
}
_NOTHING: tuple[object, ...] = (None, "", [], {}, False)


def count(
    sketch: Sketch,
    sources: Sequence[Source],
    parts: Sequence[Pointed],
    whole: Mapping[str, Sequence[tuple[str, Pointed]]],
) -> None:
    """Count what has no equal here of the files, the model and its data."""
    given = {PurePath(source.file).name for source in sources}
    for part in parts:
        for file in part.texts("includes"):
            if PurePath(file.value).name not in given:
                sketch.count("included files that were not given: name them, too")
        for name, text in _LEFT.items():
            sketch.count(text, sum(1 for _ in titles(part, name)))
        _others(sketch, part, "models")
    for _, asset in whole["data_assets"]:
        _others(sketch, asset, "data assets")
    for _, boundary in whole["trust_boundaries"]:
        _others(sketch, boundary, "trust boundaries")
    rated = sum(any(asset.at(word).value for word in _OF_DATA) for _, asset in whole["data_assets"])
    sketch.count(
        "data assets with an owner, an origin, a quantity or further ratings: left out", rated
    )
    nested = sum(bool(b.at("trust_boundaries_nested").value) for _, b in whole["trust_boundaries"])
    sketch.count("trust boundaries within others: an asset has the innermost alone", nested)


def count_asset(sketch: Sketch, asset: Pointed) -> None:
    """Count what has no equal here of a technical asset and its links."""
    if asset.text("encryption", "") == "none":
        sketch.count("technical assets that are not encrypted: their measures stay unknown")
    for word, text in _OF_ASSETS.items():
        if asset.at(word).value:
            sketch.count(text)
    _others(sketch, asset, "technical assets")
    for _, _, link in links(asset):
        _others(sketch, link, "communication links")


def count_link(sketch: Sketch, link: Pointed, *, secured: bool) -> None:
    """Count what has no equal here of how a link is protected."""
    if link.at("vpn").value is True:
        sketch.count("links through a VPN: that is no measure here")
    if not secured:
        sketch.count("links whose protocol is not encrypted: their measures stay unknown")


def _others(sketch: Sketch, at: Pointed, what: str) -> None:
    """Count the keys that the format does not have, or not for these."""
    for key, value in at.value.items():
        if (
            key not in _KNOWN[what]
            and not key.startswith("diagram_tweak")
            and value not in _NOTHING
        ):
            sketch.count(f"`{plain(key)}` of {what}: left out")
