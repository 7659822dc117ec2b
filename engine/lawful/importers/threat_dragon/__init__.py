"""threat_dragon: models of OWASP Threat Dragon, version 1 or 2, and of the Threat Model Library, as JSON.

What becomes of a model of Threat Dragon:

- A process is a service, a store a store. An actor is a client: it may be a person or another system, and
  of whom is not said. A boundary is a shape on a canvas: who is within it is not told by its place, and is
  taken over only where the file lists what it contains.
- A flow is a flow, one that goes both ways is two. Where it is encrypted, that is `encryption_in_transit`,
  or `tls` where its protocol says so; a store that is encrypted has `encryption_at_rest`. Where the box is
  not ticked that is not known, unless the protocol is one of TLS.
- What stores credentials holds `login_data`, what handles payments by card `card_data`.
- Ids are the names in the drawing. Things of one name are told apart by the ids of the file.

Threat Dragon has no other data. A model of the Threat Model Library has: a data set is a name for data, `data.NAME`,
in a vocabulary beside the system, with the category that its sensitivity declares, and is at the stores where
it is placed. Flows do not name data sets. Actors that are third parties, or other systems, are recipients.

A bill of materials of a threat model (TM-BOM), which is one of CycloneDX, has elements, flows, boundaries and
assets as components with properties `cdx:model:...`. They are read like those of a drawing; what flows bring, and
elements store and process, are names for data.

Regions, purposes and bases have no place in these formats. Threats, controls, risks and persons are left out.
Keys that they do not have are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_json
from lawful.importers._sketch import Sketch, refuse
from lawful.importers.threat_dragon.bom import draw_bom
from lawful.importers.threat_dragon.drawing import draw
from lawful.importers.threat_dragon.library import tell
from lawful.system.document.pointed import read_object
from lawful_dsl.source import Source

__all__ = ["APART", "read", "reads", "recognises"]

#: In a folder that is looked through, each file is one system.
APART = "file"

#: What is there where anything was drawn.
_DRAWN = re.compile(r'"(?:cells|actors|components|data_stores)"\s*:\s*+\[\s*+[^\]\s]')
_DRAWING = ("summary", "detail", "diagrams")
_LIBRARY = ("trust_zones", "data_stores", "data_flows")
_BOM = ("bomFormat", "components", "cdx:model:type")


def recognises(source: Source) -> bool:
    """A model has diagrams under its details; one of the library has zones, stores and flows."""
    kinds = (_DRAWING, _LIBRARY, _BOM)
    told = any(all(f'"{key}"' in source.text for key in keys) for keys in kinds)
    return told and may_be_json(source) and not is_schema(source)


def reads(source: Source) -> bool:
    """Whether anything is drawn in it."""
    return bool(_DRAWN.search(source.text))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one model."""
    model, *others = map(read_object, sources)
    for other in others:
        other.reject("a model is one file", "import each by itself")
    sketch = Sketch(name, model.span)
    if "bomFormat" in model.value:
        title = draw_bom(model, sketch)
    else:
        title = tell(model, sketch) if "data_flows" in model.value else draw(model, sketch)
    if not sketch.nodes:
        refuse("there are no elements in this model", model.span, "draw some, and save it")
    return sketch.imported(title)
