"""structurizr: workspaces of Structurizr, as JSON.

The language of Structurizr (`.dsl`) is not read: let its own tool write the JSON (`structurizr-cli export
-format json -workspace workspace.dsl`).

What becomes of a workspace:

- A person is a client, who may be anyone. A software system that is said to be external is a recipient; any
  other system, a container, a component, a custom element and an infrastructure node are services; one that
  is drawn as a cylinder or a bucket, or has the tag `Database`, is a store. Ids are names, with those around
  them: `Shop.Orders`.
- What has parts is a node only where a relationship ends at it that none of its parts tells finer. A
  relationship is a flow from who uses to who is used, called by its description; it uses `tls` or
  `encryption_in_transit` where its technology names one protocol that does. What comes back is said by the
  responses of dynamic views alone.
- A place is the country of a deployment node whose name, tags, technology or property `region` is that of a
  region of a large cloud; the environment is that of the deployment, where there is only one. An element that
  runs at several sites has all their places, and maybe more where one of them has no known region.
- Groups are boundaries, which the vocabulary beside the system declares.

What a workspace does not tell: data, purposes, bases, owners. Documentation, decisions and other views are not
read; descriptions, URLs, health checks, properties, perspectives and tags are left out, and the latter counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from lawful.importers import Imported
from lawful.importers._c4_languages import language
from lawful.importers._forms import is_schema
from lawful.importers._sketch import Sketch, refuse
from lawful.importers.structurizr.workspace import gather
from lawful.system.document.pointed import read_object
from lawful_dsl.source import Source, Span

__all__ = ["APART", "read", "reads", "recognises"]

#: In a folder that is looked through, each file is one system.
APART = "file"

_MODEL = re.compile(r'"model"\s*:\s*[{\[]')
_ELEMENTS = re.compile(r'"(?:softwareSystems|people)"\s*:')


def recognises(source: Source) -> bool:
    """A workspace has a model with people or systems; one in the language is known, too, and refused."""
    text = source.text
    if text.lstrip().startswith("{"):
        return bool(_MODEL.search(text) and _ELEMENTS.search(text)) and not is_schema(source)
    return language(text) == "structurizr"


def reads(source: Source) -> bool:
    """Whether it is the JSON of Structurizr, and not its language."""
    return language(source.text) == ""


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system of one workspace."""
    written = [source for source in sources if language(source.text) == "structurizr"]
    read = [source for source in sources if source not in written]
    if not read:
        message = "this is the language of Structurizr, of which its own tool makes JSON"
        help = f"`structurizr-cli export -format json -workspace {PurePath(written[0].file).name}`"
        refuse(message, Span(written[0].file), help)
    first, *others = read
    if others:
        refuse("a workspace is one file", Span(others[0].file), "import each by itself")
    workspace = read_object(first)
    sketch = Sketch(name, workspace.span)
    sketch.count(
        "texts in the language of Structurizr: left out, for the JSON beside them", len(written)
    )
    model = gather(workspace, sketch)
    if not model.elements:
        refuse("there are no elements in this model", workspace.span, "model some")
    return model.imported(sketch, workspace.text("name", ""))
