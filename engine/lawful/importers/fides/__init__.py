"""fides: manifests of Fides, as YAML or JSON; several files together make one system.

What becomes of the resources:

- A `system` is a node: a store where its `system_type` says that it is one, a recipient where that
  is a third party, else a service. A
  `dataset` is a store that holds what its fields, collections and itself are said to be
  (`data_categories`), of whom and for what they say (`data_subjects`, `data_uses`), else of those who
  are the subjects of the declarations that refer to it, for as long as they say (`retention`) where
  that is a length. An `organization` that is declared is a
  party, and owns the systems that name it, or name none; a system of a vendor (`vendor_id`) has no
  owner.
- A privacy declaration is what the system holds of whom, for which use, on which basis; and a flow
  of the system to itself with these data for that use, since that is what it does with them. Each
  dataset referred to flows to the system for that use, whole, or with what the collection or field
  that is named has.
- `egress` and `ingress` are flows, each once, however many ends tell of it. They carry the
  categories that they name, or those of the declarations that name them; else they are silent, and
  may carry everything. A `user` is the subjects of the declarations. What is shared with third
  parties flows to a recipient.
- `policy` becomes rules: `forbid use` of the data for the uses, of the subjects. They are in effect
  from 2000-01-01, as Fides knows no dates. `ANY` and `OTHER` stand so; what `NONE` and `ALL` say of
  a whole declaration is asked of each datum, use and subject by itself.

Keys of the taxonomy are those of the vocabulary `fides`; keys that it lacks are terms of the text
beside the system, below that of the nearest key before them, or the `parent_key` that they declare;
a category with nothing above it is read as personal data, so that no rule passes it over.

What Fides does not tell: places, encryption, roles, which way data go between a system and the
dataset it refers to (read as from the dataset, as Fides itself judges them), whether an empty list
of categories is none or not known yet (read as not known). Descriptions, tags and `meta` are left out, as are
names and addresses of people. Keys that Fides does not have are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import may_be_json, may_be_yaml
from lawful.importers.fides.manifest import KINDS, read_manifest
from lawful.importers.fides.translation import translate
from lawful_dsl.source import Source

__all__ = ["read", "recognises"]

_RESOURCES = re.compile(rf"(?m)^[\s{{]*[\"']?(?:{'|'.join(KINDS)})[\"']?[ \t]*:")


def recognises(source: Source) -> bool:
    """A manifest has lists of resources, and each resource its `fides_key`."""
    told = "fides_key" in source.text and bool(_RESOURCES.search(source.text))
    return told and (may_be_yaml(source) or may_be_json(source))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system, and where they have words or rules of their own the law, of some manifests."""
    return translate(read_manifest(sources), name)
