"""threagile: threat models of Threagile, as YAML or JSON, in one file or in several that include others.

What becomes of a model:

- A technical asset is a node with its id: a `datastore`, and whatever stores data, a store; what people
  use as clients a client; another `external-entity` a recipient; all else a service. Its owner is not taken
  over, so whose it is remains unknown.
- A data asset is a name for data, `data.ID`, in a vocabulary beside the system, grouped by its
  confidentiality. Threagile does not say what kind of data it is: write the category there. Its models
  for privacy do: `dataassettype: pi` is personal data, and a `pinametype` that is one of our categories is that.
- A communication link is a flow to its target with what is sent, `SOURCE>LINK`, and one back with what is
  received, `SOURCE<LINK`. One that names no data is a flow that may carry anything.
- Encryption of an asset is `encryption_at_rest`; a protocol that is encrypted is `tls` or
  `encryption_in_transit`; authentication with two factors is `two_factor`. That something is *not* encrypted
  has no word here: its measures stay unknown.
- The innermost trust boundary of an asset is an attribute, which the vocabulary declares.

A model as Threagile writes it when it has read it is read, too: its links are lists, and what it leaves out
there is what it takes for granted (an asset of no `type` is an external entity). Keys that the format does not have
are counted. Files of a folder are one model, but for those of which several are whole by themselves.

Regions, purposes and bases have no place in the format. Risks, ratings, tags and what serves the drawing are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_yaml
from lawful.importers._sketch import Arrow, Group, Sketch, holds, refuse
from lawful.importers._words import plain
from lawful.importers.threagile.data import carried, declared
from lawful.importers.threagile.left import count, count_asset, count_link
from lawful.importers.threagile.parts import SECTIONS, divide, links, parts_of, section
from lawful.system.document.pointed import Pointed
from lawful_dsl.source import Source, Span

__all__ = ["APART", "divide", "read", "recognises"]

#: In a folder that is looked through, what stands in one folder is one system, unless `divide` says otherwise.
APART = "folder"

_NAMES = "|".join(SECTIONS[:3])
_MARK = re.compile(
    rf"""^["']?(?:{_NAMES})["']?\s*:|\A\s*\{{(?s:.*?)["']?\b(?:{_NAMES})["']?\s*:""", re.MULTILINE
)
#: Of a part that has the boundaries alone: other formats have some, too, and not who is inside.
_BOUNDARIES = re.compile(r"""^["']?trust_boundaries["']?\s*:""", re.MULTILINE)
_CLIENTS = {
    *("browser", "desktop", "mobile-app", "client-system", "devops-client"),
    *("web-browser", "desktop-system", "client"),
}
_TYPES = ("external-entity", "process", "datastore")
_TLS = {"https", "wss", "ftps", "ldaps"}
_ENCRYPTED = {"ssh", "ssh-tunnel", "sftp", "scp"}


def recognises(source: Source) -> bool:
    """A model, or a part that others include, has one of their sections at the beginning of a line."""
    if not any(name in source.text for name in (*SECTIONS[:3], "technical_assets_inside")):
        return False  # what is large is not gone through line by line
    apart = "technical_assets_inside" in source.text and bool(_BOUNDARIES.search(source.text))
    told = apart or bool(_MARK.search(source.text))
    return told and may_be_yaml(source) and not is_schema(source)


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one model, whose parts may be several files."""
    parts = [part for source in sources for part in parts_of(source)]
    if not parts:
        refuse("this file is empty", Span(sources[0].file), "begin with `threagile_version:`")
    whole = {each: list(section(parts, each)) for each in SECTIONS[1:]}
    sketch = Sketch(name, parts[0].span)
    count(sketch, sources, parts, whole)
    if not whole["technical_assets"]:
        help = "name the files that it includes, too" if sketch.counts else "a model has some"
        refuse("there are no technical assets in it", sketch.span, help)
    known = dict(declared(asset) for _, asset in whole["data_assets"])
    boundaries = _boundaries(whole["trust_boundaries"])
    for title, asset in whole["technical_assets"]:
        _node(sketch, title, asset, known, boundaries)
    for _, asset in whole["technical_assets"]:
        for link_title, target, link in links(asset):
            _link(sketch, asset.text("id"), link_title, target, link, known)
    for id in sorted(
        {end for a in sketch.arrows for end in (a.source, a.target)} - set(sketch.nodes)
    ):
        at = next(a.span for a in sketch.arrows if id in (a.source, a.target))
        refuse(f"there is no technical asset `{id}`", at, "name one, or import its file, too")
    for id in sorted(set(known) - {k for group in sketch.data.values() for k in group}):
        sketch.datum(id, *known[id])
    titles = [part.text("title", "") for part in parts]
    return sketch.imported(next(filter(None, titles), ""))


def _boundaries(boundaries: Sequence[tuple[str, Pointed]]) -> dict[str, str]:
    """The boundary in which each technical asset stands."""
    return {
        inside.value: boundary.text("id")
        for _, boundary in boundaries
        for inside in boundary.texts("technical_assets_inside")
    }


def _node(
    sketch: Sketch,
    title: str,
    asset: Pointed,
    known: dict[str, tuple[Group, str]],
    boundaries: dict[str, str],
) -> None:
    id, stored = asset.text("id"), carried(sketch, asset, "data_assets_stored", known)
    encryption = asset.text("encryption", "")
    expected = (*stored, *carried(sketch, asset, "data_assets_processed", known))
    sketch.node(
        _kind(asset, bool(stored)),
        id,
        title,
        asset.span,
        boundary=boundaries.get(id, ""),
        measures=["encryption_at_rest"] if encryption not in ("", "none") else [],
        props=holds(expected, asset.span),
    )
    count_asset(sketch, asset)


def _kind(asset: Pointed, stores: bool) -> str:
    parsed = isinstance(asset.at("title").value, str)
    type = asset.text("type", _TYPES[0] if parsed else None)
    if type not in _TYPES:
        asset.at("type").reject(f"`{type}` is no type of asset", f"known are {', '.join(_TYPES)}")
    technologies = set(_technologies(asset))
    human = asset.at("used_as_client_by_human").value is True
    if type == "external-entity":
        return "client" if human or technologies & _CLIENTS else "recipient"
    if type == "datastore" or stores:
        return "store"
    return "client" if technologies & _CLIENTS else "service"


def _technologies(asset: Pointed) -> Iterator[str]:
    """What an asset is made with: names, or objects that have one."""
    yield asset.text("technology", "")
    one = asset.at("technologies")
    for item in [one] if isinstance(one.value, str) else asset.items("technologies"):
        yield item.text("name", "") if isinstance(item.value, dict) else str(item.value)


def _link(
    sketch: Sketch,
    source: str,
    title: str,
    target: str,
    link: Pointed,
    known: dict[str, tuple[Group, str]],
) -> None:
    source, target = plain(source), plain(target)
    sent = carried(sketch, link, "data_assets_sent", known)
    received = carried(sketch, link, "data_assets_received", known)
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
    count_link(sketch, link, secured=bool(measures))


def _protocol(protocol: str) -> Iterator[str]:
    if protocol in _TLS:
        yield "tls"
    elif protocol in _ENCRYPTED or protocol.endswith("-encrypted"):
        yield "encryption_in_transit"
