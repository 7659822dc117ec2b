"""cyclonedx: services of CycloneDX bills of materials (SaaSBOM, 1.2 to 1.7), as JSON; several files together.

What becomes of a bill:

- A service, nested ones too, is a service with its `bom-ref` for an id, else its group and name; its
  provider is the party that owns it. `trustZone`, `x-trust-boundary` and `authenticated` are
  attributes, declared in the text beside the system.
- `data` with `source` or `destination` are flows from and to those: services and components by
  `bom-ref` or BOM-link, a service by the address of its endpoint, anything else by its host, outside.
  `bi-directional` goes both ways with all that are named. What both ends tell is one flow.
- `data` that name nobody (all before 1.5) flow between the service and whoever depends on it, in
  the direction that they say; `unknown` is both. Where nobody does, the service holds them. Where
  no data are told, what depends and what is depended on exchange anything, in silent flows.
- A classification is a word of the file: the text beside the system maps it to a category, which is
  there to be changed. `PII`, `PIFI`, `PHI` and `PCI` are what they stand for; of any other word
  nothing is known, so it is `all_data`, and rules on some of that are undetermined.

What a bill does not tell: purposes, whose data, measures; which service keeps data; places, but where
a property is called `region` (`aws:region`). Left out, and counted: governance, other properties, keys that CycloneDX
does not have.
Software that depends on software is no flow of data. XML is refused: convert it to JSON.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_json
from lawful.importers.cyclonedx.bill import read_bills
from lawful.importers.cyclonedx.translation import translate
from lawful.system.document.reading import parse
from lawful_dsl.source import Source

__all__ = ["read", "reads", "recognises"]

#: Some services; tools write an empty list of them into each bill.
_SERVICES = re.compile(r'"services"\s*:\s*+(?!\[\s*\])')


def recognises(source: Source) -> bool:
    """A bill of materials says that it is one; only one with services tells of flows."""
    if "http://cyclonedx.org/schema/bom/" in source.text and source.text.lstrip().startswith("<"):
        return True
    told = '"bomFormat"' in source.text and '"CycloneDX"' in source.text
    served = bool(_SERVICES.search(source.text))
    return told and served and may_be_json(source) and not is_schema(source)


def reads(source: Source) -> bool:
    """Whether it is in JSON, and has services of its own: tools and remarks name some, too."""
    if source.text.lstrip().startswith("<"):
        return False
    value, wrong = parse(source.text, source.file)
    return bool(wrong) or not isinstance(value, dict) or bool(value.get("services"))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system, and the words for it, of some bills of materials."""
    return translate(read_bills(sources), name)
