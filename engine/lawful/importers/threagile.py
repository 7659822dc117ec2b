"""threagile: threat models of Threagile, as YAML or JSON, in one file or in several that include others.

What becomes of a model:

- A technical asset is a node with its id: a `datastore`, and whatever stores data, a store; what people
  use as clients a client; another `external-entity` a recipient; all else a service. Its owner is not taken
  over, so whose it is remains unknown.
- A data asset is a name for data, `data.ID`, in a vocabulary beside the system, grouped by its
  confidentiality. Threagile does not say what kind of data it is: write the category there.
- A communication link is a flow to its target with what is sent, `SOURCE>LINK`, and one back with what is
  received, `SOURCE<LINK`. One that names no data is a flow that may carry anything.
- Encryption of an asset is `encryption_at_rest`; a protocol that is encrypted is `tls` or
  `encryption_in_transit`; authentication with two factors is `two_factor`. That something is *not* encrypted
  has no word here: its measures stay unknown.
- The innermost trust boundary of an asset is an attribute, which the vocabulary declares.

Regions, categories, purposes and bases have no place in the format. Risks, ratings, tags and what serves
the drawing are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_yaml
from lawful.importers._sketch import Arrow, Group, Sketch, holds, refuse
from lawful.importers._words import plain
from lawful.importers._yaml import read_documents
from lawful.system.document.pointed import Pointed
from lawful_dsl.source import Source, Span

__all__ = ["APART", "read", "recognises"]

#: In a folder that is looked through, what stands in one folder is one system.
APART = "folder"

_SECTIONS = ("threagile_version", "technical_assets", "data_assets", "trust_boundaries")
_MARK = re.compile(rf"""^\s*[{{,]?\s*["']?(?:{"|".join(_SECTIONS[:3])})["']?\s*:""", re.MULTILINE)
#: Of a part that has the boundaries alone: other formats have some, too, and not who is inside.
_BOUNDARIES = re.compile(r"""^["']?trust_boundaries["']?\s*:""", re.MULTILINE)
_CLIENTS = {"browser", "desktop", "mobile-app", "client-system", "devops-client"}
_TYPES = ("external-entity", "process", "datastore")
_TLS = {"https", "wss", "ftps", "ldaps"}
_ENCRYPTED = {"ssh", "ssh-tunnel", "sftp", "scp"}
_OF_DATA = ("owner", "origin", "quantity", "integrity", "availability", "usage", "tags")
#: What is told of a thing and has no equal here.
_LEFT = {
    "owner": "owners of technical assets: left out, so that whose they are is unknown",
    "tags": "technical assets with tags: left out",
    "internet": "technical assets on the internet: left out",
    "out_of_scope": "technical assets out of the scope of the threat model: taken in",
}


def recognises(source: Source) -> bool:
    """A model, or a part that others include, has one of their sections at the beginning of a line."""
    apart = "technical_assets_inside" in source.text and bool(_BOUNDARIES.search(source.text))
    told = apart or bool(_MARK.search(source.text))
    return told and may_be_yaml(source) and not is_schema(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one model, whose parts may be several files."""
    parts = [part for source in sources for part in _parts(source)]
    if not parts:
        refuse("this file is empty", Span(sources[0].file), "begin with `threagile_version:`")
    whole = {section: list(_section(parts, section)) for section in _SECTIONS[1:]}
    sketch = Sketch(name, parts[0].span)
    _missing(parts, sources, sketch)
    if not whole["technical_assets"]:
        help = "name the files that it includes, too" if sketch.counts else "a model has some"
        refuse("there are no technical assets in it", sketch.span, help)
    groups = _groups(whole["data_assets"])
    boundaries = _boundaries(whole["trust_boundaries"])
    for title, asset in whole["technical_assets"]:
        _node(sketch, title, asset, groups, boundaries)
    for _, asset in whole["technical_assets"]:
        for link_title, link in _each(asset, "communication_links"):
            _link(sketch, asset.text("id"), link_title, link, groups)
    for id in sorted(
        {end for a in sketch.arrows for end in (a.source, a.target)} - set(sketch.nodes)
    ):
        at = next(a.span for a in sketch.arrows if id in (a.source, a.target))
        refuse(f"there is no technical asset `{id}`", at, "name one, or import its file, too")
    for id in sorted(set(groups) - {k for group in sketch.data.values() for k in group}):
        sketch.datum(id, groups[id])
    _count(sketch, parts, whole)
    titles = [part.text("title", "") for part in parts]
    return sketch.imported(next(filter(None, titles), ""))


def _parts(source: Source) -> Iterator[Pointed]:
    for document in read_documents(source):
        if not isinstance(document.value, dict):
            document.reject("this is no model of Threagile", "begin with `threagile_version:`")
        yield document


def _each(at: Pointed, section: str) -> Iterator[tuple[str, Pointed]]:
    """What a section has, by title; nothing where it is empty."""
    if at.at(section).value is not None:
        inside = at.within(section)
        for title in inside.value:
            yield title, inside.within(title)


def _titles(at: Pointed, section: str) -> Iterator[str]:
    """The titles of what a section has, whatever stands under them."""
    if at.at(section).value is not None:
        yield from at.within(section).value


def _section(parts: Sequence[Pointed], section: str) -> Iterator[tuple[str, Pointed]]:
    seen: set[str] = set()
    for part in parts:
        for title, inside in _each(part, section) if section in part.value else ():
            id = inside.text("id")
            if id in seen:
                inside.at("id").reject(
                    f"`{id}` is the id of two of `{section}`", "give each its own"
                )
            seen.add(id)
            yield title, inside


def _groups(assets: Sequence[tuple[str, Pointed]]) -> dict[str, Group]:
    """The data assets, by their confidentiality."""
    found = {}
    for _, asset in assets:
        rating = plain(asset.text("confidentiality", "")) or "unrated"
        found[asset.text("id")] = Group(rating, f"Data assets, confidentiality: {rating}")
    return found


def _boundaries(boundaries: Sequence[tuple[str, Pointed]]) -> dict[str, str]:
    """The boundary in which each technical asset stands."""
    return {
        inside.value: boundary.text("id")
        for _, boundary in boundaries
        for inside in boundary.texts("technical_assets_inside")
    }


def _node(
    sketch: Sketch, title: str, asset: Pointed, groups: dict[str, Group], boundaries: dict[str, str]
) -> None:
    id, stored = asset.text("id"), _data(sketch, asset, "data_assets_stored", groups)
    encryption = asset.text("encryption", "")
    expected = (*stored, *_data(sketch, asset, "data_assets_processed", groups))
    sketch.node(
        _kind(asset, bool(stored)),
        id,
        title,
        asset.span,
        boundary=boundaries.get(id, ""),
        measures=["encryption_at_rest"] if encryption not in ("", "none") else [],
        props=holds(expected, asset.span),
    )
    if encryption == "none":
        sketch.count("technical assets that are not encrypted: their measures stay unknown")
    for word, text in _LEFT.items():
        if asset.at(word).value:
            sketch.count(text)


def _kind(asset: Pointed, stores: bool) -> str:
    type = asset.text("type")
    if type not in _TYPES:
        asset.at("type").reject(f"`{type}` is no type of asset", f"known are {', '.join(_TYPES)}")
    technologies = {
        text.value for word in ("technology", "technologies") for text in asset.texts(word)
    }
    human = asset.at("used_as_client_by_human").value is True
    if type == "external-entity":
        return "client" if human or technologies & _CLIENTS else "recipient"
    if type == "datastore" or stores:
        return "store"
    return "client" if technologies & _CLIENTS else "service"


def _link(sketch: Sketch, source: str, title: str, link: Pointed, groups: dict[str, Group]) -> None:
    target = plain(link.text("target"))
    source = plain(source)
    sent = _data(sketch, link, "data_assets_sent", groups)
    received = _data(sketch, link, "data_assets_received", groups)
    measures = [*_protocol(link.text("protocol", ""))]
    if link.text("authentication", "") == "two-factor":
        measures.append("two_factor")
    called = re.sub(r"[\W_]+", "-", title.lower()).strip("-")
    if sent or not received:
        forth = Arrow(f"{source}>{called}", source, target, link.span, sent, tuple(measures))
        sketch.arrow(forth)
    if received:
        back = Arrow(f"{source}<{called}", target, source, link.span, received, tuple(measures))
        sketch.arrow(back)
    if link.at("vpn").value is True:
        sketch.count("links through a VPN: that is no measure here")
    if not measures:
        sketch.count("links whose protocol is not encrypted: their measures stay unknown")


def _protocol(protocol: str) -> Iterator[str]:
    if protocol in _TLS:
        yield "tls"
    elif protocol in _ENCRYPTED or protocol.endswith("-encrypted"):
        yield "encryption_in_transit"


def _data(sketch: Sketch, at: Pointed, word: str, groups: dict[str, Group]) -> tuple[str, ...]:
    """The data of a list of ids."""
    found = []
    for item in at.texts(word):
        if item.value not in groups:
            sketch.count("names of data assets that no file declares: of unknown confidentiality")
        group = groups.get(item.value, Group("undeclared", "Data assets that no file declares"))
        found.append(sketch.datum(item.value, group))
    return tuple(found)


def _missing(parts: Sequence[Pointed], sources: Sequence[Source], sketch: Sketch) -> None:
    given = {PurePath(source.file).name for source in sources}
    for part in parts:
        for file in part.texts("includes"):
            if PurePath(file.value).name not in given:
                sketch.count("included files that were not given: name them, too")


def _count(
    sketch: Sketch, parts: Sequence[Pointed], whole: dict[str, list[tuple[str, Pointed]]]
) -> None:
    """Count what of the rest has no equal here."""
    rated = sum(any(asset.at(word).value for word in _OF_DATA) for _, asset in whole["data_assets"])
    sketch.count(
        "data assets with an owner, an origin, a quantity or further ratings: left out", rated
    )
    nested = sum(bool(b.at("trust_boundaries_nested").value) for _, b in whole["trust_boundaries"])
    sketch.count("trust boundaries within others: an asset has the innermost alone", nested)
    left = {
        "shared_runtimes": "shared runtimes: left out",
        "individual_risk_categories": "categories of risks: left out",
        "risk_tracking": "risks that are tracked: left out",
        "abuse_cases": "abuse cases: left out",
        "security_requirements": "security requirements: left out",
    }
    for part in parts:
        for section, text in left.items():
            sketch.count(text, sum(1 for _ in _titles(part, section)))
