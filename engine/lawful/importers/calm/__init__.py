"""calm: architectures of the Common Architecture Language Model (FINOS CALM), as JSON; several together.

What becomes of an architecture:

- A node is a store where its `node-type` is `database`, `datastore` or `data-asset`, a client where
  it is `webclient` or `actor`, else a service; its id is its `unique-id`. It holds what its
  `data-classification` says.
- `connects` is a flow with the id of the relationship, from its source to its destination. The way
  back is a flow where a transition of `flows` goes `destination-to-source`, and not otherwise, since
  a connection does not say what is answered; a notice counts them. `interacts` goes both ways.
- `deployed-in` and `composed-of` are attributes of the nodes inside, declared in the text beside the
  system. What only contains others is no node.
- Of protocols, HTTPS, TLS and mTLS are `tls`, SFTP is `encryption_in_transit`; others say nothing of
  how data are protected. A connection without a protocol has that of the interfaces at which it ends.
- Ends may stand beside the kind of a relationship, as some tools write them (`"relationship-type":
  "deployed-in", "source": ..., "destination": ...`).
- A classification is a word of the file, mapped in the text beside the system: `PII` to personal
  data; of any other nothing is known, so it is `all_data`.

What an architecture does not tell: places, purposes, owners, whose data, what a connection carries:
flows are silent. Left out, and counted: controls by their names (what a control requires, and how it is set, is
said in schemas of everyone's own, so that a name like `data-encryption` is no measure), metadata, details,
options, decisions (`adrs`) and keys of one's own. What else interfaces and descriptions say is left out. A flow in
a file of its own is read with its architecture. A pattern is refused: it is what architectures are made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawful.importers import Imported
from lawful.importers._forms import is_schema, may_be_json
from lawful.importers.calm.architecture import read_architecture
from lawful.importers.calm.translation import translate
from lawful_dsl.source import Source

__all__ = ["read", "reads", "recognises"]

_ARCHITECTURE = ("nodes", "relationships", "node-type")
_FLOW = ("transitions", "relationship-unique-id", "sequence-number")
#: In a pattern, and in a schema, what an architecture has is described.
_DESCRIBED = re.compile(r'"nodes"\s*:\s*\{')
_SAID = re.compile(r'"(?:nodes|transitions)"\s*:\s*\[')


def recognises(source: Source) -> bool:
    """An architecture has nodes of some types, and relationships; a flow by itself has transitions."""
    told = any(
        all(f'"{word}"' in source.text for word in words) for words in (_ARCHITECTURE, _FLOW)
    )
    return told and may_be_json(source)


def reads(source: Source) -> bool:
    """Whether it is an architecture or a flow, and not a pattern or the schema of either."""
    pattern = '"prefixItems"' in source.text and bool(_DESCRIBED.search(source.text))
    return not pattern and (not is_schema(source) or bool(_SAID.search(source.text)))


def read(sources: Sequence[Source], *, name: str) -> Imported:
    """The system, and the words for it, of some architectures."""
    return translate(read_architecture(sources), name)
